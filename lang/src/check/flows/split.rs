//! By which values reports are split, so that people see whom a policy treats how.

use tandem_stdlib::contract::{FactSource, Outcome, Output, ProtectedSpec, SourceSpec, Type};

use crate::check::context::{Context, small};
use crate::check::sinks::Sink;
use crate::program::{Choice, Expr, ExprKind, Route, Rule};
use crate::source::Span;

/// The protected fields of the sources that the policy asks, each with the entry that tells its value. What is also
/// sensitive stays out of reports, and texts and amounts have no groups.
pub(in crate::check) fn splits(context: &mut Context<'_>) -> Vec<ProtectedSpec> {
    let mut found = Vec::new();
    for source in 0..context.world.sources.len() {
        for (at, field, ty, span) in protected(context, source) {
            let Some(spec) = context.world.sources.get(source).map(|source| &source.spec) else { continue };
            let name = named(spec, &field);
            let rules = rules(context, source, small(at), (ty, span));
            if rules.is_empty() {
                continue;
            }
            let outputs = vec![Output { name: field.clone(), ty }];
            let route = Route {
                name: name.clone(),
                place: context.place(span),
                outputs,
                choices: rules,
                ..Route::default()
            };
            let entry = context.condition_to(route, Sink::Groups);
            found.push(ProtectedSpec { name, field, ty, entry });
        }
    }
    found
}

fn named(spec: &SourceSpec, field: &str) -> String {
    format!("{}.{field}", spec.name)
}

/// Position, name, type and place of each field by which reports are split.
fn protected(context: &Context<'_>, source: usize) -> Vec<(usize, String, Type, Span)> {
    let record = context.world.sources.get(source).and_then(|source| source.record);
    let fields = record.and_then(|record| context.world.records.get(record));
    let fields = fields.into_iter().flatten().enumerate();
    let split = fields.filter(|(_, field)| field.labels.protected && !field.labels.sensitive);
    split
        .filter_map(|(at, field)| Some((at, field.name.clone(), field.ty?, field.span)))
        .filter(|(_, _, ty, _)| matches!(ty, Type::Word(_) | Type::YesNo | Type::Number))
        .collect()
}

/// A rule for each look-up of the source: the first that knows the field tells it.
fn rules(context: &Context<'_>, source: usize, field: u32, (ty, span): (Type, Span)) -> Vec<Choice> {
    let calls = context.calls.list.iter().enumerate().filter(|(_, call)| call.source as usize == source);
    let fact = |fact, ty| Expr { kind: ExprKind::Fact(fact), ty, span };
    let rule = |call: u32| {
        let label = context.calls.shown.get(call as usize).cloned().unwrap_or_default();
        Choice::Rule(Rule {
            when: Some(fact(FactSource::AnswerKnown(call, field), Type::YesNo)),
            answers: vec![fact(FactSource::Answer(call, field), ty)],
            outcome: Outcome { label, because: String::new(), place: context.place(span) },
        })
    };
    calls.map(|(call, _)| rule(small(call))).collect()
}
