//! Reading, writing, errors with their lines, and survival of damage.

use std::path::Path;

use proptest::prelude::*;
use tandem_stdlib::contract::{CallStart, Event, Frame, Party, Turn};

use super::{CallLines, TimelineReader, write_call};
use crate::RecordedCall;

const TWO_CALLS: &str = r#"{"call":"c1","at_ms":0,"event":"start","clock":"2026-03-01T09:00:00+08:00","from":"+8613800138000","to":"+861012345678","direction":"inbound","channel":"phone","language":"zh","labels":{"emotion":"calm"}}
{"call":"c1","at_ms":4200,"event":"turn","party":"customer","start_ms":1200,"text":"我要\n销户"}
{"call":"c1","at_ms":4300,"event":"frame","party":"customer","speaking":true,"loudness_db":-20.5,"pitch_hz":180,"speech_rate":4.5,"anger":0.5,"confidence":0.9}
{"call":"c1","at_ms":5000,"event":"key","key":"1"}
{"call":"c1","at_ms":5000,"event":"intent","intent":"close_account"}
{"call":"c1","at_ms":6000,"event":"unresolved"}
{"call":"c1","at_ms":7000,"event":"hold"}
{"call":"c1","at_ms":8000,"event":"resume"}
{"call":"c1","at_ms":8500,"event":"answered","agent":"Ann"}
{"call":"c1","at_ms":8600,"event":"answered"}
{"call":"c1","at_ms":9000,"event":"transferred","to":"vip_desk"}
{"call":"c1","at_ms":9500,"event":"acknowledged"}
{"call":"c1","at_ms":10000,"event":"end"}

{"call":"c2","at_ms":0,"event":"start","clock":"2026-03-01T09:00:00Z","direction":"outbound"}
{"call":"c2","at_ms":100,"event":"end"}
"#;

fn read_all(text: &[u8]) -> Vec<Result<RecordedCall, String>> {
    let mut reader = TimelineReader::new(text, Path::new("calls.jsonl"));
    let mut calls = Vec::new();
    let mut call = RecordedCall::default();
    loop {
        match reader.next_call(&mut call) {
            Ok(true) => calls.push(Ok(call.clone())),
            Ok(false) => return calls,
            Err(error) => calls.push(Err(error.to_string())),
        }
    }
}

/// The same by way of lines that are read later.
fn read_lines(text: &[u8]) -> Vec<Result<RecordedCall, String>> {
    let mut reader = TimelineReader::new(text, Path::new("calls.jsonl"));
    let mut pieces = Vec::new();
    while let Some(lines) = reader.next_lines().unwrap() {
        pieces.push(lines);
    }
    let read = |lines: &CallLines| {
        let mut call = RecordedCall::default();
        lines.read(&mut call).map(|()| call).map_err(|error| error.to_string())
    };
    pieces.iter().map(read).collect()
}

/// All that is known of a call, to compare.
fn whole(call: &RecordedCall) -> String {
    format!("{call:?}")
}

fn events(call: &RecordedCall) -> Vec<(i64, Event<'_>)> {
    call.events().collect()
}

fn only_error(text: &str) -> String {
    let calls = read_all(text.as_bytes());
    assert_eq!(calls.len(), 1, "{calls:?}");
    calls[0].clone().unwrap_err()
}

#[test]
fn every_event_is_read() {
    let calls = read_all(TWO_CALLS.as_bytes());
    assert_eq!(calls.len(), 2);
    let first = calls[0].as_ref().unwrap();
    assert_eq!(first.id, "c1");
    assert_eq!(first.labels, [("emotion".to_owned(), "calm".to_owned())]);
    assert!(first.warnings.is_empty(), "{:?}", first.warnings);
    let events = events(first);
    let start = CallStart {
        id: "c1",
        clock_ms: 1_772_326_800_000,
        from: "+8613800138000",
        to: "+861012345678",
        outbound: false,
        channel: "phone",
        language: "zh",
    };
    assert_eq!(events[0], (0, Event::Start(start)));
    let text = "我要\n销户";
    let turn = Turn { party: Party::Customer, start_ms: 1200, end_ms: 4200, text, estimated: false };
    assert_eq!(events[1], (4200, Event::Turn(turn)));
    assert!(matches!(events[2], (4300, Event::Frame(Frame { speaking: true, .. }))));
    assert_eq!(events[3], (5000, Event::Key('1')));
    assert_eq!(events[4], (5000, Event::Intent("close_account")));
    assert_eq!(
        events[6..11],
        [
            (7000, Event::Hold(true)),
            (8000, Event::Hold(false)),
            (8500, Event::Answered("Ann")),
            (8600, Event::Answered("")),
            (9000, Event::Transferred("vip_desk"))
        ]
    );
    assert_eq!(events.last(), Some(&(10_000, Event::End)));
    assert!(calls[1].as_ref().unwrap().start().outbound);
}

#[test]
fn what_is_written_reads_back_the_same() {
    let calls = read_all(TWO_CALLS.as_bytes());
    let mut written = Vec::new();
    for call in &calls {
        write_call(&mut written, call.as_ref().unwrap()).unwrap();
    }
    let again = read_all(&written);
    assert_eq!(again.len(), calls.len());
    for (call, again) in calls.iter().zip(&again) {
        let (call, again) = (call.as_ref().unwrap(), again.as_ref().unwrap());
        assert_eq!(events(call), events(again));
        assert_eq!((&call.id, &call.labels), (&again.id, &again.labels));
    }
}

#[test]
fn a_bad_call_names_its_line_and_the_next_one_is_read() {
    let text = TWO_CALLS.replace("\"key\":\"1\"", "\"key\":\"x\"");
    let calls = read_all(text.as_bytes());
    let message = calls[0].clone().unwrap_err();
    assert_eq!(message, "calls.jsonl:4: `x` is no key; keys are 0 to 9, * and #");
    assert_eq!(calls[1].as_ref().unwrap().id, "c2");
    assert_eq!(calls.len(), 2);
}

#[test]
fn errors_say_what_to_do() {
    let start = r#"{"call":"a","at_ms":0,"event":"start","clock":"2026-03-01T09:00:00Z"}"#;
    let cases = [
        (r#"{"call":"a","at_ms":1,"event":"end"}"#.to_owned(), "begins with its `start`"),
        (start.replace("2026-03-01T09:00:00Z", "tomorrow"), "`clock` is `tomorrow`"),
        (format!("{start}\n{start}"), "calls.jsonl:2: this call has started already"),
        (format!("{start}\n{{\"call\":\"a\",\"at_ms\":-1,\"event\":\"end\"}}"), "`at_ms` is -1"),
        (
            format!("{start}\n{{\"call\":\"a\",\"at_ms\":1,\"event\":\"turn\",\"text\":\"x\"}}"),
            "lacks `party`",
        ),
        (
            format!("{start}\n{{\"call\":\"a\",\"at_ms\":1,\"event\":\"ringing\"}}"),
            "unknown variant `ringing`",
        ),
        (
            format!("{start}\n{{\"call\":\"a\",\"at_ms\":1,\"event\":\"key\",\"kee\":\"1\"}}"),
            "unknown field `kee`",
        ),
        ("null".to_owned(), "not a timeline event"),
        (format!("\"{}\"", "x".repeat(2 << 20)), "longer than 1048576 bytes"),
    ];
    for (text, expected) in cases {
        let message = only_error(&text);
        assert!(message.contains(expected), "{message} should contain {expected}");
    }
}

#[test]
fn events_out_of_order_are_sorted_and_a_missing_end_is_added() {
    let text = r#"{"call":"a","at_ms":0,"event":"start","clock":"2026-03-01T09:00:00Z"}
{"call":"a","at_ms":900,"event":"key","key":"2"}
{"call":"a","at_ms":500,"event":"key","key":"1"}"#;
    let calls = read_all(text.as_bytes());
    let call = calls[0].as_ref().unwrap();
    assert_eq!(events(call)[1..], [(500, Event::Key('1')), (900, Event::Key('2')), (900, Event::End)]);
    let codes: Vec<_> = call.warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["out-of-order", "no-end"]);
}

#[test]
fn lines_read_later_give_the_same_calls() {
    let spaced = TWO_CALLS.replace("{\"call\":\"c1\",", "{ \"call\" : \"c1\" , ");
    let turned = TWO_CALLS.replace("{\"call\":\"c2\",\"at_ms\":0,", "{\"at_ms\":0,\"call\":\"c2\",");
    let bad = TWO_CALLS.replace("\"key\":\"1\"", "\"key\":\"x\"");
    for text in [TWO_CALLS, &spaced, &turned, &bad, &TWO_CALLS.repeat(3), "", "\n\n"] {
        let (calls, later) = (read_all(text.as_bytes()), read_lines(text.as_bytes()));
        assert_eq!(calls.len(), later.len(), "{text}");
        for (call, later) in calls.iter().zip(&later) {
            assert_eq!(call.as_ref().map(whole), later.as_ref().map(whole));
        }
    }
}

#[test]
fn lines_that_belong_to_no_call_are_told() {
    let stray = TWO_CALLS.replace("\n\n", "\n{\"call\":\"c3\",\"at_ms\":1,\"event\":\"end\"}\n");
    let later = read_lines(stray.as_bytes());
    assert_eq!(later.len(), 2);
    let warning = &later[0].as_ref().unwrap().warnings[0];
    assert_eq!(warning.code, "stray-lines");
    assert!(warning.message.starts_with("from line 14 on"), "{warning}");
    let before = read_lines(format!("\"{}\"\n{TWO_CALLS}", "x".repeat(2 << 20)).as_bytes());
    assert!(before[0].as_ref().unwrap_err().contains("calls.jsonl:1: the line is longer"), "{before:?}");
    assert_eq!(before.len(), 3);
}

proptest! {
    #[test]
    fn damaged_timelines_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        length in any::<prop::sample::Index>(),
    ) {
        let mut bytes = TWO_CALLS.as_bytes().to_vec();
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        bytes.truncate(length.index(bytes.len()) + 1);
        let calls = read_all(&bytes);
        prop_assert!(calls.len() <= TWO_CALLS.lines().count());
        // Whatever call is read from lines is one of those that are read at once, in the same order.
        let mut at_once = calls.iter().flatten().map(|call| (&call.id, call.event_count()));
        for later in read_lines(&bytes).iter().flatten() {
            prop_assert!(at_once.any(|call| call == (&later.id, later.event_count())));
        }
    }
}
