//! Whatever events come in whatever order: no panic, time moves forward, work is bounded, the same comes out again.

use proptest::prelude::*;

use super::policy::{Lines, Policy};
use crate::limits::MAX_WAKES_BETWEEN_EVENTS;
use crate::{Call, Core, NoSources};
use tandem_stdlib::contract::{
    CallStart, Event, FactSource, Frame, Party, Signal, TextFact, Trigger, Turn, Type,
};

/// A policy that reads much and asks for wake-ups at odd moments.
fn policy() -> Core {
    let mut policy = Policy::new();
    let anger = policy.fact(FactSource::Signal(Party::Customer, Signal::Anger), Type::Number);
    let silence = policy.fact(FactSource::Signal(Party::Agent, Signal::Silence), Type::Duration);
    let keys = policy.fact(FactSource::Text(TextFact::Keys), Type::Text);
    let everything = [
        Trigger::Start,
        Trigger::Frame(Party::Customer),
        Trigger::Key,
        Trigger::Turn(Party::Agent),
        Trigger::Wake,
    ];
    policy.watch("watch", &everything, move |facts, state| {
        state[0] = state[0].wrapping_mul(31).wrapping_add(facts[keys] ^ facts[0]);
        let what = if f64::from_bits(facts[anger]) > 0.5 { 1 } else { state[0] % 3 };
        let wake_ms = facts[0].cast_signed().saturating_add((state[0] % 977).cast_signed() - 20);
        (what, if state[0] % 7 == 0 { i64::MAX } else { wake_ms })
    });
    policy.route("route", &[Trigger::Intent, Trigger::Unresolved], |_| Some((1, 0)));
    policy.qa("qa", &[Trigger::End, Trigger::Hold], move |facts| (facts[silence] % 4, 5, i64::MAX));
    policy.core()
}

fn party() -> impl Strategy<Value = Party> {
    prop_oneof![Just(Party::Customer), Just(Party::Agent)]
}

fn event() -> impl Strategy<Value = Event<'static>> {
    let frame = (party(), any::<bool>(), proptest::option::of(any::<f32>()));
    let frame = frame.prop_map(|(party, speaking, anger)| {
        let (loudness_db, pitch_hz, speech_rate, confidence) = (anger, None, None, None);
        Event::Frame(Frame { party, speaking, loudness_db, pitch_hz, speech_rate, anger, confidence })
    });
    let turn = (party(), any::<i64>(), any::<i64>()).prop_map(|(party, start_ms, end_ms)| {
        Event::Turn(Turn { party, start_ms, end_ms, text: "我要投诉 now", estimated: true })
    });
    prop_oneof![
        6 => frame,
        4 => turn,
        2 => any::<char>().prop_map(Event::Key),
        1 => Just(Event::Intent("complaint")),
        1 => Just(Event::Intent("lost_card")),
        1 => Just(Event::Unresolved),
        1 => any::<bool>().prop_map(Event::Hold),
        1 => Just(Event::Acknowledged),
        1 => Just(Event::Transferred("x")),
        1 => Just(Event::Start(CallStart::default())),
    ]
}

/// Mostly small steps forward, sometimes backwards, sometimes far.
fn gap() -> impl Strategy<Value = i64> {
    prop_oneof![8 => 0..3_000_i64, 1 => -500..0_i64, 1 => Just(40_000_000_i64)]
}

fn play(call: &mut Call, events: &[(i64, Event<'static>)]) -> Lines {
    let (mut lines, mut now_ms) = (Lines::default(), 0_i64);
    call.handle(0, &Event::Start(CallStart::default()), &mut NoSources, &mut lines);
    for (gap_ms, event) in events {
        now_ms = now_ms.saturating_add(*gap_ms);
        call.handle(now_ms, event, &mut NoSources, &mut lines);
    }
    call.handle(now_ms, &Event::End, &mut NoSources, &mut lines);
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_events_are_survived_in_order_of_time(events in prop::collection::vec((gap(), event()), 0..40)) {
        let core = policy();
        let mut call = core.call();
        let first = play(&mut call, &events);
        let times: Vec<i64> = first.0.iter().map(|line| line.split(' ').next().unwrap().parse().unwrap()).collect();
        prop_assert!(times.is_sorted(), "{first:?}");
        let most = (events.len() + 2) * (MAX_WAKES_BETWEEN_EVENTS as usize + 200);
        prop_assert!(times.len() <= most);
        call.reset();
        prop_assert_eq!(&play(&mut call, &events), &first);
        prop_assert_eq!(&play(&mut core.call(), &events), &first);
    }

    #[test]
    fn extreme_times_are_survived(times in prop::collection::vec(any::<i64>(), 1..10), events in prop::collection::vec(event(), 10)) {
        let core = policy();
        let (mut call, mut lines) = (core.call(), Lines::default());
        let start = CallStart { clock_ms: i64::MAX - 5, ..CallStart::default() };
        call.handle(times[0], &Event::Start(start), &mut NoSources, &mut lines);
        for (at_ms, event) in times.iter().zip(&events) {
            call.handle(*at_ms, event, &mut NoSources, &mut lines);
            call.speech(*at_ms, Party::Agent, true, &mut NoSources, &mut lines);
        }
    }
}
