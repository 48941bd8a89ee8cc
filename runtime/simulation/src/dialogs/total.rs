//! What one dialog came to in many calls.

use std::collections::BTreeMap;

use serde::Serialize;
use tandem_stdlib::contract::DialogSpec;

use super::record::{DialogEnd, DialogReport};

/// Answers before a person that are counted one by one; more are counted together in the last place.
pub const TURNS_COUNTED_MAX: usize = 20;

/// Totals of one dialog.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DialogTotal {
    /// The dialog's full name.
    pub dialog: String,
    /// The most questions that a caller can hear before a person, an answer or the end; `None`: not bounded.
    pub depth: Option<u32>,
    /// How often it began.
    pub began: u64,
    /// The caller's matter was settled.
    pub resolved: u64,
    /// The call was transferred.
    pub transferred: u64,
    /// The call was ended.
    pub ended: u64,
    /// It came to its end, and the call went on.
    pub finished: u64,
    /// Something else moved the call.
    pub taken_away: u64,
    /// The call ended while it went on.
    pub hung_up: u64,
    /// The recording cannot tell how it would have gone on.
    pub not_recorded: u64,
    /// Questions asked, those asked again included.
    pub asked: u64,
    /// Turns and keys that told nothing.
    pub unresolved: u64,
    /// Silences.
    pub silent: u64,
    /// Times that it tried to keep a caller.
    pub retained: u64,
    /// Dialogs in which a caller was kept and not transferred after.
    pub kept: u64,
    /// Offers of a person.
    pub offered: u64,
    /// Offers accepted.
    pub accepted: u64,
    /// Offers declined or not answered.
    pub declined: u64,
    /// Questions to sources that were answered and told.
    pub answered: u64,
    /// Questions to sources that were not.
    pub not_answered: u64,
    /// Transfers by reason: the author's, or what the handler waited for.
    pub reasons: BTreeMap<String, u64>,
    /// At `n`: transfers after `n` answers of the caller; the last place has all that came later.
    pub answers_to_person: Vec<u64>,
}

impl DialogTotal {
    pub(crate) fn new(spec: &DialogSpec) -> Self {
        Self { dialog: spec.name.clone(), depth: spec.depth, ..Self::default() }
    }

    /// Adds one dialog of a call.
    pub(crate) fn add(&mut self, talk: &DialogReport<'_>) {
        let counts = talk.counts;
        self.began += 1;
        *match talk.end {
            DialogEnd::HungUp => &mut self.hung_up,
            DialogEnd::Resolved => &mut self.resolved,
            DialogEnd::Transferred => &mut self.transferred,
            DialogEnd::Ended => &mut self.ended,
            DialogEnd::Finished => &mut self.finished,
            DialogEnd::TakenAway => &mut self.taken_away,
            DialogEnd::NotRecorded => &mut self.not_recorded,
        } += 1;
        self.asked += counts.asked;
        self.unresolved += counts.unresolved;
        self.silent += counts.silent;
        self.retained += counts.retained;
        self.offered += counts.offered;
        self.accepted += counts.accepted;
        self.declined += counts.declined;
        self.answered += counts.answered;
        self.not_answered += counts.not_answered;
        let stays = !matches!(talk.end, DialogEnd::Transferred | DialogEnd::NotRecorded);
        self.kept += u64::from(counts.retained > 0 && stays);
        if talk.end == DialogEnd::Transferred {
            *self.reasons.entry(talk.reason.clone()).or_default() += 1;
            let place = (talk.answers as usize).min(TURNS_COUNTED_MAX);
            if self.answers_to_person.len() <= place {
                self.answers_to_person.resize(place + 1, 0);
            }
            self.answers_to_person.get_mut(place).into_iter().for_each(|count| *count += 1);
        }
    }
}
