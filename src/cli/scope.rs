//! What was asked for: files, and of what is found in them perhaps only what the change touched.

use super::discover::Home;
use super::files::File;
use super::git::Changed;
use super::load::Loaded;
use super::run::Ran;
use crate::report::Finding;
use crate::source::{Position, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// What of a project was asked for.
pub(super) struct Scope<'a> {
    /// Paths as shown, of the files that were asked for.
    named: BTreeSet<String>,
    /// Where the files of these releases lie, sisters that nobody named included, by their paths as shown.
    places: BTreeMap<String, PathBuf>,
    changed: Option<&'a Changed>,
    /// Lines of the entries of registers and packs that the change touched, by the path as shown. What an entry says depends on all of
    /// its lines: the last day of a post is not the line of its title.
    entries: BTreeMap<String, Vec<RangeInclusive<usize>>>,
    /// Texts of which a sister is gone or has another name: what is said of their release as a whole is new.
    bereft: BTreeSet<String>,
}

impl<'a> Scope<'a> {
    /// All that is found in `named`, and in these files beside them; only what is new where a change is given.
    pub fn new<'f>(
        named: BTreeSet<String>,
        files: impl Iterator<Item = &'f File>,
        loaded: &Loaded,
        changed: Option<&'a Changed>,
    ) -> Self {
        // Without a change nobody asks where they lie.
        let files = files.filter(|_| changed.is_some());
        let places = files.map(|file| (file.shown.clone(), file.path.clone())).collect();
        let entries = changed.map(|changed| touched_entries(loaded, changed)).unwrap_or_default();
        Scope { named, places, changed, entries, bereft: BTreeSet::new() }
    }

    /// Leaves the releases in which something new can be found, and gives back the others.
    pub fn narrow(&mut self, home: &Home, loaded: &Loaded, releases: &mut Vec<Vec<File>>) -> Vec<Vec<File>> {
        let Some(changed) = self.changed else { return Vec::new() };
        let root = home.root.canonicalize().unwrap_or_else(|_| home.root.clone());
        let gone = |file: &File| {
            let candidates = loaded.sisters.candidates(&home.relative(&file.path));
            candidates.iter().any(|candidate| changed.lacks(&root.join(candidate)))
        };
        let (touched, others) = std::mem::take(releases).into_iter().partition(|release| {
            let touched = |file: &File| changed.touches(&file.path) || changed.moved(&file.path);
            let bereft = release.iter().any(gone);
            let whole = bereft || release.iter().any(|file| changed.moved(&file.path));
            self.bereft.extend(release.iter().filter(|_| whole).map(|file| file.shown.clone()));
            bereft || !self.entries.is_empty() || release.iter().any(touched)
        });
        *releases = touched;
        others
    }

    /// Adds the findings that have a place in what was asked for.
    pub fn take(&self, findings: Vec<Finding>, ran: &mut Ran) {
        for finding in findings {
            let paths = finding.related.iter().map(|related| &related.path).chain([&finding.path]);
            if !paths.into_iter().any(|path| self.named.contains(path)) {
                continue;
            }
            if self.changed.is_none_or(|changed| self.is_new(&finding, changed)) {
                ran.findings.push(finding);
            } else {
                ran.summary.silenced.unchanged += 1;
                ran.unchanged.push(finding.fingerprint);
            }
        }
    }

    /// Whether a change made a finding: a place that it names was touched, whoever named it; or it is about a release that lost a
    /// version; or of the two texts that it names one had another name, and another partner.
    fn is_new(&self, finding: &Finding, changed: &Changed) -> bool {
        let touched = |path: &str, start: Position, end: Position| {
            let overlaps = |entry: &RangeInclusive<usize>| *entry.start() <= end.line && start.line <= *entry.end();
            self.places.get(path).is_some_and(|path| changed.touches_lines(path, start.line..=end.line))
                || self.entries.get(path).is_some_and(|entries| entries.iter().any(overlaps))
        };
        let related = || finding.related.iter();
        if touched(&finding.path, finding.start, finding.end) || related().any(|r| touched(&r.path, r.start, r.end)) {
            return true;
        }
        if finding.of_release {
            return self.bereft.contains(&finding.path);
        }
        let paths = related().map(|related| &related.path).chain([&finding.path]);
        let mut moved = paths.filter_map(|path| self.places.get(path)).map(|path| changed.moved(path));
        moved.next().is_some_and(|first| moved.any(|other| other != first))
    }
}

fn touched_entries(loaded: &Loaded, changed: &Changed) -> BTreeMap<String, Vec<RangeInclusive<usize>>> {
    let view = loaded.project.view("");
    let touched = view.sources.iter().filter(|(_, source)| {
        // What is built in lies in no repository; the configuration itself is named by no finding in a text.
        let own = !source.path().starts_with("builtin/") && !source.path().ends_with(crate::config::FILE_NAME);
        own && changed.touches(Path::new(source.path()))
    });
    let entries = touched.map(|(_, source)| {
        let path = Path::new(source.path());
        let of_file = entries(source).into_iter().filter(|lines| changed.touches_lines(path, lines.clone())).collect();
        (source.path().to_owned(), of_file)
    });
    entries.filter(|(_, entries): &(_, Vec<_>)| !entries.is_empty()).collect()
}

/// The lines of each entry of a TOML file: from the header of a table to the next that is no part of it.
fn entries(source: &Source) -> Vec<RangeInclusive<usize>> {
    let lines = source.line_starts().len();
    let heads = |line: &usize| {
        let text = source.line_range(*line).map_or("", |range| source.slice(range)).trim_start();
        // `[[person.role]]` belongs to the person above it.
        text.starts_with('[') && !text.contains('.')
    };
    let heads: Vec<usize> = (1..=lines).filter(heads).collect();
    let ends = heads.iter().skip(1).map(|next| next - 1).chain([lines]);
    heads.iter().zip(ends).map(|(start, end)| *start..=end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_ends_where_the_next_begins() {
        let text = "# Ours\n\n[[person]]\nid = \"a\"\n[[person.role]]\nuntil = 2020-01-01\n\n[[term]]\nid = \"b\"\n";
        let found = entries(&Source::from_text("r.toml", text));
        assert_eq!(found, [3..=7, 8..=10]);
        assert!(entries(&Source::from_text("r.toml", "")).is_empty());
    }
}
