//! `copydesk register find`: what the registers know under a name.

use super::super::kept::Kept;
use super::super::load::Registers;
use super::super::{Console, Status};
use super::{NONE, found, is_none, place};
use crate::register::{Answer, Details, EntryId, Form, Likeness, Register, Worded};
use crate::report::visible;
use crate::source::SourceSet;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::path::PathBuf;

/// Show the entries that a name may mean: forms, roles by date, and names that are nearly the same
#[derive(Debug, clap::Args)]
pub(in super::super) struct Arguments {
    /// The name, or a part of it; an id or an acronym will do
    #[arg(value_name = "TEXT", required = true)]
    text: Vec<String>,
    /// Registers, or folders with registers, beside those that copydesk.toml names
    #[arg(long, value_name = "FILE")]
    register: Vec<PathBuf>,
    /// Use this configuration instead of the nearest copydesk.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Only what holds on this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// Only forms and titles in this language
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// How to write the answer
    #[arg(long, value_name = "FORMAT", value_parser = ["human", "json"], default_value = "human")]
    format: String,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let Some(registers) = found(&arguments.register, arguments.config.as_deref(), console)? else {
        return Ok(Status::Trouble);
    };
    let (register, mistakes) = together(&registers);
    let text = arguments.text.join(" ");
    let answers = register.search(&text);
    let places = place::Known::of(&text, &register, arguments.lang.as_deref());
    // Places are known without a register.
    if is_none(&registers) && places.is_empty() {
        console.problem(NONE);
        return Ok(Status::Trouble);
    }
    let view = View { register: &register, sources: &registers.sources, arguments };
    console.print(|out| view.write(&answers, &places, out))?;
    if answers.is_empty() && places.is_empty() {
        console.note(&format!("nothing like “{text}” stands in the registers or among the countries, regions, currencies and larger cities that come along"));
    }
    for problem in &registers.problems {
        console.problem(&problem.to_string());
    }
    let broken = registers.mistakes.len() + mistakes;
    if broken > 0 {
        console.note(&format!(
            "note: the registers have {}; copydesk register check shows them",
            super::super::summary::plural(broken, "mistake")
        ));
    }
    Ok(if registers.problems.is_empty() { Status::Clean } else { Status::Trouble })
}

/// All registers as one, whatever part of the tree they are for, and how many mistakes they have.
fn together(registers: &Registers) -> (Register, usize) {
    let mut all: Vec<_> = registers.sets.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    let all: Vec<_> = all.into_iter().map(|id| (id, registers.sources.get(id))).collect();
    let (register, mistakes) = Register::read_kept(&all, &Kept::registers());
    (register, mistakes.len())
}

/// What is shown of entries.
struct View<'a> {
    register: &'a Register,
    sources: &'a SourceSet,
    arguments: &'a Arguments,
}

impl<'a> View<'a> {
    fn write(&self, answers: &[Answer], places: &place::Known, out: &mut dyn Write) -> io::Result<()> {
        if self.arguments.format == "json" {
            let entries: Vec<Value> = answers.iter().map(|answer| self.as_json(answer)).collect();
            return crate::report::pretty(
                &json!({ "version": 1, "entries": entries, "places": places.as_json() }),
                out,
            );
        }
        let (meant, near): (Vec<&Answer>, Vec<&Answer>) =
            answers.iter().partition(|answer| !matches!(answer.likeness, Likeness::Near(_)));
        for (nth, answer) in meant.iter().enumerate() {
            if nth > 0 {
                writeln!(out)?;
            }
            self.entry(answer.entry, out)?;
        }
        places.write(meant.is_empty(), !meant.is_empty(), out)?;
        if !near.is_empty() {
            let nothing = meant.is_empty() && places.is_empty();
            writeln!(out, "{}nearly the same:", if nothing { "" } else { "\n" })?;
        }
        for answer in near {
            let how = how(answer.likeness);
            let form = &self.register.form(answer.form).text;
            writeln!(out, "  {}: {} ({how})", self.heading(answer.entry), visible(form))?;
        }
        Ok(())
    }

    /// “person st-amour, people.toml:12”.
    fn heading(&self, id: EntryId) -> String {
        let entry = self.register.entry(id);
        let name = if entry.id.is_empty() { String::new() } else { format!(" {}", entry.id) };
        let source = self.sources.get(entry.place.source);
        format!("{}{name}, {}:{}", entry.kind.name(), source.path(), source.line(entry.place.start))
    }

    fn entry(&self, id: EntryId, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.heading(id))?;
        for form in self.forms(id) {
            let language = shown_language(&form.language);
            let days = span(form.from, form.until).map(|days| format!(" ({days})")).unwrap_or_default();
            writeln!(out, "  {:<9} {language:<3} {}{days}", form.kind.name(), visible(&form.text))?;
        }
        let entry = self.register.entry(id);
        let Some(details) = entry.details.as_deref() else { return Ok(()) };
        let mut line = |name: &str, value: &str| writeln!(out, "  {name:<9}     {}", visible(value));
        for (language, gender) in &details.gender {
            let language = if language.is_empty() { String::new() } else { format!(" in {language}") };
            line("gender", &format!("{}{language}", gender.name()))?;
        }
        for (name, value) in [("symbol", &details.symbol), ("email", &details.email), ("of", &details.organisation)] {
            value.as_deref().map_or(Ok(()), |value| line(name, value))?;
        }
        if let Some(days) = span(details.from, details.until) {
            line("days", &days)?;
        }
        if details.standing {
            line("standing", "its sessions are counted, never the body itself")?;
        }
        if let Some(source) = &details.source {
            line("source", source)?;
        }
        self.roles(details, out)
    }

    fn roles(&self, details: &Details, out: &mut dyn Write) -> io::Result<()> {
        let mut roles: Vec<_> = details.roles.iter().filter(|role| role.holds_on(self.arguments.date)).collect();
        roles.sort_by_key(|role| (role.from, role.until));
        for role in roles {
            let days = span(role.from, role.until).unwrap_or_else(|| "always".into());
            let at = if role.organisation.is_empty() { String::new() } else { format!(", {}", role.organisation) };
            writeln!(out, "  role          {days}{at}")?;
            for title in role.titles_in(self.arguments.lang.as_deref()) {
                writeln!(out, "            {:<3} {}", shown_language(&title.language), visible(&title.text))?;
            }
        }
        for worded in details.headings.iter().chain(&details.texts) {
            let start: String = worded.text.chars().take(80).collect();
            let more = if start.len() < worded.text.len() { "…" } else { "" };
            let start = start.split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(out, "  text      {:<3} {}{more}", shown_language(&worded.language), visible(&start))?;
        }
        Ok(())
    }

    fn forms(&self, id: EntryId) -> impl Iterator<Item = &'a Form> + use<'a> {
        let (language, day) = (self.arguments.lang.as_deref(), self.arguments.date);
        let forms = self.register.forms(id).iter();
        forms.filter(move |form| form.speaks(language) && form.holds_on(day))
    }

    fn as_json(&self, answer: &Answer) -> Value {
        let entry = self.register.entry(answer.entry);
        let source = self.sources.get(entry.place.source);
        let forms: Vec<Value> = self
            .forms(answer.entry)
            .map(|form| {
                json!({ "kind": form.kind.name(), "text": form.text, "language": form.language,
                        "from": form.from.map(|d| d.to_string()), "until": form.until.map(|d| d.to_string()) })
            })
            .collect();
        let worded = |worded: &Worded| json!({ "language": worded.language, "text": worded.text });
        let details = entry.details.as_deref();
        let roles: Vec<Value> = details
            .map(|details| details.roles.iter())
            .into_iter()
            .flatten()
            .filter(|role| role.holds_on(self.arguments.date))
            .map(|role| {
                let titles: Vec<Value> = role.titles_in(self.arguments.lang.as_deref()).map(worded).collect();
                json!({ "organisation": role.organisation, "titles": titles,
                        "from": role.from.map(|d| d.to_string()), "until": role.until.map(|d| d.to_string()) })
            })
            .collect();
        json!({
            "kind": entry.kind.name(),
            "id": entry.id,
            "path": source.path(),
            "line": source.line(entry.place.start),
            "likeness": told(answer.likeness),
            "edits": edits(answer.likeness),
            "form": self.register.form(answer.form).text,
            "forms": forms,
            "roles": roles,
            "source": details.and_then(|details| details.source.as_deref()),
        })
    }
}

/// How a name that is nearly the one asked for differs from it.
pub(super) fn how(likeness: Likeness) -> String {
    match likeness {
        Likeness::Near(0) => "its words in another order".to_owned(),
        Likeness::Near(1) => "one letter differs".to_owned(),
        Likeness::Near(edits) => format!("{edits} letters differ"),
        _ => String::new(),
    }
}

/// How a name answers, for programs.
pub(super) fn told(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Same => "same",
        Likeness::Holds => "holds",
        Likeness::Near(_) => "near",
    }
}

/// How many letters differ, where some do.
pub(super) fn edits(likeness: Likeness) -> Option<usize> {
    if let Likeness::Near(edits) = likeness { Some(edits) } else { None }
}

/// A tag in the column of languages; “–” for all languages.
fn shown_language(tag: &str) -> &str {
    if tag.is_empty() { "–" } else { tag }
}

/// “2001-02-01 – 2014-02-28”; `None` where neither day is known.
fn span(from: Option<Date>, until: Option<Date>) -> Option<String> {
    match (from, until) {
        (Some(from), Some(until)) => Some(format!("{from} to {until}")),
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(until)) => Some(format!("until {until}")),
        (None, None) => None,
    }
}
