//! The tickets of a test.

use tandem_centre::ticket::{
    MovedBy, PolicyTicketRules, TicketAction, TicketId, Tickets, TicketsEvent, classification, classify,
    opens, prefill,
};
use tandem_centre::{Answer, Call, Core, zones_by_number};
use tandem_stdlib::contract::{
    Filled, Manifest, Script, Slot, TicketEvent, TicketExpectation, TicketSpec, Type, VocabularyKind,
};

use super::show::{because_of, counted, role, step_name, ticket};
use super::{Told, Unheard, sources};
use crate::names::word_of;
use crate::script::judge::Finding;
use crate::value::show_value;

/// What happened to a ticket of a kind.
enum Done {
    Opened,
    Escalated { role: Slot, because: String },
    Notified { channel: String, text: String },
    CalledBack,
    Step { step: u32, because: String },
    Closed { because: String },
}

/// Keeps the tickets of a test.
pub(super) struct Desk<'a> {
    core: &'a Core,
    script: &'a Script,
    tickets: Tickets,
    /// The customer's number.
    customer: String,
    next: u64,
    /// Kinds that the call has opened already.
    opened: Vec<u32>,
    /// By ticket: its kind.
    kinds: Vec<u32>,
    /// By kind: the outputs of the last classification.
    outputs: Vec<Vec<(String, Type, Slot)>>,
    done: Vec<(u32, Done)>,
    actions: Vec<TicketAction>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(core: &'a Core, script: &'a Script) -> Option<Self> {
        let manifest = core.manifest();
        if manifest.tickets.is_empty() {
            return None;
        }
        let tickets = Tickets::new(manifest, zones_by_number).ok()?;
        let outputs = manifest.tickets.iter().map(|_| Vec::new()).collect();
        let (kinds, opened, done, actions) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let customer = if script.outbound { script.to.clone() } else { script.from.clone() };
        Some(Self { core, script, tickets, customer, next: 0, opened, kinds, outputs, done, actions })
    }

    /// A campaign has called this number.
    pub(super) fn set_customer(&mut self, number: &str) {
        number.clone_into(&mut self.customer);
    }

    /// Opens the tickets that a call opens at its end.
    pub(super) fn call_ended(&mut self, clock_ms: i64, call: &mut Call, told: &mut Told) {
        let core = self.core;
        for (kind, spec) in (0_u32..).zip(&core.manifest().tickets) {
            if !self.opened.contains(&kind) && opens(call, spec) {
                self.open(clock_ms, kind, call, told);
            }
        }
        self.opened.clear();
    }

    /// Opens a ticket during a call, which does not open another of its kind at its end.
    pub(super) fn open_at_once(&mut self, clock_ms: i64, kind: u32, call: &mut Call, told: &mut Told) {
        self.opened.push(kind);
        self.open(clock_ms, kind, call, told);
    }

    /// Opens a ticket, classified on the facts of a call.
    pub(super) fn open(&mut self, clock_ms: i64, kind: u32, call: &mut Call, told: &mut Told) {
        let Some(spec) = self.spec(kind) else { return };
        let fields = prefill(call, spec, &mut sources(self.script), &mut Unheard);
        let classified = classify(self.core, call, spec);
        if let Some(outputs) = self.outputs.get_mut(kind as usize) {
            *outputs = classification(self.core, call, spec);
        }
        let id = TicketId(self.next);
        self.next += 1;
        self.kinds.push(kind);
        self.done.push((kind, Done::Opened));
        told.lines.push((clock_ms, format!("ticket {} opened", ticket(self.core.manifest(), kind))));
        let number = self.customer.clone();
        let language = self.core.language_of(call.language()).to_owned();
        self.event(
            clock_ms,
            TicketsEvent::Open { ticket: id, kind, number, language, classified, fields },
            told,
        );
    }

    /// Something happens to the last ticket of a kind.
    pub(super) fn happen(
        &mut self,
        clock_ms: i64,
        kind: u32,
        (event, fields): (TicketEvent, &Filled),
        call: &mut Call,
        told: &mut Told,
    ) {
        if event == TicketEvent::Opened {
            return self.open(clock_ms, kind, call, told);
        }
        let Some(id) = self.last(kind) else { return };
        let queue = self.tickets.ticket(id).map_or(0, |ticket| ticket.queue);
        let event = match event {
            TicketEvent::Assigned => TicketsEvent::Assign(id, queue),
            TicketEvent::Touched | TicketEvent::Done => {
                let done = event == TicketEvent::Done;
                TicketsEvent::Worked { ticket: id, fields: answer(fields), done }
            }
            event => TicketsEvent::Happened(id, event),
        };
        self.event(clock_ms, event, told);
    }

    /// Lets time pass: everything that is due happens at its moment.
    pub(super) fn wake(&mut self, clock_ms: i64, told: &mut Told) {
        while let Some(at_ms) = self.tickets.wake_at().filter(|at_ms| *at_ms <= clock_ms) {
            let (mut given, mut unheard) = (sources(self.script), Unheard);
            let mut rules = PolicyTicketRules::new(self.core, &mut given, &mut unheard);
            self.tickets.wake(at_ms, &mut rules, &mut self.actions);
            self.take(at_ms, told);
        }
    }

    fn event(&mut self, clock_ms: i64, event: TicketsEvent, told: &mut Told) {
        // What was due before happens first, and each at its moment.
        self.wake(clock_ms.saturating_sub(1), told);
        let (mut given, mut unheard) = (sources(self.script), Unheard);
        let mut rules = PolicyTicketRules::new(self.core, &mut given, &mut unheard);
        self.tickets.handle(clock_ms, event, &mut rules, &mut self.actions);
        self.take(clock_ms, told);
    }

    fn take(&mut self, clock_ms: i64, told: &mut Told) {
        for action in std::mem::take(&mut self.actions) {
            let (id, done) = match action {
                TicketAction::Escalate { ticket, deadline, role, .. } => {
                    let spec = self.kind_of(ticket).and_then(|kind| self.spec(kind));
                    let because = spec.and_then(|spec| spec.deadlines.get(deadline));
                    let because = because.map_or(String::new(), |deadline| deadline.reason.because.clone());
                    (ticket, Done::Escalated { role, because })
                }
                TicketAction::Notify { ticket, notice, text } => {
                    let spec = self.kind_of(ticket).and_then(|kind| self.spec(kind));
                    let notice = spec.and_then(|spec| spec.notices.get(notice));
                    let channel = notice.map_or(String::new(), |notice| notice.channel.clone());
                    (ticket, Done::Notified { channel, text })
                }
                TicketAction::CallBack { ticket, .. } => {
                    let reached = TicketsEvent::CalledBack { ticket, reached: true };
                    self.event(clock_ms, reached, told);
                    (ticket, Done::CalledBack)
                }
                TicketAction::Step { ticket, step, by } => {
                    (ticket, Done::Step { step, because: self.because(ticket, by, told) })
                }
                TicketAction::Close { ticket, by } => {
                    (ticket, Done::Closed { because: self.because(ticket, by, told) })
                }
                TicketAction::Ignored { ticket, because } => {
                    told.lines.push((clock_ms, format!("ticket {}: {because}", self.name(ticket))));
                    continue;
                }
                TicketAction::Assign { .. } | TicketAction::NoCallBack { .. } => continue,
            };
            let Some(kind) = self.kind_of(id) else { continue };
            let shown = show(self.core.manifest(), kind, &done);
            told.lines.push((clock_ms, format!("ticket {} {shown}", ticket(self.core.manifest(), kind))));
            self.done.push((kind, done));
        }
    }

    /// Why a ticket moved; the rule that moved it has decided.
    fn because(&self, id: TicketId, by: MovedBy, told: &mut Told) -> String {
        match by {
            MovedBy::Opened => String::new(),
            MovedBy::Rule { entry, outcome } => {
                told.hits.push((entry as usize, outcome));
                let entries = &self.core.manifest().entries;
                let outcomes = entries.get(entry as usize).map(|entry| &entry.outcomes);
                let outcome = outcomes.and_then(|outcomes| outcomes.get(outcome));
                outcome.map_or(String::new(), |outcome| outcome.because.clone())
            }
            MovedBy::Deadline(deadline) => {
                let spec = self.kind_of(id).and_then(|kind| self.spec(kind));
                let deadline = spec.and_then(|spec| spec.deadlines.get(deadline));
                deadline.map_or(String::new(), |deadline| deadline.reason.because.clone())
            }
        }
    }

    fn name(&self, id: TicketId) -> &str {
        self.kind_of(id).map_or("", |kind| ticket(self.core.manifest(), kind))
    }

    fn kind_of(&self, id: TicketId) -> Option<u32> {
        self.kinds.get(usize::try_from(id.0).ok()?).copied()
    }

    fn spec(&self, kind: u32) -> Option<&'a TicketSpec> {
        self.core.manifest().tickets.get(kind as usize)
    }

    pub(super) fn look(&self, kind: u32, expected: &TicketExpectation) -> Finding {
        let manifest = self.core.manifest();
        let name = ticket(manifest, kind);
        let of_kind = |sort: &dyn Fn(&Done) -> Option<bool>| -> Vec<(bool, String)> {
            let done = self.done.iter().filter(|(of, _)| *of == kind);
            done.filter_map(|(_, done)| Some((sort(done)?, show(manifest, kind, done)))).collect()
        };
        match expected {
            TicketExpectation::Opened { times } => counted(
                &format!("ticket {name} opened"),
                *times,
                &of_kind(&|done| matches!(done, Done::Opened).then_some(true)),
                "ticket",
            ),
            TicketExpectation::Output { name: output, value, shown } => {
                self.output(kind, output, *value, shown)
            }
            TicketExpectation::Field { filled, shown } => self.field(kind, filled, shown),
            TicketExpectation::Step { step, because } => self.in_step(kind, *step, because.as_deref()),
            TicketExpectation::Closed { times, because } => {
                let found = of_kind(&|done| match done {
                    Done::Closed { because: reason } => {
                        Some(because.as_ref().is_none_or(|because| because == reason))
                    }
                    _ => None,
                });
                let what = format!("ticket {name} closed{}", because_of(because.as_deref()));
                counted(&what, *times, &found, "closing by a rule")
            }
            TicketExpectation::Escalated { to, times, because } => {
                let found = of_kind(&|done| match done {
                    Done::Escalated { role, because: reason } => Some(
                        to.is_none_or(|to| to == *role)
                            && because.as_ref().is_none_or(|because| because == reason),
                    ),
                    _ => None,
                });
                let to = to.map_or(String::new(), |to| format!(" to {}", role(manifest, to)));
                let because = because_of(because.as_deref());
                let what = format!("ticket {name} escalated{to}{because}");
                counted(&what, *times, &found, "escalation")
            }
            TicketExpectation::Notified { channel, text, times } => {
                let found = of_kind(&|done| match done {
                    Done::Notified { channel: by, text: said } => Some(
                        channel.as_ref().is_none_or(|channel| channel == by)
                            && text.as_ref().is_none_or(|text| text == said),
                    ),
                    _ => None,
                });
                let by = channel.as_ref().map_or(String::new(), |channel| format!(" by {channel}"));
                let text = text.as_ref().map_or(String::new(), |text| format!(" \"{text}\""));
                counted(&format!("ticket {name} notified{by}{text}"), *times, &found, "notice")
            }
            TicketExpectation::CalledBack { times } => {
                let found = of_kind(&|done| matches!(done, Done::CalledBack).then_some(true));
                counted(&format!("ticket {name} called back"), *times, &found, "call-back")
            }
        }
    }

    /// In which step the last ticket of a kind is, and why it came there.
    fn in_step(&self, kind: u32, step: u32, because: Option<&str>) -> Finding {
        let manifest = self.core.manifest();
        let expected = format!(
            "ticket {} step {}{}",
            ticket(manifest, kind),
            step_name(manifest, kind, step),
            because_of(because)
        );
        let now = self.last(kind).and_then(|last| self.tickets.step(last));
        let came = self.done.iter().rev().find_map(|(of, done)| match done {
            Done::Step { step, because } if *of == kind && Some(*step) == now => Some(because.as_str()),
            _ => None,
        });
        let held = now == Some(step) && because.is_none_or(|because| came == Some(because));
        let found = match now {
            Some(now) => {
                let came = came.filter(|because| !because.is_empty());
                format!("step {}{}", step_name(manifest, kind, now), because_of(came))
            }
            None if self.last(kind).is_none() => "no ticket so far".to_owned(),
            None => "the ticket is closed".to_owned(),
        };
        Finding { held, expected, found }
    }

    /// What is written down in a field of the last ticket of a kind.
    fn field(&self, kind: u32, filled: &Filled, shown: &str) -> Finding {
        let manifest = self.core.manifest();
        let expected = format!("ticket {} {shown}", ticket(manifest, kind));
        let Some(written) = self.last(kind).and_then(|last| self.tickets.fields(last)) else {
            return Finding { held: false, expected, found: "no ticket so far".to_owned() };
        };
        let slots = filled.slots.iter().map(|(at, slot)| (*at, Some(*slot), None));
        let texts = filled.texts.iter().map(|(at, text)| (*at, None, Some(text.as_str())));
        let fields = self.spec(kind).map(|spec| spec.fields.as_slice()).unwrap_or_default();
        let (mut held, mut found) = (true, Vec::new());
        for (at, slot, text) in slots.chain(texts) {
            let Some(field) = fields.get(at as usize) else { continue };
            let now = written.slot(at as usize).unwrap_or(field.default);
            let said =
                written.text(at as usize).or_else(|| literal(manifest, field.default)).unwrap_or_default();
            held &= slot.is_none_or(|slot| slot == now) && text.is_none_or(|text| text == said);
            found.push(match text {
                Some(_) => format!("{} \"{}\"", field.name, said),
                None => format!("{} {}", field.name, show_value(manifest, field.ty, now, None)),
            });
        }
        Finding { held, expected, found: found.join(", ") }
    }

    /// The last ticket of a kind.
    fn last(&self, kind: u32) -> Option<TicketId> {
        let last = self.kinds.iter().rposition(|one| *one == kind)?;
        u64::try_from(last).ok().map(TicketId)
    }

    fn output(&self, kind: u32, output: &str, value: Slot, shown: &str) -> Finding {
        let manifest = self.core.manifest();
        let expected = format!("ticket {} {output} {shown}", ticket(manifest, kind));
        let now = self.last(kind).and_then(|last| self.tickets.ticket(last));
        if let ("queue", Some(now)) = (output, now) {
            let found = format!("queue {}", word_of(manifest, VocabularyKind::Queue, now.queue));
            return Finding { held: now.queue == value, expected, found };
        }
        let outputs = self.outputs.get(kind as usize).map(Vec::as_slice).unwrap_or_default();
        match outputs.iter().find(|(name, ..)| name == output) {
            Some((name, ty, found)) => {
                let shown = show_value(manifest, *ty, *found, None);
                Finding { held: *found == value, expected, found: format!("{name} {shown}") }
            }
            None => Finding { held: false, expected, found: format!("no `{output}` was decided so far") },
        }
    }
}

/// A text of the policy's own.
fn literal(manifest: &Manifest, slot: Slot) -> Option<&str> {
    let index = usize::try_from(slot.checked_sub(1)?).ok()?;
    manifest.literals.get(index).map(String::as_str)
}

/// What a test writes down in a ticket's fields.
fn answer(fields: &Filled) -> Answer {
    let mut answer = Answer::default();
    fields.slots.iter().for_each(|(field, slot)| answer.set(*field as usize, *slot));
    fields.texts.iter().for_each(|(field, text)| answer.set_text(*field as usize, text));
    answer
}

fn show(manifest: &Manifest, kind: u32, done: &Done) -> String {
    let reason = |because: &str| because_of(Some(because).filter(|because| !because.is_empty()));
    match done {
        Done::Step { step, because } => {
            format!("goes to {}{}", step_name(manifest, kind, *step), reason(because))
        }
        Done::Closed { because } => format!("closed{}", reason(because)),
        Done::Opened => "opened".to_owned(),
        Done::Escalated { role: to, because } => {
            let to = if *to == 0 { String::new() } else { format!(" to {}", role(manifest, *to)) };
            format!("escalated{to}{}", reason(because))
        }
        Done::Notified { channel, text } => format!("notified by {channel} \"{text}\""),
        Done::CalledBack => "called back".to_owned(),
    }
}
