//! Lists the data files under `rules/` for embedding, so that adding a pack, a profile, a language or a register is adding a
//! file; and tells the code of registers from that of other days, so that none is read that other code compiled.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
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
    println!("cargo::rustc-env=COPYDESK_REGISTER_CODE={:016x}", code(&Path::new(&root).join("src/register"))?);
    fs::write(Path::new(&env::var("OUT_DIR").map_err(io::Error::other)?).join("embedded.rs"), list)
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
