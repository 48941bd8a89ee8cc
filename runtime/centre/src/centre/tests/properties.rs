//! Whatever happens in calls and on the floor in whatever order: no panic, the same comes out again, and everything
//! comes to an end.

use proptest::prelude::*;
use tandem_stdlib::contract::{
    AgentFact, CallFact, CallStart, EntryKind, Event, FactSource, QueueFact, Slot, Trigger, Type,
    WaitingAction, WaitingStep,
};

use super::desk::{automatic, queue};
use crate::floor::{AgentId, AgentPlan, ContactId, FloorAction, FloorEvent, Guards, Target};
use crate::tests::policy::Policy;
use crate::{Centre, CentreEvent, CentrePlan, CentreSink, NoSources};

const START_MS: i64 = 1_767_603_590_000;

/// A policy that looks at queues, scores agents, watches waits and transfers.
fn centre() -> Centre {
    let mut policy = Policy::new();
    let idle = policy.fact(FactSource::Queue(2, QueueFact::IdleAgents), Type::Number);
    let longest = policy.fact(FactSource::Queue(0, QueueFact::LongestWait), Type::Duration);
    let intent = policy.fact(FactSource::Call(CallFact::Intent), Type::Word(0));
    let handled = policy.fact(FactSource::Agent(AgentFact::Handled), Type::Number);
    super::watching::with_peak(&mut policy);
    policy.route_by_priority("arrival", &[Trigger::Start, Trigger::Intent], move |facts| {
        (1 + Slot::from(facts[intent] == 2 || f64::from_bits(facts[idle]) > 0.5), facts[intent] as f64)
    });
    let route = policy.manifest.entries.len() - 1;
    policy.score("prefers", move |facts| -f64::from_bits(facts[handled]));
    if let EntryKind::Route { prefer, .. } = &mut policy.manifest.entries[route].kind {
        *prefer = u32::try_from(route + 1).ok();
    }
    policy.transfer_at("asks for a person", &[Trigger::Unresolved], 1);
    policy.watch("too long", &[Trigger::Centre, Trigger::Wake], move |facts, state| {
        state[0] = state[0].wrapping_add(1);
        (Slot::from(facts[longest] > 40_000), facts[0].cast_signed() + 30_000)
    });
    let step = |after_ms, action| WaitingStep { after_ms, action };
    let mut first = queue("general");
    first.while_waiting = vec![step(20_000, WaitingAction::Overflow(2)), step(90_000, WaitingAction::HangUp)];
    policy.manifest.queues = vec![first, queue("complaints")];
    let agents = vec![automatic(), AgentPlan::default(), AgentPlan { capacity: 2, ..automatic() }];
    let sharing_channels = vec!["chat".to_owned()];
    let guards = Guards { callback_life_ms: 600_000, ..Guards::default() };
    Centre::new(policy.core(), CentrePlan { agents, guards, sharing_channels, bots: Vec::new() })
}

#[derive(Default)]
struct Lines(Vec<String>);

impl CentreSink for Lines {
    fn acted(&mut self, at_ms: i64, action: FloorAction) {
        self.0.push(format!("{at_ms} {action:?}"));
    }

    fn decided(&mut self, contact: ContactId, decision: crate::Decision<'_>) {
        self.0.push(format!("{contact:?} {} {:?}", decision.at_ms, decision.what));
    }

    fn mode(&mut self, at_ms: i64, mode: usize, on: bool) {
        self.0.push(format!("{at_ms} mode {mode} {on}"));
    }
}

fn contact() -> impl Strategy<Value = ContactId> {
    (0..6_u64).prop_map(ContactId)
}

fn event() -> impl Strategy<Value = CentreEvent<'static>> {
    let agent = || (0..4_u32).prop_map(AgentId);
    let channel = prop_oneof![Just("phone"), Just("chat")];
    let start = channel.prop_map(|channel| Event::Start(CallStart { channel, ..CallStart::default() }));
    let in_call = prop_oneof![
        5 => start,
        2 => Just(Event::Intent("complaint")),
        1 => Just(Event::Intent("lost_card")),
        1 => Just(Event::Unresolved),
        1 => any::<bool>().prop_map(Event::Hold),
        4 => Just(Event::End),
    ];
    let on_floor = prop_oneof![
        3 => agent().prop_map(|agent| FloorEvent::LogIn { agent, shift_ends_ms: None }),
        4 => agent().prop_map(FloorEvent::Ready),
        1 => agent().prop_map(FloorEvent::PhoneFailed),
        1 => agent().prop_map(FloorEvent::LogOut),
        4 => (agent(), contact()).prop_map(|(agent, contact)| FloorEvent::Answered { agent, contact }),
        1 => contact().prop_map(|contact| FloorEvent::CallbackAccepted { contact, at_ms: None }),
        1 => contact().prop_map(FloorEvent::CallbackReached),
        1 => contact().prop_map(|contact| FloorEvent::Transfer { contact, to: Target::Queue(2) }),
    ];
    prop_oneof![
        2 => (contact(), in_call).prop_map(|(contact, event)| CentreEvent::Call(contact, event)),
        1 => on_floor.prop_map(CentreEvent::Floor),
    ]
}

fn gap() -> impl Strategy<Value = i64> {
    prop_oneof![12 => 0..3_000_i64, 3 => 0..60_000_i64, 1 => -5_000..0_i64, 1 => Just(40_000_000_i64)]
}

fn play(steps: &[(i64, CentreEvent<'static>)]) -> Vec<String> {
    let (mut centre, mut lines, mut now_ms) = (centre(), Lines::default(), START_MS);
    for (gap_ms, event) in steps {
        now_ms += gap_ms;
        centre.handle(now_ms, event.clone(), &mut NoSources, &mut lines);
    }
    for contact in (0..6).map(ContactId) {
        centre.handle(now_ms, CentreEvent::Call(contact, Event::End), &mut NoSources, &mut lines);
    }
    assert_eq!(centre.calls(), 0);
    let mut wakes = 0;
    while let Some(at_ms) = centre.wake_at() {
        centre.wake(at_ms, &mut NoSources, &mut lines);
        wakes += 1;
        assert!(wakes < 20_000, "the centre goes round in circles");
    }
    assert_eq!(centre.floor().census(), crate::floor::Census::default(), "no contact stays for ever");
    lines.0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_events_are_survived(steps in prop::collection::vec((gap(), event()), 0..60)) {
        let first = play(&steps);
        prop_assert_eq!(play(&steps), first);
    }

    #[test]
    fn extreme_times_are_survived(steps in prop::collection::vec((any::<i64>(), event()), 0..12)) {
        let (mut centre, mut lines) = (centre(), Lines::default());
        for (now_ms, event) in steps {
            centre.handle(now_ms, event, &mut NoSources, &mut lines);
        }
    }
}
