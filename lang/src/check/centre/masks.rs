//! Masks: which personal data is hidden where.

use tandem_stdlib::contract::{MaskSpec, Outcome};

use crate::check::context::Context;
use crate::check::resolve::Kind;
use crate::check::types::{Stand, Typer};
use crate::program::{Choice, Expr, ExprKind, Route, Rule};
use crate::tree;

/// Checks all masks: those of modules, then those of quality checks, which mask the calls to which the check applies.
pub(super) fn masks(context: &mut Context<'_>) -> Vec<MaskSpec> {
    let mut found = Vec::new();
    for (file, item) in context.world.masks.clone() {
        let name = context.world.module_names.get(file).cloned().unwrap_or_default();
        found.extend(mask(context, file, item, name, None));
    }
    let names = context.names_of(Kind::Qa);
    for ((file, qa), name) in context.world.qas.clone().into_iter().zip(names) {
        for item in &qa.masks {
            found.extend(mask(context, file, item, name.clone(), qa.applies.as_ref()));
        }
    }
    found
}

fn mask(
    context: &mut Context<'_>,
    file: usize,
    item: &tree::Mask,
    name: String,
    applies: Option<&tree::Expr>,
) -> Option<MaskSpec> {
    let conditions: Vec<Option<Expr>> = applies
        .into_iter()
        .chain(&item.when)
        .map(|when| Typer::new(context, file, Stand::Quality).condition(when))
        .collect();
    let mut conditions = conditions.into_iter().collect::<Option<Vec<_>>>()?;
    let place = context.place(item.span);
    let when = match (conditions.pop(), conditions.pop()) {
        (None, _) => None,
        (Some(one), None) => Some(one),
        (Some(one), Some(other)) => {
            Some(Expr { ty: one.ty, span: one.span, kind: ExprKind::All(vec![other, one]) })
        }
    };
    let when = when.map(|when| {
        let label = context.shown(item.span);
        let outcome = Outcome { label, because: String::new(), place: place.clone() };
        let rule = Rule { when: Some(when), answers: Vec::new(), outcome };
        let choices = vec![Choice::Rule(rule)];
        context.condition(Route {
            name: format!("{name} masks"),
            place: place.clone(),
            choices,
            ..Route::default()
        })
    });
    Some(MaskSpec {
        name,
        kinds: item.kinds.clone(),
        transcript: item.transcript,
        recording: item.recording,
        screen: item.screen,
        when,
        place,
    })
}
