//! Tests.

use tandem_stdlib::contract::{Party, TicketEvent};

use super::{Expr, Name, Path, Quoted, Spanned};
use crate::source::Span;

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
    Given(Path, Vec<(Name, Expr)>, Option<Spanned<i64>>),
    /// `given peak yes`
    GivenIs(Path, Expr),
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
    /// `campaign renewals with 3 agents free`
    Trial(Path, Option<Spanned<f64>>),
    /// `lead phone "…", consented yes`
    Lead(Vec<(Name, Expr)>),
    /// `attempt ended no_answer`
    Attempt(Name),
    /// `customer answers`, `agent answers`
    Answers(Party),
    /// `ticket repair touched with quote 300 CNY`
    Ticket(Path, TicketEvent, Vec<(Name, Expr)>),
    /// `expect [no] call because "…" exactly 1 time`
    ExpectCall {
        /// Without `no`.
        placed: bool,
        /// The reason expected.
        because: Option<Quoted>,
        /// `exactly N time(s)`
        times: Option<Spanned<f64>>,
    },
    /// `expect next call not before 4h20s`
    ExpectNextCall(NotBefore),
    /// `expect follow up`, `expect call again`, `expect never again`, `expect send sms`
    ExpectFollow {
        /// What.
        what: Followed,
        /// What must have been noted.
        noted: Vec<(Name, Expr)>,
        /// `no`: 0; `exactly N time(s)`: N; neither: `None`.
        times: Option<Spanned<f64>>,
    },
    /// `expect [no] lead renewals [with NAME = VALUE, …] [exactly N time(s)]`
    ExpectLead {
        /// The campaign.
        campaign: Path,
        /// What the lead must say.
        fields: Vec<(Name, Expr)>,
        /// `no`: 0; `exactly N time(s)`: N; neither: `None`.
        times: Option<Spanned<f64>>,
    },
    /// `expect [no] ticket repair [escalated to supervisor …]`
    ExpectTicket(Path, TicketOutcome),
    /// `expect [no] alert ROLE [because "…"] [exactly N time(s)]`, `transfer` likewise
    ExpectAction {
        /// `transfer` rather than `alert`.
        transfer: bool,
        /// Role or queue, where written.
        target: Option<Name>,
        /// What a dialog must have handed over.
        handover: Vec<(Name, Expr)>,
        /// `no`: 0; `exactly N time(s)`: N; neither: `None`.
        times: Option<Spanned<f64>>,
        /// The reason expected.
        because: Option<Quoted>,
    },
    /// `expect [no] card "…" [because "…"] [exactly N time(s)]`
    ExpectCard {
        /// Its text, where written.
        text: Option<Quoted>,
        /// A reply that it offers.
        offering: Option<Quoted>,
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
    /// `run dialog NAME`
    RunDialog(Path),
    /// `expect asks "…"`
    ExpectAsks(Quoted),
    /// `expect says "…"`
    ExpectSays(Quoted),
    /// `expect offers QUEUE`
    ExpectOffers(Name),
    /// `expect resolved`
    ExpectResolved,
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

/// Before which moment no call is expected.
#[derive(Clone, Copy, Debug)]
pub enum NotBefore {
    /// Milliseconds since the epoch.
    Moment(i64),
    /// Milliseconds since the test's clock.
    After(Spanned<i64>),
}

/// What is expected to have followed a grade.
#[derive(Clone, Debug)]
pub enum Followed {
    /// `follow up`
    Person,
    /// `call again`
    CallAgain,
    /// `never again`
    NeverAgain,
    /// `send CHANNEL "…"`
    Send(Name, Option<Quoted>),
}

/// What is expected of a ticket.
#[derive(Clone, Debug)]
pub enum TicketOutcome {
    /// `priority high`
    Is(Name, Expr),
    /// `step ordering because "…"`
    InStep {
        /// The step.
        step: Name,
        /// As below; a ticket is in a step, and no number of times.
        times: Option<Spanned<f64>>,
        /// The reason expected.
        because: Option<Quoted>,
    },
    /// `opened`, `closed`, `escalated to ROLE`, `notified by CHANNEL`, `called back`
    Happened {
        /// What; `no ticket` is about `opened`.
        what: TicketHappened,
        /// The role or the channel.
        whom: Option<Name>,
        /// The words of a notice.
        words: Option<Quoted>,
        /// `no`, `not`: 0; `exactly N time(s)`: N; neither: `None`.
        times: Option<Spanned<f64>>,
        /// The reason expected.
        because: Option<Quoted>,
    },
}

/// What can have happened to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TicketHappened {
    /// `opened`
    Opened,
    /// `escalated`
    Escalated,
    /// `notified`
    Notified,
    /// `called back`
    CalledBack,
    /// `closed`
    Closed,
}
