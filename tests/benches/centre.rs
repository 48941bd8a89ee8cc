//! How long a centre takes to route a call: the policy's route in native code, then the choice among 1,000 idle agents,
//! by the floor's rules and by the policy's own score, until the agent rings.
//!
//! `cargo bench -p tandem-tests --bench centre` prints the median and the 99th percentile in microseconds.

#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark that cannot be set up must stop")]

use std::time::Instant;

use tandem_centre::floor::{AgentId, AgentPlan, ContactId, FloorAction, FloorEvent};
use tandem_centre::{Centre, CentreEvent, CentrePlan, CentreSink, Core, NoSources};
use tandem_stdlib::contract::{CallStart, Event};
use tandem_tests::engines;

const AGENTS: u32 = 1_000;
const CALLS: u64 = 20_000;

/// A policy that prefers agents in one way or another.
fn policy(prefer: &str) -> String {
    format!(
        r#"module bank
intent {{ balance, complaint }}
skill cards, english
queue cards_desk {{
  needs cards
  after-call work at most 1ms
}}
queue general
route arrival at start decides queue, priority {{
  when call.intent = complaint decide queue cards_desk, priority 70
  when cards_desk.idle_agents > 2 decide queue cards_desk, priority 20
  otherwise decide queue general, priority 10
  {prefer}
}}
"#
    )
}

/// Counts rings.
#[derive(Default)]
struct Rings(u64);

impl CentreSink for Rings {
    fn acted(&mut self, _at_ms: i64, action: FloorAction) {
        self.0 += u64::from(matches!(action, FloorAction::Ring { .. }));
    }
}

fn centre(prefer: &str) -> Centre {
    let checked = tandem_lang::check_texts([("bank.tdm", policy(prefer).as_str())]);
    let program = checked.program.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let [_, native] = engines::both(&program).expect("compiles");
    let level = |number: u32, of: u32| u8::try_from(number / of % 5 + 1).unwrap_or(1);
    let agent = |number| AgentPlan {
        skills: vec![(1, level(number, 1)), (2, level(number, 5))],
        ..AgentPlan::default()
    };
    let plan = CentrePlan { agents: (0..AGENTS).map(agent).collect(), ..CentrePlan::default() };
    let mut centre = Centre::new(Core::new(native).expect("fits"), plan);
    for agent in (0..AGENTS).map(AgentId) {
        for event in [FloorEvent::LogIn { agent, shift_ends_ms: None }, FloorEvent::Ready(agent)] {
            centre.handle(agent.0.into(), CentreEvent::Floor(event), &mut NoSources, &mut Rings::default());
        }
    }
    centre
}

fn main() {
    println!("{:>14} {:>8} {:>8}", "prefers", "p50 µs", "p99 µs");
    let score = "prefer agent by skill.level * 2 + agent.level_in(english) - agent.load";
    for (name, prefer) in [("longest idle", ""), ("score", score)] {
        let (mut centre, mut rings, mut spent) = (centre(prefer), Rings::default(), Vec::new());
        for number in 0..CALLS {
            let (now_ms, contact) = (10_000 + number.cast_signed(), ContactId(number));
            let start = CallStart { from: "+8613800138000", to: "+8610", ..CallStart::default() };
            let began = Instant::now();
            let event = CentreEvent::Call(contact, Event::Start(start));
            centre.handle(now_ms, event, &mut NoSources, &mut rings);
            spent.push(began.elapsed().as_nanos());
            centre.handle(now_ms, CentreEvent::Call(contact, Event::End), &mut NoSources, &mut rings);
        }
        assert_eq!(rings.0, CALLS, "each call rang");
        spent.sort_unstable();
        let at = |share: usize| spent.get(spent.len() * share / 100).map_or(0.0, |ns| *ns as f64 / 1e3);
        println!("{name:>14} {:>8.2} {:>8.2}", at(50), at(99));
    }
}
