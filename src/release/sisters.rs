//! Which files are language versions of one release, as their paths tell. Only paths are looked at; whoever calls has the disk.

use regex_automata::meta;
use std::collections::BTreeMap;

/// The patterns that hold where the configuration gives none.
pub const DEFAULT: &[&str] = &["{path}[.{lang}].{ext}", "{base}/{lang}/{path}", "{lang}/{path}"];

/// How paths tell languages in one project.
#[derive(Debug)]
pub struct Sisters {
    patterns: Vec<Pattern>,
    tags: Vec<String>,
    source: Option<String>,
}

/// What a path tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What sisters have in common: the pieces of the path but the language.
    pub key: String,
    /// The language tag, with `-` between its parts; `None` where the path leaves it out, which means the source language.
    pub language: Option<String>,
}

/// What front matter says of a file's sisters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claim {
    /// `translation-of`: the path of the original, as it lies below the project's root.
    pub original: Option<String>,
    /// `translationKey`: what all versions of one release share.
    pub key: Option<String>,
    /// Its language, where it says so.
    pub language: Option<String>,
}

/// A pattern such as `{path}[.{lang}].{ext}`.
#[derive(Debug)]
struct Pattern {
    parts: Vec<Part>,
    regex: meta::Regex,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(String),
    Name(String),
    /// May be absent.
    Optional(Vec<Part>),
}

impl Sisters {
    /// Patterns in their order, the language tags that count, and the language of originals. A pattern that cannot be read comes
    /// back with its index and the reason.
    pub fn new(patterns: &[&str], tags: &[&str], source: Option<&str>) -> (Self, Vec<(usize, String)>) {
        let (mut read, mut mistakes) = (Vec::new(), Vec::new());
        for (index, text) in patterns.iter().enumerate() {
            match Pattern::new(text, tags) {
                Ok(pattern) => read.push(pattern),
                Err(why) => mistakes.push((index, why)),
            }
        }
        let tags = tags.iter().map(|tag| tag.replace('_', "-")).collect();
        (Sisters { patterns: read, tags, source: source.map(str::to_owned) }, mistakes)
    }

    /// What a path tells: the first pattern that finds a language in it, else the first that fits at all.
    pub fn place(&self, path: &str) -> Option<Place> {
        let found = || self.patterns.iter().filter_map(|pattern| pattern.read(path));
        found().find(|(_, language)| language.is_some()).or_else(|| found().next()).map(|(pieces, language)| {
            // Pieces of different patterns agree where their names and values do.
            let key = pieces.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
            Place { key, language }
        })
    }

    /// The language that a path tells; the source language where it leaves it out and a sister shows that it could have one.
    pub fn language<'a>(&'a self, place: &'a Place, has_sisters: bool) -> Option<&'a str> {
        place.language.as_deref().or(self.source.as_deref().filter(|_| has_sisters))
    }

    /// The paths that sisters of this one would have.
    pub fn candidates(&self, path: &str) -> Vec<String> {
        let mut candidates = Vec::new();
        for pattern in &self.patterns {
            let Some((pieces, _)) = pattern.read(path) else { continue };
            for tag in self.tags.iter().map(|tag| Some(tag.as_str())).chain([None]) {
                candidates.extend(pattern.write(&pieces, tag).filter(|candidate| candidate != path));
            }
        }
        candidates.sort();
        candidates.dedup();
        candidates
    }

    /// Groups paths into releases: indices of sisters together, the original first; groups in the order of their first path.
    pub fn group(&self, paths: &[&str]) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<String, Vec<(usize, Option<Place>)>> = BTreeMap::new();
        for (index, path) in paths.iter().enumerate() {
            let place = self.place(path);
            let key = place.as_ref().map_or_else(|| format!("\0{path}"), |place| place.key.clone());
            groups.entry(key).or_default().push((index, place));
        }
        let mut groups: Vec<Vec<usize>> = groups
            .into_values()
            .map(|mut group| {
                group.sort_by_key(|(index, place)| (!self.is_original(place.as_ref()), paths[*index]));
                group.into_iter().map(|(index, _)| index).collect()
            })
            .collect();
        groups.sort_by_key(|group: &Vec<usize>| group.iter().min().copied());
        groups
    }

    /// Groups paths into releases as [`Sisters::group`] does, and puts those together that front matter pairs: a file with the original
    /// that it names, and files without sisters by their paths that share a key. `claims` are those of the paths.
    pub fn group_claimed(&self, paths: &[&str], claims: &[Claim]) -> Vec<Vec<usize>> {
        let mut groups = self.group(paths);
        let mut keyed: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for group in groups.iter().filter(|group| group.len() == 1) {
            if let Some(key) = claims.get(group[0]).and_then(|claim| claim.key.as_deref()) {
                keyed.entry(key).or_default().push(group[0]);
            }
        }
        let places: BTreeMap<&str, usize> = paths.iter().enumerate().map(|(at, path)| (*path, at)).collect();
        // Original and translation of every pair that is claimed.
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (at, claim) in claims.iter().enumerate() {
            let original = claim.original.as_deref().and_then(|path| places.get(path)).filter(|other| **other != at);
            pairs.extend(original.map(|original| (*original, at)));
        }
        for members in keyed.values().filter(|members| members.len() > 1) {
            let source = |at: &&usize| {
                let place = self.place(paths[**at]).and_then(|place| place.language);
                let said = claims[**at].language.clone().or(place);
                said.is_some()
                    && said.as_deref().map(str::to_lowercase) == self.source.as_deref().map(str::to_lowercase)
            };
            let original = members.iter().find(source).or_else(|| members.first()).copied();
            pairs.extend(
                original.iter().flat_map(|one| members.iter().map(move |at| (*one, *at))).filter(|(a, b)| a != b),
            );
        }
        let mut of = vec![0; paths.len()];
        groups.iter().enumerate().for_each(|(group, members)| members.iter().for_each(|at| of[*at] = group));
        for (original, translation) in pairs {
            let (Some(&into), Some(&from)) = (of.get(original), of.get(translation)) else { continue };
            if into != from {
                let moved = std::mem::take(&mut groups[from]);
                moved.iter().for_each(|at| of[*at] = into);
                groups[into].extend(moved);
            }
        }
        groups.retain(|group| !group.is_empty());
        groups
    }

    fn is_original(&self, place: Option<&Place>) -> bool {
        let language = place.and_then(|place| place.language.as_deref());
        match (language, self.source.as_deref()) {
            (None, _) => true,
            (Some(language), Some(source)) => language.eq_ignore_ascii_case(source),
            (Some(_), None) => false,
        }
    }
}

impl Pattern {
    fn new(text: &str, tags: &[&str]) -> Result<Self, String> {
        let parts = parse(text)?;
        let names = names(&parts);
        if names.iter().filter(|name| *name == "lang").count() != 1 {
            return Err("{lang} must stand in it once".into());
        }
        if let Some(twice) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            return Err(format!("{{{}}} stands in it twice", twice.1));
        }
        let mut longest_first: Vec<String> =
            tags.iter().map(|tag| regex::escape(tag).replace("\\-", "[-_]").replace('_', "[-_]")).collect();
        longest_first.sort_by_key(|tag| std::cmp::Reverse(tag.len()));
        // Without any tag nothing is a language; `[a&&b]` matches nothing. Tags are ASCII, which spares folding all of Unicode.
        let tags = if tags.is_empty() { "[a&&b]".to_owned() } else { longest_first.join("|") };
        let tags = format!("(?i-u:(?:{tags})(?:[-_][a-z0-9]{{2,8}})*)");
        let regex = format!("^{}$", expression(&parts, &tags));
        Ok(Pattern { parts, regex: compile(&regex).ok_or("it cannot be read")? })
    }

    /// The pieces of a path by name, and its language.
    fn read(&self, path: &str) -> Option<(BTreeMap<String, String>, Option<String>)> {
        let mut found = self.regex.create_captures();
        self.regex.captures(path, &mut found);
        let piece = |name: &str| path.get(found.get_group_by_name(name)?.range());
        let language = piece("lang").map(|tag| tag.replace('_', "-"));
        let named = found.group_info().pattern_names(found.pattern()?).flatten().filter(|name| *name != "lang");
        let pieces = named.filter_map(|name| Some((name.to_owned(), piece(name)?.to_owned())));
        Some((pieces.collect(), language))
    }

    /// The path with these pieces in a language; `None` where the pattern cannot write it.
    fn write(&self, pieces: &BTreeMap<String, String>, language: Option<&str>) -> Option<String> {
        fn put(
            parts: &[Part],
            pieces: &BTreeMap<String, String>,
            language: Option<&str>,
            out: &mut String,
        ) -> Option<()> {
            for part in parts {
                match part {
                    Part::Literal(text) => out.push_str(text),
                    Part::Name(name) if name == "lang" => out.push_str(language?),
                    Part::Name(name) => out.push_str(pieces.get(name)?),
                    Part::Optional(inner) => {
                        let before = out.len();
                        if put(inner, pieces, language, out).is_none() {
                            out.truncate(before);
                        }
                    }
                }
            }
            Some(())
        }
        let mut out = String::new();
        put(&self.parts, pieces, language, &mut out)?;
        Some(out)
    }
}

fn parse(text: &str) -> Result<Vec<Part>, String> {
    let mut stack: Vec<Vec<Part>> = vec![Vec::new()];
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let parts = stack.last_mut().ok_or("] without [")?;
        match first {
            '{' => {
                let end = rest.find('}').ok_or("{ without }")?;
                let name = &rest[1..end];
                if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    return Err(format!("“{name}” is no name for a piece of a path"));
                }
                parts.push(Part::Name(name.to_owned()));
                rest = &rest[end + 1..];
                continue;
            }
            '[' => stack.push(Vec::new()),
            ']' => {
                let inner = stack.pop().unwrap_or_default();
                stack.last_mut().ok_or("] without [")?.push(Part::Optional(inner));
            }
            _ => {
                let end = rest.find(['{', '[', ']']).unwrap_or(rest.len());
                parts.push(Part::Literal(rest[..end].to_owned()));
                rest = &rest[end..];
                continue;
            }
        }
        rest = &rest[1..];
    }
    match (stack.pop(), stack.is_empty()) {
        (Some(parts), true) => Ok(parts),
        _ => Err("[ without ]".into()),
    }
}

fn names(parts: &[Part]) -> Vec<String> {
    let mut all = Vec::new();
    for part in parts {
        match part {
            Part::Name(name) => all.push(name.clone()),
            Part::Optional(inner) => all.extend(names(inner)),
            Part::Literal(_) => {}
        }
    }
    all
}

/// An expression for short texts, without the automata that make long ones quick. It takes longer to make those than to read
/// all the paths of a run on one release.
fn compile(expression: &str) -> Option<meta::Regex> {
    let config = meta::Config::new().hybrid(false).dfa(false).onepass(false);
    meta::Builder::new().configure(config).build(expression).ok()
}

fn expression(parts: &[Part], tags: &str) -> String {
    let one = |part: &Part| match part {
        Part::Literal(text) => regex::escape(text),
        Part::Name(name) if name == "lang" => format!("(?P<lang>{tags})"),
        // Lazy, so that what may be absent is found where it can be.
        Part::Name(name) if name == "path" || name == "base" => format!("(?P<{name}>.+?)"),
        Part::Name(name) if name == "ext" => "(?P<ext>[^/.]+)".to_owned(),
        Part::Name(name) => format!("(?P<{name}>[^/]+?)"),
        Part::Optional(inner) => format!("(?:{})?", expression(inner, tags)),
    };
    parts.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAGS: &[&str] = &["en", "fr", "pt-BR", "ru", "is"];

    fn sisters() -> Sisters {
        Sisters::new(DEFAULT, TAGS, Some("en")).0
    }

    #[test]
    fn sisters_agree_in_all_but_the_language() {
        let paths =
            ["a.fr.md", "a.md", "b.md", "fr/c.md", "en/c.md", "news/en/d/e.txt", "news/pt_BR/d/e.txt", "a.fr.html"];
        let groups = sisters().group(&paths);
        assert_eq!(groups, [vec![1, 0], vec![2], vec![4, 3], vec![5, 6], vec![7]]);
    }

    #[test]
    fn front_matter_puts_files_together_that_paths_do_not() {
        let paths = ["news/harbour.md", "news/port.md", "a.md", "a.fr.md", "haven.md", "other.md"];
        let key = |key: &str, language: &str| Claim {
            key: Some(key.into()),
            language: Some(language.into()),
            ..Claim::default()
        };
        let claims = [
            key("one", "en"),
            key("one", "fr"),
            Claim::default(),
            Claim::default(),
            Claim { original: Some("a.md".into()), ..Claim::default() },
            Claim { original: Some("gone.md".into()), ..Claim::default() },
        ];
        assert_eq!(sisters().group_claimed(&paths, &claims), [vec![0, 1], vec![2, 3, 4], vec![5]]);
        // The original is the one in the source language, wherever it stands.
        let turned = [key("one", "fr"), key("one", "en")];
        assert_eq!(sisters().group_claimed(&["a/un.md", "b/one.md"], &turned), [vec![1, 0]]);
        let circle = |path: &str| Claim { original: Some(path.into()), ..Claim::default() };
        assert_eq!(
            sisters().group_claimed(&["x/p.md", "y/q.md"], &[circle("y/q.md"), circle("x/p.md")]).concat().len(),
            2
        );
    }

    #[test]
    fn a_path_tells_its_language() {
        let place = |path: &str| sisters().place(path).and_then(|place| place.language);
        assert_eq!(place("a.fr.md").as_deref(), Some("fr"));
        assert_eq!(place("news/pt_BR/a.md").as_deref(), Some("pt-BR"));
        assert_eq!(place("en/a.ru.md").as_deref(), Some("ru"));
        assert_eq!(place("FR/a.md").as_deref(), Some("FR"));
        assert_eq!(place("a.v2.md"), None);
        assert_eq!(place("work/a.md"), None);
        assert_eq!(place("fr-CA/a.md").as_deref(), Some("fr-CA"));
    }

    #[test]
    fn candidates_are_where_sisters_would_lie() {
        let named = sisters().candidates("news/a.fr.md");
        assert!(["news/a.md", "news/a.en.md", "news/a.pt-BR.md"].iter().all(|path| named.iter().any(|c| c == path)));
        assert!(!named.iter().any(|candidate| candidate == "news/a.fr.md"));
        assert!(sisters().candidates("fr/a.md").iter().any(|candidate| candidate == "en/a.md"));
    }

    #[test]
    fn mistakes_in_patterns_are_named() {
        let (_, mistakes) =
            Sisters::new(&["{path}", "{lang", "[{lang}", "{lang}]", "{Lang}/{lang}", "{lang}{lang}"], TAGS, None);
        let reasons: Vec<_> = mistakes.iter().map(|(_, why)| why.as_str()).collect();
        let no_name = "“Lang” is no name for a piece of a path";
        let lang = "{lang} must stand in it once";
        assert_eq!(reasons, [lang, "{ without }", "[ without ]", "] without [", no_name, lang]);
    }
}
