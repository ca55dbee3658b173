//! `parity/comparable`: two files that count as language versions of one release and cannot be: one finding instead of hundreds. Two in
//! one language are told here too, for nothing compares them.

use super::place;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::LanguageReason;
use crate::rule::{Check, Findings, Kind, Obstacle, Pair, Reading, Setup, Versions};
use crate::source::Span;

/// The kind.
pub const KIND: Kind = Kind { name: "parity/comparable", page: include_str!("comparable.md"), keys: &[], build };

struct Comparable;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Comparable))
}

impl Check for Comparable {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        let Some(obstacle) = pair.obstacle() else { return };
        let (message, sure) = match obstacle {
            Obstacle::Empty => ("the translation has no text".to_owned(), false),
            Obstacle::NoOriginal => ("the original has no text".to_owned(), false),
            Obstacle::Same => ("both files hold the same text".to_owned(), true),
            Obstacle::Language(_) => ("this text is written in the language of the original".to_owned(), true),
            Obstacle::ThirdLanguage(_) => {
                ("this text is written in another language than it should be".to_owned(), false)
            }
            Obstacle::Length => ("one of the two texts is many times as long as the other".to_owned(), false),
            Obstacle::Unrelated(_) => ("these do not look like translations of each other".to_owned(), false),
        };
        let mut finding = out.finding(first(pair.translation), message).related(first(pair.original), "the original");
        if !sure || pair.is_draft() {
            finding.severity = Severity::Warning;
        }
        if let Obstacle::Unrelated(kinship) = obstacle {
            let (shared, fewer) = (kinship.shared, kinship.fewer);
            finding = finding.because(format!("of {fewer} figures, names and addresses they share {shared}"));
            let (alone, passages) = (kinship.alone, kinship.passages);
            finding = finding.because(format!("of their {passages} passages {alone} find no partner"));
        }
        if let Obstacle::Language(tag) | Obstacle::ThirdLanguage(tag) = obstacle {
            finding = finding.because(format!("its words are those of “{tag}”"));
        }
        out.push(finding.because(NOTHING_ELSE));
    }

    fn versions(&self, versions: &Versions<'_, '_>, out: &mut Findings<'_>) {
        // Where the command line names one language for all, or path and front matter quarrel, that is known already.
        let told = |reading: &&&Reading<'_>| {
            let language = &reading.document.language;
            language.reason != LanguageReason::CommandLine && !language.disputed
        };
        for (at, reading) in versions.readings.iter().enumerate().filter(|(_, reading)| told(reading)) {
            let language = &reading.document.language;
            let earlier = versions.readings[..at].iter().filter(told);
            let Some(twin) = earlier.into_iter().find(|other| other.document.language.tag == language.tag) else {
                continue;
            };
            let Some(tag) = &language.tag else { continue };
            let message = format!("two versions of this release are in “{tag}”");
            let mut finding = out.finding(first(reading), message).related(first(twin), "the other");
            finding.severity = Severity::Warning;
            out.push(finding.because(format!("how its language is known: {}", language.reason)).because(NOTHING_ELSE));
        }
    }
}

const NOTHING_ELSE: &str = "nothing else of the two was compared";

/// The first words of a text.
fn first(reading: &Reading<'_>) -> Span {
    let text = reading.prose().next().map(|(block, _)| place::span(reading, block));
    let start = place::start(reading.document);
    text.unwrap_or(Span::new(reading.document.source, start..start))
}
