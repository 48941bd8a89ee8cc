//! What a dialog did, in the author's words.

use tandem_centre::{DialogStep, Heard, Told};
use tandem_stdlib::contract::{BlockRef, DialogAct, DialogSpec, Manifest, Slot, TransferTo, VocabularyKind};
use tandem_stdlib::show::show_time;

use crate::word::word_of;

/// Acts that are named of one block.
const ACTS_SHOWN: usize = 4;

/// What a handler's block does, such as `say, ask`.
pub(crate) fn show_block(manifest: &Manifest, dialog: usize, block: BlockRef) -> String {
    let Some(spec) = manifest.dialogs.get(dialog) else { return String::new() };
    let acts = spec.blocks.get(block as usize).map(Vec::as_slice).unwrap_or_default();
    let mut shown: Vec<String> =
        acts.iter().take(ACTS_SHOWN).map(|act| show_act(manifest, spec, act)).collect();
    if acts.len() > ACTS_SHOWN {
        shown.push("…".to_owned());
    }
    if shown.is_empty() { "ask again".to_owned() } else { shown.join(", ") }
}

fn show_act(manifest: &Manifest, spec: &DialogSpec, act: &DialogAct) -> String {
    match act {
        DialogAct::Say(_) => "say".to_owned(),
        DialogAct::Retain(_) => "retain".to_owned(),
        DialogAct::Ask(ask) => match spec.asks.get(*ask as usize).and_then(|ask| ask.offers) {
            Some(to) => format!("offer {}", show_target(manifest, to)),
            None => "ask".to_owned(),
        },
        DialogAct::Answer { source_call, .. } => format!("answer {}", source_name(manifest, *source_call)),
        DialogAct::Transfer { to, .. } => format!("transfer {}", show_target(manifest, *to)),
        DialogAct::Note { name, .. } => format!("note {name}"),
        DialogAct::Ticket(ticket) => format!("ticket {}", ticket_name(manifest, *ticket)),
        DialogAct::Send { channel, .. } => format!("send {channel}"),
        DialogAct::When { .. } => "when".to_owned(),
        DialogAct::Back => "back".to_owned(),
        DialogAct::Resolved => "resolved".to_owned(),
        DialogAct::End => "end".to_owned(),
    }
}

/// `general`, or `by arrival`.
fn show_target(manifest: &Manifest, to: TransferTo) -> String {
    match to {
        TransferTo::Queue(slot) => word_of(manifest, VocabularyKind::Queue, slot).to_owned(),
        TransferTo::Route(entry) => {
            let route = manifest.entries.get(entry as usize).map_or("a route", |entry| &entry.name);
            format!("by {route}")
        }
        TransferTo::Offered => "as offered".to_owned(),
    }
}

fn ticket_name(manifest: &Manifest, ticket: u32) -> &str {
    manifest.tickets.get(ticket as usize).map_or("", |ticket| &ticket.name)
}

fn source_name(manifest: &Manifest, call: u32) -> &str {
    let call = manifest.source_calls.get(call as usize);
    let source = call.and_then(|call| manifest.sources.get(call.source as usize));
    source.map_or("a source", |source| &source.name)
}

/// One step as a line: `3s asks "…" (bank.self_service)`; nothing for steps that decisions tell.
pub(crate) fn show_told(manifest: &Manifest, step: DialogStep<'_>) -> Option<String> {
    if matches!(step.what, Told::Transferred { .. } | Told::Followed { .. }) {
        return None;
    }
    let name = manifest.dialogs.get(step.dialog).map_or("", |dialog| &dialog.name);
    Some(format!("{} {} ({name})", show_time(step.at_ms), told(manifest, step.what)))
}

/// What a dialog did, such as `asks "…"`.
pub(super) fn told(manifest: &Manifest, what: Told<'_>) -> String {
    let queue = |slot: Slot| word_of(manifest, VocabularyKind::Queue, slot);
    match what {
        Told::Began => "begins".to_owned(),
        Told::Said(text) => format!("says \"{text}\""),
        Told::Asked { text, offers: 0, .. } => format!("asks \"{text}\""),
        Told::Asked { text, offers, .. } => format!("offers {} with \"{text}\"", queue(offers)),
        Told::Heard(Heard::Words(text)) => format!("hears \"{text}\""),
        Told::Heard(Heard::Key(key)) => format!("hears key {key}"),
        Told::Heard(Heard::Intent(slot)) => {
            format!("hears intent {}", word_of(manifest, VocabularyKind::Intent, slot))
        }
        Told::Followed { entry, outcome } => format!("follows {}", handler(manifest, entry, outcome)),
        Told::Unresolved(times) => format!("unresolved turn {times}"),
        Told::Silent(times) => format!("silence {times}"),
        Told::Retained(text) => format!("retains \"{text}\""),
        Told::Answered(text) => format!("answers \"{text}\""),
        Told::LooksUp(call) => format!("waits for {}", source_name(manifest, call)),
        Told::NotAnswered { source_call, late } => {
            let in_time = if late { " in time" } else { "" };
            format!("no answer of {}{in_time}", source_name(manifest, source_call))
        }
        Told::Accepted(slot) => format!("accepted {}", queue(slot)),
        Told::Declined(slot) => format!("declined {}", queue(slot)),
        Told::Withheld(slot) => format!("does not offer {}", queue(slot)),
        Told::Noted { name, value } => format!("notes {name} = {value}"),
        Told::Sent { channel, text } => format!("sends {channel} \"{text}\""),
        Told::TicketOpened(ticket) => format!("opens ticket {}", ticket_name(manifest, ticket)),
        Told::Transferred { queue: slot, .. } => format!("transfers to {}", queue(slot)),
        Told::Resolved => "resolved".to_owned(),
        Told::Ended => "ends the call".to_owned(),
        Told::Finished => "is over".to_owned(),
        Told::TakenAway => "is over: something else moved the call".to_owned(),
        Told::HungUp => "is over: the call ended".to_owned(),
    }
}

/// A handler as its author wrote it.
fn handler(manifest: &Manifest, entry: usize, outcome: usize) -> &str {
    let entry = manifest.entries.get(entry);
    entry.and_then(|entry| entry.outcomes.get(outcome)).map_or("a handler", |outcome| &outcome.label)
}
