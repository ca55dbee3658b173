//! Which files are language versions of one release, as their paths tell. Only paths are looked at; whoever calls has the disk.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// The patterns that hold where the configuration gives none.
pub const DEFAULT: &[&str] = &["{path}[.{lang}].{ext}", "{base}/{lang}/{path}", "{lang}/{path}"];

/// How paths tell languages in one project.
#[derive(Debug)]
pub struct Sisters {
    patterns: Vec<Pattern>,
    tags: Vec<String>,
    /// The same, in lower case.
    known: HashSet<String>,
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

/// A path that a sister would have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// What stands before the language tag and after it.
    Gap(String, String),
    /// One without a language.
    Path(String),
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
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Literal(String),
    Name(String),
    /// What stands up to this step may be absent.
    Optional(usize),
}

/// More steps than this are no pattern of paths.
const STEPS: usize = 64;

impl Sisters {
    /// Patterns in their order, the language tags that count, and the language of originals. A pattern that cannot be read comes
    /// back with its index and the reason.
    pub fn new(patterns: &[&str], tags: &[&str], source: Option<&str>) -> (Self, Vec<(usize, String)>) {
        let (mut read, mut mistakes) = (Vec::new(), Vec::new());
        for (index, text) in patterns.iter().enumerate() {
            match Pattern::new(text) {
                Ok(pattern) => read.push(pattern),
                Err(why) => mistakes.push((index, why)),
            }
        }
        let tags: Vec<String> = tags.iter().map(|tag| tag.replace('_', "-")).collect();
        let known = tags.iter().map(|tag| tag.to_ascii_lowercase()).collect();
        (Sisters { patterns: read, tags, known, source: source.map(str::to_owned) }, mistakes)
    }

    /// What a path tells: the first pattern that finds a language in it, else the first that fits at all.
    pub fn place(&self, path: &str) -> Option<Place> {
        let found = || self.patterns.iter().filter_map(|pattern| pattern.read(path, &self.known));
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

    /// Whether a piece of a path is a language tag that counts.
    pub fn is_tag(&self, piece: &str) -> bool {
        self.known.contains(&piece.replace('_', "-").to_ascii_lowercase())
    }

    /// The paths that sisters of this one would have, but for the languages.
    pub fn frames(&self, path: &str) -> Vec<Frame> {
        // A character that no path has stands for the language.
        let gap = "\0";
        let mut frames = Vec::new();
        for pattern in &self.patterns {
            let Some((pieces, _)) = pattern.read(path, &self.known) else { continue };
            let written = [pattern.write(&pieces, Some(gap)), pattern.write(&pieces, None)];
            frames.extend(written.into_iter().flatten().map(|path| match path.split_once(gap) {
                Some((before, after)) => Frame::Gap(before.to_owned(), after.to_owned()),
                None => Frame::Path(path),
            }));
        }
        frames
    }

    /// The paths that sisters of this one would have, in every language.
    pub fn candidates(&self, path: &str) -> Vec<String> {
        let written = |frame| match frame {
            Frame::Gap(before, after) => self.tags.iter().map(|tag| format!("{before}{tag}{after}")).collect(),
            Frame::Path(path) => vec![path],
        };
        let mut candidates: Vec<String> = self.frames(path).into_iter().flat_map(written).collect();
        candidates.retain(|candidate| candidate != path);
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
    fn new(text: &str) -> Result<Self, String> {
        let steps = parse(text)?;
        if steps.len() > STEPS {
            return Err(format!("it has more than {STEPS} pieces"));
        }
        let names: Vec<&String> =
            steps.iter().filter_map(|step| if let Step::Name(name) = step { Some(name) } else { None }).collect();
        if names.iter().filter(|name| **name == "lang").count() != 1 {
            return Err("{lang} must stand in it once".into());
        }
        if let Some(twice) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            return Err(format!("{{{}}} stands in it twice", twice.1));
        }
        Ok(Pattern { steps })
    }

    /// The pieces of a path by name, and its language.
    fn read(&self, path: &str, known: &HashSet<String>) -> Option<(BTreeMap<String, String>, Option<String>)> {
        let mut walk = Walk { steps: &self.steps, path, known, pieces: Vec::new(), dead: vec![0; path.len() + 1] };
        if !walk.fits(0, 0) {
            return None;
        }
        let mut pieces: BTreeMap<String, String> =
            walk.pieces.iter().map(|(name, range)| ((*name).to_owned(), path[range.clone()].to_owned())).collect();
        let language = pieces.remove("lang").map(|tag| tag.replace('_', "-"));
        Some((pieces, language))
    }

    /// The path with these pieces in a language; `None` where the pattern cannot write it.
    fn write(&self, pieces: &BTreeMap<String, String>, language: Option<&str>) -> Option<String> {
        let (mut out, mut at) = (String::new(), 0);
        // Where what may be absent ends, and where it began in the path.
        let mut open: Vec<(usize, usize)> = Vec::new();
        while let Some(step) = self.steps.get(at) {
            open.retain(|(end, _)| *end > at);
            at += 1;
            match step {
                Step::Literal(text) => out.push_str(text),
                Step::Optional(end) => open.push((*end, out.len())),
                Step::Name(name) => {
                    match if name == "lang" { language } else { pieces.get(name).map(String::as_str) } {
                        Some(piece) => out.push_str(piece),
                        None => {
                            let (end, length) = open.pop()?;
                            out.truncate(length);
                            at = end;
                        }
                    }
                }
            }
        }
        Some(out)
    }
}

/// A pattern on its way through a path.
struct Walk<'a> {
    steps: &'a [Step],
    path: &'a str,
    known: &'a HashSet<String>,
    /// The pieces so far.
    pieces: Vec<(&'a str, Range<usize>)>,
    /// By byte, the steps that cannot go on from there, a bit each: none is tried there again.
    dead: Vec<u64>,
}

impl<'a> Walk<'a> {
    /// Whether the steps from `at` on fit the path from `from` on to its end.
    fn fits(&mut self, at: usize, from: usize) -> bool {
        // There is one place more than steps: past the last, which needs no remembering.
        let bit = 1_u64.checked_shl(at as u32).unwrap_or(0);
        if self.dead[from] & bit != 0 {
            return false;
        }
        let (steps, path) = (self.steps, self.path);
        let rest = &path[from..];
        let fits = match steps.get(at) {
            None => rest.is_empty(),
            Some(Step::Literal(text)) => rest.starts_with(text.as_str()) && self.fits(at + 1, from + text.len()),
            Some(Step::Optional(end)) => self.fits(at + 1, from) || self.fits(*end, from),
            Some(Step::Name(name)) if name == "lang" => {
                let ends = tag_ends(rest, self.known);
                ends.into_iter().rev().any(|length| self.takes(at, name, from..from + length))
            }
            // The shortest first, so that what may be absent is found where it can be.
            Some(Step::Name(name)) => {
                let barred: &[char] = match name.as_str() {
                    "path" | "base" => &[],
                    "ext" => &['/', '.'],
                    _ => &['/'],
                };
                let most = rest.find(barred).unwrap_or(rest.len());
                let mut lengths = rest[..most].char_indices().map(|(at, c)| at + c.len_utf8());
                lengths.any(|length| self.takes(at, name, from..from + length))
            }
        };
        if !fits {
            self.dead[from] |= bit;
        }
        fits
    }

    /// Whether a piece may be this range; it is kept where the rest fits.
    fn takes(&mut self, at: usize, name: &'a str, range: Range<usize>) -> bool {
        self.pieces.push((name, range.clone()));
        let fits = self.fits(at + 1, range.end);
        if !fits {
            self.pieces.pop();
        }
        fits
    }
}

/// Where a language tag that begins a text may end, the shortest first: a known tag, and known tags with more subtags.
fn tag_ends(text: &str, known: &HashSet<String>) -> Vec<usize> {
    let word = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next().unwrap_or_default();
    let tag = word.to_ascii_lowercase().replace('_', "-");
    let (mut ends, mut is_tag, mut end) = (Vec::new(), false, 0);
    for subtag in tag.split('-') {
        end += subtag.len();
        is_tag = known.contains(&tag[..end]) || is_tag && (2..=8).contains(&subtag.len());
        if is_tag {
            ends.push(end);
        }
        end += 1;
    }
    ends
}

fn parse(text: &str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '{' => {
                let end = rest.find('}').ok_or("{ without }")?;
                let name = &rest[1..end];
                if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    return Err(format!("“{name}” is no name for a piece of a path"));
                }
                steps.push(Step::Name(name.to_owned()));
                end + 1
            }
            '[' => {
                open.push(steps.len());
                steps.push(Step::Optional(0));
                1
            }
            ']' => {
                let begun = open.pop().ok_or("] without [")?;
                steps[begun] = Step::Optional(steps.len());
                1
            }
            _ => {
                let end = rest.find(['{', '[', ']']).unwrap_or(rest.len());
                steps.push(Step::Literal(rest[..end].to_owned()));
                end
            }
        };
        rest = &rest[length..];
    }
    if open.is_empty() { Ok(steps) } else { Err("[ without ]".into()) }
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
