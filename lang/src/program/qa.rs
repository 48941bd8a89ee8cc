//! Quality checks, checked.

use tandem_stdlib::contract::{Effective, FactSource, Party, Place, QaItem, Trigger};

use super::Expr;

/// A quality check.
#[derive(Clone, Debug)]
pub struct Qa {
    /// Full name.
    pub name: String,
    /// Where.
    pub place: Place,
    /// From when and until when it holds.
    pub effective: Effective,
    /// When it runs.
    pub triggers: Vec<Trigger>,
    /// When it applies, judged at the call's end; `None`: always.
    pub applies: Option<Expr>,
    /// Items.
    pub items: Vec<(QaRule, QaItem)>,
    /// Share of points from which the call passes.
    pub pass_share: f64,
}

/// What a quality item asks. Evidence is the time of the words, or of the moment that broke the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum QaRule {
    /// Say the phrases, at the latest so many milliseconds after the start. Not applicable when the party never
    /// spoke in the call.
    MustSay {
        /// `FactSource::Said` of the party and the phrases.
        said: FactSource,
        /// Which party.
        party: Party,
        /// Limit.
        within_ms: Option<i64>,
    },
    /// Never say the phrases.
    MustNotSay {
        /// `FactSource::Said` of the party and the phrases.
        said: FactSource,
    },
    /// The party's share of the talk at the end lies in the range; not applicable when nobody spoke.
    TalkShare {
        /// `FactSource::Signal(party, TalkShare)`.
        share: FactSource,
        /// Low end, in.
        low: f64,
        /// High end, in.
        high: f64,
    },
    /// Nobody speaks for no longer than so many milliseconds at a time; calls on hold count too.
    Silence {
        /// `FactSource::Signal(_, Silence)`.
        silence: FactSource,
        /// Limit.
        under_ms: i64,
    },
}
