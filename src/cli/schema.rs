//! `copydesk schema`: JSON Schemas, so that a TOML editor completes keys and kinds, and scripts can check reports.

use super::{Console, Status};
use crate::config;
use crate::register;
use crate::report;
use crate::rule;
use crate::settings;
use clap::ValueEnum;
use std::io;

/// Print a JSON Schema, for editors and scripts
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What it describes
    #[arg(value_enum)]
    of: Described,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Described {
    /// Rule packs and profiles
    Rules,
    /// copydesk.toml
    Config,
    /// Registers
    Register,
    /// Reports in JSON
    Report,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let schema = match arguments.of {
        Described::Rules => format!("{:#}\n", rule::json_schema(&crate::kinds::all())),
        Described::Config => format!("{:#}\n", settings::json_schema("copydesk.toml", config::CONFIG_KEYS)),
        Described::Register => format!("{:#}\n", settings::json_schema("register", register::REGISTER_KEYS)),
        Described::Report => report::schema().to_owned(),
    };
    console.print(|out| out.write_all(schema.as_bytes()))?;
    Ok(Status::Clean)
}
