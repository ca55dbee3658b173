//! `quotations/unpaired`: a quotation that begins and does not end, ends and did not begin, or has a mark twice.

use super::marks::{Shape, around, closing, opening};
use crate::document::{Block, BlockKind};
use crate::language::spellout::is_unspaced;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use std::collections::HashSet;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind { name: "quotations/unpaired", page: include_str!("unpaired.md"), keys: &[], build };

/// Marks without a partner that are reported one by one.
const MANY: usize = 3;

/// Marks that begin or end a quotation and nothing else; apostrophes look like single ones.
const MARKS: &str = "[“”„«»\"「」『』《》]";
/// A single mark that a colon announces.
const SINGLE: &str = "(?<=: )‘(?=\\p{Lu})";

struct Unpaired {
    marks: [Pattern; 2],
}

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Unpaired { marks: [Pattern::regex(MARKS), Pattern::regex(SINGLE)] }))
}

impl Check for Unpaired {
    fn patterns(&self) -> &[Pattern] {
        &self.marks
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let quotations = reading.quotations();
        let paired: HashSet<usize> = quotations
            .iter()
            .filter(|quotation| quotation.close.is_some())
            .flat_map(|quotation| [Some(opening(quotation).start), closing(quotation).map(|mark| mark.start)])
            .flatten()
            .collect();
        let strays: Vec<&Range<usize>> =
            hits.iter().map(|hit| &hit.range).filter(|range| !paired.contains(&range.start)).collect();
        let section = Section::new(reading, &strays);
        let mut doubled = None;
        let (mut begun, mut ended) = (Vec::new(), Vec::new());
        for &range in &strays {
            // An opaque place is code or a template: its marks are no writer's.
            if reading.is_opaque(range) || doubled == Some(range.start) {
                continue;
            }
            let Some(mark) = reading.slice(range.clone()).chars().next() else { continue };
            if mark == '‘' {
                if is_single_open(reading, range) {
                    begun.push(range);
                }
                continue;
            }
            let (before, after) = around(reading, range);
            let is_unclosed = section.unclosed.binary_search(&range.start).is_ok();
            if after == Some(mark) && before.is_some_and(char::is_alphanumeric) {
                doubled = Some(range.end);
                let twice = range.start..range.end + mark.len_utf8();
                out.push(out.finding(reading.span(twice), "a quotation mark stands twice"));
            } else if before == Some(mark)
                && (after.is_some_and(char::is_alphanumeric) || closes_a_word(reading, range))
            {
                let twice = range.start - mark.len_utf8()..range.end;
                out.push(out.finding(reading.span(twice), "a quotation mark stands twice"));
            } else if is_unclosed && begins(mark, before, after) {
                if !section.goes_on(range) {
                    begun.push(range);
                }
            } else if ends(mark, before, after) && !is_unclosed && !section.went_on(range) {
                // “ inside what its block does not end was meant to end that.
                if mark != '“' || !unclosed_in_block(reading, &section.unclosed, range.start) {
                    ended.push(range);
                }
            }
        }
        report(reading, &begun, ["this quotation does not end", "nothing in this paragraph closes it"], out);
        report(reading, &ended, ["this quotation did not begin", "nothing in this paragraph opens it"], out);
    }
}

/// Reports marks without their partner, in the order of the text. Where a text has many, one cause made them all, and they are one finding.
fn report(reading: &Reading<'_>, marks: &[&Range<usize>], [message, label]: [&str; 2], out: &mut Findings<'_>) {
    let together = marks.len() > MANY;
    for mark in marks.iter().take(if together { 1 } else { MANY }) {
        let mut finding = out.finding(reading.span((*mark).clone()), message).label(label);
        for other in marks[1..].iter().filter(|_| together) {
            finding = finding.related(reading.span((*other).clone()), "and here");
        }
        out.push(finding);
    }
}

/// Whether a word stands before the mark in front of this one.
fn closes_a_word(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let mut before = reading.text()[..range.start].chars().rev().skip(1);
    before.next().is_some_and(|c| c.is_alphabetic() || ".,!?".contains(c))
}

/// Whether a single mark begins a quotation that nothing ends before the next one begins, in a language whose quotations begin with it.
/// An apostrophe that ends a word may be the end of a quotation.
fn is_single_open(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let rest = &reading.text()[range.end..];
    let rest = &rest[..rest.find('‘').unwrap_or(rest.len())];
    let own = reading.language().punctuation.outer(None) == Some(('‘', '’'));
    own && !rest.match_indices('’').any(|(at, mark)| !rest[at + mark.len()..].starts_with(char::is_alphabetic))
}

/// Whether a character stands beside a mark without a blank: letters of scripts that have none, and full-width marks.
fn is_close(c: char) -> bool {
    is_unspaced(c) || matches!(c, '\u{3001}'..='\u{301F}' | '！'..='～')
}

/// Whether a mark can only begin a quotation where it stands.
fn begins(mark: char, before: Option<char>, after: Option<char>) -> bool {
    let directed = Shape::of(mark) == Shape::Other || mark == '“' && before.is_some_and(is_close);
    let apart = directed || before.is_none_or(|c| c.is_whitespace() || "([{—–".contains(c));
    apart && after.is_some_and(|c| !c.is_whitespace() || Shape::of(mark) == Shape::Guillemets)
}

/// Whether a mark can only end a quotation where it stands. Typewriter marks after a figure are inches or seconds.
fn ends(mark: char, before: Option<char>, after: Option<char>) -> bool {
    let apart = after.is_none_or(|c| c.is_whitespace() || ".,;:!?)]—–".contains(c) || is_close(c));
    let word = before
        .is_some_and(|c| c.is_alphabetic() || ".,!?…)]".contains(c) || is_close(c) || c == crate::document::OPAQUE);
    match Shape::of(mark) {
        Shape::Typewriter => apart && word,
        // What English begins with ends in German.
        Shape::Curly => matches!(mark, '”' | '“') && apart && word,
        Shape::Guillemets => mark == '»' && apart && before.is_some(),
        Shape::Other => matches!(mark, '」' | '』' | '》'),
    }
}

/// Whether the block of a place has a quotation before it that the block does not end.
fn unclosed_in_block(reading: &Reading<'_>, unclosed: &[usize], place: usize) -> bool {
    let Some(block) = reading.block_at(place) else { return false };
    let before = unclosed.partition_point(|start| *start < place);
    before > 0 && unclosed[before - 1] >= block.range.start
}

/// Whether one mark may end what another began: the brackets of East Asia end what their own kind began, the others may be mixed.
fn fit(open: Option<char>, close: &str) -> bool {
    match open {
        Some('「') => close == "」",
        Some('『') => close == "』",
        Some('《') => close == "》",
        _ => !matches!(close, "」" | "』" | "》"),
    }
}

/// What is needed to follow a quotation over the paragraphs of its section. All lists are in the order of the text.
struct Section<'a> {
    reading: &'a Reading<'a>,
    /// Where sections begin.
    headings: Vec<usize>,
    /// Marks that end a quotation of which their block has no beginning.
    enders: Vec<usize>,
    /// Marks that begin a quotation of which their block has no end.
    unclosed: Vec<usize>,
}

impl<'a> Section<'a> {
    fn new(reading: &'a Reading<'a>, strays: &[&Range<usize>]) -> Self {
        let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title);
        let headings = reading.document.blocks.iter().filter(is_heading).map(|block| block.range.start).collect();
        let unclosed = reading.quotations().iter().filter(|quotation| quotation.close.is_none());
        let unclosed: Vec<usize> = unclosed.map(|quotation| quotation.range.start).collect();
        let is_ender = |stray: &&&Range<usize>| {
            let (before, after) = around(reading, stray);
            let mark = reading.slice((**stray).clone()).chars().next();
            // “ inside what its block does not end was meant to end that, and is the other mark.
            let twice = mark == Some('“') && unclosed_in_block(reading, &unclosed, stray.start);
            !twice
                && unclosed.binary_search(&stray.start).is_err()
                && mark.is_some_and(|mark| ends(mark, before, after))
        };
        let enders = strays.iter().filter(is_ender).map(|stray| stray.start).collect();
        Section { reading, headings, enders, unclosed }
    }

    /// Whether a quotation that its block does not end goes on: the next paragraph opens it anew, or one in its section ends it.
    fn goes_on(&self, range: &Range<usize>) -> bool {
        let document = self.reading.document;
        let Some(index) = document.block_at(range.start) else { return false };
        let mark = self.reading.slice(range.clone());
        let next = document.blocks[index + 1..].iter().find(|block| !block.range.is_empty());
        let anew = |block: &Block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) && {
                let text = document.block_text(block).trim_start();
                // French may open the next paragraph with the closing mark.
                text.starts_with(mark) || text.starts_with('»')
            }
        };
        // An opaque block, such as an embedded statement, may hold the end.
        let opaque = document.blocks.get(index + 1).is_some_and(|block| block.kind == BlockKind::Opaque);
        opaque || next.is_some_and(anew) || self.ends_later(range.start, mark)
    }

    /// Whether a mark that closes nothing in its block ends what an earlier block of its section began.
    fn went_on(&self, range: &Range<usize>) -> bool {
        let before = self.unclosed.partition_point(|place| *place < range.start);
        let fits = |place: usize| fit(self.reading.text()[place..].chars().next(), self.reading.slice(range.clone()));
        before > 0 && fits(self.unclosed[before - 1]) && !self.parted(self.unclosed[before - 1], range.start)
    }

    /// Whether the next mark that ends a quotation without a beginning stands in the same section and can end this one.
    fn ends_later(&self, start: usize, mark: &str) -> bool {
        let after = self.enders.partition_point(|place| *place <= start);
        let fits = |place: usize| {
            let end = self.reading.text()[place..].chars().next().map(String::from).unwrap_or_default();
            fit(mark.chars().next(), &end)
        };
        self.enders.get(after).is_some_and(|place| fits(*place) && !self.parted(start, *place))
    }

    /// Whether a section begins between two places.
    fn parted(&self, first: usize, last: usize) -> bool {
        self.headings.partition_point(|place| *place <= first) < self.headings.partition_point(|place| *place <= last)
    }
}
