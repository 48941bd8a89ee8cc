//! Names of the policy's words, for reports.

use tandem_centre::What;
use tandem_stdlib::contract::{
    Action, CampaignSpec, EntryKind, EntryRef, Manifest, NotCalled, Slot, Type, VocabularyKind,
};

use crate::dialogs::show_block;
use crate::report::DecisionKind;
use crate::value::{Cell, parse_value, show_value};
pub(crate) use crate::word::word_of;

/// Why a lead is not called: the reason of the guard's author, or the limit in words.
pub(crate) fn why_not_called(manifest: &Manifest, never: Option<EntryRef>, because: NotCalled) -> String {
    let guards = never.and_then(|entry| manifest.entries.get(entry as usize));
    let guard = match because {
        NotCalled::Guard(outcome) => guards.and_then(|guards| guards.outcomes.get(outcome as usize)),
        _ => None,
    };
    let reason = guard.map(|guard| guard.because.as_str()).filter(|because| !because.is_empty());
    reason.unwrap_or(because.words()).to_owned()
}

/// The type of a campaign's grades.
fn grade_type(manifest: &Manifest, spec: &CampaignSpec) -> Option<Type> {
    let entry = manifest.entries.get(spec.grade? as usize)?;
    let EntryKind::Route { outputs, .. } = &entry.kind else { return None };
    outputs.first().map(|output| output.ty)
}

/// A grade's word.
pub(crate) fn show_grade(manifest: &Manifest, spec: &CampaignSpec, grade: Slot) -> String {
    grade_type(manifest, spec).map_or_else(String::new, |ty| show_value(manifest, ty, grade, None))
}

/// The grade that a word means.
pub(crate) fn grade_of_word(manifest: &Manifest, spec: &CampaignSpec, word: &str) -> Result<Slot, String> {
    let Some(ty) = grade_type(manifest, spec) else {
        return Err(format!("campaign `{}` has no grades; leave `grade` out", spec.name));
    };
    match parse_value(manifest, ty, word)? {
        Some(Cell::Slot(slot)) => Ok(slot),
        _ => Err(format!("`{word}` is no grade of campaign `{}`", spec.name)),
    }
}

/// An action in the author's spelling: `alert supervisor`, `transfer complaints`.
pub(crate) fn show_action(manifest: &Manifest, action: Action) -> String {
    match action {
        Action::Alert(role) => format!("alert {}", word_of(manifest, VocabularyKind::Role, role)),
        Action::Transfer(queue) => format!("transfer {}", word_of(manifest, VocabularyKind::Queue, queue)),
        Action::Card { text, role, .. } => show_card(manifest, text, role),
        Action::Mode(mode) => {
            let name = manifest.modes.get(mode as usize).map_or("", |mode| mode.name.as_str());
            format!("mode {name}")
        }
        Action::Nothing => "noticed".to_owned(),
    }
}

fn show_card(manifest: &Manifest, text: Slot, role: Slot) -> String {
    let index = text.checked_sub(1).and_then(|index| usize::try_from(index).ok());
    let card = index.and_then(|index| manifest.literals.get(index)).map_or("", String::as_str);
    match role {
        0 => format!("card \"{card}\""),
        _ => format!("card \"{card}\" to {}", word_of(manifest, VocabularyKind::Role, role)),
    }
}

/// The kind of a decision, and what it decided in the author's spelling.
pub(crate) fn show_what<'t>(
    manifest: &Manifest,
    entry: usize,
    what: What<'_>,
    text: impl Fn(Slot) -> Option<&'t str>,
) -> (DecisionKind, String) {
    match what {
        What::Outputs(slots) => (DecisionKind::Route, show_outputs(manifest, entry, slots, text)),
        What::Alert { role, follow_up } => (
            if follow_up { DecisionKind::FollowUpAlert } else { DecisionKind::Alert },
            show_action(manifest, Action::Alert(role)),
        ),
        What::Transfer { queue, follow_up } => (
            if follow_up { DecisionKind::FollowUpTransfer } else { DecisionKind::Transfer },
            show_action(manifest, Action::Transfer(queue)),
        ),
        What::Card { text: card, role, fields, .. } => (
            DecisionKind::Card,
            show_card(manifest, card, role) + &show_fields(manifest, entry, fields, text),
        ),
        What::Mode(mode) => (DecisionKind::Alert, show_action(manifest, Action::Mode(mode))),
        What::Handler { dialog, block } => (DecisionKind::Dialog, show_block(manifest, dialog, block)),
        What::Noticed => (DecisionKind::Noticed, show_action(manifest, Action::Nothing)),
        What::Cleared => (DecisionKind::Clear, "clear".to_owned()),
    }
}

/// What stands on a card beside its text: ` (discount 10%)`.
fn show_fields<'t>(
    manifest: &Manifest,
    watch: usize,
    fields: &[Slot],
    text: impl Fn(Slot) -> Option<&'t str>,
) -> String {
    let assist = manifest.assists.iter().find(|assist| assist.watch as usize == watch);
    match assist.and_then(|assist| assist.shows) {
        Some(shows) if !fields.is_empty() => {
            format!(" ({})", show_outputs(manifest, shows as usize, fields, text))
        }
        _ => String::new(),
    }
}

/// A route's outputs in the author's spelling: `queue vip_desk, priority 80`.
pub(crate) fn show_outputs<'t>(
    manifest: &Manifest,
    entry: usize,
    slots: &[Slot],
    text: impl Fn(Slot) -> Option<&'t str>,
) -> String {
    let Some(EntryKind::Route { outputs, .. }) = manifest.entries.get(entry).map(|entry| &entry.kind) else {
        return String::new();
    };
    let mut shown = String::new();
    for (output, slot) in outputs.iter().zip(slots) {
        if !shown.is_empty() {
            shown.push_str(", ");
        }
        shown.push_str(&output.name);
        shown.push(' ');
        shown.push_str(&show_value(manifest, output.ty, *slot, text(*slot)));
    }
    shown
}
