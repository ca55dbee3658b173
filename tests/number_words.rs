//! Number words: what CLDR's rules write, the reader reads back. The writer follows the same rules forwards, by itself.

use copydesk::language::Language;
use copydesk::language::spellout::Words;

#[path = "support/writer.rs"]
mod writer;
use writer::Writer;

/// Numbers that show every joint: small ones, round ones and their neighbours, and `more` that are neither.
fn samples(more: usize) -> Vec<u64> {
    let mut numbers: Vec<u64> = (0..=120).chain((120..1_200).step_by(37)).collect();
    let mut power = 1_000;
    while power <= 1_000_000_000 {
        for factor in [1, 2, 3, 5, 8] {
            let round = power * factor;
            numbers.extend([round - 1, round, round + 1, round + 21, round + 80, round + power / 2]);
        }
        power *= 10;
    }
    let mut state = 7_u64;
    for _ in 0..more {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        numbers.push((state >> 33) % 1_000_000_000);
    }
    numbers.retain(|number| *number <= 1_000_000_000);
    numbers
}

/// The languages whose number words are promised.
const PROMISED: [&str; 15] = ["en", "fr", "es", "de", "pt", "it", "nl", "sv", "da", "pl", "ru", "ar", "zh", "ja", "ko"];

/// How many numbers were written in one language, and which were read otherwise. `more` random ones are shared out among its sets.
fn misread(tag: &str, more: usize) -> (usize, Vec<String>) {
    let numbers = &Language::of(Some(tag)).numbers;
    let writer = Writer::new(&numbers.spellout);
    let sets: Vec<&String> = writer.sets.keys().filter(|set| !set.starts_with("%%")).collect();
    let samples = samples(more / sets.len().max(1));
    // Languages with a set for every case and gender share the fixed ones out too.
    let step = (sets.len() / 4).max(1);
    let (mut count, mut wrong) = (0, Vec::new());
    for (at, set) in sets.into_iter().enumerate() {
        for number in samples.iter().skip(at % step).step_by(step) {
            let Some(written) = writer.write(set, *number) else { continue };
            let written = written.trim_end_matches('\u{AD}');
            count += 1;
            let read = numbers.words().read(written, 0);
            let right = |words: Words| words.end == written.len() && words.value == *number && words.decimals.is_none();
            if !read.is_some_and(right) {
                wrong.push(format!("{tag} {set} {number}: “{written}” is read as {read:?}"));
            }
        }
    }
    (count, wrong)
}

#[test]
fn cardinals_and_ordinals_are_read_back() {
    let mut all = Vec::new();
    for tag in PROMISED {
        let (count, wrong) = misread(tag, 600);
        assert!(count > 300, "{tag} has no rules");
        all.extend(wrong);
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// A few of CLDR's rules write two numbers alike (Tamil ordinals) or write a word that depends on another (Irish); those cannot be read
/// back, and what is read of them is rarely wrong.
#[test]
fn the_other_languages_are_read_back_but_where_their_rules_are_not_one_to_one() {
    let mut languages = 0;
    for tag in Language::tags().filter(|tag| !PROMISED.contains(tag)) {
        let (count, wrong) = misread(tag, 0);
        languages += usize::from(count > 0 && wrong.len() * 20 <= count);
        let otherwise = wrong.iter().filter(|line| !line.ends_with("None")).count();
        assert!(
            otherwise * 3 <= count,
            "{tag}: of {count} written {otherwise} are read otherwise, such as {}",
            wrong[0]
        );
    }
    assert!(languages >= 40, "only {languages} other languages are read");
}

/// The languages whose number words the issue of numbers names, and the sets that releases write.
const SIX: [&str; 6] = ["en", "fr", "es", "de", "pt", "it"];

/// Every number to 100,000 and 100,000 more that are spread over all to 10⁹, with its end: 200,002 in the plainest cardinals of each of six
/// languages. All of them cannot be gone through; the words of a number are put together from groups of three digits, all of which come up
/// in every place.
#[test]
#[ignore = "1.2 million numbers in six languages: minutes"]
fn cardinals_to_a_milliard_are_read_back() {
    // A step prime to 10⁹ that is no neighbour of a round number: the spread runs through all groups of millions, thousands and units.
    let spread = (1..=100_000_u64).map(|number| (number * 618_033_989) % 1_000_000_000);
    let numbers: Vec<u64> = (0..=100_000).chain(spread).chain([1_000_000_000]).collect();
    assert_eq!(numbers.len(), 200_002);
    for place in [1, 1_000, 1_000_000] {
        let groups: std::collections::HashSet<u64> = numbers.iter().map(|number| number / place % 1_000).collect();
        assert_eq!(groups.len(), 1_000, "not every group of three digits stands at {place}");
    }
    for tag in SIX {
        let language = &Language::of(Some(tag)).numbers;
        let writer = Writer::new(&language.spellout);
        let set = ["%spellout-cardinal", "%spellout-cardinal-masculine"]
            .into_iter()
            .find(|set| writer.sets.contains_key(*set));
        let set = set.expect("a set of cardinals");
        for number in &numbers {
            let written = writer.write(set, *number).expect("written");
            let read = language.words().read(&written, 0);
            let right = |words: &Words| words.end == written.len() && words.value == *number;
            assert!(read.as_ref().is_some_and(right), "{tag} {number}: “{written}” is read as {read:?}");
        }
    }
}
