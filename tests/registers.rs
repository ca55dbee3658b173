//! The registers of fixtures/registers: one in which nothing is wrong, and one of mistakes and doubts, each told behind its line.

use copydesk::register::Register;
use copydesk::source::{Source, SourceId};
use std::collections::BTreeMap;

/// What is said of each line of a register, in the order of the letters.
fn said(source: &Source) -> BTreeMap<usize, Vec<String>> {
    let (register, mut found) = Register::read([(SourceId(0), source)]);
    found.extend(register.doubts());
    let mut said: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for finding in found {
        said.entry(source.line(finding.primary.span.start)).or_default().push(finding.message);
    }
    said.values_mut().for_each(|messages| messages.sort());
    said
}

fn read(name: &str) -> Source {
    let path = format!("{}/fixtures/registers/{name}", env!("CARGO_MANIFEST_DIR"));
    Source::from_text(name, std::fs::read_to_string(path).expect("a fixture"))
}

#[test]
fn nothing_is_said_of_a_register_that_is_right() {
    assert_eq!(said(&read("correct.toml")), BTreeMap::new());
}

#[test]
fn mistakes_and_doubts_are_said_of_their_lines() {
    let source = read("faulty.toml");
    let mut expected: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (number, line) in source.text().lines().enumerate().skip(1) {
        if let Some((_, messages)) = line.split_once("# says: ") {
            let mut messages: Vec<String> = messages.split("; ").map(str::to_owned).collect();
            messages.sort();
            expected.insert(number + 1, messages);
        }
    }
    assert!(expected.len() > 15);
    let said = said(&source);
    for (line, messages) in &said {
        assert_eq!(expected.get(line), Some(messages), "line {line}");
    }
    let silent: Vec<_> = expected.keys().filter(|line| !said.contains_key(line)).collect();
    assert!(silent.is_empty(), "lines of which nothing is said: {silent:?}");
}
