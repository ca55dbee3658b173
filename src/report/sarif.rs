//! SARIF 2.1.0, which code scanning services read.

use super::{Correction, Finding, Format, Problem, Report, Style, json};
use crate::diagnostic::{Applicability, Severity};
use crate::source::Position;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

pub(super) const FORMAT: Format =
    Format { name: "sarif", about: "code scanning (SARIF 2.1.0)", excerpts: false, write };

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

fn write(report: &Report<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<&str> =
        report.findings.iter().map(|finding| finding.rule.as_str()).collect::<BTreeSet<_>>().into_iter().collect();
    let index: BTreeMap<&str, usize> = rules.iter().enumerate().map(|(i, rule)| (*rule, i)).collect();
    let results: Vec<Value> =
        report.findings.iter().map(|finding| result(finding, index.get(finding.rule.as_str()).copied())).collect();
    let problems: Vec<Value> = report.summary.problems.iter().map(notification).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "copydesk",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(rule, report.reasons)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": problems.is_empty(),
                "toolExecutionNotifications": problems,
            }],
            "results": results,
        }],
    });
    json::value(&log, out)?;
    out.write_all(b"\n")
}

fn descriptor(rule: &str, reasons: &[(String, String)]) -> Value {
    let mut descriptor = json!({"id": rule, "help": {"text": format!("copydesk explain {rule}")}});
    if let Ok(at) = reasons.binary_search_by(|(id, _)| id.as_str().cmp(rule)) {
        descriptor["fullDescription"] = json!({"text": reasons[at].1});
        descriptor["help"] = json!({"text": format!("{}\n\ncopydesk explain {rule}", reasons[at].1)});
    }
    descriptor
}

fn result(finding: &Finding, rule: Option<usize>) -> Value {
    let message = match &finding.help {
        Some(help) => format!("{}: {help}", finding.message),
        None => finding.message.clone(),
    };
    let related = finding.related.iter().zip(1..).map(|(related, id)| {
        let mut location = location(&related.path, related.start, related.end);
        location["id"] = json!(id);
        location["message"] = json!({"text": related.label});
        location
    });
    let mut result = json!({
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": {"text": message},
        "locations": [location(&finding.path, finding.start, finding.end)],
        "relatedLocations": related.collect::<Vec<_>>(),
        "properties": {"confidence": finding.confidence, "language": finding.language},
    });
    if !finding.fingerprint.is_empty() {
        result["partialFingerprints"] = json!({"copydesk/v1": finding.fingerprint});
    }
    if let Some(fix) = finding.fix.as_ref().filter(|fix| fix.applicability != Applicability::Display) {
        result["fixes"] = json!([correction(fix)]);
    }
    result
}

fn correction(fix: &Correction) -> Value {
    let mut files: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for edit in &fix.edits {
        let replacement = json!({
            "deletedRegion": region(edit.start, edit.end),
            "insertedContent": {"text": edit.replacement},
        });
        files.entry(&edit.path).or_default().push(replacement);
    }
    let changes = files
        .into_iter()
        .map(|(path, replacements)| json!({"artifactLocation": artifact(path), "replacements": replacements}));
    json!({"description": {"text": fix.title}, "artifactChanges": changes.collect::<Vec<_>>()})
}

fn notification(problem: &Problem) -> Value {
    let mut notification = json!({"level": "error", "message": {"text": problem.message}});
    if let Some(path) = &problem.path {
        notification["locations"] = json!([{"physicalLocation": {"artifactLocation": artifact(path)}}]);
    }
    notification
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn location(path: &str, start: Position, end: Position) -> Value {
    json!({"physicalLocation": {"artifactLocation": artifact(path), "region": region(start, end)}})
}

fn region(start: Position, end: Position) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": start.byte,
        "byteLength": end.byte - start.byte,
    })
}

/// A path as a relative reference: what is not plain in a URI is percent-encoded.
fn artifact(path: &str) -> Value {
    let mut uri = String::with_capacity(path.len());
    // A colon in the first part would read as a scheme.
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(byte as char);
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    json!({"uri": uri})
}
