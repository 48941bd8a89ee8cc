//! A small policy for tests whose entries are closures.

use std::sync::Arc;

use tandem_stdlib::contract::{
    Action, Artefact, Bounds, CallFact, Entry, EntryKind, Evaluator, Explain, FactSource, FactSpec, FollowUp,
    Group, GroupMember, Manifest, Outcome, OutcomeTrace, Output, Place, QaItem, QaWeight, Reason, Slot,
    Status, Trigger, Type, Vocabulary, VocabularyKind,
};

use crate::{Core, Decision, Incident, QaResult, Sink, What};

pub(crate) type Body = Box<dyn Fn(&[Slot], &mut [Slot], &mut [Slot]) -> Status + Send + Sync>;

struct Bodies {
    bodies: Arc<Vec<Body>>,
    /// Whether entries can run in groups, and the slots of state and answer of each entry.
    groups: Option<Vec<(usize, usize)>>,
}

impl Evaluator for Bodies {
    fn run(&self, entry: usize, facts: &[Slot], state: &mut [Slot], answer: &mut [Slot]) -> Status {
        self.bodies.get(entry).map_or(Status::Mismatch, |body| body(facts, state, answer))
    }

    fn group(&self, members: &[GroupMember]) -> Option<Arc<dyn Group>> {
        let slots = self.groups.as_ref()?;
        let members = members.iter().map(|member| (*member, slots[member.entry])).collect();
        Some(Arc::new(Together { bodies: Arc::clone(&self.bodies), members }))
    }
}

/// Entries that run in a group.
struct Together {
    bodies: Arc<Vec<Body>>,
    members: Vec<(GroupMember, (usize, usize))>,
}

impl Group for Together {
    fn run(&self, facts: &[Slot], states: &mut [Slot], answers: &mut [Slot]) -> Option<u64> {
        let mut overflowed = 0;
        for (place, (member, slots)) in self.members.iter().enumerate() {
            let state = &mut states[member.state..member.state + slots.0];
            let answer = &mut answers[member.answer..member.answer + slots.1];
            let status = (self.bodies[member.entry])(facts, state, answer);
            overflowed |= u64::from(status != Status::Done) << place;
        }
        Some(overflowed)
    }
}

struct NoAccount;

impl Explain for NoAccount {
    fn explain(&self, _entry: usize, _facts: &[Slot], _state: &[Slot]) -> Vec<OutcomeTrace> {
        Vec::new()
    }
}

/// A policy in the making. The vocabularies are 0 `intent`, 1 `queue`, 2 `role`, 3 `hours`, 4 `language`.
pub(crate) struct Policy {
    pub(crate) manifest: Manifest,
    bodies: Vec<Body>,
}

impl Policy {
    pub(crate) fn new() -> Self {
        let words = |name: &str, kind, words: &[&str]| Vocabulary {
            name: name.to_owned(),
            kind,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
        };
        let vocabularies = vec![
            words("intent", VocabularyKind::Intent, &["lost_card", "complaint"]),
            words("queue", VocabularyKind::Queue, &["general", "complaints"]),
            words("role", VocabularyKind::Role, &["supervisor"]),
            words("hours", VocabularyKind::Enum, &["open", "closed"]),
            words("language", VocabularyKind::Enum, &["en", "zh"]),
        ];
        let mut policy =
            Self { manifest: Manifest { vocabularies, ..Manifest::default() }, bodies: Vec::new() };
        policy.fact(FactSource::Call(CallFact::Elapsed), Type::Duration);
        policy
    }

    /// Adds a fact and gives its slot.
    pub(crate) fn fact(&mut self, source: FactSource, ty: Type) -> usize {
        self.manifest.facts.push(FactSpec { name: format!("{source:?}"), ty, source });
        self.manifest.facts.len() - 1
    }

    fn entry(&mut self, name: &str, kind: EntryKind, triggers: &[Trigger], slots: (u32, u32), body: Body) {
        let outcome = |label: &str| Outcome {
            label: label.to_owned(),
            because: format!("because of {label}"),
            place: Place::default(),
        };
        self.manifest.entries.push(Entry {
            effective: Default::default(),
            name: name.to_owned(),
            kind,
            triggers: triggers.to_vec(),
            outcomes: vec![outcome("row 1"), outcome("row 2")],
            state_slots: slots.0,
            answer_slots: slots.1,
            place: Place::default(),
        });
        self.bodies.push(body);
    }

    /// A route with one output of `queue`; the body gives (queue, outcome), or nothing.
    pub(crate) fn route(
        &mut self,
        name: &str,
        triggers: &[Trigger],
        body: impl Fn(&[Slot]) -> Option<(Slot, u64)> + Send + Sync + 'static,
    ) {
        let outputs = vec![Output { name: "queue".to_owned(), ty: Type::Word(1) }];
        let body: Body = Box::new(move |facts, _, answer| {
            let (queue, outcome) = body(facts).unwrap_or((0, u64::MAX));
            answer[0] = queue;
            answer[1] = outcome;
            answer[2] = if outcome < 64 { 1 << outcome } else { 0 };
            Status::Done
        });
        self.entry(name, EntryKind::Route { prefer: None, outputs }, triggers, (0, 3), body);
    }

    /// A route that gives a queue and a priority.
    pub(crate) fn route_by_priority(
        &mut self,
        name: &str,
        triggers: &[Trigger],
        body: impl Fn(&[Slot]) -> (Slot, f64) + Send + Sync + 'static,
    ) {
        let output = |name: &str, ty| Output { name: name.to_owned(), ty };
        let outputs = vec![output("queue", Type::Word(1)), output("priority", Type::Number)];
        let body: Body = Box::new(move |facts, _, answer| {
            let (queue, priority) = body(facts);
            answer.copy_from_slice(&[queue, priority.to_bits(), 0, 1]);
            Status::Done
        });
        self.entry(name, EntryKind::Route { prefer: None, outputs }, triggers, (0, 4), body);
    }

    /// An entry that gives an agent a score.
    pub(crate) fn score(&mut self, name: &str, body: impl Fn(&[Slot]) -> f64 + Send + Sync + 'static) {
        let outputs = vec![Output { name: "score".to_owned(), ty: Type::Number }];
        let body: Body = Box::new(move |facts, _, answer| {
            answer.copy_from_slice(&[body(facts).to_bits(), 0, 1]);
            Status::Done
        });
        self.entry(name, EntryKind::Route { prefer: None, outputs }, &[], (0, 3), body);
    }

    /// A watch that sends the call to a queue whenever it runs.
    pub(crate) fn transfer_at(&mut self, name: &str, triggers: &[Trigger], queue: Slot) {
        self.watch(name, triggers, |_, _| (1, i64::MAX));
        if let Some(Entry { kind: EntryKind::Watch { action, follow_up, .. }, .. }) =
            self.manifest.entries.last_mut()
        {
            (*action, *follow_up) = (Action::Transfer(queue), None);
        }
    }

    /// A watch that alerts `supervisor` and then transfers to `complaints` after 20 s. The body gets facts, state
    /// and gives (what, wake).
    pub(crate) fn watch(
        &mut self,
        name: &str,
        triggers: &[Trigger],
        body: impl Fn(&[Slot], &mut [Slot]) -> (Slot, i64) + Send + Sync + 'static,
    ) {
        let kind = EntryKind::Watch {
            action: Action::Alert(1),
            because: "customer distressed".to_owned(),
            follow_up: Some(FollowUp { action: Action::Transfer(2), within_ms: 20_000 }),
            clears: false,
            bounds: Bounds::default(),
        };
        let body: Body = Box::new(move |facts, state, answer| {
            let (what, wake_ms) = body(facts, state);
            answer[0] = what;
            answer[1] = wake_ms.cast_unsigned();
            answer[2] = Slot::from(what == 1) << 1;
            Status::Done
        });
        self.entry(name, kind, triggers, (2, 3), body);
    }

    /// A quality check of one item; the body gives (verdict, evidence, wake).
    pub(crate) fn qa(
        &mut self,
        name: &str,
        triggers: &[Trigger],
        body: impl Fn(&[Slot]) -> (Slot, i64, i64) + Send + Sync + 'static,
    ) {
        let reason = Reason { because: String::new(), place: Place::default() };
        let items = vec![QaItem { label: "agent must say".to_owned(), weight: QaWeight::Fail, reason }];
        let body: Body = Box::new(move |facts, _, answer| {
            let (verdict, evidence, wake_ms) = body(facts);
            answer.copy_from_slice(&[verdict, evidence.cast_unsigned(), wake_ms.cast_unsigned(), 0]);
            Status::Done
        });
        self.entry(name, EntryKind::Qa { items, pass_share: 0.8 }, triggers, (0, 4), body);
    }

    /// A route at the start whose body ends with a status.
    pub(crate) fn broken(&mut self, name: &str, status: Status) {
        self.broken_at(name, Trigger::Start, status);
    }

    /// A route whose body ends with a status.
    pub(crate) fn broken_at(&mut self, name: &str, trigger: Trigger, status: Status) {
        let outputs = vec![Output { name: "queue".to_owned(), ty: Type::Word(1) }];
        self.entry(
            name,
            EntryKind::Route { prefer: None, outputs },
            &[trigger],
            (0, 3),
            Box::new(move |_, _, _| status),
        );
    }

    pub(crate) fn core(self) -> Core {
        self.core_with(false)
    }

    /// The policy with an evaluator that runs entries in groups.
    pub(crate) fn core_with_groups(self) -> Core {
        self.core_with(true)
    }

    fn core_with(self, groups: bool) -> Core {
        let slots = |entry: &Entry| (entry.state_slots as usize, entry.answer_slots as usize);
        let groups = groups.then(|| self.manifest.entries.iter().map(slots).collect());
        let evaluator = Arc::new(Bodies { bodies: Arc::new(self.bodies), groups });
        Core::new(Artefact { manifest: Arc::new(self.manifest), evaluator, explain: Arc::new(NoAccount) })
            .unwrap()
    }
}

/// Everything that came out of a call, as lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines(pub(crate) Vec<String>);

impl Sink for Lines {
    fn decided(&mut self, decision: Decision<'_>) {
        let what = match decision.what {
            What::Outputs(slots) => format!("{slots:?}{}", if decision.changed { "" } else { " again" }),
            What::Alert { role, .. } => format!("alert {role}"),
            What::Transfer { queue, follow_up } => format!("transfer {queue} {follow_up}"),
            What::Card { text, role, .. } => format!("card {text} {role}"),
            What::Mode(mode) => format!("mode {mode}"),
            What::Handler { dialog, block } => format!("handler {dialog} {block}"),
            What::Noticed => "noticed".to_owned(),
            What::Cleared => "clear".to_owned(),
        };
        self.0.push(format!("{} #{} {what}", decision.at_ms, decision.entry));
    }

    fn judged(&mut self, result: QaResult) {
        let QaResult { at_ms, entry, item, verdict, evidence_ms } = result;
        self.0.push(format!("{at_ms} #{entry} item {item} {verdict:?} at {evidence_ms}"));
    }

    fn incident(&mut self, incident: Incident) {
        self.0.push(format!("{} {:?} {:?}", incident.at_ms, incident.entry, incident.kind));
    }
}
