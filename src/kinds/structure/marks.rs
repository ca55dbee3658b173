//! `structure/marks`: lines that say what a text is: end mark, “draft”.

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
            Shape::OneOf(&["once", "never"]),
            "`once`: a line of `lines` that stands twice; `never`: a line of `lines` at the top of a text that goes out.",
        ),
        Key::required(
            "lines",
            Shape::List(&Shape::Text),
            "Lines, without regard to case and to the dashes around them.",
        ),
    ],
    build,
};

/// Blocks from the start of a text in which what it is would be said.
const TOP: usize = 4;

struct Marks {
    check: What,
    lines: Vec<String>,
}

#[derive(PartialEq)]
enum What {
    Once,
    Never,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let check = match setup.table.text("check") {
        Some("once") => What::Once,
        _ => What::Never,
    };
    let texts = |key| setup.table.texts(key).into_iter().map(str::to_lowercase).collect();
    Ok(Box::new(Marks { check, lines: texts("lines") }))
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
