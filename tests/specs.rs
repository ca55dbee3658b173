//! The pages of kinds and the examples of packs: what they say is what the program does.

use copydesk::diagnostic::Diagnostic;
use copydesk::document::{Format, LanguageReason, ReadOptions};
use copydesk::engine::{Draft, Project, Selection, Settings};
use copydesk::report::Finding;
use copydesk::rule::{Kind, Resources, Rule};
use copydesk::source::{Source, SourceSet};
use std::sync::Arc;

/// A fenced block of a page.
#[derive(Debug)]
struct Fence<'a> {
    /// The heading of the second level that it stands under.
    section: &'a str,
    /// What it is: `toml`, `draft`, `report`.
    name: &'a str,
    /// What stands after the name.
    info: &'a str,
    /// `key=value` there.
    attributes: Vec<(&'a str, &'a str)>,
    text: String,
    line: usize,
}

fn fences(page: &str) -> Vec<Fence<'_>> {
    let (mut fences, mut section, mut open): (Vec<Fence>, &str, bool) = (Vec::new(), "", false);
    for (number, line) in page.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(info) => {
                let mut words = info.split_whitespace();
                let name = words.next().unwrap_or_default();
                let attributes = words.filter_map(|word| word.split_once('=')).collect();
                let info = info.strip_prefix(name).unwrap_or_default().trim();
                fences.push(Fence { section, name, info, attributes, text: String::new(), line: number + 1 });
                open = true;
            }
            None if open => {
                let fence = fences.last_mut().expect("open");
                fence.text += line;
                fence.text += "\n";
            }
            None => section = line.strip_prefix("## ").unwrap_or(section),
        }
    }
    fences
}

/// Dictionaries of the fixtures.
struct Fixtures;

impl Resources for Fixtures {
    fn dictionary(&self, name: &str) -> Result<Arc<spellbook::Dictionary>, String> {
        let read = |ending: &str| std::fs::read_to_string(format!("{}/{name}.{ending}", env!("CARGO_MANIFEST_DIR")));
        let (aff, dic) = (read("aff").map_err(|e| e.to_string())?, read("dic").map_err(|e| e.to_string())?);
        spellbook::Dictionary::new(&aff, &dic).map(Arc::new).map_err(|e| e.to_string())
    }
}

/// A project of the rules that a page defines, or else of the builtin rules of its kind.
fn project(kind: &Kind, fences: &[Fence<'_>]) -> Project {
    let mut settings = Settings { resources: Arc::new(Fixtures), ..Settings::default() };
    let packs: Vec<&Fence> = fences.iter().filter(|f| f.name == "toml" && f.text.contains("[[rule]]")).collect();
    for pack in &packs {
        // Spans of mistakes are lines of the page.
        let text = "\n".repeat(pack.line) + &pack.text;
        let problems = settings.add_pack(Source::from_text(format!("{}.md", kind.name), text));
        assert!(problems.is_empty(), "{}", shown(&problems, &settings.sources));
    }
    for register in fences.iter().filter(|f| f.name == "toml" && f.info == "register.toml") {
        settings.add_register(Source::from_text("register.toml", "\n".repeat(register.line) + &register.text));
    }
    if packs.is_empty() {
        settings.add_builtin();
        let rules = settings.packs.iter().flat_map(|pack| &pack.rules).filter(|rule| rule.kind.name == kind.name);
        settings.selection = Selection { only: rules.map(|rule| rule.id.clone()).collect(), skip: Vec::new() };
        assert!(!settings.selection.only.is_empty(), "{} defines no rule, and no builtin pack has one", kind.name);
    }
    let (project, problems) = Project::new(settings);
    let wrong: Vec<_> = problems.into_iter().filter(|p| p.rule.starts_with("register/")).collect();
    assert!(wrong.is_empty(), "{}: {wrong:?}", kind.name);
    project
}

fn shown(problems: &[Diagnostic], sources: &SourceSet) -> String {
    let line = |problem: &Diagnostic| {
        let source = sources.get(problem.primary.span.source);
        format!("{}:{} {}", source.path(), source.line(problem.primary.span.start), problem.message)
    };
    problems.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The findings in a draft of a page, as its report block has them.
fn findings(project: &Project, original: Option<&Fence<'_>>, draft: &Fence<'_>) -> Vec<String> {
    let original = original.map(|fence| read_draft(fence, "original"));
    let draft = read_draft(draft, "draft");
    let path = draft.below.clone();
    let outcome = project.check(&original.into_iter().chain([draft]).collect::<Vec<_>>());
    let line = |f: &Finding| format!("{}:{} {} “{}” {}", f.start.line, f.start.column, f.rule, f.text, f.message);
    outcome.findings.iter().filter(|finding| finding.path == path).map(line).collect()
}

/// A draft of a page, as a file of this name.
fn read_draft(draft: &Fence<'_>, name: &str) -> Draft {
    let attribute = |key: &str| draft.attributes.iter().find(|(name, _)| *name == key).map(|(_, value)| *value);
    let ending = attribute("format").unwrap_or("md");
    let format = match ending {
        "txt" => Format::Plain,
        "html" => Format::Html,
        _ => Format::Markdown,
    };
    let language = attribute("lang").map(|tag| (tag.to_owned(), LanguageReason::CommandLine)).into_iter().collect();
    let date = attribute("date").map(|date| date.parse().expect("a date"));
    let path = format!("{name}.{ending}");
    let source = Arc::new(Source::from_text(path.as_str(), draft.text.as_str()));
    Draft { source, options: ReadOptions { format: Some(format), language, date }, below: path }
}

#[test]
fn the_pages_of_kinds_say_what_the_kinds_do() {
    let (mut wrong, mut drafts) = (Vec::new(), 0);
    for kind in copydesk::kinds::all() {
        let fences = fences(kind.page);
        let project = project(kind, &fences);
        assert!(kind.page.starts_with(&format!("# {}\n", kind.name)), "{} has another title", kind.name);
        for heading in ["Why", "Reported", "Not reported", "Options", "Fix"] {
            let heading = format!("\n## {heading}\n");
            assert!(kind.page.contains(&heading), "the page of {} has no heading{heading}", kind.name);
        }
        for key in kind.keys {
            assert!(kind.page.contains(&format!("`{}`", key.name)), "{}: “{}” is not on its page", kind.name, key.name);
        }
        for (at, draft) in fences.iter().enumerate().filter(|(_, fence)| fence.name == "draft") {
            drafts += 1;
            let report = fences.get(at + 1).filter(|fence| fence.name == "report").map(|fence| fence.text.trim_end());
            let expected = match draft.section {
                "Reported" => report.unwrap_or("a report block after the draft"),
                _ => "",
            };
            let original = at.checked_sub(1).map(|before| &fences[before]).filter(|fence| fence.name == "original");
            let found = findings(&project, original, draft).join("\n");
            if found != expected {
                wrong.push(format!("{} line {}\n  page: {expected}\n  now:  {found}", kind.name, draft.line));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(drafts > 20, "only {drafts} drafts were found");
}

#[test]
fn the_guide_to_writing_rules_works_as_it_stands() {
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/writing-rules.md")).expect("guide");
    let fences = fences(&guide);
    let mut settings = Settings::default();
    for pack in fences.iter().filter(|fence| fence.info.starts_with("house/")) {
        let problems = settings.add_pack(Source::from_text("guide.md", "\n".repeat(pack.line) + &pack.text));
        assert!(problems.is_empty(), "{}", shown(&problems, &settings.sources));
    }
    let project = Project::new(settings).0;
    let tested = project.test(&|_| true);
    let failure = |f: &Finding| format!("line {}: {}", f.start.line, f.message);
    assert!(tested.failures.is_empty(), "{}", tested.failures.iter().map(failure).collect::<Vec<_>>().join("\n"));
    assert!(tested.rules > 4 && tested.without.is_empty(), "{tested:?}");
    for (at, draft) in fences.iter().enumerate().filter(|(_, fence)| fence.name == "draft") {
        assert_eq!(findings(&project, None, draft).join("\n"), fences[at + 1].text.trim_end());
    }
    for written in fences.iter().filter(|fence| fence.info == "copydesk.toml") {
        let source = Source::from_text("copydesk.toml", written.text.as_str());
        let (config, mistakes) = copydesk::config::Config::read(&source, copydesk::source::SourceId(0));
        assert!(mistakes.is_empty(), "line {}: {mistakes:?}", written.line);
        let rules = Project::builtin();
        for (id, _) in &config.layer.enable {
            assert!(rules.view("").rules.get(id.as_str()).is_some(), "{id}");
        }
    }
}

#[test]
fn every_builtin_rule_has_examples_and_they_hold() {
    let tested = Project::builtin().test(&|_| true);
    let shown = |f: &Finding| format!("{}:{} {}: {}", f.path, f.start.line, f.rule, f.message);
    assert!(tested.failures.is_empty(), "{}", tested.failures.iter().map(shown).collect::<Vec<_>>().join("\n"));
    assert!(tested.without.is_empty(), "rules without an example of what they report: {:?}", tested.without);
}

#[test]
fn builtin_rules_are_the_same_without_their_pages() {
    let read = |pages| {
        let mut settings = Settings { pages, ..Settings::default() };
        assert!(settings.add_builtin().is_empty());
        let line = |rule: &Rule| settings.sources.get(rule.place.source).line(rule.place.start);
        let told = |rule: &Rule| {
            let patterns: Vec<_> = rule.check.patterns().iter().map(|pattern| pattern.text.clone()).collect();
            (rule.id.clone(), line(rule), rule.enabled, rule.languages.clone(), rule.why.clone(), patterns)
        };
        let rules = settings.packs.iter().flat_map(|pack| &pack.rules).map(told).collect::<Vec<_>>();
        (rules, settings.packs.iter().flat_map(|pack| &pack.rules).map(|rule| rule.examples.len()).sum::<usize>())
    };
    let (whole, lean) = (read(true), read(false));
    assert_eq!(whole.0, lean.0);
    assert!(whole.1 > whole.0.len() && lean.1 == 0, "{} examples, {} without", whole.1, lean.1);
}

#[test]
fn a_register_for_examples_is_read_where_it_stands() {
    let pack = "example-register = '''\n[[person]]\nname = \"Ada Quill\"\ngendre = \"feminine\"\n'''\n";
    let mut settings = Settings::default();
    let problems = settings.add_pack(Source::from_text("house.toml", pack));
    assert_eq!(shown(&problems, &settings.sources), "house.toml:4 unknown key “gendre”");
    assert!(!settings.packs[0].example_register.is_empty());
    let escaped = "example-register = \"[[person]]\\nname = 'Ada Quill'\"\n";
    let problems = settings.add_pack(Source::from_text("escaped.toml", escaped));
    assert_eq!(shown(&problems, &settings.sources), "escaped.toml:1 this register has escapes");
}

#[test]
fn builtin_registers_have_neither_mistakes_nor_doubts_and_each_entry_its_source() {
    assert!(copydesk::source::embedded::REGISTERS.len() >= 3);
    let sources: Vec<Source> = copydesk::source::embedded::REGISTERS
        .iter()
        .map(|(name, text)| Source::from_text(format!("builtin/registers/{name}.toml"), *text))
        .collect();
    let all = sources.iter().enumerate().map(|(at, source)| (copydesk::source::SourceId(at as u32), source));
    let (register, mut problems) = copydesk::register::Register::read(all);
    problems.extend(register.doubts());
    let shown = |problem: &copydesk::diagnostic::Diagnostic| {
        let place = problem.primary.span;
        let source = &sources[place.source.0 as usize];
        format!("{}:{}: {}", source.path(), source.line(place.start), problem.message)
    };
    assert!(problems.is_empty(), "{}", problems.iter().map(shown).collect::<Vec<_>>().join("\n"));
    for entry in register.entries() {
        let source = entry.details.as_deref().and_then(|details| details.source.as_deref());
        assert!(source.is_some_and(|source| !source.is_empty()), "{} has no source", entry.id);
    }
}

#[test]
fn the_guide_to_registers_works_as_it_stands() {
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/registers.md")).expect("guide");
    let fences = fences(&guide);
    let mut settings = Settings::default();
    settings.add_builtin();
    let registers = fences.iter().filter(|fence| fence.info.starts_with("registers/"));
    for register in registers.clone() {
        settings.add_register(Source::from_text("registers.md", "\n".repeat(register.line) + &register.text));
    }
    assert!(registers.count() >= 4);
    let sources = settings.sources.clone();
    let (project, problems) = Project::new(settings);
    assert!(problems.is_empty(), "{}", shown(&problems, &sources));
    let doubts = project.view("").register.doubts();
    assert!(doubts.is_empty(), "{}", shown(&doubts, &sources));
    let mut drafts = 0;
    for (at, draft) in fences.iter().enumerate().filter(|(_, fence)| fence.name == "draft") {
        drafts += 1;
        let report =
            fences.get(at + 1).filter(|fence| fence.name == "report").map_or("", |fence| fence.text.trim_end());
        assert_eq!(findings(&project, None, draft).join("\n"), report, "line {}", draft.line);
    }
    assert!(drafts >= 5);
    for (at, table) in fences.iter().enumerate().filter(|(_, fence)| fence.name == "csv") {
        let taken = copydesk::import::register::import(copydesk::import::register::Format::Csv, &table.text, None);
        assert_eq!(taken.left, Vec::new());
        assert_eq!(copydesk::register::draft::write(&[], &taken.entries), fences[at + 1].text);
    }
    for written in fences.iter().filter(|fence| fence.info == "copydesk.toml") {
        let source = Source::from_text("copydesk.toml", written.text.as_str());
        let (_, mistakes) = copydesk::config::Config::read(&source, copydesk::source::SourceId(0));
        assert!(mistakes.is_empty(), "line {}: {mistakes:?}", written.line);
    }
    for name in ["un", "eu", "internet"] {
        assert!(copydesk::source::embedded::REGISTERS.iter().any(|(known, _)| *known == name), "{name}");
    }
}
