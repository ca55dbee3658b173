//! What may stand in a register: key tables, from which come the check of every value and the JSON Schema.

use crate::settings::{Key, Shape};

const NAMES: Shape = Shape::ByLanguage(&Shape::Text);
const LISTS: Shape = Shape::ByLanguage(&Shape::List(&Shape::Text));

const ID: Key = Key::new("id", Shape::Text, "A short name that other entries refer to.");
const ACCEPTED: Key = Key::new("accepted", LISTS, "Other ways of writing it that are allowed.");
const REJECTED: Key = Key::new("rejected", LISTS, "Ways of writing it that are not allowed.");
const ACRONYM: Key = Key::new("acronym", LISTS, "Its abbreviation.");
const FROM: Key = Key::new("from", Shape::Date, "First day, inclusive.");
const UNTIL: Key = Key::new("until", Shape::Date, "Last day, inclusive.");
const SOURCE: Key = Key::new("source", Shape::Text, "Where the entry was taken from.");
const FORMER: Key =
    Key::new("former", Shape::List(&Shape::Table(FORMER_KEYS)), "Earlier names, each with its last day.");

const FORMER_KEYS: &[Key] =
    &[Key::required("name", LISTS, "The earlier name."), Key::new("acronym", LISTS, "Its abbreviation."), FROM, UNTIL];

const ROLE_KEYS: &[Key] = &[
    Key::new("organisation", Shape::Text, "The id of the organisation where the post is held."),
    Key::required("title", LISTS, "The title of the post; the first of a language is the one to write."),
    FROM,
    UNTIL,
];

const GENDERS: Shape = Shape::ByLanguage(&Shape::OneOf(&["feminine", "masculine"]));

const ORGANISATION: &[Key] = &[
    ID,
    Key::required("name", NAMES, "The official name, exactly as the body writes it."),
    ACCEPTED,
    REJECTED,
    ACRONYM,
    Key::new("known", Shape::Bool, "true: the abbreviation needs no expansion."),
    Key::new("standing", Shape::Bool, "true: a standing body, whose sessions are counted and never the body itself."),
    FROM,
    UNTIL,
    FORMER,
    SOURCE,
];

const PERSON: &[Key] = &[
    ID,
    Key::required("name", NAMES, "The full name."),
    Key::new("family", LISTS, "The family name, as it stands alone at later mentions."),
    Key::new("gender", GENDERS, "Gender of titles and participles, for languages that inflect them."),
    ACCEPTED,
    REJECTED,
    Key::new("email", Shape::Text, "The address that contact blocks give."),
    Key::new("role", Shape::List(&Shape::Table(ROLE_KEYS)), "The posts held, each with its days."),
    FORMER,
    FROM,
    UNTIL,
    SOURCE,
];

const WORK: &[Key] = &[
    ID,
    Key::required("title", NAMES, "The official title."),
    Key::new("symbol", Shape::Text, "The document symbol."),
    ACRONYM,
    ACCEPTED,
    REJECTED,
    FROM,
    UNTIL,
    SOURCE,
];

const TERM: &[Key] =
    &[ID, Key::required("name", NAMES, "The approved term."), ACCEPTED, REJECTED, ACRONYM, FROM, UNTIL, SOURCE];

const BOILERPLATE: &[Key] = &[
    ID,
    Key::new("organisation", Shape::Text, "The id of the organisation that the text is about."),
    Key::new("heading", NAMES, "The heading it stands under."),
    Key::required("text", NAMES, "The approved text."),
    FROM,
    UNTIL,
    SOURCE,
];

/// The keys of a register.
pub const REGISTER_KEYS: &[Key] = &[
    Key::new("title", Shape::Text, "What the register holds, in a few words."),
    Key::new("organisation", Shape::List(&Shape::Table(ORGANISATION)), "Organisations and their organs."),
    Key::new("person", Shape::List(&Shape::Table(PERSON)), "People."),
    Key::new("work", Shape::List(&Shape::Table(WORK)), "Resolutions, treaties, reports: titles that are quoted."),
    Key::new("term", Shape::List(&Shape::Table(TERM)), "Approved terms."),
    Key::new("boilerplate", Shape::List(&Shape::Table(BOILERPLATE)), "Approved “About …” texts."),
];
