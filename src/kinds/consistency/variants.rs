//! One term in several forms: where each form stands, which form the text or the files of a run prefer, and how the rarer one
//! is reported.

use super::report::{MOST, SHOWN, is_cited, times};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::rule::{Findings, Noted, Reading};
use crate::source::{SourceId, Span};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One place of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What is compared: the term without what its forms differ in.
    pub key: String,
    /// The words, in bytes of the document's text.
    pub range: Range<usize>,
    /// What the forms differ in: the hyphen, a letter. Empty where another form has something and this one nothing.
    pub spot: Range<usize>,
}

/// When a form is the rarer one beyond doubt.
#[derive(Debug, Clone, Copy)]
pub struct Preference {
    /// How often the common form stands there at least.
    pub least: usize,
    /// How many common places there are at least for a rare one.
    pub ratio: usize,
}

impl Preference {
    fn decides(self, rare: usize, common: usize) -> bool {
        rare > 0 && common >= self.least && common >= rare * self.ratio
    }
}

/// Reports the rarer forms of terms in one text. A place is reported once, whatever terms it belongs to.
pub fn report(reading: &Reading<'_>, seen: &[Seen], preference: Preference, out: &mut Findings<'_>) {
    let mut terms: BTreeMap<&str, Vec<&Seen>> = BTreeMap::new();
    for place in seen {
        terms.entry(&place.key).or_default().push(place);
    }
    let mut groups: Vec<(Vec<&Seen>, Vec<&Seen>)> = Vec::new();
    for places in terms.into_values().filter(|places| places.len() > preference.least) {
        let mut forms: BTreeMap<&str, Vec<&Seen>> = BTreeMap::new();
        for place in places {
            forms.entry(form(reading, place)).or_default().push(place);
        }
        let Some(most) = forms.iter().max_by_key(|(_, places)| places.len()).map(|(form, _)| *form) else { continue };
        let common = forms.remove(most).unwrap_or_default();
        let alike = |rare: &str| rare.nfc().eq(most.nfc()) || !differ_as_forms(rare, most);
        forms.retain(|rare, _| !alike(rare));
        let rare = forms.into_values().filter(|rare| preference.decides(rare.len(), common.len()));
        groups.extend(rare.map(|rare| (rare, common.clone())));
    }
    groups.sort_by_key(|(rare, _)| rare[0].range.start);
    let mut reported = HashSet::new();
    for (rare, common) in groups {
        let new = |place: &&Seen| !is_cited(reading, &place.range) && reported.insert(place.range.start);
        let rare: Vec<&Seen> = rare.into_iter().filter(new).take(MOST).collect();
        one(reading, &rare, &common, out);
    }
}

/// Whether two spots are forms of one term. Two words that have accents in equal number are two words: “précédent”, “précèdent”.
fn differ_as_forms(one: &str, other: &str) -> bool {
    let accents = |text: &str| text.nfd().filter(|c| is_combining_mark(*c)).count();
    accents(one) != accents(other) || accents(one) == 0
}

/// What stands at the spot of a place. Hyphens at which a line may break and others are one form.
fn form<'a>(reading: &Reading<'a>, place: &Seen) -> &'a str {
    match reading.slice(place.spot.clone()) {
        "\u{2010}" | "\u{2011}" => "-",
        "\u{A0}" => " ",
        text => text,
    }
}

fn one(reading: &Reading<'_>, rare: &[&Seen], common: &[&Seen], out: &mut Findings<'_>) {
    let (Some(first), Some(other)) = (rare.first(), common.first()) else { return };
    let form = form(reading, other);
    let words = reading.slice(first.range.clone());
    let (from, to) = (first.spot.start - first.range.start, first.spot.end - first.range.start);
    let wanted = format!("{}{form}{}", &words[..from], &words[to..]);
    let message = format!("“{words}” is written “{wanted}” elsewhere");
    let mut finding = out.finding(reading.span(first.range.clone()), message);
    finding = finding.label(if rare.len() == 1 { "so only here".into() } else { format!("{} times so", rare.len()) });
    for place in &rare[1..] {
        finding = finding.related(reading.span(place.range.clone()), "and here");
    }
    for (at, place) in common.iter().take(SHOWN).enumerate() {
        let label = if at == 0 { format!("{} so", times(common.len())) } else { "so".into() };
        finding = finding.related(reading.span(place.range.clone()), label);
    }
    finding.help.get_or_insert_with(|| format!("write “{wanted}” throughout"));
    let edits = rare.iter().map(|place| edit(reading, place, form)).collect::<Option<Vec<_>>>();
    if let Some(edits) = edits {
        let title = format!("write “{wanted}”");
        finding = finding.fix(Fix { title, applicability: Applicability::Unsafe, edits });
    }
    out.push(finding);
}

/// The edit that gives a place the other form. The whole word is replaced, for an empty place has no source of its own.
fn edit(reading: &Reading<'_>, place: &Seen, form: &str) -> Option<Edit> {
    let span = reading.edit_span(place.range.clone())?;
    let (before, after) = (place.range.start..place.spot.start, place.spot.end..place.range.end);
    Some(Edit { span, replacement: format!("{}{form}{}", reading.slice(before), reading.slice(after)) })
}

/// Keeps of one text what the terms of all files are judged by: the first place of every form of a term. The words themselves
/// are not kept, only a number made of them.
pub fn notes(reading: &Reading<'_>, seen: &[Seen]) -> Vec<Noted> {
    let language = reading.document.language.tag.as_deref().unwrap_or_default();
    let language = language.split('-').next().unwrap_or_default();
    let mut known = HashSet::new();
    let mut kept = Vec::new();
    for place in seen.iter().filter(|place| !is_cited(reading, &place.range)) {
        let form = form(reading, place);
        if !known.insert((place.key.as_str(), form)) {
            continue;
        }
        let Some(whole) = reading.edit_span(place.range.clone()) else { continue };
        let at = place.spot.start - place.range.start;
        let term = xxhash_rust::xxh3::xxh3_64(format!("{language}\n{}", place.key).as_bytes());
        kept.push(Noted { key: format!("{term:x}"), form: format!("{at} {form}"), range: whole.range() });
    }
    kept
}

/// One form of a term in one file.
struct Form<'a> {
    source: SourceId,
    range: &'a Range<usize>,
    at: usize,
    text: &'a str,
}

/// Judges the terms of all files: a file that writes a term as few others do is reported, once a term. `name` says a form in words.
pub fn judge(
    notes: &[(SourceId, Vec<Noted>)],
    preference: Preference,
    name: fn(&str) -> String,
    out: &mut Findings<'_>,
) {
    let mut terms: BTreeMap<&str, Vec<Form<'_>>> = BTreeMap::new();
    for (source, noted) in notes {
        for note in noted {
            let Some((at, text)) = note.form.split_once(' ') else { continue };
            let form = Form { source: *source, range: &note.range, at: at.parse().unwrap_or(0), text };
            terms.entry(&note.key).or_default().push(form);
        }
    }
    for forms in terms.values() {
        let mut files: BTreeMap<&str, BTreeSet<SourceId>> = BTreeMap::new();
        for form in forms {
            files.entry(form.text).or_default().insert(form.source);
        }
        let Some((common, others)) = files.iter().max_by_key(|(_, files)| files.len()) else { continue };
        let Some(model) = forms.iter().find(|form| form.text == *common) else { continue };
        let rare: BTreeSet<SourceId> =
            files.iter().filter(|(text, _)| *text != common).flat_map(|(_, files)| files).copied().collect();
        if !preference.decides(rare.len(), others.len()) {
            continue;
        }
        // A file that has both forms is a matter of that file.
        for form in forms.iter().filter(|form| form.text != *common && !others.contains(&form.source)) {
            let message = format!("{} here, {} in {} other files", name(form.text), name(common), others.len());
            let mut finding = out.finding(Span::new(form.source, form.range.clone()), message).label("so here");
            for other in forms.iter().filter(|other| other.text == *common).take(SHOWN) {
                finding = finding.related(Span::new(other.source, other.range.clone()), "so there");
            }
            // The hyphen of the other form says where this one lacks it.
            let at = form.range.start + if form.text.is_empty() { model.at } else { form.at };
            let place = at..at + form.text.len();
            if place.end <= form.range.end {
                let span = Span::new(form.source, place);
                let title = "write it as the other files do";
                finding = finding.replace(title, Applicability::Unsafe, span, *common);
            }
            out.push(finding);
        }
    }
}
