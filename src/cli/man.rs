//! `copydesk man`: the manual page, from the definition of the command line. All commands stand in one page, so that one file is
//! all there is to install.

use super::{Console, Status, definition};
use clap_mangen::Man;
use std::io;

/// What no definition of arguments holds.
const CLOSING: &str = r#".SH "EXIT STATUS"
.TP
0
Nothing is at or above the severity of \-\-fail\-on, or the work is done.
.TP
1
Findings, or examples that do not hold.
.TP
2
The work, or part of it, could not be done: bad configuration, a missing path, a file that cannot be read or written.
.SH FILES
.TP
copydesk.toml
What is checked and how; the nearest one above a draft holds, within the repository.
.TP
copydesk\-baseline.toml
Findings that were accepted.
.SH ENVIRONMENT
.TP
NO_COLOR
Where it is set, nothing is coloured unless \-\-color asks for it.
"#;

/// Print the manual page
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments, console: &Console) -> io::Result<Status> {
    let mut definition = definition();
    // Gives every command the name and the usage that it has below its parents.
    definition.build();
    let mut page = Vec::new();
    let man = Man::new(definition.clone());
    for section in
        [Man::render_title, Man::render_name_section, Man::render_synopsis_section, Man::render_description_section]
    {
        section(&man, &mut page)?;
    }
    page.extend(b".SH COMMANDS\nWhat each takes is said below.\n");
    list(&definition, &mut page)?;
    commands(&definition, &mut page)?;
    page.extend(CLOSING.bytes());
    console.print(|out| out.write_all(&page))?;
    Ok(Status::Clean)
}

/// The commands that a page describes.
fn shown(command: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    command.get_subcommands().filter(|command| !command.is_hide_set() && command.get_name() != "help")
}

fn list(definition: &clap::Command, page: &mut Vec<u8>) -> io::Result<()> {
    for command in shown(definition) {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let name = command.get_bin_name().unwrap_or(command.get_name()).replace('-', "\\-");
        page.extend(format!(".TP\n\\fB{name}\\fR\n{}\n", about.replace('-', "\\-")).bytes());
    }
    Ok(())
}

/// A section for each command, and for those below it.
fn commands(definition: &clap::Command, page: &mut Vec<u8>) -> io::Result<()> {
    for command in shown(definition) {
        let man = Man::new(command.clone());
        let name = command.get_bin_name().unwrap_or(command.get_name());
        page.extend(format!(".SH \"{}\"\n", name.to_uppercase().replace('-', "\\-")).bytes());
        for render in [Man::render_synopsis_section, Man::render_description_section, Man::render_options_section] {
            let mut section = Vec::new();
            render(&man, &mut section)?;
            let section = String::from_utf8_lossy(&section).into_owned();
            page.extend(
                section
                    .replace("\n.SH ", "\n.SS ")
                    .replacen(".SH ", ".SS ", usize::from(section.starts_with(".SH ")))
                    .bytes(),
            );
        }
        commands(command, page)?;
    }
    Ok(())
}
