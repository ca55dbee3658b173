//! `grammar/paradigm`: a determiner that no gender, number and case lets stand before the noun that follows it.

use crate::diagnostic::{Applicability, Diagnostic};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;
use unicode_segmentation::UnicodeSegmentation;

/// The kind.
pub const KIND: Kind = Kind {
    name: "grammar/paradigm",
    page: include_str!("paradigm.md"),
    keys: &[
        Key::required("nouns", Shape::OneOf(&["de", "es"]), "The lexicon that knows the forms of nouns."),
        Key::required(
            "genders",
            Shape::Text,
            "Letters of the lexicon, in the order in which determiners are listed: “mfnp”.",
        ),
        Key::required(
            "determiners",
            Shape::List(&Shape::Text),
            "The forms of one determiner: cases in their order, with “|” between genders and “-” for a form that there is not.",
        ),
        Key::new(
            "pronouns",
            Shape::List(&Shape::Text),
            "Determiners that are pronouns before a verb, and are not looked at before a noun that may be one.",
        ),
        Key::new(
            "relative",
            Shape::Bool,
            "Whether a determiner after a comma may begin a clause; it is not looked at then.",
        ),
        Key::new(
            "links",
            Shape::List(&Shape::Text),
            "Ends of numbers that look like a determiner, as “y un” in “treinta y un”.",
        ),
        Key::new("compounds", Shape::Bool, "Whether a capital after the noun may make it part of a longer one."),
    ],
    build,
};

/// The forms of nouns, generated from dictionaries.
const GERMAN: &str = include_str!("nouns/de.txt");
const SPANISH: &str = include_str!("nouns/es.txt");

/// Places of the paradigm, a bit each: four cases for each of four genders.
type Places = u16;

struct Noun {
    places: Places,
    verb: bool,
}

struct Paradigm {
    lexicon: &'static str,
    /// Read when the first text in the language is.
    nouns: OnceLock<HashMap<&'static str, Noun>>,
    /// Every form of a determiner with the places that it fills.
    determiners: HashMap<String, Places>,
    /// The forms of each determiner by place.
    rows: Vec<Vec<(Places, String)>>,
    genders: Vec<char>,
    pronouns: HashSet<String>,
    links: HashSet<String>,
    relative: bool,
    compounds: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let genders: Vec<char> = setup.table.text("genders").unwrap_or_default().chars().take(4).collect();
    let lexicon = if setup.table.text("nouns") == Some("de") { GERMAN } else { SPANISH };
    let mut determiners: HashMap<String, Places> = HashMap::new();
    let mut rows = Vec::new();
    for row in setup.table.texts("determiners") {
        let mut forms: BTreeMap<String, Places> = BTreeMap::new();
        for (gender, cases) in row.split('|').take(4).enumerate() {
            for (case, form) in cases.split_whitespace().take(4).enumerate().filter(|(_, form)| *form != "-") {
                *forms.entry(form.replace('_', " ")).or_default() |= 1 << (gender * 4 + case);
            }
        }
        for (form, places) in &forms {
            *determiners.entry(form.clone()).or_default() |= places;
        }
        rows.push(forms.into_iter().map(|(form, places)| (places, form)).collect());
    }
    Ok(Box::new(Paradigm {
        lexicon,
        nouns: OnceLock::new(),
        determiners,
        rows,
        genders,
        pronouns: setup.table.texts("pronouns").into_iter().map(str::to_owned).collect(),
        links: setup.table.texts("links").into_iter().map(str::to_owned).collect(),
        relative: setup.table.bool("relative").unwrap_or(false),
        compounds: setup.table.bool("compounds").unwrap_or(false),
    }))
}

fn read_noun(line: &'static str, genders: &[char]) -> Option<(&'static str, Noun)> {
    let mut fields = line.split(' ').filter(|_| !line.starts_with('#'));
    let form = fields.next()?;
    let mut noun = Noun { places: 0, verb: false };
    for field in fields {
        let Some(gender) = field.chars().next().and_then(|letter| genders.iter().position(|known| *known == letter))
        else {
            noun.verb |= field == "v";
            continue;
        };
        for case in field.chars().skip(1).filter_map(|digit| digit.to_digit(10)).filter(|digit| (1..=4).contains(digit))
        {
            noun.places |= 1 << (gender as u32 * 4 + case - 1);
        }
    }
    (noun.places != 0).then_some((form, noun))
}

impl Paradigm {
    fn nouns(&self) -> &HashMap<&'static str, Noun> {
        self.nouns.get_or_init(|| self.lexicon.lines().filter_map(|line| read_noun(line, &self.genders)).collect())
    }
}

impl Check for Paradigm {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        for (block, text) in reading.prose() {
            let words: Vec<(usize, &str)> = text.unicode_word_indices().collect();
            for pair in words.windows(2) {
                let [(start, determiner), (at, word)] = *pair else { continue };
                let Some(noun) = self.nouns().get(word) else { continue };
                let between = &text[start + determiner.len()..at];
                if between.is_empty() || !between.chars().all(|c| matches!(c, ' ' | '\u{A0}' | '\n')) {
                    continue;
                }
                let folded = determiner.to_lowercase();
                let Some(places) = self.determiners.get(&folded) else { continue };
                let pronoun = noun.verb && self.pronouns.contains(&folded);
                if places & noun.places != 0 || pronoun || self.is_other(text, start, at + word.len()) {
                    continue;
                }
                let range = block.range.start + start..block.range.start + at + word.len();
                if reading.is_opaque(&range) {
                    continue;
                }
                let message = format!("“{determiner}” does not go with “{word}”");
                let finding = out.finding(reading.span(range.clone()), message).label(self.describe(word, noun));
                let only = self.only(&folded, noun.places);
                let place = range.start..range.start + determiner.len();
                out.push(match (only, reading.edit_span(place)) {
                    (Some(form), Some(span)) => {
                        let capital = determiner.starts_with(char::is_uppercase);
                        let form = if capital { capitalised(form) } else { form.to_owned() };
                        finding.replace(format!("write “{form} {word}”"), Applicability::Unsafe, span, form)
                    }
                    _ => finding,
                });
            }
        }
    }
}

impl Paradigm {
    /// Whether the words around show that the two do not belong together: a clause begins at the determiner, or the noun goes on.
    fn is_other(&self, text: &str, start: usize, end: usize) -> bool {
        let ahead = text[..start].trim_end();
        let last = ahead.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let determiner = text[start..].split(' ').next().unwrap_or_default();
        if self.links.contains(&format!("{last} {determiner}")) {
            return true;
        }
        let before = ahead.chars().next_back();
        let rest = &text[end..];
        let capital = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
        self.relative && before.is_none_or(|c| matches!(c, ',' | '-' | '–' | '—' | '/' | '(')) && before.is_some()
            || self.compounds && (capital || rest.starts_with(['-', '\u{2010}', '\u{2011}', '/', '*', ':', '_']))
    }

    /// The form of the same determiner that goes with these places, where only one does.
    fn only(&self, determiner: &str, places: Places) -> Option<&str> {
        let mut rows = self.rows.iter().filter(|row| row.iter().any(|(_, form)| form == determiner));
        let row = rows.next().filter(|_| rows.next().is_none())?;
        let mut fitting = row.iter().filter(|(filled, _)| filled & places != 0);
        let found = fitting.next()?;
        fitting.next().is_none().then_some(found.1.as_str())
    }

    /// What the lexicon knows of a noun, in words.
    fn describe(&self, word: &str, noun: &Noun) -> String {
        let names = self.genders.iter().enumerate().filter(|(at, _)| noun.places & (0b1111 << (at * 4)) != 0);
        let names: Vec<&str> = names
            .map(|(_, letter)| match letter {
                'm' => "masculine",
                'f' => "feminine",
                'n' => "neuter",
                'o' => "masculine plural",
                'a' => "feminine plural",
                _ => "plural",
            })
            .collect();
        format!("“{word}” is {}", names.join(" or "))
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
