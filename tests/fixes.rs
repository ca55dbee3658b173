//! What fixes do, over the fixtures: a fault that was put into a correct text is found and its fix takes it out again; the letters stay;
//! and whatever was fixed once is not fixed again.

use copydesk::diagnostic::Applicability;
use copydesk::document::ReadOptions;
use copydesk::engine::fix::{correct, values_stay};
use copydesk::engine::{Draft, Project};
use copydesk::report::Finding;
use copydesk::rule::{Reading, Stage};
use copydesk::source::{Source, SourceId, SourceSet};
use proptest::prelude::*;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Families whose fixes change blanks, marks and characters that nobody sees, and no letter.
const FAMILIES: &[&str] = &["typography/", "quotations/"];

fn project() -> &'static Project {
    static PROJECT: OnceLock<Project> = OnceLock::new();
    PROJECT.get_or_init(Project::builtin)
}

/// Names and texts of the correct fixtures and of the faulty ones.
fn fixtures() -> &'static [(String, String)] {
    static TEXTS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let mut found = Vec::new();
        for folder in ["fixtures/correct", "fixtures/faulty"] {
            let Ok(entries) = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) else { continue };
            for path in entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
                let name = path.file_name().expect("a name").to_string_lossy().into_owned();
                found.extend(std::fs::read_to_string(&path).ok().map(|text| (name, text)));
            }
        }
        found.sort();
        found
    })
}

fn check(name: &str, text: &str) -> Vec<Finding> {
    let source = Arc::new(Source::from_text(name, text));
    project().check(&[Draft { source, options: ReadOptions::default(), below: name.to_owned() }]).findings
}

/// The text after the fixes that are at least this safe, of the families named; it is the same where there are none.
fn fixed(name: &str, text: &str, least: Applicability, families: &[&str]) -> String {
    let mut findings = check(name, text);
    findings.retain(|finding| families.iter().any(|family| finding.rule.starts_with(family)));
    let source = Arc::new(Source::from_text(name, text));
    let corrected = correct(&findings, least, &|_| Some(source.clone()), &values_stay);
    corrected.texts.into_values().next().unwrap_or_else(|| text.to_owned())
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Faults that can be put into a text at a place: what must stand around it, what is put there, and the rule that finds it.
struct Fault {
    before: fn(char) -> bool,
    after: fn(char) -> bool,
    inserted: &'static str,
    rule: &'static str,
}

const FAULTS: &[Fault] = &[
    Fault { before: |c| c == '(', after: char::is_alphabetic, inserted: " ", rule: "typography/bracket-space" },
    Fault { before: char::is_alphabetic, after: |c| c == ')', inserted: " ", rule: "typography/bracket-space" },
    Fault { before: char::is_alphabetic, after: |c| c == ',', inserted: " ", rule: "typography/space-before-stop" },
    Fault { before: is_latin, after: is_latin, inserted: "\u{AD}", rule: "typography/invisible" },
    Fault { before: is_latin, after: |c| c == ' ', inserted: "\u{200B}", rule: "typography/invisible" },
    Fault { before: |c| c == '“', after: is_latin, inserted: " ", rule: "quotations/blank-inside" },
];

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && c < '\u{250}'
}

/// The places of a text in which a fault can be put: after its first paragraph break, so that front matter stays whole.
fn places(text: &str, fault: &Fault) -> Vec<usize> {
    let body = if text.starts_with("---") { text.find("\n---").map_or(0, |at| at + 4) } else { 0 };
    let pairs = text.char_indices().zip(text.chars().skip(1));
    // Brackets in a line with a link may be those of its target.
    let line = |at: usize| text[..at].rfind('\n').map_or(0, |at| at + 1);
    let link = |at: usize| text[line(at)..].lines().next().is_some_and(|line| line.contains("]("));
    let fits = pairs.filter(|((at, c), next)| *at > body && (fault.before)(*c) && (fault.after)(*next) && !link(*at));
    fits.map(|((at, c), _)| at + c.len_utf8()).collect()
}

#[test]
fn a_fault_put_into_a_correct_text_is_found_and_its_fix_takes_it_out() {
    for fault in FAULTS {
        let (mut tried, mut caught) = (0, 0);
        for (name, text) in fixtures() {
            let places = places(text, fault);
            for place in places.iter().step_by(places.len().div_ceil(6).max(1)) {
                tried += 1;
                let faulty = format!("{}{}{}", &text[..*place], fault.inserted, &text[*place..]);
                let findings = check(name, &faulty);
                let Some(found) = findings.iter().find(|finding| finding.rule == fault.rule) else { continue };
                caught += 1;
                let after = fixed(name, &faulty, Applicability::Unsafe, FAMILIES);
                assert_eq!(letters(&after), letters(&faulty), "{name}: {} changes letters", found.rule);
                // A faulty text has faults of its own, which are fixed as well.
                let right = fixed(name, text, Applicability::Unsafe, FAMILIES);
                assert_eq!(after, right, "{name}: the fix of {} is not the text as it was", found.rule);
            }
        }
        assert!(tried >= 3, "{}: the fixtures have no place for it", fault.rule);
        // Code, addresses and front matter are rightly left alone.
        assert!(caught * 2 > tried, "{}: found {caught} of {tried}", fault.rule);
    }
}

#[test]
fn what_was_fixed_once_is_not_fixed_again() {
    for (name, text) in fixtures() {
        for least in [Applicability::Safe, Applicability::Unsafe] {
            // Fixes that overlap wait for the next round; after three there are none.
            let mut once = text.clone();
            for _ in 0..3 {
                once = fixed(name, &once, least, &[""]);
            }
            assert_eq!(fixed(name, &once, least, &[""]), once, "{name}: {least} fixes never end");
        }
    }
}

/// The dates and numbers of a text, as values.
fn values(name: &str, text: &str) -> Vec<String> {
    let source = Source::from_text(name, text);
    let documents = copydesk::document::read(&source, SourceId(0), &ReadOptions::default());
    let sources = SourceSet::default();
    let mut values = Vec::new();
    for document in &documents {
        let reading = Reading::new(document, &sources, Stage::Final);
        values.extend(reading.dates().iter().flat_map(|date| &date.points).map(|point| format!("{:?}", point.value)));
        values.extend(reading.numbers().iter().map(|number| format!("{:?}", number.value())));
    }
    values
}

#[test]
fn one_safe_fix_takes_its_finding_away_changes_no_value_and_nothing_but_its_edits() {
    let mut tried = 0;
    for (name, text) in fixtures() {
        let mut texts = vec![text.clone()];
        for fault in FAULTS {
            texts.extend(
                places(text, fault).first().map(|at| format!("{}{}{}", &text[..*at], fault.inserted, &text[*at..])),
            );
        }
        for text in texts {
            for finding in check(name, &text) {
                let Some(fix) = finding.fix.as_ref().filter(|fix| fix.applicability == Applicability::Safe) else {
                    continue;
                };
                let source = Arc::new(Source::from_text(name, text.as_str()));
                let alone = std::slice::from_ref(&finding);
                let corrected = correct(alone, Applicability::Safe, &|_| Some(source.clone()), &values_stay);
                let Some(after) = corrected.texts.get(name) else { continue };
                tried += 1;
                let mut expected = text.clone();
                let mut edits = fix.edits.clone();
                edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
                for edit in edits {
                    expected.replace_range(edit.range, &edit.replacement);
                }
                assert_eq!(*after, expected, "{name}: {} changes more than it says", finding.rule);
                assert_eq!(values(name, after), values(name, &text), "{name}: {} changes a value", finding.rule);
                let again = check(name, after);
                let same = |other: &&Finding| other.rule == finding.rule && other.start.byte == finding.start.byte;
                assert!(again.iter().find(same).is_none(), "{name}: {} is still there", finding.rule);
            }
        }
    }
    assert!(tried > 20, "only {tried} safe fixes were tried");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever stands in a text, nothing panics, the fixes of typography keep the letters, and they end.
    #[test]
    fn any_text_keeps_its_letters_through_fixes_of_typography(
        words in proptest::collection::vec("[a-zéÀ]{1,6}|[0-9]{1,4}|[«»“”„\"‘’'(\\[\\])]|[.,;:!?]|[-–—]|  ?|\u{A0}|\u{AD}|\u{200B}|Ã©|â€™|\n\n|\n|l’|qu'|\\[a\\]\\(b\\)", 1..60),
        markdown in any::<bool>(),
    ) {
        let name = if markdown { "draft.fr.md" } else { "draft.fr.txt" };
        let text = words.concat();
        let mut once = text.clone();
        for _ in 0..4 {
            once = fixed(name, &once, Applicability::Safe, FAMILIES);
        }
        prop_assert_eq!(letters(&once), letters(&text));
        prop_assert_eq!(fixed(name, &once, Applicability::Safe, FAMILIES), once);
    }
}
