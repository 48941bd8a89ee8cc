//! Entries lowered once more so that they can account for themselves: every condition and every answer computed,
//! whatever decided, with the names of what they read.

use tandem_lang::program::{Cell, Choice, Expr, ExprKind, Program, Route, Table, Watch};
use tandem_stdlib::contract::{DialogFact, FactSource, FactSpec, Type};

use super::error::CompileError;
use super::facts::Facts;
use super::{Lowered, Lowering};
use crate::flow::{AnswerLayout, Function, Value};

/// A function that computes everything, and what its values mean.
pub(crate) struct Account {
    /// Computes all values; its answer record is empty.
    pub(crate) function: Function,
    /// One an outcome.
    pub(crate) outcomes: Vec<OutcomeAccount>,
}

/// The values of one outcome.
#[derive(Default)]
pub(crate) struct OutcomeAccount {
    pub(crate) atoms: Vec<AtomAccount>,
    pub(crate) answers: Vec<Value>,
}

/// The values of one condition.
pub(crate) struct AtomAccount {
    pub(crate) shown: String,
    pub(crate) held: Value,
    pub(crate) operands: Vec<OperandAccount>,
}

/// A value that a condition read.
pub(crate) struct OperandAccount {
    pub(crate) name: String,
    pub(crate) ty: Type,
    pub(crate) value: Value,
    /// Left out when this is 1.
    pub(crate) unless: Option<Value>,
    /// The value must not be shown.
    pub(crate) sensitive: bool,
}

/// What a condition reads.
#[derive(Clone, Copy)]
enum Reading<'a> {
    /// A fact.
    Fact(FactSource, Type),
    /// A field of a look-up's answer, or what stands for it: the expression, the look-up and whether it is known.
    Answer(&'a Expr, u32, FactSource),
}

/// The account of a route.
pub(crate) fn account_of_route(
    program: &Program,
    facts: &[FactSpec],
    route: &Route,
) -> Result<Account, CompileError> {
    let (mut facts, mut tables) = (Facts::of(facts), Vec::new());
    let mut lowering = Lowering::new(program, &mut facts, &mut tables, false);
    let mut outcomes = Vec::new();
    for choice in &route.choices {
        match choice {
            Choice::Table(table) => lowering.account_of_table(table, &mut outcomes)?,
            Choice::Rule(rule) => {
                let mut outcome = OutcomeAccount::default();
                if let Some(when) = &rule.when {
                    outcome.atoms = lowering.atoms(when)?;
                }
                outcome.answers = lowering.eager_answers(&rule.answers)?;
                outcomes.push(outcome);
            }
        }
    }
    Ok(lowering.account(&route.name, outcomes))
}

/// The account of a watch.
pub(crate) fn account_of_watch(
    program: &Program,
    facts: &[FactSpec],
    watch: &Watch,
) -> Result<Account, CompileError> {
    let (mut facts, mut tables) = (Facts::of(facts), Vec::new());
    let mut lowering = Lowering::new(program, &mut facts, &mut tables, true);
    lowering.reserve_watch_state();
    let mut outcomes = Vec::new();
    for (condition, _) in &watch.branches {
        let atoms = lowering.atoms(condition)?;
        outcomes.push(OutcomeAccount { atoms, answers: Vec::new() });
    }
    Ok(lowering.account(&watch.name, outcomes))
}

impl Lowering<'_> {
    fn account(self, name: &str, outcomes: Vec<OutcomeAccount>) -> Account {
        let Lowered { function, .. } = self.finish(name, AnswerLayout::default());
        Account { function, outcomes }
    }

    fn eager_answers(&mut self, answers: &[Expr]) -> Result<Vec<Value>, CompileError> {
        answers.iter().map(|answer| self.expression(answer)).collect()
    }

    /// The parts of a condition that `and` joins.
    fn atoms(&mut self, condition: &Expr) -> Result<Vec<AtomAccount>, CompileError> {
        let parts = match &condition.kind {
            ExprKind::All(parts) => parts.as_slice(),
            _ => std::slice::from_ref(condition),
        };
        let mut atoms = Vec::with_capacity(parts.len());
        for part in parts {
            let held = self.expression(part)?;
            let operands = self.operands(part);
            atoms.push(AtomAccount { shown: self.program.texts.shown(part.span), held, operands });
        }
        Ok(atoms)
    }

    fn account_of_table(
        &mut self,
        table: &Table,
        outcomes: &mut Vec<OutcomeAccount>,
    ) -> Result<(), CompileError> {
        let mut heads = Vec::with_capacity(table.columns.len());
        for column in &table.columns {
            heads.push((column, self.expression(column)?));
        }
        for row in &table.rows {
            let mut outcome = OutcomeAccount::default();
            for ((head, value), cell) in heads.iter().zip(&row.cells) {
                if !cell.tests.is_empty() || cell.not {
                    outcome.atoms.push(self.cell_atom(head, *value, cell));
                }
            }
            outcome.answers = self.eager_answers(&row.answers)?;
            outcomes.push(outcome);
        }
        Ok(())
    }

    fn cell_atom(&mut self, head: &Expr, value: Value, cell: &Cell) -> AtomAccount {
        let held = self.cell(value, head.ty, cell);
        let name = self.program.texts.shown(head.span);
        let shown = format!("{name} {}", in_words(&self.program.texts.shown(cell.span)));
        let mut operands = Vec::new();
        let mut readings = Vec::new();
        readings_of(head, &mut readings);
        let sensitive = readings.iter().any(|reading| match reading {
            Reading::Answer(_, _, known) => self.is_sensitive(*known),
            Reading::Fact(fact, _) => self.is_sensitive(*fact),
        });
        if !matches!(head.kind, ExprKind::Fact(_)) {
            operands.push(OperandAccount { name, ty: head.ty, value, unless: None, sensitive });
        }
        let read = self.operands(head);
        let is_new = |one: &OperandAccount| operands.iter().all(|known| known.name != one.name);
        let read = read.into_iter().filter(is_new).collect::<Vec<_>>();
        operands.extend(read);
        AtomAccount { shown, held, operands }
    }

    /// What an expression reads, each name once.
    fn operands(&mut self, expr: &Expr) -> Vec<OperandAccount> {
        let mut readings = Vec::new();
        readings_of(expr, &mut readings);
        let mut operands: Vec<OperandAccount> = Vec::with_capacity(readings.len());
        for operand in readings.into_iter().flat_map(|reading| self.operands_of(reading)) {
            if operands.iter().all(|known| known.name != operand.name) {
                operands.push(operand);
            }
        }
        operands
    }

    /// Whether what a source told must not be shown.
    fn is_sensitive(&self, fact: FactSource) -> bool {
        let is_hidden = |source: u32, field: u32| {
            let source = self.program.sources.get(source as usize);
            source.and_then(|source| source.fields.get(field as usize)).is_some_and(|field| field.sensitive)
        };
        match fact {
            FactSource::AnswerKnown(call, field) | FactSource::Answer(call, field) => {
                let call = self.program.source_calls.get(call as usize);
                call.is_some_and(|call| is_hidden(call.source, field))
            }
            FactSource::Lead(source, field) => is_hidden(source, field),
            _ => false,
        }
    }

    fn operands_of(&mut self, reading: Reading<'_>) -> Vec<OperandAccount> {
        match reading {
            Reading::Fact(source, ty) => {
                let (value, sensitive) = (self.fact_of(source, ty), self.is_sensitive(source));
                let spec = self.facts.spec(source).filter(|spec| !goes_without_saying(spec));
                let named = spec.map(|spec| OperandAccount {
                    name: spec.name.clone(),
                    ty: spec.ty,
                    value,
                    unless: None,
                    sensitive,
                });
                named.into_iter().collect()
            }
            Reading::Answer(field, call, known) => {
                // It was lowered as a part of the condition, so that it cannot fail here.
                let Ok(value) = self.expression(field) else { return Vec::new() };
                let sensitive = self.is_sensitive(known);
                let known = self.fact_of(known, Type::YesNo);
                let unknown = self.builder.constant(f64::NAN.to_bits());
                let name = self.program.texts.shown(field.span);
                let source = self.look_up(call);
                vec![
                    OperandAccount { name, ty: field.ty, value, unless: None, sensitive },
                    OperandAccount {
                        name: source,
                        ty: Type::Number,
                        value: unknown,
                        unless: Some(known),
                        sensitive: false,
                    },
                ]
            }
        }
    }
}

/// What a dialog's handlers look at is told as what was heard.
const fn goes_without_saying(spec: &FactSpec) -> bool {
    use DialogFact::{Heard, Intent, Key, Silent, Unresolved};
    matches!(spec.source, FactSource::Dialog(Intent | Key | Heard | Unresolved | Silent))
}

/// A cell as the rest of a sentence.
fn in_words(cell: &str) -> String {
    let is_comparison = cell.starts_with(['<', '>', '=', '!']) || cell.starts_with("starts with");
    let listed = cell.split(',').map(str::trim).collect::<Vec<_>>().join(" or ");
    if is_comparison { listed } else { format!("is {listed}") }
}

fn readings_of<'a>(expr: &'a Expr, found: &mut Vec<Reading<'a>>) {
    let mut add = |reading: Reading<'a>| found.push(reading);
    match &expr.kind {
        ExprKind::Constant(_) => {}
        ExprKind::Fact(source) => add(Reading::Fact(*source, expr.ty)),
        ExprKind::Moves { signal, .. } => add(Reading::Fact(*signal, expr.ty)),
        ExprKind::Usual { signal, speaking } => {
            add(Reading::Fact(*signal, Type::Number));
            add(Reading::Fact(*speaking, Type::YesNo));
        }
        ExprKind::Not(inner) | ExprKind::In(inner, _) | ExprKind::Lasts(inner, _) => {
            readings_of(inner, found);
        }
        ExprKind::Often { condition, .. } => readings_of(condition, found),
        ExprKind::All(parts) | ExprKind::Any(parts) => {
            parts.iter().for_each(|part| readings_of(part, found));
        }
        ExprKind::Compare(_, left, right) => {
            readings_of(left, found);
            readings_of(right, found);
        }
        ExprKind::Arithmetic { left, right, otherwise, .. } => {
            readings_of(left, found);
            readings_of(right, found);
            otherwise.iter().for_each(|one| readings_of(one, found));
        }
        ExprKind::If { condition, then, otherwise } => match condition.kind {
            ExprKind::Fact(known @ FactSource::AnswerKnown(call, _)) => {
                add(Reading::Answer(expr, call, known));
            }
            _ => [condition, then, otherwise].into_iter().for_each(|part| readings_of(part, found)),
        },
    }
}
