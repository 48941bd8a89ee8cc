//! Numbers of a campaign: attempts, waits, quiet periods, times, the number shown, who talks.

use tandem_stdlib::contract::{AttemptCap, CampaignSpec, Disposition, Slot};

use super::missing;
use super::said::Said;
use crate::check::context::Context;
use crate::check::dialling;
use crate::check::dialogs::dialog_named;
use crate::check::limits::stretch;
use crate::check::types::phone;
use crate::check::watches::target;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::Campaign;

/// How long it rings when nothing else is said, in milliseconds.
const RING_DEFAULT_MS: i64 = 20_000;

/// How soon somebody must be there when nothing else is said, in milliseconds.
const CONNECT_DEFAULT_MS: i64 = 2_000;

/// How long a detector of answering machines listens when nothing else is said, in milliseconds.
const MACHINE_DEFAULT_MS: i64 = 1_000;

/// The longest ring and the longest way to somebody, in milliseconds.
const RING_MS_MAX: i64 = 300_000;

/// What a campaign limits.
pub(super) struct Limits {
    /// Caps with their places.
    pub(super) attempts: Vec<(AttemptCap, Span)>,
    waits: Vec<(Disposition, i64)>,
    /// Quiet periods; with the place where the campaign says so itself.
    pub(super) quiet: Vec<(Disposition, i64, Option<Span>)>,
    pub(super) ring_ms: Option<i64>,
    /// 0: nobody looks for machines.
    pub(super) machine_ms: i64,
    pub(super) connect_ms: Option<i64>,
    caller_id: Slot,
    /// Index of the dialog.
    pub(super) dialog: Option<u32>,
    queue: Slot,
}

/// `None`: something is wrong, which has been reported.
pub(super) fn limits(
    context: &mut Context<'_>,
    item: &Campaign,
    said: &Said<'_>,
    dialog: Option<Option<u32>>,
) -> Option<Limits> {
    let attempts = said.attempts.iter().map(|cap| Some((dialling::attempts(context, cap)?, cap.span)));
    let attempts: Vec<Option<_>> = attempts.collect();
    let waits: Vec<Option<_>> = said.waits.iter().map(|waits| dialling::waits(context, waits)).collect();
    let waits = waits.into_iter().collect::<Option<Vec<_>>>().map(|waits| waits.concat());
    let waits = waits.and_then(|waits| each_once(context, item, waits));
    let quiet = quiet(context, said);
    let time = |context: &mut Context<'_>, said: Option<_>| match said {
        Some(said) => stretch(context, said, RING_MS_MAX).map(Some),
        None => Some(None),
    };
    let (ring_ms, connect_ms) = (time(context, said.ring), time(context, said.connect));
    let machine_ms = match said.machine {
        Some((machine, _)) => time(context, machine.within).map(|ms| ms.unwrap_or(MACHINE_DEFAULT_MS)),
        None => Some(0),
    };
    let caller_id = match said.shown {
        Some(number) => {
            phone(context, &number.text, number.span).map(|()| context.literals.slot(&number.text))
        }
        None => Some(0),
    };
    let queue = talks(context, item, said);
    let (dialog, queue) = (dialog?, queue?);
    Some(Limits {
        attempts: attempts.into_iter().collect::<Option<_>>()?,
        waits: waits?,
        quiet: quiet?,
        ring_ms: ring_ms?,
        machine_ms: machine_ms?,
        connect_ms: connect_ms?,
        caller_id: caller_id?,
        dialog,
        queue,
    })
}

fn each_once(
    context: &mut Context<'_>,
    item: &Campaign,
    waits: Vec<(Disposition, i64)>,
) -> Option<Vec<(Disposition, i64)>> {
    for (at, (after, _)) in waits.iter().enumerate() {
        if waits.iter().take(at).any(|(before, _)| before == after) {
            let message = format!("the campaign waits twice after `{}`", after.name());
            let twice = Diagnostic::new(Code::DeclaredTwice, item.name.span, message);
            context.report(twice.help("leave one of the two times"));
            return None;
        }
    }
    Some(waits)
}

fn quiet(context: &mut Context<'_>, said: &Said<'_>) -> Option<Vec<(Disposition, i64, Option<Span>)>> {
    let mut quiet = Vec::new();
    for written in &said.quiet {
        let periods = dialling::quiet(context, written)?;
        quiet.extend(periods.into_iter().map(|(after, lasts_ms)| (after, lasts_ms, Some(written.span))));
    }
    Some(quiet)
}

/// The dialog that speaks first; `None`: there is none of that name, which has been reported.
pub(super) fn dialog(context: &mut Context<'_>, file: usize, said: &Said<'_>) -> Option<Option<u32>> {
    match said.dialog {
        Some(path) => dialog_named(context, file, path).map(Some),
        None => Some(None),
    }
}

/// The queue, without which there must be a dialog.
fn talks(context: &mut Context<'_>, item: &Campaign, said: &Said<'_>) -> Option<Slot> {
    if said.dialog.is_none() && said.agents.is_none() {
        missing(
            context,
            item,
            "talks to those who answer",
            "write `run dialog renewal_offer`, or `agents of sales`",
        );
        return None;
    }
    match said.agents {
        Some((name, _)) => {
            let slot = target(context, true, name)?;
            context.reach_queue(slot);
            Some(slot)
        }
        None => Some(0),
    }
}

impl Limits {
    /// Warns of a campaign that nothing, neither itself nor a law, keeps from calling again and again.
    pub(super) fn warn_of_endless(&self, context: &mut Context<'_>, item: &Campaign) {
        if !self.attempts.is_empty() || !self.waits.is_empty() || context.is_incomplete(item.span) {
            return;
        }
        let message = format!("nothing limits how often the campaign `{}` calls somebody", item.name.text);
        let warning = Diagnostic::new(Code::CallsWithoutLimit, item.name.span, message);
        let help = "say how often, `at most 3 attempts per 7d per person`, or how long to wait, \
                    `wait 4h after no_answer, 1h after busy`";
        context.report(warning.help(help));
    }

    /// Writes them, laws worked in, with what nobody said.
    pub(super) fn write(self, spec: &mut CampaignSpec) {
        spec.attempts = self.attempts.into_iter().map(|(cap, _)| cap).collect();
        spec.waits = self.waits;
        spec.lockouts = self.quiet.into_iter().map(|(after, lasts_ms, _)| (after, lasts_ms)).collect();
        spec.ring_ms = self.ring_ms.unwrap_or(RING_DEFAULT_MS);
        spec.machine_within_ms = self.machine_ms;
        spec.connect_within_ms = self.connect_ms.unwrap_or(CONNECT_DEFAULT_MS);
        (spec.caller_id, spec.dialog, spec.queue) = (self.caller_id, self.dialog, self.queue);
    }
}
