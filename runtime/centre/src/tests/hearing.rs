use super::policy::{Lines, Policy};
use crate::NoSources;
use tandem_stdlib::contract::{
    CallFact, CallStart, Event, FactSource, NamedPhrases, Party, Trigger, Turn, Type,
};
use tandem_stdlib::words::{PhraseAutomaton, PhraseIndex, PhraseOutput};

/// An automaton that finds `x` as set 0 and `y` as set 1, anywhere.
fn letters() -> PhraseIndex {
    let mut classes = vec![0_u16; 256];
    classes[usize::from(b'x')] = 1;
    classes[usize::from(b'y')] = 2;
    let output = |set| PhraseOutput { set, letters: 1, before: false, alone: false };
    let automaton = PhraseAutomaton {
        page_of: vec![0],
        classes,
        end_class: 3,
        row_bits: 2,
        next: [[0, 1, 2, 0]; 3].concat(),
        first_output_state: 1,
        output_starts: vec![0, 1, 2],
        outputs: vec![output(0), output(1)],
    };
    PhraseIndex { automata: vec![automaton] }
}

/// Plays turns of (party, start, end, text) and gives, after each, the lines and the facts.
fn play(turns: &[(Party, i64, i64, &str)]) -> Vec<(Vec<String>, Vec<u64>)> {
    let mut policy = Policy::new();
    policy.manifest.phrases = ["x", "y"].map(|name| NamedPhrases { name: name.to_owned() }).to_vec();
    policy.manifest.phrase_index = letters();
    policy.manifest.heard_as = vec![(0, 1), (1, 2)];
    policy.fact(FactSource::Call(CallFact::Intent), Type::Word(0));
    policy.fact(FactSource::SaidTimes(Party::Customer, 0), Type::Number);
    let said = policy.fact(FactSource::Said(Party::Customer, 0), Type::Duration);
    policy.route("at words", &[Trigger::Says(Party::Customer, 0)], move |facts| Some((facts[said], 0)));
    policy.route("at intent", &[Trigger::Intent], |facts| Some((facts[1], 0)));
    let core = policy.core();
    let mut call = core.call();
    call.handle(0, &Event::Start(CallStart::default()), &mut NoSources, &mut Lines::default());
    let mut after = Vec::new();
    for (party, start_ms, end_ms, text) in turns {
        let turn = Turn { party: *party, start_ms: *start_ms, end_ms: *end_ms, text, estimated: false };
        let mut lines = Lines::default();
        call.handle(*end_ms, &Event::Turn(turn), &mut NoSources, &mut lines);
        after.push((lines.0, call.facts().to_vec()));
    }
    after
}

const NOT_SAID: u64 = u64::MAX;

#[test]
fn words_are_placed_within_their_turn_and_forgotten_after_it() {
    let after = play(&[(Party::Customer, 1_000, 3_000, "oo x"), (Party::Customer, 3_000, 4_000, "oo")]);
    assert_eq!(after[0].0, ["3000 #0 [2500]", "3000 #1 [1]"]);
    assert_eq!(after[0].1[1..], [1, 1.0_f64.to_bits(), NOT_SAID]);
    assert_eq!(after[1].0, [""; 0]);
}

#[test]
fn turns_are_counted_once_each_and_only_those_of_the_party() {
    let after = play(&[
        (Party::Customer, 0, 10, "x x x"),
        (Party::Agent, 10, 20, "x"),
        (Party::Customer, 20, 30, "x"),
    ]);
    let times: Vec<_> = after.iter().map(|(_, facts)| f64::from_bits(facts[2])).collect();
    assert_eq!(times, [1.0, 1.0, 2.0]);
}

#[test]
fn the_intent_named_first_in_the_customer_s_turn_counts_until_a_turn_names_another() {
    let after = play(&[
        (Party::Agent, 0, 10, "y"),
        (Party::Customer, 10, 20, "oo y x"),
        (Party::Customer, 20, 30, "oo"),
        (Party::Customer, 30, 40, "y x"),
        (Party::Customer, 40, 50, "x"),
    ]);
    let intents: Vec<_> = after.iter().map(|(_, facts)| facts[1]).collect();
    assert_eq!(intents, [0, 2, 2, 2, 1]);
    assert_eq!(after[3].0, ["40 #0 [37]"], "the intent did not change");
}
