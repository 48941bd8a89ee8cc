//! Reads timelines call by call; memory does not grow with the file.

use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

use tandem_stdlib::contract::{CallStart, Event, Frame, Party, Turn};

use super::line::{Direction, Kind, Line, Text};
use super::scan::scan;
use crate::call::RecordedCall;
use crate::error::ArchiveError;

/// Bytes that one line may have.
pub(super) const LINE_BYTES_MAX: u64 = 1 << 20;
/// Latest time in a call: 366 days, for conversations by message.
const AT_MS_MAX: i64 = 366 * 24 * 3_600_000;
/// Milliseconds of speech that a byte of text is worth when a turn does not say when it began.
const TEXT_BYTE_MS: i64 = 60;

/// A stream of calls from JSON Lines.
#[derive(Debug)]
pub struct TimelineReader<R> {
    input: R,
    path: Arc<Path>,
    line: Vec<u8>,
    line_number: u64,
    /// The buffer holds a line that has not been used: the first of the next call.
    waiting: bool,
    /// A call could not be read: skip to the next start.
    skipping: bool,
    /// The input itself failed.
    broken: bool,
    /// Bytes of the last call's lines, where lines are handed out.
    call_bytes: usize,
}

impl<R: BufRead> TimelineReader<R> {
    /// A reader over `input`; `path` is for messages.
    pub fn new(input: R, path: &Path) -> Self {
        Self::within(input, &Arc::from(path), 1)
    }

    /// A reader over a piece of a file, which begins at this line.
    pub(super) fn within(input: R, path: &Arc<Path>, first_line: u64) -> Self {
        Self {
            input,
            path: Arc::clone(path),
            line: Vec::new(),
            line_number: first_line.saturating_sub(1),
            waiting: false,
            skipping: false,
            broken: false,
            call_bytes: 0,
        }
    }

    /// Reads the next call into `call`, which is cleared first. `false`: there is none.
    ///
    /// # Errors
    /// The call is malformed, with the line; the following calls can still be read. Or the file cannot be read.
    pub fn next_call(&mut self, call: &mut RecordedCall) -> Result<bool, ArchiveError> {
        call.clear();
        let result = self.read_call(call);
        self.skipping = result.is_err();
        if result.is_err() {
            self.waiting = false;
        }
        result
    }

    /// Whether reading can go on after an error: it cannot when the input itself failed.
    pub(crate) const fn goes_on(&self) -> bool {
        !self.broken
    }

    /// Whether the last call ended with the input.
    pub(super) const fn is_done(&self) -> bool {
        !self.waiting
    }

    pub(super) const fn is_broken(&self) -> bool {
        self.broken
    }

    pub(super) fn shared_path(&self) -> Arc<Path> {
        Arc::clone(&self.path)
    }

    pub(super) fn line(&self) -> &[u8] {
        &self.line
    }

    pub(super) const fn line_number(&self) -> u64 {
        self.line_number
    }

    /// Bytes to make room for: calls of one file are alike.
    pub(super) const fn lines_expected(&self) -> usize {
        self.call_bytes
    }

    /// The line in the buffer is the first of the next call.
    pub(super) const fn keep_line(&mut self) {
        self.waiting = true;
    }

    /// Hands the line in the buffer out.
    pub(super) fn move_line_to(&mut self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.line);
        self.call_bytes = bytes.len();
    }

    /// Ends the reading with an error.
    pub(super) fn give_up(&mut self, message: String) -> ArchiveError {
        self.broken = true;
        self.error(message)
    }

    fn read_call(&mut self, call: &mut RecordedCall) -> Result<bool, ArchiveError> {
        if !self.read_start(call)? {
            return Ok(false);
        }
        let mut ended = false;
        while self.next_line()? {
            let mut line = Line::blank();
            parse(&self.line, &mut line).map_err(|message| self.error(message))?;
            if line.call.0 != call.id {
                self.waiting = true;
                break;
            }
            if line.event == Kind::Start {
                return Err(self.error("this call has started already; give the second call another name"));
            }
            ended |= line.event == Kind::End;
            add(call, &line).map_err(|message| self.error(message))?;
        }
        finish(call, ended);
        Ok(true)
    }

    fn read_start(&mut self, call: &mut RecordedCall) -> Result<bool, ArchiveError> {
        while self.next_line()? {
            let mut line = Line::blank();
            match parse(&self.line, &mut line) {
                Ok(()) if line.event == Kind::Start => {
                    start(call, &line).map_err(|message| self.error(message))?;
                    call.file.push_str(&self.path.to_string_lossy());
                    return Ok(true);
                }
                _ if self.skipping => {}
                Ok(()) => {
                    return Err(self.error("a call begins with its `start` event; add one before this line"));
                }
                Err(message) => return Err(self.error(message)),
            }
        }
        Ok(false)
    }

    /// Brings the next line that is not blank into the buffer.
    fn next_line(&mut self) -> Result<bool, ArchiveError> {
        loop {
            let read = self.next_raw_line()?;
            if self.line.len() as u64 > LINE_BYTES_MAX {
                return Err(self.error(format!("the line is longer than {LINE_BYTES_MAX} bytes")));
            }
            if !read || !self.line.trim_ascii().is_empty() {
                return Ok(read);
            }
        }
    }

    /// Brings the next line into the buffer, blank or not. Of a line that is too long only so much is kept that this
    /// shows.
    pub(super) fn next_raw_line(&mut self) -> Result<bool, ArchiveError> {
        if std::mem::take(&mut self.waiting) {
            return Ok(true);
        }
        self.line.clear();
        self.line_number += 1;
        let mut limited = std::io::Read::take(&mut self.input, LINE_BYTES_MAX + 1);
        let bytes = match limited.read_until(b'\n', &mut self.line) {
            Ok(bytes) => bytes,
            Err(error) => return Err(self.input_failed(&error)),
        };
        if bytes as u64 > LINE_BYTES_MAX && !self.line.ends_with(b"\n") {
            self.skip_rest_of_line()?;
        }
        Ok(bytes > 0)
    }

    fn skip_rest_of_line(&mut self) -> Result<(), ArchiveError> {
        if let Err(error) = self.input.skip_until(b'\n') {
            return Err(self.input_failed(&error));
        }
        // Handed out, the next line must not become part of it.
        self.line.push(b'\n');
        Ok(())
    }

    fn input_failed(&mut self, error: &std::io::Error) -> ArchiveError {
        self.broken = true;
        self.error(format!("cannot be read: {error}"))
    }

    fn error(&self, message: impl Into<String>) -> ArchiveError {
        ArchiveError::at_line(&self.path, self.line_number, message)
    }
}

/// Reads a line's event into `line`, which is blank; an error says what is wrong with it.
pub(super) fn parse<'a>(bytes: &'a [u8], line: &mut Line<'a>) -> Result<(), String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if scan(bytes, line).is_none() {
        *line = serde_json::from_slice(bytes).map_err(|error| explain(&error))?;
    }
    if !(0..=AT_MS_MAX).contains(&line.at_ms) {
        return Err(format!(
            "`at_ms` is {}; it counts from the call's start and ends at {AT_MS_MAX}",
            line.at_ms
        ));
    }
    Ok(())
}

/// The parser's words without its own position: lines hold one value, so that only the column says something.
fn explain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    format!("not a timeline event: {what} (column {})", error.column())
}

fn start(call: &mut RecordedCall, line: &Line<'_>) -> Result<(), String> {
    let clock = line.clock.as_ref().ok_or("`start` lacks `clock`, such as \"2026-03-01T09:00:00+08:00\"")?;
    let moment: jiff::Timestamp = clock.0.parse().map_err(|_| {
        format!("`clock` is `{}`; write date, time and offset as in 2026-03-01T09:00:00+08:00", clock.0)
    })?;
    if line.at_ms != 0 {
        return Err("`start` is at 0: all times count from it".to_owned());
    }
    call.id.push_str(&line.call.0);
    call.set_start(&CallStart {
        id: "",
        clock_ms: moment.as_millisecond(),
        from: text(line.from.as_ref()),
        to: text(line.to.as_ref()),
        outbound: line.direction == Some(Direction::Outbound),
        channel: text(line.channel.as_ref()),
        language: text(line.language.as_ref()),
    });
    let labels = line.labels.iter().flatten();
    call.labels.extend(labels.map(|(name, value)| (name.0.to_string(), value.0.to_string())));
    Ok(())
}

fn add(call: &mut RecordedCall, line: &Line<'_>) -> Result<(), String> {
    let event = match line.event {
        Kind::Start | Kind::End => Event::End,
        Kind::Turn => Event::Turn(turn(line)?),
        Kind::Frame => Event::Frame(frame(line)?),
        Kind::Key => Event::Key(key(line)?),
        Kind::Intent => Event::Intent(required(line.intent.as_ref(), "intent", "`intent`")?),
        Kind::Unresolved => Event::Unresolved,
        Kind::Hold => Event::Hold(true),
        Kind::Resume => Event::Hold(false),
        Kind::Answered => Event::Answered(text(line.agent.as_ref())),
        Kind::Transferred => Event::Transferred(required(line.to.as_ref(), "transferred", "`to`")?),
        Kind::Acknowledged => Event::Acknowledged,
    };
    if call.push(line.at_ms, &event) {
        return Ok(());
    }
    Err(format!("the call has more than {} events; split it", RecordedCall::EVENTS_MAX))
}

fn turn<'a>(line: &'a Line<'_>) -> Result<Turn<'a>, String> {
    let text = required(line.text.as_ref(), "turn", "`text`")?;
    let guessed = (line.at_ms - text.len() as i64 * TEXT_BYTE_MS).max(0);
    let start_ms = line.start_ms.unwrap_or(guessed);
    if !(0..=line.at_ms).contains(&start_ms) {
        return Err(format!("`start_ms` is {start_ms}; it lies between 0 and `at_ms`, the end of the turn"));
    }
    let estimated = line.estimated.unwrap_or(line.start_ms.is_none());
    Ok(Turn { party: party(line)?, start_ms, end_ms: line.at_ms, text, estimated })
}

fn frame(line: &Line<'_>) -> Result<Frame, String> {
    for (name, value) in [("anger", line.anger), ("confidence", line.confidence)] {
        if value.is_some_and(|value| !(0.0..=1.0).contains(&value)) {
            return Err(format!("`{name}` lies between 0 and 1"));
        }
    }
    Ok(Frame {
        party: party(line)?,
        speaking: line.speaking.unwrap_or(false),
        loudness_db: line.loudness_db,
        pitch_hz: line.pitch_hz,
        speech_rate: line.speech_rate,
        anger: line.anger,
        confidence: line.confidence,
    })
}

fn key(line: &Line<'_>) -> Result<char, String> {
    let key = line.key.ok_or("`key` lacks the field `key`, such as \"1\"")?;
    if key.is_ascii_digit() || key == '*' || key == '#' {
        return Ok(key);
    }
    Err(format!("`{key}` is no key; keys are 0 to 9, * and #"))
}

fn party(line: &Line<'_>) -> Result<Party, String> {
    line.party.ok_or_else(|| "the event lacks `party`: \"customer\" or \"agent\"".to_owned())
}

fn required<'a>(field: Option<&'a Text<'_>>, event: &str, name: &str) -> Result<&'a str, String> {
    field.map(|text| text.0.as_ref()).ok_or_else(|| format!("`{event}` lacks {name}"))
}

fn text<'a>(field: Option<&'a Text<'_>>) -> &'a str {
    field.map_or("", |text| text.0.as_ref())
}

fn finish(call: &mut RecordedCall, ended: bool) {
    if !call.settle() {
        call.warn("out-of-order", "events were not in order of time; they are sorted");
    }
    if !ended {
        call.warn("no-end", "the call has no `end` event; it ends with its last event");
    }
}
