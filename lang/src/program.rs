//! The checked program: everything resolved, typed and ready to lower. No error is left in it.
//!
//! Indices are those of the manifest that the compiler makes of it: `FactSource` and `Type` of the contract are
//! used as they are.

use tandem_stdlib::contract::{
    Action, FactSource, FollowUp, NamedQueue, Outcome, Output, Party, Place, QaItem, Script, Slot,
    SourceCall, SourceSpec, Trigger, Type, Vocabulary,
};
use tandem_stdlib::words::CalendarSpec;

use crate::source::{Sources, Span};
pub use crate::tree::{ArithmeticOp, CompareOp};

/// A checked program.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The texts that it was made of.
    pub texts: Sources,
    /// Vocabularies, those of the language itself first.
    pub vocabularies: Vec<Vocabulary>,
    /// Sources.
    pub sources: Vec<SourceSpec>,
    /// Look-ups, each different one once.
    pub source_calls: Vec<SourceCall>,
    /// How each look-up was written, such as `crm.customer(call.from)`.
    pub source_calls_shown: Vec<String>,
    /// Phrase sets that something uses, includes resolved.
    pub phrases: Vec<PhraseSet>,
    /// Calendars, holidays resolved.
    pub calendars: Vec<CalendarSpec>,
    /// Queues in order of the `queue` vocabulary.
    pub queues: Vec<NamedQueue>,
    /// Texts that conditions and answers mention; slot = index + 1.
    pub literals: Vec<String>,
    /// Routes in order.
    pub routes: Vec<Route>,
    /// Watches in order.
    pub watches: Vec<Watch>,
    /// Quality checks in order.
    pub qas: Vec<Qa>,
    /// Tests in order; `Expectation::Qa::entry` counts all entries: routes first, then watches, then checks.
    pub tests: Vec<Script>,
}

/// A phrase set.
#[derive(Clone, Debug)]
pub struct PhraseSet {
    /// Full name.
    pub name: String,
    /// Patterns in the syntax of the reference, each valid.
    pub patterns: Vec<String>,
    /// The intent that it recognises: a slot of the `intent` vocabulary.
    pub heard_as: Option<Slot>,
}

/// A route.
#[derive(Clone, Debug)]
pub struct Route {
    /// Full name, such as `retail_bank.arrival`.
    pub name: String,
    /// Where.
    pub place: Place,
    /// When it decides.
    pub triggers: Vec<Trigger>,
    /// What it decides.
    pub outputs: Vec<Output>,
    /// Tables and rules in order; the first row or rule that holds decides.
    pub choices: Vec<Choice>,
}

/// A table or a rule.
#[derive(Clone, Debug)]
pub enum Choice {
    /// A table.
    Table(Table),
    /// A rule.
    Rule(Rule),
}

/// A first-match table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Column heads; each value is computed at most once.
    pub columns: Vec<Expr>,
    /// Rows.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// One cell a column, all of which must hold; `otherwise` has cells without tests, which accept everything.
    pub cells: Vec<Cell>,
    /// One answer an output of the route.
    pub answers: Vec<Expr>,
    /// Label, reason, place.
    pub outcome: Outcome,
}

/// What a cell accepts.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Accept what the tests refuse, and refuse what they accept.
    pub not: bool,
    /// Accept a value that passes any of these; empty: accept everything.
    pub tests: Vec<CellTest>,
    /// Where.
    pub span: Span,
}

/// One test of a cell; slots in the encoding of the column's type.
#[derive(Clone, Debug, PartialEq)]
pub enum CellTest {
    /// Equal.
    Is(Slot),
    /// Between; a missing end is open.
    Between {
        /// Low end and whether it is in.
        low: Option<(Slot, bool)>,
        /// High end and whether it is in.
        high: Option<(Slot, bool)>,
    },
    /// A yes/no fact that answers the test, such as `TextStarts`.
    Fact(FactSource),
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The condition; `None`: always.
    pub when: Option<Expr>,
    /// One answer an output of the route.
    pub answers: Vec<Expr>,
    /// Label, reason, place.
    pub outcome: Outcome,
}

/// A typed expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What.
    pub kind: ExprKind,
    /// Type of the value.
    pub ty: Type,
    /// Where.
    pub span: Span,
}

/// Kinds of typed expressions. Operands have the types that the operation needs; nothing is converted silently.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A constant.
    Constant(Slot),
    /// A fact.
    Fact(FactSource),
    /// `not`
    Not(Box<Expr>),
    /// All hold.
    All(Vec<Expr>),
    /// Any holds.
    Any(Vec<Expr>),
    /// Both sides of one type; floats compare as IEEE 754 does, so that NaN satisfies only `!=`; words compare by
    /// their order, and `unknown` (0) satisfies neither `<` nor `<=` nor `>` nor `>=`.
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// The value passes the cell.
    In(Box<Expr>, Cell),
    /// Types of operands and result follow the units: money × number, duration ÷ duration, moment − moment …
    /// Integer kinds are checked for overflow; money and durations round half away from zero.
    ///
    /// Sums and differences: two of one float type, of one money, or two durations; moment − moment is a duration,
    /// moment ± duration a moment. Products: number × anything that adds up; percent × anything that adds up is of
    /// the other's type, percent × percent a percent. Quotients: by a number, or of two of one type, which is a number.
    Arithmetic {
        /// Operation.
        op: ArithmeticOp,
        /// Left.
        left: Box<Expr>,
        /// Right.
        right: Box<Expr>,
        /// The answer when a division's right side is zero.
        otherwise: Option<Box<Expr>>,
    },
    /// One of two values.
    If {
        /// The condition.
        condition: Box<Expr>,
        /// When it holds.
        then: Box<Expr>,
        /// When not.
        otherwise: Box<Expr>,
    },
    /// Has held without a break for so many milliseconds. Watches only, as all that follow.
    Lasts(Box<Expr>, i64),
    /// How far a float signal stands above the lowest (`rises`) or below the highest value of the window of so many
    /// milliseconds; sampled at frames of the watch's party; NaN when not measured.
    Moves {
        /// The signal.
        signal: FactSource,
        /// Above the lowest rather than below the highest.
        rises: bool,
        /// Window.
        within_ms: i64,
    },
    /// The signal over its mean in this call so far, of type `TimesUsual`; sampled while `speaking`.
    Usual {
        /// The signal.
        signal: FactSource,
        /// Whether the party speaks.
        speaking: FactSource,
    },
    /// The condition became true so many times within so many milliseconds (from false to true; a condition that
    /// is `Said … >= 0` counts at every turn that says it).
    Often {
        /// What becomes true.
        condition: Box<Expr>,
        /// How often, at least 1.
        times: u32,
        /// Window.
        within_ms: i64,
    },
}

/// A watch.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Full name.
    pub name: String,
    /// Where.
    pub place: Place,
    /// Whose.
    pub party: Party,
    /// When it runs.
    pub triggers: Vec<Trigger>,
    /// The alternatives of `when`: it fires when any becomes true. One outcome each.
    pub branches: Vec<(Expr, Outcome)>,
    /// `clear when`.
    pub clear: Option<Expr>,
    /// `at most once per`.
    pub at_most_once_per_ms: Option<i64>,
    /// What it does.
    pub action: Action,
    /// Why.
    pub because: String,
    /// What follows.
    pub follow_up: Option<FollowUp>,
}

/// A quality check.
#[derive(Clone, Debug)]
pub struct Qa {
    /// Full name.
    pub name: String,
    /// Where.
    pub place: Place,
    /// When it runs.
    pub triggers: Vec<Trigger>,
    /// When it applies, judged at the call's end; `None`: always.
    pub applies: Option<Expr>,
    /// Items.
    pub items: Vec<(QaRule, QaItem)>,
    /// Share of points from which the call passes.
    pub pass_share: f64,
}

/// What a quality item asks. Evidence is the time of the words, or of the moment that broke the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum QaRule {
    /// Say the phrases, at the latest so many milliseconds after the start. Not applicable when the party never
    /// spoke in the call.
    MustSay {
        /// `FactSource::Said` of the party and the phrases.
        said: FactSource,
        /// Which party.
        party: Party,
        /// Limit.
        within_ms: Option<i64>,
    },
    /// Never say the phrases.
    MustNotSay {
        /// `FactSource::Said` of the party and the phrases.
        said: FactSource,
    },
    /// The party's share of the talk at the end lies in the range; not applicable when nobody spoke.
    TalkShare {
        /// `FactSource::Signal(party, TalkShare)`.
        share: FactSource,
        /// Low end, in.
        low: f64,
        /// High end, in.
        high: f64,
    },
    /// Nobody speaks for no longer than so many milliseconds at a time; calls on hold count too.
    Silence {
        /// `FactSource::Signal(_, Silence)`.
        silence: FactSource,
        /// Limit.
        under_ms: i64,
    },
}
