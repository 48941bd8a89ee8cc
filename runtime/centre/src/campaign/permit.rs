//! Whether a lead may be called now, and when else.

use tandem_stdlib::contract::{AttemptCap, CampaignSpec, Limit, NotCalled, Window};
use tandem_stdlib::words::is_e164;

use super::history::History;
use super::limits::{GUARD_AGAIN_MS, MAX_ROUNDS, REDIAL_AFTER_MS};
use super::listed::Listed;
use super::rules::{Considered, LeadRules};
use crate::calling::CallingTimes;

/// Whether and when a lead may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permit {
    /// Now.
    Now,
    /// At this moment at the earliest, milliseconds since the Unix epoch.
    At(i64, NotCalled),
    /// Not any more, as far as is known.
    Never(NotCalled),
}

/// Everything that a campaign's permits depend on.
pub(super) struct Permits<'a> {
    pub(super) spec: &'a CampaignSpec,
    pub(super) times: &'a mut CallingTimes,
    pub(super) history: &'a History,
}

impl Permits<'_> {
    /// Guards come first, so that their reasons are told; then quiet periods, attempts, waits, hours.
    pub(super) fn of(&mut self, listed: &Listed, now_ms: i64, rules: &mut dyn LeadRules) -> Permit {
        if !is_e164(&listed.number) {
            return Permit::Never(NotCalled::Number);
        }
        let never_called = self.history.is_never_called(&listed.person, &listed.number);
        let history = super::lead::LeadHistory { never_called, ..listed.history };
        let considered = Considered { history: &history, ..listed.considered(now_ms) };
        if let Some(guard) = rules.never(considered) {
            return Permit::At(now_ms.saturating_add(GUARD_AGAIN_MS), NotCalled::Guard(guard));
        }
        if never_called {
            return Permit::Never(NotCalled::DoNotCall);
        }
        self.earliest(listed, now_ms)
    }

    /// The first moment at which all limits of time agree: each moves it on until none does. Exact, for each answers with
    /// the first moment that it allows.
    fn earliest(&mut self, listed: &Listed, now_ms: i64) -> Permit {
        let (mut at_ms, mut because) = (now_ms, None);
        for _ in 0..MAX_ROUNDS {
            let before = at_ms;
            for limit in [Self::quiet, Self::attempts, Self::wait, Self::hours] {
                match limit(self, listed, at_ms) {
                    Err(never) => return Permit::Never(never),
                    Ok((allowed_ms, reason)) if allowed_ms > at_ms => {
                        at_ms = allowed_ms;
                        because = because.or(Some(reason));
                    }
                    Ok(_) => {}
                }
            }
            if at_ms == before {
                return because.map_or(Permit::Now, |because| Permit::At(at_ms, because));
            }
        }
        Permit::Never(because.unwrap_or(NotCalled::Hours))
    }

    fn quiet(&mut self, listed: &Listed, at_ms: i64) -> Result<(i64, NotCalled), NotCalled> {
        let until = self.history.quiet_until(&self.spec.lockouts, &listed.person, at_ms);
        until.map(|until| (until, NotCalled::Quiet)).ok_or(NotCalled::Quiet)
    }

    fn attempts(&mut self, listed: &Listed, at_ms: i64) -> Result<(i64, NotCalled), NotCalled> {
        let used_up = |cap: &AttemptCap| cap.window == Window::Campaign && listed.history.attempts >= cap.max;
        if self.spec.attempts.iter().any(used_up) {
            return Err(NotCalled::Attempts);
        }
        let zones = self.times.zones(&listed.number);
        let who = (listed.person.as_str(), listed.number.as_str());
        let allowed = self.history.allowed(&self.spec.attempts, who, at_ms, zones);
        allowed.map(|allowed| (allowed, NotCalled::Attempts)).ok_or(NotCalled::Attempts)
    }

    fn wait(&mut self, listed: &Listed, at_ms: i64) -> Result<(i64, NotCalled), NotCalled> {
        let after = listed.history.last.map_or(i64::MIN, |(disposition, ended_ms)| {
            let wait = self.spec.waits.iter().find(|(after, _)| *after == disposition);
            ended_ms.saturating_add(wait.map_or(REDIAL_AFTER_MS, |(_, wait_ms)| *wait_ms))
        });
        Ok((at_ms.max(after).max(listed.not_before_ms), NotCalled::Wait))
    }

    /// Whether one clause alone forbids a call at this moment.
    pub(super) fn forbids(
        &self,
        listed: &Listed,
        limit: &Limit,
        times: &mut CallingTimes,
        at_ms: i64,
    ) -> bool {
        let who = (listed.person.as_str(), listed.number.as_str());
        match limit {
            Limit::Hours(_) => times.next_open(&listed.number, at_ms) != Ok(at_ms),
            Limit::Attempts(AttemptCap { window: Window::Campaign, max, .. }) => {
                listed.history.attempts >= *max
            }
            Limit::Attempts(cap) => {
                let zones = self.times.zones(&listed.number);
                self.history.allowed(&[*cap], who, at_ms, zones) != Some(at_ms)
            }
            Limit::Wait(after, wait_ms) => listed
                .history
                .last
                .is_some_and(|(last, ended_ms)| last == *after && ended_ms.saturating_add(*wait_ms) > at_ms),
            // Who has agreed only the policy's rules tell.
            Limit::Consent(_) => false,
            Limit::DoNotCall => self.history.is_never_called(&listed.person, &listed.number),
            Limit::Quiet(after, quiet_ms) => {
                self.history.quiet_until(&[(*after, *quiet_ms)], &listed.person, at_ms) != Some(at_ms)
            }
        }
    }

    fn hours(&mut self, listed: &Listed, at_ms: i64) -> Result<(i64, NotCalled), NotCalled> {
        self.times.next_open(&listed.number, at_ms).map(|opens_ms| (opens_ms, NotCalled::Hours))
    }
}
