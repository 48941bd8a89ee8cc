//! Routes: tables and rules in order; the first row or rule that holds decides.

use std::collections::HashMap;

use tandem_lang::program::{Cell, CellTest, Choice, CompareOp, Expr, ExprKind, Route, Row, Rule, Table};
use tandem_stdlib::contract::{Slot, Type};

use super::error::CompileError;
use super::expression::order_of;
use super::{Lowered, Lowering};
use crate::flow::{
    AnswerLayout, Body, CellSet, CellValues, ComputedRow, Decision, MatchRow, MatchTable, NO_ROW, Op, Order,
    ROUTE_TRACE_MAX, Step, Value,
};

/// Columns of one flow table, beyond which its rows go into a further table: cells that ask the host, such as
/// `starts with`, have a column each.
const COLUMNS_MAX: usize = 64;

/// A flow table under construction.
struct Columns {
    orders: Vec<Order>,
    values: Vec<Value>,
    /// Columns that stand for one cell of an author's column, by its place and the facts that it reads.
    derived: HashMap<String, usize>,
}

impl Lowering<'_> {
    pub(super) fn route(mut self, route: &Route) -> Result<Lowered, CompileError> {
        let mut outcomes = 0;
        for choice in &route.choices {
            match choice {
                Choice::Table(table) => {
                    self.table(table, outcomes)?;
                    outcomes += u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
                }
                Choice::Rule(rule) => {
                    self.rule(rule, outcomes)?;
                    outcomes += 1;
                }
            }
        }
        self.builder.step(Step::Decide(Decision { answers: Vec::new(), outcome: None }));
        let answers = u32::try_from(route.outputs.len() + 1).unwrap_or(u32::MAX);
        let outcomes = if outcomes > ROUTE_TRACE_MAX { 0 } else { outcomes };
        Ok(self.finish(&route.name, AnswerLayout { answers, outcomes }))
    }

    fn rule(&mut self, rule: &Rule, outcome: u32) -> Result<(), CompileError> {
        let holds = match &rule.when {
            Some(when) => self.expression(when)?,
            None => self.builder.constant(1),
        };
        self.builder.open();
        let decision = self.answers(&rule.answers);
        if let Ok(answers) = &decision {
            self.builder.step(Step::Decide(Decision { answers: answers.clone(), outcome: Some(outcome) }));
        }
        let then = self.builder.close();
        decision?;
        self.builder.when(holds, then);
        Ok(())
    }

    fn answers(&mut self, answers: &[Expr]) -> Result<Vec<Value>, CompileError> {
        let mut values = Vec::with_capacity(answers.len());
        for answer in answers {
            let value = self.expression(answer)?;
            values.push(self.leaving(value, order_of(answer.ty)));
        }
        Ok(values)
    }

    /// A value as it leaves the function.
    fn leaving(&mut self, value: Value, order: Order) -> Value {
        match (order, self.builder.constant_of(value)) {
            (Order::Float, Some(slot)) => self.builder.constant(canonical(slot)),
            (Order::Float, None) => self.builder.op(Op::Canonical(value)),
            _ => value,
        }
    }

    fn table(&mut self, table: &Table, first_outcome: u32) -> Result<(), CompileError> {
        let mut heads = Vec::with_capacity(table.columns.len());
        for column in &table.columns {
            heads.push((self.expression(column)?, column.ty));
        }
        let mut rest = table.rows.as_slice();
        let mut outcome = first_outcome;
        while !rest.is_empty() {
            let taken = self.part_of_table(&heads, rest, outcome)?;
            outcome += u32::try_from(taken).unwrap_or(u32::MAX);
            rest = rest.get(taken..).unwrap_or_default();
        }
        Ok(())
    }

    /// Lowers as many rows as fit into one flow table, at least one.
    fn part_of_table(
        &mut self,
        heads: &[(Value, Type)],
        rows: &[Row],
        first_outcome: u32,
    ) -> Result<usize, CompileError> {
        let mut columns = Columns {
            orders: heads.iter().map(|head| order_of(head.1)).collect(),
            values: heads.iter().map(|head| head.0).collect(),
            derived: HashMap::new(),
        };
        let (mut lowered, mut computed) = (Vec::new(), Vec::new());
        for row in rows {
            if !lowered.is_empty() && columns.values.len() >= heads.len() + COLUMNS_MAX {
                break;
            }
            let index = u32::try_from(lowered.len()).unwrap_or(u32::MAX);
            let answers = self.row_answers(row, index, &mut computed)?;
            lowered.push(MatchRow { cells: self.row_cells(heads, row, &mut columns), answers });
        }
        let taken = lowered.len();
        for row in &mut lowered {
            row.cells.resize_with(columns.orders.len(), CellSet::default);
        }
        let always = lowered.iter().any(|row| row.cells.iter().all(CellSet::is_any));
        let index = u32::try_from(self.tables.len()).unwrap_or(u32::MAX);
        self.tables.push(MatchTable { columns: columns.orders, rows: lowered, first_outcome });
        self.match_table(index, columns.values, computed, always);
        Ok(taken)
    }

    fn match_table(&mut self, table: u32, columns: Vec<Value>, computed: Vec<ComputedRow>, always: bool) {
        let row = self.builder.op(Op::Match(table, columns));
        let decide = Step::DecideRow { table, row, computed };
        if always {
            self.builder.step(decide);
        } else {
            let none = self.builder.constant(NO_ROW);
            let found = self.builder.compare(Order::Word, CompareOp::NotEqual, row, none);
            self.builder.when(found, vec![decide]);
        }
    }

    fn row_answers(
        &mut self,
        row: &Row,
        index: u32,
        computed: &mut Vec<ComputedRow>,
    ) -> Result<Vec<Slot>, CompileError> {
        let slots = row.answers.iter().map(|answer| self.constant_answer(answer)).collect::<Vec<_>>();
        if slots.iter().any(Option::is_none) {
            self.builder.open();
            let answers = self.answers(&row.answers);
            let body: Body = self.builder.close();
            computed.push(ComputedRow { row: index, body, answers: answers? });
        }
        Ok(slots.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// The slot of an answer that is the same for every call.
    fn constant_answer(&self, answer: &Expr) -> Option<Slot> {
        match answer.kind {
            ExprKind::Constant(slot) if order_of(answer.ty) == Order::Float => Some(canonical(slot)),
            ExprKind::Constant(slot) => Some(self.constant_slot(answer.ty, slot)),
            _ => None,
        }
    }

    fn row_cells(&mut self, heads: &[(Value, Type)], row: &Row, columns: &mut Columns) -> Vec<CellSet> {
        let mut cells = Vec::with_capacity(columns.orders.len());
        cells.resize_with(columns.orders.len(), CellSet::default);
        for (at, (cell, (value, ty))) in row.cells.iter().zip(heads).enumerate() {
            let lists = cell.tests.iter().map(|test| self.listed(*ty, test)).collect::<Option<Vec<_>>>();
            match lists {
                Some(any_of) => {
                    if let Some(slot) = cells.get_mut(at) {
                        *slot = CellSet { not: cell.not, any_of };
                    }
                }
                None => {
                    let column = self.derived_column(at, cell, *value, *ty, columns);
                    cells.resize_with(columns.orders.len(), CellSet::default);
                    if let Some(slot) = cells.get_mut(column) {
                        *slot = CellSet { not: false, any_of: vec![CellValues::Is(1)] };
                    }
                }
            }
        }
        cells
    }

    /// The column that holds whether the value passes this cell.
    fn derived_column(
        &mut self,
        head: usize,
        cell: &Cell,
        value: Value,
        ty: Type,
        columns: &mut Columns,
    ) -> usize {
        let key = format!("{head} {} {:?}", cell.not, cell.tests);
        if let Some(column) = columns.derived.get(&key) {
            return *column;
        }
        debug_assert!(cell.tests.iter().any(|test| matches!(test, CellTest::Fact(_))));
        let passes = self.cell(value, ty, cell);
        let column = columns.values.len();
        columns.values.push(passes);
        columns.orders.push(Order::Word);
        columns.derived.insert(key, column);
        column
    }
}

/// A float constant with every NaN made the same.
fn canonical(slot: Slot) -> Slot {
    if f64::from_bits(slot).is_nan() { f64::NAN.to_bits() } else { slot }
}
