//! What a vCon says about its call beside what happened in it.

use serde_json::{Map, Value};

use crate::json;

/// Longest label kept: longer texts are prompts and summaries.
const LABEL_BYTES_MAX: usize = 200;
/// Labels kept of one call.
const LABELS_MAX: usize = 64;
/// How the record was made says nothing about the call.
const NOT_LABELS: [&str; 4] = ["prompt", "model", "created_on", "received_at"];
/// Fields of a dialog that are labels.
const DIALOG_LABELS: [&str; 5] = ["disposition", "campaign", "skill", "interaction_type", "application"];

/// Labels by name, sorted: texts and numbers of attachments, and of the dialogs' own and `meta` fields.
pub(crate) fn labels(vcon: &Map<String, Value>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for attachment in json::objects(json::find(vcon, &["attachments"])) {
        if let Some(body) = body(attachment) {
            found.extend(body.iter().filter_map(|(name, value)| label(name, value)));
        }
    }
    for dialog in json::objects(json::find(vcon, &["dialog"])) {
        let own = DIALOG_LABELS.iter().filter_map(|name| label(name, dialog.get(*name)?));
        let meta = json::find(dialog, &["meta"]).and_then(Value::as_object).into_iter().flatten();
        found.extend(own.chain(meta.filter_map(|(name, value)| label(name, value))));
    }
    found.sort();
    found.dedup_by(|later, earlier| later.0 == earlier.0);
    found.truncate(LABELS_MAX);
    found
}

/// The attachment's object, written as one or in a text.
fn body(attachment: &Map<String, Value>) -> Option<Map<String, Value>> {
    match json::find(attachment, &["body"])? {
        Value::Object(body) => Some(body.clone()),
        Value::String(text) => serde_json::from_str(text).ok(),
        _ => None,
    }
}

fn label(name: &str, value: &Value) -> Option<(String, String)> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        _ => return None,
    };
    let kept = !NOT_LABELS.contains(&name) && !text.is_empty() && text.len() <= LABEL_BYTES_MAX;
    kept.then(|| (name.to_owned(), text))
}
