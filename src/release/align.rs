//! Which passages of two language versions are the same passage: dynamic programming over beads, in log space.
//!
//! A bead joins up to three units of one side with up to three of the other, or leaves one unit alone. Its cost is the negative
//! logarithm of its prior, how ill the lengths fit, how ill the types fit, less the weight of the anchors it shares.

use super::anchor::Anchor;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What a unit is; units of different types are seldom one passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitKind {
    /// A title or heading.
    Heading,
    /// Running text.
    Text,
    /// What describes a picture.
    Caption,
    /// An item of a list.
    Item,
    /// A cell of a table.
    Cell,
}

/// A block, sentence or line to be aligned.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// What it is.
    pub kind: UnitKind,
    /// How long it is, in characters.
    pub length: usize,
    /// What the other side may share.
    pub anchors: Vec<Anchor>,
}

impl Unit {
    /// A unit with the anchors that its text shows.
    pub fn new(text: &str, kind: UnitKind) -> Self {
        Unit { kind, length: text.trim().chars().count(), anchors: super::anchor::anchors(text) }
    }
}

/// What a unit is a unit of: blocks are seldom merged or split in translation, sentences often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// Paragraphs, headings, items.
    Blocks,
    /// Sentences or lines.
    Sentences,
}

/// Units that stand for each other, in indices from 0. One side may be empty: the passage is missing there.
#[derive(Debug, Clone, PartialEq)]
pub struct Bead {
    /// Of the first text.
    pub source: Range<usize>,
    /// Of the second text.
    pub target: Range<usize>,
    /// How much worse the best alignment is that agrees up to here but lacks this bead, in nats; near 0 is a toss-up.
    pub margin: f32,
}

/// How two texts lie beside each other.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    /// In the order of both texts; every unit is in exactly one.
    pub beads: Vec<Bead>,
    /// Units alone on either side that are one passage in another place: index in the first text, index in the second.
    pub moved: Vec<(usize, usize)>,
}

/// A unit of one text that seems to have no part in the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Odd {
    /// Which.
    pub unit: usize,
    /// Units of the other text before the place where it would stand.
    pub before: usize,
    /// How much better the texts lie beside each other without it, in nats.
    pub odds: f32,
}

/// Shapes of beads, units of the first text by units of the second.
const SHAPES: [(usize, usize); 8] = [(1, 1), (1, 0), (0, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3)];

/// Degrees of freedom of Student's distribution, by which lengths are judged: a passage of a strange length is rare, and less rare than the
/// normal distribution has it, so that it does not bend the path around it. On sentences aligned by hand 6 to 25 do equally well.
const FREEDOM: f32 = 10.0;
/// What a difference of type costs, in nats.
const KIND_COST: f32 = 3.0;
/// Two units alone whose bead would cost less than this, in nats, are one passage in another place.
const MOVED: f32 = -1.0;
/// The same for two that stand near each other, with fewer than so many passages between them.
const SWAPPED: f32 = 2.0;
const NEAR: usize = 3;
/// How much less, in nats, two neighbours must cost crosswise than as they stand to have changed places.
const CROSSED: f32 = 6.0;
/// The most that either may cost then: what shares nothing costs more.
const PLAIN: f32 = 0.0;
/// The longest list of cells searched whole; beyond, only a band around the path of unique anchors.
const WHOLE: usize = 1_000_000;
/// The longest list of cells for which is kept what each two units share.
const KEPT: usize = 40_000;
/// Half the width of that band, in units.
const BAND: usize = 128;
/// Characters of the usual ratio that the fitted ratio is shrunk by.
const SHRINK: f32 = 400.0;
/// Sentences of a passage times those of its translation, beyond which none is looked for that is left out: that is no paragraph.
const MOST_SENTENCES: usize = 2_500;

/// Costs that differ between blocks and sentences, in nats.
struct Costs {
    shapes: [f32; 8],
    /// A gap directly after a gap.
    extend: f32,
    /// The most that a member of a larger bead costs that shares nothing with the other side.
    orphan: f32,
    /// What each anchor costs of a member of a larger bead that shares none.
    evidence: f32,
    variance: f32,
    /// How much of the weight of anchors counts.
    anchors: f32,
    /// Characters of a translation for one of its original, as a rule.
    usual: f32,
}

impl Costs {
    fn of(grain: Grain) -> Self {
        let priors: [f32; 8] = match grain {
            Grain::Blocks => [0.93, 0.015, 0.015, 0.003, 0.003, 0.001, 0.0005, 0.0005],
            Grain::Sentences => [0.85, 0.015, 0.015, 0.05, 0.05, 0.006, 0.012, 0.012],
        };
        let (extend, orphan, evidence, variance, anchors, usual) = match grain {
            Grain::Blocks => (2.0, 2.0, 0.1, 4.0, 1.0, 1.1),
            Grain::Sentences => (2.5, 0.7, 1.0, 3.0, 0.7, 1.0),
        };
        Costs { shapes: priors.map(|prior| -prior.ln()), extend, orphan, evidence, variance, anchors, usual }
    }
}

/// Aligns two texts. Time and memory are bounded by the sum of their lengths once they are long.
pub fn align(source: &[Unit], target: &[Unit], grain: Grain) -> Alignment {
    let mut scorer = Scorer::new(source, target, Costs::of(grain));
    let mut beads = scorer.best(Table::new(&scorer.rows(), target.len()));
    // Blocks missing from one text bend the ratio of the lengths: it is fitted anew on what was paired.
    if grain == Grain::Blocks && scorer.refit(&beads) {
        beads = scorer.best(Table::new(&scorer.rows(), target.len()));
    }
    if grain == Grain::Blocks {
        beads = beads.into_iter().flat_map(|bead| scorer.uncrossed(bead)).collect();
        beads = scorer.exchanged(beads);
    }
    let moved = scorer.moved(&beads);
    Alignment { beads, moved }
}

/// The sentence of a passage that has no part in its translation, if one has none: the passage is aligned once so that every sentence
/// has its part, and once so that one is left alone, and the two are compared. `ratio` is how many characters of a translation stand for one of
/// its original; `asked` are the lengths of sentences of which it is asked, in characters.
pub fn odd(source: &[Unit], target: &[Unit], ratio: f32, asked: Range<usize>) -> Option<Odd> {
    if source.len() < 2 || target.is_empty() || source.len().saturating_mul(target.len()) > MOST_SENTENCES {
        return None;
    }
    let mut scorer = Scorer::new(source, target, Costs::of(Grain::Sentences));
    scorer.ratio = ratio;
    let may = |at: usize| asked.contains(&source[at].length);
    scorer.odd(&may)
}

/// One side, with the anchors that both sides have, by number.
struct Side {
    kinds: Vec<UnitKind>,
    /// Sums of lengths before each unit.
    before: Vec<f32>,
    /// For each unit, sorted.
    anchors: Vec<Vec<usize>>,
    /// How many anchors each unit shows, shared or not.
    shown: Vec<usize>,
}

impl Side {
    fn length(&self, range: &Range<usize>) -> f32 {
        self.before[range.end] - self.before[range.start]
    }

    fn uniform(&self, range: &Range<usize>) -> Option<UnitKind> {
        let kinds = self.kinds.get(range.clone()).unwrap_or_default();
        kinds.first().copied().filter(|first| kinds.iter().all(|kind| kind == first))
    }
}

struct Scorer {
    source: Side,
    target: Side,
    /// The anchors that each two units share, where there are few enough units: row by row, a cell for each unit of the target.
    shared: Option<Vec<Vec<usize>>>,
    weights: Vec<f32>,
    /// Anchors that each side has once.
    unique: Vec<bool>,
    ratio: f32,
    costs: Costs,
}

impl Scorer {
    fn new(source: &[Unit], target: &[Unit], costs: Costs) -> Self {
        let mut counts: BTreeMap<&Anchor, (usize, usize)> = BTreeMap::new();
        for anchor in source.iter().flat_map(|unit| &unit.anchors) {
            counts.entry(anchor).or_default().0 += 1;
        }
        for anchor in target.iter().flat_map(|unit| &unit.anchors) {
            counts.entry(anchor).or_default().1 += 1;
        }
        counts.retain(|_, (here, there)| *here > 0 && *there > 0);
        let units = (source.len() + target.len()) as f32;
        let weight = |anchor: &Anchor, count: usize| anchor.class.weight() * (1.0 + units / count as f32).ln();
        let weights = counts.iter().map(|(anchor, (a, b))| costs.anchors * weight(anchor, a + b)).collect();
        let unique = counts.values().map(|count| *count == (1, 1)).collect();
        let numbers: BTreeMap<&Anchor, usize> = counts.keys().enumerate().map(|(at, anchor)| (*anchor, at)).collect();
        let side = |units: &[Unit]| {
            let mut before = vec![0.0];
            for unit in units {
                before.push(before.last().copied().unwrap_or(0.0) + unit.length as f32);
            }
            let known = |unit: &Unit| {
                let mut known: Vec<usize> = unit.anchors.iter().filter_map(|a| numbers.get(a).copied()).collect();
                known.sort_unstable();
                known.dedup();
                known
            };
            Side {
                kinds: units.iter().map(|unit| unit.kind).collect(),
                before,
                anchors: units.iter().map(known).collect(),
                shown: units.iter().map(|unit| unit.anchors.len()).collect(),
            }
        };
        let (source, target) = (side(source), side(target));
        let total = |side: &Side| side.before.last().copied().unwrap_or(0.0);
        let ratio = ((total(&target) + costs.usual * SHRINK) / (total(&source) + SHRINK)).clamp(0.1, 10.0);
        let shared =
            (source.anchors.len() * target.anchors.len() <= KEPT).then(|| cells(&source, &target, numbers.len()));
        Scorer { source, target, shared, weights, unique, ratio, costs }
    }

    /// Calls for each anchor that two units share.
    fn met(&self, i: usize, j: usize, found: impl FnMut(usize)) {
        match &self.shared {
            Some(cells) => cells[i * self.target.anchors.len() + j].iter().copied().for_each(found),
            None => common(&self.source.anchors[i], &self.target.anchors[j], found),
        }
    }

    /// Fits the ratio of lengths on the pairs of one unit with one; whether anything was left out of them.
    fn refit(&mut self, beads: &[Bead]) -> bool {
        let single = || beads.iter().filter(|bead| bead.source.len() == 1 && bead.target.len() == 1);
        if single().count() == beads.len() {
            return false;
        }
        let lengths: Vec<(f32, f32)> =
            single().map(|bead| (self.source.length(&bead.source), self.target.length(&bead.target))).collect();
        let (a, b) = lengths.iter().fold((0.0, 0.0), |sum, (a, b)| (sum.0 + a, sum.1 + b));
        self.ratio = ((b + self.costs.usual * SHRINK) / (a + SHRINK)).clamp(0.1, 10.0);
        true
    }

    /// What a bead costs where it does not follow a gap.
    fn cost(&self, shape: usize, i: usize, j: usize) -> f32 {
        let (here, there) = SHAPES[shape];
        let prior = self.costs.shapes[shape];
        if here == 0 || there == 0 {
            return prior;
        }
        let (source, target) = (i..i + here, j..j + there);
        let (a, b) = (self.source.length(&source), self.target.length(&target));
        let spread = self.costs.variance * (a * self.ratio + b + 2.0) / 2.0 * self.ratio.max(1.0);
        let length = (FREEDOM + 1.0) / 2.0 * ((b - a * self.ratio).powi(2) / (FREEDOM * spread.max(1.0))).ln_1p();
        let kind = match (self.source.uniform(&source), self.target.uniform(&target)) {
            (Some(one), Some(other)) if one == other => 0.0,
            _ => KIND_COST,
        };
        prior + length + kind + self.orphans(&source, &target) - self.shared(&source, &target)
    }

    /// The weight of what both sides of a bead have, each anchor once.
    fn shared(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let mut met: Vec<usize> = Vec::new();
        for i in source.clone() {
            for j in target.clone() {
                self.met(i, j, |anchor| met.push(anchor));
            }
        }
        if source.len() * target.len() > 1 {
            met.sort_unstable();
            met.dedup();
        }
        met.iter().map(|anchor| self.weights[*anchor]).sum()
    }

    /// What members of a larger bead cost that bring no evidence of their own.
    fn orphans(&self, source: &Range<usize>, target: &Range<usize>) -> f32 {
        let met = |i: usize, j: usize| {
            let mut any = false;
            self.met(i, j, |_| any = true);
            any
        };
        // The more there is that could be shared, the stranger it is that nothing is.
        let alone = |shown: usize| (shown as f32 * self.costs.evidence).min(self.costs.orphan);
        let mut cost = 0.0;
        if source.len() > 1 {
            let orphans = source.clone().filter(|i| !target.clone().any(|j| met(*i, j)));
            cost += orphans.map(|i| alone(self.source.shown[i])).sum::<f32>();
        }
        if target.len() > 1 {
            let orphans = target.clone().filter(|j| !source.clone().any(|i| met(i, *j)));
            cost += orphans.map(|j| alone(self.target.shown[j])).sum::<f32>();
        }
        cost
    }

    /// For each row, the columns that are searched.
    fn rows(&self) -> Vec<Range<usize>> {
        let (n, m) = (self.source.kinds.len(), self.target.kinds.len());
        if (n + 1).saturating_mul(m + 1) <= WHOLE {
            return vec![0..m + 1; n + 1];
        }
        let mut points = vec![(0, 0)];
        points.extend(self.islands());
        points.push((n, m));
        let mut rows = Vec::with_capacity(n + 1);
        for pair in points.windows(2) {
            let ((i, j), (k, l)) = (pair[0], pair[1]);
            let last = if k == n { n + 1 } else { k };
            for row in i..last {
                let column = |row: usize| if k == i { l } else { j + (row - i) * (l - j) / (k - i) };
                let (low, high) = (column(row), column((row + 1).min(k)));
                rows.push(low.saturating_sub(BAND)..(high + BAND + 1).min(m + 1));
            }
        }
        rows
    }

    /// The longest chain of pairs of units that share an anchor nothing else has, rising on both sides.
    fn islands(&self) -> Vec<(usize, usize)> {
        let mut place = vec![None; self.weights.len()];
        for (j, anchors) in self.target.anchors.iter().enumerate() {
            anchors.iter().filter(|anchor| self.unique[**anchor]).for_each(|anchor| place[*anchor] = Some(j));
        }
        let pairs: Vec<(usize, usize)> = (self.source.anchors.iter().enumerate())
            .filter_map(|(i, anchors)| anchors.iter().find_map(|anchor| place[*anchor]).map(|j| (i, j)))
            .filter(|(i, _)| *i > 0)
            .collect();
        // Patience: the pair that ends the chain of each length at the lowest column, and who stood before each pair.
        let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
        for (at, (_, j)) in pairs.iter().enumerate() {
            let length = ends.partition_point(|end| pairs[*end].1 < *j);
            before.push(length.checked_sub(1).map(|last| ends[last]));
            if length == ends.len() { ends.push(at) } else { ends[length] = at }
        }
        let mut chain: Vec<(usize, usize)> =
            std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
        chain.reverse();
        chain
    }

    /// The cheapest path through the table and, for each bead, how much dearer the cheapest path without it is.
    fn best(&self, mut table: Table) -> Vec<Bead> {
        let (n, m) = (self.source.kinds.len(), self.target.kinds.len());
        // Backward: what it costs to reach the end from each cell, after a bead of text and after a gap.
        table.set(n, m, [0.0, 0.0]);
        for i in (0..=n).rev() {
            for j in table.row(i).rev() {
                if (i, j) == (n, m) {
                    continue;
                }
                let mut least = [f32::INFINITY; 2];
                for shape in 0..SHAPES.len() {
                    let Some(rest) = table.after(shape, i, j) else { continue };
                    let cost = self.cost(shape, i, j);
                    for (state, least) in least.iter_mut().enumerate() {
                        *least = least.min(self.step(shape, state, cost) + rest);
                    }
                }
                table.set(i, j, least);
            }
        }
        let (mut i, mut j, mut state) = (0, 0, 0);
        let mut beads = Vec::new();
        while (i, j) != (n, m) {
            let mut ways: Vec<(f32, usize)> = (0..SHAPES.len())
                .filter_map(|shape| {
                    let rest = table.after(shape, i, j)?;
                    Some((self.step(shape, state, self.cost(shape, i, j)) + rest, shape))
                })
                .collect();
            ways.sort_by(|a, b| a.0.total_cmp(&b.0));
            let Some((cost, shape)) = ways.first().copied() else { break };
            let margin = ways.get(1).map_or(f32::INFINITY, |(second, _)| second - cost);
            let (here, there) = SHAPES[shape];
            beads.push(Bead { source: i..i + here, target: j..j + there, margin });
            (i, j) = (i + here, j + there);
            state = usize::from(here == 0 || there == 0);
        }
        beads
    }

    /// A cost, less where a gap goes on.
    fn step(&self, shape: usize, state: usize, cost: f32) -> f32 {
        let gap = SHAPES[shape].0 == 0 || SHAPES[shape].1 == 0;
        if gap && state == 1 { self.costs.extend } else { cost }
    }

    /// Of alignments in which every unit has its part but for one, the best against the best without exception.
    fn odd(&self, may: &dyn Fn(usize) -> bool) -> Option<Odd> {
        let (n, m) = (self.source.kinds.len(), self.target.kinds.len());
        // What it costs to reach each cell with none left alone, and with one and which: the unit and the place where it would stand.
        let mut whole = vec![f32::INFINITY; (n + 1) * (m + 1)];
        let mut less: Vec<(f32, usize, usize)> = vec![(f32::INFINITY, 0, 0); (n + 1) * (m + 1)];
        let cell = |i: usize, j: usize| i * (m + 1) + j;
        whole[0] = 0.0;
        for i in 0..=n {
            for j in 0..=m {
                let (so_far, without) = (whole[cell(i, j)], less[cell(i, j)]);
                if i < n && may(i) && so_far < less[cell(i + 1, j)].0 {
                    less[cell(i + 1, j)] = (so_far, i, j);
                }
                if so_far.is_infinite() && without.0.is_infinite() {
                    continue;
                }
                for (shape, &(here, there)) in SHAPES.iter().enumerate() {
                    if here == 0 || there == 0 || i + here > n || j + there > m {
                        continue;
                    }
                    let cost = self.cost(shape, i, j);
                    let next = cell(i + here, j + there);
                    whole[next] = whole[next].min(so_far + cost);
                    if without.0 + cost < less[next].0 {
                        less[next] = (without.0 + cost, without.1, without.2);
                    }
                }
            }
        }
        let (cost, unit, before) = less[cell(n, m)];
        let odds = whole[cell(n, m)] - cost;
        odds.is_finite().then_some(Odd { unit, before, odds })
    }

    /// Two units with two that are plainly one another's crosswise have changed places, and are no larger bead: the second here stays
    /// with the first there, and the others are left alone, to be found as moved.
    fn uncrossed(&self, bead: Bead) -> Vec<Bead> {
        let (i, j) = (bead.source.start, bead.target.start);
        let texts = [self.source.uniform(&bead.source), self.target.uniform(&bead.target)];
        if bead.source.len() != 2 || bead.target.len() != 2 || texts != [Some(UnitKind::Text); 2] {
            return vec![bead];
        }
        let crossed = [self.cost(0, i, j + 1), self.cost(0, i + 1, j)];
        let straight = self.cost(0, i, j) + self.cost(0, i + 1, j + 1);
        if crossed.iter().any(|cost| *cost >= PLAIN) || crossed.iter().sum::<f32>() + CROSSED > straight {
            return vec![bead];
        }
        let part = |source, target| Bead { source, target, margin: bead.margin };
        vec![part(i..i + 1, j..j), part(i + 1..i + 2, j..j + 1), part(i + 2..i + 2, j + 1..j + 2)]
    }

    /// Two passages near each other that were paired in their order, and are plainly one another's crosswise, are left alone, to be found
    /// as moved. Only running text: lists are rightly put into the order of each language.
    fn exchanged(&self, beads: Vec<Bead>) -> Vec<Bead> {
        let text = |bead: &Bead| {
            let single = bead.source.len() == 1 && bead.target.len() == 1;
            single
                && self.source.uniform(&bead.source) == Some(UnitKind::Text)
                && self.target.uniform(&bead.target) == Some(UnitKind::Text)
        };
        let cost = |one: &Bead, other: &Bead| self.cost(0, one.source.start, other.target.start);
        let mut taken = vec![false; beads.len()];
        for (at, one) in beads.iter().enumerate().filter(|(_, bead)| text(bead)) {
            // What shares nothing is paired by its place alone, and is no sign of anything.
            for (far, other) in beads.iter().enumerate().skip(at + 1).take(NEAR).filter(|(_, bead)| text(bead)) {
                let crossed = [cost(one, other), cost(other, one)];
                let plain = crossed.iter().all(|cost| *cost < PLAIN);
                let straight = cost(one, one) + cost(other, other);
                if plain && crossed.iter().sum::<f32>() + CROSSED < straight && !taken[at] && !taken[far] {
                    (taken[at], taken[far]) = (true, true);
                }
            }
        }
        let part = |bead: Bead, taken: bool| -> Vec<Bead> {
            let (i, j, margin) = (bead.source.clone(), bead.target.clone(), bead.margin);
            match taken {
                true => vec![
                    Bead { source: i.clone(), target: j.start..j.start, margin },
                    Bead { source: i.end..i.end, target: j, margin },
                ],
                false => vec![bead],
            }
        };
        beads.into_iter().zip(taken).flat_map(|(bead, taken)| part(bead, taken)).collect()
    }

    /// Units alone on either side that are plainly one passage; the plainest pair first, each unit once.
    fn moved(&self, beads: &[Bead]) -> Vec<(usize, usize)> {
        let here: Vec<usize> = beads.iter().filter(|b| b.target.is_empty()).flat_map(|b| b.source.clone()).collect();
        let there: Vec<usize> = beads.iter().filter(|b| b.source.is_empty()).flat_map(|b| b.target.clone()).collect();
        if here.len().saturating_mul(there.len()) > WHOLE {
            return Vec::new();
        }
        let pairs = here.iter().flat_map(|i| there.iter().map(|j| (self.cost(0, *i, *j), *i, *j)));
        // Passages between the two places; neighbours that changed places need less to be known by.
        let between = |i: usize, j: usize| {
            let joined = |bead: &&Bead| !bead.source.is_empty() && !bead.target.is_empty();
            beads.iter().filter(joined).filter(|bead| (bead.source.start < i) != (bead.target.start < j)).count()
        };
        let plain = |cost: f32, i: usize, j: usize| cost < MOVED || (cost < SWAPPED && between(i, j) < NEAR);
        let mut pairs: Vec<_> = pairs.filter(|(cost, i, j)| plain(*cost, *i, *j)).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut moved, mut taken) = (BTreeMap::new(), BTreeSet::new());
        for (_, i, j) in pairs {
            if !moved.contains_key(&i) && taken.insert(j) {
                moved.insert(i, j);
            }
        }
        moved.into_iter().collect()
    }
}

/// For each unit of one side and each of the other, the anchors that both have, of so many: most have none.
fn cells(source: &Side, target: &Side, anchors: usize) -> Vec<Vec<usize>> {
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); anchors];
    for (j, unit) in target.anchors.iter().enumerate() {
        unit.iter().for_each(|anchor| holders[*anchor].push(j));
    }
    let width = target.anchors.len();
    let mut cells = vec![Vec::new(); source.anchors.len() * width];
    for (i, unit) in source.anchors.iter().enumerate() {
        for anchor in unit {
            holders[*anchor].iter().for_each(|j| cells[i * width + j].push(*anchor));
        }
    }
    cells
}

/// Calls for what two sorted lists share.
fn common(one: &[usize], other: &[usize], mut met: impl FnMut(usize)) {
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                met(*a);
                (i, j) = (i + 1, j + 1);
            }
        }
    }
}

/// Costs to the end, for the cells of a band. A cell outside it cannot be reached: its cost is infinite.
struct Table {
    rows: Vec<Range<usize>>,
    starts: Vec<usize>,
    cells: Vec<[f32; 2]>,
}

impl Table {
    fn new(rows: &[Range<usize>], columns: usize) -> Self {
        let mut starts = Vec::with_capacity(rows.len());
        let mut total = 0;
        for row in rows {
            starts.push(total);
            total += row.len();
        }
        debug_assert!(rows.last().is_some_and(|row| row.end == columns + 1));
        Table { rows: rows.to_vec(), starts, cells: vec![[f32::INFINITY; 2]; total] }
    }

    fn row(&self, i: usize) -> Range<usize> {
        self.rows[i].clone()
    }

    fn place(&self, i: usize, j: usize) -> Option<usize> {
        let row = self.rows.get(i).filter(|row| row.contains(&j))?;
        Some(self.starts[i] + j - row.start)
    }

    fn set(&mut self, i: usize, j: usize, costs: [f32; 2]) {
        if let Some(place) = self.place(i, j) {
            self.cells[place] = costs;
        }
    }

    /// What it costs to reach the end after a bead of this shape at this cell; `None` where it cannot be reached.
    fn after(&self, shape: usize, i: usize, j: usize) -> Option<f32> {
        let (here, there) = SHAPES[shape];
        let place = self.place(i + here, j + there)?;
        let rest = self.cells[place][usize::from(here == 0 || there == 0)];
        rest.is_finite().then_some(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(texts: &[&str]) -> Vec<Unit> {
        texts.iter().map(|text| Unit::new(text, UnitKind::Text)).collect()
    }

    fn shapes(alignment: &Alignment) -> Vec<(usize, usize)> {
        alignment.beads.iter().map(|bead| (bead.source.len(), bead.target.len())).collect()
    }

    const ENGLISH: [&str; 4] = [
        "The observatory opened in Norvale in 1987 with 12 instruments.",
        "Director Ada Brenner said the programme will cost 40 million.",
        "Visitors may come from 9 to 17 every Saturday.",
        "The next report is due in Tarn, with figures of 2031.",
    ];
    const FRENCH: [&str; 4] = [
        "L’observatoire a ouvert à Norvale en 1987 avec 12 instruments.",
        "Selon la directrice Ada Brenner, le programme coûtera 40 millions.",
        "Les visiteurs sont admis de 9 à 17 heures chaque samedi.",
        "Le prochain rapport paraîtra à Tarn, avec des chiffres de 2031.",
    ];

    #[test]
    fn passages_in_order_are_paired() {
        let found = align(&units(&ENGLISH), &units(&FRENCH), Grain::Blocks);
        assert_eq!(shapes(&found), [(1, 1); 4]);
        assert!(found.moved.is_empty());
    }

    #[test]
    fn a_missing_passage_is_alone_at_its_place() {
        let short = [FRENCH[0], FRENCH[2], FRENCH[3]];
        let found = align(&units(&ENGLISH), &units(&short), Grain::Blocks);
        assert_eq!(shapes(&found), [(1, 1), (1, 0), (1, 1), (1, 1)]);
        let found = align(&units(&[ENGLISH[0], ENGLISH[2], ENGLISH[3]]), &units(&FRENCH), Grain::Blocks);
        assert_eq!(shapes(&found), [(1, 1), (0, 1), (1, 1), (1, 1)]);
    }

    #[test]
    fn merged_passages_are_one_bead() {
        let merged = format!("{} {}", FRENCH[1], FRENCH[2]);
        let found = align(&units(&ENGLISH), &units(&[FRENCH[0], &merged, FRENCH[3]]), Grain::Blocks);
        assert_eq!(shapes(&found), [(1, 1), (2, 1), (1, 1)]);
    }

    #[test]
    fn a_passage_elsewhere_is_moved() {
        let order = [FRENCH[1], FRENCH[2], FRENCH[3], FRENCH[0]];
        let found = align(&units(&ENGLISH), &units(&order), Grain::Blocks);
        assert_eq!(found.moved, [(0, 3)]);
    }

    #[test]
    fn neighbours_that_changed_places_are_moved() {
        let order = [FRENCH[0], FRENCH[2], FRENCH[1], FRENCH[3]];
        let found = align(&units(&ENGLISH), &units(&order), Grain::Blocks);
        assert!([[(1, 2)], [(2, 1)]].iter().any(|moved| found.moved == moved), "{found:?}");
    }

    #[test]
    fn passages_that_changed_places_over_another_are_moved() {
        let order = [FRENCH[2], FRENCH[1], FRENCH[0], FRENCH[3]];
        let found = align(&units(&ENGLISH), &units(&order), Grain::Blocks);
        assert!(found.moved.len() == 2 || found.moved.len() == 1, "{found:?}");
        assert!(found.moved.contains(&(0, 2)) || found.moved.contains(&(2, 0)), "{found:?}");
    }

    #[test]
    fn every_unit_is_in_one_bead_whatever_the_lengths() {
        for (n, m) in [(0, 0), (0, 5), (5, 0), (1, 300), (300, 1), (1500, 1500), (5000, 40), (40, 5000)] {
            let side = |count: usize, long: usize| -> Vec<Unit> {
                let unit = |at: usize| Unit { kind: UnitKind::Text, length: (at * long) % 9973, anchors: Vec::new() };
                (0..count).map(unit).collect()
            };
            let found = align(&side(n, 7919), &side(m, 1), Grain::Sentences);
            let (mut i, mut j) = (0, 0);
            for bead in &found.beads {
                assert_eq!((bead.source.start, bead.target.start), (i, j));
                (i, j) = (bead.source.end, bead.target.end);
            }
            assert_eq!((i, j), (n, m));
        }
    }
}
