//! From when and until when items hold, and whether the versions of a route leave no day out.

use std::collections::BTreeMap;

use tandem_stdlib::contract::Effective;
use tandem_stdlib::words::{date_of_days, moment_ms, nearest_zone, zone_exists};

use super::context::Context;
use super::resolve::Kind;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{Dates, Spanned};

/// When an item holds; always without dates. Reports what cannot be.
pub(super) fn effective(context: &mut Context<'_>, dates: Option<&Dates>) -> Option<Effective> {
    let Some(dates) = dates else { return Some(Effective::default()) };
    if !zone_exists(&dates.zone.value) {
        let help = nearest_zone(&dates.zone.value).map_or_else(
            || "write an IANA zone such as `Asia/Shanghai`, `Europe/London` or `UTC`".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("there is no time zone `{}`", dates.zone.value);
        context.error(Code::BadZone, dates.zone.span, message, Some(help));
        return None;
    }
    let midnight = |day: Option<Spanned<i32>>| day.and_then(|day| moment_ms(day.value, 0, &dates.zone.value));
    let found = Effective { from_ms: midnight(dates.from), until_ms: midnight(dates.until) };
    if let (Some(from), Some(until)) = (found.from_ms, found.until_ms)
        && from >= until
    {
        let message = format!("nothing lies in `{}`", context.shown(dates.span));
        let help = "the day after `until` is not part of it: write a later one".to_owned();
        context.error(Code::EmptyRange, dates.span, message, Some(help));
        return None;
    }
    Some(found)
}

/// One version of an item.
struct Version {
    effective: Effective,
    /// The day after its last.
    until: Option<i32>,
    from: Option<i32>,
    name: Span,
    dates: Span,
}

/// Reports versions of one name that hold at the same time, and days on which no version of a route holds.
pub(super) fn versions(context: &mut Context<'_>) {
    let world = &context.world;
    let routes = world.routes.iter().map(|(_, item)| (Kind::Route, &item.name, item.dates.as_ref()));
    let watches = world.watches.iter().map(|(_, item)| (Kind::Watch, &item.name, item.dates.as_ref()));
    let qas = world.qas.iter().map(|(_, item)| (Kind::Qa, &item.name, item.dates.as_ref()));
    let found = routes.chain(watches).chain(qas);
    let mut named: BTreeMap<String, Vec<(Kind, Span, Dates)>> = BTreeMap::new();
    let full =
        |span: Span| world.symbols.iter().find(|symbol| symbol.span == span).map(|symbol| &symbol.full);
    for (kind, name, dates) in found {
        if let (Some(dates), Some(full)) = (dates, full(name.span)) {
            named.entry(full.clone()).or_default().push((kind, name.span, dates.clone()));
        }
    }
    for versions in named.into_values() {
        let is_route = versions.iter().all(|(kind, ..)| *kind == Kind::Route);
        let mut dated: Vec<Version> =
            versions.iter().filter_map(|(_, name, dates)| version(*name, dates)).collect();
        if dated.len() == versions.len() {
            dated.sort_by_key(|one| one.effective.from_ms.unwrap_or(i64::MIN));
            report(context, &dated, is_route);
        }
    }
}

/// A version whose dates can be; what cannot be has been reported.
fn version(name: Span, dates: &Dates) -> Option<Version> {
    let day = |day: Option<Spanned<i32>>| day.map(|day| day.value);
    let midnight = |day: Option<i32>| day.and_then(|day| moment_ms(day, 0, &dates.zone.value));
    let (from, until) = (day(dates.from), day(dates.until));
    let effective = Effective { from_ms: midnight(from), until_ms: midnight(until) };
    zone_exists(&dates.zone.value).then_some(Version { effective, until, from, name, dates: dates.span })
}

fn report(context: &mut Context<'_>, versions: &[Version], is_route: bool) {
    for pair in versions.windows(2) {
        let [one, next] = pair else { continue };
        let (end, begin) = (one.effective.until_ms, next.effective.from_ms);
        match (end, begin) {
            (Some(end), Some(begin)) if end < begin && is_route => gap(context, next, one.until),
            (Some(end), Some(begin)) if end <= begin => {}
            _ => {
                let message = format!("two versions of `{}` hold at the same time", context.shown(next.name));
                let wrong = Diagnostic::new(Code::DeclaredTwice, next.dates, message);
                let help = "let one end on the day on which the other begins";
                context.report(wrong.note(one.dates, "the other version").help(help));
            }
        }
    }
    if let Some(first) = versions.first().filter(|first| is_route && first.effective.from_ms.is_some()) {
        gap(context, first, first.from.map(|day| day.saturating_sub(1)));
    }
    if let Some(last) = versions.last().filter(|last| is_route && last.effective.until_ms.is_some()) {
        gap(context, last, last.until);
    }
}

fn gap(context: &mut Context<'_>, version: &Version, day: Option<i32>) {
    let name = context.shown(version.name);
    let (year, month, date) = day.and_then(date_of_days).unwrap_or_default();
    let day = format!("{year:04}-{month:02}-{date:02}");
    let message = format!("on {day} no version of `{name}` decides");
    let help = format!("add a version that holds then, such as `route {name} until … in …`");
    context.error(Code::DayWithoutVersion, version.dates, message, Some(help));
}
