//! What a dialog did, in the author's words.

use tandem_centre::{DialogStep, Told};
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
    let queue = |slot: Slot| word_of(manifest, VocabularyKind::Queue, slot);
    match act {
        DialogAct::Say(_) => "say".to_owned(),
        DialogAct::Retain(_) => "retain".to_owned(),
        DialogAct::Ask(ask) => match spec.asks.get(*ask as usize).and_then(|ask| ask.offers) {
            Some(offered) => format!("offer {}", queue(offered)),
            None => "ask".to_owned(),
        },
        DialogAct::Answer { source_call, .. } => format!("answer {}", source_name(manifest, *source_call)),
        DialogAct::Transfer { to: TransferTo::Queue(slot), .. } => format!("transfer {}", queue(*slot)),
        DialogAct::Transfer { to: TransferTo::Route(entry), .. } => {
            let route = manifest.entries.get(*entry as usize).map_or("a route", |entry| &entry.name);
            format!("transfer by {route}")
        }
        DialogAct::Note { name, .. } => format!("note {name}"),
        DialogAct::Ticket(_) => "ticket".to_owned(),
        DialogAct::Send { channel, .. } => format!("send {channel}"),
        DialogAct::When { .. } => "when".to_owned(),
        DialogAct::Back => "back".to_owned(),
        DialogAct::Resolved => "resolved".to_owned(),
        DialogAct::End => "end".to_owned(),
    }
}

fn source_name(manifest: &Manifest, call: u32) -> &str {
    let call = manifest.source_calls.get(call as usize);
    let source = call.and_then(|call| manifest.sources.get(call.source as usize));
    source.map_or("a source", |source| &source.name)
}

/// One step as a line: `3s asks "…" (bank.self_service)`; nothing for steps that decisions tell.
pub(crate) fn show_told(manifest: &Manifest, step: DialogStep<'_>) -> Option<String> {
    if matches!(step.what, Told::Transferred { .. }) {
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
        Told::Unresolved(times) => format!("unresolved turn {times}"),
        Told::Silent(times) => format!("silence {times}"),
        Told::Retained(text) => format!("retains \"{text}\""),
        Told::Answered(text) => format!("answers \"{text}\""),
        Told::NotAnswered(call) => format!("no answer of {}", source_name(manifest, call)),
        Told::Accepted(slot) => format!("accepted {}", queue(slot)),
        Told::Declined(slot) => format!("declined {}", queue(slot)),
        Told::Noted { name, value } => format!("notes {name} = {value}"),
        Told::Sent { channel, text } => format!("sends {channel} \"{text}\""),
        Told::TicketOpened(_) => "opens a ticket".to_owned(),
        Told::Transferred { queue: slot, .. } => format!("transfers to {}", queue(slot)),
        Told::Resolved => "resolved".to_owned(),
        Told::Ended => "ends the call".to_owned(),
        Told::Finished => "is over".to_owned(),
        Told::TakenAway => "is over: something else moved the call".to_owned(),
        Told::HungUp => "is over: the call ended".to_owned(),
    }
}
