//! Routes and transfers: who gets a call, and when.

use tandem_stdlib::contract::{
    AgentFact, CallFact, EntryKind, Event, FactSource, QueueCap, QueueFact, QueueSpec, Trigger, Type,
};

use super::desk::*;
use crate::floor::{AgentId, AgentPlan, ContactId, FloorEvent, Whereabouts};
use crate::tests::policy::Policy;

const GENERAL: u64 = 1;
const COMPLAINTS: u64 = 2;

fn always(queue: u64) -> Policy {
    let mut policy = Policy::new();
    policy.route("arrival", &[Trigger::Start], move |_| Some((queue, 0)));
    policy
}

#[test]
fn a_routed_call_reaches_an_agent_and_its_end_frees_her() {
    let mut desk = Desk::new(always(COMPLAINTS), vec![automatic()]);
    assert_eq!(desk.start(7, "+861"), [connect(0, 7, COMPLAINTS)]);
    assert_eq!(desk.start(8, "+862"), [queued(8, COMPLAINTS)]);
    assert_eq!(desk.call(7, Event::End), [connect(0, 8, COMPLAINTS)]);
    desk.call(8, Event::End);
    assert_eq!((desk.centre.calls(), desk.centre.floor().whereabouts(ContactId(8))), (0, None));
}

/// `vip_desk.idle_agents > 1 -> vip_desk, otherwise general`
#[test]
fn a_gate_lets_calls_through_only_while_agents_are_idle() {
    let mut policy = Policy::new();
    let idle = policy.fact(FactSource::Queue(2, QueueFact::IdleAgents), Type::Number);
    policy.route("arrival", &[Trigger::Start], move |facts| {
        Some((if f64::from_bits(facts[idle]) > 1.0 { COMPLAINTS } else { GENERAL }, 0))
    });
    let mut desk = Desk::new(policy, vec![automatic(); 3]);
    assert_eq!(desk.start(1, ""), [connect(0, 1, COMPLAINTS)]);
    assert_eq!(desk.start(2, ""), [connect(1, 2, COMPLAINTS)]);
    assert_eq!(desk.start(3, ""), [connect(2, 3, GENERAL)]);
}

#[test]
fn a_call_whose_intent_becomes_known_while_it_waits_moves() {
    let mut policy = Policy::new();
    let intent = policy.fact(FactSource::Call(CallFact::Intent), Type::Word(0));
    policy.route("arrival", &[Trigger::Start, Trigger::Intent], move |facts| {
        Some((if facts[intent] == 2 { COMPLAINTS } else { GENERAL }, 0))
    });
    let mut desk = Desk::new(policy, vec![automatic()]);
    desk.start(1, "");
    desk.start(2, "");
    assert_eq!(desk.call(2, Event::Intent("complaint")), [queued(2, COMPLAINTS)]);
    let talking = Some(Whereabouts::Connected(AgentId(0)));
    assert_eq!(desk.call(1, Event::Intent("complaint")), [], "and one that an agent has does not");
    assert_eq!(desk.centre.floor().whereabouts(ContactId(1)), talking);
}

#[test]
fn a_priority_that_changes_while_waiting_changes_the_turn() {
    let mut policy = Policy::new();
    let intent = policy.fact(FactSource::Call(CallFact::Intent), Type::Word(0));
    policy.route_by_priority("arrival", &[Trigger::Start, Trigger::Intent], move |facts| {
        (GENERAL, if facts[intent] == 2 { 90.0 } else { 10.0 })
    });
    let mut desk = Desk::new(policy, vec![automatic()]);
    for contact in 1..=3 {
        desk.start(contact, "");
    }
    desk.call(3, Event::Intent("complaint"));
    assert_eq!(desk.call(1, Event::End), [connect(0, 3, GENERAL)]);
}

#[test]
fn a_bot_keeps_its_calls_until_a_person_is_asked_for() {
    let mut policy = Policy::new();
    policy.route("arrival", &[Trigger::Start], |_| Some((GENERAL, 0)));
    policy.transfer_at("asks for a person", &[Trigger::Unresolved], COMPLAINTS);
    let full = QueueCap { waiting: 0, overflow: None };
    policy.manifest.queues = vec![queue("bot"), QueueSpec { cap: Some(full), ..queue("people") }];
    let mut desk = Desk::new(policy, vec![]);
    desk.centre.plan.bots = vec![GENERAL];
    assert_eq!(desk.start(1, ""), []);
    assert_eq!(desk.call(1, Event::Unresolved), [queued(1, COMPLAINTS)], "even where the queue is full");
}

#[test]
fn a_transfer_takes_a_call_from_its_agent() {
    let mut policy = always(GENERAL);
    policy.transfer_at("distressed", &[Trigger::Unresolved], COMPLAINTS);
    let mut desk = Desk::new(policy, vec![automatic(); 2]);
    assert_eq!(desk.start(1, ""), [connect(0, 1, GENERAL)]);
    desk.pass(1_000);
    assert_eq!(desk.call(1, Event::Unresolved), [connect(1, 1, COMPLAINTS)]);
}

/// `prefer agent by skill.level * 2 + (10 if owner) - load`
#[test]
fn the_policys_score_chooses_the_agent() {
    let mut policy = Policy::new();
    let level = policy.fact(FactSource::Agent(AgentFact::LevelIn(1)), Type::Number);
    let owner = policy.fact(FactSource::Agent(AgentFact::IsOwner), Type::YesNo);
    policy.route("arrival", &[Trigger::Start], |_| Some((GENERAL, 0)));
    policy.score("prefers", move |facts| {
        let bonus = if facts[owner] == 1 { 10.0 } else { 0.0 };
        f64::from_bits(facts[level]).mul_add(2.0, bonus)
    });
    if let EntryKind::Route { prefer, .. } = &mut policy.manifest.entries[0].kind {
        *prefer = Some(1);
    }
    let plan = |level, customers: &[&str]| AgentPlan {
        skills: vec![(1, level)],
        customers: customers.iter().map(|customer| (*customer).to_owned()).collect(),
        ..automatic()
    };
    let mut desk = Desk::new(policy, vec![plan(2, &[]), plan(5, &[]), plan(1, &["+8613800138000"])]);
    assert_eq!(desk.start(1, "+8613800138000"), [connect(2, 1, GENERAL)]);
    assert_eq!(desk.start(2, "+8613800138000"), [connect(1, 2, GENERAL)]);
    assert_eq!(desk.start(3, ""), [connect(0, 3, GENERAL)]);
}

#[test]
fn who_is_promised_a_call_may_hang_up() {
    let mut desk = Desk::new(always(GENERAL), vec![automatic()]);
    desk.start(1, "");
    desk.start(2, "");
    desk.floor(FloorEvent::CallbackAccepted { contact: ContactId(2), at_ms: None });
    desk.call(2, Event::End);
    let start = crate::floor::FloorAction::StartCallback { agent: AgentId(0), contact: ContactId(2) };
    assert_eq!(desk.call(1, Event::End), [start]);
    assert_eq!(desk.start(2, ""), [], "the customer answers: a call of the same number begins");
    desk.floor(FloorEvent::CallbackReached(ContactId(2)));
    assert_eq!(desk.notes.actions, [connect(0, 2, GENERAL)]);
    desk.call(2, Event::End);
    assert_eq!(desk.centre.floor().whereabouts(ContactId(2)), None);
}

#[test]
fn an_event_of_no_call_is_told_and_ignored() {
    let mut desk = Desk::new(always(GENERAL), vec![automatic()]);
    assert_eq!(desk.call(5, Event::Unresolved), []);
    assert_eq!(desk.notes.nobody, [ContactId(5)]);
}
