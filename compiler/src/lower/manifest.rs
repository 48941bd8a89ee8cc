//! The manifest: everything about the compiled policy that is data.

use tandem_lang::program::{Choice, Program, Qa, Route, Watch};
use tandem_stdlib::contract::{
    AssistSpec, Bounds, Entry, EntryKind, FactSpec, Manifest, ModeSpec, NamedPhrases, Outcome, Slot, Trigger,
};

use super::Lowered;

/// Bytes in a slot.
const SLOT_BYTES: u32 = 8;

/// Puts the manifest together; `lowered` has routes, then watches, then quality checks.
pub(super) fn manifest(program: &Program, facts: Vec<FactSpec>, lowered: &[Lowered]) -> Manifest {
    let mut entries = Vec::with_capacity(lowered.len());
    let mut rest = lowered.iter();
    entries.extend(program.routes.iter().zip(rest.by_ref()).map(|(route, one)| entry_of_route(route, one)));
    entries.extend(program.watches.iter().zip(rest.by_ref()).map(|(watch, one)| entry_of_watch(watch, one)));
    entries.extend(program.qas.iter().zip(rest).map(|(qa, one)| entry_of_quality(qa, one)));
    Manifest {
        vocabularies: program.vocabularies.clone(),
        facts,
        sources: program.sources.clone(),
        source_calls: program.source_calls.clone(),
        calendars: program.calendars.clone(),
        phrases: program.phrases.iter().map(|set| NamedPhrases { name: set.name.clone() }).collect(),
        heard_as: heard_as(program),
        literals: program.literals.clone(),
        queues: program.queues.clone(),
        dialogs: program.dialogs.clone(),
        notes: program.notes.clone(),
        campaigns: program.campaigns.clone(),
        tickets: program.tickets.clone(),
        modes: modes(program),
        assists: assists(program),
        attention: program.attention,
        transfers: program.transfers.clone(),
        targets: program.targets.clone(),
        exports: program.exports.clone(),
        samplings: program.samplings.clone(),
        protected: program.protected.clone(),
        masks: program.masks.clone(),
        experiments: program.experiments.clone(),
        entries,
        scripts: program.tests.clone(),
        replays: program.replays.clone(),
        ..Manifest::default()
    }
}

/// Watches stand behind all routes in the list of entries.
fn modes(program: &Program) -> Vec<ModeSpec> {
    let routes = u32::try_from(program.routes.len()).unwrap_or(u32::MAX);
    let behind = |mode: &ModeSpec| ModeSpec { watch: mode.watch.saturating_add(routes), ..mode.clone() };
    program.modes.iter().map(behind).collect()
}

fn assists(program: &Program) -> Vec<AssistSpec> {
    let routes = u32::try_from(program.routes.len()).unwrap_or(u32::MAX);
    let behind = |one: &AssistSpec| AssistSpec { watch: one.watch.saturating_add(routes), ..one.clone() };
    program.assists.iter().map(behind).collect()
}

fn heard_as(program: &Program) -> Vec<(u32, Slot)> {
    let sets = program.phrases.iter().zip(0_u32..);
    sets.filter_map(|(set, index)| set.heard_as.map(|intent| (index, intent))).collect()
}

fn entry_of_route(route: &Route, lowered: &Lowered) -> Entry {
    let outcomes = route.choices.iter().flat_map(|choice| match choice {
        Choice::Table(table) => table.rows.iter().map(|row| row.outcome.clone()).collect::<Vec<_>>(),
        Choice::Rule(rule) => vec![rule.outcome.clone()],
    });
    Entry {
        name: route.name.clone(),
        kind: EntryKind::Route { outputs: route.outputs.clone(), prefer: route.prefer },
        triggers: route.triggers.clone(),
        effective: route.effective,
        outcomes: outcomes.collect(),
        state_slots: lowered.function.state_slots,
        answer_slots: lowered.function.answer.slots(),
        place: route.place.clone(),
    }
}

fn entry_of_watch(watch: &Watch, lowered: &Lowered) -> Entry {
    let bounds = Bounds {
        state_bytes: lowered.function.state_slots.saturating_mul(SLOT_BYTES),
        horizon_ms: lowered.horizon_ms,
    };
    Entry {
        name: watch.name.clone(),
        kind: EntryKind::Watch {
            action: watch.action,
            because: watch.because.clone(),
            follow_up: watch.follow_up,
            clears: watch.clear.is_some(),
            bounds,
        },
        triggers: with(&watch.triggers, &[Trigger::Wake]),
        effective: watch.effective,
        outcomes: watch.branches.iter().map(|(_, outcome)| outcome.clone()).collect(),
        state_slots: lowered.function.state_slots,
        answer_slots: lowered.function.answer.slots(),
        place: watch.place.clone(),
    }
}

fn entry_of_quality(qa: &Qa, lowered: &Lowered) -> Entry {
    let outcomes = qa.items.iter().map(|(_, item)| Outcome {
        label: item.label.clone(),
        because: item.reason.because.clone(),
        place: item.reason.place.clone(),
    });
    Entry {
        name: qa.name.clone(),
        kind: EntryKind::Qa {
            items: qa.items.iter().map(|(_, item)| item.clone()).collect(),
            pass_share: qa.pass_share,
        },
        triggers: with(&qa.triggers, &[Trigger::Wake, Trigger::End]),
        effective: qa.effective,
        outcomes: outcomes.collect(),
        state_slots: lowered.function.state_slots,
        answer_slots: lowered.function.answer.slots(),
        place: qa.place.clone(),
    }
}

/// The triggers with these added where they are missing.
fn with(triggers: &[Trigger], needed: &[Trigger]) -> Vec<Trigger> {
    let missing = needed.iter().filter(|one| !triggers.contains(one));
    triggers.iter().chain(missing).copied().collect()
}
