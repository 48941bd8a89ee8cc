//! The tree of one file: what the author wrote, item by item, with a span on everything.
//!
//! Parsing never fails: what could not be read is left out here and reported beside it.

use tandem_stdlib::contract::{Currency, Party};

use crate::source::{FileId, Span};

/// A name as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// Names joined by dots; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The names.
    pub names: Vec<Name>,
    /// Where.
    pub span: Span,
}

/// A text in quotes, escapes resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The text.
    pub text: String,
    /// Where, quotes included.
    pub span: Span,
}

/// One file.
#[derive(Clone, Debug)]
pub struct File {
    /// Which.
    pub file: FileId,
    /// `module a.b`.
    pub module: Option<Path>,
    /// `use a.b.c`.
    pub uses: Vec<Path>,
    /// Everything else in order.
    pub items: Vec<Item>,
    /// Statements, rows and list members that could not be read and have been reported. A name that stands in one
    /// of them may be declared or used there; an item that holds one is incomplete: later stages keep quiet about
    /// what only follows from that.
    pub unread: Vec<Span>,
}

impl File {
    /// Whether something inside the span could not be read.
    #[must_use]
    pub fn is_incomplete(&self, span: Span) -> bool {
        self.unread.iter().any(|unread| span.start <= unread.start && unread.start < span.end)
    }
}

/// An item.
#[derive(Clone, Debug)]
pub enum Item {
    /// `tier`, `intent`, `skill`, `role`, `enum`.
    Vocabulary(Vocabulary),
    /// `queue a, b` or `queue a { … }`.
    Queue(Queue),
    /// `record`.
    Record(Record),
    /// `source`.
    Source(Source),
    /// `phrases`.
    Phrases(Phrases),
    /// `holidays`.
    Holidays(Holidays),
    /// `calendar`.
    Calendar(Calendar),
    /// `route`.
    Route(Route),
    /// `watch`.
    Watch(Box<Watch>),
    /// `qa`.
    Qa(Qa),
    /// `test`.
    Test(Test),
}

/// Which closed vocabulary an item adds words to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VocabularyKeyword {
    /// `tier`
    Tier,
    /// `intent`
    Intent,
    /// `skill`
    Skill,
    /// `role`
    Role,
    /// `enum NAME`
    Enum,
}

/// Words of a closed vocabulary.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Which.
    pub keyword: VocabularyKeyword,
    /// The name of an `enum`.
    pub name: Option<Name>,
    /// The words with the phrases that an intent is `heard as`.
    pub words: Vec<(Name, Option<Path>)>,
    /// The whole item.
    pub span: Span,
}

/// One or more queues.
#[derive(Clone, Debug)]
pub struct Queue {
    /// Their names.
    pub names: Vec<Name>,
    /// `needs a or b`.
    pub needs: Vec<Name>,
    /// `at level 4..5`, both ends included.
    pub level: Option<(Spanned<f64>, Spanned<f64>)>,
    /// The whole item.
    pub span: Span,
}

/// Something with a span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spanned<T> {
    /// What.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// `record NAME { field: type = default … }`
#[derive(Clone, Debug)]
pub struct Record {
    /// Name.
    pub name: Name,
    /// Fields.
    pub fields: Vec<Field>,
    /// The whole item.
    pub span: Span,
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// Name.
    pub name: Name,
    /// Type.
    pub ty: TypeName,
    /// Default.
    pub default: Option<Expr>,
}

/// A type as written: `money CNY`, `yes/no`, `tier`, `Customer`.
#[derive(Clone, Debug)]
pub struct TypeName {
    /// The words, such as `["money", "CNY"]` or `["yes/no"]`.
    pub words: Vec<String>,
    /// Where.
    pub span: Span,
}

/// `source a.b(type, …) -> Record within 800ms`
#[derive(Clone, Debug)]
pub struct Source {
    /// Name.
    pub name: Path,
    /// Parameter types.
    pub parameters: Vec<TypeName>,
    /// The record that it answers.
    pub answers: Name,
    /// How long the host may wait, in milliseconds.
    pub within: Option<Spanned<i64>>,
    /// The whole item.
    pub span: Span,
}

/// `phrases NAME { … }`
#[derive(Clone, Debug)]
pub struct Phrases {
    /// Name.
    pub name: Name,
    /// `include other`.
    pub includes: Vec<Path>,
    /// Language code and its patterns.
    pub patterns: Vec<(Name, Vec<Quoted>)>,
    /// The whole item.
    pub span: Span,
}

/// A range of days, both ends included, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// First.
    pub first: i32,
    /// Last.
    pub last: i32,
    /// Where.
    pub span: Span,
}

/// `holidays NAME covers 2025..2026 { … }`
#[derive(Clone, Debug)]
pub struct Holidays {
    /// Name.
    pub name: Name,
    /// First and last year covered.
    pub covers: Option<(Spanned<f64>, Spanned<f64>)>,
    /// The days and how they are called.
    pub days: Vec<(Days, Option<Quoted>)>,
    /// The whole item.
    pub span: Span,
}

/// A range of the clock in minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// 0..1440.
    pub from_min: u16,
    /// 0..=1440; at or before `from_min`: on the next day.
    pub to_min: u16,
    /// Where.
    pub span: Span,
}

/// `calendar NAME in Zone { … }`
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Name.
    pub name: Name,
    /// IANA zone as written.
    pub zone: Spanned<String>,
    /// Lines.
    pub lines: Vec<CalendarLine>,
    /// The whole item.
    pub span: Span,
}

/// A line of a calendar.
#[derive(Clone, Debug)]
pub enum CalendarLine {
    /// `mon..fri, sun 08:00-21:00, …`; bit 0 = Monday.
    Weekly {
        /// Bit set of week days.
        weekdays: u8,
        /// Open hours.
        hours: Vec<Hours>,
        /// Where.
        span: Span,
    },
    /// `closed on NAME`
    ClosedOnHolidays(Path),
    /// `closed on 2026-12-24..2026-12-26, …`
    ClosedOn(Vec<Days>),
    /// `open on 2026-10-10 09:00-18:00`
    OpenOn(Vec<Days>, Vec<Hours>),
}

/// `route NAME at … decides … { … }`
#[derive(Clone, Debug)]
pub struct Route {
    /// Name.
    pub name: Name,
    /// When it decides; empty: at start.
    pub at: Vec<(At, Span)>,
    /// Outputs with the type where one is written.
    pub decides: Vec<(Name, Option<TypeName>)>,
    /// `let NAME = expr`.
    pub lets: Vec<(Name, Expr)>,
    /// Tables and rules in order.
    pub choices: Vec<Choice>,
    /// The whole item.
    pub span: Span,
}

/// When a route decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// `start`
    Start,
    /// `intent`
    Intent,
    /// `keys`
    Keys,
    /// `unresolved`
    Unresolved,
    /// `customer turn`
    Turn(Party),
    /// `customer says PHRASES`
    Says(Party, Path),
    /// `end`
    End,
}

/// A table or a rule.
#[derive(Clone, Debug)]
pub enum Choice {
    /// `table first match { … }`
    Table(Table),
    /// `[rule NAME] when … decide …` or `otherwise decide …`
    Rule(Rule),
}

/// A first-match decision table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Column heads.
    pub columns: Vec<Expr>,
    /// Names over the output columns, `because` left out.
    pub outputs: Vec<Name>,
    /// Rows in order.
    pub rows: Vec<Row>,
    /// From `table` to `}`.
    pub span: Span,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Cells; empty for `otherwise`.
    pub cells: Vec<Cell>,
    /// Whether it is `otherwise`.
    pub otherwise: bool,
    /// Output cells.
    pub answers: Vec<Expr>,
    /// The reason.
    pub because: Option<Quoted>,
    /// The row.
    pub span: Span,
}

/// A cell of a condition column.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Whether it began with `not`.
    pub not: bool,
    /// Any of these; empty: `any`.
    pub tests: Vec<CellTest>,
    /// The cell.
    pub span: Span,
}

/// One alternative of a cell.
#[derive(Clone, Debug)]
pub enum CellTest {
    /// A word or a literal.
    Is(Expr),
    /// `low..high`, both ends included; for times `08:00-21:00`, the end excluded.
    Range {
        /// Low end.
        low: Expr,
        /// High end.
        high: Expr,
        /// Whether the high end is in.
        inclusive: bool,
    },
    /// `>= 1000 CNY`
    Compare(CompareOp, Expr),
    /// `starts with "+44"`
    StartsWith(Quoted),
}

/// A rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// `rule NAME`
    pub name: Option<Name>,
    /// The condition; `None`: `otherwise`.
    pub when: Option<Expr>,
    /// What is decided, by output name.
    pub answers: Vec<(Name, Expr)>,
    /// The reason.
    pub because: Option<Quoted>,
    /// The rule.
    pub span: Span,
}

/// An expression, in routes and watches alike; the checker says what may stand where.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What.
    pub kind: ExprKind,
    /// Where.
    pub span: Span,
}

/// `= != < <= > >=`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

/// `+ - * /`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArithmeticOp {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// Kinds of expressions.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// Could not be read; already reported.
    Missing,
    /// A literal.
    Literal(Literal),
    /// `who.tier`, `gold`, `call.from`, `loudness`
    Path(Path),
    /// `crm.customer(call.from)`
    Call(Path, Vec<Expr>),
    /// `… else guest`, `a / b else 0`
    Else(Box<Expr>, Box<Expr>),
    /// `{ tier: guest, value: 0 CNY }`, after `else` alone
    Fields(Vec<(Name, Expr)>),
    /// `not x`
    Not(Box<Expr>),
    /// `-x`
    Minus(Box<Expr>),
    /// `a and b and …`
    And(Vec<Expr>),
    /// `a or b or …`
    Or(Vec<Expr>),
    /// `a >= b`
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// `a in (x, y)`, `a in 4..5`, `a starts with "x"`; as the cell of a table
    In(Box<Expr>, Cell),
    /// `a + b`
    Arithmetic(ArithmeticOp, Box<Expr>, Box<Expr>),
    /// `then if condition else otherwise`
    If {
        /// Value when the condition holds.
        then: Box<Expr>,
        /// The condition.
        condition: Box<Expr>,
        /// Value else.
        otherwise: Box<Expr>,
    },
    /// `[customer] says PHRASES [N times] [within D]`, `[customer] said PHRASES [N times]`
    Says {
        /// Who, where written.
        party: Option<Party>,
        /// Which phrases.
        phrases: Path,
        /// `said` rather than `says`.
        so_far: bool,
        /// `2 times`
        times: Option<Spanned<f64>>,
        /// `within 60s`, milliseconds
        within: Option<Spanned<i64>>,
    },
    /// `… for at least 5s`
    Lasts(Box<Expr>, Spanned<i64>),
    /// `… with confidence >= 0.6`
    WithConfidence(Box<Expr>, CompareOp, Box<Expr>),
    /// `loudness rises 6 dB within 10s`
    Moves {
        /// The signal.
        signal: Path,
        /// `rises` rather than `falls`.
        rises: bool,
        /// By how much.
        by: Box<Expr>,
        /// Window in milliseconds.
        within: Spanned<i64>,
    },
    /// `( … ) 3 times within 60s`
    Often {
        /// What becomes true.
        condition: Box<Expr>,
        /// How often.
        times: Spanned<f64>,
        /// Window in milliseconds.
        within: Spanned<i64>,
    },
}

/// A literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `yes`, `no`
    YesNo(bool),
    /// `unknown`
    Unknown,
    /// `90`, `0.7`
    Number(f64),
    /// `30%` as 0.3
    Percent(f64),
    /// `6 dB`
    Decibel(f64),
    /// `180 Hz`
    Hertz(f64),
    /// `5 syllables/s`
    SyllablesPerSecond(f64),
    /// `1.3 times usual`
    TimesUsual(f64),
    /// `12.50 EUR` in 1/10,000 of the major unit
    Money(i64, Currency),
    /// Milliseconds.
    Duration(i64),
    /// Days since 1970-01-01.
    Date(i32),
    /// Milliseconds since midnight.
    Time(i64),
    /// `2026-03-29 00:59:50 Europe/London`: milliseconds since the epoch.
    Moment(i64),
    /// `"…"`
    Text(String),
}

/// `watch NAME on PARTY { … }`
#[derive(Clone, Debug)]
pub struct Watch {
    /// Name.
    pub name: Name,
    /// Whose signals and words.
    pub party: Party,
    /// `when …`
    pub when: Option<Expr>,
    /// `clear when …`
    pub clear: Option<Expr>,
    /// `at most once per D`, milliseconds
    pub at_most_once_per: Option<Spanned<i64>>,
    /// `do …`
    pub action: Option<Action>,
    /// `because "…"`
    pub because: Option<Quoted>,
    /// `then … if not acknowledged within D`
    pub follow_up: Option<(Action, Spanned<i64>)>,
    /// The whole item.
    pub span: Span,
}

/// `alert ROLE`, `transfer QUEUE`
#[derive(Clone, Debug)]
pub struct Action {
    /// `transfer` rather than `alert`.
    pub transfer: bool,
    /// The role or queue.
    pub target: Name,
    /// Where.
    pub span: Span,
}

/// `qa NAME applies when … { … }`
#[derive(Clone, Debug)]
pub struct Qa {
    /// Name.
    pub name: Name,
    /// When the check applies; `None`: always.
    pub applies: Option<Expr>,
    /// Items in order.
    pub items: Vec<QaItem>,
    /// `passes at 80%`
    pub passes_at: Option<Spanned<f64>>,
    /// The whole item.
    pub span: Span,
}

/// An item of a quality check.
#[derive(Clone, Debug)]
pub struct QaItem {
    /// What must hold.
    pub rule: QaRule,
    /// `critical`, `fail`, `score N`; `None`: missing and reported.
    pub weight: QaWeight,
    /// The reason.
    pub because: Option<Quoted>,
    /// The item.
    pub span: Span,
}

/// What a failed item means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum QaWeight {
    /// `critical`
    Critical,
    /// `fail`
    Fail,
    /// `score N`
    Score(Spanned<f64>),
}

/// What must hold.
#[derive(Clone, Debug)]
pub enum QaRule {
    /// `PARTY must say PHRASES [within D of start]`
    MustSay(Party, Path, Option<Spanned<i64>>),
    /// `PARTY must not say PHRASES`
    MustNotSay(Party, Path),
    /// `PARTY talk_share should be in LOW..HIGH`
    TalkShare(Party, Expr, Expr),
    /// `silence should be under D`, milliseconds
    Silence(Spanned<i64>),
}

/// `test "…" { … }`
#[derive(Clone, Debug)]
pub struct Test {
    /// Title.
    pub name: Quoted,
    /// Lines in order.
    pub lines: Vec<TestLine>,
    /// The whole item.
    pub span: Span,
}

/// A line of a test.
#[derive(Clone, Debug)]
pub struct TestLine {
    /// `at D`, milliseconds.
    pub at: Option<Spanned<i64>>,
    /// What.
    pub kind: TestLineKind,
    /// Where.
    pub span: Span,
}

/// Kinds of test lines.
#[derive(Clone, Debug)]
pub enum TestLineKind {
    /// `clock …`, milliseconds since the epoch
    Clock(i64),
    /// `call from "…" to "…" language zh channel app outbound`
    Call {
        /// `from "…"`
        from: Option<Quoted>,
        /// `to "…"`
        to: Option<Quoted>,
        /// Other words in pairs, such as `language zh`, `channel app`, `direction outbound`.
        settings: Vec<(Name, Name)>,
    },
    /// `given crm.customer tier vip, value 5000 CNY`
    Given(Path, Vec<(Name, Expr)>),
    /// `[customer] anger 0.8 [confidence 0.9]`
    Signal {
        /// Whose; customer when not written.
        party: Party,
        /// Which.
        signal: Name,
        /// Value.
        value: Expr,
        /// Confidence.
        confidence: Option<Expr>,
    },
    /// `customer says "…"`
    Says(Party, Quoted),
    /// `presses "12"`
    Presses(Quoted),
    /// `intent lost_card`
    Intent(Name),
    /// `unresolved`
    Unresolved,
    /// `hold` (`true`), `resumes` (`false`)
    Hold(bool),
    /// `acknowledges`
    Acknowledges,
    /// `ends`
    Ends,
    /// `expect [no] alert ROLE [because "…"] [exactly N time(s)]`, `transfer` likewise
    ExpectAction {
        /// `transfer` rather than `alert`.
        transfer: bool,
        /// Role or queue, where written.
        target: Option<Name>,
        /// `no`: 0; `exactly N time(s)`: N; neither: `None`.
        times: Option<Spanned<f64>>,
        /// The reason expected.
        because: Option<Quoted>,
    },
    /// `expect queue vip_desk because "…"`, `expect priority 80`
    ExpectOutput {
        /// Output name.
        name: Name,
        /// Value.
        value: Expr,
        /// The reason expected.
        because: Option<Quoted>,
    },
    /// `expect qa NAME [item N] passes | fails | does not apply`
    ExpectQa {
        /// The check.
        name: Path,
        /// Item from 1.
        item: Option<Spanned<f64>>,
        /// `Some(true)` passes, `Some(false)` fails, `None` does not apply.
        passed: Option<bool>,
    },
}
