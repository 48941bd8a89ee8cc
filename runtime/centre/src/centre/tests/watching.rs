//! Modes of the centre, and watches over its queues.

use tandem_stdlib::contract::{
    Action, EntryKind, FactSource, ModeSpec, Place, QueueFact, Slot, Trigger, Type,
};

use super::desk::*;
use crate::tests::policy::Policy;

const GENERAL: u64 = 1;
const COMPLAINTS: u64 = 2;

/// `mode peak when general.waiting > 1 until general.waiting < 1`
pub(super) fn with_peak(policy: &mut Policy) -> usize {
    let waiting = policy.fact(FactSource::Queue(1, QueueFact::Waiting), Type::Number);
    policy.watch("peak", &[Trigger::Centre, Trigger::Wake], move |facts, state| {
        let waiting = f64::from_bits(facts[waiting]);
        let (on, limit): (Slot, bool) = (state[0], waiting > 1.0);
        let turns_off = on == 1 && waiting < 1.0;
        let turns_on = on == 0 && limit;
        state[0] = if turns_on { 1 } else { on - Slot::from(turns_off) };
        (if turns_on { 1 } else { Slot::from(turns_off) * 2 }, i64::MAX)
    });
    let watch = policy.manifest.entries.len() - 1;
    if let EntryKind::Watch { action, follow_up, .. } = &mut policy.manifest.entries[watch].kind {
        (*action, *follow_up) = (Action::Mode(0), None);
    }
    policy.manifest.modes.push(ModeSpec {
        by_clock: false,
        name: "peak".to_owned(),
        place: Place::default(),
        watch: u32::try_from(watch).unwrap(),
        because: String::new(),
    });
    policy.fact(FactSource::Mode(0), Type::YesNo)
}

#[test]
fn a_mode_is_on_from_one_threshold_to_the_other_and_routes_know() {
    let mut policy = Policy::new();
    let peak = with_peak(&mut policy);
    policy.route("arrival", &[Trigger::Start], move |facts| {
        Some((if facts[peak] == 1 { COMPLAINTS } else { GENERAL }, 0))
    });
    let mut desk = Desk::new(policy, vec![automatic()]);
    for contact in 1..=3 {
        desk.start(contact, "");
    }
    assert!(desk.centre.is_on(0));
    assert_eq!(desk.start(4, ""), [queued(4, COMPLAINTS)]);
    desk.call(1, tandem_stdlib::contract::Event::End);
    assert!(desk.centre.is_on(0), "one still waits");
    desk.call(2, tandem_stdlib::contract::Event::End);
    assert!(!desk.centre.is_on(0));
    let times: Vec<bool> = desk.notes.modes.iter().map(|(_, _, on)| *on).collect();
    assert_eq!(times, [true, false]);
}

/// A watch of the call: moves it when the longest wait of its queue passes five seconds.
#[test]
fn a_watch_of_a_call_sees_waits_that_grow_with_time_alone() {
    let mut policy = Policy::new();
    let longest = policy.fact(FactSource::Queue(1, QueueFact::LongestWait), Type::Duration);
    policy.route("arrival", &[Trigger::Start], |_| Some((GENERAL, 0)));
    policy.watch("too long", &[Trigger::Centre], move |facts, state| {
        let fires = facts[longest] > 5_000 && state[0] == 0;
        state[0] |= Slot::from(fires);
        (Slot::from(fires), i64::MAX)
    });
    let watch = policy.manifest.entries.len() - 1;
    if let EntryKind::Watch { action, follow_up, .. } = &mut policy.manifest.entries[watch].kind {
        (*action, *follow_up) = (Action::Transfer(COMPLAINTS), None);
    }
    let mut desk = Desk::new(policy, vec![]);
    desk.start(1, "");
    assert_eq!(desk.pass(5_000), []);
    assert_eq!(desk.pass(1_000), [queued(1, COMPLAINTS)]);
}

#[test]
fn nothing_is_left_to_do_when_everybody_has_gone() {
    let mut policy = Policy::new();
    with_peak(&mut policy);
    policy.route("arrival", &[Trigger::Start], |_| Some((GENERAL, 0)));
    let mut desk = Desk::new(policy, vec![]);
    desk.start(1, "");
    desk.call(1, tandem_stdlib::contract::Event::End);
    desk.pass(10_000);
    assert_eq!(desk.centre.wake_at(), None);
}
