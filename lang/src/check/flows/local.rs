//! What stays in the house: nothing that is declared `local` is asked of a source that is declared `cloud`.

use tandem_stdlib::contract::{Argument, FactSource};

use super::origin::{WAY_MAX, field_of, noted, revealed, shown};
use crate::check::context::Context;
use crate::check::types::{Stand, Typer};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::ExprKind;
use crate::source::Span;
use crate::tree::{self, ExprKind as Written, Whereabouts};

/// Reports every look-up in the cloud that is asked with something local, with the way that it takes.
pub(super) fn check_local(context: &mut Context<'_>) {
    let kept = kept(context);
    let calls = context.calls.list.iter().zip(&context.calls.spans).enumerate();
    let in_cloud = |source: u32| {
        let source = context.world.sources.get(source as usize);
        source.filter(|source| source.whereabouts == Whereabouts::Cloud)
    };
    let mut found = Vec::new();
    for (at, (call, span)) in calls {
        let Some(source) = in_cloud(call.source) else { continue };
        let asked = (shown(context, u32::try_from(at).unwrap_or(u32::MAX)), *span);
        let facts = call.arguments.iter().filter_map(|argument| match argument {
            Argument::Fact(fact) => Some(*fact),
            Argument::Constant(_) => None,
        });
        let origins = facts.filter_map(|fact| Search { context, kept: &kept, way: Vec::new() }.of(fact));
        found.extend(origins.map(|origin| leaves(&asked, (&source.spec.name, source.span), origin)));
    }
    found.into_iter().for_each(|one| context.report(one));
}

fn leaves((shown, at): &(String, Span), (source, declared): (&str, Span), origin: Origin) -> Diagnostic {
    let Origin { name, span, way } = origin;
    let message = format!("`{shown}` would take {name} into the cloud, and it is local");
    let mut wrong = Diagnostic::new(Code::LocalLeaves, *at, message);
    for (at, through) in way {
        wrong = wrong.note(at, through);
    }
    let wrong =
        wrong.note(span, "it is declared `local` here").note(declared, format!("`{source}` is `cloud`"));
    wrong.help(
        "ask with something else, ask a source of the house, or note `masked(…)` of it and ask with that",
    )
}

/// Facts of the call that stay in the house, with the places that say so.
fn kept(context: &mut Context<'_>) -> Vec<(FactSource, String, Span)> {
    let mut kept = Vec::new();
    for (file, item) in context.world.local_facts.clone() {
        for path in &item.facts {
            let written = tree::Expr { kind: Written::Path(path.clone()), span: path.span };
            let Some(found) = Typer::new(context, file, Stand::Route).value(&written) else { continue };
            match found.kind {
                ExprKind::Fact(fact @ (FactSource::Text(_) | FactSource::Call(_))) => {
                    kept.push((fact, context.shown(path.span), path.span));
                }
                _ => not_of_the_call(context, path.span),
            }
        }
    }
    kept
}

fn not_of_the_call(context: &mut Context<'_>, span: Span) {
    let message = format!("`{}` is no fact of the call that a source can be asked with", context.shown(span));
    let help =
        "name facts such as `call.from` or `call.keys`; fields are local by their record or their source";
    context.error(Code::NotHere, span, message, Some(help.to_owned()));
}

/// Where something local comes from: what it is, where it is declared, and the way, the last step first.
struct Origin {
    name: String,
    span: Span,
    way: Vec<(Span, String)>,
}

struct Search<'c, 't> {
    context: &'c Context<'t>,
    kept: &'c [(FactSource, String, Span)],
    way: Vec<(Span, String)>,
}

impl Search<'_, '_> {
    /// A value goes where it can be read off; what a comparison tells of it, and what is masked, may leave.
    fn of(&mut self, fact: FactSource) -> Option<Origin> {
        if self.way.len() >= WAY_MAX {
            return None;
        }
        if let Some((name, span)) = self.declared(fact) {
            return Some(Origin { name, span, way: std::mem::take(&mut self.way) });
        }
        let FactSource::Noted(note) = fact else { return None };
        noted(self.context, note).into_iter().find_map(|(value, at, through)| {
            let mut seen = Vec::new();
            revealed(value, &mut seen);
            seen.into_iter().find_map(|(fact, _)| {
                self.way.push((at, through.clone()));
                let found = self.of(fact);
                self.way.pop();
                found
            })
        })
    }

    /// What a fact is called and where it is declared, if that makes it local.
    fn declared(&self, fact: FactSource) -> Option<(String, Span)> {
        if let Some((_, name, span)) = self.kept.iter().find(|(kept, ..)| *kept == fact) {
            return Some((format!("`{name}`"), *span));
        }
        let (field, asked) = field_of(self.context, fact)?;
        let name = format!("`{}` of {asked}", field.name);
        if field.labels.local {
            return Some((name, field.span));
        }
        let source = match fact {
            FactSource::Answer(call, _) => self.context.calls.list.get(call as usize)?.source,
            FactSource::Lead(source, _) => source,
            _ => return None,
        };
        let source = self.context.world.sources.get(source as usize)?;
        (source.whereabouts == Whereabouts::Local).then_some((name, source.span))
    }
}
