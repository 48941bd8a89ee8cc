//! One line of a timeline.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use tandem_stdlib::contract::Party;

/// A text that is lent from the line where it holds no escapes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Start,
    Turn,
    Frame,
    Key,
    Intent,
    Unresolved,
    Hold,
    Resume,
    Answered,
    Transferred,
    Acknowledged,
    End,
}

/// Who called whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Direction {
    Inbound,
    Outbound,
}

/// A line; which fields it has depends on the event.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line<'a> {
    #[serde(borrow)]
    pub(super) call: Text<'a>,
    pub(super) at_ms: i64,
    pub(super) event: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) clock: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) to: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) direction: Option<Direction>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) channel: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) labels: Option<BTreeMap<Text<'a>, Text<'a>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) party: Option<Party>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) start_ms: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) estimated: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) speaking: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) loudness_db: Option<f32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) pitch_hz: Option<f32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) speech_rate: Option<f32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) anger: Option<f32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) confidence: Option<f32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) key: Option<char>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) intent: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) agent: Option<Text<'a>>,
}

impl<'a> Line<'a> {
    /// A line that is still to be read.
    pub(super) const fn blank() -> Self {
        Line::new("", 0, Kind::End)
    }

    /// A line with nothing but what every line has.
    pub(super) const fn new(call: &'a str, at_ms: i64, event: Kind) -> Self {
        Self {
            call: Text(Cow::Borrowed(call)),
            at_ms,
            event,
            clock: None,
            from: None,
            to: None,
            direction: None,
            channel: None,
            language: None,
            labels: None,
            party: None,
            start_ms: None,
            text: None,
            estimated: None,
            speaking: None,
            loudness_db: None,
            pitch_hz: None,
            speech_rate: None,
            anger: None,
            confidence: None,
            key: None,
            intent: None,
            agent: None,
        }
    }
}

impl<'a> Text<'a> {
    /// A text to write; empty texts are left out.
    pub(super) fn unless_empty(text: &'a str) -> Option<Self> {
        (!text.is_empty()).then_some(Self(Cow::Borrowed(text)))
    }
}

impl PartialOrd for Text<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Text<'_> {}

impl Ord for Text<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

// Derived code would copy the text of every optional field.
impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor).map(Text)
    }
}

struct TextVisitor;

impl<'de> serde::de::Visitor<'de> for TextVisitor {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}
