use super::policy::{Lines, Policy};
use super::time::frame;
use crate::NoSources;
use tandem_stdlib::contract::{CallStart, Event, FactSource, Party, Signal, Status, Trigger, Turn, Type};

const FRAME: Trigger = Trigger::Frame(Party::Customer);

/// A route at the start, then watches at frames, of which one also runs at turns, and a check that judges at the end.
fn policy() -> Policy {
    let mut policy = Policy::new();
    let anger = policy.fact(FactSource::Signal(Party::Customer, Signal::Anger), Type::Number);
    policy.route("arrival", &[Trigger::Start], |_| Some((1, 0)));
    policy.watch("each", &[FRAME], move |facts, state| {
        state[0] += 1;
        (u64::from(f64::from_bits(facts[anger]) >= 0.5), i64::MAX)
    });
    policy.watch("third", &[FRAME, Trigger::Turn(Party::Customer)], |_, state| {
        state[1] += 1;
        (u64::from(state[1] % 3 == 0), i64::MAX)
    });
    policy.watch("later", &[FRAME, Trigger::Wake], |facts, state| {
        state[0] += 1;
        (u64::from(state[0] == 3), facts[0].cast_signed() + 150)
    });
    policy.qa("polite", &[FRAME, Trigger::End], |facts| (1, facts[0].cast_signed(), i64::MAX));
    policy
}

fn events() -> Vec<(i64, Event<'static>)> {
    let turn = Turn { party: Party::Customer, start_ms: 300, end_ms: 400, text: "hello", estimated: false };
    let mut events = vec![(0, Event::Start(CallStart::default()))];
    events.extend([0.1, 0.6, 0.2, 0.7].into_iter().zip(1..).map(|(anger, at)| (at * 100, frame(anger))));
    events.extend([(450, Event::Turn(turn)), (500, frame(0.9)), (900, Event::End)]);
    events
}

#[test]
fn running_in_a_group_gives_what_running_one_by_one_gives() {
    let lines = [policy().core(), policy().core_with_groups()].map(|core| {
        let (mut call, mut lines) = (core.call(), Lines::default());
        for (at_ms, event) in events() {
            call.handle(at_ms, &event, &mut NoSources, &mut lines);
        }
        let states = (0..5).map(|entry| call.state(entry).to_vec()).collect::<Vec<_>>();
        (lines, states)
    });
    assert_eq!(lines[0], lines[1]);
    assert!(lines[0].0.0.iter().any(|line| line.starts_with("200 #1 alert")), "{:?}", lines[0]);
}

#[test]
fn a_member_that_overflows_is_an_incident_and_stops_no_other() {
    let mut policy = Policy::new();
    policy.watch("one", &[FRAME], |_, _| (1, i64::MAX));
    policy.broken_at("two", FRAME, Status::Overflow);
    let core = policy.core_with_groups();
    let (mut call, mut lines) = (core.call(), Lines::default());
    for (at_ms, event) in events().into_iter().take(2) {
        call.handle(at_ms, &event, &mut NoSources, &mut lines);
    }
    assert_eq!(lines.0, ["100 #0 alert 1", "100 Some(1) Overflow"]);
}
