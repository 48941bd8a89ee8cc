//! What may not happen to values wherever they flow: a label on a field goes with what is read off the field.

mod fair;
mod local;
mod origin;
mod seen;
mod split;

use super::context::Context;
use super::sinks::Sink;

pub(super) use fair::check_fairness;
pub(super) use local::check_local;
pub(super) use seen::check;
pub(super) use split::splits;

/// Reports what the outputs of all entries that something asks would reveal.
pub(super) fn check_told(context: &mut Context<'_>) {
    let (routes, told) = (std::mem::take(&mut context.conditions), std::mem::take(&mut context.told));
    for (route, told) in routes.iter().zip(&told).filter(|(_, told)| told.to != Sink::Groups) {
        check(context, route, told.to);
    }
    (context.conditions, context.told) = (routes, told);
}
