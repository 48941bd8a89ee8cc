//! Campaigns: whom the centre calls, when, how often and how fast.

use serde::{Deserialize, Serialize};

use super::{EntryRef, Place, Slot, Speech};
use crate::words::{DateRange, HoursOn};

/// A campaign with the limits of its laws worked in: the host needs no law.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CampaignSpec {
    /// Full name, such as `retail_bank.renewals`.
    pub name: String,
    /// Where it is declared.
    pub place: Place,
    /// The rule sets that it is under, by name, with version and date.
    pub under: Vec<LawCitation>,
    /// What its limits come from, each line on its own: the campaign's and those of its laws. The limits below have all of
    /// them worked in; these tell which was broken.
    pub clauses: Vec<Clause>,
    /// Index into `sources`: one answer a lead. Its fields are facts ([`FactSource::Lead`](super::FactSource::Lead)).
    pub leads: u32,
    /// Index of the lead's field of type phone that is called.
    pub phone_field: u32,
    /// Index of the lead's field that tells the person apart; `None`: the number does.
    pub person_field: Option<u32>,
    /// Index of the lead's field of type language, in which texts are; `None`: not known.
    pub language_field: Option<u32>,
    /// An entry whose only output is a number: leads with the highest go first. `None`: in the source's order.
    pub order: Option<EntryRef>,
    /// An entry without outputs: a lead for which an outcome decides is not called, for the outcome's reason.
    pub never: Option<EntryRef>,
    /// When the callee may be called.
    pub hours: CallingHours,
    /// How often at most.
    pub attempts: Vec<AttemptCap>,
    /// How long to wait after a disposition before this campaign's next attempt; one each.
    pub waits: Vec<(Disposition, i64)>,
    /// How long after a disposition nobody calls this person again, whatever the caps say; `i64::MAX`: never.
    pub lockouts: Vec<(Disposition, i64)>,
    /// How fast.
    pub pacing: Pacing,
    /// How long it rings at least before the dialler gives up.
    pub ring_ms: i64,
    /// The number that is shown: slot of a phone text; 0: the host's default.
    pub caller_id: Slot,
    /// What to do with an answering machine.
    pub machine: MachinePolicy,
    /// How long after the answer the detector may listen before it takes the callee for a person; counts into what
    /// a law allows for connecting.
    pub machine_within_ms: i64,
    /// How soon after that a person or the dialog must be there; else the call is abandoned.
    pub connect_within_ms: i64,
    /// What is played when no agent is free in time.
    pub safe_harbour: Option<Speech>,
    /// The dialog that speaks first (index into `dialogs`); `None`: agents do.
    pub dialog: Option<u32>,
    /// The queue whose agents take the calls: slot of `queue`; 0: none.
    pub queue: Slot,
    /// Every call that ended with a person is graded: an entry whose only output, `grade`, is a word.
    pub grade: Option<EntryRef>,
    /// Callers of other calls who become leads.
    pub from_calls: Option<FromCalls>,
    /// What follows each grade: a word of the type of that output, and the actions.
    pub follow_ups: Vec<(Slot, Vec<FollowAction>)>,
}

/// Callers who become leads of a campaign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FromCalls {
    /// An entry asked when a call is over: its outcome lets the caller become a lead.
    pub entry: EntryRef,
    /// The lead's fields (indices into the fields of the leads' source) that the entry's outputs fill, in their order. A
    /// word, text or number of a telephone that is unknown is left open.
    pub fields: Vec<u32>,
}

/// A rule set as it was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawCitation {
    /// Full name, such as `std.law.us_tsr`.
    pub name: String,
    /// Version of the rule set.
    pub version: String,
    /// Where the law stands.
    pub source: String,
    /// Days since 1970-01-01 on which it was read.
    pub as_of: i32,
}

/// A line of a campaign or of one of its laws that limits when it may call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Index into `under`; `None`: the campaign itself says so.
    pub law: Option<u32>,
    /// The line as it is written.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// What it limits.
    pub limit: Limit,
}

/// What a clause limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    /// Calls in these hours alone.
    Hours(CallingHours),
    /// At most so many attempts.
    Attempts(AttemptCap),
    /// A time after a disposition before this campaign's next attempt.
    Wait(Disposition, i64),
    /// A time after a disposition in which nobody calls the person; `i64::MAX`: for ever.
    Quiet(Disposition, i64),
    /// Nobody who is on the do-not-call list.
    DoNotCall,
    /// Nobody who has not agreed: an entry whose outcome tells that the lead has not.
    Consent(EntryRef),
}

/// When somebody may be called: every week and every calendar must be open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallingHours {
    /// Hours of the week, each on its own clock: the campaign's and those of its laws.
    pub open: Vec<CallingWeek>,
    /// Calendars of the centre (index into `calendars`).
    pub calendars: Vec<u32>,
}

/// Hours of the week with the days on which nobody is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallingWeek {
    /// Whose clock.
    pub clock: CallingClock,
    /// Hours on days of the week; a range past midnight belongs to the day on which it begins.
    pub weekly: Vec<HoursOn>,
    /// Days without calls, such as public holidays.
    pub closed: Vec<DateRange>,
    /// The days of which the lists of holidays among them speak; nobody is called on others. `None`: all days.
    pub listed: Option<DateRange>,
}

/// Whose clock calling hours are on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallingClock {
    /// The callee's, derived from the number.
    Callee {
        /// When the number does not tell the zone.
        unsure: UnsureZone,
    },
    /// An IANA zone.
    Zone(String),
}

/// What to do when a number does not tell its zone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnsureZone {
    /// Open only when it is open in every zone that the number may lie in.
    #[default]
    Strictest,
    /// Do not call.
    Never,
    /// Take this IANA zone.
    Assume(String),
}

/// At most so many attempts in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttemptCap {
    /// Attempts.
    pub max: u32,
    /// In which window.
    pub window: Window,
    /// Of whom.
    pub per: AttemptsOf,
}

/// A window of time that moves, or a day or month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Window {
    /// The last so many milliseconds.
    Sliding(i64),
    /// The day on the callee's clock.
    CalendarDay,
    /// The month on the callee's clock.
    CalendarMonth,
    /// Since the campaign began.
    Campaign,
}

/// Whose attempts are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttemptsOf {
    /// The person, over all numbers and campaigns.
    Person,
    /// The number.
    Number,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// Nobody answered while it rang.
    NoAnswer,
    /// Engaged.
    Busy,
    /// The network failed.
    Failed,
    /// The number does not exist.
    Invalid,
    /// A machine answered.
    Machine,
    /// A person answered and no agent or dialog was there in time.
    Abandoned,
    /// A person answered and was talked to.
    Conversation,
    /// A person answered and hung up before anything was settled.
    HungUp,
    /// A person said not to be called again.
    Refused,
    /// A person asked to be called at another time.
    CallLater,
}

impl Disposition {
    /// All, in the order of the `disposition` vocabulary: the slot of the first is 1.
    pub const ALL: [Self; 10] = [
        Self::NoAnswer,
        Self::Busy,
        Self::Failed,
        Self::Invalid,
        Self::Machine,
        Self::Abandoned,
        Self::Conversation,
        Self::HungUp,
        Self::Refused,
        Self::CallLater,
    ];

    /// The word of the `disposition` vocabulary.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoAnswer => "no_answer",
            Self::Busy => "busy",
            Self::Failed => "failed",
            Self::Invalid => "invalid",
            Self::Machine => "machine",
            Self::Abandoned => "abandoned",
            Self::Conversation => "conversation",
            Self::HungUp => "hung_up",
            Self::Refused => "refused",
            Self::CallLater => "call_later",
        }
    }
}

/// Why a lead is not called now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotCalled {
    /// A guard of `never` decided (index of its outcome): the author's reason tells.
    Guard(u32),
    /// The number cannot be called.
    Number,
    /// The number does not tell its zone, and nothing is assumed.
    Zone,
    /// The hours are closed.
    Hours,
    /// No list of holidays covers the day, so nobody knows whether it is one.
    Unlisted,
    /// As many attempts as allowed were made.
    Attempts,
    /// It is too soon after the last attempt.
    Wait,
    /// Nobody calls this person for now.
    Quiet,
    /// The person or the number is on the do-not-call list.
    DoNotCall,
    /// An earlier call settled the matter.
    Settled,
    /// Nobody is free who could talk.
    Agents,
    /// Another call would abandon too many.
    Pace,
}

impl NotCalled {
    /// The reason in words, as reports say it and tests expect it; a guard's are the author's.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Guard(_) => "a guard of the campaign",
            Self::Number => "the number cannot be called",
            Self::Zone => "the number does not tell its zone",
            Self::Hours => "outside calling hours",
            Self::Unlisted => "no list of holidays covers the day",
            Self::Attempts => "no attempts left",
            Self::Wait => "too soon after the last attempt",
            Self::Quiet => "a quiet period",
            Self::DoNotCall => "on the do-not-call list",
            Self::Settled => "the lead is settled",
            Self::Agents => "nobody is free",
            Self::Pace => "the pace allows no more calls",
        }
    }
}

/// How fast a campaign dials.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Pacing {
    /// An agent looks at the lead first and accepts it.
    Preview,
    /// One call for each free agent at most.
    Progressive,
    /// So many calls for each free agent.
    Power(f64),
    /// As many as keep agents busiest without breaking the cap.
    Predictive(AbandonCap),
}

/// At most this share of calls may be abandoned.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AbandonCap {
    /// 0..1.
    pub share: f64,
    /// Of which calls.
    pub of: AbandonedOf,
    /// Over which window.
    pub window: Window,
}

/// The denominator of an abandonment cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AbandonedOf {
    /// Calls that a person answered.
    LiveAnswers,
    /// Calls that reached a queue.
    ReachedQueue,
    /// All calls.
    AllCalls,
}

/// What to do with an answering machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MachinePolicy {
    /// Nobody looks for one: every answer counts as a person.
    #[default]
    Ignore,
    /// Hang up.
    HangUp,
    /// Leave a message.
    Message(Speech),
}

/// What follows a grade.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FollowAction {
    /// `transfer QUEUE handing over …`, while the person is still there.
    Transfer {
        /// The queue.
        queue: Slot,
        /// Handed over.
        handover: Vec<super::HandOver>,
    },
    /// `follow up by person within 1d noting …`
    Person {
        /// At the latest.
        within_ms: i64,
        /// Noted for whoever calls.
        noting: Vec<super::HandOver>,
    },
    /// `send sms "…" every 30d at most 3 times`
    Send {
        /// Channel word as written, such as `sms`.
        channel: String,
        /// The text.
        speech: Speech,
        /// Time between two; `None`: one alone.
        every_ms: Option<i64>,
        /// How often at most.
        at_most: u32,
    },
    /// `call again after 7d`
    CallAgain {
        /// At the earliest.
        after_ms: i64,
    },
    /// `ticket NAME` (index into `tickets`)
    Ticket(u32),
    /// `never call again`: the person goes on the do-not-call list.
    NeverAgain,
}
