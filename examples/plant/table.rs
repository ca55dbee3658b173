//! The table: what was found of what was planted, and what is said of the pairs as they were published.

use crate::alignment;
use crate::faults::{Edit, FAMILIES, Text};
use crate::pairs::{Pair, Pairs};
use copydesk::diagnostic::Severity;
use copydesk::report::Finding;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Display};
use std::time::Instant;

/// Faults of one family that are planted in one pair, so that a run stays short and no long pair outweighs the others.
const EACH: usize = 2;

/// Hits and trials.
#[derive(Debug, Clone, Copy, Default)]
pub struct Share {
    /// How often it was so.
    pub hits: usize,
    /// How often it could be.
    pub trials: usize,
}

impl Share {
    fn add(&mut self, other: Share) {
        self.hits += other.hits;
        self.trials += other.trials;
    }

    /// In hundredths; 0 where nothing was tried.
    pub fn percent(self) -> f64 {
        100.0 * self.hits as f64 / self.trials.max(1) as f64
    }
}

/// A measure: the row of the target table, what is measured, and the target.
pub type Measure = (&'static str, String, &'static str);

/// What was measured.
pub struct Table {
    /// Pairs that were read.
    pub pairs: usize,
    /// By measure.
    pub rows: BTreeMap<Measure, Share>,
    /// Milliseconds that a check of a pair of about 60 blocks took, the middle one.
    pub milliseconds: Option<f64>,
    /// Planted faults that were not found and cosmetic changes that were reported, for reading.
    pub told: Vec<String>,
}

/// Measures the rows that begin with one of these letters on these pairs; every row where there is none.
pub fn measure(pairs: &Pairs, rows: &str) -> Table {
    let wanted = |row: &str| rows.is_empty() || row.starts_with(|c| rows.contains(c));
    let mut table = Table { pairs: pairs.list.len(), rows: BTreeMap::new(), milliseconds: None, told: Vec::new() };
    let found: Vec<Measured> = (0..pairs.list.len()).into_par_iter().map(|at| one(pairs, at, &wanted)).collect();
    for Measured { rows, told } in found {
        for (measure, share) in rows {
            table.rows.entry(measure).or_default().add(share);
        }
        table.told.extend(told);
    }
    if wanted("A") {
        for (measure, share) in alignment::measure(pairs) {
            table.rows.entry(measure).or_default().add(share);
        }
    }
    if wanted("P") {
        table.milliseconds = speed(pairs);
    }
    table
}

fn target(row: &str, name: &str) -> &'static str {
    match (row, name) {
        ("A2", "paragraph deleted") => "≥ 98 %",
        ("A2", _) => "≥ 97 %",
        ("A3", _) => "≥ 98 %",
        ("C2", "digit changed") => "≥ 99.5 %",
        ("C2", _) => "≥ 98 %",
        ("D", _) => "≥ 99 %",
        ("E", _) => "≥ 85 % at 1 % alarms",
        ("F", _) => "≥ 99 %",
        ("0", _) => "0 %",
        _ => "",
    }
}

/// What was measured on one pair.
struct Measured {
    rows: Vec<(Measure, Share)>,
    told: Vec<String>,
}

fn one(pairs: &Pairs, at: usize, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Measured {
    let (mut rows, mut told) = (Vec::new(), Vec::new());
    let pair = &pairs.list[at];
    let before = pairs.check(pair);
    published(pair, &before, &mut rows, &mut told);
    let language = &pair.translation.language;
    let next = pairs.list.iter().cycle().skip(at + 1).take(pairs.list.len() - 1);
    let alien = next
        .filter(|other| other.translation.language == *language)
        .find_map(|other| Text::longest(&other.translation));
    let titles = pairs.titles(language);
    let text = Text::new(&pair.translation, &pair.original, alien.as_deref(), &titles);
    let Some(text) = text else { return Measured { rows, told } };
    for family in FAMILIES.iter().filter(|family| wanted(family.row)) {
        let plants = (family.plant)(&text);
        let step = plants.len().div_ceil(EACH).max(1);
        let mut share = Share::default();
        for edits in plants.into_iter().step_by(step) {
            let damaged = planted(pair, &edits);
            let after = pairs.check(&damaged);
            let new = more(&before, &after);
            let hit = match family.rules {
                [] => !new.is_empty(),
                rules => new.iter().any(|finding| rules.contains(&finding.rule.as_str())),
            };
            share.add(Share { hits: usize::from(hit), trials: 1 });
            if hit == family.rules.is_empty() {
                let edit = &edits[0];
                let was: String = pair.translation.text[edit.place.clone()].chars().take(60).collect();
                let said =
                    new.first().map_or(String::new(), |finding| format!(": {} {}", finding.rule, finding.message));
                told.push(format!(
                    "{} {} “{was}” → “{}”{said}",
                    family.name,
                    pair.translation.path,
                    edit.text.chars().take(20).collect::<String>()
                ));
            }
        }
        rows.push(((family.row, family.name.to_owned(), target(family.row, family.name)), share));
    }
    Measured { rows, told }
}

/// The pair with a fault in its translation.
fn planted(pair: &Pair, edits: &[Edit]) -> Pair {
    let mut damaged = pair.clone();
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.place.start));
    for edit in edits {
        damaged.translation.text.replace_range(edit.place.clone(), &edit.text);
    }
    damaged
}

/// Findings that were not there before.
fn more<'f>(before: &[Finding], after: &'f [Finding]) -> Vec<&'f Finding> {
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    for finding in before {
        *known.entry((&finding.rule, &finding.message)).or_default() += 1;
    }
    let mut new = Vec::new();
    for finding in after {
        match known.get_mut(&(finding.rule.as_str(), finding.message.as_str())) {
            Some(count) if *count > 0 => *count -= 1,
            _ => new.push(finding),
        }
    }
    new
}

/// What is said of a pair as it was published.
fn published(pair: &Pair, findings: &[Finding], rows: &mut Vec<(Measure, Share)>, told: &mut Vec<String>) {
    let Some(document) = pair.translation.document() else { return };
    let prose =
        |range: &std::ops::Range<usize>| document.text.get(range.clone()).is_some_and(|text| !text.trim().is_empty());
    let blocks: Vec<_> = document.blocks.iter().filter(|block| prose(&block.range)).collect();
    let flagged = |rules: &[&str]| {
        let places =
            findings.iter().filter(|finding| rules.contains(&finding.rule.as_str())).map(|finding| finding.start.byte);
        let mut hit: Vec<usize> =
            places.map(|byte| blocks.partition_point(|block| block.source.start <= byte)).collect();
        hit.sort_unstable();
        hit.dedup();
        hit.len()
    };
    let dates = copydesk::mention::date::read(&document).dates;
    let dated = |block: &&&copydesk::document::Block| {
        dates.iter().any(|date| block.range.start <= date.range.start && date.range.end <= block.range.end)
    };
    let long = |block: &&&copydesk::document::Block| {
        document.block_text(block).chars().filter(|c| c.is_alphanumeric()).count() >= 100
    };
    let mut put =
        |row, name: &str, target, hits, trials| rows.push(((row, name.to_owned(), target), Share { hits, trials }));
    let all = blocks.len();
    put(
        "C1",
        "published blocks with a number finding",
        "≤ 0.6 %",
        flagged(&["parity/number", "parity/missing-number"]),
        all,
    );
    let with_dates = blocks.iter().filter(dated).count();
    put(
        "D",
        "published date blocks with a date finding",
        "≤ 1 %",
        flagged(&["parity/date", "parity/missing-date", "parity/weekday", "parity/time"]),
        with_dates,
    );
    put("E", "published blocks with a sentence finding", "≤ 1 %", flagged(&["parity/sentence"]), all);
    put(
        "F",
        "published long blocks taken for untranslated",
        "≤ 0.1 %",
        flagged(&["parity/untranslated"]),
        blocks.iter().filter(long).count(),
    );
    put("G", "published blocks with a link finding", "≤ 1 %", flagged(&["parity/link", "parity/missing-link"]), all);
    let errors = || findings.iter().filter(|finding| finding.severity == Severity::Error);
    let error = errors().any(|finding| finding.rule.starts_with("parity/"));
    // C3 and half of H ask how many of these are right, which only a reader can say.
    told.extend(errors().map(|finding| {
        let there = finding.related.first().map_or(0, |related| related.start.line);
        let Finding { rule, message, path, start, .. } = finding;
        format!("published {rule} {path}:{}, line {there} of the original: {message}", start.line)
    }));
    put("H", "published pairs with an error", "≤ 15 %", usize::from(error), 1);
}

/// How long the check of a pair of about 60 blocks takes, in milliseconds: the middle of several runs.
fn speed(pairs: &Pairs) -> Option<f64> {
    let blocks = |pair: &Pair| pair.translation.document().map_or(0, |document| document.blocks.len());
    let pair = pairs.list.iter().min_by_key(|pair| blocks(pair).abs_diff(60)).filter(|pair| blocks(pair) >= 30)?;
    let mut times: Vec<f64> = (0..15)
        .map(|_| {
            let start = Instant::now();
            pairs.check(pair);
            start.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied()
}

impl Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} pairs", self.pairs)?;
        for ((row, name, target), share) in &self.rows {
            let counted = format!("({} of {})", share.hits, share.trials);
            writeln!(f, "{row:3} {name:46} {:7.2} %  {counted:18} {target}", share.percent())?;
        }
        if let Some(milliseconds) = self.milliseconds {
            writeln!(f, "P   a check of a pair of about 60 blocks, in the process: {milliseconds:.1} ms (≤ 15 ms)")?;
        }
        for line in self.told.iter().filter(|_| std::env::var_os("PLANT_TOLD").is_some()) {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}
