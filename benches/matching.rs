//! What matching costs per byte of text at 10 to 10,000 rules. Text and rules are made here, always the same.

use copydesk::rule::matcher::{Matcher, Pattern};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// The next number of a fixed sequence.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

/// A word that looks like one.
fn word(state: &mut u64) -> String {
    const SYLLABLES: &str = "re son tal mi cou ver nance pol é tra ben ki or st du la mon per tif gra lo che in us \
        ment fa ou blan to per sa ri qui el dan no vi ham est ur gen pro com té";
    let syllables: Vec<&str> = SYLLABLES.split_whitespace().collect();
    (0..2 + next(state) % 3).map(|_| syllables[next(state) % syllables.len()]).collect()
}

/// A text of paragraphs, every two-hundredth word one that a rule looks for.
fn text(bytes: usize, rules: &[Pattern]) -> String {
    let (mut state, mut text) = (7, String::new());
    let vocabulary: Vec<String> = (0..4000).map(|_| word(&mut state)).collect();
    let wanted: Vec<&Pattern> = rules.iter().filter(|rule| !rule.regex).collect();
    while text.len() < bytes {
        match next(&mut state) % 200 {
            0 => text.push_str(&wanted[next(&mut state) % wanted.len()].text),
            1 | 2 => text.push('\u{1E}'),
            3 => text.push_str("2012"),
            _ => text.push_str(&vocabulary[next(&mut state) % vocabulary.len()]),
        }
        text.push(' ');
    }
    text
}

/// Rules as packs have them, each ten alike: seven words or phrases, two expressions of which one in four looks around, and one
/// expression that requires no literal.
fn rules(count: usize) -> Vec<Pattern> {
    let mut state = 11;
    // No word of the text ends so: what is found does not grow with the rules, only what is looked for.
    let rule = |at: usize| {
        let [first, second] = [word(&mut state), word(&mut state)].map(|word| word + "um");
        match (at % 10, at / 10 % 2) {
            (0..=4, _) => Pattern::literal(format!("{first} {second}")).ignoring_case().as_word(),
            (5 | 6, _) => Pattern::literal(first).as_word(),
            (7, 0) => Pattern::regex(format!(r"{first}s?\s+(?:{second}|to)")).as_word(),
            (7, _) => Pattern::regex(format!(r"(?<!no ){first}(?= {second})")),
            (8, _) => Pattern::regex(format!(r"\b{first}e?\b")).ignoring_case(),
            _ => Pattern::regex(format!(r"\d+(?:st|nd)\s\w+{}", second.chars().take(1).collect::<String>())),
        }
    };
    (0..count).map(rule).collect()
}

fn matching(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("matching");
    let text = text(100_000, &rules(10));
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
    for count in [10, 100, 1_000, 10_000] {
        let patterns = rules(count);
        let matcher = Matcher::new(patterns.iter().enumerate());
        group.bench_with_input(BenchmarkId::from_parameter(count), &matcher, |bencher, matcher| {
            bencher.iter(|| black_box(matcher.find(&text)));
        });
    }
    group.finish();
}

criterion_group!(benches, matching);
criterion_main!(benches);
