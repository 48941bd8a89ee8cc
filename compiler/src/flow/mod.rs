//! The flow IR: what each entry of a policy computes, in a form that is simple to print, to interpret and to lower.
//!
//! A [`Function`] is a structured list of [`Step`]s over 64-bit values that are assigned once. There are no loops
//! and no calls between functions, so that every function ends. Decision tables stay whole ([`MatchTable`]): the
//! interpreter reads them row by row, native code through an index, and both must agree.
//!
//! Floats are IEEE 754 binary64, never fused and never reordered; a NaN that leaves a function is made canonical.

mod cell;
mod print;

use tandem_lang::program::{ArithmeticOp, CompareOp};
use tandem_stdlib::contract::{HostOp, Slot};

pub use cell::{CellSet, CellValues, Order};

/// All functions of a policy, in order of the manifest's entries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flow {
    /// One function an entry.
    pub functions: Vec<Function>,
    /// Tables that functions refer to.
    pub tables: Vec<MatchTable>,
}

/// The index of an outcome, in an answer record, when nothing decided.
pub const NO_OUTCOME: Slot = u64::MAX;

/// The answer of [`Op::Match`] when no row holds.
pub const NO_ROW: Slot = u64::MAX;

/// A value of a function, assigned once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Value(pub u32);

/// What one entry computes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Function {
    /// The entry's name.
    pub name: String,
    /// What it does.
    pub body: Body,
    /// How many values it assigns.
    pub values: u32,
    /// Slots of state that it keeps for each call.
    pub state_slots: u32,
    /// Layout of the answer record.
    pub answer: AnswerLayout,
}

/// Slots of an answer record: the answers, then the trace bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswerLayout {
    /// Slots before the trace bits.
    pub answers: u32,
    /// Outcomes that have a trace bit each: all, or none in a route of more than [`ROUTE_TRACE_MAX`].
    pub outcomes: u32,
}

/// The most outcomes of a route with trace bits. In a larger one the index of the outcome that decided, which stands
/// beside the answers, is the whole trace: clearing a word for every 64 rows would cost more than the decision.
pub const ROUTE_TRACE_MAX: u32 = 256;

impl AnswerLayout {
    /// Slots that hold trace bits.
    #[must_use]
    pub const fn trace_slots(self) -> u32 {
        self.outcomes.div_ceil(64)
    }

    /// Slots of the whole record.
    #[must_use]
    pub const fn slots(self) -> u32 {
        self.answers + self.trace_slots()
    }
}

/// Steps in order.
pub type Body = Vec<Step>;

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Assigns a value.
    Let(Value, Op),
    /// Runs one of two bodies, then assigns each joined value from the body that ran.
    If {
        /// 0 or 1.
        condition: Value,
        /// When 1.
        then: Body,
        /// When 0.
        otherwise: Body,
        /// Values that both bodies give.
        joins: Vec<Join>,
    },
    /// Writes a slot of state.
    SetState(u32, Value),
    /// Writes a slot of the answer.
    SetAnswer(u32, Value),
    /// Writes all trace bits, each 0 or 1, in order of the outcomes. Missing bits are 0.
    SetTrace(Vec<Value>),
    /// A route decided: writes outputs, outcome and trace bits and ends the function.
    Decide(Decision),
    /// A row of a table decided: as [`Step::Decide`], with the row's outcome and answers.
    DecideRow {
        /// The table.
        table: u32,
        /// A row of it.
        row: Value,
        /// Answers of the rows that have some that are not constant.
        computed: Vec<ComputedRow>,
    },
}

/// What a route decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// One value an output.
    pub answers: Vec<Value>,
    /// The outcome that decided; `None`: nothing did.
    pub outcome: Option<u32>,
}

/// The answers of one row that are not all constant.
#[derive(Clone, Debug, PartialEq)]
pub struct ComputedRow {
    /// The row.
    pub row: u32,
    /// Computes its answers.
    pub body: Body,
    /// One value an output.
    pub answers: Vec<Value>,
}

/// A value that two bodies give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Join {
    /// Assigned after the bodies.
    pub value: Value,
    /// From the first body.
    pub then: Value,
    /// From the second body.
    pub otherwise: Value,
}

/// Operations. Truth values are 0 and 1; integers are `i64` and floats `f64` by their bits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// A constant.
    Constant(Slot),
    /// A slot of the facts.
    Fact(u32),
    /// A slot of the state as it is now.
    State(u32),
    /// Compares.
    Compare(Order, CompareOp, Value, Value),
    /// 1 when the value is below 64 and its bit is set in the mask.
    InSet(Value, u64),
    /// 1 for 0, else 0.
    Not(Value),
    /// Both are 1.
    And(Value, Value),
    /// One is 1.
    Or(Value, Value),
    /// The second for a condition of 1, else the third.
    Select(Value, Value, Value),
    /// Integer arithmetic; that of amounts ends the function with `Overflow` when the result does not fit.
    Integer(IntegerOp, Value, Value),
    /// Float arithmetic.
    Float(ArithmeticOp, Value, Value),
    /// Integer × float, rounded half away from zero; `Overflow` when the result does not fit.
    Scale(Value, Value),
    /// Integer ÷ float, rounded half away from zero; `Overflow` when the result does not fit.
    Divide(Value, Value),
    /// Integer ÷ integer as a float.
    Ratio(Value, Value),
    /// Integer division by a positive constant, rounded down.
    FloorDivide(Value, i64),
    /// The smaller of two integers.
    Minimum(Value, Value),
    /// The float with every NaN made the same.
    Canonical(Value),
    /// The first row of a table that holds for these column values, or [`NO_ROW`].
    Match(u32, Vec<Value>),
    /// An operation of the host over some slots of state.
    Host(HostCall),
}

/// Integer operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntegerOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `+` of times, which are far from the ends of the range: never `Overflow`, wraps instead.
    Later,
    /// `-` of times, in the same way.
    Between,
}

/// A call of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostCall {
    /// Which operation.
    pub op: HostOp,
    /// First slot of its state.
    pub state: u32,
    /// Slots of its state.
    pub slots: u32,
    /// Now, in milliseconds since the call's start.
    pub now: Value,
    /// Its parameter.
    pub parameter: i64,
    /// Its sample.
    pub sample: Value,
}

impl Op {
    /// Whether the same operation on the same values gives something else later.
    #[must_use]
    pub const fn depends_on_state(&self) -> bool {
        matches!(self, Self::State(_) | Self::Host(_))
    }
}

impl std::hash::Hash for Op {
    /// Equal operations hash alike; some unequal ones do too, which costs a comparison.
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::mem::discriminant(self).hash(state);
        match self {
            Self::Constant(slot) => slot.hash(state),
            Self::Fact(slot) | Self::State(slot) => slot.hash(state),
            Self::Not(value)
            | Self::Canonical(value)
            | Self::InSet(value, _)
            | Self::FloorDivide(value, _) => {
                value.hash(state);
            }
            Self::Compare(_, _, left, right)
            | Self::And(left, right)
            | Self::Or(left, right)
            | Self::Select(_, left, right)
            | Self::Integer(_, left, right)
            | Self::Float(_, left, right)
            | Self::Scale(left, right)
            | Self::Divide(left, right)
            | Self::Ratio(left, right)
            | Self::Minimum(left, right) => (left, right).hash(state),
            Self::Match(table, _) => table.hash(state),
            Self::Host(call) => call.state.hash(state),
        }
    }
}

/// A first-match table over column values.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchTable {
    /// How the values of each column compare.
    pub columns: Vec<Order>,
    /// Rows in order.
    pub rows: Vec<MatchRow>,
    /// The outcome of row 0; the others follow.
    pub first_outcome: u32,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchRow {
    /// One a column.
    pub cells: Vec<CellSet>,
    /// One an output; an answer that is not constant is 0 here.
    pub answers: Vec<Slot>,
}
