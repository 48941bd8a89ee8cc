//! Tables and rules of one route.

use std::collections::HashMap;

use tandem_stdlib::contract::{Outcome, Type, UNKNOWN_WORD};

use crate::check::resolve::QUEUE;
use crate::check::suggest;
use crate::check::types::{Typer, any_cell};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Cell, Choice, Expr, ExprKind, Row, Rule, Table};
use crate::source::Span;
use crate::tree::{self, Name, Quoted};

/// Types the lines of a route and counts them.
pub(super) struct Lines<'l, 'c, 't> {
    typer: &'l mut Typer<'c, 't>,
    outputs: &'l [(&'l Name, Option<Type>)],
    incomplete: bool,
    rows: usize,
    rules: usize,
    names: HashMap<String, Span>,
    /// The places of rows and rules in order.
    pub(super) spans: Vec<Span>,
}

impl<'l, 'c, 't> Lines<'l, 'c, 't> {
    /// No lines yet.
    pub(super) fn new(
        typer: &'l mut Typer<'c, 't>,
        outputs: &'l [(&'l Name, Option<Type>)],
        incomplete: bool,
    ) -> Self {
        Self { typer, outputs, incomplete, rows: 0, rules: 0, names: HashMap::new(), spans: Vec::new() }
    }

    /// A table or a rule.
    pub(super) fn choice(&mut self, choice: &tree::Choice) -> Option<Choice> {
        match choice {
            tree::Choice::Table(table) => self.table(table).map(Choice::Table),
            tree::Choice::Rule(rule) => self.rule(rule).map(Choice::Rule),
        }
    }

    fn table(&mut self, table: &tree::Table) -> Option<Table> {
        let columns: Vec<Option<Expr>> = table.columns.iter().map(|head| self.typer.value(head)).collect();
        let order = self.output_columns(table);
        let mut rows = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            rows.push(self.row(row, &columns, &order));
        }
        let columns: Option<Vec<Expr>> = columns.into_iter().collect();
        Some(Table { columns: columns?, rows: rows.into_iter().collect::<Option<Vec<Row>>>()? })
    }

    /// For each output of the route its column in the table; reports heads that do not fit.
    fn output_columns(&mut self, table: &tree::Table) -> Vec<Option<usize>> {
        let mut first: HashMap<&str, Span> = HashMap::new();
        for name in &table.outputs {
            if let Some(before) = first.get(name.text.as_str()) {
                let message = format!("the column `{}` is there twice", name.text);
                let twice = Diagnostic::new(Code::DeclaredTwice, name.span, message);
                self.typer
                    .context
                    .report(twice.note(*before, "the first is here").help("remove one of them"));
            } else if !self.outputs.iter().any(|(output, _)| output.text == name.text) {
                self.unknown_output(name);
            }
            first.entry(&name.text).or_insert(name.span);
        }
        let columns: Vec<Option<usize>> = self
            .outputs
            .iter()
            .map(|(output, _)| table.outputs.iter().position(|name| name.text == output.text))
            .collect();
        let missing = self.outputs.iter().zip(&columns).filter(|(_, column)| column.is_none());
        let missing: Vec<String> = missing.map(|((output, _), _)| output.text.clone()).collect();
        let whole = !self.typer.context.is_incomplete(table.span);
        for name in missing.into_iter().filter(|_| whole) {
            let message = format!("the table does not decide `{name}`");
            let help = format!("add a column `{name}` after the `->`");
            let end = table.outputs.last().map_or(table.span, |name| name.span);
            self.typer.context.error(Code::OutputNotDecided, end, message, Some(help));
        }
        columns
    }

    fn unknown_output(&mut self, name: &Name) {
        let known = self.outputs.iter().map(|(output, _)| output.text.as_str());
        let mut wrong = Diagnostic::new(
            Code::UnknownName,
            name.span,
            format!("the route does not decide `{}`", name.text),
        );
        wrong.help = suggest::help(&name.text, known.clone());
        if suggest::nearest(&name.text, known).is_none() {
            wrong.help = Some(format!("add `{}` after `decides`", name.text));
        }
        self.typer.context.report(wrong);
    }

    fn row(&mut self, row: &tree::Row, columns: &[Option<Expr>], order: &[Option<usize>]) -> Option<Row> {
        self.rows += 1;
        let label = if row.otherwise { "otherwise".to_owned() } else { format!("row {}", self.rows) };
        let outcome = self.outcome(label, row.because.as_ref(), row.span);
        let cells: Vec<Option<Cell>> = if row.otherwise {
            columns.iter().map(|_| Some(any_cell(row.span))).collect()
        } else {
            let pairs = columns.iter().zip(&row.cells);
            pairs.map(|(column, cell)| self.typer.cell(column.as_ref()?, cell)).collect()
        };
        let answers: Vec<Option<Expr>> = self
            .outputs
            .iter()
            .zip(order)
            .map(|((output, ty), column)| {
                let answer = row.answers.get((*column)?)?;
                answer_of(self.typer, answer, (*ty)?, &output.text)
            })
            .collect();
        let complete = cells.len() == columns.len();
        let cells: Option<Vec<Cell>> = cells.into_iter().collect();
        let answers: Option<Vec<Expr>> = answers.into_iter().collect();
        Some(Row { cells: cells.filter(|_| complete)?, answers: answers?, outcome })
    }

    fn outcome(&mut self, label: String, because: Option<&Quoted>, span: Span) -> Outcome {
        self.spans.push(span);
        let because = because.map(|quoted| quoted.text.clone()).unwrap_or_default();
        Outcome { label, because, place: self.typer.context.place(span) }
    }

    fn rule(&mut self, rule: &tree::Rule) -> Option<Rule> {
        self.rules += 1;
        let label = match (&rule.name, &rule.when) {
            (Some(name), _) => self.rule_name(name),
            (None, None) => "otherwise".to_owned(),
            (None, Some(_)) => format!("rule {}", self.rules),
        };
        let outcome = self.outcome(label, rule.because.as_ref(), rule.span);
        let when = match &rule.when {
            Some(when) => self.typer.condition(when).map(Some),
            None => Some(None),
        };
        let answers = self.rule_answers(rule);
        Some(Rule { when: when?, answers: answers?, outcome })
    }

    fn rule_name(&mut self, name: &Name) -> String {
        if let Some(first) = self.names.get(&name.text) {
            let twice = Diagnostic::new(
                Code::DeclaredTwice,
                name.span,
                format!("two rules are called `{}`", name.text),
            );
            self.typer.context.report(twice.note(*first, "the first is here").help("rename one of them"));
        }
        self.names.entry(name.text.clone()).or_insert(name.span);
        name.text.clone()
    }

    fn rule_answers(&mut self, rule: &tree::Rule) -> Option<Vec<Expr>> {
        for (at, (name, _)) in rule.answers.iter().enumerate() {
            let before = rule.answers.iter().take(at).find(|(first, _)| first.text == name.text);
            if let Some((first, _)) = before {
                let message = format!("`{}` is decided twice", name.text);
                let twice = Diagnostic::new(Code::DeclaredTwice, name.span, message);
                self.typer
                    .context
                    .report(twice.note(first.span, "the first is here").help("remove one of them"));
            } else if !self.outputs.iter().any(|(output, _)| output.text == name.text) {
                self.unknown_output(name);
            }
        }
        let answers: Vec<Option<Expr>> =
            self.outputs.iter().map(|(output, ty)| self.rule_answer(rule, output, *ty)).collect();
        answers.into_iter().collect()
    }

    fn rule_answer(&mut self, rule: &tree::Rule, output: &Name, ty: Option<Type>) -> Option<Expr> {
        let Some((_, answer)) = rule.answers.iter().find(|(name, _)| name.text == output.text) else {
            if !self.incomplete {
                let message = format!("the rule does not decide `{}`", output.text);
                let help = format!("add `, {} …` after `decide`", output.text);
                let wrong = Diagnostic::new(Code::OutputNotDecided, rule.span, message);
                self.typer.context.report(wrong.note(output.span, "the route decides it").help(help));
            }
            return None;
        };
        answer_of(self.typer, answer, ty?, &output.text)
    }
}

/// An answer; notes the queues that calls can come to.
fn answer_of(typer: &mut Typer<'_, '_>, answer: &tree::Expr, ty: Type, output: &str) -> Option<Expr> {
    let found = typer.value_of(answer, ty, &format!("`{output}`"))?;
    if ty == Type::Word(QUEUE) {
        if let ExprKind::Constant(UNKNOWN_WORD) = found.kind {
            let help = "name a queue".to_owned();
            typer.context.error(
                Code::WrongType,
                answer.span,
                "a call cannot wait in an unknown queue",
                Some(help),
            );
            return None;
        }
        reach(typer, &found);
    }
    Some(found)
}

/// Notes every queue that an answer can name.
fn reach(typer: &mut Typer<'_, '_>, answer: &Expr) {
    match &answer.kind {
        ExprKind::Constant(queue) => typer.context.reach_queue(*queue),
        ExprKind::If { then, otherwise, .. } => {
            reach(typer, then);
            reach(typer, otherwise);
        }
        // A record's field of type queue: any queue can come of it.
        _ => {
            (1..=typer.context.queues_reached.len() as u64).for_each(|queue| typer.context.reach_queue(queue))
        }
    }
}
