//! Every file is documented, formatted, and declares what its name says.

use tandem_lang::source::Sources;

use crate::definitions;

#[test]
fn every_file_is_formatted() {
    for definition in definitions::in_folder("") {
        let mut sources = Sources::default();
        let file = sources.add(format!("{}.tdm", definition.name), definition.text.clone(), true);
        let formatted = tandem_lang::format::format(file, &sources);
        assert_eq!(definition.text, formatted, "{}", definition.name);
    }
}

#[test]
fn every_definition_is_documented_and_named_as_its_file() {
    let folders = [("phrases", "phrases"), ("calendars", "holidays"), ("law", "law"), ("targets", "target")];
    for (folder, keyword) in folders {
        for definition in definitions::in_folder(folder) {
            assert!(definition.text.starts_with("# "), "{} has no comment", definition.name);
            let heads: Vec<&str> = definition
                .text
                .lines()
                .filter(|line| line.starts_with(keyword) && line.ends_with('{'))
                .collect();
            assert_eq!(heads.len(), 1, "{} declares {heads:?}", definition.name);
            assert!(heads[0].starts_with(&format!("{keyword} {} ", definition.name)), "{heads:?}");
        }
    }
}

#[test]
fn every_definition_is_in_the_book() {
    let page = tandem_tests::pages::root().join("docs/book/standard-library.md");
    let page = std::fs::read_to_string(page).expect("the page");
    for folder in ["phrases", "calendars", "law", "targets"] {
        for definition in definitions::in_folder(folder) {
            assert!(
                page.contains(&format!("`{}`", definition.name)),
                "{} is not in the book",
                definition.name
            );
        }
    }
}
