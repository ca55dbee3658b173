//! What a byte costs of texts that are made to cost much, of a page or two and of twelve times as much: where the cost grows with the
//! square of a text, the longer one has a twelfth of the bytes a second of the shorter.

use copydesk::document::ReadOptions;
use copydesk::engine::{Draft, Project};
use copydesk::source::Source;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::sync::Arc;

#[path = "../tests/support/costly.rs"]
mod costly;

/// Memory comes from where the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn hostile(criterion: &mut Criterion) {
    let project = Project::builtin();
    let mut group = criterion.benchmark_group("hostile");
    group.sample_size(10);
    for (name, path, count, make) in costly::texts() {
        for times in [1, 12] {
            let source = Arc::new(Source::from_text(path, make(count * times)));
            group.throughput(Throughput::Bytes(source.text().len() as u64));
            let draft = Draft { source, options: ReadOptions::default(), below: path.to_owned() };
            group.bench_with_input(BenchmarkId::new(name, times), &draft, |bencher, draft| {
                bencher.iter(|| black_box(project.check(std::slice::from_ref(draft))))
            });
        }
    }
    group.finish();
}

criterion_group!(benches, hostile);
criterion_main!(benches);
