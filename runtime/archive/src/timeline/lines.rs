//! The lines of single calls, not read yet: for reading them on another thread.

use std::borrow::Cow;
use std::io::BufRead;
use std::path::Path;
use std::sync::Arc;

use super::line::{Kind, Line};
use super::reader::{LINE_BYTES_MAX, TimelineReader, parse};
use crate::call::RecordedCall;
use crate::error::ArchiveError;

/// The lines of one call as they stand in the file. Cheap to make and to hand over; [`CallLines::read`] does the work.
#[derive(Clone, Debug)]
pub struct CallLines {
    path: Arc<Path>,
    first_line: u64,
    bytes: Vec<u8>,
}

impl CallLines {
    /// Bytes that the lines of one call may have.
    pub const BYTES_MAX: usize = 512 << 20;

    /// Reads the call into `call`, which is cleared first. Lines behind it that belong to no call become a warning.
    ///
    /// # Errors
    /// The call is malformed, with the line in the file.
    pub fn read(&self, call: &mut RecordedCall) -> Result<(), ArchiveError> {
        let mut reader = TimelineReader::within(self.bytes.as_slice(), &self.path, self.first_line);
        if !reader.next_call(call)? {
            return Err(ArchiveError::at_line(&self.path, self.first_line, "no call begins here"));
        }
        if reader.is_done() {
            return Ok(());
        }
        if let Err(error) = reader.next_call(&mut RecordedCall::default()) {
            let line = error.line.unwrap_or(self.first_line);
            call.warn(
                "stray-lines",
                format!("from line {line} on, lines follow that are left out: {}", error.message),
            );
        }
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.bytes.len() > Self::BYTES_MAX
    }
}

impl<R: BufRead> TimelineReader<R> {
    /// The lines of the next call, which are hardly looked at; `None`: there is none. A reader that gives lines is not
    /// to be asked for calls.
    ///
    /// A call's lines end where another call starts. [`CallLines::read`] gives what [`TimelineReader::next_call`] would
    /// give, except that faults between two calls cost an error of their own there, and a warning of the call before
    /// them here.
    ///
    /// # Errors
    /// The file cannot be read, or a call has more than [`CallLines::BYTES_MAX`] bytes; nothing more can be read then.
    pub fn next_lines(&mut self) -> Result<Option<CallLines>, ArchiveError> {
        if self.is_broken() || !self.next_first_line()? {
            return Ok(None);
        }
        let room = self.lines_expected();
        let mut lines = CallLines {
            path: self.shared_path(),
            first_line: self.line_number(),
            bytes: Vec::with_capacity(room),
        };
        let (name, prefix) = opening(self.line());
        self.move_line_to(&mut lines.bytes);
        while self.next_raw_line()? {
            // Nearly every line begins as the first one did, and so belongs to its call.
            let same = prefix.as_ref().is_some_and(|prefix| self.line().starts_with(prefix));
            if !same && starts_another(self.line(), name.as_deref()) {
                self.keep_line();
                break;
            }
            self.move_line_to(&mut lines.bytes);
            if lines.is_full() {
                let message =
                    format!("the call has more than {} bytes of lines; split it", CallLines::BYTES_MAX);
                return Err(self.give_up(message));
            }
        }
        Ok(Some(lines))
    }

    /// The next line that is not blank.
    fn next_first_line(&mut self) -> Result<bool, ArchiveError> {
        while self.next_raw_line()? {
            if !self.line().trim_ascii().is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The call that a line starts, if it starts one, and the beginning of the line with the call's name in it.
fn opening(line: &[u8]) -> (Option<String>, Option<Vec<u8>>) {
    let Some(name) = started(line) else { return (None, None) };
    let beginning = format!("\"{name}\"");
    let found = line.windows(beginning.len()).position(|window| window == beginning.as_bytes());
    let prefix = found.and_then(|at| line.get(..at + beginning.len()));
    // Only as the value of a leading `call` does the name tell whose the line is.
    let leading = prefix.filter(|prefix| prefix.trim_ascii_start().starts_with(b"{\"call\":"));
    (Some(name.into_owned()), leading.map(<[u8]>::to_vec))
}

/// Whether a line starts a call of another name.
fn starts_another(line: &[u8], name: Option<&str>) -> bool {
    started(line).is_some_and(|started| name != Some(&started))
}

/// The name of the call that a line starts.
fn started(line: &[u8]) -> Option<Cow<'_, str>> {
    let mut event = Line::blank();
    let readable = line.len() as u64 <= LINE_BYTES_MAX && parse(line, &mut event).is_ok();
    (readable && event.event == Kind::Start).then_some(event.call.0)
}
