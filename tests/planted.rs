//! Faults planted in the sound releases of `fixtures/releases`, one at a time: what must be found is found, and what only looks otherwise
//! stays silent. The same table on any folder of pairs is `cargo run --release --example plant -- FOLDER`.

#[path = "../examples/plant/alignment.rs"]
mod alignment;
#[path = "../examples/plant/faults.rs"]
mod faults;
#[path = "../examples/plant/pairs.rs"]
mod pairs;
#[path = "../examples/plant/table.rs"]
mod table;

use std::path::Path;

/// Rows of which everything must be found. The others fall short for a reason: a small or round number may be meant by a word that is no
/// number word, across scripts nothing is claimed about sentences, and the releases are one text, so that a foreign passage has its facts.
const ALL: [&str; 8] = [
    "paragraph deleted",
    "digit changed",
    "day changed",
    "month changed",
    "year changed",
    "weekday changed",
    "range shifted",
    "name misspelt",
];

#[test]
fn planted_faults_are_found_and_cosmetic_changes_are_silent() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/releases/correct");
    let pairs = pairs::read(&folder, "en").expect("the fixtures");
    assert_eq!(pairs.list.len(), 7);
    let table = table::measure(&pairs, "");
    let shown = table.to_string();
    for ((row, name, _), share) in &table.rows {
        match *row {
            "0" => assert_eq!(share.hits, 0, "{name} is reported\n{shown}"),
            _ if name.starts_with("published") => assert_eq!(share.hits, 0, "{name}\n{shown}"),
            "A1" => assert_eq!(share.hits, share.trials, "{name}\n{shown}"),
            _ => {}
        }
    }
    for name in ALL {
        let found = table.rows.iter().find(|((_, row, _), _)| row == name);
        let whole = found.is_some_and(|(_, share)| share.trials > 0 && share.hits == share.trials);
        assert!(whole, "{name}\n{shown}");
    }
    let sum =
        |name: &str| table.rows.iter().find(|((_, row, _), _)| row == name).map_or(0.0, |(_, share)| share.percent());
    for (name, least) in [
        ("number above 20 dropped", 60.0),
        ("sentence dropped", 90.0),
        ("quotation dropped", 80.0),
        ("link dropped", 70.0),
    ] {
        assert!(sum(name) >= least, "{name}\n{shown}");
    }
}
