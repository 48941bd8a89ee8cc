//! What one call remembers, and how its time moves.

use tandem_stdlib::contract::{Party, Signal, Slot};

use crate::alerts::Alerts;
use crate::cards::Cards;
use crate::fact_slots::Slots;
use crate::hours::KnownHours;
use crate::limits::MAX_WAKES_BETWEEN_EVENTS;
use crate::lookups::{Lookups, set_all};
use crate::plan::Plan;
use crate::schedule::RankSet;
use crate::sink::{Incident, IncidentKind, Sink};
use crate::sources::Sources;
use crate::talk::Talk;
use crate::texts::Texts;
use crate::trials::Tried;

/// The host's side of one step.
pub(crate) struct Io<'a> {
    pub(crate) sources: &'a mut dyn Sources,
    pub(crate) sink: &'a mut dyn Sink,
}

/// How far a call has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Phase {
    #[default]
    Waiting,
    Live,
    Ended,
}

/// Whether a call has come to a day of which a calendar's lists of holidays do not speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unlisted {
    No,
    ToTell,
    Told,
}

/// The memory of one call. Everything is allocated once and reused by the next call.
#[derive(Debug, Default)]
pub(crate) struct Live {
    pub(crate) phase: Phase,
    pub(crate) now_ms: i64,
    pub(crate) clock_ms: i64,
    /// The facts record, with hidden slots behind the manifest's.
    pub(crate) facts: Vec<Slot>,
    pub(crate) state: Vec<Slot>,
    pub(crate) answer: Vec<Slot>,
    /// The answer records of all entries, for those that run in a group.
    pub(crate) answers: Vec<Slot>,
    /// An entry's state before its last run; only for sinks that want records.
    pub(crate) before: Vec<Slot>,
    /// Last outputs of routes and verdicts of quality checks.
    pub(crate) last: Vec<Slot>,
    /// By rank: the route has decided before.
    pub(crate) decided: Vec<bool>,
    /// By rank: when the entry wants to run again.
    pub(crate) wakes: Vec<i64>,
    pub(crate) wakes_changed: bool,
    next_entry_wake_ms: i64,
    wakes_left: u32,
    pub(crate) due: RankSet,
    pub(crate) alerts: Alerts,
    pub(crate) cards: Cards,
    pub(crate) tried: Tried,
    pub(crate) texts: Texts,
    pub(crate) keys: String,
    pub(crate) talk: Talk,
    pub(crate) lookups: Lookups,
    /// A fact that look-ups may ask with has changed.
    pub(crate) lookups_stale: bool,
    pub(crate) unresolved: u32,
    /// By phrase set: turns of customer and agent that said it.
    pub(crate) said_turns: Vec<[u32; 2]>,
    /// Slots that must be put back after this event.
    pub(crate) said_slots: Slots,
    pub(crate) speaking_slots: Slots,
    pub(crate) intent: Slot,
    /// The clock when the next calendar opens or closes.
    pub(crate) calendars_until_ms: i64,
    /// By calendar fact: what its calendar has answered, in earlier calls too.
    known_hours: Vec<KnownHours>,
    /// By calendar: the call has come to a day of which its lists of holidays do not speak, and that has been told.
    unlisted: Vec<Unlisted>,
    /// The language of the call: a slot of the `language` vocabulary.
    pub(crate) language: Slot,
    /// The intent that the turn of this event told.
    pub(crate) told_intent: Slot,
    /// A watch or its follow-up has moved the call since the dialog looked.
    pub(crate) moved: bool,
    /// Host-kept signals that the host has taken over, with their values.
    pub(crate) pinned: Vec<(Party, Signal)>,
}

impl Live {
    pub(crate) fn new(plan: &Plan) -> Self {
        let entries = plan.schedule.ranked.len();
        let mut live = Self {
            facts: plan.initial.clone(),
            state: vec![0; plan.schedule.state_slots],
            answer: vec![0; plan.schedule.answer_slots],
            answers: vec![0; plan.schedule.answers_slots],
            last: vec![0; plan.schedule.last_slots],
            decided: vec![false; entries],
            wakes: vec![i64::MAX; entries],
            due: RankSet::with_ranks(entries),
            lookups: Lookups::new(plan.slots.answers.len()),
            said_turns: vec![[0; 2]; plan.slots.said.len()],
            known_hours: plan.slots.calendars.iter().map(|_| KnownHours::default()).collect(),
            unlisted: vec![Unlisted::No; plan.hours.len()],
            ..Self::default()
        };
        live.reset(plan);
        live
    }

    pub(crate) fn reset(&mut self, plan: &Plan) {
        self.phase = Phase::Waiting;
        self.now_ms = 0;
        self.clock_ms = 0;
        self.facts.clone_from(&plan.initial);
        self.state.fill(0);
        self.last.fill(0);
        self.decided.fill(false);
        self.wakes.fill(i64::MAX);
        self.wakes_changed = false;
        self.next_entry_wake_ms = i64::MAX;
        self.wakes_left = MAX_WAKES_BETWEEN_EVENTS;
        self.due.clear();
        self.alerts.clear();
        self.cards.clear();
        self.tried.clear();
        self.texts.clear();
        self.keys.clear();
        self.talk = Talk::default();
        self.lookups.clear();
        self.lookups_stale = false;
        self.unresolved = 0;
        self.said_turns.fill([0; 2]);
        self.said_slots.clear();
        self.speaking_slots.clear();
        self.intent = 0;
        self.calendars_until_ms = i64::MIN;
        self.unlisted.fill(Unlisted::No);
        self.pinned.clear();
        self.language = 0;
        self.told_intent = 0;
        self.moved = false;
    }

    pub(crate) fn incident(&self, io: &mut Io<'_>, entry: Option<usize>, kind: IncidentKind) {
        io.sink.incident(Incident { at_ms: self.now_ms, entry, kind });
    }

    pub(crate) fn set(&mut self, slots: &Slots, value: Slot) {
        set_all(&mut self.facts, slots, value);
    }

    /// When something of the call's own is due: milliseconds since its start, `i64::MAX` when nothing is.
    pub(crate) fn next_wake_ms(&self) -> i64 {
        self.next_entry_wake_ms.min(self.alerts.next_due_ms())
    }

    /// Runs everything that is due, in order of time: at one moment entries first, then follow-ups. Entries up to
    /// and including `until_ms`, follow-ups up to `follow_ups_until_ms`.
    pub(crate) fn advance(&mut self, plan: &Plan, until_ms: i64, follow_ups_until_ms: i64, io: &mut Io<'_>) {
        loop {
            let (wake_ms, due_ms) = (self.next_entry_wake_ms, self.alerts.next_due_ms());
            let wakes = wake_ms <= until_ms && wake_ms <= due_ms;
            if wakes {
                self.wake_entries(plan, wake_ms, io);
            } else if due_ms <= follow_ups_until_ms {
                self.set_time(plan, due_ms.max(self.now_ms));
                if let Some((_, entry, action)) = self.alerts.take_due(due_ms) {
                    self.follow_up(entry, action, io);
                }
            } else if wake_ms <= until_ms {
                // A follow-up that is held back stands before this wake-up.
                self.wake_entries(plan, wake_ms, io);
            } else {
                return;
            }
        }
    }

    fn wake_entries(&mut self, plan: &Plan, wake_ms: i64, io: &mut Io<'_>) {
        self.set_time(plan, wake_ms.max(self.now_ms));
        if self.wakes_left == 0 {
            self.incident(io, None, IncidentKind::TooManyWakes);
            self.wakes.fill(i64::MAX);
            self.next_entry_wake_ms = i64::MAX;
            return;
        }
        self.wakes_left -= 1;
        for (rank, at_ms) in self.wakes.iter().enumerate() {
            if *at_ms <= wake_ms {
                self.due.insert(rank);
            }
        }
        self.run_due(plan, io);
    }

    /// An event gives entries new wake-ups to use.
    pub(crate) const fn renew_wakes(&mut self) {
        self.wakes_left = MAX_WAKES_BETWEEN_EVENTS;
    }

    /// Makes look-ups that are due and runs the entries that are due.
    pub(crate) fn run_due(&mut self, plan: &Plan, io: &mut Io<'_>) {
        if self.due.is_empty() {
            return;
        }
        self.tell_unlisted(io);
        self.look_up_stale(plan, io);
        if !self.run_due_group(plan, io) {
            while let Some(rank) = self.due.pop_first() {
                self.run_entry(plan, rank, io);
            }
        }
        if std::mem::take(&mut self.wakes_changed) {
            self.next_entry_wake_ms = self.wakes.iter().copied().min().unwrap_or(i64::MAX);
        }
    }

    /// Tells once a call and calendar that nobody knows whether the day is a holiday.
    fn tell_unlisted(&mut self, io: &mut Io<'_>) {
        for (calendar, state) in self.unlisted.iter_mut().enumerate() {
            if *state == Unlisted::ToTell {
                *state = Unlisted::Told;
                let kind = IncidentKind::UnlistedDay { calendar };
                io.sink.incident(Incident { at_ms: self.now_ms, entry: None, kind });
            }
        }
    }

    /// Makes the look-ups whose questions may have changed.
    pub(crate) fn look_up_stale(&mut self, plan: &Plan, io: &mut Io<'_>) {
        if std::mem::take(&mut self.lookups_stale) && !plan.slots.answers.is_empty() {
            self.look_up(plan, io);
        }
    }

    fn look_up(&mut self, plan: &Plan, io: &mut Io<'_>) {
        let round = self.lookups.ask(plan, &mut self.facts, &mut self.texts, io.sources);
        if round.too_many_lookups {
            self.incident(io, None, IncidentKind::TooManyLookups);
        }
        if round.too_many_texts {
            self.incident(io, None, IncidentKind::TooManyTexts);
        }
    }

    /// Asks a source of a dialog (index of the look-up); gives how long its answer takes, `None`: there is none.
    pub(crate) fn ask_source(&mut self, plan: &Plan, call: usize, io: &mut Io<'_>) -> Option<i64> {
        let seen = (self.facts.as_slice(), &self.texts);
        let (round, after_ms) = self.lookups.ask_one(plan, call, seen, io.sources);
        if round.too_many_lookups {
            self.incident(io, None, IncidentKind::TooManyLookups);
        }
        after_ms
    }

    /// Fills the answer of a dialog's source into the facts, or that it is not known.
    pub(crate) fn fill_source(&mut self, plan: &Plan, call: usize, known: bool, io: &mut Io<'_>) {
        let room = self.lookups.fill_one(plan, call, known, (&mut self.facts, &mut self.texts));
        if !room {
            self.incident(io, None, IncidentKind::TooManyTexts);
        }
    }

    /// Moves the call's time and the facts that move with it.
    pub(crate) fn set_time(&mut self, plan: &Plan, now_ms: i64) {
        self.now_ms = now_ms;
        if let Some(elapsed) = self.facts.first_mut() {
            *elapsed = now_ms.cast_unsigned();
        }
        let clock_ms = self.clock_ms.saturating_add(now_ms);
        self.set(&plan.slots.clock, clock_ms.cast_unsigned());
        // Before the start nobody knows what day it is.
        if self.phase != Phase::Waiting && clock_ms >= self.calendars_until_ms {
            self.set_calendars(plan, clock_ms);
        }
        if plan.slots.wants_speech {
            self.set_speech(plan);
        }
    }

    /// Sets opening hours and keeps until when they hold.
    fn set_calendars(&mut self, plan: &Plan, clock_ms: i64) {
        self.calendars_until_ms = i64::MAX;
        for ((calendar, slot, ty), known) in plan.slots.calendars.iter().zip(&mut self.known_hours) {
            let Some(hours) = plan.hours.get(*calendar) else { continue };
            let (said, until_ms) = known.at(hours, &plan.artefact.manifest, *ty, clock_ms);
            set_all(&mut self.facts, std::slice::from_ref(slot), said.word);
            if let Some(state) = self.unlisted.get_mut(*calendar).filter(|state| **state == Unlisted::No)
                && !said.listed
            {
                *state = Unlisted::ToTell;
            }
            self.calendars_until_ms = self.calendars_until_ms.min(until_ms);
        }
    }

    /// Sets the signals that the core itself keeps.
    pub(crate) fn set_speech(&mut self, plan: &Plan) {
        let silence_ms = self.talk.silence_ms(self.now_ms);
        for party in [Party::Customer, Party::Agent] {
            let voice = plan.slots.voice(party);
            if !voice.silence.is_empty() && !self.pinned.contains(&(party, Signal::Silence)) {
                self.set(&voice.silence, silence_ms.cast_unsigned());
            }
            if !voice.talk_share.is_empty() && !self.pinned.contains(&(party, Signal::TalkShare)) {
                self.set(&voice.talk_share, self.talk.share(party).to_bits());
            }
        }
    }
}
