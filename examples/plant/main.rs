//! Plants faults in translations that are sound, one at a time, and prints how many copydesk finds and how often it is wrong on what was
//! published: the target table of language versions.
//!
//! usage: `cargo run --release --example plant -- FOLDER [ORIGINAL]`. FOLDER holds a folder for each language with files of the same names,
//! or files named `name.LANGUAGE.md`; ORIGINAL is the language of originals, `en` where it is left out. A `register.toml` in FOLDER is read.

mod alignment;
mod faults;
mod pairs;
mod table;

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, original) = match arguments.as_slice() {
        [folder] => (folder, "en"),
        [folder, original] => (folder, original.as_str()),
        _ => return Err("give a folder, and the language of the originals where it is not English".into()),
    };
    let pairs = pairs::read(Path::new(folder), original)?;
    let table = table::measure(&pairs);
    write!(io::stdout().lock(), "{table}")?;
    Ok(())
}
