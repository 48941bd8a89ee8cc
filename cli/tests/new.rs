//! `tandem new`: every template is a policy without findings whose tests pass, and nothing is overwritten.

#![cfg(test)]

mod support;

use support::{Folder, tandem};

#[test]
fn every_template_is_a_policy_that_runs() {
    let templates = ["routing", "collections", "renewals", "repairs"];
    for (template, language) in templates.into_iter().flat_map(|one| [(one, "en"), (one, "zh")]) {
        let folder = Folder::new(&[]);
        let path = folder.shown("mine");
        tandem(["new", template, &path, "--language", language]).expect_code(0);
        let checked = tandem(["check", &path]).expect_code(0);
        assert!(!checked.out.contains("Error"), "{template}: {}", checked.out);
        tandem(["fmt", "--check", &path]).expect_code(0);
        let tested = tandem(["test", &path]).expect_code(0);
        let passed = tested.out.lines().filter(|line| line.starts_with("ok")).count();
        assert!(passed >= 5, "{template} {language}: {}", tested.out);
    }
}

#[test]
fn nothing_is_overwritten_and_only_templates_are_written() {
    let folder = Folder::new(&[("policy.tdm", b"skill x\n")]);
    let run = tandem(["new", "routing", &folder.root()]).expect_code(2);
    assert!(run.err.contains("is there already"), "{}", run.err);
    assert_eq!(std::fs::read_to_string(folder.path("policy.tdm")).expect("the file"), "skill x\n");
    tandem(["new", "bakery", &folder.shown("other")]).expect_code(2);
}
