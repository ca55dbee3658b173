//! One line a finding, as editors and grep read it.

use super::{Format, Report, Style};
use crate::source::visible;
use std::io::{self, Write};

pub(super) const FORMAT: Format =
    Format { name: "short", about: "one line a finding, for editors and grep", excerpts: false, write };

fn write(report: &Report<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        let (path, place, severity) = (visible(&finding.path), finding.start, finding.severity);
        let (rule, message) = (visible(&finding.rule), visible(&finding.message));
        writeln!(out, "{path}:{}:{}: {severity}[{rule}]: {message}", place.line, place.column)?;
    }
    Ok(())
}
