//! The histories of tickets, held against their deadlines and promises.

use std::collections::BTreeMap;

use tandem_archive::TicketLogged;
use tandem_centre::ticket::{
    Classified, PolicyTicketRules, Stays, TicketAction, TicketId, Tickets, TicketsEvent,
};
use tandem_centre::{Answer, CallingTimes, Core, CoreError, zones_by_number};
use tandem_stdlib::contract::{Manifest, Slot, TicketEvent, TicketSpec, Type, VocabularyKind};
use tandem_stdlib::words::kpi;

use super::attempts::show_place;
use super::report::{CallBackReport, MAX_BREACHES, StayReport, TicketBreach, TicketReport};
use super::{At, means, moment, written_fields};
use crate::names::word_of;
use crate::script::Unheard;
use crate::table::{SourceTable, TableSources};
use crate::value::did_you_mean;

/// A ticket of the log.
struct Known {
    name: String,
    kind: u32,
    number: String,
    closed_ms: Option<i64>,
    closed_by_rule: bool,
}

/// What is found out about one kind while the log goes on.
struct Found {
    missed: u64,
    breaches: Vec<TicketBreach>,
    calls: CallBackReport,
    times: Option<CallingTimes>,
}

/// Holds tickets against the rules of their kinds.
pub(super) struct Histories<'a> {
    core: &'a Core,
    sources: TableSources<'a>,
    tickets: Tickets,
    names: BTreeMap<String, TicketId>,
    known: Vec<Known>,
    found: Vec<Found>,
}

impl<'a> Histories<'a> {
    pub(super) fn new(core: &'a Core, tables: &'a [SourceTable]) -> Result<Self, CoreError> {
        let manifest = core.manifest();
        let found = |spec: &TicketSpec| {
            let hours = spec.call_back.as_ref().map(|call_back| &call_back.hours);
            let times = hours
                .map(|hours| CallingTimes::new(hours, &manifest.calendars, zones_by_number))
                .transpose()?;
            Ok(Found { missed: 0, breaches: Vec::new(), calls: CallBackReport::default(), times })
        };
        Ok(Self {
            core,
            sources: TableSources::new(tables),
            tickets: Tickets::new(manifest, zones_by_number)?,
            names: BTreeMap::new(),
            known: Vec::new(),
            found: manifest.tickets.iter().map(found).collect::<Result<_, _>>()?,
        })
    }

    pub(super) fn event(&mut self, at: At<'_>, ticket: &str, event: &TicketLogged) -> Result<(), String> {
        if let TicketLogged::Opened { kind, phone, priority, queue, fields } = event {
            let classified = (priority.as_deref(), queue.as_deref());
            return self.open(at, ticket, (kind, phone), classified, fields);
        }
        let Some(id) = self.names.get(ticket).copied() else {
            return Err(format!(
                "ticket `{ticket}` is not known yet; a line with event `opened` must come before"
            ));
        };
        let event = match event {
            TicketLogged::Assigned { queue } => {
                TicketsEvent::Assign(id, self.word(VocabularyKind::Queue, queue)?)
            }
            TicketLogged::CalledBack { reached } => {
                self.called_back(at.at_ms, id);
                TicketsEvent::CalledBack { ticket: id, reached: *reached }
            }
            TicketLogged::Escalated => TicketsEvent::Happened(id, TicketEvent::Escalated),
            TicketLogged::Closed => TicketsEvent::Happened(id, TicketEvent::Closed),
            TicketLogged::Reopened => TicketsEvent::Happened(id, TicketEvent::Reopened),
            TicketLogged::Opened { .. } => TicketsEvent::Happened(id, TicketEvent::Touched),
            TicketLogged::Worked { fields, done } => {
                TicketsEvent::Worked { ticket: id, fields: self.fields(id, fields)?, done: *done }
            }
        };
        // What a rule has closed already, the log may close as well.
        if event == TicketsEvent::Happened(id, TicketEvent::Closed) && self.is_closed_by_rule(id) {
            return Ok(());
        }
        let changes = match event {
            TicketsEvent::Happened(_, TicketEvent::Closed) => Some(Some(at.at_ms)),
            TicketsEvent::Happened(_, TicketEvent::Reopened) => Some(None),
            _ => None,
        };
        self.tell(at.at_ms, event)?;
        if let (Some(closed_ms), Some(known)) = (changes, self.known_mut(id)) {
            known.closed_ms = closed_ms;
            known.closed_by_rule = false;
        }
        Ok(())
    }

    fn open(
        &mut self,
        at: At<'_>,
        ticket: &str,
        (kind, phone): (&str, &str),
        (priority, queue): (Option<&str>, Option<&str>),
        fields: &BTreeMap<String, String>,
    ) -> Result<(), String> {
        let specs = &self.core.manifest().tickets;
        let Some(index) = specs.iter().position(|spec| means(&spec.name, kind)) else {
            let hint = did_you_mean(kind, specs.iter().map(|spec| spec.name.as_str()));
            return Err(format!("the policy has no ticket `{kind}`{hint}"));
        };
        let priority = priority.map_or(Ok(0), |word| named(self.core.manifest(), "priority", word))?;
        let queue = queue.map_or(Ok(0), |word| self.word(VocabularyKind::Queue, word))?;
        let fields = match specs.get(index) {
            Some(spec) => fields_of(self.core.manifest(), spec, fields)?,
            None => Answer::default(),
        };
        let (id, kind) = (TicketId(self.known.len() as u64), u32::try_from(index).unwrap_or(u32::MAX));
        if self.names.insert(ticket.to_owned(), id).is_some() {
            return Err(format!("ticket `{ticket}` was opened before; give it another name, or `reopened`"));
        }
        let (name, number) = (ticket.to_owned(), phone.to_owned());
        self.known.push(Known { name, kind, number: number.clone(), closed_ms: None, closed_by_rule: false });
        let classified = Classified { priority, queue };
        // A log does not tell the language.
        let language = String::new();
        self.tell(at.at_ms, TicketsEvent::Open { ticket: id, kind, number, language, classified, fields })
    }

    fn word(&self, kind: VocabularyKind, word: &str) -> Result<Slot, String> {
        let vocabulary = self.core.manifest().vocabularies.iter().find(|vocabulary| vocabulary.kind == kind);
        find_word(vocabulary.map(|vocabulary| vocabulary.words.as_slice()).unwrap_or_default(), word)
    }

    fn fields(&self, id: TicketId, given: &BTreeMap<String, String>) -> Result<Answer, String> {
        let manifest = self.core.manifest();
        let known = usize::try_from(id.0).ok().and_then(|index| self.known.get(index));
        let spec = known.and_then(|known| manifest.tickets.get(known.kind as usize));
        spec.map_or(Ok(Answer::default()), |spec| fields_of(manifest, spec, given))
    }

    fn is_closed_by_rule(&self, id: TicketId) -> bool {
        let known = usize::try_from(id.0).ok().and_then(|index| self.known.get(index));
        known.is_some_and(|known| known.closed_by_rule)
    }

    fn known_mut(&mut self, id: TicketId) -> Option<&mut Known> {
        self.known.get_mut(usize::try_from(id.0).ok()?)
    }

    /// Tells the tickets, after everything that was due before.
    fn tell(&mut self, at_ms: i64, event: TicketsEvent) -> Result<(), String> {
        self.forward(at_ms.saturating_sub(1));
        let (mut unheard, mut actions) = (Unheard, Vec::new());
        let mut rules = PolicyTicketRules::new(self.core, &mut self.sources, &mut unheard);
        self.tickets.handle(at_ms, event, &mut rules, &mut actions);
        self.take(at_ms, &actions)
    }

    fn forward(&mut self, until_ms: i64) {
        while let Some(at_ms) = self.tickets.wake_at().filter(|at_ms| *at_ms <= until_ms) {
            let (mut unheard, mut actions) = (Unheard, Vec::new());
            let mut rules = PolicyTicketRules::new(self.core, &mut self.sources, &mut unheard);
            self.tickets.wake(at_ms, &mut rules, &mut actions);
            // What is due by itself is never out of place.
            self.take(at_ms, &actions).unwrap_or_default();
        }
    }

    fn take(&mut self, at_ms: i64, actions: &[TicketAction]) -> Result<(), String> {
        for action in actions {
            match action {
                TicketAction::Escalate { ticket, deadline, role, due_ms } => {
                    self.missed(*ticket, *deadline, *role, *due_ms);
                }
                TicketAction::Close { ticket, .. } => {
                    if let Some(known) = self.known_mut(*ticket) {
                        known.closed_ms = Some(at_ms);
                        known.closed_by_rule = true;
                    }
                }
                TicketAction::Ignored { because, .. } => return Err(because.to_string()),
                _ => {}
            }
        }
        Ok(())
    }

    fn missed(&mut self, id: TicketId, deadline: usize, role: Slot, due_ms: i64) {
        let manifest = self.core.manifest();
        let Some(known) = usize::try_from(id.0).ok().and_then(|index| self.known.get(index)) else { return };
        let spec = manifest.tickets.get(known.kind as usize).and_then(|spec| spec.deadlines.get(deadline));
        let (Some(spec), Some(found)) = (spec, self.found.get_mut(known.kind as usize)) else { return };
        found.missed += 1;
        if found.breaches.len() < MAX_BREACHES {
            let escalate_to = if role == 0 { "" } else { word_of(manifest, VocabularyKind::Role, role) };
            found.breaches.push(TicketBreach {
                ticket: known.name.clone(),
                at: moment(due_ms),
                unless: spec.unless.name(),
                because: spec.reason.because.clone(),
                escalate_to: escalate_to.to_owned(),
                place: show_place(&spec.reason.place),
            });
        }
    }

    /// A customer was called back: was it in time, and inside the hours?
    fn called_back(&mut self, at_ms: i64, id: TicketId) {
        let core = self.core;
        let Some(known) = self.known_mut(id) else { return };
        let (kind, number) = (known.kind as usize, known.number.clone());
        // Only the first call after a closing keeps its promise.
        let Some(closed_ms) = known.closed_ms.take() else { return };
        let promise = core.manifest().tickets.get(kind).and_then(|spec| spec.call_back.as_ref());
        let (Some(promise), Some(found)) = (promise, self.found.get_mut(kind)) else { return };
        let by_ms = closed_ms.saturating_add(promise.within_ms);
        found.calls.promised += 1;
        found.calls.made += 1;
        found.calls.late += u64::from(at_ms > by_ms);
        if let Some(times) = &mut found.times {
            found.calls.outside_hours += u64::from(times.next_open(&number, at_ms) != Ok(at_ms));
            found.calls.never_in_time += u64::from(!in_time(times, &number, closed_ms, by_ms));
        }
    }

    pub(super) fn report(mut self, end_ms: i64) -> Vec<TicketReport> {
        self.forward(end_ms);
        self.promises_broken(end_ms);
        let (core, found) = (self.core, std::mem::take(&mut self.found));
        let kinds = (0_u32..).zip(&core.manifest().tickets).zip(found);
        kinds.filter_map(|((kind, spec), found)| self.report_of(kind, spec, found)).collect()
    }

    /// Customers who were never called although the time is over.
    fn promises_broken(&mut self, end_ms: i64) {
        for known in &self.known {
            let spec = self.core.manifest().tickets.get(known.kind as usize);
            let promise = spec.and_then(|spec| spec.call_back.as_ref());
            let (Some(closed_ms), Some(promise)) = (known.closed_ms, promise) else { continue };
            let by_ms = closed_ms.saturating_add(promise.within_ms);
            let Some(found) = self.found.get_mut(known.kind as usize).filter(|_| by_ms < end_ms) else {
                continue;
            };
            found.calls.promised += 1;
            if let Some(times) = &mut found.times {
                found.calls.never_in_time += u64::from(!in_time(times, &known.number, closed_ms, by_ms));
            }
        }
    }

    fn queues(&self, stays: &BTreeMap<Slot, Stays>) -> Vec<StayReport> {
        let name = |queue| word_of(self.core.manifest(), VocabularyKind::Queue, queue).to_owned();
        stayed(stays.iter().map(|(queue, stays)| (name(*queue), *stays)))
    }

    fn report_of(&self, kind: u32, spec: &TicketSpec, found: Found) -> Option<TicketReport> {
        let tally = self.tickets.tally(kind)?;
        let (opened, closed) = (tally.times(TicketEvent::Opened), tally.times(TicketEvent::Closed));
        let reopened = tally.times(TicketEvent::Reopened);
        let mut calls = found.calls;
        calls.coverage = kpi::share(calls.made, calls.promised);
        calls.late_share = kpi::share(calls.late, calls.made);
        (opened > 0).then(|| TicketReport {
            ticket: spec.name.clone(),
            opened,
            closed,
            reopened,
            open_at_end: (opened + reopened).saturating_sub(closed),
            mean_open_ms: (closed > 0).then(|| tally.closed_after_ms as f64 / closed as f64),
            queues: self.queues(&tally.queues),
            steps: steps(spec, &tally.steps),
            deadlines_missed: found.missed,
            breaches: found.breaches,
            call_backs: spec.call_back.is_some().then_some(calls),
        })
    }
}

/// Fields of a ticket as a log writes them.
fn fields_of(
    manifest: &Manifest,
    spec: &TicketSpec,
    given: &BTreeMap<String, String>,
) -> Result<Answer, String> {
    let fields: Vec<(&str, Type)> = spec.fields.iter().map(|field| (field.name.as_str(), field.ty)).collect();
    written_fields(manifest, &format!("ticket `{}`", spec.name), &fields, given)
}

/// By step of a kind of ticket.
fn steps(spec: &TicketSpec, stays: &BTreeMap<u32, Stays>) -> Vec<StayReport> {
    let steps = (0_u32..).zip(&spec.steps);
    stayed(steps.map(|(at, step)| (step.name.clone(), stays.get(&at).copied().unwrap_or_default())))
}

fn stayed(stays: impl Iterator<Item = (String, Stays)>) -> Vec<StayReport> {
    let stays: Vec<(String, Stays)> = stays.collect();
    let total_ms: i64 = stays.iter().map(|(_, stays)| stays.total_ms).sum();
    let share = |stays: &Stays| (total_ms > 0).then(|| stays.total_ms as f64 / total_ms as f64);
    let report = |(name, stays): (String, Stays)| {
        let (mean_ms, share) = (stays.mean_ms(), share(&stays));
        StayReport { name, stays: stays.times, mean_ms, share }
    };
    stays.into_iter().map(report).collect()
}

/// Whether the calling hours leave a moment in time.
fn in_time(times: &mut CallingTimes, number: &str, closed_ms: i64, by_ms: i64) -> bool {
    times.next_open(number, closed_ms).is_ok_and(|at_ms| at_ms <= by_ms)
}

fn named(manifest: &Manifest, vocabulary: &str, word: &str) -> Result<Slot, String> {
    let words = manifest.vocabularies.iter().find(|one| one.name == vocabulary);
    find_word(words.map(|one| one.words.as_slice()).unwrap_or_default(), word)
}

fn find_word(words: &[String], word: &str) -> Result<Slot, String> {
    let place = words.iter().position(|known| known == word);
    place.map(|place| place as Slot + 1).ok_or_else(|| {
        let hint = did_you_mean(word, words.iter().map(String::as_str));
        format!("the policy does not know `{word}`{hint}")
    })
}
