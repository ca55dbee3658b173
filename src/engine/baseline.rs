//! The baseline: findings that were accepted once, by fingerprint, each with room for a reason and a last day. It holds hashes and
//! places, never words of a draft. What no longer matches is reported, so that it shrinks with the faults.

use crate::diagnostic::{Diagnostic, Severity};
use crate::report::Finding;
use crate::settings::{Date, Key, Shape, Table, Value, parse};
use crate::source::{Source, SourceId, Span};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The version of the file's form that this program writes and the newest it reads.
const VERSION: i64 = 1;

/// The rule that a mistake in the file is reported under.
pub const INVALID: &str = "baseline/invalid";
/// The rule that an entry is reported under when it matches nothing any more.
pub const UNUSED: &str = "baseline/unused";
/// The rule that an entry is reported under when its last day has passed.
pub const EXPIRED: &str = "baseline/expired";

const KEYS: &[Key] = &[
    Key::required("version", Shape::Integer, "The version of the form."),
    Key::new("accepted", Shape::List(&Shape::Table(ENTRY)), "Findings that were accepted."),
];

const ENTRY: &[Key] = &[
    Key::required("fingerprint", Shape::Text, "The finding's fingerprint."),
    Key::required("rule", Shape::Text, "The finding's rule."),
    Key::required("path", Shape::Text, "Where it was found when it was accepted."),
    Key::new("line", Shape::Integer, "Its line when it was accepted."),
    Key::new("reason", Shape::Text, "Why it is accepted."),
    Key::new("until", Shape::Date, "The last day on which it is accepted."),
];

/// One accepted finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The finding's fingerprint.
    pub fingerprint: String,
    /// Its rule.
    pub rule: String,
    /// Where it was when it was accepted; the fingerprint alone decides.
    pub path: String,
    /// Its line then.
    pub line: usize,
    /// Why it is accepted; may be empty.
    pub reason: String,
    /// The last day on which it is.
    pub until: Option<Date>,
    /// Where the fingerprint stands in the file.
    place: Option<Span>,
    /// Where the rule's name does.
    named: Option<Span>,
}

/// The accepted findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<Entry>,
}

/// How far a run went: only an entry that it would have matched can be unused.
#[derive(Clone, Copy)]
pub struct Extent<'a> {
    /// Whether a path was checked, by the baseline's name for it.
    pub checked: &'a dyn Fn(&str) -> bool,
    /// Whether a rule ran.
    pub ran: &'a dyn Fn(&str) -> bool,
    /// Whether there is such a rule, on or off.
    pub known: &'a dyn Fn(&str) -> bool,
    /// The rule whose name is nearly this.
    pub near: &'a dyn Fn(&str) -> Option<String>,
}

/// What a baseline made of findings.
#[derive(Debug, Default)]
pub struct Applied {
    /// Findings that were left out.
    pub silenced: usize,
    /// Entries that are used no more or have expired.
    pub problems: Vec<Diagnostic>,
}

impl Baseline {
    /// Reads a baseline. A file of a newer version is refused whole, for what it means is not known.
    pub fn read(source: &Source, id: SourceId) -> (Baseline, Vec<Diagnostic>) {
        let (table, problems) = parse(source, id, KEYS, INVALID);
        if let Some(value) = table.get("version").filter(|value| value.integer() != Some(VERSION)) {
            let written = value.integer().unwrap_or_default();
            let message = format!("a baseline of version {written}, and this copydesk reads version {VERSION}");
            let newer = Diagnostic::new(INVALID, Severity::Error, message, Span::new(id, value.range.clone()))
                .help("update copydesk, or delete the file and write it anew with `copydesk baseline`");
            return (Baseline::default(), vec![newer]);
        }
        let entries: Vec<_> = table.tables("accepted").filter_map(|table| entry(table, id)).collect();
        (Baseline { entries }, problems)
    }

    /// Leaves accepted findings out: each entry one. `unreported` are the fingerprints of findings that are there and left out for
    /// other reasons: what they match is not unused. `today` decides what has expired.
    pub fn apply(
        &self,
        findings: &mut Vec<Finding>,
        unreported: &[String],
        today: jiff::civil::Date,
        extent: Extent<'_>,
    ) -> Applied {
        let Extent { checked, ran, known, near } = extent;
        let mut applied = Applied::default();
        let mut waiting: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in self.entries.iter().rev() {
            if checked(&entry.path) && !known(&entry.rule) {
                let help = near(&entry.rule).map(|near| format!("did you mean “{near}”?"));
                let help = help.as_deref().unwrap_or("`copydesk baseline` leaves it out");
                let message = format!("no rule is called “{}”", entry.rule);
                applied.problems.extend(entry.named.map(|place| problem(UNUSED, &message, place, help)));
            }
            if entry.has_expired(today) {
                if checked(&entry.path) {
                    applied.problems.extend(entry.problem(EXPIRED, "this entry has expired", "put the text right"));
                }
            } else {
                waiting.entry(&entry.fingerprint).or_default().push(entry);
            }
        }
        findings.retain(|finding| match waiting.get_mut(finding.fingerprint.as_str()).and_then(Vec::pop) {
            Some(_) => {
                applied.silenced += 1;
                false
            }
            None => true,
        });
        for print in unreported {
            waiting.get_mut(print.as_str()).and_then(Vec::pop);
        }
        let unused = waiting.into_values().flatten().filter(|entry| checked(&entry.path) && ran(&entry.rule));
        applied.problems.extend(unused.filter_map(|entry| {
            entry.problem(UNUSED, "this entry matches no finding", "delete it, or run `copydesk baseline`")
        }));
        applied.problems.sort_by_key(|problem| problem.primary.span);
        applied
    }

    /// Accepts findings: entries that still match keep their reason and last day, others that this run would have matched go, new
    /// ones come. `place` is how the baseline names a path.
    pub fn accept(&self, findings: &[Finding], place: &dyn Fn(&str) -> String, extent: Extent<'_>) -> Baseline {
        let mut known: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for entry in self.entries.iter().rev() {
            known.entry(&entry.fingerprint).or_default().push(entry);
        }
        let mut entries: Vec<Entry> = Vec::new();
        for finding in findings.iter().filter(|finding| !finding.fingerprint.is_empty()) {
            let old = known.get_mut(finding.fingerprint.as_str()).and_then(Vec::pop);
            entries.push(Entry {
                fingerprint: finding.fingerprint.clone(),
                rule: finding.rule.clone(),
                path: place(&finding.path),
                line: finding.start.line,
                reason: old.map(|entry| entry.reason.clone()).unwrap_or_default(),
                until: old.and_then(|entry| entry.until),
                place: None,
                named: None,
            });
        }
        let ran = |rule: &str| (extent.ran)(rule) || !(extent.known)(rule);
        let beyond = |entry: &&Entry| !((extent.checked)(&entry.path) && ran(&entry.rule));
        entries.extend(known.into_values().flatten().filter(|entry| beyond(entry)).cloned());
        entries.sort_by(|a, b| {
            (&a.path, a.line, &a.rule, &a.fingerprint).cmp(&(&b.path, b.line, &b.rule, &b.fingerprint))
        });
        Baseline { entries }
    }

    /// The file's text.
    pub fn write(&self) -> String {
        let mut text = format!(
            "# Findings that are accepted; `copydesk baseline` writes this file. A reason and a last day (until = 2030-12-31) are\n\
             # kept when it is written again.\nversion = {VERSION}\n"
        );
        for entry in &self.entries {
            let _ = write!(
                text,
                "\n[[accepted]]\nfingerprint = {}\nrule = {}\npath = {}\nline = {}\nreason = {}\n",
                quoted(&entry.fingerprint),
                quoted(&entry.rule),
                quoted(&entry.path),
                entry.line,
                quoted(&entry.reason),
            );
            if let Some(until) = entry.until {
                let _ = writeln!(text, "until = {}", until.last());
            }
        }
        text
    }

    /// How many entries have expired and accept nothing.
    pub fn expired(&self, today: jiff::civil::Date) -> usize {
        self.entries.iter().filter(|entry| entry.has_expired(today)).count()
    }

    /// How many findings are accepted.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl Entry {
    fn has_expired(&self, today: jiff::civil::Date) -> bool {
        self.until.is_some_and(|until| until.last() < today)
    }

    fn problem(&self, rule: &str, message: &str, help: &str) -> Option<Diagnostic> {
        Some(problem(rule, message, self.place?, help))
    }
}

fn problem(rule: &str, message: &str, place: Span, help: &str) -> Diagnostic {
    Diagnostic::new(rule, Severity::Warning, message, place).help(help)
}

fn entry(table: &Table, id: SourceId) -> Option<Entry> {
    let (fingerprint, rule) = (table.get("fingerprint")?, table.get("rule")?);
    let place = |value: &Value| Some(Span::new(id, value.range.clone()));
    Some(Entry {
        fingerprint: fingerprint.text()?.to_owned(),
        rule: rule.text()?.to_owned(),
        path: table.text("path")?.to_owned(),
        line: table.integer("line").and_then(|line| usize::try_from(line).ok()).unwrap_or_default(),
        reason: table.text("reason").unwrap_or_default().to_owned(),
        until: table.get("until").and_then(|value| value.date()),
        place: place(fingerprint),
        named: place(rule),
    })
}

/// A TOML string; JSON's escapes are TOML's too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceSet;

    const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 24);

    const ALL: Extent<'_> = Extent { checked: &|_| true, ran: &|_| true, known: &|_| true, near: &|_| None };

    fn findings(prints: &[&str]) -> Vec<Finding> {
        let mut sources = SourceSet::new();
        let id = sources.add(Source::from_text("a \"b\".md", "words\n"));
        let found = Diagnostic::new("dates/order", Severity::Error, "m", Span::new(id, 0..5));
        prints.iter().map(|print| Finding::resolve(&found, &sources, *print)).collect()
    }

    fn read(text: &str) -> (Baseline, Vec<String>) {
        let (baseline, problems) = Baseline::read(&Source::from_text("baseline.toml", text), SourceId(0));
        (baseline, problems.into_iter().map(|problem| problem.message).collect())
    }

    #[test]
    fn what_is_accepted_is_left_out_and_what_is_gone_is_reported() {
        let written = Baseline::default().accept(&findings(&["aa", "aa", "bb"]), &str::to_owned, ALL).write();
        let (baseline, problems) = read(&written);
        assert_eq!((baseline.len(), problems.len()), (3, 0), "{written}");
        let mut found = findings(&["aa", "aa", "aa", "cc"]);
        let applied = baseline.apply(&mut found, &[], TODAY, ALL);
        assert_eq!((applied.silenced, found.len()), (2, 2));
        assert_eq!(applied.problems.iter().map(|p| p.rule.as_str()).collect::<Vec<_>>(), [UNUSED]);
        let elsewhere = baseline.apply(&mut findings(&[]), &[], TODAY, Extent { checked: &|_| false, ..ALL });
        assert!(elsewhere.problems.is_empty());
        let other_rule = baseline.apply(&mut findings(&[]), &[], TODAY, Extent { ran: &|_| false, ..ALL });
        assert!(other_rule.problems.is_empty());
        let unreported = ["aa".to_owned(), "bb".to_owned()];
        assert_eq!(baseline.apply(&mut findings(&["aa"]), &unreported, TODAY, ALL).problems.len(), 0);
    }

    #[test]
    fn what_a_run_did_not_look_for_stays_accepted() {
        let written = Baseline::default().accept(&findings(&["aa", "bb"]), &str::to_owned, ALL);
        let kept = |extent: Extent<'_>| written.accept(&findings(&["aa"]), &str::to_owned, extent).len();
        assert_eq!(kept(ALL), 1);
        assert_eq!(kept(Extent { ran: &|_| false, ..ALL }), 2);
        assert_eq!(kept(Extent { checked: &|_| false, ..ALL }), 2);
        assert_eq!(kept(Extent { ran: &|_| false, known: &|_| false, ..ALL }), 1, "no run can look for it");
    }

    #[test]
    fn a_rule_that_is_none_is_said_at_its_name() {
        let text = "version = 1\n[[accepted]]\nfingerprint = 'aa'\nrule = 'a/b'\npath = 'c'\n";
        let (baseline, _) = read(text);
        let extent = Extent { ran: &|_| false, known: &|_| false, near: &|_| Some("a/bc".into()), ..ALL };
        let problems = baseline.apply(&mut findings(&["aa"]), &[], TODAY, extent).problems;
        assert_eq!(problems.iter().map(|p| p.message.as_str()).collect::<Vec<_>>(), ["no rule is called “a/b”"]);
        assert_eq!(problems[0].help.as_deref(), Some("did you mean “a/bc”?"));
        assert_eq!(&text[problems[0].primary.span.range()], "'a/b'");
    }

    #[test]
    fn a_reason_and_a_last_day_are_kept() {
        let written = Baseline::default().accept(&findings(&["aa"]), &str::to_owned, ALL).write();
        let written = written.replace("reason = \"\"", "reason = \"as signed\"\nuntil = 2026-11-24");
        let (baseline, problems) = read(&written);
        assert!(problems.is_empty());
        assert!(
            baseline
                .accept(&findings(&["aa", "dd"]), &str::to_owned, ALL)
                .write()
                .contains("as signed\"\nuntil = 2026-11-24")
        );
        let mut found = findings(&["aa"]);
        assert_eq!(baseline.apply(&mut found, &[], TODAY, ALL).silenced, 1);
        let mut found = findings(&["aa"]);
        let late = baseline.apply(&mut found, &[], jiff::civil::date(2026, 11, 25), ALL);
        assert_eq!((late.silenced, late.problems[0].rule.as_str(), found.len()), (0, EXPIRED, 1));
    }

    #[test]
    fn a_misspelt_key_is_a_mistake() {
        let (_, problems) =
            read("version = 1\n[[accepted]]\nfingerprint = 'x'\nrule = 'a/b'\npath = 'c'\nuntl = 2026-01-01\n");
        assert_eq!(problems, ["unknown key “untl”"]);
    }

    #[test]
    fn a_newer_version_is_refused() {
        let (baseline, problems) = read("version = 2\n[[accepted]]\nfingerprint = 'x'\nrule = 'a/b'\npath = 'c'\n");
        assert!(baseline.is_empty());
        assert_eq!(problems, ["a baseline of version 2, and this copydesk reads version 1"]);
    }
}
