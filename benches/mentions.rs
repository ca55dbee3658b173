//! What reading dates, times and numbers costs per byte of text with a date in each sentence. The text is made here, always the same.

use copydesk::mention::date::read_text;
use copydesk::mention::number;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// Memory comes from where the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Sentences of a language with a date in each.
const SENTENCES: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "The council of the harbour town met on Monday, 9 July 2012, to speak about the new bridge and its cost. ",
            "From 18 June to 6 July 2012 the members heard forty people, most of whom live on the northern bank. ",
            "Work begins at 9:30 a.m. GMT on September 3, 2012, says the mayor, who has waited for it since 2009. ",
        ],
    ),
    (
        "fr",
        &[
            "Le conseil de la ville portuaire s’est réuni le lundi 9 juillet 2012 pour parler du nouveau pont et de son coût. ",
            "Du 18 juin au 6 juillet 2012, les membres ont entendu quarante personnes, dont la plupart vivent sur la rive nord. ",
            "Les travaux commencent le 3 septembre 2012 à 9 h 30, dit la mairesse, qui les attend depuis 2009. ",
        ],
    ),
    (
        "ru",
        &[
            "Совет портового города собрался в понедельник, 9 июля 2012 г., чтобы обсудить новый мост и его стоимость. ",
            "С 18 июня по 6 июля 2012 г. члены совета выслушали сорок человек, живущих на северном берегу. ",
        ],
    ),
    (
        "zh",
        &[
            "港口城市委员会于2012年7月9日星期一开会，讨论新桥及其费用。",
            "2012年6月18日至7月6日，委员会听取了四十人的意见。",
        ],
    ),
];

fn mentions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("mentions");
    group.sample_size(20);
    for (tag, sentences) in SENTENCES {
        let mut text = String::new();
        while text.len() < 200_000 {
            text.extend(sentences.iter().copied());
        }
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(tag), &text, |bencher, text| {
            bencher.iter(|| read_text(black_box(text), Some(tag)).dates.len());
        });
    }
    group.finish();
}

/// Dates, times and then the numbers between them, as a check reads them.
fn all(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("mentions with numbers");
    group.sample_size(20);
    for (tag, sentences) in SENTENCES {
        let mut text = String::new();
        while text.len() < 200_000 {
            text.extend(sentences.iter().copied());
        }
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(tag), &text, |bencher, text| {
            bencher.iter(|| {
                let read = read_text(black_box(text), Some(tag));
                let times = read.times.iter().map(|time| time.range.clone());
                let mut taken: Vec<_> = read.dates.iter().map(|date| date.range.clone()).chain(times).collect();
                taken.sort_by_key(|range| range.start);
                number::read_text(text, Some(tag), &taken).numbers.len() + read.dates.len()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, mentions, all);
criterion_main!(benches);
