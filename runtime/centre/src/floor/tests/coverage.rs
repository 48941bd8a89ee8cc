//! The random walks of the floor meet what they are meant to meet: every event in every state in which it can come. A
//! property that never sees an agent log out while her phone rings proves nothing about it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::properties::{gap, next, plan};
use crate::floor::contact::Phase;
use crate::floor::{AgentState, Floor, FloorAction, FloorEvent};

/// The event's name and, for events about agents and contacts, in which state it found them.
fn met(floor: &Floor, event: &FloorEvent) -> Option<(&'static str, &'static str)> {
    let agent = |name, agent| Some((name, state(floor.agent_state(agent)?)));
    let contact = |name, contact| Some((name, phase(floor, contact)?));
    match event {
        FloorEvent::LogIn { agent: id, .. } => agent("log in", *id),
        FloorEvent::LogOut(id) => agent("log out", *id),
        FloorEvent::Ready(id) => agent("ready", *id),
        FloorEvent::NotReady { agent: id, .. } => agent("not ready", *id),
        FloorEvent::WrapUpDone(id) => agent("wrap-up done", *id),
        FloorEvent::Force { agent: id, .. } => agent("force", *id),
        FloorEvent::PhoneFailed(id) => agent("phone failed", *id),
        FloorEvent::Skills { agent: id, .. } => agent("skills", *id),
        FloorEvent::Offer(offer) => contact("offer", offer.contact).or(Some(("offer", "new"))),
        FloorEvent::Move { contact: id, .. } => contact("move", *id),
        FloorEvent::Prioritise { contact: id, .. } => contact("prioritise", *id),
        FloorEvent::Ended(id) => contact("ended", *id),
        FloorEvent::Answered { contact: id, .. } => contact("answered", *id),
        FloorEvent::Rejected { contact: id, .. } => contact("rejected", *id),
        FloorEvent::Hold { contact: id, .. } => contact("hold", *id),
        FloorEvent::Alive(id) => contact("alive", *id),
        FloorEvent::CallbackAccepted { contact: id, .. } => contact("call-back accepted", *id),
        FloorEvent::CallbackReached(id) => contact("call-back reached", *id),
        FloorEvent::CallbackMissed(id) => contact("call-back missed", *id),
        FloorEvent::Transfer { contact: id, .. } => contact("transfer", *id),
        FloorEvent::Consult { contact: id, .. } => contact("consult", *id),
        FloorEvent::CompleteConsult(id) => contact("complete", *id),
        FloorEvent::CancelConsult(id) => contact("cancel", *id),
    }
}

fn state(state: AgentState) -> &'static str {
    match state {
        AgentState::LoggedOut => "logged out",
        AgentState::NotReady(_) => "not ready",
        AgentState::Ready => "ready",
        AgentState::WrapUp => "wrap-up",
        AgentState::Reserved => "reserved",
        AgentState::Ringing => "ringing",
        AgentState::Hold => "hold",
        AgentState::Talking => "talking",
    }
}

fn phase(floor: &Floor, contact: crate::floor::ContactId) -> Option<&'static str> {
    let slot = floor.contacts.find(contact)?;
    let contact = floor.contacts.get(slot)?;
    Some(match (contact.phase, &contact.consult) {
        (Phase::Waiting, _) if contact.callback.is_some() => "waits to be called back",
        (Phase::Waiting, _) => "waits",
        (Phase::Parked, _) => "parked",
        (Phase::With(_), Some(_)) => "consults",
        (Phase::With(agent), None) => {
            let task = floor.roster.get(agent).and_then(|agent| agent.task(contact.id));
            match task.map(|task| task.stage) {
                Some(crate::floor::agent::Stage::Reserved) => "reserved",
                Some(crate::floor::agent::Stage::Ringing) => "rings",
                Some(crate::floor::agent::Stage::Held) => "held",
                _ => "talks",
            }
        }
    })
}

#[test]
fn random_walks_meet_every_event_in_every_state() {
    let mut runner = TestRunner::deterministic();
    let steps = prop::collection::vec((gap(), next()), 400);
    let mut seen = BTreeSet::new();
    for _ in 0..400 {
        let steps = steps.new_tree(&mut runner).unwrap().current();
        let (mut floor, mut now_ms, mut rings) = (Floor::new(&plan()), 0_i64, Vec::new());
        for (gap_ms, next) in steps {
            now_ms = now_ms.saturating_add(gap_ms.min(20_000));
            let mut out = Vec::new();
            match next.event(&rings) {
                Some(event) => {
                    seen.extend(met(&floor, &event));
                    floor.handle(now_ms, event, &mut out);
                }
                None => floor.wake(now_ms, &mut out),
            }
            rings.extend(out.iter().filter_map(|action| match action {
                FloorAction::Ring { agent, contact, .. } => Some((*agent, *contact)),
                _ => None,
            }));
        }
    }
    let of_agents =
        ["log in", "log out", "ready", "not ready", "wrap-up done", "force", "phone failed", "skills"];
    let states = ["logged out", "not ready", "ready", "wrap-up", "reserved", "ringing", "hold", "talking"];
    let of_contacts = [
        "offer",
        "move",
        "prioritise",
        "ended",
        "answered",
        "rejected",
        "hold",
        "alive",
        "call-back accepted",
        "call-back reached",
        "call-back missed",
        "transfer",
        "consult",
        "complete",
        "cancel",
    ];
    let phases =
        ["waits", "waits to be called back", "parked", "reserved", "rings", "talks", "held", "consults"];
    let wanted = |events: &[&'static str], states: &[&'static str]| -> Vec<_> {
        events.iter().flat_map(|event| states.iter().map(move |state| (*event, *state))).collect()
    };
    let all = [wanted(&of_agents, &states), wanted(&of_contacts, &phases)].concat();
    let missing: Vec<_> = all.into_iter().filter(|pair| !seen.contains(pair)).collect();
    assert!(missing.is_empty(), "never met: {missing:?}");
}
