//! `copydesk completions`: completions for a shell, from the definition of the command line.

use super::{Console, Status, definition};
use clap_complete::Shell;
use std::io;

/// Print completions for a shell
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    // The generator cannot report a closed pipe, so it writes into memory.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut definition(), "copydesk", &mut script);
    console.print(|out| out.write_all(&script))?;
    Ok(Status::Clean)
}
