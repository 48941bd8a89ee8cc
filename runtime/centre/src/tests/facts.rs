use super::policy::{Lines, Policy};
use crate::{Call, Core, NoSources};
use tandem_stdlib::contract::{
    CallFact, CallStart, Event, FactSource, Frame, Party, Signal, TextFact, Trigger, Turn, Type,
};
use tandem_stdlib::words::{CalendarSpec, DateRange, HoursOn, TimeRange, days_of_date};

fn started(core: &Core, start: &CallStart<'_>) -> Call {
    let mut call = core.call();
    call.handle(0, &Event::Start(start.clone()), &mut NoSources, &mut Lines::default());
    call
}

fn handle(call: &mut Call, now_ms: i64, event: &Event<'_>) -> Vec<String> {
    let mut lines = Lines::default();
    call.handle(now_ms, event, &mut NoSources, &mut lines);
    lines.0
}

fn turn(start_ms: i64, end_ms: i64, party: Party) -> Event<'static> {
    Event::Turn(Turn { party, start_ms, end_ms, text: "good morning", estimated: false })
}

#[test]
fn a_call_s_words_are_those_of_the_policy() {
    let mut policy = Policy::new();
    let language = policy.fact(FactSource::Call(CallFact::Language), Type::Word(4));
    let intent = policy.fact(FactSource::Call(CallFact::Intent), Type::Word(0));
    let core = policy.core();
    let mut call = started(&core, &CallStart { language: "zh", ..CallStart::default() });
    assert_eq!((call.facts()[language], call.facts()[intent]), (2, 0));
    assert_eq!(handle(&mut call, 10, &Event::Intent("dance")), ["10 None UnknownIntent"]);
    handle(&mut call, 20, &Event::Intent("complaint"));
    assert_eq!(call.facts()[intent], 2);
    let call = started(&core, &CallStart { language: "fr", ..CallStart::default() });
    assert_eq!(call.facts()[language], 0);
}

#[test]
fn the_intent_is_told_when_it_changes_only() {
    let mut policy = Policy::new();
    policy.route("route", &[Trigger::Intent], |_| Some((1, 0)));
    let mut call = started(&policy.core(), &CallStart::default());
    assert_eq!(handle(&mut call, 10, &Event::Intent("complaint")).len(), 1);
    assert_eq!(handle(&mut call, 20, &Event::Intent("complaint")).len(), 0);
    assert_eq!(handle(&mut call, 30, &Event::Intent("lost_card")).len(), 1);
}

#[test]
fn equal_texts_have_equal_slots_and_the_policy_s_texts_their_own() {
    let mut policy = Policy::new();
    policy.manifest.literals = vec!["+44".to_owned(), "12".to_owned()];
    let from = policy.fact(FactSource::Text(TextFact::From), Type::Phone);
    let to = policy.fact(FactSource::Text(TextFact::To), Type::Phone);
    let keys = policy.fact(FactSource::Text(TextFact::Keys), Type::Text);
    let british = policy.fact(FactSource::TextStarts(TextFact::From, 0), Type::YesNo);
    let mut call =
        started(&policy.core(), &CallStart { from: "+44201", to: "+44201", ..CallStart::default() });
    let facts = call.facts();
    assert_eq!((facts[from], facts[to], facts[keys], facts[british]), (3, 3, 0, 1));
    assert_eq!(call.text(3), Some("+44201"));
    handle(&mut call, 10, &Event::Key('1'));
    assert_eq!(call.text(call.facts()[keys]), Some("1"));
    handle(&mut call, 20, &Event::Key('2'));
    assert_eq!(call.facts()[keys], 2);
}

#[test]
fn a_measured_value_is_the_decimal_that_was_meant() {
    let mut policy = Policy::new();
    let anger = policy.fact(FactSource::Signal(Party::Customer, Signal::Anger), Type::Number);
    let mut call = started(&policy.core(), &CallStart::default());
    assert!(f64::from_bits(call.facts()[anger]).is_nan());
    let frame = |value| {
        Event::Frame(Frame {
            party: Party::Customer,
            speaking: false,
            loudness_db: None,
            pitch_hz: None,
            speech_rate: None,
            anger: value,
            confidence: None,
        })
    };
    handle(&mut call, 100, &frame(Some(0.7)));
    assert_eq!(f64::from_bits(call.facts()[anger]), 0.7);
    // A value stays until the next; what is no number is not measured.
    handle(&mut call, 200, &frame(None));
    handle(&mut call, 300, &frame(Some(f32::NAN)));
    assert_eq!(f64::from_bits(call.facts()[anger]), 0.7);
}

#[test]
fn a_calendar_opens_and_closes_while_the_call_lasts() {
    let mut policy = Policy::new();
    let nine_to_five = TimeRange { from_min: 9 * 60, to_min: 17 * 60 };
    policy.manifest.calendars = vec![CalendarSpec {
        name: "service_hours".to_owned(),
        zone: "Europe/London".to_owned(),
        weekly: vec![HoursOn { weekdays: 0b111_1111, hours: vec![nine_to_five] }],
        closed: Vec::new(),
        special: Vec::new(),
        listed: None,
    }];
    let hours = policy.fact(FactSource::Calendar(0), Type::Word(3));
    // 2026-01-05 08:59:50 in London.
    let start = CallStart { clock_ms: 1_767_603_590_000, ..CallStart::default() };
    let mut call = started(&policy.core(), &start);
    assert_eq!(call.facts()[hours], 2);
    handle(&mut call, 9_999, &Event::Key('1'));
    assert_eq!(call.facts()[hours], 2);
    handle(&mut call, 10_000, &Event::Key('1'));
    assert_eq!(call.facts()[hours], 1);
}

#[test]
fn a_day_that_no_list_of_holidays_covers_is_told_once() {
    let mut policy = Policy::new();
    let january =
        DateRange { first: days_of_date(2026, 1, 1).unwrap(), last: days_of_date(2026, 1, 5).unwrap() };
    policy.manifest.calendars = vec![CalendarSpec {
        name: "service_hours".to_owned(),
        zone: "UTC".to_owned(),
        weekly: vec![HoursOn { weekdays: 0b111_1111, hours: vec![TimeRange { from_min: 0, to_min: 1_440 }] }],
        closed: Vec::new(),
        special: Vec::new(),
        listed: Some(january),
    }];
    policy.fact(FactSource::Calendar(0), Type::Word(3));
    policy.route("arrival", &[Trigger::Start, Trigger::Key], |_| Some((1, 0)));
    // 2026-01-05 23:59:50.
    let start = CallStart { clock_ms: 1_767_657_590_000, ..CallStart::default() };
    let mut call = started(&policy.core(), &start);
    let mut told = |now_ms| {
        let lines = handle(&mut call, now_ms, &Event::Key('1'));
        lines.into_iter().filter(|line| line.contains("UnlistedDay")).collect::<Vec<_>>()
    };
    assert_eq!(told(9_999).len(), 0);
    assert_eq!(told(10_000), ["10000 None UnlistedDay { calendar: 0 }"]);
    assert_eq!(told(11_000).len(), 0);
}

#[test]
fn silence_ends_where_speech_begins_although_the_turn_comes_later() {
    let mut policy = Policy::new();
    let silence = policy.fact(FactSource::Signal(Party::Agent, Signal::Silence), Type::Duration);
    let share = policy.fact(FactSource::Signal(Party::Agent, Signal::TalkShare), Type::Percent);
    let core = policy.core();
    assert!(core.wants_speech());
    let mut call = started(&core, &CallStart::default());
    handle(&mut call, 4_000, &turn(1_000, 4_000, Party::Agent));
    call.wake(6_500, &mut NoSources, &mut Lines::default());
    call.speech(7_000, Party::Customer, true, &mut NoSources, &mut Lines::default());
    assert_eq!(call.facts()[silence], 0);
    handle(&mut call, 9_000, &Event::Unresolved);
    assert_eq!(call.facts()[silence], 0);
    handle(&mut call, 10_000, &turn(7_000, 10_000, Party::Customer));
    handle(&mut call, 12_000, &Event::Unresolved);
    assert_eq!(call.facts()[silence], 2_000);
    assert_eq!(f64::from_bits(call.facts()[share]), 0.5);
}

#[test]
fn frames_know_better_than_turns_who_talked() {
    let mut policy = Policy::new();
    let share = policy.fact(FactSource::Signal(Party::Agent, Signal::TalkShare), Type::Percent);
    let mut call = started(&policy.core(), &CallStart::default());
    handle(&mut call, 4_000, &turn(0, 4_000, Party::Agent));
    let speaking = |party| {
        let (loudness_db, pitch_hz, speech_rate, anger, confidence) = (None, None, None, None, None);
        Event::Frame(Frame { party, speaking: true, loudness_db, pitch_hz, speech_rate, anger, confidence })
    };
    handle(&mut call, 5_000, &speaking(Party::Customer));
    handle(&mut call, 5_100, &speaking(Party::Customer));
    handle(&mut call, 5_200, &speaking(Party::Customer));
    handle(&mut call, 5_300, &speaking(Party::Agent));
    handle(&mut call, 9_000, &turn(5_000, 9_000, Party::Agent));
    assert_eq!(f64::from_bits(call.facts()[share]), 0.25);
}

#[test]
fn a_pinned_signal_stays() {
    let mut policy = Policy::new();
    let share = policy.fact(FactSource::Signal(Party::Agent, Signal::TalkShare), Type::Percent);
    let mut call = started(&policy.core(), &CallStart::default());
    call.pin(Party::Agent, Signal::TalkShare, 0.4_f64.to_bits());
    handle(&mut call, 4_000, &turn(0, 4_000, Party::Agent));
    assert_eq!(f64::from_bits(call.facts()[share]), 0.4);
}

#[test]
fn counts_have_the_type_that_the_policy_gave_them() {
    let mut policy = Policy::new();
    let unresolved = policy.fact(FactSource::Call(CallFact::Unresolved), Type::Number);
    let held = policy.fact(FactSource::Call(CallFact::Held), Type::YesNo);
    let mut call = started(&policy.core(), &CallStart::default());
    handle(&mut call, 1, &Event::Unresolved);
    handle(&mut call, 2, &Event::Unresolved);
    handle(&mut call, 3, &Event::Hold(true));
    assert_eq!((f64::from_bits(call.facts()[unresolved]), call.facts()[held]), (2.0, 1));
}
