//! Generated policies use the whole grammar.

use tandem_tests::grammar::{missing, used};

use crate::random::Random;
use crate::texts;

/// So many policies together use everything that they can.
const POLICIES: u64 = 400;

#[test]
fn generated_policies_use_every_part_of_the_grammar() {
    let policies: Vec<String> = (0..POLICIES).map(|seed| texts::policy(&mut Random::new(seed))).collect();
    let used = used(policies.iter().map(String::as_str));
    assert_eq!(missing(&used, |_| true), "", "generated policies never use these parts");
}
