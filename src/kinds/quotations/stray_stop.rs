//! `quotations/stray-stop`: a stop or comma right after an opening mark.

use super::marks::opening;
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};

/// The kind.
pub const KIND: Kind = Kind { name: "quotations/stray-stop", page: include_str!("stray_stop.md"), keys: &[], build };

struct StrayStop;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(StrayStop))
}

impl Check for StrayStop {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        for quotation in reading.quotations() {
            let inner = reading.slice(quotation.inner.clone());
            let lead = inner.len() - inner.trim_start().len();
            let rest = &inner[lead..];
            // “.com”, “...”, “, and” after an omission: only a stop and a blank before a word.
            let Some(after) = rest.strip_prefix(['.', ',', ';']) else { continue };
            let words = after.trim_start();
            if words.len() == after.len() || !words.starts_with(char::is_alphabetic) || !words.contains(' ') {
                continue;
            }
            let start = quotation.inner.start + lead;
            let range = opening(quotation).start..start + 1;
            let finding = out.finding(reading.span(range), format!("“{}” stands before the first word", &rest[..1]));
            let gone = start..quotation.inner.end - words.len();
            out.push(match reading.edit_span(gone) {
                Some(span) => finding.fix(Fix {
                    title: "leave it out".into(),
                    applicability: Applicability::Unsafe,
                    edits: vec![Edit { span, replacement: String::new() }],
                }),
                None => finding,
            });
        }
    }
}
