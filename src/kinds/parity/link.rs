//! `parity/link`: links of a translation that lead elsewhere than those of its original, or that are missing.

use super::place::{doubtful, in_bead};
use crate::diagnostic::{Confidence, Diagnostic, Severity};
use crate::document::InlineKind;
use crate::release::address::Address;
use crate::release::align::Bead;
use crate::rule::{Check, Findings, Kind, Pair, Reading, Setup};
use crate::settings::{Key, Shape};
use crate::source::Span;
use std::collections::BTreeSet;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "parity/link",
    page: include_str!("link.md"),
    keys: &[Key::required(
        "report",
        Shape::OneOf(&["target", "missing", "language"]),
        "What to report: links that lead elsewhere, links that are missing, links to the version in the original's language.",
    )],
    build,
};

/// Letters from which the words of a link are the title of a page, which stands in both versions.
const TITLE: usize = 24;

enum Report {
    Target,
    Missing,
    Language,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(match setup.table.text("report") {
        Some("missing") => Report::Missing,
        Some("language") => Report::Language,
        _ => Report::Target,
    }))
}

/// A link of a bead.
struct Link {
    address: Address,
    key: String,
    written: String,
    /// The words that it stands on, without white space and case.
    words: String,
    /// Where the target is written.
    place: Span,
}

impl Check for Report {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        if pair.obstacle().is_some() {
            return;
        }
        let keys = |reading: &Reading<'_>| -> BTreeSet<String> {
            links(reading, 0..reading.text().len()).into_iter().map(|link| link.key).collect()
        };
        let (here, there) = (keys(pair.original), keys(pair.translation));
        let mut told = BTreeSet::new();
        for bead in pair.beads().iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty()) {
            let of = |reading: &Reading<'_>, ranges: Vec<Range<usize>>| -> Vec<Link> {
                ranges.into_iter().flat_map(|range| links(reading, range)).collect()
            };
            let mut original = of(pair.original, pair.original_ranges(bead));
            let mut translation = of(pair.translation, pair.translation_ranges(bead));
            if let Report::Language = self {
                language(pair, bead, &original, &translation, out);
                continue;
            }
            drop_equal(&mut original, &mut translation);
            let (one, other) = drop_localised(original, translation);
            match self {
                Report::Target => target(pair, bead, &one, &other, (&here, &there), &mut told, out),
                _ => missing(pair, bead, &one, &other, &there, out),
            }
        }
    }
}

/// The links of a range of the text.
fn links(reading: &Reading<'_>, range: Range<usize>) -> Vec<Link> {
    let inlines = &reading.document.inlines;
    let first = inlines.partition_point(|inline| inline.range.start < range.start);
    let within = inlines[first..].iter().take_while(|inline| inline.range.start < range.end);
    let mut found: Vec<Link> = Vec::new();
    for inline in within {
        let text = reading.text().get(inline.range.clone()).unwrap_or_default();
        let (target, place) = match &inline.kind {
            InlineKind::Link { target, source } => {
                (target.as_str(), Span::new(reading.document.source, source.clone()))
            }
            InlineKind::Address => (text, reading.span(inline.range.clone())),
            _ => continue,
        };
        let written = target.trim().trim_matches(['<', '>']).to_owned();
        if written.is_empty() || written.starts_with('#') || written.contains("{{") || written.contains("{%") {
            continue;
        }
        // An address written out inside a link is the link's text.
        if found.last().is_some_and(|last: &Link| last.written == written && last.place.end >= place.start) {
            continue;
        }
        let address = Address::new(&written);
        let words = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        found.push(Link { key: address.key(), address, written, words, place });
    }
    found
}

/// Leaves out what both sides have, as often as both have it.
fn drop_equal(original: &mut Vec<Link>, translation: &mut Vec<Link>) {
    original.retain(|link| match translation.iter().position(|other| other.key == link.key) {
        Some(at) => {
            translation.remove(at);
            false
        }
        None => true,
    });
}

/// Leaves out pairs of links that are language versions of one page whose path is translated too.
fn drop_localised(original: Vec<Link>, mut translation: Vec<Link>) -> (Vec<Link>, Vec<Link>) {
    let mut rest = Vec::new();
    for link in original {
        match translation.iter().position(|other| localised(&link.address, &other.address)) {
            Some(at) => {
                translation.remove(at);
            }
            None => rest.push(link),
        }
    }
    (rest, translation)
}

/// Whether two addresses may be versions of one page: nothing accuses them, and the site is one whose paths are translated.
fn localised(one: &Address, other: &Address) -> bool {
    let languages = !one.languages.is_empty() && !other.languages.is_empty() && one.languages != other.languages;
    one.host == other.host && languages && doubt(one, other).is_none()
}

/// Why two addresses in one passage cannot be versions of one page, and whether that is certain. Words absolve: where they differ,
/// a site may have translated its paths. Figures accuse, and so does what differs by a slip of the hand.
fn doubt(one: &Address, other: &Address) -> Option<(String, bool)> {
    let (a, b) = (one.key(), other.key());
    let (left, right) = differing(&a, &b);
    if one.host == other.host {
        let slip = |piece: &str| piece.chars().count() <= 2;
        let words = |piece: &str| piece.chars().any(char::is_alphabetic);
        let opaque = is_opaque(&a) || is_opaque(&b);
        if let Some((here, there)) = figures(one, other).filter(|_| !opaque) {
            return Some((format!("their paths say {here} and {there}"), true));
        }
        let inserted = left.is_empty() || right.is_empty();
        let piece = if left.is_empty() { right } else { left };
        if inserted && !piece.is_empty() && !opaque && piece.chars().count() <= 12 {
            if !words(piece) && piece.trim_matches(['/', '_', '.']).chars().count() > 0 {
                return Some((format!("one has “{piece}” more"), true));
            }
            if slip(piece) && doubled(&a, &b, piece) {
                return Some((format!("one has “{piece}” more"), false));
            }
        }
        if a.contains('@') && slip(left) && slip(right) {
            return Some((format!("they differ in “{left}” and “{right}”"), false));
        }
        let last = |address: &Address| address.path.last().cloned().unwrap_or_default();
        let same_end = last(one).len() >= 8 && last(one) == last(other) && one.path.len() != other.path.len();
        let dated = |address: &Address| address.figures().len();
        if same_end && dated(one) != dated(other) && one.languages.is_empty() != other.languages.is_empty() {
            return Some(("only the end of their paths agrees".to_owned(), false));
        }
        return None;
    }
    let path = |address: &Address| address.path.join("/").to_lowercase();
    let same_path = path(one) == path(other) && path(one).len() >= 8;
    let plain = one.languages.is_empty() && other.languages.is_empty() && one.is_external() && other.is_external();
    (same_path && plain && !related(&one.host, &other.host))
        .then(|| (format!("they differ in the host, {} and {}", one.host, other.host), false))
}

/// What is left of two texts without their common beginning and end.
fn differing<'t>(a: &'t str, b: &'t str) -> (&'t str, &'t str) {
    let start: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let end: usize = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    (&a[..a.len() - end], &b[..b.len() - end])
}

/// Whether a path holds an identifier that machines make: long, of letters and figures mixed, or of very many figures.
fn is_opaque(key: &str) -> bool {
    key.split(['/', '?', '&', '=', '_', '.']).any(|piece| {
        let digits = piece.bytes().filter(u8::is_ascii_digit).count();
        let runs = piece.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).count();
        (runs >= 3 && piece.len() >= 10 && !piece.contains('-')) || digits >= 7
    })
}

/// The first figures in which two paths of equally many differ.
fn figures<'a>(one: &'a Address, other: &'a Address) -> Option<(&'a str, &'a str)> {
    let (here, there) = (one.figures(), other.figures());
    if here.len() != there.len() {
        return None;
    }
    here.into_iter().zip(there).find(|(x, y)| x != y)
}

/// Whether the letters that one address has more repeat their neighbour: a key that was held too long.
fn doubled(a: &str, b: &str, piece: &str) -> bool {
    let longer = if a.len() > b.len() { a } else { b };
    let twice = format!("{piece}{piece}");
    longer.contains(&twice)
}

/// Whether two hosts belong to one owner: the last two labels agree, or the last three under a short second level.
fn related(one: &str, other: &str) -> bool {
    let end = |host: &str| {
        let labels: Vec<&str> = host.rsplit('.').collect();
        let count = if labels.get(1).is_some_and(|label| label.len() <= 3) { 3 } else { 2 };
        labels.into_iter().take(count).map(str::to_owned).collect::<Vec<_>>()
    };
    end(one) == end(other)
}

fn target(
    pair: &Pair<'_, '_>,
    bead: &Bead,
    original: &[Link],
    translation: &[Link],
    (here, there): (&BTreeSet<String>, &BTreeSet<String>),
    told: &mut BTreeSet<(usize, usize)>,
    out: &mut Findings<'_>,
) {
    // A link that the other text has elsewhere only stands in another passage.
    let original: Vec<&Link> = original.iter().filter(|link| !there.contains(&link.key)).collect();
    let mut taken = BTreeSet::new();
    for link in translation.iter().filter(|link| !here.contains(&link.key)) {
        let title = |other: &Link| {
            let spaces = link.words.chars().count() >= TITLE && link.words == other.words;
            (spaces && link.address.languages == other.address.languages)
                .then_some("the two links stand on the same words")
        };
        let free = original.iter().enumerate().filter(|(at, _)| !taken.contains(at));
        let accused = free.filter_map(|(at, other)| {
            let doubt = doubt(&other.address, &link.address);
            let doubt = doubt.or_else(|| title(other).map(|reason| (reason.to_owned(), false)));
            doubt.map(|(reason, sure)| (sure, link.words == other.words, at, reason))
        });
        let Some((sure, _, at, reason)) = accused.max_by(|a, b| (a.0, a.1, b.2).cmp(&(b.0, b.1, a.2))) else {
            continue;
        };
        let other = original[at];
        taken.insert(at);
        if !told.insert((link.place.start, link.place.end)) {
            continue;
        }
        let message = format!("“{}” is not where the original's link leads", short(&link.written));
        let mut finding = out.finding(link.place, message).label("leads elsewhere");
        finding = finding.related(other.place, "the original's link leads here").because(reason);
        if !sure {
            finding.severity = Severity::Warning;
            finding.confidence = Confidence::Medium;
        }
        out.push(in_bead(pair, bead, finding));
    }
}

fn missing(
    pair: &Pair<'_, '_>,
    bead: &Bead,
    original: &[Link],
    translation: &[Link],
    there: &BTreeSet<String>,
    out: &mut Findings<'_>,
) {
    // A link with another target is the other rule's.
    let lost: Vec<&Link> =
        original.iter().filter(|link| link.address.is_external() && !there.contains(&link.key)).collect();
    if lost.len() <= translation.len() {
        return;
    }
    let Some(range) = pair.translation_ranges(bead).into_iter().next_back() else { return };
    let end = pair.translation.span(range).end;
    let count = lost.len() - translation.len();
    let message = match count {
        1 => "a link of the original is missing from this passage".to_owned(),
        count => format!("{count} links of the original are missing from this passage"),
    };
    let mut finding = out.finding(Span::new(pair.translation.document.source, end..end), message);
    for link in lost.iter().take(3) {
        finding = finding.related(link.place, "the original has this link");
    }
    let finding = in_bead(pair, bead, finding);
    out.push(if translation.is_empty() && !pair.is_draft() { finding } else { doubtful(finding) });
}

fn language(pair: &Pair<'_, '_>, bead: &Bead, original: &[Link], translation: &[Link], out: &mut Findings<'_>) {
    let [from, into] = pair.languages();
    let speaks = |address: &Address, language: &str| {
        address.languages.iter().any(|tag| tag == language || tag.starts_with(&format!("{language}-")))
    };
    for link in translation {
        let Some(same) = original.iter().find(|other| other.written == link.written) else { continue };
        // Only within the site's own pages, or where the text links to pages in its own language elsewhere on that host.
        let own = |reading: &Reading<'_>| {
            links(reading, 0..reading.text().len())
                .iter()
                .any(|other| other.address.host == link.address.host && speaks(&other.address, &into))
        };
        if speaks(&link.address, &from) && !speaks(&link.address, &into) && own(pair.translation) {
            let finding = out.finding(link.place, "this link leads to the page in the language of the original");
            let finding = finding.related(same.place, "as the original's does");
            out.push(in_bead(pair, bead, finding));
        }
    }
}

/// An address cut to what a message can hold.
fn short(address: &str) -> String {
    match address.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &address[..at]),
        None => address.to_owned(),
    }
}
