//! `structure/reference`: links by reference whose definition is missing, misspelt, or run together with the next one.

use crate::diagnostic::{Applicability, Confidence};
use crate::document::Format;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::source::Span;
use std::collections::HashMap;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind { name: "structure/reference", page: include_str!("reference.md"), keys: &[], build };

struct Reference {
    /// A link by reference that the reader of Markdown left as it is written, because nothing defines it.
    shown: [Pattern; 1],
}

/// A line that defines a reference.
struct Definition<'a> {
    label: String,
    target: &'a str,
    /// Where the label stands in the source, and the target.
    place: Range<usize>,
    target_at: usize,
}

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Reference {
        shown: [Pattern::regex(r"(?:\[[^\[\]\x{1E}]{1,200}\])?\[[^\[\]\x{1E}]{1,80}\](?:\[\])?")],
    }))
}

impl Check for Reference {
    fn patterns(&self) -> &[Pattern] {
        &self.shown
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let document = reading.document;
        if document.format != Format::Markdown {
            return;
        }
        let source = reading.sources.get(document.source).text();
        let Some(own) = source.get(document.span.clone()) else { return };
        let definitions = definitions(own, document.span.start);
        for definition in &definitions {
            run_together(definition, reading, out);
        }
        let uses = labels(own);
        let defined = |label: &str| definitions.iter().any(|definition| definition.label == label);
        let idle: Vec<&Definition<'_>> = definitions
            .iter()
            .filter(|definition| uses.get(&definition.label).is_none_or(|&times| times < 2))
            .collect();
        // What a template includes, or a site adds to every page, may define references too.
        let whole = !definitions.is_empty() && !own.contains("{%") && !own.contains("{{");
        for hit in hits {
            let Some(label) = label_of(reading.slice(hit.range.clone())) else { continue };
            let before = reading.text()[..hit.range.start].chars().next_back();
            if defined(&label) || before.is_some_and(char::is_alphanumeric) || reading.is_opaque(&hit.range) {
                continue;
            }
            let near = idle.iter().find(|definition| alike(&label, &definition.label));
            if near.is_none() && !whole {
                continue;
            }
            let finding =
                out.finding(reading.span(hit.range.clone()), format!("nothing defines the reference “{label}”"));
            let finding = finding.label("shows as it is written, brackets and all");
            out.push(match near {
                Some(definition) => finding.related(
                    Span::new(document.source, definition.place.clone()),
                    "this one is defined and nothing uses it",
                ),
                None => finding,
            });
        }
    }
}

/// A definition whose target holds the next definition: a line end was lost.
fn run_together(definition: &Definition<'_>, reading: &Reading<'_>, out: &mut Findings<'_>) {
    let Some(at) = definition.target.find('[').filter(|&at| definition.target[at..].contains("]:")) else { return };
    let start = definition.target_at + at;
    let place = Span::new(reading.document.source, start..definition.target_at + definition.target.len());
    let finding = out.finding(place, "two definitions of references run together");
    let insert = Span::new(reading.document.source, start..start);
    let finding = finding.label("belongs on a line of its own").confidence(Confidence::High);
    out.push(finding.replace("begin a new line", Applicability::Unsafe, insert, "\n"));
}

/// The definitions of a Markdown text that starts at `offset`, in their order.
fn definitions(text: &str, offset: usize) -> Vec<Definition<'_>> {
    let (mut found, mut at) = (Vec::new(), offset);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim_start_matches(' ');
        let indent = line.len() - trimmed.len();
        if indent > 3 || !trimmed.starts_with('[') || trimmed.starts_with("[^") {
            continue;
        }
        let Some(close) = trimmed.find("]:") else { continue };
        let rest = &trimmed[close + 2..];
        let target = rest.trim_start();
        let lead = rest.len() - target.len();
        let target = target.split_whitespace().next().unwrap_or_default();
        let label = &trimmed[1..close];
        if target.is_empty() || label.contains(['[', ']']) {
            continue;
        }
        found.push(Definition {
            label: normal(label),
            target,
            place: start + indent..start + indent + close + 1,
            target_at: start + indent + close + 2 + lead,
        });
    }
    found
}

/// How often each bracketed label stands in a text, definitions included.
fn labels(text: &str) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match c {
            '[' => open = Some(at + 1),
            ']' => {
                if let Some(start) = open.take().filter(|start| at - start <= 200) {
                    *found.entry(normal(&text[start..at])).or_insert(0) += 1;
                }
            }
            _ => {}
        }
    }
    found
}

/// The label that a link by reference names: `[text][label]` or `[label][]`. One pair of brackets alone is no link.
fn label_of(shown: &str) -> Option<String> {
    let inner = shown.strip_prefix('[')?;
    let (first, rest) = inner.split_once(']')?;
    let second = rest.strip_prefix('[')?.strip_suffix(']')?;
    let second = second.strip_suffix("][").unwrap_or(second);
    let label = normal(if second.is_empty() { first } else { second });
    // "a[1][2]", "[ ][x]", "[…][…]" are not links.
    let named = label.chars().filter(|c| c.is_alphanumeric()).count() > 1;
    (named && !first.trim().is_empty()).then_some(label)
}

/// As CommonMark compares labels: without regard to case and to runs of white space.
fn normal(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether one label is the other with a slip of the finger.
fn alike(a: &str, b: &str) -> bool {
    a.chars().count().min(b.chars().count()) >= 4 && strsim::damerau_levenshtein(a, b) <= 1 + a.len() / 12
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_labels_and_uses_are_told_apart() {
        let text = "See [the plan][Plan  A] and [b][].\n\n[plan a]: https://a.example.org \"Title\"\n    [code]: x\n[^1]: A note.\n";
        let found = definitions(text, 0);
        assert_eq!(
            found.iter().map(|d| (d.label.as_str(), d.target)).collect::<Vec<_>>(),
            [("plan a", "https://a.example.org")]
        );
        assert_eq!(labels(text)["plan a"], 2);
        assert_eq!(label_of("[the plan][Plan  A]").as_deref(), Some("plan a"));
        assert_eq!(label_of("[#8438][]").as_deref(), Some("#8438"));
        assert_eq!(label_of("[sic]"), None);
        assert_eq!(label_of("[1][2]"), None);
    }
}
