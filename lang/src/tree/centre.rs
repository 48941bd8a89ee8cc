//! What is said of the centre as a whole: modes, samples, experiments, targets.

use tandem_stdlib::contract::{ChosenBy, Latency};

use super::{CompareOp, Expr, Name, Path, Quoted, ServiceLevel, Spanned};
use crate::source::Span;

/// `mode NAME when … until … because "…"`
#[derive(Clone, Debug)]
pub struct Mode {
    /// Name.
    pub name: Name,
    /// What turns it on.
    pub when: Expr,
    /// What turns it off.
    pub until: Option<Expr>,
    /// The reason.
    pub because: Option<Quoted>,
    /// The whole item.
    pub span: Span,
}

/// `sampling NAME { … }`
#[derive(Clone, Debug)]
pub struct Sampling {
    /// Name.
    pub name: Name,
    /// `let NAME = expr`.
    pub lets: Vec<(Name, Expr)>,
    /// Lines in order; the first whose condition holds tells the share.
    pub lines: Vec<SampleLine>,
    /// The whole item.
    pub span: Span,
}

/// `all when …`, `10% otherwise`
#[derive(Clone, Debug)]
pub struct SampleLine {
    /// The share of calls, 0..1.
    pub share: Spanned<f64>,
    /// The condition; `None`: `otherwise`.
    pub when: Option<Expr>,
    /// The reason.
    pub because: Option<Quoted>,
    /// The line.
    pub span: Span,
}

/// `export NAME anonymised in groups of 10 when … because "…" { … }`
#[derive(Clone, Debug)]
pub struct Export {
    /// Name.
    pub name: Name,
    /// `anonymised`
    pub anonymised: bool,
    /// How many calls a row must be of.
    pub groups_of: Option<Spanned<f64>>,
    /// Which calls; `None`: all.
    pub when: Option<Expr>,
    /// What for.
    pub because: Option<Quoted>,
    /// `let NAME = expr`.
    pub lets: Vec<(Name, Expr)>,
    /// Columns with what stands in them.
    pub columns: Vec<(Name, Expr)>,
    /// The whole item.
    pub span: Span,
}

/// `experiment NAME on 10% of callers { … }`
#[derive(Clone, Debug)]
pub struct Experiment {
    /// Name.
    pub name: Name,
    /// The share that tries, 0..1.
    pub share: Spanned<f64>,
    /// `of calls` or `of callers`.
    pub by: ChosenBy,
    /// What is tried in place of what.
    pub tries: Vec<Tries>,
    /// The whole item.
    pub span: Span,
}

/// `route arrival tries arrival_b`, `dialog self_service tries self_service_b`
#[derive(Clone, Debug)]
pub struct Tries {
    /// What both are.
    pub kind: TriesKind,
    /// As it is.
    pub usual: Path,
    /// What is tried.
    pub tried: Path,
    /// The line.
    pub span: Span,
}

/// What can be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriesKind {
    /// `route`
    Route,
    /// `watch`
    Watch,
    /// `assist`
    Assist,
    /// `qa`
    Qa,
    /// `dialog`
    Dialog,
}

/// `target NAME { … }`
#[derive(Clone, Debug)]
pub struct Target {
    /// Name.
    pub name: Name,
    /// Figures in order.
    pub lines: Vec<TargetLine>,
    /// The whole item.
    pub span: Span,
}

/// `vip_desk answered within 10s of offered >= 90%`
#[derive(Clone, Debug)]
pub struct TargetLine {
    /// Of which queue alone.
    pub queue: Option<Name>,
    /// What is measured.
    pub metric: Metric,
    /// What it must come to.
    pub bound: Bound,
    /// The reason.
    pub because: Option<Quoted>,
    /// The line.
    pub span: Span,
}

/// What a figure must come to.
#[derive(Clone, Debug)]
pub enum Bound {
    /// `>= 90%`
    Compare(CompareOp, Expr, Span),
    /// `in 70%..85%`
    In(Expr, Expr),
}

/// A figure with a named formula.
#[derive(Clone, Copy, Debug)]
pub enum Metric {
    /// `answered within 10s of offered`
    ServiceLevel(ServiceLevel),
    /// `asa`
    AverageSpeedOfAnswer,
    /// `aht`
    AverageHandleTime,
    /// `mean wait`
    MeanWait,
    /// `longest wait`
    LongestWait,
    /// `abandonment [excluding under D]`, milliseconds
    Abandonment(Option<Spanned<i64>>),
    /// `campaign abandonment`
    CampaignAbandonment,
    /// `answer rate`
    AnswerRate,
    /// `occupancy`
    Occupancy,
    /// `transfer rate`
    TransferRate,
    /// `transfer error`
    TransferError,
    /// `containment`
    Containment,
    /// `automation rate`
    AutomationRate,
    /// `avoidable contacts`
    AvoidableContacts,
    /// `calls per agent`
    CallsPerAgent,
    /// `intent accuracy`
    IntentAccuracy,
    /// `latency of callback`
    Latency(Latency),
    /// `first contact resolution within D`, milliseconds
    FirstContactResolution(Spanned<i64>),
    /// `quality passed`
    QualityPassed,
    /// `quality passed of every agent with 20 checks`
    QualityPassedByAgent(Option<Spanned<f64>>),
}

/// `transfers at most 2 then supervisors because "…"`
#[derive(Clone, Debug)]
pub struct TransferCap {
    /// How often a call may be passed on.
    pub most: Spanned<f64>,
    /// Where it goes instead of once more; `None`: it stays.
    pub then: Option<Name>,
    /// Why.
    pub because: Option<Quoted>,
    /// The whole item.
    pub span: Span,
}
