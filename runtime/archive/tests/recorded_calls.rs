//! The public recorded calls, where they are at hand; and files and folders.

use std::path::{Path, PathBuf};

use tandem_archive::{Input, RecordedCall, discover};
use tandem_stdlib::contract::{Event, Party};

/// The folder of recorded calls: `TANDEM_CALLS`, or `shared/calls` beside the checkout.
fn calls() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/calls");
    let folder = std::env::var_os("TANDEM_CALLS").map_or(beside, PathBuf::from);
    if !folder.is_dir() {
        eprintln!("skipped: no recorded calls in {}; set TANDEM_CALLS to their folder", folder.display());
        return None;
    }
    Some(folder)
}

#[test]
fn every_recorded_call_becomes_an_ordered_timeline() {
    let Some(folder) = calls() else { return };
    let mut call = RecordedCall::default();
    // A few in debug builds: decoding all of them is for release builds.
    for input in discover(&[folder]).unwrap().iter().step_by(if cfg!(debug_assertions) { 12 } else { 1 }) {
        input.for_each_call(&mut call, |loaded| {
            check(loaded.unwrap());
            true
        });
    }
}

fn check(call: &RecordedCall) {
    let events: Vec<_> = call.events().collect();
    assert!(matches!(events.first(), Some((0, Event::Start(_)))));
    assert!(matches!(events.last(), Some((_, Event::End))));
    assert!(events.is_sorted_by_key(|(at_ms, _)| *at_ms), "{}", call.id);
    let frames = |party| {
        let own = |event: &Event<'_>| matches!(event, Event::Frame(frame) if frame.party == party);
        events.iter().filter(|(_, event)| own(event)).count() as i64
    };
    assert_eq!(frames(Party::Customer), (call.audio_ms + 99) / 100, "{}", call.id);
    assert_eq!(frames(Party::Agent), (call.audio_ms + 99) / 100, "{}", call.id);
    let turns =
        events.iter().filter(|(_, event)| matches!(event, Event::Turn(turn) if turn.estimated)).count();
    assert!(turns >= 4, "{}: {turns} turns", call.id);
    assert!(call.labels.iter().any(|(name, _)| name == "emotion"));
}

#[test]
fn files_are_found_in_order_once_and_with_their_audio() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("sub")).unwrap();
    file("b.vcon.json", "{\"vcon\": \"0.0.2\", \"dialog\": [{\"filename\": \"other.wav\"}]}");
    file("a.vcon.json", "{}");
    file("a.mp3", "");
    file("other.wav", "");
    file("alone.wav", "");
    file("sub/log.jsonl", "");
    file("package.json", "{\"name\": 1}");
    file("README.md", "");
    file(".hidden.wav", "");
    let at = |name: &str| folder.path().join(name);
    let found = discover(&[folder.path().to_path_buf(), at("a.mp3")]).unwrap();
    assert_eq!(
        found,
        [
            Input::Recording(at("a.vcon.json")),
            Input::Recording(at("alone.wav")),
            Input::Recording(at("b.vcon.json")),
            Input::Timeline(at("sub/log.jsonl")),
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("sub")).unwrap();
    std::fs::write(at("one.jsonl"), "").unwrap();
    std::os::unix::fs::symlink(folder.path(), at("sub/round")).unwrap();
    std::os::unix::fs::symlink(at("one.jsonl"), at("sub/two.jsonl")).unwrap();
    std::os::unix::fs::symlink(at("nowhere"), at("sub/broken.jsonl")).unwrap();
    let found = discover(&[folder.path().to_path_buf()]).unwrap();
    assert_eq!(found, [Input::Timeline(at("one.jsonl")), Input::Timeline(at("sub/two.jsonl"))]);
}

#[test]
fn paths_without_calls_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("notes.txt"), "").unwrap();
    let message = |path: PathBuf| discover(&[path]).unwrap_err().to_string();
    assert!(message(folder.path().to_path_buf()).contains("no recorded calls in this folder"));
    assert!(message(folder.path().join("notes.txt")).contains("not a recorded call"));
    assert!(message(folder.path().join("gone.wav")).contains("cannot be read"));
}
