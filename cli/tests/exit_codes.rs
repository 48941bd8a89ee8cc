//! Exit codes: 0 clean, 1 findings, 2 could not run; results on standard output, the rest on standard error.

#![cfg(test)]

mod support;

use support::{CALLS, Folder, SOUND, line, tandem};

#[test]
fn help_and_version_are_no_errors() {
    assert!(line("--help").expect_code(0).out.contains("simulate"));
    assert!(line("--version").expect_code(0).out.starts_with("tandem "));
}

#[test]
fn wrong_usage_cannot_run() {
    for arguments in
        ["", "chek x", "check", "simulate examples/bank", "check --format yaml x", "fmt --chek x"]
    {
        let run = line(arguments).expect_code(2);
        assert!(run.out.is_empty() && !run.err.is_empty(), "{arguments}: {}", run.out);
    }
    assert!(
        line("simulate examples/bank --calls examples/bank/calls --jobs 0")
            .expect_code(2)
            .err
            .contains("jobs")
    );
}

#[test]
fn what_is_not_there_cannot_run() {
    let folder = Folder::new(&[("p.tdm", SOUND.as_bytes()), ("readme.txt", b"x")]);
    std::fs::create_dir(folder.path("empty")).expect("a folder");
    let (policy, empty) = (folder.shown("p.tdm"), folder.shown("empty"));
    for arguments in [
        vec!["check", "nowhere"],
        vec!["fmt", "nowhere"],
        vec!["test", "nowhere"],
        vec!["check", &empty],
        vec!["fmt", &empty],
        vec!["test", &empty],
        vec!["simulate", &policy, "--calls", "nowhere"],
        vec!["simulate", &policy, "--calls", &empty],
        vec!["simulate", &empty, "--calls", "examples/bank/calls"],
        vec!["explain", &policy, "--call", "nowhere"],
    ] {
        let run = tandem(&arguments).expect_code(2);
        assert!(run.out.is_empty(), "{arguments:?}: {}", run.out);
        assert!(run.err.starts_with("error: "), "{arguments:?}: {}", run.err);
        assert!(!run.err.contains("Os {") && !run.err.contains("panicked"), "{}", run.err);
    }
}

#[test]
fn sound_policies_are_clean() {
    let folder = Folder::new(&[("p.tdm", SOUND.as_bytes()), ("calls.jsonl", CALLS.as_bytes())]);
    let (root, calls) = (folder.root(), folder.shown("calls.jsonl"));
    tandem(["check", &root]).expect_code(0);
    tandem(["fmt", "--check", &root]).expect_code(0);
    tandem(["test", &root]).expect_code(0);
    tandem(["simulate", &root, "--calls", &calls]).expect_code(0);
}

#[test]
fn findings_are_one() {
    let broken = SOUND.replace("decide queue day", "decide queue dey");
    let failing = SOUND.replace("expect queue day", "expect queue night");
    let folder = Folder::new(&[
        ("broken/p.tdm", broken.as_bytes()),
        ("failing/p.tdm", failing.as_bytes()),
        ("calls.jsonl", CALLS.as_bytes()),
    ]);
    let (broken, failing, calls) =
        (folder.shown("broken"), folder.shown("failing"), folder.shown("calls.jsonl"));
    let run = tandem(["check", &broken]).expect_code(1);
    assert!(
        run.out.contains("E0301") && run.out.contains("`day`") && run.err.is_empty(),
        "{}{}",
        run.out,
        run.err
    );
    tandem(["check", &failing]).expect_code(0);
    let run = tandem(["test", &failing]).expect_code(1);
    assert!(run.out.contains("queue night") && run.out.contains("queue day"), "{}", run.out);
    // What keeps a policy from running is no result: it goes to standard error.
    for arguments in [vec!["test", &broken], vec!["simulate", &broken, "--calls", &calls]] {
        let run = tandem(&arguments).expect_code(1);
        assert!(run.err.contains("E0301"), "{arguments:?}: {} {}", run.out, run.err);
    }
}

#[test]
fn warnings_fail_only_when_they_are_denied() {
    let folder = Folder::new(&[("p.tdm", format!("{SOUND}\nqueue never\n").as_bytes())]);
    let root = folder.root();
    assert!(tandem(["check", &root]).expect_code(0).out.contains("never"));
    tandem(["check", &root, "--deny", "warnings"]).expect_code(1);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_cannot_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new(&[("p.tdm", SOUND.as_bytes())]);
    let path = folder.path("p.tdm");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("permissions");
    if std::fs::read(&path).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let run = tandem(["check", &folder.root()]).expect_code(2);
    assert!(run.err.contains("permission denied"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_tandem"))
        .args(["simulate", "examples/bank", "--calls", "examples/bank/calls", "--format", "json"])
        .current_dir(support::root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
    assert_ne!(output.status.code(), None);
}
