//! One call, as the host holds it.

use std::sync::Arc;

use tandem_stdlib::contract::{CallStart, Event, FactSource, HandOver, Party, Signal, Slot, Speech, Status};

use crate::alerts::OpenAlert;
use crate::dialog::{DialogRun, Step};
use crate::floor::Candidate;
use crate::hearing::Hearing;
use crate::live::{Io, Live, Phase};
use crate::plan::Plan;
use crate::sink::{IncidentKind, Sink};
use crate::sources::{Answer, NoSources, Sources};

/// What an entry of routes' kind decided when it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evaluated<'a> {
    /// The row or rule that decided.
    pub outcome: usize,
    /// One slot an output.
    pub outputs: &'a [Slot],
}

/// One call of a policy.
///
/// # The one-mutation contract
///
/// A call changes only inside [`handle`](Self::handle), [`wake`](Self::wake), [`speech`](Self::speech),
/// [`pin`](Self::pin), [`give`](Self::give) and [`reset`](Self::reset). Each takes the time, does everything that is due until then, and
/// gives all results to the sink before it returns; nothing happens in between and nothing is left to poll but
/// [`wake_at`](Self::wake_at). The same calls in the same order give the same results, on every machine.
///
/// Times are milliseconds since the call's start. A host that is late with `wake` changes nothing but the moment at
/// which it learns the results: they carry the time at which they were due.
pub struct Call {
    plan: Arc<Plan>,
    live: Live,
    hearing: Hearing,
    dialog: DialogRun,
}

impl Call {
    pub(crate) fn new(plan: Arc<Plan>) -> Self {
        let live = Live::new(&plan);
        Self { plan, live, hearing: Hearing::default(), dialog: DialogRun::default() }
    }

    /// Forgets the call and gets ready for the next one, keeping the memory.
    pub fn reset(&mut self) {
        self.live.reset(&self.plan);
        self.dialog.clear();
    }

    /// Takes an event: first everything that was due until `now_ms`, then the event itself. The first event is
    /// [`Event::Start`], the last [`Event::End`]; others outside are ignored with an incident.
    ///
    /// An acknowledgement at the very moment at which a follow-up is due is in time.
    pub fn handle(&mut self, now_ms: i64, event: &Event<'_>, sources: &mut dyn Sources, sink: &mut dyn Sink) {
        self.take(now_ms, event, true, &mut Io { sources, sink });
    }

    /// Starts a call that the centre has placed: no dialog begins by itself.
    pub(crate) fn start_called(
        &mut self,
        now_ms: i64,
        start: CallStart<'_>,
        sources: &mut dyn Sources,
        sink: &mut dyn Sink,
    ) {
        self.take(now_ms, &Event::Start(start), false, &mut Io { sources, sink });
    }

    fn take(&mut self, now_ms: i64, event: &Event<'_>, with_dialog: bool, io: &mut Io<'_>) {
        let starts = matches!(event, Event::Start(_));
        let expected = if starts { Phase::Waiting } else { Phase::Live };
        if self.live.phase != expected {
            return self.live.incident(io, None, IncidentKind::OutsideCall);
        }
        let now_ms = self.forward(now_ms, io);
        let in_time = if matches!(event, Event::Acknowledged) { now_ms.saturating_sub(1) } else { now_ms };
        if !starts {
            // An answer at the very moment at which patience ends is in time, and so is the intent of a turn.
            let dialog_ms = if matches!(event, Event::End) { now_ms } else { now_ms.saturating_sub(1) };
            self.advance(dialog_ms, now_ms, in_time, io);
        }
        self.live.renew_wakes();
        self.live.set_time(&self.plan, now_ms);
        if !self.dialog.is_counted(event) {
            self.live.observe(&self.plan, event, &mut self.hearing, io);
            self.live.run_due(&self.plan, io);
        }
        if with_dialog {
            self.step(io).event(event);
        }
        self.live.after_event(event);
    }

    /// When the call next has something to do of its own: milliseconds since its start.
    #[must_use]
    pub fn wake_at(&self) -> Option<i64> {
        let dialog_ms = self.dialog.due_ms(&self.plan, &self.live).unwrap_or(i64::MAX);
        let next_ms = self.live.next_wake_ms().min(dialog_ms);
        (self.live.phase == Phase::Live && next_ms != i64::MAX).then_some(next_ms)
    }

    /// Does everything that is due until `now_ms`, this moment included.
    pub fn wake(&mut self, now_ms: i64, sources: &mut dyn Sources, sink: &mut dyn Sink) {
        let io = &mut Io { sources, sink };
        if self.live.phase == Phase::Live {
            let now_ms = self.forward(now_ms, io);
            self.advance(now_ms, now_ms, now_ms, io);
        }
    }

    /// Runs a dialog (index in the manifest) from its beginning, instead of one that goes on.
    pub fn run_dialog(&mut self, now_ms: i64, dialog: usize, sources: &mut dyn Sources, sink: &mut dyn Sink) {
        self.wake(now_ms, sources, sink);
        let io = &mut Io { sources, sink };
        self.live.set_time(&self.plan, now_ms.max(self.live.now_ms));
        self.step(io).begin(dialog);
    }

    /// Leaves the dialog that goes on, and tells nobody: the host knows that its answers are not to be had.
    pub fn leave_dialog(&mut self) {
        self.dialog.leave();
    }

    /// Tells the answer of a source (index in the manifest) that was [pending](crate::Answer::pending): the dialog that
    /// waits for it goes on. Too late, or when nobody waits for it, it changes nothing.
    pub fn answered(
        &mut self,
        now_ms: i64,
        (source, answer): (usize, Answer),
        sources: &mut dyn Sources,
        sink: &mut dyn Sink,
    ) {
        self.wake(now_ms.saturating_sub(1), sources, sink);
        let io = &mut Io { sources, sink };
        if self.live.phase == Phase::Live {
            self.live.set_time(&self.plan, now_ms.max(self.live.now_ms));
            self.step(io).told_answer(source, answer);
        }
    }

    /// The dialog that goes on, and its open question: indices in the manifest and in the dialog.
    #[must_use]
    pub fn open_question(&self) -> Option<(usize, usize)> {
        self.dialog.running().zip(self.dialog.open_question())
    }

    /// Whether a dialog goes on.
    #[must_use]
    pub const fn in_dialog(&self) -> bool {
        self.dialog.running().is_some()
    }

    /// Tells that a party begins or ends to speak, for hosts that have no frames: it ends a silence, or begins one.
    /// No entry runs at it. Once frames tell of speech it changes nothing.
    pub fn speech(
        &mut self,
        now_ms: i64,
        party: Party,
        speaking: bool,
        sources: &mut dyn Sources,
        sink: &mut dyn Sink,
    ) {
        self.wake(now_ms, sources, sink);
        if self.live.phase == Phase::Live && self.live.talk.edge(now_ms, party, speaking) {
            let slots = &self.plan.slots.voice(party).speaking;
            self.live.set(slots, Slot::from(speaking));
            self.live.set_time(&self.plan, now_ms.max(self.live.now_ms));
        }
    }

    /// Sets a signal that the core otherwise keeps itself ([`Signal::TalkShare`], [`Signal::Silence`]) to a value
    /// that stays, for tests of policies. No entry runs at it.
    pub fn pin(&mut self, party: Party, signal: Signal, value: Slot) {
        let slots = self.plan.slots.voice(party).signal(signal);
        self.live.set(slots, value);
        self.live.pinned.push((party, signal));
    }

    /// Sets a fact that the host knows and no event tells: of queues, agents, modes, leads, attempts, tickets and dialogs.
    /// Facts that the policy does not read are left out. No entry runs at it.
    pub fn give(&mut self, fact: FactSource, value: Slot) {
        if let Some(slots) = self.plan.slots.given.get(&fact) {
            self.live.set(slots, value);
        }
    }

    /// Tells that facts of the centre have changed, which were [given](Self::give) before: entries that look at them run.
    pub fn centre_changed(&mut self, now_ms: i64, sources: &mut dyn Sources, sink: &mut dyn Sink) {
        let io = &mut Io { sources, sink };
        if self.live.phase != Phase::Live {
            return;
        }
        let now_ms = self.forward(now_ms, io);
        self.live.advance(&self.plan, now_ms, now_ms, io);
        self.live.renew_wakes();
        self.live.set_time(&self.plan, now_ms);
        self.live.due.union(&self.plan.schedule.centre);
        self.live.run_due(&self.plan, io);
    }

    /// Puts the call that starts next on a side of an experiment (index in the manifest), whatever chance says.
    pub fn choose(&mut self, experiment: usize, tries: bool) {
        self.live.tried.choose(experiment, tries);
    }

    /// Whether this call is on the side of an experiment (index in the manifest) that tries other rules.
    #[must_use]
    pub fn tries(&self, experiment: usize) -> bool {
        self.live.tried.is_on(experiment)
    }

    /// Whether the policy reads a fact of the kind that [`give`](Self::give) sets.
    #[must_use]
    pub fn wants(&self, fact: FactSource) -> bool {
        self.plan.slots.given.contains_key(&fact)
    }

    /// The slot of a text of the host's, to be given as a fact; absent when the call has no room for it.
    pub fn intern(&mut self, text: &str) -> Slot {
        self.live.texts.intern(&self.plan.literals, text).unwrap_or_default()
    }

    /// Sets the facts of a call that may be placed later, and runs nothing: [`give`](Self::give) the facts that only the
    /// host knows, [`ask`](Self::ask) sources, then [`evaluate`](Self::evaluate) conditions about it.
    pub fn consider(&mut self, start: &CallStart<'_>, sink: &mut dyn Sink) {
        self.live.reset(&self.plan);
        let io = &mut Io { sources: &mut NoSources, sink };
        self.live.observe(&self.plan, &Event::Start(start.clone()), &mut self.hearing, io);
        self.live.due.clear();
    }

    /// Asks the sources whose questions have changed.
    pub fn ask(&mut self, sources: &mut dyn Sources, sink: &mut dyn Sink) {
        self.live.look_up_stale(&self.plan, &mut Io { sources, sink });
    }

    /// Runs an entry (index in the manifest) on the facts as they stand, whatever its triggers say, and tells nobody.
    /// `None` when it does not hold now, decided nothing, or a calculation left its range.
    pub fn evaluate(&mut self, entry: usize) -> Option<Evaluated<'_>> {
        let outcome = self.live.ask_entry(&self.plan, entry).ok()??;
        let parts = self.plan.schedule.slotted(entry)?.parts;
        Some(Evaluated { outcome, outputs: self.live.answer.get(..parts)? })
    }

    /// A text in the call's language, its values worked out on the facts as they stand.
    pub fn words(&mut self, speech: &Speech, sources: &mut dyn Sources, sink: &mut dyn Sink) -> String {
        self.step(&mut Io { sources, sink }).spoken(speech)
    }

    /// What the next one is told, by name, on the facts as they stand and as far as a dialog of this call noted it.
    pub fn handed_over(
        &mut self,
        fields: &[HandOver],
        sources: &mut dyn Sources,
        sink: &mut dyn Sink,
    ) -> Vec<(String, String)> {
        self.step(&mut Io { sources, sink }).handed_over(fields)
    }

    /// Runs an entry whose first output is a number for each candidate, on the facts of the call and of the agent,
    /// and pushes one score each: what is no number where it decided nothing.
    pub fn score(&mut self, entry: usize, candidates: &[Candidate<'_>], scores: &mut Vec<f64>) {
        let Some(slotted) = self.plan.schedule.slotted(entry) else { return };
        if !slotted.effective.holds(self.live.clock_ms.saturating_add(self.live.now_ms)) {
            return;
        }
        for candidate in candidates {
            for (fact, slot) in &self.plan.slots.agent {
                if let Some(value) = self.live.facts.get_mut(*slot) {
                    *value = candidate.fact(*fact);
                }
            }
            let done = self.live.evaluate(&self.plan, slotted, false) == Status::Done;
            let decided = done && self.live.answer.get(slotted.parts).is_some_and(|index| *index != u64::MAX);
            let score = self.live.answer.first().filter(|_| decided && slotted.parts > 0);
            scores.push(score.map_or(f64::NAN, |bits| f64::from_bits(*bits)));
        }
    }

    /// Whether the policy's scores look at nothing of an agent but skills, load, and whether the customer is her own.
    pub(crate) fn scores_by_skills_alone(&self) -> bool {
        self.plan.slots.scores_by_skills_alone
    }

    /// How far the call has come: milliseconds since its start.
    #[must_use]
    pub const fn elapsed_ms(&self) -> i64 {
        self.live.now_ms
    }

    /// The facts as they stand, one slot for each of the manifest's facts.
    #[must_use]
    pub fn facts(&self) -> &[Slot] {
        let visible = self.plan.artefact.manifest.facts.len();
        self.live.facts.get(..visible).unwrap_or_default()
    }

    /// The state of an entry (index in the manifest) as it stands.
    #[must_use]
    pub fn state(&self, entry: usize) -> &[Slot] {
        let slotted = self.plan.schedule.slotted(entry);
        slotted.and_then(|slotted| self.live.state.get(slotted.state.clone())).unwrap_or_default()
    }

    /// The text behind a slot of type phone or text.
    #[must_use]
    pub fn text(&self, slot: Slot) -> Option<&str> {
        self.live.texts.text(&self.plan.artefact.manifest, slot)
    }

    /// What the caller wants, as far as known: a slot value of the `intent` vocabulary, 0 when not known.
    #[must_use]
    pub const fn intent(&self) -> Slot {
        self.live.intent
    }

    /// The language of the call: a slot of the `language` vocabulary, 0 when not known.
    #[must_use]
    pub const fn language(&self) -> Slot {
        self.live.language
    }

    /// The alerts that nobody has acknowledged, oldest first.
    #[must_use]
    pub fn open_alerts(&self) -> &[OpenAlert] {
        self.live.alerts.open()
    }

    fn step<'s, 'i>(&'s mut self, io: &'s mut Io<'i>) -> Step<'s, 'i> {
        Step { plan: &self.plan, live: &mut self.live, run: &mut self.dialog, io }
    }

    /// Does everything that is due, in order of time; the dialog's own until `dialog_ms`.
    fn advance(&mut self, dialog_ms: i64, until_ms: i64, follow_ups_until_ms: i64, io: &mut Io<'_>) {
        while let Some(due_ms) =
            self.dialog.due_ms(&self.plan, &self.live).filter(|due_ms| *due_ms <= dialog_ms)
        {
            self.live.advance(&self.plan, due_ms, due_ms.min(follow_ups_until_ms), io);
            self.live.set_time(&self.plan, due_ms.max(self.live.now_ms));
            self.step(io).wake();
        }
        self.live.advance(&self.plan, until_ms, follow_ups_until_ms, io);
    }

    /// Time never runs backwards inside a call.
    fn forward(&self, now_ms: i64, io: &mut Io<'_>) -> i64 {
        if now_ms < self.live.now_ms {
            self.live.incident(io, None, IncidentKind::TimeBackwards);
        }
        now_ms.max(self.live.now_ms)
    }
}
