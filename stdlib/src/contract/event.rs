//! Everything that can happen to a call, as a policy sees it: live and replayed alike.

use serde::{Deserialize, Serialize};

/// Who speaks or acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The person outside the centre, whoever called whom.
    Customer,
    /// The centre's side: a person or a bot.
    Agent,
}

/// A measured quantity of one party's voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signal {
    /// Level of the voice in dB relative to full scale, over the last seconds of speech.
    Loudness,
    /// Fundamental frequency in hertz.
    Pitch,
    /// Syllables a second over the last seconds of speech.
    SpeechRate,
    /// Probability of anger, 0..1, from a model or a label; never guessed from loudness.
    Anger,
    /// Share of the talk so far that was this party's, 0..1. Kept by the host.
    TalkShare,
    /// Time in milliseconds since anybody spoke. Kept by the host.
    Silence,
}

impl Party {
    /// The party's name in the language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Agent => "agent",
        }
    }
}

impl Signal {
    /// The signal's name in the language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loudness => "loudness",
            Self::Pitch => "pitch",
            Self::SpeechRate => "speech_rate",
            Self::Anger => "anger",
            Self::TalkShare => "talk_share",
            Self::Silence => "silence",
        }
    }
}

/// The first event of every call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CallStart<'a> {
    /// What tells the call from others, the same in every replay; empty when not known.
    pub id: &'a str,
    /// Milliseconds since the Unix epoch, UTC.
    pub clock_ms: i64,
    /// Caller's number as recorded, E.164 where known, empty when withheld.
    pub from: &'a str,
    /// Called number, empty when not recorded.
    pub to: &'a str,
    /// `true` when the centre called the customer.
    pub outbound: bool,
    /// Channel word, such as `phone`; empty when not recorded.
    pub channel: &'a str,
    /// ISO 639-1 code of the call's language; empty when not known.
    pub language: &'a str,
}

/// One uninterrupted utterance, delivered when it ends. Times are milliseconds since the call's start.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn<'a> {
    /// Who spoke.
    pub party: Party,
    /// When the utterance began.
    pub start_ms: i64,
    /// When the utterance ended.
    pub end_ms: i64,
    /// What was said.
    pub text: &'a str,
    /// `true` when the times were estimated rather than recorded.
    pub estimated: bool,
}

/// The voice of one party over the last [`Frame::STEP_MS`] milliseconds. A value that was not measured is `None`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Whose voice.
    pub party: Party,
    /// Whether the party was speaking.
    pub speaking: bool,
    /// dB relative to full scale.
    pub loudness_db: Option<f32>,
    /// Hertz.
    pub pitch_hz: Option<f32>,
    /// Syllables a second.
    pub speech_rate: Option<f32>,
    /// Probability of anger, 0..1.
    pub anger: Option<f32>,
    /// Confidence of `anger`, 0..1.
    pub confidence: Option<f32>,
}

impl Frame {
    /// Milliseconds between two frames of one party.
    pub const STEP_MS: i64 = 100;
}

/// One thing that happened to a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<'a> {
    /// The call arrives or is placed. First, once.
    Start(CallStart<'a>),
    /// Somebody said something.
    Turn(Turn<'a>),
    /// A frame of measured voice.
    Frame(Frame),
    /// The customer pressed a key: `0`–`9`, `*`, `#`.
    Key(char),
    /// Something recognised or recorded what the caller wants: a word of the policy's `intent` vocabulary.
    Intent(&'a str),
    /// A turn of the caller stayed unresolved, as the bot or the record says.
    Unresolved,
    /// The call was put on hold (`true`) or taken back (`false`).
    Hold(bool),
    /// A person of the centre takes the call, at first or after another; who, empty when not known.
    Answered(&'a str),
    /// The record says that the call was transferred to this queue or number.
    Transferred(&'a str),
    /// Somebody acknowledged the alerts that are open.
    Acknowledged,
    /// The call ends. Last, once.
    End,
}
