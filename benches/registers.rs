//! What a register costs at 1,000, 100,000 and 1,000,000 entries: reading it from TOML, reading it compiled, the memory it takes, and
//! matching a text against it. Registers and text are made here, always the same. `cargo bench --bench registers`, with numbers of
//! entries as arguments for others.

#![allow(clippy::print_stdout, reason = "it prints what it measures")]

use copydesk::register::Register;
use copydesk::source::{Source, SourceId};
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The next number of a fixed sequence.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

/// Syllables of names, and those of all other words: a text does not happen to be full of names because the register is large.
const NAMES: &str = "re son tal mi cou ver nan pol tra ben ki or st du la mon per tif gra lo che in us ment fa ou blan to sa ri qui el dan no \
    vi ham est ur gen pro com té zo wen ka lei";
const WORDS: &str =
    "ba fe gi ho ju kle man ni op pru que rou sche tin und ve wa xi ya zel bri cla dro fle gno hu ip jo kny lu";

/// A word of such syllables, with a capital.
fn word(state: &mut u64, syllables: &str) -> String {
    let syllables: Vec<&str> = syllables.split_whitespace().collect();
    let word: String = (0..2 + next(state) % 3).map(|_| syllables[next(state) % syllables.len()]).collect();
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Names of people and organisations, seven of ten people.
fn names(count: usize) -> Vec<(bool, String)> {
    let mut state = 7;
    let given: Vec<String> = (0..3000).map(|_| word(&mut state, NAMES)).collect();
    let pick = |state: &mut u64| given[next(state) % given.len()].clone();
    (0..count)
        .map(|at| match at % 10 {
            0..=6 => (true, format!("{} {}", pick(&mut state), word(&mut state, NAMES))),
            7 => (
                false,
                format!("{} Council for {} and {}", pick(&mut state), word(&mut state, NAMES), word(&mut state, NAMES)),
            ),
            8 => (false, format!("Institute of {} {}", pick(&mut state), word(&mut state, NAMES))),
            _ => (false, format!("{} {} Agency", pick(&mut state), word(&mut state, NAMES))),
        })
        .collect()
}

fn register(names: &[(bool, String)]) -> String {
    let mut text = String::new();
    for (at, (person, name)) in names.iter().enumerate() {
        let _ = match (person, name.rsplit_once(' ')) {
            (true, Some((_, family))) => {
                writeln!(text, "[[person]]\nid = \"p{at}\"\nname = \"{name}\"\nfamily = \"{family}\"")
            }
            _ => writeln!(text, "[[organisation]]\nid = \"o{at}\"\nname = {{ en = \"{name}\" }}"),
        };
    }
    text
}

/// Prose in which one word of eight begins with a capital, and every second sentence names somebody whom all registers know.
fn prose(bytes: usize) -> String {
    let (mut state, mut text) = (11, String::new());
    let known = names(1000);
    let words: Vec<String> = (0..4000).map(|_| word(&mut state, WORDS)).collect();
    while text.len() < bytes {
        for at in 0..12 {
            let word = &words[next(&mut state) % words.len()];
            match (at, next(&mut state) % 8) {
                (0, _) | (_, 0) => text.push_str(word),
                _ => text.push_str(&word.to_lowercase()),
            }
            text.push(' ');
        }
        match next(&mut state) % 4 {
            0 => text.push_str(&known[next(&mut state) % known.len()].1),
            1 => text.push_str(&known[next(&mut state) % known.len()].1.replacen('e', "i", 1)),
            _ => text.push_str("again"),
        }
        text.push_str(". ");
    }
    text
}

/// Megabytes of memory that this program takes.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<usize>().ok()).unwrap_or(0) / 1024
}

/// The best of several times.
fn best(times: usize, mut work: impl FnMut()) -> Duration {
    let once = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..times).map(once).min().unwrap_or_default()
}

fn main() {
    let counts: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let counts = if counts.is_empty() { vec![1_000, 100_000, 1_000_000] } else { counts };
    let text = prose(200_000);
    println!(
        "{:>9} {:>9} {:>10} {:>9} {:>10} {:>10} {:>8} {:>12}",
        "entries", "TOML MB", "from TOML", "file MB", "compiled", "memory MB", "found", "matching"
    );
    for count in counts {
        let source = Source::from_text("register.toml", register(&names(count)));
        let mut read = None;
        let from_toml = best(1, || read = Some(Register::read([(SourceId(0), &source)])));
        let (register, problems) = read.expect("was read");
        assert!(problems.is_empty(), "{:?}", problems.first());
        let bytes = register.to_bytes();
        drop(register);
        let before = memory();
        let mut loaded = None;
        let compiled = best(1, || loaded = Register::from_bytes(&bytes, &[SourceId(0)]));
        let register = loaded.expect("is whole");
        let after = memory();
        let mentions = register.mentions(&text);
        let matching = best(40, || drop(black_box(register.mentions(&text))));
        println!(
            "{count:>9} {:>9} {:>8.0}ms {:>9} {:>8.0}ms {:>10} {:>8} {:>9.1}MB/s",
            source.text().len() / 1_000_000,
            from_toml.as_secs_f64() * 1e3,
            bytes.len() / 1_000_000,
            compiled.as_secs_f64() * 1e3,
            after.saturating_sub(before),
            mentions.hits.len() + mentions.near.len(),
            text.len() as f64 / 1e6 / matching.as_secs_f64()
        );
    }
}
