//! One self-contained page: findings by file, each with its words in their line, and what was compared. It loads nothing.

use super::human::plural;
use super::xml::escape;
use super::{Excerpt, Finding, Format, Report, Style, by_path};
use std::io::{self, Write};

pub(super) const FORMAT: Format =
    Format { name: "html", about: "one page for people who have no terminal", excerpts: true, write };

const HEAD: &str = include_str!("html/head.html");

fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    let (counts, summary) = (report.summary.counts, report.summary);
    let counts = [("error", counts.error), ("warning", counts.warning), ("note", counts.info)];
    let counts = counts.map(|(name, count)| plural(count, name)).join(", ");
    let (files, pairs) = (plural(summary.files, "file"), plural(summary.pairs.len(), "pair"));
    writeln!(out, "<h1>copydesk</h1>\n<p>{counts} in {files}; {pairs} of language versions compared.</p>")?;
    for problem in &summary.problems {
        writeln!(out, "<p class=\"problem\">{}</p>", escape(&problem.to_string()))?;
    }
    for (path, findings) in by_path(report.findings) {
        writeln!(out, "<section>\n<h2>{}</h2>", escape(path))?;
        for finding in findings {
            article(finding, style, out)?;
        }
        writeln!(out, "</section>")?;
    }
    writeln!(out, "<h2>What was read</h2>\n<table>\n<tr><th>file</th><th>language</th><th>release date</th></tr>")?;
    for release in &summary.releases {
        let language = release.language.as_deref().unwrap_or("unsure");
        let date = release.date.as_deref().unwrap_or("not found");
        let cells = [release.path.as_str(), language, date].map(|cell| format!("<td>{}</td>", escape(cell)));
        writeln!(out, "<tr>{}</tr>", cells.concat())?;
    }
    writeln!(out, "</table>\n</main>\n</body>\n</html>")
}

fn article(finding: &Finding, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let (severity, place) = (finding.severity, format!("{}:{}", finding.start.line, finding.start.column));
    writeln!(out, "<article class=\"{severity}\">\n<h3>{}</h3>", escape(&finding.message))?;
    writeln!(out, "<p class=\"rule\">{severity} · {} · {place}</p>", escape(&finding.rule))?;
    let language = finding.language.as_deref().unwrap_or_default();
    writeln!(out, "<blockquote lang=\"{}\" dir=\"auto\">{}</blockquote>", escape(language), words(&finding.excerpt))?;
    for related in &finding.related {
        let place = format!("{}:{}:{}", related.path, related.start.line, related.start.column);
        writeln!(
            out,
            "<p class=\"rule\">{} · {}</p>\n<blockquote dir=\"auto\">{}</blockquote>",
            escape(&related.label),
            escape(&place),
            words(&related.excerpt)
        )?;
    }
    if let Some(help) = &finding.help {
        writeln!(out, "<p>{}</p>", escape(help))?;
    }
    if let Some(fix) = &finding.fix {
        writeln!(out, "<p class=\"fix\">{}</p>", escape(&fix.title))?;
    }
    if style.explain {
        for reason in &finding.reasons {
            writeln!(out, "<p class=\"rule\">because {}</p>", escape(reason))?;
        }
    }
    writeln!(out, "</article>")
}

/// The line with the words of the finding marked in it; a place between two characters is a thin mark.
fn words(excerpt: &Excerpt) -> String {
    let (text, label) = (&excerpt.text, &excerpt.label);
    let [before, at, after] = [&text[..label.start], &text[label.clone()], &text[label.end..]].map(escape);
    let [left, right] = excerpt.cut.map(|cut| if cut { "…" } else { "" });
    format!("{left}{before}<mark>{at}</mark>{after}{right}")
}
