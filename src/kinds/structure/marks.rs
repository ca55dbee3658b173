//! `structure/marks`: lines that say what a text is: release line, embargo, end mark, “draft”. They must not contradict each other.

use super::options::says_only;
use crate::document::{Block, BlockKind, Part};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};

/// The kind.
pub const KIND: Kind = Kind {
    name: "structure/marks",
    page: include_str!("marks.md"),
    keys: &[
        Key::required(
            "check",
            Shape::OneOf(&["against", "once", "never"]),
            "`against`: a line that begins with one of `lines` beside one that begins with one of `others`; `once`: a line of `lines` that \
             stands twice; `never`: a line of `lines` at the top of a text that goes out.",
        ),
        Key::required(
            "lines",
            Shape::List(&Shape::Text),
            "Lines, without regard to case and to the dashes around them.",
        ),
        Key::new("others", Shape::List(&Shape::Text), "How the lines begin that exclude these."),
    ],
    build,
};

/// Blocks from the start of a text in which what it is would be said.
const TOP: usize = 4;

/// Blocks from the start of a text in which release lines stand.
const HEAD: usize = 12;

struct Marks {
    check: What,
    lines: Vec<String>,
    others: Vec<String>,
}

#[derive(PartialEq)]
enum What {
    Against,
    Once,
    Never,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let check = match setup.table.text("check") {
        Some("once") => What::Once,
        Some("never") => What::Never,
        _ => What::Against,
    };
    let texts = |key| setup.table.texts(key).into_iter().map(str::to_lowercase).collect();
    Ok(Box::new(Marks { check, lines: texts("lines"), others: texts("others") }))
}

impl Check for Marks {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let blocks: Vec<&Block> = reading.document.blocks.iter().filter(|block| !block.range.is_empty()).collect();
        let line = |block: &&&Block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Title)
                && block.part != Part::FrontMatter
                && says_only(reading, block, &self.lines)
        };
        match self.check {
            What::Against => {
                let head = &blocks[..blocks.len().min(HEAD)];
                let begins = |words: &[String]| {
                    head.iter().find(|block| {
                        let text = reading.document.block_text(block);
                        text.len() <= 200 && words.iter().any(|word| text.to_lowercase().starts_with(word))
                    })
                };
                if let (Some(one), Some(other)) = (begins(&self.lines), begins(&self.others))
                    && one.range != other.range
                {
                    let finding = out.finding(reading.span(other.range.clone()), "this line contradicts another one");
                    out.push(
                        finding.related(reading.span(one.range.clone()), "says that the text may be used at once"),
                    );
                }
            }
            What::Once => {
                let mut found = blocks.iter().filter(line);
                if let (Some(first), Some(second)) = (found.next(), found.next()) {
                    let finding = out.finding(reading.span(second.range.clone()), "the text ends twice");
                    out.push(finding.related(reading.span(first.range.clone()), "it ended here"));
                }
            }
            What::Never => {
                let head = blocks.iter().filter(|block| block.part != Part::FrontMatter).take(TOP);
                for block in head.filter(|block| line(block)) {
                    let finding = out.finding(reading.span(block.range.clone()), "this line is not for readers");
                    out.push(finding);
                }
            }
        }
    }
}
