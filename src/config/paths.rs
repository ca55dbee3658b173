//! Which paths a configuration means, and what is a draft where it says nothing.

use super::Reference;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::ops::Range;
use std::sync::OnceLock;

/// What a draft is unless `include` says otherwise.
pub const DEFAULT_INCLUDE: &str = "**/*.{md,markdown,txt,html,htm}";

/// Names of files that are no drafts whatever folder they lie in, unless they are named one by one. The words that could also
/// name a release count only in the capitals that a repository's own files have.
pub const EXCLUDED: &[&str] = &[
    "{README,readme,Readme}{,.md,.markdown,.txt,.html}",
    "{LICENSE,license,LICENCE,licence,COPYING}{,-*,.md,.txt,.html}",
    "{CHANGELOG,changelog,CHANGES,CONTRIBUTING,CODE_OF_CONDUCT,SECURITY,AUTHORS,NOTICE}{,.md,.txt,.html}",
    "{robots,humans,ads,llms,requirements,CMakeLists}.txt",
];

/// Patterns of paths as configuration writes them: `*` within a folder's name, `**` across folders; a folder's name means all
/// that lies in it.
#[derive(Debug, Clone, Default)]
pub struct PathPatterns(GlobSet);

/// A pattern that cannot be read: where it stands, and why.
type Mistake = (Range<usize>, String);

impl PathPatterns {
    pub(super) fn new(patterns: Vec<Reference>) -> (Self, Vec<Mistake>) {
        let (set, mistakes) = build(patterns.iter().map(|pattern| (pattern.name.as_str(), pattern.range.clone())));
        (PathPatterns(set), mistakes)
    }

    /// Whether a path (relative, `/` between its parts) fits one of them.
    pub fn matches(&self, path: &str) -> bool {
        self.0.is_match(path)
    }
}

pub(super) fn default_include(path: &str) -> bool {
    static SET: OnceLock<GlobSet> = OnceLock::new();
    SET.get_or_init(|| build([(DEFAULT_INCLUDE, 0..0)]).0).is_match(path)
}

pub(super) fn builtin_exclusion(path: &str) -> bool {
    static SET: OnceLock<GlobSet> = OnceLock::new();
    let name = path.rsplit('/').next().unwrap_or(path);
    SET.get_or_init(|| build(EXCLUDED.iter().map(|name| (*name, 0..0))).0).is_match(name)
}

fn build<'a>(patterns: impl IntoIterator<Item = (&'a str, Range<usize>)>) -> (GlobSet, Vec<Mistake>) {
    let mut builder = GlobSetBuilder::new();
    let mut mistakes = Vec::new();
    for (pattern, range) in patterns {
        let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
        for pattern in [pattern.to_owned(), format!("{pattern}/**")] {
            match GlobBuilder::new(&pattern).literal_separator(true).empty_alternates(true).build() {
                Ok(glob) => drop(builder.add(glob)),
                Err(error) => {
                    mistakes.push((range, format!("not a pattern of paths: {}", error.kind())));
                    break;
                }
            }
        }
    }
    // A set of globs that were each built can still be too large together; it then matches nothing, and is said.
    match builder.build() {
        Ok(set) => (set, mistakes),
        Err(error) => {
            mistakes.push((0..0, format!("the patterns of paths are too large: {}", error.kind())));
            (GlobSet::empty(), mistakes)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stays_in_its_folder_and_a_folder_means_all_in_it() {
        let set = |pattern| build([(pattern, 0..0)]).0;
        assert!(set("*.md").is_match("a.md") && !set("*.md").is_match("b/a.md"));
        assert!(set("**/*.md").is_match("a.md") && set("**/*.md").is_match("b/c/a.md"));
        assert!(set("old/").is_match("old/b/c.md") && set("./old").is_match("old/c.md"));
        assert!(default_include("a/b.html") && !default_include("a/b.pdf"));
        assert!(builtin_exclusion("a/LICENSE-MIT") && builtin_exclusion("README.md"));
        assert!(!builtin_exclusion("README/a.md") && !builtin_exclusion("notice.md"));
    }
}
