//! What a law asks to be said: a message for those whom nobody talks to, an own number.

use super::{Bench, Terms};
use crate::check::context::Context;
use crate::diagnostics::Code;

/// A message when nobody is free, of campaigns that dial more calls than people can take.
pub(super) fn safe_harbour(context: &mut Context<'_>, bench: &Bench<'_>, terms: &mut Terms<'_>) {
    if terms.said.safe_harbour.is_none() && terms.over_dials() {
        let help = "add `when nobody is free say \"This was … on +86…\"`, with the caller's name and number";
        let what = "a message for those whom nobody talks to";
        bench.lacks(context, Code::LawMissing, terms.item.name.span, what, help);
    }
}

/// A number of one's own.
pub(super) fn caller_id(context: &mut Context<'_>, bench: &Bench<'_>, terms: &mut Terms<'_>) {
    if terms.said.shown.is_none() {
        let help = "add `show \"+86…\"` with a number that is yours and answers";
        bench.lacks(context, Code::LawMissing, terms.item.name.span, "a number of the caller's own", help);
    }
}
