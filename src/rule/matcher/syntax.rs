//! The literals that an expression requires, told from its syntax. This file is also part of `build.rs`, which keeps what the
//! expressions of our own packs require: to tell it takes as long as to make the automaton.

use super::look_around::with_its_edges;
use regex_syntax::ast::{Ast, ClassSet, ClassSetItem, RepetitionKind, RepetitionRange, parse::Parser};

/// More literals than this for one pattern wake it no more rarely than asking about every block.
const MOST: usize = 256;

/// Letters and digits a required literal must have to be worth looking for.
const SHORTEST: usize = 3;

/// Weight from which on a literal is rare enough; from there, fewer literals are better than rarer ones.
const RARE_ENOUGH: usize = 16;

/// Characters of a class that are looked for one by one.
pub(super) const SMALL_CLASS: usize = 8;

/// Literals, ASCII letters in lower case, one of which stands in every match of an expression; none where it requires none. The
/// syntax says enough: what its classes hold of all Unicode, which takes as long again to tell, is no literal.
pub(super) fn literals(text: &str) -> Option<Vec<String>> {
    Told::of(&Parser::new().parse(&with_its_edges(text)).ok()?).best()
}

/// What the syntax of an expression tells about the texts that it matches.
#[derive(Default)]
struct Told {
    /// All of them, ASCII letters in lower case, where they are few.
    exact: Option<Vec<String>>,
    /// Where they are many, those one of which stands at either end.
    repeated: Option<Vec<String>>,
    /// Where they are many, the set of literals that requires most.
    best: Option<Vec<String>>,
}

impl Told {
    fn exactly(texts: Vec<String>) -> Self {
        Told { exact: Some(texts), ..Told::default() }
    }

    fn of(ast: &Ast) -> Self {
        match ast {
            Ast::Empty(_) | Ast::Flags(_) | Ast::Assertion(_) => Told::exactly(vec![String::new()]),
            Ast::Literal(literal) => Told::exactly(vec![literal.c.to_ascii_lowercase().to_string()]),
            Ast::ClassBracketed(class) if !class.negated => Told { exact: characters(&class.kind), ..Told::default() },
            Ast::Group(group) => Told::of(&group.ast),
            Ast::Repetition(repetition) => Told::of(&repetition.ast).repeated(times(&repetition.op.kind)),
            Ast::Alternation(branches) => Told::either(branches.asts.iter().map(Told::of).collect()),
            Ast::Concat(parts) => Told::together(&parts.asts),
            _ => Told::default(),
        }
    }

    /// The set of literals that requires most, where it is worth looking for.
    fn best(self) -> Option<Vec<String>> {
        self.exact.filter(|literals| are_worth(literals)).or(self.best)
    }

    /// The same some times, at least and at most.
    fn repeated(self, times: (u32, Option<u32>)) -> Self {
        match (times, self.exact) {
            ((1, Some(1)), exact) => Told { exact, ..self },
            ((0, Some(1)), Some(mut texts)) if texts.len() < SMALL_CLASS => {
                texts.push(String::new());
                Told::exactly(texts)
            }
            ((0, _), _) => Told::default(),
            (_, Some(texts)) => {
                Told { best: Some(texts.clone()).filter(|texts| are_worth(texts)), repeated: Some(texts), exact: None }
            }
            (_, None) => Told { best: self.best, ..Told::default() },
        }
    }

    fn either(branches: Vec<Told>) -> Self {
        let count = |told: &Told| told.exact.as_ref().map(Vec::len);
        if branches.iter().map(count).sum::<Option<usize>>().is_some_and(|count| count <= SMALL_CLASS) {
            return Told::exactly(branches.into_iter().filter_map(|told| told.exact).flatten().collect());
        }
        let branches: Option<Vec<_>> = branches.into_iter().map(Told::best).collect();
        Told { best: branches.map(|sets| sets.concat()).filter(|set| are_worth(set)), ..Told::default() }
    }

    /// One part after the other. Parts of a few texts make runs: texts that stand in the match as one.
    fn together(parts: &[Ast]) -> Self {
        let (mut runs, mut sets, mut is_exact) = (vec![vec![String::new()]], Vec::new(), true);
        for part in parts {
            if let (Ast::Literal(literal), Some(run)) = (part, runs.last_mut()) {
                run.iter_mut().for_each(|text| text.push(literal.c.to_ascii_lowercase()));
                continue;
            }
            let told = Told::of(part);
            is_exact &= told.exact.is_some();
            sets.extend(told.best);
            match (told.exact, told.repeated) {
                (Some(texts), _) => extend(&mut runs, texts),
                // What is repeated ends one run and begins the next.
                (None, Some(texts)) => {
                    extend(&mut runs, texts.clone());
                    runs.push(texts);
                }
                (None, None) => runs.push(vec![String::new()]),
            }
        }
        if is_exact && runs.len() == 1 {
            return Told { exact: runs.pop(), ..Told::default() };
        }
        let best = runs.into_iter().filter(|run| are_worth(run)).chain(sets).max_by_key(|set| {
            let rarity = set.iter().map(|literal| rarity(literal)).min().unwrap_or_default();
            (rarity.min(RARE_ENOUGH), std::cmp::Reverse(set.len()), rarity)
        });
        Told { best, ..Told::default() }
    }
}

/// Whether looking for these literals is worth it.
fn are_worth(literals: &[String]) -> bool {
    literals.len() <= MOST && literals.iter().all(|literal| is_worth(literal))
}

/// How often a repetition repeats: at least, and at most where it ends.
fn times(kind: &RepetitionKind) -> (u32, Option<u32>) {
    match *kind {
        RepetitionKind::ZeroOrOne => (0, Some(1)),
        RepetitionKind::ZeroOrMore => (0, None),
        RepetitionKind::OneOrMore => (1, None),
        RepetitionKind::Range(RepetitionRange::Exactly(count)) => (count, Some(count)),
        RepetitionKind::Range(RepetitionRange::AtLeast(least)) => (least, None),
        RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => (least, Some(most)),
    }
}

/// Whether a literal is rare enough to be looked for: three letters and digits, or a mark that few sentences have.
pub(super) fn is_worth(literal: &str) -> bool {
    literal.chars().filter(|c| c.is_alphanumeric()).count() >= SHORTEST || literal.chars().any(is_rare)
}

/// How rarely a literal stands in a text: a mark that few sentences have says as much as four letters.
fn rarity(literal: &str) -> usize {
    let weight = |c: char| if is_rare(c) { 8 } else { 1 + usize::from(c.is_alphanumeric()) };
    literal.chars().map(weight).sum()
}

fn is_rare(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control() && !".,-'’".contains(c)
}

/// Goes on with the last run, or begins another where its ways would become many.
fn extend(runs: &mut Vec<Vec<String>>, spellings: Vec<String>) {
    match runs.last_mut() {
        Some(run) if run.len() * spellings.len() <= SMALL_CLASS => {
            *run = run.iter().flat_map(|start| spellings.iter().map(move |end| format!("{start}{end}"))).collect();
        }
        _ => runs.push(spellings),
    }
}

/// The characters of a small class, ASCII letters in lower case.
fn characters(class: &ClassSet) -> Option<Vec<String>> {
    fn put(item: &ClassSetItem, all: &mut Vec<char>) -> Option<()> {
        match item {
            ClassSetItem::Empty(_) => {}
            ClassSetItem::Literal(literal) => all.push(literal.c.to_ascii_lowercase()),
            ClassSetItem::Range(range) => {
                let range = range.start.c..=range.end.c;
                all.extend(range.take(SMALL_CLASS + 1).map(|c| c.to_ascii_lowercase()));
            }
            ClassSetItem::Union(union) => union.items.iter().try_for_each(|item| put(item, all))?,
            _ => return None,
        }
        (all.len() <= SMALL_CLASS).then_some(())
    }
    let ClassSet::Item(item) = class else { return None };
    let mut all = Vec::new();
    put(item, &mut all)?;
    all.sort_unstable();
    all.dedup();
    Some(all.into_iter().map(String::from).collect())
}
