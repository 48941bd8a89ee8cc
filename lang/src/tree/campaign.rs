//! Campaigns.

use super::{
    Abandoned, Attempts, CallHours, Choice, DaysOff, Expr, Handed, Name, Path, Quiet, Quoted, Reasoned,
    Spanned, Words,
};
use crate::source::Span;

/// `campaign NAME under LAW { … }`
#[derive(Clone, Debug)]
pub struct Campaign {
    /// Name.
    pub name: Name,
    /// The laws that it is under.
    pub under: Vec<Path>,
    /// Lines in order.
    pub lines: Vec<CampaignLine>,
    /// The whole item.
    pub span: Span,
}

/// A line of a campaign.
#[derive(Clone, Debug)]
pub struct CampaignLine {
    /// What.
    pub kind: CampaignLineKind,
    /// Where.
    pub span: Span,
}

/// Kinds of lines.
#[derive(Clone, Debug)]
pub enum CampaignLineKind {
    /// `let NAME = …`
    Let(Name, Expr),
    /// `call each lead of source …`
    Leads(Leads),
    /// `person is …`, `consent is …`, `phone is …`, `language is …`
    Is(LeadRole, Expr),
    /// `never when … because "…"`
    Never(Expr, Option<Quoted>),
    /// `only in …`
    Hours(CallHours),
    /// `only while CALENDAR is open`
    While(Path),
    /// `not on …`
    NotOn(DaysOff),
    /// `at most … attempts …, wait …`
    AtMost(Attempts, Vec<(Spanned<i64>, Name)>),
    /// `wait 4h after no_answer, 1d after busy`
    Wait(Vec<(Spanned<i64>, Name)>),
    /// `quiet … after …`, `never again after …`
    Quiet(Quiet),
    /// `pace …`
    Pace(Pace),
    /// `ring at least …`
    Ring(Spanned<i64>),
    /// `show "…"`
    Show(Quoted),
    /// `when a machine answers …`
    Machine(Machine),
    /// `connect within …`
    Connect(Spanned<i64>),
    /// `when nobody is free say "…"`
    SafeHarbour(Words),
    /// `run dialog NAME`
    Run(Path),
    /// `agents of QUEUE, at least N`
    Agents(Name, Option<Spanned<f64>>),
    /// `grade { … }`
    Grade(Vec<Choice>),
    /// `on GRADE { … }`
    On(Name, Vec<Follow>),
    /// `from calls { … }`
    FromCalls(FromCalls),
}

/// `from calls { let … ; when … emit lead with … }`: callers who become leads.
#[derive(Clone, Debug)]
pub struct FromCalls {
    /// `let NAME = …`, about the call.
    pub lets: Vec<(Name, Expr)>,
    /// Who becomes a lead; the first that holds.
    pub lines: Vec<EmitLine>,
}

/// `when … emit lead with … because "…"`
#[derive(Clone, Debug)]
pub struct EmitLine {
    /// When.
    pub when: Expr,
    /// The lead's fields.
    pub fields: Vec<Handed>,
    /// Why.
    pub because: Option<Quoted>,
    /// The line.
    pub span: Span,
}

/// `call each lead of source crm.renewals else { … } ordered by lead.value desc`
#[derive(Clone, Debug)]
pub struct Leads {
    /// The source.
    pub source: Path,
    /// What stands for fields that a lead leaves open.
    pub otherwise: Option<Expr>,
    /// By what they are ordered, the highest first (`true`) or last.
    pub order: Option<(Reasoned, bool)>,
}

/// What a value of the lead tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeadRole {
    /// Tells persons apart.
    Person,
    /// Whether the person has agreed to be called.
    Consent,
    /// The number.
    Phone,
    /// In which language the person is written and spoken to.
    Language,
}

/// How fast.
#[derive(Clone, Copy, Debug)]
pub enum Pace {
    /// `preview`
    Preview,
    /// `progressive`
    Progressive,
    /// `power 1.5`
    Power(Spanned<f64>),
    /// `predictive keeping …`
    Predictive(Option<Abandoned>),
}

/// `when a machine answers hang up deciding within 1s`
#[derive(Clone, Debug)]
pub struct Machine {
    /// `leave message "…"`; `None`: `hang up`.
    pub message: Option<Words>,
    /// How long it may listen, milliseconds.
    pub within: Option<Spanned<i64>>,
}

/// What follows a grade.
#[derive(Clone, Debug)]
pub struct Follow {
    /// What.
    pub kind: FollowKind,
    /// Where.
    pub span: Span,
}

/// Kinds of what follows.
#[derive(Clone, Debug)]
pub enum FollowKind {
    /// `transfer QUEUE handing over …`
    Transfer(Name, Vec<Handed>),
    /// `follow up by person within 1d noting …`
    Person(Spanned<i64>, Vec<Handed>),
    /// `send sms "…" every 30d at most 3 times`
    Send {
        /// Channel word.
        channel: Name,
        /// The text.
        words: Words,
        /// Time between two, milliseconds.
        every: Option<Spanned<i64>>,
        /// How often at most.
        at_most: Option<Spanned<f64>>,
    },
    /// `call again after 7d`
    CallAgain(Spanned<i64>),
    /// `ticket NAME`
    Ticket(Path),
    /// `never call again`
    NeverAgain,
}
