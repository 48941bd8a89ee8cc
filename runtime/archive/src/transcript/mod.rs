//! Transcripts of many shapes to turns: who, what and, where it is recorded, when.

mod paragraphs;
mod speakers;
mod times;
mod walk;

pub(crate) use speakers::{People, Person, is_machine, role_side};
pub(crate) use times::{SpokenTurn, resolve_times};
pub(crate) use walk::walk;

/// Who a transcript says spoke.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Speaker {
    /// It does not say.
    Unknown,
    /// The party at this place in the record's list.
    Index(usize),
    /// In its own words.
    Named(String),
}

/// When a transcript says something was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Moment {
    /// Milliseconds since the start.
    Milliseconds(f64),
    /// Seconds or milliseconds since the start: the values of the whole transcript tell.
    Offset(f64),
    /// Milliseconds since the Unix epoch.
    Clock(i64),
}

/// A turn as the transcript has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RawTurn {
    pub(crate) speaker: Speaker,
    pub(crate) text: String,
    pub(crate) start: Option<Moment>,
    pub(crate) end: Option<Moment>,
}

/// What was found in a transcript.
#[derive(Clone, Debug, Default)]
pub(crate) struct Transcript {
    pub(crate) turns: Vec<RawTurn>,
    /// Members that are no turns.
    pub(crate) ignored: u32,
}

#[cfg(test)]
mod tests;
