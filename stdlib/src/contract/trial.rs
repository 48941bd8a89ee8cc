//! What tests of campaigns and tickets set up, do and expect.

use serde::{Deserialize, Serialize};

use super::{Disposition, Filled, Given, Slot};

/// A campaign with one lead, from the test's clock on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// Index into `campaigns`.
    pub campaign: u32,
    /// The lead's fields; `source` is that of the campaign's leads.
    pub lead: Given,
    /// Whether the person is on the do-not-call list from the beginning.
    pub listed: bool,
    /// Agents who are free.
    pub agents: u32,
}

/// Something that happens to the lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TrialStimulus {
    /// The attempt under way ends so. (A call that was answered ends by `Ends`, or by this when it is said how.)
    Attempt(Disposition),
    /// A person answers the attempt under way: the call begins, and parties may speak.
    Answers,
    /// The person goes on the do-not-call list.
    DoNotCall,
}

/// Something that a test expects of a campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TrialExpectation {
    /// An attempt is under way now or was begun since the last line of an earlier moment and since something was last made
    /// happen (`true`), or neither, for this reason: the author's after `because`, or
    /// [`NotCalled::words`](super::NotCalled::words).
    Call {
        /// Whether.
        placed: bool,
        /// The reason expected, if any.
        because: Option<String>,
    },
    /// So many attempts were begun so far.
    Calls(u32),
    /// The next attempt does not come before this moment, milliseconds since the Unix epoch.
    NextCall {
        /// The moment.
        not_before_ms: i64,
    },
    /// The last grade that was given: a word of the type of the campaign's output `grade`.
    Grade {
        /// The word.
        value: Slot,
        /// How the author wrote it.
        shown: String,
        /// The reason expected, if any.
        because: Option<String>,
    },
    /// What followed a grade, so far.
    Followed {
        /// What.
        what: FollowedBy,
        /// What must have been handed over or noted, each with its value as text.
        told: Vec<(String, String)>,
        /// `Some(n)`: exactly n times; `None`: at least once.
        times: Option<u32>,
    },
}

/// Kinds of what follows a grade; see [`FollowAction`](super::FollowAction).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FollowedBy {
    /// A transfer to this queue.
    Transfer(Slot),
    /// A task for a person.
    Person,
    /// A text through this channel, in these words; `None`: whatever it says.
    Send(String, Option<String>),
    /// Another call is planned.
    CallAgain,
    /// A ticket of this kind (index into `tickets`).
    Ticket(u32),
    /// The person is never called again.
    NeverAgain,
}

/// Something that a test expects of a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum TicketExpectation {
    /// It was opened: `Some(n)`: exactly n times; `None`: at least once.
    Opened {
        /// How often.
        times: Option<u32>,
    },
    /// What it was classified as when it was opened last; `queue` is who has it now.
    Output {
        /// Output name, such as `priority`.
        name: String,
        /// The slot value expected.
        value: Slot,
        /// How the author wrote the value.
        shown: String,
    },
    /// What is written down in a field of it now.
    Field {
        /// Its value.
        filled: Filled,
        /// The field and its value as the author wrote them.
        shown: String,
    },
    /// The step in which it is now.
    Step {
        /// Index into the kind's steps.
        step: u32,
        /// The reason for which it came there, if any is expected.
        because: Option<String>,
    },
    /// A rule of its steps closed it, so far.
    Closed {
        /// `Some(n)`: exactly n times; `None`: at least once.
        times: Option<u32>,
        /// The reason expected, if any.
        because: Option<String>,
    },
    /// It was escalated, so far.
    Escalated {
        /// To this role alone.
        to: Option<Slot>,
        /// `Some(n)`: exactly n times; `None`: at least once.
        times: Option<u32>,
        /// The reason expected, if any.
        because: Option<String>,
    },
    /// Somebody was told, so far.
    Notified {
        /// Through this channel alone.
        channel: Option<String>,
        /// In these words alone.
        text: Option<String>,
        /// `Some(n)`: exactly n times; `None`: at least once.
        times: Option<u32>,
    },
    /// The customer was called back, so far.
    CalledBack {
        /// `Some(n)`: exactly n times; `None`: at least once.
        times: Option<u32>,
    },
}
