//! What the floor costs as it grows, and how long a decision takes.
//!
//! Prints two tables: nanoseconds a call against agents and callers who wait, which must grow no faster than a
//! logarithm; and the time from a call that asks for a queue to an agent who rings, chosen among 1,000 who are idle,
//! at the median and the 99th percentile. `cargo bench -p tandem-centre --bench floor`

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use tandem_centre::floor::{
    AgentId, AgentPlan, Candidate, ContactId, Floor, FloorAction, FloorEvent, FloorPlan, Guards, NoScores,
    Offer, Scorer,
};
use tandem_centre::{Call, Core};
use tandem_stdlib::contract::{
    AgentFact, Artefact, CallFact, CallStart, Effective, Entry, EntryKind, EntryRef, Evaluator, Event,
    Explain, FactSource, FactSpec, Manifest, Need, Outcome, OutcomeTrace, Output, Place, Prefer, QueueSpec,
    SkillNeed, Slot, Status, Type,
};

const SKILLS: u64 = 20;
const QUEUES: u64 = 40;

/// A generator of numbers that look like chance and are the same each time.
struct Random(u64);

impl Random {
    const fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Queues that each need one of two skills, with ageing; agents with three skills at some level.
fn plan(agents: usize, prefer: Prefer) -> FloorPlan {
    let mut random = Random(7);
    let need = |skill, low| Need { all_of: vec![SkillNeed { skill, low, high: 5 }] };
    let queue = |number: u64| QueueSpec {
        needs: vec![need(number % SKILLS + 1, 1 + (number % 3) as u8), need((number * 7) % SKILLS + 1, 3)],
        prefer,
        wrap_up_ms: Some(0),
        ageing: Some((1.0, 60_000)),
        ..QueueSpec::default()
    };
    let mut agent = || AgentPlan {
        skills: (0..3).map(|_| (random.below(SKILLS) + 1, random.below(5) as u8 + 1)).collect(),
        auto_answer: true,
        ..AgentPlan::default()
    };
    FloorPlan {
        queues: (0..QUEUES).map(queue).collect(),
        agents: (0..agents).map(|_| agent()).collect(),
        guards: Guards::default(),
    }
}

fn sign_in_all(floor: &mut Floor, agents: usize, out: &mut Vec<FloorAction>) {
    for agent in 0..agents {
        let agent = AgentId(u32::try_from(agent).unwrap_or(u32::MAX));
        floor.handle(agent.0.into(), FloorEvent::LogIn { agent, shift_ends_ms: None }, out);
        floor.handle(agent.0.into(), FloorEvent::Ready(agent), out);
        out.clear();
    }
}

/// Nanoseconds a call when everybody talks and so many wait: one call ends, its agent takes the most urgent whom she
/// may serve, and a new call joins.
fn busy(agents: usize, waiting: usize, calls: u64) -> f64 {
    let (mut floor, mut out, mut random) =
        (Floor::new(&plan(agents, Prefer::LongestIdle)), Vec::new(), Random(3));
    sign_in_all(&mut floor, agents, &mut out);
    let (mut talking, mut next, mut now_ms) = (Vec::new(), 0_u64, 20_000);
    let mut offer = |floor: &mut Floor, now_ms: i64, queue: Slot, out: &mut Vec<FloorAction>| {
        next += 1;
        let priority = random.below(5) as f64;
        let offer = Offer { priority, ..Offer::new(ContactId(next), queue) };
        floor.handle(now_ms, FloorEvent::Offer(Box::new(offer)), out);
    };
    let note = |out: &mut Vec<FloorAction>, talking: &mut Vec<(ContactId, Slot)>| {
        for action in out.drain(..) {
            if let FloorAction::Connect { contact, queue, .. } = action {
                talking.push((contact, queue));
            }
        }
    };
    let mut choice = Random(5);
    for _ in 0..agents + waiting {
        now_ms += 1;
        offer(&mut floor, now_ms, choice.below(QUEUES) + 1, &mut out);
        note(&mut out, &mut talking);
    }
    let start = Instant::now();
    for _ in 0..calls {
        now_ms += 1;
        let (over, queue) = talking.swap_remove(choice.below(talking.len() as u64) as usize);
        floor.handle(now_ms, FloorEvent::Ended(over), &mut out);
        offer(&mut floor, now_ms, queue, &mut out);
        note(&mut out, &mut talking);
    }
    let spent = start.elapsed().as_nanos() as f64 / calls as f64;
    black_box(floor.census());
    spent
}

/// `skill.level * 2 + (1 if owner) - load`, as code that a policy compiles to would work it out.
struct Score;

impl Evaluator for Score {
    fn run(&self, _entry: usize, facts: &[Slot], _state: &mut [Slot], answer: &mut [Slot]) -> Status {
        if let ([_, level, owner, load, ..], [score, outcome, ..]) = (facts, answer) {
            let value = f64::from_bits(*level).mul_add(2.0, *owner as f64) - f64::from_bits(*load);
            (*score, *outcome) = (value.to_bits(), 0);
        }
        Status::Done
    }
}

impl Explain for Score {
    fn explain(&self, _entry: usize, _facts: &[Slot], _state: &[Slot]) -> Vec<OutcomeTrace> {
        Vec::new()
    }
}

fn scoring_call() -> Call {
    let fact = |source, ty| FactSpec { name: String::new(), ty, source };
    let facts = vec![
        fact(FactSource::Call(CallFact::Elapsed), Type::Duration),
        fact(FactSource::Agent(AgentFact::SkillLevel), Type::Number),
        fact(FactSource::Agent(AgentFact::IsOwner), Type::YesNo),
        fact(FactSource::Agent(AgentFact::Load), Type::Number),
    ];
    let outputs = vec![Output { name: "score".to_owned(), ty: Type::Number }];
    let entry = Entry {
        name: "score".to_owned(),
        kind: EntryKind::Route { outputs, prefer: None },
        triggers: Vec::new(),
        effective: Effective::default(),
        outcomes: vec![Outcome { label: String::new(), because: String::new(), place: Place::default() }],
        state_slots: 0,
        answer_slots: 3,
        place: Place::default(),
    };
    let manifest = Arc::new(Manifest { facts, entries: vec![entry], ..Manifest::default() });
    let core = Core::new(Artefact { manifest, evaluator: Arc::new(Score), explain: Arc::new(Score) });
    let mut call = core.unwrap_or_else(|error| unreachable!("the manifest fits: {error}")).call();
    let mut nothing = Nothing;
    call.handle(0, &Event::Start(CallStart::default()), &mut tandem_centre::NoSources, &mut nothing);
    call
}

/// Takes what a call tells and forgets it.
struct Nothing;

impl tandem_centre::Sink for Nothing {
    fn decided(&mut self, _: tandem_centre::Decision<'_>) {}

    fn judged(&mut self, _: tandem_centre::QaResult) {}

    fn incident(&mut self, _: tandem_centre::Incident) {}
}

/// Asks the policy's entry.
struct ByPolicy(Call);

impl Scorer for ByPolicy {
    fn score(&mut self, _: ContactId, entry: EntryRef, candidates: &[Candidate<'_>], scores: &mut Vec<f64>) {
        self.0.score(entry as usize, candidates, scores);
    }
}

/// Nanoseconds of each of many decisions among 1,000 idle agents who all may serve, from the fastest.
fn decisions(prefer: Prefer, scorer: &mut dyn Scorer) -> Vec<u128> {
    let agents = 1_000;
    let mut plan = plan(agents, prefer);
    plan.queues.truncate(1);
    // All may serve, at different levels.
    for (number, agent) in (0_u8..=u8::MAX).cycle().zip(&mut plan.agents) {
        agent.skills.insert(0, (1, 1 + number % 5));
    }
    let mut floor = Floor::new(&plan);
    let mut out = Vec::new();
    sign_in_all(&mut floor, agents, &mut out);
    let mut spent = Vec::new();
    for number in 0..20_000_u64 {
        let (now_ms, contact) = (10_000 + number.cast_signed(), ContactId(number));
        let event = FloorEvent::Offer(Box::new(Offer::new(contact, 1)));
        let start = Instant::now();
        floor.handle_scored(now_ms, event, scorer, &mut out);
        spent.push(start.elapsed().as_nanos());
        floor.handle_scored(now_ms, FloorEvent::Ended(contact), scorer, &mut out);
        out.clear();
    }
    spent.sort_unstable();
    spent
}

fn main() {
    println!("a call that ends, an agent who takes the next, a call that joins");
    println!("{:>8} {:>9} {:>12}", "agents", "waiting", "ns a call");
    for agents in [10, 100, 1_000, 10_000] {
        for waiting in [agents * 10, 100_000] {
            println!("{agents:>8} {waiting:>9} {:>12.0}", busy(agents, waiting, 200_000));
        }
    }
    println!("\na decision among 1,000 idle agents (µs)");
    println!("{:>15} {:>8} {:>8} {:>8}", "prefers", "p50", "p99", "most");
    let mut by_policy = ByPolicy(scoring_call());
    let preferences: [(&str, Prefer, &mut dyn Scorer); 6] = [
        ("longest idle", Prefer::LongestIdle, &mut NoScores),
        ("most skilled", Prefer::MostSkilled, &mut NoScores),
        ("round robin", Prefer::RoundRobin, &mut NoScores),
        ("weighted", Prefer::Weighted, &mut NoScores),
        ("least occupied", Prefer::LeastOccupied, &mut NoScores),
        ("score", Prefer::Score(0), &mut by_policy),
    ];
    for (name, prefer, scorer) in preferences {
        let spent = decisions(prefer, scorer);
        let at = |share: usize| spent.get(spent.len() * share / 100).map_or(0.0, |ns| *ns as f64 / 1e3);
        let most = spent.last().map_or(0.0, |ns| *ns as f64 / 1e3);
        println!("{name:>15} {:>8.2} {:>8.2} {most:>8.2}", at(50), at(99));
    }
}
