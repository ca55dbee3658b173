//! One self-contained page: findings by file, each with its words in their line, and what was compared. It loads nothing.

use super::human::plural;
use super::{Excerpt, Finding, Format, Related, Report, Style, by_path};
use crate::page::{self, Mark, direction, escape, marked, reading};
use std::io::{self, Write};
use std::ops::Range;

pub(super) const FORMAT: Format =
    Format { name: "html", about: "one page for people who have no terminal", excerpts: true, write };

const STYLE: &str = include_str!("html/report.css");

fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    page::open("copydesk", STYLE, out)?;
    let (counts, summary) = (report.summary.counts, report.summary);
    let counts = [("error", counts.error), ("warning", counts.warning), ("note", counts.info)];
    let some: Vec<String> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(name, count)| plural(*count, name)).collect();
    let counts = if some.is_empty() { "Nothing was found".to_owned() } else { some.join(", ") };
    let (files, pairs) = (plural(summary.files, "file"), plural(summary.pairs.len(), "pair"));
    writeln!(out, "<main>\n<header class=\"head\">\n<p class=\"kicker\">Copy desk</p>\n<h1>{counts}</h1>")?;
    writeln!(out, "<p>In {files}; {pairs} of language versions compared.</p>\n</header>")?;
    for problem in &summary.problems {
        writeln!(out, "<p class=\"problem\">{}</p>", escape(&problem.to_string()))?;
    }
    for (path, findings) in by_path(report.findings) {
        let count = plural(findings.len(), "finding");
        writeln!(out, "<section>\n<h2 class=\"file\">{} <span class=\"faint\">{count}</span></h2>", escape(path))?;
        for finding in findings {
            article(finding, style, out)?;
        }
        writeln!(out, "</section>")?;
    }
    let heads = ["file", "language", "release date"].map(|head| format!("<th scope=\"col\">{head}</th>")).concat();
    writeln!(out, "<h2>What was read</h2>\n<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>")?;
    for release in &summary.releases {
        let language = release.language.as_deref().unwrap_or("unsure");
        let date = release.date.as_deref().unwrap_or("not found");
        let cells = [release.path.as_str(), language, date].map(|cell| format!("<td>{}</td>", escape(cell)));
        writeln!(out, "<tr>{}</tr>", cells.concat())?;
    }
    writeln!(out, "</tbody>\n</table>\n</main>")?;
    page::close(out)
}

fn article(finding: &Finding, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let (severity, place) = (finding.severity, format!("{}:{}", finding.start.line, finding.start.column));
    writeln!(out, "<article class=\"{severity}\">\n<h3>{}</h3>", escape(&finding.message))?;
    let rule = escape(&finding.rule);
    writeln!(
        out,
        "<p class=\"rule\"><span class=\"severity\">{severity}</span> · <code>{rule}</code> · line {place}</p>"
    )?;
    // What stands in the same lines is marked in them, and not shown once more.
    let own = &finding.excerpt;
    let within = |related: &Related| {
        let (label, shift) = (&related.excerpt.label, related.excerpt.offset.checked_sub(own.offset)?);
        let range = label.start + shift..label.end + shift;
        let is_here = related.path == finding.path && !range.is_empty() && range.end <= own.text.len();
        is_here.then_some(range)
    };
    let here = finding.related.iter().filter_map(within).collect();
    quote(" class=\"own\"", finding.language.as_deref(), own, here, out)?;
    for related in &finding.related {
        let place = escape(&format!("{}:{}:{}", related.path, related.start.line, related.start.column));
        let (label, words) = (escape(&related.label), escape(&related.text));
        if within(related).is_some() {
            writeln!(out, "<p class=\"rule\">“<span class=\"also\">{words}</span>” {label}</p>")?;
            continue;
        }
        writeln!(out, "<p class=\"rule\">{label} · {place}</p>")?;
        quote("", None, &related.excerpt, Vec::new(), out)?;
    }
    if let Some(help) = &finding.help {
        writeln!(out, "<p class=\"help\">{}</p>", escape(help))?;
    }
    // The help of many rules is what their fix does.
    if let Some(fix) = finding.fix.as_ref().filter(|fix| finding.help.as_ref() != Some(&fix.title)) {
        writeln!(out, "<p class=\"fix\">{}</p>", escape(&fix.title))?;
    }
    if style.explain {
        for reason in &finding.reasons {
            writeln!(out, "<p class=\"rule\">because {}</p>", escape(reason))?;
        }
    }
    writeln!(out, "</article>")
}

/// The line with the words of the finding marked in it; a place between two characters is a thin mark. An excerpt that was let go
/// is left out.
fn quote(
    class: &str,
    language: Option<&str>,
    excerpt: &Excerpt,
    also: Vec<Range<usize>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    if excerpt.text.is_empty() {
        return Ok(());
    }
    let own = Mark { range: excerpt.label.clone(), element: "mark", ..Mark::default() };
    let attributes = " class=\"also\"".to_owned();
    let others = also.into_iter().map(|range| Mark {
        range,
        element: "span",
        attributes: attributes.clone(),
        ..Mark::default()
    });
    let marks: Vec<Mark> = std::iter::once(own).chain(others).collect();
    let [left, right] = excerpt.cut.map(|cut| if cut { "…" } else { "" });
    let (reading, words) = (reading(language, direction(&excerpt.text)), marked(&excerpt.text, &marks));
    writeln!(out, "<blockquote{class}{reading}>{left}{words}{right}</blockquote>")
}
