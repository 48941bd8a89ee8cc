//! Hours, windows, attempts and dispositions as campaigns, laws and tickets write them.

use tandem_stdlib::contract::{
    AbandonCap, AttemptCap, CallingClock, CallingWeek, Disposition, UnsureZone, Window,
};
use tandem_stdlib::words::{DateRange, HoursOn, TimeRange};

use super::context::Context;
use super::limits::{counted, stretch};
use super::resolve::{Kind, check_hours, check_zone_name, common, covered, dotted};
use crate::diagnostics::Code;
use crate::tree::{self, DaysOff, Name, Spanned, Unsure, WhoseClock, WindowOf};

/// The longest window, wait or quiet period, in milliseconds: ten years.
pub(super) const PERIOD_MS_MAX: i64 = 3_650 * 86_400_000;

/// The word for the person who is called, in hours of laws and tickets.
pub(super) const CALLEE: &str = "callee";

/// Hours on somebody's clock; `callee` is how the person who is called may be named here.
pub(super) fn call_hours(
    context: &mut Context<'_>,
    hours: &tree::CallHours,
    callee: &[&str],
) -> Option<CallingWeek> {
    for (_, ranges) in &hours.week {
        check_hours(context, ranges);
    }
    let weekly = hours.week.iter().map(|(weekdays, ranges)| HoursOn {
        weekdays: *weekdays,
        hours: ranges.iter().map(|one| TimeRange { from_min: one.from_min, to_min: one.to_min }).collect(),
    });
    let weekly = weekly.collect();
    Some(CallingWeek {
        clock: clock(context, &hours.clock, callee)?,
        weekly,
        closed: Vec::new(),
        listed: None,
    })
}

fn clock(context: &mut Context<'_>, clock: &WhoseClock, callee: &[&str]) -> Option<CallingClock> {
    match clock {
        WhoseClock::Zone(zone) => zone_name(context, zone).map(CallingClock::Zone),
        WhoseClock::Callee(path, unsure) => {
            let named = dotted(path);
            if !callee.contains(&named.as_str()) {
                let message = format!("`{named}` is nobody who is called");
                context.unknown_name(&named, path.span, message, callee.iter().copied());
                return None;
            }
            let unsure = match unsure {
                None | Some(Unsure::Strictest) => UnsureZone::Strictest,
                Some(Unsure::Never) => UnsureZone::Never,
                Some(Unsure::Assume(zone)) => UnsureZone::Assume(zone_name(context, zone)?),
            };
            Some(CallingClock::Callee { unsure })
        }
    }
}

fn zone_name(context: &mut Context<'_>, zone: &tree::ZoneName) -> Option<String> {
    check_zone_name(context, &zone.text, zone.span).then(|| zone.text.clone())
}

/// Days on which nobody is called, and the days of which they speak.
#[derive(Clone, Default)]
pub(super) struct DaysWithout {
    pub(super) closed: Vec<DateRange>,
    /// Of other days nobody knows whether they are holidays. `None`: of all.
    pub(super) listed: Option<DateRange>,
}

impl DaysWithout {
    /// Keeps a week to these days as well.
    pub(super) fn keep(&self, week: &mut CallingWeek) {
        week.closed.extend_from_slice(&self.closed);
        week.listed = common(week.listed, self.listed);
    }
}

/// Days on which nobody is called.
pub(super) fn days_off(context: &mut Context<'_>, file: usize, off: &DaysOff) -> Option<DaysWithout> {
    let range = |days: &tree::Days| DateRange { first: days.first, last: days.last };
    match off {
        DaysOff::Days(days) => Some(DaysWithout { closed: days.iter().map(range).collect(), listed: None }),
        DaysOff::Holidays(path) => {
            let symbol = context.find(file, path, Kind::Holidays)?;
            let at = context.world.symbol(symbol)?.at;
            let (_, list) = context.world.holidays.get(at)?;
            let closed = list.days.iter().map(|(days, _)| range(days)).collect();
            Some(DaysWithout { closed, listed: covered(list) })
        }
    }
}

/// A window of time.
pub(super) fn window(context: &mut Context<'_>, window: WindowOf) -> Option<Window> {
    Some(match window {
        WindowOf::Sliding(sliding) => Window::Sliding(stretch(context, sliding, PERIOD_MS_MAX)?),
        WindowOf::Day => Window::CalendarDay,
        WindowOf::Month => Window::CalendarMonth,
        WindowOf::Campaign => Window::Campaign,
    })
}

/// At most so many attempts.
pub(super) fn attempts(context: &mut Context<'_>, written: &tree::Attempts) -> Option<AttemptCap> {
    let (max, window) = (counted(context, written.max, 1.0), window(context, written.window));
    Some(AttemptCap { max: max?, window: window?, per: written.per })
}

/// At most such a share of abandoned calls.
pub(super) fn abandoned(context: &mut Context<'_>, written: &tree::Abandoned) -> Option<AbandonCap> {
    let window = window(context, written.window)?;
    if !(0.0..=1.0).contains(&written.share.value) {
        let help = Some("write 0% to 100%".to_owned());
        context.error(Code::BadLiteral, written.share.span, "no calls are such a share of calls", help);
        return None;
    }
    Some(AbandonCap { share: written.share.value, of: written.of, window })
}

/// Quiet periods: `i64::MAX` for ever.
pub(super) fn quiet(context: &mut Context<'_>, written: &tree::Quiet) -> Option<Vec<(Disposition, i64)>> {
    let lasts = match written.lasts {
        Some(lasts) => stretch(context, lasts, PERIOD_MS_MAX),
        None => Some(i64::MAX),
    };
    let after: Vec<Option<Disposition>> =
        written.after.iter().map(|name| disposition(context, name)).collect();
    let lasts = lasts?;
    after.into_iter().map(|after| Some((after?, lasts))).collect()
}

/// Waits by disposition.
pub(super) fn waits(
    context: &mut Context<'_>,
    written: &[(Spanned<i64>, Name)],
) -> Option<Vec<(Disposition, i64)>> {
    let found: Vec<_> = written
        .iter()
        .map(|(lasts, after)| (disposition(context, after), stretch(context, *lasts, PERIOD_MS_MAX)))
        .collect();
    found.into_iter().map(|(after, lasts)| Some((after?, lasts?))).collect()
}

/// How an attempt ended, by its word.
pub(super) fn disposition(context: &mut Context<'_>, name: &Name) -> Option<Disposition> {
    let found = Disposition::ALL.into_iter().find(|one| one.name() == name.text);
    if found.is_none() {
        let message = format!("no attempt ends with `{}`", name.text);
        context.unknown_name(&name.text, name.span, message, Disposition::ALL.iter().map(|one| one.name()));
    }
    found
}
