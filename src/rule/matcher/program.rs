//! One pattern made ready to run, and the ways it runs in a block. An expression is first made as cheaply as it can be, for most
//! runs are short; one that reads much text is made again, for speed.

use super::{Pattern, look_around};
use regex_automata::{Input, meta};
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Steps that a pattern with look-around may take at one place; one that needs more is given up for the text and reported.
const BACKTRACK_LIMIT: usize = 100_000;

/// Bytes that may be read again for each byte of a block, in search of places where a pattern with look-around may match.
const REREAD: usize = 100;

/// Matches of patterns that are never longer than this are looked for only around their literals.
const SHORT: usize = 256;

/// Bytes of a block that a pattern with look-around sees at a time, so that a long block does not use up its steps.
const WINDOW: usize = 16 * 1024;

/// Bytes that two windows share: a match of a pattern with look-around is seen whole up to this length.
const OVERLAP: usize = 2 * 1024;

/// Bytes that an expression reads before it is made again for speed, and of memory that it may take.
const MUCH: usize = 4 * 1024;
const SIZE_LIMIT: usize = 10 << 20;

pub(super) enum Program {
    Linear {
        regex: Linear,
        /// The most bytes of a match, where they are few.
        longest: Option<usize>,
    },
    Fancy {
        regex: fancy_regex::Regex,
        /// What is left without look-around: a match begins only where this one does.
        seek: Option<Linear>,
    },
}

/// An expression without look-around.
pub(super) struct Linear {
    source: String,
    /// Without the automata that make long texts quick: they take most of the time in which an expression is made.
    lean: meta::Regex,
    quick: OnceLock<Option<regex::Regex>>,
    read: AtomicUsize,
}

impl Program {
    /// `None` where the expression is wrong or too large.
    pub(super) fn new(pattern: &Pattern) -> Option<Self> {
        if let Ok(hir) = regex_syntax::parse(&pattern.source(&pattern.text, false)) {
            let longest = hir.properties().maximum_len().filter(|bytes| *bytes <= SHORT);
            return Some(Program::Linear { regex: Linear::new(pattern.source(&pattern.text, false), &hir)?, longest });
        }
        let source = pattern.source(&pattern.text, true);
        let regex = fancy_regex::RegexBuilder::new(&source).backtrack_limit(BACKTRACK_LIMIT).build().ok()?;
        let left = look_around::without_look_around(&pattern.text);
        let seek = (!left.contains(look_around::ANYTHING)).then(|| {
            let source = format!("{}(?:{left})", pattern.flags());
            regex_syntax::parse(&source).ok().and_then(|hir| Linear::new(source, &hir))
        });
        Some(Program::Fancy { regex, seek: seek.flatten() })
    }

    /// Calls `push` with the matches in a block, of which each holds one of the literals (bytes of the block) where any are
    /// given; `false` when the pattern needed more steps than it may take.
    pub(super) fn run(
        &self,
        part: &str,
        literals: impl ExactSizeIterator<Item = usize>,
        push: impl FnMut(Range<usize>),
    ) -> bool {
        match self {
            Program::Linear { regex, longest: Some(longest) } if literals.len() > 0 => {
                find_around(regex, part, literals, *longest, push);
            }
            Program::Linear { regex, .. } => find_all(regex, part, push),
            Program::Fancy { regex, seek: Some(seek) } => return find_sought(regex, seek, part, push),
            Program::Fancy { regex, seek: None } => return find_fancy(regex, part, push),
        }
        true
    }
}

impl Linear {
    fn new(source: String, hir: &regex_syntax::hir::Hir) -> Option<Self> {
        let config = meta::Config::new().hybrid(false).dfa(false).onepass(false).auto_prefilter(false);
        let config = config.nfa_size_limit(Some(SIZE_LIMIT));
        let lean = meta::Builder::new().configure(config).build_from_hir(hir).ok()?;
        Some(Linear { source, lean, quick: OnceLock::new(), read: AtomicUsize::new(0) })
    }

    /// The first match that begins at `from` or later. Both forms find the same.
    fn find_at(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let much = || self.read.load(Ordering::Relaxed) > MUCH;
        let quick = || self.quick.get_or_init(|| regex::Regex::new(&self.source).ok());
        if let Some(quick) = much().then(quick).and_then(Option::as_ref) {
            return quick.find_at(text, from).map(|found| found.range());
        }
        let found = self.lean.find(Input::new(text).range(from..)).map(|found| found.range());
        self.read.fetch_add(found.as_ref().map_or(text.len(), |found| found.end) - from, Ordering::Relaxed);
        found
    }
}

/// All matches.
fn find_all(regex: &Linear, part: &str, mut push: impl FnMut(Range<usize>)) {
    let mut from = 0;
    while from <= part.len()
        && let Some(found) = regex.find_at(part, from)
    {
        from = after(part, &found);
        push(found);
    }
}

/// Where the search goes on after a match; an empty one is not found again.
fn after(text: &str, found: &Range<usize>) -> usize {
    let next = || text[found.end..].chars().next().map_or(1, char::len_utf8);
    if found.is_empty() { found.end + next() } else { found.end }
}

/// The matches that hold one of the literals, of an expression with short matches.
fn find_around(
    regex: &Linear,
    part: &str,
    literals: impl Iterator<Item = usize>,
    longest: usize,
    mut push: impl FnMut(Range<usize>),
) {
    let mut from = 0;
    for literal in literals {
        from = from.max(part.floor_char_boundary(literal.saturating_sub(longest)));
        // What follows a match may decide about it: a boundary, the end of a line.
        let seen = &part[..part.ceil_char_boundary((literal + longest + 8).min(part.len()))];
        while from <= literal
            && let Some(found) = regex.find_at(seen, from).filter(|found| found.start <= literal)
        {
            from = after(seen, &found);
            push(found);
        }
    }
}

/// The matches of an expression with look-around, tried only where what is left without it matches; `false` when it was given
/// up.
fn find_sought(regex: &fancy_regex::Regex, seek: &Linear, part: &str, mut push: impl FnMut(Range<usize>)) -> bool {
    let (mut from, mut read) = (0, 0);
    while let Some(place) = seek.find_at(part, from) {
        // In a long block it sees as much around a place as in a window: what looks behind may look as far as it can, at each place anew,
        // and the steps of that are not counted.
        let seen = match part.len() <= WINDOW {
            true => 0..part.len(),
            false => {
                let end = part.ceil_char_boundary((place.start + WINDOW).min(part.len()));
                part.floor_char_boundary(place.start.saturating_sub(OVERLAP))..end
            }
        };
        let at = place.start - seen.start;
        let input = fancy_regex::RegexInput::new(&part[seen.clone()]).from_pos(at).anchored(true);
        let next = part[place.start..].chars().next().map_or(1, char::len_utf8);
        match regex.find_input(input) {
            Ok(Some(found)) if found.end() > at => {
                push(seen.start + found.start()..seen.start + found.end());
                from = seen.start + found.end();
            }
            Ok(_) => {
                read += place.len();
                from = place.start + next;
            }
            Err(_) => return false,
        }
        if from > part.len() || read > REREAD * (part.len() + WINDOW) {
            return from > part.len();
        }
    }
    true
}

/// The matches of an expression with look-around, window by window; `false` when it was given up.
fn find_fancy(regex: &fancy_regex::Regex, part: &str, mut push: impl FnMut(Range<usize>)) -> bool {
    let (mut start, mut from) = (0, 0);
    loop {
        let end = part.ceil_char_boundary((start + WINDOW).min(part.len()));
        let last = end == part.len();
        // A match that begins in what two windows share is left to the second, which sees what follows it.
        let limit = if last { end + 1 } else { part.floor_char_boundary(end - OVERLAP) };
        while let Some(found) = regex.find_from_pos(&part[start..end], from - start).transpose() {
            let Ok(found) = found else { return false };
            if start + found.start() >= limit {
                break;
            }
            push(start + found.start()..start + found.end());
            from = start + found.end();
            if found.start() == found.end() {
                match part[from..end].chars().next() {
                    Some(next) => from += next.len_utf8(),
                    None => break,
                }
            }
        }
        if last {
            return true;
        }
        // The next window also holds what a look-behind may see.
        start = part.floor_char_boundary(limit - OVERLAP);
        from = from.max(limit);
    }
}
