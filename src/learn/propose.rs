//! Entries from what was seen: spellings of one name are laid together, the most frequent one is proposed, and the others stand in remarks,
//! for only an editor knows which of them are allowed.

use super::sight::{Body, Person, Sightings};
use crate::register::draft::{Draft, Field, id, write};
use crate::register::{EntryKind, FormId, Gender, Register};
use crate::source::{Source, SourceId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What is proposed.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How often a name must stand in the archive.
    pub least: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { least: 2 }
    }
}

/// Entries that a register lacks, the most frequent first: the organisations, then the people.
pub fn propose(seen: &[Sightings], known: &Register, options: Options) -> Vec<Draft> {
    let mut ids: HashSet<String> = known.entries().iter().map(|entry| entry.id.to_string()).collect();
    let organisations = organisations(seen, known, options, &mut ids);
    // What was just learned tells where a title ends and its organisation begins.
    let learned = Source::from_text("learned", write(&[], &organisations));
    let (learned, _) = Register::read([(SourceId(0), &learned)]);
    let mut found = organisations;
    found.extend(people(seen, [known, &learned], options, &mut ids));
    found
}

/// How often something was seen, in which releases, and when.
#[derive(Debug, Clone, Default)]
struct Tally {
    count: usize,
    releases: BTreeSet<usize>,
    days: Option<(Date, Date)>,
}

impl Tally {
    fn add(&mut self, seen: &Sightings) {
        self.count += 1;
        self.releases.insert(seen.release);
        if let Some(day) = seen.date {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
    }

    fn and(&mut self, other: &Tally) {
        self.count += other.count;
        self.releases.extend(&other.releases);
        self.days = match (self.days, other.days) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (own, other) => own.or(other),
        };
    }

    /// “12 times in 8 releases, 2009-01-12 to 2012-07-09”.
    fn told(&self) -> String {
        let times = if self.count == 1 { "once".to_owned() } else { format!("{} times", self.count) };
        let releases = self.releases.len();
        let releases = if releases == 1 { "1 release".to_owned() } else { format!("{releases} releases") };
        let days = match self.days {
            Some((first, last)) if first == last => format!(", {first}"),
            Some((first, last)) => format!(", {first} to {last}"),
            None => String::new(),
        };
        format!("{times} in {releases}{days}")
    }
}

/// Spellings with how often each was seen.
type Spellings = BTreeMap<String, Tally>;

/// The spelling seen most often; of equals, the first by its letters.
fn commonest(spellings: &Spellings) -> Option<&str> {
    let most = spellings.values().map(|tally| tally.count).max()?;
    spellings.iter().find(|(_, tally)| tally.count == most).map(|(text, _)| text.as_str())
}

fn total(spellings: &Spellings) -> Tally {
    let mut all = Tally::default();
    for tally in spellings.values() {
        all.and(tally);
    }
    all
}

/// “also written: …” for all spellings but one.
fn others(spellings: &Spellings, chosen: &str, language: &str) -> Option<String> {
    let language = if language.is_empty() { String::new() } else { format!(" in {language}") };
    let others: Vec<String> = spellings
        .iter()
        .filter(|(text, _)| *text != chosen)
        .map(|(text, tally)| format!("“{text}” ({})", tally.count))
        .collect();
    (!others.is_empty()).then(|| format!("also written{language}: {}", others.join(", ")))
}

/// The letters and digits of a name, folded.
fn letters(name: &str) -> String {
    crate::mention::word::fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether two spellings are of one name: the same letters, or one edit in a long name.
fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (letters(one), letters(other));
    let long = one.chars().count().min(other.chars().count()) >= 8;
    one == other || long && strsim::osa_distance(&one, &other) <= 1
}

/// Lays spellings together that are of one name, the most frequent first.
fn clusters(spellings: Spellings) -> Vec<Spellings> {
    let mut all: Vec<(String, Tally)> = spellings.into_iter().collect();
    all.sort_by(|a, b| b.1.count.cmp(&a.1.count).then_with(|| a.0.cmp(&b.0)));
    let mut found: Vec<Spellings> = Vec::new();
    // Only names that begin with the same letter are compared.
    let mut heads: HashMap<Option<char>, Vec<usize>> = HashMap::new();
    for (name, tally) in all {
        let head = heads.entry(letters(&name).chars().next()).or_default();
        match head.iter().find(|&&at| found[at].keys().any(|known| alike(known, &name))) {
            Some(&at) => drop(found[at].insert(name, tally)),
            None => {
                head.push(found.len());
                found.push([(name, tally)].into());
            }
        }
    }
    found
}

/// An organisation: its spellings by language.
type Named = BTreeMap<String, Spellings>;

fn organisations(seen: &[Sightings], known: &Register, options: Options, ids: &mut HashSet<String>) -> Vec<Draft> {
    let mut by_letters: BTreeMap<&str, BTreeMap<&str, Spellings>> = BTreeMap::new();
    for sightings in seen {
        for Body { name, letters } in &sightings.bodies {
            let spellings = by_letters.entry(letters).or_default().entry(&sightings.language).or_default();
            spellings.entry(name.clone()).or_default().add(sightings);
        }
    }
    let mut bodies: Vec<Lettered> = Vec::new();
    for (letters, languages) in by_letters {
        for named in across(languages) {
            let mut tally = Tally::default();
            named.values().for_each(|spellings| tally.and(&total(spellings)));
            let unknown = !named.values().filter_map(commonest).any(|name| knows(known, name, EntryKind::Organisation));
            if tally.count >= options.least && unknown {
                let letters = named.keys().map(|tag| (tag.clone(), letters.to_owned())).collect();
                bodies.push(Lettered { letters, named, tally, paired: false });
            }
        }
    }
    let mut found: Vec<(Tally, Draft)> = Vec::new();
    for body in paired(bodies) {
        let mut draft = Draft::new("organisation");
        draft.note = body.tally.told();
        // The letters of a language that writes them as English does come first.
        let own = body.letters.get("en").or_else(|| body.letters.values().next());
        draft.text("id", id(own.map_or("", String::as_str), ids));
        let chosen = body.named.iter().filter_map(|(tag, names)| Some((tag.clone(), commonest(names)?.to_owned())));
        let chosen: BTreeMap<String, String> = chosen.collect();
        let named = body.named.iter();
        draft.remarks = named.filter_map(|(tag, spellings)| others(spellings, chosen.get(tag)?, tag)).collect();
        if body.paired {
            draft.remarks.push("one body or two? These names stand in the same releases, each in its language".into());
        }
        draft.field("name", Field::Named(chosen));
        draft.field("acronym", Field::Named(body.letters));
        found.push((body.tally, draft));
    }
    by_frequency(found)
}

/// An organisation with its letters by language.
struct Lettered {
    letters: BTreeMap<String, String>,
    named: Named,
    tally: Tally,
    /// Its names were laid together because they stand in the same releases.
    paired: bool,
}

/// Lays together what has other letters in another language: names that stand in the same releases, two at least, and equally often, of
/// which each language has one.
fn paired(bodies: Vec<Lettered>) -> Vec<Lettered> {
    let mut groups: BTreeMap<(BTreeSet<usize>, usize), Vec<Lettered>> = BTreeMap::new();
    for body in bodies {
        groups.entry((body.tally.releases.clone(), body.tally.count)).or_default().push(body);
    }
    let mut found = Vec::new();
    for ((releases, _), group) in groups {
        let mut tags: Vec<&String> = group.iter().flat_map(|body| body.named.keys()).collect();
        let all = tags.len();
        tags.sort();
        tags.dedup();
        if releases.len() < 2 || group.len() < 2 || tags.len() < all {
            found.extend(group);
            continue;
        }
        let mut one = Lettered { letters: BTreeMap::new(), named: Named::new(), tally: Tally::default(), paired: true };
        for body in group {
            one.letters.extend(body.letters);
            one.named.extend(body.named);
            one.tally.and(&body.tally);
        }
        found.push(one);
    }
    found
}

/// Names with the same letters in several languages: those that stand in the same releases are of one body.
fn across(languages: BTreeMap<&str, Spellings>) -> Vec<Named> {
    let mut found: Vec<(BTreeSet<usize>, Named)> = Vec::new();
    for (language, spellings) in languages {
        for cluster in clusters(spellings) {
            let releases = total(&cluster).releases;
            let same = found.iter_mut().find(|(other, named)| {
                !named.contains_key(language)
                    && (!other.is_disjoint(&releases)
                        || named.values().any(|other| other.keys().any(|name| cluster.contains_key(name))))
            });
            match same {
                Some((all, named)) => {
                    all.extend(releases);
                    named.insert(language.to_owned(), cluster);
                }
                None => found.push((releases, [(language.to_owned(), cluster)].into())),
            }
        }
    }
    found.into_iter().map(|(_, named)| named).collect()
}

/// What was seen of one person.
#[derive(Default)]
struct Known<'a> {
    names: Spellings,
    seen: Vec<(&'a Sightings, &'a Person)>,
}

fn people(seen: &[Sightings], registers: [&Register; 2], options: Options, ids: &mut HashSet<String>) -> Vec<Draft> {
    let mut spellings = Spellings::new();
    let mut by_name: HashMap<&str, Vec<(&Sightings, &Person)>> = HashMap::new();
    for sightings in seen {
        for person in &sightings.people {
            spellings.entry(person.name.clone()).or_default().add(sightings);
            by_name.entry(&person.name).or_default().push((sightings, person));
        }
    }
    let small: HashSet<&str> = seen.iter().flat_map(|sightings| &sightings.small).map(String::as_str).collect();
    let mut found: Vec<(Tally, Draft)> = Vec::new();
    for names in clusters(spellings) {
        let tally = total(&names);
        let Some(name) = commonest(&names) else { continue };
        let organisation = registers.iter().any(|known| holds(known, name, EntryKind::Organisation));
        let person = knows(registers[0], name, EntryKind::Person);
        if tally.count < options.least || organisation || person || is_common(name, &small) {
            continue;
        }
        let seen = names.keys().filter_map(|name| by_name.get(name.as_str())).flatten().copied().collect();
        let person = Known { names, seen };
        found.push((tally, person.draft(registers, ids)));
    }
    by_frequency(found)
}

impl Known<'_> {
    fn draft(&self, registers: [&Register; 2], ids: &mut HashSet<String>) -> Draft {
        let name = commonest(&self.names).unwrap_or_default();
        let mut draft = Draft::new("person");
        draft.note = total(&self.names).told();
        let mut families: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, person) in &self.seen {
            if let Some((family, count)) = &person.family {
                *families.entry(family).or_default() += count;
            }
        }
        let family = families.iter().max_by_key(|(text, count)| (**count, std::cmp::Reverse(**text)));
        let short = family.map_or_else(|| name.rsplit(' ').next().unwrap_or(name), |(family, _)| family);
        draft.text("id", id(short, ids));
        draft.field("name", Field::Named([(String::new(), name.to_owned())].into()));
        if let Some((family, count)) = family {
            draft.remarked(
                "family",
                Field::Text((*family).to_owned()),
                match count {
                    1 => "alone once".to_owned(),
                    _ => format!("alone {count} times"),
                },
            );
        }
        self.gender(&mut draft);
        draft.remarks.extend(others(&self.names, name, ""));
        draft.below = self.roles(registers);
        draft
    }

    /// The gender, where all words agree. The masculine of a title is said of women too, so that it is only remarked.
    fn gender(&self, draft: &mut Draft) {
        let mut words: BTreeMap<(&'static str, &str), usize> = BTreeMap::new();
        let mut certain = false;
        for person in self.seen.iter().map(|(_, person)| person) {
            let Some((gender, word)) = &person.gender else { continue };
            certain |= person.addressed || *gender == Gender::Feminine;
            *words.entry((gender.name(), word)).or_default() += 1;
        }
        let told: Vec<String> = words.iter().map(|((_, word), count)| format!("{word} ({count})")).collect();
        let genders: BTreeSet<&str> = words.keys().map(|(gender, _)| *gender).collect();
        match genders.into_iter().collect::<Vec<_>>().as_slice() {
            [one] if certain => draft.remarked("gender", Field::Text((*one).to_owned()), told.join(", ")),
            [] => {}
            [one] => {
                draft.remarks.push(format!("the title is {one}, which need not be the person: {}", told.join(", ")))
            }
            _ => draft.remarks.push(format!("the gender is not clear: {}", told.join(", "))),
        }
    }

    /// The posts: titles of one organisation are one post, for which the most frequent title of each language is proposed.
    fn roles(&self, registers: [&Register; 2]) -> Vec<Draft> {
        let mut posts: BTreeMap<String, Named> = BTreeMap::new();
        for (seen, person) in &self.seen {
            let Some(title) = &person.title else { continue };
            let (title, organisation) = divide(title, registers, &seen.language);
            let spellings = posts.entry(organisation).or_default().entry(seen.language.clone()).or_default();
            spellings.entry(title).or_default().add(seen);
        }
        let mut roles: Vec<(Tally, Draft)> = Vec::new();
        for (organisation, named) in posts {
            let mut tally = Tally::default();
            named.values().for_each(|spellings| tally.and(&total(spellings)));
            let mut role = Draft::new("person.role");
            role.note = tally.told();
            role.text("organisation", organisation);
            let titles: BTreeMap<String, String> = named
                .iter()
                .filter_map(|(tag, spellings)| Some((tag.clone(), commonest(spellings)?.to_owned())))
                .collect();
            role.remarks =
                named.iter().filter_map(|(tag, spellings)| others(spellings, titles.get(tag)?, tag)).collect();
            role.field("title", Field::Named(titles));
            roles.push((tally, role));
        }
        by_frequency(roles)
    }
}

/// A title without the organisation that it is held in, and the id of that.
fn divide(title: &str, registers: [&Register; 2], language: &str) -> (String, String) {
    for register in registers {
        for hit in register.mentions(title).hits {
            let mut meant = register.meant(&hit, Some(language).filter(|tag| !tag.is_empty()));
            let body = meant.find(|(_, form)| register.entry(form.entry).kind == EntryKind::Organisation);
            let Some((_, form)) = body else { continue };
            let id = register.entry(form.entry).id.to_string();
            let mut words: Vec<&str> = title[..hit.range.start].split_whitespace().collect();
            // “of the”, “de l’” belong to neither.
            while words.len() > 1
                && words.last().is_some_and(|word| word.chars().count() <= 4 && !word.starts_with(char::is_uppercase))
            {
                words.pop();
            }
            let own = words.join(" ").trim_end_matches(',').to_owned();
            if !id.is_empty() && !own.is_empty() {
                return (own, id);
            }
        }
    }
    (title.to_owned(), String::new())
}

/// Whether the archive has every word of a name in small letters too, as it has those of “Information Officer”.
fn is_common(name: &str, small: &HashSet<&str>) -> bool {
    let words = name.split([' ', '-', '.', '\'', '’']).filter(|word| word.chars().nth(1).is_some());
    words.into_iter().all(|word| small.contains(word.to_lowercase().as_str()))
}

/// Whether an entry of a kind stands in a name.
fn holds(register: &Register, name: &str, kind: EntryKind) -> bool {
    let of_kind = |form: &FormId| register.owner(*form).kind == kind;
    register.mentions(name).hits.iter().any(|hit| hit.forms.iter().any(of_kind))
}

/// Whether a register has an entry of a kind under this name.
fn knows(register: &Register, name: &str, kind: EntryKind) -> bool {
    register
        .mentions(name)
        .hits
        .iter()
        .any(|hit| hit.range.len() + 2 >= name.len() && hit.forms.iter().any(|form| register.owner(*form).kind == kind))
}

fn by_frequency(mut found: Vec<(Tally, Draft)>) -> Vec<Draft> {
    found.sort_by_key(|(tally, _)| std::cmp::Reverse((tally.count, tally.releases.len())));
    found.into_iter().map(|(_, draft)| draft).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sight;
    use super::*;
    use crate::document::{self, LanguageReason, ReadOptions};
    use crate::rule::{Reading, Stage};
    use crate::source::SourceSet;

    fn learn(texts: &[(&str, &str)], known: &str) -> String {
        let (known, _) = Register::read([(SourceId(0), &Source::from_text("known", known))]);
        let mut seen = Vec::new();
        for (number, (tag, text)) in texts.iter().enumerate() {
            let mut sources = SourceSet::new();
            let id = sources.add(Source::from_text("a.md", *text));
            let options =
                ReadOptions { language: vec![((*tag).into(), LanguageReason::Config)], ..ReadOptions::default() };
            for document in document::read(sources.get(id), id, &options) {
                seen.push(sight(&Reading::new(&document, &sources, Stage::Final), number / 2));
            }
        }
        write(&[], &propose(&seen, &known, Options::default()))
    }

    #[test]
    fn people_and_organisations_are_proposed_with_how_often_and_in_which_forms() {
        let english = "The quay opens, said Martha St. Clair, President and CEO of the Harbour Rights Council (HRC), on \
            Monday. The mayor, Bo Ask, agreed. St. Clair spoke of ropes.\n";
        let french = "Le quai ouvre, a dit Martha St. Clair, présidente-directrice générale du Conseil des droits portuaires (CDP). \
            Mme St. Clair a parlé des cordes.\n";
        let later = "Martha St Clair, President and CEO of the Harbour Rights Council, and Minister Ada Quill met in \
            the Old Town. The Harbour Rights Council (HRC) sat.\n";
        let proposed = learn(
            &[
                ("en", english),
                ("fr", french),
                ("en", later),
                ("fr", "Ada Quill, ministre des quais, a parlé au Conseil des droits portuaires (CDP)."),
            ],
            "",
        );
        assert_eq!(
            proposed,
            "[[organisation]] # 4 times in 2 releases\nid = \"hrc\"\n\
             name = { en = \"Harbour Rights Council\", fr = \"Conseil des droits portuaires\" }\n\
             acronym = { en = \"HRC\", fr = \"CDP\" }\n\
             # one body or two? These names stand in the same releases, each in its language\n\n\
             [[person]] # 3 times in 2 releases\nid = \"st-clair\"\nname = \"Martha St. Clair\"\n\
             family = \"St. Clair\" # alone 2 times\ngender = \"feminine\" # Mme (1)\n\
             # also written: “Martha St Clair” (1)\n\n\
             [[person.role]] # 3 times in 2 releases\norganisation = \"hrc\"\n\
             title = { en = \"President and CEO\", fr = \"présidente-directrice générale\" }\n\n\
             [[person]] # 2 times in 1 release\nid = \"quill\"\nname = \"Ada Quill\"\n\n\
             [[person.role]] # 2 times in 1 release\ntitle = { en = \"Minister\", fr = \"ministre des quais\" }\n"
        );
        // Without the space after the stop it is the same name.
        let joined =
            learn(&[("en", "The quay opens, said Martha St.Clair, President of the Harbour Rights Council.\n"); 2], "");
        assert!(joined.contains("name = \"Martha St.Clair\""), "{joined}");
        let known = "[[person]]\nname = \"Martha St. Clair\"\n[[organisation]]\nid = \"x\"\nname = \"Harbour Rights Council\"\nacronym = \"HRC\"\n";
        assert!(!learn(&[("en", english), ("en", later)], known).contains("Martha"));
    }
}
