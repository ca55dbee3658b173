//! `typography/apostrophe`: curly and straight apostrophes in one text.

use crate::diagnostic::{Applicability, Edit, Fix};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "typography/apostrophe",
    page: include_str!("apostrophe.md"),
    keys: &[
        Key::new("least", Shape::Integer, "How often the common kind stands there; 3 by default."),
        Key::new(
            "wanted",
            Shape::OneOf(&["curly", "straight", "own"]),
            "The kind that the house writes, whichever is common; `own` is the one of the text's language.",
        ),
    ],
    build,
};

/// Places of the common kind that a finding points at, and of the rare one.
const SHOWN: usize = 2;
const MOST: usize = 40;

struct Apostrophe {
    least: usize,
    wanted: Option<Wanted>,
}

/// Which the house writes.
#[derive(Clone, Copy)]
enum Wanted {
    Curly,
    Straight,
    /// That of the text's language.
    Own,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let least = setup.table.integer("least").and_then(|least| usize::try_from(least).ok()).unwrap_or(3).max(1);
    let wanted = match setup.table.text("wanted") {
        Some("curly") => Some(Wanted::Curly),
        Some("own") => Some(Wanted::Own),
        Some(_) => Some(Wanted::Straight),
        None => None,
    };
    Ok(Box::new(Apostrophe { least, wanted }))
}

impl Check for Apostrophe {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let (mut curly, mut straight) = (Vec::new(), Vec::new());
        for (at, mark) in reading.text().match_indices(['’', '\'']) {
            let range = at..at + mark.len();
            if between_letters(reading, &range) && !reading.is_opaque(&range) {
                if mark == "’" { curly.push(range) } else { straight.push(range) }
            }
        }
        let wanted = match self.wanted {
            Some(Wanted::Curly) => Some(true),
            Some(Wanted::Straight) => Some(false),
            Some(Wanted::Own) => reading.language().punctuation.apostrophe.map(|own| own != '\''),
            None => None,
        };
        let curly_wanted = wanted.unwrap_or(curly.len() > straight.len());
        let (rare, common, mark) = if curly_wanted { (straight, curly, "’") } else { (curly, straight, "'") };
        let decided = wanted.is_some() || common.len() >= self.least && common.len() > 2 * rare.len();
        let Some(first) = rare.first().filter(|_| decided) else { return };
        let name = if curly_wanted { "a straight apostrophe" } else { "a curly apostrophe" };
        let mut finding = out.finding(reading.span(first.clone()), format!("{name} in a text that has the other kind"));
        if wanted.is_some() {
            finding.message = format!("{name}, and the house writes the other kind");
        }
        finding =
            finding.label(if rare.len() == 1 { "only here".to_owned() } else { format!("{} times so", rare.len()) });
        for place in rare[1..].iter().take(MOST) {
            finding = finding.related(reading.span(place.clone()), "and here");
        }
        for place in common.iter().take(SHOWN) {
            finding = finding.related(reading.span(place.clone()), "the text has these");
        }
        // An apostrophe inside a quotation is changed by a person.
        let all: Option<Vec<Edit>> = rare
            .iter()
            .map(|place| Some(Edit { span: reading.edit_span(place.clone())?, replacement: mark.to_owned() }))
            .collect();
        out.push(match all {
            Some(edits) => finding.fix(Fix {
                title: format!("write “{mark}”"),
                applicability: if rare.iter().any(|place| reading.is_quoted(place)) {
                    Applicability::Unsafe
                } else {
                    Applicability::Safe
                },
                edits,
            }),
            None => finding,
        });
    }
}

fn between_letters(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let text = reading.text();
    let before = text[..range.start].chars().next_back().is_some_and(char::is_alphabetic);
    before && text[range.end..].chars().next().is_some_and(char::is_alphabetic)
}
