//! What may not happen to values wherever they flow: a label on a field goes with what is read off the field.

mod fair;
mod local;
mod origin;
mod seen;
mod split;

use super::context::Context;
use super::sinks::Sink;
use crate::program::Route;

pub(super) use seen::check;
pub(super) use split::splits;

/// Reports whatever labels forbid: what would be told, what treats people differently, what would leave the house.
pub(super) fn check_labels(context: &mut Context<'_>, routes: &[Route]) {
    check_told(context);
    fair::check_fairness(context, routes);
    local::check_local(context);
}

/// Reports what the outputs of all entries that something asks would reveal.
fn check_told(context: &mut Context<'_>) {
    let (routes, told) = (std::mem::take(&mut context.conditions), std::mem::take(&mut context.told));
    for (route, told) in routes.iter().zip(&told).filter(|(_, told)| told.to != Sink::Groups) {
        check(context, route, told.to);
    }
    (context.conditions, context.told) = (routes, told);
}
