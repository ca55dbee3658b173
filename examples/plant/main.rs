//! Plants faults in translations that are sound, one at a time, and prints how many copydesk finds and how often it is wrong on what was
//! published: the target table of language versions.
//!
//! usage: `cargo run --release --example plant -- FOLDER [ORIGINAL [ROWS]]`. FOLDER holds a folder for each language with files of the same names,
//! or files named `name.LANGUAGE.md`; ORIGINAL is the language of originals, `en` where it is left out. ROWS are the first
//! letters of the rows that are measured, such as `AE`; all where it is left out. A `register.toml` in FOLDER or beside it is read.

mod alignment;
mod faults;
mod pairs;
mod table;

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, original, rows) = match arguments.as_slice() {
        [folder] => (folder, "en", ""),
        [folder, original] => (folder, original.as_str(), ""),
        [folder, original, rows] => (folder, original.as_str(), rows.as_str()),
        _ => return Err("give a folder, and the language of the originals where it is not English".into()),
    };
    let pairs = pairs::read(Path::new(folder), original)?;
    let table = table::measure(&pairs, rows);
    write!(io::stdout().lock(), "{table}")?;
    Ok(())
}
