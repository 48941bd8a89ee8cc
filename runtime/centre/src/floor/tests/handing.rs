//! Call-backs, transfers and consultations.

use tandem_stdlib::contract::{Prefer, QueueSpec};

use super::stage::*;
use crate::floor::{AgentId, AgentState, ContactId, FloorAction, FloorEvent, HangUpReason, Ignored, Target};

const MINUTE: i64 = 60_000;

const fn start(agent: u32, contact: u64) -> FloorAction {
    FloorAction::StartCallback { agent: AgentId(agent), contact: ContactId(contact) }
}

const fn over(contact: u64) -> FloorAction {
    FloorAction::HangUp { contact: ContactId(contact), because: HangUpReason::ConsultationOver }
}

fn accept(stage: &mut Stage, contact: u64, at_ms: Option<i64>) {
    stage.event(FloorEvent::CallbackAccepted { contact: ContactId(contact), at_ms });
    assert_eq!(stage.actions, []);
}

#[test]
fn a_callback_keeps_its_place() {
    let mut stage = Stage::new(vec![queue("general")], agents(1));
    stage.offer(1, 1);
    stage.offer(2, 1);
    accept(&mut stage, 1, None);
    stage.sign_in(0);
    assert_eq!(stage.actions, [start(0, 1)]);
    assert_eq!(stage.state(0), AgentState::Reserved);
    stage.event(FloorEvent::CallbackReached(ContactId(1)));
    assert_eq!(stage.actions, [connect(0, 1, 1)]);
    stage.end(1);
    assert_eq!(stage.rung(), [(0, 2)]);
}

#[test]
fn a_callback_for_later_comes_back_with_the_time_it_had_waited() {
    let mut stage = Stage::new(vec![queue("general")], agents(1));
    stage.offer(1, 1);
    stage.pass(5 * MINUTE);
    accept(&mut stage, 1, Some(65 * MINUTE));
    assert_eq!(stage.floor.waiting(1), 0);
    stage.pass(57 * MINUTE);
    stage.offer(2, 1);
    stage.pass(4 * MINUTE);
    stage.sign_in(0);
    assert_eq!(stage.actions, [start(0, 1)], "6 minutes against 4");
}

#[test]
fn a_customer_who_is_not_reached_is_tried_three_times() {
    let mut stage = Stage::new(vec![queue("general")], agents(1));
    stage.offer(1, 1);
    accept(&mut stage, 1, None);
    stage.sign_in(0);
    stage.event(FloorEvent::CallbackMissed(ContactId(1)));
    assert_eq!(stage.state(0), AgentState::Ready, "and the agent is free meanwhile");
    assert_eq!(stage.pass(5 * MINUTE), [start(0, 1)]);
    assert_eq!(stage.pass(45_000), [FloorAction::StopCallback { contact: ContactId(1) }]);
    stage.pass(5 * MINUTE);
    stage.event(FloorEvent::CallbackMissed(ContactId(1)));
    let given_up = FloorAction::HangUp { contact: ContactId(1), because: HangUpReason::NotReached };
    assert_eq!(stage.actions, [given_up]);
    assert_eq!(stage.floor.figures(1).unwrap().callbacks_missed, 1);
}

#[test]
fn a_blind_transfer_frees_the_agent_and_keeps_the_time_waited() {
    let mut stage = Stage::new(vec![queue("a"), needing("b", 1, 1, 5)], vec![agent(&[]), agent(&[(1, 1)])]);
    stage.offer(1, 1);
    stage.pass(2 * MINUTE);
    stage.sign_in(0);
    stage.answer(0, 1);
    stage.pass(MINUTE);
    stage.offer(2, 2);
    stage.pass(MINUTE);
    stage.event(FloorEvent::Transfer { contact: ContactId(1), to: Target::Queue(2) });
    assert_eq!(stage.state(0), AgentState::Ready);
    stage.sign_in(1);
    assert_eq!(stage.rung(), [(1, 1)], "2 minutes against 1");
}

#[test]
fn a_transfer_to_an_agent_who_is_busy_goes_to_the_queue() {
    let mut stage = Stage::staffed(vec![queue("a"), queue("b")], agents(3));
    for contact in [1, 2] {
        stage.offer(contact, 1);
        let agent = stage.rung()[0].0;
        stage.answer(agent, contact);
    }
    stage.event(FloorEvent::Transfer { contact: ContactId(1), to: Target::Agent(AgentId(1), 2) });
    assert_eq!(stage.rung(), [(2, 1)], "another of the queue");
    stage.event(FloorEvent::Transfer { contact: ContactId(2), to: Target::Agent(AgentId(0), 2) });
    assert_eq!(stage.rung(), [(0, 2)]);
}

fn consulting() -> Stage {
    let mut stage =
        Stage::staffed(vec![queue("a"), needing("b", 1, 1, 5)], vec![agent(&[]), agent(&[(1, 1)])]);
    stage.offer(1, 1);
    stage.answer(0, 1);
    let (contact, leg, to) = (ContactId(1), ContactId(100), Target::Queue(2));
    stage.event(FloorEvent::Consult { contact, leg, to });
    assert_eq!(stage.actions, [ring(1, 100, 2)]);
    assert_eq!(stage.state(0), AgentState::Hold);
    stage
}

#[test]
fn a_consultation_can_become_a_transfer() {
    let mut stage = consulting();
    stage.answer(1, 100);
    stage.event(FloorEvent::CompleteConsult(ContactId(1)));
    assert_eq!(stage.actions, [over(100), connect(1, 1, 2)]);
    assert_eq!((stage.state(0), stage.state(1)), (AgentState::Ready, AgentState::Talking));
    stage.end(1);
    assert_eq!(stage.state(1), AgentState::Ready);
}

#[test]
fn a_consultation_can_be_called_off() {
    let mut stage = consulting();
    stage.answer(1, 100);
    stage.event(FloorEvent::CancelConsult(ContactId(1)));
    assert_eq!(stage.actions, [over(100)]);
    assert_eq!((stage.state(0), stage.state(1)), (AgentState::Talking, AgentState::Ready));
}

#[test]
fn a_consultation_that_nobody_has_answered_becomes_a_blind_transfer() {
    let mut stage = consulting();
    stage.event(FloorEvent::CompleteConsult(ContactId(1)));
    assert_eq!(stage.rung(), [(1, 1)]);
    assert_eq!(stage.state(0), AgentState::Ready);
}

#[test]
fn a_caller_who_leaves_ends_the_consultation() {
    let mut stage = consulting();
    stage.answer(1, 100);
    assert_eq!(stage.end(1), [over(100)]);
    assert_eq!((stage.state(0), stage.state(1)), (AgentState::Ready, AgentState::Ready));
    let gone = FloorAction::Ignored(Ignored::UnknownContact(ContactId(100)));
    assert_eq!(stage.end(100), [gone]);
}

/// Who gives a caller away is idle at once, and for longest, and would be the first to ring.
#[test]
fn a_transfer_rings_somebody_else() {
    for prefer in [
        Prefer::LongestIdle,
        Prefer::RoundRobin,
        Prefer::LeastOccupied,
        Prefer::MostSkilled,
        Prefer::Weighted,
    ] {
        let plain = QueueSpec { prefer, wrap_up_ms: Some(0), ..queue("general") };
        let mut stage = Stage::staffed(vec![plain], vec![agent(&[]), agent(&[])]);
        stage.offer(1, 1);
        let first = stage.rung()[0].0;
        stage.answer(first, 1);
        stage.event(FloorEvent::NotReady { agent: AgentId(1 - first), reason: 0 });
        stage.event(FloorEvent::Transfer { contact: ContactId(1), to: Target::Queue(1) });
        assert!(stage.rung().is_empty(), "{prefer:?}: {:?}", stage.actions);
        stage.event(FloorEvent::Ready(AgentId(1 - first)));
        assert_eq!(stage.rung(), [(1 - first, 1)], "{prefer:?}");
        // Another has answered: now it may come back.
        stage.answer(1 - first, 1);
        stage.event(FloorEvent::Transfer { contact: ContactId(1), to: Target::Agent(AgentId(first), 1) });
        assert_eq!(stage.rung(), [(first, 1)], "{prefer:?}");
    }
}

#[test]
fn a_transfer_to_oneself_goes_to_the_queue() {
    let mut stage = Stage::staffed(
        vec![QueueSpec { wrap_up_ms: Some(0), ..queue("general") }],
        vec![agent(&[]), agent(&[])],
    );
    stage.offer(1, 1);
    stage.answer(0, 1);
    stage.event(FloorEvent::Transfer { contact: ContactId(1), to: Target::Agent(AgentId(0), 1) });
    assert_eq!(stage.rung(), [(1, 1)]);
}
