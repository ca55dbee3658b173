//! What a rule is. A [`Kind`] is code: it turns a rule's table into a [`Check`]. A [`Rule`] is data: one `[[rule]]` table of a pack,
//! with its message, its reason and its examples. A check reads a [`Reading`] (one document and what is known about it) and
//! reports findings; it changes nothing and prints nothing.

mod findings;
mod notes;
pub mod matcher;
mod pack;
mod pair;
mod reading;
mod schema;
mod scope;
mod set;

pub use findings::Findings;
pub use matcher::{Hit, Pattern};
pub use notes::{Kept, Noted, Places};
pub use pack::{Example, Expectation, PACK_KEYS, Pack, Rule};
pub use pair::{Obstacle, Pair, Passages, Sentences, Versions, unit_of};
pub use reading::{Reading, Stage};
pub use schema::json_schema;
pub use scope::Scope;
pub use set::{OWN_RULES, Override, RuleSet, decide, matches};

use crate::diagnostic::{Diagnostic, Severity};
use crate::settings::{Key, Table, Value};
use crate::source::{SourceId, Span};
use std::ops::Range;
use std::sync::Arc;

/// How a kind makes the check of one rule.
pub type Build = fn(&Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>>;

/// A kind of rule: code that packs use by name.
pub struct Kind {
    /// As packs name it, such as `wording/substitute`.
    pub name: &'static str,
    /// Its page, in Markdown: documentation and test at once.
    pub page: &'static str,
    /// The keys of its own that a rule table may hold beside the common ones.
    pub keys: &'static [Key],
    /// Makes the check of one rule; mistakes that shapes cannot express come back as diagnostics in the pack.
    pub build: Build,
}

impl Kind {
    /// What its page says first, under the title.
    pub fn about(&self) -> String {
        let lines = self.page.lines().skip_while(|line| line.starts_with('#') || line.trim().is_empty());
        let paragraph: Vec<&str> = lines.take_while(|line| !line.trim().is_empty()).collect();
        paragraph.join(" ").split_inclusive(". ").next().unwrap_or_default().trim().to_owned()
    }
}

/// What a kind builds a check from.
pub struct Setup<'a> {
    /// The rule's id.
    pub id: &'a str,
    /// The rule's table, with the options of configuration and profiles laid over it; its shapes were checked against the
    /// common keys and the kind's own.
    pub table: &'a Table,
    /// The pack's source, for spans of mistakes.
    pub source: SourceId,
    /// What lies outside packs.
    pub resources: &'a Arc<dyn Resources>,
    /// Whether the pack is one of copydesk's own, whose expressions its tests look through.
    pub trusted: bool,
}

/// What a rule may need that is no TOML. Only the command line reads a disk, so it comes from there.
pub trait Resources: Send + Sync {
    /// The Hunspell dictionary of a name or path without its ending; what went wrong, for people, where there is none.
    fn dictionary(&self, name: &str) -> Result<Arc<spellbook::Dictionary>, String>;

    /// Where registers are kept compiled between runs.
    fn registers(&self) -> Option<&dyn crate::register::Store> {
        None
    }

    /// An earlier text of a draft, by the path that reports show: the newest of which a question holds, where history is kept.
    fn former(&self, _path: &str, _wanted: &dyn Fn(&str) -> bool) -> Option<String> {
        None
    }
}

/// No resources at all.
pub struct NoResources;

impl Resources for NoResources {
    fn dictionary(&self, name: &str) -> Result<Arc<spellbook::Dictionary>, String> {
        Err(format!("no dictionary “{name}” can be read here"))
    }
}

impl Setup<'_> {
    /// Where the rule's id stands, for mistakes about what is not there.
    pub fn place(&self) -> Range<usize> {
        self.table.get("id").map_or(self.table.range.clone(), |id| id.range.clone())
    }

    /// A Hunspell dictionary.
    pub fn dictionary(&self, name: &str) -> Result<Arc<spellbook::Dictionary>, String> {
        self.resources.dictionary(name)
    }

    /// A pattern that compiles, or the mistake underlined in the pack.
    pub fn pattern(&self, pattern: Pattern, range: Range<usize>) -> Result<Pattern, Diagnostic> {
        match if self.trusted { None } else { pattern.mistake() } {
            None => Ok(pattern),
            Some(mistake) => Err(self.mistake(range, format!("this pattern cannot be used: {mistake}"))),
        }
    }

    /// The expressions of a list, each made a pattern by `of`; or every mistake in them, underlined in the pack.
    pub fn expressions(&self, key: &str, of: impl Fn(&str) -> Pattern) -> Result<Vec<Pattern>, Vec<Diagnostic>> {
        let (mut patterns, mut mistakes) = (Vec::new(), Vec::new());
        for (text, range) in self.table.get(key).into_iter().flat_map(Value::texts) {
            match self.pattern(of(text), range) {
                Ok(pattern) => patterns.push(pattern),
                Err(mistake) => mistakes.push(mistake),
            }
        }
        if mistakes.is_empty() { Ok(patterns) } else { Err(mistakes) }
    }

    /// A mistake in the rule, underlined in the pack.
    pub fn mistake(&self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new("pack/invalid", Severity::Error, message, Span::new(self.source, range))
    }
}

/// What a rule does. A check implements the scopes it works in; the others stay empty.
pub trait Check: Send + Sync {
    /// What it looks for in the text. The engine matches the patterns of all rules in one pass and hands each check the hits
    /// of its own, numbered as they stand here.
    fn patterns(&self) -> &[Pattern] {
        &[]
    }

    /// Whether it has nothing to say where none of its patterns has a hit; it is then passed over. Of a house's thousands of
    /// rules nearly all are so.
    fn speaks_only_of_hits(&self) -> bool {
        false
    }

    /// Looks at one document. `hits` are those of [`Check::patterns`], in the order of the text.
    fn document(&self, _reading: &Reading<'_>, _hits: &[Hit], _out: &mut Findings<'_>) {}

    /// Looks at a translation beside its original. A finding stands in the translation, its label in the original.
    fn pair(&self, _pair: &Pair<'_, '_>, _out: &mut Findings<'_>) {}

    /// Looks at all language versions of a release together.
    fn versions(&self, _versions: &Versions<'_, '_>, _out: &mut Findings<'_>) {}

    /// Keeps from one document what the rule must know to judge all documents of a run together; small, and without the text.
    fn summarise(&self, _reading: &Reading<'_>) -> Vec<Noted> {
        Vec::new()
    }

    /// Judges what was kept of all documents. The findings it reports stand in the sources that it names, which are read again.
    fn judge(&self, _kept: &Kept, _out: &mut Findings<'_>) {}
}
