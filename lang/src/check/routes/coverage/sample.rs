//! A sample call in words.

use tandem_stdlib::contract::{Slot, Type};
use tandem_stdlib::show::show_time;
use tandem_stdlib::words::date_of_days;

use super::Grid;
use super::cover::Tests;
use super::domain::{Domain, OTHER, value};
use super::ranges::Ranges;
use crate::check::context::Context;

/// `who.tier = basic, call.intent = complaint`
pub(super) fn in_words(context: &Context<'_>, grid: &Grid<'_>, region: &Tests) -> String {
    let mut parts: Vec<(usize, String)> = region
        .iter()
        .filter(|(column, here)| grid.possible.get(*column) != Some(here))
        .filter_map(|(column, here)| {
            let (expr, domain) = (grid.columns.get(*column)?, grid.domains.get(*column)?);
            let shown = context.shown(expr.span);
            Some((*column, format!("{shown} = {}", example(context, domain, here, expr.ty))))
        })
        .collect();
    parts.sort_by_key(|(column, _)| *column);
    parts.into_iter().map(|(_, part)| part).collect::<Vec<_>>().join(", ")
}

pub(in crate::check) fn example(context: &Context<'_>, domain: &Domain, here: &Ranges, ty: Type) -> String {
    match domain {
        Domain::Words(_) => word(context, last_class(here), ty),
        Domain::Texts(examples) => text(examples, last_class(here)),
        Domain::Ordered { points, ty, .. } => {
            let class = here.parts().first().map_or(0, |(first, _)| *first);
            point(points, class, *ty)
        }
    }
}

/// The last class: a word that is known, where one is left.
fn last_class(here: &Ranges) -> u32 {
    here.parts().last().map_or(0, |(_, last)| *last)
}

fn word(context: &Context<'_>, slot: u32, ty: Type) -> String {
    match (ty, slot) {
        (Type::YesNo, 0) => "no".into(),
        (Type::YesNo, _) => "yes".into(),
        (_, 0) => "unknown".into(),
        (Type::Word(vocabulary), slot) => {
            context.world.vocabularies.words(vocabulary).nth(slot as usize - 1).unwrap_or_default().to_owned()
        }
        _ => String::new(),
    }
}

fn text(examples: &[String], class: u32) -> String {
    match examples.get(class as usize).map(String::as_str) {
        None | Some("") => "unknown".into(),
        Some(OTHER) => "something else".into(),
        Some(text) => match text.strip_suffix(OTHER) {
            Some(prefix) => format!("\"{prefix}…\""),
            None => format!("\"{text}\""),
        },
    }
}

/// A value of a class: the point itself, or one between its neighbours.
fn point(points: &[i64], class: u32, ty: Type) -> String {
    let at = class as usize / 2;
    if class % 2 == 1 {
        return points.get(at).map(|key| shown(ty, *key)).unwrap_or_default();
    }
    let (before, after) = (at.checked_sub(1).and_then(|at| points.get(at)), points.get(at));
    let step = step(ty);
    let key = match (before, after) {
        (Some(before), Some(after)) if ty.is_float() => {
            return float(ty, f64::midpoint(value(*before), value(*after)));
        }
        (Some(before), None) if ty.is_float() => return float(ty, value(*before) + step),
        (None, Some(after)) if ty.is_float() => return float(ty, value(*after) - step),
        (Some(before), Some(after)) => i64::midpoint(*before, *after).max(before.saturating_add(1)),
        (Some(before), None) => before.saturating_add(step_whole(ty)),
        (None, Some(after)) => after.saturating_sub(step_whole(ty)),
        (None, None) => return "anything".into(),
    };
    shown(ty, key)
}

const fn step(ty: Type) -> f64 {
    if matches!(ty, Type::Percent) { 0.01 } else { 1.0 }
}

const fn step_whole(ty: Type) -> i64 {
    match ty {
        Type::Money(_) => 10_000,
        Type::Duration | Type::Moment => 1_000,
        Type::TimeOfDay => 60_000,
        _ => 1,
    }
}

fn float(ty: Type, value: f64) -> String {
    let unit = match ty {
        Type::Percent => return format!("{}%", (value * 1e4).round() / 1e2),
        Type::Decibel => " dB",
        Type::Hertz => " Hz",
        Type::SyllablesPerSecond => " syllables/s",
        Type::TimesUsual => " times usual",
        _ => "",
    };
    format!("{value}{unit}")
}

fn shown(ty: Type, key: i64) -> String {
    match ty {
        ty if ty.is_float() => float(ty, value(key)),
        Type::Money(currency) => money(key, &currency.to_string()),
        Type::Duration => show_time(key),
        Type::TimeOfDay => clock(key),
        Type::Date => date(key),
        Type::Moment => format!("{} {} UTC", date(key.div_euclid(DAY_MS)), clock(key.rem_euclid(DAY_MS))),
        _ => Slot::to_string(&key.cast_unsigned()),
    }
}

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

fn money(key: i64, currency: &str) -> String {
    let (sign, amount) = (if key < 0 { "-" } else { "" }, key.unsigned_abs());
    let (whole, rest) = (amount / 10_000, amount % 10_000);
    if rest == 0 {
        return format!("{sign}{whole} {currency}");
    }
    let digits = format!("{rest:04}");
    let digits = digits.trim_end_matches('0');
    format!("{sign}{whole}.{digits:0<2} {currency}")
}

fn clock(key: i64) -> String {
    format!("{:02}:{:02}", key / 3_600_000, key / 60_000 % 60)
}

fn date(key: i64) -> String {
    let found = i32::try_from(key).ok().and_then(date_of_days);
    found.map_or_else(|| "another day".into(), |(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
}
