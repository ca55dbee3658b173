//! Names of a register with one edit: each is found, and no name of a register is taken for a misspelling of another.

use copydesk::register::Register;
use copydesk::source::{Source, SourceId};
use proptest::prelude::*;
use std::fmt::Write as _;

/// Syllables of invented names, so that many are alike.
const ONSETS: &[&str] = &["Bra", "Dal", "Mar", "Ost", "Quil", "Ker", "Lun", "Vas", "Tor", "Hel", "Fen", "Gri"];
const CODAS: &[&str] =
    &["lington", "ström", "garde", "vić", "pova", "mann", "tellier", "ndez", "ishi", "oğlu", "kowski", "aard"];
const GIVEN: &[&str] = &["Ada", "Jonas", "Maëlle", "Karel", "Ulla", "Tomás", "Wen", "Oriane"];

fn person() -> impl Strategy<Value = String> {
    let word = |list: &'static [&'static str]| prop::sample::select(list);
    (word(GIVEN), word(ONSETS), word(CODAS)).prop_map(|(given, onset, coda)| format!("{given} {onset}{coda}"))
}

fn body() -> impl Strategy<Value = String> {
    let word = |list: &'static [&'static str]| prop::sample::select(list);
    (word(ONSETS), word(CODAS), word(&["Council", "Institute", "Harbour Board"]))
        .prop_map(|(onset, coda, kind)| format!("{onset}{coda} {kind}"))
}

fn register(people: &[String], bodies: &[String]) -> Register {
    let mut text = String::new();
    for name in people {
        let _ = writeln!(text, "[[person]]\nname = \"{name}\"");
    }
    for name in bodies {
        let _ = writeln!(text, "[[organisation]]\nname = {{ en = \"{name}\" }}");
    }
    let source = Source::from_text("register.toml", text);
    Register::read([(SourceId(0), &source)]).0
}

#[derive(Debug, Clone, Copy)]
enum Edit {
    Left(usize),
    Put(usize, char),
    Changed(usize, char),
    Exchanged(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    let letter = || prop::sample::select("abcdefghijklmnopqrstuvwxyz".chars().collect::<Vec<_>>());
    prop_oneof![
        (0usize..40).prop_map(Edit::Left),
        (0usize..40, letter()).prop_map(|(at, c)| Edit::Put(at, c)),
        (0usize..40, letter()).prop_map(|(at, c)| Edit::Changed(at, c)),
        (0usize..40).prop_map(Edit::Exchanged),
    ]
}

/// A name with one letter left out, put in, changed or exchanged with the next one of its word; each word keeps a capital.
fn edited(name: &str, edit: Edit) -> String {
    let mut letters: Vec<char> = name.to_lowercase().chars().collect();
    let places: Vec<usize> = (0..letters.len()).filter(|&at| letters[at] != ' ').collect();
    let place = |at: usize| places[at % places.len()];
    match edit {
        Edit::Left(at) => {
            letters.remove(place(at));
        }
        Edit::Put(at, c) => letters.insert(place(at), c),
        Edit::Changed(at, c) => letters[place(at)] = c,
        Edit::Exchanged(at) => {
            let at = place(at);
            if letters.get(at + 1).is_some_and(|next| *next != ' ') {
                letters.swap(at, at + 1);
            }
        }
    }
    let mut out = String::new();
    let mut first = true;
    for c in letters {
        out.extend(if first { c.to_uppercase().collect::<Vec<_>>() } else { vec![c] });
        first = c == ' ';
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_single_edit_of_a_name_is_found(
        people in prop::collection::vec(person(), 1..12),
        bodies in prop::collection::vec(body(), 1..6),
        which in any::<prop::sample::Index>(),
        edit in edit(),
    ) {
        let register = register(&people, &bodies);
        let names: Vec<&String> = people.iter().chain(&bodies).collect();
        let name = *which.get(&names);
        let wrong = edited(name, edit);
        prop_assume!(!names.iter().any(|known| known.to_lowercase() == wrong.to_lowercase()));
        let text = format!("It was opened by {wrong} in the morning.");
        let mentions = register.mentions(&text);
        let exact = mentions.hits.iter().any(|hit| text[hit.range.clone()] == *wrong);
        let near = mentions.near.iter().any(|near| text[near.range.clone()].contains(wrong.split(' ').next_back().unwrap_or_default()));
        prop_assert!(exact || near, "{name} as {wrong}: {mentions:?}");
    }

    #[test]
    fn no_name_is_a_misspelling_of_another(
        people in prop::collection::vec(person(), 2..40),
        bodies in prop::collection::vec(body(), 1..20),
    ) {
        let register = register(&people, &bodies);
        for name in people.iter().chain(&bodies) {
            let text = format!("It was opened by {name} in the morning.");
            let mentions = register.mentions(&text);
            prop_assert!(mentions.near.is_empty(), "{name}: {:?}", mentions.near);
            prop_assert_eq!(mentions.hits.len(), 1);
        }
    }
}
