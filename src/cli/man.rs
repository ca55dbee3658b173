//! `copydesk man`: the manual page, from the definition of the command line.

use super::{Console, Status, definition};
use std::io;

/// Print the manual page
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {}

pub(super) fn run(_: &Arguments, console: &Console) -> io::Result<Status> {
    let definition = definition();
    let mut page = Vec::new();
    clap_mangen::Man::new(definition.clone()).render(&mut page)?;
    for command in definition.get_subcommands().filter(|command| !command.is_hide_set()) {
        let man = clap_mangen::Man::new(command.clone());
        // The sections of each command follow as sections of the one page.
        page.extend_from_slice(format!(".SH COPYDESK {}\n", command.get_name().to_uppercase()).as_bytes());
        for render in [clap_mangen::Man::render_description_section, clap_mangen::Man::render_options_section] {
            let mut section = Vec::new();
            render(&man, &mut section)?;
            page.extend(
                String::from_utf8_lossy(&section).replace("\n.SH ", "\n.SS ").replacen(".SH ", ".SS ", 1).bytes(),
            );
        }
    }
    console.print(|out| out.write_all(&page))?;
    Ok(Status::Clean)
}
