//! What the settings say, made ready to run: the rules in force for a path with their severities, and one matcher a language.

use crate::config::{Layer, PathPatterns};
use crate::diagnostic::{Diagnostic, Severity};
use crate::register::Register;
use crate::rule::matcher::Matcher;
use crate::rule::{NoResources, Override, Pack, Resources, Rule, RuleSet, Stage, decide, matches};
use crate::settings::Table;
use crate::source::{Source, SourceId, SourceSet, Span, embedded};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The settings of a project as they were read. Later entries of a list hold over earlier ones.
pub struct Settings {
    /// The sources of packs, registers and configuration: labels point into them.
    pub sources: SourceSet,
    /// Packs and profiles, in order.
    pub packs: Vec<Pack>,
    /// Registers that hold for every file.
    pub registers: Vec<SourceId>,
    /// Rules switched on by exact id.
    pub enable: Vec<(String, Span)>,
    /// Severities by id or glob, which hold over those of packs and profiles.
    pub severity: Vec<Override>,
    /// Options by rule id.
    pub options: Vec<(String, Table, Span)>,
    /// What holds for part of the tree, over the rest; of two parts that hold, the later one.
    pub parts: Vec<Part>,
    /// Which of the rules in force are wanted this time.
    pub selection: Selection,
    /// How far the texts have come, where they do not say.
    pub stage: Stage,
    /// The languages that every release must exist in.
    pub published: Vec<String>,
    /// What rules may need that is no TOML.
    pub resources: Arc<dyn Resources>,
    /// The builtin rules are read with what only their pages show.
    pub pages: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            sources: SourceSet::new(),
            packs: Vec::new(),
            registers: Vec::new(),
            enable: Vec::new(),
            severity: Vec::new(),
            options: Vec::new(),
            parts: Vec::new(),
            selection: Selection::default(),
            stage: Stage::default(),
            published: Vec::new(),
            resources: Arc::new(NoResources),
            pages: true,
        }
    }
}

/// Part of a project's tree.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// The files it is about.
    pub paths: PathPatterns,
    /// How far they have come, where the part says so.
    pub stage: Option<Stage>,
    /// Registers for them, beside those of the project.
    pub registers: Vec<SourceId>,
    /// What it says about rules, its profiles first.
    pub layers: Vec<Layer>,
}

/// The rules that one run is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Ids or globs; empty for all. A rule named by its exact id runs even when it is off.
    pub only: Vec<String>,
    /// Ids or globs that are left out.
    pub skip: Vec<String>,
}

impl Selection {
    fn wants(&self, rule: &Rule) -> bool {
        let named = |globs: &[String]| globs.iter().any(|glob| matches(glob, &rule.id));
        let asked_for = rule.enabled || self.only.contains(&rule.id);
        asked_for && (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
    }
}

/// A project made ready.
pub struct Project {
    base: Base,
    /// Views by the parts that hold; made on first use.
    views: Mutex<HashMap<Vec<usize>, Arc<View>>>,
}

/// What all views of a project are made from.
struct Base {
    sources: SourceSet,
    rules: RuleSet,
    registers: Vec<SourceId>,
    /// What they hold; parts with registers of their own read all of theirs together.
    register: Arc<Register>,
    severity: Vec<Override>,
    parts: Vec<Part>,
    selection: Selection,
    stage: Stage,
    published: Vec<String>,
    resources: Arc<dyn Resources>,
}

/// The rules in force for some paths of a project.
pub struct View {
    /// Sources of the settings.
    pub sources: SourceSet,
    /// Every rule, on or off.
    pub rules: RuleSet,
    /// What the office knows.
    pub register: Arc<Register>,
    /// How far the texts have come, where they do not say.
    pub stage: Stage,
    /// Severities of the project and of the parts that hold; the last one that names a rule counts.
    severities: Vec<Vec<Override>>,
    /// Index of each rule in force, and its severity.
    active: Vec<(usize, Severity)>,
    compiled: Mutex<HashMap<Option<String>, Arc<Compiled>>>,
}

/// The rules in force for one language, with the automaton that matches all their patterns at once.
pub(super) struct Compiled {
    /// Index of each rule, and its severity.
    pub rules: Vec<(usize, Severity)>,
    matcher: OnceLock<Matcher>,
}

impl Project {
    /// Makes settings ready. Names that mean nothing come back as diagnostics; the rest holds.
    pub fn new(settings: Settings) -> (Project, Vec<Diagnostic>) {
        let (mut rules, mut problems) = RuleSet::new(settings.packs);
        let whole = Layer { enable: settings.enable, severity: Vec::new(), options: settings.options };
        problems.extend(lay(&mut rules, &whole));
        for layer in settings.parts.iter().flat_map(|part| &part.layers) {
            problems.extend(lay(&mut rules.clone(), layer));
            problems.extend(layer.severity.iter().filter_map(|(name, _, place)| rules.unknown(name, *place)));
        }
        let sources = settings.sources;
        let resources = settings.resources.as_ref();
        let (register, mistakes) = read_registers(&sources, &settings.registers, resources);
        problems.extend(mistakes);
        for part in settings.parts.iter().filter(|part| !part.registers.is_empty()) {
            problems.extend(read_registers(&sources, &together(&settings.registers, &part.registers), resources).1);
        }
        let base = Base {
            sources,
            rules,
            registers: settings.registers,
            register: Arc::new(register),
            severity: settings.severity,
            parts: settings.parts,
            selection: settings.selection,
            stage: settings.stage,
            published: settings.published,
            resources: settings.resources,
        };
        (Project { base, views: Mutex::default() }, problems)
    }

    /// A project of the builtin packs alone.
    pub fn builtin() -> Project {
        let mut settings = Settings::default();
        settings.add_builtin();
        Project::new(settings).0
    }

    /// The languages that every release must exist in.
    pub(super) fn published(&self) -> &[String] {
        &self.base.published
    }

    /// The rules in force for a path, as it lies below the project's root; what holds for the whole tree where it is empty.
    pub fn view(&self, path: &str) -> Arc<View> {
        let parts = self.base.parts.iter().enumerate().filter(|(_, part)| part.paths.matches(path));
        let parts: Vec<usize> = parts.map(|(index, _)| index).collect();
        let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        views.entry(parts).or_insert_with_key(|parts| Arc::new(View::new(&self.base, parts))).clone()
    }
}

fn read_registers(sources: &SourceSet, ids: &[SourceId], resources: &dyn Resources) -> (Register, Vec<Diagnostic>) {
    let all: Vec<_> = ids.iter().map(|&id| (id, sources.get(id))).collect();
    match resources.registers() {
        Some(store) => Register::read_kept(&all, store),
        None => Register::read(all),
    }
}

/// Registers that hold together, each once, in their order.
fn together<'a>(project: &[SourceId], more: impl IntoIterator<Item = &'a SourceId>) -> Vec<SourceId> {
    let mut all = project.to_vec();
    for id in more {
        if !all.contains(id) {
            all.push(*id);
        }
    }
    all
}

/// Lays what a layer switches on and its options over rules; mistakes come back.
fn lay(rules: &mut RuleSet, layer: &Layer) -> Vec<Diagnostic> {
    let enabled = layer.enable.iter().filter_map(|(id, place)| rules.enable(id, *place).err());
    let mut problems: Vec<_> = enabled.collect();
    problems.extend(layer.options.iter().flat_map(|(id, options, place)| rules.configure(id, options, *place)));
    problems
}

impl Settings {
    /// Adds the builtin packs, with what only their pages show where the settings ask for it. A mistake in one is a bug that the tests
    /// find, so none is expected here.
    pub fn add_builtin(&mut self) -> Vec<Diagnostic> {
        let packs = embedded::PACKS.iter().zip(embedded::STORED_PACKS);
        let ids: Vec<_> = packs
            .map(|((name, text), stored)| {
                (self.sources.add(Source::embedded(format!("builtin/{name}.toml"), text)), stored)
            })
            .collect();
        let kinds = crate::kinds::all();
        // On all cores, for a short run does little else.
        let read = |&(id, stored): &(SourceId, &&[u8])| match self.pages {
            true => Pack::read(self.sources.get(id), id, &kinds, &self.resources),
            false => Pack::stored(stored, id, &kinds, &self.resources),
        };
        let (packs, problems): (Vec<Pack>, Vec<_>) = ids.par_iter().map(read).unzip();
        self.packs.extend(packs);
        problems.concat()
    }

    /// Adds a pack from its source; its mistakes come back, the rest of it holds.
    pub fn add_pack(&mut self, source: Source) -> Vec<Diagnostic> {
        let id = self.sources.add(source);
        let (pack, problems) = self.read_pack(id);
        self.packs.push(pack);
        problems
    }

    /// Adds a register that holds for every file; [`Project::new`] reads it and says its mistakes.
    pub fn add_register(&mut self, source: Source) {
        let id = self.sources.add(source);
        self.registers.push(id);
    }

    /// Reads one of the sources as a pack, and does not add it.
    pub fn read_pack(&self, id: SourceId) -> (Pack, Vec<Diagnostic>) {
        Pack::read(self.sources.get(id), id, &crate::kinds::all(), &self.resources)
    }
}

/// What the last of several lists of severities that names a rule says of it.
fn last_word(severities: &[Vec<Override>], id: &str) -> Option<Option<Severity>> {
    severities.iter().rev().find_map(|overrides| decide(overrides, id))
}

impl View {
    /// The view of files for which these parts hold. Mistakes in them were said when the project was made ready.
    fn new(base: &Base, parts: &[usize]) -> View {
        let parts: Vec<&Part> = parts.iter().filter_map(|&index| base.parts.get(index)).collect();
        let mut rules = base.rules.clone();
        let mut severities = vec![base.severity.clone()];
        for layer in parts.iter().flat_map(|part| &part.layers) {
            lay(&mut rules, layer);
            severities.push(layer.severity.iter().map(|(name, severity, _)| (name.clone(), *severity)).collect());
        }
        let own = parts.iter().flat_map(|part| &part.registers);
        let all = together(&base.registers, own);
        let register = if all.len() == base.registers.len() {
            base.register.clone()
        } else {
            Arc::new(read_registers(&base.sources, &all, base.resources.as_ref()).0)
        };
        let stage = parts.iter().rev().find_map(|part| part.stage).unwrap_or(base.stage);
        let severity = |rule: &Rule| last_word(&severities, &rule.id).unwrap_or_else(|| rules.severity(rule));
        let wanted = rules.rules().iter().enumerate().filter(|(_, rule)| base.selection.wants(rule));
        let active = wanted.filter_map(|(index, rule)| Some((index, severity(rule)?))).collect();
        View { severities, sources: base.sources.clone(), rules, register, stage, active, compiled: Mutex::default() }
    }

    /// Findings of [`crate::rule::OWN_RULES`] with the severity that the configuration gives them; those it switches off go.
    pub fn own(&self, findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let decided = findings.into_iter().filter_map(|mut finding| {
            finding.severity = last_word(&self.severities, &finding.rule).unwrap_or(Some(finding.severity))?;
            Some(finding)
        });
        decided.collect()
    }

    /// Whether a rule is in force.
    pub fn runs(&self, id: &str) -> bool {
        self.active().any(|(rule, _)| rule.id == id)
    }

    /// Every rule in force with its severity, in the order of the packs.
    pub fn active(&self) -> impl Iterator<Item = (&Rule, Severity)> {
        self.active.iter().map(|&(index, severity)| (&*self.rules.rules()[index], severity))
    }

    /// The rules in force for texts in a language; made ready once.
    pub(super) fn compiled(&self, language: Option<&str>) -> Arc<Compiled> {
        let key = language.map(str::to_lowercase);
        let mut cache = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let compile = || {
            let speaks = |&&(index, _): &&(usize, Severity)| self.rules.rules()[index].speaks(language);
            Arc::new(Compiled { rules: self.active.iter().filter(speaks).copied().collect(), matcher: OnceLock::new() })
        };
        cache.entry(key).or_insert_with(compile).clone()
    }
}

impl Compiled {
    /// The automaton over the patterns of all these rules, numbered by their place in [`Compiled::rules`].
    pub fn matcher(&self, rules: &RuleSet) -> &Matcher {
        if let Some(matcher) = self.matcher.get() {
            return matcher;
        }
        let patterns = self.rules.iter().enumerate().flat_map(|(slot, &(index, _))| {
            rules.rules()[index].check.patterns().iter().map(move |pattern| (slot, pattern))
        });
        // Made outside the lock: it is made on all cores, and a core that waits for its share may come here with another draft.
        let matcher = Matcher::new(patterns);
        self.matcher.get_or_init(|| matcher)
    }
}
