//! Which of several free agents takes a contact.

use tandem_stdlib::contract::{AgentFact, EntryRef, Prefer, QueueSpec, WaitingAction};

use super::stage::*;
use crate::floor::{AgentId, AgentPlan, Candidate, ContactId, FloorEvent, Offer, Scorer};

fn preferring(prefer: Prefer, agents: Vec<AgentPlan>) -> Stage {
    Stage::staffed(vec![QueueSpec { prefer, ..needing("general", 1, 1, 5) }], agents)
}

fn levels(levels: &[u8]) -> Vec<AgentPlan> {
    levels.iter().map(|level| agent(&[(1, *level)])).collect()
}

/// Offers contacts that each agent takes and ends within ten seconds; gives who took them.
fn takers(stage: &mut Stage, contacts: u64) -> Vec<u32> {
    let mut takers = Vec::new();
    for contact in 0..contacts {
        stage.offer(contact, 1);
        let agent = stage.rung()[0].0;
        stage.answer(agent, contact);
        stage.pass(10_000);
        stage.end(contact);
        takers.push(agent);
    }
    takers
}

#[test]
fn longest_idle() {
    assert_eq!(takers(&mut preferring(Prefer::LongestIdle, levels(&[1, 5, 3])), 4), [0, 1, 2, 0]);
}

#[test]
fn most_and_least_skilled() {
    assert_eq!(takers(&mut preferring(Prefer::MostSkilled, levels(&[1, 5, 3, 5])), 3), [1, 3, 1]);
    assert_eq!(takers(&mut preferring(Prefer::LeastSkilled, levels(&[4, 5, 2, 2])), 3), [2, 3, 2]);
}

#[test]
fn a_skill_that_counts_only_later_does_not_decide_before() {
    let later = vec![after(60_000, WaitingAction::AcceptSkill(2))];
    let spec = QueueSpec { prefer: Prefer::MostSkilled, while_waiting: later, ..needing("a", 1, 1, 5) };
    let mut stage = Stage::staffed(vec![spec], vec![agent(&[(1, 1), (2, 5)]), agent(&[(1, 2)])]);
    assert_eq!(takers(&mut stage, 2), [1, 1]);
}

#[test]
fn least_occupied() {
    let mut stage = preferring(Prefer::LeastOccupied, levels(&[1, 1]));
    stage.offer(100, 1);
    stage.answer(0, 100);
    stage.pass(60_000);
    stage.end(100);
    assert_eq!(takers(&mut stage, 6), [1; 6], "until she has talked for a minute, too");
    assert_eq!(takers(&mut stage, 1), [0]);
}

#[test]
fn round_robin_goes_by_number() {
    let mut stage = preferring(Prefer::RoundRobin, levels(&[1, 1, 1]));
    assert_eq!(takers(&mut stage, 4), [0, 1, 2, 0]);
    stage.event(FloorEvent::NotReady { agent: AgentId(1), reason: 0 });
    assert_eq!(takers(&mut stage, 2), [2, 0]);
}

#[test]
fn weights_share_the_turns() {
    let weighted = |weight| AgentPlan { weight, ..agent(&[(1, 1)]) };
    let mut stage = preferring(Prefer::Weighted, vec![weighted(3.0), weighted(1.0)]);
    let first = takers(&mut stage, 400).iter().filter(|agent| **agent == 0).count();
    assert!((290..=310).contains(&first), "{first}");
}

#[test]
fn the_owner_first_then_the_longest_idle() {
    let mut stage = preferring(Prefer::OwnerFirst, levels(&[1, 1, 1]));
    let own = |contact| Offer { owner: Some(AgentId(2)), ..Offer::new(ContactId(contact), 1) };
    assert_eq!(stage.offer_with(own(1)), [ring(2, 1, 1)]);
    assert_eq!(stage.offer_with(own(2)), [ring(0, 2, 1)]);
}

/// The higher the level the better; who is not liked at all has no number for a score.
struct ByLevel(Option<AgentId>);

impl Scorer for ByLevel {
    fn score(&mut self, _: ContactId, entry: EntryRef, candidates: &[Candidate<'_>], scores: &mut Vec<f64>) {
        assert_eq!(entry, 3);
        for candidate in candidates {
            let level = f64::from_bits(candidate.fact(AgentFact::SkillLevel));
            scores.push(if self.0 == Some(candidate.id()) { f64::NAN } else { level });
        }
    }
}

#[test]
fn a_score_decides_and_ties_go_to_the_longest_idle() {
    for (disliked, taker) in [(None, 1), (Some(AgentId(1)), 3), (Some(AgentId(0)), 1)] {
        let mut stage = preferring(Prefer::Score(3), levels(&[1, 5, 3, 5]));
        let mut out = Vec::new();
        let event = FloorEvent::Offer(Box::new(Offer::new(ContactId(1), 1)));
        stage.floor.handle_scored(stage.now_ms, event, &mut ByLevel(disliked), &mut out);
        assert_eq!(out[0], ring(taker, 1, 1));
    }
}

#[test]
fn a_routes_score_goes_before_the_queues_rule() {
    let mut stage = preferring(Prefer::LongestIdle, levels(&[1, 5]));
    let mut out = Vec::new();
    let offer = Offer { score: Some(3), ..Offer::new(ContactId(1), 1) };
    stage.floor.handle_scored(stage.now_ms, FloorEvent::Offer(Box::new(offer)), &mut ByLevel(None), &mut out);
    assert_eq!(out[0], ring(1, 1, 1));
}

#[test]
fn a_phone_that_answers_by_itself_is_connected_at_once() {
    let plan = AgentPlan { auto_answer: true, ..AgentPlan::default() };
    let mut stage = Stage::staffed(vec![queue("general")], vec![plan]);
    assert_eq!(stage.offer(1, 1), [connect(0, 1, 1)]);
}
