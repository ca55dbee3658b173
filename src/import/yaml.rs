//! YAML as far as style files need it: scalars as they are written, lists, and maps in their order.

use saphyr_parser::{Event, Parser, ScalarStyle};

/// Deeper than this no style file goes.
const DEPTH: usize = 32;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Yaml {
    /// A scalar, and whether it was quoted.
    Scalar(String, bool),
    List(Vec<Yaml>),
    Map(Vec<(String, Yaml)>),
}

/// Reads the first document of a text; what is wrong with it, in one line, where it cannot be read.
pub(super) fn read(text: &str) -> Result<Yaml, String> {
    let mut events = Events { parser: Parser::new_from_str(text) };
    loop {
        match events.next()? {
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            Event::StreamEnd | Event::DocumentEnd => return Ok(Yaml::Map(Vec::new())),
            event => return events.value(event, 0),
        }
    }
}

struct Events<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
}

impl<'a> Events<'a> {
    fn next(&mut self) -> Result<Event<'a>, String> {
        match self.parser.next_event() {
            Some(Ok((event, _))) => Ok(event),
            Some(Err(error)) => Err(format!("line {}: {}", error.marker().line(), error.info().to_lowercase())),
            None => Ok(Event::StreamEnd),
        }
    }

    fn value(&mut self, event: Event<'a>, depth: usize) -> Result<Yaml, String> {
        if depth > DEPTH {
            return Err("nested too deeply".into());
        }
        match event {
            Event::Scalar(text, style, ..) => Ok(Yaml::Scalar(text.into_owned(), style != ScalarStyle::Plain)),
            Event::SequenceStart(..) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd | Event::StreamEnd => return Ok(Yaml::List(items)),
                        event => items.push(self.value(event, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut entries = Vec::new();
                loop {
                    let key = match self.next()? {
                        Event::MappingEnd | Event::StreamEnd => return Ok(Yaml::Map(entries)),
                        event => self.value(event, depth + 1)?,
                    };
                    let event = self.next()?;
                    let value = self.value(event, depth + 1)?;
                    if let Yaml::Scalar(key, _) = key {
                        entries.push((key, value));
                    }
                }
            }
            _ => Ok(Yaml::Scalar(String::new(), false)),
        }
    }
}

impl Yaml {
    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Yaml> {
        self.entries().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The entries of a map.
    pub fn entries(&self) -> &[(String, Yaml)] {
        if let Yaml::Map(entries) = self { entries } else { &[] }
    }

    /// The scalar under a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.scalar()
    }

    pub fn scalar(&self) -> Option<&str> {
        if let Yaml::Scalar(text, _) = self { Some(text) } else { None }
    }

    /// Whether a key is `true`, however YAML 1.1 writes it.
    pub fn is(&self, key: &str) -> bool {
        self.text(key).is_some_and(|text| matches!(text.to_lowercase().as_str(), "true" | "yes" | "on"))
    }

    /// The scalars of a list, or a single one.
    pub fn texts(&self, key: &str) -> Vec<&str> {
        match self.get(key) {
            Some(Yaml::List(items)) => items.iter().filter_map(Yaml::scalar).collect(),
            Some(Yaml::Scalar(text, _)) if !text.is_empty() => vec![text],
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_keep_their_order_and_scalars_their_text() {
        let yaml = read("b: 'x'\na:\n  - \"\\\\d\"\n  - (?:y)\nn: yes\n").expect("YAML");
        assert_eq!(yaml.entries().iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), ["b", "a", "n"]);
        assert_eq!(yaml.texts("a"), ["\\d", "(?:y)"]);
        assert!(yaml.is("n") && !yaml.is("b"));
        assert!(read("a: [").is_err());
        assert!(read(&"[".repeat(10_000)).is_err());
    }
}
