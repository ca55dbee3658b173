//! `copydesk import`: rules of other programs as rule packs.

use super::{Console, Status, files, write};
use crate::import::vale;
use clap::Subcommand;
use std::io;
use std::path::{Path, PathBuf};

/// Turn rules of other programs into a rule pack
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    from: From,
}

#[derive(Debug, Subcommand)]
enum From {
    /// Style folders of Vale, each of which holds one YAML file a rule
    Vale {
        /// Style folders
        #[arg(value_name = "STYLE", required = true)]
        styles: Vec<PathBuf>,
        /// The pack to write; an older one is replaced, a file that this run reads is not. Standard output by default
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let From::Vale { styles, output } = &arguments.from;
    let (mut rules, mut read) = (Vec::new(), Vec::new());
    for style in styles {
        match style_files(style) {
            Ok((paths, found)) => {
                read.extend(paths);
                rules.extend(found);
            }
            Err(message) => {
                console.problem(&message);
                return Ok(Status::Trouble);
            }
        }
    }
    let imported = vale::import(&rules);
    match output {
        Some(path) => {
            if let Err(why) = write::put(path, &read, |out| out.write_all(imported.pack.as_bytes())) {
                console.problem(&format!("{}: the pack {why}", files::shown(path)));
                return Ok(Status::Trouble);
            }
        }
        None => console.print(|out| out.write_all(imported.pack.as_bytes()))?,
    }
    for (id, what) in &imported.changed {
        console.note(&format!("note: {id}: {what}"));
    }
    for (id, reason) in &imported.left {
        console.note(&format!("not carried: {id}: {reason}"));
    }
    console.note(&format!("{} of {} rules carried", imported.rules.len(), rules.len()));
    Ok(Status::Clean)
}

/// The rules of a style folder with their paths, in the order of their names.
fn style_files(style: &Path) -> Result<(Vec<PathBuf>, Vec<vale::File>), String> {
    let name = style.canonicalize().ok().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let name = name.ok_or_else(|| format!("{}: no such folder", files::shown(style)))?;
    let folder = std::fs::read_dir(style).map_err(|e| format!("{}: {}", files::shown(style), files::reason(&e)))?;
    let is_rule = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "yml" || ending == "yaml");
    let mut paths: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).filter(is_rule).collect();
    paths.sort();
    if paths.is_empty() {
        return Err(format!("{}: no rule lies here; a style is a folder of YAML files", files::shown(style)));
    }
    let read = |path: &PathBuf| {
        let bytes = files::read(path).map_err(|why| format!("{}: {why}", files::shown(path)))?;
        let rule = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(vale::File { style: name.clone(), name: rule, text: String::from_utf8_lossy(&bytes).into_owned() })
    };
    let rules = paths.iter().map(read).collect::<Result<_, String>>()?;
    Ok((paths, rules))
}
