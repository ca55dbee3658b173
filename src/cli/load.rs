//! A project's settings read from disk: copydesk.toml, the packs, profiles and registers it names, and what the command line
//! adds. Files that lie outside the repository are not opened: a configuration may come from anyone who sends a pull request.

use super::dictionaries::Dictionaries;
use super::discover::Home;
use super::files::{self, absolute, shown};
use crate::config::{self, Config, FailOn, FilesTable, Layer, Reference};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::{Part, Project, Selection, Settings};
use crate::release::sisters::{self, Sisters};
use crate::report::{Finding, Problem};
use crate::rule::Stage;
use crate::source::{Source, SourceId, SourceSet, Span, embedded};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use globset::GlobBuilder;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the command line says about rules.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Choices {
    /// Run only these rules (ids, or patterns such as dates/*); a rule named by its exact id runs even when it is off
    #[arg(long, value_name = "RULE", help_heading = "Rules")]
    pub only: Vec<String>,
    /// Leave these rules out
    #[arg(long, value_name = "RULE", help_heading = "Rules")]
    pub skip: Vec<String>,
    /// Follow a house style, beside those that copydesk.toml names
    #[arg(long, value_name = "NAME", help_heading = "Rules")]
    pub profile: Vec<String>,
    /// Use this configuration instead of the nearest copydesk.toml
    #[arg(long, value_name = "FILE", help_heading = "Rules")]
    pub config: Option<PathBuf>,
    /// How far the texts have come, where they do not say
    #[arg(long, value_name = "STAGE", value_parser = stages(), help_heading = "Rules")]
    pub stage: Option<Stage>,
    /// What only pages show of the builtin rules is wanted too
    #[arg(skip)]
    pub pages: bool,
}

fn stages() -> impl TypedValueParser<Value = Stage> {
    PossibleValuesParser::new(["draft", "final"]).map(|name| if name == "draft" { Stage::Draft } else { Stage::Final })
}

/// A project ready to run.
pub(super) struct Loaded {
    pub project: Project,
    pub config: Config,
    /// How paths tell languages.
    pub sisters: Sisters,
    /// Mistakes in its files, underlined in them; the work cannot be done as it was meant.
    pub mistakes: Vec<Finding>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// Which findings fail the run, as copydesk.toml has it.
    pub fail_on: Option<FailOn>,
    /// Where its files lie: configuration, packs, profiles and registers.
    pub read: Vec<PathBuf>,
    /// What its rules read beside the texts.
    pub resources: Arc<Dictionaries>,
}

/// Reads the project at `home`.
pub(super) fn load(home: &Home, choices: &Choices) -> Loaded {
    let resources = Arc::new(Dictionaries::new(home));
    let settings = Settings { resources: resources.clone(), pages: choices.pages, ..Settings::default() };
    let mut loader = Loader { home, settings, mistakes: Vec::new(), problems: Vec::new(), read: Vec::new() };
    let config = loader.config(choices.config.is_some());
    loader.packs(&config);
    loader.profiles(&config, &choices.profile);
    loader.settings.registers = loader.registers(&config, &config.registers);
    let sisters = loader.sisters(&config);
    let parts = config.files.iter().map(|table| loader.part(&config, table)).collect();
    let layer = &config.layer;
    let settings = &mut loader.settings;
    settings.enable = layer.enable.clone();
    settings.severity = layer.severity.iter().map(|(name, severity, _)| (name.clone(), *severity)).collect();
    settings.options = layer.options.clone();
    settings.parts = parts;
    settings.selection = Selection { only: choices.only.clone(), skip: choices.skip.clone() };
    settings.stage = choices.stage.unwrap_or_default();
    settings.published = config.languages.published.clone();
    let sources = loader.settings.sources.clone();
    let (project, mistakes) = Project::new(loader.settings);
    loader.mistakes.extend(mistakes);
    let view = project.view("");
    let rules = &view.rules;
    loader.mistakes.extend(layer.severity.iter().filter_map(|(name, _, place)| rules.unknown(name, *place)));
    for name in choices.only.iter().chain(&choices.skip) {
        // The place is never shown: a mistake on the command line has none.
        let place = Span::new(SourceId(0), 0..0);
        loader.problems.extend(rules.unknown(name, place).map(|unknown| Problem {
            path: None,
            message: [Some(unknown.message), unknown.help].into_iter().flatten().collect::<Vec<_>>().join("; "),
        }));
    }
    let mistakes = resolve(loader.mistakes, &sources);
    let Loader { problems, read, .. } = loader;
    Loaded { project, fail_on: config.fail_on, config, sisters, mistakes, problems, read, resources }
}

/// Reads packs by their paths, beside the builtin ones, whatever copydesk.toml says.
pub(super) fn load_packs(home: &Home, packs: &[PathBuf]) -> Loaded {
    let resources = Arc::new(Dictionaries::new(home));
    let settings = Settings { resources: resources.clone(), ..Settings::default() };
    let mut loader = Loader { home, settings, mistakes: Vec::new(), problems: Vec::new(), read: Vec::new() };
    let config = Config::default();
    loader.packs(&config);
    for path in packs {
        if let Some(source) = loader.read(path) {
            let mistakes = loader.settings.add_pack(source);
            loader.mistakes.extend(mistakes);
        }
    }
    let sisters = loader.sisters(&config);
    let sources = loader.settings.sources.clone();
    let (project, mistakes) = Project::new(loader.settings);
    loader.mistakes.extend(mistakes);
    let mistakes = resolve(loader.mistakes, &sources);
    let Loader { problems, read, .. } = loader;
    Loaded { project, fail_on: None, config, sisters, mistakes, problems, read, resources }
}

/// The registers of a project, unread.
pub(super) struct Registers {
    pub sources: SourceSet,
    /// Those that hold together: for the whole project first, then for each part of its tree that has more.
    pub sets: Vec<Vec<SourceId>>,
    /// Those that were asked for by their paths.
    pub named: Vec<SourceId>,
    pub mistakes: Vec<Finding>,
    pub problems: Vec<Problem>,
}

/// The registers that copydesk.toml names, and those at `paths` beside them.
pub(super) fn load_registers(home: &Home, paths: &[PathBuf]) -> Registers {
    let mut loader =
        Loader { home, settings: Settings::default(), mistakes: Vec::new(), problems: Vec::new(), read: Vec::new() };
    let config = loader.config(false);
    let mut project = loader.registers(&config, &config.registers);
    let mut named = Vec::new();
    for path in paths {
        named.extend(loader.once(&shown(&relative_to_here(path)), |loader| loader.read_register(path)));
    }
    let parts: Vec<_> = config.files.iter().map(|table| loader.registers(&config, &table.registers)).collect();
    let of_parts = |id: &SourceId| parts.iter().any(|part| part.contains(id));
    project.extend(named.iter().filter(|id| !of_parts(id)));
    let mut sets: Vec<Vec<SourceId>> = Vec::new();
    for part in std::iter::once(&Vec::new()).chain(parts.iter().filter(|part| !part.is_empty())) {
        let mut set = project.clone();
        set.extend(part);
        let mut seen = std::collections::HashSet::new();
        set.retain(|id| seen.insert(*id));
        if !set.is_empty() && !sets.contains(&set) {
            sets.push(set);
        }
    }
    let mistakes = resolve(loader.mistakes, &loader.settings.sources);
    Registers { sources: loader.settings.sources, sets, named, mistakes, problems: loader.problems }
}

pub(super) fn resolve(mistakes: Vec<Diagnostic>, sources: &SourceSet) -> Vec<Finding> {
    let mut found: Vec<_> = mistakes.iter().map(|mistake| Finding::resolve(mistake, sources, "")).collect();
    Finding::sort(&mut found);
    found.dedup();
    found
}

struct Loader<'a> {
    home: &'a Home,
    settings: Settings,
    mistakes: Vec<Diagnostic>,
    problems: Vec<Problem>,
    /// Files that were opened.
    read: Vec<PathBuf>,
}

impl Loader<'_> {
    /// The configuration; one that was asked for may be a link to anywhere.
    fn config(&mut self, asked: bool) -> Config {
        let Some(path) = &self.home.config else { return Config::default() };
        if !asked && !self.home.may_open(path) {
            self.problems.push(Problem::with(shown(&relative_to_here(path)), files::LEADS_OUT));
            return Config::default();
        }
        let Some(source) = self.read(path) else { return Config::default() };
        let id = self.settings.sources.add(source);
        let (config, mistakes) = Config::read(self.settings.sources.get(id), id);
        self.mistakes.extend(mistakes);
        config
    }

    fn packs(&mut self, config: &Config) {
        let Some(packs) = &config.packs else {
            let mistakes = self.settings.add_builtin();
            return self.mistakes.extend(mistakes);
        };
        for pack in packs {
            if pack.name == "builtin" {
                let mistakes = self.settings.add_builtin();
                self.mistakes.extend(mistakes);
                continue;
            }
            let paths = self.expand(config, pack);
            if paths.is_empty() && meant_builtin(pack) {
                // Without the builtin rules every profile would be full of mistakes that are none.
                self.settings.add_builtin();
            }
            for path in paths {
                if let Some(source) = self.read(&path) {
                    let mistakes = self.settings.add_pack(source);
                    self.mistakes.extend(mistakes);
                }
            }
        }
    }

    /// House profiles: builtin ones by name, a project's own by path; those of the command line come last.
    fn profiles(&mut self, config: &Config, more: &[String]) {
        let more = more.iter().map(|name| (Reference { name: name.clone(), range: 0..0 }, false));
        for (profile, written) in config.profiles.iter().map(|p| (p.clone(), true)).chain(more) {
            for source in self.profile(config, &profile, written) {
                let mistakes = self.settings.add_pack(source);
                self.mistakes.extend(mistakes);
            }
        }
    }

    /// The sources of a profile; `written` where copydesk.toml names it.
    fn profile(&mut self, config: &Config, profile: &Reference, written: bool) -> Vec<Source> {
        if let Some((name, text)) = embedded::PROFILES.iter().find(|(name, _)| *name == profile.name) {
            return vec![Source::from_text(format!("builtin/profiles/{name}.toml"), *text)];
        }
        if profile.name.ends_with(".toml") && written {
            return self.expand(config, profile).iter().filter_map(|path| self.read(path)).collect();
        }
        self.unknown_profile(config, profile, written);
        Vec::new()
    }

    /// Registers: builtin ones by name, a project's own by path or pattern. One that was read before is not read again.
    fn registers(&mut self, config: &Config, references: &[Reference]) -> Vec<SourceId> {
        let mut ids = Vec::new();
        for reference in references {
            let Some(builtin) = reference.name.strip_prefix("builtin/") else {
                for path in self.expand(config, reference) {
                    ids.extend(self.once(&shown(&relative_to_here(&path)), |loader| loader.read_register(&path)));
                }
                continue;
            };
            match embedded::REGISTERS.iter().find(|(name, _)| *name == builtin) {
                Some((name, text)) => {
                    let path = format!("builtin/registers/{name}.toml");
                    ids.extend(self.once(&path, |_| Some(Source::from_text(path.clone(), *text))));
                }
                None => self.unknown_register(config, reference),
            }
        }
        ids
    }

    /// The source with this path, read where it was not yet.
    fn once(&mut self, path: &str, read: impl FnOnce(&mut Self) -> Option<Source>) -> Option<SourceId> {
        if let Some((id, _)) = self.settings.sources.iter().find(|(_, source)| source.path() == path) {
            return Some(id);
        }
        let source = read(self)?;
        Some(self.settings.sources.add(source))
    }

    fn unknown_register(&mut self, config: &Config, reference: &Reference) {
        let names = || embedded::REGISTERS.iter().map(|(name, _)| format!("builtin/{name}"));
        let Some(id) = config.source else { return };
        let mut unknown = mistake(id, reference, format!("no register is called “{}”", reference.name));
        let all = names().collect::<Vec<_>>();
        let near = crate::settings::suggest(&reference.name, all.iter().map(String::as_str));
        unknown.help = match near {
            Some(near) => Some(format!("did you mean “{near}”?")),
            None if all.is_empty() => None,
            None => Some(format!("one of: {}", all.join(", "))),
        };
        self.mistakes.push(unknown);
    }

    /// What holds for part of the tree. A profile there brings what it says about rules, and no rules of its own.
    fn part(&mut self, config: &Config, table: &FilesTable) -> Part {
        let mut layers = Vec::new();
        for profile in &table.profiles {
            for source in self.profile(config, profile, true) {
                let id = self.settings.sources.add(source);
                let (pack, mistakes) = self.settings.read_pack(id);
                self.mistakes.extend(mistakes);
                layers.push(Layer { enable: pack.enable, severity: pack.severity, options: pack.options });
            }
        }
        layers.push(table.layer.clone());
        let registers = self.registers(config, &table.registers);
        Part { paths: table.paths.clone(), stage: table.stage, registers, layers }
    }

    /// Without patterns of its own a project has the default ones; the languages that count are those published and those that
    /// copydesk has data for.
    fn sisters(&mut self, config: &Config) -> Sisters {
        let languages = &config.languages;
        let written: Vec<&str> = languages.sisters.iter().map(|pattern| pattern.name.as_str()).collect();
        let patterns = if written.is_empty() { sisters::DEFAULT } else { &written };
        let mut tags: Vec<&str> = languages.published.iter().chain(&languages.source).map(String::as_str).collect();
        if languages.published.is_empty() {
            tags.extend(embedded::LANGUAGES.iter().map(|(tag, _)| *tag));
        }
        let source = languages.source.as_deref().or(Some("en"));
        let (sisters, mistakes) = Sisters::new(patterns, &tags, source);
        for (index, why) in mistakes {
            if let Some((id, pattern)) = config.source.zip(languages.sisters.get(index)) {
                self.mistakes.push(mistake(id, pattern, format!("not a pattern of sister files: {why}")));
            }
        }
        sisters
    }

    fn unknown_profile(&mut self, config: &Config, profile: &Reference, written: bool) {
        let names = || embedded::PROFILES.iter().map(|(name, _)| *name);
        let message = format!("no profile is called “{}”", profile.name);
        let help = match crate::settings::suggest(&profile.name, names()) {
            Some(near) => format!("did you mean “{near}”?"),
            None if names().next().is_none() => {
                "a profile of the project is named by its path, such as house/ours.toml".into()
            }
            None => format!("one of: {}", names().collect::<Vec<_>>().join(", ")),
        };
        match config.source.filter(|_| written) {
            Some(id) => self.mistakes.push(mistake(id, profile, message).help(help)),
            None => self.problems.push(Problem { path: None, message: format!("{message}; {help}") }),
        }
    }

    /// The files that a reference means, in the order of their names.
    fn expand(&mut self, config: &Config, reference: &Reference) -> Vec<PathBuf> {
        let Some((id, path)) = config.source.zip(self.home.config.as_ref()) else { return Vec::new() };
        let folder = path.parent().unwrap_or(Path::new("."));
        let (base, pattern) = split_pattern(&reference.name);
        if !self.home.may_open(&folder.join(base)) {
            self.outside(id, reference);
            return Vec::new();
        }
        let found = if pattern.is_empty() {
            Some(folder.join(base)).filter(|path| path.is_file()).into_iter().collect()
        } else {
            matching(&folder.join(base), pattern)
        };
        if found.is_empty() {
            let mut missing = mistake(id, reference, "there is no such file".into());
            missing.help = meant_builtin(reference).then(|| "did you mean “builtin”?".to_owned());
            self.mistakes.push(missing);
        }
        let (inside, outside): (Vec<_>, Vec<_>) = found.into_iter().partition(|path| self.home.may_open(path));
        if !outside.is_empty() {
            self.outside(id, reference);
        }
        inside
    }

    fn outside(&mut self, id: SourceId, reference: &Reference) {
        let message = format!("“{}” lies outside the repository and is not opened", reference.name);
        self.mistakes.push(mistake(id, reference, message).help("copy it into the repository"));
    }

    fn read(&mut self, path: &Path) -> Option<Source> {
        self.read_within(path, files::LARGEST_RULES)
    }

    fn read_register(&mut self, path: &Path) -> Option<Source> {
        self.read_within(path, files::LARGEST_REGISTER)
    }

    fn read_within(&mut self, path: &Path, most: u64) -> Option<Source> {
        let name = shown(&relative_to_here(path));
        self.read.push(path.to_owned());
        let source = files::read_settings(path, most)
            .and_then(|bytes| Source::from_bytes(name.clone(), bytes).map_err(|error| error.to_string()));
        match source {
            Ok(source) => Some(source),
            Err(message) => {
                self.problems.push(Problem::with(name, message));
                None
            }
        }
    }
}

/// Whether a name that no file has is nearly that of the builtin packs.
fn meant_builtin(reference: &Reference) -> bool {
    crate::settings::suggest(&reference.name, ["builtin"]).is_some()
}

fn mistake(id: SourceId, reference: &Reference, message: String) -> Diagnostic {
    Diagnostic::new(config::INVALID, Severity::Error, message, Span::new(id, reference.range.clone()))
}

/// The folders that a reference begins with, and the pattern below them; the whole path where it holds no pattern.
fn split_pattern(name: &str) -> (&str, &str) {
    let Some(star) = name.find(['*', '?', '[', '{']) else { return (name, "") };
    let cut = name.get(..star).and_then(|before| before.rfind('/')).map_or(0, |slash| slash + 1);
    name.split_at(cut)
}

/// The files below a folder that a pattern means, in the order of their names.
fn matching(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let Ok(glob) = GlobBuilder::new(pattern).literal_separator(true).build() else { return Vec::new() };
    let glob = glob.compile_matcher();
    let files = ignore::WalkBuilder::new(folder).standard_filters(false).max_depth(Some(8)).build();
    let files = files.flatten().filter(|entry| entry.file_type().is_some_and(|kind| !kind.is_dir()));
    let mut found: Vec<_> = files.map(ignore::DirEntry::into_path).collect();
    found.retain(|path| path.strip_prefix(folder).is_ok_and(|below| glob.is_match(below)));
    found.sort();
    found
}

/// A path as seen from the current folder, where it lies below it.
pub(super) fn relative_to_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let absolute = absolute(path);
    absolute.strip_prefix(here).map_or_else(|_| path.to_owned(), Path::to_owned)
}
