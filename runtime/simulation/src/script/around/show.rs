//! Campaigns and tickets in the words of the language.

use tandem_stdlib::contract::{FollowedBy, Manifest, Slot, VocabularyKind};

use crate::names::word_of;
use crate::script::judge::Finding;

/// Whether something happened as often as expected, with both sides shown.
pub(super) fn counted(what: &str, times: Option<u32>, found: &[String], none: &str) -> Finding {
    let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let held = times.map_or(count > 0, |times| count == times);
    let expected = match times {
        Some(0) => format!("no {what}"),
        Some(1) => format!("{what} exactly 1 time"),
        Some(times) => format!("{what} exactly {times} times"),
        None => what.to_owned(),
    };
    let found = if found.is_empty() { format!("no {none} so far") } else { found.join(", ") };
    Finding { held, expected, found }
}

/// What followed a grade.
pub(super) fn followed(manifest: &Manifest, what: &FollowedBy) -> String {
    match what {
        FollowedBy::Transfer(queue) => {
            format!("transfer {}", word_of(manifest, VocabularyKind::Queue, *queue))
        }
        FollowedBy::Person => "follow up by person".to_owned(),
        FollowedBy::Send(channel) => format!("send {channel}"),
        FollowedBy::CallAgain => "call again".to_owned(),
        FollowedBy::Ticket(kind) => format!("ticket {}", ticket(manifest, *kind)),
        FollowedBy::NeverAgain => "never call again".to_owned(),
    }
}

/// The name of a kind of ticket.
pub(super) fn ticket(manifest: &Manifest, kind: u32) -> &str {
    manifest.tickets.get(kind as usize).map_or("", |ticket| ticket.name.as_str())
}

/// A role's word.
pub(super) fn role(manifest: &Manifest, slot: Slot) -> &str {
    word_of(manifest, VocabularyKind::Role, slot)
}
