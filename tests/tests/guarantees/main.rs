//! Guarantees: every call that the checker shows really goes as it says.

#![cfg(test)]

mod dialogs;
mod walks;

use dialogs::{Promised, Random, WORDS, What, dialog};
use tandem_centre::Core;
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

/// Generated dialogs that are looked at.
const DIALOGS: u64 = 80;

/// Callers who walk through each dialog.
const CALLERS: u64 = 100;

#[test]
fn promises_about_generated_dialogs_hold_or_are_broken_as_shown() {
    let (mut proved, mut shown, mut walked_into) = (0, 0, 0);
    for seed in 0..DIALOGS {
        let mut random = Random(seed);
        let talks = dialog(&mut random);
        let promised = Promised::any(&mut random);
        let text = format!("{WORDS}{talks}{}", promised.text());
        let tests = broken(&text);
        let sound = check_texts([("policy.tdm", format!("{WORDS}{talks}"))]).program;
        let promise_holds = check_texts([("policy.tdm", &text)]).program.is_some();
        let Some(program) = sound.filter(|_| promise_holds || !tests.is_empty()) else { continue };
        let compiled = tandem_compiler::compile(&program).expect("a sound policy compiles");
        let core = Core::new(compiled.interpreted()).expect("a policy that runs");
        let walks = (0..CALLERS).map(|caller| walks::walk(&core, promised, &mut Random(caller)));
        let breaks = walks.filter(|(kept, _)| !kept).map(|(_, done)| done).next();
        match (&breaks, promise_holds) {
            (None, true) => proved += 1,
            (Some(done), true) => panic!("seed {seed}: proved, and broken by {done:#?}\n{text}"),
            (found, false) => walked_into += usize::from(found.is_some()),
        }
        for test in tests {
            shown += 1;
            run(&text, &test).unwrap_or_else(|wrong| panic!("seed {seed}: {wrong}\n{text}"));
        }
    }
    // Callers who walk at random find what is broken, so that what they do not find is worth something.
    let enough = proved >= 8 && shown >= 8 && walked_into * 2 >= shown;
    assert!(enough, "of {DIALOGS}: proved {proved}, shown {shown}, walked into {walked_into}");
}

#[test]
fn no_caller_hears_more_questions_than_check_says() {
    let (mut bounded, mut unbounded, mut reached, mut explored) = (0, 0, 0, 0);
    for seed in 0..200 {
        let talks = dialog(&mut Random(seed));
        let text = format!("{WORDS}{talks}");
        let Some(program) = check_texts([("policy.tdm", &text)]).program else { continue };
        let Some(depth) = program.dialogs.first().and_then(|dialog| dialog.depth) else {
            assert!(program.dialogs[0].circle.is_some(), "it says where callers go round:\n{text}");
            unbounded += 1;
            continue;
        };
        bounded += 1;
        // After an answer a dialog may go on, which a guarantee counts and the figure does not.
        if !talks.contains("answer ") && depth > 0 {
            let promise = format!("{text}guarantee bound {{ no path asks more than {depth} questions }}\n");
            assert!(broken(&promise).is_empty(), "seed {seed}: some path asks more than {depth}:\n{text}");
            explored += 1;
        }
        let core =
            Core::new(tandem_compiler::compile(&program).expect("compiles").interpreted()).expect("runs");
        let heard = |most: usize| {
            let promised = Promised { asks: 0, what: What::Heard(most) };
            let walks = (0..CALLERS).map(|caller| walks::walk(&core, promised, &mut Random(caller)));
            walks.filter(|(kept, _)| !kept).map(|(_, done)| done).next()
        };
        if let Some(done) = heard(depth as usize) {
            panic!("seed {seed}: more than {depth} questions for {done:#?}\n{text}");
        }
        reached += usize::from(depth == 0 || heard(depth as usize - 1).is_some());
    }
    // A bound that nobody comes near, or a generator of circles alone, would show nothing.
    assert!(
        bounded >= 12 && unbounded >= 12 && reached * 3 >= bounded && explored * 4 >= bounded,
        "{bounded} bounded, {unbounded} not, {reached} bounds reached, {explored} explored"
    );
}
