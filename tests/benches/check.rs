//! What it costs to check a policy of 10,000 lines, from bytes to the checked program.
//!
//! `cargo bench -p tandem-tests --bench check`. Everything counts: layout, grammar, names, types, coverage, and the
//! modules that come with the language.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot make its policy has nothing to measure"
)]

#[path = "check/policy.rs"]
mod policy;

use divan::Bencher;
use tandem_lang::check_texts;

/// Lines, or rows, of the policies that are checked.
const LINES: usize = 10_000;

fn main() {
    divan::main();
}

/// Checks a text, which must be right.
fn measure(bencher: Bencher, text: &str) {
    bencher.bench_local(|| {
        let checked = check_texts([("policy.tdm", text)]);
        assert!(checked.program.is_some(), "{:?}", checked.diagnostics);
        checked
    });
}

/// The language's own modules and a policy of three lines: what every run pays.
#[divan::bench]
fn nearly_nothing(bencher: Bencher) {
    measure(bencher, "route r decides priority {\n  otherwise decide priority 1\n}\n");
}

#[divan::bench]
fn branches_of_a_bank(bencher: Bencher) {
    measure(bencher, &policy::branches(LINES));
}

#[divan::bench]
fn one_table(bencher: Bencher) {
    measure(bencher, &policy::one_table(LINES));
}
