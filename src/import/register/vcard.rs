//! Address books: vCard 3.0 (RFC 2426) and 4.0 (RFC 6350). A card is a person, or an organisation where it says so. Telephone numbers,
//! postal addresses and pictures are none of a register's business and are only counted.

use super::Taken;
use super::entry::{Entries, Entry, Role, add};
use crate::register::EntryKind;

/// A line of a card, unfolded.
struct Property {
    line: usize,
    name: String,
    /// Parameters, names in capitals.
    parameters: Vec<(String, String)>,
    value: String,
}

pub(super) fn read(text: &str, kind: Option<EntryKind>) -> Taken {
    let mut entries = Entries::default();
    let mut card: Option<(usize, Vec<Property>)> = None;
    for (line, content) in unfold(text) {
        if content.trim().is_empty() {
            continue;
        }
        let Some(property) = property(line, &content) else {
            entries.leave(line, format!("“{}” is no line of a card", short(&content)));
            continue;
        };
        let marks = |name: &str| property.name == name && property.value.trim().eq_ignore_ascii_case("VCARD");
        if marks("BEGIN") {
            if let Some((start, _)) = card.replace((line, Vec::new())) {
                entries.leave(start, "this card has no end: it is left out");
            }
        } else if marks("END") {
            match card.take() {
                Some((start, properties)) => entry(start, properties, kind, &mut entries),
                None => entries.leave(line, "a card ends here that did not begin"),
            }
        } else if let Some((_, properties)) = &mut card {
            properties.push(property);
        } else {
            entries.leave(line, format!("“{}” stands outside a card", short(&content)));
        }
    }
    if let Some((start, _)) = card {
        entries.leave(start, "this card has no end: it is left out");
    }
    entries.finish(kind.unwrap_or(EntryKind::Person))
}

fn short(text: &str) -> String {
    let start: String = text.chars().take(40).collect();
    if start.len() < text.len() { format!("{start}…") } else { start }
}

/// Lines with the number of each, a line that begins with a space joined to the one before.
fn unfold(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (at, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, before))) => before.push_str(rest),
            _ => lines.push((at + 1, line.to_owned())),
        }
    }
    lines
}

/// `group.NAME;PARAMETER=value:value`; a colon or semicolon in quotation marks divides nothing.
fn property(line: usize, content: &str) -> Option<Property> {
    let mut quoted = false;
    let colon = content.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == ':' && !quoted
    });
    let (head, value) = (&content[..colon?.0], &content[colon?.0 + 1..]);
    let mut pieces: Vec<String> = vec![String::new()];
    let mut quoted = false;
    for c in head.chars() {
        match c {
            '"' => quoted = !quoted,
            ';' if !quoted => pieces.push(String::new()),
            c => pieces.last_mut()?.push(c),
        }
    }
    let name = pieces.remove(0).rsplit('.').next()?.trim().to_ascii_uppercase();
    let valid = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let parameters = pieces.iter().map(|piece| {
        let (name, value) = piece.split_once('=').unwrap_or(("TYPE", piece));
        (name.trim().to_ascii_uppercase(), value.to_owned())
    });
    valid.then(|| Property { line, name, parameters: parameters.collect(), value: value.to_owned() })
}

impl Property {
    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn language(&self) -> &str {
        self.parameter("LANGUAGE").unwrap_or_default()
    }

    fn text(&self) -> String {
        self.parts(None).concat()
    }

    /// The value at its unescaped marks.
    fn parts(&self, mark: Option<char>) -> Vec<String> {
        let (mut parts, mut escaped) = (vec![String::new()], false);
        for c in self.value.chars() {
            let last = parts.len() - 1;
            match c {
                'n' | 'N' if escaped => parts[last].push(' '),
                c if escaped => parts[last].push(c),
                '\\' => {
                    escaped = true;
                    continue;
                }
                c if Some(c) == mark => parts.push(String::new()),
                c => parts[last].push(c),
            }
            escaped = false;
        }
        parts
    }
}

fn entry(start: usize, properties: Vec<Property>, kind: Option<EntryKind>, entries: &mut Entries) {
    let version = properties.iter().find(|property| property.name == "VERSION").map(|property| property.value.trim());
    match version {
        Some("3.0" | "4.0") => {}
        Some(other) => {
            return entries
                .leave(start, format!("a card of version {} is not read: export it as 3.0 or 4.0", short(other)));
        }
        None => return entries.leave(start, "this card does not say its version: it is left out"),
    }
    let mut new = Entry { kind: Some(kind.unwrap_or(EntryKind::Person)), ..Entry::default() };
    let (mut role, mut body, mut nicknames) = (Role::default(), None, Vec::new());
    let mut name_parts: Option<Vec<String>> = None;
    for property in &properties {
        let text = property.text();
        match property.name.as_str() {
            "VERSION" | "PRODID" | "REV" => {}
            "FN" => add(&mut new.names, property.language(), &text),
            "N" => name_parts = Some(property.parts(Some(';'))),
            "KIND" => match text.trim().to_ascii_lowercase().as_str() {
                "individual" => new.kind = Some(EntryKind::Person),
                "org" => new.kind = Some(EntryKind::Organisation),
                other => {
                    return entries
                        .leave(property.line, format!("a card of a {} is no entry: it is left out", short(other)));
                }
            },
            // Apple's address book says so of organisations.
            "X-ABSHOWAS" if text.trim() == "COMPANY" => new.kind = Some(EntryKind::Organisation),
            // X-GENDER comes from before 4.0.
            "GENDER" | "X-GENDER" => match gender(property).as_str() {
                "F" | "FEMALE" => new.gender = "feminine".into(),
                "M" | "MALE" => new.gender = "masculine".into(),
                _ => entries.leave(property.line, format!("the gender “{text}” is neither F nor M")),
            },
            "NICKNAME" => nicknames.extend(property.parts(Some(',')).iter().map(|name| name.trim().to_owned())),
            "ORG" => body = body.or(Some(property)),
            "TITLE" => add(&mut role.titles, property.language(), &text),
            "EMAIL" if new.email.is_empty() => new.email = text.trim().trim_start_matches("mailto:").to_owned(),
            "EMAIL" => entries.leave(property.line, format!("a second address “{}”: a register has one", text.trim())),
            other => entries.pass(other),
        }
    }
    if let Some(parts) = &name_parts {
        let part = |at: usize| parts.get(at).map_or("", |part| part.trim());
        if !part(0).is_empty() && new.kind == Some(EntryKind::Person) {
            part(0).split(',').for_each(|family| add(&mut new.families, "", family));
        }
        if new.names.values().all(Vec::is_empty) {
            add(&mut new.names, "", &[part(1), part(2), part(0)].join(" ").replace(',', " "));
        }
        // Who is written to as “Dr. Ada Quill, MP” is called Ada Quill.
        for name in new.names.values_mut().flatten() {
            let bare = without(name, part(3), part(4));
            if bare != *name {
                new.remarks.push(format!("addressed as: {name}"));
                *name = bare;
            }
        }
        if new.kind == Some(EntryKind::Person) {
            new.unsort();
        }
        let short = format!("{} {}", part(1), part(0));
        let whole = [part(1), part(2), part(0)].join(" ");
        if !part(2).is_empty() && !part(1).is_empty() && new.names.values().flatten().any(|name| *name == whole) {
            add(&mut new.accepted, "", &short);
        }
    }
    if new.names.values().all(Vec::is_empty) {
        return entries.leave(start, "this card names nobody: it is left out");
    }
    if !nicknames.is_empty() {
        new.remarks.push(format!("also called: {}", nicknames.join(", ")));
    }
    if let Some(property) = body {
        let mut units = property.parts(Some(';')).into_iter().map(|unit| unit.trim().to_owned());
        role.organisation = units.next().unwrap_or_default();
        let units: Vec<String> = units.filter(|unit| !unit.is_empty()).collect();
        if !units.is_empty() {
            new.remarks.push(format!("in {}: {}", role.organisation, units.join(", ")));
        }
    }
    if new.kind == Some(EntryKind::Person) {
        if role.titles.is_empty() && !role.organisation.is_empty() {
            new.remarks.push(format!("in {}, without a title", role.organisation));
        } else if !role.titles.is_empty() {
            new.roles.push(role);
        }
    }
    entries.push(new);
}

fn gender(property: &Property) -> String {
    property.parts(Some(';')).first().map(|sex| sex.trim().to_ascii_uppercase()).unwrap_or_default()
}

/// A name without the honorifics that a card has before and after it.
fn without(name: &str, before: &str, after: &str) -> String {
    let mut bare = name.trim();
    for prefix in before.split(',').map(str::trim).filter(|prefix| !prefix.is_empty()) {
        bare = bare.strip_prefix(prefix).filter(|rest| rest.starts_with(' ')).map_or(bare, str::trim);
    }
    for suffix in after.split(',').map(str::trim).filter(|suffix| !suffix.is_empty()).rev() {
        let rest = bare.strip_suffix(suffix).filter(|rest| rest.ends_with([' ', ',']));
        bare = rest.map_or(bare, |rest| rest.trim_end_matches([' ', ',']));
    }
    bare.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::draft::write;

    #[test]
    fn honorifics_are_none_of_a_name() {
        let text = "BEGIN:VCARD\nVERSION:3.0\nN:Quill;Ada;Mary;Dr.;MP\nFN:Dr. Ada Mary Quill, MP\nX-GENDER:Female\nEND:VCARD\n";
        assert_eq!(
            write(&[], &read(text, None).entries),
            "[[person]]\nid = \"quill\"\nname = \"Ada Mary Quill\"\nfamily = \"Quill\"\ngender = \"feminine\"\n\
             accepted = \"Ada Quill\"\n# addressed as: Dr. Ada Mary Quill, MP\n"
        );
    }

    #[test]
    fn names_that_are_sorted_are_turned_round() {
        let text = "BEGIN:VCARD\nVERSION:3.0\nFN:Quill\\, Ada\nN:Quill;Ada\nEND:VCARD\n";
        let right = "[[person]]\nid = \"quill\"\nname = \"Ada Quill\"\nfamily = \"Quill\"\n";
        assert_eq!(write(&[], &read(text, None).entries), right);
    }

    #[test]
    fn cards_become_people_and_their_organisations() {
        let text = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN;LANGUAGE=en:Ada \r\n Quill\r\nN:Quill;Ada;;;\r\nGENDER:F;she\r\n\
            item1.ORG:Harbour\\, Council;Ropes\r\nTITLE;LANGUAGE=en:Director\r\nTITLE;LANGUAGE=fr:directrice\r\n\
            EMAIL;TYPE=\"work;a:b\":ada@harbour.example\r\nTEL:+1\r\nNICKNAME:Adi\r\nEND:VCARD\r\n\
            BEGIN:VCARD\nVERSION:3.0\nFN:Harbour\\, Council\nKIND:org\nTEL:2\nEND:VCARD\n\
            BEGIN:VCARD\nVERSION:2.1\nFN:Old\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nN:Ask;Bo\nGENDER:X\nbroken\n";
        let taken = read(text, None);
        assert_eq!(
            write(&[], &taken.entries),
            "[[person]]\nid = \"quill\"\nname = { en = \"Ada Quill\" }\nfamily = \"Quill\"\ngender = \"feminine\"\n\
             email = \"ada@harbour.example\"\n# also called: Adi\n# in Harbour, Council: Ropes\n\n[[person.role]]\n\
             organisation = \"harbour-council\"\ntitle = { en = \"Director\", fr = \"directrice\" }\n\n\
             [[organisation]]\nid = \"harbour-council\"\nname = \"Harbour, Council\"\n"
        );
        let left: Vec<String> = taken.left.iter().map(|left| format!("{}: {}", left.line, left.message)).collect();
        assert_eq!(
            left,
            [
                "20: a card of version 2.1 is not read: export it as 3.0 or 4.0",
                "28: “broken” is no line of a card",
                "24: this card has no end: it is left out",
            ]
        );
        assert_eq!(taken.passed, [("TEL".to_owned(), 2)]);
    }
}
