//! Everything of the standard library is in an example that runs.

use std::collections::BTreeSet;

use tandem_lang::check::standard_names;
use tandem_lang::source::Sources;
use tandem_lang::tree::Item;
use tandem_tests::pages;

use crate::examples;

/// Code without comments, and without lines that only bring something in.
fn said(texts: &[String]) -> String {
    let lines = texts.iter().flat_map(|text| text.lines()).filter(|line| !line.starts_with("use "));
    lines.map(|line| line.split(" #").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Whether a name stands there that is no part of a longer one.
fn has(code: &str, name: &str) -> bool {
    let inside = |letter: Option<char>| letter.is_some_and(|one| one.is_alphanumeric() || one == '_');
    code.match_indices(name).any(|(at, _)| {
        let (before, behind) = (code.get(..at), code.get(at + name.len()..));
        (name.starts_with('.') || !inside(before.and_then(|text| text.chars().next_back())))
            && !inside(behind.and_then(|text| text.chars().next()))
    })
}

fn missing(names: impl IntoIterator<Item = String>, code: &str) -> Vec<String> {
    names.into_iter().filter(|name| !has(code, name)).collect()
}

/// Names of the files of a folder of the standard library.
fn definitions(folder: &str) -> Vec<String> {
    let folder = pages::root().join("stdlib/modules/std").join(folder);
    let entries = std::fs::read_dir(folder).expect("the folder");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.expect("an entry").path().file_stem().expect("a name").to_string_lossy().into_owned()
    };
    entries.map(name).collect()
}

#[test]
fn every_fact_signal_and_function_has_an_example_in_the_book() {
    let code = said(&examples::of_book());
    // Facts of queues are asked of all queues together or of one.
    let of_queue = |name: &String| name.strip_prefix("queue.").map(|fact| format!(".{fact}"));
    let names = standard_names().into_iter().map(|name| of_queue(&name).unwrap_or(name));
    assert_eq!(missing(names, &code), Vec::<String>::new());
}

#[test]
fn every_definition_has_an_example_in_the_book() {
    let code = said(&examples::of_book());
    for folder in ["phrases", "calendars", "law"] {
        assert_eq!(missing(definitions(folder), &code), Vec::<String>::new(), "of {folder}");
    }
}

#[test]
fn every_preset_of_targets_is_brought_by_an_example_in_the_book() {
    let code = examples::of_book().join("\n");
    let brought = |name: &String| code.lines().any(|line| line.trim() == format!("use std.targets.{name}"));
    let missing: Vec<String> = definitions("targets").into_iter().filter(|name| !brought(name)).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_word_that_needs_no_declaration_has_an_example_that_runs() {
    let code = said(&examples::all());
    let path = pages::root().join("stdlib/modules/std/prelude.tdm");
    let mut sources = Sources::default();
    let file = sources.add("prelude.tdm", std::fs::read_to_string(path).expect("the prelude"), true);
    let (tree, _) = tandem_lang::parse::parse(file, &sources);
    let mut words = BTreeSet::new();
    for item in &tree.items {
        let Item::Vocabulary(vocabulary) = item else { continue };
        // Languages are the list of ISO 639-1.
        let is_language = vocabulary.name.as_ref().is_some_and(|name| name.text == "language");
        words.extend(vocabulary.words.iter().filter(|_| !is_language).map(|(word, _)| word.text.clone()));
    }
    assert!(words.len() > 20, "{words:?}");
    assert_eq!(missing(words, &code), Vec::<String>::new());
}
