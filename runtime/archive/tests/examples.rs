//! What the examples' records say beside words and sound.

use std::path::{Path, PathBuf};

use tandem_archive::{RecordedCall, discover, load_recording};
use tandem_stdlib::contract::Event;

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

#[test]
fn every_recording_of_the_examples_has_the_language_of_its_name() {
    let folders = ["bank", "office", "shop"].map(|name| examples().join(name).join("calls"));
    let (mut call, mut seen) = (RecordedCall::default(), 0);
    for input in discover(&folders).unwrap() {
        let Some(name) = input.path().to_str().and_then(|path| path.strip_suffix(".vcon.json")) else {
            continue;
        };
        load_recording(input.path(), &mut call).unwrap();
        assert!(name.ends_with(&format!("-{}", call.start().language)), "{name}: {}", call.start().language);
        seen += 1;
    }
    assert!(seen >= 20);
}

#[test]
fn keys_of_a_record_are_pressed_when_it_says() {
    let mut call = RecordedCall::default();
    load_recording(&examples().join("office/calls/order-by-keys-en.vcon.json"), &mut call).unwrap();
    let keys: Vec<_> = call
        .events()
        .filter_map(|(at_ms, event)| if let Event::Key(key) = event { Some((at_ms, key)) } else { None })
        .collect();
    assert_eq!(keys, [(4_832, '1'), (9_240, '1')]);
}
