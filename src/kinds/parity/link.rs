//! `parity/link`: links of a translation that lead elsewhere than those of its original, or that are missing.

use super::place::{doubtful, in_bead};
use crate::diagnostic::{Confidence, Diagnostic, Severity};
use crate::document::InlineKind;
use crate::release::address::Address;
use crate::release::align::Bead;
use crate::rule::{Check, Findings, Kind, Pair, Reading, Setup};
use crate::settings::{Key, Shape};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};
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

/// A link.
struct Link {
    address: Address,
    key: String,
    written: String,
    /// The label of its definition, where it has one that says something: two versions keep it for one link.
    label: Option<String>,
    /// The words that it stands on, without white space and case.
    words: String,
    /// Where it stands in the text.
    range: Range<usize>,
    /// Where the target is written.
    place: Span,
}

/// How often each address stands in either version. One that stands as often in both, wherever, is not missing from either.
struct Counts {
    original: BTreeMap<String, usize>,
    translation: BTreeMap<String, usize>,
}

impl Counts {
    fn of(original: &[Link], translation: &[Link]) -> Self {
        let count = |links: &[Link]| {
            let mut counts = BTreeMap::new();
            links.iter().for_each(|link| *counts.entry(link.key.clone()).or_default() += 1);
            counts
        };
        Counts { original: count(original), translation: count(translation) }
    }

    /// How much more often an address stands in the translation.
    fn surplus(&self, key: &str) -> isize {
        let count = |counts: &BTreeMap<String, usize>| counts.get(key).copied().unwrap_or(0) as isize;
        count(&self.translation) - count(&self.original)
    }
}

impl Check for Report {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        if pair.obstacle().is_some() {
            return;
        }
        let [here, there] = &[links(pair.original), links(pair.translation)];
        if let Report::Language = self {
            language(pair, here, there, out);
            return;
        }
        let counts = Counts::of(here, there);
        let mut told = BTreeSet::new();
        let labels = labelled(here);
        let judged: BTreeSet<&str> =
            there.iter().filter_map(|link| link.label.as_deref()).filter(|label| labels.contains_key(label)).collect();
        if let Report::Target = self {
            definitions(&labels, there, &mut told, out);
        }
        for bead in pair.beads().iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty()) {
            let mut original = within(here, pair.original_ranges(bead));
            let mut translation = within(there, pair.translation_ranges(bead));
            for links in [&mut original, &mut translation] {
                links.retain(|link| link.label.as_deref().is_none_or(|label| !judged.contains(label)));
            }
            drop_equal(&mut original, &mut translation);
            let (one, other) = drop_localised(original, translation);
            match self {
                Report::Target => target(pair, bead, &one, &other, &counts, &mut told, out),
                _ => missing(pair, bead, &one, &other, &counts, out),
            }
        }
    }
}

/// The links that stand in these ranges.
fn within(links: &[Link], ranges: Vec<Range<usize>>) -> Vec<&Link> {
    let of = |range: Range<usize>| {
        let first = links.partition_point(|link| link.range.start < range.start);
        links[first..].iter().take_while(move |link| link.range.start < range.end)
    };
    ranges.into_iter().flat_map(of).collect()
}

/// The links of a text, in its order.
fn links(reading: &Reading<'_>) -> Vec<Link> {
    let mut found: Vec<Link> = Vec::new();
    for inline in &reading.document.inlines {
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
        if found.last().is_some_and(|last: &Link| last.written == written && last.range.end > inline.range.start) {
            continue;
        }
        let address = Address::new(&written);
        let words = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let outside = place.start >= inline.source.end || place.end <= inline.source.start;
        let label = reading.sources.get(reading.document.source).text().get(inline.source.clone());
        let label = label.filter(|_| outside).and_then(label_of);
        let range = inline.range.clone();
        found.push(Link { key: address.key(), address, written, label, words, range, place });
    }
    found
}

/// The label by which a link names its definition: the last of `[words][label]`, `[label][]`, `[label]`. One without letters only numbers
/// the links of its own text.
fn label_of(markup: &str) -> Option<String> {
    let markup = markup.trim_end().strip_suffix("[]").unwrap_or(markup).strip_suffix(']')?;
    let (_, label) = markup.rsplit_once('[')?;
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    label.contains(char::is_alphabetic).then_some(label)
}

/// The links of a text by their labels, the first of each.
fn labelled(links: &[Link]) -> BTreeMap<&str, &Link> {
    let mut labels = BTreeMap::new();
    for link in links {
        if let Some(label) = &link.label {
            labels.entry(label.as_str()).or_insert(link);
        }
    }
    labels
}

/// Reports definitions of one label that lead to different places.
fn definitions(
    originals: &BTreeMap<&str, &Link>,
    translation: &[Link],
    told: &mut BTreeSet<(usize, usize)>,
    out: &mut Findings<'_>,
) {
    for (label, link) in labelled(translation) {
        let Some(other) = originals.get(label).filter(|other| other.key != link.key) else { continue };
        let Some((reason, sure)) = doubt(&other.address, &link.address).or_else(|| elsewhere(other, link)) else {
            continue;
        };
        told.insert((link.place.start, link.place.end));
        let finding = led_astray(link, other, reason, sure, out);
        out.push(finding.because(format!("both are the link “{label}”")));
    }
}

/// Whether two links of one label lead to pages that cannot be language versions of each other: neither address names a language.
fn elsewhere(one: &Link, other: &Link) -> Option<(String, bool)> {
    let plain = |link: &Link| link.address.languages.is_empty() && link.address.is_external();
    (plain(one) && plain(other) && !related(&one.address.host, &other.address.host))
        .then(|| (format!("they differ in the host, {} and {}", one.address.host, other.address.host), false))
}

/// Leaves out what both sides have, as often as both have it.
fn drop_equal(original: &mut Vec<&Link>, translation: &mut Vec<&Link>) {
    original.retain(|link| match translation.iter().position(|other| other.key == link.key) {
        Some(at) => {
            translation.remove(at);
            false
        }
        None => true,
    });
}

/// Leaves out pairs of links that are language versions of one page whose path is translated too.
fn drop_localised<'l>(original: Vec<&'l Link>, mut translation: Vec<&'l Link>) -> (Vec<&'l Link>, Vec<&'l Link>) {
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
        if same_end && dated(one) != dated(other) {
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
    original: &[&Link],
    translation: &[&Link],
    counts: &Counts,
    told: &mut BTreeSet<(usize, usize)>,
    out: &mut Findings<'_>,
) {
    // A link that the other text has as often only stands in another passage.
    let original: Vec<&Link> = original.iter().copied().filter(|link| counts.surplus(&link.key) < 0).collect();
    let mut taken = BTreeSet::new();
    for &link in translation.iter().filter(|link| counts.surplus(&link.key) > 0) {
        let title = |other: &Link| {
            let spaces = link.words.chars().count() >= TITLE && link.words == other.words;
            (spaces && link.address.languages == other.address.languages)
                .then_some("the two links stand on the same words")
        };
        let named = |other: &Link| {
            let crossed = |named: &Link, mute: &Link| {
                named.address.names(&mute.words)
                    && !mute.address.names(&mute.words)
                    && !mute.address.names(&named.words)
            };
            (crossed(link, other) || crossed(other, link)).then_some("the address of one says the words of the other")
        };
        let free = original.iter().enumerate().filter(|(at, _)| !taken.contains(at));
        let accused = free.filter_map(|(at, other)| {
            let doubt = doubt(&other.address, &link.address);
            let words = || title(other).or_else(|| named(other)).map(|reason| (reason.to_owned(), false));
            doubt.or_else(words).map(|(reason, sure)| (sure, link.words == other.words, at, reason))
        });
        let Some((sure, _, at, reason)) = accused.max_by(|a, b| (a.0, a.1, b.2).cmp(&(b.0, b.1, a.2))) else {
            continue;
        };
        let other = original[at];
        taken.insert(at);
        if !told.insert((link.place.start, link.place.end)) {
            continue;
        }
        // Where the page is linked elsewhere too, the links may have been ordered otherwise.
        let once = !counts.original.contains_key(&link.key) && !counts.translation.contains_key(&other.key);
        let finding = led_astray(link, other, reason, sure && once, out);
        out.push(in_bead(pair, bead, finding));
    }
}

/// A link that leads elsewhere than the original's.
fn led_astray(link: &Link, other: &Link, reason: String, sure: bool, out: &Findings<'_>) -> Diagnostic {
    let message = format!("“{}” is not where the original's link leads", short(&link.written));
    let mut finding = out.finding(link.place, message).label("leads elsewhere");
    finding = finding.related(other.place, "the original's link leads here").because(reason);
    if !sure {
        finding.severity = Severity::Warning;
        finding.confidence = Confidence::Medium;
    }
    finding
}

fn missing(
    pair: &Pair<'_, '_>,
    bead: &Bead,
    original: &[&Link],
    translation: &[&Link],
    counts: &Counts,
    out: &mut Findings<'_>,
) {
    // A link with another target is the other rule's.
    let lost: Vec<&Link> = original
        .iter()
        .copied()
        .filter(|link| link.address.is_external() && !counts.translation.contains_key(&link.key))
        .collect();
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

fn language(pair: &Pair<'_, '_>, original: &[Link], translation: &[Link], out: &mut Findings<'_>) {
    let [from, into] = pair.languages();
    let speaks = |address: &Address, language: &str| {
        address.languages.iter().any(|tag| tag == language || tag.starts_with(&format!("{language}-")))
    };
    // A site has a page in the reader's language where the text links to most of its pages so; older pages are often not translated.
    let mut hosts: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for link in translation {
        let [own, foreign] = hosts.entry(&link.address.host).or_default();
        *own += usize::from(speaks(&link.address, &into));
        *foreign += usize::from(speaks(&link.address, &from) && !speaks(&link.address, &into));
    }
    for bead in pair.beads().iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty()) {
        let originals = within(original, pair.original_ranges(bead));
        for link in within(translation, pair.translation_ranges(bead)) {
            let Some(same) = originals.iter().find(|other| other.written == link.written) else { continue };
            let foreign = speaks(&link.address, &from) && !speaks(&link.address, &into);
            let usual = hosts.get(link.address.host.as_str()).is_some_and(|[own, foreign]| *own >= 2 * foreign);
            if foreign && usual {
                let finding = out.finding(link.place, "this link leads to the page in the language of the original");
                let finding = finding.related(same.place, "as the original's does");
                out.push(in_bead(pair, bead, finding));
            }
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
