//! Tickets.

use tandem_stdlib::contract::TicketEvent;

use super::{CallHours, Choice, Expr, Field, Name, Path, Quoted, Spanned, TypeName, Words};
use crate::source::Span;

/// `ticket NAME when … { … }`
#[derive(Clone, Debug)]
pub struct Ticket {
    /// Name.
    pub name: Name,
    /// When a call opens it at its end; `None`: dialogs and campaigns do.
    pub when: Option<Expr>,
    /// `let NAME = …`
    pub lets: Vec<(Name, Expr)>,
    /// Other lines in order.
    pub lines: Vec<TicketLine>,
    /// The whole item.
    pub span: Span,
}

/// A line of a ticket.
#[derive(Clone, Debug)]
pub struct TicketLine {
    /// What.
    pub kind: TicketLineKind,
    /// Where.
    pub span: Span,
}

/// Kinds of lines.
#[derive(Clone, Debug)]
pub enum TicketLineKind {
    /// `priority high when … otherwise normal`, as rules that decide `priority`.
    Priority(Vec<Choice>),
    /// `classify decides … { … }`
    Classify(Vec<(Name, Option<TypeName>)>, Vec<Choice>),
    /// `assign QUEUE`
    Assign(Name),
    /// `unless touched within 2h escalate to supervisor`
    Deadline(Deadline),
    /// `notify customer by sms "…" when assigned`
    Notice {
        /// The role; `None`: the customer.
        role: Option<Name>,
        /// Channel word.
        channel: Name,
        /// The text.
        words: Words,
        /// When; `None`: not written, which only a step leaves open.
        when: Option<TicketEvent>,
    },
    /// `field quote: money CNY = 0 CNY`
    Field(Field),
    /// `step inspection by technicians { … }`
    Step(Step),
    /// `after closed within 24h call back …`
    CallBack(CallBack),
}

/// `step NAME by QUEUE needs FIELD { … }`
#[derive(Clone, Debug)]
pub struct Step {
    /// Name.
    pub name: Name,
    /// Who has the ticket; `None`: the agent of the call that opened it.
    pub queue: Option<Name>,
    /// Fields that must be written down.
    pub needs: Vec<Name>,
    /// Where it goes, in order.
    pub moves: Vec<Move>,
    /// Deadlines and notices.
    pub lines: Vec<TicketLine>,
}

/// `when done and CONDITION go to STEP because "…"`
#[derive(Clone, Debug)]
pub struct Move {
    /// `done`: when the step is finished, rather than at once.
    pub done: bool,
    /// The condition.
    pub when: Option<Expr>,
    /// Where.
    pub to: Goes,
    /// The reason.
    pub because: Option<Quoted>,
    /// The line.
    pub span: Span,
}

/// Where something moves a ticket.
#[derive(Clone, Debug)]
pub enum Goes {
    /// `go to STEP`
    To(Name),
    /// `close`
    Close,
}

/// `unless touched within 2h of service_hours when … escalate to supervisor and reassign to QUEUE because "…"`
#[derive(Clone, Debug)]
pub struct Deadline {
    /// What must have happened.
    pub unless: TicketEvent,
    /// In which time, milliseconds.
    pub within: Spanned<i64>,
    /// `every` rather than `within`: it starts anew with each such event.
    pub repeats: bool,
    /// Counts only while this calendar is open.
    pub of: Option<Path>,
    /// Holds only when.
    pub when: Option<Expr>,
    /// `escalate to ROLE`
    pub escalate: Option<Name>,
    /// `reassign to QUEUE`
    pub reassign: Option<Name>,
    /// `go to STEP`, `close`
    pub goes: Option<Goes>,
    /// The reason.
    pub because: Option<Quoted>,
}

/// `after closed within 24h call back with dialog satisfaction under LAW only in …`
#[derive(Clone, Debug)]
pub struct CallBack {
    /// At the latest, milliseconds.
    pub within: Spanned<i64>,
    /// The dialog that calls.
    pub dialog: Option<Path>,
    /// The laws that the call is under.
    pub under: Vec<Path>,
    /// When the customer may be called.
    pub hours: Option<CallHours>,
}
