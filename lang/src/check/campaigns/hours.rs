//! When a campaign may call: its own hours, its calendars and the days on which it does not.

use tandem_stdlib::contract::{CallingClock, CallingHours, CallingWeek, UnsureZone};
use tandem_stdlib::words::CalendarSpec;

use super::said::Said;
use crate::check::context::{Context, small};
use crate::check::dialling::{DaysWithout, call_hours, days_off};
use crate::check::resolve::Kind;
use crate::check::week::Week;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;

/// The hours that a campaign says, and where.
#[derive(Clone, Default)]
pub(super) struct Hours {
    /// Its own week; `None`: it says none.
    pub(super) own: Option<(CallingWeek, Span)>,
    /// All that must be open.
    pub(super) all: CallingHours,
}

/// `None`: something is wrong, which has been reported. `callee` is the lead's number in the language.
pub(super) fn hours(context: &mut Context<'_>, file: usize, said: &Said<'_>, callee: &str) -> Option<Hours> {
    let own = match said.hours {
        Some((written, _)) => Some((call_hours(context, written, &[callee])?, written.span)),
        None => None,
    };
    let mut off = Vec::new();
    for (days, _) in &said.days_off {
        off.push(days_off(context, file, days)?);
    }
    let mut calendars = Vec::new();
    for (path, _) in &said.calendars {
        let symbol = context.find(file, path, Kind::Calendar)?;
        calendars.push(small(context.world.symbol(symbol)?.at));
    }
    let mut open: Vec<CallingWeek> = own.iter().map(|(week, _)| week.clone()).collect();
    if !off.is_empty() && open.is_empty() {
        open.push(all_week());
    }
    if let Some(week) = open.first_mut() {
        off.iter().for_each(|days| days.keep(week));
    }
    Some(Hours { own, all: CallingHours { open, calendars } })
}

/// Every hour of the week on the callee's clock.
fn all_week() -> CallingWeek {
    let hours = vec![tandem_stdlib::words::TimeRange { from_min: 0, to_min: 1_440 }];
    let weekly = vec![tandem_stdlib::words::HoursOn { weekdays: 0b111_1111, hours }];
    let clock = CallingClock::Callee { unsure: UnsureZone::Strictest };
    CallingWeek { clock, weekly, closed: Vec::new(), listed: None }
}

/// Every hour of all days but these.
pub(in crate::check) fn all_week_but(days: &DaysWithout) -> CallingWeek {
    let mut week = all_week();
    days.keep(&mut week);
    week
}

/// Whether two weeks are on the same clock: the callee's is one, however unsure zones are settled.
pub(in crate::check) fn same_clock(one: &CallingClock, other: &CallingClock) -> bool {
    match (one, other) {
        (CallingClock::Callee { .. }, CallingClock::Callee { .. }) => true,
        (CallingClock::Zone(one), CallingClock::Zone(other)) => one == other,
        _ => false,
    }
}

/// Minutes between two offsets of clocks that are tried.
const OFFSET_STEP_MIN: usize = 15;

/// Reports hours in which nobody can be called, whatever the callee's zone is.
pub(in crate::check) fn never_open(
    context: &mut Context<'_>,
    hours: &CallingHours,
    calendars: &[CalendarSpec],
    span: Span,
    laws: &[String],
) -> bool {
    let mut weeks: Vec<(CallingClock, Week)> = Vec::new();
    let said = hours.open.iter().map(|week| (week.clock.clone(), Week::of(&week.weekly)));
    let centre = hours.calendars.iter().filter_map(|at| calendars.get(*at as usize));
    let centre = centre.map(|one| (CallingClock::Zone(one.zone.clone()), Week::of(&one.weekly)));
    for (clock, week) in said.chain(centre) {
        match weeks.iter_mut().find(|(known, _)| same_clock(known, &clock)) {
            Some((_, all)) => *all = all.and(&week),
            None => weeks.push((clock, week)),
        }
    }
    let alone = weeks.iter().any(|(_, week)| week.is_empty());
    let callee = weeks.iter().find(|(clock, _)| matches!(clock, CallingClock::Callee { .. }));
    let apart = callee.is_some_and(|(_, callee)| {
        let zones = weeks.iter().filter(|(clock, _)| matches!(clock, CallingClock::Zone(_)));
        zones.into_iter().any(|(_, zone)| !meets_somewhere(callee, zone))
    });
    if !alone && !apart {
        return false;
    }
    let with = match laws {
        [] => "its calendars".to_owned(),
        laws => format!("{} and its calendars", laws.join(", ")),
    };
    let message = format!("nobody can ever be called: these hours and those of {with} never meet");
    let help = "widen the hours, or open the calendar while they hold";
    context.report(Diagnostic::new(Code::HoursNeverOpen, span, message).help(help));
    true
}

/// Whether the two meet for a callee in some zone of the world.
fn meets_somewhere(callee: &Week, zone: &Week) -> bool {
    let offsets = (0..26 * 60).step_by(OFFSET_STEP_MIN).map(|minutes| minutes + 7 * 1_440 - 12 * 60);
    offsets.into_iter().any(|ahead| !callee.and(&zone.ahead(ahead)).is_empty())
}
