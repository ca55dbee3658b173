//! `copydesk register import`: what an address book, a table, Wikidata or a terminology holds, as a register.

use super::super::{Console, Status, files, summary};
use crate::import::register::{COLUMNS, Format, Left, Taken, import};
use crate::register::{EntryKind, Register, draft};
use crate::source::{Source, SourceId};
use std::io;
use std::path::PathBuf;

/// Turn a table (CSV), an address book (vCard), Wikidata JSON or a terminology (TBX) into a register
#[derive(Debug, clap::Args)]
#[command(after_long_help = columns())]
pub(in super::super) struct Arguments {
    /// The file to read; its ending tells its form: .csv, .tsv, .vcf, .json, .tbx, .xml
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The form of the file, where its ending does not tell it
    #[arg(long, value_name = "FORM", value_parser = ["csv", "vcard", "wikidata", "tbx"])]
    from: Option<String>,
    /// What the entries are, where the file does not say
    #[arg(long, value_name = "KIND", value_parser = ["person", "organisation", "work", "term"])]
    kind: Option<String>,
    /// The register to write; an older one is replaced, a file that this run reads is not. Standard output by default
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The columns of a table, for the help.
fn columns() -> String {
    let rows = COLUMNS.iter().map(|(name, what)| format!("  {:<15} {what}", name.replace('*', "[:LANG]")));
    format!("Columns of a table, in any order; only a name is needed:\n{}", rows.collect::<Vec<_>>().join("\n"))
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let shown = files::shown(&arguments.file);
    let ending = arguments.file.extension().map(|ending| ending.to_string_lossy().into_owned());
    let format = match &arguments.from {
        Some(name) => Format::named(name),
        None => ending.and_then(|ending| Format::of_ending(&ending)),
    };
    let Some(format) = format else {
        console
            .problem(&format!("{shown}: the ending does not tell the form; --from csv, vcard, wikidata or tbx does"));
        return Ok(Status::Trouble);
    };
    let source = files::read(&arguments.file)
        .and_then(|bytes| Source::from_bytes(shown.clone(), bytes).map_err(|error| error.to_string()));
    let source = match source {
        Ok(source) => source,
        Err(why) => {
            console.problem(&format!("{shown}: {why}"));
            return Ok(Status::Trouble);
        }
    };
    let kind = arguments.kind.as_deref().and_then(|name| EntryKind::ALL.iter().find(|kind| kind.name() == name));
    let Taken { entries, left, passed, guessed } = import(format, source.text(), kind.copied());
    for Left { line, message } in &left {
        console.problem(&format!("{shown}:{line}: {message}"));
    }
    for (what, count) in &passed {
        let times = if *count == 1 { "once".to_owned() } else { format!("{count} times") };
        console.note(&format!("note: a register has no place for “{what}” ({times})"));
    }
    if guessed > 0 {
        let them = if guessed == 1 { "1 entry is" } else { &format!("{guessed} entries are") };
        console.note(&format!("note: {them} taken for an organisation, for nothing says what it is; --kind does"));
    }
    if entries.is_empty() {
        console.problem(&format!("{shown}: no entry was found"));
        return Ok(Status::Trouble);
    }
    let name = arguments.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let text = draft::write(&[format!("Imported from {name} by copydesk register import.")], &entries);
    if !super::put(arguments.output.as_deref(), std::slice::from_ref(&arguments.file), &text, console)? {
        return Ok(Status::Trouble);
    }
    let (register, problems) = Register::read([(SourceId(0), &Source::from_text("register.toml", text))]);
    let doubts = problems.len() + register.doubts().len();
    if doubts > 0 {
        let where_ = arguments.output.as_deref().map(files::shown).unwrap_or_else(|| "the register".into());
        console.note(&format!(
            "note: {where_} has {}; copydesk register check shows them",
            summary::plural(doubts, "doubt")
        ));
    }
    let count = entries.len();
    console.note(&format!("{} written", if count == 1 { "1 entry".into() } else { format!("{count} entries") }));
    Ok(if left.is_empty() { Status::Clean } else { Status::Findings })
}
