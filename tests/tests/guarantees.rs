//! Guarantees: every call that the checker shows really goes as it says.

#![cfg(test)]

use tandem_lang::check_texts;
use tandem_lang::diagnostics::{Code, Diagnostic};
use tandem_tests::engines;
use tandem_tests::markdown::{Page, Policy};
use tandem_tests::pages;

/// The calls that break a policy's guarantees, as tests.
fn broken(text: &str) -> Vec<String> {
    let checked = check_texts([("policy.tdm", text)]);
    let shown = checked.diagnostics.iter().filter(|one| one.code == Code::GuaranteeBroken);
    shown.map(test_of).collect()
}

fn test_of(finding: &Diagnostic) -> String {
    let help = finding.help.as_deref().expect("a broken guarantee shows a call");
    help.split_once("\n\n").expect("the test stands behind the words").1.to_owned()
}

/// The policy without its guarantees.
fn without_guarantees(text: &str) -> String {
    let mut inside = false;
    let kept = text.lines().filter(|line| {
        inside |= line.starts_with("guarantee ");
        let kept = !inside;
        inside &= !line.ends_with('}') && !line.contains("} #");
        kept
    });
    kept.map(|line| format!("{line}\n")).collect()
}

/// Runs a test in a policy; answers what went otherwise.
fn run(policy: &str, test: &str) -> Result<(), String> {
    let text = format!("{}\n{test}\n", without_guarantees(policy));
    let policy = Policy { files: vec![("policy.tdm".to_owned(), text.clone())], ..Policy::default() };
    let ran = engines::run(&policy).map_err(|wrong| format!("{wrong}\n{test}"))?;
    if ran.tests > 0 && ran.checked > 0 { Ok(()) } else { Err(format!("nothing was checked:\n{test}")) }
}

#[test]
fn shown_calls_go_as_they_say() {
    let page = std::fs::read_to_string(pages::root().join("tests/specs/guarantees.md")).expect("the page");
    let (mut shown, mut wrong) = (0, Vec::new());
    for section in Page::read(&page).sections() {
        let (_, text) = section.files.first().expect("a policy");
        for test in broken(text) {
            shown += 1;
            wrong.extend(run(text, &test).err());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n----\n"));
    assert!(shown >= 10, "only {shown} calls were shown");
}
