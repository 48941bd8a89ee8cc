//! No starvation: where queues age, every waiting contact that somebody at work may serve is served within a bound, under
//! any priorities and any load that agents can take in the long run.

use proptest::prelude::*;
use tandem_stdlib::contract::QueueSpec;

use super::stage::*;
use crate::floor::{AgentPlan, ContactId, FloorAction, Offer};

/// A caller: after how long she comes, into which queue, how important.
type Caller = (i64, u64, f64);

/// How long a conversation takes.
const TALK_MS: i64 = 20_000;

/// What a minute of waiting is worth.
const A_MINUTE: f64 = 5.0;

fn callers() -> impl Strategy<Value = Vec<Caller>> {
    let gap = prop_oneof![3 => 0..2_000_i64, 1 => 2_000..60_000_i64];
    prop::collection::vec((gap, 1..4_u64, 0.0..50.0_f64), 1..120)
}

/// Who may serve what: a specialist for each queue and somebody for both.
fn stage() -> Stage {
    let ageing = Some((A_MINUTE, 60_000));
    let queues = [needing("a", 1, 1, 5), needing("b", 2, 1, 5), queue("c")];
    let queues = queues.map(|spec| QueueSpec { ageing, ..spec }).to_vec();
    let plans = [agent(&[(1, 1)]), agent(&[(2, 1)]), agent(&[(1, 1), (2, 1)])];
    Stage::staffed(queues, plans.map(|plan| AgentPlan { auto_answer: true, ..plan }).to_vec())
}

/// Lets everybody come and talk; gives how long each waited, in order of coming.
fn waits(callers: &[Caller]) -> Vec<i64> {
    let mut stage = stage();
    let (mut came, mut waited, mut ends) = (Vec::new(), vec![None; callers.len()], Vec::<(i64, u64)>::new());
    let mut next = callers.iter().zip(0_u64..).peekable();
    let mut next_ms = stage.now_ms + next.peek().map_or(0, |((gap_ms, ..), _)| *gap_ms);
    while next.peek().is_some() || !ends.is_empty() {
        let end = ends.iter().copied().min();
        match (next.peek().copied(), end) {
            (Some(((_, queue, priority), contact)), end) if end.is_none_or(|(at_ms, _)| next_ms <= at_ms) => {
                stage.now_ms = next_ms;
                came.push(next_ms);
                stage.offer_with(Offer { priority: *priority, ..Offer::new(ContactId(contact), *queue) });
                next.next();
                next_ms += next.peek().map_or(0, |((gap_ms, ..), _)| *gap_ms);
            }
            (_, Some((at_ms, contact))) => {
                stage.now_ms = at_ms;
                ends.retain(|(_, other)| *other != contact);
                stage.end(contact);
            }
            _ => break,
        }
        for action in &stage.actions {
            if let FloorAction::Connect { contact, .. } = action {
                let place = contact.0 as usize;
                waited[place] = Some(stage.now_ms - came[place]);
                ends.push((stage.now_ms + TALK_MS, contact.0));
            }
        }
    }
    waited.into_iter().map(|waited| waited.expect("everybody is served")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// Whoever comes later overtakes only while her priority is worth more than the time that the other has waited. So
    /// each agent who may serve a caller has, before her, at most those who were there already and those who came within
    /// that time; all of them, one after the other, are the bound.
    #[test]
    fn with_ageing_everybody_is_served_within_a_bound(callers in callers()) {
        let waits = waits(&callers);
        let mut at_ms = 0;
        let came: Vec<i64> = callers.iter().map(|(gap_ms, ..)| { at_ms += gap_ms; at_ms }).collect();
        for (place, (_, _, priority)) in callers.iter().enumerate() {
            let outranks = |other: &usize| {
                let lead_ms = (callers[*other].2 - priority) / A_MINUTE * 60_000.0;
                let later_ms = (came[*other] - came[place]) as f64;
                *other != place && later_ms <= lead_ms.max(0.0)
            };
            let before = (0..callers.len()).filter(outranks).count() as i64;
            let bound_ms = (before + 1) * TALK_MS;
            prop_assert!(waits[place] <= bound_ms, "{} waited {} ms, at most {bound_ms}", place, waits[place]);
        }
    }
}
