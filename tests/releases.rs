//! One release in eight languages, written for this test: the correct set is silent, and of the faulty set every fault that was
//! planted is looked for at its line.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

const LANGUAGES: [&str; 8] = ["ar", "de", "en", "es", "fr", "ja", "ru", "zh"];

fn folder(set: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/releases").join(set)
}

/// What the program reports, and what it says of the run.
fn check(paths: &[PathBuf]) -> (String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["check", "--format", "short", "--fail-on", "never"])
        .args(paths)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("copydesk runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8").replace('\\', "/");
    (text(run.stdout), text(run.stderr))
}

#[test]
fn correct_versions_are_silent_together_and_two_by_two() {
    let (found, run) = check(&[folder("correct")]);
    assert_eq!(found, "", "findings in correct texts");
    assert!(run.contains("read 8 files") && run.contains("compared 7 pairs"), "{run}");
    // Whatever the original: each pair of languages lies in a folder of its own, where the first by tag is the original.
    let scratch = tempfile::tempdir().expect("a folder");
    let config = format!("registers = [{:?}]\n", folder("register.toml"));
    let mut pairs = Vec::new();
    for (at, one) in LANGUAGES.iter().enumerate() {
        for other in &LANGUAGES[at + 1..] {
            let pair = scratch.path().join(format!("{one}-{other}"));
            std::fs::create_dir(&pair).expect("a folder");
            std::fs::write(pair.join("copydesk.toml"), &config).expect("a file");
            for tag in [one, other] {
                let name = format!("charter.{tag}.md");
                std::fs::copy(folder("correct").join(&name), pair.join(&name)).expect("a copy");
            }
            pairs.push(pair);
        }
    }
    let (found, run) = check(&pairs);
    assert_eq!(found, "", "findings in correct pairs");
    assert!(run.contains("compared 28 pairs"), "{run}");
}

/// The faults of the faulty set: file, line, what was planted, and the start of the ids that may report it.
fn planted() -> Vec<(String, usize, String, String)> {
    let text = std::fs::read_to_string(folder("planted.txt")).expect("fixtures/releases/planted.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let fault = |line: &str| {
        let (place, rest) = line.split_once("  ").expect("two blanks after the place");
        let (file, at) = place.split_once(':').expect("file:line");
        let (rule, what) = rest.trim().split_once("  ").expect("two blanks after the rule");
        (file.to_owned(), at.parse().expect("a line"), rule.to_owned(), what.trim().to_owned())
    };
    lines.map(fault).collect()
}

#[test]
fn planted_faults_are_reported_line_by_line() {
    let (found, _) = check(&[folder("faulty")]);
    let places: BTreeSet<(&str, &str, &str)> = found
        .lines()
        .filter_map(|line| {
            let (_, place) = line.split_once("faulty/")?;
            let (file, rest) = place.split_once(':')?;
            let (at, rest) = rest.split_once(':')?;
            Some((file, at, rest.split_once('[')?.1.split_once(']')?.0))
        })
        .collect();
    let mut told = String::new();
    for line in found.lines() {
        told.push_str(line.split_once("releases/").map_or(line, |(_, rest)| rest));
        told.push('\n');
    }
    told.push_str("\nplanted and not reported:\n");
    let planted = planted();
    for (file, at, rule, what) in &planted {
        let seen = places.iter().any(|(f, l, r)| f == file && *l == at.to_string() && r.starts_with(rule.as_str()));
        if !seen {
            told.push_str(&format!("{file}:{at}: {rule}: {what}\n"));
        }
    }
    told.push_str("\nreported and not planted:\n");
    for (file, at, rule) in &places {
        let known =
            planted.iter().any(|(f, l, r, _)| f == file && l.to_string() == *at && rule.starts_with(r.as_str()));
        if !known {
            told.push_str(&format!("{file}:{at}: {rule}\n"));
        }
    }
    let path = format!("{}/tests/snapshots/releases.txt", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("COPYDESK_BLESS").is_some() {
        std::fs::write(&path, &told).expect("tests/snapshots");
    }
    let expected = std::fs::read_to_string(&path).expect("tests/snapshots/releases.txt");
    assert_eq!(told, expected, "look at every line, then COPYDESK_BLESS=1 cargo test --test releases");
}
