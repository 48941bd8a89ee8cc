//! The tables of the book's page about the standard library say what the functions do.

use tandem_stdlib::words::{AnswerCounts, Redaction, ServiceLevelFormula, phone, redact};

/// Cells of the rows that stand between two headings of the page.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let path = tandem_tests::pages::root().join("docs/book/standard-library.md");
    let page = std::fs::read_to_string(path).expect("the page");
    let section = page.split("\n## ").find(|section| section.starts_with(heading)).expect("the section");
    let rows = section.lines().filter(|line| line.starts_with("| ") && !line.starts_with("|---"));
    rows.map(|row| row.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()).collect()
}

#[test]
fn personal_data_is_masked_as_the_book_says() {
    let rows = rows("Personal data");
    let mut kinds: Vec<&str> = Vec::new();
    for row in &rows[1..] {
        let [kind, _, text, masked] = row.as_slice() else { panic!("{row:?}") };
        let kind =
            Redaction::ALL.into_iter().find(|one| *kind == format!("`{}`", one.name())).expect("a kind");
        assert_eq!(redact::mask(text, &[kind]), masked.as_str(), "{text}");
        kinds.push(kind.name());
    }
    assert!(Redaction::ALL.iter().all(|kind| kinds.contains(&kind.name())), "{kinds:?}");
}

#[test]
fn numbers_ring_where_the_book_says() {
    for row in &rows("Telephone numbers")[1..] {
        let [number, zones] = row.as_slice() else { panic!("{row:?}") };
        let guess = phone::zones_of(number);
        assert_eq!(guess.zones.join(", "), *zones, "{number}");
        assert_eq!(guess.sure, guess.zones.len() == 1);
    }
}

#[test]
fn every_formula_is_in_the_book_with_its_share() {
    let counts = AnswerCounts {
        answered: 1_000,
        answered_in_time: 860,
        abandoned: 60,
        abandoned_in_time: 20,
        abandoned_short: 10,
    };
    let rows = rows("Figures");
    for formula in ServiceLevelFormula::ALL {
        let row = rows.iter().find(|row| row[0] == formula.name()).expect("the formula's row");
        let share = formula.share(&counts).expect("calls") * 100.0;
        assert_eq!(row[2], format!("{share:.1} %"), "{}", formula.name());
    }
}
