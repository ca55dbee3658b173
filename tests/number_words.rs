//! Number words: what CLDR's rules write, the reader reads back. The writer here follows the same rules forwards, by itself.

use copydesk::language::Language;
use copydesk::language::spellout::Words;
use std::collections::BTreeMap;

/// Writes numbers by rules in ICU's notation.
struct Writer {
    sets: BTreeMap<String, Vec<(u64, u64, String)>>,
}

impl Writer {
    fn new(rules: &str) -> Self {
        let mut sets: BTreeMap<String, Vec<(u64, u64, String)>> = BTreeMap::new();
        let mut set = String::new();
        for line in rules.lines() {
            if let Some(name) = line.strip_suffix(':').filter(|name| name.starts_with('%')) {
                name.clone_into(&mut set);
                continue;
            }
            let Some((head, body)) = line.split_once(':') else { continue };
            let (base, radix) = head.split_once('/').unwrap_or((head, "10"));
            let (Ok(base), Ok(radix)) = (base.parse::<u64>(), radix.parse::<u64>()) else { continue };
            let mut divisor = 1;
            while divisor * radix <= base {
                divisor *= radix;
            }
            let body = body.strip_prefix(' ').unwrap_or(body);
            sets.entry(set.clone()).or_default().push((base, divisor, body.to_owned()));
        }
        Writer { sets }
    }

    /// `None` where the set has no rule for the number.
    fn write(&self, set: &str, number: u64) -> Option<String> {
        let (_, divisor, body) = self.sets.get(set)?.iter().rev().find(|(base, ..)| *base <= number)?;
        let mut body = body.strip_prefix('\'').unwrap_or(body).to_owned();
        if let (Some(open), Some(close)) = (body.find('['), body.find(']')) {
            let (with, without) = body[open + 1..close].split_once('|').unwrap_or((&body[open + 1..close], ""));
            let inner = if number.is_multiple_of(*divisor) { without } else { with }.to_owned();
            body.replace_range(open..=close, &inner);
        }
        if let (Some(open), Some(close)) = (body.find("$("), body.find(")$")) {
            // Which form a number takes is no question of reading: the last one is as good.
            let form = body[open..close].rsplit_once('{').map(|(_, form)| form.trim_end_matches('}').to_owned());
            body.replace_range(open..close + 2, &form.unwrap_or_default());
        }
        let mut written = String::new();
        let mut rest = body.as_str();
        while let Some(mark) = rest.chars().next() {
            let inner = &rest[mark.len_utf8()..];
            let value = match mark {
                '←' => number / divisor,
                '→' => number % divisor,
                '=' => number,
                _ => {
                    written.push(mark);
                    rest = inner;
                    continue;
                }
            };
            let (name, after) = inner.split_once(mark)?;
            written += &self.write(if name.is_empty() { set } else { name }, value)?;
            rest = after;
        }
        Some(written)
    }
}

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
