//! Language versions through the engine: what a page of a kind cannot show.

use copydesk::diagnostic::Severity;
use copydesk::document::{LanguageReason, ReadOptions};
use copydesk::engine::{Draft, Project, Selection, Settings};
use copydesk::source::Source;
use std::sync::Arc;

fn check(published: &[&str], drafts: &[(&str, &str, &str)]) -> Vec<(String, Severity)> {
    let mut settings = Settings::default();
    settings.add_builtin();
    settings.published = published.iter().map(|tag| (*tag).to_owned()).collect();
    settings.selection = Selection { only: vec!["parity/missing-language".into()], skip: Vec::new() };
    let draft = |(path, tag, text): &(&str, &str, &str)| Draft {
        source: Arc::new(Source::from_text(*path, *text)),
        options: ReadOptions { language: vec![((*tag).to_owned(), LanguageReason::Path)], ..ReadOptions::default() },
        below: (*path).to_owned(),
    };
    let outcome = Project::new(settings).0.check(&drafts.iter().map(draft).collect::<Vec<_>>());
    outcome.findings.into_iter().map(|finding| (finding.message, finding.severity)).collect()
}

#[test]
fn a_release_lacks_the_languages_that_no_version_is_in() {
    let (en, fr) = (("a.md", "en", "# The harbour opens"), ("a.fr.md", "fr-CA", "# Le port ouvre"));
    let said = |tags: &str| (format!("this release has no version in {tags}"), Severity::Error);
    assert_eq!(check(&["en", "fr", "ru", "ar"], &[en, fr]), [said("ru, ar")]);
    assert_eq!(check(&["en", "fr"], &[en]), [said("fr")]);
    assert_eq!(check(&["en", "fr"], &[en, fr]), []);
    assert_eq!(check(&[], &[en]), []);
    assert_eq!(check(&["de", "ru"], &[en]), []);
    let draft = ("a.md", "en", "---\nstatus: draft\n---\n# The harbour opens");
    assert_eq!(check(&["en", "fr"], &[draft])[0].1, Severity::Info);
}
