//! Switches, severities and options of rules, in layers: profiles, the project, part of the tree, the command line. The last
//! layer that says something about a rule decides; within one layer the more exact pattern does, and order never matters.

use super::{Reference, RulePattern, did_you_mean, mistake};
use crate::diagnostic::{Diagnostic, Severity};
use crate::settings::Table;
use crate::source::SourceId;
use std::ops::Range;

/// What a configuration makes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Not run.
    Off,
    /// Reported with this severity.
    At(Severity),
}

impl Level {
    /// The level with this name.
    pub fn parse(name: &str) -> Option<Self> {
        if name == "off" { Some(Level::Off) } else { Severity::parse(name).map(Level::At) }
    }
}

/// What one place says about rules.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// Rules switched on.
    pub enable: Vec<Reference>,
    /// Severities, each with the place of its pattern.
    pub severity: Vec<(RulePattern, Level, Range<usize>)>,
    /// Options by rule id.
    pub options: Vec<(Reference, Table)>,
}

impl Layer {
    fn level(&self, rule: &str) -> Option<Level> {
        let fitting = self.severity.iter().filter(|(pattern, ..)| pattern.matches(rule));
        // Of two patterns equally exact, such as “a*” and “a*b”, the later by name decides: order never matters.
        fitting.max_by_key(|(pattern, ..)| pattern.rank()).map(|(_, level, _)| *level)
    }

    fn enables(&self, rule: &str) -> bool {
        self.enable.iter().any(|enabled| enabled.name == rule)
    }

    pub(super) fn unknown_rules(&self, known: &[&str], id: SourceId) -> Vec<Diagnostic> {
        let exact = self.enable.iter().chain(self.options.iter().map(|(rule, _)| rule));
        let exact = exact.map(|rule| (RulePattern::new(&rule.name), rule.range.clone()));
        let patterns = self.severity.iter().map(|(pattern, _, range)| (pattern.clone(), range.clone()));
        exact
            .chain(patterns)
            .filter(|(pattern, _)| !known.iter().any(|rule| pattern.matches(rule)))
            .map(|(pattern, range)| {
                let mut problem = mistake(id, range, pattern.unknown());
                problem.help = pattern.nearest(known);
                problem
            })
            .collect()
    }
}

impl RulePattern {
    /// What is said when no rule fits.
    pub fn unknown(&self) -> String {
        if self.is_exact() {
            format!("there is no rule “{}”", self.text())
        } else {
            format!("no rule matches “{}”", self.text())
        }
    }

    /// The rule or family that was meant, where one is near.
    pub fn nearest(&self, known: &[&str]) -> Option<String> {
        if self.is_exact() {
            return did_you_mean(self.text(), known.iter().copied());
        }
        let families: Vec<String> =
            known.iter().filter_map(|rule| rule.split_once('/')).map(|(family, _)| format!("{family}/*")).collect();
        did_you_mean(self.text(), families.iter().map(String::as_str))
    }
}

/// Layers that hold together, weakest first.
#[derive(Debug, Clone, Default)]
pub struct Layers<'a>(Vec<&'a Layer>);

impl<'a> Layers<'a> {
    /// These layers, weakest first.
    pub fn new(layers: impl IntoIterator<Item = &'a Layer>) -> Self {
        Layers(layers.into_iter().collect())
    }

    /// The level of a rule, where a layer gives one; otherwise its pack decides.
    pub fn level(&self, rule: &str) -> Option<Level> {
        self.0.iter().rev().find_map(|layer| layer.level(rule))
    }

    /// Whether a rule that is off by default is switched on.
    pub fn enables(&self, rule: &str) -> bool {
        self.0.iter().any(|layer| layer.enables(rule))
    }

    /// The options of a rule, strongest first, as [`crate::rule::Setup`] takes them.
    pub fn options(&self, rule: &str) -> Vec<&'a Table> {
        let options = self.0.iter().rev().flat_map(|layer| &layer.options);
        options.filter(|(id, _)| id.name == rule).map(|(_, table)| table).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_exact_pattern_decides_whatever_the_order() {
        let entry = |pattern: &str, level| (RulePattern::new(pattern), level, 0..0);
        let entries = [
            entry("*", Level::Off),
            entry("dates/*", Level::At(Severity::Info)),
            entry("dates/or*", Level::At(Severity::Warning)),
            entry("dates/order", Level::At(Severity::Error)),
        ];
        for shift in 0..4 {
            let mut severity = entries.to_vec();
            severity.rotate_left(shift);
            let layer = Layer { severity, ..Layer::default() };
            let level = |rule| layer.level(rule);
            assert_eq!(level("names/spelling"), Some(Level::Off));
            assert_eq!(level("dates/weekday"), Some(Level::At(Severity::Info)));
            assert_eq!(level("dates/ordinal"), Some(Level::At(Severity::Warning)));
            assert_eq!(level("dates/order"), Some(Level::At(Severity::Error)));
        }
    }
}
