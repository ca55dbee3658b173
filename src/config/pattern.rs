//! A rule's id, or a pattern of ids in which `*` stands for anything.

/// A pattern of rule ids, as `--only`, `--skip`, `[severity]` and a stet take it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RulePattern(String);

impl RulePattern {
    /// The pattern as written.
    pub fn new(text: impl Into<String>) -> Self {
        RulePattern(text.into())
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether it names one rule.
    pub fn is_exact(&self) -> bool {
        !self.0.contains('*')
    }

    /// Whether a rule's id fits.
    pub fn matches(&self, rule: &str) -> bool {
        let Some((head, rest)) = self.0.split_once('*') else { return self.0 == rule };
        let Some(mut left) = rule.strip_prefix(head) else { return false };
        let parts: Vec<&str> = rest.split('*').collect();
        let Some((last, middle)) = parts.split_last() else { return true };
        for part in middle {
            let Some(at) = left.find(part) else { return false };
            left = &left[at + part.len()..];
        }
        left.ends_with(last)
    }

    /// How exact it is: an exact id first, then the longer literal beginning.
    pub(super) fn rank(&self) -> (bool, usize, &str) {
        (self.is_exact(), self.0.find('*').unwrap_or(self.0.len()), &self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::RulePattern;

    #[test]
    fn stars_stand_for_anything() {
        let fits = |pattern: &str, rule| RulePattern::new(pattern).matches(rule);
        assert!(fits("*", "dates/order") && fits("dates/*", "dates/order") && fits("*/order", "dates/order"));
        assert!(fits("d*/o*r", "dates/order") && fits("dates/order", "dates/order"));
        assert!(!fits("dates/*", "names/order") && !fits("*/orde", "dates/order") && !fits("date", "dates/order"));
        assert!(!fits("a*a", "a"));
    }
}
