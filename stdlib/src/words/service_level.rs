//! Service level: a share of calls, in the formulas that are in use.
//!
//! ICMI lists five that a centre may mean by the same two words; a sixth leaves short abandons out of both sides. On
//! one day's counts they differ by five percentage points, so a promise names its formula.

use serde::{Deserialize, Serialize};

/// How the share of calls answered in time is counted. "In time" is within the threshold; "short" is abandoned before
/// the short-abandon limit, which lies at or below the threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceLevelFormula {
    /// Answered in time over all answered.
    OfAnswered,
    /// Answered in time over all offered.
    #[default]
    OfOffered,
    /// Answered in time over offered, those abandoned in time left out.
    ExcludingAbandonedInTime,
    /// Answered in time over offered, short abandons left out.
    ExcludingShort,
    /// Answered or abandoned in time over offered.
    CountingAbandonedInTime,
    /// Answered in time or abandoned short over offered.
    CountingShort,
}

/// What became of the calls of a queue in some stretch of time. Offered is answered and abandoned together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswerCounts {
    /// Answered, whenever.
    pub answered: u64,
    /// Of those, within the threshold.
    pub answered_in_time: u64,
    /// Abandoned, whenever.
    pub abandoned: u64,
    /// Of those, within the threshold.
    pub abandoned_in_time: u64,
    /// Of those, before the short-abandon limit.
    pub abandoned_short: u64,
}

impl AnswerCounts {
    /// Adds what was counted elsewhere.
    pub const fn add(&mut self, more: &Self) {
        self.answered = self.answered.saturating_add(more.answered);
        self.answered_in_time = self.answered_in_time.saturating_add(more.answered_in_time);
        self.abandoned = self.abandoned.saturating_add(more.abandoned);
        self.abandoned_in_time = self.abandoned_in_time.saturating_add(more.abandoned_in_time);
        self.abandoned_short = self.abandoned_short.saturating_add(more.abandoned_short);
    }
}

impl ServiceLevelFormula {
    /// All formulas.
    pub const ALL: [Self; 6] = [
        Self::OfAnswered,
        Self::OfOffered,
        Self::ExcludingAbandonedInTime,
        Self::ExcludingShort,
        Self::CountingAbandonedInTime,
        Self::CountingShort,
    ];

    /// How people say it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OfAnswered => "of answered",
            Self::OfOffered => "of offered",
            Self::ExcludingAbandonedInTime => "of offered excluding abandoned in time",
            Self::ExcludingShort => "of offered excluding short abandons",
            Self::CountingAbandonedInTime => "of offered counting abandoned in time",
            Self::CountingShort => "of offered counting short abandons",
        }
    }

    /// The share 0..1; `None` when the formula divides by no call. Counts that contradict each other (more in time
    /// than at all) are cut to what is possible.
    #[must_use]
    pub fn share(self, counts: &AnswerCounts) -> Option<f64> {
        let AnswerCounts { answered, abandoned, .. } = *counts;
        let offered = answered.saturating_add(abandoned);
        let in_time = counts.answered_in_time.min(answered);
        let left_in_time = counts.abandoned_in_time.min(abandoned);
        let short = counts.abandoned_short.min(left_in_time);
        let (good, all) = match self {
            Self::OfAnswered => (in_time, answered),
            Self::OfOffered => (in_time, offered),
            Self::ExcludingAbandonedInTime => (in_time, offered.saturating_sub(left_in_time)),
            Self::ExcludingShort => (in_time, offered.saturating_sub(short)),
            Self::CountingAbandonedInTime => (in_time.saturating_add(left_in_time), offered),
            Self::CountingShort => (in_time.saturating_add(short), offered),
        };
        super::kpi::share(good, all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ICMI's worked example.
    const ICMI: AnswerCounts = AnswerCounts {
        answered: 1_000,
        answered_in_time: 860,
        abandoned: 60,
        abandoned_in_time: 20,
        abandoned_short: 10,
    };

    #[test]
    fn the_worked_example_of_icmi() {
        for (formula, percent) in [
            (ServiceLevelFormula::CountingAbandonedInTime, "83.0"),
            (ServiceLevelFormula::OfAnswered, "86.0"),
            (ServiceLevelFormula::OfOffered, "81.1"),
            (ServiceLevelFormula::ExcludingAbandonedInTime, "82.7"),
            (ServiceLevelFormula::CountingShort, "82.1"),
            (ServiceLevelFormula::ExcludingShort, "81.9"),
        ] {
            let share = formula.share(&ICMI).unwrap();
            assert_eq!(format!("{:.1}", share * 100.0), percent, "{}", formula.name());
        }
    }

    #[test]
    fn no_call_is_no_share_and_impossible_counts_stay_within_one() {
        for formula in ServiceLevelFormula::ALL {
            assert_eq!(formula.share(&AnswerCounts::default()), None, "{}", formula.name());
            let absurd = AnswerCounts {
                answered: 1,
                answered_in_time: u64::MAX,
                abandoned: u64::MAX,
                abandoned_in_time: u64::MAX,
                abandoned_short: u64::MAX,
            };
            let share = formula.share(&absurd);
            assert!(share.is_none_or(|share| (0.0..=1.0).contains(&share)), "{} {share:?}", formula.name());
        }
    }

    #[test]
    fn everybody_who_waits_left_in_time() {
        let left = AnswerCounts { abandoned: 4, abandoned_in_time: 4, ..AnswerCounts::default() };
        assert_eq!(ServiceLevelFormula::ExcludingAbandonedInTime.share(&left), None);
        assert_eq!(ServiceLevelFormula::CountingAbandonedInTime.share(&left), Some(1.0));
        assert_eq!(ServiceLevelFormula::OfOffered.share(&left), Some(0.0));
    }
}
