//! The facts of drafts: read as for a check, and gathered release by release.

use super::pairs::{pairs, releases};
use super::project::Project;
use super::run::Draft;
use crate::document::{self, Document};
use crate::facts::{Sheet, gather};
use crate::rule::Reading;

impl Project {
    /// The facts of the drafts of one release, original first; a sheet for each release that the files hold.
    pub fn facts(&self, drafts: &[Draft]) -> Vec<Sheet> {
        let Some(first) = drafts.first() else { return Vec::new() };
        let mut sources = self.view(&first.below).sources.clone();
        let mut read: Vec<(&str, Vec<Document>)> = Vec::new();
        for draft in drafts {
            let id = sources.add_shared(draft.source.clone());
            read.push((draft.below.as_str(), document::read(&draft.source, id, &draft.options)));
        }
        let documents: Vec<Vec<&Document>> = read.iter().map(|(_, documents)| documents.iter().collect()).collect();
        let compared = pairs(&documents);
        let reading = |&(file, place): &(usize, usize)| {
            let (below, documents) = read.get(file)?;
            let view = self.view(below);
            Some(Reading::new(documents.get(place)?, &sources, view.stage).with_register(view.register.clone()))
        };
        let sheet = |release: Vec<(usize, usize)>| {
            let readings: Vec<Reading<'_>> = release.iter().filter_map(reading).collect();
            gather(&readings.iter().collect::<Vec<_>>())
        };
        releases(&documents, &compared).into_iter().map(sheet).collect()
    }
}
