//! A proof as one page that needs nothing else: it loads nothing, runs nothing, and can be read, searched, printed and kept.

use super::{Kind, Note, Passage, Proof, Row, Section, Shape, Version, What};
use crate::page::{self, Mark, escape, marked, reading};
use std::collections::HashSet;
use std::io::{self, Write};

const STYLE: &str = include_str!("proof.css");

/// Findings of a row that have room in the margin; more stand below it.
const MANY: usize = 3;

/// Writes proofs, one after the other, as one page.
pub fn html(proofs: &[Proof], out: &mut dyn Write) -> io::Result<()> {
    let title = proofs.first().map_or("", |proof| proof.title.as_str());
    page::open(&format!("Proof: {title}"), STYLE, out)?;
    let sections: Vec<&Section> = proofs.iter().flat_map(|proof| &proof.sections).collect();
    let steps: Vec<(usize, usize)> = sections
        .iter()
        .enumerate()
        .flat_map(|(at, section)| (0..section.notes.len()).map(move |note| (at, note)))
        .collect();
    writeln!(out, "<a class=\"skip\" href=\"#texts\">Skip to the texts</a>")?;
    tools(&sections, out)?;
    writeln!(out, "<main id=\"texts\">")?;
    let (mut number, mut step) = (0, 0);
    for proof in proofs {
        head(proof, number, out)?;
        for section in &proof.sections {
            Writer { section, number, step, steps: &steps, marked: HashSet::new() }.section(out)?;
            number += 1;
            step += section.notes.len();
        }
    }
    writeln!(
        out,
        "</main>\n<footer>\n<p>Tinted: the same value stands in both texts. Outlined: it stands in one of them only, or is written \
         in words in the other. Every number leads from the words to what is said of them and back.</p>\n\
         <p class=\"keys\"><kbd>Tab</kbd> goes from finding to finding, <kbd>Shift</kbd> and <kbd>Tab</kbd> back; <kbd>Enter</kbd> \
         leads to the words. After “To the first finding”, <kbd>Enter</kbd> goes one further each time.</p>\n</footer>"
    )?;
    page::close(out)
}

/// The choice of what is shown: style alone hides the rest.
fn tools(sections: &[&Section], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<nav class=\"tools\" aria-label=\"What is shown\">\n<fieldset>\n<legend>Show</legend>")?;
    write!(
        out,
        "<span><input type=\"radio\" name=\"kind\" id=\"k-all\" checked><label for=\"k-all\">All</label></span>"
    )?;
    for kind in Kind::ALL {
        if sections.iter().any(|section| section.tallies.iter().any(|tally| tally.kind == kind)) {
            let (name, heading) = (kind.name(), kind.heading());
            write!(
                out,
                "\n<span><input type=\"radio\" name=\"kind\" id=\"k-{name}\"><label for=\"k-{name}\" class=\"m {name}\">{heading}</label></span>"
            )?;
        }
    }
    writeln!(
        out,
        "\n</fieldset>\n<span class=\"only\"><input type=\"checkbox\" id=\"only\"><label for=\"only\">Only rows with findings</label></span>\n</nav>"
    )
}

fn head(proof: &Proof, first: usize, out: &mut dyn Write) -> io::Result<()> {
    let original = proof.sections.first().map(|section| &section.versions[0]);
    let (tag, direction) = original.map_or((None, "ltr"), |version| (version.language.as_deref(), version.direction));
    writeln!(out, "<header class=\"head\">\n<p class=\"kicker\">Proof</p>")?;
    writeln!(out, "<h1{}>{}</h1>", reading(tag, direction), page::prose(&proof.title))?;
    let count: usize = proof.sections.iter().map(|section| section.notes.len()).sum();
    match proof.sections.len() {
        0 => writeln!(out, "<p class=\"lede\">There is no other version to lay beside this text.</p>")?,
        1 => {}
        versions => {
            writeln!(
                out,
                "<p class=\"lede\">{}, {}.</p>\n<ol class=\"contents\">",
                many(versions, "translation"),
                many(count, "finding")
            )?;
            for (at, section) in proof.sections.iter().enumerate() {
                let [original, version] = section.versions.each_ref().map(named);
                let found = many(section.notes.len(), "finding");
                writeln!(
                    out,
                    "<li><a href=\"#s{}\">{original} → {version}</a> <span class=\"faint\">{found}</span></li>",
                    first + at + 1
                )?;
            }
            writeln!(out, "</ol>")?;
        }
    }
    writeln!(out, "</header>")
}

fn many(count: usize, word: &str) -> String {
    match count {
        0 => format!("no {word}s"),
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    }
}

fn named(version: &Version) -> String {
    escape(version.language.as_deref().unwrap_or("unknown language"))
}

struct Writer<'p> {
    section: &'p Section,
    /// Its place on the page, from 0.
    number: usize,
    /// Findings on the page before it.
    step: usize,
    /// Every finding of the page: section and place in it.
    steps: &'p [(usize, usize)],
    /// Findings whose first words were written.
    marked: HashSet<usize>,
}

impl Writer<'_> {
    fn section(mut self, out: &mut dyn Write) -> io::Result<()> {
        let (section, id) = (self.section, self.number + 1);
        let quiet = if section.notes.is_empty() { " quiet" } else { "" };
        writeln!(out, "<section id=\"s{id}\" class=\"pair{quiet}\" aria-labelledby=\"h{id}\">\n<header>")?;
        let [original, translation] = &section.versions;
        writeln!(
            out,
            "<h2 id=\"h{id}\">{} <span aria-hidden=\"true\">→</span> {}</h2>",
            named(original),
            named(translation)
        )?;
        self.summary(out)?;
        writeln!(out, "</header>")?;
        if let Some(obstacle) = section.obstacle {
            writeln!(
                out,
                "<p class=\"obstacle\"><b>The passages do not stand beside each other:</b> {}.</p>",
                escape(obstacle)
            )?;
        }
        self.loose(out)?;
        writeln!(
            out,
            "<table class=\"rows\" role=\"table\" aria-label=\"{} and {} side by side\">\n\
             <thead role=\"rowgroup\">\n<tr role=\"row\">\
             <th role=\"columnheader\" scope=\"col\"><span class=\"unseen\">row</span></th>",
            named(original),
            named(translation)
        )?;
        for version in &section.versions {
            let date = version
                .date
                .as_ref()
                .map(|date| format!(" <span class=\"faint\">{}</span>", escape(date)))
                .unwrap_or_default();
            write!(
                out,
                "<th role=\"columnheader\" scope=\"col\"><span class=\"tag\">{}</span> <bdi class=\"path\">{}</bdi>{date}</th>",
                named(version),
                escape(&version.path)
            )?;
        }
        writeln!(
            out,
            "<th role=\"columnheader\" scope=\"col\"><span class=\"unseen\">findings</span></th></tr>\n</thead>\n<tbody role=\"rowgroup\">"
        )?;
        for (at, row) in section.rows.iter().enumerate() {
            self.row(at, row, out)?;
        }
        writeln!(out, "</tbody>\n</table>\n</section>")
    }

    /// What agrees and what does not.
    fn summary(&self, out: &mut dyn Write) -> io::Result<()> {
        let section = self.section;
        let agree: Vec<String> = section
            .tallies
            .iter()
            .filter(|tally| tally.both > 0)
            .map(|tally| {
                let noun = tally.kind.heading().to_lowercase();
                let noun = if tally.both == 1 { singular(tally.kind) } else { noun.as_str() };
                format!("{} {noun}", tally.both)
            })
            .collect();
        let findings = section.notes.len();
        let verdict = if findings == 0 { "Nothing was found".to_owned() } else { capital(&many(findings, "finding")) };
        write!(out, "<p class=\"lede\"><b>{verdict}.</b> ")?;
        if !agree.is_empty() {
            write!(out, "In both texts: {}. ", agree.join(", "))?;
        }
        if findings > 0 {
            let first = self.stop(self.step, "next").unwrap_or_default();
            write!(out, "<a href=\"#{first}\">To the first finding</a>")?;
        }
        writeln!(out, "</p>")?;
        if section.tallies.is_empty() {
            return Ok(());
        }
        let [original, translation] = section.versions.each_ref().map(named);
        writeln!(
            out,
            "<details>\n<summary>What was compared</summary>\n<table class=\"tally\">\n<thead><tr><td></td><th scope=\"col\">in both</th><th scope=\"col\">only {original}</th>\
             <th scope=\"col\">only {translation}</th><th scope=\"col\">findings</th></tr></thead>\n<tbody>"
        )?;
        for tally in &section.tallies {
            let (name, heading) = (tally.kind.name(), tally.kind.heading());
            write!(out, "<tr><th scope=\"row\"><span class=\"m {name}\">{heading}</span></th>")?;
            for count in [tally.both, tally.alone[0], tally.alone[1], tally.findings] {
                let none = if count == 0 { " class=\"none\"" } else { "" };
                write!(out, "<td{none}>{count}</td>")?;
            }
            writeln!(out, "</tr>")?;
        }
        writeln!(out, "</tbody>\n</table>\n</details>")
    }

    /// Findings that stand in neither text.
    fn loose(&self, out: &mut dyn Write) -> io::Result<()> {
        let loose: Vec<usize> =
            (0..self.section.notes.len()).filter(|&at| self.section.notes[at].row.is_none()).collect();
        if loose.is_empty() {
            return Ok(());
        }
        writeln!(out, "<div class=\"loose\">\n<h3>Of the files as a whole</h3>")?;
        for at in loose {
            self.note(at, out)?;
        }
        writeln!(out, "</div>")
    }

    fn row(&mut self, at: usize, row: &Row, out: &mut dyn Write) -> io::Result<()> {
        let section = self.section;
        let id = format!("r{}-{}", self.number + 1, at + 1);
        let mut class = String::from("row");
        class.extend(row.kinds.iter().flat_map(|kind| [" k-", kind.name()]));
        if !row.notes.is_empty() {
            class.push_str(" noted");
        }
        if row.notes.len() > MANY {
            class.push_str(" many");
        }
        write!(
            out,
            "<tr role=\"row\" id=\"{id}\" class=\"{class}\"><th role=\"rowheader\" scope=\"row\" class=\"no-row\">"
        )?;
        write!(out, "<a href=\"#{id}\" tabindex=\"-1\">{}</a>", at + 1)?;
        if row.unsure {
            write!(
                out,
                "<span class=\"unsure\" title=\"the texts may as well lie otherwise here\"><span aria-hidden=\"true\">≈</span><span class=\"unseen\">unsure</span></span>"
            )?;
        }
        writeln!(out, "</th>")?;
        for (side, passages) in row.sides.iter().enumerate() {
            let version = &section.versions[side];
            let label = named(version);
            if passages.is_empty() {
                self.gap(at, row, side, &label, out)?;
                continue;
            }
            let reading = reading(version.language.as_deref(), version.direction);
            write!(out, "<td role=\"cell\" class=\"text\" data-label=\"{label}\"{reading}>")?;
            if let Some(field) = row.field.as_ref() {
                write!(out, "<p class=\"field\" lang=\"en\" dir=\"ltr\">{}</p>", escape(field))?;
            }
            self.passages(passages, out)?;
            writeln!(out, "</td>")?;
        }
        write!(out, "<td role=\"cell\" class=\"notes\">")?;
        for &note in &row.notes {
            self.note(note, out)?;
        }
        writeln!(out, "</td></tr>")
    }

    fn gap(&self, at: usize, row: &Row, side: usize, label: &str, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "<td role=\"cell\" class=\"text gap\" data-label=\"{label}\"><p>")?;
        for &note in row.notes.iter().filter(|&&note| self.section.notes[note].kind == Some(Kind::Passage)) {
            write!(out, "{} ", self.number_of(note))?;
        }
        let what = if side == 0 { "not in the original" } else { "not in the translation" };
        match row.moved {
            Some(there) if there != at => writeln!(
                out,
                "stands in <a href=\"#r{}-{}\">row {}</a></p></td>",
                self.number + 1,
                there + 1,
                there + 1
            ),
            _ => writeln!(out, "{what}</p></td>"),
        }
    }

    fn passages(&mut self, passages: &[Passage], out: &mut dyn Write) -> io::Result<()> {
        let mut in_cells = false;
        for passage in passages {
            let is_cell = passage.shape == Shape::Cell;
            match (in_cells, is_cell) {
                (false, true) => write!(out, "<div class=\"cells\">")?,
                (true, false) => write!(out, "</div>")?,
                _ => {}
            }
            in_cells = is_cell;
            self.passage(passage, out)?;
        }
        if in_cells { write!(out, "</div>") } else { Ok(()) }
    }

    fn passage(&mut self, passage: &Passage, out: &mut dyn Write) -> io::Result<()> {
        let mut class = match passage.shape {
            Shape::Heading(level) => format!("h h{}", level.clamp(1, 6)),
            Shape::Paragraph => "p".to_owned(),
            Shape::Item(_) => format!("item d{}", passage.depth.clamp(1, 4)),
            Shape::Cell => "c".to_owned(),
        };
        if passage.quotes > 0 {
            class.push_str(" quoted");
        }
        if let Some(worst) =
            passage.whole.iter().filter_map(|&note| self.section.notes.get(note)).map(|note| note.severity).max()
        {
            class.push_str(&format!(" whole {worst}"));
        }
        write!(out, "<p class=\"{class}\">")?;
        for &note in &passage.whole {
            let id = self.first_mark(note);
            write!(out, "<span{id}>{}</span> ", self.number_of(note))?;
        }
        match passage.shape {
            Shape::Item(None) => write!(out, "<span class=\"bullet\" aria-hidden=\"true\">•</span> ")?,
            Shape::Item(Some(number)) => write!(out, "<span class=\"bullet\">{number}.</span> ")?,
            _ => {}
        }
        let mut marks: Vec<Mark> = passage.inks.iter().map(|ink| self.mark(ink)).collect();
        move_numbers(passage, &mut marks);
        write!(out, "{}</p>", marked(&passage.text, &marks))
    }

    fn mark(&mut self, ink: &super::Ink) -> Mark {
        let mark = Mark { range: ink.range.clone(), ..Mark::default() };
        let class = |class: &str| format!(" class=\"{class}\"");
        match &ink.what {
            What::Mention(kind, same) => {
                let alone = if *same { "" } else { " alone" };
                Mark { element: "span", attributes: class(&format!("m {}{alone}", kind.name())), ..mark }
            }
            What::Emphasis => Mark { element: "em", ..mark },
            What::Strong => Mark { element: "strong", ..mark },
            What::Link(target) => Mark {
                element: "span",
                attributes: format!(" class=\"a\" title=\"{}\"", escape(target)),
                // The words themselves stay words: only what is safe to follow can be followed, and beside them.
                after: page::target(target)
                    .map(|href| format!("<a class=\"out\" href=\"{href}\" rel=\"noopener noreferrer nofollow\" aria-label=\"open the link\">↗</a>"))
                    .unwrap_or_default(),
                ..mark
            },
            What::Code(code) => Mark { element: "code", instead: Some(page::prose(code)), ..mark },
            What::Image(target) => Mark {
                element: "span",
                attributes: format!(" class=\"other\" title=\"{}\"", escape(target)),
                instead: Some("image".into()),
                ..mark
            },
            What::NoteMark(label) => Mark { element: "sup", instead: Some(page::prose(label)), ..mark },
            What::Markup => Mark { element: "span", attributes: class("other"), instead: Some("…".into()), ..mark },
            What::Finding(note, numbered) => {
                let severity = self.section.notes.get(*note).map_or("info", |note| note.severity.name());
                let first = self.first_mark(*note);
                let after = if *numbered { self.number_of(*note) } else { String::new() };
                let is_place = ink.range.is_empty();
                Mark {
                    element: if is_place { "span" } else { "mark" },
                    attributes: class(&if is_place { format!("caret {severity}") } else { format!("f {severity}") }),
                    instead: None,
                    first,
                    after,
                    ..mark
                }
            }
        }
    }

    /// The `id` of the first words of a finding.
    fn first_mark(&mut self, note: usize) -> String {
        let is_first = self.marked.insert(note);
        if is_first { format!(" id=\"m{}-{}\"", self.number + 1, note + 1) } else { String::new() }
    }

    /// The number of a finding, which leads to what is said of it.
    fn number_of(&self, note: usize) -> String {
        let severity = self.section.notes.get(note).map_or("info", |note| note.severity.name());
        let (section, number) = (self.number + 1, note + 1);
        format!(
            "<a class=\"no {severity}\" href=\"#f{section}-{number}\" tabindex=\"-1\" aria-label=\"finding {number}\">{number}</a>"
        )
    }

    fn note(&self, at: usize, out: &mut dyn Write) -> io::Result<()> {
        let Some(note) = self.section.notes.get(at) else { return Ok(()) };
        let Note { severity, rule, message, help, kind, place, .. } = note;
        let (section, number) = (self.number + 1, at + 1);
        let kind = kind.map_or("other", Kind::name);
        write!(out, "<div class=\"note {severity} of-{kind}\" id=\"f{section}-{number}\"><p class=\"rule\">")?;
        let target = match (self.marked.contains(&at), note.row) {
            (true, _) => format!("m{section}-{number}"),
            (false, Some(row)) => format!("r{section}-{}", row + 1),
            (false, None) => format!("f{section}-{number}"),
        };
        write!(
            out,
            "<a class=\"no {severity}\" href=\"#{target}\" aria-label=\"finding {number}, to its words\">{number}</a> "
        )?;
        let called = if severity.name() == "info" { "note" } else { severity.name() };
        let (place, rule) = (escape(place), escape(rule).replace('/', "/<wbr>"));
        write!(
            out,
            "<span class=\"severity\">{called}</span> <code title=\"{place}\">{rule}</code><span class=\"steps\">"
        )?;
        self.steps(self.step + at, out)?;
        write!(out, "</span></p><p class=\"message\">{}</p>", words(message))?;
        if let Some(help) = help {
            write!(out, "<p class=\"help\">{}</p>", words(help))?;
        }
        writeln!(out, "</div>")
    }

    /// The way to the findings before and after one. Each link leads to the same link of the finding there, which so has the focus: whoever
    /// presses Enter again goes on, without a script. They are no stops of Tab, which goes from finding to finding by itself.
    fn steps(&self, at: usize, out: &mut dyn Write) -> io::Result<()> {
        let ways = [(at.checked_sub(1), "prev", "previous", "‹"), (Some(at + 1), "next", "next", "›")];
        for (other, rel, word, sign) in ways {
            let (Some(own), Some(there)) = (self.stop(at, rel), other.and_then(|other| self.stop(other, rel))) else {
                continue;
            };
            write!(
                out,
                " <a href=\"#{there}\" id=\"{own}\" rel=\"{rel}\" tabindex=\"-1\" aria-label=\"{word} finding\">{sign}</a>"
            )?;
        }
        Ok(())
    }

    /// The `id` of the link of a finding, by its place on the page, that leads on in one direction; at the end of the way, of the other.
    fn stop(&self, at: usize, rel: &str) -> Option<String> {
        let (section, note) = self.steps.get(at)?;
        let letter = match (self.steps.len() - 1, rel) {
            (0, _) => 'f',
            (_, "prev") if at == 0 => 'n',
            (last, "next") if at == last => 'p',
            (_, "prev") => 'p',
            _ => 'n',
        };
        Some(format!("{letter}{}-{}", section + 1, note + 1))
    }
}

/// Moves the number of a finding that ends within a date, a figure or a name to the end of that, so that none is torn.
fn move_numbers(passage: &Passage, marks: &mut [Mark]) {
    let is_word = |what: &What| matches!(what, What::Mention(kind, _) if *kind != Kind::Quotation);
    let mut words: Vec<usize> = (0..marks.len()).filter(|&at| is_word(&passage.inks[at].what)).collect();
    words.sort_by_key(|&at| marks[at].range.start);
    for at in 0..marks.len() {
        if !matches!(passage.inks[at].what, What::Finding(..)) || marks[at].after.is_empty() {
            continue;
        }
        let range = marks[at].range.clone();
        let before = words.partition_point(|&word| marks[word].range.start < range.end);
        let around = words[..before].iter().rev().take(4).copied();
        let mut around =
            around.filter(|&word| marks[word].range.start <= range.start && range.end <= marks[word].range.end);
        if let Some(word) = around.next_back() {
            let number = std::mem::take(&mut marks[at].after);
            marks[word].after.push_str(&number);
        }
    }
}

/// A message, in which what stands between backticks is code.
fn words(message: &str) -> String {
    let parts = message.split('`').map(page::prose).enumerate();
    if message.matches('`').count() % 2 == 1 {
        return page::prose(message);
    }
    parts.map(|(at, part)| if at % 2 == 1 { format!("<code>{part}</code>") } else { part }).collect()
}

fn singular(kind: Kind) -> &'static str {
    if kind == Kind::Person { "person" } else { kind.name() }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
