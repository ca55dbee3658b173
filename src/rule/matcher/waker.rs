//! The automaton that wakes patterns without literals: one over the expressions of all of them, made as the text asks for its
//! states, and only forwards, for where a match begins does not matter.

use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{self, NFA, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::{Input, MatchKind, PatternSet};
use regex_syntax::hir::Hir;

/// Bytes of memory for its states, in each thread.
const MEMORY: usize = 8 << 20;

pub(super) struct Waker {
    dfa: DFA,
    caches: Pool<Cache, Box<dyn Fn() -> Cache + Send + Sync>>,
}

impl Waker {
    /// Over expressions of bytes; `None` where they are too large together.
    pub(super) fn new(expressions: &[Hir]) -> Option<Self> {
        let forwards = thompson::Config::new().utf8(false).which_captures(WhichCaptures::None);
        let nfa: NFA = thompson::Compiler::new().configure(forwards).build_many_from_hir(expressions).ok()?;
        let config = DFA::config().match_kind(MatchKind::All).cache_capacity(MEMORY).skip_cache_capacity_check(true);
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa).ok()?;
        let fresh = dfa.clone();
        Some(Waker { dfa, caches: Pool::new(Box::new(move || fresh.create_cache())) })
    }

    /// The expressions that match in a text; `None` where the automaton gave up.
    pub(super) fn matches(&self, text: &str) -> Option<Vec<usize>> {
        let mut found = PatternSet::new(self.dfa.pattern_len());
        let mut cache = self.caches.get();
        self.dfa.try_which_overlapping_matches(&mut cache, &Input::new(text), &mut found).ok()?;
        Some(found.iter().map(|pattern| pattern.as_usize()).collect())
    }
}
