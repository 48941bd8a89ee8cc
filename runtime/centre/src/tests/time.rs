use super::policy::{Lines, Policy};
use crate::{Call, Core, NoSources};
use tandem_stdlib::contract::{CallStart, Event, FactSource, Frame, Party, Signal, Status, Trigger, Type};

pub(super) fn frame(anger: f32) -> Event<'static> {
    Event::Frame(Frame {
        party: Party::Customer,
        speaking: true,
        loudness_db: None,
        pitch_hz: None,
        speech_rate: None,
        anger: Some(anger),
        confidence: None,
    })
}

fn play(core: &Core, events: &[(i64, Event<'_>)]) -> (Call, Vec<String>) {
    let (mut call, mut lines) = (core.call(), Lines::default());
    call.handle(0, &Event::Start(CallStart::default()), &mut NoSources, &mut lines);
    for (at_ms, event) in events {
        call.handle(*at_ms, event, &mut NoSources, &mut lines);
    }
    (call, lines.0)
}

/// `anger >= 0.70 for at least 5s`, cleared below.
fn angry() -> Core {
    let mut policy = Policy::new();
    let anger = policy.fact(FactSource::Signal(Party::Customer, Signal::Anger), Type::Number);
    policy.watch("angry", &[Trigger::Frame(Party::Customer), Trigger::Wake], move |facts, state| {
        let now_ms = facts[0].cast_signed();
        if f64::from_bits(facts[anger]) < 0.70 {
            let fired = std::mem::take(&mut state[1]);
            state[0] = 0;
            return (fired * 2, i64::MAX);
        }
        if state[0] == 0 {
            state[0] = (now_ms + 1).cast_unsigned();
        }
        let due_ms = state[0].cast_signed() - 1 + 5000;
        let fires = now_ms >= due_ms && state[1] == 0;
        state[1] |= u64::from(fires);
        (u64::from(fires), if now_ms < due_ms { due_ms } else { i64::MAX })
    });
    policy.core()
}

#[test]
fn a_watch_fires_at_its_own_moment_between_two_events() {
    let (call, lines) = play(&angry(), &[(0, frame(0.7)), (12_000, frame(0.7))]);
    assert_eq!(lines, ["5000 #0 alert 1"]);
    assert_eq!(call.open_alerts().len(), 1);
    assert_eq!(call.wake_at(), Some(25_000));
}

#[test]
fn what_is_due_at_the_moment_of_an_event_comes_before_it() {
    let (_, lines) = play(&angry(), &[(0, frame(0.7)), (5000, frame(0.1))]);
    assert_eq!(lines, ["5000 #0 alert 1", "5000 #0 clear"]);
    let (_, lines) = play(&angry(), &[(0, frame(0.7)), (4999, frame(0.1)), (9000, Event::End)]);
    assert_eq!(lines, [""; 0]);
}

#[test]
fn an_alert_that_nobody_acknowledges_is_followed_up() {
    let (call, lines) = play(&angry(), &[(0, frame(0.9)), (25_000, Event::Hold(true))]);
    assert_eq!(lines, ["5000 #0 alert 1", "25000 #0 transfer 2 true"]);
    assert_eq!(call.open_alerts()[0].follow_up, None);
}

#[test]
fn an_acknowledgement_at_the_last_moment_is_in_time() {
    let (call, lines) =
        play(&angry(), &[(0, frame(0.9)), (25_000, Event::Acknowledged), (60_000, Event::End)]);
    assert_eq!(lines, ["5000 #0 alert 1"]);
    assert!(call.open_alerts().is_empty());
    let late = [(0, frame(0.9)), (25_001, Event::Acknowledged), (60_000, Event::End)];
    assert_eq!(play(&angry(), &late).1, ["5000 #0 alert 1", "25000 #0 transfer 2 true"]);
}

#[test]
fn a_late_host_learns_the_same() {
    let core = angry();
    let (mut call, mut lines) = (core.call(), Lines::default());
    call.handle(0, &Event::Start(CallStart::default()), &mut NoSources, &mut lines);
    call.handle(0, &frame(0.9), &mut NoSources, &mut lines);
    assert_eq!(call.wake_at(), Some(5000));
    call.wake(90_000, &mut NoSources, &mut lines);
    assert_eq!(lines.0, ["5000 #0 alert 1", "25000 #0 transfer 2 true"]);
    assert_eq!(call.wake_at(), None);
}

#[test]
fn an_entry_that_always_wants_the_next_millisecond_is_stopped() {
    let mut policy = Policy::new();
    policy.watch("restless", &[Trigger::Start, Trigger::Wake], |facts, _| (0, facts[0].cast_signed()));
    let (call, lines) = play(&policy.core(), &[(1_000_000_000, Event::End)]);
    assert_eq!(lines, ["10001 None TooManyWakes"]);
    assert_eq!(call.wake_at(), None);
}

#[test]
fn at_one_event_watches_run_before_routes_before_quality() {
    let mut policy = Policy::new();
    policy.qa("qa", &[Trigger::Start], |_| (1, 0, i64::MAX));
    policy.route("route", &[Trigger::Start], |_| Some((1, 0)));
    policy.watch("watch", &[Trigger::Start], |_, _| (1, i64::MAX));
    let (_, lines) = play(&policy.core(), &[]);
    assert_eq!(lines, ["0 #2 alert 1", "0 #1 [1]", "0 #0 item 0 Passed at 0"]);
}

#[test]
fn the_same_answer_again_is_told_as_unchanged() {
    let mut policy = Policy::new();
    policy.route("route", &[Trigger::Start, Trigger::Key], |_| Some((2, 1)));
    let (_, lines) = play(&policy.core(), &[(100, Event::Key('1'))]);
    assert_eq!(lines, ["0 #0 [2]", "100 #0 [2] again"]);
}

#[test]
fn a_failed_run_decides_nothing_and_is_told() {
    let mut policy = Policy::new();
    policy.broken("overflow", Status::Overflow);
    policy.broken("mismatch", Status::Mismatch);
    let (_, lines) = play(&policy.core(), &[]);
    assert_eq!(lines, ["0 Some(0) Overflow", "0 Some(1) Mismatch"]);
}

#[test]
fn events_outside_the_call_are_ignored() {
    let mut policy = Policy::new();
    policy.route("route", &[Trigger::Start, Trigger::End], |_| Some((1, 0)));
    let core = policy.core();
    let (mut call, mut lines) = (core.call(), Lines::default());
    call.handle(0, &Event::Key('1'), &mut NoSources, &mut lines);
    call.handle(0, &Event::Start(CallStart::default()), &mut NoSources, &mut lines);
    call.handle(5, &Event::Start(CallStart::default()), &mut NoSources, &mut lines);
    call.handle(9, &Event::End, &mut NoSources, &mut lines);
    call.handle(9, &Event::End, &mut NoSources, &mut lines);
    let outside = "None OutsideCall";
    assert_eq!(
        lines.0,
        [
            format!("0 {outside}"),
            "0 #0 [1]".into(),
            format!("0 {outside}"),
            "9 #0 [1] again".into(),
            format!("9 {outside}")
        ]
    );
}

#[test]
fn time_never_runs_backwards() {
    let mut policy = Policy::new();
    policy.route("route", &[Trigger::Key], |_| Some((1, 0)));
    let (_, lines) = play(&policy.core(), &[(500, Event::Key('1')), (400, Event::Key('2'))]);
    assert_eq!(lines, ["500 #0 [1]", "500 None TimeBackwards", "500 #0 [1] again"]);
}
