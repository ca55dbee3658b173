//! `typography/dash`: a dash with a blank on one side only.

use crate::diagnostic::Applicability;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};

/// The kind.
pub const KIND: Kind = Kind { name: "typography/dash", page: include_str!("dash.md"), keys: &[], build };

struct Dash {
    dashes: [Pattern; 1],
}

/// On which sides of a dash a blank stands.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Before,
    After,
    Other,
}

fn build(_setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Dash { dashes: [Pattern::regex("[–—]")] }))
}

impl Check for Dash {
    fn patterns(&self) -> &[Pattern] {
        &self.dashes
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let language = reading.language();
        if !language.punctuation.balanced {
            return;
        }
        // Before these, part of a compound is left out (“pre– and post-war”), or the end of a range follows.
        let suspended =
            |word: &str| language.punctuation.joining.iter().chain(&language.dates.range).any(|known| known == word);
        let sides: Vec<Side> = hits.iter().map(|hit| side(reading, hit)).collect();
        // “word —aside— word”: two dashes of one sentence that mirror each other enclose something.
        let mirrors = |a: usize, b: usize| {
            let between = reading.slice(hits[a].range.end..hits[b].range.start);
            sides[a] == Side::Before
                && sides[b] != Side::Before
                && !between.contains([crate::document::SEPARATOR, '!', '?'])
                && !between.contains(". ")
        };
        for (at, hit) in hits.iter().enumerate() {
            let enclosed = at + 1 < hits.len() && mirrors(at, at + 1) || at > 0 && mirrors(at - 1, at);
            let after = reading.text()[hit.range.end..].trim_start();
            let word = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            if sides[at] == Side::Other || enclosed || reading.is_opaque(&hit.range) {
                continue;
            }
            if sides[at] == Side::After && suspended(word) {
                continue;
            }
            // The blank is part of the place: one before the dash, or one after it.
            let (range, missing) = match sides[at] {
                Side::Before => (hit.range.start - 1..hit.range.end, hit.range.end),
                _ => (hit.range.start..hit.range.end + 1, hit.range.start),
            };
            let finding = out.finding(reading.span(range), "this dash has a blank on one side only");
            out.push(match reading.edit_span(missing..missing) {
                Some(span) => finding.replace("set a blank on the other side too", Applicability::Unsafe, span, " "),
                None => finding,
            });
        }
    }
}

/// Where the blank of a dash between two words stands.
fn side(reading: &Reading<'_>, hit: &Hit) -> Side {
    let mut before = reading.text()[..hit.range.start].chars().rev();
    let mut after = reading.text()[hit.range.end..].chars();
    let word = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    match (before.next(), after.next()) {
        (Some(' '), next) if word(next) && before.next().is_some_and(|c| c.is_lowercase()) => Side::Before,
        (previous, Some(' ')) if word(previous) && after.next().is_some_and(|c| c.is_lowercase()) => Side::After,
        _ => Side::Other,
    }
}
