//! What a draft costs from its bytes to its report: reading it in each format, dividing it into sentences, checking it with 10 to 10,000
//! rules of a house, comparing two versions, and writing what was found in each format. Texts and rules are made here, always the same.

use copydesk::document::{self, Format, ReadOptions};
use copydesk::engine::{Draft, Project, Settings};
use copydesk::report::{FORMATS, Report, Style, Summary};
use copydesk::sentence;
use copydesk::source::{Source, SourceId};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;

/// Words of a release, some of which a rule asks for.
const WORDS: &str = "the harbour council of the northern ports has published a report on tides and weather that its members had asked for in \
    march after the storm in which two lights were lost and many boats came home late said the president who thanked the crews and the \
    people of the town for their patience while the piers were mended";

/// The next number of a fixed sequence.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

/// Paragraphs of sentences; each eighth paragraph is an item, each tenth a heading.
fn paragraphs(bytes: usize) -> Vec<String> {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let (mut state, mut found, mut length) = (3, Vec::new(), 0);
    while length < bytes {
        let mut paragraph = String::new();
        for _ in 0..4 {
            let first = words[next(&mut state) % words.len()];
            let _ = write!(paragraph, "{}{}", first[..1].to_uppercase(), &first[1..]);
            for _ in 0..8 + next(&mut state) % 14 {
                let _ = write!(paragraph, " {}", words[next(&mut state) % words.len()]);
            }
            let _ = write!(paragraph, " on {} June 2024. ", 1 + next(&mut state) % 30);
        }
        length += paragraph.len();
        found.push(paragraph.trim_end().to_owned());
    }
    found
}

/// The paragraphs in a format.
fn draft(format: Format, bytes: usize) -> String {
    let mut text = String::new();
    for (at, paragraph) in paragraphs(bytes).iter().enumerate() {
        let _ = match (format, at % 10) {
            (Format::Plain, _) => writeln!(text, "{paragraph}\n"),
            (Format::Markdown, 0) => writeln!(text, "## {}\n", &paragraph[..30]),
            (Format::Markdown, 8) => {
                writeln!(text, "- *{}* [a link](https://harbour.example.org/{at})\n", &paragraph[..40])
            }
            (Format::Markdown, _) => writeln!(text, "{paragraph}\n"),
            (Format::Html, 0) => writeln!(text, "<h2>{}</h2>", &paragraph[..30]),
            (Format::Html, 8) => writeln!(text, "<ul><li><em>{}</em> &amp; more</ul>", &paragraph[..40]),
            (Format::Html, _) => writeln!(text, "<p>{paragraph}</p>"),
        };
    }
    text
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Plain => "release.txt",
        Format::Markdown => "release.md",
        Format::Html => "release.html",
    }
}

/// A house's pack: words, phrases, expressions and substitutions in turn.
fn pack(rules: usize) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let (mut pack, mut state) = (String::new(), 5);
    for at in 0..rules {
        let [first, second] = [words[next(&mut state) % words.len()], words[next(&mut state) % words.len()]];
        let _ = match at % 4 {
            0 => writeln!(
                pack,
                "[[rule]]\nid = 'house/r{at}'\nkind = 'wording/forbid'\nwords = ['{first}{at} {second}']"
            ),
            1 => writeln!(pack, "[[rule]]\nid = 'house/r{at}'\nkind = 'wording/forbid'\nwords = ['{first}{at}']"),
            2 => writeln!(
                pack,
                "[[rule]]\nid = 'house/r{at}'\nkind = 'wording/forbid'\npatterns = ['{first}{at}\\s+(?:of|in)']"
            ),
            _ => writeln!(
                pack,
                "[[rule]]\nid = 'house/r{at}'\nkind = 'wording/substitute'\nreplace = {{ '{first}{at}' = '{second}' }}"
            ),
        };
    }
    pack
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reading");
    for format in [Format::Plain, Format::Markdown, Format::Html] {
        let source = Source::from_text(name(format), draft(format, 200_000));
        group.throughput(Throughput::Bytes(source.text().len() as u64));
        let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
        group.bench_function(name(format), |bencher| {
            bencher.iter(|| black_box(document::read(&source, SourceId(0), &options)));
        });
    }
    group.finish();
}

fn sentences(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sentences");
    let source = Source::from_text("release.txt", draft(Format::Plain, 200_000));
    let documents = document::read(&source, SourceId(0), &ReadOptions::default());
    group.throughput(Throughput::Bytes(source.text().len() as u64));
    group.bench_function("release.txt", |bencher| {
        bencher.iter(|| documents.iter().map(|document| sentence::sentences(document, &[]).len()).sum::<usize>());
    });
    group.finish();
}

fn checking(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("checking");
    let source = Arc::new(Source::from_text("release.md", draft(Format::Markdown, 200_000)));
    group.throughput(Throughput::Bytes(source.text().len() as u64)).sample_size(20);
    let draft = Draft { source, options: ReadOptions::default(), below: "release.md".into() };
    for rules in [10, 100, 1_000, 10_000] {
        let mut settings = Settings::default();
        let mistakes = settings.add_pack(Source::from_text("house.toml", pack(rules)));
        assert!(mistakes.is_empty(), "{mistakes:?}");
        let (project, _) = Project::new(settings);
        group.bench_with_input(BenchmarkId::from_parameter(rules), &project, |bencher, project| {
            bencher.iter(|| black_box(project.check(std::slice::from_ref(&draft))));
        });
    }
    let project = Project::builtin();
    group.bench_function("builtin", |bencher| bencher.iter(|| black_box(project.check(std::slice::from_ref(&draft)))));
    group.finish();
}

/// A version of the release of the fixtures, again and again with other figures, as long as asked.
fn version(tag: &str, bytes: usize) -> Draft {
    let path = format!("{}/fixtures/releases/correct/charter.{tag}.md", env!("CARGO_MANIFEST_DIR"));
    let release = std::fs::read_to_string(path).unwrap_or_default();
    let body = release.split("---").nth(2).unwrap_or_default();
    let mut text = format!("---\ndate: 2031-09-18\nlang: {tag}\n---\n");
    for at in 0..bytes / body.len().max(1) {
        text.push_str(&body.replace("412", &(500 + 7 * at).to_string()).replace("320", &(2_000 + 3 * at).to_string()));
    }
    let source = Arc::new(Source::from_text(format!("a.{tag}.md"), text));
    Draft { source, options: ReadOptions::default(), below: format!("a.{tag}.md") }
}

fn parity(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parity");
    let drafts = [version("en", 100_000), version("fr", 100_000)];
    let bytes: usize = drafts.iter().map(|draft| draft.source.text().len()).sum();
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(10);
    let project = Project::builtin();
    group.bench_function("checked", |bencher| bencher.iter(|| black_box(project.check(&drafts))));
    group.bench_function("checked and side by side on a page", |bencher| {
        bencher.iter(|| {
            let (proof, _) = project.proof(&drafts);
            let mut page = Vec::new();
            copydesk::proof::html(&[proof], &mut page).map(|()| black_box(page.len()))
        });
    });
    group.finish();
}

fn reporting(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reporting");
    // A word stands twice in every paragraph.
    let project = Project::builtin();
    let text = paragraphs(100_000).join("\n\n").replace(" the ", " the the ");
    let source = Arc::new(Source::from_text("release.md", text));
    let draft = Draft { source, options: ReadOptions::default(), below: "release.md".into() };
    let findings = project.check(&[draft]).findings;
    group.throughput(Throughput::Elements(findings.len() as u64));
    let summary = Summary::default();
    let report = Report { findings: &findings, summary: &summary, reasons: &[] };
    for format in FORMATS {
        group.bench_function(format.name, |bencher| {
            bencher.iter(|| {
                let mut out = Vec::new();
                (format.write)(&report, &Style::default(), &mut out).map(|()| black_box(out.len()))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, reading, sentences, checking, parity, reporting);
criterion_main!(benches);
