//! What will happen, in order of time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::outbound::Step;
use super::tickets::TicketDue;

/// Something that will happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    /// A group of agents begins or ends its shift, or a break.
    Roster(u32),
    /// A group's skills change, for the so manieth time.
    Skills(u32, u32),
    /// The next caller of a stream comes.
    Arrival(u32),
    /// The caller has no more patience for this visit.
    Patience(Visit),
    /// The agent answers the phone, for the contact's so manieth ringing.
    Answer(Visit, u32),
    /// The conversation ends.
    TalkEnds(Visit),
    /// The agent's after-call work ends.
    WrapUpEnds(u32),
    /// The machine is done with the caller.
    ServedByMachine(Visit),
    /// Something of a campaign.
    Called(Step),
    /// Something of a ticket.
    Ticket(TicketDue),
    /// The bot has spoken its question of this number.
    BotSpoke(Visit, u32),
    /// The caller answers the bot's question of this number.
    AnswersBot(Visit, u32),
    /// The caller has no more patience with the bot.
    LeavesBot(Visit),
    /// The customer who is called back answers, or does not, at the contact's so manieth ringing.
    CalledBack(Visit, u32),
    /// A caller (stream and number) who was not helped calls again, for the so manieth time.
    Again(u32, u64, u32),
}

/// A contact on its way through one queue: what was planned for an earlier visit no longer matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Visit {
    pub(super) contact: u64,
    pub(super) number: u32,
}

/// Everything that will happen.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    heap: BinaryHeap<Reverse<(i64, u64, Due)>>,
    /// Orders what happens at one moment: what was planned first happens first.
    planned: u64,
}

impl Agenda {
    pub(super) fn plan(&mut self, at_ms: i64, due: Due) {
        self.planned += 1;
        self.heap.push(Reverse((at_ms, self.planned, due)));
    }

    /// When the next thing happens.
    pub(super) fn next_ms(&self) -> Option<i64> {
        self.heap.peek().map(|Reverse((at_ms, ..))| *at_ms)
    }

    pub(super) fn take(&mut self) -> Option<(i64, Due)> {
        self.heap.pop().map(|Reverse((at_ms, _, due))| (at_ms, due))
    }
}
