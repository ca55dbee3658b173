//! Proofs: that a page shows both texts whole, every finding once, and nothing that a draft could do harm with.

use copydesk::document::{LanguageReason, ReadOptions};
use copydesk::engine::{Draft, Project, Settings};
use copydesk::proof::{Kind, Proof, Section, html};
use copydesk::source::Source;
use html5gum::{Token, Tokenizer};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

fn project() -> Project {
    let mut settings = Settings::default();
    settings.add_builtin();
    Project::new(settings).0
}

fn draft(path: &str, tag: &str, text: &str) -> Draft {
    Draft {
        source: Arc::new(Source::from_text(path, text)),
        options: ReadOptions { language: vec![(tag.into(), LanguageReason::Path)], ..ReadOptions::default() },
        below: path.into(),
    }
}

fn proof(original: &str, translation: &str) -> Proof {
    project().proof(&[draft("a.en.md", "en", original), draft("a.fr.md", "fr", translation)]).0
}

fn only(proof: &Proof) -> &Section {
    assert_eq!(proof.sections.len(), 1);
    &proof.sections[0]
}

fn page(proofs: &[Proof]) -> String {
    let mut out = Vec::new();
    html(proofs, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("UTF-8")
}

/// What a page consists of: every element with its attributes, and the text between them. Panics where elements do not nest.
struct Parts {
    elements: Vec<(String, BTreeMap<String, String>)>,
    text: String,
}

fn parts(page: &str) -> Parts {
    let utf8 = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (mut elements, mut text, mut open) = (Vec::new(), String::new(), Vec::new());
    for token in Tokenizer::new(page) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = utf8(&tag.name);
                let attributes = tag.attributes.iter().map(|(key, value)| (utf8(key), utf8(value))).collect();
                if !["meta", "input", "col", "br", "wbr"].contains(&name.as_str()) {
                    open.push(name.clone());
                }
                elements.push((name, attributes));
            }
            Token::EndTag(tag) => assert_eq!(open.pop(), Some(utf8(&tag.name)), "elements nest"),
            Token::String(words) => text.push_str(&utf8(&words)),
            Token::Doctype(_) => {}
            other => unreachable!("a page has no {other:?}"),
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    Parts { elements, text }
}

/// Holds a page to what every proof keeps: known elements and attributes alone, no script, ids once, links that lead somewhere.
fn is_sound(page: &str) -> Parts {
    let parts = parts(page);
    let elements = [
        "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "nav", "section", "fieldset",
        "legend", "input", "label", "h1", "h2", "h3", "p", "b", "a", "span", "div", "ol", "li", "details", "summary",
        "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "bdi", "code", "em", "strong", "sup", "mark",
        "kbd", "wbr",
    ];
    let attributes = [
        "aria-hidden",
        "aria-label",
        "aria-labelledby",
        "charset",
        "checked",
        "class",
        "content",
        "data-label",
        "dir",
        "for",
        "href",
        "http-equiv",
        "id",
        "lang",
        "name",
        "rel",
        "role",
        "scope",
        "tabindex",
        "title",
        "type",
    ];
    let (mut ids, mut links) = (BTreeSet::new(), BTreeSet::new());
    for (name, given) in &parts.elements {
        assert!(elements.contains(&name.as_str()), "<{name}>");
        for (key, value) in given {
            assert!(attributes.contains(&key.as_str()), "<{name} {key}>");
            match key.as_str() {
                "id" => assert!(ids.insert(value.clone()), "the id {value} stands twice"),
                "href" if value.starts_with('#') => drop(links.insert(value[1..].to_owned())),
                "href" => {
                    let safe = ["https://", "http://", "mailto:"].iter().any(|scheme| value.starts_with(scheme));
                    assert!(safe && name == "a", "{value}");
                }
                _ => {}
            }
        }
    }
    let lost: Vec<_> = links.difference(&ids).collect();
    assert!(lost.is_empty(), "links that lead nowhere: {lost:?}");
    assert!(!page.contains("url(") && !page.contains("@import"), "nothing is loaded");
    parts
}

const ENGLISH: &str = "---\ntitle: The harbour opens\n---\nThe harbour opens on Wednesday, 15 May 2024, at a cost of €1,250.\n\n\
“We waited long for this day,” said the mayor of the town, who had come by boat with 45 guests.\n\n\
The lamps of the harbour burn since 1811 and were lit by 12 keepers, who are thanked for 213 years of work.\n\n\
- the first pier is for fish;\n- the second pier is for guests.\n\nSee [the plan](https://harbour.example.org/en/plan).\n";

const FRENCH: &str = "---\ntitle: Le port ouvre\n---\nLe port ouvre le jeudi 16 mai 2024, pour un coût de 1 250 €.\n\n\
« Nous avons longtemps attendu ce jour », a dit le maire de la ville, venu en bateau avec 45 invités.\n\n\
- la première jetée est pour le poisson ;\n- la deuxième jetée est pour les invités.\n\n\
Voir [le plan](https://harbour.example.org/fr/plan).\n";

#[test]
fn passages_findings_and_what_agrees_are_told() {
    let proof = proof(ENGLISH, FRENCH);
    let section = only(&proof);
    assert_eq!(proof.title, "The harbour opens");
    let shown = |row: usize| {
        section.rows[row].sides.each_ref().map(|side| side.iter().map(|p| p.text.as_str()).collect::<String>())
    };
    assert_eq!(section.rows[0].field.as_deref(), Some("title"));
    assert_eq!(shown(0), ["The harbour opens", "Le port ouvre"]);
    let gap = section.rows.iter().position(|row| row.sides[1].is_empty()).expect("a gap");
    assert!(shown(gap)[0].starts_with("The lamps"));
    // The finding about the gap stands beside it, and the one about the date beside its row.
    let at = |rule: &str| section.notes.iter().find(|note| note.rule == rule).and_then(|note| note.row);
    assert_eq!((at("parity/missing"), at("parity/date")), (Some(gap), Some(1)));
    let tally = |kind: Kind| {
        let tally = section.tallies.iter().find(|tally| tally.kind == kind).expect("told");
        (tally.both, tally.alone)
    };
    assert_eq!(tally(Kind::Passage), (section.rows.len() - 1, [1, 0]));
    // The year of the lamps is a figure, and the other day a date of its own.
    assert_eq!(tally(Kind::Date), (0, [1, 1]));
    assert_eq!(tally(Kind::Quotation), (1, [0, 0]));
    assert_eq!(tally(Kind::Link), (1, [0, 0]));
    let parts = is_sound(&page(&[proof]));
    let rel =
        |rel: &str| parts.elements.iter().filter(|(_, given)| given.get("rel").is_some_and(|is| is == rel)).count();
    assert!(
        rel("next") > 0 && rel("next") == rel("prev"),
        "every finding but the last leads on, every one but the first back"
    );
    assert!(parts.text.contains("not in the translation"));
}

#[test]
fn a_row_of_a_table_is_a_row_and_what_moved_says_where_it_stands() {
    let release = |parts: [&str; 5]| parts.join("\n\n") + "\n";
    let english = [
        "# The harbour opens on 3 May 2031",
        "The keepers of Norvale have counted 4,512 boats and 318 lamps, says the report NV/31/7 of 2 May 2030.",
        "The school has room for 27 pupils, who pay €950 each and come from 14 towns along the coast.",
        "| Pier | Boats | Since |\n|---|---|---|\n| North | 212 | 1911 |\n| South | 87 | 1924 |",
        "The next count is on 6 June 2032, at 9 a.m., and everyone with a boat may come and help with it.",
    ];
    let french = [
        "# Le port ouvre le 3 mai 2031",
        "Les gardiens de Norvale ont compté 4 512 bateaux et 318 lampes, dit le rapport NV/31/7 du 2 mai 2030.",
        "L’école accueille 27 élèves, qui paient 950 € chacun et viennent de 14 villes de la côte.",
        "| Jetée | Bateaux | Depuis |\n|---|---|---|\n| Nord | 212 | 1911 |\n| Sud | 87 | 1924 |",
        "Le prochain comptage a lieu le 6 juin 2032, à 9 heures, et quiconque a un bateau peut y aider.",
    ];
    let whole = proof(&release(english), &release(french));
    let section = only(&whole);
    assert_eq!(section.rows.len(), 7, "{:#?}", section.rows);
    assert!(section.rows[3..6].iter().all(|row| row.sides.iter().all(|side| side.len() == 3)));
    assert_eq!(section.notes, []);
    let [title, keepers, school, table, count] = french;
    let moved = proof(&release(english), &release([title, school, table, count, keepers]));
    let section = only(&moved);
    let here = section.rows.iter().position(|row| row.sides[1].is_empty()).expect("a gap");
    let there = section.rows.iter().position(|row| row.sides[0].is_empty()).expect("another");
    assert_eq!((section.rows[here].moved, section.rows[there].moved), (Some(there), Some(here)));
    let parts = is_sound(&page(&[moved]));
    assert!(parts.text.contains(&format!("stands in row {}", there + 1)));
    assert!(!parts.text.contains("not in the translation"));
}

#[test]
fn both_texts_are_whole_and_every_finding_is_told_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/releases/faulty");
    let read = |tag: &str| {
        let name = format!("charter.{tag}.md");
        draft(&name, tag, &std::fs::read_to_string(root.join(&name)).expect("a fixture"))
    };
    let drafts: Vec<Draft> = ["en", "ar", "de", "es", "fr", "ja", "ru", "zh"].map(read).into();
    let (proof, outcome) = project().proof(&drafts);
    assert_eq!(proof.sections.len(), 7);
    let mut told: Vec<(String, String)> = Vec::new();
    for section in &proof.sections {
        for (side, version) in section.versions.iter().enumerate() {
            assert_eq!(version.direction, if version.language.as_deref() == Some("ar") { "rtl" } else { "ltr" });
            let source =
                drafts.iter().find(|draft| draft.source.path() == version.path).expect("a draft").source.text();
            let shown: String = section.rows.iter().flat_map(|row| &row.sides[side]).map(|p| p.text.as_str()).collect();
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
            // Front matter and addresses of links are no prose; all else is there.
            let prose = source.split("---").nth(2).expect("a body");
            let bare: String = prose
                .split("](")
                .enumerate()
                .map(|(at, part)| match at {
                    0 => part,
                    _ => part.split_once(')').map_or(part, |(_, rest)| rest),
                })
                .collect();
            assert!(letters(&shown) >= letters(&bare), "{}: {} of {}", version.path, letters(&shown), letters(&bare));
        }
        told.extend(section.notes.iter().map(|note| (note.rule.clone(), note.place.clone())));
    }
    let mut found: Vec<(String, String)> = outcome
        .findings
        .iter()
        .map(|f| (f.rule.clone(), format!("{}:{}:{}", f.path, f.start.line, f.start.column)))
        .collect();
    told.sort();
    // What the original says otherwise than several versions is told beside each of them.
    told.dedup();
    found.sort();
    assert!(found.len() > 20, "the set is faulty");
    assert_eq!(told, found);
    let parts = is_sound(&page(&[proof]));
    let arabic =
        parts.elements.iter().filter(|(name, given)| name == "td" && given.get("dir").is_some_and(|dir| dir == "rtl"));
    assert!(arabic.count() > 10);
}

#[test]
fn a_hostile_draft_does_nothing() {
    let long = "a".repeat(20_000);
    let hostile = format!(
        "---\ntitle: '</title><script>alert(1)</script>'\n---\n# <img src=x onerror=alert(1)> \" onmouseover=\"alert(1)\n\n\
         Read [this](javascript:alert(1)), [that](JaVa&#115;cript:alert(2)), [a page](data:text/html,<script>1</script>), \
         [a quote](https://x.example/\"onclick=\"alert(3)) and [a file](file:///etc/passwd) on 15 May 2024.\n\n\
         Right to left: \u{202E}sdrawkcab\u{202C} and \u{200B}nothing\u{FEFF} with \u{1b}[31m colour on 16 May 2024.\n\n\
         `</code><script>alert(4)</script>` and ![</span><script>](javascript:alert(5)) and {long} in 2031.\n\n\
         <script>alert(6)</script>\n\n<a href=\"javascript:alert(7)\" onclick=\"alert(8)\">seven ways of 1,250 ships</a>\n\n\
         “An &lt;iframe&gt; opens ]]> --> <!-- in 1999 **and *overlaps** too* [^1]”\n\n[^1]: </table></body></html>\n"
    );
    let french = hostile.replace("15 May", "17 mai").replace("16 May", "16 mai").replace("1,250", "1 520");
    let page = page(&[proof(&hostile, &french)]);
    let parts = is_sound(&page);
    assert!(parts.text.contains("<script>alert(1)</script>"), "what it wrote is shown as words");
    assert!(!page.contains(['\u{202E}', '\u{200B}', '\u{FEFF}', '\u{1b}']), "nothing invisible is passed on");
    assert!(page.len() < 40 * hostile.len());
}

#[test]
fn texts_that_cannot_be_compared_are_shown_and_said_to_be() {
    for (original, translation, why) in [
        (ENGLISH, "", "no text"),
        ("", FRENCH, "the original has no text"),
        (ENGLISH, ENGLISH, "same text"),
        (ENGLISH, &ENGLISH.replace("lamps", "lights").replace("long", "years"), "language of the original"),
    ] {
        let proof = proof(original, translation);
        let section = only(&proof);
        assert!(section.obstacle.is_some_and(|obstacle| obstacle.contains(why)), "{:?}", section.obstacle);
        let parts = is_sound(&page(&[proof]));
        assert!(parts.text.contains(why));
        assert!(original.is_empty() || parts.text.contains("The lamps of the harbour burn"));
    }
}

#[test]
fn a_page_for_one_text_says_that_it_has_no_other() {
    let (proof, _) = project().proof(&[draft("a.en.md", "en", ENGLISH)]);
    assert!(proof.sections.is_empty());
    is_sound(&page(&[proof, Proof::default()]));
}

/// The pages of the other commands are made of the same parts.
#[test]
fn reports_and_fact_sheets_are_pages_that_let_nothing_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let hostile = "A <script>alert(1)</script> “quote that \u{202E}never ends on Tuesday, 15 May 2024 [x](javascript:alert(1)).\n";
    std::fs::write(folder.path().join("a.en.md"), hostile).expect("a file");
    for arguments in [["check", "--format=html", "--fail-on=never"], ["facts", "--format=html", "--quiet"]] {
        let run =
            Command::new(env!("CARGO_BIN_EXE_copydesk")).args(arguments).arg(".").current_dir(folder.path()).output();
        let page = String::from_utf8(run.expect("copydesk runs").stdout).expect("UTF-8");
        let parts = parts(&page);
        assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'"), "{arguments:?}");
        let active = ["script", "iframe", "img", "object", "embed", "link", "base", "form"];
        assert!(!parts.elements.iter().any(|(name, _)| active.contains(&name.as_str())), "{arguments:?}");
        assert!(!parts.elements.iter().any(|(_, given)| given.keys().any(|key| key.starts_with("on"))));
        assert!(!page.contains(['\u{202E}', '\u{1b}']) && !page.contains("href=\"javascript"));
    }
}
