//! `parity/comparable`: two files that count as language versions of one release and cannot be: one finding instead of hundreds.

use super::place;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Check, Findings, Kind, Obstacle, Pair, Setup};
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
        let first = |reading: &crate::rule::Reading<'_>| {
            let text = reading.prose().next().map(|(block, _)| place::span(reading, block));
            let start = place::start(reading.document);
            text.unwrap_or(Span::new(reading.document.source, start..start))
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
        out.push(finding.because("nothing else of the two was compared"));
    }
}
