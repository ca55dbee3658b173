//! Fact sheets as one page that needs nothing else, to be read, printed and signed.

use super::{Sheet, Version, classes, heads};
use crate::page::{self, direction, escape, reading};
use std::io::{self, Write};

const STYLE: &str = include_str!("facts.css");

/// Writes fact sheets as one page.
pub fn html(sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    page::open("Facts", STYLE, out)?;
    writeln!(out, "<main>")?;
    for sheet in sheets {
        write_sheet(sheet, out)?;
    }
    writeln!(out, "</main>")?;
    page::close(out)
}

fn write_sheet(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<h1>Facts: {}</h1>", escape(&sheet.title))?;
    open("", sheet, false, out)?;
    for (name, values) in heads(sheet) {
        write!(out, "<tr><th scope=\"row\">{name}</th>")?;
        for (version, value) in sheet.versions.iter().zip(values) {
            let label = named(version);
            write!(out, "<td data-label=\"{label}\" dir=\"{}\">{}</td>", direction(&value), escape(&value))?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody></table>")?;
    for (class, facts) in classes(sheet) {
        writeln!(out, "<h2>{}</h2>", class.heading())?;
        open("Value", sheet, true, out)?;
        for fact in facts {
            write!(out, "<tr><th scope=\"row\">{}", escape(&fact.value))?;
            for note in &fact.notes {
                write!(out, "<br><small>{}</small>", escape(note))?;
            }
            write!(out, "</th>")?;
            for (version, places) in sheet.versions.iter().zip(&fact.places) {
                let label = named(version);
                if places.is_empty() {
                    write!(out, "<td class=\"missing\" data-label=\"{label}\">not there</td>")?;
                    continue;
                }
                let first = places.first().map_or("", |place| place.text.as_str());
                write!(
                    out,
                    "<td data-label=\"{label}\"{}><div>",
                    reading(version.language.as_deref(), direction(first))
                )?;
                for (at, place) in places.iter().enumerate() {
                    let lines: Vec<String> = place.lines.iter().map(usize::to_string).collect();
                    let gap = if at > 0 { "<br>" } else { "" };
                    write!(
                        out,
                        "{gap}{} <small lang=\"en\" dir=\"ltr\">line {}</small>",
                        escape(&place.text),
                        lines.join(", ")
                    )?;
                }
                write!(out, "</div></td>")?;
            }
            writeln!(out, "<td class=\"tick\"><input type=\"checkbox\" aria-label=\"checked\"></td></tr>")?;
        }
        writeln!(out, "</tbody></table>")?;
    }
    writeln!(out, "<p class=\"sign\">Checked by: ____________________ Date: ____________</p>")
}

fn open(first: &str, sheet: &Sheet, tick: bool, out: &mut dyn Write) -> io::Result<()> {
    let first = if first.is_empty() { "<td></td>".to_owned() } else { format!("<th scope=\"col\">{first}</th>") };
    write!(out, "<table><thead><tr>{first}")?;
    for version in &sheet.versions {
        write!(out, "<th scope=\"col\">{}</th>", named(version))?;
    }
    let ok = if tick { "<th scope=\"col\">✓</th>" } else { "" };
    writeln!(out, "{ok}</tr></thead><tbody>")
}

fn named(version: &Version) -> String {
    escape(version.language.as_deref().unwrap_or("?"))
}
