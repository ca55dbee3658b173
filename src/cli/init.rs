//! `copydesk init`: looks at a folder and writes what a project starts with. It says what it found and overwrites nothing.

use super::files::{self, File};
use super::{Console, Status, summary::plural, write};
use crate::config;
use crate::document::{self, ReadOptions};
use crate::release::sisters::Sisters;
use crate::source::{Source, SourceId, embedded};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

const REGISTER: &str = include_str!("init/register.toml");
const HOOK: &str = include_str!("init/pre-commit.yaml");
const WORKFLOW: &str = include_str!("init/workflow.yml");
const JOB: &str = include_str!("init/gitlab.yml");

/// How sister texts are named, the most usual first.
const NAMINGS: &[&str] = &[
    "{path}[.{lang}].{ext}",
    "{base}/{lang}/{path}",
    "{lang}/{path}",
    "{path}[_{lang}].{ext}",
    "{path}[-{lang}].{ext}",
];
/// Drafts that are read to tell their language, where nothing else does.
const READ: usize = 100;

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
    let mut wanted = vec![
        (config::FILE_NAME, found.config()),
        ("registers/register.toml", REGISTER.to_owned()),
        (".pre-commit-config.yaml", HOOK.to_owned()),
    ];
    let job = ".gitlab-ci.yml";
    let on_gitlab = folder.join(job).exists();
    if on_gitlab {
        wanted.push((job, JOB.to_owned()));
    }
    if !on_gitlab || folder.join(".github").exists() {
        wanted.push((".github/workflows/copydesk.yml", WORKFLOW.to_owned()));
    }
    let mut status = Status::Clean;
    for (name, content) in wanted {
        let path = folder.join(name);
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(|error| files::reason(&error));
        let line = match made.and_then(|()| write::replace(&path, content.as_bytes(), None)) {
            Ok(()) => format!("wrote {name}"),
            Err(_) if path.exists() && name == ".pre-commit-config.yaml" => {
                format!("{name} is there already; add to its repos:\n\n{}", entry(HOOK))
            }
            Err(_) if path.exists() && name == job => format!("{name} is there already; add to it:\n\n{JOB}"),
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
    /// Language versions by language, where names or folders tell one; of those that leave it out, by what they are written in.
    versions: BTreeMap<String, usize>,
    /// The pattern of names that tells languages.
    pattern: Option<&'static str>,
    /// The language of originals, where versions leave it out of their names.
    unnamed: Option<String>,
    /// Other drafts by the language that they are written in.
    read: BTreeMap<String, usize>,
    /// Formats that copydesk does not read yet.
    unread: BTreeMap<String, usize>,
}

/// What tells the language of a draft by its words, by its path.
type Words<'a> = &'a dyn Fn(&str) -> Option<String>;

impl Survey {
    fn of(folder: &Path) -> Self {
        let found = files::find(&[folder.to_owned()], 1);
        let below = |file: &File| file.path.strip_prefix(folder).map(files::shown).unwrap_or_default();
        let language = |path: &str| {
            let source = Source::from_bytes(path, files::read(&folder.join(path)).ok()?).ok()?;
            document::read(&source, SourceId(0), &ReadOptions::default()).into_iter().next()?.language.tag
        };
        Survey::of_paths(&found.files.iter().map(below).collect::<Vec<_>>(), &language)
    }

    fn of_paths(paths: &[String], language: Words<'_>) -> Self {
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
        let named = NAMINGS.iter().map(|pattern| (*pattern, versions(&drafts, pattern)));
        // Of patterns that tell as much the first is the usual one.
        let best = named.rev().max_by_key(|(_, found)| found.len()).filter(|(_, found)| !found.is_empty());
        let found = best.map(|(pattern, found)| {
            survey.pattern = Some(pattern);
            found
        });
        let found = found.unwrap_or_default();
        let others = drafts.iter().filter(|path| !found.contains_key(*path));
        let mut unnamed: BTreeMap<String, usize> = BTreeMap::new();
        let nameless = found.iter().filter(|(_, tag)| tag.is_none()).map(|(path, _)| *path);
        for tag in nameless.take(READ).filter_map(language) {
            *unnamed.entry(tag).or_default() += 1;
        }
        survey.unnamed = most(&unnamed);
        for tag in found.values().flatten().cloned().chain(unnamed.into_iter().flat_map(|(tag, n)| vec![tag; n])) {
            *survey.versions.entry(tag).or_default() += 1;
        }
        for tag in others.take(READ).filter_map(|path| language(path)) {
            *survey.read.entry(tag).or_default() += 1;
        }
        survey
    }

    /// The language of originals: the one that names leave out, else the one that most is in, English where there is as much of it.
    fn source(&self) -> String {
        let counted = || most(if self.versions.is_empty() { &self.read } else { &self.versions });
        self.unnamed.clone().or_else(counted).unwrap_or_else(|| "en".into())
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("found {}{}", plural(self.drafts, "draft"), counted(&self.endings))];
        lines.push(match self.pattern {
            Some(pattern) => {
                format!("language versions by {pattern}{}; originals in {}", counted(&self.versions), self.source())
            }
            None => "no language versions that names or folders tell".into(),
        });
        if !self.read.is_empty() {
            let others = if self.pattern.is_some() { "other drafts" } else { "drafts" };
            lines.push(format!("{others} by what they are written in{}", counted(&self.read)));
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
                let tags = self.versions.keys().map(String::as_str).collect();
                text += &format!("published = [{}]\nsisters   = [{pattern:?}]\n", quoted(tags));
            }
            None => {
                let mut tags: Vec<&str> = self.read.keys().map(String::as_str).collect();
                if tags.len() < 2 {
                    tags = vec!["en", "fr"];
                }
                text += &format!("# published = [{}]   # what every release must exist in\n", quoted(tags));
            }
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

/// The most frequent; English where it is as frequent.
fn most(counts: &BTreeMap<String, usize>) -> Option<String> {
    let most = counts.iter().max_by_key(|(tag, count)| (**count, *tag == "en"));
    most.map(|(tag, _)| tag.clone())
}

/// The drafts that a pattern takes for versions of something, where at least two languages of it are found, each once.
fn versions<'a>(drafts: &[&'a str], pattern: &str) -> BTreeMap<&'a str, Option<String>> {
    let tags: Vec<&str> = embedded::LANGUAGES.iter().map(|(tag, _)| *tag).collect();
    let (sisters, _) = Sisters::new(&[pattern], &tags, None);
    let mut found = BTreeMap::new();
    for group in sisters.group(drafts) {
        let group: Vec<_> =
            group.into_iter().filter_map(|at| Some((drafts[at], sisters.place(drafts[at])?.language))).collect();
        let languages: BTreeSet<_> = group.iter().map(|(_, language)| language).collect();
        if languages.len() > 1 && languages.len() == group.len() {
            found.extend(group);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(paths: &[&str]) -> Survey {
        let language = |path: &str| if path.contains("elle") { Some("fr".into()) } else { Some("en".into()) };
        Survey::of_paths(&paths.iter().map(|&path| path.to_owned()).collect::<Vec<_>>(), &language)
    }

    fn tags(survey: &Survey) -> Vec<&str> {
        survey.versions.keys().map(String::as_str).collect()
    }

    #[test]
    fn languages_are_told_by_names_or_by_folders() {
        let names = survey(&["a.en.md", "a.fr.md", "b.en.md", "b.fr-CA.md", "c.md", "LICENSE.md", "d.docx"]);
        assert_eq!(names.pattern, Some("{path}[.{lang}].{ext}"));
        assert_eq!((tags(&names), names.drafts, names.source().as_str()), (vec!["en", "fr", "fr-CA"], 5, "en"));
        let folders = survey(&["news/de/a.txt", "news/fr/a.txt", "news/de/b.txt", "news/fr/b.txt", "my/x.v2.txt"]);
        assert_eq!(folders.pattern, Some("{base}/{lang}/{path}"));
        assert_eq!(survey(&["de/a.txt", "fr/a.txt"]).pattern, Some("{lang}/{path}"));
        assert_eq!(survey(&["a_de.txt", "a_fr.txt"]).pattern, Some("{path}[_{lang}].{ext}"));
        assert_eq!(survey(&["a-b-de.html", "a-b-fr.html"]).pattern, Some("{path}[-{lang}].{ext}"));
        assert_eq!(survey(&["a.md", "is/b.md", "how-it-is.md", "what-it-is.md"]).pattern, None);
    }

    #[test]
    fn originals_that_leave_their_language_out_are_read() {
        let mixed = survey(&["elle.md", "elle.de.md", "elles.md", "elles.de.md", "x.md"]);
        assert_eq!((tags(&mixed), mixed.source().as_str()), (vec!["de", "fr"], "fr"));
        assert_eq!(mixed.read.get("en"), Some(&1));
        let alone = survey(&["elle.md", "elles.md", "x.md"]);
        assert_eq!((alone.pattern, alone.source().as_str()), (None, "fr"));
        assert!(alone.config().contains("# published = [\"en\", \"fr\"]"));
    }

    #[test]
    fn what_is_written_is_a_sound_configuration() {
        for paths in [&["a.en.md", "a.fr.md"][..], &["de/a.txt", "fr/a.txt"], &["a.md", "a-fr.md"], &[]] {
            let text = survey(paths).config();
            let source = crate::source::Source::from_text("copydesk.toml", text.as_str());
            let (_, problems) = config::Config::read(&source, crate::source::SourceId(0));
            assert!(problems.is_empty(), "{text}\n{problems:?}");
        }
    }
}
