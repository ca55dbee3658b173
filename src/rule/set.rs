//! The rules of a run: packs and profiles put together.

use super::{Pack, Rule};
use crate::diagnostic::{Diagnostic, Severity};
use crate::settings;
use crate::source::Span;
use std::collections::HashMap;
use std::sync::Arc;

/// A severity for the rules that an id or a glob names; `None` switches them off.
pub type Override = (String, Option<Severity>);

/// Rules that no pack holds, for they are about how a draft is read and what silences findings; their severity can be set as that
/// of any other.
pub const OWN_RULES: &[&str] = &["stet/unused", "stet/invalid", crate::document::FRONT_MATTER_RULE];

/// Rules in the order of their packs, and what profiles say of them.
#[derive(Clone, Default)]
pub struct RuleSet {
    /// Shared by the sets of parts of a tree, which say something else of few of them.
    rules: Vec<Arc<Rule>>,
    index: HashMap<String, usize>,
    overrides: Vec<Override>,
}

impl RuleSet {
    /// Puts packs together, later ones over earlier ones: a rule given again replaces the whole rule; `enable`, severities and
    /// options of all packs hold. Names of rules that no pack has come back as diagnostics.
    pub fn new(packs: Vec<Pack>) -> (RuleSet, Vec<Diagnostic>) {
        let (mut set, mut problems) = (RuleSet::default(), Vec::new());
        let mut rest = Vec::new();
        for pack in packs {
            for rule in pack.rules {
                match set.index.get(&rule.id) {
                    Some(&at) => set.rules[at] = Arc::new(rule),
                    None => {
                        set.index.insert(rule.id.clone(), set.rules.len());
                        set.rules.push(Arc::new(rule));
                    }
                }
            }
            rest.push((pack.enable, pack.severity, pack.options));
        }
        for (enable, severity, options) in rest {
            for (id, place) in enable {
                problems.extend(set.enable(&id, place).err());
            }
            for (name, severity, place) in severity {
                problems.extend(set.unknown(&name, place));
                set.overrides.push((name, severity));
            }
            for (id, table, place) in options {
                match set.index.get(&id) {
                    Some(&at) => problems.extend(Arc::make_mut(&mut set.rules[at]).with_options(&table, place.source)),
                    None => problems.extend(set.unknown(&id, place)),
                }
            }
        }
        (set, problems)
    }

    /// Every rule, on or off.
    pub fn rules(&self) -> &[Arc<Rule>] {
        &self.rules
    }

    /// The rule with this id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.index.get(id).map(|&at| &*self.rules[at])
    }

    /// Switches a rule on by its exact id.
    pub fn enable(&mut self, id: &str, place: Span) -> Result<(), Diagnostic> {
        match self.index.get(id) {
            Some(&at) => {
                Arc::make_mut(&mut self.rules[at]).enabled = true;
                Ok(())
            }
            None => Err(self.unknown_rule(id, place)),
        }
    }

    /// Lays options over a rule's own.
    pub fn configure(&mut self, id: &str, options: &settings::Table, place: Span) -> Vec<Diagnostic> {
        match self.index.get(id) {
            Some(&at) => Arc::make_mut(&mut self.rules[at]).with_options(options, place.source),
            None => vec![self.unknown_rule(id, place)],
        }
    }

    /// The severity of a rule after profiles; `None` when one switches it off. Whether it is enabled is another question.
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        decide(&self.overrides, &rule.id).unwrap_or(Some(rule.severity))
    }

    /// A diagnostic where a name or glob matches no rule at all.
    pub fn unknown(&self, name: &str, place: Span) -> Option<Diagnostic> {
        let ids = self.rules.iter().map(|rule| rule.id.as_str());
        let known = ids.chain(OWN_RULES.iter().copied()).any(|id| matches(name, id));
        (!known && name != "*").then(|| self.unknown_rule(name, place))
    }

    fn unknown_rule(&self, id: &str, place: Span) -> Diagnostic {
        let ids = || self.rules.iter().map(|rule| rule.id.as_str());
        let near = match id.strip_suffix("/*") {
            Some(family) => {
                settings::suggest(family, ids().filter_map(|id| id.rsplit_once('/')).map(|(family, _)| family))
                    .map(|family| format!("{family}/*"))
            }
            None => settings::suggest(id, ids()).map(str::to_owned),
        };
        let help = near.map_or("`copydesk rules` lists them".to_owned(), |near| format!("did you mean “{near}”?"));
        Diagnostic::new("config/invalid", Severity::Error, format!("no rule is called “{id}”"), place).help(help)
    }
}

/// What overrides say of a rule: an exact id beats the longer literal prefix, which beats the shorter; order never matters
/// but between equals, where the later one holds.
pub fn decide(overrides: &[Override], id: &str) -> Option<Option<Severity>> {
    let applies = overrides.iter().filter(|(name, _)| matches(name, id));
    applies.max_by_key(|(name, _)| (name == id, name.find('*').unwrap_or(name.len()))).map(|(_, severity)| *severity)
}

/// Whether an id or a glob (`*` stands for any run of characters) names a rule.
pub fn matches(glob: &str, id: &str) -> bool {
    let mut pieces = glob.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = id.strip_prefix(first) else { return false };
    let mut last = None;
    for piece in pieces {
        if let Some(before) = last.replace(piece) {
            match rest.find(before) {
                Some(at) => rest = &rest[at + before.len()..],
                None => return false,
            }
        }
    }
    last.map_or(rest.is_empty(), |piece: &str| rest.ends_with(piece))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_name_rules() {
        assert!(
            matches("*", "dates/order") && matches("dates/*", "dates/order") && matches("dates/order", "dates/order")
        );
        assert!(matches("*/order", "dates/order") && matches("d*es/*er", "dates/order"));
        assert!(
            !matches("dates", "dates/order")
                && !matches("date/*", "dates/order")
                && !matches("dates/*x", "dates/order")
        );
    }

    #[test]
    fn the_more_exact_name_decides_in_any_order() {
        let mut overrides = vec![
            ("dates/order".to_owned(), Some(Severity::Error)),
            ("*".to_owned(), Some(Severity::Info)),
            ("dates/*".to_owned(), None),
        ];
        for _ in 0..overrides.len() {
            overrides.rotate_left(1);
            assert_eq!(decide(&overrides, "dates/order"), Some(Some(Severity::Error)));
            assert_eq!(decide(&overrides, "dates/weekday"), Some(None));
            assert_eq!(decide(&overrides, "names/near"), Some(Some(Severity::Info)));
        }
        assert_eq!(decide(&[], "names/near"), None);
    }
}
