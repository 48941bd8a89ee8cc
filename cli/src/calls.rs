//! Recorded calls as the replay takes them: files are opened in order, and read where they are replayed.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use tandem_archive::{
    ArchiveError, CallLines, Input, RecordedCall, TimelineReader, is_log, load_recording, open_timeline,
};

use crate::failure::Failure;
use crate::logs::Logs;
use crate::progress;

/// A call on its way to the replay.
pub(crate) enum CallInput {
    /// A file that is read on the thread that replays it.
    Recording(PathBuf),
    /// The lines of one call of a timeline, which are read on the thread that replays it.
    Lines(CallLines),
    /// A record that could not be read.
    Unreadable(ArchiveError),
}

impl tandem_simulation::Input for CallInput {
    fn load(self, call: &mut RecordedCall) -> Result<(), ArchiveError> {
        match self {
            Self::Recording(path) => load_recording(&path, call),
            Self::Lines(lines) => lines.read(call),
            Self::Unreadable(error) => Err(error),
        }
    }

    fn is_heavy(&self) -> bool {
        matches!(self, Self::Recording(_))
    }
}

/// All calls under the paths, one after another.
pub(crate) struct Calls {
    inputs: std::vec::IntoIter<Input>,
    timeline: Option<TimelineReader<BufReader<File>>>,
    logs: Logs,
}

impl Calls {
    /// How many calls there are, when that is known before they are read: not for timelines.
    pub(crate) fn known_count(&self) -> Option<u64> {
        let recordings = self.inputs.as_slice().iter().all(|input| matches!(input, Input::Recording(_)));
        recordings.then_some(self.inputs.len() as u64)
    }

    /// Takes the logs of campaigns and tickets that were among the calls.
    pub(crate) fn take_logs(&mut self) -> Logs {
        std::mem::take(&mut self.logs)
    }

    /// The next call of the timeline that is open; closes it at its end.
    fn next_of_timeline(&mut self) -> Option<CallInput> {
        match self.timeline.as_mut()?.next_lines() {
            Ok(Some(lines)) => Some(CallInput::Lines(lines)),
            Ok(None) => {
                self.timeline = None;
                None
            }
            Err(error) => Some(CallInput::Unreadable(error)),
        }
    }
}

impl Iterator for Calls {
    type Item = CallInput;

    fn next(&mut self) -> Option<CallInput> {
        loop {
            if let Some(call) = self.next_of_timeline() {
                return Some(call);
            }
            match self.inputs.next()? {
                Input::Recording(path) => return Some(CallInput::Recording(path)),
                Input::Timeline(path) => match open_timeline(&path) {
                    Ok(reader) => self.timeline = Some(reader),
                    Err(error) => return Some(CallInput::Unreadable(error)),
                },
            }
        }
    }
}

/// Finds the calls under the paths.
///
/// # Errors
/// When a path cannot be read, or holds no calls.
pub(crate) fn find(paths: &[PathBuf]) -> Result<Calls, Failure> {
    let failed = |error: ArchiveError| Failure::new(error.to_string());
    let bar = progress::bar(None, "looking for calls");
    let found = tandem_archive::discover_telling(paths, &mut |seen| bar.set_position(seen as u64));
    bar.finish_and_clear();
    let mut inputs = found.map_err(failed)?;
    let mut logs = Logs::default();
    let is_log = |input: &Input| matches!(input, Input::Timeline(path) if is_log(path));
    for input in inputs.extract_if(.., |input| is_log(input)) {
        let (Input::Timeline(path) | Input::Recording(path)) = input;
        logs.read(&path).map_err(failed)?;
    }
    Ok(Calls { inputs: inputs.into_iter(), timeline: None, logs })
}

/// The one call of a file.
///
/// # Errors
/// When the file cannot be read, or holds no call or several.
pub(crate) fn find_one(path: &Path) -> Result<RecordedCall, Failure> {
    let (file, name) = split_call_name(path);
    let mut found = None;
    for input in find(std::slice::from_ref(&file))? {
        let mut call = RecordedCall::default();
        tandem_simulation::Input::load(input, &mut call).map_err(|error| Failure::new(error.to_string()))?;
        if name.as_ref().is_some_and(|name| *name != call.id) {
            continue;
        }
        if found.replace(call).is_some() {
            return Err(Failure::new(format!("`{}` holds several calls", file.display()))
                .help("name one of them after a `#`, such as `calls.jsonl#c1`"));
        }
    }
    found.ok_or_else(|| Failure::new(format!("there is no such call in `{}`", file.display())))
}

/// `calls.jsonl#c1` is the call `c1` of `calls.jsonl`, unless a file has that very name.
fn split_call_name(path: &Path) -> (PathBuf, Option<String>) {
    let whole = path.to_string_lossy();
    match whole.rsplit_once('#') {
        Some((file, name)) if !path.exists() => (PathBuf::from(file), Some(name.to_owned())),
        _ => (path.to_owned(), None),
    }
}
