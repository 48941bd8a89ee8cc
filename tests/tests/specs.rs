//! Specifications by example: the pages of `tests/specs`, each heading a policy, each test on both engines.

#![cfg(test)]

use tandem_tests::engines::Ran;
use tandem_tests::markdown::Page;
use tandem_tests::pages;

/// Runs one page; answers what ran.
fn page(name: &str) -> Ran {
    let path = pages::root().join("tests/specs").join(name);
    let (ran, wrong) = pages::run(&path, Page::sections).expect("a readable page");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(ran.tests > 0, "no test ran");
    ran
}

macro_rules! pages {
    ($($test:ident = $page:literal;)*) => {
        $(#[test] fn $test() { page($page); })*

        const NAMED: &[&str] = &[$($page),*];
    };
}

pages! {
    assists = "assists.md";
    calendars = "calendars.md";
    campaigns = "campaigns.md";
    centre = "centre.md";
    dates = "dates.md";
    dialogs = "dialogs.md";
    guarantees = "guarantees.md";
    intents = "intents.md";
    labels = "labels.md";
    laws = "laws.md";
    modules = "modules.md";
    phrases = "phrases.md";
    quality = "quality.md";
    queues = "queues.md";
    routes = "routes.md";
    sources = "sources.md";
    tests_ = "tests.md";
    tickets = "tickets.md";
    units = "units.md";
    watches = "watches.md";
}

#[test]
fn no_page_is_forgotten() {
    let found = pages::in_folder("tests/specs").expect("the specifications");
    let names: Vec<String> =
        found.iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned())).collect();
    assert_eq!(names, NAMED);
}

#[test]
fn every_snippet_is_formatted() {
    for page in pages::in_folder("tests/specs").expect("the specifications") {
        let found = pages::unformatted(&page).expect("a readable page");
        assert!(found.is_empty(), "{}: {found:#?}", page.display());
    }
}
