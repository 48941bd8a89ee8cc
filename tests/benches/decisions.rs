//! What a decision costs: native code beside idiomatic hand-written Rust on the same varied inputs.
//!
//! `cargo bench -p tandem-tests --bench decisions`. Times are for 1,024 decisions or frames: divide by 1,024.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::manual_range_patterns,
    reason = "a benchmark that cannot be set up must stop; rows list their words one by one"
)]

#[path = "decisions/calls.rs"]
mod calls;
#[path = "decisions/frames.rs"]
mod frames;

use divan::{Bencher, black_box};
use tandem_compiler::{NativeOptions, Trace};
use tandem_lang::program::Program;
use tandem_stdlib::contract::{Artefact, Slot};

/// Decisions in one measured run.
const DECISIONS: usize = 1_024;

fn main() {
    divan::main();
}

fn native(program: &Program, trace: Trace) -> Artefact {
    let compiled = tandem_compiler::compile(program).expect("compiles");
    let code = compiled.machine_code_with(NativeOptions { trace }).expect("native");
    tandem_policy::load(compiled.manifest.clone(), code, compiled.explain()).expect("loads")
}

/// Runs entry 0 on all records of facts.
fn decide_all(bencher: Bencher, artefact: &Artefact, facts: &[Vec<Slot>]) {
    let entry = &artefact.manifest.entries[0];
    let mut answer = vec![0; entry.answer_slots as usize];
    bencher.bench_local(|| {
        for facts in facts {
            let status = artefact.evaluator.run(0, black_box(facts), &mut [], &mut answer);
            black_box((status, &answer));
        }
    });
}

#[divan::bench(name = "40-row route, hand-written")]
fn route_by_hand(bencher: Bencher) {
    let calls = calls::random(DECISIONS);
    bencher.bench_local(|| {
        for call in &calls {
            black_box(calls::by_hand(black_box(call)));
        }
    });
}

#[divan::bench(name = "40-row route, native", args = ["trace", "no trace"])]
fn route_native(bencher: Bencher, trace: &str) {
    let trace = if trace == "trace" { Trace::On } else { Trace::Off };
    let artefact = native(&calls::program(), trace);
    let calls = calls::random(DECISIONS);
    let facts = calls.iter().map(|call| calls::facts(&artefact.manifest, call)).collect::<Vec<_>>();
    for (call, facts) in calls.iter().zip(&facts) {
        let mut answer = vec![0; artefact.manifest.entries[0].answer_slots as usize];
        artefact.evaluator.run(0, facts, &mut [], &mut answer);
        let (row, queue, priority) = calls::by_hand(call);
        assert_eq!(answer[..3], [queue, priority, row as u64], "both decide alike");
    }
    decide_all(bencher, &artefact, &facts);
}

#[divan::bench(name = "frame through three watches, hand-written")]
fn watches_by_hand(bencher: Bencher) {
    let frames = frames::random(DECISIONS);
    bencher.bench_local(|| {
        let mut state = frames::State::default();
        for frame in &frames {
            black_box(state.step(black_box(frame)));
        }
    });
}

#[divan::bench(name = "frame through three watches, native", args = ["trace", "no trace"])]
fn watches_native(bencher: Bencher, trace: &str) {
    let trace = if trace == "trace" { Trace::On } else { Trace::Off };
    let artefact = native(&frames::program(), trace);
    let frames = frames::random(DECISIONS);
    let facts = frames.iter().map(|frame| frames::facts(&artefact.manifest, frame)).collect::<Vec<_>>();
    let (members, state_slots, answer_slots) = frames::members(&artefact.manifest);
    let group = artefact.evaluator.group(&members).expect("native code has groups");
    frames::fire_alike(&frames, &facts, &*group, (state_slots, answer_slots));
    bencher.bench_local(|| {
        let (mut states, mut answers) = (vec![0; state_slots], vec![0; answer_slots]);
        for facts in &facts {
            let overflowed = group.run(black_box(facts), &mut states, &mut answers);
            black_box((overflowed, &answers));
        }
    });
}

#[divan::bench(name = "frame through three watches, native one by one")]
fn watches_one_by_one(bencher: Bencher) {
    let artefact = native(&frames::program(), Trace::On);
    let frames = frames::random(DECISIONS);
    let facts = frames.iter().map(|frame| frames::facts(&artefact.manifest, frame)).collect::<Vec<_>>();
    let entries = &artefact.manifest.entries;
    bencher.bench_local(|| {
        let mut states = entries.iter().map(|entry| vec![0; entry.state_slots as usize]).collect::<Vec<_>>();
        let mut answer = [0; 3];
        for facts in &facts {
            for (entry, state) in states.iter_mut().enumerate() {
                let status = artefact.evaluator.run(entry, black_box(facts), state, &mut answer);
                black_box((status, &answer));
            }
        }
    });
}
