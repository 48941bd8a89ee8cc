//! A policy's text, compiled to native code, drives a whole centre; the interpreter drives another one alike.

#![cfg(test)]

use tandem_centre::floor::{AgentId, AgentPlan, ContactId, FloorAction, FloorEvent};
use tandem_centre::{Centre, CentreEvent, CentrePlan, CentreSink, Core, NoSources};
use tandem_stdlib::contract::{Artefact, CallStart, Event, Party, Turn};
use tandem_tests::engines;

const POLICY: &str = r#"module bank

intent { balance, complaint }
skill cards, english

queue vip_desk {
  needs cards at level 4..5
  after-call work at most 1ms
  while waiting {
    after 20s accept level 1..5
    after 60s overflow to general
  }
}
queue general {
  after-call work at most 1ms
  priority rises 1 per 30s
}

mode peak when queue.waiting > 1 until queue.waiting < 1

route arrival at start or intent decides queue, priority {
  when call.to = "+8610" and vip_desk.idle_agents > 1 decide queue vip_desk, priority 90 because "an expert is free"
  when call.intent = complaint and peak decide queue general, priority 70 because "complaints first at the peak"
  otherwise decide queue general, priority 10
  prefer agent by agent.level_in(english) * 2 - agent.load
}
"#;

const BOT: &str = r#"module desk
use std.phrases.asks_for_human

queue general, experts

dialog reception at start {
  ask "How can I help you?" hearing speech
  on asks_for_human { transfer experts because "asked for a person" }
  on unresolved 3 times { transfer general }
  on silence 2 times { end }
}
"#;

/// What the centre does, agents' states left out.
#[derive(Default)]
struct Notes {
    actions: Vec<FloorAction>,
    modes: Vec<bool>,
    /// Transfers beyond what the policy allows, and where they went instead.
    capped: Vec<Option<u64>>,
}

impl CentreSink for Notes {
    fn acted(&mut self, _at_ms: i64, action: FloorAction) {
        if !matches!(action, FloorAction::Agent { .. }) {
            self.actions.push(action);
        }
    }

    fn too_many_transfers(&mut self, _at_ms: i64, _contact: ContactId, instead: Option<u64>) {
        self.capped.push(instead);
    }

    fn mode(&mut self, _at_ms: i64, _mode: usize, on: bool) {
        self.modes.push(on);
    }
}

struct Desk {
    centre: Centre,
    now_ms: i64,
    notes: Notes,
}

impl Desk {
    /// `cards` is skill 1, `english` skill 2.
    fn new(artefact: Artefact, agents: &[&[(u64, u8)]]) -> Self {
        let plan = |skills: &&[(u64, u8)]| AgentPlan {
            skills: skills.to_vec(),
            auto_answer: true,
            ..AgentPlan::default()
        };
        let plan = CentrePlan { agents: agents.iter().map(plan).collect(), ..CentrePlan::default() };
        let centre = Centre::new(Core::new(artefact).expect("fits"), plan);
        let mut desk = Self { centre, now_ms: 1_767_603_590_000, notes: Notes::default() };
        for agent in (0..).take(agents.len()).map(AgentId) {
            desk.event(CentreEvent::Floor(FloorEvent::LogIn { agent, shift_ends_ms: None }));
            desk.event(CentreEvent::Floor(FloorEvent::Ready(agent)));
        }
        desk
    }

    fn event(&mut self, event: CentreEvent<'_>) -> Vec<FloorAction> {
        self.centre.handle(self.now_ms, event, &mut NoSources, &mut self.notes);
        std::mem::take(&mut self.notes.actions)
    }

    fn start(&mut self, contact: u64, to: &str) -> Vec<FloorAction> {
        let start = CallStart { to, ..CallStart::default() };
        self.event(CentreEvent::Call(ContactId(contact), Event::Start(start)))
    }

    fn call(&mut self, contact: u64, event: Event<'_>) -> Vec<FloorAction> {
        self.event(CentreEvent::Call(ContactId(contact), event))
    }

    /// The call ends, and its after-call work.
    fn end(&mut self, contact: u64) -> Vec<FloorAction> {
        self.call(contact, Event::End);
        self.pass(1)
    }

    fn pass(&mut self, span_ms: i64) -> Vec<FloorAction> {
        self.now_ms += span_ms;
        self.centre.wake(self.now_ms, &mut NoSources, &mut self.notes);
        std::mem::take(&mut self.notes.actions)
    }
}

/// Both engines: native code and the interpreter.
fn engines() -> [Artefact; 2] {
    engines_of(POLICY)
}

fn engines_of(text: &str) -> [Artefact; 2] {
    let checked = tandem_lang::check_texts([("bank.tdm", text)]);
    let program = checked.program.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    engines::both(&program).expect("compiles")
}

const fn connect(agent: u32, contact: u64, queue: u64) -> FloorAction {
    FloorAction::Connect { agent: AgentId(agent), contact: ContactId(contact), queue }
}

const fn queued(contact: u64, queue: u64) -> FloorAction {
    FloorAction::Queued { contact: ContactId(contact), queue }
}

#[test]
fn a_gate_on_idle_agents_sees_the_floor_of_the_moment() {
    for artefact in engines() {
        let mut desk = Desk::new(artefact, &[&[(1, 5)], &[(1, 4)], &[]]);
        assert_eq!(desk.start(1, "+8610"), [connect(0, 1, 1)], "two experts are idle");
        assert_eq!(desk.start(2, "+8610"), [connect(1, 2, 2)], "one expert is");
    }
}

#[test]
fn the_score_of_the_route_chooses_the_agent() {
    for artefact in engines() {
        let mut desk = Desk::new(artefact, &[&[(2, 1)], &[(2, 5)], &[], &[(2, 3)]]);
        let order: Vec<_> = (1..=4).flat_map(|contact| desk.start(contact, "")).collect();
        assert_eq!(order, [connect(1, 1, 2), connect(3, 2, 2), connect(0, 3, 2), connect(2, 4, 2)]);
    }
}

#[test]
fn a_mode_turns_by_the_queues_and_priorities_follow_intents() {
    for artefact in engines() {
        let mut desk = Desk::new(artefact, &[&[]]);
        for contact in 1..=3 {
            desk.start(contact, "");
            desk.now_ms += 1_000;
        }
        assert_eq!(desk.notes.modes, [true]);
        assert_eq!(desk.call(3, Event::Intent("complaint")), []);
        assert_eq!(desk.end(1), [connect(0, 3, 2)], "the complaint goes first");
        assert_eq!(desk.end(3), [connect(0, 2, 2)]);
        assert_eq!(desk.notes.modes, [true, false]);
    }
}

#[test]
fn whoever_asks_the_bot_for_a_person_reaches_one() {
    for artefact in engines_of(BOT) {
        let mut desk = Desk::new(artefact, &[&[]]);
        assert_eq!(desk.start(1, ""), [], "the bot asks first");
        let text = "Can I talk to a person, please?";
        let turn = Turn { party: Party::Customer, start_ms: 0, end_ms: 2_000, text, estimated: false };
        desk.now_ms += 2_000;
        assert_eq!(desk.call(1, Event::Turn(turn)), [connect(0, 1, 2)]);
    }
}

#[test]
fn a_route_takes_nobody_away_from_the_bot() {
    let routed = BOT.replace("queue general, experts", "queue general, experts\nintent { balance }\nroute arrival at start or intent decides queue { otherwise decide queue general }");
    for artefact in engines_of(&routed) {
        let mut desk = Desk::new(artefact, &[&[]]);
        assert_eq!(desk.start(1, ""), [], "the bot asks first");
        assert_eq!(desk.call(1, Event::Intent("balance")), [], "and asks on");
        let text = "Can I talk to a person, please?";
        let turn = Turn { party: Party::Customer, start_ms: 0, end_ms: 2_000, text, estimated: false };
        assert_eq!(desk.call(1, Event::Turn(turn)), [connect(0, 1, 2)]);
    }
    let greeting = routed.replace(
        "dialog reception at start {",
        "dialog reception at start {\n  say \"Good day.\"\n}\ndialog other {",
    );
    for artefact in engines_of(&greeting) {
        let mut desk = Desk::new(artefact, &[&[]]);
        assert_eq!(desk.start(1, ""), [connect(0, 1, 1)], "a dialog that is over holds nobody");
    }
}

#[test]
fn a_queue_relaxes_and_overflows_as_it_says() {
    for artefact in engines() {
        let mut desk = Desk::new(artefact, &[&[(1, 4)], &[(1, 5)], &[(1, 2)], &[]]);
        for agent in [2, 3] {
            desk.event(CentreEvent::Floor(FloorEvent::NotReady { agent: AgentId(agent), reason: 1 }));
        }
        assert_eq!(desk.start(1, "+8610"), [connect(0, 1, 1)]);
        assert_eq!(desk.start(2, ""), [connect(1, 2, 2)]);
        let to_experts =
            FloorEvent::Transfer { contact: ContactId(1), to: tandem_centre::floor::Target::Queue(1) };
        desk.event(CentreEvent::Floor(FloorEvent::NotReady { agent: AgentId(0), reason: 1 }));
        assert_eq!(desk.event(CentreEvent::Floor(to_experts)), [queued(1, 1)]);
        desk.event(CentreEvent::Floor(FloorEvent::Ready(AgentId(2))));
        assert_eq!(desk.pass(19_999), []);
        assert_eq!(desk.pass(1), [connect(2, 1, 1)], "level 2 is accepted after 20 s");
    }
}

const CAPPED: &str = r#"module bank
queue first { after-call work at most 1ms }
queue second { after-call work at most 1ms }
queue supervisors { after-call work at most 1ms }
route arrival decides queue { otherwise decide queue first }
transfers at most 1 then supervisors because "nobody is passed on for ever"
"#;

/// An agent passes a call on to a queue.
const fn passed_on(contact: u64, queue: u64) -> CentreEvent<'static> {
    let to = tandem_centre::floor::Target::Queue(queue);
    CentreEvent::Floor(FloorEvent::Transfer { contact: ContactId(contact), to })
}

#[test]
fn a_call_is_passed_on_so_often_and_no_more() {
    for artefact in engines_of(CAPPED) {
        let mut desk = Desk::new(artefact, &[&[], &[], &[]]);
        assert_eq!(desk.start(1, ""), [connect(0, 1, 1)]);
        assert_eq!(desk.event(passed_on(1, 2)), [connect(1, 1, 2)], "once is allowed");
        assert_eq!(desk.event(passed_on(1, 1)), [connect(2, 1, 3)], "twice leads to the last resort");
        assert_eq!(desk.event(passed_on(1, 2)), [], "from where nobody is passed on");
        assert_eq!(desk.notes.capped, [Some(3), None]);
        desk.pass(1);
        assert_eq!(desk.start(2, ""), [connect(0, 2, 1)], "every call counts for itself");
        assert_eq!(desk.event(passed_on(2, 2)), [connect(1, 2, 2)]);
    }
    let stays = CAPPED.replace(
        "at most 1 then supervisors because \"nobody is passed on for ever\"",
        "at most 0 then stay",
    );
    for artefact in engines_of(&stays) {
        let mut desk = Desk::new(artefact, &[&[], &[]]);
        assert_eq!(desk.start(1, ""), [connect(0, 1, 1)]);
        assert_eq!(desk.event(passed_on(1, 2)), []);
        assert_eq!(desk.notes.capped, [None]);
    }
}

const BY_HOURS: &str = r#"module bank
calendar hours in UTC { mon..sun 08:00-20:00 }
queue day { after-call work at most 1ms }
queue night { after-call work at most 1ms }
mode dark when hours = closed until hours = open
route arrival decides queue {
  when dark decide queue night
  otherwise decide queue day
}
"#;

#[test]
fn a_mode_turns_by_the_clock_alone() {
    for artefact in engines_of(BY_HOURS) {
        let mut desk = Desk::new(artefact, &[&[], &[], &[]]);
        // 08:59:50 UTC, and eleven hours later.
        assert_eq!(desk.start(1, ""), [connect(0, 1, 1)]);
        desk.pass(11 * 3_600_000);
        assert!(desk.notes.modes.is_empty(), "19:59:50");
        desk.pass(10_000);
        assert_eq!(desk.notes.modes, [true], "20:00");
        assert_eq!(desk.start(2, ""), [connect(1, 2, 2)]);
        desk.pass(12 * 3_600_000);
        assert_eq!(desk.notes.modes, [true, false], "08:00");
    }
    let night = BY_HOURS.replace("08:00-20:00", "10:00-20:00");
    for artefact in engines_of(&night) {
        let mut desk = Desk::new(artefact, &[&[]]);
        assert_eq!(desk.start(1, ""), [connect(0, 1, 2)], "it is on before the first call comes");
    }
}
