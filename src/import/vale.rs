//! Styles of the prose linter Vale as rule packs: each YAML file of a style is a rule of the kind that does the same.
//!
//! The forms of its expressions: tokens are joined and held to `\b(?:…)\b` unless `nonword`, `raw` stands before them, and all are
//! read with `(?m)`, and with `(?i)` where case is ignored. Exceptions match with regard to case.

use super::yaml::{self, Yaml};
use std::fmt::Write as _;

/// One file of a style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The style's name, which is its folder's.
    pub style: String,
    /// The rule's name, which is the file's without its ending.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// What came of an import.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The pack.
    pub pack: String,
    /// Ids of the rules it holds.
    pub rules: Vec<String>,
    /// Ids of rules that could not be carried, and why.
    pub left: Vec<(String, String)>,
    /// Ids of rules of which something was left out, and what.
    pub changed: Vec<(String, String)>,
}

/// Turns style files into a pack, in their order.
pub fn import(files: &[File]) -> Imported {
    let mut imported = Imported::default();
    for file in files {
        let id = format!("{}/{}", tidy(&file.style), tidy(&file.name));
        let mut rule = Rule { id: id.clone(), lines: Vec::new(), changed: Vec::new() };
        match yaml::read(&file.text).and_then(|yaml| rule.write(&yaml)) {
            Ok(()) => {
                let _ = write!(imported.pack, "\n[[rule]]\n{}", rule.lines.concat());
                imported.changed.extend(rule.changed.into_iter().map(|what| (id.clone(), what)));
                imported.rules.push(id);
            }
            Err(reason) => imported.left.push((id, reason)),
        }
    }
    let mut head = String::from("# Imported from Vale styles by `copydesk import vale`.\n");
    for (id, reason) in &imported.left {
        let _ = writeln!(head, "# Not carried: {id}: {}", one_line(reason));
    }
    imported.pack.insert_str(0, &head);
    imported
}

/// A name as rule ids have it.
fn tidy(name: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c.to_ascii_lowercase() } else { '-' };
    name.chars().map(kept).collect()
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Writes the options of one check.
type Carry = fn(&mut Rule, &Yaml) -> Result<(), String>;

/// A rule as it is written.
struct Rule {
    id: String,
    lines: Vec<String>,
    changed: Vec<String>,
}

impl Rule {
    fn write(&mut self, yaml: &Yaml) -> Result<(), String> {
        let extends = yaml.text("extends").ok_or("it does not say which check it extends")?;
        let (kind, write): (&str, Carry) = match extends {
            "existence" => ("wording/forbid", Rule::existence),
            "substitution" => ("wording/substitute", Rule::substitution),
            "occurrence" => ("wording/count", Rule::occurrence),
            "repetition" => ("wording/repeat", Rule::repetition),
            "consistency" => ("wording/either", Rule::consistency),
            "conditional" => ("wording/if-then", Rule::conditional),
            "capitalization" => ("wording/case", Rule::capitalization),
            "metric" => ("wording/metric", Rule::metric),
            "spelling" => ("wording/spelling", Rule::spelling),
            "sequence" => ("wording/sequence", Rule::sequence),
            "script" => return Err("it runs a program".into()),
            "readability" => return Err("its formulas count syllables, which copydesk does not".into()),
            other => return Err(format!("“{other}” is no check that is known here")),
        };
        self.put("id", quoted(&self.id.clone()));
        self.put("kind", quoted(kind));
        self.put("severity", quoted(severity(yaml.text("level"))));
        if let Some(message) = yaml.text("message") {
            self.message(message, extends);
        }
        if let Some(why) = yaml.text("description").filter(|text| !text.is_empty()) {
            self.put("why", quoted(why));
        }
        if let Some(link) = yaml.text("link").filter(|link| !link.is_empty()) {
            self.put("authority", quoted(link));
        }
        self.scope(yaml)?;
        write(self, yaml)
    }

    fn put(&mut self, key: &str, value: String) {
        self.lines.push(format!("{key} = {value}\n"));
    }

    fn list(&mut self, key: &str, texts: &[&str]) {
        if !texts.is_empty() {
            let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
            self.put(key, format!("[{}]", texts.join(", ")));
        }
    }

    /// The message, with what was found in the place of `%s`; a substitution names the replacement first.
    fn message(&mut self, message: &str, extends: &str) {
        let holes = message.matches("%s").count();
        let text = match (extends, holes) {
            ("substitution", 2) => message.replacen("%s", "{instead}", 1).replacen("%s", "{found}", 1),
            ("substitution", 1) => message.replacen("%s", "{instead}", 1),
            _ => message.replace("%s", "{found}"),
        };
        // Quotation marks come with what is filled in.
        let text = ["{instead}", "{found}"].iter().fold(text, |text, hole| {
            let text = text.replace(&format!("'{hole}'"), hole);
            text.replace(&format!("\"{hole}\""), hole)
        });
        let text = text.trim().trim_end_matches('.');
        let mut letters = text.chars();
        let small = letters.next().map(|first| first.to_lowercase().chain(letters).collect::<String>());
        let acronym = text.chars().nth(1).is_some_and(char::is_uppercase);
        self.put("message", quoted(if acronym { text } else { small.as_deref().unwrap_or(text) }));
    }

    fn scope(&mut self, yaml: &Yaml) -> Result<(), String> {
        let mut names = Vec::new();
        for scope in yaml.texts("scope") {
            let mapped: &[&str] = match scope {
                "text" | "sentence" | "" | "summary" => &[],
                "heading" => &["title", "heading"],
                "heading.h1" => &["title", "heading-1"],
                "heading.h2" => &["heading-2"],
                "heading.h3" => &["heading-3"],
                "heading.h4" => &["heading-4"],
                "heading.h5" => &["heading-5"],
                "heading.h6" => &["heading-6"],
                "paragraph" => &["paragraph"],
                "list" => &["list-item"],
                "blockquote" => &["block-quote"],
                "table" | "table.header" | "table.cell" | "table.caption" => &["table-cell"],
                "alt" | "figure.caption" => &["caption"],
                "raw" => return Err("it reads the markup and not the text (scope “raw”)".into()),
                "code" | "comment" | "comment.line" | "comment.block" => {
                    return Err(format!("scope “{scope}” is no prose"));
                }
                other => return Err(format!("scope “{other}” is not known here")),
            };
            if mapped.is_empty() {
                return Ok(());
            }
            names.extend_from_slice(mapped);
        }
        self.list("scope", &names);
        Ok(())
    }

    /// What tokens and their options have in common.
    fn qualify(&mut self, yaml: &Yaml) {
        if yaml.is("ignorecase") {
            self.put("ignore-case", "true".into());
        }
        self.put("in-quotations", "true".into());
        self.list("except", &yaml.texts("exceptions"));
    }

    /// What the action of an existence check does to the words that were found, as an expression and what takes its place.
    fn action(&mut self, yaml: &Yaml) {
        let action = yaml.get("action");
        let name = action.and_then(|action| action.text("name")).unwrap_or_default();
        let parameters = action.map(|action| action.texts("params")).unwrap_or_default();
        let rewrite = match (name, parameters.as_slice()) {
            ("", _) => return,
            ("remove", _) => Some(("(?s)^.*$".to_owned(), "")),
            ("replace", [to, ..]) => Some(("(?s)^.*$".to_owned(), *to)),
            ("edit", ["regex", from, to]) => Some(((*from).to_owned(), *to)),
            ("edit", ["replace", from, to]) => Some((escaped(from), *to)),
            ("edit", ["remove", what]) => Some((escaped(what), "")),
            ("edit", ["trim", what]) => {
                let set = set(what);
                Some((format!("^{set}+|{set}+$"), ""))
            }
            ("edit", ["trim_left", what]) => Some((format!("^{}+", set(what)), "")),
            ("edit", ["trim_right", what]) => Some((format!("{}+$", set(what)), "")),
            _ => None,
        };
        match rewrite {
            Some((from, to)) => self.list("rewrite", &[&from, to]),
            None => self.changed.push(format!("its action “{name}” was left out")),
        }
    }

    fn existence(&mut self, yaml: &Yaml) -> Result<(), String> {
        let pattern = existence(yaml).ok_or("it has no tokens")?;
        usable(&pattern)?;
        self.put("patterns", format!("[{}]", quoted(&pattern)));
        self.qualify(yaml);
        self.action(yaml);
        Ok(())
    }

    fn substitution(&mut self, yaml: &Yaml) -> Result<(), String> {
        let word = !yaml.is("nonword");
        let mut pairs = Vec::new();
        for (found, instead) in yaml.get("swap").map(Yaml::entries).unwrap_or_default() {
            let found = if word { format!(r"\b(?:{found})\b") } else { found.clone() };
            usable(&found)?;
            let instead: Vec<String> = instead.scalar().unwrap_or_default().split('|').map(quoted).collect();
            let instead = if instead.len() == 1 { instead.concat() } else { format!("[{}]", instead.join(", ")) };
            pairs.push(format!("{} = {instead}\n", quoted(&found)));
        }
        if pairs.is_empty() {
            return Err("it swaps nothing".into());
        }
        self.put("regex", "true".into());
        self.put("whole-words", "false".into());
        if yaml.get("action").and_then(|action| action.text("name")) != Some("replace") {
            self.put("fix", quoted("display"));
        }
        self.qualify(yaml);
        self.lines.push("[rule.replace]\n".into());
        self.lines.extend(pairs);
        Ok(())
    }

    fn occurrence(&mut self, yaml: &Yaml) -> Result<(), String> {
        let token = yaml.text("token").ok_or("it has no token")?;
        usable(token)?;
        self.put("patterns", format!("[{}]", quoted(token)));
        for (from, to) in [("max", "most"), ("min", "least")] {
            if let Some(number) =
                yaml.text(from).and_then(|text| text.parse::<u32>().ok()).filter(|n| *n > 0 || from == "max")
            {
                self.put(to, number.to_string());
            }
        }
        let sentence = yaml.texts("scope").contains(&"sentence");
        self.put("in", quoted(if sentence { "sentence" } else { "block" }));
        if yaml.is("ignorecase") {
            self.put("ignore-case", "true".into());
        }
        self.put("in-quotations", "true".into());
        Ok(())
    }

    fn repetition(&mut self, yaml: &Yaml) -> Result<(), String> {
        self.put("ignore-case", yaml.is("ignorecase").to_string());
        self.list("except", &yaml.texts("exceptions"));
        if yaml.texts("tokens").iter().any(|token| !matches!(*token, r"[^\s]+" | r"\w+" | r"[^\s\.]+")) {
            self.changed.push("its tokens were left out: every word written twice in a row is reported".into());
        }
        Ok(())
    }

    fn consistency(&mut self, yaml: &Yaml) -> Result<(), String> {
        let mut pairs = Vec::new();
        for (first, second) in yaml.get("either").map(Yaml::entries).unwrap_or_default() {
            let second = second.scalar().unwrap_or_default();
            usable(first).and_then(|()| usable(second))?;
            pairs.push(format!("{} = {}\n", quoted(first), quoted(second)));
        }
        if pairs.is_empty() {
            return Err("it names no pair".into());
        }
        self.put("regex", "true".into());
        self.put("ignore-case", yaml.is("ignorecase").to_string());
        self.put("in-quotations", "true".into());
        self.lines.push("[rule.pairs]\n".into());
        self.lines.extend(pairs);
        Ok(())
    }

    fn conditional(&mut self, yaml: &Yaml) -> Result<(), String> {
        for (from, to) in [("first", "if"), ("second", "then")] {
            let pattern = yaml.text(from).ok_or(format!("it has no “{from}”"))?;
            usable(pattern)?;
            self.put(to, quoted(pattern));
        }
        self.put("report", quoted("all"));
        if yaml.is("ignorecase") {
            self.put("ignore-case", "true".into());
        }
        self.list("except", &yaml.texts("exceptions"));
        Ok(())
    }

    fn capitalization(&mut self, yaml: &Yaml) -> Result<(), String> {
        match yaml.text("match") {
            Some("$sentence") => self.put("style", quoted("sentence")),
            Some("$title") => self.put("style", quoted("title")),
            Some("$lower") => self.put("style", quoted("lower")),
            Some("$upper") => self.put("style", quoted("upper")),
            Some(pattern) => {
                usable(pattern)?;
                self.put("pattern", quoted(pattern));
            }
            None => return Err("it does not say how to capitalise".into()),
        }
        if yaml.text("style").is_some_and(|style| style.eq_ignore_ascii_case("chicago")) {
            self.put("small-words-of", quoted("chicago"));
        }
        if yaml.text("match") == Some("$sentence") {
            self.put("after-colon", yaml.texts("indicators").contains(&":").to_string());
        }
        if let Some(share) = yaml.text("threshold").and_then(|text| text.parse::<f64>().ok()) {
            self.put("share", format!("{share:?}"));
        }
        self.list("names", &yaml.texts("exceptions"));
        Ok(())
    }

    fn metric(&mut self, yaml: &Yaml) -> Result<(), String> {
        let formula = yaml.text("formula").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let formula = formula.replace("paragraphs", "blocks");
        if let Some(unknown) = unknown_count(&formula) {
            return Err(format!("its formula asks for “{unknown}”, which copydesk does not count"));
        }
        let condition: Vec<&str> = yaml.text("condition").unwrap_or_default().split_whitespace().collect();
        let limit = match condition.as_slice() {
            [sign, number] => number.parse::<f64>().ok().map(|number| (*sign, number)),
            _ => None,
        };
        self.put("formula", quoted(&formula));
        self.put("in", quoted("document"));
        match limit {
            Some((">" | ">=", number)) => self.put("most", format!("{number:?}")),
            Some(("<" | "<=", number)) => self.put("least", format!("{number:?}")),
            _ => return Err("its condition is not a comparison with a number".into()),
        }
        Ok(())
    }

    fn spelling(&mut self, yaml: &Yaml) -> Result<(), String> {
        let dictionaries = yaml.texts("dictionaries");
        let dictionary = dictionaries.first().unwrap_or(&"en_US");
        self.put("dictionary", quoted(dictionary));
        self.changed.push(format!("it needs the Hunspell dictionary {dictionary}, in the project or on the system"));
        if dictionaries.len() > 1 {
            self.changed.push("only the first of its dictionaries is read".into());
        }
        if !yaml.texts("ignore").is_empty() {
            self.changed.push("the words of its ignore files belong under “accept”".into());
        }
        if !yaml.texts("filters").is_empty() {
            self.changed.push("its filters were left out".into());
        }
        Ok(())
    }

    fn sequence(&mut self, yaml: &Yaml) -> Result<(), String> {
        let Some(Yaml::List(tokens)) = yaml.get("tokens") else { return Err("it has no tokens".into()) };
        let mut steps = Vec::new();
        let mut apart = 0;
        for token in tokens {
            if token.text("tag").is_some_and(|tag| !tag.is_empty()) {
                return Err("it asks for parts of speech, which copydesk does not tell".into());
            }
            if token.is("negate") {
                return Err("it asks for a word that does not follow".into());
            }
            let pattern = token.text("pattern").ok_or("a token has no pattern")?;
            usable(pattern)?;
            steps.push(pattern);
            apart = apart.max(token.text("skip").and_then(|text| text.parse().ok()).unwrap_or(0u32));
        }
        self.list("steps", &steps);
        self.put("apart", apart.to_string());
        self.put("ignore-case", yaml.is("ignorecase").to_string());
        self.put("in-quotations", "true".into());
        Ok(())
    }
}

/// A name in a formula that stands for no count that copydesk makes.
fn unknown_count(formula: &str) -> Option<&str> {
    let names = formula.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|name| !name.is_empty());
    let known = |name: &str| ["words", "long_words", "characters", "sentences", "blocks"].contains(&name);
    names.into_iter().find(|name| name.starts_with(char::is_alphabetic) && !known(name))
}

/// The expression of an existence check.
fn existence(yaml: &Yaml) -> Option<String> {
    let tokens: Vec<&str> = yaml.texts("tokens").into_iter().filter(|token| !token.trim().is_empty()).collect();
    let raw = yaml.texts("raw").concat();
    if tokens.is_empty() {
        return Some(raw).filter(|raw| !raw.is_empty());
    }
    let joined = tokens.join("|");
    let pattern = if yaml.is("nonword") { format!("(?:{joined})") } else { format!(r"\b(?:{joined})\b") };
    Some(if yaml.is("append") { format!("{pattern}{raw}") } else { format!("{raw}{pattern}") })
}

/// Whether an expression can be used here.
fn usable(pattern: &str) -> Result<(), String> {
    match crate::rule::Pattern::regex(pattern).mistake() {
        None => Ok(()),
        Some(mistake) => Err(format!("“{pattern}” cannot be used: {mistake}")),
    }
}

/// A text as an expression.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect()
}

/// Any of the characters of a text.
fn set(text: &str) -> String {
    format!("[{}]", escaped(text))
}

fn severity(level: Option<&str>) -> &'static str {
    match level {
        Some("error") => "error",
        Some("suggestion") => "info",
        _ => "warning",
    }
}

/// A string of TOML; a literal one where it can be, for expressions are easier to read so.
fn quoted(text: &str) -> String {
    if !text.contains(|c: char| c == '\'' || c.is_control()) && text.contains(['\\', '"']) {
        return format!("'{text}'");
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Imported {
        import(&[File { style: "House".into(), name: "Some_Rule".into(), text: text.into() }])
    }

    #[test]
    fn a_rule_keeps_its_name_and_its_words() {
        let imported = of(
            "extends: existence\nmessage: \"Don't use '%s'.\"\nlevel: suggestion\nignorecase: true\ntokens:\n  - foo\n  - 'ba[rz]'\nexceptions: [bazaar]\n",
        );
        let expected = r#"[[rule]]
id = "house/some_rule"
kind = "wording/forbid"
severity = "info"
message = "don't use {found}"
patterns = ['\b(?:foo|ba[rz])\b']
ignore-case = true
in-quotations = true
except = ["bazaar"]
"#;
        assert!(imported.pack.ends_with(expected), "{}", imported.pack);
        assert_eq!(imported.rules, ["house/some_rule"]);
    }

    #[test]
    fn what_cannot_be_carried_is_listed_with_its_reason() {
        let reason = |text: &str| of(text).left.remove(0).1;
        assert_eq!(reason("extends: script\n"), "it runs a program");
        assert_eq!(reason("message: x\n"), "it does not say which check it extends");
        assert!(reason("extends: existence\ntokens: ['a(b']\n").ends_with("cannot be used: unclosed group"));
        assert!(reason("extends: sequence\ntokens:\n  - tag: NN\n").contains("parts of speech"));
        assert!(reason("a: [\n").contains("line"));
        let pack = of("extends: metric\nformula: |\n  syllables / 2\ncondition: '> 3'\n").pack;
        assert!(pack.contains("# Not carried: house/some_rule: its formula asks for “syllables”"));
    }

    #[test]
    fn actions_become_corrections() {
        let rewrite = |action: &str| {
            let pack = of(&format!("extends: existence\ntokens: [x]\naction:\n{action}")).pack;
            pack.lines().find_map(|line| line.strip_prefix("rewrite = ").map(str::to_owned)).unwrap_or_default()
        };
        assert_eq!(rewrite("  name: remove\n"), r#"["(?s)^.*$", ""]"#);
        assert_eq!(rewrite("  name: edit\n  params: [trim_right, '!']\n"), r#"['[\!]+$', ""]"#);
        assert_eq!(rewrite("  name: edit\n  params: [regex, '-', ' ']\n"), r#"["-", " "]"#);
    }
}
