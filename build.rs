//! Lists the data files under `rules/` for embedding, so that adding a pack, a profile, a language or a register is adding a
//! file; leaves out of packs what a check does not read; and tells the code of registers from that of other days, so that none is
//! read that other code compiled.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let mut list = String::new();
    for (name, folder) in [
        ("PACKS", "rules"),
        ("PROFILES", "rules/profiles"),
        ("LANGUAGES", "rules/language"),
        ("PLACES", "rules/places"),
        ("REGISTERS", "rules/registers"),
    ] {
        println!("cargo::rerun-if-changed={folder}");
        let _ = writeln!(list, "/// Name and content of every file of `{folder}`, in the order of the names.");
        let _ = writeln!(list, "pub static {name}: &[(&str, &str)] = &[");
        for file in toml_files(&Path::new(&root).join(folder))? {
            let _ = writeln!(
                list,
                "    ({file:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{folder}/{file}.toml\"))),"
            );
        }
        let _ = writeln!(list, "];");
    }
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let rules = Path::new(&root).join("rules");
    let _ = writeln!(list, "/// The same packs without what only the pages of their rules show, line for line.");
    let _ = writeln!(list, "pub static BARE_PACKS: &[(&str, &str)] = &[");
    for file in toml_files(&rules)? {
        let name = format!("{file}.toml");
        fs::write(out.join(&name), without_pages(&fs::read_to_string(rules.join(&name))?))?;
        let _ = writeln!(list, "    ({file:?}, include_str!(concat!(env!(\"OUT_DIR\"), \"/{file}.toml\"))),");
    }
    let _ = writeln!(list, "];");
    println!("cargo::rustc-env=COPYDESK_REGISTER_CODE={:016x}", code(&Path::new(&root).join("src/register"))?);
    fs::write(out.join("embedded.rs"), list)
}

/// The text of a pack without what only the pages of its rules show (their examples, authorities and checks of the catalogue), line
/// for line: that is two thirds of what there is to read, and a run that checks drafts has no use for it. Tables and keys of
/// our packs begin lines; a test holds the rules to those of the whole packs.
fn without_pages(text: &str) -> String {
    let (mut kept, mut in_example, mut until) = (String::with_capacity(text.len()), false, None);
    for line in text.split_inclusive('\n') {
        let end = line.trim_end();
        in_example = match end {
            "[[rule]]" => false,
            "[[rule.example]]" => true,
            _ => in_example,
        };
        let key = line.split([' ', '=']).next().unwrap_or_default();
        let ends_later = |open: &'static str, close: &'static str| end.ends_with(open).then_some(close);
        let dropped = until.is_some() || in_example || ["example-register", "authority", "catalogue"].contains(&key);
        match until {
            Some(close) if line.starts_with(close) => until = None,
            None if dropped && !in_example => until = ends_later("'''", "'''").or(ends_later("[", "]")),
            _ => {}
        }
        kept.push_str(if dropped { "\n" } else { line });
    }
    kept
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
