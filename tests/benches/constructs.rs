//! Whether the bars hold where every construct is in use: dialogs, campaigns, tickets, assists, experiments, targets.
//!
//! `cargo bench -p tandem-tests --bench constructs`. A policy of 150 lines beside one of 10,000: the whole way from text
//! to native code, and what one route's decision costs among all the others (times are for 1,024: divide by 1,024).

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot be set up must stop; its records have known lengths"
)]

#[path = "constructs/policy.rs"]
mod policy;

use divan::{Bencher, black_box};
use tandem_lang::check_texts;
use tandem_lang::program::Program;
use tandem_stdlib::contract::{Artefact, Slot};

/// Lines of the policies.
const LINES: [usize; 2] = [150, 10_000];

/// Decisions in one measured run.
const DECISIONS: u64 = 1_024;

fn main() {
    divan::main();
}

fn program(lines: usize) -> Program {
    let checked = check_texts([("policy.tdm", policy::every_construct(lines).as_str())]);
    checked.program.expect("the policy is right")
}

fn native(program: &Program) -> Artefact {
    let compiled = tandem_compiler::compile(program).expect("compiles");
    let code = compiled.machine_code().expect("native");
    tandem_policy::load(compiled.manifest.clone(), code, compiled.explain()).expect("loads")
}

#[divan::bench(args = LINES)]
fn check(bencher: Bencher, lines: usize) {
    let text = policy::every_construct(lines);
    bencher.bench_local(|| check_texts([("policy.tdm", black_box(text.as_str()))]));
}

#[divan::bench(args = LINES)]
fn compile(bencher: Bencher, lines: usize) {
    let program = program(lines);
    bencher.bench_local(|| native(black_box(&program)));
}

/// Facts that differ from decision to decision: small words, so that every row of the route has its turn.
fn facts(count: usize) -> Vec<Vec<Slot>> {
    let word = |decision: u64, fact: usize| (decision >> (fact % 5)) % 4;
    let record = |decision| (0..count).map(|fact| word(decision, fact)).collect();
    (0..DECISIONS).map(record).collect()
}

#[divan::bench(args = LINES)]
fn decide(bencher: Bencher, lines: usize) {
    let artefact = native(&program(lines));
    let entries = &artefact.manifest.entries;
    let route = entries.iter().position(|entry| entry.name == "desks.arrival_0").expect("the route");
    let mut answer = vec![0; entries[route].answer_slots as usize];
    let facts = facts(artefact.manifest.facts.len());
    bencher.bench_local(|| {
        for facts in &facts {
            let status = artefact.evaluator.run(route, black_box(facts), &mut [], &mut answer);
            black_box((status, &answer));
        }
    });
}
