//! `copydesk align`: which passages of two language versions are the same passage.

use super::{Console, Status, files};
use crate::document::{self, BlockKind, Document, ReadOptions};
use crate::release::align::{Alignment, Bead, Grain, Unit, UnitKind, align};
use crate::source::{Source, SourceSet, visible};
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Show which passages of two language versions stand for each other
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The original
    #[arg(value_name = "ORIGINAL")]
    original: PathBuf,
    /// The translation
    #[arg(value_name = "TRANSLATION")]
    translation: PathBuf,
    /// Take each line as a passage, not each block
    #[arg(long)]
    lines: bool,
    /// How to write it
    #[arg(long, value_name = "FORMAT", value_enum, default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    /// Both texts, passage by passage
    Human,
    /// One object
    Json,
    /// A row for each: indices from 0 in the original, in the translation, and the margin
    Tsv,
}

/// A passage: its line from 1, its text, what it is.
struct Passage {
    line: usize,
    text: String,
    kind: UnitKind,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    if files::absolute(&arguments.original) == files::absolute(&arguments.translation) {
        console.problem(&files::named_twice(&arguments.original));
        return Ok(Status::Trouble);
    }
    let mut sides = Vec::new();
    for path in [&arguments.original, &arguments.translation] {
        match passages(path, arguments.lines) {
            Ok(side) => sides.push(side),
            Err(message) => {
                console.problem(&message);
                return Ok(Status::Trouble);
            }
        }
    }
    let units = |side: &[Passage]| -> Vec<Unit> { side.iter().map(|one| Unit::new(&one.text, one.kind)).collect() };
    let grain = if arguments.lines { Grain::Sentences } else { Grain::Blocks };
    let (original, translation) = (&sides[0], &sides[1]);
    let alignment = align(&units(original), &units(translation), grain);
    console.print(|out| match arguments.format {
        Format::Human => human(&alignment, original, translation, out),
        Format::Json => json(&alignment, original, translation, out),
        Format::Tsv => tsv(&alignment, out),
    })?;
    Ok(Status::Clean)
}

/// The passages of a file, or why it cannot be read.
fn passages(path: &Path, lines: bool) -> Result<Vec<Passage>, String> {
    let named = |why: String| format!("{}: {why}", files::shown(path));
    let bytes = files::read(path).map_err(named)?;
    let source = Source::from_bytes(files::shown(path), bytes).map_err(|error| named(error.to_string()))?;
    if lines {
        let passage = |(at, text): (usize, &str)| Passage { line: at + 1, text: text.into(), kind: UnitKind::Text };
        return Ok(source.text().lines().enumerate().map(passage).collect());
    }
    let mut sources = SourceSet::new();
    let id = sources.add(source);
    let source = sources.get(id);
    let documents = document::read(source, id, &ReadOptions::default());
    Ok(documents.iter().flat_map(|document| blocks(document, source)).collect())
}

fn blocks(document: &Document, source: &Source) -> Vec<Passage> {
    let prose = document.blocks.iter().filter(|block| !document.block_text(block).trim().is_empty());
    prose
        .map(|block| Passage {
            line: source.line(block.source.start),
            text: document.block_text(block).to_owned(),
            kind: match block.kind {
                BlockKind::Title | BlockKind::Heading(_) => UnitKind::Heading,
                BlockKind::ListItem => UnitKind::Item,
                BlockKind::TableCell => UnitKind::Cell,
                _ => UnitKind::Text,
            },
        })
        .collect()
}

fn tsv(alignment: &Alignment, out: &mut dyn Write) -> io::Result<()> {
    let list = |range: &Range<usize>| range.clone().map(|at| at.to_string()).collect::<Vec<_>>().join(",");
    for bead in &alignment.beads {
        writeln!(out, "{}\t{}\t{:.3}", list(&bead.source), list(&bead.target), bead.margin)?;
    }
    Ok(())
}

fn json(alignment: &Alignment, original: &[Passage], translation: &[Passage], out: &mut dyn Write) -> io::Result<()> {
    let side = |passages: &[Passage], range: &Range<usize>| -> Vec<serde_json::Value> {
        let some = passages.get(range.clone()).unwrap_or_default();
        some.iter().map(|one| serde_json::json!({ "line": one.line, "text": one.text })).collect()
    };
    let bead = |bead: &Bead| {
        serde_json::json!({
            "original": side(original, &bead.source),
            "translation": side(translation, &bead.target),
            // No other way to go is no number in JSON.
            "margin": bead.margin.is_finite().then_some(bead.margin),
        })
    };
    let beads: Vec<_> = alignment.beads.iter().map(bead).collect();
    let moved = |(i, j): &(usize, usize)| {
        let line = |passages: &[Passage], at: usize| passages.get(at).map(|one| one.line);
        serde_json::json!({ "original": line(original, *i), "translation": line(translation, *j) })
    };
    let moved: Vec<_> = alignment.moved.iter().map(moved).collect();
    crate::report::pretty(&serde_json::json!({ "beads": beads, "moved": moved }), out)
}

fn human(alignment: &Alignment, original: &[Passage], translation: &[Passage], out: &mut dyn Write) -> io::Result<()> {
    for bead in &alignment.beads {
        for (mark, passages, range, other) in
            [('<', original, &bead.source, translation), ('>', translation, &bead.target, original)]
        {
            if range.is_empty() {
                writeln!(out, "{mark}       (nothing)")?;
            }
            for at in range.clone() {
                let moved = alignment.moved.iter().find_map(|(i, j)| match mark {
                    '<' => (*i == at).then_some(*j),
                    _ => (*j == at).then_some(*i),
                });
                let Some(passage) = passages.get(at) else { continue };
                write!(out, "{mark} {:>5} {}", passage.line, visible(passage.text.trim()))?;
                match moved.and_then(|place| other.get(place)) {
                    Some(there) => writeln!(out, "  [moved: line {} there]", there.line)?,
                    None => writeln!(out)?,
                }
            }
        }
        writeln!(out)?;
    }
    Ok(())
}
