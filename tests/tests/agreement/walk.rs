//! Random callers walk through a policy in a centre: whatever happens to them on one engine happens on the other.

use std::collections::HashMap;

use tandem_centre::campaign::FoundLead;
use tandem_centre::floor::{AgentId, AgentPlan, ContactId, FloorAction, FloorEvent};
use tandem_centre::{
    Answer, ArgumentValue, Centre, CentreEvent, CentrePlan, CentreSink, Core, Decision, DialogStep, Incident,
    QaResult, Sources,
};
use tandem_stdlib::contract::{Artefact, CallStart, Event, Frame, Manifest, Party, Turn, Type};

use crate::random::Random;

/// A Monday, 10:00 UTC.
const CLOCK_MS: i64 = 1_767_607_200_000;
const AGENTS: u32 = 3;
const STEPS: u64 = 60;

/// What callers say: nothing to the point, intents, requests for a person, answers to offers.
const WORDS: [&str; 8] = [
    "hello",
    "this is really awful",
    "投诉，真的太过分",
    "can I talk to a person?",
    "转人工",
    "yes, please",
    "no thanks",
    "unacceptable",
];
const INTENTS: [&str; 4] = ["balance", "complaint", "repayment", "nothing_known"];
const KEYS: [char; 6] = ['1', '2', '3', '7', '#', '*'];
const NUMBERS: [&str; 3] = ["+8613800138000", "+442071234567", ""];

/// Something that happens.
#[derive(Clone, Debug)]
enum Happens {
    Starts { from: &'static str, language: &'static str, channel: &'static str },
    Says(Party, &'static str),
    Keys(char),
    Intends(&'static str),
    Unresolved,
    Holds(bool),
    Sounds(Frame),
    Ends,
    Agent(FloorEvent),
}

/// What came out, line by line, and whether a dialog was among it.
#[derive(Default)]
pub(crate) struct Lines {
    pub(crate) all: Vec<String>,
    /// Steps of dialogs.
    pub(crate) steps: usize,
    /// Steps of floors.
    pub(crate) acts: usize,
}

impl CentreSink for Lines {
    fn lead(&mut self, contact: ContactId, lead: FoundLead) {
        self.all.push(format!("{contact:?} becomes a lead {lead:?}"));
    }

    fn too_many_transfers(&mut self, at_ms: i64, contact: ContactId, instead: Option<u64>) {
        self.all.push(format!("{at_ms} {contact:?} is passed on no more: {instead:?}"));
    }

    fn acted(&mut self, at_ms: i64, action: FloorAction) {
        self.acts += 1;
        self.all.push(format!("{at_ms} {action:?}"));
    }

    fn decided(&mut self, contact: ContactId, decision: Decision<'_>) {
        self.all.push(format!("{contact:?} {decision:?}"));
    }

    fn judged(&mut self, contact: ContactId, result: QaResult) {
        self.all.push(format!("{contact:?} {result:?}"));
    }

    fn dialog(&mut self, contact: ContactId, step: DialogStep<'_>) {
        self.steps += 1;
        self.all.push(format!("{contact:?} {step:?}"));
    }

    fn incident(&mut self, contact: ContactId, incident: Incident) {
        self.all.push(format!("{contact:?} {incident:?}"));
    }

    fn mode(&mut self, at_ms: i64, mode: usize, on: bool) {
        self.all.push(format!("{at_ms} mode {mode} {on}"));
    }
}

/// Answers that follow from the question alone, some of them unknown.
struct Records<'m> {
    manifest: &'m Manifest,
    seed: u64,
}

impl Sources for Records<'_> {
    fn answer(&mut self, source: usize, arguments: &[ArgumentValue<'_>], answer: &mut Answer) -> bool {
        let asked = format!("{source} {arguments:?}");
        let mix = |mixed: u64, byte: u8| (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let random = &mut Random::new(asked.bytes().fold(self.seed, mix));
        for (field, spec) in self.manifest.sources[source].fields.iter().enumerate() {
            match spec.ty {
                _ if random.chance(5) => {}
                Type::Text | Type::Phone => {
                    answer.set_text(field, random.pick(&["Ann", "王", "11010519491231002X"]))
                }
                Type::Word(_) => answer.set(field, random.below(5)),
                ty => answer.set(field, random.slot(ty)),
            }
        }
        !random.chance(4)
    }
}

/// The course of a few calls, by moments and contacts.
fn course(random: &mut Random) -> Vec<(i64, u64, Happens)> {
    let mut now_ms = CLOCK_MS;
    let mut course = Vec::new();
    for agent in (0..AGENTS).map(AgentId) {
        course.push((now_ms, 0, Happens::Agent(FloorEvent::LogIn { agent, shift_ends_ms: None })));
        course.push((now_ms, 0, Happens::Agent(FloorEvent::Ready(agent))));
    }
    for contact in 1..=2 {
        now_ms += 1_000;
        let (from, language) = (random.pick(&NUMBERS), random.pick(&["en", "zh", ""]));
        let channel = random.pick(&["phone", "app", ""]);
        course.push((now_ms, contact, Happens::Starts { from, language, channel }));
    }
    for _ in 0..STEPS {
        now_ms += random.pick(&[0, 1, 400, 2_000, 4_000, 9_000, 31_000]);
        let contact = 1 + random.below(2);
        course.push((now_ms, contact, happens(random)));
    }
    for contact in 1..=2 {
        course.push((now_ms + 1_000, contact, Happens::Ends));
    }
    course
}

fn happens(random: &mut Random) -> Happens {
    let agent = AgentId(u32::try_from(random.below(u64::from(AGENTS))).expect("small"));
    match random.below(12) {
        0..=4 => Happens::Says(Party::Customer, random.pick(&WORDS)),
        5 => Happens::Says(Party::Agent, random.pick(&WORDS)),
        6 | 7 => Happens::Keys(random.pick(&KEYS)),
        8 => Happens::Intends(random.pick(&INTENTS)),
        9 => match random.chance(3) {
            true => Happens::Unresolved,
            false => Happens::Holds(random.chance(2)),
        },
        10 => Happens::Agent(match random.below(3) {
            0 => FloorEvent::WrapUpDone(agent),
            1 => FloorEvent::NotReady { agent, reason: 1 },
            _ => FloorEvent::Ready(agent),
        }),
        _ => Happens::Sounds(Frame {
            party: random.pick(&[Party::Customer, Party::Agent]),
            speaking: random.chance(2),
            loudness_db: Some(random.pick(&[-30.0, -12.0])),
            pitch_hz: Some(180.0),
            speech_rate: None,
            anger: Some(random.pick(&[0.1, 0.9])),
            confidence: Some(0.8),
        }),
    }
}

/// Walks a course through a centre of its own.
fn walk(artefact: Artefact, course: &[(i64, u64, Happens)], seed: u64) -> Lines {
    let core = Core::new(artefact).expect("a compiled policy fits");
    let manifest = core.manifest().clone();
    let agent = || AgentPlan { auto_answer: true, skills: vec![(1, 4), (3, 5)], ..AgentPlan::default() };
    let agents = (0..AGENTS).map(|_| agent()).collect();
    let mut centre = Centre::new(core, CentrePlan { agents, ..CentrePlan::default() });
    let (mut sources, mut lines) = (Records { manifest: &manifest, seed }, Lines::default());
    let mut started: HashMap<u64, i64> = HashMap::new();
    for (now_ms, contact, what) in course {
        let at_ms = now_ms - started.get(contact).copied().unwrap_or(*now_ms);
        let id = contact.to_string();
        let event = match what {
            Happens::Agent(event) => CentreEvent::Floor(event.clone()),
            in_call => CentreEvent::Call(ContactId(*contact), call_event(in_call, &id, at_ms)),
        };
        if let Happens::Starts { .. } = what {
            started.insert(*contact, *now_ms);
        }
        centre.handle(*now_ms, event, &mut sources, &mut lines);
    }
    let end_ms = course.last().map_or(CLOCK_MS, |(now_ms, ..)| *now_ms);
    centre.wake(end_ms + 600_000, &mut sources, &mut lines);
    lines
}

fn call_event<'a>(what: &Happens, id: &'a str, at_ms: i64) -> Event<'a> {
    match what {
        Happens::Starts { from, language, channel } => {
            Event::Start(CallStart { id, from, language, channel, ..CallStart::default() })
        }
        Happens::Says(party, text) => Event::Turn(Turn {
            party: *party,
            start_ms: (at_ms - 900).max(0),
            end_ms: at_ms,
            text,
            estimated: false,
        }),
        Happens::Keys(key) => Event::Key(*key),
        Happens::Intends(intent) => Event::Intent(intent),
        Happens::Unresolved => Event::Unresolved,
        Happens::Holds(on) => Event::Hold(*on),
        Happens::Sounds(frame) => Event::Frame(*frame),
        Happens::Ends | Happens::Agent(_) => Event::End,
    }
}

/// The same callers on both engines. Answers what came out of both.
pub(crate) fn walks_agree(engines: [Artefact; 2], random: &mut Random) -> Lines {
    let (course, seed) = (course(random), random.next());
    let [interpreted, native] = engines.map(|engine| walk(engine, &course, seed));
    let lines = interpreted.all.iter().zip(&native.all);
    for (at, (one, other)) in lines.enumerate() {
        assert_eq!(one, other, "line {at} (interpreted, native) of {course:#?}");
    }
    assert_eq!(interpreted.all.len(), native.all.len(), "one engine does more than the other: {course:#?}");
    interpreted
}
