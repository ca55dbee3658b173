//! `copydesk init`: looks at a folder and writes what a project starts with. It says what it found and overwrites nothing.

use super::files::{self, File};
use super::{Console, Status, summary::plural, write};
use crate::config;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

const REGISTER: &str = include_str!("init/register.toml");
const HOOK: &str = include_str!("init/pre-commit.yaml");
const WORKFLOW: &str = include_str!("init/workflow.yml");

/// Write a copydesk.toml, a register, a pre-commit entry and a CI workflow
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder; the current one by default
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let folder = &arguments.folder;
    if !folder.is_dir() {
        console.problem(&format!("{}: no such folder", files::shown(folder)));
        return Ok(Status::Trouble);
    }
    let found = Survey::of(folder);
    console.print(|out| found.lines().iter().try_for_each(|line| writeln!(out, "{line}")))?;
    let wanted = [
        (config::FILE_NAME, found.config()),
        ("registers/register.toml", REGISTER.to_owned()),
        (".pre-commit-config.yaml", HOOK.to_owned()),
        (".github/workflows/copydesk.yml", WORKFLOW.to_owned()),
    ];
    let mut status = Status::Clean;
    for (name, content) in wanted {
        let path = folder.join(name);
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(|error| files::reason(&error));
        let line = match made.and_then(|()| write::replace(&path, content.as_bytes(), None)) {
            Ok(()) => format!("wrote {name}"),
            Err(_) if path.exists() && name == ".pre-commit-config.yaml" => {
                format!("{name} is there already; add to its repos:\n\n{}", entry(HOOK))
            }
            Err(_) if path.exists() => format!("{name} is there already and was left as it is"),
            Err(why) => {
                status = Status::Trouble;
                format!("{name}: {why}")
            }
        };
        console.print(|out| writeln!(out, "{line}"))?;
    }
    Ok(status)
}

/// The entry of a pre-commit configuration without its head.
fn entry(hook: &str) -> String {
    hook.lines().skip_while(|line| *line != "repos:").skip(1).map(|line| format!("{line}\n")).collect()
}

/// What a folder holds.
#[derive(Debug, Default, PartialEq, Eq)]
struct Survey {
    drafts: usize,
    /// Drafts by the ending of their names.
    endings: BTreeMap<String, usize>,
    /// Drafts by language, where names or folders tell one.
    languages: BTreeMap<String, usize>,
    /// The pattern of names that tells languages.
    pattern: Option<&'static str>,
    /// Formats that copydesk does not read yet.
    unread: BTreeMap<String, usize>,
}

impl Survey {
    fn of(folder: &Path) -> Self {
        let found = files::find(&[folder.to_owned()], 1);
        let below = |file: &File| file.path.strip_prefix(folder).map(files::shown).unwrap_or_default();
        Survey::of_paths(&found.files.iter().map(below).collect::<Vec<_>>())
    }

    fn of_paths(paths: &[String]) -> Self {
        let mut survey = Survey::default();
        let default = config::Config::default();
        let drafts: Vec<&str> = paths.iter().map(String::as_str).filter(|path| default.is_draft(path)).collect();
        survey.drafts = drafts.len();
        for path in &drafts {
            *survey.endings.entry(ending(path).to_owned()).or_default() += 1;
        }
        for path in paths.iter().filter(|path| ["docx", "odt", "eml", "pdf", "rtf"].contains(&ending(path))) {
            *survey.unread.entry(ending(path).to_owned()).or_default() += 1;
        }
        type Reading = fn(&str) -> Option<(String, String)>;
        let readings: [(&str, Reading); 2] =
            [("{path}[.{lang}].{ext}", in_the_name), ("{base}/{lang}/{path}", in_the_folder)];
        let best = readings.into_iter().map(|(pattern, read)| (pattern, languages(&drafts, read)));
        if let Some((pattern, languages)) = best.max_by_key(|(_, found)| found.values().sum::<usize>())
            && !languages.is_empty()
        {
            survey.pattern = Some(pattern);
            survey.languages = languages;
        }
        survey
    }

    /// The language that most is in; English where there is as much of it.
    fn source(&self) -> &str {
        let most = self.languages.iter().max_by_key(|(tag, count)| (**count, *tag == "en"));
        most.map_or("en", |(tag, _)| tag)
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("found {}{}", plural(self.drafts, "draft"), counted(&self.endings))];
        match self.pattern {
            Some(pattern) => {
                lines.push(format!(
                    "languages by {pattern}{}; originals in {}",
                    counted(&self.languages),
                    self.source()
                ));
            }
            None => lines.push("no language versions that names or folders tell".into()),
        }
        if !self.unread.is_empty() {
            lines.push(format!("not read as drafts{}", counted(&self.unread)));
        }
        lines
    }

    fn config(&self) -> String {
        let quoted = |items: Vec<&str>| items.iter().map(|item| format!("{item:?}")).collect::<Vec<_>>().join(", ");
        let mut text = String::from(
            "# What copydesk checks here. Every key is optional; `copydesk schema config` describes them all.\n\
             packs     = [\"builtin\"]\nregisters = [\"registers/*.toml\"]\nfail-on   = \"error\"\n",
        );
        text += &format!("\n[languages]\nsource    = {:?}\n", self.source());
        match self.pattern {
            Some(pattern) => {
                let tags = self.languages.keys().map(String::as_str).collect();
                text += &format!("published = [{}]\nsisters   = [{pattern:?}]\n", quoted(tags));
            }
            None => text += "# published = [\"en\", \"fr\"]   # what every release must exist in\n",
        }
        text + "\n[severity]\n# \"typography/*\" = \"off\"\n"
    }
}

/// “: a 3, b 2”.
fn counted(counts: &BTreeMap<String, usize>) -> String {
    let parts: Vec<_> = counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
    if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) }
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// The languages that a reading of paths finds, where at least two versions of something are found.
fn languages(paths: &[&str], read: fn(&str) -> Option<(String, String)>) -> BTreeMap<String, usize> {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (rest, tag) in paths.iter().filter_map(|path| read(path)) {
        versions.entry(rest).or_default().insert(tag);
    }
    let mut counts = BTreeMap::new();
    for tag in versions.into_values().filter(|tags| tags.len() > 1).flatten() {
        *counts.entry(tag).or_default() += 1;
    }
    counts
}

/// “news/a.fr.md” is “news/a.md” in French.
fn in_the_name(path: &str) -> Option<(String, String)> {
    let (stem, ending) = path.rsplit_once('.')?;
    let (rest, tag) = stem.rsplit_once('.')?;
    is_tag(tag).then(|| (format!("{rest}.{ending}"), tag.to_owned()))
}

/// “news/fr/a.md” is “news/*/a.md” in French.
fn in_the_folder(path: &str) -> Option<(String, String)> {
    let mut parts: Vec<&str> = path.split('/').collect();
    let last = parts.len().checked_sub(1)?;
    let at = parts[..last].iter().position(|part| is_tag(part))?;
    let tag = std::mem::replace(&mut parts[at], "*").to_owned();
    Some((parts.join("/"), tag))
}

/// Whether a name looks like a language tag: two letters, perhaps with a region.
fn is_tag(name: &str) -> bool {
    let (language, region) = name.split_once(['-', '_']).unwrap_or((name, "xx"));
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic());
    language.len() == 2
        && language.bytes().all(|byte| byte.is_ascii_lowercase())
        && (2..=4).contains(&region.len())
        && letters(region)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(paths: &[&str]) -> Survey {
        Survey::of_paths(&paths.iter().map(|&path| path.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn languages_are_told_by_names_or_by_folders() {
        let names = survey(&["a.en.md", "a.fr.md", "b.en.md", "b.fr-CA.md", "c.md", "LICENSE.md", "d.docx"]);
        assert_eq!(names.pattern, Some("{path}[.{lang}].{ext}"));
        assert_eq!(names.languages.keys().collect::<Vec<_>>(), ["en", "fr", "fr-CA"]);
        assert_eq!((names.drafts, names.source()), (5, "en"));
        let folders = survey(&["news/de/a.txt", "news/fr/a.txt", "news/de/b.txt", "news/fr/b.txt", "my/x.v2.txt"]);
        assert_eq!(folders.pattern, Some("{base}/{lang}/{path}"));
        assert_eq!(survey(&["a.md", "is/b.md"]).pattern, None);
    }

    #[test]
    fn what_is_written_is_a_sound_configuration() {
        for paths in [&["a.en.md", "a.fr.md"][..], &[]] {
            let text = survey(paths).config();
            let source = crate::source::Source::from_text("copydesk.toml", text.as_str());
            let (_, problems) = config::Config::read(&source, crate::source::SourceId(0));
            assert!(problems.is_empty(), "{text}\n{problems:?}");
        }
    }
}
