//! GitLab's Code Quality report.

use super::told::told;
use super::{Finding, Format, Report, Style, json};
use crate::diagnostic::Severity;
use serde_json::{Value, json};
use std::io::{self, Write};
use xxhash_rust::xxh3::xxh3_128;

pub(super) const FORMAT: Format =
    Format { name: "gitlab", about: "Code Quality in GitLab merge requests", excerpts: false, write };

fn write(report: &Report<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    let issues: Vec<Value> = report.findings.iter().map(issue).collect();
    json::value(&issues, out)?;
    out.write_all(b"\n")
}

fn issue(finding: &Finding) -> Value {
    let severity = match finding.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    };
    // GitLab takes two issues with one fingerprint for one issue, and ours do not hold the path. A mistake in a configuration
    // has none of its own.
    let place = match finding.fingerprint.as_str() {
        "" => format!("{}\0{}\0{}", finding.path, finding.start.byte, finding.message),
        fingerprint => format!("{}\0{fingerprint}", finding.path),
    };
    json!({
        "description": told(finding).join("; "),
        "check_name": finding.rule,
        "fingerprint": format!("{:032x}", xxh3_128(place.as_bytes())),
        "severity": severity,
        "location": {"path": finding.path, "lines": {"begin": finding.start.line, "end": finding.end.line}},
    })
}
