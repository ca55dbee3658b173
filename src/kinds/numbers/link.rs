//! `numbers/link`: a link whose text is one number and whose target is another.

use crate::diagnostic::Diagnostic;
use crate::document::InlineKind;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind { name: "numbers/link", page: include_str!("link.md"), keys: &[], build };

/// Steps of an address after which the number of an issue, a change or a document stands.
const NUMBERED: &[&str] = &[
    "issues",
    "issue",
    "pull",
    "pulls",
    "merge_requests",
    "bugs",
    "bug",
    "tickets",
    "ticket",
    "discussions",
    "changes",
    "rfc",
];

struct Link {
    /// A reference that is defined elsewhere, so that its label stands in the text.
    reference: [Pattern; 1],
}

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Link { reference: [Pattern::regex(r"\[#\d+\]\[[^\]\[]*#\d+\]")] }))
}

impl Check for Link {
    fn patterns(&self) -> &[Pattern] {
        &self.reference
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        for inline in &reading.document.inlines {
            let InlineKind::Link { target, .. } = &inline.kind else { continue };
            let Some(shown) = number(reading.slice(inline.range.clone())) else { continue };
            if let Some(meant) = target_number(target).filter(|meant| *meant != shown) {
                report(reading, inline.range.clone(), shown, meant, out);
            }
        }
        for hit in hits {
            let written = reading.slice(hit.range.clone());
            let Some((shown, label)) = written.split_once("][") else { continue };
            let digits = |text: &str| text.rsplit('#').next().map(|text| text.trim_end_matches(']').to_owned());
            if let (Some(shown), Some(meant)) = (digits(shown), digits(label))
                && shown != meant
            {
                report(reading, hit.range.clone(), &shown, &meant, out);
            }
        }
    }
}

fn report(reading: &Reading<'_>, range: Range<usize>, shown: &str, meant: &str, out: &mut Findings<'_>) {
    let text = format!("the text says {shown}, the link goes to {meant}");
    let finding = out.finding(reading.span(range), text);
    out.push(finding.label("text and target name two numbers"));
}

/// The number of a link's text that is nothing but one: "#12", "issue #12", "RFC 2119".
fn number(text: &str) -> Option<&str> {
    let digits =
        text.trim().rsplit(|c: char| !c.is_ascii_digit()).next().filter(|digits| (2..=7).contains(&digits.len()))?;
    let before = text.trim().strip_suffix(digits)?;
    let words = before.trim_end_matches(['#', ' ', '\u{A0}', '-']);
    let signed = before.ends_with('#') || before.ends_with("RFC ") || before.ends_with("RFC-");
    (signed && words.split_whitespace().count() <= 2 && !words.contains(|c: char| c.is_ascii_digit())).then_some(digits)
}

/// The number that the address ends with, where it numbers something.
fn target_number(target: &str) -> Option<&str> {
    let path = target.split(['?', '#']).next()?.trim_end_matches('/');
    let (rest, last) = path.rsplit_once('/')?;
    let step = rest.rsplit('/').next()?;
    let named = last.strip_prefix("rfc").unwrap_or(last);
    let numbered = NUMBERED.contains(&step) || named.len() < last.len();
    (numbered && !named.is_empty() && named.bytes().all(|b| b.is_ascii_digit())).then_some(named)
}
