//! A scenario that was read and found sound.

use std::sync::Arc;

use tandem_stdlib::contract::{Prefer, Promise};
use tandem_stdlib::words::Calendar;

use super::callers::Callers;
use super::costs::{Amount, Costs};
use super::detector::Detector;
use super::sources::SourceRow;
use super::tickets::TicketPlan;
use crate::chance::{Law, Mix};
use crate::dialling::Callees;
use crate::queue_log::{LoggedCall, Pause, Pauses, Spell};

/// Days that one run may last.
pub const MAX_DAYS: u32 = 400;

/// Replications of one run.
pub const MAX_REPLICATIONS: u32 = 10_000;

/// Agents of one centre.
pub const MAX_AGENTS_PLANNED: u32 = 100_000;

/// Who calls a centre, who works there, and for how long it is watched.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// When the run begins: midnight of the first day, milliseconds since the Unix epoch.
    pub(crate) start_ms: i64,
    /// When no more callers come: midnight after the last day.
    pub(crate) end_ms: i64,
    /// What happens before this moment is left out of all figures.
    pub(crate) warm_up_ms: i64,
    /// IANA name of the zone in which hours are meant.
    pub(crate) zone: String,
    /// How often the run is repeated with other chances.
    pub(crate) replications: u32,
    /// Seed of everything random.
    pub(crate) seed: u64,
    pub(crate) streams: Vec<Stream>,
    pub(crate) campaigns: Vec<CampaignPlan>,
    /// How long people wait whose arrivals say nothing of it.
    pub(crate) patience: Law,
    pub(crate) handling: Vec<Handling>,
    pub(crate) groups: Vec<Group>,
    /// Queues, for a run without a policy.
    pub(crate) queues: Vec<QueueRow>,
    pub(crate) self_service: Vec<SelfService>,
    pub(crate) detector: Detector,
    /// How callers behave who talk with a bot.
    pub(crate) callers: Callers,
    /// How sources answer.
    pub(crate) sources: Vec<SourceRow>,
    /// How tickets are worked on.
    pub(crate) tickets: Vec<TicketPlan>,
    /// What agents and bots cost.
    pub(crate) costs: Option<Costs>,
    /// Waiting places of all queues together: who would have to wait when all are taken is turned away.
    pub(crate) places: Option<u32>,
    /// What is promised where nothing else is.
    pub(crate) promise: Promise,
    /// Whether the scenario says so itself.
    pub(crate) promised: bool,
    /// What was not said and therefore assumed, a sentence each, but for the promise, which a policy may make.
    pub(crate) assumed: Vec<String>,
    /// What really happened, where arrivals are those of a log.
    pub(crate) logged: Option<Arc<Logged>>,
}

/// What a log says happened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Logged {
    pub(crate) queues: Vec<String>,
    /// The log says how long callers waited: there is something to compare.
    pub(crate) knows_waits: bool,
    pub(crate) calls: Vec<LoggedCall>,
    /// By call: the number of its stream.
    pub(crate) streams: Vec<u32>,
    /// By agent: when she was there.
    pub(crate) spells: Vec<Vec<Spell>>,
    /// Mean time after a call in which an agent takes none, where the log does not have it; milliseconds.
    pub(crate) absence_ms: f64,
}

impl Scenario {
    /// Seed of everything random.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// Another seed.
    #[must_use]
    pub const fn with_seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Another number of replications, brought within 1..=[`MAX_REPLICATIONS`].
    #[must_use]
    pub fn with_replications(mut self, replications: u32) -> Self {
        self.replications = replications.clamp(1, MAX_REPLICATIONS);
        self
    }

    /// How often the run is repeated with other chances.
    #[must_use]
    pub const fn replications(&self) -> u32 {
        self.replications
    }

    /// What was not said and therefore assumed, a sentence each.
    #[must_use]
    pub fn assumed(&self) -> &[String] {
        &self.assumed
    }

    /// Days that the run lasts, the warm-up included.
    #[must_use]
    pub const fn days(&self) -> i64 {
        (self.end_ms - self.start_ms + 43_200_000) / 86_400_000
    }
}

/// Callers of one kind.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    pub(crate) name: String,
    pub(crate) arrivals: Arrivals,
    /// Where they wait if no policy decides.
    pub(crate) queue: Option<String>,
    /// What is known of them: name of the fact, with its values by weight.
    pub(crate) facts: Vec<(String, Mix<String>)>,
    pub(crate) patience: Law,
    /// Instead of it: by the least number of callers who wait in the queue when one comes, in rising order from 0.
    pub(crate) patience_in_crowd: Vec<(usize, Law)>,
    /// Without a policy: higher goes first.
    pub(crate) priority: f64,
    /// Without a policy: waiting that is granted in advance, milliseconds.
    pub(crate) head_start_ms: i64,
    /// Of logged arrivals: what the log knows of each caller, in the same order; empty if nothing.
    pub(crate) own: Vec<Own>,
}

impl Stream {
    /// How long a caller waits who comes while so many wait.
    pub(crate) fn patience_among(&self, waiting: usize) -> &Law {
        let place = self.patience_in_crowd.partition_point(|(least, _)| *least <= waiting);
        let law = place.checked_sub(1).and_then(|place| self.patience_in_crowd.get(place));
        law.map_or(&self.patience, |(_, law)| law)
    }
}

/// What a log knows of a caller.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Own {
    /// How long the conversation took, at the usual pace, milliseconds.
    pub(crate) talk_ms: Option<f32>,
    /// How long the agent took no call afterwards.
    pub(crate) pause: Pause,
}

/// When callers come.
#[derive(Clone, Debug)]
pub(crate) enum Arrivals {
    /// At random; from each moment on, so many a millisecond.
    Rates(Vec<(i64, f64)>),
    /// At these moments, in order.
    Logged(Vec<i64>),
}

/// How long a conversation takes.
#[derive(Clone, Debug)]
pub(crate) struct Handling {
    /// Of callers with this intent alone.
    pub(crate) intent: Option<String>,
    /// In this queue alone.
    pub(crate) queue: Option<String>,
    /// Answered in this hour of the day alone.
    pub(crate) hour: Option<i8>,
    pub(crate) talk: Law,
    pub(crate) after_call: Law,
    /// Instead of after-call work: pauses that depend on how many callers wait.
    pub(crate) pauses: Option<Arc<Pauses>>,
    /// The times are a log's: agents have their own paces, and callers may bring what the log knows of them.
    pub(crate) of_log: bool,
    /// The scenario itself says how long after-call work takes, whatever a log knows of it.
    pub(crate) own_after_call: bool,
    /// Share of conversations that end in a transfer to a queue.
    pub(crate) transfer: Option<(f64, String)>,
}

impl Handling {
    /// All conversations take so long.
    pub(crate) const fn new(talk: Law, after_call: Law) -> Self {
        Self {
            intent: None,
            queue: None,
            hour: None,
            talk,
            after_call,
            pauses: None,
            of_log: false,
            own_after_call: false,
            transfer: None,
        }
    }
}

/// When agents work.
#[derive(Clone, Debug)]
pub(crate) enum Shift {
    /// By hours of the week.
    Weekly(Box<Calendar>),
    /// At these stretches of time, in order.
    Spells(Arc<[Spell]>),
}

impl Shift {
    /// Whether they work at a moment.
    pub(crate) fn is_open(&self, at_ms: i64) -> bool {
        match self {
            Self::Weekly(calendar) => calendar.is_open(at_ms),
            Self::Spells(spells) => {
                let place = spells.partition_point(|(_, to_ms)| *to_ms <= at_ms);
                spells.get(place).is_some_and(|(from_ms, _)| *from_ms <= at_ms)
            }
        }
    }

    /// When that changes next.
    pub(crate) fn next_change(&self, at_ms: i64) -> Option<i64> {
        match self {
            Self::Weekly(calendar) => calendar.next_change(at_ms),
            Self::Spells(spells) => {
                let place = spells.partition_point(|(_, to_ms)| *to_ms <= at_ms);
                let (from_ms, to_ms) = *spells.get(place)?;
                Some(if from_ms > at_ms { from_ms } else { to_ms })
            }
        }
    }
}

/// Agents of one kind.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) count: u32,
    /// Skills with levels.
    pub(crate) skills: Vec<(String, u8)>,
    /// Other skills from these minutes of the day on, in rising order, until midnight.
    pub(crate) later_skills: Vec<(u16, Vec<(String, u8)>)>,
    /// When they work; `None`: always.
    pub(crate) shift: Option<Shift>,
    /// When they are away.
    pub(crate) breaks: Option<Calendar>,
    /// How long a phone rings until its agent answers; `None`: it answers by itself.
    pub(crate) ring: Option<Law>,
    /// Share of contacts that the agent does not answer.
    pub(crate) no_answer: f64,
    /// How long conversations take, as a share of what they usually take.
    pub(crate) pace: f64,
    /// They are agents of another group, at other times.
    pub(crate) again: bool,
    /// What an hour of one costs, where it is not what it usually is.
    pub(crate) hour_cost: Option<Amount>,
}

/// A queue of a run without a policy.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct QueueRow {
    pub(crate) name: String,
    /// Skills of which any one serves, with the lowest level.
    pub(crate) skills: Vec<(String, u8)>,
    pub(crate) promise: Option<Promise>,
    /// Contacts that may wait.
    pub(crate) places: Option<u32>,
    /// Which of several free agents is taken.
    pub(crate) prefer: Prefer,
    /// Who waits for so long is sent off, milliseconds.
    pub(crate) limit_ms: Option<i64>,
    /// The log says so, not the author: to a policy with queues of its own it means nothing.
    pub(crate) of_log: bool,
}

/// A queue that a machine serves: a bot, a recorded answer, a form for call-backs.
#[derive(Clone, Debug)]
pub(crate) struct SelfService {
    pub(crate) queue: String,
    /// Share of callers who get there what they came for.
    pub(crate) contains: f64,
    pub(crate) takes: Law,
    /// Where the others go; `None`: they hang up.
    pub(crate) otherwise: Option<String>,
}

/// Whom a campaign calls, and what comes of it.
#[derive(Clone, Debug)]
pub(crate) struct CampaignPlan {
    pub(crate) name: String,
    pub(crate) leads: Leads,
    /// Fields of leads: name, with its values by weight.
    pub(crate) fields: Vec<(String, Mix<String>)>,
    /// What numbers begin with, by weight.
    pub(crate) numbers: Mix<String>,
    pub(crate) callees: Callees,
    /// Share of numbers that do not exist.
    pub(crate) invalid: f64,
    /// Share of people who answer who are the ones that are wanted.
    pub(crate) right_party: f64,
    /// Of the right people: share who refuse further calls.
    pub(crate) refuses: f64,
    /// Of the right people: share who hang up before anything is settled.
    pub(crate) hangs_up: f64,
    /// Of the right people: share who ask for another time.
    pub(crate) asks_later: f64,
    /// After how long they have time; before, they do not answer.
    pub(crate) later: Law,
    pub(crate) talk: Law,
    pub(crate) after_call: Law,
    /// Conversations that settle nothing.
    pub(crate) brief: Law,
    /// How long an agent looks at a lead that is shown first.
    pub(crate) looks: Law,
    /// What people want, by weight.
    pub(crate) intents: Mix<String>,
    /// What people say to a dialog, one question after the other, by weight.
    pub(crate) says: Mix<Vec<String>>,
    /// How conversations are graded, by weight.
    pub(crate) grades: Mix<String>,
}

/// Whom a campaign calls.
#[derive(Clone, Debug)]
pub(crate) enum Leads {
    /// So many, from the beginning.
    Count(u32),
    /// They come in.
    Coming(Arrivals),
    /// These, from the beginning: a column a field.
    Rows {
        /// The file that they stand in.
        file: String,
        /// Fields.
        columns: Vec<String>,
        /// Values, with their lines.
        rows: Vec<(u64, Vec<String>)>,
    },
}
