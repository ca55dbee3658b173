//! `copydesk register`: what keepers of registers need. Each of its commands is a file.

mod check;
mod find;
mod import;
mod learn;
mod place;

use super::discover::Homes;
use super::load::{Registers, load_registers};
use super::{Console, Status, files, write};
use clap::Subcommand;
use std::io;
use std::path::{Path, PathBuf};

/// Check, search and fill registers of people, organisations, works and terms
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Find(find::Arguments),
    Import(import::Arguments),
    Learn(learn::Arguments),
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    match &arguments.command {
        Command::Check(arguments) => check::run(arguments, console),
        Command::Find(arguments) => find::run(arguments, console),
        Command::Import(arguments) => import::run(arguments, console),
        Command::Learn(arguments) => learn::run(arguments, console),
    }
}

/// The registers of the project where the user stands, and those that the command line names; where there are none, that is said.
fn loaded(paths: &[PathBuf], config: Option<&Path>, console: &Console) -> io::Result<Option<Registers>> {
    let Some(registers) = found(paths, config, console)? else { return Ok(None) };
    if is_none(&registers) {
        console.problem(NONE);
        return Ok(None);
    }
    Ok(Some(registers))
}

/// The same, of which there may be none.
fn found(paths: &[PathBuf], config: Option<&Path>, console: &Console) -> io::Result<Option<Registers>> {
    let paths = match named(paths) {
        Ok(paths) => paths,
        Err(message) => {
            console.problem(&message);
            return Ok(None);
        }
    };
    let home = Homes::new(std::env::current_dir()?, config.map(files::absolute)).of(Path::new("."), true);
    Ok(Some(load_registers(&home, &paths)))
}

const NONE: &str = "no register was named, and copydesk.toml names none";

/// Whether no register was named.
fn is_none(registers: &Registers) -> bool {
    registers.sets.is_empty() && registers.problems.is_empty() && registers.mistakes.is_empty()
}

/// Register files as the command line names them: files as they are, and the TOML files below folders, in the order of their names.
fn named(paths: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for path in paths {
        let metadata = path.metadata().map_err(|error| format!("{}: {}", files::shown(path), files::reason(&error)))?;
        if !metadata.is_dir() {
            found.push(path.clone());
            continue;
        }
        let is_toml = |path: &PathBuf| {
            path.extension().is_some_and(|ending| ending == "toml")
                && path.file_name().is_some_and(|name| name != crate::config::FILE_NAME)
        };
        let below = ignore::WalkBuilder::new(path).build().flatten().map(ignore::DirEntry::into_path);
        let mut below: Vec<PathBuf> = below.filter(|path| path.is_file() && is_toml(path)).collect();
        if below.is_empty() {
            return Err(format!("{}: no register lies here", files::shown(path)));
        }
        below.sort();
        found.extend(below);
    }
    Ok(found)
}

/// Writes a register to a file, though none of those that were `read`, or to standard output; whether that could be done.
fn put(path: Option<&Path>, read: &[PathBuf], text: &str, console: &Console) -> io::Result<bool> {
    let Some(path) = path else {
        console.print(|out| out.write_all(text.as_bytes()))?;
        return Ok(true);
    };
    let written = write::put(path, read, |out| out.write_all(text.as_bytes()));
    if let Err(why) = &written {
        console.problem(&format!("{}: the register {why}", files::shown(path)));
    }
    Ok(written.is_ok())
}
