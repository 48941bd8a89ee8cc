//! Where a recording must be silent: personal data as it was said and keyed, by the masks of the policy.
//!
//! Records have times of turns, not of words: where in its turn a number was said is estimated by its letters and widened
//! on both sides. What is hidden too much can be heard in the transcript's neighbourhood; what is hidden too little is out.

use serde::Serialize;
use tandem_archive::RecordedCall;
use tandem_centre::Call;
use tandem_stdlib::contract::{Event, Manifest, MaskSpec, Party, Turn};
use tandem_stdlib::words::redact::find;

/// A span begins so much earlier and ends so much later than estimated, as far as its turn goes: milliseconds.
pub const HIDDEN_AROUND_MS: i64 = 1_000;

/// How long a key sounds at most, milliseconds.
const KEY_MS: i64 = 300;

/// Spans of one call that are listed; a call with more is hidden from the last one's beginning to its end.
pub const MAX_HIDDEN_SPANS: usize = 1_000;

/// A part of a recording that nobody may hear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HiddenSpan<'m> {
    /// Milliseconds since the call's start.
    pub start_ms: i64,
    /// Milliseconds since the call's start; behind the start.
    pub end_ms: i64,
    /// What is heard there, such as `card_number`.
    pub kind: &'static str,
    /// Who says or keys it: `customer` or `agent`.
    pub party: &'static str,
    /// The module or quality check whose mask hides it.
    pub policy: &'m str,
}

/// The spans of a call that has ended, in order of time: those of every mask of recordings whose condition holds.
pub(crate) fn hidden<'m>(
    manifest: &'m Manifest,
    call: &mut Call,
    recorded: &RecordedCall,
) -> Vec<HiddenSpan<'m>> {
    let mut spans = Vec::new();
    for mask in manifest.masks.iter().filter(|mask| mask.recording) {
        if mask.when.is_none_or(|when| call.evaluate(when as usize).is_some()) {
            said(mask, recorded, &mut spans);
            keyed(mask, recorded, &mut spans);
        }
    }
    spans.sort_by_key(|span| (span.start_ms, span.end_ms));
    if spans.len() > MAX_HIDDEN_SPANS {
        spans.truncate(MAX_HIDDEN_SPANS);
        spans.last_mut().into_iter().for_each(|last| last.end_ms = last.end_ms.max(recorded.duration_ms));
    }
    spans
}

fn said<'m>(mask: &'m MaskSpec, recorded: &RecordedCall, spans: &mut Vec<HiddenSpan<'m>>) {
    for (_, event) in recorded.events() {
        let Event::Turn(turn) = event else { continue };
        for found in find(turn.text, &mask.kinds) {
            let (start_ms, end_ms) = (within(&turn, found.bytes.start), within(&turn, found.bytes.end));
            spans.push(HiddenSpan {
                start_ms: start_ms.saturating_sub(HIDDEN_AROUND_MS).max(turn.start_ms),
                end_ms: end_ms.saturating_add(HIDDEN_AROUND_MS).min(turn.end_ms),
                kind: found.kind.name(),
                party: turn.party.name(),
                policy: &mask.name,
            });
        }
    }
}

/// When a byte of a turn is said, if every letter takes as long.
fn within(turn: &Turn<'_>, byte: usize) -> i64 {
    let letters = |text: &str| i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let (before, all) = (letters(turn.text.get(..byte).unwrap_or(turn.text)), letters(turn.text).max(1));
    let length_ms = turn.end_ms.saturating_sub(turn.start_ms).max(0);
    turn.start_ms.saturating_add(length_ms.saturating_mul(before) / all)
}

/// Keys of one call, in order, are one text.
fn keyed<'m>(mask: &'m MaskSpec, recorded: &RecordedCall, spans: &mut Vec<HiddenSpan<'m>>) {
    let keys: Vec<(i64, char)> = recorded
        .events()
        .filter_map(|(at_ms, event)| if let Event::Key(key) = event { Some((at_ms, key)) } else { None })
        .collect();
    // A key is one byte.
    let text: String = keys.iter().map(|(_, key)| if key.is_ascii() { *key } else { '*' }).collect();
    for found in find(&text, &mask.kinds) {
        let at = |byte: usize| keys.get(byte).map(|(at_ms, _)| *at_ms);
        let (Some(first_ms), Some(last_ms)) = (at(found.bytes.start), at(found.bytes.end.saturating_sub(1)))
        else {
            continue;
        };
        spans.push(HiddenSpan {
            start_ms: first_ms,
            end_ms: last_ms.saturating_add(KEY_MS).min(recorded.duration_ms.max(last_ms)),
            kind: found.kind.name(),
            party: Party::Customer.name(),
            policy: &mask.name,
        });
    }
}
