//! What a log tells.

use std::collections::BTreeMap;

use tandem_stdlib::contract::{Disposition, Party};

/// Something that happened to a lead or a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEvent {
    /// When, milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// The line of the file, from 1.
    pub line: u64,
    /// What.
    pub what: Logged,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Logged {
    /// A lead is given to a campaign.
    Lead {
        /// The lead's name in the log.
        lead: String,
        /// The campaign's name, in full or without its module.
        campaign: String,
        /// Fields of the source's record in the author's spelling.
        fields: BTreeMap<String, String>,
    },
    /// A call to a lead was made at this moment, and ended so.
    Attempt {
        /// The lead's name in the log.
        lead: String,
        /// How it ended.
        disposition: Disposition,
        /// The grade that it was given then, if the log knows.
        grade: Option<String>,
        /// What the person wanted, if the log knows: a word of `intent`.
        intent: Option<String>,
        /// What was said, in order.
        said: Vec<(Party, String)>,
    },
    /// A number is never to be called again.
    DoNotCall {
        /// The number, or the person as the campaign's leads name it.
        who: String,
    },
    /// Something happened to a ticket.
    Ticket {
        /// The ticket's name in the log.
        ticket: String,
        /// What.
        event: TicketLogged,
    },
}

/// What happened to a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketLogged {
    /// It was opened.
    Opened {
        /// Its kind, in full or without its module.
        kind: String,
        /// The customer's number; empty: not known.
        phone: String,
        /// A word of `priority`, if known.
        priority: Option<String>,
        /// The queue that got it, if one did.
        queue: Option<String>,
        /// What its fields were, in the author's spelling.
        fields: BTreeMap<String, String>,
    },
    /// It was given to a queue.
    Assigned {
        /// The queue.
        queue: String,
    },
    /// Somebody worked on it.
    Worked {
        /// What was written down, in the author's spelling.
        fields: BTreeMap<String, String>,
        /// Whether its step was finished.
        done: bool,
    },
    /// Somebody escalated it.
    Escalated,
    /// It was closed.
    Closed,
    /// It was opened again.
    Reopened,
    /// The customer was called back.
    CalledBack {
        /// Whether the customer was reached.
        reached: bool,
    },
}
