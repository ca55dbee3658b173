//! Lists the data files under `rules/` for embedding, so that adding a pack, a profile, a language or a register is adding a
//! file; reads the packs and what their expressions require, so that a check need not; and tells the code of registers from that of other days, so that none is
//! read that other code compiled.

#[path = "src/settings/data.rs"]
mod data;
#[path = "src/rule/matcher/look_around.rs"]
#[allow(dead_code)]
mod look_around;
#[path = "src/rule/matcher/syntax.rs"]
mod syntax;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let root = PathBuf::from(root);
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let mut list = String::new();
    for (name, folder) in [("PACKS", "rules"), ("PROFILES", "rules/profiles"), ("REGISTERS", "rules/registers")] {
        println!("cargo::rerun-if-changed={folder}");
        let _ = writeln!(list, "/// Name and content of every file of `{folder}`, in the order of the names.");
        let _ = writeln!(list, "pub static {name}: &[(&str, &str)] = &[");
        for file in toml_files(&root.join(folder))? {
            let _ = writeln!(
                list,
                "    ({file:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{folder}/{file}.toml\"))),"
            );
        }
        let _ = writeln!(list, "];");
    }
    for (name, folder) in [("LANGUAGES", "language"), ("PLACES", "places")] {
        println!("cargo::rerun-if-changed=rules/{folder}");
        fs::create_dir_all(out.join(folder))?;
        let _ = writeln!(
            list,
            "/// Name and content, in JSON, of every file of `rules/{folder}`, in the order of the names."
        );
        let _ = writeln!(list, "pub static {name}: &[(&str, &str)] = &[");
        for file in toml_files(&root.join("rules").join(folder))? {
            let source = root.join("rules").join(folder).join(format!("{file}.toml"));
            fs::write(out.join(folder).join(format!("{file}.json")), as_json(&source)?)?;
            let _ =
                writeln!(list, "    ({file:?}, include_str!(concat!(env!(\"OUT_DIR\"), \"/{folder}/{file}.json\"))),");
        }
        let _ = writeln!(list, "];");
    }
    let rules = root.join("rules");
    for code in ["settings/data.rs", "rule/matcher/look_around.rs", "rule/matcher/syntax.rs"] {
        println!("cargo::rerun-if-changed=src/{code}");
    }
    let mut required = BTreeMap::new();
    let _ = writeln!(list, "/// What the packs say, without what only the pages of their rules show.");
    let _ = writeln!(list, "pub static STORED_PACKS: &[&[u8]] = &[");
    for file in toml_files(&rules)? {
        let text = fs::read_to_string(rules.join(format!("{file}.toml")))?;
        let pack = pack(&text).map_err(io::Error::other)?;
        require(&pack, &mut required);
        fs::write(out.join(&file), postcard::to_allocvec(&pack).map_err(io::Error::other)?)?;
        let _ = writeln!(list, "    include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{file}\")),");
    }
    let _ = writeln!(list, "];");
    let _ = writeln!(
        list,
        "/// What the expressions of the packs require, one literal behind the other, in the order of the expressions."
    );
    let _ = writeln!(list, "pub static REQUIRED: &[(&str, &str)] = &[");
    for (expression, literals) in required {
        let _ = writeln!(list, "    ({expression:?}, {literals:?}),");
    }
    let _ = writeln!(list, "];");
    println!("cargo::rustc-env=COPYDESK_REGISTER_CODE={:016x}", code(&root.join("src/register"))?);
    fs::write(out.join("embedded.rs"), list)
}

/// A table of a language as JSON, which takes a quarter of the time to read.
fn as_json(source: &Path) -> io::Result<String> {
    let table: serde_json::Value = toml::from_str(&fs::read_to_string(source)?).map_err(io::Error::other)?;
    Ok(table.to_string())
}

/// What a pack says. What only the pages of its rules show (their examples, authorities and checks of the catalogue) is two thirds
/// of it, and a run that checks drafts has no use for that.
fn pack(text: &str) -> Result<data::Table, String> {
    let parsed = toml::de::DeTable::parse(text).map_err(|error| error.to_string())?;
    let mut too_large = None;
    let mut pack = data::of_table(parsed.get_ref(), parsed.span(), &mut |place| too_large = Some(place));
    without_pages(&mut pack);
    match too_large {
        Some(place) => Err(format!("a number is too large: {}", &text[place])),
        None => Ok(pack),
    }
}

fn without_pages(table: &mut data::Table) {
    let shown = ["example", "example-register", "authority", "catalogue"];
    table.entries.retain(|(key, ..)| !shown.contains(&key.as_str()));
    for (key, _, value) in &mut table.entries {
        if let ("rule", data::Data::List(rules)) = (key.as_str(), &mut value.data) {
            for rule in rules {
                if let data::Data::Table(rule) = &mut rule.data {
                    without_pages(rule);
                }
            }
        }
    }
}

/// Adds what the expressions of a table require. Which of its strings are expressions, only the kinds of rules know; what is said of
/// another is never asked for.
fn require(table: &data::Table, required: &mut BTreeMap<String, String>) {
    let said = ["id", "kind", "message", "help", "why"];
    for (key, _, value) in table.entries.iter().filter(|(key, ..)| !said.contains(&key.as_str())) {
        note(key, required);
        let values = if let data::Data::List(values) = &value.data { values } else { std::slice::from_ref(value) };
        for value in values {
            match &value.data {
                data::Data::Text(text) => note(text, required),
                data::Data::Table(table) => require(table, required),
                _ => {}
            }
        }
    }
}

fn note(text: &str, required: &mut BTreeMap<String, String>) {
    if text.contains(['\\', '[', '(', '|', '?', '*', '+']) {
        required.insert(text.to_owned(), syntax::literals(text).unwrap_or_default().join("\0"));
    }
}

/// A number for what the files of a folder hold.
fn code(folder: &Path) -> io::Result<u64> {
    println!("cargo::rerun-if-changed=src/register");
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    let mut hasher = DefaultHasher::new();
    for path in paths.iter().filter(|path| path.is_file()) {
        fs::read(path)?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

/// Names without ending of the TOML files in a folder, sorted; none when there is no such folder. `coverage.toml` is a ledger
/// for the tests and no pack.
fn toml_files(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name();
        let name = name.to_str().and_then(|name| name.strip_suffix(".toml"));
        names.extend(name.filter(|name| *name != "coverage").map(str::to_owned));
    }
    names.sort();
    Ok(names)
}
