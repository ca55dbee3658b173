//! Fact sheets as one page that needs nothing else, to be read, printed and signed.

use super::{Sheet, classes, heads};
use crate::report::visible;
use std::io::{self, Write};

const STYLE: &str = "body{font:16px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1a1a1a;background:#fff}\
h1{font-size:1.4rem;margin-top:2.5rem}h2{font-size:1.1rem;margin-bottom:.3rem}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.35rem .5rem;text-align:start;vertical-align:top}\
thead th{background:#f2f2f2}tbody th{font-weight:600;width:28%}small{color:#555}td.missing{background:#fff3d6}\
td.tick{width:2rem;text-align:center}p.sign{margin-top:1.5rem}\
@media print{body{margin:0;max-width:none}h1{break-before:page}h1:first-of-type{break-before:auto}tr{break-inside:avoid}}";

/// Writes the page.
pub fn html(sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>Facts</title>\n<style>{STYLE}</style>"
    )?;
    for sheet in sheets {
        write_sheet(sheet, out)?;
    }
    writeln!(out, "</html>")
}

fn write_sheet(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<h1>Facts: {}</h1>", escape(&sheet.title))?;
    open("", sheet, false, out)?;
    for (name, values) in heads(sheet) {
        write!(out, "<tr><th scope=\"row\">{name}</th>")?;
        for value in values {
            write!(out, "<td dir=\"auto\">{}</td>", escape(&value))?;
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
            for places in &fact.places {
                if places.is_empty() {
                    write!(out, "<td class=\"missing\">not there</td>")?;
                    continue;
                }
                write!(out, "<td dir=\"auto\">")?;
                for (at, place) in places.iter().enumerate() {
                    let lines: Vec<String> = place.lines.iter().map(usize::to_string).collect();
                    let gap = if at > 0 { "<br>" } else { "" };
                    write!(out, "{gap}{} <small>line {}</small>", escape(&place.text), lines.join(", "))?;
                }
                write!(out, "</td>")?;
            }
            writeln!(out, "<td class=\"tick\"><input type=\"checkbox\" aria-label=\"checked\"></td></tr>")?;
        }
        writeln!(out, "</tbody></table>")?;
    }
    writeln!(out, "<p class=\"sign\">Checked by: ____________________ Date: ____________</p>")
}

fn open(first: &str, sheet: &Sheet, tick: bool, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<table><thead><tr><th scope=\"col\">{first}</th>")?;
    for version in &sheet.versions {
        write!(out, "<th scope=\"col\">{}</th>", escape(version.language.as_deref().unwrap_or("?")))?;
    }
    let ok = if tick { "<th scope=\"col\">✓</th>" } else { "" };
    writeln!(out, "{ok}</tr></thead><tbody>")
}

fn escape(text: &str) -> String {
    visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
