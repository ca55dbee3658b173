//! What is wrong with a mention: the forms that a text uses, held against what the register allows in its language on its day.

use super::compare::Agreement;
use super::entry::{EntryKind, Form, FormId, FormKind};
use super::index::Hit;
use super::inflect::is_allowed;
use super::near::{Difference, Near};
use super::words::{Case, Words};
use super::{Mentions, Register};
use crate::language::Places;
use jiff::civil::Date;
use std::ops::Range;

/// A mention that is not as the register has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faulty {
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// The form that the fault is told by: the rejected or former one, or the one that was nearly written.
    pub form: FormId,
    /// What is wrong.
    pub fault: Fault,
    /// The form stands in another case.
    pub inflected: bool,
}

/// What may be wrong with a mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A way of writing it that is not allowed.
    Rejected,
    /// A name that it bore until a day before the text's: its last day.
    Former(Date),
    /// The abbreviation of another language, where this one has its own.
    Foreign,
    /// A capital too few, or one too many inside.
    Capitals,
    /// Capitals that a heading may have, in a term that has none.
    TitleCase,
    /// Other spaces, hyphens or stops.
    Spacing,
    /// Other letters, diacritics or particles.
    Letters,
    /// The words stand in another order.
    Order,
    /// The end is missing.
    Truncated,
    /// A word for another: where it stands.
    Changed(Range<usize>),
    /// A word is missing: which.
    Missing(String),
    /// A word too many: where it stands.
    Extra(Range<usize>),
}

/// The text that mentions stand in.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The words.
    pub text: &'a str,
    /// Their language, where it is known.
    pub language: Option<&'a str>,
    /// The day that names must hold on, where it is known.
    pub day: Option<Date>,
    /// Whether the language may add endings to names, so that another ending is no misspelling.
    pub declines: bool,
}

impl Register {
    /// What is wrong with the mentions of one kind of entry, in the order of the text.
    pub fn faults(&self, mentions: &Mentions, kind: EntryKind, context: Context<'_>) -> Vec<Faulty> {
        let is = |form: FormId| self.owner(form).kind == kind;
        let hits = mentions.hits.iter().filter(|hit| hit.forms.iter().any(|form| is(*form)));
        let mut found: Vec<Faulty> = hits.filter_map(|hit| self.fault(hit, kind, context)).collect();
        let near = mentions.near.iter().filter(|near| is(near.form));
        found.extend(near.filter_map(|near| self.near_fault(near, context)));
        found.sort_by_key(|faulty| (faulty.range.start, std::cmp::Reverse(faulty.range.end)));
        found
    }

    /// The forms of a hit that a text in some language may mean.
    pub fn meant<'a>(
        &'a self,
        hit: &'a Hit,
        language: Option<&'a str>,
    ) -> impl Iterator<Item = (FormId, &'a Form)> + 'a {
        hit.forms.iter().map(|id| (*id, self.form(*id))).filter(move |(_, form)| form.speaks(language))
    }

    fn fault(&self, hit: &Hit, kind: EntryKind, context: Context<'_>) -> Option<Faulty> {
        let meant: Vec<(FormId, &Form)> = self.meant(hit, context.language).collect();
        let inflected = hit.agreement == Agreement::Inflected;
        let faulty = |form, fault| Faulty { range: hit.range.clone(), form, fault, inflected };
        // Words that are the name of one entry and rejected for another are no fault.
        if let Some(&(id, form)) = meant.iter().find(|(_, form)| is_allowed(form.kind)) {
            let fault = written(hit, form, self.owner(id).kind, context)?;
            return (self.owner(id).kind == kind).then(|| faulty(id, fault));
        }
        let Some(&(id, form)) = meant.first() else {
            return self.foreign(hit, context.language).map(|id| faulty(id, Fault::Foreign));
        };
        if self.owner(id).kind != kind || hit.agreement > Agreement::Punctuation && !inflected {
            return None;
        }
        if form.kind == FormKind::Rejected {
            return Some(faulty(id, Fault::Rejected));
        }
        let until = form.until.filter(|until| context.day.is_some_and(|day| *until < day))?;
        Some(faulty(id, Fault::Former(until)))
    }

    /// The form of a hit that is the abbreviation of another language, of an entry that has one in this.
    fn foreign(&self, hit: &Hit, language: Option<&str>) -> Option<FormId> {
        let language = language?;
        hit.forms.iter().copied().find(|id| {
            let form = self.form(*id);
            let own = |other: &Form| {
                other.kind == FormKind::Acronym && other.speaks(Some(language)) && other.text != form.text
            };
            form.kind == FormKind::Acronym && self.forms(form.entry).iter().any(own)
        })
    }

    fn near_fault(&self, near: &Near, context: Context<'_>) -> Option<Faulty> {
        let form = self.form(near.form);
        let text = context.text.get(near.range.clone())?;
        let inflected = || context.declines && is_inflected(text, &form.text);
        if !form.speaks(context.language) || inflected() {
            return None;
        }
        // A country, a city or a currency is what it is, and no slip in the name of something else.
        if Places::knows(context.language, text) || is_elsewhere(context.language, text, &form.text) {
            return None;
        }
        // Other words, or the same in another order, are the name of another body sooner than one that nobody bears any more.
        if form.kind == FormKind::Former && !matches!(near.difference, Difference::Letters | Difference::Spacing) {
            return None;
        }
        let fault = match near.difference.clone() {
            Difference::Letters => Fault::Letters,
            Difference::Spacing => Fault::Spacing,
            Difference::Order => Fault::Order,
            Difference::Truncated => Fault::Truncated,
            Difference::Changed(place) => Fault::Changed(place),
            Difference::Missing(word) => Fault::Missing(word),
            Difference::Extra(place) => Fault::Extra(place),
        };
        Some(Faulty { range: near.range.clone(), form: near.form, fault, inflected: false })
    }
}

/// How an allowed form is written otherwise than the register has it.
fn written(hit: &Hit, form: &Form, kind: EntryKind, context: Context<'_>) -> Option<Fault> {
    let text = context.text.get(hit.range.clone())?;
    // In a line of capitals diacritics are often left out, and every letter is raised.
    let shouted = !text.chars().any(char::is_lowercase);
    if form.kind == FormKind::Acronym || shouted {
        return None;
    }
    match hit.agreement {
        Agreement::Diacritics | Agreement::Particle
            if kind != EntryKind::Work || hit.agreement == Agreement::Diacritics =>
        {
            Some(Fault::Letters)
        }
        Agreement::Punctuation if kind != EntryKind::Term => Some(Fault::Spacing),
        _ => capitals(text, form, kind),
    }
}

/// Capitals that are wrong in a name or term whose letters are right.
fn capitals(text: &str, form: &Form, kind: EntryKind) -> Option<Fault> {
    let (ours, theirs) = (Words::of(text), Words::of(&form.text));
    if ours.list.len() != theirs.list.len() {
        return None;
    }
    let (mut raised, mut lowered, mut kept) = (false, false, false);
    for (at, (word, model)) in ours.list.iter().zip(&theirs.list).enumerate() {
        raised |= at > 0 && word.case == Case::Capital && model.case == Case::Lower;
        lowered |= word.case == Case::Lower && matches!(model.case, Case::Capital | Case::Upper);
        kept |= model.case == Case::Capital && word.case == Case::Capital;
    }
    let like_form = ours.list.first().map(|word| word.case) == theirs.list.first().map(|word| word.case);
    let begins_small = ours.list.first().is_some_and(|word| word.case == Case::Lower);
    match kind {
        // “the Council” written small is any council; a name that keeps a capital of its own is meant as the name.
        EntryKind::Person | EntryKind::Organisation if lowered && kept => Some(Fault::Capitals),
        EntryKind::Person | EntryKind::Organisation if raised && like_form => Some(Fault::Capitals),
        EntryKind::Term if raised && begins_small && like_form => Some(Fault::Capitals),
        EntryKind::Term if raised || (!like_form && ours.list.len() > 1 && kept) => Some(Fault::TitleCase),
        _ => None,
    }
}

/// Whether a text names another body than a form does: one of another place (“Austrian” for “Australian”), or of another number.
fn is_elsewhere(language: Option<&str>, text: &str, form: &str) -> bool {
    let digits = |text: &str| -> Vec<char> { text.chars().filter(char::is_ascii_digit).collect() };
    if digits(text) != digits(form) {
        return true;
    }
    let (ours, theirs) = (Words::of(text), Words::of(form));
    let odd = |words: &Words, text: &str, others: &Words| -> Vec<String> {
        let odd = words.list.iter().filter(|word| others.list.iter().all(|other| other.hash != word.hash));
        odd.map(|word| text[word.range.clone()].to_owned()).collect()
    };
    let (ours, theirs) = (odd(&ours, text, &theirs), odd(&theirs, form, &ours));
    let place = |word: &String| Places::of_word(language, word).map(|(code, rest)| (code, rest.is_empty()));
    // The name of a place stands for another name, and an adjective for an adjective.
    ours.iter()
        .filter_map(place)
        .any(|(code, whole)| theirs.iter().filter_map(place).any(|(other, also)| code != other && whole == also))
}

/// Whether a text may be a form with the endings of a language that declines names: as many words, each with the same beginning.
fn is_inflected(text: &str, form: &str) -> bool {
    let (ours, theirs) = (Words::of(text), Words::of(form));
    let same_stem = |(word, model): (&super::words::Word, &super::words::Word)| {
        let (word, model) = (ours.key(word), theirs.key(model));
        let shared = word.chars().zip(model.chars()).take_while(|(a, b)| a == b).count();
        let (word, model) = (word.chars().count(), model.chars().count());
        word == model && shared == word || shared >= 3 && shared + 2 >= model && shared + 3 >= word
    };
    ours.list.len() == theirs.list.len() && ours.list.iter().zip(&theirs.list).all(same_stem)
}
