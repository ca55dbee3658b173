//! Terminologies: TBX (ISO 30042:2019), whose data categories are attributes (DCA, `<termNote type="…">`) or tags (DCT, `<min:…>`), and
//! the edition of 2008 (`martif`, `termEntry`, `langSet`, `tig`). A concept becomes a term; the status of each of its terms says whether
//! that is the one to write, is allowed or is not.

use super::Taken;
use super::entry::{Entries, Entry, add};
use crate::register::EntryKind;
use roxmltree::{Document, Node, ParsingOptions};

/// Nodes of the largest document; the tree of a larger one would not fit in memory.
const MOST_NODES: u32 = 50_000_000;
/// Tags inside tags of the deepest.
const DEEPEST: u32 = 64;

pub(super) fn read(text: &str, kind: Option<EntryKind>) -> Taken {
    let mut entries = Entries::default();
    let otherwise = kind.unwrap_or(EntryKind::Term);
    // Files of 2008 name a document type; it is not opened.
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(error) => {
            entries.leave(error.pos().row as usize, format!("this is not well-formed XML: {error}"));
            return entries.finish(otherwise);
        }
    };
    let (root, lines) = (document.root_element(), lines(text));
    if let Some(node) = too_deep(&document) {
        entries.leave(line(&lines, node), format!("tags are nested deeper than {DEEPEST}"));
        return entries.finish(otherwise);
    }
    if !matches!(root.tag_name().name(), "tbx" | "martif") {
        let line = line(&lines, root);
        entries.leave(line, format!("“{}” is no TBX: its first tag is tbx or martif", root.tag_name().name()));
        return entries.finish(otherwise);
    }
    for concept in root.descendants().filter(|node| matches!(node.tag_name().name(), "conceptEntry" | "termEntry")) {
        read_concept(&lines, concept, kind, &mut entries);
    }
    entries.finish(otherwise)
}

/// The bytes at which lines begin.
fn lines(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

fn line(lines: &[usize], node: Node<'_, '_>) -> usize {
    lines.partition_point(|start| *start <= node.range().start)
}

/// The first tag in too many others. What is said of a tag depends on those around it and in it, and each would be looked at for each.
fn too_deep<'a, 'i>(document: &'a Document<'i>) -> Option<Node<'a, 'i>> {
    // Nodes are counted in their order, so that each comes after the one that it is in.
    let mut depths: Vec<u32> = Vec::new();
    document.root().descendants().find(|node| {
        let around = node.parent().and_then(|parent| depths.get(parent.id().get_usize()).copied()).unwrap_or(0);
        depths.push(around.saturating_add(1));
        around > DEEPEST
    })
}

/// The words of a tag; those of tags inside count too (`<hi>`).
fn words(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(|node| node.is_text()).filter_map(|node| node.text());
    texts.collect::<Vec<_>>().concat().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Preferred,
    Admitted,
    Rejected,
}

fn read_concept(lines: &[usize], concept: Node<'_, '_>, kind: Option<EntryKind>, entries: &mut Entries) {
    let mut new = Entry { kind, id: concept.attribute("id").unwrap_or_default().to_owned(), ..Entry::default() };
    let mut any = false;
    for language in concept.children().filter(|node| matches!(node.tag_name().name(), "langSec" | "langSet")) {
        let tag = language.attributes().find(|attribute| attribute.name() == "lang").map(|attribute| attribute.value());
        let Some(tag) = tag else {
            entries.leave(line(lines, language), "these terms do not say their language: they are left out");
            continue;
        };
        let terms = language.descendants().filter(|node| matches!(node.tag_name().name(), "termSec" | "tig" | "ntig"));
        // The preferred term comes first, wherever it stands.
        let mut preferred = Vec::new();
        let mut admitted = Vec::new();
        for section in terms {
            let Some(term) = section.descendants().find(|node| node.tag_name().name() == "term") else {
                entries.leave(line(lines, section), "there is no term here");
                continue;
            };
            let text = words(term);
            if text.is_empty() {
                entries.leave(line(lines, term), "this term is empty");
                continue;
            }
            any = true;
            let (standing, short) = categories(lines, section, entries);
            match standing {
                Some(Standing::Rejected) => add(&mut new.rejected, tag, &text),
                _ if short => add(&mut new.acronyms, tag, &text),
                Some(Standing::Preferred) => preferred.push(text),
                Some(Standing::Admitted) | None => admitted.push(text),
            }
        }
        for text in preferred.iter().chain(&admitted) {
            add(&mut new.names, tag, text);
        }
        let rest = language.descendants().filter(|node| node.is_element() && is_note(*node));
        rest.for_each(|note| entries.pass(&category(note)));
    }
    for note in concept.children().filter(|node| node.is_element()) {
        match (category(note).as_str(), note.tag_name().name()) {
            (_, "langSec" | "langSet") => {}
            ("source", _) => new.source = words(note),
            (_, "descripGrp") => note.children().filter(|n| n.is_element()).for_each(|n| entries.pass(&category(n))),
            (category, _) => entries.pass(category),
        }
    }
    // A concept with letters alone has no name to be written; its letters are that.
    for (tag, letters) in &new.acronyms {
        if let (None, Some(first)) = (new.names.get(tag), letters.first()) {
            new.names.insert(tag.clone(), vec![first.clone()]);
        }
    }
    if !any || new.names.is_empty() {
        return entries.leave(line(lines, concept), "this concept has no term that may be written: it is left out");
    }
    entries.push(new);
}

/// The data category of a note: its type, or its tag where that is the category.
fn category(node: Node<'_, '_>) -> String {
    node.attribute("type").unwrap_or(node.tag_name().name()).to_owned()
}

/// Whether a tag of a language section says what a register has no place for.
fn is_note(node: Node<'_, '_>) -> bool {
    let name = node.tag_name().name();
    let kept = matches!(
        name,
        "term"
            | "termSec"
            | "tig"
            | "ntig"
            | "termGrp"
            | "termNoteGrp"
            | "descripGrp"
            | "adminGrp"
            | "transacGrp"
            | "hi"
    );
    let used = matches!(category(node).as_str(), "administrativeStatus" | "normativeAuthorization" | "termType");
    let inside = node.ancestors().skip(1).any(|node| matches!(node.tag_name().name(), "term" | "termCompList"));
    !kept && !used && !inside && !matches!(name, "langSec" | "langSet")
}

/// The status of a term and whether it is a short form.
fn categories(lines: &[usize], section: Node<'_, '_>, entries: &mut Entries) -> (Option<Standing>, bool) {
    let (mut standing, mut short) = (None, false);
    for note in section.descendants().filter(|node| node.is_element()) {
        let value = words(note);
        match category(note).as_str() {
            // ISO 30042 writes “preferredTerm-admn-sts”, TBX-Min “preferred”, the edition of 2008 “preferredTerm”.
            "administrativeStatus" | "normativeAuthorization" => {
                let base = value.split("Term").next().unwrap_or_default().to_ascii_lowercase();
                standing = match base.as_str() {
                    "preferred" | "standardized" | "legal" | "regulated" => Some(Standing::Preferred),
                    "admitted" => Some(Standing::Admitted),
                    "deprecated" | "superseded" | "notrecommended" | "obsolete" => Some(Standing::Rejected),
                    _ => {
                        let message = format!("the status “{value}” is not known: the term is taken as allowed");
                        entries.leave(line(lines, note), message);
                        standing
                    }
                };
            }
            "termType" => {
                short = matches!(value.as_str(), "acronym" | "initialism" | "abbreviation" | "abbreviatedForm");
            }
            _ => {}
        }
    }
    (standing, short)
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

    const EXPECTED: &str = "[[term]]\nid = \"c1\"\nname = { en = \"mooring right\", fr = \"droit d’amarrage\" }\n\
        accepted = { en = \"right of mooring\" }\nrejected = { fr = \"droit de mouillage\" }\nacronym = { en = \"MR\" }\n";

    #[test]
    fn categories_may_be_attributes_tags_or_of_2008() {
        let dca = r#"<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="c1"><descrip type="subjectField">ports</descrip>
<langSec xml:lang="en"><termSec><term>right of mooring</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec>
<termSec><term>mooring <hi>right</hi></term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec>
<termSec><term>MR</term><termNote type="termType">acronym</termNote></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>droit d’amarrage</term></termSec>
<termSec><term>droit de mouillage</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry><conceptEntry id="c2"><langSec xml:lang="en"><termSec><term/></termSec></langSec></conceptEntry></body></text></tbx>"#;
        let (entries, left) = shown(dca);
        assert_eq!(entries, EXPECTED);
        assert_eq!(left, ["9: this term is empty", "9: this concept has no term that may be written: it is left out"]);
        assert_eq!(read(dca, None).passed, [("subjectField".to_owned(), 1)]);
        let dct = r#"<tbx style="dct" type="TBX-Basic" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
<conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>mooring right</term><min:administrativeStatus>preferred</min:administrativeStatus></termSec>
<termSec><term>right of mooring</term><min:administrativeStatus>sometimes</min:administrativeStatus></termSec>
<termSec><term>MR</term><basic:termType>acronym</basic:termType></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>droit d’amarrage</term></termSec>
<termSec><term>droit de mouillage</term><min:administrativeStatus>superseded</min:administrativeStatus></termSec></langSec></conceptEntry>
</body></text></tbx>"#;
        let (entries, left) = shown(dct);
        assert_eq!(entries, EXPECTED);
        assert_eq!(left, ["3: the status “sometimes” is not known: the term is taken as allowed"]);
        let old = r#"<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body><termEntry id="c1"><langSet xml:lang="en">
<ntig><termGrp><term>mooring right</term></termGrp></ntig><tig><term>right of mooring</term></tig>
<tig><term>MR</term><termNote type="termType">initialism</termNote></tig></langSet>
<langSet xml:lang="fr"><tig><term>droit d’amarrage</term></tig>
<tig><term>droit de mouillage</term><termNote type="normativeAuthorization">deprecatedTerm</termNote></tig></langSet></termEntry></body></text></martif>"#;
        assert_eq!(shown(old), (EXPECTED.to_owned(), Vec::new()));
    }

    #[test]
    fn tags_in_tags_in_tags_are_refused_with_their_line() {
        let nested = |depth| format!("<tbx>\n{}{}</tbx>", "<hi>".repeat(depth), "</hi>".repeat(depth));
        assert_eq!(shown(&nested(50)).1.len(), 0);
        for depth in [100, 100_000] {
            assert_eq!(shown(&nested(depth)).1, ["2: tags are nested deeper than 64"]);
        }
    }

    #[test]
    fn what_is_no_tbx_is_said_with_its_line() {
        assert_eq!(shown("<tbx>\n<text></tbx>").1.len(), 1);
        assert!(shown("<tbx>\n<text></tbx>").1[0].starts_with("2: this is not well-formed XML"));
        assert_eq!(shown("<html/>").1, ["1: “html” is no TBX: its first tag is tbx or martif"]);
        let bomb = format!(
            "<!DOCTYPE t [<!ENTITY a \"{}\"><!ENTITY b \"{}\">]><tbx>&b;</tbx>",
            "x".repeat(9999),
            "&a;".repeat(9999)
        );
        assert!(shown(&bomb).0.is_empty());
    }
}
