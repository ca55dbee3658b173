//! The layering: the rooms of `src/` import only rooms that stand above them in `src/lib.rs`, families of kinds never import one
//! another, only the command line prints or reads the machine, and every file says what it owns.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the project").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The rooms in reading order, as `src/lib.rs` lists them.
fn rooms() -> Vec<String> {
    let library = fs::read_to_string(root().join("src/lib.rs")).expect("src/lib.rs");
    library.lines().filter_map(|line| Some(line.strip_prefix("pub mod ")?.trim_end_matches(';').to_owned())).collect()
}

/// Every `crate::room` that a file names, with the second step of the path, outside comments.
fn imports(text: &str) -> Vec<(usize, String, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for (at, _) in code.match_indices("crate::") {
            let mut steps = code[at + "crate::".len()..].split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
            let mut steps = steps.next().unwrap_or_default().split("::");
            let (room, next) = (steps.next().unwrap_or_default(), steps.next().unwrap_or_default());
            found.push((number + 1, room.to_owned(), next.to_owned()));
        }
    }
    found
}

#[test]
fn rooms_import_only_rooms_above_them() {
    let rooms = rooms();
    assert!(rooms.len() > 10, "src/lib.rs lists the rooms");
    let place = |room: &str| rooms.iter().position(|known| known == room);
    let mut wrong = Vec::new();
    for (at, room) in rooms.iter().enumerate() {
        for file in rust_files(&root().join("src").join(room)) {
            let text = fs::read_to_string(&file).expect("a source file");
            for (line, used, _) in imports(&text) {
                match place(&used) {
                    Some(place) if place <= at => {}
                    Some(_) => wrong.push(format!("{}:{line} uses {used}, which stands below {room}", file.display())),
                    None => wrong.push(format!("{}:{line} uses {used}, which is no room", file.display())),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn families_of_kinds_never_use_one_another() {
    let mut wrong = Vec::new();
    let kinds = root().join("src/kinds");
    for family in
        fs::read_dir(&kinds).expect("src/kinds").flatten().map(|entry| entry.path()).filter(|path| path.is_dir())
    {
        let name = family.file_name().expect("a name").to_string_lossy().into_owned();
        for file in rust_files(&family) {
            let text = fs::read_to_string(&file).expect("a source file");
            for (line, room, next) in imports(&text) {
                let shared = kinds.join(format!("{next}.rs")).exists();
                if room == "kinds" && next != name && !shared {
                    wrong.push(format!("{}:{line} uses the family {next}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_command_line_touches_the_machine() {
    let forbidden =
        ["std::fs", "std::env::", "println!", "eprintln!", "SystemTime", "Instant::now", "Zoned::now", "std::process"];
    let mut wrong = Vec::new();
    for room in rooms().iter().filter(|room| *room != "cli") {
        for file in rust_files(&root().join("src").join(room)) {
            let text = fs::read_to_string(&file).expect("a source file");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for (number, line) in code.lines().enumerate() {
                let line = line.split("//").next().unwrap_or_default();
                for word in forbidden.iter().filter(|word| line.contains(**word)) {
                    wrong.push(format!("{}:{} uses {word}", file.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_one_file_knows_the_renderer_for_people() {
    for file in rust_files(&root().join("src")) {
        let text = fs::read_to_string(&file).expect("a source file");
        let human = file.ends_with("report/human.rs") || file.starts_with(root().join("src/report/human"));
        assert!(human || !text.contains("codespan_reporting::"), "{} uses codespan-reporting", file.display());
    }
}

#[test]
fn every_file_says_what_it_owns() {
    for file in rust_files(&root().join("src")) {
        let text = fs::read_to_string(&file).expect("a source file");
        assert!(text.starts_with("//! "), "{} does not open with what it owns", file.display());
    }
}

#[test]
fn a_kind_has_its_page_beside_it() {
    for family in fs::read_dir(root().join("src/kinds")).expect("src/kinds").flatten().map(|entry| entry.path()) {
        for page in fs::read_dir(&family).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if page.extension().is_some_and(|ending| ending == "md") {
                assert!(page.with_extension("rs").exists(), "{} has no kind beside it", page.display());
            }
        }
    }
}

/// FNV-1a of 64 bits, as `tools/sums.py` has it.
fn sum(bytes: &[u8]) -> String {
    let fold = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, fold))
}

#[test]
fn what_a_generator_wrote_is_not_edited_by_hand() {
    let sums = fs::read_to_string(root().join("tools/sums.txt")).expect("tools/sums.txt");
    let known: Vec<(&str, &str)> = sums.lines().filter_map(|line| line.split_once(' ')).collect();
    for (sum_then, path) in &known {
        let now = fs::read(root().join(path)).map(|bytes| sum(&bytes));
        assert_eq!(
            now.ok().as_deref(),
            Some(*sum_then),
            "{path}: change its generator, run it, and then tools/sums.py"
        );
    }
    for entry in fs::read_dir(root().join("rules/language")).expect("the languages").flatten() {
        let path = format!("rules/language/{}", entry.file_name().to_string_lossy());
        assert!(known.iter().any(|(_, known)| *known == path), "{path} is not in tools/sums.txt: run tools/sums.py");
    }
}
