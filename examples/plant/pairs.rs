//! The pairs that faults are planted in, and what copydesk says of one.

use copydesk::document::{self, Document, LanguageReason, ReadOptions};
use copydesk::engine::{Draft, Project, Selection, Settings};
use copydesk::report::Finding;
use copydesk::source::{Source, SourceId};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// A text in a language.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its file.
    pub path: String,
    /// Its language tag.
    pub language: String,
    /// What it says.
    pub text: String,
}

/// An original and its translation, which is taken to be sound.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The original.
    pub original: Version,
    /// Its translation, in which faults are planted.
    pub translation: Version,
}

/// Pairs, and the register that holds for them.
pub struct Pairs {
    /// Every pair, in the order of the paths.
    pub list: Vec<Pair>,
    /// The rules of parity that are on.
    pub project: Project,
}

/// The pairs in a folder: a folder a language with files of the same names, or files that are named `name.LANGUAGE.md`.
pub fn read(folder: &Path, original: &str) -> Result<Pairs, Box<dyn Error>> {
    let mut groups: BTreeMap<String, BTreeMap<String, Version>> = BTreeMap::new();
    let mut entries: Vec<_> = fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            let language = name(&path);
            for file in fs::read_dir(&path)?.flatten().map(|entry| entry.path()).filter(|path| path.is_file()) {
                add(&mut groups, name(&file), &language, &file)?;
            }
        } else if let [stem, language, "md" | "txt"] = name(&path).split('.').collect::<Vec<_>>().as_slice() {
            add(&mut groups, (*stem).to_owned(), language, &path)?;
        }
    }
    let mut list = Vec::new();
    for mut versions in groups.into_values() {
        let Some(original) = versions.remove(original) else { continue };
        list.extend(versions.into_values().map(|translation| Pair { original: original.clone(), translation }));
    }
    let register = [folder, folder.parent().unwrap_or(folder)].map(|folder| folder.join("register.toml"));
    let register = register.iter().find_map(|path| fs::read_to_string(path).ok());
    Ok(Pairs { list, project: project(register.as_deref()) })
}

fn add(
    groups: &mut BTreeMap<String, BTreeMap<String, Version>>,
    name: String,
    language: &str,
    path: &Path,
) -> Result<(), Box<dyn Error>> {
    let text = String::from_utf8(fs::read(path)?)?;
    let version = Version { path: path.to_string_lossy().into_owned(), language: language.to_owned(), text };
    groups.entry(name).or_default().insert(language.to_owned(), version);
    Ok(())
}

fn project(register: Option<&str>) -> Project {
    let mut settings = Settings::default();
    settings.add_builtin();
    settings.selection = Selection { only: vec!["parity/*".into(), "titles/held".into()], skip: Vec::new() };
    if let Some(register) = register {
        settings.add_register(Source::from_text("register.toml", register));
    }
    Project::new(settings).0
}

impl Version {
    fn draft(&self) -> Draft {
        Draft {
            source: Arc::new(Source::from_text(self.path.as_str(), self.text.as_str())),
            options: self.options(),
            below: self.path.clone(),
        }
    }

    fn options(&self) -> ReadOptions {
        ReadOptions { language: vec![(self.language.clone(), LanguageReason::Path)], ..ReadOptions::default() }
    }

    /// The first release in it.
    pub fn document(&self) -> Option<Document> {
        let source = Source::from_text(self.path.as_str(), self.text.as_str());
        document::read(&source, SourceId(0), &self.options()).into_iter().next()
    }
}

impl Pairs {
    /// The titles that the register has for persons in a language.
    pub fn titles(&self, language: &str) -> Vec<String> {
        let view = self.project.view("");
        let details = view.register.entries().iter().filter_map(|entry| entry.details.as_ref());
        let roles = details.flat_map(|details| &details.roles);
        roles.filter_map(|role| Some(role.titles_in(Some(language)).next()?.text.to_string())).collect()
    }

    /// What copydesk says of a pair.
    pub fn check(&self, pair: &Pair) -> Vec<Finding> {
        self.project.check(&[pair.original.draft(), pair.translation.draft()]).findings
    }
}
