//! The flow IR as text: one step a line, bodies indented, values `%0`, facts `fact[0]`, state `state[0]`.
//!
//! ```text
//! function bank.arrival (state 0, answers 2, outcomes 3)
//!   %0 = fact[1]
//!   %1 = match table 0 (%0)
//!   …
//! ```

use std::fmt::{self, Display, Formatter};

use super::{Body, CellSet, CellValues, Decision, Flow, Function, MatchTable, Op, Order, Step, Value};
use tandem_lang::program::{ArithmeticOp, CompareOp};

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "%{}", self.0)
    }
}

/// Values separated by commas.
struct List<'a>(&'a [Value]);

impl Display for List<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (at, value) in self.0.iter().enumerate() {
            write!(f, "{}{value}", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// A slot in the notation of its kind.
struct Shown(Order, u64);

impl Display for Shown {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Order::Word => write!(f, "{}", self.1),
            Order::Integer => write!(f, "{}", self.1.cast_signed()),
            Order::Float => write!(f, "{:?}", f64::from_bits(self.1)),
        }
    }
}

const fn order_name(order: Order) -> &'static str {
    match order {
        Order::Word => "word",
        Order::Integer => "integer",
        Order::Float => "float",
    }
}

const fn compare_sign(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Equal => "=",
        CompareOp::NotEqual => "!=",
        CompareOp::Less => "<",
        CompareOp::AtMost => "<=",
        CompareOp::More => ">",
        CompareOp::AtLeast => ">=",
    }
}

const fn arithmetic_sign(op: ArithmeticOp) -> &'static str {
    match op {
        ArithmeticOp::Add => "+",
        ArithmeticOp::Subtract => "-",
        ArithmeticOp::Multiply => "*",
        ArithmeticOp::Divide => "/",
    }
}

impl Display for Op {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(slot) => write!(f, "constant {slot:#x}"),
            Self::Fact(slot) => write!(f, "fact[{slot}]"),
            Self::State(slot) => write!(f, "state[{slot}]"),
            Self::Compare(order, op, left, right) => {
                write!(f, "{} {left} {} {right}", order_name(*order), compare_sign(*op))
            }
            Self::InSet(value, mask) => write!(f, "{value} in set {mask:#b}"),
            Self::Not(value) => write!(f, "not {value}"),
            Self::And(left, right) => write!(f, "{left} and {right}"),
            Self::Or(left, right) => write!(f, "{left} or {right}"),
            Self::Select(condition, then, otherwise) => write!(f, "{then} if {condition} else {otherwise}"),
            Self::Integer(op, left, right) => write!(f, "checked {op:?} {left}, {right}"),
            Self::Float(op, left, right) => write!(f, "float {left} {} {right}", arithmetic_sign(*op)),
            Self::Scale(amount, factor) => write!(f, "checked {amount} scaled by {factor}"),
            Self::Divide(amount, divisor) => write!(f, "checked {amount} divided by {divisor}"),
            Self::Ratio(left, right) => write!(f, "ratio {left} to {right}"),
            Self::FloorDivide(value, divisor) => write!(f, "floor {value} / {divisor}"),
            Self::Minimum(left, right) => write!(f, "minimum {left}, {right}"),
            Self::Canonical(value) => write!(f, "canonical {value}"),
            Self::Match(table, columns) => write!(f, "match table {table} ({})", List(columns)),
            Self::Host(call) => write!(
                f,
                "host {:?}(state[{}..{}], now {}, {}, {})",
                call.op,
                call.state,
                call.state + call.slots,
                call.now,
                call.parameter,
                call.sample
            ),
        }
    }
}

impl Display for Decision {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.outcome {
            Some(outcome) => write!(f, "decide outcome {outcome} ({})", List(&self.answers)),
            None => write!(f, "decide nothing"),
        }
    }
}

fn write_body(f: &mut Formatter<'_>, body: &Body, depth: usize) -> fmt::Result {
    body.iter().try_for_each(|step| write_step(f, step, depth))
}

fn write_step(f: &mut Formatter<'_>, step: &Step, depth: usize) -> fmt::Result {
    let indent = "  ".repeat(depth);
    match step {
        Step::Let(value, op) => writeln!(f, "{indent}{value} = {op}"),
        Step::SetState(slot, value) => writeln!(f, "{indent}state[{slot}] = {value}"),
        Step::SetAnswer(slot, value) => writeln!(f, "{indent}answer[{slot}] = {value}"),
        Step::SetTrace(bits) => writeln!(f, "{indent}trace ({})", List(bits)),
        Step::Decide(decision) => writeln!(f, "{indent}{decision}"),
        Step::If { condition, then, otherwise, joins } => {
            writeln!(f, "{indent}if {condition}")?;
            write_body(f, then, depth + 1)?;
            if !otherwise.is_empty() {
                writeln!(f, "{indent}else")?;
                write_body(f, otherwise, depth + 1)?;
            }
            joins.iter().try_for_each(|join| {
                writeln!(f, "{indent}{} = join {}, {}", join.value, join.then, join.otherwise)
            })
        }
        Step::DecideRow { table, row, computed } => {
            writeln!(f, "{indent}decide row {row} of table {table}")?;
            computed.iter().try_for_each(|one| {
                writeln!(f, "{indent}  row {} ({})", one.row, List(&one.answers))?;
                write_body(f, &one.body, depth + 2)
            })
        }
    }
}

impl Display for Function {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "function {} (state {}, answers {}, outcomes {})",
            self.name, self.state_slots, self.answer.answers, self.answer.outcomes
        )?;
        write_body(f, &self.body, 1)
    }
}

fn write_cell(f: &mut Formatter<'_>, order: Order, cell: &CellSet) -> fmt::Result {
    if cell.is_any() {
        return write!(f, "any");
    }
    write!(f, "{}", if cell.not { "not " } else { "" })?;
    for (at, values) in cell.any_of.iter().enumerate() {
        write!(f, "{}", if at == 0 { "" } else { ", " })?;
        match *values {
            CellValues::Is(slot) => write!(f, "{}", Shown(order, slot))?,
            CellValues::Between(low, high) => {
                if let Some((end, closed)) = low {
                    write!(f, "{}{}", if closed { "[" } else { "(" }, Shown(order, end))?;
                }
                write!(f, "..")?;
                if let Some((end, closed)) = high {
                    write!(f, "{}{}", Shown(order, end), if closed { "]" } else { ")" })?;
                }
            }
        }
    }
    Ok(())
}

fn write_table(f: &mut Formatter<'_>, index: usize, table: &MatchTable) -> fmt::Result {
    let heads = table.columns.iter().map(|order| order_name(*order)).collect::<Vec<_>>();
    writeln!(f, "table {index} from outcome {} ({})", table.first_outcome, heads.join(", "))?;
    for row in &table.rows {
        write!(f, "  ")?;
        for (order, cell) in table.columns.iter().zip(&row.cells) {
            write_cell(f, *order, cell)?;
            write!(f, " | ")?;
        }
        writeln!(f, "{:x?}", row.answers)?;
    }
    Ok(())
}

impl Display for Flow {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for function in &self.functions {
            write!(f, "{function}")?;
        }
        self.tables.iter().enumerate().try_for_each(|(index, table)| write_table(f, index, table))
    }
}
