//! What the world knows of callers, as the policy gets it, and what the policy tells of them.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;

use tandem_centre::campaign::FoundLead;
use tandem_centre::floor::{ContactId, FloorAction};
use tandem_centre::ticket::FoundTicket;
use tandem_centre::{Call, Centre, CentreEvent, CentreSink, Core, Decision, DialogStep, What};
use tandem_stdlib::contract::{
    CallStart, EntryKind, EntryRef, Event, Manifest, Party, Turn, Type, VocabularyKind,
};

use super::Decided;
use super::sources::CallerSources;
use crate::chance::{Purpose, Seeds};
use crate::scenario::Detector;
use crate::virtual_centre::caller::{Caller, FactValue};
use crate::virtual_centre::model;
use crate::virtual_centre::talk::{BotStep, Heard, spoken_ms};
use crate::virtual_centre::tickets::Opened;

/// What the world knows of callers, as the policy gets it.
pub(in crate::virtual_centre) struct Reception<'m> {
    pub(super) outputs: Vec<Outputs>,
    detector: Detector,
    /// All words of `intent`.
    pub(super) intents: &'m [String],
    pub(super) sources: CallerSources<'m>,
    /// What the policy has told.
    pub(super) told: Told,
    /// Who calls, and the agent who has talked with them, where the policy has tickets. Only looked up, never walked.
    known: HashMap<ContactId, (Caller<'m>, Option<u32>)>,
    /// Whose calls are over.
    gone: Vec<ContactId>,
    /// The call's name, written anew for each.
    id: String,
}

/// What a route's outputs mean, and its preference among agents.
pub(super) struct Outputs {
    meanings: Vec<Meaning>,
    score: Option<EntryRef>,
}

/// Hears what the centre tells of one contact.
pub(super) struct Listening<'a> {
    outputs: &'a [Outputs],
    contact: ContactId,
    decided: Decided,
    told: &'a mut Told,
    actions: &'a mut Vec<FloorAction>,
}

/// What the world is told beside what the floor wants done, and has not taken yet.
#[derive(Default)]
pub(super) struct Told {
    /// What dialogs did.
    pub(super) steps: VecDeque<(ContactId, BotStep)>,
    /// Callers who became leads.
    pub(super) leads: Vec<FoundLead>,
    /// Tickets that calls opened.
    tickets: Vec<(ContactId, FoundTicket)>,
}

impl CentreSink for Listening<'_> {
    fn acted(&mut self, _at_ms: i64, action: FloorAction) {
        self.actions.push(action);
    }

    fn dialog(&mut self, contact: ContactId, step: DialogStep<'_>) {
        self.told.steps.extend(BotStep::of(step.dialog, step.what).map(|step| (contact, step)));
    }

    fn lead(&mut self, _contact: ContactId, lead: FoundLead) {
        self.told.leads.push(lead);
    }

    fn ticket(&mut self, contact: ContactId, ticket: FoundTicket) {
        self.told.tickets.push((contact, ticket));
    }

    fn decided(&mut self, contact: ContactId, decision: Decision<'_>) {
        if let (What::Transfer { queue, .. }, None) = (decision.what, decision.act) {
            self.told.steps.push_back((contact, BotStep::Moved(queue)));
        }
        let What::Outputs(slots) = decision.what else { return };
        let Some(outputs) = self.outputs.get(decision.entry).filter(|_| contact == self.contact) else {
            return;
        };
        for (meaning, slot) in outputs.meanings.iter().zip(slots) {
            match meaning {
                Meaning::Queue if *slot != 0 => {
                    self.decided.queue = Some(*slot);
                    self.decided.score = outputs.score;
                }
                Meaning::Priority => self.decided.priority = f64::from_bits(*slot),
                Meaning::Queue | Meaning::Other => {}
            }
        }
    }
}

/// What an output of a route means to a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Queue,
    Priority,
    Other,
}

/// No contact: for events that are about none.
pub(super) const NOBODY: ContactId = ContactId(u64::MAX);

impl<'a> Listening<'a> {
    pub(super) fn to(
        contact: ContactId,
        outputs: &'a [Outputs],
        told: &'a mut Told,
        actions: &'a mut Vec<FloorAction>,
    ) -> Self {
        Self { outputs, contact, decided: Decided::default(), told, actions }
    }
}

impl<'m> Reception<'m> {
    pub(super) fn new(core: &'m Core, centre: &'m model::Centre<'m>, seeds: Seeds) -> Self {
        let manifest = core.manifest();
        let outputs = manifest.entries.iter().map(|entry| outputs_of(manifest, &entry.kind));
        let intents = manifest.vocabularies.iter().find(|one| one.kind == VocabularyKind::Intent);
        Self {
            outputs: outputs.collect(),
            detector: centre.scenario.detector.clone(),
            intents: intents.map(|one| one.words.as_slice()).unwrap_or_default(),
            sources: CallerSources::new(&centre.reliability, seeds),
            told: Told::default(),
            known: HashMap::new(),
            gone: Vec::new(),
            id: String::new(),
        }
    }

    pub(super) fn pass(
        &mut self,
        centre: &mut Centre,
        now_ms: i64,
        event: CentreEvent<'_>,
        contact: ContactId,
        actions: &mut Vec<FloorAction>,
    ) -> Decided {
        let mut sink = Listening::to(contact, &self.outputs, &mut self.told, actions);
        centre.handle(now_ms, event, &mut self.sources, &mut sink);
        sink.decided
    }

    /// Whether a dialog began for a contact that has just come.
    pub(super) fn met(&self, contact: ContactId) -> bool {
        began(&self.told.steps, contact)
    }

    /// What of an answer is heard becomes events: words first, then what they mean, unless something follows the words
    /// already.
    pub(super) fn listen(
        &mut self,
        centre: &mut Centre,
        now_ms: i64,
        contact: ContactId,
        heard: Heard<'_>,
        since_start_ms: i64,
        actions: &mut Vec<FloorAction>,
    ) -> Decided {
        let call = |event| CentreEvent::Call(contact, event);
        match heard {
            Heard::Nothing => Decided::default(),
            Heard::Key(key) => self.pass(centre, now_ms, call(Event::Key(key)), contact, actions),
            Heard::Words(text, intent) => {
                let start_ms = since_start_ms.saturating_sub(spoken_ms(text)).max(0);
                let turn =
                    Turn { party: Party::Customer, start_ms, end_ms: since_start_ms, text, estimated: true };
                let before = self.told.steps.len();
                let decided = self.pass(centre, now_ms, call(Event::Turn(turn)), contact, actions);
                match intent.filter(|_| self.told.steps.len() == before) {
                    Some(intent) => {
                        let later = self.pass(centre, now_ms, call(Event::Intent(intent)), contact, actions);
                        if later.queue.is_some() { later } else { decided }
                    }
                    None => decided,
                }
            }
        }
    }

    /// A call starts, and its intent is recognised.
    pub(super) fn receive(
        &mut self,
        centre: &mut Centre,
        now_ms: i64,
        contact: ContactId,
        caller: &Caller<'m>,
        seeds: Seeds,
        actions: &mut Vec<FloorAction>,
    ) -> Decided {
        let heard = caller.intent.and_then(|intent| self.heard(&intent.word, caller, seeds));
        self.know(centre, contact, caller);
        let Self { outputs, sources, told, id, .. } = self;
        let start = start_of(id, now_ms, caller);
        let mut sink = Listening::to(contact, outputs, told, actions);
        centre.handle(now_ms, CentreEvent::Call(contact, Event::Start(start)), sources, &mut sink);
        // A dialog that begins hears the intent from the caller.
        if let Some(intent) = heard.filter(|_| !began(&sink.told.steps, contact)) {
            centre.handle(now_ms, CentreEvent::Call(contact, Event::Intent(intent)), sources, &mut sink);
            sink.decided.recognised = Some(caller.intent.is_some_and(|own| own.word == intent));
        }
        // What other calls ask later is not about this caller.
        sources.forget();
        sink.decided
    }

    /// A customer who was promised a call has picked up: the agent hears what the caller wants.
    pub(super) fn called_back(
        &mut self,
        centre: &mut Centre,
        now_ms: i64,
        (contact, caller): (ContactId, &Caller<'m>),
        actions: &mut Vec<FloorAction>,
    ) {
        self.know(centre, contact, caller);
        let Self { outputs, sources, told, id, .. } = self;
        let start = start_of(id, now_ms, caller);
        let start = CallStart { from: start.to, to: start.from, ..start };
        let intent = caller.intent.map(|intent| intent.word.as_str());
        let mut sink = Listening::to(NOBODY, outputs, told, actions);
        centre.called_back(now_ms, contact, (start, intent), (&mut *sources, &mut sink));
        sources.forget();
    }

    /// Somebody whom a campaign called has answered.
    pub(super) fn answered(
        &mut self,
        centre: &mut Centre,
        now_ms: i64,
        (contact, caller): (ContactId, &Caller<'m>),
        (start, dialog): (CallStart<'_>, u32),
        tell: &mut dyn FnMut(&mut Call),
        actions: &mut Vec<FloorAction>,
    ) {
        self.know(centre, contact, caller);
        let Self { outputs, sources, told, id, .. } = self;
        let start = CallStart { id: name(id, caller), ..start };
        let mut sink = Listening::to(NOBODY, outputs, told, actions);
        centre.answered(now_ms, contact, (start, dialog), tell, (&mut *sources, &mut sink));
        sources.forget();
    }

    /// From now on sources answer about this caller, and what the contact leaves is the caller's.
    fn know(&mut self, centre: &Centre, contact: ContactId, caller: &Caller<'m>) {
        self.sources.know(caller);
        if centre.has_tickets() {
            self.known.insert(contact, (caller.clone(), None));
        }
    }

    /// An agent talks with a contact.
    pub(super) fn talks(&mut self, contact: ContactId, agent: u32) {
        self.known.get_mut(&contact).into_iter().for_each(|known| known.1 = Some(agent));
    }

    /// A call is over.
    pub(super) fn end(
        &mut self,
        centre: &mut Centre,
        now_ms: i64,
        contact: ContactId,
        actions: &mut Vec<FloorAction>,
    ) {
        if let Some((caller, _)) = self.known.get(&contact) {
            self.sources.know(caller);
            self.gone.push(contact);
        }
        self.pass(centre, now_ms, CentreEvent::Call(contact, Event::End), NOBODY, actions);
        self.sources.forget();
    }

    /// The tickets that calls opened since the last time.
    pub(super) fn take_tickets(&mut self) -> Vec<Opened<'m>> {
        let found = std::mem::take(&mut self.told.tickets).into_iter();
        let opened = found.filter_map(|(contact, found)| {
            let (caller, agent) = self.known.get(&contact)?.clone();
            Some(Opened { caller, agent, found })
        });
        let opened = opened.collect();
        for contact in self.gone.drain(..) {
            self.known.remove(&contact);
        }
        opened
    }

    /// What the detector makes of the caller's intent: the right word, another one, or nothing.
    fn heard<'w>(&self, intent: &'w str, caller: &Caller<'m>, seeds: Seeds) -> Option<&'w str>
    where
        'm: 'w,
    {
        if self.detector.intent_known >= 1.0 && self.detector.intent_right >= 1.0 {
            return Some(intent);
        }
        let mut draws = seeds.draws(Purpose::Detection, caller.stream, caller.number);
        let shares = [draws.share(), draws.share(), draws.share()];
        self.detector.intent(intent, self.intents, shares)
    }
}

/// The name of a call.
fn name<'i>(id: &'i mut String, caller: &Caller<'_>) -> &'i str {
    id.clear();
    // Writing to a text cannot fail.
    _ = write!(id, "{}-{}", caller.stream, caller.number);
    id
}

/// The start of a call that comes in.
fn start_of<'i>(id: &'i mut String, now_ms: i64, caller: &Caller<'i>) -> CallStart<'i> {
    let word = |fact: Option<&'i FactValue>| fact.map_or("", |value| value.word.as_str());
    CallStart {
        id: name(id, caller),
        clock_ms: now_ms,
        from: caller.from.map_or("+990000000000", |value| value.word.as_str()),
        to: word(caller.to),
        outbound: false,
        channel: "phone",
        language: word(caller.language),
    }
}

/// Whether a dialog began for a contact.
fn began(steps: &VecDeque<(ContactId, BotStep)>, contact: ContactId) -> bool {
    steps.contains(&(contact, BotStep::Began))
}

fn outputs_of(manifest: &Manifest, kind: &EntryKind) -> Outputs {
    let EntryKind::Route { outputs, prefer } = kind else {
        return Outputs { meanings: Vec::new(), score: None };
    };
    let is_queue = |ty: Type| match ty {
        Type::Word(at) => manifest
            .vocabularies
            .get(at as usize)
            .is_some_and(|vocabulary| vocabulary.kind == VocabularyKind::Queue),
        _ => false,
    };
    let meaning = |output: &tandem_stdlib::contract::Output| {
        if output.name == "queue" && is_queue(output.ty) {
            Meaning::Queue
        } else if output.name == "priority" && output.ty == Type::Number {
            Meaning::Priority
        } else {
            Meaning::Other
        }
    };
    Outputs { meanings: outputs.iter().map(meaning).collect(), score: *prefer }
}
