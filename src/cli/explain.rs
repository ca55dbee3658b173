//! `copydesk explain`: why a rule is there, with its examples and the page of its kind.

use super::console::Color;
use super::discover::Homes;
use super::load::{Choices, load};
use super::page::Page;
use super::{Console, Status};
use crate::config;
use crate::engine::{Project, baseline, stet};
use crate::register;
use crate::rule::{Example, Expectation, Rule};
use std::io::{self, Write};
use std::path::Path;

/// Say why a rule is there, with examples
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A rule's id, or a kind's name
    #[arg(value_name = "RULE")]
    name: String,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    color: Color,
}

/// What is reported without a rule, and what is to be done about it.
const OWN: &[(&str, &str)] = &[
    (
        stet::UNUSED,
        "A stet silences nothing any more, or names a rule that there is not. It would hide the next fault that comes to stand here: delete it.",
    ),
    (
        stet::INVALID,
        "A comment begins like a stet and cannot be read as one. Write “stet rule/name: why it is to stand”; the reason is required, for whoever reads it later has to judge it.",
    ),
    (
        baseline::INVALID,
        "The baseline is not as copydesk writes it, or a newer copydesk wrote it. Nothing is left out of the report on its word.",
    ),
    (
        baseline::UNUSED,
        "An entry of the baseline matches no finding any more: the fault is gone, so the entry should go too. `copydesk baseline` writes the file anew and keeps the reasons of the others.",
    ),
    (
        baseline::EXPIRED,
        "The last day on which this finding was accepted has passed. Put the text right, or give the entry a later day.",
    ),
    (
        config::INVALID,
        "copydesk.toml holds something that cannot be meant: an unknown key, rule, profile or value, or a file that is not there. What is right in it still holds.",
    ),
    ("pack/invalid", "A rule pack holds something that cannot be meant. The other rules of the pack still run."),
    (
        "pack/too-slow",
        "A pattern with look-around tried too many ways on this text and was given up, so that the run ends. Simplify the pattern; `copydesk explain` of the kind shows how.",
    ),
    (register::INVALID, "A register holds something that cannot be meant. Its other entries still count."),
    (
        register::DOUBTFUL,
        "A register says something that can hardly be meant, such as two entries with one name. It is still used.",
    ),
    (
        "structure/front-matter",
        "The front matter of a draft cannot be read, a value in it is not of its kind, or it names another language than the path of the file.",
    ),
];

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let mut homes = Homes::new(std::env::current_dir()?, None);
    let loaded = load(&homes.of(Path::new("."), true), &Choices { pages: true, ..Choices::default() });
    let view = loaded.project.view("");
    let kinds = crate::kinds::all();
    let mut unused = false;
    let mut write = |out: &mut dyn Write| {
        let mut page =
            Page { out, color: console.colors(arguments.color), width: console.width.min(100), fresh: false };
        if let Some(rule) = view.rules.get(&arguments.name) {
            return explain_rule(rule, &mut page).map(|()| true);
        }
        // A name that a page or a colleague gave is explained whatever this project uses.
        let builtin = Project::builtin();
        if let Some(rule) = builtin.view("").rules.get(&arguments.name) {
            unused = true;
            return explain_rule(rule, &mut page).map(|()| true);
        }
        if let Some(kind) = kinds.iter().find(|kind| kind.name == arguments.name) {
            title(kind.name, "a kind of rule, for packs", &mut page)?;
            return page.markdown(kind.page).map(|()| true);
        }
        if let Some((name, words)) = OWN.iter().find(|(name, _)| *name == arguments.name) {
            title(name, "reported by copydesk itself", &mut page)?;
            page.fresh = false;
            page.gap()?;
            return page.paragraph(words).map(|()| true);
        }
        Ok(false)
    };
    let mut known = false;
    console.print(|out| {
        known = write(out)?;
        Ok(())
    })?;
    if known {
        if unused {
            console.note("note: this rule is not used here: the packs of copydesk.toml do not hold “builtin”");
        }
        return Ok(Status::Clean);
    }
    let names = view.rules.rules().iter().map(|rule| rule.id.as_str()).chain(kinds.iter().map(|kind| kind.name));
    let help = match crate::settings::suggest(&arguments.name, names.chain(OWN.iter().map(|(name, _)| *name))) {
        Some(near) => format!("did you mean “{near}”?"),
        None => "`copydesk rules --all` lists them".into(),
    };
    console.problem(&format!("no rule is called “{}”; {help}", arguments.name));
    Ok(Status::Trouble)
}

fn title(name: &str, about: &str, page: &mut Page<'_>) -> io::Result<()> {
    page.heading(name)?;
    page.paragraph(about)
}

fn explain_rule(rule: &Rule, page: &mut Page<'_>) -> io::Result<()> {
    let mut about = vec![rule.severity.to_string(), format!("confidence {}", rule.confidence)];
    if !rule.languages.is_empty() {
        about.push(format!("in {}", rule.languages.join(", ")));
    }
    if !rule.enabled {
        about.push("off until it is switched on".into());
    }
    title(&rule.id, &about.join("; "), page)?;
    for text in [&rule.message, &rule.help].into_iter().flatten() {
        writeln!(page.out)?;
        page.paragraph(text)?;
    }
    if rule.why.is_some() || !rule.authority.is_empty() {
        page.heading("Why")?;
        page.paragraph(rule.why.as_deref().unwrap_or_default())?;
        if !rule.authority.is_empty() {
            page.paragraph(&format!("Authority: {}", rule.authority.join("; ")))?;
        }
    }
    let reported = |example: &&Example| matches!(example.expect, Expectation::Report { .. });
    let (wrong, mut clean): (Vec<_>, Vec<_>) = rule.examples.iter().partition(reported);
    // What is right is shown with what it puts right.
    let right = |example: &&Example| match &example.expect {
        Expectation::Report { right, .. } => right.clone(),
        Expectation::Silence => None,
    };
    let shown: Vec<String> = wrong.iter().filter_map(right).collect();
    clean.retain(|example| !shown.contains(&example.text));
    for (name, examples) in [("Reported", wrong), ("Not reported", clean)] {
        if !examples.is_empty() {
            page.heading(name)?;
            page.fresh = false;
        }
        for (at, example) in examples.into_iter().enumerate() {
            if at > 0 {
                writeln!(page.out)?;
            }
            page.paragraph("draft:")?;
            page.verbatim(&example.text)?;
            if let Expectation::Report { right: Some(right), .. } = &example.expect {
                page.paragraph("put right:")?;
                page.verbatim(right)?;
            }
        }
    }
    page.heading("In your project")?;
    page.paragraph("In copydesk.toml, to switch it on or off or to change its severity:")?;
    if !rule.enabled {
        page.verbatim(&format!("enable = [\"{}\"]", rule.id))?;
    }
    page.verbatim(&format!("[severity]\n\"{}\" = \"off\"", rule.id))?;
    page.paragraph("In a draft, before a passage that is to stand:")?;
    page.verbatim(&format!("<!-- stet {}: why it is to stand -->", rule.id))?;
    page.heading(&format!("The kind {}", rule.kind.name))?;
    page.markdown(rule.kind.page)
}
