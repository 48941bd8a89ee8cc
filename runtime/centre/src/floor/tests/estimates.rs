//! What callers and policies hear of queues.

use tandem_stdlib::contract::{QueueFact, QueueSpec, WaitingAction};

use super::stage::*;
use crate::floor::{AgentPlan, ContactId, FloorAction};

const MINUTE: i64 = 60_000;

fn automatic(skills: &[(u64, u8)]) -> AgentPlan {
    AgentPlan { auto_answer: true, ..agent(skills) }
}

#[test]
fn nobody_who_serves_is_no_estimate_and_a_free_agent_is_no_wait() {
    let mut stage = Stage::new(vec![queue("general")], agents(1));
    assert_eq!(stage.floor.estimated_wait_ms(1), None);
    stage.sign_in(0);
    assert_eq!(stage.floor.estimated_wait_ms(1), Some(0));
    stage.offer(1, 1);
    assert_eq!(stage.floor.estimated_wait_ms(1), Some(3 * MINUTE), "before anything was measured");
}

#[test]
fn the_estimate_follows_the_pace_of_the_line() {
    let mut stage = Stage::staffed(vec![queue("general")], vec![automatic(&[]); 2]);
    for contact in 0..200 {
        stage.offer(contact, 1);
    }
    for contact in 0..100 {
        stage.pass(MINUTE / 2);
        stage.end(contact);
    }
    assert_eq!(stage.floor.waiting(1), 98);
    assert_eq!(stage.floor.estimated_wait_ms(1), Some(99 * MINUTE / 2), "two agents, a minute each");
}

#[test]
fn a_caller_is_told_the_wait_of_those_in_front() {
    let steps = vec![after(MINUTE, WaitingAction::AnnounceWait)];
    let spec = QueueSpec { while_waiting: steps, ..queue("general") };
    let mut stage = Stage::staffed(vec![spec], vec![automatic(&[])]);
    for contact in 0..3 {
        stage.offer(contact, 1);
    }
    let told = |contact, wait_ms| FloorAction::AnnounceWait { contact: ContactId(contact), wait_ms };
    assert_eq!(stage.pass(MINUTE), [told(1, 3 * MINUTE), told(2, 6 * MINUTE)]);
}

#[test]
fn facts_of_a_queue() {
    let mut stage =
        Stage::staffed(vec![needing("a", 1, 1, 5), queue("b")], vec![automatic(&[(1, 1)]), automatic(&[])]);
    let number = |stage: &Stage, fact| f64::from_bits(stage.floor.queue_fact(1, fact));
    assert_eq!(number(&stage, QueueFact::IdleAgents), 1.0);
    assert_eq!(number(&stage, QueueFact::StaffedAgents), 1.0);
    stage.offer(1, 1);
    stage.offer(2, 1);
    stage.pass(1_500);
    assert_eq!(number(&stage, QueueFact::IdleAgents), 0.0);
    assert_eq!(number(&stage, QueueFact::Waiting), 1.0);
    assert_eq!(number(&stage, QueueFact::Occupancy), 1.0);
    assert_eq!(stage.floor.queue_fact(1, QueueFact::LongestWait), 1_500);
    assert_eq!(stage.floor.queue_fact(9, QueueFact::Waiting), 0, "an unknown queue is empty");
    assert_eq!(stage.floor.idle_agents(0), 1, "all queues together");
    assert_eq!(stage.floor.staffed_agents(0), 2);
    assert_eq!(stage.floor.waiting(0), 1);
    assert_eq!(stage.floor.longest_wait_ms(0), 1_500);
}
