//! Queues: who serves, what is promised, what happens to those who wait.

use tandem_stdlib::words::ServiceLevelFormula;

use super::{Name, Quoted, Reasoned, Spanned};
use crate::source::Span;

/// One or more queues.
#[derive(Clone, Debug)]
pub struct Queue {
    /// Their names.
    pub names: Vec<Name>,
    /// `needs a and b or c`: any of these, each of which is all of its skills.
    pub needs: Vec<Vec<SkillNeed>>,
    /// `promise 90% answered within 10s of offered`
    pub promise: Option<Promise>,
    /// `while waiting { … }`
    pub waiting: Vec<WaitingStep>,
    /// `at most 50 waiting otherwise …`; without a queue the call ends.
    pub cap: Option<(Spanned<f64>, Option<Name>)>,
    /// `prefer …`
    pub prefer: Option<Preference>,
    /// `ring 15s`, milliseconds
    pub ring: Option<Spanned<i64>>,
    /// `after-call work at most 60s`, milliseconds
    pub wrap_up: Option<Spanned<i64>>,
    /// `priority rises 1 per 30s`: points and milliseconds.
    pub ageing: Option<(Spanned<f64>, Spanned<i64>)>,
    /// The whole item.
    pub span: Span,
}

/// Lowest and highest level of a skill, both included.
pub type Levels = (Spanned<f64>, Spanned<f64>);

/// A skill with the levels that serve.
#[derive(Clone, Debug)]
pub struct SkillNeed {
    /// The skill.
    pub skill: Name,
    /// `at level 4..5`
    pub levels: Option<Levels>,
}

/// `90% answered within 10s of offered excluding abandoned under 5s`
#[derive(Clone, Copy, Debug)]
pub struct Promise {
    /// The share, where one is promised, 0..1.
    pub share: Spanned<f64>,
    /// What is counted.
    pub level: ServiceLevel,
}

/// `answered within 10s of offered excluding abandoned under 5s`
#[derive(Clone, Copy, Debug)]
pub struct ServiceLevel {
    /// Threshold, milliseconds.
    pub within: Spanned<i64>,
    /// How it is counted.
    pub formula: ServiceLevelFormula,
    /// `under 5s`, milliseconds.
    pub short: Option<Spanned<i64>>,
}

/// `after 20s accept level 2..5`
#[derive(Clone, Debug)]
pub struct WaitingStep {
    /// Since the call joined the queue, milliseconds.
    pub after: Spanned<i64>,
    /// What then.
    pub action: WaitingAction,
    /// The step.
    pub span: Span,
}

/// What can happen to a call that waits.
#[derive(Clone, Debug)]
pub enum WaitingAction {
    /// `accept level 2..5`
    AcceptLevels(Levels),
    /// `accept skill loans`
    AcceptSkill(Name),
    /// `offer callback`
    OfferCallback,
    /// `overflow to general`
    Overflow(Name),
    /// `also general`
    Also(Name),
    /// `priority 90`
    Priority(Spanned<f64>),
    /// `play "…"`
    Play(Quoted),
    /// `announce wait`
    AnnounceWait,
    /// `hang up`
    HangUp,
}

/// Which of several free agents is taken.
#[derive(Clone, Debug)]
pub enum Preference {
    /// `longest idle`
    LongestIdle,
    /// `least occupied`
    LeastOccupied,
    /// `most skilled`
    MostSkilled,
    /// `least skilled`
    LeastSkilled,
    /// `round robin`
    RoundRobin,
    /// `weighted`
    Weighted,
    /// `owner first`
    OwnerFirst,
    /// `agent by …`
    Score(Reasoned),
}
