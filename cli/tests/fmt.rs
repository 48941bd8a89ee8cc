//! `tandem fmt`: once is enough, comments stay, `--check` changes nothing.

#![cfg(test)]

mod support;

use support::{Folder, SOUND, tandem};

const UGLY: &str = "queue   day,night  # both\n\n\n\n# above\ncalendar desk in UTC{mon..sun 08:00-20:00}\n\
route r decides queue{\n\ttable first match {\n desk->queue|because\nopen -> day|\"x\" # inside\n otherwise->night|\"y\"\n}\n}\n";

#[test]
fn once_is_enough_and_comments_stay() {
    let folder = Folder::new(&[("p.tdm", UGLY.as_bytes())]);
    let root = folder.root();
    tandem(["fmt", &root]).expect_code(0);
    let once = std::fs::read_to_string(folder.path("p.tdm")).expect("the file");
    tandem(["fmt", &root]).expect_code(0);
    assert_eq!(std::fs::read_to_string(folder.path("p.tdm")).expect("the file"), once);
    assert_ne!(once, UGLY);
    for comment in ["# both", "# above", "# inside"] {
        assert!(once.contains(comment), "{once}");
    }
    tandem(["fmt", "--check", &root]).expect_code(0);
    tandem(["check", &root]).expect_code(0);
}

#[test]
fn check_changes_nothing_and_says_what_would_change() {
    let folder = Folder::new(&[("ugly.tdm", UGLY.as_bytes()), ("nice.tdm", b"skill x\n")]);
    let run = tandem(["fmt", "--check", &folder.root()]).expect_code(1);
    assert!(run.out.contains("ugly.tdm") && !run.out.contains("nice.tdm"), "{}", run.out);
    assert_eq!(std::fs::read_to_string(folder.path("ugly.tdm")).expect("the file"), UGLY);
}

#[test]
fn a_file_with_mistakes_loses_nothing() {
    let text = "queue day, nigth,,\nroute r decides {{ queue\n  otherwise decide \"day\n}\nwatsh x\n";
    let folder = Folder::new(&[("p.tdm", text.as_bytes())]);
    tandem(["fmt", &folder.root()]);
    let after = std::fs::read_to_string(folder.path("p.tdm")).expect("the file");
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(letters(&after), letters(text));
}

#[test]
fn the_examples_are_formatted() {
    tandem(["fmt", "--check", "examples"]).expect_code(0);
}

#[test]
fn formatting_keeps_what_a_policy_means() {
    let folder = Folder::new(&[("p.tdm", SOUND.replace("  ", "        ").as_bytes())]);
    tandem(["fmt", &folder.root()]).expect_code(0);
    assert_eq!(std::fs::read_to_string(folder.path("p.tdm")).expect("the file"), SOUND);
    tandem(["test", &folder.root()]).expect_code(0);
}
