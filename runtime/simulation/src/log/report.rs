//! What the replay of a log tells, ready to be written.

use std::collections::BTreeMap;

use serde::Serialize;

/// Breaches and notes that are listed; all are counted.
pub const MAX_BREACHES: usize = 1_000;

/// Everything that came of the logs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LogReport {
    /// Campaigns of which the logs tell, in the policy's order.
    pub campaigns: Vec<CampaignReport>,
    /// Kinds of tickets of which the logs tell, in the policy's order.
    pub tickets: Vec<TicketReport>,
    /// Lines that the policy makes no sense of.
    pub notes: Vec<LogNote>,
}

/// A line of a log that the policy makes no sense of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogNote {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong and what to do, lower case.
    pub message: String,
}

/// What the policy says about the attempts of a campaign.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CampaignReport {
    /// Full name.
    pub campaign: String,
    /// Rule sets that it is under, with their versions.
    pub under: Vec<String>,
    /// Leads.
    pub leads: u64,
    /// Attempts.
    pub attempts: u64,
    /// Attempts that a person answered.
    pub live: u64,
    /// Share of attempts that a person answered, 0..1.
    pub live_answer_rate: Option<f64>,
    /// Attempts by how they ended.
    pub dispositions: BTreeMap<String, u64>,
    /// Abandoned calls over the legal window, at its worst and at the end; only with a cap.
    pub abandonment: Option<AbandonmentReport>,
    /// Attempts that the policy would not have made.
    pub not_permitted: u64,
    /// These by reason.
    pub not_permitted_because: BTreeMap<String, u64>,
    /// The first of these.
    pub breaches: Vec<Breach>,
    /// Graded calls.
    pub grades: Vec<GradeReport>,
    /// Calls that the log grades otherwise than the policy.
    pub graded_otherwise: u64,
    /// What follows the grades, and how often.
    pub followed: BTreeMap<String, u64>,
}

/// Abandoned calls over a cap's window.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AbandonmentReport {
    /// The cap, 0..1.
    pub cap: f64,
    /// Abandoned calls in the window at the log's end.
    pub abandoned: u64,
    /// Calls that they are a share of.
    pub of: u64,
    /// Their share, 0..1.
    pub share: f64,
    /// The highest share at any moment with a hundred calls or more in the window, 0..1; `None`: there was none.
    pub worst: Option<f64>,
    /// Whether the cap held at each of these moments.
    pub held: bool,
}

/// An attempt that the policy would not have made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// The log's file.
    pub file: String,
    /// Its line.
    pub line: u64,
    /// The lead's name in the log.
    pub lead: String,
    /// When it was called.
    pub at: String,
    /// Why the policy would not have called: the author's reason, or the limit in words.
    pub because: String,
    /// The rule: a guard's label, or what of the campaign.
    pub rule: String,
    /// Where the rule stands: `file:line`.
    pub place: String,
    /// The lines of the campaign and of its laws that the call breaks, each on its own.
    pub breaks: Vec<BrokenClause>,
    /// When the policy would have called at the earliest; `None`: never.
    pub allowed_from: Option<String>,
}

/// A line that a call breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BrokenClause {
    /// The law with its version; `None`: the campaign itself says so.
    pub law: Option<String>,
    /// The line as it is written.
    pub clause: String,
    /// Where it stands: `file:line`.
    pub place: String,
}

/// Calls of one grade.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GradeReport {
    /// The grade's word.
    pub grade: String,
    /// Calls.
    pub calls: u64,
    /// Share of the graded calls, 0..1.
    pub share: f64,
}

/// What the policy says about the tickets of a kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct TicketReport {
    /// Full name.
    pub ticket: String,
    /// Opened.
    pub opened: u64,
    /// Closed.
    pub closed: u64,
    /// Opened again.
    pub reopened: u64,
    /// Not closed at the log's end.
    pub open_at_end: u64,
    /// Mean time from opening to closing, milliseconds.
    pub mean_open_ms: Option<f64>,
    /// By queue: how long it had tickets.
    pub queues: Vec<StayReport>,
    /// By step of the ticket's flow, in order; only where it has steps.
    pub steps: Vec<StayReport>,
    /// Deadlines that passed.
    pub deadlines_missed: u64,
    /// The first of these.
    pub breaches: Vec<TicketBreach>,
    /// Calls after closing; only where the policy promises them.
    pub call_backs: Option<CallBackReport>,
}

/// How long tickets were with a queue or in a step, and have left it since.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct StayReport {
    /// Name of the queue or the step.
    pub name: String,
    /// Stays that are over; a ticket that comes again stays again.
    pub stays: u64,
    /// Mean length of a stay, milliseconds.
    pub mean_ms: Option<f64>,
    /// Share of the time of all stays of this list, 0..1.
    pub share: Option<f64>,
}

/// A deadline that passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TicketBreach {
    /// The ticket's name in the log.
    pub ticket: String,
    /// When the deadline passed.
    pub at: String,
    /// What should have happened.
    pub unless: &'static str,
    /// The author's reason; empty when there is none.
    pub because: String,
    /// Who would have been told; empty: nobody.
    pub escalate_to: String,
    /// Where the deadline stands: `file:line`.
    pub place: String,
}

/// Calls to customers whose tickets were closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct CallBackReport {
    /// Tickets closed whose promised time had run out, or whose customer was called, by the log's end.
    pub promised: u64,
    /// Of these, called.
    pub made: u64,
    /// Of these, called later than promised.
    pub late: u64,
    /// Of these, called outside the calling hours.
    pub outside_hours: u64,
    /// Promises for which the calling hours leave no moment in time.
    pub never_in_time: u64,
    /// Called over promised, 0..1.
    pub coverage: Option<f64>,
    /// Late over called, 0..1.
    pub late_share: Option<f64>,
}
