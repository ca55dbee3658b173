//! Countries, regions, cities and currencies as `copydesk register find` shows them: they come along, and no register need hold them.

use crate::language::Place;
use crate::register::{Likeness, Register, places, speaks};
use crate::report::visible;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The places that a name may mean, and the languages whose names are looked through for a part or a slip and shown to people.
pub(super) struct Known {
    found: Vec<(Likeness, Place, usize)>,
    languages: BTreeSet<String>,
}

impl Known {
    /// Those that `text` may mean, with the names of one language, or else of English and those that the registers write names in.
    pub fn of(text: &str, register: &Register, language: Option<&str>) -> Self {
        let languages: BTreeSet<String> = match language {
            Some(language) => BTreeSet::from([language.to_owned()]),
            None => {
                let forms = register.entries().iter().enumerate().flat_map(|(at, _)| {
                    register.forms(crate::register::EntryId(at as u32)).iter().map(|form| form.language.to_string())
                });
                forms.filter(|tag| !tag.is_empty()).chain(["en".to_owned()]).collect()
            }
        };
        let list: Vec<&str> = languages.iter().map(String::as_str).collect();
        Known { found: places(text, &list), languages }
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Those that are meant, then those that nearly are, as long as nothing `else` is.
    pub fn write(&self, mut first: bool, anything_else: bool, out: &mut dyn Write) -> io::Result<()> {
        let is_near = |likeness: &Likeness| matches!(likeness, Likeness::Near(_));
        // Where the registers answer, a city among thousands is not meant.
        let meant =
            |found: &&(Likeness, Place, usize)| !is_near(&found.0) && (!anything_else || found.1.source == "CLDR");
        for (likeness, place, nth) in self.found.iter().filter(meant) {
            if !first {
                writeln!(out)?;
            }
            first = false;
            self.place(*likeness, place, *nth, out)?;
        }
        let near: Vec<_> = self.found.iter().filter(|found| is_near(&found.0) && !anything_else).collect();
        if !near.is_empty() {
            writeln!(out, "{}nearly the same, of places:", if first { "" } else { "\n" })?;
        }
        for (likeness, place, nth) in near {
            let how = super::find::how(*likeness);
            let name = visible(&place.names[*nth].1);
            writeln!(out, "  {} {}, from {}: {name} ({how})", place.kind, place.code, place.source)?;
        }
        Ok(())
    }

    fn place(&self, likeness: Likeness, place: &Place, nth: usize, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{} {}, from {}", place.kind, place.code, place.source)?;
        let asked = &place.names[nth].1;
        let wanted = |tag: &str| self.languages.iter().any(|language| speaks(tag, Some(language)));
        let shown = |(tag, name): &&(&str, String)| wanted(tag) || likeness == Likeness::Same && name == asked;
        // Languages that write it alike share a line.
        let mut names: Vec<(&str, Vec<&str>)> = Vec::new();
        for (tag, name) in place.names.iter().filter(shown) {
            match names.iter_mut().find(|(known, _)| *known == name.as_str()) {
                Some((_, tags)) => tags.push(tag),
                None => names.push((name, vec![tag])),
            }
        }
        for (name, tags) in &names {
            let more = tags.len().saturating_sub(6);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            writeln!(out, "  name      {}{more}  {}", tags[..tags.len().min(6)].join(", "), visible(name))?;
        }
        Ok(())
    }

    /// All of them with all their names.
    pub fn as_json(&self) -> Vec<Value> {
        let place = |(likeness, place, nth): &(Likeness, Place, usize)| {
            let names = place.names.iter().map(|(tag, name)| json!({ "language": tag, "text": name }));
            json!({
                "kind": place.kind,
                "code": place.code,
                "likeness": super::find::told(*likeness),
                "edits": super::find::edits(*likeness),
                "form": place.names[*nth].1,
                "names": names.collect::<Vec<_>>(),
                "source": place.source,
            })
        };
        self.found.iter().map(place).collect()
    }
}
