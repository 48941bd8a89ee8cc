//! Campaigns and tickets in the words of the language.

use tandem_stdlib::contract::{FollowedBy, Manifest, Slot, VocabularyKind};

use crate::names::word_of;
use crate::script::heard::show_fields;
use crate::script::judge::Finding;

/// Whether something happened as often as expected, with both sides shown: `found` is all of its kind, each with whether
/// it is what was expected.
pub(in crate::script) fn counted(
    what: &str,
    times: Option<u32>,
    found: &[(bool, String)],
    none: &str,
) -> Finding {
    let fitting = found.iter().filter(|(fits, _)| *fits).count();
    let count = u32::try_from(fitting).unwrap_or(u32::MAX);
    let held = times.map_or(count > 0, |times| count == times);
    let expected = match times {
        Some(0) => format!("no {what}"),
        Some(1) => format!("{what} exactly 1 time"),
        Some(times) => format!("{what} exactly {times} times"),
        None => what.to_owned(),
    };
    let shown: Vec<&str> = found.iter().map(|(_, shown)| shown.as_str()).collect();
    let found = if shown.is_empty() { format!("no {none} so far") } else { shown.join(", ") };
    Finding { held, expected, found }
}

/// What followed a grade.
pub(super) fn followed(manifest: &Manifest, what: &FollowedBy) -> String {
    match what {
        FollowedBy::Transfer(queue) => {
            format!("transfer {}", word_of(manifest, VocabularyKind::Queue, *queue))
        }
        FollowedBy::Person => "follow up by person".to_owned(),
        FollowedBy::Send(channel, None) => format!("send {channel}"),
        FollowedBy::Send(channel, Some(text)) => format!("send {channel} \"{text}\""),
        FollowedBy::CallAgain => "call again".to_owned(),
        FollowedBy::Ticket(kind) => format!("ticket {}", ticket(manifest, *kind)),
        FollowedBy::NeverAgain => "never call again".to_owned(),
    }
}

/// Whether two are of one kind, whatever the words.
pub(super) fn alike(one: &FollowedBy, other: &FollowedBy) -> bool {
    match (one, other) {
        (FollowedBy::Send(..), FollowedBy::Send(..)) => true,
        (one, other) => one == other,
    }
}

/// Whether this is what was expected.
pub(super) fn same(expected: &FollowedBy, found: &FollowedBy) -> bool {
    match (expected, found) {
        (FollowedBy::Send(wanted, None), FollowedBy::Send(channel, _)) => wanted == channel,
        (expected, found) => expected == found,
    }
}

/// What was handed over or noted.
pub(super) fn telling(what: &FollowedBy, told: &[(String, String)]) -> String {
    let word = if matches!(what, FollowedBy::Transfer(_)) { "handing over" } else { "noting" };
    if told.is_empty() { String::new() } else { format!(" {word} {}", show_fields(told)) }
}

/// ` because "…"`
pub(super) fn because_of(because: Option<&str>) -> String {
    because.map_or(String::new(), |because| format!(" because \"{because}\""))
}

/// The name of a kind of ticket.
pub(super) fn ticket(manifest: &Manifest, kind: u32) -> &str {
    manifest.tickets.get(kind as usize).map_or("", |ticket| ticket.name.as_str())
}

/// A role's word.
pub(super) fn role(manifest: &Manifest, slot: Slot) -> &str {
    word_of(manifest, VocabularyKind::Role, slot)
}

/// The name of a step of a kind of ticket.
pub(super) fn step_name(manifest: &Manifest, kind: u32, step: u32) -> &str {
    let kind = manifest.tickets.get(kind as usize);
    kind.and_then(|kind| kind.steps.get(step as usize)).map_or("", |step| step.name.as_str())
}
