//! A finding's identity across edits: rule, normalised text, what stands around it, and the ordinal among equals. It holds
//! no path and no line, so it moves with the text; and it is a hash, so it holds no word of a draft.

use super::Diagnostic;
use crate::source::SourceSet;
use std::collections::HashMap;
use std::ops::Range;
use xxhash_rust::xxh3::Xxh3;

/// Characters of surroundings on either side that count.
const AROUND: usize = 40;

/// The fingerprints of findings, in their order; equal findings are told apart by their ordinal.
pub fn fingerprints(diagnostics: &[Diagnostic], sources: &SourceSet) -> Vec<String> {
    let mut seen: HashMap<(u128, u32), u64> = HashMap::new();
    diagnostics
        .iter()
        .map(|diagnostic| {
            let span = diagnostic.primary.span;
            let text = sources.get(span.source).text();
            let [before, after] = surroundings(text, span.range());
            let mut hasher = Xxh3::new();
            for part in [diagnostic.rule.as_str(), before, &text[span.range()], after] {
                for word in part.split_whitespace() {
                    hasher.update(word.as_bytes());
                    hasher.update(b" ");
                }
                hasher.update(b"\0");
            }
            let base = hasher.digest128();
            let ordinal = seen.entry((base, span.source.0)).or_default();
            hasher.update(&ordinal.to_le_bytes());
            *ordinal += 1;
            format!("{:032x}", hasher.digest128())
        })
        .collect()
}

/// The text on either side of a range, up to [`AROUND`] characters each. It ends where the paragraph does: a paragraph that comes
/// to stand before or after makes no other finding of it.
fn surroundings(text: &str, range: Range<usize>) -> [&str; 2] {
    let start = text[..range.start].char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let end = text[range.end..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| range.end + at);
    let (before, after) = (&text[start..range.start], &text[range.end..end]);
    let (first, last) = (empty_lines(after).first().cloned(), empty_lines(before).last().cloned());
    [&before[last.map_or(0, |line| line.end)..], &after[..first.map_or(after.len(), |line| line.start)]]
}

/// The empty lines of a text, white space aside, each with the line ends around it.
fn empty_lines(text: &str) -> Vec<Range<usize>> {
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let lines = ends.windows(2).map(|pair| pair[0]..pair[1] + 1);
    lines.filter(|line| text[line.clone()].trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;
    use crate::source::{Source, Span};

    #[test]
    fn a_fingerprint_moves_with_its_text_and_tells_equals_apart() {
        let paragraph =
            "The council met on Monday, 10 July 2012, and adopted the text without a vote, as it had in June.";
        let print = |text: String, times: usize| {
            let mut sources = SourceSet::new();
            let at = text.find("Monday").expect("there");
            let id = sources.add(Source::from_text("a.md", text));
            let found = Diagnostic::new("dates/weekday", Severity::Error, "m", Span::new(id, at..at + 6));
            fingerprints(&vec![found; times], &sources)
        };
        let first = print(format!("{paragraph}\n"), 2);
        assert_ne!(first[0], first[1]);
        let surroundings = "Some forty characters of text stand before it. ";
        assert_eq!(
            print(format!("{surroundings}{paragraph}"), 1),
            print(format!("New.\n\n{surroundings}{paragraph}"), 1)
        );
        let alone = print("On Monday it met.\n".into(), 1);
        assert_eq!(alone, print("Before.\r\n\r\nOn Monday it met.\r\n \r\nAfter.\r\n".into(), 1));
        assert_ne!(alone, print("Before.\nOn Monday it met.\n".into(), 1));
    }
}
