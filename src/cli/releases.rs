//! Every release that the inputs name, whole: with its sisters, whether they were named or not. For commands that look at releases
//! without checking them.

use super::discover::Homes;
use super::files::{self, File, shown};
use super::load::{Choices, Loaded, load};
use super::run::{Gathered, Inputs, Overlay, Ran, gather, only_drafts, read_draft};
use super::together;
use crate::engine::Draft;
use crate::report::Problem;
use std::collections::BTreeSet;
use std::io;

/// Hands over the drafts of each release, the original first. What could not be read or is misconfigured comes back.
pub(super) fn each_release(
    inputs: &Inputs,
    choices: &Choices,
    take: &mut dyn FnMut(&Loaded, &[Draft]),
) -> io::Result<Ran> {
    let (mut ran, mut overlay) = (Ran::default(), Overlay::new());
    let Some(Gathered { by_home, .. }) = gather(inputs, choices, &mut overlay, &mut ran)? else { return Ok(ran) };
    for (home, mut files) in by_home {
        let loaded = load(&home, choices);
        only_drafts(&home, &loaded, &mut files);
        let releases = together::releases(&home, &loaded.sisters, files);
        let files = releases.iter().flatten();
        ran.read.extend(files.map(|file| file.path.clone()).chain(loaded.read.iter().cloned()));
        for release in releases {
            let mut drafts = Vec::new();
            for file in &release {
                match read_draft(&home, &loaded, file, release.len() > 1, &overlay, inputs) {
                    Ok(draft) => drafts.push(draft),
                    Err(message) => ran.summary.problems.push(Problem::with(file.shown.clone(), message)),
                }
            }
            take(&loaded, &drafts);
        }
        ran.misconfigured |= !loaded.mistakes.is_empty();
        ran.findings.extend(loaded.mistakes);
        ran.summary.problems.extend(loaded.problems);
    }
    Ok(ran)
}

/// Hands over the files that the inputs name as the versions of one release, the first as the original, whatever they are called.
pub(super) fn one_release(
    inputs: &Inputs,
    choices: &Choices,
    take: &mut dyn FnMut(&Loaded, &[Draft]),
) -> io::Result<Ran> {
    let mut ran = Ran::default();
    let Some(first) = inputs.paths.first() else { return Ok(ran) };
    let given = choices.config.as_ref().map(|path| files::absolute(path));
    let home = Homes::new(std::env::current_dir()?, given).of(first, false);
    let loaded = load(&home, choices);
    ran.read.extend(inputs.paths.iter().chain(&loaded.read).cloned());
    let (mut drafts, mut seen) = (Vec::new(), BTreeSet::new());
    for (place, path) in inputs.paths.iter().enumerate() {
        if !seen.insert(files::absolute(path)) {
            ran.summary.problems.push(Problem { path: None, message: files::named_twice(path) });
            continue;
        }
        let file = File { shown: shown(path), path: path.clone(), named: true, link: false };
        // A name without a language is that of an original; of what was named as a translation the words tell.
        match read_draft(&home, &loaded, &file, place == 0, &Overlay::new(), inputs) {
            Ok(draft) => drafts.push(draft),
            Err(message) => ran.summary.problems.push(Problem::with(file.shown, message)),
        }
    }
    take(&loaded, &drafts);
    ran.misconfigured |= !loaded.mistakes.is_empty();
    ran.findings.extend(loaded.mistakes);
    ran.summary.problems.extend(loaded.problems);
    Ok(ran)
}
