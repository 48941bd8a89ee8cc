//! Who works on which ticket.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tandem_centre::ticket::TicketId;

use super::jobs::{Begun, Jobs, Whose};

const MIN_MS: i64 = 60_000;

fn begun(agent: u32, ticket: u64, until_min: i64, piece: u64) -> Begun {
    Begun { agent, ticket: TicketId(ticket), until_ms: until_min * MIN_MS, piece }
}

#[test]
fn a_call_goes_first_and_the_work_is_gone_on_with() {
    let mut jobs = Jobs::new(vec![vec![1]]);
    assert_eq!(jobs.ready(0, 0), None);
    assert_eq!(jobs.add((TicketId(7), 1), Whose::Queue(1), 10 * MIN_MS, 0), Some(begun(0, 7, 10, 1)));
    assert_eq!(jobs.busy(0, false, 4 * MIN_MS), None);
    assert_eq!(jobs.ended(0, 1), None, "what was planned does not end the work while she talks");
    assert_eq!(jobs.ready(0, 20 * MIN_MS), Some(begun(0, 7, 26, 2)));
    assert_eq!(jobs.ended(0, 2), Some(TicketId(7)));
    assert_eq!(jobs.remove(TicketId(7), 26 * MIN_MS), (10 * MIN_MS, None));
}

#[test]
fn urgent_tickets_come_first_then_those_that_waited_longest() {
    let mut jobs = Jobs::new(vec![vec![1, 2]]);
    for (ticket, priority, queue) in [(1, 1, 2), (2, 1, 1), (3, 4, 2)] {
        assert_eq!(jobs.add((TicketId(ticket), priority), Whose::Queue(queue), MIN_MS, ticket as i64), None);
    }
    let mut taken = Vec::new();
    let mut next = jobs.ready(0, 10);
    while let Some(begun) = next {
        taken.push(begun.ticket.0);
        next = jobs.remove(begun.ticket, 10).1;
    }
    assert_eq!(taken, [3, 1, 2]);
}

#[test]
fn who_goes_home_leaves_the_rest_to_others() {
    let mut jobs = Jobs::new(vec![vec![1], vec![1]]);
    assert_eq!(jobs.ready(0, 0), None);
    assert!(jobs.add((TicketId(7), 1), Whose::Queue(1), 10 * MIN_MS, 0).is_some());
    assert_eq!(jobs.ready(1, MIN_MS), None);
    assert_eq!(jobs.busy(0, true, 4 * MIN_MS), Some(begun(1, 7, 10, 2)));
    assert_eq!(jobs.remove(TicketId(7), 10 * MIN_MS).0, 10 * MIN_MS);
}

#[test]
fn what_moves_to_another_queue_leaves_the_agent_free() {
    let mut jobs = Jobs::new(vec![vec![1], vec![2]]);
    assert_eq!(jobs.ready(0, 0), None);
    assert_eq!(jobs.ready(1, 0), None);
    assert!(jobs.add((TicketId(7), 1), Whose::Queue(1), 10 * MIN_MS, 0).is_some());
    assert_eq!(jobs.add((TicketId(8), 1), Whose::Queue(1), MIN_MS, 0), None);
    let moved = jobs.give(TicketId(7), Whose::Queue(2), 3 * MIN_MS);
    assert_eq!(moved, [Some(begun(0, 8, 4, 2)), Some(begun(1, 7, 10, 3))]);
    assert_eq!(jobs.give(TicketId(7), Whose::Queue(2), 3 * MIN_MS), [None, None]);
}

/// What happens to tickets and agents: a new ticket of a queue, a ticket to another queue, an end of work, agents.
type Happens = (i64, u8, u32, u64);

proptest! {
    /// No agent is free while something waits that she serves, no ticket is in two hands, and no work is lost.
    #[test]
    fn all_work_is_done_once(happens in prop::collection::vec((0_i64..5 * MIN_MS, 0_u8..6, 0_u32..4, 1_u64..4), 1..120)) {
        play(&happens)?;
    }
}

fn play(happens: &[Happens]) -> Result<(), TestCaseError> {
    let serves = vec![vec![1], vec![2], vec![1, 2], vec![3]];
    let mut jobs = Jobs::new(serves.clone());
    let (mut now_ms, mut made) = (0, 0_u64);
    let (mut left, mut ready, mut pieces) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
    for (gap_ms, what, agent, queue) in happens {
        // What ends before ends first.
        let until_ms = now_ms + gap_ms;
        while let Some((at_ms, who, piece)) = first_due(&pieces, until_ms) {
            now_ms = at_ms;
            pieces.remove(&who);
            let ticket = jobs.ended(who, piece);
            prop_assert!(ticket.is_some(), "what is planned and not put aside ends");
            let (worked_ms, begun) = jobs.remove(ticket.unwrap(), now_ms);
            prop_assert_eq!(left.remove(&ticket.unwrap()), Some(worked_ms));
            note(begun, &mut pieces);
        }
        now_ms = until_ms;
        let some = left.keys().nth((*agent as usize * 7 + made as usize) % left.len().max(1)).copied();
        match what {
            0 | 1 => {
                made += 1;
                left.insert(TicketId(made), gap_ms + 1);
                note(
                    jobs.add((TicketId(made), made % 3), Whose::Queue(*queue), gap_ms + 1, now_ms),
                    &mut pieces,
                );
            }
            2 => {
                if let Some(ticket) = some {
                    pieces.retain(|who, (_, piece)| jobs.ended(*who, *piece) != Some(ticket));
                    jobs.give(ticket, Whose::Queue(*queue), now_ms)
                        .into_iter()
                        .for_each(|begun| note(begun, &mut pieces));
                    // Where it stays, whoever has it goes on.
                    if let Some((who, piece, at_ms)) = jobs.in_hand(ticket) {
                        pieces.insert(who, (at_ms, piece));
                    }
                }
            }
            3 => {
                ready.insert(*agent);
                note(jobs.ready(*agent, now_ms), &mut pieces);
            }
            _ => {
                ready.remove(agent);
                pieces.remove(agent);
                note(jobs.busy(*agent, *what == 5, now_ms), &mut pieces);
            }
        }
        for who in &ready {
            let serves = &serves[*who as usize];
            let idle = !pieces.contains_key(who);
            prop_assert!(!idle || serves.iter().all(|queue| jobs.waiting_in(*queue) == 0), "{who} is idle");
        }
    }
    Ok(())
}

fn note(begun: Option<Begun>, pieces: &mut BTreeMap<u32, (i64, u64)>) {
    if let Some(Begun { agent, until_ms, piece, .. }) = begun {
        pieces.insert(agent, (until_ms, piece));
    }
}

fn first_due(pieces: &BTreeMap<u32, (i64, u64)>, until_ms: i64) -> Option<(i64, u32, u64)> {
    pieces
        .iter()
        .map(|(who, (at_ms, piece))| (*at_ms, *who, *piece))
        .min()
        .filter(|(at_ms, ..)| *at_ms <= until_ms)
}
