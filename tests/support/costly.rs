//! Texts made to cost much: each is one piece again and again, which a rule or a reader that looks at all pieces for each piece pays with
//! the square of its length. `tests/hostile.rs` reads them, and `cargo bench --bench hostile` tells what a byte of them costs.

/// Makes a text of so many pieces.
pub type Make = Box<dyn Fn(usize) -> String>;

/// What it is, a path that says what is read as what, how many pieces make a page or two, and the text.
pub fn texts() -> Vec<(&'static str, &'static str, usize, Make)> {
    let many = |piece: &'static str| -> Make { Box::new(move |count| piece.repeat(count)) };
    let counted =
        |piece: fn(usize) -> String| -> Make { Box::new(move |count| (0..count).map(piece).collect::<String>()) };
    vec![
        ("dates", "a.en.txt", 250, many("9 July 2012 ")),
        ("dates in several forms", "a.en.txt", 150, many("9 July 2012, 09/07/2012, Jul 9, 2012, 09 July 2012 ")),
        ("numbers before no colon", "a.en.txt", 500, many("12 people ")),
        ("number words before no colon", "a.en.txt", 500, many("twelve people ")),
        ("announcements in a list", "a.en.md", 300, many("- Two members:\n")),
        ("numbered products", "a.en.txt", 300, counted(|at| format!("product (WT{:04}) ", at + 1000))),
        ("open brackets", "a.en.md", 3000, many("(")),
        ("closed brackets", "a.en.md", 3000, many(")")),
        ("emphasis in emphasis", "a.en.md", 250, Box::new(|n| format!("{}b{}", "*a ".repeat(n), " c*".repeat(n)))),
        ("quotations that nobody closes", "a.en.txt", 500, many("“We are ")),
        ("names", "a.en.txt", 300, counted(|at| format!("said Anna {}berg ", "Xa".repeat(at % 7 + 1)))),
        ("acronyms", "a.en.txt", 300, many("World Health Organization (WHO) ")),
        ("attributes", "a.en.html", 1000, Box::new(|n| format!("<p{}>Text.", " a=\"b\"".repeat(n)))),
        ("elements that nobody closes", "a.en.html", 500, many("<b><a href=x>Text ")),
        ("tags of templates", "a.en.md", 500, many("{{ a }} {% b ")),
        (
            "a stet of a rule without end",
            "a.en.md",
            9000,
            Box::new(|n| format!("<!-- stet {}: so -->\n\nText.\n", "x".repeat(n))),
        ),
        ("marks of direction", "a.en.txt", 3000, many("\u{202e}a\u{202c} ")),
        ("a word without end", "a.en.txt", 300, Box::new(|n| format!("{0} {0} {0} {0}", "abcdef".repeat(n)))),
        ("stets", "a.en.md", 500, many("Was was.\n\n<!-- stet wording/repeated-word: it is so -->\n\n")),
    ]
}
