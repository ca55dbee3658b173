//! What Wikidata knows: results of its query service (the JSON of SPARQL results, a row for each solution) and entities with their labels
//! and statements, as `Special:EntityData` gives them, in one object, in a list, or one a line.

use super::Taken;
use super::entry::{Entries, Entry, Former, Role, Words, add, day};
use crate::register::EntryKind;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

/// Items of Wikidata: a human, and the genders that titles have, with their English labels.
const HUMAN: &str = "Q5";
const GENDERS: &[(&str, &str, &str)] = &[
    ("Q6581072", "female", "feminine"),
    ("Q1052281", "trans woman", "feminine"),
    ("Q6581097", "male", "masculine"),
    ("Q2449503", "trans man", "masculine"),
];

pub(super) fn read(text: &str, kind: Option<EntryKind>) -> Taken {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut entries = Entries::default();
    let otherwise = kind.unwrap_or(EntryKind::Organisation);
    match serde_json::from_str::<HashMap<&str, &RawValue>>(text) {
        Ok(top) if top.contains_key("results") => results(text, top.get("results"), kind, &mut entries),
        Ok(top) if top.contains_key("entities") => match top.get("entities").map(|raw| entities(raw.get())) {
            Some(Ok(all)) => statements(text, &all, kind, &mut entries),
            Some(Err(error)) => broken(&error, &mut entries),
            None => {}
        },
        Ok(top) if top.contains_key("labels") => {
            if let Ok(raw) = serde_json::from_str::<&RawValue>(text) {
                statements(text, &[raw], kind, &mut entries);
            }
        }
        Ok(_) => {
            entries.leave(1, "this is neither a result of a query (“results”) nor entities (“entities”) of Wikidata")
        }
        Err(error) => match lines(text) {
            // The query service also saves the rows alone.
            Some(all) if is_row(all[0]) => rows(text, &all, kind, &mut entries),
            Some(all) => statements(text, &all, kind, &mut entries),
            None => broken(&error, &mut entries),
        },
    }
    entries.finish(otherwise)
}

/// Whether an object is a row of results and no entity: entities have labels, or are said to be missing.
fn is_row(raw: &RawValue) -> bool {
    let keys: Option<HashMap<&str, &RawValue>> = serde_json::from_str(raw.get()).ok();
    keys.is_some_and(|keys| !["labels", "claims", "missing"].iter().any(|key| keys.contains_key(key)))
}

fn broken(error: &serde_json::Error, entries: &mut Entries) {
    entries.leave(error.line().max(1), format!("this cannot be read: {error}"));
}

/// The line on which a piece of the text begins.
fn line(text: &str, piece: &str) -> usize {
    let at = (piece.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// The entities of an object or a list.
fn entities(text: &str) -> Result<Vec<&RawValue>, serde_json::Error> {
    match serde_json::from_str::<Vec<&RawValue>>(text) {
        Ok(list) => Ok(list),
        Err(_) => {
            let map: BTreeMap<&str, &RawValue> = serde_json::from_str(text)?;
            let mut all: Vec<&RawValue> = map.into_values().collect();
            all.sort_by_key(|raw| raw.get().as_ptr() as usize);
            Ok(all)
        }
    }
}

/// A dump: a list, of which each line is an entity, or entities one a line.
fn lines(text: &str) -> Option<Vec<&RawValue>> {
    if let Ok(list) = serde_json::from_str::<Vec<&RawValue>>(text) {
        return Some(list);
    }
    let lines =
        text.lines().map(|line| line.trim().trim_end_matches(',')).filter(|line| !matches!(*line, "" | "[" | "]"));
    lines
        .map(|line| serde_json::from_str::<&RawValue>(line).ok())
        .collect::<Option<Vec<_>>>()
        .filter(|all| !all.is_empty())
}

/// The rows of the JSON of SPARQL results.
fn results(text: &str, raw: Option<&&RawValue>, kind: Option<EntryKind>, entries: &mut Entries) {
    // The object may hold more than lists (“distinct”, “ordered”).
    match serde_json::from_str::<HashMap<&str, &RawValue>>(raw.map_or("{}", |raw| raw.get())) {
        Ok(map) => {
            let list: Option<Vec<&RawValue>> = map.get("bindings").and_then(|raw| serde_json::from_str(raw.get()).ok());
            rows(text, &list.unwrap_or_default(), kind, entries);
        }
        Err(error) => broken(&error, entries),
    }
}

/// Variables that stand for what a row is about, the likeliest first.
const SUBJECTS: &[&str] = &["item", "person", "human", "work", "organisation", "organization", "org"];

/// What the variables of a query are called, lower case; labels of the label service end in “label”.
fn rows(text: &str, rows: &[&RawValue], kind: Option<EntryKind>, entries: &mut Entries) {
    let mut told: Vec<String> = Vec::new();
    let mut unnamed: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let Ok(Value::Object(bindings)) = serde_json::from_str::<Value>(row.get()) else {
            entries.leave(line(text, row.get()), "this row is no object: it is left out");
            continue;
        };
        let at = || line(text, row.get());
        let bound =
            |name: &str| bindings.keys().any(|known| known.trim_end_matches("Label").eq_ignore_ascii_case(name));
        let subject = SUBJECTS.iter().copied().find(|name| bound(name)).unwrap_or_default();
        let item = bindings.iter().find(|(name, _)| name.eq_ignore_ascii_case(subject));
        let item = item.and_then(|(_, value)| item_id(value)).unwrap_or_default();
        let mut new = Entry { kind, ..Entry::default() };
        let (mut role, mut acronym) = (Role::default(), Vec::new());
        for (name, value) in &bindings {
            let text = value.get("value").unwrap_or(value).as_str().unwrap_or_default();
            let language = value.get("xml:lang").and_then(Value::as_str).unwrap_or_default();
            let lower = name.to_lowercase();
            let base = lower.trim_end_matches("label").replace(['_', '-'], "");
            let is_label = lower.ends_with("label");
            let mut dated = |place: &mut String| match time(text) {
                Some(day) => *place = day,
                None => entries.leave(at(), format!("“{text}” under “{name}” is no date")),
            };
            // Another thing than the row is about is a body that somebody belongs to.
            let base = match base.as_str() {
                base if base == subject => "item",
                "organisation" | "organization" | "org" => "body",
                base if base.strip_suffix("alt").is_some_and(|base| base == subject) => "itemalt",
                base => base,
            };
            match base {
                // The label service gives the id where there is no label.
                "item" | "" | "name" | "label" | "itemname" | "title"
                    if text != item && (is_label || matches!(base, "name" | "itemname" | "title")) =>
                {
                    add(&mut new.names, language, text);
                }
                "item" | "" | "name" | "label" | "itemname" | "title" => {}
                "officialname" => {
                    let first = std::mem::take(&mut new.names);
                    add(&mut new.names, language, text);
                    first.iter().for_each(|(tag, list)| list.iter().for_each(|text| add(&mut new.accepted, tag, text)));
                }
                // The label service joins all of them.
                "itemalt" => {
                    text.split(", ").for_each(|text| add(&mut new.accepted, language, text));
                }
                "alias" | "altlabel" | "alt" | "accepted" => add(&mut new.accepted, language, text),
                "acronym" | "abbreviation" | "shortname" => acronym.push((language.to_owned(), text.to_owned())),
                "family" | "familyname" if is_label || item_id(value).is_none() => {
                    add(&mut new.families, language, text);
                }
                "gender" | "sex" | "sexorgender" => {
                    let id = item_id(value).unwrap_or_else(|| text.to_owned());
                    if let Some((.., gender)) =
                        GENDERS.iter().find(|(known, label, _)| [*known, *label].contains(&&*id))
                    {
                        new.gender = (*gender).to_owned();
                    } else if !is_label || !bindings.contains_key("gender") {
                        entries.leave(at(), format!("the gender “{id}” is none that titles have"));
                    }
                }
                "from" | "inception" | "founded" => dated(&mut new.from),
                "until" | "dissolved" | "abolished" => dated(&mut new.until),
                "start" | "positionstart" | "starttime" => dated(&mut role.from),
                "end" | "positionend" | "endtime" => dated(&mut role.until),
                "position" | "office" | "role" if is_label => add(&mut role.titles, language, text),
                "employer" | "of" | "body" if is_label => role.organisation = text.to_owned(),
                "family" | "familyname" | "position" | "office" | "role" | "employer" | "of" | "body" => {}
                "email" => new.email = text.trim_start_matches("mailto:").to_owned(),
                "symbol" => new.symbol = text.to_owned(),
                _ if !told.contains(&lower) => {
                    told.push(lower.clone());
                    entries.leave(at(), format!("the variable “{name}” is not known and is left out"));
                }
                _ => {}
            }
        }
        for (language, text) in acronym {
            add(&mut new.acronyms, &language, &text);
        }
        let name = new.names.values().flatten().next().cloned();
        let key = if item.is_empty() { name.clone() } else { Some(item.clone()) };
        let Some(key) = key else {
            entries.leave(at(), "this row has neither an item nor a name: it is left out");
            continue;
        };
        if new.kind.is_none() && (!role.titles.is_empty() || !new.gender.is_empty() || !new.families.is_empty()) {
            new.kind = Some(EntryKind::Person);
        }
        if !item.is_empty() {
            new.source = format!("Wikidata {item}");
            unnamed.entry(key.clone()).or_insert_with(at);
        }
        join(entries.under(&key), new, role);
    }
    for (key, line) in unnamed {
        if entries.under(&key).names.values().all(Vec::is_empty) {
            entries.leave(line, format!("{key} has no name in these results: it is left out"));
        }
    }
    entries.retain(|entry| !entry.names.values().all(Vec::is_empty));
    for entry in entries.list.iter_mut().filter(|entry| entry.kind.is_none()) {
        entry.guess = "taken for an organisation: nothing in these results says what it is";
    }
}

/// The number of an item: the end of its address.
fn item_id(value: &Value) -> Option<String> {
    let id = value.get("value").unwrap_or(value).as_str()?.rsplit('/').next()?;
    is_item(id).then(|| id.to_owned())
}

fn is_item(id: &str) -> bool {
    id.strip_prefix(['Q', 'L', 'P'])
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Rows of one item say the same of it, and each may say one more thing.
fn join(known: &mut Entry, new: Entry, role: Role) {
    for (ours, theirs) in [
        (&mut known.names, new.names),
        (&mut known.accepted, new.accepted),
        (&mut known.acronyms, new.acronyms),
        (&mut known.families, new.families),
    ] {
        for (tag, list) in theirs {
            list.iter().for_each(|text| add(ours, &tag, text));
        }
    }
    for (ours, theirs) in [
        (&mut known.gender, new.gender),
        (&mut known.from, new.from),
        (&mut known.until, new.until),
        (&mut known.email, new.email),
        (&mut known.symbol, new.symbol),
        (&mut known.source, new.source),
    ] {
        if ours.is_empty() {
            *ours = theirs;
        }
    }
    known.kind = known.kind.or(new.kind);
    if role.titles.is_empty() {
        return;
    }
    // One post in several languages stands in several rows.
    let same = |other: &&mut Role| {
        let days = (&other.organisation, &other.from, &other.until) == (&role.organisation, &role.from, &role.until);
        days && role.titles.keys().all(|tag| !other.titles.contains_key(tag) || other.titles[tag] == role.titles[tag])
    };
    match known.roles.iter_mut().find(same) {
        Some(other) => other.titles.extend(role.titles),
        None => known.roles.push(role),
    }
}

/// A date of a query, or of a statement: `+2006-03-15T00:00:00Z`, where 1 January at midnight in a query may stand for the year.
fn time(text: &str) -> Option<String> {
    let text = text.trim_start_matches('+');
    day(text.split('T').next()?)
}

/// Entities with labels and statements.
fn statements(text: &str, all: &[&RawValue], kind: Option<EntryKind>, entries: &mut Entries) {
    let mut read: Vec<(usize, Map<String, Value>)> = Vec::new();
    for raw in all {
        match serde_json::from_str::<Value>(raw.get()) {
            Ok(Value::Object(entity)) if entity.contains_key("labels") => read.push((line(text, raw.get()), entity)),
            Ok(Value::Object(entity)) if entity.contains_key("missing") => {
                let id = entity.get("id").and_then(Value::as_str).unwrap_or_default();
                entries.leave(line(text, raw.get()), format!("{id} is missing in Wikidata"));
            }
            _ => entries.leave(line(text, raw.get()), "this is no entity: it is left out"),
        }
    }
    let labels: HashMap<String, Words> =
        read.iter().filter_map(|(_, entity)| Some((entity.get("id")?.as_str()?.to_owned(), labels(entity)))).collect();
    // Items that others refer to are there for their names alone.
    let mut used: Vec<String> = Vec::new();
    let mut made: Vec<(String, Entry)> = Vec::new();
    for (line, entity) in &read {
        let id = entity.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        let entity = Entity { line: *line, entity, labels: &labels };
        match entity.entry(kind, &mut used, entries) {
            Some(entry) => made.push((id, entry)),
            None => entries.leave(*line, format!("{id} has no label: it is left out")),
        }
    }
    for (id, entry) in made {
        if !used.contains(&id) || entry.kind == Some(EntryKind::Person) {
            entries.push(entry);
        }
    }
}

fn labels(entity: &Map<String, Value>) -> Words {
    let mut words = Words::new();
    for label in entity.get("labels").and_then(Value::as_object).into_iter().flat_map(Map::values) {
        if let (Some(tag), Some(text)) = (label.get("language"), label.get("value")) {
            add(&mut words, tag.as_str().unwrap_or_default(), text.as_str().unwrap_or_default());
        }
    }
    words
}

/// An entity while it is read.
struct Entity<'a> {
    line: usize,
    entity: &'a Map<String, Value>,
    labels: &'a HashMap<String, Words>,
}

impl<'a> Entity<'a> {
    /// The statements of a property that hold: the preferred ones, or those that are not deprecated.
    fn claims(&self, property: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
        let all = self.entity.get("claims").and_then(|claims| claims.get(property)).and_then(Value::as_array);
        all.into_iter().flatten().filter(|claim| claim.get("rank").and_then(Value::as_str) != Some("deprecated"))
    }

    fn entry(&self, kind: Option<EntryKind>, used: &mut Vec<String>, entries: &mut Entries) -> Option<Entry> {
        let human = self.claims("P31").any(|claim| item(main(claim)) == Some(HUMAN));
        let of_kind = if human { EntryKind::Person } else { EntryKind::Organisation };
        let unsaid = kind.is_none() && self.claims("P31").next().is_none();
        let mut new = Entry { kind: Some(kind.unwrap_or(of_kind)), names: labels(self.entity), ..Entry::default() };
        if new.names.values().all(Vec::is_empty) {
            return None;
        }
        if unsaid {
            new.guess = "taken for an organisation: no statement says what it is (P31)";
        }
        new.source = format!("Wikidata {}", self.entity.get("id").and_then(Value::as_str).unwrap_or_default());
        for aliases in self.entity.get("aliases").and_then(Value::as_object).into_iter().flat_map(Map::values) {
            for alias in aliases.as_array().into_iter().flatten() {
                if let (Some(tag), Some(text)) = (alias.get("language"), alias.get("value")) {
                    add(&mut new.accepted, tag.as_str().unwrap_or_default(), text.as_str().unwrap_or_default());
                }
            }
        }
        self.names(&mut new, entries);
        for claim in self.claims("P21") {
            let id = item(main(claim)).unwrap_or_default();
            match GENDERS.iter().find(|(known, ..)| *known == id) {
                Some((.., gender)) => new.gender = (*gender).to_owned(),
                None => entries.leave(self.line, format!("the gender {id} is none that titles have")),
            }
        }
        for family in self.claims("P734").filter_map(|claim| item(main(claim))) {
            match self.labels.get(family) {
                Some(words) => {
                    used.push(family.to_owned());
                    words.iter().for_each(|(tag, list)| list.iter().for_each(|text| add(&mut new.families, tag, text)));
                }
                None => entries.leave(self.line, format!("the family name is {family}, which is not in this file")),
            }
        }
        for (property, place) in [("P571", &mut new.from), ("P576", &mut new.until)] {
            if human {
                continue;
            }
            if let Some(value) = self.claims(property).find_map(main) {
                match dated(value) {
                    Some(day) => *place = day,
                    None => entries.leave(self.line, format!("{property} is no day, month or year of a register")),
                }
            }
        }
        if let Some(email) = self.claims("P968").find_map(main).and_then(Value::as_str) {
            new.email = email.trim_start_matches("mailto:").to_owned();
        }
        for claim in self.claims("P39") {
            self.post(claim, &mut new, used, entries);
        }
        Some(new)
    }

    /// Official and short names, which say their language, and may say on which days they held.
    fn names(&self, new: &mut Entry, entries: &mut Entries) {
        for claim in self.claims("P1448") {
            let Some((tag, text)) = spoken(main(claim)) else { continue };
            match qualifier(claim, "P582").and_then(dated) {
                // A name that ended is an earlier one.
                Some(until) => {
                    let mut former = Former { until, ..Former::default() };
                    former.from = qualifier(claim, "P580").and_then(dated).unwrap_or_default();
                    add(&mut former.names, tag, text);
                    new.formers.push(former);
                }
                None => {
                    let known = new.names.remove(&tag.to_ascii_lowercase()).unwrap_or_default();
                    add(&mut new.names, tag, text);
                    known.iter().for_each(|text| add(&mut new.names, tag, text));
                }
            }
        }
        for (tag, text) in self.claims("P1813").filter_map(|claim| spoken(main(claim))) {
            let letters = text.chars().filter(|c| c.is_uppercase()).count() * 2 > text.chars().count();
            let words = if letters { &mut new.acronyms } else { &mut new.accepted };
            add(words, tag, text);
        }
        let listed: Vec<String> = new.acronyms.values().flatten().cloned().collect();
        new.accepted.values_mut().for_each(|list| list.retain(|text| !listed.contains(text)));
        if let Some(symbol) = self.claims("P528").find_map(main).and_then(Value::as_str)
            && new.kind == Some(EntryKind::Work)
        {
            new.symbol = symbol.to_owned();
        }
        if new.kind == Some(EntryKind::Person) && !new.formers.is_empty() {
            entries.leave(self.line, "earlier names of a person: look whether they may still be written");
        }
    }

    fn post(&self, claim: &Value, new: &mut Entry, used: &mut Vec<String>, entries: &mut Entries) {
        let Some(id) = item(main(claim)) else { return };
        let Some(words) = self.labels.get(id) else {
            return entries.leave(self.line, format!("a post is {id}, which is not in this file: it is left out"));
        };
        used.push(id.to_owned());
        let mut role = Role { titles: words.clone(), ..Role::default() };
        for (property, place) in [("P580", &mut role.from), ("P582", &mut role.until)] {
            if let Some(value) = qualifier(claim, property) {
                match dated(value) {
                    Some(day) => *place = day,
                    None => entries.leave(self.line, format!("{property} of the post {id} is no day, month or year")),
                }
            }
        }
        if let Some(body) = ["P642", "P108"].iter().find_map(|property| item(qualifier(claim, property))) {
            let name = self.labels.get(body).and_then(|words| words.values().flatten().next());
            role.organisation = name.cloned().unwrap_or_default();
        }
        new.roles.push(role);
    }
}

fn main(claim: &Value) -> Option<&Value> {
    claim.get("mainsnak")?.get("datavalue")?.get("value")
}

fn qualifier<'a>(claim: &'a Value, property: &str) -> Option<&'a Value> {
    claim.get("qualifiers")?.get(property)?.get(0)?.get("datavalue")?.get("value")
}

fn item(value: Option<&Value>) -> Option<&str> {
    value?.get("id")?.as_str()
}

fn spoken(value: Option<&Value>) -> Option<(&str, &str)> {
    let value = value?;
    Some((value.get("language")?.as_str()?, value.get("text")?.as_str()?))
}

/// A time of a statement, as exact as it says: 11 a day, 10 a month, 9 a year.
fn dated(value: &Value) -> Option<String> {
    let time = value.get("time")?.as_str()?.trim_start_matches('+');
    let length = match value.get("precision")?.as_u64()? {
        11 => 10,
        10 => 7,
        9 => 4,
        _ => return None,
    };
    day(time.get(..length)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::draft::write;

    fn shown(text: &str) -> (String, Vec<String>) {
        let taken = read(text, None);
        let left = taken.left.iter().map(|left| format!("{}: {}", left.line, left.message)).collect();
        (write(&[], &taken.entries), left)
    }

    #[test]
    fn results_of_a_query_are_one_entry_an_item() {
        let row = |language: &str, label: &str, title: &str| {
            format!(
                r#"{{"item": {{"type": "uri", "value": "http://www.wikidata.org/entity/Q900001"}},
"itemLabel": {{"xml:lang": "{language}", "type": "literal", "value": "{label}"}},
"positionLabel": {{"xml:lang": "{language}", "type": "literal", "value": "{title}"}},
"gender": {{"type": "uri", "value": "http://www.wikidata.org/entity/Q6581072"}},
"start": {{"type": "literal", "value": "2011-05-01T00:00:00Z"}},
"height": {{"type": "literal", "value": "170"}}}}"#
            )
        };
        let text = format!(
            "{{\"head\": {{\"vars\": []}}, \"results\": {{\"bindings\": [\n{},\n{},\n{{\"itemLabel\": {{}}}}]}}}}",
            row("en", "Ada Quill", "Director"),
            row("fr", "Ada Quill", "directrice"),
        );
        let (entries, left) = shown(&text);
        assert_eq!(
            entries,
            "[[person]]\nid = \"ada-quill\"\nname = { en = \"Ada Quill\", fr = \"Ada Quill\" }\ngender = \"feminine\"\n\
             source = \"Wikidata Q900001\"\n\n[[person.role]]\ntitle = { en = \"Director\", fr = \"directrice\" }\n\
             from = 2011-05-01\n"
        );
        assert_eq!(
            left,
            [
                "2: the variable “height” is not known and is left out",
                "14: this row has neither an item nor a name: it is left out",
            ]
        );
    }

    #[test]
    fn rows_alone_are_read_and_what_nothing_types_is_said() {
        let row = r#"{"item":"http://www.wikidata.org/entity/Q900001","itemLabel":"Ada Quill","itemAltLabel":"A. Quill, Ada Q.",
"genderLabel":"female","orgLabel":"Harbour Council","positionLabel":"Director"}"#;
        let other = r#"{"item":"http://www.wikidata.org/entity/Q900002","itemLabel":"Harbour Council"}"#;
        let nameless = r#"{"item":"http://www.wikidata.org/entity/Q900003","itemLabel":"Q900003"}"#;
        let taken = read(&format!("[{row},\n{other},\n{nameless}]"), None);
        assert_eq!(
            write(&[], &taken.entries),
            "[[person]]\nid = \"ada-quill\"\nname = \"Ada Quill\"\ngender = \"feminine\"\naccepted = [\"A. Quill\", \"Ada Q.\"]\n\
             source = \"Wikidata Q900001\"\n\n[[person.role]]\norganisation = \"harbour-council\"\ntitle = \"Director\"\n\n\
             [[organisation]]\nid = \"harbour-council\"\nname = \"Harbour Council\"\nsource = \"Wikidata Q900002\"\n\
             # taken for an organisation: nothing in these results says what it is\n"
        );
        assert_eq!((taken.guessed, taken.left.len()), (1, 1));
        assert_eq!(taken.left[0].message, "Q900003 has no name in these results: it is left out");
    }

    #[test]
    fn entities_carry_names_days_and_posts() {
        let text = r#"{"entities": {
"Q900002": {"id": "Q900002", "labels": {"en": {"language": "en", "value": "Harbour Council"}},
 "aliases": {"en": [{"language": "en", "value": "HC"}, {"language": "en", "value": "the Council"}]},
 "claims": {"P1448": [
  {"rank": "normal", "mainsnak": {"datavalue": {"value": {"language": "en", "text": "Coastal Harbour Council"}}}},
  {"rank": "normal", "mainsnak": {"datavalue": {"value": {"language": "en", "text": "Quay Board"}}},
   "qualifiers": {"P582": [{"datavalue": {"value": {"time": "+2006-03-14T00:00:00Z", "precision": 11}}}]}}],
  "P1813": [{"mainsnak": {"datavalue": {"value": {"language": "en", "text": "HC"}}}}],
  "P571": [{"mainsnak": {"datavalue": {"value": {"time": "+1946-00-00T00:00:00Z", "precision": 9}}}}]}},
"Q900003": {"id": "Q900003", "labels": {"en": {"language": "en", "value": "Ada Quill"}},
 "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}],
  "P734": [{"mainsnak": {"datavalue": {"value": {"id": "Q900009"}}}}],
  "P39": [{"mainsnak": {"datavalue": {"value": {"id": "Q900004"}}},
   "qualifiers": {"P580": [{"datavalue": {"value": {"time": "+2011-05-00T00:00:00Z", "precision": 10}}}],
    "P642": [{"datavalue": {"value": {"id": "Q900002"}}}]}}]}},
"Q900004": {"id": "Q900004", "labels": {"en": {"language": "en", "value": "director"}}},
"Q900005": {"id": "Q900005", "missing": ""}
}}"#;
        let (entries, left) = shown(text);
        assert_eq!(read(text, None).guessed, 1, "the post is no entry");
        assert_eq!(
            entries,
            "[[organisation]]\nid = \"hc\"\nname = { en = \"Coastal Harbour Council\" }\n\
             accepted = { en = [\"the Council\", \"Harbour Council\"] }\nacronym = { en = \"HC\" }\nfrom = \"1946\"\n\
             source = \"Wikidata Q900002\"\n# taken for an organisation: no statement says what it is (P31)\n\n[[organisation.former]]\nname = { en = \"Quay Board\" }\nuntil = 2006-03-14\n\n\
             [[person]]\nid = \"ada-quill\"\nname = { en = \"Ada Quill\" }\nsource = \"Wikidata Q900003\"\n\n\
             [[person.role]]\norganisation = \"hc\"\ntitle = { en = \"director\" }\nfrom = \"2011-05\"\n"
        );
        assert_eq!(
            left,
            ["17: Q900005 is missing in Wikidata", "10: the family name is Q900009, which is not in this file"]
        );
        assert_eq!(shown("{\n\"a\": 1,\n}").1.len(), 1);
        assert!(shown("{\n\"a\": 1,\n}").1[0].starts_with("3: "));
        assert_eq!(shown("{}").1.len(), 1);
    }
}
