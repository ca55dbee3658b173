//! The command line: the only room that reads disk, clock or environment, or prints. Each subcommand is one small file with its
//! arguments and a function; what several share (finding files, reading a project, running it, printing) has a file of its own.

mod align;
mod baseline;
mod cache;
mod check;
mod completions;
mod console;
mod dictionaries;
mod discover;
mod explain;
mod facts;
mod files;
mod fix;
mod git;
mod import;
mod init;
mod kept;
mod load;
mod man;
mod page;
mod proof;
mod register;
mod rules;
mod releases;
mod run;
mod schema;
mod scope;
mod summary;
mod test;
mod together;
mod translations;
mod watch;
mod write;

use clap::{CommandFactory, Parser, Subcommand};
use console::Console;
use std::io;
use std::process::ExitCode;

/// Reads the drafts of a press release in every language and reports what is wrong.
#[derive(Debug, Parser)]
#[command(name = "copydesk", version, about, propagate_version = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(Box<check::Arguments>),
    Fix(Box<fix::Arguments>),
    Baseline(Box<baseline::Arguments>),
    Align(align::Arguments),
    Proof(Box<proof::Arguments>),
    Facts(Box<facts::Arguments>),
    Init(init::Arguments),
    Import(import::Arguments),
    Register(Box<register::Arguments>),
    Rules(rules::Arguments),
    Explain(explain::Arguments),
    Test(test::Arguments),
    Schema(schema::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
}

impl Command {
    fn run(&self, console: &Console) -> io::Result<Status> {
        match self {
            Command::Check(arguments) => check::run(arguments, console),
            Command::Fix(arguments) => fix::run(arguments, console),
            Command::Baseline(arguments) => baseline::run(arguments, console),
            Command::Align(arguments) => align::run(arguments, console),
            Command::Proof(arguments) => proof::run(arguments, console),
            Command::Facts(arguments) => facts::run(arguments, console),
            Command::Import(arguments) => import::run(arguments, console),
            Command::Register(arguments) => register::run(arguments, console),
            Command::Init(arguments) => init::run(arguments, console),
            Command::Rules(arguments) => rules::run(arguments, console),
            Command::Explain(arguments) => explain::run(arguments, console),
            Command::Test(arguments) => test::run(arguments, console),
            Command::Schema(arguments) => schema::run(arguments, console),
            Command::Completions(arguments) => completions::run(arguments, console),
            Command::Man(arguments) => man::run(arguments, console),
        }
    }
}

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// Nothing that fails the run.
    Clean = 0,
    /// Findings that do.
    Findings = 1,
    /// The work could not be done, or not all of it.
    Trouble = 2,
}

/// Runs the program.
pub fn main() -> ExitCode {
    let console = Console::new();
    match Arguments::parse().command.run(&console) {
        Ok(status) => ExitCode::from(status as u8),
        // Whoever reads our output has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            // The system's own words end in a number; ours are as they are to be.
            let own = error.raw_os_error().is_none();
            console.problem(&if own { error.to_string() } else { files::reason(&error) });
            ExitCode::from(Status::Trouble as u8)
        }
    }
}

/// The definition of the whole command line, for completions and the man page.
fn definition() -> clap::Command {
    Arguments::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_definition_is_sound() {
        super::definition().debug_assert();
    }
}
