//! What project-wide rules keep of all documents of a run, so that they can judge them together without their texts.

use crate::source::{SourceId, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// What a project-wide check keeps of one place in one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// What is compared: two notes with one key belong together.
    pub key: u64,
    /// The form that stands here.
    pub form: String,
    /// Where, in bytes of the document's source.
    pub range: Range<usize>,
}

/// Where one form of what is compared stands, in all documents of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// Every file that has it, once, in order.
    pub files: Vec<SourceId>,
    /// A place in each of the first files.
    pub first: Vec<Span>,
}

/// Places of a form that are kept: more than anybody would read.
const FIRST: usize = 64;

/// What one rule kept: by what is compared and its form, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept(BTreeMap<u64, BTreeMap<String, Places>>);

impl Kept {
    /// Adds what was kept of a document. Documents come in the order of their files.
    pub fn add(&mut self, source: SourceId, noted: Vec<Noted>) {
        for Noted { key, form, range } in noted {
            let places = self.0.entry(key).or_default().entry(form).or_default();
            if places.files.last() != Some(&source) {
                places.files.push(source);
            }
            if places.first.len() < FIRST {
                places.first.push(Span::new(source, range));
            }
        }
    }

    /// Gives every source the number that `renumber` says, and puts files and places in the order of those.
    pub fn renumber(&mut self, renumber: &dyn Fn(SourceId) -> SourceId) {
        for places in self.0.values_mut().flat_map(BTreeMap::values_mut) {
            places.files.iter_mut().for_each(|id| *id = renumber(*id));
            places.files.sort();
            places.files.dedup();
            places.first.iter_mut().for_each(|span| span.source = renumber(span.source));
            places.first.sort();
        }
    }

    /// All that is compared, with its forms.
    pub fn terms(&self) -> impl Iterator<Item = (u64, &BTreeMap<String, Places>)> {
        self.0.iter().map(|(key, forms)| (*key, forms))
    }
}
