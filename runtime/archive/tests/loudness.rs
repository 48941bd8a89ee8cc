//! Raised voices in the examples' recordings, and calm ones.

use std::path::Path;

use tandem_archive::{RecordedCall, discover};
use tandem_stdlib::contract::{Event, HostOp, Party, Slot};

/// Calls in which the script makes the customer shout.
const SHOUTING: [&str; 4] =
    ["lost-card-angry-en", "complaint-angry-zh", "complaint-escalates-en", "repair-contract-en"];
const WINDOW_MS: i64 = 10_000;

/// The largest rise of the customer's loudness within ten seconds, as `loudness rises … within 10s` sees it.
fn largest_rise_db(call: &RecordedCall) -> f64 {
    let mut state = vec![0; HostOp::Rise.state_slots(WINDOW_MS, 0) as usize];
    let mut rise = |at_ms, level: f32| {
        let sample: Slot = f64::from(level).to_bits();
        f64::from_bits(HostOp::Rise.apply(&mut state, at_ms, WINDOW_MS, sample))
    };
    let levels = call.events().filter_map(|(at_ms, event)| match event {
        Event::Frame(frame) if frame.party == Party::Customer => Some((at_ms, frame.loudness_db?)),
        _ => None,
    });
    levels.map(|(at_ms, level)| rise(at_ms, level)).fold(0.0, f64::max)
}

#[test]
fn who_shouts_rises_by_eight_decibels_and_who_is_calm_by_less_than_six() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let folders = ["bank", "office", "shop"].map(|name| examples.join(name).join("calls"));
    let (mut call, mut shouting) = (RecordedCall::default(), 0);
    for input in discover(&folders).unwrap() {
        input.for_each_call(&mut call, |loaded| {
            let call = loaded.unwrap();
            let rise = largest_rise_db(call);
            let shouts = SHOUTING.iter().any(|name| call.file.contains(name));
            if shouts {
                assert!(rise >= 8.0, "{}: {rise:.1} dB", call.file);
            } else if call.audio_ms > 0 {
                assert!(rise < 6.0, "{}: {rise:.1} dB", call.file);
            }
            shouting += u32::from(shouts);
            true
        });
    }
    assert_eq!(shouting, 4);
}
