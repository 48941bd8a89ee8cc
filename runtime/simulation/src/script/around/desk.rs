//! The tickets of a test.

use tandem_centre::ticket::{
    PolicyTicketRules, TicketAction, TicketId, Tickets, TicketsEvent, classification, classify, opens,
};
use tandem_centre::{Call, Core, zones_by_number};
use tandem_stdlib::contract::{
    Manifest, Script, Slot, TicketEvent, TicketExpectation, TicketSpec, Type, VocabularyKind,
};

use super::show::{counted, role, ticket};
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
        let classified = classify(self.core, call, spec);
        if let Some(outputs) = self.outputs.get_mut(kind as usize) {
            *outputs = classification(self.core, call, spec);
        }
        let id = TicketId(self.next);
        self.next += 1;
        self.kinds.push(kind);
        self.done.push((kind, Done::Opened));
        told.lines.push(format!("ticket {} opened", ticket(self.core.manifest(), kind)));
        let number = self.customer.clone();
        let language = self.core.language_of(call.language()).to_owned();
        self.event(clock_ms, TicketsEvent::Open { ticket: id, kind, number, language, classified }, told);
    }

    /// Something happens to the last ticket of a kind.
    pub(super) fn happen(
        &mut self,
        clock_ms: i64,
        kind: u32,
        event: TicketEvent,
        call: &mut Call,
        told: &mut Told,
    ) {
        if event == TicketEvent::Opened {
            return self.open(clock_ms, kind, call, told);
        }
        let last = self.kinds.iter().rposition(|one| *one == kind);
        let Some(id) = last.and_then(|last| u64::try_from(last).ok()).map(TicketId) else { return };
        let queue = self.tickets.ticket(id).map_or(0, |ticket| ticket.queue);
        let event = match event {
            TicketEvent::Assigned => TicketsEvent::Assign(id, queue),
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
                TicketAction::Assign { .. }
                | TicketAction::NoCallBack { .. }
                | TicketAction::Ignored { .. } => continue,
            };
            let Some(kind) = self.kind_of(id) else { continue };
            let shown = show(self.core.manifest(), &done);
            told.lines.push(format!("ticket {} {shown}", ticket(self.core.manifest(), kind)));
            self.done.push((kind, done));
        }
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
            done.filter_map(|(_, done)| Some((sort(done)?, show(manifest, done)))).collect()
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
            TicketExpectation::Escalated { to, times, because } => {
                let found = of_kind(&|done| match done {
                    Done::Escalated { role, because: reason } => Some(
                        to.is_none_or(|to| to == *role)
                            && because.as_ref().is_none_or(|because| because == reason),
                    ),
                    _ => None,
                });
                let to = to.map_or(String::new(), |to| format!(" to {}", role(manifest, to)));
                let because =
                    because.as_ref().map_or(String::new(), |because| format!(" because \"{because}\""));
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

    fn output(&self, kind: u32, output: &str, value: Slot, shown: &str) -> Finding {
        let manifest = self.core.manifest();
        let expected = format!("ticket {} {output} {shown}", ticket(manifest, kind));
        let last = self.kinds.iter().rposition(|one| *one == kind).and_then(|last| u64::try_from(last).ok());
        let now = last.and_then(|last| self.tickets.ticket(TicketId(last)));
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

fn show(manifest: &Manifest, done: &Done) -> String {
    match done {
        Done::Opened => "opened".to_owned(),
        Done::Escalated { role: to, because } => {
            let to = if *to == 0 { String::new() } else { format!(" to {}", role(manifest, *to)) };
            let because = if because.is_empty() { String::new() } else { format!(" because \"{because}\"") };
            format!("escalated{to}{because}")
        }
        Done::Notified { channel, text } => format!("notified by {channel} \"{text}\""),
        Done::CalledBack => "called back".to_owned(),
    }
}
