//! What a run compared, in a few lines on standard error: silence means something only when this is said.

use super::Console;
use crate::report::{ReleaseSummary, Summary};
use std::collections::BTreeMap;

/// Releases that are listed one by one; of more, only how many there are of each language.
const LISTED: usize = 6;

/// Says what was compared and what kept the run from its work. Problems are said even when the rest is not wanted.
pub(super) fn tell(summary: &Summary, notes: &[String], quiet: bool, console: &Console) {
    for problem in &summary.problems {
        console.problem(&problem.to_string());
    }
    if quiet {
        return;
    }
    for note in notes {
        console.note(&format!("note: {note}"));
    }
    for line in lines(summary) {
        console.note(&line);
    }
}

fn lines(summary: &Summary) -> Vec<String> {
    let mut lines = vec![format!(
        "read {}, {}; compared {}; {} in force",
        plural(summary.files, "file"),
        plural(summary.releases.len(), "release"),
        plural(summary.pairs.len(), "pair"),
        plural(summary.rules, "rule"),
    )];
    if summary.releases.len() <= LISTED {
        lines.extend(summary.releases.iter().map(|release| format!("  {}", described(release))));
    } else {
        lines.push(format!("  language: {}", counted(&summary.releases, language)));
        lines.push(format!("  release date: {}", counted(&summary.releases, date_from)));
    }
    if let Some(first) = summary.without_sister.first().filter(|_| !summary.pairs.is_empty()) {
        let more = match summary.without_sister.len() - 1 {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        lines.push(format!("  without a sister: {first}{more}"));
    }
    let silenced = &summary.silenced;
    for (count, by) in
        [(silenced.stet, "by a stet"), (silenced.baseline, "by the baseline"), (silenced.unchanged, "as unchanged")]
    {
        if count > 0 {
            lines.push(format!("  {} left out {by}", plural(count, "finding")));
        }
    }
    lines
}

fn described(release: &ReleaseSummary) -> String {
    let number = if release.document > 0 { format!(" (release {})", release.document + 1) } else { String::new() };
    let date = match (&release.date, &release.date_from) {
        (Some(date), Some(from)) => format!("{date} ({from})"),
        (Some(date), None) => date.clone(),
        (None, _) => "no date found".into(),
    };
    format!("{}{number}: {}, {date}", release.path, language(release))
}

fn language(release: &ReleaseSummary) -> String {
    match &release.language {
        Some(tag) => format!("{tag} ({})", release.language_from),
        None => "language unsure".into(),
    }
}

fn date_from(release: &ReleaseSummary) -> String {
    match (&release.date, &release.date_from) {
        (Some(_), Some(from)) => from.clone(),
        (Some(_), None) => "known".into(),
        (None, _) => "none found".into(),
    }
}

/// “en (path) 12, fr (path) 11”, the most frequent first.
fn counted(releases: &[ReleaseSummary], of: fn(&ReleaseSummary) -> String) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for release in releases {
        *counts.entry(of(release)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
}

/// “1 file”, “3 files”.
pub(super) fn plural(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}
