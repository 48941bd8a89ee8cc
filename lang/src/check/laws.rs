//! Laws: what each asks, resolved once.

use tandem_stdlib::contract::{AbandonCap, AttemptCap, CallingWeek, Disposition, LawCitation};

use super::context::Context;
use super::dialling::{CALLEE, DaysWithout, abandoned, attempts, call_hours, days_off, quiet};
use super::limits::stretch;
use super::resolve::{Kind, Patterns, dotted};
use crate::diagnostics::Code;
use crate::source::Span;
use crate::tree::{self, LawLineKind, Need};

/// The longest that a law may ask a phone to ring or somebody to be there, in milliseconds: five minutes.
const RING_MS_MAX: i64 = 300_000;

/// A law as it was read.
#[derive(Clone)]
pub(super) struct Law {
    /// Name, version, source, date.
    pub(super) citation: LawCitation,
    /// What it asks, with the line that says so.
    pub(super) asks: Vec<(Asks, Span)>,
}

/// What a law asks.
#[derive(Clone)]
pub(super) enum Asks {
    Hours(CallingWeek),
    NotOn(DaysWithout),
    Attempts(AttemptCap),
    Abandoned(AbandonCap),
    RingMs(i64),
    ConnectMs(i64),
    Quiet(Vec<(Disposition, i64)>),
    Consent,
    DoNotCallCheck,
    SafeHarbour,
    CallerId,
    /// The dialog says one of these patterns before it asks anything; how the set is called.
    Disclosure(String, Vec<String>),
}

/// Checks all laws, in order of declaration; what is wrong in one has been reported and is left out of it.
pub(super) fn laws(context: &mut Context<'_>, patterns: &Patterns) -> Vec<Law> {
    let names = context.names_of(Kind::Law);
    let items = context.world.laws.clone();
    items
        .into_iter()
        .zip(names)
        .map(|((file, item), name)| law(context, patterns, file, item, name))
        .collect()
}

fn law(context: &mut Context<'_>, patterns: &Patterns, file: usize, item: &tree::Law, name: String) -> Law {
    let missing = [
        (item.version.is_none(), "version \"…\""),
        (item.source.is_none(), "source \"https://…\""),
        (item.as_of.is_none(), "as of 2026-01-01"),
    ];
    if let Some((_, line)) = missing.into_iter().find(|(missing, _)| *missing)
        && !context.is_incomplete(item.span)
    {
        let message = format!("nobody can tell which text the law `{}` is", item.name.text);
        let help = format!("say where it stands and when it was read: add `{line}`");
        context.error(Code::LawWithoutSource, item.name.span, message, Some(help));
    }
    let text =
        |quoted: &Option<tree::Quoted>| quoted.as_ref().map(|one| one.text.clone()).unwrap_or_default();
    let (version, source) = (text(&item.version), text(&item.source));
    let citation = LawCitation { name, version, source, as_of: item.as_of.unwrap_or_default() };
    let asks =
        item.lines.iter().filter_map(|line| Some((asks(context, patterns, file, &line.kind)?, line.span)));
    Law { citation, asks: asks.collect() }
}

fn asks(context: &mut Context<'_>, patterns: &Patterns, file: usize, kind: &LawLineKind) -> Option<Asks> {
    Some(match kind {
        LawLineKind::Hours(hours) => Asks::Hours(call_hours(context, hours, &[CALLEE])?),
        LawLineKind::NotOn(off) => Asks::NotOn(days_off(context, file, off)?),
        LawLineKind::AtMost(cap) => Asks::Attempts(attempts(context, cap)?),
        LawLineKind::Abandoned(cap) => Asks::Abandoned(abandoned(context, cap)?),
        LawLineKind::Ring(ring) => Asks::RingMs(stretch(context, *ring, RING_MS_MAX)?),
        LawLineKind::Connect(connect) => Asks::ConnectMs(stretch(context, *connect, RING_MS_MAX)?),
        LawLineKind::Quiet(lasts) => Asks::Quiet(quiet(context, lasts)?),
        LawLineKind::Needs(Need::Consent) => Asks::Consent,
        LawLineKind::Needs(Need::DoNotCallCheck) => Asks::DoNotCallCheck,
        LawLineKind::Needs(Need::SafeHarbour) => Asks::SafeHarbour,
        LawLineKind::Needs(Need::CallerId) => Asks::CallerId,
        LawLineKind::Needs(Need::Disclosure(path)) => {
            let symbol = context.find(file, path, Kind::Phrases)?;
            let patterns = patterns.of(symbol).into_iter();
            Asks::Disclosure(dotted(path), patterns.map(|phrase| phrase.pattern).collect())
        }
    })
}

/// The laws that something is under.
pub(super) fn under(context: &mut Context<'_>, file: usize, laws: &[Law], paths: &[tree::Path]) -> Vec<Law> {
    let mut found = Vec::new();
    for path in paths {
        let symbol = context.find(file, path, Kind::Law);
        let at = symbol.and_then(|symbol| context.world.symbol(symbol)).map(|symbol| symbol.at);
        found.extend(at.and_then(|at| laws.get(at)).cloned());
    }
    found
}
