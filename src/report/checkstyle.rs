//! Checkstyle's XML, which Jenkins, reviewdog and many editors read.

use super::told::told;
use super::{Format, Report, Style, by_path};
use crate::page::escape;
use std::io::{self, Write};

pub(super) const FORMAT: Format =
    Format { name: "checkstyle", about: "Jenkins and others that read Checkstyle", excerpts: false, write };

fn write(report: &Report<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
    for (path, findings) in by_path(report.findings) {
        writeln!(out, "  <file name=\"{}\">", escape(path))?;
        for finding in findings {
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"{}\"/>",
                finding.start.line,
                finding.start.column,
                finding.severity,
                escape(&told(finding).join("; ")),
                escape(&finding.rule),
            )?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</checkstyle>")
}
