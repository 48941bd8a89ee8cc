//! Reading the answer records of entries.

use tandem_stdlib::contract::{Action, EntryKind, Slot, Status};

use crate::live::{Io, Live};
use crate::plan::Plan;
use crate::schedule::Slotted;
use crate::sink::{Decision, IncidentKind, QaResult, Record, Verdict, What};

/// A watch's answer: it fired, or it is clear again.
const FIRED: Slot = 1;
const CLEARED: Slot = 2;

impl Live {
    /// Runs the entry at a rank and takes its answer.
    pub(crate) fn run_entry(&mut self, plan: &Plan, rank: usize, io: &mut Io<'_>) {
        let now_ms = self.clock_ms.saturating_add(self.now_ms);
        let tried = self.tried.instead_of(rank);
        // The version that is tried runs on the days of the one in whose place it stands.
        let holds = |one: &Slotted| one.effective.holds(now_ms);
        if tried != rank && !plan.schedule.ranked.get(rank).is_some_and(holds) {
            return;
        }
        let rank = tried;
        let Some(slotted) = plan.schedule.ranked.get(rank) else { return };
        self.forget_wake(rank);
        if !holds(slotted) {
            return;
        }
        let status = self.evaluate(plan, slotted, io.sink.wants_records());
        self.take_answer(plan, rank, slotted, status, io);
    }

    /// An entry that runs asks anew when it wants to run again.
    fn forget_wake(&mut self, rank: usize) {
        if let Some(wake_ms) = self.wakes.get_mut(rank) {
            self.wakes_changed |= *wake_ms != i64::MAX;
            *wake_ms = i64::MAX;
        }
    }

    /// Keeps for readers whether a watch has fired and is not clear again. The first entries to run are the watches.
    fn keep_watch(&mut self, plan: &Plan, rank: usize, slotted: &Slotted, clears: bool) {
        let Some(slots) = plan.slots.watches.get(rank).filter(|slots| !slots.is_empty()) else { return };
        let state = self.state.get(slotted.state.clone()).unwrap_or_default();
        let is_on = state.get(usize::from(clears)).copied().unwrap_or_default();
        self.set(slots, is_on);
    }

    /// Takes the answer that lies in the record.
    fn take_answer(&mut self, plan: &Plan, rank: usize, slotted: &Slotted, status: Status, io: &mut Io<'_>) {
        match status {
            Status::Done => {}
            Status::Overflow => return self.incident(io, Some(slotted.entry), IncidentKind::Overflow),
            Status::Mismatch => return self.incident(io, Some(slotted.entry), IncidentKind::Mismatch),
        }
        match plan.artefact.manifest.entries.get(slotted.entry).map(|entry| &entry.kind) {
            Some(EntryKind::Route { .. }) => self.take_route(plan, rank, slotted, io),
            Some(EntryKind::Watch { action, follow_up, clears, .. }) => {
                self.keep_watch(plan, rank, slotted, *clears);
                self.take_watch(plan, rank, slotted, (*action, *follow_up), io);
            }
            Some(EntryKind::Qa { .. }) => self.take_qa(rank, slotted, io),
            None => {}
        }
    }

    /// Runs all that is due as one group, when it is exactly one and nobody wants each entry's records. Entries read
    /// nothing of each other, so that running them all before the first answer is taken changes nothing.
    pub(crate) fn run_due_group(&mut self, plan: &Plan, io: &mut Io<'_>) -> bool {
        let Some(due) = plan.groups.iter().find(|group| group.ranks == self.due) else { return false };
        // An experiment may run another entry in a member's stead.
        let replaced = due.members.iter().any(|rank| self.tried.instead_of(*rank) != *rank);
        if replaced || io.sink.wants_records() {
            return false;
        }
        let facts = self.facts.get(..plan.artefact.manifest.facts.len()).unwrap_or_default();
        let Some(overflowed) = due.group.run(facts, &mut self.state, &mut self.answers) else { return false };
        self.due.clear();
        for (place, rank) in due.members.iter().enumerate() {
            let overflowed = overflowed & (1 << place) != 0;
            self.take_member(plan, *rank, if overflowed { Status::Overflow } else { Status::Done }, io);
        }
        true
    }

    fn take_member(&mut self, plan: &Plan, rank: usize, status: Status, io: &mut Io<'_>) {
        let Some(slotted) = plan.schedule.ranked.get(rank) else { return };
        self.forget_wake(rank);
        let given = self.answers.get(slotted.answer.clone()).unwrap_or_default();
        if let Some(answer) = self.answer.get_mut(..given.len()) {
            answer.copy_from_slice(given);
        }
        self.take_answer(plan, rank, slotted, status, io);
    }

    pub(crate) fn evaluate(&mut self, plan: &Plan, slotted: &Slotted, wants_record: bool) -> Status {
        let visible = plan.artefact.manifest.facts.len();
        let (Some(facts), Some(state), Some(answer)) = (
            self.facts.get(..visible),
            self.state.get_mut(slotted.state.clone()),
            self.answer.get_mut(..slotted.answer_slots),
        ) else {
            return Status::Mismatch;
        };
        if wants_record {
            self.before.clear();
            self.before.extend_from_slice(state);
        }
        plan.artefact.evaluator.run(slotted.entry, facts, state, answer)
    }

    /// Runs an entry (index in the manifest) on the facts as they stand, whatever its triggers say, and tells nobody:
    /// the outcome that decided, if one did. Its outputs are then in the answer record. A call that tries another entry in
    /// its place asks that one, which has the same outputs.
    pub(crate) fn ask_entry(&mut self, plan: &Plan, entry: usize) -> Result<Option<usize>, Status> {
        let rank = plan.schedule.rank(entry).map(|rank| self.tried.instead_of(rank));
        let Some(slotted) = rank.and_then(|rank| plan.schedule.ranked.get(rank)) else {
            return Err(Status::Mismatch);
        };
        if !slotted.effective.holds(self.clock_ms.saturating_add(self.now_ms)) {
            return Ok(None);
        }
        match self.evaluate(plan, slotted, false) {
            Status::Done => {}
            status => return Err(status),
        }
        let outcome = self.answer.get(slotted.parts).filter(|index| **index != u64::MAX);
        Ok(outcome.and_then(|outcome| usize::try_from(*outcome).ok()))
    }

    fn take_route(&mut self, plan: &Plan, rank: usize, slotted: &Slotted, io: &mut Io<'_>) {
        let Some(outcome) = self.answer.get(slotted.parts).filter(|index| **index != u64::MAX) else {
            return;
        };
        let outcome = usize::try_from(*outcome).ok();
        let (Some(outputs), Some(last), Some(decided)) = (
            self.answer.get(..slotted.parts),
            self.last.get_mut(slotted.last.clone()),
            self.decided.get_mut(rank),
        ) else {
            return;
        };
        let changed = !*decided || *last != *outputs;
        *decided = true;
        last.copy_from_slice(outputs);
        let what = What::Outputs(outputs);
        self.tell(plan, slotted, outcome, what, changed, slotted.parts + 1, io);
    }

    fn take_watch(
        &mut self,
        plan: &Plan,
        rank: usize,
        slotted: &Slotted,
        (action, follow_up): (Action, Option<tandem_stdlib::contract::FollowUp>),
        io: &mut Io<'_>,
    ) {
        self.take_wake(rank, 1);
        let what = match (self.answer.first().copied(), action) {
            (Some(FIRED), Action::Card { text, role, for_ms }) => {
                return self.show_card(plan, slotted, (text, role, for_ms), io);
            }
            (Some(FIRED), _) => what_of(action, false),
            (Some(CLEARED), _) => What::Cleared,
            _ => return,
        };
        let outcome = first_bit(self.answer.get(2..slotted.answer_slots).unwrap_or_default());
        self.moved |= matches!(what, What::Transfer { .. });
        self.tell(plan, slotted, outcome, what, true, 2, io);
        if let What::Alert { role, .. } = what
            && !self.alerts.push(self.now_ms, slotted.entry, role, follow_up)
        {
            self.incident(io, Some(slotted.entry), IncidentKind::TooManyAlerts);
        }
    }

    /// Shows a card with what its own entry says, unless the agent has had enough of them.
    fn show_card(
        &mut self,
        plan: &Plan,
        slotted: &Slotted,
        (text, role, for_ms): (Slot, Slot, i64),
        io: &mut Io<'_>,
    ) {
        let manifest = &plan.artefact.manifest;
        if !self.cards.allow(manifest, slotted.entry, self.now_ms) {
            return;
        }
        let outcome = first_bit(self.answer.get(2..slotted.answer_slots).unwrap_or_default());
        let assist = manifest.assists.iter().find(|assist| assist.watch as usize == slotted.entry);
        let shows = assist.and_then(|assist| assist.shows);
        let shows = shows.and_then(|shows| plan.schedule.of_entry(shows as usize));
        let before = std::mem::take(&mut self.before);
        let shown = shows.filter(|shows| self.evaluate(plan, shows, false) == Status::Done);
        self.before = before;
        let fields = shown.and_then(|shows| self.answer.get(..shows.parts)).unwrap_or_default();
        let what = What::Card { text, role, for_ms, fields };
        self.tell(plan, slotted, outcome, what, true, slotted.answer_slots, io);
    }

    fn take_qa(&mut self, rank: usize, slotted: &Slotted, io: &mut Io<'_>) {
        self.take_wake(rank, slotted.parts * 2);
        let Some(last) = self.last.get_mut(slotted.last.clone()) else { return };
        let (pairs, _) = self.answer.as_chunks::<2>();
        for (item, (known, [verdict, evidence])) in last.iter_mut().zip(pairs).enumerate() {
            if *known != *verdict {
                *known = *verdict;
                io.sink.judged(QaResult {
                    at_ms: self.now_ms,
                    entry: slotted.entry,
                    item,
                    verdict: Verdict::from_slot(*verdict),
                    evidence_ms: evidence.cast_signed(),
                });
            }
        }
    }

    /// Reads when the entry wants to run again. A moment that has come already means the next millisecond, so that
    /// time moves on.
    fn take_wake(&mut self, rank: usize, slot: usize) {
        let wanted = self.answer.get(slot).map_or(i64::MAX, |slot| slot.cast_signed());
        if wanted == i64::MAX {
            return;
        }
        if let Some(wake_ms) = self.wakes.get_mut(rank) {
            *wake_ms = wanted.max(self.now_ms.saturating_add(1));
            self.wakes_changed = true;
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one decision, used by two callers beside it")]
    fn tell(
        &self,
        plan: &Plan,
        slotted: &Slotted,
        outcome: Option<usize>,
        what: What<'_>,
        changed: bool,
        trace_start: usize,
        io: &mut Io<'_>,
    ) {
        let facts = self.facts.get(..plan.artefact.manifest.facts.len()).unwrap_or_default();
        let record = io.sink.wants_records().then_some(Record { facts, state: &self.before });
        let trace = self.answer.get(trace_start..slotted.answer_slots).unwrap_or_default();
        let (at_ms, entry) = (self.now_ms, slotted.entry);
        io.sink.decided(Decision { at_ms, entry, outcome, what, changed, trace, act: None, record });
    }

    /// Carries out what follows an alert that nobody acknowledged.
    pub(crate) fn follow_up(&mut self, entry: usize, action: Action, io: &mut Io<'_>) {
        let what = what_of(action, true);
        self.moved |= matches!(what, What::Transfer { .. });
        let at_ms = self.now_ms;
        io.sink.decided(Decision {
            at_ms,
            entry,
            outcome: None,
            what,
            changed: true,
            trace: &[],
            act: None,
            record: None,
        });
        if let What::Alert { role, .. } = what
            && !self.alerts.push(at_ms, entry, role, None)
        {
            self.incident(io, Some(entry), IncidentKind::TooManyAlerts);
        }
    }
}

const fn what_of(action: Action, follow_up: bool) -> What<'static> {
    match action {
        Action::Alert(role) => What::Alert { role, follow_up },
        Action::Transfer(queue) => What::Transfer { queue, follow_up },
        Action::Card { text, role, for_ms } => What::Card { text, role, for_ms, fields: &[] },
        Action::Mode(mode) => What::Mode(mode),
        Action::Nothing => What::Noticed,
    }
}

/// The index of the first bit that is set.
fn first_bit(trace: &[Slot]) -> Option<usize> {
    let (index, word) = trace.iter().enumerate().find(|(_, word)| **word != 0)?;
    Some(index * 64 + word.trailing_zeros() as usize)
}
