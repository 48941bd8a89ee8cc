//! Samplings: which calls a person listens to.

use tandem_stdlib::contract::{Outcome, Output, SamplingSpec, Type};

use crate::check::context::Context;
use crate::check::resolve::Kind;
use crate::check::types::{Stand, Typer};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, ExprKind, Route, Rule};
use crate::source::Span;
use crate::tree;

/// Checks all samplings; one with an error is left out.
pub(super) fn samplings(context: &mut Context<'_>) -> Vec<SamplingSpec> {
    let items = context.world.samplings.clone();
    let names = context.names_of(Kind::Sampling);
    items
        .into_iter()
        .zip(names)
        .filter_map(|((file, item), name)| sampling(context, file, item, name))
        .collect()
}

fn sampling(
    context: &mut Context<'_>,
    file: usize,
    item: &tree::Sampling,
    name: String,
) -> Option<SamplingSpec> {
    if item.lines.is_empty() && !context.is_incomplete(item.span) {
        let message = format!("the sampling `{}` takes no call", item.name.text);
        let help = "say which, such as `all when call.intent = complaint` or `10% otherwise`".to_owned();
        context.error(Code::CentreIncomplete, item.name.span, message, Some(help));
    }
    report_after_otherwise(context, item);
    let incomplete = context.is_incomplete(item.span);
    let mut typer = Typer::new(context, file, Stand::End);
    typer.add_lets(&item.lets);
    let lines: Vec<Option<Rule>> = item.lines.iter().map(|line| rule(&mut typer, line)).collect();
    if !incomplete {
        typer.report_unused_lets(&item.lets);
    }
    let rules = lines.into_iter().collect::<Option<Vec<_>>>()?;
    let place = context.place(item.name.span);
    let entry = context.condition(Route {
        name: name.clone(),
        place: place.clone(),
        outputs: vec![Output { name: "share".to_owned(), ty: Type::Percent }],
        choices: rules.into_iter().map(Choice::Rule).collect(),
        ..Route::default()
    });
    Some(SamplingSpec { name, place, entry })
}

fn rule(typer: &mut Typer<'_, '_>, line: &tree::SampleLine) -> Option<Rule> {
    let when = match &line.when {
        Some(when) => typer.condition(when).map(Some),
        None => Some(None),
    };
    let share = line.share;
    if !(0.0..=1.0).contains(&share.value) {
        let help = "write 0% to 100%".to_owned();
        typer.context.error(Code::BadLiteral, share.span, "no share of calls is so large", Some(help));
        return None;
    }
    let (label, place) = (label(typer.context, line), typer.context.place(line.span));
    let because = line.because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default();
    let answer =
        Expr { kind: ExprKind::Constant((share.value + 0.0).to_bits()), ty: Type::Percent, span: share.span };
    Some(Rule { when: when?, answers: vec![answer], outcome: Outcome { label, because, place } })
}

/// The line without its reason.
fn label(context: &Context<'_>, line: &tree::SampleLine) -> String {
    let end = match &line.when {
        Some(when) => when.span.end,
        None => line.because.as_ref().map_or(line.span.end, |because| because.span.start),
    };
    let shown = context.shown(Span { end, ..line.span });
    shown.trim_end().trim_end_matches("because").trim_end().to_owned()
}

fn report_after_otherwise(context: &mut Context<'_>, item: &tree::Sampling) {
    let first = item.lines.iter().position(|line| line.when.is_none());
    for line in first.into_iter().flat_map(|first| item.lines.iter().skip(first + 1)) {
        let wrong = Diagnostic::new(Code::RowNeverReached, line.span, "`otherwise` stands above this line");
        context.report(wrong.help("move `otherwise` to the end"));
    }
}
