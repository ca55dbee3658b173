//! In which parts of a document a rule looks.

use crate::document::{Block, BlockKind, Document, Part};

/// A set of block kinds that a rule looks at; all prose when a rule names none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    names: Vec<&'static str>,
}

/// Whether a name covers a block.
type Covers = fn(&Block) -> bool;

/// Every name a pack may give under `scope`, with what it covers.
const NAMES: &[(&str, Covers)] = &[
    ("title", |block| block.kind == BlockKind::Title),
    ("heading", |block| matches!(block.kind, BlockKind::Heading(_))),
    ("heading-1", |block| block.kind == BlockKind::Heading(1)),
    ("heading-2", |block| block.kind == BlockKind::Heading(2)),
    ("heading-3", |block| block.kind == BlockKind::Heading(3)),
    ("heading-4", |block| block.kind == BlockKind::Heading(4)),
    ("heading-5", |block| block.kind == BlockKind::Heading(5)),
    ("heading-6", |block| block.kind == BlockKind::Heading(6)),
    ("paragraph", |block| block.kind == BlockKind::Paragraph),
    ("list-item", |block| block.kind == BlockKind::ListItem),
    ("block-quote", |block| block.quotes > 0),
    ("table-cell", |block| block.kind == BlockKind::TableCell),
    ("caption", |block| block.kind == BlockKind::Caption),
    ("front-matter", |block| block.part == Part::FrontMatter),
    ("body", |block| block.part == Part::Body),
    ("boilerplate", |block| block.part == Part::Boilerplate),
    ("contact", |block| block.part == Part::Contact),
];

/// The names alone, as the key's shape lists them.
pub(super) const SCOPE_NAMES: &[&str] = &{
    let mut names = [""; NAMES.len()];
    let mut i = 0;
    while i < NAMES.len() {
        names[i] = NAMES[i].0;
        i += 1;
    }
    names
};

impl Scope {
    /// The scope of these names; unknown ones were reported when the pack was read and are left out.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let known = |name: &str| SCOPE_NAMES.iter().copied().find(|known| *known == name);
        Scope { names: names.into_iter().filter_map(known).collect() }
    }

    /// Whether a rule with this scope looks at a block.
    pub fn covers(&self, block: &Block) -> bool {
        self.names.is_empty() || NAMES.iter().any(|(name, is)| self.names.contains(name) && is(block))
    }

    /// Whether a rule with this scope looks at the block that holds a byte of the text.
    pub fn covers_byte(&self, document: &Document, byte: usize) -> bool {
        self.names.is_empty() || document.block_at(byte).is_some_and(|index| self.covers(&document.blocks[index]))
    }
}
