//! `copydesk fix`: what is on the disk afterwards, whatever happened meanwhile.

use crate::{program, project, run, text};
use std::fs;
use std::process::{Command, Stdio};

#[test]
fn a_correction_keeps_encoding_line_ends_and_byte_order_mark() {
    let folder = project();
    let before = "La déclaration a été adoptée à l’unanimité par l’assemblée générale réunie à Genève, où l’on \
                  dit encore log into sans y penser.\r\nElle sera publiée cet été.\r\n";
    let utf_16 = |text: &str| -> Vec<u8> {
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let latin = |text: &str| -> Vec<u8> { text.replace('’', "\u{92}").chars().map(|c| c as u8).collect() };
    let marked = |text: &str| -> Vec<u8> { ["\u{FEFF}", text].concat().into_bytes() };
    let after = before.replace("into", "in to");
    let forms: [(&str, Vec<u8>, Vec<u8>); 3] = [
        ("utf-16.txt", utf_16(before), utf_16(&after)),
        ("latin.txt", latin(before), latin(&after)),
        ("marked.txt", marked(before), marked(&after)),
    ];
    for (name, before, _) in &forms {
        fs::write(folder.path().join(name), before).expect("written");
    }
    let output = run(folder.path(), &["fix", "--unsafe"], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("3 corrections made in 3 files"), "{}", text(&output.stderr));
    for (name, _, after) in &forms {
        assert!(fs::read(folder.path().join(name)).expect("there") == *after, "{name}");
    }
}

#[test]
fn what_cannot_be_written_is_said_and_stays_as_it_was() {
    let folder = project();
    let path = folder.path().join("a.md");
    fs::write(&path, "Please log into it.\n").expect("written");
    let mut permissions = path.metadata().expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("set");
    let output = run(folder.path(), &["fix", "--unsafe"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("a.md: is read-only and was not written"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(&path).expect("there"), "Please log into it.\n");
}

/// No file may grow, as on a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_file_as_it_was() {
    let folder = project();
    let path = folder.path().join("a.md");
    let words = format!("Please log into it.\n{}", "A calm line.\n".repeat(400));
    fs::write(&path, &words).expect("written");
    let script = format!("trap '' XFSZ; ulimit -f 1; exec {} fix --unsafe", env!("CARGO_BIN_EXE_copydesk"));
    let output = Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output().expect("bash is there");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("a.md: was not written"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(&path).expect("there"), words);
    let left: Vec<_> = fs::read_dir(folder.path()).expect("there").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn several_fixers_at_once_leave_a_whole_file() {
    let folder = project();
    let path = folder.path().join("a.md");
    let words = |verb: &str| format!("Please {verb} it.\n\n").repeat(300);
    fs::write(&path, words("log into")).expect("written");
    let start = |_| {
        let mut command = program();
        command.args(["fix", "--unsafe", "--quiet"]).current_dir(folder.path());
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts")
    };
    let running: Vec<_> = (0..6).map(start).collect();
    let mut done = 0;
    for child in running {
        let output = child.wait_with_output().expect("the program ends");
        let said = text(&output.stderr);
        match output.status.code() {
            Some(0) => done += 1,
            Some(2) => assert!(said.contains("was not written"), "{said}"),
            other => unreachable!("{other:?}: {said}"),
        }
    }
    assert!(done > 0);
    assert_eq!(fs::read_to_string(&path).expect("there"), words("log in to"));
    assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 3, "nothing is left beside it");
}

/// A report that cannot be written whole is not written.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_report_as_it_was() {
    let folder = project();
    fs::write(folder.path().join("a.md"), "Please log into it.\n\n".repeat(40)).expect("written");
    for (name, command) in [
        ("report.sarif", "check --quiet --format short --report sarif=report.sarif"),
        ("facts.html", "facts a.md --quiet --format html -o facts.html"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, "yesterday's").expect("written");
        let script = format!("trap '' XFSZ; ulimit -f 1; exec {} {command}", env!("CARGO_BIN_EXE_copydesk"));
        let bash = Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output();
        let output = bash.expect("bash is there");
        assert_eq!(output.status.code(), Some(2), "{name}: {}", text(&output.stderr));
        assert!(text(&output.stderr).contains("was not written: file too large"), "{}", text(&output.stderr));
        assert_eq!(fs::read_to_string(&path).expect("there"), "yesterday's");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).expect("there").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 5, "{left:?}");
}

/// Drafts are embargoed: who may read what the program writes is what the user's umask says.
#[cfg(unix)]
#[test]
fn a_new_file_is_for_whom_the_umask_says() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project();
    fs::write(folder.path().join("a.md"), "Please log into it.\n").expect("written");
    for (mask, mode) in [("077", 0o600), ("022", 0o644)] {
        let program = env!("CARGO_BIN_EXE_copydesk");
        let script =
            format!("umask {mask}; {program} check -q --report html=r{mask}.html; {program} baseline -o b{mask}.toml");
        Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output().expect("bash is there");
        for name in [format!("r{mask}.html"), format!("b{mask}.toml")] {
            let written = folder.path().join(&name).metadata().expect("written").permissions().mode() & 0o777;
            assert_eq!(written, mode, "{name}");
        }
    }
}
