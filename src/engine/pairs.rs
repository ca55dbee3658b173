//! Which of the documents of a release are compared: those of sister files, and texts inside one file that are versions of one text.

use crate::document::Document;
use crate::release::align::Unit;
use crate::release::kinship::Kinship;
use crate::release::passage;

/// A document by the file it stands in and its place there.
pub(super) type Place = (usize, usize);

/// Original and translation of each pair, by file and place. `files` holds the documents of each file, the original's file first.
pub(super) fn pairs(files: &[Vec<&Document>]) -> Vec<(Place, Place)> {
    let mut found = Vec::new();
    if let Some((originals, translations)) = files.split_first() {
        for (file, documents) in translations.iter().enumerate() {
            for (place, document) in documents.iter().enumerate() {
                // Files that hold as many texts hold them in one order.
                let original = match originals.len() == documents.len() {
                    true => originals.get(place).filter(|original| differ(original, document)).map(|_| place),
                    false => {
                        originals.iter().position(|original| differ(original, document) && alike(original, document))
                    }
                };
                found.extend(original.map(|original| ((0, original), (file + 1, place))));
            }
        }
    }
    for (file, documents) in files.iter().enumerate().filter(|(_, documents)| documents.len() > 1) {
        let mut translations: Vec<usize> = Vec::new();
        for (place, document) in documents.iter().enumerate() {
            let original = (0..place)
                .filter(|original| !translations.contains(original))
                .find(|&original| differ(documents[original], document) && alike(documents[original], document));
            if let Some(original) = original {
                translations.push(place);
                found.push(((file, original), (file, place)));
            }
        }
    }
    found
}

/// Whether two documents can be language versions of one text: both languages are known, and they differ.
fn differ(original: &Document, translation: &Document) -> bool {
    match (&original.language.tag, &translation.language.tag) {
        (Some(original), Some(translation)) => !original.eq_ignore_ascii_case(translation),
        _ => false,
    }
}

/// Whether two texts plainly speak of the same things.
fn alike(one: &Document, other: &Document) -> bool {
    let units = |document: &Document| -> Vec<Unit> {
        let blocks = passage::passages(document).into_iter().map(|index| &document.blocks[index]);
        blocks.map(|b| passage::unit(document, b.range.clone(), passage::kind(b), Vec::new())).collect()
    };
    Kinship::of(&units(one), &units(other), true, None).is_plain()
}

/// Documents that are versions of one release, each original with its translations; a document in no pair stands alone, but that a
/// sister file in the original's own language is one of its versions too.
pub(super) fn releases(files: &[Vec<&Document>], pairs: &[(Place, Place)]) -> Vec<Vec<Place>> {
    let mut releases: Vec<Vec<Place>> = Vec::new();
    let alone = |file: usize| files.get(file).and_then(|texts| if let [one] = texts[..] { Some(one) } else { None });
    let twin = |(file, _): Place| {
        let (original, other) = (alone(0)?, alone(file).filter(|_| file > 0)?);
        let tags = [original, other].map(|document| document.language.tag.as_deref());
        (tags[0].is_some() && tags[0] == tags[1]).then_some((0, 0))
    };
    for (file, documents) in files.iter().enumerate() {
        for place in (0..documents.len()).map(|place| (file, place)) {
            let original = pairs.iter().find(|(_, translation)| *translation == place).map(|(original, _)| *original);
            let original = original.or_else(|| twin(place));
            match original.and_then(|original| releases.iter_mut().find(|release| release.contains(&original))) {
                Some(release) => release.push(place),
                None => releases.push(vec![place]),
            }
        }
    }
    releases
}
