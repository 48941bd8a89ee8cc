//! Every choice of an agent, however it is indexed, is the one that looking at all agents gives.

use proptest::prelude::*;
use tandem_stdlib::contract::{AgentFact, EntryRef, Prefer, QueueSpec};

use super::properties::{Next, gap, next, plan};
use super::stage::{Stage, agent, needing, ring};
use crate::floor::agent::{Agent, Room};
use crate::floor::contact::Contact;
use crate::floor::requirement::{level_wanted, serves};
use crate::floor::{AgentId, Candidate, ContactId, Floor, FloorAction, FloorEvent, Offer, Scorer};

/// A score that looks at skills, load and owner; it says so, or keeps it to itself.
#[derive(Clone, Copy)]
struct Liking {
    says: bool,
}

fn liking(level: f64, of_two: f64, load: f64, is_owner: bool) -> f64 {
    // What is no number comes last, and most agents are as good as some other.
    if level == 4.0 {
        f64::NAN
    } else {
        (level * 2.0 - of_two).rem_euclid(3.0) - load + f64::from(u8::from(is_owner))
    }
}

impl Scorer for Liking {
    fn score(&mut self, _: ContactId, _: EntryRef, candidates: &[Candidate<'_>], scores: &mut Vec<f64>) {
        let number = |candidate: &Candidate<'_>, fact| f64::from_bits(candidate.fact(fact));
        scores.extend(candidates.iter().map(|one| {
            let (level, two) = (number(one, AgentFact::SkillLevel), number(one, AgentFact::LevelIn(2)));
            liking(level, two, number(one, AgentFact::Load), one.fact(AgentFact::IsOwner) == 1)
        }));
    }

    fn by_skills_alone(&self, _: ContactId) -> bool {
        self.says
    }
}

/// The idle agent whom looking at all of them gives: the least rank, then the longest idle, then the lowest number.
fn by_looking_at_all(floor: &Floor, contact: &Contact, class: u32) -> Option<u32> {
    let class = floor.lines.class(class)?;
    let queue = floor.queues.get(class.key.queue)?;
    let able = |(index, agent): &(u32, &Agent)| {
        agent.room() == Room::Idle
            && serves(&class.key.needs, &agent.skills)
            && contact.not_for != Some(*index)
    };
    let level = |agent: &Agent| f64::from(level_wanted(&class.key.needs, &agent.skills));
    let score = |index: u32, agent: &Agent| {
        let two = agent.skills.iter().filter(|(skill, _)| *skill == 2).map(|(_, level)| *level).max();
        let score = liking(level(agent), two.unwrap_or(0).into(), 0.0, contact.owner == Some(index));
        if score.is_nan() { f64::INFINITY } else { -score }
    };
    let count = floor.roster.agents.len();
    let rank = |(index, agent): &(u32, &Agent)| match queue.spec.prefer {
        _ if contact.score.is_some() => score(*index, agent),
        Prefer::LongestIdle => 0.0,
        Prefer::OwnerFirst => f64::from(u8::from(contact.owner != Some(*index))),
        Prefer::MostSkilled => -level(agent),
        Prefer::LeastSkilled => level(agent),
        Prefer::RoundRobin => {
            ((*index as usize + 2 * count - queue.last_turn.min(2 * count - 1) - 1) % count) as f64
        }
        Prefer::LeastOccupied => agent.day.occupancy(floor.now_ms),
        Prefer::Weighted => agent.turns,
        Prefer::Score(_) => score(*index, agent),
    };
    let idle = (0_u32..).zip(&floor.roster.agents).filter(able);
    let ranked = idle.map(|one| (rank(&one), one.1.free_since_ms, one.0));
    let best =
        ranked.min_by(|one, other| one.0.total_cmp(&other.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    best.map(|(_, _, agent)| agent)
}

/// Looks at the choice of every class, for a contact without wishes, with an owner, with a score, not for somebody.
fn every_choice_is_right(floor: &Floor, says: bool) {
    for class in (0_u32..).map_while(|class| floor.lines.class(class).map(|_| class)) {
        let key = floor.lines.class(class).unwrap();
        for (owner, not_for, score) in [
            (None, None, None),
            (Some(0), None, None),
            (Some(1), Some(1), Some(3)),
            (Some(0), Some(2), Some(3)),
        ] {
            let plain = Contact::new(ContactId(u64::MAX), key.key.queue, floor.now_ms, 0);
            let contact = Contact { owner, not_for, score, ..plain };
            let chosen = floor.choose(&contact, key, &mut Liking { says });
            let expected = by_looking_at_all(floor, &contact, class);
            assert_eq!(chosen, expected, "{:?}, {owner:?} {not_for:?} {score:?}", key.key);
        }
    }
}

fn play(steps: &[(i64, Next)], says: bool) -> Vec<(AgentId, ContactId)> {
    let (mut floor, mut now_ms, mut rang) = (Floor::new(&plan()), 0_i64, Vec::new());
    // All are there, so that there is something to choose from.
    for agent in (0..5).map(AgentId) {
        floor.handle(now_ms, FloorEvent::LogIn { agent, shift_ends_ms: None }, &mut Vec::new());
        floor.handle(now_ms, FloorEvent::Ready(agent), &mut Vec::new());
        now_ms += 1;
    }
    floor.roster.keep_kinds();
    for (gap_ms, next) in steps {
        now_ms = now_ms.saturating_add(*gap_ms);
        let (mut out, scorer) = (Vec::new(), &mut Liking { says });
        match next.event(&rang) {
            Some(FloorEvent::Offer(mut offer)) => {
                // Every second contact is chosen for by a score.
                offer.score = (offer.contact.0 % 2 == 0).then_some(3);
                floor.handle_scored(now_ms, FloorEvent::Offer(offer), scorer, &mut out);
            }
            Some(event) => floor.handle_scored(now_ms, event, scorer, &mut out),
            None => floor.wake_scored(now_ms, scorer, &mut out),
        }
        rang.extend(out.iter().filter_map(|action| match action {
            FloorAction::Ring { agent, contact, .. } => Some((*agent, *contact)),
            _ => None,
        }));
        every_choice_is_right(&floor, says);
    }
    rang
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn every_choice_is_the_one_of_looking_at_all(steps in prop::collection::vec((gap(), next()), 0..80)) {
        // Whether the floor knows that a score looks at skills alone changes nothing but the time it takes.
        prop_assert_eq!(play(&steps, true), play(&steps, false));
    }
}

/// A thousand agents of a few kinds: a score is asked for of one of each kind, not of all.
#[test]
fn a_score_by_skills_is_asked_for_once_a_kind() {
    struct Counting(usize);
    impl Scorer for Counting {
        fn score(&mut self, _: ContactId, _: EntryRef, candidates: &[Candidate<'_>], scores: &mut Vec<f64>) {
            self.0 += candidates.len();
            scores.extend(candidates.iter().map(|one| f64::from_bits(one.fact(AgentFact::SkillLevel))));
        }

        fn by_skills_alone(&self, _: ContactId) -> bool {
            true
        }
    }
    let queue = QueueSpec { prefer: Prefer::Score(0), ..needing("a", 1, 1, 5) };
    let agents = (0..1_000_u32).map(|number| agent(&[(1, (number % 5 + 1) as u8)]));
    let mut stage = Stage::new(vec![queue], agents.collect());
    for number in 0..1_000 {
        let mut out = Vec::new();
        let agent = AgentId(number);
        stage.floor.handle(0, FloorEvent::LogIn { agent, shift_ends_ms: None }, &mut out);
        stage.floor.handle(0, FloorEvent::Ready(agent), &mut out);
    }
    let (mut scorer, mut out) = (Counting(0), Vec::new());
    let offer = Offer::new(ContactId(1), 1);
    stage.floor.handle_scored(1, FloorEvent::Offer(Box::new(offer)), &mut scorer, &mut out);
    assert_eq!((scorer.0, out.first()), (5, Some(&ring(4, 1, 1))));
}
