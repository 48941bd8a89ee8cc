//! Whether people are treated differently by what is protected, and nobody says why.

use tandem_stdlib::contract::FactSource;

use super::origin::depends;
use crate::check::context::Context;
use crate::check::types::facts;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, ExprKind, Route, Row, Rule, Table};
use crate::source::Span;

/// The decisions that an author has: a line without a reason is a finding where it depends on a protected fact.
pub(super) fn check_fairness(context: &mut Context<'_>, routes: &[Route]) {
    let mut fields = context.world.records.iter().flatten();
    if !fields.any(|field| field.labels.protected) {
        return;
    }
    let mut unfair = Unfair { context, found: Vec::new() };
    routes.iter().for_each(|route| unfair.route(route));
    let treating = context.conditions.iter().zip(&context.told).filter(|(_, told)| told.treats);
    treating.for_each(|(route, _)| unfair.route(route));
    let found = unfair.found;
    found.into_iter().for_each(|one| context.report(one));
}

struct Unfair<'c, 't> {
    context: &'c Context<'t>,
    found: Vec<Diagnostic>,
}

impl Unfair<'_, '_> {
    fn route(&mut self, route: &Route) {
        for choice in &route.choices {
            match choice {
                Choice::Table(table) => self.table(route, table),
                Choice::Rule(rule) => self.rule(route, rule),
            }
        }
    }

    fn table(&mut self, route: &Route, table: &Table) {
        let columns: Vec<Vec<FactSource>> = table.columns.iter().map(facts).collect();
        for row in table.rows.iter().filter(|row| row.outcome.because.is_empty()) {
            if let Some(found) = self.row(route, &columns, row) {
                self.found.push(found);
            }
        }
    }

    /// A row depends on the columns that it tests and on what its answers are worked out of.
    fn row(&self, route: &Route, columns: &[Vec<FactSource>], row: &Row) -> Option<Diagnostic> {
        let tested = columns.iter().zip(&row.cells).filter(|(_, cell)| !cell.tests.is_empty());
        let tested = tested.flat_map(|(facts, cell)| facts.iter().map(|fact| (*fact, cell.span)));
        let mut reads = tested.chain(row.answers.iter().flat_map(reads));
        reads.find_map(|(fact, span)| self.finding(route, fact, span))
    }

    fn rule(&mut self, route: &Route, rule: &Rule) {
        if !rule.outcome.because.is_empty() {
            return;
        }
        let mut read = rule.when.iter().chain(&rule.answers).flat_map(reads);
        let found = read.find_map(|(fact, span)| self.finding(route, fact, span));
        // Handlers of a question stand in the questions inside it as well.
        let is_new = |found: &Diagnostic| self.found.iter().all(|known| known.span != found.span);
        if let Some(found) = found.filter(is_new) {
            self.found.push(found);
        }
    }

    fn finding(&self, route: &Route, fact: FactSource, span: Span) -> Option<Diagnostic> {
        let origin = depends(self.context, fact, |labels| labels.protected)?;
        let (name, shown) = (&origin.field.name, self.context.shown(span));
        let decided: Vec<&str> = route.outputs.iter().map(|output| output.name.as_str()).collect();
        let what = match decided.as_slice() {
            [] => "what is done".to_owned(),
            names => format!("`{}`", names.join("`, `")),
        };
        let message =
            format!("`{shown}` decides {what} by `{name}`, which is protected, and nothing says why");
        let declared = format!("`{name}` of {} is declared so here", origin.asked);
        let mut found = Diagnostic::new(Code::ProtectedDecides, span, message);
        for (at, through) in origin.way {
            found = found.note(at, through);
        }
        found = found.note(origin.field.span, declared);
        Some(found.help("leave it out, or give the reason at the end of the line: `because \"…\"`"))
    }
}

/// The facts of an expression, each at the place of the condition or value that reads it.
fn reads(expr: &Expr) -> Vec<(FactSource, Span)> {
    match &expr.kind {
        ExprKind::All(parts) | ExprKind::Any(parts) => parts.iter().flat_map(reads).collect(),
        _ => facts(expr).into_iter().map(|fact| (fact, expr.span)).collect(),
    }
}
