//! Whatever happens in whatever order: each contact has one owner, none is lost, nobody is stuck, the same comes out
//! again. The invariants are checked after every step.

use std::collections::BTreeSet;

use proptest::prelude::*;
use tandem_stdlib::contract::{Prefer, QueueCap, QueueSpec, WaitingAction};

use super::stage::*;
use crate::floor::{
    AgentId, AgentPlan, AgentState, ContactId, Floor, FloorAction, FloorEvent, FloorPlan, Forced, Guards,
    Ignored, Offer, Target,
};

/// Queues with everything that a policy can say of them.
fn queues() -> Vec<QueueSpec> {
    let relaxing = vec![
        after(1_000, WaitingAction::AcceptLevels { low: 1, high: 5 }),
        after(2_000, WaitingAction::OfferCallback),
        after(3_000, WaitingAction::Also(3)),
        after(9_000, WaitingAction::AnnounceWait),
        after(60_000, WaitingAction::Overflow(2)),
    ];
    let ending = vec![
        after(500, WaitingAction::AcceptSkill(2)),
        after(4_000, WaitingAction::Priority(7.0)),
        after(90_000, WaitingAction::HangUp),
    ];
    let looping = vec![after(0, WaitingAction::Also(1)), after(7_000, WaitingAction::Overflow(1))];
    let cap = |waiting, overflow| Some(QueueCap { waiting, overflow });
    vec![
        QueueSpec { while_waiting: relaxing, ageing: Some((1.0, 60_000)), ..needing("a", 1, 3, 5) },
        QueueSpec {
            while_waiting: ending,
            cap: cap(3, Some(3)),
            prefer: Prefer::MostSkilled,
            ..needing("b", 1, 1, 5)
        },
        QueueSpec { while_waiting: looping, cap: cap(4, None), prefer: Prefer::RoundRobin, ..queue("c") },
        QueueSpec { prefer: Prefer::OwnerFirst, wrap_up_ms: None, ..needing("d", 2, 1, 5) },
        QueueSpec { prefer: Prefer::Weighted, ageing: Some((2.0, 60_000)), ..queue("e") },
        QueueSpec { prefer: Prefer::LeastOccupied, ..needing("f", 1, 1, 5) },
        QueueSpec { prefer: Prefer::LeastSkilled, wrap_up_ms: Some(20_000), ..needing("g", 1, 2, 5) },
    ]
}

pub(super) fn plan() -> FloorPlan {
    let chatting = AgentPlan { capacity: 3, ..agent(&[(1, 2)]) };
    let automatic = AgentPlan { auto_answer: true, ..agent(&[(2, 5)]) };
    let agents = vec![agent(&[(1, 5), (2, 1)]), agent(&[(1, 4)]), chatting, automatic, agent(&[])];
    FloorPlan { queues: queues(), agents, guards: Guards { talk_ms: 300_000, ..Guards::default() } }
}

fn agent_id() -> impl Strategy<Value = AgentId> {
    prop_oneof![20 => 0..5_u32, 1 => any::<u32>()].prop_map(AgentId)
}

fn contact_id() -> impl Strategy<Value = ContactId> {
    prop_oneof![20 => 0..12_u64, 1 => any::<u64>()].prop_map(ContactId)
}

fn queue_slot() -> impl Strategy<Value = u64> {
    prop_oneof![20 => 1..8_u64, 1 => Just(0), 1 => any::<u64>()]
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        queue_slot().prop_map(Target::Queue),
        (agent_id(), queue_slot()).prop_map(|(agent, queue)| Target::Agent(agent, queue)),
    ]
}

fn offer() -> impl Strategy<Value = FloorEvent> {
    let priority = prop_oneof![4 => 0.0..9.0_f64, 1 => any::<f64>()];
    let waited_ms = prop_oneof![4 => Just(0), 1 => any::<i64>()];
    let own = prop_oneof![4 => Just(None), 1 => (1..3_u64, 1..5_u8).prop_map(|(skill, low)| Some(vec![need(skill, low, 5)]))];
    let owner = proptest::option::of(agent_id());
    (contact_id(), queue_slot(), priority, waited_ms, own, owner, any::<(bool, bool)>()).prop_map(
        |(contact, queue, priority, waited_ms, needs, owner, (shares, insists))| {
            let own = Offer { needs, owner, ..Offer::new(contact, queue) };
            let offer = Offer { priority, waited_ms, shares, insists, ..own };
            FloorEvent::Offer(Box::new(offer))
        },
    )
}

fn agent_event() -> impl Strategy<Value = FloorEvent> {
    let forced =
        prop_oneof![Just(Forced::Ready), any::<u16>().prop_map(Forced::NotReady), Just(Forced::LoggedOut)];
    let shift_ends_ms = proptest::option::of(0..2_000_000_i64);
    prop_oneof![
        3 => (agent_id(), shift_ends_ms).prop_map(|(agent, shift_ends_ms)| FloorEvent::LogIn { agent, shift_ends_ms }),
        6 => agent_id().prop_map(FloorEvent::Ready),
        1 => agent_id().prop_map(FloorEvent::LogOut),
        1 => (agent_id(), any::<u16>()).prop_map(|(agent, reason)| FloorEvent::NotReady { agent, reason }),
        2 => agent_id().prop_map(FloorEvent::WrapUpDone),
        1 => (agent_id(), forced).prop_map(|(agent, to)| FloorEvent::Force { agent, to }),
        1 => agent_id().prop_map(FloorEvent::PhoneFailed),
        1 => (agent_id(), prop::collection::vec((1..4_u64, 1..6_u8), 0..3))
            .prop_map(|(agent, skills)| FloorEvent::Skills { agent, skills }),
    ]
}

fn contact_event() -> impl Strategy<Value = FloorEvent> {
    let at_ms =
        prop_oneof![2 => Just(None), 1 => (0..900_000_i64).prop_map(Some), 1 => any::<i64>().prop_map(Some)];
    let asked = || (agent_id(), contact_id());
    prop_oneof![
        4 => contact_id().prop_map(FloorEvent::Ended),
        6 => asked().prop_map(|(agent, contact)| FloorEvent::Answered { agent, contact }),
        1 => asked().prop_map(|(agent, contact)| FloorEvent::Rejected { agent, contact }),
        1 => (contact_id(), any::<bool>()).prop_map(|(contact, on)| FloorEvent::Hold { contact, on }),
        1 => contact_id().prop_map(FloorEvent::Alive),
        2 => (contact_id(), queue_slot()).prop_map(|(contact, queue)| FloorEvent::Move { contact, queue }),
        1 => (contact_id(), any::<f64>()).prop_map(|(contact, priority)| FloorEvent::Prioritise { contact, priority }),
        2 => (contact_id(), at_ms).prop_map(|(contact, at_ms)| FloorEvent::CallbackAccepted { contact, at_ms }),
        2 => contact_id().prop_map(FloorEvent::CallbackReached),
        1 => contact_id().prop_map(FloorEvent::CallbackMissed),
        2 => (contact_id(), target()).prop_map(|(contact, to)| FloorEvent::Transfer { contact, to }),
        2 => (contact_id(), contact_id(), target()).prop_map(|(contact, leg, to)| FloorEvent::Consult { contact, leg, to }),
        1 => contact_id().prop_map(FloorEvent::CompleteConsult),
        1 => contact_id().prop_map(FloorEvent::CancelConsult),
    ]
}

/// What happens next: an event, or somebody does what the floor asks for.
#[derive(Clone, Debug)]
pub(super) enum Next {
    /// To anybody, there or not.
    Event(FloorEvent),
    /// To the agent or the contact of one of the last rings (so many before the last): what goes on is what changes.
    Aimed(FloorEvent, usize),
    /// The agent whose phone began to ring last answers.
    AnswerLast,
    /// The timers run.
    Wake,
}

impl Next {
    /// The event, after these rings; `None`: the timers run.
    pub(super) fn event(&self, rings: &[(AgentId, ContactId)]) -> Option<FloorEvent> {
        match self {
            Self::Event(event) => Some(event.clone()),
            Self::Aimed(event, back) => {
                let last = rings.iter().rev().nth(*back).or(rings.last());
                Some(last.map_or_else(|| event.clone(), |last| aimed(event.clone(), *last)))
            }
            Self::AnswerLast => {
                rings.last().map(|(agent, contact)| FloorEvent::Answered { agent: *agent, contact: *contact })
            }
            Self::Wake => None,
        }
    }
}

/// The event, about this agent and this contact.
fn aimed(mut event: FloorEvent, (last_agent, last_contact): (AgentId, ContactId)) -> FloorEvent {
    match &mut event {
        FloorEvent::LogOut(agent)
        | FloorEvent::Ready(agent)
        | FloorEvent::WrapUpDone(agent)
        | FloorEvent::PhoneFailed(agent)
        | FloorEvent::LogIn { agent, .. }
        | FloorEvent::NotReady { agent, .. }
        | FloorEvent::Force { agent, .. }
        | FloorEvent::Skills { agent, .. } => *agent = last_agent,
        FloorEvent::Answered { agent, contact } | FloorEvent::Rejected { agent, contact } => {
            (*agent, *contact) = (last_agent, last_contact);
        }
        FloorEvent::Ended(contact)
        | FloorEvent::Alive(contact)
        | FloorEvent::CallbackReached(contact)
        | FloorEvent::CallbackMissed(contact)
        | FloorEvent::CompleteConsult(contact)
        | FloorEvent::CancelConsult(contact)
        | FloorEvent::Move { contact, .. }
        | FloorEvent::Prioritise { contact, .. }
        | FloorEvent::Hold { contact, .. }
        | FloorEvent::CallbackAccepted { contact, .. }
        | FloorEvent::Transfer { contact, .. }
        | FloorEvent::Consult { contact, .. } => *contact = last_contact,
        FloorEvent::Offer(offer) => offer.contact = last_contact,
    }
    event
}

pub(super) fn next() -> impl Strategy<Value = Next> {
    let aimed = || prop_oneof![1 => agent_event(), 3 => contact_event()];
    prop_oneof![
        5 => offer().prop_map(Next::Event),
        5 => agent_event().prop_map(Next::Event),
        6 => contact_event().prop_map(Next::Event),
        4 => (aimed(), 0..3_usize).prop_map(|(event, back)| Next::Aimed(event, back)),
        5 => Just(Next::AnswerLast),
        3 => Just(Next::Wake),
    ]
}

/// Mostly small steps forward, sometimes backwards, sometimes far.
pub(super) fn gap() -> impl Strategy<Value = i64> {
    prop_oneof![12 => 0..3_000_i64, 3 => 0..40_000_i64, 1 => -5_000..0_i64, 1 => Just(40_000_000_i64)]
}

/// Contacts as the host sees them: what it has offered, less what has ended.
#[derive(Default)]
struct Host {
    open: BTreeSet<ContactId>,
    rings: Vec<(AgentId, ContactId)>,
}

impl Host {
    fn note(&mut self, event: Option<&FloorEvent>, actions: &[FloorAction]) {
        let ignored = actions.iter().any(|action| matches!(action, FloorAction::Ignored(_)));
        match event.filter(|_| !ignored) {
            Some(FloorEvent::Offer(offer)) => assert!(self.open.insert(offer.contact)),
            Some(FloorEvent::Consult { leg, .. }) => assert!(self.open.insert(*leg)),
            Some(FloorEvent::Ended(contact)) => assert!(self.open.remove(contact)),
            _ => {}
        }
        for action in actions {
            match action {
                FloorAction::Reject { contact, .. } | FloorAction::HangUp { contact, .. } => {
                    assert!(self.open.remove(contact), "{contact:?} ended twice");
                }
                FloorAction::Ring { agent, contact, .. } => self.rings.push((*agent, *contact)),
                _ => {}
            }
        }
    }
}

fn play(steps: &[(i64, Next)]) -> Vec<FloorAction> {
    let (mut floor, mut host, mut all, mut now_ms) =
        (Floor::new(&plan()), Host::default(), Vec::new(), 0_i64);
    for (gap_ms, next) in steps {
        now_ms = now_ms.saturating_add(*gap_ms);
        let event = next.event(&host.rings);
        let mut out = Vec::new();
        // What was due before the event, so that its actions are not taken for the event's.
        floor.wake(now_ms.saturating_sub(1), &mut out);
        host.note(None, &out);
        all.append(&mut out);
        match event.clone() {
            Some(event) => floor.handle(now_ms, event, &mut out),
            None => floor.wake(now_ms, &mut out),
        }
        super::invariants::check(&floor);
        host.note(event.as_ref(), &out);
        let census = floor.census();
        let here = census.waiting + census.asked + census.connected + census.parked;
        assert_eq!(here, host.open.len(), "no contact is lost, none is left over");
        all.extend(out);
    }
    everything_comes_to_an_end(&mut floor, &mut host, now_ms);
    all
}

/// Nobody does anything any more: all contacts end and all agents are logged out in the end.
fn everything_comes_to_an_end(floor: &mut Floor, host: &mut Host, mut now_ms: i64) {
    let mut wakes = 0;
    while let Some(at_ms) = floor.wake_at() {
        let mut out = Vec::new();
        now_ms = now_ms.max(at_ms);
        floor.wake(now_ms, &mut out);
        super::invariants::check(floor);
        host.note(None, &out);
        wakes += 1;
        assert!(wakes < 50_000, "the floor goes round in circles");
    }
    assert_eq!(host.open.len(), 0, "no contact stays for ever");
    assert!((0..5).all(|agent| floor.agent_state(AgentId(agent)) == Some(AgentState::LoggedOut)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_events_are_survived(steps in prop::collection::vec((gap(), next()), 0..120)) {
        let first = play(&steps);
        prop_assert_eq!(play(&steps), first);
    }

    #[test]
    fn extreme_times_are_survived(steps in prop::collection::vec((any::<i64>(), next()), 0..30)) {
        let mut floor = Floor::new(&plan());
        for (now_ms, next) in steps {
            let mut out = Vec::new();
            match next.event(&[]) {
                Some(event) => floor.handle(now_ms, event, &mut out),
                None => floor.wake(now_ms, &mut out),
            }
            super::invariants::check(&floor);
        }
    }

    /// One agent, always busy, and a stream of more important callers: whoever ages outranks, after the time that
    /// the difference of priorities takes, all who come later.
    #[test]
    fn with_ageing_nobody_starves(high in 1.0..40.0_f64, minute_points in 1..10_u32) {
        let ageing = Some((f64::from(minute_points), 60_000));
        let plans = vec![AgentPlan { auto_answer: true, ..AgentPlan::default() }];
        let mut stage = Stage::new(vec![QueueSpec { ageing, ..queue("general") }], plans);
        stage.sign_in(0);
        stage.offer(0, 1);
        stage.offer(1, 1);
        let (mut talking, mut served_ms) = (0, None);
        for contact in 2..10_000 {
            stage.offer_with(Offer { priority: high, ..Offer::new(ContactId(contact), 1) });
            stage.now_ms += 1_000;
            stage.end(talking);
            let connected = stage.actions.iter().find_map(|action| match action {
                FloorAction::Connect { contact, .. } => Some(contact.0),
                _ => None,
            });
            talking = connected.unwrap();
            if talking == 1 {
                served_ms = Some(stage.now_ms);
                break;
            }
        }
        let bound_ms = high / f64::from(minute_points) * 60_000.0 + 3_000.0;
        let served_ms = served_ms.unwrap();
        prop_assert!((served_ms as f64) <= bound_ms, "{served_ms} ms, at most {bound_ms}");
    }

    /// Agents of several kinds, callers of several queues: among those with the same requirement the order of arrival
    /// is the order of service.
    #[test]
    fn equal_priority_is_first_come_first_served(queues_of in prop::collection::vec(1..4_u64, 1..60), ends in prop::collection::vec(0..3_usize, 60)) {
        let queues = vec![needing("a", 1, 1, 5), needing("b", 2, 1, 5), queue("c")];
        let plans = [agent(&[(1, 1)]), agent(&[(2, 1)]), agent(&[(1, 1), (2, 1)])];
        let plans = plans.map(|plan| AgentPlan { auto_answer: true, ..plan });
        let mut stage = Stage::staffed(queues, plans.to_vec());
        let (mut served, mut talking) = (vec![Vec::new(); 4], Vec::new());
        let mut note = |actions: &[FloorAction], talking: &mut Vec<u64>| for action in actions {
            if let FloorAction::Connect { contact, queue, .. } = action {
                served[*queue as usize].push(contact.0);
                talking.push(contact.0);
            }
        };
        for (contact, (queue, end)) in (0..).zip(queues_of.iter().zip(&ends)) {
            note(stage.offer(contact, *queue), &mut talking);
            if *end < talking.len() {
                let over = talking.remove(*end);
                note(stage.end(over), &mut talking);
            }
        }
        prop_assert!(served.iter().all(|order| order.is_sorted()), "{served:?}");
    }
}

#[test]
fn a_refusal_says_what_is_wrong() {
    let said = Ignored::UnknownQueue(9).to_string();
    assert_eq!(said, "there is no queue with number 9, so the event was ignored");
}
