//! Readers against drafts: what is a block, what it says, and that every byte has its place.

use super::*;
use proptest::prelude::*;

fn documents(path: &str, text: &str) -> Vec<Document> {
    read(&Source::from_text(path, text), SourceId(0), &ReadOptions::default())
}

/// The kinds and texts of a document's blocks.
fn blocks(path: &str, text: &str) -> Vec<(BlockKind, String)> {
    let document = documents(path, text).remove(0);
    document.blocks.iter().map(|block| (block.kind, document.block_text(block).to_owned())).collect()
}

fn texts(path: &str, text: &str) -> Vec<String> {
    blocks(path, text).into_iter().map(|(_, text)| text).collect()
}

#[test]
fn markdown_is_read_as_blocks() {
    let text = "# The *title*\n\nOne line\nand the next, with `code` and [a link](https://x.example).\n\n- first\n- second\n\n  \
                more\n\n1. one\n\n| a | b |\n|---|---|\n| c | d |\n\n> quoted &amp; said\n\n```\nnot prose\n```\n\n![alt text](x.png)\n";
    let found = blocks("a.md", text);
    let expected = [
        (BlockKind::Title, "The title"),
        (BlockKind::Paragraph, "One line and the next, with \u{FFFC} and a link."),
        (BlockKind::ListItem, "first"),
        (BlockKind::ListItem, "second"),
        (BlockKind::Paragraph, "more"),
        (BlockKind::ListItem, "one"),
        (BlockKind::TableCell, "a"),
        (BlockKind::TableCell, "b"),
        (BlockKind::TableCell, "c"),
        (BlockKind::TableCell, "d"),
        (BlockKind::Paragraph, "quoted & said"),
        (BlockKind::Opaque, ""),
        (BlockKind::Paragraph, "\u{FFFC}"),
        (BlockKind::Caption, "alt text"),
    ];
    let expected: Vec<_> = expected.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect();
    assert_eq!(found, expected);
}

#[test]
fn what_is_struck_out_is_no_prose() {
    let struck = "The gate opens \u{FFFC} on Tuesday.";
    assert_eq!(texts("a.md", "The gate opens ~~on **Monday**~~ on Tuesday.\n"), [struck]);
    assert_eq!(texts("a.md", "The gate opens <del>on *Monday*</del> on Tuesday.\n\nNew.\n"), [struck, "New."]);
    assert_eq!(texts("a.html", "<p>The gate opens <s>on <b>Monday</b></s> on Tuesday.</p>"), [struck]);
    // A tag that was never closed ends with its block; some tildes say “about”.
    assert_eq!(texts("a.md", "It <s>opens.\n\nNew.\n"), ["It \u{FFFC}", "New."]);
    assert_eq!(texts("a.html", "<p>It <s>opens.</p><p>New.</p>"), ["It \u{FFFC}", "New."]);
    assert_eq!(texts("a.html", "<del><p>Old.</p><p>Older.</p></del><p>New.</p>"), ["\u{FFFC}", "New."]);
    assert_eq!(texts("a.md", "From ~5 to ~6 boats.\n"), ["From ~5 to ~6 boats."]);
}

#[test]
fn lines_that_end_a_text_are_no_headings_and_no_lists() {
    for mark in ["###", "# # #", "-30-", "- 30 -", "ENDE", "– ENDS –", "-FIN-"] {
        let document = documents("a.md", &format!("# The gate\n\nIt opens.\n\n{mark}\n\nAsk us.\n")).remove(0);
        let parts: Vec<Part> = document.blocks.iter().map(|block| block.part).collect();
        assert_eq!(parts, [Part::Head, Part::Body, Part::EndMark, Part::Notes], "{mark}");
    }
    // Near the top it is a heading without words.
    let long = format!("# The week\n\nNews.\n\n###\n\n{}", "The gate opens in the harbour.\n\n".repeat(9));
    let document = documents("a.md", &long).remove(0);
    assert!(document.blocks.iter().all(|block| block.part != Part::EndMark && block.part != Part::Notes));
}

#[test]
fn no_edit_takes_away_the_tag_that_stands_in_a_blank() {
    let document = documents("a.md", "The gate <town> opens <b>in</b> May, too.\n").remove(0);
    let blank = document.text.find(" opens").expect("is there");
    assert_eq!(document.map.to_source(blank..blank + 1), 8..16);
    assert_eq!(document.map.to_source_whole(blank..blank + 1), None);
    let plain = document.text.find(" too").expect("is there");
    assert_eq!(document.map.to_source_whole(plain..plain + 1).map(|range| range.len()), Some(1));
}

#[test]
fn the_name_of_a_file_is_no_caption() {
    assert_eq!(texts("a.md", "![Gate of the Harbour 2 final.JPG](x.jpg)\n"), ["\u{FFFC}"]);
}

#[test]
fn spans_lead_back_through_markup() {
    let text = "A *bold* word &amp; more,\nwrapped.\n";
    let document = documents("a.md", text).remove(0);
    let at = document.text.find("bold").expect("there");
    assert_eq!(&text[document.span_of(at..at + 4).range()], "bold");
    let at = document.text.find('&').expect("there");
    assert_eq!(&text[document.span_of(at..at + 1).range()], "&amp;");
    let at = document.text.find("more, wrapped").expect("there");
    assert_eq!(&text[document.span_of(at..at + 13).range()], "more,\nwrapped");
    let link = documents("a.md", "See [here](https://x.example/a).\n").remove(0);
    let InlineKind::Link { target, source } = &link.inlines[0].kind else { unreachable!("a link") };
    assert_eq!((target.as_str(), source.clone()), ("https://x.example/a", 11..30));
}

#[test]
fn front_matter_has_fields_and_prose() {
    let text = "---\ntitle: \"The \\\"new\\\" text\"\ndate: 2012-07-09 # a day\nlang: fr\n# stet a/b: so\ndescription: >\n  Folded\n  \
                text\ntags: [one, two]\nimage:\n  alt: A harbour\n---\nBody.\n";
    let document = documents("a.md", text).remove(0);
    let value = |name: &str| document.field(name).map(|field| field.value.as_str());
    assert_eq!(value("date"), Some("2012-07-09"));
    assert_eq!(value("tags"), Some("one"));
    assert_eq!(value("image.alt"), Some("A harbour"));
    assert_eq!(document.language.tag.as_deref(), Some("fr"));
    let shown: Vec<_> = document.blocks.iter().map(|block| (block.kind, document.block_text(block))).collect();
    assert_eq!(
        shown,
        [
            (BlockKind::Title, "The \"new\" text"),
            (BlockKind::FrontMatter, "Folded text"),
            (BlockKind::FrontMatter, "A harbour"),
            (BlockKind::Paragraph, "Body."),
        ]
    );
    assert_eq!((document.comments[0].text.as_str(), document.comments[0].before), ("stet a/b: so", 1));
}

/// The prose of front matter as blocks, and what of it cannot be read as the words underlined.
fn front_matter(text: &str) -> (Vec<String>, Vec<String>) {
    let document = documents("a.md", text).remove(0);
    let blocks = document.blocks.iter().filter(|block| block.part == Part::FrontMatter);
    let texts = blocks.map(|block| {
        // What is exact in the map must lead back to the same words.
        for piece in document.map.pieces().iter().filter(|piece| piece.exact) {
            assert_eq!(&document.text[piece.text..piece.text + piece.len], &text[piece.source.clone()]);
        }
        document.block_text(block).to_owned()
    });
    let underlined = document.problems.iter().map(|problem| text[problem.primary.span.range()].to_owned());
    (texts.collect(), underlined.collect())
}

/// A date that begins with its day or year and a stop is what CommonMark takes for a list.
#[test]
fn a_date_that_stands_alone_is_no_list() {
    let kinds = |format, text: &str| {
        let source = Source::from_text("a", text);
        let options = ReadOptions { format, ..ReadOptions::default() };
        let document = read(&source, SourceId(0), &options).remove(0);
        let blocks = document.blocks.iter().filter(|block| block.kind != BlockKind::Title);
        blocks.map(|block| (block.kind, block.part, document.block_text(block).to_owned())).collect::<Vec<_>>()
    };
    for (format, mark) in [(Format::Markdown, "# "), (Format::Plain, "")] {
        for date in ["12. Juli 2012", "2012. j\u{fa}lius 12."] {
            let found = kinds(Some(format), &format!("{mark}Titel\n\n{date}\n\nDer Rat tagte gestern in Genf.\n"));
            assert!(found.contains(&(BlockKind::Paragraph, Part::Masthead, date.to_owned())), "{format:?}: {found:?}");
        }
    }
    for list in ["12. Juli 2012\n13. August 2012", "1. Erster Punkt", "3. Juli", "12. Juli 2012 und mehr"] {
        let found = kinds(Some(Format::Markdown), list);
        assert!(found.iter().all(|(kind, ..)| *kind == BlockKind::ListItem), "{list}: {found:?}");
    }
}

#[test]
fn front_matter_is_read_through_quoting_folding_and_lists() {
    let text = "---\ntitle: 'It''s caf\u{e9}'\nsummary: \"A \\u00e9t\\xe9 \\\"x\\\"\"\ndescription: |\n  # One\n\n  two\nexcerpt: plain words\n  go \
                on\nauthors:\n- name: x\n  summary: Deep words\n- Second\nauthor: [One Name, 'Two Names']\n---\nBody.\n";
    let (texts, underlined) = front_matter(text);
    let expected = [
        "It's caf\u{e9}",
        "A \u{e9}t\u{e9} \"x\"",
        "# One two",
        "plain words go on",
        "Deep words",
        "Second",
        "One Name",
        "Two Names",
    ];
    assert_eq!(texts, expected);
    assert!(underlined.is_empty(), "{underlined:?}");
    let unindented = "---\nsummary: \"First words \nand the rest.\"\ntitle: T\n---\nBody.\n";
    assert_eq!(front_matter(unindented), (vec!["First words and the rest.".to_owned(), "T".to_owned()], vec![]));
    let toml = "+++\ntitle = \"A \\\"b\\\"\"\nother = 1\n[extra]\nsummary = '''Three\nwords'''\n+++\nBody.\n";
    assert_eq!(front_matter(toml).0, ["A \"b\"", "Three words"]);
}

#[test]
fn a_mistake_in_front_matter_costs_one_entry_and_is_underlined() {
    let (texts, underlined) =
        front_matter("---\ntitle: One: two\nsummary: Words\ndate: [\nexcerpt: More\n---\nBody.\n");
    assert_eq!(texts, ["One: two", "Words", "More"]);
    assert_eq!(underlined, [":", "date: ["]);
    let (texts, underlined) = front_matter("+++\ntitle = One\nsummary = 'Words'\n+++\nBody.\n");
    assert_eq!((texts, underlined.len()), (vec!["One".to_owned(), "Words".to_owned()], 1));
    assert_eq!(front_matter("---\ndate: soon\n---\nBody.\n").1, ["soon"]);
    assert_eq!(front_matter("---\ndate: 2024-05-14\nnested:\n  date: soon\n---\nBody.\n").1, Vec::<String>::new());
    assert_eq!(front_matter("---\ndate: {{ now }}\n---\nBody.\n").1, Vec::<String>::new());
    // A text between two thematic breaks is no front matter.
    assert_eq!(front_matter("---\nWords that stand alone\n---\nBody.\n"), (vec![], vec![]));
}

#[test]
fn comments_and_html_inside_markdown() {
    let text = "One.\n\n<!-- stet a/b: so -->\n\nTwo.\n\n<div><p>Three &eacute;</p></div>\n";
    let document = documents("a.md", text).remove(0);
    assert_eq!(texts("a.md", text), ["One.", "Two.", "Three é"]);
    assert_eq!((document.comments[0].text.as_str(), document.comments[0].before), ("stet a/b: so", 1));
}

#[test]
fn templates_are_opaque() {
    assert_eq!(
        texts("a.md", "See {{< figure src=\"x\" >}} and {% include a %} now.\n"),
        ["See \u{FFFC} and \u{FFFC} now."]
    );
}

#[test]
fn html_is_read_as_blocks() {
    let text = "<html lang=\"fr\"><head><title>Un titre</title><script>x = 'y'</script></head><body><h1>Un titre</h1><p>Deux\n \
                <b>mots</b>&nbsp;: <a href=\"x.html\">ici</a>.<ul><li>un<li>deux</ul></body></html>";
    let document = documents("a.html", text).remove(0);
    let shown: Vec<_> = texts("a.html", text).into_iter().filter(|text| !text.is_empty()).collect();
    assert_eq!(shown, ["Un titre", "Un titre", "Deux mots\u{A0}: ici.", "un", "deux"]);
    assert_eq!(document.language.tag.as_deref(), Some("fr"));
    let link = document.inlines.iter().find_map(|inline| match &inline.kind {
        InlineKind::Link { target, source } => Some((target.as_str(), &text[source.clone()])),
        _ => None,
    });
    assert_eq!(link, Some(("x.html", "x.html")));
}

const RELEASES: &str = "Harbour Council Welcomes the\n\n\nAdoption of the Text\n\n\n9 July 2012\n\n\n[Port Ellen, 9 July 2012] -- The \
Harbour Council welcomes the text, which was adopted after a long debate in which many took the floor and some of them twice, as the \
President said, in the old customs house by the sea.\n\n- one\n- two\n\nAbout the Harbour Council\n\nThe Council is old.\n\n\n\nA Second \
Text\nfor the Harbour\n\n\nThe Council says more, and at such a length that nobody would take the line for anything but a paragraph of the \
text, however short of sleep the reader is who has to divide one release from the next by its look alone, and on a Monday.\n";

#[test]
fn plain_text_has_the_shape_of_a_release() {
    let documents = documents("a.txt", RELEASES);
    assert_eq!(documents.len(), 2);
    let shown: Vec<_> = documents[0]
        .blocks
        .iter()
        .map(|block| (block.kind, block.part, documents[0].block_text(block).chars().take(28).collect::<String>()))
        .collect();
    let expected = [
        (BlockKind::Title, Part::Head, "Harbour Council Welcomes the"),
        (BlockKind::Paragraph, Part::Masthead, "9 July 2012"),
        (BlockKind::Paragraph, Part::Body, "[Port Ellen, 9 July 2012] --"),
        (BlockKind::ListItem, Part::Body, "one"),
        (BlockKind::ListItem, Part::Body, "two"),
        (BlockKind::Heading(2), Part::Boilerplate, "About the Harbour Council"),
        (BlockKind::Paragraph, Part::Boilerplate, "The Council is old."),
    ];
    assert_eq!(shown, expected.map(|(kind, part, text)| (kind, part, text.to_owned())));
    assert_eq!(documents[0].block_text(&documents[0].blocks[0]), "Harbour Council Welcomes the Adoption of the Text");
    assert_eq!(documents[1].block_text(&documents[1].blocks[0]), "A Second Text for the Harbour");
    assert_eq!(documents[0].language.tag.as_deref(), Some("en"));
}

#[test]
fn plain_comments_are_no_text() {
    let document = documents("a.txt", "One.\n\n%% stet a/b: so\nTwo.\n").remove(0);
    assert_eq!(texts("a.txt", "One.\n\n%% stet a/b: so\nTwo.\n"), ["One.", "Two."]);
    assert_eq!((document.comments[0].text.as_str(), document.comments[0].before), ("stet a/b: so", 1));
}

#[test]
fn addresses_are_found_where_they_are_written_out() {
    let document = documents("a.txt", "Ask press@harbour.example or see https://x.example/a?b=1, please.").remove(0);
    let found: Vec<_> = document.inlines.iter().map(|inline| &document.text[inline.range.clone()]).collect();
    assert_eq!(found, ["press@harbour.example", "https://x.example/a?b=1"]);
}

#[test]
fn a_link_that_begins_a_paragraph_of_html_begins_with_it() {
    let text = "<p>One.</p>\n\n<p><a href=\"https://x.example/a\">Two</a> more.</p>\n";
    for path in ["a.md", "a.html"] {
        let document = documents(path, text).remove(0);
        let found: Vec<_> = document.inlines.iter().map(|inline| &document.text[inline.range.clone()]).collect();
        assert_eq!(found, ["Two"], "{path}");
    }
}

/// Every piece that is exact says what the source says, blocks are in order, and their ranges lie on characters.
fn sound(path: &str, text: &str) {
    for document in documents(path, text) {
        for piece in document.map.pieces() {
            assert!(text.get(piece.source.clone()).is_some(), "{piece:?}");
            if piece.exact {
                assert_eq!(&document.text[piece.text..piece.text + piece.len], &text[piece.source.clone()]);
            }
        }
        assert_eq!(document.map.text_len(), document.text.len());
        let mut last = 0;
        for block in &document.blocks {
            assert!(block.range.start >= last && document.text.get(block.range.clone()).is_some());
            assert!(text.get(block.source.clone()).is_some());
            last = block.range.end;
        }
        let text_of = |inline: &Inline| document.text.get(inline.range.clone()).map(|text| text.starts_with(SEPARATOR));
        assert!(document.inlines.iter().all(|inline| text_of(inline) == Some(false)));
        assert!(document.comments.iter().all(|comment| comment.before <= document.blocks.len()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn nothing_makes_reading_fail(
        text in "(---\n)?([a-z:é’“”\"' \n]{0,12}|[-#*>`|!<&\\[\\](){}%+=/_.0-9\r\t]{1,4}|<p>|</p>|<!--|-->|<li>|&amp;|\u{1F980}|---\n){0,24}"
    ) {
        for path in ["a.md", "a.txt", "a.html"] {
            sound(path, &text);
        }
    }
}

#[test]
fn the_parts_of_a_release_are_told_in_markup_too() {
    let text = "# Title\n\nFor immediate release\n\n9 July 2012\n\nThe text, which goes on.\n\n## About the Harbour\n\nIt is old.\n\n### Its \
                past\n\nLong.\n\n## More\n\nWords.\n\n**Contact for the press**\n\nA. Person\n\n\\###\n\nA note.\n";
    let document = documents("a.md", text).remove(0);
    let parts: Vec<_> = document.blocks.iter().map(|block| block.part).collect();
    use Part::*;
    let expected = [
        Head,
        ReleaseLine,
        Masthead,
        Body,
        Boilerplate,
        Boilerplate,
        Boilerplate,
        Boilerplate,
        Body,
        Body,
        Contact,
        Contact,
        EndMark,
        Notes,
    ];
    assert_eq!(parts, expected);
}

#[test]
fn cells_know_their_row_and_column() {
    let places = |path: &str, text: &str| {
        let cells: Vec<_> = documents(path, text).remove(0).blocks;
        cells.iter().filter(|b| b.kind == BlockKind::TableCell).map(|b| (b.group, b.place)).collect::<Vec<_>>()
    };
    let expected = [(Some(0), 0), (Some(0), 1), (Some(0), 1000), (Some(0), 1001)];
    assert_eq!(places("a.md", "| a | b |\n|---|---|\n| c | d |\n"), expected);
    assert_eq!(places("a.html", "<table><tr><th>a<th>b<tr><td>c</td><td>d</td></table><p>e</p>"), expected);
}

#[test]
fn lines_that_were_broken_at_a_margin_are_one_paragraph() {
    let wide = "The council of the harbour met on the day after the storm and looked at the damage that the sea had done to the piers, and\n\
                to the lights; nobody was hurt.\n\nA second paragraph.\n";
    assert_eq!(texts("a.txt", wide).len(), 2);
    // A sentence is no title in any script.
    let kinds = |text: &str| documents("a.txt", text)[0].blocks.iter().map(|block| block.kind).collect::<Vec<_>>();
    assert_eq!(kinds("港口开放\n\n港口将于五月开放。\n"), [BlockKind::Title, BlockKind::Paragraph]);
    // A line to a paragraph, as editors without wrapping write it.
    let (long, short) = ("word ".repeat(60), "word ".repeat(25));
    assert_eq!(texts("a.txt", &format!("{long}.\n{short}.\n{long}.\n")).len(), 3);
    let addresses = format!("{}.\n{}.\n", "word ".repeat(30), "word ".repeat(24));
    assert_eq!(texts("a.txt", &addresses).len(), 2);
}

#[test]
fn a_tag_inside_a_line_of_markdown_parts_no_words_but_where_it_breaks_or_raises() {
    let text = "The <strong>gate</strong>, <em>they</em> say,<br>opens 2012<sup>1</sup>.\n";
    assert_eq!(texts("a.md", text), ["The gate, they say, opens 2012 1."]);
}

#[test]
fn a_reference_is_found_where_it_is_defined() {
    let text = "See [the page][p] and [more].\n\n[p]: <https://x.example/a> \"Title\"\n[more]: https://x.example/b\n";
    let document = documents("a.md", text).remove(0);
    let written: Vec<_> = document
        .inlines
        .iter()
        .filter_map(|inline| match &inline.kind {
            InlineKind::Link { source, .. } => Some(&text[source.clone()]),
            _ => None,
        })
        .collect();
    assert_eq!(written, ["https://x.example/a", "https://x.example/b"]);
}

#[test]
fn a_reference_is_found_below_a_template_tag() {
    let text = "See [the page][p].\n\n{% include a.md %}\n{% include b.md %}\n[p]: https://x.example/a\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let document = documents("a.md", &text).remove(0);
        let target = |inline: &Inline| match &inline.kind {
            InlineKind::Link { target, source } => Some((target.clone(), text[source.clone()].to_owned())),
            _ => None,
        };
        let address = "https://x.example/a".to_owned();
        assert_eq!(document.inlines.iter().find_map(target), Some((address.clone(), address)));
    }
}

#[test]
fn tags_that_never_close_are_text() {
    assert_eq!(texts("a.md", "Say {{ and\n\nmore }} words {: x }.\n"), ["Say {{ and", "more }} words \u{FFFC}."]);
}
