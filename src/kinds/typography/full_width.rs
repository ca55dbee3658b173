//! `typography/full-width`: full-width letters and marks in a text of a language that has none.

use crate::diagnostic::Applicability;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use unicode_normalization::UnicodeNormalization;

/// The kind.
pub const KIND: Kind = Kind { name: "typography/full-width", page: include_str!("full_width.md"), keys: &[], build };

struct FullWidth {
    characters: [Pattern; 1],
}

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(FullWidth { characters: [Pattern::regex("[！-～]+")] }))
}

impl Check for FullWidth {
    fn patterns(&self) -> &[Pattern] {
        &self.characters
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let language = reading.language();
        if language.tag.is_empty() || language.punctuation.wide {
            return;
        }
        for hit in hits {
            let before = reading.text()[..hit.range.start].chars().next_back();
            let after = reading.text()[hit.range.end..].chars().next();
            let ends = after.is_none_or(|c| c == crate::document::SEPARATOR);
            if !before.is_some_and(narrow) || !(ends || after.is_some_and(narrow)) {
                continue;
            }
            let found = reading.slice(hit.range.clone());
            let mut instead: String = found.nfkc().collect();
            // The blank after a full-width mark is a part of it.
            if instead.ends_with([',', ';', ':', '!', '?']) && after.is_some_and(char::is_alphabetic) {
                instead.push(' ');
            }
            let finding = out.finding(reading.span(hit.range.clone()), format!("“{found}” is full-width"));
            out.push(match reading.edit_span(hit.range.clone()) {
                Some(span) => finding.replace(format!("write “{instead}”"), Applicability::Unsafe, span, instead),
                None => finding,
            });
        }
    }
}

/// A blank, a figure, or a letter of an alphabet: beside it a full-width character has no business.
fn narrow(c: char) -> bool {
    c == ' ' || c.is_ascii_digit() || c.is_alphabetic() && matches!(c as u32, 0..0x530 | 0x1E00..0x2000)
}
