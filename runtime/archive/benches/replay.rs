//! How many timelines a second are read, and how much faster than it plays a recording is analysed.

use std::path::Path;

use divan::counter::ItemsCount;
use tandem_archive::{RecordedCall, TimelineReader, load_recording};

fn main() {
    divan::main();
}

/// Thirty events: a start, six turns, frames and keys, an end.
fn timeline(calls: usize) -> Vec<u8> {
    let mut text = String::new();
    for call in 0..calls {
        let mut line = |rest: &str| text.push_str(&format!("{{\"call\":\"c{call}\",{rest}}}\n"));
        line(
            r#""at_ms":0,"event":"start","clock":"2026-03-01T09:00:00+08:00","from":"+8613800138000","to":"+861012345678","direction":"inbound","channel":"phone","language":"zh""#,
        );
        for turn in 1..7 {
            let end = turn * 5_000;
            line(&format!(
                r#""at_ms":{end},"event":"turn","party":"customer","start_ms":{},"text":"I want to close my account, 我要注销账户""#,
                end - 3_000
            ));
            for frame in 1..4 {
                line(&format!(
                    r#""at_ms":{},"event":"frame","party":"customer","speaking":true,"loudness_db":-20.5,"pitch_hz":181.5,"speech_rate":4.25"#,
                    end + frame * 100
                ));
            }
        }
        for key in ["1", "2", "3"] {
            line(&format!(r#""at_ms":40000,"event":"key","key":"{key}""#));
        }
        line(r#""at_ms":50000,"event":"end""#);
        line(r#""at_ms":50000,"event":"end""#);
    }
    text.into_bytes()
}

#[divan::bench]
fn timelines_of_thirty_events(bencher: divan::Bencher<'_, '_>) {
    let bytes = timeline(1_000);
    let mut call = RecordedCall::default();
    bencher.counter(ItemsCount::new(1_000_u32)).bench_local(|| {
        let mut reader = TimelineReader::new(bytes.as_slice(), Path::new("calls.jsonl"));
        let mut events = 0;
        while matches!(reader.next_call(&mut call), Ok(true)) {
            events += call.events().count();
        }
        events
    });
}

/// Lines handed out and read into one call: what two threads share, on one.
#[divan::bench]
fn timelines_by_lines(bencher: divan::Bencher<'_, '_>) {
    let bytes = timeline(1_000);
    let mut call = RecordedCall::default();
    bencher.counter(ItemsCount::new(1_000_u32)).bench_local(|| {
        let mut reader = TimelineReader::new(bytes.as_slice(), Path::new("calls.jsonl"));
        let mut events = 0;
        while let Ok(Some(lines)) = reader.next_lines() {
            events += lines.read(&mut call).map_or(0, |()| call.event_count());
        }
        events
    });
}

/// Lines handed out alone: what the one thread does that reads the file.
#[divan::bench]
fn timelines_handed_out(bencher: divan::Bencher<'_, '_>) {
    let bytes = timeline(1_000);
    bencher.counter(ItemsCount::new(1_000_u32)).bench_local(|| {
        let mut reader = TimelineReader::new(bytes.as_slice(), Path::new("calls.jsonl"));
        let mut calls = 0;
        while let Ok(Some(_)) = reader.next_lines() {
            calls += 1;
        }
        calls
    });
}

/// A minute of 8 kHz µ-law: items are seconds of audio.
#[divan::bench]
fn seconds_of_audio(bencher: divan::Bencher<'_, '_>) {
    let folder = std::env::temp_dir().join(format!("tandem-bench-{}", std::process::id()));
    let path = folder.join("minute.wav");
    std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, minute())).ok();
    let mut call = RecordedCall::default();
    bencher.counter(ItemsCount::new(60_u32)).bench_local(|| load_recording(&path, &mut call).is_ok());
    std::fs::remove_dir_all(&folder).ok();
}

fn minute() -> Vec<u8> {
    let samples = 60 * 8_000_u32;
    let mut file =
        b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x07\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data"
            .to_vec();
    file.extend(samples.to_le_bytes());
    // Bursts of a buzz at 125 Hz and silence, half a second each.
    file.extend((0..samples).map(|n| if n / 4_000 % 2 == 0 && n % 64 < 8 { 0x20 } else { 0xff }));
    file
}
