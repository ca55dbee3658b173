//! `typography/apart`: the space before a colon, a semicolon, an exclamation mark and a question mark.

use crate::diagnostic::Applicability;
use crate::document::SEPARATOR;
use crate::language::{Punctuation, region};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};

/// The kind.
pub const KIND: Kind = Kind {
    name: "typography/apart",
    page: include_str!("apart.md"),
    keys: &[
        Key::required(
            "before",
            Shape::OneOf(&["nothing", "no-break"]),
            "What it asks for: nothing before marks that stand close; a no-break space before those that stand apart.",
        ),
        Key::new(
            "region",
            Shape::Text,
            "The region whose habit the house has, such as `CA`, whatever that of the text.",
        ),
    ],
    build,
};

const BLANKS: [char; 3] = [' ', '\u{A0}', '\u{202F}'];

struct Apart {
    no_break: bool,
    region: Option<String>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let no_break = setup.table.text("before") == Some("no-break");
    Ok(Box::new(Apart { no_break, region: setup.table.text("region").map(str::to_owned) }))
}

impl Check for Apart {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let language = reading.language();
        // Nothing is known of an unknown language.
        if language.tag.is_empty() {
            return;
        }
        for (at, mark) in reading.text().match_indices([':', ';', '!', '?']) {
            let mark = mark.chars().next().unwrap_or_default();
            if self.no_break {
                self.asked(reading, &language.punctuation, at, mark, out);
            } else {
                self.unasked(reading, &language.punctuation, at, mark, out);
            }
        }
    }
}

impl Apart {
    /// A mark that stands close, with a blank before it.
    fn unasked(&self, reading: &Reading<'_>, marks: &Punctuation, at: usize, mark: char, out: &mut Findings<'_>) {
        let word = reading.text()[..at].trim_end_matches(BLANKS);
        let cased = |c: char| c.is_lowercase() || c.is_uppercase();
        let after = &reading.text()[at + 1..];
        let next = after.trim_start().chars().next();
        // A colon is set apart in ratios and in smileys, and what goes on in lower case may be either too.
        let looked_at = match mark {
            '!' | '?' => after.is_empty() || after.starts_with(SEPARATOR) || next.is_some_and(char::is_uppercase),
            ';' => next.is_some_and(char::is_alphabetic),
            _ => false,
        };
        if word.len() == at
            || !looked_at
            || !(after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || c == SEPARATOR))
            || !word.ends_with(cased)
            || marks.is_apart(mark, self.region.as_deref())
            || reading.is_opaque(&(word.len()..at + 1))
        {
            return;
        }
        let finding = out.finding(reading.span(word.len()..at + 1), "a blank before the mark");
        self.mend(reading, finding, word.len()..at, "", "leave the blank out", out);
    }

    /// A mark that stands apart, without the space at which no line breaks.
    fn asked(&self, reading: &Reading<'_>, marks: &Punctuation, at: usize, mark: char, out: &mut Findings<'_>) {
        let tag = reading.document.language.tag.as_deref();
        let region = self.region.as_deref().or_else(|| tag.and_then(region)).unwrap_or_default();
        let before = &reading.text()[..at];
        let word = before.strip_suffix(' ').unwrap_or(before);
        let after = &reading.text()[at + 1..];
        if !word.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | '»'))
            || !(after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || c == SEPARATOR))
            || !marks.is_apart(mark, Some(region))
            || reading.is_opaque(&(word.len()..at + 1))
        {
            return;
        }
        let space = if marks.narrow.contains(mark) { "\u{202F}" } else { "\u{A0}" };
        let finding = out.finding(reading.span(word.len()..at + 1), "no no-break space before the mark");
        self.mend(reading, finding, word.len()..at, space, "set the space", out);
    }

    fn mend(
        &self,
        reading: &Reading<'_>,
        finding: crate::diagnostic::Diagnostic,
        place: std::ops::Range<usize>,
        space: &str,
        title: &str,
        out: &mut Findings<'_>,
    ) {
        let quoted = reading.is_quoted(&place);
        let applicability = if quoted { Applicability::Unsafe } else { Applicability::Safe };
        out.push(match reading.edit_span(place) {
            Some(span) => finding.replace(title, applicability, span, space),
            None => finding,
        });
    }
}
