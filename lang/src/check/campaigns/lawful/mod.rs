//! A campaign against its laws: what it says must be at least as strict, what it leaves unsaid the law says.

mod abandonment;
mod attempts;
mod disclosure;
mod guards;
mod hours;
mod missing;
mod quiet;
mod timing;

use tandem_stdlib::contract::AbandonCap;
use tandem_stdlib::words::CalendarSpec;

use super::guards::Guards;
use super::hours::Hours;
use super::limits::Limits;
use super::said::Said;
use crate::check::context::Context;
use crate::check::laws::{Asks, Law};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::Expr;
use crate::source::Span;
use crate::tree::{Campaign, Pace};

/// What a campaign settles and its laws look at.
pub(super) struct Terms<'t> {
    /// The campaign's lines.
    pub(super) said: Said<'t>,
    /// The campaign.
    pub(super) item: &'t Campaign,
    pub(super) hours: Hours,
    pub(super) limits: Limits,
    /// The cap of predictive dialling.
    pub(super) cap: Option<AbandonCap>,
    pub(super) guards: Guards,
    /// Whether the person has agreed to be called.
    pub(super) consent: Option<Expr>,
}

impl Terms<'_> {
    /// Whether it may dial more calls than there are people to talk.
    pub(super) fn over_dials(&self) -> bool {
        match self.said.pace {
            Some((Pace::Power(ratio), _)) => ratio.value > 1.0,
            Some((Pace::Predictive(_), _)) => true,
            _ => false,
        }
    }
}

/// A law that is being held against a campaign.
pub(super) struct Bench<'l> {
    /// The law's name.
    pub(super) law: &'l str,
    /// The line that asks.
    pub(super) line: Span,
}

impl Bench<'_> {
    /// Reports that the campaign could break the law.
    pub(super) fn breaks(
        &self,
        context: &mut Context<'_>,
        code: Code,
        span: Span,
        message: String,
        help: &str,
    ) {
        let message = format!("`{}` forbids this: {message}", self.law);
        self.report(context, code, span, message, help);
    }

    /// Reports that something that the law asks for is not there.
    pub(super) fn lacks(&self, context: &mut Context<'_>, code: Code, span: Span, what: &str, help: &str) {
        let message = format!("`{}` asks for {what}, and this campaign has none", self.law);
        self.report(context, code, span, message, help);
    }

    fn report(&self, context: &mut Context<'_>, code: Code, span: Span, message: String, help: &str) {
        let wrong = Diagnostic::new(code, span, message).note(self.line, "the law says this").help(help);
        context.report(wrong);
    }
}

/// Holds the laws against a campaign and works them in. What could break one is reported.
pub(super) fn hold(
    context: &mut Context<'_>,
    laws: &[Law],
    terms: &mut Terms<'_>,
    calendars: &[CalendarSpec],
) {
    for law in laws {
        for (asks, line) in &law.asks {
            let bench = Bench { law: &law.citation.name, line: *line };
            one(context, &bench, asks, terms);
        }
    }
    let names: Vec<String> = laws.iter().map(|law| format!("`{}`", law.citation.name)).collect();
    let span = terms.hours.own.as_ref().map_or(terms.item.name.span, |(_, span)| *span);
    super::hours::never_open(context, &terms.hours.all, calendars, span, &names);
}

fn one(context: &mut Context<'_>, bench: &Bench<'_>, asks: &Asks, terms: &mut Terms<'_>) {
    match asks {
        Asks::Hours(week) => hours::within(context, bench, week, terms),
        Asks::NotOn(days) => hours::not_on(days, terms),
        Asks::Attempts(cap) => attempts::at_most(context, bench, *cap, terms),
        Asks::Abandoned(cap) => abandonment::at_most(context, bench, *cap, terms),
        Asks::RingMs(ring_ms) => timing::ring(context, bench, *ring_ms, terms),
        Asks::ConnectMs(connect_ms) => timing::connect(context, bench, *connect_ms, terms),
        Asks::Quiet(asked) => quiet::at_least(context, bench, asked, terms),
        Asks::Consent => guards::consent(context, bench, terms),
        Asks::DoNotCallCheck => guards::do_not_call(context, bench, terms),
        Asks::SafeHarbour => missing::safe_harbour(context, bench, terms),
        Asks::CallerId => missing::caller_id(context, bench, terms),
        Asks::Disclosure(name, patterns) => disclosure::first(context, bench, name, patterns, terms),
    }
}
