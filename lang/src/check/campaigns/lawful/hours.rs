//! Hours inside those of a law.

use tandem_stdlib::contract::{CallingClock, CallingWeek};

use super::{Bench, Terms};
use crate::check::campaigns::hours::{all_week_but, same_clock};
use crate::check::context::Context;
use crate::check::dialling::DaysWithout;
use crate::check::week::{Week, shown};
use crate::diagnostics::Code;

/// The campaign's hours must lie inside the law's; on another clock, both are kept.
pub(super) fn within(context: &mut Context<'_>, bench: &Bench<'_>, law: &CallingWeek, terms: &mut Terms<'_>) {
    let Some((own, span)) = &terms.hours.own else {
        terms.hours.all.open.push(law.clone());
        return;
    };
    if !same_clock(&own.clock, &law.clock) {
        terms.hours.all.open.push(law.clone());
        return;
    }
    if let Some(minute) = Week::of(&own.weekly).outside(&Week::of(&law.weekly)) {
        let message = format!("these hours allow a call on {}", shown(minute));
        let asked = context.shown(bench.line);
        let help =
            format!("keep them inside `{asked}`, or leave this line out to call whenever the law allows");
        bench.breaks(context, Code::LawHours, *span, message, &help);
    }
}

/// Nobody is called on the law's days off.
pub(super) fn not_on(days: &DaysWithout, terms: &mut Terms<'_>) {
    let weeks = &mut terms.hours.all.open;
    match weeks.iter_mut().find(|week| matches!(week.clock, CallingClock::Callee { .. })) {
        Some(week) => days.keep(week),
        None => weeks.push(all_week_but(days)),
    }
}
