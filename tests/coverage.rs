//! `rules/coverage.toml` against the rules: every check of the catalogue is there, and what the file says of each is what the
//! builtin packs do.

use copydesk::diagnostic::Diagnostic;
use copydesk::rule::{Pack, RuleSet};
use copydesk::source::{Source, SourceId, embedded};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Checks in the catalogue, by section: dates, names, organisations, numbers, quotations, capitals and punctuation, structure,
/// parity.
const CHECKS: &[(&str, usize)] =
    &[("D", 32), ("N", 18), ("O", 23), ("M", 17), ("Q", 15), ("C", 28), ("S", 22), ("P", 15)];

fn packs(files: &[(&str, &str)]) -> Vec<Pack> {
    let resources: std::sync::Arc<dyn copydesk::rule::Resources> = std::sync::Arc::new(copydesk::rule::NoResources);
    let read = |(name, text): &(&str, &str)| {
        let source = Source::from_text(format!("{name}.toml"), *text);
        let (pack, problems) = Pack::read(&source, SourceId(0), &copydesk::kinds::all(), &resources);
        let show = |p: &Diagnostic| format!("{}:{} {}", source.path(), source.line(p.primary.span.start), p.message);
        assert!(problems.is_empty(), "{}", problems.iter().map(show).collect::<Vec<_>>().join("\n"));
        pack
    };
    files.iter().map(read).collect()
}

/// What the rules do for each check: ids of rules with how they are switched on.
fn built() -> BTreeMap<String, Vec<String>> {
    let mut profiles: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (pack, (name, _)) in packs(embedded::PROFILES).iter().zip(embedded::PROFILES) {
        for (id, _) in &pack.enable {
            profiles.entry(id.clone()).or_default().push(name);
        }
    }
    let (set, problems) = RuleSet::new(packs(embedded::PACKS));
    assert!(problems.is_empty(), "{problems:?}");
    let mut built: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for rule in set.rules() {
        let how = match profiles.get(&rule.id) {
            _ if rule.enabled => "on".to_owned(),
            Some(profiles) => profiles.join(" "),
            None => "on request".to_owned(),
        };
        for check in &rule.catalogue {
            built.entry(check.clone()).or_default().push(format!("{}: {how}", rule.id));
        }
    }
    built
}

#[test]
fn coverage_says_what_the_rules_do() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/coverage.toml");
    let text = std::fs::read_to_string(path).expect("rules/coverage.toml");
    let written: toml::Table = text.parse().expect("TOML");
    let built = built();
    let mut expected = String::new();
    for line in text.lines().take_while(|line| line.starts_with('#')) {
        expected += &format!("{line}\n");
    }
    expected.push('\n');
    for (section, count) in CHECKS {
        for number in 1..=*count {
            let id = format!("{section}{number}");
            let reason = written.get(&id).and_then(|entry| entry.get("not-built")).and_then(|reason| reason.as_str());
            let _ = match built.get(&id) {
                Some(rules) => writeln!(expected, "{id} = {{ rules = {rules:?} }}"),
                None => writeln!(expected, "{id} = {{ not-built = {:?} }}", reason.unwrap_or("no rule yet")),
            };
        }
    }
    let unknown: Vec<_> = built.keys().filter(|id| !expected.contains(&format!("\n{id} = "))).collect();
    assert!(unknown.is_empty(), "rules name checks that the catalogue does not have: {unknown:?}");
    if std::env::var_os("COPYDESK_BLESS").is_some() {
        std::fs::write(path, &expected).expect("rules/coverage.toml");
    }
    assert!(
        text == expected || std::env::var_os("COPYDESK_BLESS").is_some(),
        "rules/coverage.toml is not what the rules do; run COPYDESK_BLESS=1 cargo test --test coverage"
    );
}

#[test]
fn every_rule_of_a_house_names_whom_it_follows() {
    let (set, _) = RuleSet::new(packs(embedded::PACKS));
    let mut without = Vec::new();
    for (pack, (name, _)) in packs(embedded::PROFILES).iter().zip(embedded::PROFILES) {
        for (id, _) in &pack.enable {
            if set.get(id).expect("a profile enables rules that there are").authority.is_empty() {
                without.push(format!("{name}: {id}"));
            }
        }
    }
    assert!(without.is_empty(), "rules of a profile without an authority: {without:?}");
}
