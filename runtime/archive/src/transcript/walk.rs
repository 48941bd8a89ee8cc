//! Finds the turns in a transcript of whatever shape.

use serde_json::{Map, Value};

use super::paragraphs::paragraphs;
use super::speakers::role_side;
use super::{Moment, RawTurn, Speaker, Transcript};
use crate::json;

/// Lists in lists are followed so deep.
const DEPTH_MAX: u32 = 10;
/// Turns that one transcript may have.
const TURNS_MAX: usize = 100_000;

const TEXT_KEYS: [&str; 9] =
    ["message", "text", "content", "utterance", "transcript", "sentence", "body", "value", "line"];
const PLACE_KEYS: [&str; 3] = ["party", "originator", "channel"];
const SPEAKER_KEYS: [&str; 13] = [
    "speaker",
    "role",
    "participantrole",
    "participant_role",
    "party",
    "from",
    "sender",
    "author",
    "participant",
    "participantid",
    "speaker_label",
    "name",
    "user",
];
/// Where turns may be kept, the most telling first.
const CONTAINER_KEYS: [&str; 20] = [
    "utterances",
    "turns",
    "conversation",
    "messages",
    "transcript",
    "transcripts",
    "dialog",
    "dialogue",
    "monologues",
    "paragraphs",
    "segments",
    "sentences",
    "lines",
    "entries",
    "results",
    "result",
    "channels",
    "alternatives",
    "data",
    "body",
];
const START_MS_KEYS: [&str; 5] = ["beginoffsetmillis", "start_ms", "startms", "begin_ms", "offset_ms"];
const START_KEYS: [&str; 8] =
    ["start", "start_time", "starttime", "begin", "begin_time", "offset", "timestamp", "time"];
const END_MS_KEYS: [&str; 4] = ["endoffsetmillis", "end_ms", "endms", "stop_ms"];
const END_KEYS: [&str; 5] = ["end", "end_time", "endtime", "stop", "finish"];

/// All turns of a transcript, in its order. What is no turn is counted.
pub(crate) fn walk(value: &Value) -> Transcript {
    let mut found = Transcript::default();
    visit(value, 0, &mut found);
    found
}

fn visit(value: &Value, depth: u32, found: &mut Transcript) {
    if depth > DEPTH_MAX || found.turns.len() >= TURNS_MAX {
        found.ignored += 1;
        return;
    }
    match value {
        Value::Array(members) => list(members, depth, found),
        Value::Object(object) => visit_object(object, depth, found),
        Value::String(text) => visit_text(text, depth, found),
        Value::Null => {}
        Value::Bool(_) | Value::Number(_) => found.ignored += 1,
    }
}

fn list(members: &[Value], depth: u32, found: &mut Transcript) {
    let structured = members.iter().any(|member| member.is_object() || member.is_array());
    if !structured && members.iter().any(Value::is_string) {
        let texts: Vec<&str> = members.iter().filter_map(Value::as_str).collect();
        return paragraphs(&texts, found);
    }
    for member in members {
        // A lone text among turns is what a generator left behind.
        if member.is_string() {
            found.ignored += 1;
        } else {
            visit(member, depth + 1, found);
        }
    }
}

fn visit_object(object: &Map<String, Value>, depth: u32, found: &mut Transcript) {
    if let Some(text) = json::text(object, &TEXT_KEYS) {
        let speaker = speaker(object);
        let timed = moment(object, &START_MS_KEYS, &START_KEYS);
        if speaker == Speaker::Unknown && timed.is_none() {
            return visit_text(text, depth, found);
        }
        let end = moment(object, &END_MS_KEYS, &END_KEYS).or_else(|| duration_end(object, timed?));
        found.turns.push(RawTurn { speaker, text: text.to_owned(), start: timed, end });
        return;
    }
    let before = found.turns.len();
    for key in CONTAINER_KEYS {
        if let Some(value) = json::find(object, &[key])
            && (value.is_array() || value.is_object())
        {
            visit(value, depth + 1, found);
            if found.turns.len() > before {
                return;
            }
        }
    }
    by_role(object, found);
    // An empty object or list is nothing lost, but it is no turn.
    found.ignored += u32::from(found.turns.len() == before);
}

/// `{"agent": "…"}`: the key says who.
fn by_role(object: &Map<String, Value>, found: &mut Transcript) {
    for (key, value) in object {
        if let Some(text) = value.as_str().map(str::trim).filter(|text| !text.is_empty())
            && role_side(key).is_some()
        {
            let speaker = Speaker::Named(key.clone());
            found.turns.push(RawTurn { speaker, text: text.to_owned(), start: None, end: None });
        }
    }
}

fn visit_text(text: &str, depth: u32, found: &mut Transcript) {
    let trimmed = text.trim();
    if trimmed.starts_with(['[', '{'])
        && let Ok(value) = serde_json::from_str::<Value>(trimmed)
    {
        return visit(&value, depth + 1, found);
    }
    let separator = if trimmed.contains("\n\n") { "\n\n" } else { "\n" };
    let texts: Vec<&str> = trimmed.split(separator).collect();
    paragraphs(&texts, found);
}

fn speaker(object: &Map<String, Value>) -> Speaker {
    let place = json::find(object, &PLACE_KEYS).filter(|value| value.is_u64()).and_then(json::index);
    if let Some(place) = place {
        return Speaker::Index(place);
    }
    match json::find(object, &SPEAKER_KEYS) {
        Some(Value::String(name)) if !name.trim().is_empty() => Speaker::Named(name.trim().to_owned()),
        Some(Value::Number(number)) => Speaker::Named(number.to_string()),
        Some(Value::Object(inner)) => {
            json::text(inner, &SPEAKER_KEYS).map_or(Speaker::Unknown, |name| Speaker::Named(name.to_owned()))
        }
        _ => Speaker::Unknown,
    }
}

fn moment(object: &Map<String, Value>, millisecond_keys: &[&str], keys: &[&str]) -> Option<Moment> {
    if let Some(milliseconds) = json::find(object, millisecond_keys).and_then(json::number) {
        return Some(Moment::Milliseconds(milliseconds));
    }
    let value = json::find(object, keys)?;
    json::number(value).map(Moment::Offset).or_else(|| super::times::written(value.as_str()?))
}

fn duration_end(object: &Map<String, Value>, start: Moment) -> Option<Moment> {
    let duration = json::find(object, &["duration"]).and_then(json::number)?;
    match start {
        Moment::Offset(start) => Some(Moment::Offset(start + duration)),
        Moment::Milliseconds(_) | Moment::Clock(_) => None,
    }
}
