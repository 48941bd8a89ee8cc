//! Tickets: work that remains after a call, with its deadlines.

use serde::{Deserialize, Serialize};

use super::{CallingHours, EntryRef, HandOver, LawCitation, Place, Reason, Slot, Speech, Type};

/// A kind of ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TicketSpec {
    /// Full name, such as `shop.repair`.
    pub name: String,
    /// Where it is declared.
    pub place: Place,
    /// An entry without outputs, run at the call's end: it opens when an outcome decides. `None`: dialogs and
    /// campaigns open it.
    pub opens: Option<EntryRef>,
    /// What it is classified as: an entry run when it opens; outputs by name. `priority` is a word of the `priority`
    /// vocabulary, `queue` who gets it; others are kept with the ticket.
    pub classify: Option<EntryRef>,
    /// Who gets it: slot of `queue`; 0: the output `queue` of `classify`, else nobody yet.
    pub assign: Slot,
    /// What follows when nothing happens for so long.
    pub deadlines: Vec<TicketDeadline>,
    /// What is told to whom when something happens.
    pub notices: Vec<TicketNotice>,
    /// After it is closed.
    pub call_back: Option<CallBack>,
    /// What whoever works on it writes down.
    pub fields: Vec<TicketField>,
    /// What its fields are when it opens, beside their defaults.
    pub prefill: TicketPrefill,
    /// Its way through the house: it opens in the first step. Empty: it has none, and somebody closes it.
    pub steps: Vec<TicketStep>,
}

/// `field quote: money CNY = 0 CNY`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TicketField {
    /// Its name; conditions read it as `ticket.NAME`.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// What it is until somebody has written it down.
    pub default: Slot,
}

/// What is known when a ticket opens.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TicketPrefill {
    /// An entry on the facts of the call whose outputs are the fields of `fields`, in order.
    pub values: Option<EntryRef>,
    /// Indices into the kind's fields.
    pub fields: Vec<u32>,
    /// Fields with what the call was about, in the caller's words and the bot's notes.
    pub told: Vec<(u32, HandOver)>,
}

/// `step inspection by technicians needs quote { … }`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TicketStep {
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub place: Place,
    /// Who has the ticket meanwhile: slot of `queue`; 0: the agent of the call that opened it.
    pub queue: Slot,
    /// Fields that must have been written down before it can be done, indices into `fields`.
    pub needs: Vec<u32>,
    /// Where the ticket goes when the step is done; `None`: nobody says that it is done.
    pub done: Option<TicketMoves>,
    /// Where it goes as soon as something holds: when the step begins, and whenever something was written down.
    pub at_once: Option<TicketMoves>,
}

/// Rules that move a ticket.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TicketMoves {
    /// An entry without outputs on the ticket's facts; undecided: the ticket stays where it is.
    pub entry: EntryRef,
    /// By outcome: where it goes.
    pub goals: Vec<TicketGoal>,
}

/// Where a ticket goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TicketGoal {
    /// To a step (index into `steps`).
    Step(u32),
    /// It is closed.
    Closed,
}

/// `unless touched within 2h escalate to supervisor`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TicketDeadline {
    /// What must have happened.
    pub unless: TicketEvent,
    /// Since it was opened, or since the last such event when `repeats`.
    pub within_ms: i64,
    /// Counts only while this calendar is open (index into `calendars`).
    pub calendar: Option<u32>,
    /// Whether it starts anew with each such event.
    pub repeats: bool,
    /// An entry without outputs on the ticket's facts: the deadline holds when an outcome decides; `None`: always.
    pub when: Option<EntryRef>,
    /// Who is told: slot of `role`; 0: nobody.
    pub escalate_to: Slot,
    /// Where it moves: slot of `queue`; 0: nowhere.
    pub reassign_to: Slot,
    /// The step in which it counts (index into `steps`), from the step's beginning; `None`: as long as it is open.
    pub step: Option<u32>,
    /// Where the ticket goes when it has passed.
    pub goes_to: Option<TicketGoal>,
    /// The author's reason and place.
    pub reason: Reason,
}

/// What happens to a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketEvent {
    /// It was opened.
    Opened,
    /// It was given to somebody.
    Assigned,
    /// Somebody worked on it.
    Touched,
    /// Somebody finished its step.
    Done,
    /// A deadline passed.
    Escalated,
    /// It is settled.
    Closed,
    /// It was opened again.
    Reopened,
}

impl TicketEvent {
    /// All, in order.
    pub const ALL: [Self; 7] = [
        Self::Opened,
        Self::Assigned,
        Self::Touched,
        Self::Done,
        Self::Escalated,
        Self::Closed,
        Self::Reopened,
    ];

    /// The word in the language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Assigned => "assigned",
            Self::Touched => "touched",
            Self::Done => "done",
            Self::Escalated => "escalated",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
        }
    }
}

/// `notify customer by sms "…" when assigned`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TicketNotice {
    /// When; `None`: as its step begins.
    pub when: Option<TicketEvent>,
    /// The step in which it is told (index into `steps`); `None`: in all.
    pub step: Option<u32>,
    /// Channel word as written, such as `sms`.
    pub channel: String,
    /// Who is told: slot of `role`; 0: the customer.
    pub role: Slot,
    /// The text.
    pub speech: Speech,
}

/// `after closed within 24h call back with dialog satisfaction`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallBack {
    /// At the latest after it was closed.
    pub within_ms: i64,
    /// The dialog that calls (index into `dialogs`); `None`: a person does.
    pub dialog: Option<u32>,
    /// The laws that the call is under; their hours are in `hours`.
    pub under: Vec<LawCitation>,
    /// When the customer may be called.
    pub hours: CallingHours,
}
