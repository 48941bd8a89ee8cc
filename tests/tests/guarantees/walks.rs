//! Callers who walk through a dialog on the real runtime, and what they make of a promise.

use tandem_centre::{
    Answer, ArgumentValue, Core, Decision, DialogStep, Incident, QaResult, Sink, Sources, Told,
};
use tandem_stdlib::contract::{CallStart, Event, Party, Slot, Turn};

use super::dialogs::{Promised, Random, What};

/// What somebody may say, and whether that asks for a person.
const SAID: [(&str, bool); 6] = [
    ("well", false),
    ("hello", false),
    ("I lost my card", false),
    ("speak to a person", true),
    ("hello, speak to a person", true),
    ("lost my card, so put me through", true),
];

/// A turn in which nothing is said lasts longer than any question waits.
const SILENCE_MS: i64 = 7_500;

/// The pause before anything else; all turns of a call without a silence are shorter than any question waits.
const PAUSE_MS: i64 = 200;

/// What the dialog did in one turn.
#[derive(Default)]
struct Seen {
    asked: usize,
    /// Of these, before anything that the caller came for.
    asked_before: usize,
    answered: bool,
    over: bool,
    queue: Option<Slot>,
}

impl Sink for Seen {
    fn decided(&mut self, _: Decision<'_>) {}
    fn judged(&mut self, _: QaResult) {}
    fn incident(&mut self, incident: Incident) {
        panic!("{incident:?}");
    }

    fn dialog(&mut self, step: DialogStep<'_>) {
        match step.what {
            Told::Asked { .. } => {
                self.asked += 1;
                self.asked_before += usize::from(!self.answered);
            }
            Told::Answered(_) => self.answered = true,
            Told::Transferred { queue, .. } => self.queue = Some(queue),
            Told::Resolved | Told::Ended | Told::Finished => self.over = true,
            _ => {}
        }
    }
}

/// A source that knows the balance, or nothing.
struct Balance(bool);

impl Sources for Balance {
    fn answer(&mut self, _: usize, _: &[ArgumentValue<'_>], answer: &mut Answer) -> bool {
        if self.0 {
            answer.set(0, 120_000);
        }
        self.0
    }
}

/// How a promise stands in one call.
struct Judge {
    promised: Promised,
    asks: usize,
    since: Option<usize>,
    questions: usize,
    cards: Slot,
}

impl Judge {
    /// Takes a turn in; `Some`: the promise is broken, or kept for good.
    fn turn(&mut self, asks_now: bool, begins: bool, seen: &Seen) -> Option<bool> {
        let counts_anyway = self.promised.asks == 0;
        self.asks += usize::from(asks_now);
        self.since = match self.since {
            Some(since) => Some(since + 1),
            None if counts_anyway && begins => Some(0),
            None if !counts_anyway && self.asks >= self.promised.asks => Some(1),
            none => none,
        };
        let over = seen.over || seen.queue.is_some();
        let Some(since) = self.since else { return over.then_some(true) };
        self.questions +=
            if matches!(self.promised.what, What::Heard(_)) { seen.asked_before } else { seen.asked };
        let late = |turns: usize| (over || since >= turns).then_some(false);
        let kept = over.then_some(true);
        match self.promised.what {
            What::Person(_) if seen.queue.is_some() => Some(true),
            What::Person(turns) => late(turns),
            What::Anything(_) if over || seen.answered => Some(true),
            What::Anything(turns) => late(turns),
            What::Questions(most) if self.questions > most => Some(false),
            What::Heard(most) if self.questions > most => Some(false),
            What::Heard(_) => (over || seen.answered).then_some(true),
            What::NotCards if seen.queue == Some(self.cards) => Some(false),
            What::Questions(_) | What::NotCards => kept,
        }
    }
}

/// Lets a caller do something, turn after turn; answers whether the promise was kept, with what was done.
pub(crate) fn walk(core: &Core, promised: Promised, random: &mut Random) -> (bool, Vec<String>) {
    let mut sources = Balance(random.below(2) == 0);
    let mut call = core.call();
    let queues = core.manifest().queues.iter().position(|queue| queue.name == "cards").expect("a queue");
    let mut judge = Judge { promised, asks: 0, since: None, questions: 0, cards: queues as Slot + 1 };
    let start = CallStart {
        id: "walk",
        clock_ms: 1_767_607_200_000,
        from: "+442071838750",
        to: "",
        outbound: false,
        channel: "phone",
        language: "en",
    };
    let (mut seen, mut now_ms) = (Seen::default(), 0);
    call.handle(0, &Event::Start(start), &mut sources, &mut seen);
    let mut done = Vec::new();
    let mut verdict = judge.turn(false, true, &seen);
    for _ in 0..12 {
        if let Some(kept) = verdict {
            return (kept, done);
        }
        seen = Seen::default();
        let mut asks = false;
        match random.below(5) {
            0 => {
                now_ms += SILENCE_MS;
                done.push("silence".to_owned());
            }
            1 => {
                now_ms += PAUSE_MS;
                let key = random.pick(&["0", "1", "2", "9"]);
                done.push(format!("key {key}"));
                call.handle(now_ms, &Event::Key(key.chars().next().expect("a key")), &mut sources, &mut seen);
            }
            _ => {
                now_ms += PAUSE_MS;
                let (text, request) = SAID[random.below(SAID.len())];
                asks = request;
                let turn = Turn {
                    party: Party::Customer,
                    start_ms: now_ms - 100,
                    end_ms: now_ms,
                    text,
                    estimated: false,
                };
                call.handle(now_ms, &Event::Turn(turn), &mut sources, &mut seen);
                done.push(format!("says {text}"));
                if random.below(3) == 0 {
                    let intent = random.pick(&["balance", "lost_card"]);
                    call.handle(now_ms, &Event::Intent(intent), &mut sources, &mut seen);
                    done.push(format!("intent {intent}"));
                }
            }
        }
        call.wake(now_ms + 1, &mut sources, &mut seen);
        verdict = judge.turn(asks, false, &seen);
    }
    (verdict != Some(false), done)
}
