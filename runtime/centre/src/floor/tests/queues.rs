//! Queues: who goes first, who serves, and what happens while waiting.

use tandem_stdlib::contract::{QueueCap, QueueSpec, WaitingAction};

use super::stage::*;
use crate::floor::{ContactId, FloorAction, FloorEvent, HangUpReason, Offer};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

fn urgent(contact: u64, queue: u64, priority: f64) -> Offer {
    Offer { priority, ..Offer::new(ContactId(contact), queue) }
}

/// One agent takes everything that waits; gives the contacts in the order of service.
fn serve_all(stage: &mut Stage) -> Vec<u64> {
    let mut order = Vec::new();
    stage.sign_in(0);
    while let Some((agent, contact)) = stage.rung().first().copied() {
        order.push(contact);
        stage.answer(agent, contact);
        stage.end(contact);
    }
    order
}

#[test]
fn equal_priority_is_served_in_order_of_arrival() {
    let mut stage = Stage::new(vec![queue("general")], agents(1));
    for contact in [4, 9, 2, 7] {
        stage.offer(contact, 1);
    }
    assert_eq!(serve_all(&mut stage), [4, 9, 2, 7]);
}

#[test]
fn higher_priority_goes_first() {
    let mut stage = Stage::new(vec![queue("general")], agents(1));
    stage.offer_with(urgent(1, 1, 10.0));
    stage.offer_with(urgent(2, 1, 90.0));
    stage.offer_with(urgent(3, 1, f64::NAN));
    assert_eq!(serve_all(&mut stage), [2, 1, 3]);
}

#[test]
fn waiting_ages_a_low_priority_past_a_high_one() {
    let ageing = QueueSpec { ageing: Some((1.0, MINUTE)), ..queue("general") };
    let mut stage = Stage::new(vec![ageing], agents(1));
    stage.offer_with(urgent(1, 1, 0.0));
    stage.now_ms += 5 * MINUTE;
    stage.offer_with(urgent(2, 1, 4.9));
    stage.offer_with(urgent(3, 1, 5.1));
    assert_eq!(serve_all(&mut stage), [3, 1, 2]);
}

#[test]
fn queues_that_age_differently_are_compared_by_priority_now() {
    let slow = QueueSpec { ageing: Some((1.0, MINUTE)), ..queue("slow") };
    let fast = QueueSpec { ageing: Some((3.0, MINUTE)), ..queue("fast") };
    let mut stage = Stage::new(vec![slow, fast], agents(1));
    stage.offer_with(urgent(1, 1, 5.0));
    stage.offer_with(urgent(2, 2, 0.0));
    stage.now_ms += 2 * MINUTE;
    stage.offer_with(urgent(3, 1, 6.5));
    stage.now_ms += MINUTE;
    assert_eq!(serve_all(&mut stage), [2, 1, 3], "9 points, 8 points, 7.5 points");
}

#[test]
fn time_granted_in_advance_counts_as_waiting() {
    let mut stage = Stage::new(vec![queue("general")], agents(1));
    stage.offer(1, 1);
    stage.now_ms += MINUTE;
    stage.offer_with(Offer { waited_ms: 2 * MINUTE, ..Offer::new(ContactId(2), 1) });
    assert_eq!(serve_all(&mut stage), [2, 1]);
}

#[test]
fn only_who_has_the_skill_is_rung() {
    let mut stage = Stage::staffed(
        vec![needing("cards", 1, 4, 5)],
        vec![agent(&[(2, 5)]), agent(&[(1, 3)]), agent(&[(1, 4)])],
    );
    assert_eq!(stage.offer(7, 1), [ring(2, 7, 1)]);
    assert_eq!(stage.offer(8, 1), [queued(8, 1)]);
}

#[test]
fn levels_and_skills_are_relaxed_with_waiting() {
    let steps = vec![
        after(20 * SECOND, WaitingAction::AcceptLevels { low: 2, high: 5 }),
        after(40 * SECOND, WaitingAction::AcceptSkill(2)),
    ];
    let cards = QueueSpec { while_waiting: steps, ..needing("cards", 1, 4, 5) };
    let mut stage = Stage::staffed(vec![cards], vec![agent(&[(2, 1)]), agent(&[(1, 2)])]);
    stage.offer(7, 1);
    stage.offer(8, 1);
    assert_eq!(stage.pass(20 * SECOND - 1), []);
    assert_eq!(stage.pass(1), [ring(1, 7, 1)]);
    stage.answer(1, 7);
    assert_eq!(stage.pass(20 * SECOND), [ring(0, 8, 1)]);
}

#[test]
fn a_requirement_of_its_own_replaces_that_of_the_queue_and_relaxes_alike() {
    let steps = vec![after(20 * SECOND, WaitingAction::AcceptLevels { low: 1, high: 5 })];
    let cards = QueueSpec { while_waiting: steps, ..needing("cards", 1, 1, 5) };
    let mut stage = Stage::staffed(vec![cards], vec![agent(&[(1, 5)]), agent(&[(3, 2)])]);
    stage.offer_with(Offer { needs: Some(vec![need(3, 4, 5)]), ..Offer::new(ContactId(7), 1) });
    assert_eq!(stage.pass(20 * SECOND), [ring(1, 7, 1)]);
}

#[test]
fn a_full_queue_sends_on_and_then_turns_away() {
    let cap = |overflow| Some(QueueCap { waiting: 1, overflow });
    let first = QueueSpec { cap: cap(Some(2)), ..queue("first") };
    let second = QueueSpec { cap: cap(None), ..queue("second") };
    let mut stage = Stage::new(vec![first, second], agents(1));
    stage.offer(1, 1);
    let overflow = |contact| FloorAction::Overflow { contact: ContactId(contact), from: 1, to: 2 };
    assert_eq!(stage.offer(2, 1), [overflow(2), queued(2, 2)]);
    let reject = FloorAction::Reject { contact: ContactId(3), queue: 2 };
    assert_eq!(stage.offer(3, 1), [overflow(3), reject]);
    assert_eq!(stage.floor.figures(2).unwrap().rejected, 1);
    let promised = Offer { insists: true, ..Offer::new(ContactId(4), 1) };
    assert_eq!(stage.offer_with(promised), [queued(4, 1)], "who was promised a person waits");
}

#[test]
fn queues_full_in_a_circle_turn_away() {
    let cap = |to| Some(QueueCap { waiting: 0, overflow: Some(to) });
    let queues = vec![QueueSpec { cap: cap(2), ..queue("a") }, QueueSpec { cap: cap(1), ..queue("b") }];
    let mut stage = Stage::new(queues, agents(1));
    let last = *stage.offer(1, 1).last().unwrap();
    assert!(matches!(last, FloorAction::Reject { .. }), "{last:?}");
    stage.sign_in(0);
    assert_eq!(stage.offer(2, 1), [ring(0, 2, 1)], "who need not wait is no matter of the cap");
}

#[test]
fn overflow_keeps_the_time_waited() {
    let steps = vec![after(10 * MINUTE, WaitingAction::Overflow(2))];
    let first = QueueSpec { while_waiting: steps, ..needing("first", 1, 1, 5) };
    let mut stage = Stage::new(vec![first, needing("second", 2, 1, 5)], vec![agent(&[(2, 1)])]);
    stage.offer(1, 1);
    stage.now_ms += MINUTE;
    stage.offer(2, 2);
    let overflow = FloorAction::Overflow { contact: ContactId(1), from: 1, to: 2 };
    assert_eq!(stage.pass(9 * MINUTE), [overflow]);
    assert_eq!(serve_all(&mut stage), [1, 2]);
}

#[test]
fn queues_that_send_to_each_other_for_ever_stop() {
    let steps = |to| vec![after(0, WaitingAction::Overflow(to))];
    let queues = vec![
        QueueSpec { while_waiting: steps(2), ..queue("a") },
        QueueSpec { while_waiting: steps(1), ..queue("b") },
    ];
    let mut stage = Stage::new(queues, agents(1));
    let overflows = stage.offer(1, 1).len() - 1;
    assert_eq!(overflows, crate::floor::limits::MAX_OVERFLOWS as usize);
    assert_eq!(serve_all(&mut stage), [1]);
}

#[test]
fn waiting_in_two_queues_ends_in_both() {
    let steps = vec![after(5 * SECOND, WaitingAction::Also(2))];
    let first = QueueSpec { while_waiting: steps, ..needing("first", 1, 1, 5) };
    let plans = vec![agent(&[(1, 1)]), agent(&[(2, 1)])];
    let mut stage = Stage::new(vec![first, needing("second", 2, 1, 5)], plans);
    stage.offer(1, 1);
    stage.pass(5 * SECOND);
    assert_eq!((stage.floor.waiting(1), stage.floor.waiting(2)), (1, 1));
    stage.sign_in(1);
    assert_eq!(stage.rung(), [(1, 1)]);
    assert_eq!((stage.floor.waiting(1), stage.floor.waiting(2)), (0, 0));
    stage.pass(20 * SECOND);
    assert_eq!(
        (stage.floor.waiting(1), stage.floor.waiting(2)),
        (1, 1),
        "unanswered, it waits in both again"
    );
}

#[test]
fn a_time_out_hangs_up() {
    let steps = vec![after(SECOND, WaitingAction::Play(4)), after(2 * SECOND, WaitingAction::HangUp)];
    let mut stage = Stage::new(vec![QueueSpec { while_waiting: steps, ..queue("general") }], agents(1));
    stage.offer(1, 1);
    assert_eq!(stage.pass(SECOND), [FloorAction::Play { contact: ContactId(1), text: 4 }]);
    let timed_out = FloorAction::HangUp { contact: ContactId(1), because: HangUpReason::TimedOut };
    assert_eq!(stage.pass(SECOND), [timed_out]);
    assert_eq!(stage.floor.figures(1).unwrap().timed_out, 1);
}

#[test]
fn a_step_raises_the_priority() {
    let steps = vec![after(SECOND, WaitingAction::Priority(50.0))];
    let mut stage = Stage::new(vec![QueueSpec { while_waiting: steps, ..queue("general") }], agents(1));
    stage.offer_with(urgent(1, 1, 10.0));
    stage.pass(SECOND);
    stage.offer_with(urgent(2, 1, 40.0));
    assert_eq!(serve_all(&mut stage), [1, 2]);
}

#[test]
fn a_move_keeps_the_time_waited_and_frees_the_agent() {
    let mut stage = Stage::staffed(vec![queue("a"), needing("b", 1, 1, 5)], agents(1));
    stage.offer(1, 1);
    stage.event(FloorEvent::Move { contact: ContactId(1), queue: 2 });
    assert_eq!(stage.actions, [stop(0, 1), queued(1, 2)]);
    assert_eq!(stage.offer(2, 1), [ring(0, 2, 1)]);
}

#[test]
fn more_requirements_than_are_kept_are_told_apart() {
    let count = crate::floor::limits::MAX_IDLE_REQUIREMENTS as u64 + 50;
    let plans = vec![agent(&[(1, 1)]), agent(&(1..=count).map(|skill| (skill, 2)).collect::<Vec<_>>())];
    let mut stage = Stage::staffed(vec![queue("general")], plans);
    for round in 0..2 {
        for skill in 1..=count {
            let needs = Some(vec![need(skill, 2, 5)]);
            stage.offer_with(Offer { needs, ..Offer::new(ContactId(skill), 1) });
            assert_eq!(stage.rung(), [(1, skill)], "round {round}");
            stage.end(skill);
        }
    }
}
