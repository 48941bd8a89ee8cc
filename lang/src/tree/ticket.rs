//! Tickets.

use tandem_stdlib::contract::TicketEvent;

use super::{CallHours, Choice, Expr, Name, Path, Quoted, Spanned, TypeName, Words};
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
        /// When.
        when: TicketEvent,
    },
    /// `after closed within 24h call back …`
    CallBack(CallBack),
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
