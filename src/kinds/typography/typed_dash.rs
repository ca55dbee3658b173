//! `typography/typed-dash`: hyphens where print has a dash.

use crate::diagnostic::Applicability;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};

/// The kind.
pub const KIND: Kind = Kind {
    name: "typography/typed-dash",
    page: include_str!("typed_dash.md"),
    keys: &[Key::required("hyphens", Shape::Integer, "How many hyphens stand for the dash: 1 or 2.")],
    build,
};

struct TypedDash {
    two: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    match setup.table.integer("hyphens") {
        Some(1 | 2) => Ok(Box::new(TypedDash { two: setup.table.integer("hyphens") == Some(2) })),
        _ => {
            let place = setup.table.get("hyphens").map(|value| value.range.clone()).unwrap_or_default();
            Err(vec![setup.mistake(place, "1 or 2 is expected here")])
        }
    }
}

impl Check for TypedDash {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let text = reading.text();
        let hyphens = if self.two { "--" } else { "-" };
        for (at, _) in text.match_indices(hyphens) {
            let place = at..at + hyphens.len();
            let (before, after) = (&text[..place.start], &text[place.end..]);
            let Some(apart) = stands_for_dash(before, after, self.two).filter(|_| !reading.is_opaque(&place)) else {
                continue;
            };
            let dash = reading.language().punctuation.dash(apart);
            let message = if self.two { "two hyphens for a dash" } else { "a hyphen for a dash" };
            let finding = out.finding(reading.span(place.clone()), message);
            out.push(match reading.edit_span(place) {
                Some(span) => finding.replace(format!("write “{dash}”"), Applicability::Unsafe, span, dash.to_string()),
                None => finding,
            });
        }
    }
}

/// Whether hyphens stand for a dash, and if so whether it is set apart: between blanks after a word or a mark, and before a word. Two
/// also stand for one between letters; before an option of a command (`with --force`) and in a line of hyphens they do not.
fn stands_for_dash(before: &str, after: &str, two: bool) -> Option<bool> {
    if let (Some(head), Some(tail)) = (before.strip_suffix(' '), after.strip_prefix(' ')) {
        let follows = head.ends_with(|c: char| c.is_alphanumeric() || "])”\"»,.!?".contains(c));
        let goes_on = two || tail.starts_with(|c: char| c.is_alphanumeric() || "“\"«".contains(c));
        return (follows && goes_on).then_some(true);
    }
    let closed = two && before.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic);
    closed.then_some(false)
}
