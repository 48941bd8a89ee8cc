//! vCons of the current draft and older ones, whole and damaged.

use std::path::Path;

use base64::Engine;
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha512};
use tandem_stdlib::contract::{Event, Party};

use crate::audio::testing::{Coding, silence, voice, wav};
use crate::{RecordedCall, load_recording};

fn base64url(bytes: &[u8]) -> String {
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

fn two_turns_of_sound() -> Vec<u8> {
    let pause = || silence(8_000, 0.7);
    wav(
        8_000,
        Coding::Pcm16,
        &[[pause(), voice(8_000, 110.0, 3.0, 0.4), pause(), voice(8_000, 220.0, 2.0, 0.4), pause()].concat()],
    )
}

fn current(sound: &[u8]) -> Value {
    json!({
        "vcon": "0.0.2", "uuid": "u-1", "created_at": "2026-03-01T09:00:05+08:00",
        "parties": [{"tel": "tel:+86 138-0013-8000", "role": "customer", "name": "Li"}, {"tel": "+861012345678", "role": "agent"}, {"name": "vip_desk", "role": "agent"}],
        "dialog": [
            {"type": "recording", "start": "2026-03-01T09:00:00+08:00", "duration": 7.1, "parties": [0, 1], "mediatype": "audio/x-wav",
             "encoding": "base64url", "body": base64url(sound), "content_hash": format!("sha512-{}", base64url(&Sha512::digest(sound))),
             "party_history": [{"party": 0, "event": "hold", "time": "2026-03-01T09:00:03+08:00"}, {"party": 0, "event": "unhold", "time": "2026-03-01T09:00:04+08:00"}]},
            {"type": "transfer", "start": "2026-03-01T09:00:06+08:00", "transferee": 0, "transferor": 1, "transfer-target": 2}],
        "analysis": [{"type": "summary", "dialog": 0, "body": "A short talk."},
            {"type": "transcript", "dialog": 0, "encoding": "json", "body": [
                {"speaker": "Agent", "message": "good morning this is the bank how"}, {"speaker": "Customer", "message": "hello my card is lost"}]}]
    })
}

fn load(vcon: &Value) -> RecordedCall {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.vcon.json");
    std::fs::write(&path, vcon.to_string()).unwrap();
    load_at(&path)
}

fn load_at(path: &Path) -> RecordedCall {
    let mut call = RecordedCall::default();
    load_recording(path, &mut call).unwrap();
    call
}

fn codes(call: &RecordedCall) -> Vec<&'static str> {
    call.warnings.iter().map(|warning| warning.code).collect()
}

#[test]
fn the_current_draft_is_read_whole() {
    let call = load(&current(&two_turns_of_sound()));
    assert_eq!(codes(&call), [] as [&str; 0], "{:?}", call.warnings);
    assert_eq!((call.id.as_str(), call.audio_ms, call.duration_ms), ("u-1", 7_100, 7_100));
    let start = call.start();
    assert_eq!((start.from, start.to, start.channel), ("+8613800138000", "+861012345678", "phone"));
    assert_eq!(start.clock_ms, 1_772_326_800_000);
    let events: Vec<_> = call.events().collect();
    assert!(events.contains(&(3_000, Event::Hold(true))) && events.contains(&(4_000, Event::Hold(false))));
    assert!(events.contains(&(6_000, Event::Transferred("vip_desk"))));
    assert!(events.is_sorted_by_key(|(at_ms, _)| *at_ms));
}

fn answers(vcon: &Value) -> Vec<(i64, String)> {
    let call = load(vcon);
    let answers = call.events().filter_map(|(at_ms, event)| match event {
        Event::Answered(name) => Some((at_ms, name.to_owned())),
        _ => None,
    });
    answers.collect()
}

#[test]
fn who_answered_is_told_by_the_history_or_by_the_first_words() {
    let mut vcon = current(&two_turns_of_sound());
    vcon["parties"][1]["name"] = json!("Ann");
    let first_words = answers(&vcon);
    assert!(
        matches!(&first_words[..], [(at_ms, name)] if (at_ms - 700).abs() < 100 && name == "Ann"),
        "{first_words:?}"
    );
    vcon["parties"][1]["name"] = json!("Voice assistant 2");
    assert_eq!(answers(&vcon), [], "a machine is nobody");
    vcon["parties"] = json!([{"role": "customer"}, {"role": "agent", "name": "Ann"}, {"role": "agent", "name": "Bo"}, {"role": "bot"}]);
    vcon["dialog"][0]["party_history"] = json!([
        {"party": 3, "event": "join", "time": "2026-03-01T09:00:00+08:00"},
        {"party": 1, "event": "join", "time": "2026-03-01T09:00:02+08:00"},
        {"party": 0, "event": "join", "time": "2026-03-01T09:00:02+08:00"},
        {"party": 2, "event": "join", "time": "2026-03-01T09:00:05+08:00"}]);
    assert_eq!(answers(&vcon), [(2_000, "Ann".to_owned()), (5_000, "Bo".to_owned())]);
}

#[test]
fn key_presses_are_the_customers_alone_and_count_once() {
    let at = |second: &str| format!("2026-03-01T09:00:{second}+08:00");
    let entry = |party: u32, event: &str, button: Value, second: &str| json!({"party": party, "event": event, "button": button, "time": at(second)});
    let mut vcon = current(&two_turns_of_sound());
    vcon["dialog"][0]["party_history"] = json!([
        entry(0, "keydown", json!("1"), "01"), entry(0, "keyup", json!("1"), "01.2"),
        entry(0, "keydown", json!("1"), "02"), entry(0, "keyup", json!("1"), "02.1"),
        entry(1, "keydown", json!("7"), "02.5"), entry(1, "keyup", json!("7"), "02.6"),
        entry(0, "keyup", json!("#"), "03"), entry(0, "keydown", json!("A"), "03.5"),
        {"event": "dtmf", "digit": 40, "time": at("04")}, {"event": "keydown", "button": "2"}]);
    let call = load(&vcon);
    let keys: Vec<_> = call
        .events()
        .filter_map(|(at_ms, event)| if let Event::Key(key) = event { Some((at_ms, key)) } else { None })
        .collect();
    assert_eq!(keys, [(1_000, '1'), (2_000, '1'), (3_000, '#'), (4_000, '4'), (4_000, '0')]);
}

#[test]
fn turns_without_times_lie_on_the_speech_and_frames_go_to_who_has_the_turn() {
    let call = load(&current(&two_turns_of_sound()));
    let mut turns = Vec::new();
    let mut pitches = [Vec::new(), Vec::new()];
    for (_, event) in call.events() {
        match event {
            Event::Turn(turn) => turns.push((turn.party, turn.start_ms, turn.end_ms, turn.estimated)),
            Event::Frame(frame) => pitches[frame.party as usize].extend(frame.pitch_hz),
            _ => {}
        }
    }
    let [(Party::Agent, begin, end, true), (Party::Customer, next, last, true)] = turns[..] else {
        panic!("{turns:?}")
    };
    assert!((begin - 700).abs() < 100 && (end - 3_700).abs() < 150, "{turns:?}");
    assert!((next - 4_400).abs() < 100 && (last - 6_400).abs() < 150, "{turns:?}");
    assert!(pitches[Party::Agent as usize].iter().all(|pitch| (pitch - 110.0).abs() < 5.0));
    assert!(pitches[Party::Customer as usize].iter().all(|pitch| (pitch - 220.0).abs() < 8.0));
}

#[test]
fn older_names_and_the_file_beside_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let sound = two_turns_of_sound();
    std::fs::write(folder.path().join("far away.wav"), &sound).unwrap();
    let vcon = json!({
        "uuid": "u-2", "parties": [{"tel": "+1", "meta": {"role": "agent"}}, {"tel": "+2", "meta": {"role": "customer"}}],
        "dialog": [{"type": "recording", "start": "2024-05-03T17:56:09.9", "duration": 9.9, "parties": [1, 0], "mimetype": "audio/wav",
            "url": "https://nowhere.example/x/far%20away.wav?key=1", "alg": "SHA-512", "signature": base64url(&[7; 64]), "meta": {"direction": "out"}}],
        "attachments": [{"type": "generation_info", "body": {"emotion": "angry", "prompt": "write"}}], "analysis": []});
    let path = folder.path().join("b.vcon.json");
    std::fs::write(&path, vcon.to_string()).unwrap();
    let call = load_at(&path);
    assert_eq!(codes(&call), ["no-time-zone", "hash-mismatch", "length-differs", "no-words"]);
    assert_eq!((call.start().from, call.start().to, call.start().outbound), ("+1", "+2", true));
    assert!(call.labels.contains(&("emotion".to_owned(), "angry".to_owned())));
    assert!(!call.labels.iter().any(|(name, _)| name == "prompt"));
}

#[test]
fn a_path_in_a_file_name_does_not_leave_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("secret.wav"), two_turns_of_sound()).unwrap();
    std::fs::create_dir(folder.path().join("in")).unwrap();
    let vcon = json!({"vcon": "0.0.2", "parties": [], "dialog": [{"type": "recording", "filename": "../secret.wav"}]});
    let path = folder.path().join("in/c.vcon.json");
    std::fs::write(&path, vcon.to_string()).unwrap();
    let call = load_at(&path);
    assert_eq!(call.audio_ms, 0);
    assert!(codes(&call).contains(&"no-audio"));
}

#[test]
fn written_messages_are_turns_at_their_times() {
    let message = |start: &str, who: u32, text: &str| json!({"type": "text", "start": start, "parties": [who], "originator": who, "mimetype": "text/plain", "body": text});
    let call = load(
        &json!({"vcon": "0.0.1", "parties": [{"role": "agent", "tel": ""}, {"role": "contact", "tel": "+3"}], "analysis": [],
        "dialog": [message("2025-03-03T14:38:17-05:00", 0, "How can I help?\n\nWe are here."), message("2025-03-03T14:43:23-05:00", 1, "My card is lost.")]}),
    );
    let events: Vec<_> = call.events().filter(|(_, event)| !matches!(event, Event::Answered(_))).collect();
    let turn = |event: &Event<'_>| match event {
        Event::Turn(turn) => (turn.party, turn.start_ms, turn.end_ms, turn.estimated),
        other => panic!("{other:?}"),
    };
    assert_eq!(turn(&events[1].1), (Party::Agent, 0, 0, false));
    assert_eq!(turn(&events[2].1), (Party::Customer, 306_000, 306_000, false));
    assert_eq!(events.last(), Some(&(306_000, Event::End)));
}

#[test]
fn calls_that_did_not_come_about_and_missing_roles_are_told() {
    let call = load(
        &json!({"vcon": "0.0.2", "created_at": "2026-01-01T00:00:00Z", "parties": [{"tel": "+4"}, {"tel": "+5"}],
        "dialog": [{"type": "incomplete", "parties": [0, 1], "disposition": "busy"}]}),
    );
    assert_eq!(codes(&call), ["roles-assumed", "incomplete"]);
    assert_eq!((call.start().from, call.start().to), ("+4", "+5"));
    assert_eq!(call.events().count(), 2);
}

#[test]
fn what_is_no_vcon_is_an_error_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&[u8], &str); 6] = [
        (b"", "the file is empty"),
        (b"{\"vcon\": \"0.0.2\",\n \"dialog\": [}", "a.vcon.json:2: not JSON"),
        (b"{\"vcon\": \"\xff\"}", "not JSON"),
        (b"{\"name\": \"tandem\"}", "neither a vCon"),
        (b"3", "neither a vCon"),
        (b"{\"ciphertext\": \"x\"}", "encrypted"),
    ];
    for (bytes, expected) in cases {
        let path = folder.path().join("a.vcon.json");
        std::fs::write(&path, bytes).unwrap();
        let message = load_recording(&path, &mut RecordedCall::default()).unwrap_err().to_string();
        assert!(message.contains(expected), "{message} should contain {expected}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_vcons_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"{}[]\",:0x-e\\ ".to_vec())), 1..6),
        dropped in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.vcon.json");
        let mut bytes = current(&wav(8_000, Coding::Pcm16, &[voice(8_000, 100.0, 0.05, 0.4)])).to_string().into_bytes();
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        for place in dropped {
            bytes.remove(place.index(bytes.len()));
        }
        std::fs::write(&path, &bytes).unwrap();
        let mut call = RecordedCall::default();
        if load_recording(&path, &mut call).is_ok() {
            prop_assert!(call.events().is_sorted_by_key(|(at_ms, _)| at_ms));
        }
    }
}
