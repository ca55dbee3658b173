//! One term in several forms: where each form stands, which form the text or the files of a run prefer, and how the rarer one
//! is reported.

use super::report::{MOST, SHOWN, is_cited, is_foreign, is_link, times};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::rule::{Findings, Kept, Noted, Places, Reading};
use crate::source::{SourceId, Span};
use foldhash::HashSet;
use std::collections::{BTreeMap, BTreeSet};
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
    /// Whether only terms are reported of which no form is the rarer one.
    pub even: bool,
}

impl Preference {
    fn decides(self, rare: usize, common: usize) -> bool {
        rare > 0 && (common >= self.least && common >= rare * self.ratio) != self.even
    }
}

/// Reports the rarer forms of terms in one text. A place is reported once, whatever terms it belongs to.
pub fn report(reading: &Reading<'_>, seen: &[Seen], preference: Preference, out: &mut Findings<'_>) {
    let mut terms: BTreeMap<&str, Vec<&Seen>> = BTreeMap::new();
    for place in seen {
        terms.entry(&place.key).or_default().push(place);
    }
    let mut groups: Vec<(Vec<&Seen>, Vec<&Seen>)> = Vec::new();
    let fewest = if preference.even { 1 } else { preference.least };
    for places in terms.into_values().filter(|places| places.len() > fewest) {
        // Words that are compared as wholes differ in accents.
        let whole = places.iter().any(|place| place.spot == place.range);
        let mut forms: BTreeMap<&str, Vec<&Seen>> = BTreeMap::new();
        for place in places {
            forms.entry(form(reading, place)).or_default().push(place);
        }
        let Some(most) = forms.iter().max_by_key(|(_, places)| places.len()).map(|(form, _)| *form) else { continue };
        let common = forms.remove(most).unwrap_or_default();
        let alike = |rare: &str| {
            rare.nfc().eq(most.nfc()) || lost_by_the_other(rare, most) || whole && !differ_as_forms(rare, most)
        };
        forms.retain(|rare, _| !alike(rare));
        let rare = forms.into_values().filter(|rare| preference.decides(rare.len(), common.len()));
        groups.extend(rare.map(|rare| (rare, common.clone())));
    }
    groups.sort_by_key(|(rare, _)| rare[0].range.start);
    let mut reported = HashSet::default();
    for (rare, common) in groups {
        let own = |range: &Range<usize>| {
            let named = preference.even && is_link(reading, range);
            !named && !is_cited(reading, range) && !is_foreign(reading, range)
        };
        let common: Vec<&Seen> = common.into_iter().filter(|place| !preference.even || own(&place.range)).collect();
        let new = |place: &&Seen| own(&place.range) && reported.insert(place.range.start);
        let rare: Vec<&Seen> = rare.into_iter().filter(new).take(MOST).collect();
        if preference.even {
            even(reading, &rare, &common, out);
        } else {
            one(reading, &rare, &common, out);
        }
    }
}

/// Shows two forms of which neither is the rarer one, where the second begins to stand.
fn even(reading: &Reading<'_>, rare: &[&Seen], common: &[&Seen], out: &mut Findings<'_>) {
    let (Some(one), Some(other)) = (rare.first(), common.first()) else { return };
    let ((first, places), (second, others)) = if one.range.start < other.range.start {
        ((one, rare), (other, common))
    } else {
        ((other, common), (one, rare))
    };
    let words = |place: &Seen| reading.slice(place.range.clone());
    let message = format!("“{}” here and “{}” there", words(second), words(first));
    let finding = out.finding(reading.span(second.range.clone()), message);
    let mut finding = finding.label(format!("{} so", times(others.len())));
    for place in others[1..].iter().take(MOST) {
        finding = finding.related(reading.span(place.range.clone()), "and here");
    }
    for (at, place) in places.iter().take(MOST).enumerate() {
        let label = if at == 0 { format!("{} so", times(places.len())) } else { "so".into() };
        finding = finding.related(reading.span(place.range.clone()), label);
    }
    finding.help.get_or_insert_with(|| "choose one form for the whole text".to_owned());
    out.push(finding);
}

/// Whether two words that differ in accents are forms of one. Two words that have accents in equal number are two words: “précédent”, “précèdent”.
fn differ_as_forms(one: &str, other: &str) -> bool {
    accents(one) != accents(other) || accents(one) == 0
}

/// Whether two forms are the same but for accents, of which the rarer one has more: an accent is lost more easily than it is put, and labels
/// of tables and words of another language stand without.
fn lost_by_the_other(rare: &str, most: &str) -> bool {
    let bare = |text: &str| text.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>();
    accents(rare) > accents(most) && bare(rare) == bare(most)
}

fn accents(text: &str) -> usize {
    text.nfd().filter(|c| is_combining_mark(*c)).count()
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

/// Keeps of one text what the terms of all files are judged by: the first place of every form of a term, with its word.
pub fn notes(reading: &Reading<'_>, seen: &[Seen]) -> Vec<Noted> {
    let language = reading.document.language.tag.as_deref().unwrap_or_default();
    let language = language.split('-').next().unwrap_or_default();
    let mut known = HashSet::default();
    let mut kept = Vec::new();
    for place in seen.iter().filter(|place| !is_cited(reading, &place.range)) {
        let form = form(reading, place);
        if !known.insert((place.key.as_str(), form)) {
            continue;
        }
        let Some(whole) = reading.edit_span(place.range.clone()) else { continue };
        let (from, to) = (place.spot.start - place.range.start, place.spot.end - place.range.start);
        let word = reading.slice(place.range.clone());
        let form = Form { before: &word[..from], spot: form, after: &word[to..] };
        let key = xxhash_rust::xxh3::xxh3_64(format!("{language}\n{}", place.key).as_bytes());
        kept.push(Noted { key, form: form.written(), range: whole.range() });
    }
    kept
}

/// A form of a term as it is kept: the word, with what its forms differ in between two marks.
#[derive(Clone, Copy)]
struct Form<'a> {
    before: &'a str,
    spot: &'a str,
    after: &'a str,
}

impl<'a> Form<'a> {
    fn written(self) -> String {
        format!("{}\t{}\t{}", self.before, self.spot, self.after)
    }

    fn read(kept: &'a str) -> Option<Self> {
        let mut parts = kept.split('\t');
        Some(Form { before: parts.next()?, spot: parts.next()?, after: parts.next()? })
    }

    /// The word with another form's spot for its own. Where its own is empty, the other form says where it would stand.
    fn with(self, other: Form<'_>) -> (Range<usize>, String) {
        let (word, at) = (format!("{}{}{}", self.before, self.spot, self.after), self.before.len());
        let at = if self.spot.is_empty() { other.before.len() } else { at };
        let range = at..at + self.spot.len();
        let wanted = word.get(..range.start).zip(word.get(range.end..));
        (range, wanted.map_or_else(|| word.clone(), |(before, after)| format!("{before}{}{after}", other.spot)))
    }
}

/// Judges the terms of all files: a file that writes a term as few others do is reported, once a term. `may_prevail` says whether what
/// stands at the spot of most may be the form for all.
pub fn judge(kept: &Kept, preference: Preference, may_prevail: fn(&str) -> bool, out: &mut Findings<'_>) {
    for (_, forms) in kept.terms() {
        let forms: Vec<(Form<'_>, &Places)> =
            forms.iter().filter_map(|(form, places)| Some((Form::read(form)?, places))).collect();
        let mut files: BTreeMap<&str, BTreeSet<SourceId>> = BTreeMap::new();
        for (form, places) in &forms {
            files.entry(form.spot).or_default().extend(&places.files);
        }
        let Some((common, others)) = files.iter().max_by_key(|(_, files)| files.len()) else { continue };
        if !may_prevail(common) {
            continue;
        }
        let rare = files.iter().filter(|(spot, _)| *spot != common).flat_map(|(_, files)| files);
        if !preference.decides(rare.collect::<BTreeSet<_>>().len(), others.len()) {
            continue;
        }
        let models = || forms.iter().filter(|(form, _)| form.spot == *common);
        let Some((model, _)) = models().next() else { continue };
        let mut there: Vec<Span> = models().flat_map(|(_, places)| &places.first).copied().collect();
        there.sort();
        for (form, places) in forms.iter().filter(|(form, _)| form.spot != *common) {
            let (spot, wanted) = form.with(*model);
            let word = format!("{}{}{}", form.before, form.spot, form.after);
            // A file that has both forms is a matter of that file.
            for place in places.first.iter().filter(|place| !others.contains(&place.source)) {
                let message = format!("“{word}” here, “{wanted}” in {} other files", others.len());
                let mut finding = out.finding(*place, message).label("so here");
                for other in there.iter().take(SHOWN) {
                    finding = finding.related(*other, "so there");
                }
                let edit = place.start + spot.start..place.start + spot.end;
                if edit.end <= place.end {
                    let span = Span::new(place.source, edit);
                    let title = format!("write “{wanted}”, as the other files do");
                    finding = finding.replace(title, Applicability::Unsafe, span, *common);
                }
                out.push(finding);
            }
        }
    }
}
