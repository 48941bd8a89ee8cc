//! Every part of the grammar has an example that runs.

use tandem_tests::grammar::{missing, needed, used};

use crate::examples;

#[test]
fn every_part_of_every_rule_has_an_example_that_runs() {
    assert!(needed().len() > 1_000, "only {} parts", needed().len());
    let texts = examples::all();
    let used = used(texts.iter().map(String::as_str));
    assert_eq!(missing(&used, |_| true), "", "these parts of the grammar have no example that runs");
}

#[test]
fn every_rule_is_in_the_book() {
    let texts = examples::of_book();
    let used = used(texts.iter().map(String::as_str));
    let is_rule = |(_, part): &(String, String)| part.is_empty();
    assert_eq!(missing(&used, is_rule), "", "these rules of the grammar have no example in the book");
}

#[test]
fn what_texts_use_is_told_apart() {
    let part = |rule: &str, part: &str| (rule.to_owned(), part.to_owned());
    let all = needed();
    for known in [part("queue_head", ""), part("pace", "kw_predictive"), part("signal", "\"pitch\"")] {
        assert!(all.contains(&known), "{known:?}");
    }
    let used = used(["watch a on customer {\n  when pitch > 180 Hz\n  do alert b\n}\n"]);
    assert!(used.contains(&part("watch_head", "party")) && !used.contains(&part("watch_head", "effective")));
    assert!(used.contains(&part("operation", "op_compare")) && !used.contains(&part("operation", "op_or")));
}
