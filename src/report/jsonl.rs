//! One JSON object a finding, a line each.

use super::{Format, Report, Style, json};
use std::io::{self, Write};

pub(super) const FORMAT: Format =
    Format { name: "jsonl", about: "scripts: one object a finding, a line each", excerpts: false, write };

fn write(report: &Report<'_>, _: &Style, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        json::value(finding, out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
