//! Where a fact comes from: the field of a record whose labels go with it.

use tandem_stdlib::contract::FactSource;

use crate::check::context::Context;
use crate::check::resolve::FieldInfo;
use crate::program::{Expr, ExprKind};
use crate::source::Span;

/// The field that a fact tells, and how whoever tells it is called; `lead`: the record of the leads that may be read.
pub(super) fn field_of<'c>(
    context: &'c Context<'_>,
    lead: Option<usize>,
    fact: FactSource,
) -> Option<(&'c FieldInfo, String)> {
    let (record, field, asked) = match fact {
        FactSource::Answer(call, field) => {
            let source = context.calls.list.get(call as usize)?.source as usize;
            let asked = context.calls.shown.get(call as usize).cloned().unwrap_or_default();
            (context.world.sources.get(source)?.record?, field, format!("what `{asked}` answers"))
        }
        FactSource::Lead(field) => (lead?, field, "the leads".to_owned()),
        _ => return None,
    };
    Some((context.world.records.get(record)?.get(field as usize)?, asked))
}

/// The facts whose values can be read off a value: what a comparison tells is yes or no alone.
pub(super) fn revealed(value: &Expr, seen: &mut Vec<(FactSource, Span)>) {
    match &value.kind {
        ExprKind::Fact(fact) => seen.push((*fact, value.span)),
        ExprKind::If { then, otherwise, .. } => {
            [then, otherwise].into_iter().for_each(|one| revealed(one, seen))
        }
        ExprKind::Arithmetic { left, right, otherwise, .. } => {
            [left, right].into_iter().chain(otherwise).for_each(|one| revealed(one, seen));
        }
        _ => {}
    }
}
