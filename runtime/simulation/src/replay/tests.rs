use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::*;

use super::*;
use crate::report::{DecisionKind, QaResultWord};
use crate::testing::{bank, recorded};

/// A record, or one that cannot be read; some are heavy.
#[derive(Clone)]
struct Tape {
    end_ms: Option<i64>,
    number: usize,
    heavy: bool,
}

impl Input for Tape {
    fn load(self, call: &mut RecordedCall) -> Result<(), ArchiveError> {
        let Some(end_ms) = self.end_ms else {
            let path = Path::new("broken.json").to_path_buf();
            return Err(ArchiveError { path, line: None, message: "broken".to_owned() });
        };
        *call = recorded(&format!("call {}", self.number), end_ms);
        Ok(())
    }

    fn is_heavy(&self) -> bool {
        self.heavy
    }
}

fn shown(report: Result<&CallReport<'_>, &ArchiveError>) -> String {
    match report {
        Ok(report) => format!("{} {:?} {:?} {:?}", report.call, report.decisions, report.qa, report.warnings),
        Err(error) => error.to_string(),
    }
}

fn run(tapes: &[Tape], jobs: usize) -> (Vec<String>, Summary) {
    let core = bank(Vec::new());
    let mut lines = Vec::new();
    let options = Options { jobs, tables: &[], clock: None };
    let summary = replay(&core, tapes.iter().cloned(), options, shown, |line| lines.push(line));
    (lines, summary)
}

fn tapes(count: usize) -> Vec<Tape> {
    let end_ms = |number: usize| (number % 11 != 10).then_some(6_000 + 1_000 * (number % 40) as i64);
    (0..count).map(|number| Tape { end_ms: end_ms(number), number, heavy: number % 7 == 3 }).collect()
}

/// A record that the program cannot cope with.
struct Pitfall(Tape);

impl Input for Pitfall {
    fn load(self, call: &mut RecordedCall) -> Result<(), ArchiveError> {
        let number = self.0.number;
        self.0.load(call)?;
        call.file = "calls.jsonl".to_owned();
        assert!(number % 50 != 7, "too deep");
        Ok(())
    }

    fn is_heavy(&self) -> bool {
        self.0.is_heavy()
    }
}

#[test]
fn a_panic_costs_one_call_and_stalls_nothing() {
    let core = bank(Vec::new());
    for jobs in [1, 3] {
        let mut lines = Vec::new();
        let options = Options { jobs, tables: &[], clock: None };
        let pitfalls = tapes(400).into_iter().map(Pitfall);
        let summary = replay(&core, pitfalls, options, shown, |line| lines.push(line));
        assert_eq!(lines.len(), 400);
        let failed =
            "calls.jsonl: call `call 7`: tandem itself failed on this record; please report it: too deep";
        assert_eq!(lines[7], failed);
        assert!(lines[8].starts_with("call 8 "));
        let lost = tapes(400).iter().filter(|tape| tape.end_ms.is_none() || tape.number % 50 == 7).count();
        assert_eq!(summary.unreadable, lost as u64);
    }
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let tapes = tapes(500);
    let alone = run(&tapes, 1);
    assert_eq!(alone.0.len(), 500);
    assert!(alone.0[0].starts_with("call 0 ") && alone.0[10] == "broken.json: broken");
    for jobs in [2, 4, 16] {
        assert_eq!(run(&tapes, jobs), alone, "{jobs} threads");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_mixture_of_inputs_gives_the_same_on_four_threads(
        tapes in prop::collection::vec((proptest::option::of(0..60_000_i64), any::<bool>()), 0..200)
    ) {
        let tapes: Vec<_> = tapes.into_iter().enumerate()
            .map(|(number, (end_ms, heavy))| Tape { end_ms, number, heavy }).collect();
        prop_assert_eq!(run(&tapes, 1), run(&tapes, 4));
    }
}

#[test]
fn inputs_are_not_read_further_ahead_than_results_are_taken() {
    let core = bank(Vec::new());
    let (read, mut most_ahead, mut delivered) = (AtomicU64::new(0), 0, 0);
    let inputs = tapes(20_000).into_iter().inspect(|_| _ = read.fetch_add(1, Ordering::Relaxed));
    let options = Options { jobs: 4, tables: &[], clock: None };
    replay(
        &core,
        inputs,
        options,
        |_| (),
        |()| {
            most_ahead = read.load(Ordering::Relaxed).saturating_sub(delivered).max(most_ahead);
            delivered += 1;
        },
    );
    assert_eq!(delivered, 20_000);
    assert!(most_ahead < 64 * 4 * CHUNKS_IN_FLIGHT_PER_JOB as u64 * 2, "{most_ahead} inputs were read ahead");
}

#[test]
fn a_summary_adds_calls_up() {
    let tapes = [30_000, 6_000].map(|end_ms| Tape { end_ms: Some(end_ms), number: 0, heavy: false });
    let (_, summary) = run(&tapes, 1);
    assert_eq!((summary.calls, summary.unreadable), (2, 0));
    assert_eq!((summary.calls_diverged, summary.calls_requeued), (1, 2));
    let queues: Vec<_> = summary.queues.iter().map(|q| (q.queue.as_str(), q.calls, q.decisions)).collect();
    // Each call is first general, then complaints; the longer one is also transferred there.
    assert_eq!(queues, [("general", 0, 2), ("complaints", 2, 3)]);
    let rules: Vec<_> = summary.rules.iter().map(|rule| (rule.rule.as_str(), rule.hits)).collect();
    assert_eq!(rules, [("row 1", 2), ("otherwise", 2), ("condition 1", 2)]);
    assert_eq!(
        (summary.watches[0].fired, summary.watches[0].calls, summary.watches[0].follow_ups),
        (2, 2, 1)
    );
    assert_eq!(summary.alerts.iter().map(|alert| alert.at_ms).collect::<Vec<_>>(), [5_000, 25_000, 5_000]);
    assert_eq!((summary.qa[0].passed, summary.checks[0].passed), (2, 2));
    assert_eq!(summary.never_fired().count(), 0);
    assert_eq!(summary.never_measured().count(), 0);
}

#[test]
fn a_report_tells_everything_about_its_call() {
    let core = bank(Vec::new());
    let ticks = AtomicU64::new(0);
    // Every step takes longer than the one before.
    let clock = || ticks.fetch_add(10, Ordering::Relaxed).pow(2);
    let options = Options { jobs: 1, tables: &[], clock: Some(&clock) };
    let check = |report: Result<&CallReport<'_>, &ArchiveError>| {
        let report = report.unwrap();
        let kinds: Vec<_> = report.decisions.iter().map(|decision| (decision.at_ms, decision.kind)).collect();
        let (route, follow_up) = (DecisionKind::Route, DecisionKind::FollowUpTransfer);
        assert_eq!(kinds, [(0, route), (2_000, route), (5_000, DecisionKind::Alert), (25_000, follow_up)]);
        assert_eq!((report.qa[0].result, report.qa[0].at_ms), (QaResultWord::Passed, 1_500));
        let notes: Vec<_> = report.notes.iter().map(|note| note.message()).collect();
        assert!(
            notes[0].starts_with("`bank.arrival` decided `queue complaints` at 2s; from there"),
            "{notes:?}"
        );
        assert!(notes[1].contains("`transfer complaints` at 25s"), "{notes:?}");
        assert!(report.timing.is_some_and(|timing| timing.decide_ns > 0));
        let line = serde_json::to_value(report.decision_lines().nth(1)).unwrap();
        let expected = serde_json::json!({
            "call": "c", "file": "", "at_ms": 2000, "policy": "bank.arrival", "rule": "row 1", "kind": "route",
            "action": "queue complaints", "because": "complaints are heard", "changed": true,
        });
        assert_eq!(line, expected);
    };
    let summary = replay(&core, std::iter::once(recorded("c", 30_000)), options, check, |()| ());
    assert_eq!(summary.slowest.map(|slowest| slowest.step), Some("decide"));
}
