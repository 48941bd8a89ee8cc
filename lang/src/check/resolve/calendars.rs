//! Calendars and holidays.

use std::collections::HashMap;

use tandem_stdlib::words::{
    CalendarSpec, DateRange, HoursOn, TimeRange, date_of_days, days_of_date, nearest_zone, zone_exists,
};

use super::Kind;
use crate::check::context::Context;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{self, CalendarLine, Days, Hours};

/// All calendars in order of declaration, holidays resolved.
pub(in crate::check) fn calendars(context: &mut Context<'_>) -> Vec<CalendarSpec> {
    for (_, holidays) in context.world.holidays.clone() {
        check_holidays(context, holidays);
    }
    let names: HashMap<usize, String> = context
        .world
        .symbols
        .iter()
        .filter(|symbol| symbol.kind == Kind::Calendar)
        .map(|symbol| (symbol.at, symbol.full.clone()))
        .collect();
    let items = context.world.calendars.clone();
    let specs = items.into_iter().enumerate().map(|(at, (file, calendar))| {
        let name = names.get(&at).cloned().unwrap_or_default();
        check_zone_name(context, &calendar.zone.value, calendar.zone.span);
        spec(context, file, name, calendar)
    });
    specs.collect()
}

fn check_holidays(context: &mut Context<'_>, holidays: &tree::Holidays) {
    for (days, _) in &holidays.days {
        check_days(context, days);
    }
    let Some((first, last)) = holidays.covers else { return };
    if first.value > last.value {
        let message = format!("the years {}..{} are none", first.value, last.value);
        bad(context, first.span.to(last.span), message, "write the earlier year first");
        return;
    }
    for (days, _) in &holidays.days {
        let outside =
            [days.first, days.last].map(|day| date_of_days(day).map_or(0.0, |(year, ..)| f64::from(year)));
        if outside.iter().any(|year| *year < first.value || *year > last.value) {
            let message =
                format!("`{}` lies outside the years that the list covers", context.shown(days.span));
            let wrong = Diagnostic::new(Code::BadHours, days.span, message);
            let help = "widen `covers`, or move the day to the list of its year";
            context.report(wrong.note(first.span.to(last.span), "these years are covered").help(help));
        }
    }
}

fn bad(context: &mut Context<'_>, span: Span, message: String, help: &str) {
    context.error(Code::BadHours, span, message, Some(help.to_owned()));
}

fn check_days(context: &mut Context<'_>, days: &Days) {
    if days.first > days.last {
        let message = format!("`{}` has no days: it ends before it begins", context.shown(days.span));
        bad(context, days.span, message, "write the earlier day first");
    }
}

/// Whether there is a time zone of this name; reports one that is none.
pub(in crate::check) fn check_zone_name(context: &mut Context<'_>, zone: &str, span: Span) -> bool {
    if zone_exists(zone) {
        return true;
    }
    let mut wrong = Diagnostic::new(Code::BadZone, span, format!("there is no time zone `{zone}`"));
    wrong.help = Some("write an IANA name, such as `Asia/Shanghai`".to_owned());
    if let Some(near) = nearest_zone(zone) {
        wrong = wrong.help(format!("did you mean `{near}`?")).fix(span, near);
    }
    context.report(wrong);
    false
}

fn spec(context: &mut Context<'_>, file: usize, name: String, calendar: &tree::Calendar) -> CalendarSpec {
    let zone = calendar.zone.value.clone();
    let (weekly, closed, special) = (Vec::new(), Vec::new(), Vec::new());
    let mut spec = CalendarSpec { name, zone, weekly, closed, special, listed: None };
    for line in &calendar.lines {
        match line {
            CalendarLine::Weekly { weekdays, hours, .. } => {
                check_hours(context, hours);
                spec.weekly.push(HoursOn { weekdays: *weekdays, hours: ranges(hours) });
            }
            CalendarLine::ClosedOnHolidays(path) => {
                let found = context.find(file, path, Kind::Holidays);
                let at = found.and_then(|id| context.world.symbol(id)).map(|symbol| symbol.at);
                let list = at.and_then(|at| context.world.holidays.get(at)).map(|(_, list)| *list);
                let listed = list.and_then(covered);
                spec.listed = common(spec.listed, listed);
                spec.closed
                    .extend(list.into_iter().flat_map(|list| list.days.iter()).map(|(days, _)| range(days)));
            }
            CalendarLine::ClosedOn(days) => {
                days.iter().for_each(|days| check_days(context, days));
                spec.closed.extend(days.iter().map(range));
            }
            CalendarLine::OpenOn(days, hours) => {
                days.iter().for_each(|days| check_days(context, days));
                check_hours(context, hours);
                spec.special.extend(days.iter().map(|days| (range(days), ranges(hours))));
            }
        }
    }
    spec
}

/// The days of the years that a list of holidays covers.
pub(in crate::check) fn covered(list: &tree::Holidays) -> Option<DateRange> {
    let (first, last) = list.covers?;
    let day = |year: f64, month, of_month| {
        #[expect(clippy::cast_possible_truncation, reason = "no date exists of years beyond 9999")]
        days_of_date(year as i32, month, of_month)
    };
    Some(DateRange { first: day(first.value, 1, 1)?, last: day(last.value, 12, 31)? })
}

/// The days of which two lists speak.
pub(in crate::check) fn common(one: Option<DateRange>, other: Option<DateRange>) -> Option<DateRange> {
    let (Some(left), Some(right)) = (one, other) else { return one.or(other) };
    Some(DateRange { first: left.first.max(right.first), last: left.last.min(right.last) })
}

fn range(days: &Days) -> DateRange {
    DateRange { first: days.first, last: days.last }
}

fn ranges(hours: &[Hours]) -> Vec<TimeRange> {
    hours.iter().map(|one| TimeRange { from_min: one.from_min, to_min: one.to_min }).collect()
}

/// Minutes of a day.
const DAY_MIN: u16 = 24 * 60;

/// Hours of one line must not overlap on their own day.
pub(in crate::check) fn check_hours(context: &mut Context<'_>, hours: &[Hours]) {
    let mut sorted: Vec<&Hours> = hours.iter().collect();
    sorted.sort_by_key(|one| one.from_min);
    for pair in sorted.windows(2) {
        let [early, late] = pair else { continue };
        let end = if early.to_min <= early.from_min { DAY_MIN } else { early.to_min };
        if late.from_min < end {
            let (one, other) = (context.shown(early.span), context.shown(late.span));
            let message = format!("`{one}` and `{other}` overlap");
            bad(context, late.span, message, "join them, or move one of them");
        }
    }
}
