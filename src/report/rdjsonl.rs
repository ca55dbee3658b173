//! Reviewdog's diagnostic format, a line each, with suggestions. Its columns count bytes of UTF-8.

use super::{Finding, Format, Report, Style, json};
use crate::diagnostic::{Applicability, Severity};
use crate::source::Position;
use serde_json::{Value, json};
use std::io::{self, Write};

pub(super) const FORMAT: Format =
    Format { name: "rdjsonl", about: "reviewdog, with suggestions", excerpts: false, write };

fn write(report: &Report<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        json::value(&diagnostic(finding), out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn diagnostic(finding: &Finding) -> Value {
    let severity = match finding.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Info => "INFO",
    };
    let message = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    let related = finding.related.iter().map(|related| {
        let location = location(&related.path, related.start, related.end);
        json!({"message": related.label, "location": location})
    });
    json!({
        "message": message,
        "location": location(&finding.path, finding.start, finding.end),
        "severity": severity,
        "source": {"name": "copydesk"},
        "code": {"value": finding.rule},
        "suggestions": suggestions(finding),
        "relatedLocations": related.collect::<Vec<_>>(),
    })
}

/// The edits of a fix that a reviewer may accept: those of the finding's own file, which is all that a suggestion can change.
fn suggestions(finding: &Finding) -> Vec<Value> {
    let offered = finding.fix.as_ref().filter(|fix| {
        fix.applicability != Applicability::Display && fix.edits.iter().all(|edit| edit.path == finding.path)
    });
    let edits = offered.into_iter().flat_map(|fix| &fix.edits);
    edits.map(|edit| json!({"range": range(edit.start, edit.end), "text": edit.replacement})).collect()
}

fn location(path: &str, start: Position, end: Position) -> Value {
    json!({"path": path, "range": range(start, end)})
}

fn range(start: Position, end: Position) -> Value {
    let place = |at: Position| json!({"line": at.line, "column": at.byte_column});
    json!({"start": place(start), "end": place(end)})
}
