//! Agents: every state has a way out.

use super::stage::*;
use crate::floor::{
    AgentId, AgentState, FloorAction, FloorEvent, Forced, Guards, HangUpReason, Ignored, NotReady,
};

const SECOND: i64 = 1_000;

#[test]
fn a_call_rings_is_answered_and_ends() {
    let mut stage = Stage::staffed(vec![queue("general")], agents(1));
    assert_eq!(stage.offer(7, 1), [ring(0, 7, 1)]);
    assert_eq!(stage.state(0), AgentState::Ringing);
    assert_eq!(stage.answer(0, 7), [connect(0, 7, 1)]);
    assert_eq!(stage.state(0), AgentState::Talking);
    stage.end(7);
    assert_eq!(stage.state(0), AgentState::Ready);
}

#[test]
fn who_does_not_answer_rests_and_the_call_goes_to_one_other() {
    let mut stage = Stage::staffed(vec![queue("general")], agents(3));
    stage.offer(7, 1);
    assert_eq!(stage.pass(20 * SECOND), [stop(0, 7), requeue(7, 1), ring(1, 7, 1)]);
    assert_eq!(stage.state(0), AgentState::NotReady(NotReady::DidNotAnswer));
    assert_eq!(stage.state(2), AgentState::Ready);
    stage.answer(1, 7);
    stage.pass(30 * SECOND);
    assert_eq!(stage.state(0), AgentState::Ready, "the rest of 30 s ends by itself");
}

#[test]
fn rests_grow_with_each_miss_and_an_answer_ends_the_row() {
    let mut stage = Stage::staffed(vec![queue("general")], agents(1));
    stage.offer(7, 1);
    for rest_ms in [30, 60, 120] {
        stage.pass(20 * SECOND);
        assert_eq!(stage.pass((rest_ms - 1) * SECOND), []);
        assert_eq!(stage.pass(SECOND), [ring(0, 7, 1)]);
    }
    stage.answer(0, 7);
    stage.end(7);
    stage.offer(8, 1);
    stage.pass(20 * SECOND);
    assert_eq!(stage.pass(30 * SECOND), [ring(0, 8, 1)]);
}

#[test]
fn a_caller_who_gives_up_while_it_rings_takes_no_place_from_the_agent() {
    let mut stage = Stage::staffed(vec![queue("general")], agents(2));
    stage.offer(7, 1);
    assert_eq!(stage.end(7), [stop(0, 7)]);
    assert_eq!(stage.offer(8, 1), [ring(0, 8, 1)], "still the longest idle");
}

#[test]
fn after_call_work_is_bounded_and_can_be_ended() {
    let limited = tandem_stdlib::contract::QueueSpec { wrap_up_ms: Some(60 * SECOND), ..queue("general") };
    let mut stage = Stage::staffed(vec![limited], agents(1));
    stage.offer(7, 1);
    stage.answer(0, 7);
    stage.end(7);
    assert_eq!(stage.state(0), AgentState::WrapUp);
    assert_eq!(stage.offer(8, 1), [queued(8, 1)]);
    stage.pass(60 * SECOND);
    assert_eq!(stage.rung(), [(0, 8)]);
    stage.answer(0, 8);
    stage.end(8);
    stage.event(FloorEvent::WrapUpDone(AgentId(0)));
    assert_eq!(stage.state(0), AgentState::Ready);
}

#[test]
fn a_lost_hang_up_does_not_hold_an_agent_for_ever() {
    let guards = Guards { talk_ms: 600 * SECOND, ..Guards::default() };
    let mut stage = Stage::guarded(vec![queue("general")], agents(1), guards);
    stage.sign_in(0);
    stage.offer(7, 1);
    stage.answer(0, 7);
    stage.pass(500 * SECOND);
    stage.event(FloorEvent::Alive(crate::floor::ContactId(7)));
    assert_eq!(stage.pass(500 * SECOND), [], "a sign of life starts the guard anew");
    let lost = FloorAction::HangUp { contact: crate::floor::ContactId(7), because: HangUpReason::Lost };
    assert_eq!(stage.pass(100 * SECOND), [lost]);
    assert_eq!(stage.state(0), AgentState::Ready);
}

#[test]
fn a_failed_phone_gives_its_contacts_back_and_nobody_elses() {
    let mut stage = Stage::staffed(vec![queue("general")], agents(2));
    stage.offer(7, 1);
    stage.answer(0, 7);
    stage.offer(8, 1);
    stage.answer(1, 8);
    let actions = stage.event(FloorEvent::PhoneFailed(AgentId(0)));
    assert_eq!(actions, [requeue(7, 1)]);
    assert_eq!(stage.state(0), AgentState::NotReady(NotReady::PhoneFailed));
    assert_eq!(stage.state(1), AgentState::Talking);
    stage.end(8);
    assert_eq!(stage.rung(), [(1, 7)]);
}

#[test]
fn a_shift_that_ends_lets_the_call_be_finished() {
    let mut stage = Stage::new(vec![queue("general")], agents(1));
    stage.event(FloorEvent::LogIn { agent: AgentId(0), shift_ends_ms: Some(60 * SECOND) });
    stage.event(FloorEvent::Ready(AgentId(0)));
    stage.offer(7, 1);
    stage.answer(0, 7);
    stage.pass(90 * SECOND);
    assert_eq!(stage.state(0), AgentState::Talking);
    stage.offer(8, 1);
    stage.end(7);
    assert_eq!(stage.state(0), AgentState::LoggedOut, "and nothing new begins");
}

#[test]
fn a_supervisor_can_free_an_agent_whatever_holds_her() {
    let mut stage = Stage::staffed(vec![queue("general")], agents(1));
    stage.offer(7, 1);
    stage.answer(0, 7);
    let actions = stage.event(FloorEvent::Force { agent: AgentId(0), to: Forced::NotReady(3) });
    assert_eq!(actions, [requeue(7, 1)], "the contact is not lost");
    assert_eq!(stage.state(0), AgentState::NotReady(NotReady::Reason(3)));
}

#[test]
fn an_agent_has_as_many_chats_as_she_can_and_no_call_beside() {
    let plan = crate::floor::AgentPlan { capacity: 2, ..Default::default() };
    let mut stage = Stage::staffed(vec![queue("general")], vec![plan]);
    let chat = |id| {
        let offer = crate::floor::Offer::new(crate::floor::ContactId(id), 1);
        crate::floor::Offer { shares: true, ..offer }
    };
    assert_eq!(stage.offer_with(chat(1)), [ring(0, 1, 1)]);
    stage.answer(0, 1);
    assert_eq!(stage.offer(2, 1), [queued(2, 1)], "a call wants all of her");
    assert_eq!(stage.offer_with(chat(3)), [ring(0, 3, 1)]);
    stage.answer(0, 3);
    assert_eq!(stage.offer_with(chat(4)), [queued(4, 1)]);
    stage.end(1);
    assert_eq!(stage.rung(), [(0, 4)]);
}

#[test]
fn what_makes_no_sense_is_ignored_with_a_reason() {
    let mut stage = Stage::staffed(vec![queue("general")], agents(1));
    let unknown = AgentId(9);
    assert_eq!(
        stage.event(FloorEvent::Ready(unknown)),
        [FloorAction::Ignored(Ignored::UnknownAgent(unknown))]
    );
    stage.offer(7, 1);
    stage.answer(0, 7);
    assert_eq!(stage.answer(0, 7), [FloorAction::Ignored(Ignored::AgentElsewhere(AgentId(0)))]);
    let contact = crate::floor::ContactId(7);
    assert_eq!(stage.offer(7, 1), [FloorAction::Ignored(Ignored::KnownContact(contact))]);
    assert_eq!(stage.offer(8, 9), [FloorAction::Ignored(Ignored::UnknownQueue(9))]);
}

#[test]
fn new_skills_count_at_once() {
    let mut stage =
        Stage::staffed(vec![needing("cards", 1, 2, 5), needing("loans", 2, 1, 5)], vec![agent(&[(1, 5)])]);
    let learns = |skills: &[(u64, u8)]| FloorEvent::Skills { agent: AgentId(0), skills: skills.to_vec() };
    stage.offer(1, 2);
    assert!(stage.rung().is_empty());
    stage.event(learns(&[(1, 5), (2, 1)]));
    assert_eq!(stage.rung(), [(0, 1)], "she takes who has waited for her");
    stage.answer(0, 1);
    // What she has in hand stays with her.
    stage.event(learns(&[(1, 1)]));
    stage.pass(1_000);
    stage.end(1);
    stage.event(FloorEvent::WrapUpDone(AgentId(0)));
    stage.offer(2, 2);
    stage.offer(3, 1);
    assert!(stage.rung().is_empty(), "her level is too low for one, and she has no skill for the other");
    stage.event(learns(&[(1, 2)]));
    assert_eq!(stage.rung(), [(0, 3)]);
    stage.event(FloorEvent::Skills { agent: AgentId(9), skills: Vec::new() });
    assert!(matches!(stage.actions.as_slice(), [FloorAction::Ignored(_)]), "{:?}", stage.actions);
}
