//! How often other work takes the campaign's agents: calls that come in, other campaigns.

/// What happened so long ago counts half as much, milliseconds: the hours of a day are followed.
const HALVED_MS: f64 = 30.0 * 60_000.0;

/// The most chances that one look ahead is split into.
const CHANCES_MAX: f64 = 64.0;

/// Contacts that are not the campaign's and took one of its agents, as of late.
#[derive(Clone, Debug, Default)]
pub(super) struct OtherWork {
    /// Contacts, older ones counting less.
    taken: f64,
    /// The time in which they came, faded likewise, milliseconds.
    over_ms: f64,
    known_ms: Option<i64>,
}

impl OtherWork {
    pub(super) fn learn(&mut self, now_ms: i64) {
        self.pass(now_ms);
        self.taken += 1.0;
    }

    /// Whether there ever was any.
    pub(super) const fn is_known(&self) -> bool {
        self.known_ms.is_some()
    }

    /// Lets time pass.
    pub(super) fn pass(&mut self, now_ms: i64) {
        let Some(known_ms) = self.known_ms.replace(now_ms) else { return };
        let passed_ms = now_ms.saturating_sub(known_ms).max(0) as f64;
        let kept = libm::exp2(-passed_ms / HALVED_MS);
        self.taken *= kept;
        // The integral of the fading over the time that has passed.
        self.over_ms = self.over_ms * kept + (1.0 - kept) * HALVED_MS / std::f64::consts::LN_2;
    }

    /// Chances, each alike, that so many agents will be taken within the next `ahead_ms`: how many and how likely.
    pub(super) fn within(&self, ahead_ms: i64) -> (u32, f64) {
        // Little time tells little: a minute is the least.
        let expected = self.taken / self.over_ms.max(60_000.0) * ahead_ms.max(0) as f64;
        if expected <= 0.0 {
            return (0, 0.0);
        }
        // Parts small enough that two contacts hardly fall into one: close to the law of random arrivals.
        let parts = (expected * 4.0).ceil().clamp(1.0, CHANCES_MAX);
        (parts as u32, (expected / parts).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_found_and_follows_the_hours() {
        let mut others = OtherWork::default();
        assert_eq!(others.within(60_000), (0, 0.0));
        (1..=600).for_each(|minute| others.learn(minute * 60_000));
        let (parts, chance) = others.within(120_000);
        let expected = f64::from(parts) * chance;
        assert!((1.8..2.2).contains(&expected), "{expected}");
        others.pass(600 * 60_000 + 4 * 3_600_000);
        let (parts, chance) = others.within(120_000);
        assert!(f64::from(parts) * chance < 0.02);
    }
}
