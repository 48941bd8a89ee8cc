//! The dialogs of a vCon: what was recorded, written or tried, and when.

use serde_json::{Map, Value};

use super::history::Moment;
use super::recording::Recording;
use crate::json;

/// Dialogs that one vCon may have.
const DIALOGS_MAX: usize = 10_000;

/// One dialog.
#[derive(Clone, Debug)]
pub(crate) struct Dialog<'a> {
    pub(crate) kind: DialogKind<'a>,
    /// When it began, in milliseconds since the Unix epoch, and whether the record says the offset from UTC.
    pub(crate) start: Option<(i64, bool)>,
    /// Its length in milliseconds, 0 where not recorded.
    pub(crate) duration_ms: i64,
    /// Places of its parties, in its order; for a recording with channels, one a channel.
    pub(crate) parties: Vec<usize>,
    /// Place of the party who began it.
    pub(crate) originator: Option<usize>,
    /// Place in the vCon's list.
    pub(crate) place: usize,
    /// What its parties did, and when in milliseconds since the Unix epoch.
    pub(crate) history: Vec<(i64, Moment)>,
    /// The centre called the customer.
    pub(crate) outbound: Option<bool>,
    /// Media type, empty where not recorded.
    pub(crate) media_type: &'a str,
}

/// What a dialog is.
#[derive(Clone, Debug)]
pub(crate) enum DialogKind<'a> {
    /// Sound.
    Recording(Recording<'a>),
    /// Written words.
    Text(&'a Value),
    /// The call was passed on to this party (place, or none).
    Transfer(Option<usize>),
    /// The call did not come about, for this reason.
    Incomplete(&'a str),
    /// Something else.
    Other,
}

/// All dialogs in the vCon's order.
pub(crate) fn dialogs(vcon: &Map<String, Value>) -> Vec<Dialog<'_>> {
    let listed = json::objects(json::find(vcon, &["dialog", "dialogs"]));
    listed.take(DIALOGS_MAX).enumerate().map(|(place, object)| dialog(place, object)).collect()
}

fn dialog(place: usize, object: &Map<String, Value>) -> Dialog<'_> {
    let media_type = json::text(object, &["mediatype", "mimetype", "mime_type"]).unwrap_or_default();
    let seconds = json::find(object, &["duration"]).and_then(json::number).unwrap_or_default();
    let parties = json::find(object, &["parties"]);
    Dialog {
        kind: kind(object, media_type),
        start: json::text(object, &["start"]).and_then(crate::clock::parse),
        duration_ms: (seconds.clamp(0.0, 366.0 * 86_400.0) * 1_000.0) as i64,
        parties: parties.map(places).unwrap_or_default(),
        originator: json::find(object, &["originator"]).and_then(json::index),
        place,
        history: super::history::history(object),
        outbound: outbound(object),
        media_type,
    }
}

fn kind<'a>(object: &'a Map<String, Value>, media_type: &str) -> DialogKind<'a> {
    let body = json::find(object, &["body"]);
    let sound = media_type.starts_with("audio/") || media_type.starts_with("video/");
    match json::text(object, &["type"]).unwrap_or_default() {
        // Generators mislabel: what has a media type of sound and a place to find it is a recording.
        "recording" => DialogKind::Recording(Recording::new(object)),
        "transfer" => {
            let target = json::find(object, &["transfer-target", "transfer_target", "transferTarget"]);
            DialogKind::Transfer(target.and_then(json::index))
        }
        "incomplete" => DialogKind::Incomplete(json::text(object, &["disposition"]).unwrap_or("not said")),
        _ if sound => DialogKind::Recording(Recording::new(object)),
        _ => body.map_or(DialogKind::Other, DialogKind::Text),
    }
}

/// A party, a list of parties, or a list with one list a channel.
fn places(value: &Value) -> Vec<usize> {
    match value {
        Value::Array(members) => members
            .iter()
            .filter_map(|member| match member {
                Value::Array(inner) => inner.first().and_then(json::index),
                other => json::index(other),
            })
            .collect(),
        single => json::index(single).into_iter().collect(),
    }
}

fn outbound(object: &Map<String, Value>) -> Option<bool> {
    let meta = json::find(object, &["meta", "metadata"]).and_then(Value::as_object);
    let word = json::text(object, &["direction"]).or_else(|| json::text(meta?, &["direction"]))?;
    match word.to_lowercase().as_str() {
        "out" | "outbound" | "outgoing" => Some(true),
        "in" | "inbound" | "incoming" => Some(false),
        _ => None,
    }
}
