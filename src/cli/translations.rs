//! `copydesk baseline --translations`: a person's word that translations were revised. The hash of the original as it is now is written into
//! the front matter of each, and `parity/stale` says when the original changes again.

use super::files::{self, shown};
use super::load::Choices;
use super::releases::each_release;
use super::run::Inputs;
use super::{Console, Status, summary::plural, write};
use crate::document::{self, Document, Format};
use crate::engine::Draft;
use crate::release::revision;
use crate::source::SourceId;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The field that holds the hash.
const FIELD: &str = "source-hash";

pub(super) fn run(inputs: &Inputs, choices: &Choices, quiet: bool, console: &Console) -> io::Result<Status> {
    let named: Vec<PathBuf> = match inputs.paths.as_slice() {
        [] => vec![files::absolute(Path::new("."))],
        paths => paths.iter().map(|path| files::absolute(path)).collect(),
    };
    let (mut written, mut problems) = (0, Vec::new());
    let ran = each_release(inputs, choices, &mut |_, drafts| {
        let Some((original, translations)) = drafts.split_first() else { return };
        let Some(hash) = whole(original).as_ref().map(revision::hash) else { return };
        for translation in translations {
            let path = PathBuf::from(translation.source.path());
            let absolute = files::absolute(&path);
            if named.iter().any(|named| absolute.starts_with(named)) {
                match sign(translation, &path, &hash) {
                    Ok(()) => written += 1,
                    Err(why) => problems.push(format!("{}: {why}", shown(&path))),
                }
            }
        }
    })?;
    problems.extend(ran.summary.problems.iter().map(ToString::to_string));
    for problem in &problems {
        console.problem(problem);
    }
    if !quiet {
        console.note(&format!("{} noted as revised", plural(written, "translation")));
    }
    Ok(if problems.is_empty() && !ran.misconfigured { Status::Clean } else { Status::Trouble })
}

/// The release of a file that holds only one.
fn whole(draft: &Draft) -> Option<Document> {
    let mut documents = document::read(&draft.source, SourceId(0), &draft.options);
    if documents.len() == 1 { documents.pop() } else { None }
}

/// Writes the hash into a translation's front matter.
fn sign(draft: &Draft, path: &Path, hash: &str) -> Result<(), String> {
    let document = whole(draft).ok_or("holds several releases, and one front matter cannot speak for them")?;
    let before = files::read(path)?;
    let text = draft.source.text();
    let (place, line) = signed(text, &document, hash)?;
    let mut new = text.to_owned();
    new.replace_range(place, &line);
    let bytes = draft.source.encoding().encode(&new).ok_or("cannot be written in its encoding")?;
    write::replace(path, &bytes, Some(&before))
}

/// What is replaced in the text, and by what.
fn signed(text: &str, document: &Document, hash: &str) -> Result<(Range<usize>, String), String> {
    if let Some(field) = document.field(FIELD) {
        let quoted = text.get(field.source.clone()).is_some_and(|value| value.starts_with(['"', '\'']));
        let mark = if quoted { &text[field.source.start..field.source.start + 1] } else { "" };
        return Ok((field.source.clone(), format!("{mark}{hash}{mark}")));
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let body = text.trim_start_matches('\u{feff}');
    let start = text.len() - body.len();
    for (fence, line) in [("---", format!("{FIELD}: {hash}{end}")), ("+++", format!("{FIELD} = \"{hash}\"{end}"))] {
        let Some(rest) = body.strip_prefix(fence).filter(|rest| rest.starts_with(['\n', '\r'])) else { continue };
        // After the first fence: a table of TOML that follows would take a line before the last one into it.
        let line_end = rest.find('\n').map_or(0, |at| at + 1);
        let at = start + fence.len() + line_end;
        return Ok((at..at, line));
    }
    match document.format {
        Format::Plain => Err("has no front matter to hold the hash of its original".into()),
        _ => Ok((start..start, format!("---{end}{FIELD}: {hash}{end}---{end}{end}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ReadOptions;
    use crate::source::Source;

    fn after(path: &str, text: &str) -> Result<String, String> {
        let documents = document::read(&Source::from_text(path, text), SourceId(0), &ReadOptions::default());
        let (place, line) = signed(text, &documents[0], "00ff")?;
        let mut text = text.to_owned();
        text.replace_range(place, &line);
        Ok(text)
    }

    #[test]
    fn the_hash_stands_in_front_matter_of_every_kind() {
        let signed = |text: &str| after("a.md", text).expect("signed");
        assert_eq!(signed("---\ntitle: A\n---\nText."), "---\nsource-hash: 00ff\ntitle: A\n---\nText.");
        assert_eq!(signed("---\nsource-hash: \"1\"\n---\nText."), "---\nsource-hash: \"00ff\"\n---\nText.");
        assert_eq!(
            signed("+++\r\n[a]\r\nb = 1\r\n+++\r\nText."),
            "+++\r\nsource-hash = \"00ff\"\r\n[a]\r\nb = 1\r\n+++\r\nText."
        );
        assert_eq!(signed("Text."), "---\nsource-hash: 00ff\n---\n\nText.");
        assert!(after("a.txt", "Text.").is_err());
    }
}
