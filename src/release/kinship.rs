//! Whether two texts are versions of one text at all: what they share of figures, addresses and names.

use super::align::{Alignment, Bead, Unit};
use super::anchor::{Anchor, AnchorClass};
use std::collections::BTreeSet;

/// What two texts could share and what they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinship {
    /// Distinct figures, addresses and names of the text that has fewer.
    pub fewer: usize,
    /// How many of them the other has.
    pub shared: usize,
    /// The same without names, which translations may share few of: every sentence begins like one.
    pub facts: (usize, usize),
    /// Passages of both.
    pub passages: usize,
    /// How many of them stand alone, in the best way of laying the texts beside each other.
    pub alone: usize,
}

/// Below this many anchors nothing can be said.
const ENOUGH: usize = 8;
/// Below this many passages their alignment says nothing.
const FEW: usize = 10;

impl Kinship {
    /// Between two texts. `names` where both are written in one script. Their alignment counts where it is known.
    pub fn of(one: &[Unit], other: &[Unit], names: bool, alignment: Option<&Alignment>) -> Self {
        let strong = |units: &[Unit]| -> BTreeSet<Anchor> {
            let anchors = units.iter().flat_map(|unit| &unit.anchors);
            let strong = |anchor: &&Anchor| match anchor.class {
                AnchorClass::Cognate => false,
                AnchorClass::Name => names && anchor.key.chars().count() > 2,
                AnchorClass::Number => anchor.key.len() > 1,
                AnchorClass::Date | AnchorClass::Link => true,
            };
            anchors.filter(strong).cloned().collect()
        };
        let passages = one.len() + other.len();
        let alone = |bead: &&Bead| bead.source.is_empty() || bead.target.is_empty();
        let alone = alignment.map_or(0, |found| {
            found.beads.iter().filter(alone).map(|bead| bead.source.len() + bead.target.len()).sum()
        });
        let (one, other) = (strong(one), strong(other));
        let shared = one.intersection(&other).count();
        let fact = |anchor: &&Anchor| anchor.class != AnchorClass::Name;
        let fewer = one.iter().filter(fact).count().min(other.iter().filter(fact).count());
        let facts = (fewer, one.intersection(&other).filter(fact).count());
        Kinship { fewer: one.len().min(other.len()), shared, facts, passages, alone }
    }

    /// They look like different texts: they share little of what they could while their passages find no partners, or have a figure or
    /// address for every fourth passage and share next to none. Short texts have too few passages to tell, and must share nothing.
    pub fn is_none(self) -> bool {
        let (few, facts) = (self.passages < FEW, self.facts);
        let nothing = |(fewer, shared): (usize, usize)| fewer >= ENOUGH && shared * 12 < fewer;
        let little = self.fewer >= ENOUGH && self.shared * 4 < self.fewer && self.alone * 3 > self.passages;
        match few {
            true => nothing((self.fewer, self.shared)),
            false => little || (facts.0 * 4 >= self.passages && nothing(facts)),
        }
    }

    /// They look like versions of one text.
    pub fn is_plain(self) -> bool {
        self.fewer >= ENOUGH / 2 && self.shared * 3 >= self.fewer
    }
}
