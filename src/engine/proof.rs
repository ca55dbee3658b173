//! The proof of drafts: checked as ever, and laid side by side before their texts are let go.

use super::project::Project;
use super::run::{Draft, Outcome};
use crate::proof::{Proof, read};
use crate::rule::Pair;

impl Project {
    /// The drafts of one release, original first, side by side with what is found in them. A version that is not compared, because
    /// its language is not known or is that of the original, is shown beside the original all the same.
    pub fn proof(&self, drafts: &[Draft]) -> (Proof, Outcome) {
        let mut proof = Proof::default();
        let checked = self.examine(drafts, &mut |examined| {
            let is_compared = |document| {
                examined.pairs.iter().any(|pair| {
                    std::ptr::eq(pair.original.document, document) || std::ptr::eq(pair.translation.document, document)
                })
            };
            let mut others: Vec<Pair<'_, '_>> = Vec::new();
            if let Some((original, versions)) = examined.readings.split_first() {
                let beside = versions.iter().filter(|other| other.document.source != original.document.source);
                let left = beside.filter(|other| !is_compared(other.document));
                others.extend(left.map(|other| Pair::new(original, other)));
            }
            let pairs: Vec<&Pair<'_, '_>> = examined.pairs.iter().chain(&others).collect();
            proof = read(&pairs, examined.found);
        });
        let outcome = self.tell(drafts, checked).unwrap_or_default();
        (proof, outcome)
    }
}
