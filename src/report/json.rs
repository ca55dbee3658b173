//! The whole report as one JSON object, and the writer that all JSON formats share.

use super::{Format, Report, Style};
use crate::source::hidden;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io::{self, Write};

pub(super) const FORMAT: Format =
    Format { name: "json", about: "scripts: one object with findings and summary", excerpts: false, write };

/// The version of the report's form; it changes only when a reader must change.
pub(super) const VERSION: u32 = 1;

fn write(report: &Report<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    // A finding a line, so that a report can be compared line by line and written without being held twice.
    write!(out, "{{\"version\":{VERSION},\"findings\":[")?;
    for (i, finding) in report.findings.iter().enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        value(finding, out)?;
    }
    out.write_all(b"\n],\n\"summary\":")?;
    value(report.summary, out)?;
    out.write_all(b",\n\"problems\":")?;
    value(&report.summary.problems, out)?;
    out.write_all(b"}\n")
}

/// Writes a value on one line. What a terminal would obey is escaped, for JSON is looked at in terminals too.
pub(super) fn value(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Careful)).map_err(io::Error::from)
}

/// Writes a value on many lines, as careful.
pub fn pretty(value: &serde_json::Value, out: &mut dyn Write) -> io::Result<()> {
    // Outside strings there is nothing to escape.
    escaped(&format!("{value:#}\n"), out)
}

struct Careful;

impl Formatter for Careful {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        escaped(fragment, out)
    }
}

fn escaped<W: ?Sized + Write>(text: &str, out: &mut W) -> io::Result<()> {
    let mut done = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| hidden(*c)) {
        out.write_all(&text.as_bytes()[done..at])?;
        for unit in c.encode_utf16(&mut [0; 2]) {
            write!(out, "\\u{unit:04x}")?;
        }
        done = at + c.len_utf8();
    }
    out.write_all(&text.as_bytes()[done..])
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_reads_back() {
        let text = "a\u{9b}b\u{202E}c\u{E0041}d\u{1b}é";
        let mut out = Vec::new();
        super::value(&text, &mut out).expect("writes");
        let out = String::from_utf8(out).expect("UTF-8");
        assert_eq!(out, "\"a\\u009bb\\u202ec\\udb40\\udc41d\\u001bé\"");
        assert_eq!(serde_json::from_str::<String>(&out).expect("reads"), text);
    }
}
