//! A recorded call as an event timeline.

use std::ops::Range;

use tandem_stdlib::contract::{CallStart, Event, Frame, Party, Turn};

use crate::error::Warning;

/// A recorded call: what is known about it and its events in order of time.
///
/// All times are milliseconds since the call's start. The first event is the start, the last is the end. One value can
/// take one call after another ([`RecordedCall::clear`]) without new memory; texts lie in one buffer and are lent out.
#[derive(Clone, Debug, Default)]
pub struct RecordedCall {
    /// What names the call: its UUID, the timeline's `call`, or the file's name.
    pub id: String,
    /// The file that it was read from.
    pub file: String,
    /// When the last event happens.
    pub duration_ms: i64,
    /// Milliseconds of audio that were analysed; 0 without audio.
    pub audio_ms: i64,
    /// Oddities of the record, and what was assumed instead.
    pub warnings: Vec<Warning>,
    /// What the record says about the call beside its events, such as `emotion` → `angry`.
    pub labels: Vec<(String, String)>,
    texts: String,
    start: StoredStart,
    events: Vec<Stored>,
}

type Span = Range<u32>;

#[derive(Clone, Debug, Default)]
struct StoredStart {
    clock_ms: i64,
    from: Span,
    to: Span,
    outbound: bool,
    channel: Span,
    language: Span,
}

#[derive(Clone, Debug)]
struct Stored {
    at_ms: i64,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Turn { party: Party, start_ms: i64, text: Span, estimated: bool },
    Frame(Frame),
    Key(char),
    Intent(Span),
    Unresolved,
    Hold(bool),
    Answered(Span),
    Transferred(Span),
    Acknowledged,
}

impl What {
    /// Order of events at the same millisecond: a frame covers the time before it, a turn ends with it.
    const fn rank(&self) -> u8 {
        match self {
            Self::Frame(_) => 0,
            Self::Turn { .. } => 1,
            _ => 2,
        }
    }
}

impl RecordedCall {
    /// Bytes of text that one call may hold.
    pub const TEXT_BYTES_MAX: usize = 64 << 20;
    /// Events that one call may hold: frames of two parties for more than a day, and more.
    pub const EVENTS_MAX: usize = 2_000_000;

    /// Forgets everything and keeps the memory.
    pub fn clear(&mut self) {
        self.id.clear();
        self.file.clear();
        self.duration_ms = 0;
        self.audio_ms = 0;
        self.warnings.clear();
        self.labels.clear();
        self.texts.clear();
        self.start = StoredStart::default();
        self.events.clear();
    }

    /// The call's first event.
    #[must_use]
    pub fn start(&self) -> CallStart<'_> {
        CallStart {
            id: &self.id,
            clock_ms: self.start.clock_ms,
            from: self.text(&self.start.from),
            to: self.text(&self.start.to),
            outbound: self.start.outbound,
            channel: self.text(&self.start.channel),
            language: self.text(&self.start.language),
        }
    }

    /// All events in order of time, the start first and the end last, each with its time in milliseconds.
    pub fn events(&self) -> impl Iterator<Item = (i64, Event<'_>)> {
        let first = std::iter::once((0, Event::Start(self.start())));
        let last = std::iter::once((self.duration_ms, Event::End));
        first.chain(self.events.iter().map(|stored| (stored.at_ms, self.lend(stored)))).chain(last)
    }

    /// How many events [`RecordedCall::events`] gives.
    #[must_use]
    pub fn event_count(&self) -> usize {
        self.events.len() + 2
    }

    /// Sets what is known at the start.
    pub fn set_start(&mut self, start: &CallStart<'_>) {
        self.start = StoredStart {
            clock_ms: start.clock_ms,
            from: self.keep(start.from),
            to: self.keep(start.to),
            outbound: start.outbound,
            channel: self.keep(start.channel),
            language: self.keep(start.language),
        };
    }

    /// Adds an event; `Start` and `End` set what they say. Events may come in any order before
    /// [`RecordedCall::settle`]. Beyond [`RecordedCall::EVENTS_MAX`] events are dropped and the answer is `false`.
    pub fn push(&mut self, at_ms: i64, event: &Event<'_>) -> bool {
        let what = match event {
            Event::Start(start) => return self.replace_start(start),
            Event::End => {
                self.duration_ms = self.duration_ms.max(at_ms);
                return true;
            }
            Event::Turn(turn) => What::Turn {
                party: turn.party,
                start_ms: turn.start_ms,
                text: self.keep(turn.text),
                estimated: turn.estimated,
            },
            Event::Frame(frame) => What::Frame(*frame),
            Event::Key(key) => What::Key(*key),
            Event::Intent(word) => What::Intent(self.keep(word)),
            Event::Unresolved => What::Unresolved,
            Event::Hold(held) => What::Hold(*held),
            Event::Answered(who) => What::Answered(self.keep(who)),
            Event::Transferred(to) => What::Transferred(self.keep(to)),
            Event::Acknowledged => What::Acknowledged,
        };
        let room = self.events.len() < Self::EVENTS_MAX;
        if room {
            self.events.push(Stored { at_ms, what });
        }
        room
    }

    /// Brings the events into order of time (events of one moment: frames, turns, others, each in the order given) and
    /// the end after all of them. Answers whether they were in order of time already.
    pub fn settle(&mut self) -> bool {
        let in_time = self.events.is_sorted_by_key(|stored| stored.at_ms);
        if !self.events.is_sorted_by_key(|stored| (stored.at_ms, stored.what.rank())) {
            self.events.sort_by_key(|stored| (stored.at_ms, stored.what.rank()));
        }
        let last = self.events.last().map_or(0, |stored| stored.at_ms);
        self.duration_ms = self.duration_ms.max(last);
        in_time
    }

    pub(crate) fn warn(&mut self, code: &'static str, message: impl Into<String>) {
        self.warnings.push(Warning { code, message: message.into() });
    }

    fn replace_start(&mut self, start: &CallStart<'_>) -> bool {
        self.set_start(start);
        true
    }

    fn keep(&mut self, text: &str) -> Span {
        let from = self.texts.len();
        if from + text.len() > Self::TEXT_BYTES_MAX {
            return 0..0;
        }
        self.texts.push_str(text);
        from as u32..self.texts.len() as u32
    }

    fn text(&self, span: &Span) -> &str {
        self.texts.get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    fn lend(&self, stored: &Stored) -> Event<'_> {
        match &stored.what {
            What::Turn { party, start_ms, text, estimated } => Event::Turn(Turn {
                party: *party,
                start_ms: *start_ms,
                end_ms: stored.at_ms,
                text: self.text(text),
                estimated: *estimated,
            }),
            What::Frame(frame) => Event::Frame(*frame),
            What::Key(key) => Event::Key(*key),
            What::Intent(word) => Event::Intent(self.text(word)),
            What::Unresolved => Event::Unresolved,
            What::Hold(held) => Event::Hold(*held),
            What::Answered(who) => Event::Answered(self.text(who)),
            What::Transferred(to) => Event::Transferred(self.text(to)),
            What::Acknowledged => Event::Acknowledged,
        }
    }
}
