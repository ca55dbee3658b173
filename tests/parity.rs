//! Language versions through the engine: what a page of a kind cannot show.

use copydesk::diagnostic::Severity;
use copydesk::document::{LanguageReason, ReadOptions};
use copydesk::engine::{Draft, Project, Selection, Settings};
use copydesk::source::Source;
use std::sync::Arc;

fn check(rule: &str, published: &[&str], drafts: &[(&str, &str, &str)]) -> Vec<(String, Severity)> {
    let mut settings = Settings::default();
    settings.add_builtin();
    settings.published = published.iter().map(|tag| (*tag).to_owned()).collect();
    settings.selection = Selection { only: vec![rule.into()], skip: Vec::new() };
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
    let check = |published: &[&str], drafts: &[_]| check("parity/missing-language", published, drafts);
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

#[test]
fn a_passage_whose_figure_stands_beside_it_is_not_said_to_be_missing() {
    let original = "\
# The school of keepers opens in Norvale

The guild of Norvale opens a school with 12 places on 3 May 2031.

The keepers give talks, write reports and teach others. In their first year each keeper has a mentor, a place in the guild of \
Norvale and help from the warden of 1987.

We will pay $1000 to each keeper. We are looking for six to nine keepers for this first season. We expect to shape the school \
with them, and later seasons with what they have learnt and told us.

We look forward to many letters and will show other ways to those who are not chosen, for the guild has work for everyone. \
You can see all of it on [our page](/keepers/).

## How to write to us

Please fill in the [form](https://norvale.example.org/form) before 7 November 2031.

The form must be filled in by hand, and sent with two letters.
";
    let before = "\
# L’école des gardiens ouvre à Norvale

La guilde de Norvale ouvre une école de 12 places le 3 mai 2031.

Les gardiens donnent des conférences, écrivent des rapports et forment leurs pairs. La première année, chacun a un mentor, une \
place dans la guilde de Norvale et l’aide de l’intendant de 1987.
";
    let paid = "\nNous verserons $1000 (dollars) aux gardiens que nous aurons choisis pour la saison.\n";
    let after = "
Tout cela figure sur [notre page](/keepers/).

## Comment nous écrire

Remplissez le [formulaire](https://norvale.example.org/form) avant le 7 novembre 2031.

Le formulaire doit être rempli à la main et envoyé avec deux lettres.
";
    let found =
        |rule: &str, translation: &str| check(rule, &[], &[("a.md", "en", original), ("a.fr.md", "fr", translation)]);
    let missing = |translation: &str| found("parity/missing", translation);
    let one = |severity| [("a passage of the original is missing here".to_owned(), severity)];
    // A sentence of each is left, so that the passages are there and most of their sentences are not.
    let short = [before, paid, after].concat();
    assert_eq!(missing(&short), []);
    let sentence = ("a sentence of the original seems to be missing here".to_owned(), Severity::Warning);
    assert_eq!(found("parity/sentence", &short), [sentence.clone(), sentence]);
    let told = "\nNous attendons beaucoup de lettres et montrerons d’autres voies à qui ne sera pas choisi, car la guilde a du travail pour tous.";
    assert_eq!(missing(&[before, told, after].concat()), one(Severity::Warning));
}

/// What is said of an original and a translation that is not what it should be.
fn said(original: &str, translation: &str) -> Vec<String> {
    let found = check("parity/*", &[], &[("a.md", "en", original), ("a.fr.md", "fr", translation)]);
    found.into_iter().map(|(message, _)| message).collect()
}

const LONG: &str = "The observatory of Norvale opened in 1987 with 12 instruments and 40 keepers, who live beside it.\n\n\
    Director Ada Brenner said on 3 May 2031 that the programme will cost 45 million, and that the town pays half of it.\n\n\
    Visitors may come from 9 to 17 every Saturday, and school classes on each day of the week but Monday.\n\n\
    The next report is due in Tarn on 4 June 2032, with the figures of 2031 and those of the year before.\n";

#[test]
fn a_translation_that_is_none_is_said_once() {
    assert_eq!(said(LONG, "\n\n"), ["the translation has no text"]);
    assert_eq!(said("", "Le port ouvre."), ["the original has no text"]);
    assert_eq!(said(LONG, LONG), ["both files hold the same text"]);
    assert_eq!(
        said(LONG, &LONG.replace("Saturday", "Sunday")),
        ["this text is written in the language of the original"]
    );
    let much: String =
        (0..400).map(|at| format!("Le port a servi {at} bateaux dans la ville de Tarn cette année.\n\n")).collect();
    assert_eq!(said(LONG, &much), ["one of the two texts is many times as long as the other"]);
    let other: String = (0..12)
        .map(|at| {
            format!(
                "La foire de Skerry a vu {} moutons en {} et Otto Lindqvist les a comptés.\n\n",
                300 + at * 7,
                1900 + at
            )
        })
        .collect();
    assert_eq!(said(&LONG.repeat(3), &other).len(), 1);
}

#[test]
fn five_thousand_passages_a_side_are_compared_in_bounded_time() {
    let side = |sentence: &dyn Fn(usize) -> String| (0..5_000).map(|at| sentence(at) + "\n\n").collect::<String>();
    let original = side(&|at| {
        format!(
            "In year {} the harbour of Norvale served {} boats and {} people of Tarn.",
            at,
            at * 7 + 31,
            at * 3 + 45
        )
    });
    let french = |at: usize| {
        format!(
            "En l’an {} le port de Norvale a servi {} bateaux et {} habitants de Tarn.",
            at,
            at * 7 + 31,
            at * 3 + 45
        )
    };
    let start = std::time::Instant::now();
    let found = said(
        &original,
        &side(&|at| if at == 4_000 { french(at).replace("bateaux", "bateaux et 987654 poissons") } else { french(at) }),
    );
    assert!(found.iter().any(|message| message.contains("987654")), "{:?}", &found[..found.len().min(5)]);
    // A build that is not optimised on a busy machine: what would be quadratic takes an hour.
    assert!(start.elapsed().as_secs() < 400, "{:?}", start.elapsed());
}

#[test]
fn of_three_versions_the_one_in_work_is_no_error() {
    let draft = "---\nstatus: draft\n---\nEl observatorio de Norvale abrió en 1987 con 12 instrumentos.\n";
    let original = "The observatory of Norvale opened in 1987 with 12 instruments.\n\nDirector Ada Brenner said the programme of the year 2031 will cost 45 million.\n";
    let french = "L’observatoire de Norvale a ouvert en 1987 avec 12 instruments.\n";
    let found =
        check("parity/missing", &[], &[("a.md", "en", original), ("a.es.md", "es", draft), ("a.fr.md", "fr", french)]);
    assert_eq!(found.iter().map(|(_, severity)| *severity).collect::<Vec<_>>(), [Severity::Info, Severity::Warning]);
}
