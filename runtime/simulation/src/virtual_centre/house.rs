//! The house that callers come to: the centre's core with its policy, or a floor alone when there is none.

use std::fmt::Write as _;

use tandem_centre::floor::{ContactId, Floor, FloorAction, FloorEvent, Offer};
use tandem_centre::{
    Answer, ArgumentValue, Centre, CentreEvent, CentrePlan, CentreSink, Core, Decision, Sources, What,
};
use tandem_stdlib::contract::{CallStart, EntryKind, EntryRef, Event, Manifest, Slot, Type, VocabularyKind};

use super::caller::Caller;
use super::model;
use crate::chance::{Purpose, Seeds};
use crate::scenario::Detector;
use crate::value::Cell;

/// Where a call goes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Decided {
    /// Slot value of `queue`; `None`: no route decided.
    pub(super) queue: Option<Slot>,
    pub(super) priority: f64,
    /// How the route prefers agents.
    pub(super) score: Option<EntryRef>,
}

/// What an output of a route means to a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Queue,
    Priority,
    Other,
}

/// What takes events and wants things done.
pub(super) enum House<'m> {
    /// A floor without a policy.
    Floor(Box<Floor>),
    /// The core that also runs live.
    Centre(Box<Centre>, Box<Reception<'m>>),
}

/// What the world knows of callers, as the policy gets it.
pub(super) struct Reception<'m> {
    outputs: Vec<Outputs>,
    detector: Detector,
    /// All words of `intent`.
    intents: &'m [String],
    sources: CallerSources<'m>,
    /// The call's name, written anew for each.
    id: String,
}

/// What a route's outputs mean, and its preference among agents.
struct Outputs {
    meanings: Vec<Meaning>,
    score: Option<EntryRef>,
}

/// Answers sources with what is known of the caller.
#[derive(Default)]
struct CallerSources<'m> {
    known: Vec<&'m (usize, usize, Cell)>,
}

impl Sources for CallerSources<'_> {
    fn answer(&mut self, source: usize, _arguments: &[ArgumentValue<'_>], answer: &mut Answer) -> bool {
        let mut known = false;
        for (_, field, cell) in self.known.iter().filter(|(of, ..)| *of == source) {
            known = true;
            match cell {
                Cell::Slot(slot) => answer.set(*field, *slot),
                Cell::Text(text) => answer.set_text(*field, text),
            }
        }
        known
    }
}

struct Listening<'a> {
    outputs: &'a [Outputs],
    contact: ContactId,
    decided: Decided,
    actions: &'a mut Vec<FloorAction>,
}

impl CentreSink for Listening<'_> {
    fn acted(&mut self, _at_ms: i64, action: FloorAction) {
        self.actions.push(action);
    }

    fn decided(&mut self, contact: ContactId, decision: Decision<'_>) {
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

/// No contact: for events that are about none.
const NOBODY: ContactId = ContactId(u64::MAX);

impl<'m> House<'m> {
    pub(super) fn new(centre: &'m model::Centre<'m>) -> Self {
        let Some(core) = centre.core else { return Self::Floor(Box::new(Floor::new(&centre.plan))) };
        let machines = (1..).zip(&centre.machines).filter(|(_, machine)| machine.is_some());
        let plan = CentrePlan {
            agents: centre.plan.agents.clone(),
            guards: centre.plan.guards,
            bots: machines.map(|(queue, _)| queue).collect(),
            sharing_channels: Vec::new(),
        };
        let reception = Reception::new(core, centre.scenario.detector.clone());
        Self::Centre(Box::new(Centre::new(core.clone(), plan)), Box::new(reception))
    }

    /// The floor, to be looked at.
    pub(super) const fn floor(&self) -> &Floor {
        match self {
            Self::Floor(floor) => floor,
            Self::Centre(centre, _) => centre.floor(),
        }
    }

    /// When it next has something to do of its own.
    pub(super) fn wake_at(&self) -> Option<i64> {
        match self {
            Self::Floor(floor) => floor.wake_at(),
            Self::Centre(centre, _) => centre.wake_at(),
        }
    }

    pub(super) fn wake(&mut self, now_ms: i64, actions: &mut Vec<FloorAction>) {
        match self {
            Self::Floor(floor) => floor.wake(now_ms, actions),
            Self::Centre(centre, reception) => {
                let Reception { outputs, sources, .. } = reception.as_mut();
                centre.wake(now_ms, sources, &mut Listening::to(NOBODY, outputs, actions));
            }
        }
    }

    pub(super) fn tell(&mut self, now_ms: i64, event: FloorEvent, actions: &mut Vec<FloorAction>) {
        match self {
            Self::Floor(floor) => floor.handle(now_ms, event, actions),
            Self::Centre(centre, reception) => {
                reception.pass(centre, now_ms, CentreEvent::Floor(event), NOBODY, actions);
            }
        }
    }

    /// A contact is over.
    pub(super) fn end(&mut self, now_ms: i64, contact: ContactId, actions: &mut Vec<FloorAction>) {
        match self {
            Self::Floor(floor) => floor.handle(now_ms, FloorEvent::Ended(contact), actions),
            Self::Centre(centre, reception) => {
                reception.pass(centre, now_ms, CentreEvent::Call(contact, Event::End), NOBODY, actions);
            }
        }
    }

    /// The floor has let go of a contact: nothing is left but its call.
    pub(super) fn forget(&mut self, now_ms: i64, contact: ContactId, actions: &mut Vec<FloorAction>) {
        if matches!(self, Self::Centre(..)) {
            self.end(now_ms, contact, actions);
        }
    }

    /// A caller comes: the policy decides, as it would live; without a policy, `plain` says where.
    pub(super) fn begin(
        &mut self,
        now_ms: i64,
        contact: ContactId,
        caller: &Caller<'m>,
        seeds: Seeds,
        plain: Decided,
        actions: &mut Vec<FloorAction>,
    ) -> Decided {
        match self {
            Self::Floor(_) => plain,
            Self::Centre(centre, reception) => {
                reception.receive(centre, now_ms, contact, caller, seeds, actions)
            }
        }
    }

    /// Whether a contact is in the floor's hands: a policy may send a caller to agents first and think of a machine later.
    pub(super) fn has(&self, contact: ContactId) -> bool {
        matches!(self, Self::Centre(centre, _) if centre.floor().whereabouts(contact).is_some())
    }

    /// A contact that a machine sends on, or one without a policy, asks for a queue of agents.
    pub(super) fn offer(
        &mut self,
        now_ms: i64,
        contact: ContactId,
        queue: Slot,
        decided: &Decided,
        actions: &mut Vec<FloorAction>,
    ) {
        let Decided { priority, score, .. } = *decided;
        let offer = Offer { priority, score, ..Offer::new(contact, queue) };
        self.tell(now_ms, FloorEvent::Offer(Box::new(offer)), actions);
    }
}

impl<'a> Listening<'a> {
    fn to(contact: ContactId, outputs: &'a [Outputs], actions: &'a mut Vec<FloorAction>) -> Self {
        Self { outputs, contact, decided: Decided::default(), actions }
    }
}

impl<'m> Reception<'m> {
    fn new(core: &'m Core, detector: Detector) -> Self {
        let manifest = core.manifest();
        let outputs = manifest.entries.iter().map(|entry| outputs_of(manifest, &entry.kind));
        let intents = manifest.vocabularies.iter().find(|one| one.kind == VocabularyKind::Intent);
        Self {
            outputs: outputs.collect(),
            detector,
            intents: intents.map(|one| one.words.as_slice()).unwrap_or_default(),
            sources: CallerSources::default(),
            id: String::new(),
        }
    }

    fn pass(
        &mut self,
        centre: &mut Centre,
        now_ms: i64,
        event: CentreEvent<'_>,
        contact: ContactId,
        actions: &mut Vec<FloorAction>,
    ) -> Decided {
        let mut sink = Listening::to(contact, &self.outputs, actions);
        centre.handle(now_ms, event, &mut self.sources, &mut sink);
        sink.decided
    }

    /// A call starts, and its intent is recognised.
    fn receive(
        &mut self,
        centre: &mut Centre,
        now_ms: i64,
        contact: ContactId,
        caller: &Caller<'m>,
        seeds: Seeds,
        actions: &mut Vec<FloorAction>,
    ) -> Decided {
        let heard = caller.intent.and_then(|intent| self.heard(&intent.word, caller, seeds));
        let Self { outputs, sources, id, .. } = self;
        id.clear();
        // Writing to a text cannot fail.
        _ = write!(id, "{}-{}", caller.stream, caller.number);
        sources.known.clear();
        sources.known.extend(caller.fields.iter().flat_map(|value| &value.answers));
        let word = |fact: Option<&'m super::caller::FactValue>| fact.map_or("", |value| value.word.as_str());
        let start = CallStart {
            id,
            clock_ms: now_ms,
            from: caller.from.map_or("+990000000000", |value| value.word.as_str()),
            to: word(caller.to),
            outbound: false,
            channel: "phone",
            language: word(caller.language),
        };
        let mut sink = Listening::to(contact, outputs, actions);
        centre.handle(now_ms, CentreEvent::Call(contact, Event::Start(start)), sources, &mut sink);
        if let Some(intent) = heard {
            centre.handle(now_ms, CentreEvent::Call(contact, Event::Intent(intent)), sources, &mut sink);
        }
        // What other calls ask later is not about this caller.
        sources.known.clear();
        sink.decided
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
        let (known, right, which) = (draws.share(), draws.share(), draws.share());
        if known > self.detector.intent_known {
            return None;
        }
        if right <= self.detector.intent_right {
            return Some(intent);
        }
        let others = self.intents.iter().filter(|word| *word != intent);
        let place = (which * others.clone().count() as f64).ceil() as usize;
        others.map(String::as_str).nth(place.saturating_sub(1))
    }
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
