//! Input that is wrong in unusual ways: a message, no crash, no long stall.

#![cfg(test)]

mod support;

use std::time::{Duration, Instant};

use support::{Folder, Run, SOUND, tandem};

/// Far beyond what any of these takes, far below a stall.
const STALL: Duration = Duration::from_secs(60);

fn check(folder: &Folder) -> Run {
    let before = Instant::now();
    let run = tandem(["check", &folder.root()]);
    assert!(before.elapsed() < STALL, "{:?}", before.elapsed());
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

#[test]
fn text_that_is_not_utf_8() {
    let folder = Folder::new(&[("p.tdm", b"queue a\nqueue \xff\xfe\n")]);
    let run = check(&folder).expect_code(1);
    assert!(run.out.contains("E0101") && run.out.contains("UTF-8"), "{}", run.out);
    let run = tandem(["fmt", &folder.root()]).expect_code(2);
    assert!(run.err.contains("UTF-8"), "{}", run.err);
    assert_eq!(std::fs::read(folder.path("p.tdm")).expect("the file"), b"queue a\nqueue \xff\xfe\n");
}

#[test]
fn a_file_of_fifty_megabytes() {
    for line in ["queue q\n", "((((((((\n", "\"\"\"\"\"\"\"\n", "# a comment, nothing but a comment\n"] {
        let text = line.repeat((50 << 20) / line.len());
        let folder = Folder::new(&[("p.tdm", text.as_bytes())]);
        let run = check(&folder).expect_code(1);
        assert!(run.out.contains("E0102"), "{}", run.out.chars().take(500).collect::<String>());
    }
}

#[test]
fn the_largest_file_that_is_read() {
    let text = "queue q { needs x }\n".repeat((8 << 20) / 20 - 1);
    let folder = Folder::new(&[("p.tdm", text.as_bytes())]);
    let run = check(&folder).expect_code(1);
    assert!(run.out.contains("E0302") && run.out.len() < 1 << 20, "{} bytes", run.out.len());
}

#[test]
fn a_million_nested_brackets() {
    for (open, close) in
        [("(", ")"), ("{", "}"), ("[", "]"), ("not ", ""), ("-", ""), ("1 + ", ""), ("1 if yes else ", "")]
    {
        let expression = format!("{}1{}", open.repeat(1_000_000), close.repeat(1_000_000));
        let text = format!("route r decides priority {{\n  otherwise decide priority {expression}\n}}\n");
        let folder = Folder::new(&[("p.tdm", text.as_bytes())]);
        let run = check(&folder).expect_code(1);
        assert!(run.out.len() < 1 << 16, "`{open}`: {} bytes", run.out.len());
        let formatted = tandem(["fmt", &folder.root()]);
        assert!([0, 2].contains(&formatted.code) && !formatted.err.contains("panicked"), "{}", formatted.err);
    }
}

#[test]
fn brackets_that_never_close() {
    for text in [
        "(".repeat(1_000_000),
        "route r decides queue {\n".repeat(50_000),
        "phrases p { en \"".repeat(50_000),
    ] {
        let folder = Folder::new(&[("p.tdm", text.as_bytes())]);
        check(&folder).expect_code(1);
    }
}

#[test]
fn files_that_say_nothing() {
    for text in ["", "\n\n", "# only a comment", "\u{feff}", "\u{feff}# a mark, then a comment\n"] {
        let folder = Folder::new(&[("p.tdm", text.as_bytes())]);
        let run = check(&folder);
        assert!([0, 1].contains(&run.code), "{text:?}: {} {}", run.code, run.err);
    }
}

#[test]
fn a_mark_at_the_start_and_lines_that_end_as_windows_ends_them() {
    let text = format!("\u{feff}{}", SOUND.replace('\n', "\r\n"));
    let folder = Folder::new(&[("p.tdm", text.as_bytes())]);
    check(&folder).expect_code(0);
    tandem(["test", &folder.root()]).expect_code(0);
}

#[test]
fn controls_and_zeros_in_a_text() {
    let folder = Folder::new(&[("p.tdm", b"queue a\0b\nphrases p { en \"\x07\x1b[31m\" }\n\x00\n")]);
    let run = check(&folder).expect_code(1);
    assert!(!run.out.contains('\u{1b}'), "control characters of the input reach the terminal");
}
