//! What once broke a reader, or is made to: every input kept in `fuzz/corpus` through the function that is fuzzed with it. See
//! SECURITY.md for what is promised.

#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;

#[test]
fn inputs_that_were_kept_break_nothing() {
    let mut read = 0;
    for (name, target) in targets::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let mut paths: Vec<_> = fs::read_dir(&folder).expect(name).map(|entry| entry.expect(name).path()).collect();
        paths.sort();
        assert!(!paths.is_empty(), "{name} has no inputs");
        for path in paths {
            target(&fs::read(&path).expect(name));
            read += 1;
        }
    }
    assert!(read >= targets::TARGETS.len());
}
