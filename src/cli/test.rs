//! `copydesk test`: runs the examples that rule packs carry, and says which do not hold.

use super::console::Color;
use super::discover::Homes;
use super::files::{self, absolute};
use super::load::{Choices, load, load_packs};
use super::{Console, Status, summary};
use crate::engine::Tested;
use crate::report::{self, Finding, Report, Style, Summary};
use crate::rule::{Rule, matches};
use serde_json::json;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// Run the examples written in rule packs
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Packs, or folders with packs; by default the packs that copydesk.toml names, or else the builtin ones
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    choices: Choices,
    /// How to write the result
    #[arg(long, value_name = "FORMAT", value_parser = ["human", "json"], default_value = "human")]
    format: String,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    color: Color,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let mut homes = Homes::new(std::env::current_dir()?, arguments.choices.config.as_deref().map(absolute));
    let home = homes.of(Path::new("."), true);
    let mut packs = Vec::new();
    for path in &arguments.paths {
        match packs_in(path) {
            Ok(found) => packs.extend(found),
            Err(message) => {
                console.problem(&format!("{}: {message}", files::shown(path)));
                return Ok(Status::Trouble);
            }
        }
    }
    let loaded = if arguments.paths.is_empty() {
        load(&home, &Choices { pages: true, ..arguments.choices.clone() })
    } else {
        load_packs(&home, &packs)
    };
    let view = loaded.project.view("");
    let builtin = |rule: &Rule| view.sources.get(rule.place.source).path().starts_with("builtin/");
    let own = view.rules.rules().iter().any(|rule| !builtin(rule));
    let named = |globs: &[String], rule: &Rule| globs.iter().any(|glob| matches(glob, &rule.id));
    let choices = &arguments.choices;
    let tested = loaded.project.test(&|rule| {
        let here = !(builtin(rule) && (own || !arguments.paths.is_empty()));
        let wanted = if choices.only.is_empty() { here } else { named(&choices.only, rule) };
        wanted && !named(&choices.skip, rule)
    });
    let style = Style { color: console.colors(arguments.color), width: console.width, ..Style::default() };
    if arguments.format == "json" {
        console.print(|out| report::pretty(&as_json(&tested, &loaded.mistakes), out))?;
    } else {
        let findings: Vec<Finding> = loaded.mistakes.iter().chain(&tested.failures).cloned().collect();
        let report = Report { findings: &findings, summary: &Summary::default(), reasons: &[] };
        if let Some(human) = report::format("human").filter(|_| !findings.is_empty()) {
            console.print(|out| (human.write)(&report, &style, out))?;
        }
        for id in &tested.without {
            console.note(&format!("note: {id} has no example of what it reports"));
        }
        // The builtin packs are not the reader's to complete.
        for (id, tags) in tested.without_language.iter().filter(|_| own) {
            console.note(&format!("note: {id} has no example in {}", tags.join(", ")));
        }
        let outcome = match tested.failures.len() {
            0 => "all hold".to_owned(),
            1 => "1 does not hold".to_owned(),
            failed => format!("{failed} do not hold"),
        };
        let counted = plural(tested.examples, "example");
        let mut languages: Vec<_> = tested.by_language.iter().filter(|(tag, _)| !tag.is_empty()).collect();
        languages.sort_by_key(|(tag, (ran, _))| (std::cmp::Reverse(*ran), *tag));
        let languages: Vec<_> = languages.iter().map(|(tag, (ran, _))| format!("{tag} {ran}")).collect();
        let languages =
            if languages.len() < 2 { String::new() } else { format!(", by language {}", languages.join(", ")) };
        console.note(&format!("{counted} of {}{languages}: {outcome}", plural(tested.rules, "rule")));
    }
    let problems = Summary { problems: loaded.problems, ..Summary::default() };
    summary::tell(&problems, &[], true, console);
    Ok(match (problems.problems.is_empty() && loaded.mistakes.is_empty(), tested.failures.is_empty()) {
        (false, _) => Status::Trouble,
        (true, false) => Status::Findings,
        (true, true) => Status::Clean,
    })
}

/// A pack, or the TOML files below a folder, in the order of their names.
fn packs_in(path: &Path) -> Result<Vec<PathBuf>, String> {
    let metadata = std::fs::metadata(path).map_err(|error| files::reason(&error))?;
    if metadata.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let is_pack = |path: &PathBuf| {
        let toml = path.extension().is_some_and(|ending| ending == "toml");
        toml && std::fs::read_to_string(path).is_ok_and(|text| text.contains("[[rule]]"))
    };
    let files = ignore::WalkBuilder::new(path).build().flatten().map(ignore::DirEntry::into_path);
    let mut packs: Vec<PathBuf> = files.filter(|path| path.is_file()).filter(is_pack).collect();
    packs.sort();
    if packs.is_empty() { Err("no rule pack lies here".into()) } else { Ok(packs) }
}

fn as_json(tested: &Tested, mistakes: &[Finding]) -> serde_json::Value {
    let counts = |(tag, (ran, failed)): (&String, &(usize, usize))| {
        let tag = if tag.is_empty() { "any" } else { tag };
        (tag.to_owned(), json!({"examples": ran, "failures": failed}))
    };
    let by_language: serde_json::Map<_, _> = tested.by_language.iter().map(counts).collect();
    json!({
        "version": 1,
        "rules": tested.rules,
        "examples": tested.examples,
        "failures": tested.failures,
        "without-examples": tested.without,
        "without-language": tested.without_language.iter().cloned().collect::<BTreeMap<_, _>>(),
        "languages": by_language,
        "mistakes": mistakes,
    })
}

fn plural(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}
