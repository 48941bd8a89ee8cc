//! Callers of other calls who become leads.

use tandem_stdlib::contract::{FactSource, FromCalls, Outcome, Output, TextFact, Type, UNKNOWN_WORD};

use super::leads::Lead;
use super::said::Said;
use crate::check::context::{Context, small};
use crate::check::types::{Stand, Typer};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, ExprKind, Route, Rule};
use crate::source::Span;
use crate::tree::{self, EmitLine, Handed};

/// The fields of a lead by name, with their types.
type Fields = Vec<(String, Option<Type>)>;

/// `Some(None)`: no caller becomes a lead; `None`: something is wrong, which has been reported.
pub(super) fn callers(
    context: &mut Context<'_>,
    file: usize,
    name: &str,
    (said, incomplete): (&Said<'_>, bool),
    lead: &Lead,
) -> Option<Option<FromCalls>> {
    let Some((from, span)) = said.callers else { return Some(None) };
    if from.lines.is_empty() {
        if !incomplete {
            let message = "nothing says which callers become leads";
            let help = "add a line: `when customer said wants_a_loan emit lead because \"asked for a loan\"`";
            context.error(Code::CampaignIncomplete, span, message, Some(help.to_owned()));
        }
        return None;
    }
    let fields = context.world.fields_of(lead.record)?;
    let mut typer = Typer::new(context, file, Stand::End);
    typer.add_lets(&from.lets);
    let given: Vec<Option<Given>> = from.lines.iter().map(|line| given(&mut typer, &fields, line)).collect();
    if !incomplete {
        typer.report_unused_lets(&from.lets);
    }
    let given: Vec<Given> = given.into_iter().collect::<Option<_>>()?;
    let mut filled: Vec<usize> = given.iter().flat_map(|one| one.values.iter().map(|(at, _)| *at)).collect();
    filled.push(lead.phone);
    filled.sort_unstable();
    filled.dedup();
    let rules: Option<Vec<Rule>> = given
        .into_iter()
        .zip(&from.lines)
        .map(|(given, line)| rule(typer.context, &fields, (lead, &filled), given, line))
        .collect();
    let outputs = filled.iter().filter_map(|at| fields.get(*at));
    let outputs =
        outputs.map(|(name, ty)| Some(Output { name: name.clone(), ty: (*ty)? })).collect::<Option<_>>()?;
    let choices = rules?.into_iter().map(Choice::Rule).collect();
    let place = context.place(span);
    let name = format!("{name} from calls");
    let entry = context.treatment(Route { name, place, outputs, choices, ..Route::default() });
    Some(Some(FromCalls { entry, fields: filled.into_iter().map(small).collect() }))
}

/// A line, typed.
struct Given {
    when: Expr,
    values: Vec<(usize, Expr)>,
}

fn given(typer: &mut Typer<'_, '_>, fields: &Fields, line: &EmitLine) -> Option<Given> {
    let when = typer.condition(&line.when);
    let mut values: Vec<(usize, Expr)> = Vec::new();
    let mut whole = true;
    for field in &line.fields {
        let Some((at, value, span)) = value(typer, fields, field) else {
            whole = false;
            continue;
        };
        if values.iter().any(|(known, _)| *known == at) {
            let twice = Diagnostic::new(Code::DeclaredTwice, span, "this field is filled twice");
            typer.context.report(twice.help("leave one of the two"));
            whole = false;
        }
        values.push((at, value));
    }
    Some(Given { when: when?, values }).filter(|_| whole)
}

fn value(typer: &mut Typer<'_, '_>, fields: &Fields, field: &Handed) -> Option<(usize, Expr, Span)> {
    let (name, written) = match field {
        Handed::Value(name, value) => (name.clone(), value.clone()),
        Handed::Named(path) => {
            let written = tree::Expr { kind: tree::ExprKind::Path(path.clone()), span: path.span };
            (path.names.last()?.clone(), written)
        }
    };
    let Some(at) = fields.iter().position(|(known, _)| *known == name.text) else {
        let message = format!("a lead has no field `{}`", name.text);
        typer.context.unknown_name(
            &name.text,
            name.span,
            message,
            fields.iter().map(|(known, _)| known.as_str()),
        );
        return None;
    };
    let ty = fields.get(at).and_then(|(_, ty)| *ty)?;
    let value = typer.value_of(&written, ty, &format!("`{}` of the lead", name.text))?;
    Some((at, value, name.span))
}

/// The answers of a line, one for each field that any line fills. Who is called when nothing says so is who called.
fn rule(
    context: &mut Context<'_>,
    fields: &Fields,
    (lead, filled): (&Lead, &[usize]),
    given: Given,
    line: &EmitLine,
) -> Option<Rule> {
    let mut answers = Vec::with_capacity(filled.len());
    for at in filled {
        let known = given.values.iter().find(|(known, _)| known == at).map(|(_, value)| value.clone());
        let (name, ty) = fields.get(*at)?;
        let ty = (*ty)?;
        let fact = |fact| Expr { kind: ExprKind::Fact(fact), ty, span: line.span };
        let otherwise = match ty {
            Type::Phone if *at == lead.phone => Some(fact(FactSource::Text(TextFact::From))),
            Type::Word(_) | Type::Text | Type::Phone => {
                Some(Expr { kind: ExprKind::Constant(UNKNOWN_WORD), ty, span: line.span })
            }
            _ => None,
        };
        let Some(answer) = known.or(otherwise) else {
            let message = format!("this line says nothing of `{name}`, which another one fills");
            let help = format!("add `{name} = …` after `with`");
            context.error(Code::CampaignIncomplete, line.span, message, Some(help));
            return None;
        };
        answers.push(answer);
    }
    let because = line.because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default();
    let label = context.shown(given.when.span);
    let outcome = Outcome { label, because, place: context.place(line.span) };
    Some(Rule { when: Some(given.when), answers, outcome })
}
