//! What stands around the program: the shell of the GitHub Action, the hooks, the packages.

use std::fs;
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn file(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| unreachable!("{name}: {error}"))
}

/// Writes a program by a shell: what this process has open for writing, the child of another thread may hold, and such a file cannot be run.
#[cfg(unix)]
fn program(path: &Path, script: &str) {
    let mut shell = Command::new("sh");
    shell.args(["-c", r#"printf %s "$1" >"$0" && chmod 755 "$0""#]).arg(path).arg(script);
    assert!(shell.status().expect("a shell is there").success());
}

/// What the action's script hands to copydesk, an argument a line.
#[cfg(unix)]
fn action(variables: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["copydesk", "pipx"] {
        let script = format!("#!/bin/sh\nfor a in {name} \"$@\"; do printf '%s\\n' \"$a\"; done\n");
        program(&folder.path().join(name), &script);
    }
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("bash")
        .arg(root().join("packaging/action.sh"))
        .env("PATH", format!("{}:{path}", folder.path().display()))
        .env_remove("GITHUB_BASE_REF")
        .envs(variables.iter().copied())
        .output()
        .expect("bash is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn the_action_hands_its_inputs_over_and_runs_none_of_them() {
    let plain = action(&[("COPYDESK_VERSION", "")]);
    assert_eq!(plain, ["pipx", "install", "copydesk", "copydesk", "check", "--format", "github", "--", "."]);
    let full = action(&[
        ("COPYDESK_VERSION", "none"),
        ("COPYDESK_PATHS", "en fr/*.md $(touch never)"),
        ("COPYDESK_FAIL_ON", "warning"),
        ("COPYDESK_REPORT", "sarif=a.sarif junit=b.xml"),
        ("GITHUB_BASE_REF", "main; touch never"),
    ]);
    let start = ["copydesk", "check", "--format", "github", "--fail-on", "warning"];
    assert_eq!(full[..6], start);
    assert_eq!(
        full[6..11],
        ["--changed=origin/main; touch never", "--report", "sarif=a.sarif", "--report", "junit=b.xml"]
    );
    assert_eq!(full[11..], ["--", "en", "fr/*.md", "$(touch", "never)"]);
    assert!(!root().join("never").exists());
}

#[cfg(unix)]
#[test]
fn the_action_compares_only_where_there_is_something_to_compare_with() {
    let off = action(&[("COPYDESK_VERSION", "none"), ("COPYDESK_CHANGED", "false"), ("GITHUB_BASE_REF", "main")]);
    assert!(!off.iter().any(|argument| argument.starts_with("--changed")));
}

/// Runs git in a folder; what it prints.
#[cfg(unix)]
fn git(folder: &Path, arguments: &[&str]) -> String {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").args(identity).args(arguments).current_dir(folder).output().expect("git is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The commands that a job gives to the shell.
#[cfg(unix)]
fn commands(job: &str, head: &str) -> String {
    let text = file(job);
    let lines = text.lines().filter_map(|line| line.trim_start().strip_prefix(head));
    let lines: Vec<&str> = lines.filter(|line| line.contains("copydesk")).collect();
    assert_eq!(lines.len(), 2, "{job}: {lines:?}");
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[cfg(unix)]
#[test]
fn the_jobs_that_are_shown_report_what_the_change_brought() {
    let (folder, stubs) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let root = folder.path();
    for name in ["pip", "pipx"] {
        program(&stubs.path().join(name), "#!/bin/sh\n");
    }
    git(root, &["init", "-q"]);
    fs::write(root.join("a.en.md"), "On Monday, 15 May 2024, it met.\n").expect("written");
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "first"]);
    git(root, &["update-ref", "refs/remotes/origin/main", "HEAD"]);
    let base = git(root, &["rev-parse", "HEAD"]);
    fs::write(root.join("b.en.md"), "On Tuesday, 15 May 2024, it met.\n").expect("written");
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "second"]);
    let built = Path::new(env!("CARGO_BIN_EXE_copydesk")).parent().expect("in a folder");
    let path = format!("{}:{}:{}", stubs.path().display(), built.display(), std::env::var("PATH").unwrap_or_default());
    let run = |script: &str| {
        let mut bash = Command::new("bash");
        bash.args(["-eo", "pipefail", "-c", script]).current_dir(root).env("PATH", &path);
        bash.env("GITHUB_BASE_REF", "main").env("CI_MERGE_REQUEST_DIFF_BASE_SHA", &base);
        let output = bash.output().expect("bash is there");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (status, annotations) = run(&commands("src/cli/init/workflow.yml", "- run: "));
    assert_eq!((status, annotations.lines().count()), (Some(1), 1), "{annotations}");
    assert!(annotations.starts_with("::error file=b.en.md,line=1"), "{annotations}");
    let (status, told) = run(&commands("src/cli/init/gitlab.yml", "- "));
    assert_eq!(status, Some(1), "{told}");
    assert!(told.starts_with("b.en.md:1:4: error[dates/weekday]"), "{told}");
    let issues = fs::read_to_string(root.join("copydesk.json")).expect("the report is there");
    let issues: serde_json::Value = serde_json::from_str(&issues).expect("JSON");
    assert_eq!((issues.as_array().map(Vec::len), &issues[0]["location"]["path"]), (Some(1), &"b.en.md".into()));
}

#[test]
fn every_input_of_the_action_reaches_its_script() {
    let (action, script) = (file("action.yml"), file("packaging/action.sh"));
    let variables: Vec<&str> = action.split_whitespace().filter_map(|word| word.strip_suffix(':')).collect();
    let variables: Vec<_> = variables.into_iter().filter(|word| word.starts_with("COPYDESK_")).collect();
    assert_eq!(variables.len(), 6);
    for variable in variables {
        assert!(script.contains(&format!("${{{variable}")), "{variable}");
    }
    let run = action.split("run:").nth(1).unwrap_or_default();
    assert!(!run.contains("${{"), "an input pasted into a script is a command");
}

#[test]
fn packages_carry_the_version_of_the_crate() {
    let package: serde_json::Value = serde_json::from_str(&file("packaging/npm/package.json")).expect("JSON");
    assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));
    let platforms = package["optionalDependencies"].as_object().expect("a table");
    let release = file(".github/workflows/release.yml");
    for (name, version) in platforms {
        assert_eq!(version, env!("CARGO_PKG_VERSION"), "{name}");
        assert!(release.contains(name.trim_start_matches("@copydesk/")), "{name} is not built");
    }
}

#[test]
fn hooks_see_all_files_in_one_run() {
    let hooks = file(".pre-commit-hooks.yaml");
    let count = |text: &str| hooks.matches(text).count();
    assert_eq!(count("- id: "), 3);
    assert_eq!(count("require_serial: true"), 3);
    assert_eq!(count("entry: copydesk "), 3);
}

#[test]
fn the_page_shows_the_examples_as_they_are_and_all_warn_of_embargoes() {
    let page = file("docs/gate.md");
    for name in ["docs/github.yml", "src/cli/init/gitlab.yml"] {
        let text = file(name);
        let shown: String =
            text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect();
        assert!(page.contains(&shown), "{shown}");
    }
    for name in
        ["docs/gate.md", "docs/github.yml", "action.yml", "src/cli/init/gitlab.yml", "src/cli/init/workflow.yml"]
    {
        assert!(file(name).to_lowercase().contains("embargo"), "{name} warns of what annotations show");
    }
}

#[test]
fn npm_packages_ship_a_page_and_the_licences() {
    assert!(file("packaging/npm/README.md").starts_with("# copydesk\n"));
    let package: serde_json::Value = serde_json::from_str(&file("packaging/npm/package.json")).expect("JSON");
    assert!(package["scripts"]["prepack"].as_str().is_some_and(|script| script.contains("--licences")));
}

#[test]
fn links_between_the_pages_lead_somewhere() {
    let pages = fs::read_dir(root().join("docs")).expect("the folder").flatten().map(|entry| entry.path());
    let pages = pages.chain(["README.md", "ARCHITECTURE.md"].map(|name| root().join(name)));
    let mut links = 0;
    for page in pages.filter(|page| page.extension().is_some_and(|ending| ending == "md")) {
        let text = fs::read_to_string(&page).expect("readable");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            let elsewhere = target.is_empty() || target.contains("://") || target.contains(char::is_whitespace);
            if !elsewhere {
                links += 1;
                let path = page.parent().expect("in a folder").join(target);
                assert!(path.exists(), "{} links to {target}", page.display());
            }
        }
    }
    assert!(links > 3);
}
