//! `register/mention`: people, organisations, works and terms whose names are written otherwise than the register has them.

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::document::BlockKind;
use crate::register::{EntryKind, Fault, Faulty, FormKind, Register, told_last};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "register/mention",
    page: include_str!("mention.md"),
    keys: &[
        Key::required(
            "entries",
            Shape::OneOf(&["person", "organisation", "work", "term"]),
            "The entries of the register that it looks at.",
        ),
        Key::required(
            "faults",
            Shape::List(&Shape::OneOf(&[
                "rejected",
                "former",
                "foreign",
                "capitals",
                "title-case",
                "spacing",
                "letters",
                "order",
                "truncated",
                "words",
            ])),
            "What it reports.",
        ),
        Key::new(
            "unless-after",
            Shape::List(&Shape::Text),
            "Words before a name after which it is no fault, such as “former”.",
        ),
        Key::new(
            "unless-before",
            Shape::List(&Shape::Text),
            "Words after a former name with which a longer name goes on, such as “of”, where a name follows them.",
        ),
        Key::new("in-quotations", Shape::Bool, "true: looks inside quotations too."),
    ],
    build,
};

/// Letters of articles and of words that join, at most.
const SMALL: usize = 3;
/// Mentions on either side of a name among which its neighbours are.
const BESIDE: usize = 4;
/// The first number that is taken for a year.
const EARLIEST: i16 = 1500;

struct Mention {
    entries: EntryKind,
    faults: Vec<String>,
    unless_after: Vec<String>,
    unless_before: Vec<String>,
    in_quotations: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let entries = match setup.table.text("entries") {
        Some("person") => EntryKind::Person,
        Some("work") => EntryKind::Work,
        Some("term") => EntryKind::Term,
        _ => EntryKind::Organisation,
    };
    let texts = |key| setup.table.texts(key).into_iter().map(str::to_lowercase).collect();
    let in_quotations = setup.table.bool("in-quotations").unwrap_or(false);
    let (unless_after, unless_before) = (texts("unless-after"), texts("unless-before"));
    Ok(Box::new(Mention { entries, faults: texts("faults"), unless_after, unless_before, in_quotations }))
}

impl Check for Mention {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        for faulty in reading.register_faults(self.entries) {
            let name = name(&faulty.fault);
            let wanted = self.faults.iter().any(|fault| fault == name)
                && out.rule.scope.covers_byte(reading.document, faulty.range.start)
                && (self.in_quotations || !reading.is_quoted(&faulty.range));
            if wanted && !self.excused(reading, faulty) {
                out.push(report(reading, faulty, out));
            }
        }
    }
}

impl Mention {
    /// Whether a name is part of a longer one, which is another body's: “Northern Quay Commission”, “Quay Commission of Orland”. What the
    /// register knows beside it is whose it is.
    fn is_longer(&self, reading: &Reading<'_>, faulty: &Faulty, before: &str, after: &str) -> bool {
        let hits = &reading.register_mentions().hits;
        let next = hits.partition_point(|hit| hit.range.start < faulty.range.start);
        // The mentions stand in the order of the text.
        let beside = &hits[next.saturating_sub(BESIDE)..hits.len().min(next + BESIDE)];
        let known = |at: usize, end: bool| {
            beside.iter().any(|hit| if end { hit.range.end == at } else { hit.range.start == at })
        };
        let space = [' ', '\u{A0}'];
        let (inner, start) = (before.trim_end_matches(space), faulty.range.start);
        let word = inner.rsplit(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or_default();
        let at = start - before.len() + inner.len();
        // A word that begins a sentence has its capital for that, unless it is too long for an article.
        let begins = sentence(reading, at)
            .and_then(|own| reading.text().get(own.start..at - word.len()))
            .is_some_and(|lead| !lead.contains(char::is_alphanumeric));
        let named = word.starts_with(char::is_uppercase) && !(begins && word.chars().count() <= SMALL);
        if named && inner.len() < before.len() && !known(at, true) {
            return true;
        }
        let rest = after.trim_start_matches(space);
        let from = faulty.range.end + after.len() - rest.len();
        let mut words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let joins = words
            .next()
            .is_some_and(|word| rest.starts_with(word) && self.unless_before.iter().any(|joining| joining == word));
        let is_small = |word: &&str| word.chars().count() <= SMALL && word.chars().all(char::is_lowercase);
        let Some(name) = words.find(|word| !is_small(word)) else { return false };
        let place = from + name.as_ptr() as usize - rest.as_ptr() as usize;
        joins && name.starts_with(char::is_uppercase) && !known(place, false)
    }

    /// Whether the words around a mention make it right.
    fn excused(&self, reading: &Reading<'_>, faulty: &Faulty) -> bool {
        let Some(block) = reading.block_at(faulty.range.start) else { return true };
        let before = &reading.text()[block.range.start..faulty.range.start];
        let after = &reading.text()[faulty.range.end.min(block.range.end)..block.range.end];
        let last = before.split(|c: char| !c.is_alphanumeric() && c != '-').rfind(|word| !word.is_empty());
        if last.is_some_and(|last| self.unless_after.contains(&last.to_lowercase())) {
            return true;
        }
        match &faulty.fault {
            Fault::Former(until) => {
                // A text that says what it is called today has not forgotten it.
                let own = names_itself(reading, faulty, &block.range, |kind| {
                    matches!(kind, FormKind::Preferred | FormKind::Accepted)
                });
                own || is_past(reading, faulty, until.year()) || self.is_longer(reading, faulty, before, after)
            }
            Fault::Foreign => {
                let own = names_itself(reading, faulty, &block.range, |kind| kind == FormKind::Acronym);
                own || is_part(before, after)
            }
            Fault::Capitals | Fault::TitleCase => is_heading(&block.kind),
            _ => false,
        }
    }
}

/// The last sentence that begins before a place.
fn sentence<'a>(reading: &'a Reading<'_>, at: usize) -> Option<&'a Range<usize>> {
    let next = reading.sentences().partition_point(|sentence| sentence.start < at);
    reading.sentences().get(next.checked_sub(1)?)
}

/// Whether a sentence tells of a year in which a name was still borne: “founded in 1998 as the Quay Commission”.
fn is_past(reading: &Reading<'_>, faulty: &Faulty, until: i16) -> bool {
    let Some(sentence) = sentence(reading, faulty.range.start + 1) else { return false };
    let words = reading.slice(sentence.clone()).split(|c: char| !c.is_alphanumeric());
    let mut years = words.filter(|word| word.len() == 4).filter_map(|word| word.parse::<i16>().ok());
    years.any(|year| (EARLIEST..=until).contains(&year))
}

/// Whether a block holds a form of the entry that is in the language of the text, beside the one at fault.
fn names_itself(
    reading: &Reading<'_>,
    faulty: &Faulty,
    block: &Range<usize>,
    wanted: impl Fn(FormKind) -> bool,
) -> bool {
    let register = reading.register();
    let entry = register.form(faulty.form).entry;
    let language = reading.document.language.tag.as_deref();
    let hits = &reading.register_mentions().hits;
    let first = hits.partition_point(|hit| hit.range.start < block.start);
    hits[first..].iter().take_while(|hit| hit.range.end <= block.end).any(|hit| {
        hit.range != faulty.range
            && register.meant(hit, language).any(|(_, form)| form.entry == entry && wanted(form.kind))
    })
}

/// Whether letters between these words are part of a longer name, or stand among capitals.
fn is_part(before: &str, after: &str) -> bool {
    let joined = |c: char| c == '-' || c == '/' || c == '.' || c == '_' || c == '&';
    let next = after.strip_prefix([' ', '\u{A0}']).and_then(|after| after.chars().next());
    let previous = before.split_whitespace().next_back().unwrap_or_default();
    let shouted =
        previous.chars().filter(|c| c.is_alphabetic()).count() > 1 && !previous.chars().any(char::is_lowercase);
    // A stop or a dash that joins has letters behind it.
    let more = |text: &str| text.chars().nth(1).is_some_and(char::is_alphanumeric);
    after.starts_with(joined) && more(after)
        || before.ends_with(joined)
        || next.is_some_and(char::is_uppercase)
        || shouted
}

fn is_heading(kind: &BlockKind) -> bool {
    !matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Caption)
}

fn name(fault: &Fault) -> &'static str {
    match fault {
        Fault::Rejected => "rejected",
        Fault::Former(_) => "former",
        Fault::Foreign => "foreign",
        Fault::Capitals => "capitals",
        Fault::TitleCase => "title-case",
        Fault::Spacing => "spacing",
        Fault::Letters => "letters",
        Fault::Order => "order",
        Fault::Truncated => "truncated",
        Fault::Changed(_) | Fault::Missing(_) | Fault::Extra(_) => "words",
    }
}

/// The words that are right where a fault stands, and where the register has them.
fn right<'a>(register: &'a Register, faulty: &Faulty, language: Option<&str>) -> &'a crate::register::Form {
    let form = register.form(faulty.form);
    let own = match faulty.fault {
        Fault::Foreign => {
            let own = |form: &&crate::register::Form| form.kind == FormKind::Acronym && form.speaks(language);
            register.forms(form.entry).iter().find(own)
        }
        Fault::Rejected | Fault::Former(_) => register.name(form.entry, language),
        _ => None,
    };
    own.unwrap_or(form)
}

fn report(reading: &Reading<'_>, faulty: &Faulty, out: &Findings<'_>) -> Diagnostic {
    let register = reading.register();
    let form = register.form(faulty.form);
    let right = right(register, faulty, reading.document.language.tag.as_deref());
    let (found, model) = (flat(reading.slice(faulty.range.clone())), &right.text);
    let word = |range: &Range<usize>| flat(reading.slice(range.clone()));
    let message = match &faulty.fault {
        Fault::Rejected => format!("“{found}” is rejected; the register has “{model}”"),
        Fault::Former(until) => {
            format!("“{found}” is a former name, borne until {}; now “{model}”", told_last(*until))
        }
        Fault::Foreign => format!("“{found}” is “{model}” in this language"),
        Fault::Capitals | Fault::TitleCase => format!("“{found}” has other capitals than “{model}”"),
        Fault::Spacing => format!("“{found}” has other spaces or marks than “{model}”"),
        Fault::Letters => format!("“{found}” is spelt otherwise than “{model}”"),
        Fault::Order => format!("the words of “{model}” stand in another order"),
        Fault::Truncated => format!("“{found}” is not the whole of “{model}”"),
        Fault::Changed(place) => format!("“{}” stands for another word of “{model}”", word(place)),
        Fault::Missing(lost) => format!("“{lost}” of “{model}” is missing"),
        Fault::Extra(place) => format!("“{model}” has no “{}”", word(place)),
    };
    let mut finding = out.finding(reading.span(faulty.range.clone()), message);
    let label = match faulty.fault {
        Fault::Rejected => "the register rejects it",
        Fault::Former(_) => "it was called so until then",
        _ => "the register has it so",
    };
    finding = finding.related(form.place, label);
    if right.place != form.place {
        finding = finding.related(right.place, "the name to write");
    }
    let whole = matches!(
        faulty.fault,
        Fault::Rejected | Fault::Foreign | Fault::Capitals | Fault::Spacing | Fault::Letters | Fault::Order
    );
    if faulty.inflected {
        // Its own ending is not known, nor is that of the right name.
        finding.severity = finding.severity.min(Severity::Warning);
        let finding = finding.because(format!("it is “{}” in another case", form.text));
        return Diagnostic { help: Some(format!("write “{model}” in this case")), ..finding };
    }
    finding.help.get_or_insert_with(|| format!("write “{model}”"));
    // The letters of a term may carry an ending that the register's form has not.
    let term = register.owner(faulty.form).kind == EntryKind::Term;
    if let Some(span) = reading.edit_span(faulty.range.clone()).filter(|_| whole && !term) {
        finding = finding.replace(format!("write “{model}”"), Applicability::Unsafe, span, &**model);
    }
    finding
}

/// Words on one line.
fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
