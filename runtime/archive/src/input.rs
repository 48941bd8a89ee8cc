//! Files that hold calls, found and loaded.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use tandem_stdlib::contract::{CallStart, Party};

use crate::assemble::{analyse, assemble};
use crate::audio::Source;
use crate::call::RecordedCall;
use crate::error::ArchiveError;
use crate::part::Part;
use crate::timeline::TimelineReader;
use crate::transcript::{People, resolve_times, walk};
use crate::vcon;

/// Largest record read: recordings may be inside.
const RECORD_BYTES_MAX: u64 = 512 << 20;
/// Bytes read ahead in timelines.
const READ_AHEAD_BYTES: usize = 256 << 10;

/// A file with calls in it. Cheap to keep; inputs load independently of each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// One call: a vCon or a transcript (JSON), with its audio beside or inside it; or audio alone.
    Recording(PathBuf),
    /// Any number of calls: a timeline in JSON Lines.
    Timeline(PathBuf),
}

impl Input {
    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Recording(path) | Self::Timeline(path) => path,
        }
    }

    /// Loads every call of the file into `call`, one after another, and shows each to `each`: the call, or why it
    /// could not be read. Stops when `each` answers `false`.
    pub fn for_each_call(
        &self,
        call: &mut RecordedCall,
        mut each: impl FnMut(Result<&RecordedCall, ArchiveError>) -> bool,
    ) {
        match self {
            Self::Recording(path) => {
                let loaded = load_recording(path, call);
                each(loaded.map(|()| &*call));
            }
            Self::Timeline(path) => match open_timeline(path) {
                Ok(mut reader) => while show_next(&mut reader, call, &mut each) {},
                Err(error) => drop(each(Err(error))),
            },
        }
    }
}

fn show_next(
    reader: &mut TimelineReader<BufReader<File>>,
    call: &mut RecordedCall,
    each: &mut impl FnMut(Result<&RecordedCall, ArchiveError>) -> bool,
) -> bool {
    match reader.next_call(call) {
        Ok(true) => each(Ok(call)),
        Ok(false) => false,
        Err(error) => each(Err(error)) && reader.goes_on(),
    }
}

/// Opens a timeline file.
///
/// # Errors
/// The file cannot be opened.
pub fn open_timeline(path: &Path) -> Result<TimelineReader<BufReader<File>>, ArchiveError> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    Ok(TimelineReader::new(BufReader::with_capacity(READ_AHEAD_BYTES, file), path))
}

/// Loads one recording: a vCon, a transcript beside its audio, or audio alone. `call` is cleared first.
///
/// # Errors
/// The file cannot be read, or is nothing that a call can be made from. What is merely odd becomes a warning.
pub fn load_recording(path: &Path, call: &mut RecordedCall) -> Result<(), ArchiveError> {
    call.clear();
    call.file.push_str(&path.to_string_lossy());
    if crate::audio::is_audio(path) {
        return load_audio(path, call);
    }
    let value = read_json(path)?;
    let Value::Object(object) = &value else { return load_transcript(path, &value, call) };
    if vcon::is_vcon(object) {
        assemble(object, path, call);
        return Ok(());
    }
    if object.contains_key("ciphertext") {
        return Err(ArchiveError::new(path, "the record is encrypted; decrypt it first"));
    }
    match signed(object) {
        Some(inner) => {
            call.warn("signature-not-checked", "the record is signed; the signature was not checked");
            assemble(&inner, path, call);
            Ok(())
        }
        None => load_transcript(path, &value, call),
    }
}

/// The vCon inside a JSON Web Signature.
fn signed(object: &Map<String, Value>) -> Option<Map<String, Value>> {
    let bytes = vcon::decode(object.get("payload")?.as_str()?)?;
    let inner: Map<String, Value> = serde_json::from_slice(&bytes).ok()?;
    vcon::is_vcon(&inner).then_some(inner)
}

fn read_json(path: &Path) -> Result<Value, ArchiveError> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let mut bytes = Vec::new();
    file.take(RECORD_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > RECORD_BYTES_MAX {
        return Err(ArchiveError::new(path, format!("the record is larger than {RECORD_BYTES_MAX} bytes")));
    }
    let json = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    if json.trim_ascii().is_empty() {
        return Err(ArchiveError::new(path, "the file is empty"));
    }
    serde_json::from_slice(json).map_err(|error| {
        let text = error.to_string();
        let what = text.split(" at line ").next().unwrap_or_default();
        let message = format!("not JSON: {what} (column {})", error.column());
        ArchiveError::at_line(path, error.line() as u64, message)
    })
}

fn load_audio(path: &Path, call: &mut RecordedCall) -> Result<(), ArchiveError> {
    let voices = crate::audio::analyse(Source::File(path.to_path_buf()))
        .map_err(|why| ArchiveError::new(path, format!("the recording cannot be used: {why}")))?;
    call.warnings.extend(voices.warnings.iter().cloned());
    call.warn("no-words", "no words were found in the record; phrases cannot be heard in it");
    if voices.channels.len() == 1 {
        call.warn("one-voice", "nothing tells the voices apart; all of them are taken for the customer's");
    }
    finish_bare(path, Some(voices), &Value::Null, call);
    Ok(())
}

/// A transcript that is no vCon, with or without its audio beside it.
fn load_transcript(path: &Path, value: &Value, call: &mut RecordedCall) -> Result<(), ArchiveError> {
    if walk(value).turns.iter().all(|turn| turn.speaker == crate::transcript::Speaker::Unknown) {
        let message = "neither a vCon (it has no `dialog` and `parties`) nor a transcript with speakers";
        return Err(ArchiveError::new(path, message));
    }
    let voices = audio_beside(path).and_then(|audio| analyse(Source::File(audio), call));
    finish_bare(path, voices, value, call);
    Ok(())
}

/// A call of which only sound and words are known.
fn finish_bare(path: &Path, voices: Option<crate::audio::Voices>, words: &Value, call: &mut RecordedCall) {
    call.id.push_str(&vcon::stem(path));
    call.warn("no-clock", "the record does not say when the call began; taken for 1970-01-01 00:00 UTC");
    let people = People::default();
    let transcript = walk(words);
    let speaking = people.sides(&transcript.turns);
    call.warnings.extend(speaking.warnings);
    let duration_ms = voices.as_ref().map_or(0, |voices| voices.audio_ms);
    let turns = resolve_times(&transcript.turns, &speaking.sides, 0, 0, duration_ms);
    let language =
        vcon::language(words.as_object().unwrap_or(&Map::new()), turns.iter().map(|turn| turn.text.as_str()));
    call.set_start(&CallStart { channel: "phone", language: &language, ..CallStart::default() });
    Part { offset_ms: 0, duration_ms, voices, channels: [Party::Customer, Party::Agent], turns }
        .lay_out(call);
    call.settle();
}

/// The audio file of the same name.
pub(crate) fn audio_beside(path: &Path) -> Option<PathBuf> {
    let stem = vcon::stem(path);
    let candidates =
        crate::audio::EXTENSIONS.iter().map(|extension| path.with_file_name(format!("{stem}.{extension}")));
    candidates.into_iter().find(|candidate| candidate.is_file())
}

pub(crate) fn unreadable(path: &Path, error: &std::io::Error) -> ArchiveError {
    ArchiveError::new(path, format!("cannot be read: {error}"))
}
