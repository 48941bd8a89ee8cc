//! What the parties of a dialog did while it lasted: hold and key presses.

use serde_json::{Map, Value};

use crate::json;

/// Entries that one dialog's history may have.
const ENTRIES_MAX: usize = 100_000;

/// Something that a party did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moment {
    /// The call was put on hold or taken back.
    Hold(bool),
    /// The party at this place joined.
    Join(usize),
    /// A key was pressed by the party at this place, where it is recorded.
    Key(char, Option<usize>),
}

/// All that `party_history` tells, in its order: when in milliseconds since the Unix epoch, and what.
pub(super) fn history(dialog: &Map<String, Value>) -> Vec<(i64, Moment)> {
    let mut found = Vec::new();
    let mut down: Option<char> = None;
    for entry in json::objects(json::find(dialog, &["party_history"])).take(ENTRIES_MAX) {
        let time = json::text(entry, &["time"]).and_then(crate::clock::parse);
        let (Some((at_ms, _)), Some(event)) = (time, json::text(entry, &["event"])) else { continue };
        match event {
            "hold" => found.push((at_ms, Moment::Hold(true))),
            "join" => {
                let party = json::find(entry, &["party"]).and_then(json::index);
                found.extend(party.map(|party| (at_ms, Moment::Join(party))));
            }
            "unhold" => found.push((at_ms, Moment::Hold(false))),
            "keydown" => {
                down = button(entry).next();
                found.extend(presses(entry).map(|key| (at_ms, key)));
            }
            // A recorder that notes only that keys were let go has noted the press all the same.
            "keyup" if down.is_none() || down != button(entry).next() => {
                found.extend(presses(entry).map(|key| (at_ms, key)));
            }
            "keyup" => down = None,
            // No draft has it, gateways write it: one entry a key, or one for several.
            "dtmf" => found.extend(presses(entry).map(|key| (at_ms, key))),
            _ => {}
        }
    }
    found
}

/// The keys of an entry; the fourth column of the keypad (A to D) is on no telephone.
fn button(entry: &Map<String, Value>) -> impl Iterator<Item = char> {
    let value = json::find(entry, &["button", "digit", "digits", "key", "dtmf"]);
    let text = value.and_then(|value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    });
    let text = text.unwrap_or_default();
    let keys: Vec<char> = text.chars().filter(|key| key.is_ascii_digit() || "*#".contains(*key)).collect();
    keys.into_iter()
}

fn presses(entry: &Map<String, Value>) -> impl Iterator<Item = Moment> {
    let party = json::find(entry, &["party"]).and_then(json::index);
    button(entry).map(move |key| Moment::Key(key, party))
}
