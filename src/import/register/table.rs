//! A register kept as a table: a line of headings, then one row for each entry, or one for each post of a person.

use super::Taken;
use super::entry::{Entries, Entry, Former, Role, add, day};
use crate::register::EntryKind;

/// The headings that are known, and what stands under each. Those marked with `*` may be followed by a language: `name:fr`.
pub const COLUMNS: &[(&str, &str)] = &[
    ("kind", "person, organisation, work or term; where it is empty, what --kind says, or person"),
    ("id", "a short name that other rows refer to; rows with the same id, or without one the same name, are one entry"),
    ("name*", "the name as it is to be written; the title of a work"),
    ("given", "the given name, where the name is in two columns: given and family are then the name"),
    ("family*", "the family name, as it stands alone"),
    ("gender", "feminine or masculine (f, m)"),
    ("accepted*", "other ways of writing it, divided by |"),
    ("rejected*", "ways that are not allowed, divided by |"),
    ("acronym*", "the abbreviation, or several divided by |"),
    ("known", "yes: the abbreviation needs no expansion"),
    ("standing", "yes: a standing body, whose sessions are counted"),
    ("symbol", "the document symbol of a work"),
    ("email", "the address that contact blocks give"),
    ("from", "the first day of the entry: 2012-07-09, 2012-07 or 2012"),
    ("until", "the last day of the entry"),
    ("former*", "an earlier name"),
    ("former-until", "the last day of the earlier name"),
    (
        "organisation",
        "where the post is held: an id of the table or the register, or a name, of which an entry is made",
    ),
    ("title*", "the title of the post"),
    ("title-from", "the first day of the post"),
    ("title-until", "the last day of the post"),
    ("source", "where the entry was taken from"),
];

/// A heading: which column, and for which language.
struct Heading {
    column: &'static str,
    language: String,
}

pub(super) fn read(text: &str, kind: Option<EntryKind>) -> Taken {
    let mut entries = Entries::default();
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(delimiter(text));
    let mut records = reader.from_reader(text.as_bytes()).into_records();
    let line = |record: &csv::StringRecord| record.position().map_or(1, |place| place.line() as usize);
    let headings: Vec<Option<Heading>> = match records.next() {
        Some(Ok(record)) => {
            let line = line(&record);
            record.iter().map(|name| heading(name, line, &mut entries)).collect()
        }
        _ => return entries.finish(EntryKind::Person),
    };
    if !headings.iter().flatten().any(|heading| matches!(heading.column, "name" | "family" | "given")) {
        entries.leave(1, "no column is called “name”: the first line holds the headings");
        return entries.finish(EntryKind::Person);
    }
    for record in records {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(1, |place| place.line() as usize);
                entries.leave(line, "this row cannot be read");
                continue;
            }
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = line(&record);
        if record.len() > headings.len() {
            let more = record.len() - headings.len();
            entries.leave(line, format!("{more} more cells than headings: {}", cells(&record, headings.len())));
        }
        row(&record, &headings, line, kind, &mut entries);
    }
    entries.finish(kind.unwrap_or(EntryKind::Person))
}

fn cells(record: &csv::StringRecord, from: usize) -> String {
    record.iter().skip(from).map(|cell| format!("“{cell}”")).collect::<Vec<_>>().join(", ")
}

/// What divides the cells: the mark of which the first line has most.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: u8| first.bytes().filter(|byte| *byte == mark).count();
    *[b',', b';', b'\t'].iter().max_by_key(|mark| (count(**mark), **mark == b',')).unwrap_or(&b',')
}

fn heading(name: &str, line: usize, entries: &mut Entries) -> Option<Heading> {
    let name = name.trim().trim_start_matches('\u{FEFF}').to_lowercase();
    let (base, language) = name.split_once(':').unwrap_or((&name, ""));
    let base = base.trim().replace([' ', '_'], "-");
    let plain = |known: &'static str| known.trim_end_matches('*');
    let found = COLUMNS.iter().find(|(known, _)| plain(known) == base);
    match found {
        Some((known, _)) if language.is_empty() || known.ends_with('*') => {
            Some(Heading { column: plain(known), language: language.trim().to_owned() })
        }
        Some((known, _)) => {
            entries.leave(line, format!("the column “{known}” has no languages: “{name}” is left out"));
            None
        }
        None if base.is_empty() => None,
        None => {
            let near = crate::settings::suggest(&base, COLUMNS.iter().map(|(known, _)| plain(known)));
            let near = near.map(|near| format!(" (did you mean “{near}”?)")).unwrap_or_default();
            entries.leave(line, format!("no column is called “{name}”{near}: it is left out"));
            None
        }
    }
}

fn row(
    record: &csv::StringRecord,
    headings: &[Option<Heading>],
    line: usize,
    kind: Option<EntryKind>,
    entries: &mut Entries,
) {
    let mut new = Entry { kind, ..Entry::default() };
    let (mut role, mut former, mut given) = (Role::default(), Former::default(), String::new());
    for (heading, cell) in headings.iter().zip(record).filter(|(_, cell)| !cell.trim().is_empty()) {
        let Some(Heading { column, language }) = heading else { continue };
        let cell = cell.trim();
        let several = || cell.split('|');
        let mut dated = |place: &mut String| match day(cell) {
            Some(day) => *place = day,
            None => {
                entries.leave(line, format!("“{cell}” under “{column}” is no date: write 2012-07-09, 2012-07 or 2012"))
            }
        };
        match *column {
            "from" => dated(&mut new.from),
            "until" => dated(&mut new.until),
            "former-until" => dated(&mut former.until),
            "title-from" => dated(&mut role.from),
            "title-until" => dated(&mut role.until),
            "name" => add(&mut new.names, language, cell),
            "family" => add(&mut new.families, language, cell),
            "former" => add(&mut former.names, language, cell),
            "title" => add(&mut role.titles, language, cell),
            "accepted" => several().for_each(|text| add(&mut new.accepted, language, text)),
            "rejected" => several().for_each(|text| add(&mut new.rejected, language, text)),
            "acronym" => several().for_each(|text| add(&mut new.acronyms, language, text)),
            "id" => new.id = cell.to_owned(),
            "given" => given = cell.to_owned(),
            "email" => new.email = cell.to_owned(),
            "symbol" => new.symbol = cell.to_owned(),
            "source" => new.source = cell.to_owned(),
            "organisation" => role.organisation = cell.to_owned(),
            "known" | "standing" => match truth(cell) {
                Some(value) if *column == "known" => new.known = value,
                Some(value) => new.standing = value,
                None => entries.leave(line, format!("“{cell}” under “{column}” is neither yes nor no")),
            },
            "gender" => match cell.to_lowercase().as_str() {
                "f" | "feminine" | "female" => new.gender = "feminine".into(),
                "m" | "masculine" | "male" => new.gender = "masculine".into(),
                _ => entries.leave(line, format!("“{cell}” under “gender” is neither feminine nor masculine")),
            },
            "kind" => match EntryKind::ALL.iter().find(|kind| kind.name() == cell.to_lowercase()) {
                Some(EntryKind::Boilerplate) | None => {
                    entries.leave(
                        line,
                        format!("“{cell}” is no kind: person, organisation, work or term; the row is left out"),
                    );
                    return;
                }
                found => new.kind = found.copied(),
            },
            _ => {}
        }
    }
    let person = new.kind.unwrap_or(EntryKind::Person) == EntryKind::Person;
    if person {
        new.unsort();
    }
    let family = new.families.values().flatten().next().cloned().unwrap_or_default();
    if new.names.values().all(Vec::is_empty) && !(given.is_empty() && family.is_empty()) {
        add(&mut new.names, "", &format!("{given} {family}"));
    } else if !given.is_empty() && !new.names.values().flatten().any(|name| name.contains(&given)) {
        entries.leave(line, format!("the name does not hold the given name “{given}”, which is left out"));
    }
    let has_role = !role.titles.is_empty();
    if !has_role && !role.organisation.is_empty() {
        entries.leave(line, format!("“{}” without a title is no post: it is left out", role.organisation));
    } else if !person && has_role {
        entries.leave(line, "only people have titles: the post is left out");
    }
    if former.names.is_empty() && !former.until.is_empty() {
        entries.leave(line, "“former-until” without “former”: it is left out");
    }
    let name = new.names.values().flatten().next().cloned();
    let key = if new.id.is_empty() { name.clone() } else { Some(new.id.clone()) };
    let Some(key) = key else {
        entries.leave(line, "this row has neither a name nor an id: it is left out");
        return;
    };
    let key = format!("{}\n{key}", new.kind.unwrap_or(EntryKind::Person).name());
    let mut lost = Vec::new();
    let known = entries.under(&key);
    merge(known, new, &mut lost);
    if person && has_role && !known.roles.contains(&role) {
        known.roles.push(role);
    }
    if !former.names.is_empty() && !known.formers.contains(&former) {
        known.formers.push(former);
    }
    for what in lost {
        entries.leave(line, what);
    }
}

/// Adds what a row says to what rows before it said of the same entry; what says otherwise is lost, and that is told.
fn merge(known: &mut Entry, new: Entry, lost: &mut Vec<String>) {
    let mut one = |name: &str, ours: &mut String, theirs: String| match (ours.is_empty(), theirs.is_empty()) {
        (_, true) => {}
        (true, false) => *ours = theirs,
        (false, false) if *ours == theirs => {}
        _ => lost.push(format!("“{theirs}” under “{name}”: a row before says “{ours}”")),
    };
    one("id", &mut known.id, new.id);
    one("gender", &mut known.gender, new.gender);
    one("email", &mut known.email, new.email);
    one("symbol", &mut known.symbol, new.symbol);
    one("from", &mut known.from, new.from);
    one("until", &mut known.until, new.until);
    one("source", &mut known.source, new.source);
    known.kind = known.kind.or(new.kind);
    known.known |= new.known;
    known.standing |= new.standing;
    for (ours, theirs) in [
        (&mut known.names, new.names),
        (&mut known.families, new.families),
        (&mut known.accepted, new.accepted),
        (&mut known.rejected, new.rejected),
        (&mut known.acronyms, new.acronyms),
    ] {
        for (tag, list) in theirs {
            list.iter().for_each(|text| add(ours, &tag, text));
        }
    }
}

fn truth(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "yes" | "true" | "1" | "x" | "y" => Some(true),
        "no" | "false" | "0" | "n" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::draft::write;

    #[test]
    fn rows_become_entries_and_what_is_wrong_has_its_line() {
        let text = "Kind;id;name;name:fr;Familly;gender;accepted;from;organisation;title;title:fr;title-from;title-until\n\
            ;ada;Ada Quill;;;f;\"A. Quill|Ada Q.\";;Harbour Council;Director;directrice;2010;2011-12-31\n\
            person;ada;Ada Quill;;;m;;;hc;President;présidente;2012-01-01;\n\
            organisation;hc;Harbour Council;Conseil du port;;;;9.7.2001;;;;;\n\
            ;;;;;;;;;;;;\n\
            ship;x;The Gull;;;;;;;;;;;;extra\n\
            ;;;;;;;2001;;;;;\n\
            ;;\"Ask, Bo\";;;;;;Pier Watch;Warden;;;\n\
            ;;\"Di Hill, MP\";;;;;;;;;;\n";
        let taken = read(text, None);
        assert_eq!(
            write(&[], &taken.entries),
            "[[person]]\nid = \"ada\"\nname = \"Ada Quill\"\ngender = \"feminine\"\naccepted = [\"A. Quill\", \"Ada Q.\"]\n\n\
             [[person.role]]\norganisation = \"hc\"\ntitle = { \"\" = \"Director\", fr = \"directrice\" }\nfrom = \"2010\"\n\
             until = 2011-12-31\n\n[[person.role]]\norganisation = \"hc\"\n\
             title = { \"\" = \"President\", fr = \"présidente\" }\nfrom = 2012-01-01\n\n\
             [[organisation]]\nid = \"hc\"\nname = { \"\" = \"Harbour Council\", fr = \"Conseil du port\" }\n\n\
             [[person]]\nid = \"ask\"\nname = \"Bo Ask\"\nfamily = \"Ask\"\n\n[[person.role]]\norganisation = \"pier-watch\"\ntitle = \"Warden\"\n\n\
             [[person]]\nid = \"di-hill-mp\"\nname = \"Di Hill, MP\"\n\n\
             [[organisation]]\nid = \"pier-watch\"\nname = \"Pier Watch\"\n"
        );
        let left: Vec<String> = taken.left.iter().map(|left| format!("{}: {}", left.line, left.message)).collect();
        assert_eq!(
            left,
            [
                "1: no column is called “familly” (did you mean “family”?): it is left out",
                "3: “masculine” under “gender”: a row before says “feminine”",
                "4: “9.7.2001” under “from” is no date: write 2012-07-09, 2012-07 or 2012",
                "6: 2 more cells than headings: “”, “extra”",
                "6: “ship” is no kind: person, organisation, work or term; the row is left out",
                "7: this row has neither a name nor an id: it is left out",
            ]
        );
        assert_eq!(read("", None), Taken::default());
        assert_eq!(read("a,b\n1,2\n", None).left.len(), 3);
    }
}
