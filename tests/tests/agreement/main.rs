//! Native code and the reference interpreter agree on random checked programs, facts and sequences of events.
//!
//! `PROPTEST_CASES` sets how many programs are tried (default 256 routes, 256 watches with a check, 96 whole policies; each
//! entry on 48 runs), see [`CASES_MIN`].

#![cfg(test)]

mod formatting;
mod grammar;
mod programs;
mod random;
mod texts;
mod walk;

use std::cell::{Cell, RefCell};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use tandem_lang::check_texts;
use tandem_lang::diagnostics::Severity;
use tandem_lang::program::Program;
use tandem_lang::render::{Findings, human};
use tandem_stdlib::contract::{Artefact, EntryKind, FactSource, Manifest, Slot, Status};

use random::Random;

/// Runs of each entry.
const RUNS: usize = 48;

/// Entries that a whole policy has at least.
const ENTRIES_OF_POLICY_MIN: usize = 22;

/// Generated policies without errors, of all. What is refused is a fault of the generator or of the checker.
const SOUND_PERCENT_MIN: usize = 95;

/// Cases that all tests of this file evaluate on both engines at least, with the default number of programs.
const CASES_MIN: usize = RUNS * (256 + 256 * 2 + 44 * 4 + 96 * ENTRIES_OF_POLICY_MIN);
const _: () = assert!(CASES_MIN >= 100_000, "fewer cases than are promised");

fn both(program: &Program) -> [Artefact; 2] {
    let compiled = tandem_compiler::compile(program).expect("a checked program compiles");
    let code = compiled.machine_code().expect("this machine has native code");
    let native = tandem_policy::load(compiled.manifest.clone(), code, compiled.explain()).expect("it fits");
    [compiled.interpreted(), native]
}

fn facts(manifest: &Manifest, random: &mut Random, now: i64) -> Vec<Slot> {
    let value = |spec: &tandem_stdlib::contract::FactSpec, random: &mut Random| match spec.source {
        FactSource::Said(..) if random.chance(3) => (now - 50).cast_unsigned(),
        FactSource::Said(..) => (-1_i64).cast_unsigned(),
        _ => random.slot(spec.ty),
    };
    let mut facts = manifest.facts.iter().map(|spec| value(spec, random)).collect::<Vec<_>>();
    facts[0] = now.cast_unsigned();
    facts
}

/// Runs one entry on both engines with states of their own and compares all that they leave behind.
fn agree(engines: &[Artefact; 2], entry: usize, random: &mut Random) {
    let manifest = &engines[0].manifest;
    let spec = &manifest.entries[entry];
    let mut states = [vec![0; spec.state_slots as usize], vec![0; spec.state_slots as usize]];
    let mut now = 0;
    for run in 0..RUNS {
        now += i64::try_from(random.below(4_000)).expect("small");
        let facts = facts(manifest, random, now);
        let mut seen = Vec::new();
        for (engine, state) in engines.iter().zip(&mut states) {
            // What the record held before must not matter.
            let mut answer = vec![random.below(9); spec.answer_slots as usize];
            let status = engine.evaluator.run(entry, &facts, state, &mut answer);
            seen.push((status, (status == Status::Done).then_some(answer), state.clone()));
        }
        assert_eq!(seen[0], seen[1], "run {run} of {} (interpreted, native), facts {facts:x?}", spec.name);
        account(&engines[0], entry, &facts, seen.swap_remove(0).1);
    }
}

/// A route's account holds for the outcome that decided and for none before it.
fn account(engine: &Artefact, entry: usize, facts: &[Slot], answer: Option<Vec<Slot>>) {
    let EntryKind::Route { outputs, .. } = &engine.manifest.entries[entry].kind else { return };
    let outcomes = engine.manifest.entries[entry].outcomes.len();
    let Some(answer) = answer.filter(|_| outcomes <= 70) else { return };
    let traces = engine.explain.explain(entry, facts, &[]);
    assert_eq!(traces.len(), outcomes);
    let decided = traces.iter().position(|trace| trace.held);
    assert_eq!(answer[outputs.len()], decided.map_or(u64::MAX, |outcome| outcome as u64));
    if let Some(outcome) = decided {
        let word = outputs.len() + 1 + outcome / 64;
        assert_eq!(answer[word], 1 << (outcome % 64), "the trace bit of the outcome that decided");
    }
}

fn try_program(seed: u64, make: fn(&mut Random) -> Program) {
    let mut random = Random::new(seed);
    let program = make(&mut random);
    let engines = both(&program);
    for entry in 0..engines[0].manifest.entries.len() {
        agree(&engines, entry, &mut random);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn routes_agree(seed in any::<u64>()) {
        try_program(seed, programs::route);
    }

    #[test]
    fn watches_and_checks_agree(seed in any::<u64>()) {
        try_program(seed, programs::watch_and_check);
    }
}

#[test]
fn tables_of_every_size_agree() {
    for (seed, rows) in [0, 1, 2, 63, 64, 65, 128, 129, 300, 1_000, 3_000].into_iter().enumerate() {
        for variant in 0..4 {
            let mut random = Random::new(seed as u64 * 100 + variant);
            let program = programs::table_of(&mut random, rows, variant);
            let engines = both(&program);
            for _ in 0..4 {
                agree(&engines, 0, &mut random);
            }
        }
    }
}

/// What became of generated policies.
#[derive(Default)]
struct Tally {
    tried: Cell<usize>,
    sound: Cell<usize>,
    entries: Cell<usize>,
    dialogs: Cell<usize>,
    on_floor: Cell<usize>,
}

fn add(to: &Cell<usize>, more: usize) {
    to.set(to.get() + more);
}

/// Policies over the whole language: every entry on random facts, and callers who walk through the policy in a centre.
#[test]
fn whole_policies_agree() {
    let cases = ProptestConfig::default().cases * 3 / 8;
    let config = ProptestConfig { failure_persistence: None, cases, ..ProptestConfig::default() };
    let (tally, unsound) = (Tally::default(), RefCell::new(String::new()));
    let run = TestRunner::new(config).run(&any::<u64>(), |seed| {
        let mut random = Random::new(seed);
        let checked = check_texts([("generated.tdm", texts::policy(&mut random))]);
        add(&tally.tried, 1);
        let Some(program) = &checked.program else {
            let wrong = checked.diagnostics.iter().filter(|one| one.severity() == Severity::Error);
            let wrong: Vec<_> = wrong.cloned().collect();
            let findings = [Findings::some(&checked.sources, &wrong)];
            unsound.borrow_mut().push_str(&human(&findings, false));
            return Ok(());
        };
        add(&tally.sound, 1);
        let engines = both(program);
        let entries = engines[0].manifest.entries.len();
        prop_assert!(entries >= ENTRIES_OF_POLICY_MIN, "only {entries}");
        (0..entries).for_each(|entry| agree(&engines, entry, &mut random));
        let lines = walk::walks_agree(engines, &mut random);
        add(&tally.entries, entries);
        add(&tally.dialogs, usize::from(lines.steps > 0));
        add(&tally.on_floor, usize::from(lines.acts > 0));
        Ok(())
    });
    run.unwrap_or_else(|failure| panic!("{failure}"));
    let (tried, sound) = (tally.tried.get(), tally.sound.get());
    assert!(sound * 100 >= tried * SOUND_PERCENT_MIN, "{sound} of {tried}:\n{}", unsound.borrow());
    assert!(tally.dialogs.get() * 4 >= sound, "dialogs in {} of {sound}", tally.dialogs.get());
    assert!(tally.on_floor.get() * 4 >= sound, "floors in {} of {sound}", tally.on_floor.get());
}
