//! `structure/tracked`: tracked changes and comments that were left in a text.

use crate::diagnostic::Applicability;
use crate::document::{Format, InlineKind};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use crate::source::Span;

/// The kind.
pub const KIND: Kind = Kind {
    name: "structure/tracked",
    page: include_str!("tracked.md"),
    keys: &[
        Key::required(
            "find",
            Shape::OneOf(&["changes", "comments"]),
            "`changes`: CriticMarkup in Markdown; `comments`: comments of the format with one of `words` in them.",
        ),
        Key::new(
            "words",
            Shape::List(&Shape::Text),
            "Words, as they are written, that make a comment one to be looked at.",
        ),
    ],
    build,
};

struct Tracked {
    changes: bool,
    words: Vec<String>,
}

/// CriticMarkup: how a mark opens and closes, what it is, and whether its content stays when it is accepted.
const MARKS: &[(&str, &str, &str)] = &[
    ("{++", "++}", "an insertion"),
    ("{--", "--}", "a deletion"),
    ("{~~", "~~}", "a substitution"),
    ("{>>", "<<}", "a comment"),
    ("{==", "==}", "a highlight"),
];

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let changes = setup.table.text("find") == Some("changes");
    let words = setup.table.texts("words").into_iter().map(str::to_owned).collect();
    Ok(Box::new(Tracked { changes, words }))
}

impl Check for Tracked {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        if self.changes {
            changes(reading, out);
        } else {
            self.comments(reading, out);
        }
    }
}

impl Tracked {
    fn comments(&self, reading: &Reading<'_>, out: &mut Findings<'_>) {
        for comment in &reading.document.comments {
            let mut words = comment.text.split(|c: char| !c.is_alphanumeric() && c != '_');
            if let Some(word) = words.find(|word| self.words.iter().any(|known| known == word)) {
                let place = Span::new(reading.document.source, comment.source.clone());
                let finding = out.finding(place, format!("a comment says “{word}”"));
                out.push(finding.replace("leave the comment out", Applicability::Unsafe, place, ""));
            }
        }
    }
}

fn changes(reading: &Reading<'_>, out: &mut Findings<'_>) {
    let document = reading.document;
    if document.format != Format::Markdown {
        return;
    }
    let source = reading.sources.get(document.source).text();
    let mut at = document.span.start;
    // Code inside a line shows the marks and does not mean them.
    let is_code = |kind: &InlineKind| matches!(kind, InlineKind::Code(_) | InlineKind::Markup);
    let code: Vec<_> =
        document.inlines.iter().filter(|inline| is_code(&inline.kind)).map(|inline| &inline.source).collect();
    let in_code = |place: usize| {
        let before = code.partition_point(|range| range.start <= place);
        before > 0 && place < code[before - 1].end
    };
    while let Some(start) = source.get(at..document.span.end).and_then(|rest| rest.find('{')).map(|found| at + found) {
        at = start + 1;
        let rest = &source[start..document.span.end];
        let Some((open, close, what)) = MARKS.iter().find(|(open, ..)| rest.starts_with(open)) else { continue };
        // A mark ends within its paragraph, and stands in prose, not in code.
        let paragraph = rest.find("\n\n").unwrap_or(rest.len());
        let Some(end) = rest[open.len()..paragraph].find(close).map(|end| end + open.len()) else { continue };
        if in_code(start) || document.map.to_text(start).is_none() && document.map.to_text(start + open.len()).is_none()
        {
            continue;
        }
        let content = &rest[open.len()..end];
        let accepted = match *open {
            "{++" | "{==" => content.to_owned(),
            "{~~" => content.split_once("~>").map_or(String::new(), |(_, new)| new.to_owned()),
            _ => String::new(),
        };
        at = start + end + close.len();
        let place = Span::new(document.source, start..at);
        let finding = out.finding(place, format!("{what} is left in the text"));
        out.push(finding.replace("accept it", Applicability::Unsafe, place, accepted));
    }
}
