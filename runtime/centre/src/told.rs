//! What a dialog tells the host.

use tandem_stdlib::contract::Slot;

/// Something that a dialog did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DialogStep<'a> {
    /// Milliseconds since the call's start.
    pub at_ms: i64,
    /// Index of the dialog in the manifest.
    pub dialog: usize,
    /// What.
    pub what: Told<'a>,
}

/// What a caller answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard<'a> {
    /// Words, spoken or written.
    Words(&'a str),
    /// A key.
    Key(char),
    /// An intent that comes by itself (a slot of `intent`).
    Intent(Slot),
}

/// What a dialog did. Texts are as they are spoken, values filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told<'a> {
    /// It began.
    Began,
    /// It says something.
    Said(&'a str),
    /// It asks something and waits.
    Asked {
        /// Index of the question in the dialog.
        ask: usize,
        /// What is asked.
        text: &'a str,
        /// The same question had been asked before, and nothing else since.
        again: bool,
        /// The queue that is offered; 0: it is no offer.
        offers: Slot,
    },
    /// The caller answers the open question, or what he wants becomes known.
    Heard(Heard<'a>),
    /// A handler follows; what it does is told next, and then the decision.
    Followed {
        /// The entry that chose it (index in the manifest).
        entry: usize,
        /// Its outcome.
        outcome: usize,
    },
    /// A turn or a key told nothing that the question asks for: so many in this dialog.
    Unresolved(u32),
    /// Nothing was said or keyed in time: so many times in this dialog.
    Silent(u32),
    /// It tries to keep the caller.
    Retained(&'a str),
    /// A source answered, and this is told.
    Answered(&'a str),
    /// It waits for a source (index into the manifest's `source_calls`).
    LooksUp(u32),
    /// A source did not answer.
    NotAnswered {
        /// Index into the manifest's `source_calls`.
        source_call: u32,
        /// It may yet answer, but nobody waits any longer.
        late: bool,
    },
    /// The caller accepted the offer of this queue.
    Accepted(Slot),
    /// The caller declined the offer of this queue, or did not answer it.
    Declined(Slot),
    /// It would have offered this queue, but the condition before the offer did not hold.
    Withheld(Slot),
    /// It keeps something for the hand-over.
    Noted {
        /// Name.
        name: &'a str,
        /// Value as spoken.
        value: &'a str,
    },
    /// A text is to be sent to the caller.
    Sent {
        /// Channel word, such as `sms`.
        channel: &'a str,
        /// What.
        text: &'a str,
    },
    /// A ticket is to be opened (index into the manifest's `tickets`).
    TicketOpened(u32),
    /// It transfers the call and is over.
    Transferred {
        /// Slot value in the `queue` vocabulary.
        queue: Slot,
        /// Names and values handed over.
        handover: &'a [(String, String)],
        /// The author's reason; empty when there is none.
        because: &'a str,
        /// Answers that the caller gave before.
        answers: u32,
    },
    /// The caller's matter is settled, and it is over.
    Resolved,
    /// It ends the call and is over.
    Ended,
    /// It came to its end and is over; the call goes on.
    Finished,
    /// Something else moved the call, and it is over.
    TakenAway,
    /// The call ended while it went on.
    HungUp,
}
