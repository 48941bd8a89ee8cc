//! The texts of policies that run as tests.

use std::path::Path;

use tandem_tests::markdown::Page;
use tandem_tests::pages;

/// Code of a page's snippets, those left out that must get a finding. A page without tests gives nothing.
fn of_page(path: &Path) -> Vec<String> {
    let page = Page::read(&std::fs::read_to_string(path).expect("a readable page"));
    let texts = page.snippets.into_iter().filter(|snippet| !snippet.must_fail()).map(|snippet| snippet.text);
    let texts: Vec<String> = texts.collect();
    let runs = texts.iter().any(|text| text.lines().any(|line| line.starts_with("test \"")));
    if runs { texts } else { Vec::new() }
}

fn of_folder(folder: &str) -> Vec<String> {
    pages::in_folder(folder).expect("a folder").iter().flat_map(|path| of_page(path)).collect()
}

/// The book's.
pub(crate) fn of_book() -> Vec<String> {
    ["docs/book", "docs/book/zh"].into_iter().flat_map(of_folder).collect()
}

/// Those of the book, the specifications and the policies of `examples/`.
pub(crate) fn all() -> Vec<String> {
    let mut texts = of_book();
    texts.extend(of_folder("tests/specs"));
    let files = pages::below(&pages::root().join("examples"), ".tdm").expect("the examples");
    texts.extend(files.iter().map(|path| std::fs::read_to_string(path).expect("UTF-8")));
    texts
}
