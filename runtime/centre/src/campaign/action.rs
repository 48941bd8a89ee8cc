//! What campaigns want done.

use tandem_stdlib::contract::{Disposition, NotCalled, Slot};

use super::event::AttemptId;
use super::lead::LeadId;

/// Something for the host to do, in order. Indices point into the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CampaignAction {
    /// Show the lead to an agent; the answer is `Accepted` or `Declined`.
    Preview {
        /// Which attempt.
        attempt: AttemptId,
        /// Whom to call.
        lead: LeadId,
        /// Index of the campaign.
        campaign: u32,
    },
    /// Place a call; what comes of it is `Answered` or `Ended`.
    Dial {
        /// Which attempt.
        attempt: AttemptId,
        /// Whom to call.
        lead: LeadId,
        /// Index of the campaign.
        campaign: u32,
        /// The number.
        number: String,
        /// The number that is shown: slot of a text; 0: the host's default.
        caller_id: Slot,
        /// How long it rings at most.
        ring_ms: i64,
    },
    /// Bring the person who answered to the campaign's dialog, or to an agent of its queue; the answer is `Connected`.
    Connect {
        /// Which attempt.
        attempt: AttemptId,
        /// Index of the dialog that speaks first.
        dialog: Option<u32>,
        /// Slot of the queue; 0: none.
        queue: Slot,
    },
    /// Nobody was there in time: say the campaign's safe-harbour message, then hang up.
    PlaySafeHarbour {
        /// Which attempt.
        attempt: AttemptId,
        /// The words.
        text: String,
    },
    /// Leave the campaign's message on the machine, then hang up.
    LeaveMessage {
        /// Which attempt.
        attempt: AttemptId,
        /// The words.
        text: String,
    },
    /// End the call; a lead that is still shown to an agent is not to be called.
    HangUp(AttemptId),
    /// Bring the person to a queue, with what follow-up `step` of the grade hands over:
    /// [`told_after`](super::told_after), which the call [fills in](crate::Call::handed_over).
    Transfer {
        /// Which attempt.
        attempt: AttemptId,
        /// Slot of the queue.
        queue: Slot,
        /// The grade that it follows.
        grade: Slot,
        /// Index of the follow-up.
        step: usize,
    },
    /// Give a person the task to call.
    Task {
        /// Whom to call.
        lead: LeadId,
        /// The grade that it follows.
        grade: Slot,
        /// Index of the follow-up, which tells what is noted, as with a transfer.
        step: usize,
        /// At the latest, milliseconds since the Unix epoch.
        by_ms: i64,
    },
    /// Send a text.
    Send {
        /// To whom.
        lead: LeadId,
        /// The grade that it follows.
        grade: Slot,
        /// Index of the follow-up, which tells the channel.
        step: usize,
        /// The words.
        text: String,
        /// Which one of a series, from 1.
        number: u32,
    },
    /// Another call is planned.
    CallAgain {
        /// Whom.
        lead: LeadId,
        /// Not before this moment, milliseconds since the Unix epoch.
        not_before_ms: i64,
    },
    /// Open a ticket.
    OpenTicket {
        /// About whom.
        lead: LeadId,
        /// Index into `tickets`.
        ticket: u32,
    },
    /// A person is on the do-not-call list now: keep it.
    MarkDoNotCall {
        /// Who.
        person: String,
    },
    /// An attempt is over and counted.
    Counted {
        /// Which attempt.
        attempt: AttemptId,
        /// Whom it was to reach.
        lead: LeadId,
        /// How it ended.
        disposition: Disposition,
    },
    /// A lead is not called, now or ever.
    NotCalled {
        /// Who.
        lead: LeadId,
        /// Why.
        because: NotCalled,
        /// When it comes again, milliseconds since the Unix epoch; `None`: never.
        again_ms: Option<i64>,
    },
    /// A lead was not taken: a [limit](super::limits) is reached, or there is no such campaign.
    Refused(LeadId),
}
