//! Findings counted by rule, for `--statistics` and for reports too long to read.

use super::Finding;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

#[derive(Default)]
struct Row<'a> {
    findings: usize,
    files: BTreeSet<&'a str>,
}

/// Writes a line for each rule, the most frequent first: findings, files, severity, rule.
pub fn statistics(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    table(findings, out)
}

pub(super) fn table(findings: &[Finding], out: &mut dyn Write) -> io::Result<()> {
    let mut rows: BTreeMap<_, Row<'_>> = BTreeMap::new();
    for finding in findings {
        let row = rows.entry((finding.rule.as_str(), std::cmp::Reverse(finding.severity))).or_default();
        row.findings += 1;
        row.files.insert(&finding.path);
    }
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by_key(|(_, row)| std::cmp::Reverse(row.findings));
    writeln!(out, "{:>9} {:>7}  {:8} rule", "findings", "files", "severity")?;
    for ((rule, severity), row) in rows {
        writeln!(out, "{:>9} {:>7}  {:8} {rule}", row.findings, row.files.len(), severity.0.name())?;
    }
    Ok(())
}
