//! What a campaign's limits come from, line by line: its own and those of its laws.

use tandem_stdlib::contract::{CallingHours, CallingWeek, Clause, EntryRef, Limit};

use super::hours::{Hours, all_week_but};
use super::limits::Limits;
use super::said::Said;
use crate::check::context::{Context, small};
use crate::check::dialling::{days_off, waits};
use crate::check::laws::{Asks, Law};
use crate::source::Span;

/// All clauses: those of the campaign, then those of each law.
pub(super) fn clauses(
    context: &mut Context<'_>,
    file: usize,
    said: &Said<'_>,
    (hours, limits): (&Hours, &Limits),
    (laws, consent): (&[Law], Option<EntryRef>),
) -> Vec<Clause> {
    let mut found: Vec<(Option<u32>, Span, Limit)> = Vec::new();
    found
        .extend(own(context, file, said, hours, limits).into_iter().map(|(span, limit)| (None, span, limit)));
    for (at, law) in laws.iter().enumerate() {
        for (asks, line) in &law.asks {
            found.extend(asked(asks, consent).into_iter().map(|limit| (Some(small(at)), *line, limit)));
        }
    }
    let clause =
        |(law, span, limit)| Clause { law, text: context.shown(span), place: context.place(span), limit };
    found.into_iter().map(clause).collect()
}

fn own(
    context: &mut Context<'_>,
    file: usize,
    said: &Said<'_>,
    hours: &Hours,
    limits: &Limits,
) -> Vec<(Span, Limit)> {
    let mut found: Vec<(Span, Limit)> = Vec::new();
    let week = hours.own.iter().zip(said.hours);
    found.extend(week.map(|((week, _), (_, span))| (span, in_week(week.clone()))));
    for (off, span) in &said.days_off {
        let days = days_off(context, file, off).unwrap_or_default();
        found.push((*span, in_week(all_week_but(&days))));
    }
    for (at, (_, span)) in hours.all.calendars.iter().zip(&said.calendars) {
        let open = CallingHours { open: Vec::new(), calendars: vec![*at] };
        found.push((*span, Limit::Hours(open)));
    }
    let caps = limits.attempts.iter().filter(|(_, span)| said.attempts.iter().any(|cap| cap.span == *span));
    found.extend(caps.map(|(cap, span)| (*span, Limit::Attempts(*cap))));
    for written in &said.waits {
        let spans = written.iter().map(|(lasts, after)| lasts.span.to(after.span));
        let found_waits = waits(context, written).unwrap_or_default();
        found.extend(spans.zip(found_waits).map(|(span, (after, ms))| (span, Limit::Wait(after, ms))));
    }
    let quiet = limits.quiet.iter().filter_map(|(after, ms, span)| Some(((*span)?, *after, *ms)));
    found.extend(quiet.map(|(span, after, ms)| (span, Limit::Quiet(after, ms))));
    found
}

fn in_week(week: CallingWeek) -> Limit {
    Limit::Hours(CallingHours { open: vec![week], calendars: Vec::new() })
}

/// What a line of a law limits in time.
fn asked(asks: &Asks, consent: Option<EntryRef>) -> Vec<Limit> {
    match asks {
        Asks::Hours(week) => vec![in_week(week.clone())],
        Asks::NotOn(days) => vec![in_week(all_week_but(days))],
        Asks::Attempts(cap) => vec![Limit::Attempts(*cap)],
        Asks::Quiet(periods) => periods.iter().map(|(after, ms)| Limit::Quiet(*after, *ms)).collect(),
        Asks::DoNotCallCheck => vec![Limit::DoNotCall],
        Asks::Consent => consent.map(Limit::Consent).into_iter().collect(),
        _ => Vec::new(),
    }
}
