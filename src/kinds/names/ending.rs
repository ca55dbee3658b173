//! Names that have one ending everywhere and once another: “Lakes 10” and “Lake 11”, “Let’s Sail” and “Let’s Sailed”.

use super::near::Spelt;
use crate::mention::name::Names;
use std::collections::HashMap;

/// How often the name stands there with the ending that it has.
const OFTEN: usize = 4;

/// Spellings that stand once and differ in their ending from one that stands there often; the rare one first.
pub fn near<'f>(names: &'f Names, habits: &[String]) -> Vec<(Spelt<'f>, Spelt<'f>)> {
    numbered(names).chain(paired(names, habits)).collect()
}

/// The singular of a name that has a number behind it, where the text has the plural with one number: then it is no plural.
fn numbered<'f>(names: &'f Names) -> impl Iterator<Item = (Spelt<'f>, Spelt<'f>)> {
    names.numbered.iter().filter(|(_, places)| places.len() == 1).filter_map(|(word, _)| {
        let (rare, form) = names.words.get_key_value(word)?;
        let plural = format!("{word}s");
        let (common, other) = names.words.get_key_value(plural.as_str())?;
        let often = names.numbered.get(common).is_some_and(|places| places.len() + 1 >= OFTEN);
        (often && form.places.len() == 1).then_some(((rare.as_str(), form), (common.as_str(), other)))
    })
}

/// The second word of a name with an ending, where the first one has no other second word in the text.
fn paired<'f>(names: &'f Names, habits: &[String]) -> impl Iterator<Item = (Spelt<'f>, Spelt<'f>)> {
    let mut second: HashMap<&str, Vec<(&str, usize)>> = HashMap::new();
    for ((first, word), places) in &names.pairs {
        second.entry(first).or_default().push((word, places.len()));
    }
    let mut found: Vec<(Spelt<'f>, Spelt<'f>)> = Vec::new();
    for (first, words) in second {
        let [one, two] = words.as_slice() else { continue };
        let (rare, common) = if one.1 < two.1 { (one, two) } else { (two, one) };
        let stem = |long: &str, short: &str| {
            long.strip_prefix(short).is_some_and(|ending| habits.iter().any(|habit| habit == ending))
        };
        let close = stem(rare.0, common.0) || stem(common.0, rare.0);
        let (Some((first, whole)), Some(a), Some(b)) =
            (names.words.get_key_value(first), names.words.get_key_value(rare.0), names.words.get_key_value(common.0))
        else {
            continue;
        };
        let _ = first;
        let own = whole.alone == 0 && whole.after.len() == 2;
        if close && own && rare.1 == 1 && common.1 > OFTEN && a.1.places.len() == 1 {
            found.push(((a.0.as_str(), a.1), (b.0.as_str(), b.1)));
        }
    }
    found.sort_by_key(|(rare, _)| rare.1.places[0].start);
    found.into_iter()
}
