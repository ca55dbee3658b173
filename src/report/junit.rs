//! JUnit's XML: a suite for each file, a case for each finding, and one passed case for a file without findings.

use super::told::told;
use super::{Finding, Format, Report, Style, by_path};
use crate::page::escape;
use std::collections::BTreeMap;
use std::io::{self, Write};

pub(super) const FORMAT: Format =
    Format { name: "junit", about: "CI servers that show test results", excerpts: false, write };

fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let read = report.summary.releases.iter().map(|release| (release.path.as_str(), &[] as &[Finding]));
    let suites: BTreeMap<&str, &[Finding]> = read.chain(by_path(report.findings)).collect();
    let tests = suites.values().map(|findings| findings.len().max(1)).sum::<usize>();
    let failed = |finding: &&Finding| style.fail_on.is_some_and(|least| finding.severity >= least);
    let failures = report.findings.iter().filter(failed).count();
    let problems = report.summary.problems.len();
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"copydesk\" tests=\"{}\" failures=\"{failures}\" errors=\"{problems}\">",
        tests + problems
    )?;
    for (path, findings) in suites {
        let failures = findings.iter().filter(failed).count();
        let tests = findings.len().max(1);
        let path = escape(path);
        writeln!(out, "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">")?;
        if findings.is_empty() {
            writeln!(out, "    <testcase name=\"no findings\" classname=\"{path}\"/>")?;
        }
        for finding in findings {
            case(finding, failed(&finding), &path, out)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    if problems > 0 {
        writeln!(out, "  <testsuite name=\"run\" tests=\"{problems}\" failures=\"0\" errors=\"{problems}\">")?;
        for problem in &report.summary.problems {
            let (path, message) = (escape(problem.path.as_deref().unwrap_or("run")), escape(&problem.message));
            writeln!(out, "    <testcase name=\"{path}\" classname=\"run\"><error message=\"{message}\"/></testcase>")?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn case(finding: &Finding, failed: bool, path: &str, out: &mut dyn Write) -> io::Result<()> {
    let (rule, message) = (escape(&finding.rule), escape(&finding.message));
    let place = format!("{}:{}", finding.start.line, finding.start.column);
    let more: String = told(finding).iter().skip(1).map(|line| format!("\n{}", escape(line))).collect();
    write!(out, "    <testcase name=\"{rule} at {place}\" classname=\"{path}\">")?;
    if failed {
        write!(out, "<failure message=\"{message}\" type=\"{}\">{path}:{place}{more}</failure>", finding.severity)?;
    } else {
        write!(out, "<system-out>{}: {message} ({path}:{place}){more}</system-out>", finding.severity)?;
    }
    writeln!(out, "</testcase>")
}
