//! What the drafts of releases say of people and organisations, for a register that is yet to be written.

use super::pairs::{pairs, releases};
use super::project::Project;
use super::run::Draft;
use crate::document::{self, Document};
use crate::learn::{Sightings, sight};
use crate::rule::Reading;

impl Project {
    /// What the drafts of one release name, version by version. Releases are numbered on from `first`; how many there are comes back.
    pub fn sightings(&self, drafts: &[Draft], first: usize) -> (Vec<Sightings>, usize) {
        let Some(draft) = drafts.first() else { return (Vec::new(), 0) };
        let mut sources = self.view(&draft.below).sources.clone();
        let mut read: Vec<(&str, Vec<Document>)> = Vec::new();
        for draft in drafts {
            let id = sources.add_shared(draft.source.clone());
            read.push((draft.below.as_str(), document::read(&draft.source, id, &draft.options)));
        }
        let documents: Vec<Vec<&Document>> = read.iter().map(|(_, documents)| documents.iter().collect()).collect();
        let grouped = releases(&documents, &pairs(&documents));
        let mut found = Vec::new();
        for (number, release) in grouped.iter().enumerate() {
            for &(file, place) in release {
                let Some((below, documents)) = read.get(file) else { continue };
                let Some(document) = documents.get(place) else { continue };
                let view = self.view(below);
                let reading = Reading::new(document, &sources, view.stage).with_register(view.register.clone());
                found.push(sight(&reading, first + number));
            }
        }
        (found, grouped.len())
    }
}
