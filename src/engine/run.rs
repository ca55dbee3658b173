//! The drafts of one release through the rules: read, match, check, order, resolve.

use super::pairs::{pairs, releases};
use super::project::{Project, View};
use super::stet;
use crate::diagnostic::{Diagnostic, Severity, fingerprints};
use crate::document::{self, Document};
use crate::report::{Finding, ReleaseSummary};
use crate::rule::{Findings, Hit, Kept, Noted, OWN_RULES, Pair, Reading, Rule, Stage, Versions};
use crate::source::{Source, SourceId, SourceSet, Span};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A draft as it comes in.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its text, with its path.
    pub source: Arc<Source>,
    /// What is known of it before it is read.
    pub options: document::ReadOptions,
    /// Its path below the project's root, by which the settings know it.
    pub below: String,
}

/// What came of the drafts of one release.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Every finding, in the order of path, place and rule.
    pub findings: Vec<Finding>,
    /// The releases that were read, in the order of path and place.
    pub releases: Vec<ReleaseSummary>,
    /// Original and translation of each pair compared.
    pub pairs: Vec<[String; 2]>,
    /// What project-wide rules keep.
    pub notes: Vec<Note>,
    /// Findings that a stet silenced.
    pub stood: usize,
}

/// What came of the drafts of one release, before its places are worked out in the texts: little, so that it can be kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// Every finding, in the order of path, place and rule.
    found: Vec<Diagnostic>,
    releases: Vec<ReleaseSummary>,
    pairs: Vec<[String; 2]>,
    notes: Vec<Note>,
    stood: usize,
}

/// What a project-wide rule keeps of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The rule's id.
    pub rule: String,
    /// The draft, as reports name it.
    pub path: String,
    /// Its path below the project's root.
    pub below: String,
    /// What it keeps.
    pub noted: Vec<Noted>,
}

/// What the project-wide rules keep of all documents of a run.
#[derive(Debug, Clone, Default)]
pub struct Notes {
    /// The drafts, as they came; what is kept names them by their place here.
    paths: Vec<String>,
    /// By the rule's id, with the first draft that it kept something of, by which its severity is known.
    rules: BTreeMap<String, (String, Kept)>,
}

impl Notes {
    /// Whether no rule kept anything.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Adds what was kept of a release.
    pub fn add(&mut self, notes: Vec<Note>) {
        for Note { rule, path, below, noted, .. } in notes {
            if self.paths.last() != Some(&path) {
                self.paths.push(path);
            }
            let (first, kept) = self.rules.entry(rule).or_insert_with(|| (below.clone(), Kept::default()));
            if below < *first {
                *first = below;
            }
            kept.add(SourceId(self.paths.len() as u32 - 1), noted);
        }
    }
}

impl Project {
    /// Checks the drafts of one release. Drafts of different releases do not see each other.
    pub fn check(&self, drafts: &[Draft]) -> Outcome {
        self.tell(drafts, self.checked(drafts)).unwrap_or_default()
    }

    /// What comes of the drafts of one release, to be kept or told.
    pub fn checked(&self, drafts: &[Draft]) -> Checked {
        self.examine(drafts, &mut |_| {})
    }

    /// Tells what came of drafts, in their own words. `None` where they are not the drafts that it came of.
    pub fn tell(&self, drafts: &[Draft], checked: Checked) -> Option<Outcome> {
        let (sources, _) = self.sources(drafts);
        let holds = |span: Span| sources.find(span).is_some();
        let edits = |found: &Diagnostic| found.fix.iter().flat_map(|fix| fix.edits.iter().map(|e| e.span)).all(holds);
        if !checked.found.iter().all(|found| spans(found).all(holds) && edits(found)) {
            return None;
        }
        let Checked { found, releases, pairs, notes, stood } = checked;
        Some(Outcome { findings: resolve(&found, &sources), releases, pairs, notes, stood })
    }

    /// The sources of the settings, and the drafts after them, with the id of each.
    fn sources(&self, drafts: &[Draft]) -> (SourceSet, Vec<SourceId>) {
        let mut sources = drafts.first().map(|first| self.view(&first.below).sources.clone()).unwrap_or_default();
        let ids = drafts.iter().map(|draft| sources.add_shared(draft.source.clone())).collect();
        (sources, ids)
    }

    /// Checks the drafts of one release, and lets another look at them before their texts are let go.
    pub(super) fn examine(&self, drafts: &[Draft], look: &mut dyn FnMut(Examined<'_, '_>)) -> Checked {
        let mut outcome = Checked::default();
        let Some(first) = drafts.first() else { return outcome };
        let (sources, ids) = self.sources(drafts);
        let read = |draft: &Draft, id| document::read(&draft.source, id, &draft.options);
        let read: Vec<(&str, Vec<Document>)> =
            drafts.iter().zip(ids).map(|(draft, id)| (draft.below.as_str(), read(draft, id))).collect();
        let versions: Vec<Version<'_>> = read
            .iter()
            .map(|(below, documents)| {
                let view = self.view(below);
                let reading = |document| {
                    let stage = stage(document, view.stage);
                    Reading::new(document, &sources, stage).with_register(view.register.clone())
                };
                Version { below, readings: documents.iter().map(reading).collect(), view }
            })
            .collect();
        let (mut found, mut stets) = (Vec::new(), Vec::new());
        for Version { below, view, readings } in &versions {
            for reading in readings {
                found.extend(view.own(reading.document.problems.clone()));
                found.extend(check_document(view, below, reading, &mut outcome.notes));
                outcome.releases.push(summary(reading));
                let (read, problems) = stet::read(reading.document);
                stets.extend(read);
                found.extend(view.own(problems));
            }
        }
        let documents: Vec<Vec<&Document>> =
            versions.iter().map(|version| version.readings.iter().map(|reading| reading.document).collect()).collect();
        let compared = pairs(&documents);
        let mut beside = Vec::new();
        for &((file, place), (other, there)) in &compared {
            let (original, translation) = (&versions[file].readings[place], &versions[other].readings[there]);
            outcome.pairs.push([original.path().to_owned(), translation.path().to_owned()]);
            let pair = Pair::new(original, translation);
            found.extend(check_pair(&versions[other].view, &pair));
            beside.push(pair);
        }
        for release in releases(&documents, &compared) {
            let readings = release.iter().map(|&(file, place)| &versions[file].readings[place]).collect();
            let Some(version) = release.first().and_then(|&(file, _)| versions.get(file)) else { continue };
            found.extend(check_versions(&version.view, &Versions { readings, published: self.published() }));
        }
        outcome.stood = stet::apply(&mut stets, &mut found);
        let view = self.view(&first.below);
        let known: Vec<&str> =
            view.rules.rules().iter().map(|rule| rule.id.as_str()).chain(OWN_RULES.iter().copied()).collect();
        // Whether a stet silences what is judged over all documents is not known here.
        let judged = |id: &str| outcome.notes.iter().any(|note| note.rule == id);
        found.extend(view.own(stet::unused(&stets, &|rule| view.runs(rule) && !judged(rule), &known)));
        order(&mut found, &sources);
        let readings = versions.iter().flat_map(|version| &version.readings).collect();
        look(Examined { readings, pairs: &beside, found: &found });
        outcome.found = found;
        outcome
    }
}

/// A release that was checked, while its texts are at hand.
pub(super) struct Examined<'a, 'r> {
    /// Its versions, the original first.
    pub readings: Vec<&'r Reading<'a>>,
    /// Those that were compared.
    pub pairs: &'r [Pair<'a, 'r>],
    /// Every finding, in the order of path, place and rule.
    pub found: &'r [Diagnostic],
}

impl Project {
    /// What project-wide rules keep of drafts that are not checked themselves: others are held against them.
    pub fn notes(&self, drafts: &[Draft]) -> Vec<Note> {
        let mut notes = Vec::new();
        for draft in drafts {
            let view = self.view(&draft.below);
            let mut sources = view.sources.clone();
            let id = sources.add_shared(draft.source.clone());
            for document in document::read(&draft.source, id, &draft.options) {
                let reading = Reading::new(&document, &sources, stage(&document, view.stage));
                let reading = reading.with_register(view.register.clone());
                let rules = &view.compiled(document.language.tag.as_deref()).rules;
                let rules = rules.iter().map(|&(index, _)| &view.rules.rules()[index]);
                let rules = rules.filter(|rule| rule.reads(document.format));
                notes.extend(rules.filter_map(|rule| note(rule, &draft.below, &reading)));
            }
        }
        notes
    }

    /// Judges what the project-wide rules kept of all documents. Only the drafts that a finding stands in are read again, through `read`.
    pub fn judge(&self, notes: Notes, read: &dyn Fn(&str) -> Option<Draft>) -> Outcome {
        let view = self.view("");
        let Notes { paths: named, mut rules } = notes;
        let mut paths: Vec<&str> = named.iter().map(String::as_str).collect();
        paths.sort_unstable();
        paths.dedup();
        // The drafts stand behind the sources of the settings, which a finding may name too, in the order of their paths.
        let first = view.sources.iter().count();
        let place = |at: usize| SourceId((first + at) as u32);
        let ranks: Vec<SourceId> =
            named.iter().map(|path| place(paths.partition_point(|p| p < &path.as_str()))).collect();
        let mut found = Vec::new();
        for (id, (below, kept)) in &mut rules {
            let Some((rule, severity)) = self.in_force(id, below) else { continue };
            kept.renumber(&|id| ranks[id.0 as usize]);
            let mut findings = Findings::new(&rule, severity);
            rule.check.judge(kept, &mut findings);
            found.extend(findings.into_list());
        }
        let used: BTreeSet<SourceId> = found.iter().flat_map(places).collect();
        let mut outcome = Outcome::default();
        let mut texts = view.sources.clone();
        let mut stets = Vec::new();
        for (at, path) in paths.into_iter().enumerate() {
            // The texts were not needed to judge, only their names; most are never read again.
            let draft = used.contains(&place(at)).then(|| read(path)).flatten();
            let id = match &draft {
                Some(draft) => texts.add_shared(draft.source.clone()),
                None => texts.add(Source::from_text(path, "")),
            };
            let documents = draft.iter().flat_map(|draft| document::read(&draft.source, id, &draft.options));
            stets.extend(documents.flat_map(|document| stet::read(&document).0));
        }
        // A draft that changed meanwhile has other places; what was found in it is of yesterday.
        found.retain(|finding| spans(finding).all(|span| texts.get(span.source).text().get(span.range()).is_some()));
        outcome.stood = stet::apply(&mut stets, &mut found);
        order(&mut found, &texts);
        outcome.findings = resolve(&found, &texts);
        outcome
    }

    /// A rule with its severity for a draft.
    fn in_force(&self, id: &str, below: &str) -> Option<(Rule, Severity)> {
        let view = self.view(below);
        let found = view.active().find(|(rule, _)| rule.id == id);
        found.map(|(rule, severity)| (rule.clone(), severity))
    }
}

/// Every place that a finding names.
fn spans(finding: &Diagnostic) -> impl Iterator<Item = Span> + '_ {
    std::iter::once(&finding.primary).chain(&finding.related).map(|label| label.span)
}

fn places(finding: &Diagnostic) -> impl Iterator<Item = SourceId> + '_ {
    spans(finding).map(|span| span.source)
}

/// How far a text has come, by its own word where it has one.
fn stage(document: &Document, otherwise: Stage) -> Stage {
    match document.field("status").map(|field| field.value.trim().to_lowercase()) {
        Some(status) if status == "draft" => Stage::Draft,
        Some(status) if !status.is_empty() => Stage::Final,
        _ => otherwise,
    }
}

/// One language version of a release: a draft that was read.
struct Version<'a> {
    below: &'a str,
    view: Arc<View>,
    readings: Vec<Reading<'a>>,
}

/// Runs every rule in force on a translation beside its original.
fn check_pair(view: &View, pair: &Pair<'_, '_>) -> Vec<Diagnostic> {
    let document = pair.translation.document;
    let mut found = Vec::new();
    for &(index, severity) in &view.compiled(document.language.tag.as_deref()).rules {
        let rule = &view.rules.rules()[index];
        let mut findings = Findings::new(rule, severity);
        rule.check.pair(pair, &mut findings);
        found.extend(findings.into_list());
    }
    placed(found, document)
}

/// Runs every rule in force on the language versions of one release together.
fn check_versions(view: &View, versions: &Versions<'_, '_>) -> Vec<Diagnostic> {
    let Some(document) = versions.readings.first().map(|reading| reading.document) else { return Vec::new() };
    let mut found = Vec::new();
    for &(index, severity) in &view.compiled(document.language.tag.as_deref()).rules {
        let rule = &view.rules.rules()[index];
        if rule.check.speaks_only_of_hits() {
            continue;
        }
        let mut findings = Findings::new(rule, severity);
        rule.check.versions(versions, &mut findings);
        found.extend(findings.into_list());
    }
    for finding in &mut found {
        finding.of_release = true;
    }
    placed(found, document)
}

/// Findings with the release and the language that they lie in.
fn placed(mut found: Vec<Diagnostic>, document: &Document) -> Vec<Diagnostic> {
    for finding in &mut found {
        finding.document = document.index;
        finding.language.clone_from(&document.language.tag);
    }
    found
}

/// What rules say of one document.
#[derive(Default)]
struct Said {
    found: Vec<Diagnostic>,
    notes: Vec<Note>,
}

/// Runs every rule in force on one document.
fn check_document(view: &View, below: &str, reading: &Reading<'_>, notes: &mut Vec<Note>) -> Vec<Diagnostic> {
    let document = reading.document;
    let compiled = view.compiled(document.language.tag.as_deref());
    let rules = || compiled.rules.iter().map(|&(index, severity)| (&*view.rules.rules()[index], severity));
    let asks = |rule: &Rule| !rule.check.patterns().is_empty();
    let run = |said: &mut Said, rule: &Rule, severity, hits: &[Hit]| {
        let silent = hits.is_empty() && rule.check.speaks_only_of_hits();
        if silent || !rule.reads(document.format) {
            return;
        }
        let mut findings = Findings::new(rule, rule.severity_at(reading.stage, severity));
        let mut hits = hits.to_vec();
        hits.retain(|hit| rule.scope.covers_byte(document, hit.range.start));
        rule.check.document(reading, &hits, &mut findings);
        said.found.extend(findings.into_list());
        said.notes.extend(note(rule, below, reading));
    };
    let on_hits = || {
        let mut said = Said::default();
        let hits = compiled.matcher(&view.rules).find(reading.text());
        said.found.extend(hits.exhausted().filter_map(|slot| Some(given_up(rules().nth(slot)?.0, reading))));
        for (slot, (rule, severity)) in rules().enumerate().filter(|(_, (rule, _))| asks(rule)) {
            run(&mut said, rule, severity, hits.of(slot));
        }
        said
    };
    let without_hits = || {
        let mut said = Said::default();
        rules().filter(|(rule, _)| !asks(rule)).for_each(|(rule, severity)| run(&mut said, rule, severity, &[]));
        said
    };
    // In a short run the automaton is still to be made, and what does not ask it need not wait.
    let (said, more) = rayon::join(on_hits, without_hits);
    notes.extend(said.notes.into_iter().chain(more.notes));
    let mut found = [said.found, more.found].concat();
    found.retain(|finding| !is_sic(finding, reading.sources));
    placed(found, document)
}

/// That a pattern of a rule could not be looked for. It stands in the draft, which was not looked through as the rule asks.
fn given_up(rule: &Rule, reading: &Reading<'_>) -> Diagnostic {
    let message = format!("a pattern of “{}” needs too many steps here and was given up", rule.id);
    let finding = Diagnostic::new("pack/too-slow", Severity::Warning, message, reading.span(0..0));
    let finding = finding.related(rule.place, "this rule");
    finding.help("its repetitions can match one text in many ways; let them begin differently")
}

/// What a project-wide rule keeps of one document; nothing where it keeps none.
fn note(rule: &Rule, below: &str, reading: &Reading<'_>) -> Option<Note> {
    let noted = rule.check.summarise(reading);
    (!noted.is_empty()).then(|| Note {
        rule: rule.id.clone(),
        path: reading.path().to_owned(),
        below: below.to_owned(),
        noted,
    })
}

/// Whether the writer says after the words that they stand so in the original: “[sic]”.
fn is_sic(finding: &Diagnostic, sources: &SourceSet) -> bool {
    let span = finding.primary.span;
    let rest = sources.get(span.source).text().get(span.end..).unwrap_or_default();
    let rest = rest.trim_start_matches([' ', '\u{A0}', '*', '_', '”', '"', '’', '»']);
    let words = rest.trim_start_matches(['[', '(', '*', '_']);
    let opened = words.len() < rest.len();
    opened
        && words.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("sic"))
        && words[3..].starts_with([']', ')', '*', '_', ' ', ':', '!'])
}

fn summary(reading: &Reading<'_>) -> ReleaseSummary {
    let language = &reading.document.language;
    ReleaseSummary {
        path: reading.path().to_owned(),
        document: reading.document.index,
        language: language.tag.clone(),
        language_from: language.reason.to_string(),
        date: reading.release_date().map(|found| found.date.to_string()),
        date_from: reading.release_date().map(|found| found.reason.to_string()),
    }
}

/// Puts findings in the order of path, place and rule, each once.
fn order(found: &mut Vec<Diagnostic>, sources: &SourceSet) {
    let path = |found: &Diagnostic| sources.get(found.primary.span.source).path();
    found.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.primary.span.start, d.primary.span.end);
        path(a)
            .cmp(path(b))
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| a.rule.cmp(&b.rule))
            .then_with(|| a.message.cmp(&b.message))
    });
    found.dedup();
}

/// Findings with fingerprints, free of the sources.
fn resolve(found: &[Diagnostic], sources: &SourceSet) -> Vec<Finding> {
    let prints = fingerprints(found, sources);
    let mut ends: HashMap<SourceId, usize> = HashMap::new();
    let resolved = found.iter().zip(prints).map(|(finding, print)| {
        let span = finding.primary.span;
        let end = ends.entry(span.source).or_insert_with(|| document::front_matter_end(sources.get(span.source)));
        Finding { in_front_matter: span.start < *end, ..Finding::resolve(finding, sources, print) }
    });
    resolved.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ReadOptions;
    use crate::engine::Settings;
    use crate::rule::{Check, Kind, Pack};

    /// Notes the first word of every document, and reports a first word that only one document has.
    struct FirstWord;

    impl Check for FirstWord {
        fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
            if reading.text().contains("odd") {
                out.push(out.finding(reading.span(0..1), "odd"));
            }
        }

        fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
            out.push(out.finding(pair.translation.span(0..1), format!("beside {}", pair.original.path())));
        }

        fn summarise(&self, reading: &Reading<'_>) -> Vec<Noted> {
            let form = reading.text().split(' ').next().unwrap_or_default().to_owned();
            vec![Noted { key: 0, range: reading.span(0..form.len()).range(), form }]
        }

        fn judge(&self, kept: &Kept, out: &mut Findings<'_>) {
            let forms = kept.terms().flat_map(|(_, forms)| forms.values());
            for place in forms.filter(|places| places.files.len() == 1).flat_map(|places| &places.first) {
                out.push(out.finding(*place, "alone"));
            }
        }
    }

    static KIND: Kind = Kind { name: "test/first", page: "", keys: &[], build: |_| Ok(Box::new(FirstWord)) };

    fn project() -> Project {
        let mut settings = Settings::default();
        let id = settings.sources.add(Source::from_text("p.toml", "[[rule]]\nid = 'a/b'\nkind = 'test/first'\n"));
        let (pack, problems) = Pack::read(settings.sources.get(id), id, &[&KIND], &settings.resources);
        assert!(problems.is_empty());
        settings.packs.push(pack);
        Project::new(settings).0
    }

    fn draft(path: &str, text: &str) -> Draft {
        let options = ReadOptions::default();
        Draft { source: Arc::new(Source::from_text(path, text)), options, below: path.into() }
    }

    #[test]
    fn what_all_documents_tell_is_judged_whatever_their_order_and_read_again_only_where_it_is_found() {
        let project = project();
        let texts = [("c.txt", "Two words."), ("a.txt", "One word."), ("b.txt", "One more.")];
        let mut notes: Vec<Note> = texts.iter().flat_map(|(p, t)| project.check(&[draft(p, t)]).notes).collect();
        for _ in 0..2 {
            notes.reverse();
            let read = std::cell::RefCell::new(Vec::new());
            let mut kept = Notes::default();
            kept.add(notes.clone());
            let judged = project.judge(kept, &|path| {
                read.borrow_mut().push(path.to_owned());
                texts.iter().find(|(known, _)| *known == path).map(|(path, text)| draft(path, text))
            });
            let found: Vec<_> = judged.findings.iter().map(|f| (f.path.as_str(), f.text.as_str())).collect();
            assert_eq!(found, [("c.txt", "Two")]);
            assert_eq!(read.into_inner(), ["c.txt"]);
        }
        // A draft that is gone meanwhile takes its findings with it.
        let mut kept = Notes::default();
        kept.add(notes);
        assert!(project.judge(kept, &|_| None).findings.is_empty());
    }

    #[test]
    fn what_stands_so_in_the_original_is_not_reported() {
        let project = Project::builtin();
        let found = |text: &str| project.check(&[draft("a.md", text)]).findings.len();
        assert_eq!(found("He wrote: “They went to the the [sic] harbour of the town.”"), 0);
        assert_eq!(found("He wrote: “They went to the the (siccative) harbour of the town.”"), 1);
    }

    #[test]
    fn a_translation_is_checked_beside_its_original_where_the_languages_differ() {
        let draft = |path: &str, tag: &str| Draft {
            options: ReadOptions {
                language: vec![(tag.into(), document::LanguageReason::Path)],
                ..ReadOptions::default()
            },
            ..draft(path, "Words.")
        };
        let outcome = project().check(&[draft("en.txt", "en"), draft("fr.txt", "fr"), draft("copy.txt", "en")]);
        assert_eq!(outcome.pairs, [["en.txt".to_owned(), "fr.txt".to_owned()]]);
        let found: Vec<_> = outcome.findings.iter().map(|f| (f.path.as_str(), f.message.as_str())).collect();
        assert_eq!(found, [("fr.txt", "beside en.txt")]);
    }

    #[test]
    fn sisters_are_checked_together_and_findings_come_in_one_order() {
        let outcome = project().check(&[draft("b.txt", "odd"), draft("a.txt", "odd")]);
        let paths: Vec<_> = outcome.findings.iter().map(|finding| finding.path.as_str()).collect();
        assert_eq!(paths, ["a.txt", "b.txt"]);
    }
}
