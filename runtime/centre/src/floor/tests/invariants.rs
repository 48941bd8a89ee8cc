//! What must hold after every step.

use std::collections::BTreeSet;

use crate::floor::agent::{Agent, NEVER, Presence, Room, Stage};
use crate::floor::contact::Phase;
use crate::floor::requirement::serves;
use crate::floor::{Floor, NoScores};

/// Panics when something does not hold.
pub(super) fn check(floor: &Floor) {
    one_owner(floor);
    lines_and_places_agree(floor);
    nobody_waits_for_a_free_agent(floor);
    states_are_legal(floor);
    everything_ends(floor);
}

/// Each contact is in its lines, or with the one agent who has a task with it, or parked.
fn one_owner(floor: &Floor) {
    let mut owned = BTreeSet::new();
    for (index, agent) in floor.roster.agents.iter().enumerate() {
        for task in agent.tasks.iter().filter(|task| task.stage != Stage::WrapUp) {
            assert!(owned.insert(task.contact), "{:?} is with two agents", task.contact);
            let slot = floor.contacts.find(task.contact).expect("the task's contact is there");
            let phase = floor.contacts.get(slot).unwrap().phase;
            assert_eq!(phase, Phase::With(index as u32), "{:?}", task.contact);
        }
    }
    for (_, contact) in floor.contacts.iter() {
        let with_agent = matches!(contact.phase, Phase::With(_));
        assert_eq!(with_agent, owned.contains(&contact.id), "{contact:?}");
        assert_eq!(contact.phase == Phase::Waiting, !contact.places.is_empty(), "{contact:?}");
    }
}

fn lines_and_places_agree(floor: &Floor) {
    let mut waiting = vec![0; floor.queues.len()];
    let mut places = 0;
    for (slot, contact) in floor.contacts.iter() {
        for place in &contact.places {
            let class = floor.lines.class(place.class).unwrap();
            assert!(class.line.contains(&place.turn) && place.turn.contact == slot);
            waiting[class.key.queue] += 1;
            places += 1;
        }
    }
    assert_eq!(floor.lines.len_of_all(), places, "no line has somebody who is gone");
    let counted: Vec<usize> = floor.queues.iter().map(|queue| queue.waiting.len()).collect();
    assert_eq!(counted, waiting);
    assert_eq!(floor.waiting(0), floor.census().waiting);
}

/// Whoever waits has no agent who could serve now.
fn nobody_waits_for_a_free_agent(floor: &Floor) {
    for (_, contact) in floor.contacts.iter() {
        for place in &contact.places {
            let class = floor.lines.class(place.class).unwrap();
            assert_eq!(floor.choose(contact, class, &mut NoScores), None, "{contact:?}");
            let able = floor.roster.agents.iter().enumerate();
            let able = able.filter(|(_, agent)| serves(&class.key.needs, &agent.skills));
            for (index, agent) in able {
                assert!(class.agents.has(index));
                if contact.not_for == Some(index as u32) {
                    continue;
                }
                assert!(!has_room(agent, contact.shares), "agent {index} is free for {contact:?}");
            }
        }
    }
}

fn has_room(agent: &Agent, shares: bool) -> bool {
    match agent.room() {
        Room::Idle => true,
        Room::Beside(_) => shares,
        Room::None => false,
    }
}

fn states_are_legal(floor: &Floor) {
    for (index, agent) in floor.roster.agents.iter().enumerate() {
        assert!(agent.tasks.len() <= agent.capacity as usize, "agent {index} has too much in hand");
        let alone = agent.tasks.iter().any(|task| !task.shares);
        assert!(!alone || agent.tasks.len() == 1, "agent {index} has something beside a call");
        assert!(agent.presence != Presence::LoggedOut || agent.tasks.is_empty());
        assert_eq!(agent.shown, agent.state(), "wallboards know of agent {index}");
        assert_eq!(agent.listed, (agent.room(), agent.free_since_ms));
        assert_eq!(floor.roster.idle.has(index), agent.room() == Room::Idle);
    }
    groups_are_of_those_who_are_alike(floor);
}

fn groups_are_of_those_who_are_alike(floor: &Floor) {
    assert!(floor.roster.groups.len() <= floor.roster.agents.len() + 1);
    for (place, group) in floor.roster.groups.iter().enumerate() {
        let members = || floor.roster.agents.iter().filter(|agent| agent.group as usize == place);
        assert_eq!(group.members, members().count());
        let staffed = members().filter(|agent| agent.presence != Presence::LoggedOut);
        assert_eq!(group.staffed, staffed.count());
        assert_eq!(group.busy, members().filter(|agent| !agent.tasks.is_empty()).count());
        for class in
            (0_u32..).map_while(|class| floor.lines.class(class)).filter(|class| class.groups.is_some())
        {
            let able = |agent: &&Agent| serves(&class.key.needs, &agent.skills);
            let served = class.groups.as_ref().unwrap().has(place);
            assert!(members().all(|agent| able(&agent) == served), "group {place} in {:?}", class.key);
        }
    }
}

/// Whatever waits for somebody has a moment at which it goes on without.
fn everything_ends(floor: &Floor) {
    for agent in &floor.roster.agents {
        assert!(agent.tasks.iter().all(|task| task.until_ms < NEVER));
        assert!(agent.presence == Presence::LoggedOut || agent.due_ms() < NEVER);
        assert_eq!(agent.timer_ms, agent.due_ms());
    }
    for (slot, contact) in floor.contacts.iter() {
        assert_eq!(contact.timer_ms, floor.contact_due_ms(slot), "{contact:?}");
        assert!(matches!(contact.phase, Phase::With(_)) || contact.timer_ms < NEVER);
    }
    let live = floor.contacts.len() + floor.roster.agents.len();
    assert!(floor.timers.len() <= live * 4 + 1_024);
}
