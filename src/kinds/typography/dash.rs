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
                && !between.ends_with(' ')
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
            if sides[at] == Side::Before && option(reading, hit) {
                let finding = out.finding(reading.span(hit.range.clone()), "a dash for the two hyphens of an option");
                out.push(match reading.edit_span(hit.range.clone()) {
                    Some(span) => finding.replace("write “--”", Applicability::Unsafe, span, "--").help(OPTION),
                    None => finding.help(OPTION),
                });
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

const OPTION: &str = "mark commands as code, and no program makes dashes of their hyphens";

/// Whether the dash before a word was the two hyphens of an option (`--standalone`), which programs that set type make into an en dash:
/// the word is built like a name in code, or the one before it is, or the block is no sentence but a command.
fn option(reading: &Reading<'_>, hit: &Hit) -> bool {
    let text = reading.text();
    let ends = |c: char| c.is_whitespace() || c == crate::document::SEPARATOR;
    let word = text[hit.range.end..].split(ends).next().unwrap_or_default();
    let before = text[..hit.range.start].trim_end().rsplit(ends).next().unwrap_or_default();
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    // An inner capital after a small letter, a figure, or a sign that no word has.
    let named = |word: &str| {
        let inner = word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
        inner || word.contains(['_', '=', '<', '>', '/', '\\', '$', '~'])
    };
    let block = || reading.block_at(hit.range.start).map(|block| reading.document.block_text(block).trim());
    let command = || {
        block().is_some_and(|text| {
            text.starts_with(char::is_lowercase) && !text.ends_with(['.', '!', '?', ':', ';', '…', ','])
        })
    };
    reading.slice(hit.range.clone()) == "–" && (word.contains('-') || named(word) || named(before) || command())
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
