//! The calls of a centre, and when they want to be woken.

use std::collections::{BTreeSet, HashMap};

use tandem_stdlib::contract::EntryRef;

use super::route::Routed;
use crate::floor::{AgentId, Candidate, ContactId, Scorer};
use crate::{Call, Core};

/// Ended calls whose memory is kept for the next ones.
const MAX_SPARE_CALLS: usize = 256;

/// A call that has begun.
pub(super) struct LiveCall {
    pub(super) call: Call,
    pub(super) started_ms: i64,
    /// The customer's own agent.
    pub(super) owner: Option<AgentId>,
    /// It leaves an agent room for others.
    pub(super) shares: bool,
    /// The centre has placed it, for a campaign or as it had promised.
    pub(super) called: bool,
    /// What remained to be done after it.
    pub(super) left: Left,
    /// The customer's number, where tickets want it; empty: not known.
    pub(super) number: String,
    /// What a route decided while a dialog went on.
    pub(super) routed: Option<Routed>,
    /// How often it was passed on by whoever had it.
    pub(super) hops: u32,
    wake_ms: Option<i64>,
}

/// What a call has left to be done: kinds of tickets, and campaigns (indices in the manifest).
#[derive(Clone, Debug, Default)]
pub(super) struct Left {
    pub(super) tickets: Vec<u32>,
    pub(super) leads: Vec<u32>,
}

/// Calls by their contacts.
#[derive(Default)]
pub(super) struct Calls {
    /// Only looked up, never walked.
    live: HashMap<ContactId, LiveCall>,
    wakes: BTreeSet<(i64, ContactId)>,
    spare: Vec<Call>,
    /// What calls have left whose callers will be called back: the second call does not leave it again.
    promised: HashMap<ContactId, Left>,
}

impl Calls {
    pub(super) fn len(&self) -> usize {
        self.live.len()
    }

    pub(super) fn get(&self, contact: ContactId) -> Option<&LiveCall> {
        self.live.get(&contact)
    }

    pub(super) fn get_mut(&mut self, contact: ContactId) -> Option<&mut LiveCall> {
        self.live.get_mut(&contact)
    }

    /// All contacts with calls, in order of their numbers.
    pub(super) fn all(&self) -> Vec<ContactId> {
        let mut all: Vec<_> = self.live.keys().copied().collect();
        all.sort_unstable();
        all
    }

    /// Begins a call; one that is there goes on.
    pub(super) fn begin(
        &mut self,
        core: &Core,
        contact: ContactId,
        now_ms: i64,
        owner: Option<AgentId>,
        shares: bool,
    ) {
        if self.live.contains_key(&contact) {
            return;
        }
        let call = self.spare.pop().unwrap_or_else(|| core.call());
        let left = self.promised.remove(&contact).unwrap_or_default();
        self.live.insert(
            contact,
            LiveCall {
                call,
                started_ms: now_ms,
                owner,
                shares,
                called: false,
                left,
                number: String::new(),
                routed: None,
                hops: 0,
                wake_ms: None,
            },
        );
    }

    pub(super) fn end(&mut self, contact: ContactId) {
        let Some(mut live) = self.live.remove(&contact) else { return };
        if let Some(wake_ms) = live.wake_ms {
            self.wakes.remove(&(wake_ms, contact));
        }
        if self.spare.len() < MAX_SPARE_CALLS {
            live.call.reset();
            self.spare.push(live.call);
        }
    }

    /// A call ends whose caller will be called back.
    pub(super) fn end_for_now(&mut self, contact: ContactId) {
        if let Some(left) = self.live.get_mut(&contact).map(|live| std::mem::take(&mut live.left)) {
            self.promised.insert(contact, left);
        }
        self.end(contact);
    }

    /// Nobody is called back any more.
    pub(super) fn forget(&mut self, contact: ContactId) {
        self.promised.remove(&contact);
    }

    /// Brings the moment at which a call wants to be woken up to date.
    pub(super) fn set_wake(&mut self, contact: ContactId) {
        let Some(live) = self.live.get_mut(&contact) else { return };
        let wake_ms = live.call.wake_at().map(|at_ms| live.started_ms.saturating_add(at_ms));
        let before_ms = std::mem::replace(&mut live.wake_ms, wake_ms);
        if before_ms != wake_ms {
            before_ms.map(|at_ms| self.wakes.remove(&(at_ms, contact)));
            wake_ms.map(|at_ms| self.wakes.insert((at_ms, contact)));
        }
    }

    pub(super) fn wake_at(&self) -> Option<i64> {
        self.wakes.first().map(|(at_ms, _)| *at_ms)
    }

    /// A call that is due.
    pub(super) fn next_due(&self, now_ms: i64) -> Option<ContactId> {
        self.wakes.first().filter(|(at_ms, _)| *at_ms <= now_ms).map(|(_, contact)| *contact)
    }
}

/// Scores are the policy's: its entry, run on the facts of the call and of each agent. A contact without a call, such as
/// a consultation, has none.
impl Scorer for Calls {
    fn score(
        &mut self,
        contact: ContactId,
        entry: EntryRef,
        candidates: &[Candidate<'_>],
        scores: &mut Vec<f64>,
    ) {
        if let Some(live) = self.live.get_mut(&contact) {
            live.call.score(entry as usize, candidates, scores);
        }
    }

    fn by_skills_alone(&self, contact: ContactId) -> bool {
        self.live.get(&contact).is_some_and(|live| live.call.scores_by_skills_alone())
    }
}
