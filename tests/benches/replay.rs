//! What a replay costs from end to end: from bytes to the totals, with the bank's policy as native code, on one thread.
//!
//! `cargo bench -p tandem-tests --bench replay`. Timelines count calls a second; recordings count the milliseconds of
//! sound that one measured second gets through: 1,000,000 a second is 1,000 × real time.

#![expect(clippy::expect_used, reason = "a benchmark that cannot be set up must stop")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::ItemsCount;
use tandem_archive::{ArchiveError, CallLines, Input as File, RecordedCall, TimelineReader, load_recording};
use tandem_centre::Core;
use tandem_lang::check_texts;
use tandem_simulation::{Options, SourceTable, Summary, replay};

/// The policy, its tables and its recordings.
const BANK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/bank");
/// Calls of the timeline.
const CALLS: usize = 5_000;
/// Events of each, its start and end included.
const EVENTS: usize = 30;

fn main() {
    divan::main();
}

/// A call of either kind.
enum Call {
    Lines(CallLines),
    Recording(PathBuf),
}

impl tandem_simulation::Input for Call {
    fn load(self, call: &mut RecordedCall) -> Result<(), ArchiveError> {
        match self {
            Self::Lines(lines) => lines.read(call),
            Self::Recording(path) => load_recording(&path, call),
        }
    }

    fn is_heavy(&self) -> bool {
        matches!(self, Self::Recording(_))
    }
}

fn bank() -> (Core, Vec<SourceTable>) {
    let read = |name: &str| std::fs::read_to_string(Path::new(BANK).join(name)).expect("reads");
    let texts = ["policy.tdm", "words.tdm"].map(|name| (name, read(name)));
    let checked = check_texts(texts.iter().map(|(name, text)| (*name, text.as_str())));
    let program = checked.program.expect("the bank's policy is sound");
    let [_, native] = tandem_tests::engines::both(&program).expect("compiles");
    let core = Core::new(native).expect("fits");
    let sources = core.manifest().sources.iter().enumerate();
    let table = |(index, source): (usize, &tandem_stdlib::contract::SourceSpec)| {
        let file = format!("sources/{}.csv", source.name);
        SourceTable::parse(core.manifest(), index, &file, &read(&file)).expect("the table is sound")
    };
    let tables = sources.map(table).collect();
    (core, tables)
}

fn run(core: &Core, tables: &[SourceTable], calls: impl Iterator<Item = Call> + Send) -> Summary {
    let summary = replay(core, calls, Options { jobs: 1, tables, clock: None }, |_| (), drop);
    assert_eq!(summary.unreadable, 0, "all calls can be read");
    summary
}

/// Calls of a few turns and some frames, as a log without audio has them.
fn timeline() -> String {
    let mut text = String::new();
    for call in 0..CALLS {
        let mut line = |rest: std::fmt::Arguments<'_>| {
            writeln!(text, "{{\"call\":\"c{call}\",{rest}}}").expect("memory takes it");
        };
        let (day, hour) = (call % 28 + 1, call % 24);
        line(format_args!(
            "\"at_ms\":0,\"event\":\"start\",\"clock\":\"2026-03-{day:02}T{hour:02}:15:00+08:00\",\
             \"from\":\"+8613800{call:06}\",\"to\":\"+864001234567\",\"channel\":\"phone\",\"language\":\"zh\""
        ));
        for event in 1..EVENTS - 1 {
            let at_ms = event * 2_000 + call % 700;
            let party = if event % 2 == 0 { "agent" } else { "customer" };
            match event % 4 {
                0 => line(format_args!(
                    "\"at_ms\":{at_ms},\"event\":\"turn\",\"party\":\"{party}\",\"text\":\"您好，请问有什么可以帮您？\""
                )),
                1 => line(format_args!(
                    "\"at_ms\":{at_ms},\"event\":\"turn\",\"party\":\"{party}\",\"text\":\"我要查一下信用卡的账单 {call}\""
                )),
                _ => line(format_args!(
                    "\"at_ms\":{at_ms},\"event\":\"frame\",\"party\":\"{party}\",\"speaking\":true,\"anger\":0.{}",
                    (call + event) % 10
                )),
            }
        }
        line(format_args!("\"at_ms\":{},\"event\":\"end\"", EVENTS * 2_000));
    }
    text
}

#[divan::bench(name = "timelines, calls", sample_count = 10)]
fn timelines(bencher: Bencher) {
    let (core, tables) = bank();
    let text = timeline();
    bencher.counter(ItemsCount::new(CALLS)).bench_local(|| {
        let mut reader = TimelineReader::new(text.as_bytes(), Path::new("calls.jsonl"));
        let lines = std::iter::from_fn(|| reader.next_lines().expect("reads").map(Call::Lines));
        let summary = run(&core, &tables, lines);
        assert_eq!((summary.calls, summary.events), (CALLS as u64, (CALLS * EVENTS) as u64));
        summary
    });
}

#[divan::bench(name = "recordings, milliseconds of sound", sample_count = 5)]
fn recordings(bencher: Bencher) {
    let (core, tables) = bank();
    let found = tandem_archive::discover(&[Path::new(BANK).join("calls")]).expect("the bank has calls");
    let recordings = || {
        let path = |file: &File| matches!(file, File::Recording(_)).then(|| file.path().to_path_buf());
        found.iter().filter_map(path).map(Call::Recording)
    };
    let sound_ms = run(&core, &tables, recordings()).audio_seconds * 1_000.0;
    bencher.counter(ItemsCount::new(sound_ms as usize)).bench_local(|| run(&core, &tables, recordings()));
}
