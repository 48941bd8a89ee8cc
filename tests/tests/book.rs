//! The book and the README: every snippet is checked, runs and is formatted.

#![cfg(test)]

use tandem_tests::markdown::Page;
use tandem_tests::pages;

fn all_pages() -> Vec<std::path::PathBuf> {
    let mut found = pages::in_folder("docs/book").expect("the book");
    found.extend(pages::in_folder("docs/book/zh").expect("the book in Chinese"));
    found.push(pages::root().join("README.md"));
    found
}

#[test]
fn every_policy_in_the_book_runs() {
    let (mut wrong, mut tests) = (Vec::new(), 0);
    for page in all_pages() {
        let (ran, found) = pages::run(&page, Page::policies).expect("a readable page");
        wrong.extend(found);
        tests += ran.tests;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tests > 15, "only {tests} tests ran");
}

#[test]
fn every_snippet_in_the_book_is_formatted() {
    for page in all_pages() {
        let found = pages::unformatted(&page).expect("a readable page");
        assert!(found.is_empty(), "{}: {found:#?}", page.display());
    }
}

#[test]
fn the_reference_has_an_example_of_every_item() {
    let text = std::fs::read_to_string(pages::root().join("docs/book/reference.md")).expect("the reference");
    let code: String = Page::read(&text).snippets.into_iter().map(|snippet| snippet.text).collect();
    for keyword in tandem_lang::layout::ITEM_KEYWORDS {
        assert!(code.lines().any(|line| line.starts_with(keyword)), "no example of `{keyword}`");
    }
}

#[test]
fn a_wrong_page_is_found_out() {
    let page =
        Page::read("# x\n\n```tdm\nqueue a\nroute r decides queue {\n  otherwise decide queue b\n}\n```\n");
    let found = tandem_tests::engines::run(&page.policies()[0]).expect_err("an undeclared queue");
    assert!(found.contains("E0301"), "{found}");
    let page = Page::read(
        "# x\n\n```tdm\nqueue a, b\nroute r decides queue {\n  otherwise decide queue a\n}\n\
         test \"t\" {\n  at 0s expect queue b\n}\n```\n",
    );
    let found = tandem_tests::engines::run(&page.policies()[0]).expect_err("a test that fails");
    assert!(found.contains("line 9"), "{found}");
    let page = Page::read("# x\n\n```tdm\nqueue a # expect E0402\n```\n");
    let found = tandem_tests::engines::run(&page.policies()[0]).expect_err("a finding that does not come");
    assert!(found.contains("expected E0402"), "{found}");
}

#[test]
fn the_index_of_decisions_is_complete() {
    let index = std::fs::read_to_string(pages::root().join("docs/decisions/README.md")).expect("the index");
    for path in pages::in_folder("docs/decisions").expect("the decisions") {
        let name = path.file_name().expect("a name").to_string_lossy();
        assert!(name == "README.md" || index.contains(&format!("({name})")), "{name} is not in the index");
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut all = all_pages();
    all.extend(
        ["ARCHITECTURE.md", "CONTRIBUTING.md", "examples/README.md"].map(|name| pages::root().join(name)),
    );
    for page in all {
        let text = std::fs::read_to_string(&page).expect("a readable page");
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
        for target in targets.filter(|target| !target.contains("://") && !target.is_empty()) {
            assert!(page.with_file_name(target).exists(), "{}: {target}", page.display());
        }
    }
}
