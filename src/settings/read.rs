//! TOML text to checked values.

use super::data::{self, Data, Date, Table, Value};
use super::{Key, Shape, check_language};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, SourceId, Span};
use std::ops::Range;
use toml::de::DeTable;

/// Deeper tables than this are a mistake, not a configuration.
const DEPTH: usize = 64;

/// Reads a TOML source against the keys it may hold. What is right is returned even where something is wrong; every mistake
/// is a diagnostic of `rule` (such as `config/invalid`) underlined in the source.
pub fn parse(source: &Source, id: SourceId, keys: &[Key], rule: &str) -> (Table, Vec<Diagnostic>) {
    let mut reader = Reader { id, rule, problems: Vec::new() };
    if let Some(at) = too_deep(source.text()) {
        reader.problem(at..at + 1, format!("tables and lists are nested deeper than {DEPTH}"));
        return (Table::default(), reader.problems);
    }
    let (table, errors) = DeTable::parse_recoverable(source.text());
    let mut broken = std::collections::BTreeSet::new();
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        // One slip makes the parser stumble several times; the first place is the one to look at.
        if !broken.insert(source.line(range.start)) {
            continue;
        }
        let message = match error.message().lines().next().unwrap_or("not TOML").trim_end_matches('.') {
            "recursion limit" => format!("tables and lists are nested deeper than {DEPTH}"),
            message => message.to_lowercase(),
        };
        reader.problem(clamp(source, range), message);
    }
    let root = data::of_table(table.get_ref(), table.span(), &mut |place| {
        reader.problem(place, "the number is too large");
    });
    let syntax = std::mem::take(&mut reader.problems);
    let root = reader.check_table(root, keys);
    // What the parser made of a broken line is not what was meant, so its shape is no second mistake.
    // The parser gives a value that it made up no place at all.
    reader.problems.retain(|problem| {
        let place = problem.primary.span;
        broken.is_empty() || (place.start < place.end && !broken.contains(&source.line(place.start)))
    });
    reader.problems.splice(..0, syntax);
    (root, reader.problems)
}

/// Checks what was read of a source when the program was built against the keys it may hold, as [`parse`] does.
pub fn stored(bytes: &[u8], id: SourceId, keys: &[Key], rule: &str) -> (Table, Vec<Diagnostic>) {
    match postcard::from_bytes(bytes) {
        Ok(table) => check(table, id, keys, rule),
        Err(error) => {
            let mut reader = Reader { id, rule, problems: Vec::new() };
            reader.problem(0..0, format!("not as it was built: {error}"));
            (Table::default(), reader.problems)
        }
    }
}

/// Checks a table that was read as [`Shape::Any`] against the keys it turned out to need.
pub fn check(table: Table, id: SourceId, keys: &[Key], rule: &str) -> (Table, Vec<Diagnostic>) {
    let mut reader = Reader { id, rule, problems: Vec::new() };
    let table = reader.check_table(table, keys);
    (table, reader.problems)
}

/// The candidate nearest to a mistyped word, where one is near enough to be meant.
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = word.to_lowercase();
    let letters = folded.chars().count();
    let most = |candidate: &str| candidate.chars().count().max(3) / 3;
    // “warn” is the beginning of “warning”, however much of it is missing.
    let begins = |candidate: &str| folded.len() > 2 && candidate.starts_with(&folded);
    candidates
        .into_iter()
        // Words are as far apart as their lengths at least; how far, costs the product of these.
        .filter(|candidate| letters.abs_diff(candidate.chars().count()) <= most(candidate) + 1 || begins(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= most(candidate) || begins(candidate))
        .min()
        .map(|(_, candidate)| candidate)
}

/// A date written as a string.
pub(super) fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next().filter(|part| part.len() == 4)?.parse().ok()?;
    let month =
        parts.next().map(|part| part.parse().ok().filter(|_| part.len() == 2)).map_or(Some(None), |m| m.map(Some))?;
    let day =
        parts.next().map(|part| part.parse().ok().filter(|_| part.len() == 2)).map_or(Some(None), |d| d.map(Some))?;
    let valid = jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).is_ok();
    (parts.next().is_none() && valid).then_some(Date { year, month, day })
}

struct Reader<'a> {
    id: SourceId,
    rule: &'a str,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn problem(&mut self, range: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        self.problems.push(Diagnostic::new(self.rule, Severity::Error, message, Span::new(self.id, range)));
        self.problems.last_mut().expect("just pushed")
    }

    /// The table without what is unknown or of the wrong shape.
    fn check_table(&mut self, table: Table, keys: &[Key]) -> Table {
        for key in keys.iter().filter(|key| key.required && table.get(key.name).is_none()) {
            self.problem(table.range.clone(), format!("“{}” is missing", key.name)).help = Some(lower(key.doc));
        }
        let mut entries = Vec::new();
        for (name, place, value) in table.entries {
            match keys.iter().find(|key| key.name == name) {
                Some(key) => entries.extend(self.check(value, &key.shape).map(|value| (name, place, value))),
                None => {
                    let near = suggest(&name, keys.iter().map(|key| key.name));
                    let known = || keys.iter().map(|key| key.name).collect::<Vec<_>>().join(", ");
                    let help = near
                        .map_or_else(|| format!("known here: {}", known()), |near| format!("did you mean “{near}”?"));
                    self.problem(place, format!("unknown key “{name}”")).help = Some(help);
                }
            }
        }
        Table { range: table.range, entries }
    }

    /// Whether a tag names a language; otherwise the mistake is noted.
    fn language(&mut self, tag: &str, place: Range<usize>) -> bool {
        let known = check_language(tag);
        if let Err(help) = &known {
            self.problem(place, format!("no language has the tag “{tag}”")).help = Some(help.clone());
        }
        known.is_ok()
    }

    /// The value, where it has the shape; otherwise the mistake is noted.
    fn check(&mut self, mut value: Value, shape: &Shape) -> Option<Value> {
        let Value { range, data } = &value;
        let fits = match (shape, data) {
            (Shape::Any, _)
            | (Shape::Text, Data::Text(_))
            | (Shape::Bool, Data::Bool(_))
            | (Shape::Integer, Data::Integer(_))
            | (Shape::Number, Data::Integer(_) | Data::Number(_))
            | (Shape::Date, Data::Date(_)) => true,
            (Shape::Date, Data::Text(text)) => match date(text) {
                Some(_) => true,
                None => {
                    self.problem(range.clone(), format!("“{text}” is not a date")).help =
                        Some("write a day as 2012-07-09, a month as \"2012-07\", a year as \"2012\"".into());
                    return None;
                }
            },
            (Shape::Language, Data::Text(tag)) => {
                let known = self.language(tag, range.clone());
                return known.then_some(value);
            }
            (Shape::OneOf(names), Data::Text(text)) => {
                if names.contains(&text.as_str()) {
                    true
                } else {
                    let near = suggest(text, names.iter().copied());
                    let help = near
                        .map_or_else(|| format!("one of: {}", names.join(", ")), |n| format!("did you mean “{n}”?"));
                    self.problem(range.clone(), format!("“{text}” is not known here")).help = Some(help);
                    return None;
                }
            }
            (Shape::List(item), Data::List(_)) => {
                let Data::List(items) = value.data else { return None };
                value.data = Data::List(items.into_iter().filter_map(|value| self.check(value, item)).collect());
                return Some(value);
            }
            (Shape::List(item), _) => return self.check(value, item),
            (Shape::ByLanguage(item) | Shape::Map(item), Data::Table(_)) => {
                let Data::Table(table) = value.data else { return None };
                let Table { range, mut entries } = table;
                if matches!(shape, Shape::ByLanguage(_)) {
                    // An empty tag holds for every language that has no words of its own.
                    entries.retain(|(tag, place, _)| tag.is_empty() || self.language(tag, place.clone()));
                }
                let entries = entries
                    .into_iter()
                    .filter_map(|(name, place, v)| Some((name, place, self.check(v, item)?)))
                    .collect();
                value.data = Data::Table(Table { range, entries });
                return Some(value);
            }
            (Shape::ByLanguage(item), _) => return self.check(value, item),
            (Shape::Table(keys), Data::Table(_)) => {
                let Data::Table(table) = value.data else { return None };
                value.data = Data::Table(self.check_table(table, keys));
                return Some(value);
            }
            (Shape::Either(shapes), _) => {
                // The shape that leaves the fewest mistakes is the one that was meant.
                let before = std::mem::take(&mut self.problems);
                let tries = shapes.iter().map(|shape| {
                    let checked = self.check(value.clone(), shape);
                    (checked, std::mem::take(&mut self.problems))
                });
                let best = tries.min_by_key(|(checked, problems)| (problems.len(), checked.is_none()));
                self.problems = before;
                let (checked, problems) = best?;
                self.problems.extend(problems);
                return checked;
            }
            _ => false,
        };
        if fits {
            return Some(value);
        }
        let range = value.range.clone();
        self.problem(range, format!("{} is expected here, and this is {}", shape.name(), value.data.name()));
        None
    }
}

impl Shape {
    fn name(&self) -> &'static str {
        match self {
            Shape::Text | Shape::OneOf(_) => "a string",
            Shape::Bool => "true or false",
            Shape::Integer => "a whole number",
            Shape::Number => "a number",
            Shape::Date => "a date",
            Shape::Language => "a language tag",
            Shape::List(_) => "a list",
            Shape::ByLanguage(item) => item.name(),
            Shape::Map(_) | Shape::Table(_) => "a table",
            Shape::Either(shapes) => shapes.first().map_or("a value", Shape::name),
            Shape::Any => "a value",
        }
    }
}

impl Data {
    fn name(&self) -> &'static str {
        match self {
            Data::Text(_) => "a string",
            Data::Bool(_) => "true or false",
            Data::Integer(_) => "a whole number",
            Data::Number(_) => "a number",
            Data::Date(_) => "a date",
            Data::List(_) => "a list",
            Data::Table(_) => "a table",
        }
    }
}

/// The first bracket nested deeper than [`DEPTH`], counted outside strings and comments.
fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0usize, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' => at = after_string(bytes, at),
            b'#' => at += bytes[at..].iter().take_while(|byte| **byte != b'\n').count(),
            _ => {
                match byte {
                    b'[' | b'{' => depth += 1,
                    b']' | b'}' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if depth > DEPTH {
                    return Some(at);
                }
                at += 1;
            }
        }
    }
    None
}

/// Where a string that opens at a place is over: at its closing mark; one of a single line at the latest where that ends.
fn after_string(bytes: &[u8], open: usize) -> usize {
    let mark = bytes[open];
    let long = bytes[open..].starts_with(&[mark; 3]);
    let close = &[mark; 3][..if long { 3 } else { 1 }];
    let mut at = open + close.len();
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if mark == b'"' => at += 1,
            b'\n' if !long => return at,
            byte if byte == mark && bytes[at..].starts_with(close) => return at + close.len(),
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn clamp(source: &Source, range: Range<usize>) -> Range<usize> {
    let text = source.text();
    let start = text.floor_char_boundary(range.start.min(text.len()));
    start..text.ceil_char_boundary(range.end.clamp(start, text.len()))
}

fn lower(doc: &str) -> String {
    let mut chars = doc.trim_end_matches('.').chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: &[Key] = &[
        Key::required("id", Shape::Text, "The name."),
        Key::new("severity", Shape::OneOf(&["error", "warning"]), "Harm."),
        Key::new("from", Shape::Date, "First day."),
        Key::new("name", Shape::ByLanguage(&Shape::List(&Shape::Text)), "Names."),
    ];

    fn read(text: &str) -> (Table, Vec<(String, Option<String>)>) {
        let source = Source::from_text("a.toml", text);
        let (table, problems) = parse(&source, SourceId(0), KEYS, "config/invalid");
        (
            table,
            problems
                .into_iter()
                .map(|p| (format!("{} @{}", p.message, source.slice(p.primary.span.range())), p.help))
                .collect(),
        )
    }

    #[test]
    fn mistakes_are_underlined_with_what_was_meant() {
        let (table, problems) = read("idd = 'x'\nseverity = 'eror'\nfrom = '2012-13'\n");
        assert!(table.entries.is_empty());
        assert_eq!(problems[0].0, "“id” is missing @");
        assert_eq!(problems[1], ("unknown key “idd” @idd".into(), Some("did you mean “id”?".into())));
        assert_eq!(problems[2].1.as_deref(), Some("did you mean “error”?"));
        assert!(problems[3].0.starts_with("“2012-13” is not a date"));
    }

    #[test]
    fn what_is_right_is_kept_beside_what_is_wrong() {
        let (table, problems) =
            read("id = 'x'\nfrom = 2012-07-09\nname = { en = 'a', fr = ['b', 'c'] }\nseverity = 3\n");
        assert_eq!(table.text("id"), Some("x"));
        assert_eq!(table.get("from").and_then(Value::date).map(|d| d.day), Some(Some(9)));
        let names = table.get("name").expect("kept").by_language();
        assert_eq!(names[1].1.texts().map(|(t, _)| t).collect::<Vec<_>>(), ["b", "c"]);
        assert_eq!(problems[0].0, "a string is expected here, and this is a whole number @3");
    }

    #[test]
    fn a_syntax_error_loses_only_its_line() {
        let (table, problems) = read("id = 'x'\nseverity = = 'error'\n");
        assert_eq!(table.text("id"), Some("x"));
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(read(&"[".repeat(100_000)).1.len(), 1);
        let dotted = read(&format!("a{} = 1", ".a".repeat(100_000))).1;
        assert_eq!(dotted[0].0, "tables and lists are nested deeper than 64 @");
        let brackets = "[".repeat(100);
        for mark in ["'", "\"", "\"\"\"\n", "'''\n\n"] {
            let text = format!("id = {mark}{brackets}{}\n# {brackets}\n", mark.trim_end());
            assert_eq!(read(&text).1, Vec::new(), "{text}");
        }
    }
}
