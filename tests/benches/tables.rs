//! What a table costs by the number of its rows: time to compile and to decide, each also against half as many rows,
//! and memory: what the index holds, and the most that compiling allocated at once.
//!
//! `cargo bench -p tandem-tests --bench tables`.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot be set up must stop; its records have known lengths"
)]

#[path = "tables/program.rs"]
mod program;

use std::hint::black_box;
use std::time::Instant;

use divan::{AllocProfiler, Bencher};
use tandem_compiler::compile;
use tandem_lang::program::Program;
use tandem_stdlib::contract::MachineCode;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

/// Rows of the tables that are measured.
const ROWS: [usize; 7] = [500, 1_000, 2_000, 4_000, 5_000, 10_000, 20_000];

/// The fastest of so many runs counts.
const RUNS: usize = 15;

/// Decisions of one run.
const DECISIONS: usize = 1_024;

/// What one table costs.
#[derive(Clone, Copy)]
struct Cost {
    rows: usize,
    compile_ms: f64,
    decide_ns: f64,
    data_bytes: usize,
}

fn main() {
    println!("   rows  compile ms  x half  decide ns  x half  index KiB");
    let mut costs: Vec<Cost> = Vec::new();
    for rows in ROWS {
        let cost = Cost::of(rows);
        let half = costs.iter().find(|half| half.rows * 2 == rows);
        let ratio =
            |of: fn(&Cost) -> f64| half.map_or(String::new(), |half| format!("{:.2}", of(&cost) / of(half)));
        println!(
            "{rows:7} {:11.2} {:>7} {:10.1} {:>7} {:10}",
            cost.compile_ms,
            ratio(|cost| cost.compile_ms),
            cost.decide_ns,
            ratio(|cost| cost.decide_ns),
            cost.data_bytes / 1024,
        );
        costs.push(cost);
    }
    println!();
    divan::main();
}

impl Cost {
    fn of(rows: usize) -> Self {
        let program = program::program(rows);
        let compile_ms = fastest(|| drop(black_box(native(&program)))) * 1e3;
        let decide_ns = decide(&program) * 1e9 / DECISIONS as f64;
        Self { rows, compile_ms, decide_ns, data_bytes: native(&program).data_bytes }
    }
}

/// Checked program to native code.
fn native(program: &Program) -> MachineCode {
    compile(program).expect("compiles").machine_code().expect("native")
}

/// Seconds for all decisions.
fn decide(program: &Program) -> f64 {
    let compiled = compile(program).expect("compiles");
    let code = compiled.machine_code().expect("native");
    let artefact = tandem_policy::load(compiled.manifest.clone(), code, compiled.explain()).expect("loads");
    let facts = program::facts(&artefact.manifest, DECISIONS);
    let mut answer = vec![0; artefact.manifest.entries[0].answer_slots as usize];
    fastest(|| {
        for facts in &facts {
            let status = artefact.evaluator.run(0, black_box(facts), &mut [], &mut answer);
            black_box((status, &answer));
        }
    })
}

/// Seconds of the fastest run.
fn fastest(mut run: impl FnMut()) -> f64 {
    let mut least = f64::INFINITY;
    for _ in 0..RUNS {
        let start = Instant::now();
        run();
        least = least.min(start.elapsed().as_secs_f64());
    }
    least
}

#[divan::bench(name = "memory of compiling rows", args = [1_000, 10_000, 20_000], sample_count = 3, sample_size = 1)]
fn memory(bencher: Bencher<'_, '_>, rows: usize) {
    let program = program::program(rows);
    bencher.bench_local(|| native(&program));
}
