//! What may stand in copydesk.toml; the JSON Schema comes from here.

use crate::settings::{Key, Shape};

const LEVELS: Shape = Shape::OneOf(&["off", "info", "warning", "error"]);
const TEXTS: Shape = Shape::List(&Shape::Text);

const ENABLE: Key = Key::new("enable", TEXTS, "Rules that are off by default and are switched on, by their exact ids.");
const SEVERITY: Key = Key::new(
    "severity",
    Shape::Map(&LEVELS),
    "Severity of rules by id or pattern; an exact id beats a longer literal prefix, which beats a shorter one.",
);
const OPTIONS: Key = Key::new("options", Shape::Map(&Shape::Any), "Options of rules, a table for each rule id.");
const PROFILE: Key = Key::new("profile", TEXTS, "House profiles, such as un, eu or ap; later ones win.");
const REGISTERS: Key = Key::new("registers", TEXTS, "Register files, as paths or patterns.");

/// The keys of copydesk.toml.
pub const CONFIG_KEYS: &[Key] = &[
    Key::new("include", TEXTS, "What a draft is, as patterns of paths."),
    Key::new("exclude", TEXTS, "Paths that are no drafts, as patterns."),
    Key::new("packs", TEXTS, "Rule packs in their order; a rule id given again replaces the whole rule."),
    REGISTERS,
    PROFILE,
    ENABLE,
    Key::new(
        "fail-on",
        Shape::OneOf(&["error", "warning", "info", "never"]),
        "The least severity that makes a run fail.",
    ),
    Key::new("languages", Shape::Table(LANGUAGE_KEYS), "Languages of the project."),
    SEVERITY,
    OPTIONS,
    Key::new("files", Shape::List(&Shape::Table(FILE_KEYS)), "What holds for part of the tree."),
];

const LANGUAGE_KEYS: &[Key] = &[
    Key::new("source", Shape::Language, "The language of originals."),
    Key::new("published", Shape::List(&Shape::Language), "The languages every release must exist in."),
    Key::new("sisters", TEXTS, "How the paths of a release's language versions are built."),
];

const FILE_KEYS: &[Key] = &[
    Key::required("paths", TEXTS, "The files it is about, as patterns of paths."),
    Key::new("lang", Shape::Language, "The language of these files."),
    Key::new("stage", Shape::OneOf(&["draft", "final"]), "Whether these files are drafts or final texts."),
    PROFILE,
    REGISTERS,
    ENABLE,
    SEVERITY,
    OPTIONS,
];
