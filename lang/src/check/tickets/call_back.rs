//! Calling back after a ticket is closed: whether the hours leave time.

use tandem_stdlib::contract::{CallBack, CallingClock, CallingHours, CallingWeek};
use tandem_stdlib::words::{CalendarSpec, DateRange, date_of_days};

use crate::check::campaigns::hours::{all_week_but, never_open, same_clock};
use crate::check::context::Context;
use crate::check::dialling::{CALLEE, PERIOD_MS_MAX, call_hours};
use crate::check::dialogs::dialog_named;
use crate::check::laws::{Asks, Law, under};
use crate::check::limits::stretch;
use crate::check::week::{Week, shown};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree;

const MINUTE_MS: i64 = 60_000;
const DAY_MIN: i64 = 1_440;

/// `None`: wrong, which has been reported.
pub(super) fn call_back(
    context: &mut Context<'_>,
    file: usize,
    written: &tree::CallBack,
    span: Span,
    (laws, calendars): (&[Law], &[CalendarSpec]),
) -> Option<CallBack> {
    let within_ms = stretch(context, written.within, PERIOD_MS_MAX);
    let dialog = match &written.dialog {
        Some(path) => Some(dialog_named(context, file, path)?),
        None => None,
    };
    let laws = under(context, file, laws, &written.under);
    let own = match &written.hours {
        Some(hours) => Some(call_hours(context, hours, &[CALLEE])?),
        None => None,
    };
    let within_ms = within_ms?;
    let hours = CallingHours { open: weeks(own, &laws), calendars: Vec::new() };
    let names: Vec<String> = laws.iter().map(|law| format!("`{}`", law.citation.name)).collect();
    if laws.len() < written.under.len() || never_open(context, &hours, calendars, span, &names) {
        return None;
    }
    kept(context, within_ms, &hours, &laws, written.within.span)?;
    let under = laws.into_iter().map(|law| law.citation).collect();
    Some(CallBack { within_ms, dialog, under, hours })
}

/// The call's own hours and those of its laws.
fn weeks(own: Option<CallingWeek>, laws: &[Law]) -> Vec<CallingWeek> {
    let mut weeks: Vec<CallingWeek> = own.into_iter().collect();
    for (asks, _) in laws.iter().flat_map(|law| &law.asks) {
        match asks {
            Asks::Hours(week) => weeks.push(week.clone()),
            Asks::NotOn(days) => weeks.push(all_week_but(days)),
            _ => {}
        }
    }
    weeks
}

/// Whether somebody can be called in time whenever the ticket is closed; reports a moment at which not.
fn kept(
    context: &mut Context<'_>,
    within_ms: i64,
    hours: &CallingHours,
    laws: &[Law],
    span: Span,
) -> Option<()> {
    let Some(first) = hours.open.first() else { return Some(()) };
    let alike = hours.open.iter().filter(|week| same_clock(&week.clock, &first.clock));
    let week = alike.clone().fold(Week::always(), |all, one| all.and(&Week::of(&one.weekly)));
    let closed: Vec<DateRange> = alike.flat_map(|one| one.closed.iter().copied()).collect();
    let gap = week.longest_gap();
    let by_week = gap.filter(|(_, minutes)| minutes_ms(*minutes) > within_ms);
    let moment = match by_week {
        Some((start, minutes)) => {
            Some((shown(start), shown((start + minutes) % crate::check::week::WEEK_MIN)))
        }
        None => by_holidays(&week, &closed, within_ms),
    };
    let Some((closes, opens)) = moment else { return Some(()) };
    let clock =
        if matches!(first.clock, CallingClock::Callee { .. }) { " on the callee's clock" } else { "" };
    let within = context.shown(span);
    let message = format!(
        "a ticket closed on {closes}{clock} cannot be called back about within {within}: the hours open again on {opens}"
    );
    let mut wrong = Diagnostic::new(Code::CallBackTooLate, span, message);
    let lines = laws.iter().flat_map(|law| law.asks.iter().map(move |(asks, line)| (law, asks, *line)));
    for (law, _, line) in lines.filter(|(_, asks, _)| matches!(asks, Asks::Hours(_) | Asks::NotOn(_))) {
        wrong = wrong.note(line, format!("`{}` says this", law.citation.name));
    }
    context.report(wrong.help("allow more time, or widen the hours"));
    None
}

fn minutes_ms(minutes: usize) -> i64 {
    i64::try_from(minutes).unwrap_or(i64::MAX).saturating_mul(MINUTE_MS)
}

/// The first stretch without open hours, made longer by days off, that leaves too little time.
fn by_holidays(week: &Week, closed: &[DateRange], within_ms: i64) -> Option<(String, String)> {
    let is_closed = |day: i32| closed.iter().any(|days| days.first <= day && day <= days.last);
    let mut starts: Vec<i32> = closed.iter().map(|days| days.first).collect();
    starts.sort_unstable();
    for start in starts {
        // Back to the last open minute, on to the next: at most a fortnight each way.
        let minute_of = |day: i32, minute: i64| {
            let in_week = i64::from((day + 3).rem_euclid(7)) * DAY_MIN + minute;
            usize::try_from(in_week).unwrap_or_default()
        };
        let open = |at: i64| {
            let day = i32::try_from(at.div_euclid(DAY_MIN)).unwrap_or_default();
            !is_closed(day) && week.is_open(minute_of(day, at.rem_euclid(DAY_MIN)))
        };
        let middle = i64::from(start) * DAY_MIN;
        let last = (1..=14 * DAY_MIN).map(|back| middle - back).find(|at| open(*at));
        let next = (0..14 * DAY_MIN).map(|on| middle + on).find(|at| open(*at));
        let (Some(last), Some(next)) = (last, next) else { continue };
        if (next - last - 1).saturating_mul(MINUTE_MS) > within_ms {
            return Some((dated(last + 1), dated(next)));
        }
    }
    None
}

fn dated(minute: i64) -> String {
    let day = i32::try_from(minute.div_euclid(DAY_MIN)).unwrap_or_default();
    let (hour, rest) = (minute.rem_euclid(DAY_MIN) / 60, minute.rem_euclid(60));
    match date_of_days(day) {
        Some((year, month, day)) => format!("{year}-{month:02}-{day:02} {hour:02}:{rest:02}"),
        None => format!("{hour:02}:{rest:02}"),
    }
}
