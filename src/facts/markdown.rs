//! Fact sheets as Markdown tables.

use super::{Sheet, classes, heads, shown};
use crate::report::visible;
use std::io::{self, Write};

/// How every sheet begins, by which one is known again: it is no draft, though it lies beside them.
pub const HEAD: &str = "<!-- copydesk facts -->\n\n";

/// Writes fact sheets one after the other.
pub fn markdown(sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    if !sheets.is_empty() {
        write!(out, "{HEAD}")?;
    }
    for (at, sheet) in sheets.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "# Facts: {}\n", cell(&sheet.title))?;
        head("", sheet, out)?;
        for (name, values) in heads(sheet) {
            row(name, &values, out)?;
        }
        for (class, facts) in classes(sheet) {
            writeln!(out, "\n## {}\n", class.heading())?;
            head("Value", sheet, out)?;
            for fact in facts {
                let value = [std::slice::from_ref(&fact.value), &fact.notes].concat().join("; ");
                let written = |places: &Vec<super::Place>| match places.is_empty() {
                    true => "**not there**".to_owned(),
                    false => places.iter().map(shown).collect::<Vec<_>>().join("; "),
                };
                row(&value, &fact.places.iter().map(written).collect::<Vec<_>>(), out)?;
            }
        }
        writeln!(out, "\nChecked by: ____________________  Date: ____________")?;
    }
    Ok(())
}

fn head(first: &str, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let languages = sheet.versions.iter().map(|version| version.language.clone().unwrap_or_else(|| "?".into()));
    row(first, &languages.collect::<Vec<_>>(), out)?;
    writeln!(out, "|{}", " --- |".repeat(sheet.versions.len() + 1))
}

fn row(first: &str, cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    write!(out, "| {} |", cell(first))?;
    for text in cells {
        write!(out, " {} |", cell(text))?;
    }
    writeln!(out)
}

/// A text on one line that ends no cell and opens no markup of HTML.
fn cell(text: &str) -> String {
    visible(text).replace('\\', "\\\\").replace('|', "\\|").replace('<', "&lt;")
}
