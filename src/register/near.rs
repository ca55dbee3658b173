//! Places of a text that nearly mention a form of the register: names that end too early, that are spelt otherwise, and whose words are missing,
//! too many, or in another order.

use super::begun::Begun;
use super::compare::{self, Agreement, Side};
use super::entry::{EntryKind, Form, FormId, FormKind};
use super::index::{Hit, Index, Known, MOST_CONTENT, content};
use super::spelling::SHORT;
use super::words::{Case, Words};
use super::{respelt, romanised};
use std::ops::Range;

/// Candidates of one place that are verified; more share a first name, and the other end tells them apart.
const MOST_CANDIDATES: usize = 256;

/// Words that no name has, of those that are nearly a name: two slips in two words, and a space in the wrong place between two others.
const MOST_STRANGE: usize = 4;

/// The same for names of fewer than [`SHORT`] letters, of which one slip makes another space or letter, and where no other word is one of a
/// name: two slips leave one of three words whole.
const STRANGE_IN_SHORT: usize = 2;

/// A place that nearly mentions an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// The form that was probably meant.
    pub form: FormId,
    /// What is different.
    pub difference: Difference,
}

/// How a near mention differs from a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Letters are wrong, missing, doubled or exchanged.
    Letters,
    /// The letters are the same, spaces or hyphens are not.
    Spacing,
    /// The words stand in another order.
    Order,
    /// A word stands for another; where it stands.
    Changed(Range<usize>),
    /// A word is missing: the folded word.
    Missing(String),
    /// A word too many; where it stands.
    Extra(Range<usize>),
    /// The end is missing.
    Truncated,
}

/// A text that is searched.
pub(super) struct Search<'a> {
    pub index: &'a Index,
    pub known: Known<'a>,
    pub text: &'a str,
    pub words: &'a Words,
    pub begun: &'a Begun<'a>,
    /// What it mentions exactly.
    pub hits: &'a [Hit],
}

impl Search<'_> {
    /// Places that nearly mention a form and lie in none of the hits.
    pub fn all(&self) -> Vec<Near> {
        let &Search { index, known, text, words, begun, hits } = self;
        let (mut found, mut spelt) = (Vec::new(), Vec::new());
        let mut hit = hits.iter().peekable();
        for start in 0..words.list.len() {
            // No near name begins inside an exact one.
            let place = words.list[start].range.start;
            while hit.next_if(|hit| hit.range.end <= place).is_some() {}
            if hit.peek().is_some_and(|hit| hit.range.start < place) {
                continue;
            }
            self.cut_at(start, &mut found);
            self.letters_at(start, hit.peek().copied(), &mut spelt);
            self.bags_at(start, &mut found);
        }
        found.extend(self.nearly_spelt(&spelt));
        respelt::find(&index.bodies, known, text, (words, &begun.names), hits, &mut found);
        romanised::find(&index.romanised, known, text, words, &mut found);
        let whole: Vec<Near> = found.iter().filter_map(|near| whole_name(known, text, words, near)).collect();
        found.extend(whole);
        found.retain(|near| allowed(known, near, hits));
        settle(known, found)
    }

    /// Official names that end too early.
    fn cut_at(&self, start: usize, out: &mut Vec<Near>) {
        let &Search { index, known, text, words, begun, .. } = self;
        if words.list[start].case != Case::Capital || goes_before(text, words, start) {
            return;
        }
        for (end, hash, _) in begun.from(index, words, start) {
            let side = Side { text, words, range: start..end };
            if end > start + 1 && compare::is_hard(compare::gap(&side, end - 2)) {
                return;
            }
            let Some(&(_, form)) = index.cuts.get(hash).first() else { continue };
            let model = Words::of(&known.form(form).text);
            if ends_here(text, words, end, &model) && begins_same(words, start..end, &model) {
                let range = words.list[start].range.start..words.list[end - 1].range.end;
                out.push(Near { range, form: FormId(form), difference: Difference::Truncated });
            }
        }
    }

    /// Words whose letters may be nearly those of a name.
    fn letters_at(&self, start: usize, hit: Option<&Hit>, out: &mut Vec<Spelt>) {
        let &Search { index, text, words, begun: Begun { names, .. }, .. } = self;
        if words.list[start].case == Case::Lower {
            return;
        }
        let (mut titled, mut strange, mut named) = (false, 0, false);
        for end in start + 1..=words.list.len().min(start + MOST_CONTENT) {
            let side = Side { text, words, range: start..end };
            let Some(colon) = goes_on(&side) else { return };
            titled |= colon;
            named |= names[end - 1];
            strange += usize::from(!names[end - 1] && !words.joins(end - 1));
            if strange > MOST_STRANGE {
                return;
            }
            let key = words.compact(start..end);
            if key.len() > 160 {
                return;
            }
            let length = key.chars().count();
            let possible = index.lengths().get(length).is_some_and(|known| *known);
            let too_strange = strange > STRANGE_IN_SHORT && (length < SHORT || !named);
            if !possible || too_strange || !compare::looks_like_name(words, start..end) {
                continue;
            }
            let range = words.list[start].range.start..words.list[end - 1].range.end;
            // Nor is it one, or ends inside the one that begins with it.
            if hit.is_some_and(|hit| hit.range == range || hit.range.start < range.end && hit.range.end > range.end) {
                continue;
            }
            out.push(Spelt { words: start..end, titled });
        }
    }

    /// Names whose letters differ a little.
    fn nearly_spelt(&self, spelt: &[Spelt]) -> Vec<Near> {
        let &Search { index, known, text, words, .. } = self;
        let keys: Vec<&str> = spelt.iter().map(|spelt| words.compact(spelt.words.clone())).collect();
        let nearest = index.spellings.nearest(&keys).into_iter().zip(spelt);
        let near = nearest.filter_map(|(nearest, Spelt { words: run, titled })| {
            let (form, same) = nearest?;
            let kind = known.kind(known.form(form));
            let fits = (!titled || kind == EntryKind::Work) && fits(known.form(form), kind, text, words, run.clone());
            let difference = if same { Difference::Spacing } else { Difference::Letters };
            let range = words.list[run.start].range.start..words.list[run.end - 1].range.end;
            fits.then_some(Near { range, form: FormId(form), difference })
        });
        near.collect()
    }

    /// Names whose words stand in another order, or of which one word differs.
    fn bags_at(&self, start: usize, out: &mut Vec<Near>) {
        let &Search { known, text, words, begun: Begun { names, .. }, .. } = self;
        if words.joins(start) || !names[start] {
            return;
        }
        let (mut bag, mut content, mut strange, mut titled) = (0u64, Vec::new(), 0, false);
        for end in start + 1..=words.list.len().min(start + 3 * MOST_CONTENT) {
            let side = Side { text, words, range: start..end };
            let Some(colon) = goes_on(&side) else { return };
            titled |= colon;
            if words.joins(end - 1) {
                continue;
            }
            content.push(end - 1);
            // One word may be another or too many.
            strange += usize::from(!names[end - 1]);
            if strange > 1 {
                return;
            }
            let hash = words.list[end - 1].hash;
            bag = bag.wrapping_add(hash);
            if content.len() > MOST_CONTENT {
                return;
            }
            if content.len() < 2 || !names[end - 1] {
                continue;
            }
            let window = Window { side, content: &content };
            let near = self.bag(&window, bag);
            out.extend(near.filter(|near| !titled || known.kind(known.form(near.form.0)) == EntryKind::Work));
        }
    }

    fn bag(&self, window: &Window<'_>, bag: u64) -> Option<Near> {
        let &Search { index, known, .. } = self;
        let ordered = index.bags.get(bag).iter().find_map(|&(_, form)| window.reordered(known, form));
        if ordered.is_some() || window.content.len() < 3 {
            return ordered;
        }
        if let Some(near) = index.less.get(bag).iter().find_map(|&(_, form)| window.altered(known, form)) {
            return Some(near);
        }
        let inner = &window.content[1..window.content.len() - 1];
        inner.iter().find_map(|&at| {
            let rest = bag.wrapping_sub(window.side.words.list[at].hash);
            let tables = index.bags.get(rest).iter().chain(index.less.get(rest));
            tables.take(MOST_CANDIDATES).find_map(|&(_, form)| window.altered(known, form))
        })
    }
}

/// Words whose letters may be nearly those of a name.
struct Spelt {
    words: Range<usize>,
    /// Whether a colon stands in them, as in the titles of works.
    titled: bool,
}

/// Words of a text that may be those of a form.
struct Window<'a> {
    side: Side<'a>,
    content: &'a [usize],
}

impl Window<'_> {
    fn near(&self, form: u32, difference: Difference) -> Near {
        let words = &self.side.words.list;
        let (first, last) = (self.content[0], self.content[self.content.len() - 1]);
        Near { range: words[first].range.start..words[last].range.end, form: FormId(form), difference }
    }

    /// The words of a form in another order.
    fn reordered(&self, known: Known<'_>, id: u32) -> Option<Near> {
        let form = known.form(id);
        let model = Words::of(&form.text);
        let keys = |words: &Words, at: &[usize]| -> Vec<String> {
            at.iter().map(|&at| words.key(&words.list[at]).to_owned()).collect()
        };
        let (ours, theirs) = (keys(self.side.words, self.content), keys(&model, &content(&model)));
        let sorted = |mut keys: Vec<String>| {
            keys.sort();
            keys
        };
        let kind = known.kind(form);
        let named = matches!(kind, EntryKind::Person | EntryKind::Organisation);
        let written = self.content.iter().all(|&at| self.side.words.list[at].case != Case::Lower);
        // A comma between the family name and the others is how lists are written; between words of a body it is a list.
        let comma = (self.content[0]..self.content[self.content.len() - 1])
            .any(|at| compare::gap(&self.side, at).contains(','));
        let like_name = match kind {
            EntryKind::Person => written && !comma,
            EntryKind::Organisation => !comma && self.side.words.list[self.content[0]].case != Case::Lower,
            _ => false,
        };
        let differs = ours != theirs && sorted(ours) == sorted(theirs);
        (named && like_name && differs).then(|| self.near(id, Difference::Order))
    }

    /// The words of a form in its order, but for one inside that is missing, too many or another.
    fn altered(&self, known: Known<'_>, id: u32) -> Option<Near> {
        let form = known.form(id);
        let model = Words::of(&form.text);
        let theirs = content(&model);
        let ours = self.content;
        let same = |a: usize, b: usize| self.side.words.list[ours[a]].hash == model.list[theirs[b]].hash;
        let shortest = ours.len().min(theirs.len());
        let front = (0..shortest).take_while(|&i| same(i, i)).count();
        let back = (0..shortest - front).take_while(|&i| same(ours.len() - 1 - i, theirs.len() - 1 - i)).count();
        if front == 0 || back == 0 {
            return None;
        }
        let (odd, lost) = (ours.len() - front - back, theirs.len() - front - back);
        let place = |at: usize| self.side.words.list[ours[at]].range.clone();
        let difference = match (odd, lost) {
            (0, 1) => Difference::Missing(model.key(&model.list[theirs[front]]).to_owned()),
            (1, 0) => Difference::Extra(place(front)),
            (1, 1) => Difference::Changed(place(front)),
            _ => return None,
        };
        let organisation = known.kind(form) == EntryKind::Organisation;
        let similar = matches!(difference, Difference::Changed(_)) && {
            let (a, b) =
                (self.side.words.key(&self.side.words.list[ours[front]]), model.key(&model.list[theirs[front]]));
            strsim::osa_distance(a, b) * 3 <= a.chars().count().max(b.chars().count())
        };
        // Bodies of one family share most words and differ in one: another word is another body. People have middle names.
        let person = known.kind(form) == EntryKind::Person;
        (!person && (!organisation || similar)).then(|| self.near(id, difference))
    }
}

/// Whether a colon stands before the last of some words, as in the titles of works alone; `None` where no name runs on to that word, as
/// over the end of a sentence.
pub(super) fn goes_on(side: &Side<'_>) -> Option<bool> {
    let Some(at) = side.range.len().checked_sub(2).map(|before| side.range.start + before) else { return Some(false) };
    let gap = compare::gap(side, at);
    if gap.trim_end() == ":" && gap.len() <= 2 {
        return Some(true);
    }
    let ends = gap.contains('.') && gap.ends_with(' ') && side.words.key(&side.words.list[at]).chars().count() > 3;
    (!ends && !compare::is_hard(gap)).then_some(false)
}

/// Whether a near place reads like the form: as many words but for spacing, names with their capitals.
fn fits(form: &Form, kind: EntryKind, text: &str, words: &Words, range: Range<usize>) -> bool {
    let side = Side { text, words, range: range.clone() };
    let gaps: Vec<&str> = (range.start..range.end - 1).map(|at| compare::gap(&side, at)).collect();
    let stops = |at: usize| words.key(&words.list[range.start + at]).chars().count() <= 3;
    // A name that has commas may be written with them.
    let commas = form.text.matches(',').count();
    let listed = gaps.iter().filter(|gap| gap.contains(',')).count() > commas;
    let sound =
        !listed && gaps.iter().enumerate().all(|(at, gap)| !gap.contains('/') && (!gap.contains('.') || stops(at)));
    let capital = kind != EntryKind::Person
        || range
            .clone()
            .all(|at| words.list[at].case != Case::Lower || words.key(&words.list[at]).chars().count() <= 3);
    // One word is near one word, or near two that were joined; particles are joined to what they stand before.
    let model = Words::of(&form.text);
    let particles = (0..model.list.len()).filter(|&at| model.joins(at)).count();
    let close = model.list.len().abs_diff(range.len()) <= particles.max(1);
    sound && capital && close
}

/// Whether another word of a name stands right before a place: the “European Court of Justice” is not the beginning of a longer name. A short
/// word, as an article, begins the sentence.
fn goes_before(text: &str, words: &Words, start: usize) -> bool {
    let Some(before) = start.checked_sub(1).map(|before| &words.list[before]) else { return false };
    let gap = &text[before.range.end..words.list[start].range.start];
    gap == " " && before.case == Case::Capital && words.key(before).chars().count() > 3
}

/// Whether a broken-off name really ends: a stop, or a short word that does not go on as the form does.
fn ends_here(text: &str, words: &Words, end: usize, model: &Words) -> bool {
    let Some(next) = words.list.get(end) else { return true };
    let gap = &text[words.list[end - 1].range.end..next.range.start];
    if gap.chars().any(|c| !c.is_whitespace()) {
        return !gap.contains(['-', '\'', '’', '‐', '‑', '/']);
    }
    let joining = (0..model.list.len()).any(|at| model.joins(at) && model.list[at].hash == next.hash);
    next.case == Case::Lower && words.key(next).chars().count() <= 4 && !joining
}

fn begins_same(words: &Words, range: Range<usize>, model: &Words) -> bool {
    model.list.len() > range.len()
        && range.clone().zip(&model.list).all(|(at, word)| words.key(&words.list[at]) == model.key(word))
}

/// Whether a near place may be said beside the exact ones: none of them is it, holds it or crosses it.
fn allowed(known: Known<'_>, near: &Near, hits: &[Hit]) -> bool {
    let own = &known.entries[known.form(near.form.0).entry.0 as usize].forms;
    let first = hits.partition_point(|hit| hit.range.end <= near.range.start);
    hits[first..].iter().take_while(|hit| hit.range.start < near.range.end).all(|hit| {
        let inside = near.range.start <= hit.range.start && hit.range.end <= near.range.end && hit.range != near.range;
        // The form may stand there as it is, and what is more adjoin it.
        if !inside || hit.forms.contains(&near.form) {
            return false;
        }
        let parts = matches!(
            near.difference,
            Difference::Order | Difference::Changed(_) | Difference::Extra(_) | Difference::Missing(_)
        );
        // A name that is part of the longer one: “United Nations” in that of an agency. Forms that are met in their own words have the same.
        let mut alike = hit.forms.iter().take(if hit.agreement == Agreement::Inflected { hit.forms.len() } else { 1 });
        parts
            || hit.forms.iter().any(|form| own.contains(&form.0))
            || alike.any(|form| stands_in(&known.form(form.0).text, &known.form(near.form.0).text))
    })
}

/// The whole name of which a near family name is the end, where the words before it are nearly the others: of who is written in full, the
/// full name is told.
fn whole_name(known: Known<'_>, text: &str, words: &Words, near: &Near) -> Option<Near> {
    let family = known.form(near.form.0);
    if family.kind != FormKind::Family || near.difference != Difference::Letters {
        return None;
    }
    let start = words.list.partition_point(|word| word.range.start < near.range.start);
    let forms = known.entries[family.entry.0 as usize].forms.clone();
    let tail = Words::of(&family.text).list.len();
    forms.filter(|&id| matches!(known.form(id).kind, FormKind::Preferred | FormKind::Accepted)).find_map(|id| {
        let form = &known.form(id).text;
        let model = Words::of(form);
        let given = model.list.len().checked_sub(tail).filter(|given| *given > 0 && form.ends_with(&*family.text))?;
        let first = start.checked_sub(given)?;
        let side = Side { text, words, range: first..start + 1 };
        let joined = (first..start)
            .all(|at| !compare::is_hard(compare::gap(&side, at)) && !compare::gap(&side, at).contains(','));
        let alike = (0..given).all(|nth| {
            let (word, other) = (&words.list[first + nth], &model.list[nth]);
            let (one, two) = (words.key(word), model.key(other));
            let long = one.chars().count().min(two.chars().count()) >= 4;
            (word.case == Case::Lower) == (other.case == Case::Lower)
                && (one == two || long && strsim::osa_distance(one, two) <= 1)
        });
        let range = words.list[first].range.start..near.range.end;
        (joined && alike).then_some(Near { range, form: FormId(id), difference: Difference::Letters })
    })
}

/// Whether the words of one name follow one another in another.
fn stands_in(part: &str, whole: &str) -> bool {
    let (part, whole) = (Words::of(part), Words::of(whole));
    let hashes = |words: &Words| -> Vec<u64> { words.list.iter().map(|word| word.hash).collect() };
    let (part, whole) = (hashes(&part), hashes(&whole));
    !part.is_empty() && whole.windows(part.len()).any(|run| run == part)
}

/// Of places that overlap, the longest; of equals, the least different.
fn settle(known: Known<'_>, mut found: Vec<Near>) -> Vec<Near> {
    let rank = |near: &Near| match near.difference {
        Difference::Spacing => 0,
        Difference::Letters => 1,
        Difference::Order => 2,
        _ => 3,
    };
    found.sort_by_key(|near| {
        (std::cmp::Reverse(near.range.len()), near.range.start, rank(near), known.form(near.form.0).kind, near.form)
    });
    let mut kept: Vec<Near> = Vec::new();
    for near in found {
        if kept.iter().all(|other| near.range.end <= other.range.start || other.range.end <= near.range.start) {
            kept.push(near);
        }
    }
    kept.sort_by_key(|near| near.range.start);
    kept
}
