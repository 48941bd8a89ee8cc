//! What a step of a dialog costs: a turn of the caller, the handler that follows it, what is done then. Beside it a bot
//! written by hand, which looks for the same words with the same automaton and says the same.
//!
//! `cargo bench -p tandem-tests --bench dialogs`. Times are for 1,024 turns: divide by 1,024.

#![expect(clippy::expect_used, clippy::panic, reason = "a benchmark that cannot be set up must stop")]

#[path = "dialogs/by_hand.rs"]
mod by_hand;

use by_hand::Bot;
use divan::{Bencher, black_box};
use tandem_centre::{Call, Core, Decision, DialogStep, Incident, NoSources, QaResult, Sink, Told};
use tandem_stdlib::contract::{Artefact, CallStart, Event, Party, Turn};
use tandem_tests::engines;

/// Turns in one measured run, all in one call after another.
const TURNS: usize = 1_024;

/// Turns of one call.
const TURNS_PER_CALL: usize = 16;

const POLICY: &str = r#"module bank
use std.phrases.asks_for_human
queue general
phrases balance_words { en "balance" or "how much [money|is left]" or "what do I have" }
phrases card_words { en "lost [my|the] card" or "card is gone" or "block my card" }
phrases hours_words { en "opening hours" or "when are you open" or "open today" }
dialog reception at start {
  ask "How can I help you?" hearing speech
  on asks_for_human 1000 times { transfer general }
  on balance_words { say "It is on your statement." }
  on card_words when call.unresolved < 1000 { note wish = "card" ; say "It is blocked." }
  on hours_words { say "From nine to six." }
  on unresolved 1000 times { transfer general }
  on silence 1000 times { end }
}
"#;

/// What callers say, in turn.
const SAID: [&str; 8] = [
    "hello, I would like to know my balance please",
    "I have lost my card somewhere in town yesterday",
    "when are you open on Saturdays, can you tell me that",
    "the weather is nice today, is it not",
    "well, what do I have on the account right now",
    "could you block my card for me at once",
    "I am not sure what you mean by that, sorry",
    "and tell me the opening hours of the branch in the old town",
];

/// Counts bytes that are said, so that nothing is left out.
#[derive(Default)]
struct Heard(usize);

impl Sink for Heard {
    fn decided(&mut self, decision: Decision<'_>) {
        black_box(decision);
    }

    fn judged(&mut self, _result: QaResult) {}

    fn incident(&mut self, incident: Incident) {
        panic!("{incident:?}");
    }

    fn dialog(&mut self, step: DialogStep<'_>) {
        if let Told::Said(text) | Told::Asked { text, .. } = step.what {
            self.0 += black_box(text).len();
        }
    }
}

fn main() {
    divan::main();
}

fn artefacts() -> [Artefact; 2] {
    let checked = tandem_lang::check_texts([("bank.tdm", POLICY)]);
    let program = checked.program.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    engines::both(&program).expect("compiles")
}

/// The turns of all calls, two seconds apart.
fn turns() -> impl Iterator<Item = (usize, i64, &'static str)> {
    SAID.into_iter().cycle().take(TURNS).enumerate().map(|(number, text)| {
        let of_call = number % TURNS_PER_CALL;
        (of_call, 2_000 * (of_call as i64 + 1), text)
    })
}

fn drive(call: &mut Call, heard: &mut Heard) {
    let mut sources = NoSources;
    for (of_call, end_ms, text) in turns() {
        if of_call == 0 {
            call.reset();
            call.handle(0, &Event::Start(CallStart::default()), &mut sources, heard);
        }
        let turn = Turn { party: Party::Customer, start_ms: end_ms - 1_500, end_ms, text, estimated: false };
        call.handle(end_ms, &Event::Turn(turn), &mut sources, heard);
        call.wake(end_ms + 1, &mut sources, heard);
    }
}

fn by_hand(bot: &mut Bot) -> usize {
    turns().map(|(of_call, _, text)| bot.turn(of_call == 0, black_box(text))).sum()
}

fn bench(bencher: Bencher, artefact: Artefact) {
    let mut bot = Bot::new(&artefact.manifest);
    let mut call = Core::new(artefact).expect("fits").call();
    let mut heard = Heard::default();
    drive(&mut call, &mut heard);
    assert_eq!(heard.0, by_hand(&mut bot), "both say the same");
    bencher.bench_local(|| drive(&mut call, &mut heard));
}

#[divan::bench(name = "turn to handler to act, hand-written")]
fn hand_written(bencher: Bencher) {
    let [artefact, _] = artefacts();
    let mut bot = Bot::new(&artefact.manifest);
    bencher.bench_local(|| black_box(by_hand(&mut bot)));
}

#[divan::bench(name = "turn to handler to act, native")]
fn native(bencher: Bencher) {
    let [_, artefact] = artefacts();
    bench(bencher, artefact);
}

#[divan::bench(name = "turn to handler to act, interpreted")]
fn interpreted(bencher: Bencher) {
    let [artefact, _] = artefacts();
    bench(bencher, artefact);
}
