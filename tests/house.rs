//! What is left alone by default and found when a house asks for it: the strict house of the fixtures, line by line, and silence without its
//! settings.

use std::process::Command;

fn check(arguments: &[&str]) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let run =
        Command::new(env!("CARGO_BIN_EXE_copydesk")).args(arguments).current_dir(root).output().expect("copydesk runs");
    assert!(run.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("UTF-8").replace('\\', "/")
}

#[test]
fn a_strict_house_finds_what_the_default_leaves_alone() {
    let found = check(&["check", "--format", "short", "fixtures/house"]);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/house.txt");
    if std::env::var_os("COPYDESK_BLESS").is_some() {
        std::fs::write(path, &found).expect("tests/snapshots");
    }
    let expected = std::fs::read_to_string(path).expect("tests/snapshots/house.txt");
    assert_eq!(found, expected, "look at every line, then COPYDESK_BLESS=1 cargo test --test house");
    for rule in [
        "house/harbour-issues",
        "names/honorific-at-each-mention",
        "names/never-in-full",
        "names/one-honorific-policy",
        "organisations/acronym-possessive",
        "organisations/article",
        "organisations/nations-unies",
        "organisations/one-name",
        "organisations/united-nations",
        "terms/altered",
        "terms/capitals",
        "titles/capitals",
        "titles/capitals-french",
        "typography/double-hyphen",
        "wording/session-small",
        "works/rejected",
    ] {
        assert!(found.contains(&format!("[{rule}]")), "{rule} finds nothing in {found}");
    }
}

#[test]
fn the_default_asks_for_none_of_it() {
    let folder = std::env::temp_dir().join(format!("copydesk-house-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/house");
    for file in ["register.toml", "harbour.en.txt", "harbour.fr.txt", "partnership.en.txt"] {
        std::fs::copy(format!("{root}/{file}"), folder.join(file)).expect("a copy");
    }
    let settings = "registers = [\"register.toml\"]\n[languages]\nsource = \"en\"\n";
    std::fs::write(folder.join("copydesk.toml"), settings).expect("settings");
    let found = check(&["check", "--format", "short", &folder.to_string_lossy()]);
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    assert_eq!(found, "", "{found}");
}
