//! Workflow commands, which GitHub shows as annotations on the lines of a pull request.

use super::told::told;
use super::{Format, Report, Style};
use crate::diagnostic::Severity;
use crate::source::visible;
use std::io::{self, Write};

pub(super) const FORMAT: Format =
    Format { name: "github", about: "annotations in GitHub Actions", excerpts: false, write };

fn write(report: &Report<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let (start, end) = (finding.start, finding.end);
        write!(out, "::{command} file={},line={},endLine={}", property(&finding.path), start.line, end.line)?;
        // Columns are read only where both ends lie on one line.
        if start.line == end.line {
            write!(out, ",col={},endColumn={}", start.column, end.column)?;
        }
        writeln!(out, ",title={}::{}", property(&finding.rule), data(&told(finding).join("\n")))?;
    }
    Ok(())
}

/// The text after `::`, in which line ends and the escape itself are escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property, in which the separators are escaped too.
fn property(text: &str) -> String {
    data(&visible(text)).replace(':', "%3A").replace(',', "%2C")
}
