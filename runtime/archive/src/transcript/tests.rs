//! Shapes of transcripts in the wild.

use proptest::prelude::*;
use serde_json::{Value, json};
use tandem_stdlib::contract::Party;

use super::{Moment, People, Person, Speaker, resolve_times, role_side, walk};

fn people(outbound: bool) -> People {
    let person = |side, name: &str| Person {
        side: Some(side),
        name: name.to_owned(),
        address: String::new(),
        machine: false,
    };
    People { list: vec![person(Party::Agent, "Ann Lee"), person(Party::Customer, "Bob Lee")], outbound }
}

fn said(value: &Value) -> Vec<(Party, String)> {
    let turns = walk(value).turns;
    let sides = people(false).sides(&turns).sides;
    turns.into_iter().zip(sides).map(|(turn, side)| (side, turn.text)).collect()
}

#[test]
fn many_shapes_say_the_same() {
    let expected =
        [(Party::Agent, "hello there".to_owned()), (Party::Customer, "my card is lost".to_owned())];
    let shapes = [
        json!([{"speaker": "Agent", "message": "hello there"}, {"speaker": "Customer", "message": "my card is lost"}]),
        json!([{"from": "AGENT", "text": "hello there"}, {"from": "customer", "text": "my card is lost"}]),
        json!([{"sender": "Ann Lee", "text": "hello there"}, {"sender": "Bob", "text": "my card is lost"}]),
        json!([{"agent": "hello there"}, {"customer": "my card is lost"}]),
        json!({"conversation": [{"role": "agent", "content": "hello there"}, [{"role": "user", "content": "my card is lost"}]]}),
        json!({"Transcript": [
            {"ParticipantRole": "AGENT", "Content": "hello there", "BeginOffsetMillis": 0},
            {"ParticipantRole": "CUSTOMER", "Content": "my card is lost", "BeginOffsetMillis": 10}]}),
        json!([{"party": 0, "text": "hello there"}, {"party": 1, "text": "my card is lost"}]),
        json!([{"speaker": 0, "text": "hello there"}, {"speaker": 1, "text": "my card is lost"}]),
        json!("Agent: hello there\nCustomer: my card is lost"),
        json!("hello there\n\nmy card is lost"),
        json!(
            "[{\"speaker\": \"Agent\", \"message\": \"hello there\"}, {\"speaker\": \"Caller\", \"message\": \"my card is lost\"}]"
        ),
        json!({"results": {"utterances": [{"speaker": 0, "transcript": "hello there"}, {"speaker": 1, "transcript": "my card is lost"}]}}),
    ];
    for shape in shapes {
        assert_eq!(said(&shape), expected, "{shape}");
    }
}

#[test]
fn what_generators_leave_behind_is_counted_and_left_out() {
    let found =
        walk(&json!([{"speaker": "Agent", "message": "hi"}, {}, [], 1, "]} 23", {"speaker": "Agent"}]));
    assert_eq!((found.turns.len(), found.ignored), (1, 4));
}

#[test]
fn roles_are_words_not_parts_of_words() {
    assert_eq!(role_side("Customer Service Agent"), Some(Party::Agent));
    assert_eq!(role_side("caller_1"), Some(Party::Customer));
    assert_eq!(role_side("AGENT2"), Some(Party::Agent));
    assert_eq!(role_side("Botany"), None);
    assert_eq!(role_side("speaker 1"), None);
}

#[test]
fn a_called_customer_answers_first_with_a_word() {
    let turns = walk(&json!("Hello?\n\nGood morning, this is the bank calling about your card.")).turns;
    assert_eq!(people(true).sides(&turns).sides, [Party::Customer, Party::Agent]);
}

#[test]
fn times_are_seconds_or_milliseconds_as_the_length_tells() {
    let turns = |scale: f64| {
        walk(&json!([
            {"speaker": "agent", "text": "a", "start": 1.0 * scale, "end": 2.5 * scale},
            {"speaker": "customer", "text": "b", "start": 3.0 * scale, "end": 40.0 * scale}]))
        .turns
    };
    for (scale, duration_ms) in [(1.0, 45_000), (1_000.0, 45_000), (1_000.0, 0), (1.0, 0)] {
        let turns = turns(scale);
        let spoken = resolve_times(&turns, &[Party::Agent, Party::Customer], 500, 0, duration_ms);
        assert_eq!(spoken[0].times, Some((1_500, 3_000)), "{scale} {duration_ms}");
        assert_eq!(spoken[1].times, Some((3_500, 40_500)));
        assert!(!spoken[0].estimated);
    }
}

#[test]
fn written_times_are_understood() {
    let turn = |start: &str| walk(&json!([{"speaker": "agent", "text": "a", "start": start}])).turns[0].start;
    assert_eq!(turn("00:01:02.500"), Some(Moment::Milliseconds(62_500.0)));
    assert_eq!(turn("2026-03-01T09:00:00+08:00"), Some(Moment::Clock(1_772_326_800_000)));
    assert_eq!(turn("soon"), None);
}

#[test]
fn one_turn_without_a_time_makes_all_times_estimates() {
    let turns =
        walk(&json!([{"speaker": "agent", "text": "a", "start": 1}, {"speaker": "agent", "text": "b"}]))
            .turns;
    let spoken = resolve_times(&turns, &[Party::Agent, Party::Agent], 0, 0, 10_000);
    assert!(spoken.iter().all(|turn| turn.times.is_none() && turn.estimated));
    assert_eq!(turns[0].speaker, Speaker::Named("agent".to_owned()));
}

fn any_json() -> impl Strategy<Value = Value> {
    let key = prop::sample::select(vec![
        "speaker", "text", "start", "end", "body", "results", "agent", "party", "x",
    ]);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6).prop_map(|fields| Value::Object(
                fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()
            )),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_walked_without_panic(value in any_json()) {
        let turns = walk(&value).turns;
        let sides = people(false).sides(&turns).sides;
        prop_assert_eq!(sides.len(), turns.len());
        let spoken = resolve_times(&turns, &sides, 0, 0, 1_000);
        prop_assert!(spoken.iter().all(|turn| turn.times.is_none_or(|(start, end)| 0 <= start && start <= end)));
    }
}
