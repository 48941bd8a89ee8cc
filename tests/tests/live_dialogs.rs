//! A dialog as a live host drives it: sources that answer when they answer, on both engines.

#![cfg(test)]

use tandem_centre::floor::{ContactId, FloorAction};
use tandem_centre::{
    Answer, ArgumentValue, Call, Centre, CentreEvent, CentrePlan, CentreSink, Core, Decision, DialogStep,
    Incident, QaResult, Sink, Sources, Told,
};
use tandem_stdlib::contract::{CallStart, Event};
use tandem_tests::engines;

const POLICY: &str = r#"module bank
queue general
record Account { amount: money CNY ; owner: text }
source crm.balance(phone) -> Account within 1s
dialog balance at start {
  ask "One for the balance." hearing keys
  on key 1 {
    answer crm.balance(call.from) within 2s with "{owner}, it is {amount}." otherwise { say "I cannot see it." }
  }
  on unresolved, silence 2 times { end }
}
"#;

/// A source that has been asked and has not answered.
#[derive(Default)]
struct OnItsWay(u32);

impl Sources for OnItsWay {
    fn answer(&mut self, _source: usize, arguments: &[ArgumentValue<'_>], answer: &mut Answer) -> bool {
        assert_eq!(arguments, [ArgumentValue::Text("+8613800138000")]);
        self.0 += 1;
        answer.pending();
        true
    }
}

/// What was said, with its time.
#[derive(Default)]
struct Said(Vec<(i64, String)>);

impl Sink for Said {
    fn decided(&mut self, _decision: Decision<'_>) {}

    fn judged(&mut self, _result: QaResult) {}

    fn incident(&mut self, incident: Incident) {
        panic!("{incident:?}");
    }

    fn dialog(&mut self, step: DialogStep<'_>) {
        match step.what {
            Told::Said(text) | Told::Answered(text) => self.0.push((step.at_ms, text.to_owned())),
            _ => {}
        }
    }
}

impl CentreSink for Said {
    fn acted(&mut self, _at_ms: i64, _action: FloorAction) {}

    fn dialog(&mut self, _contact: ContactId, step: DialogStep<'_>) {
        Sink::dialog(self, step);
    }
}

/// Calls in which the balance was asked for after two seconds.
fn calls() -> Vec<(Call, OnItsWay, Said)> {
    let checked = tandem_lang::check_texts([("bank.tdm", POLICY)]);
    let program = checked.program.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let asked = |artefact| {
        let (mut call, mut sources, mut said) =
            (Core::new(artefact).expect("fits").call(), OnItsWay::default(), Said::default());
        let start = CallStart { from: "+8613800138000", ..CallStart::default() };
        call.handle(0, &Event::Start(start), &mut sources, &mut said);
        assert_eq!(sources.0, 0, "nobody has asked yet");
        call.handle(2_000, &Event::Key('1'), &mut sources, &mut said);
        assert_eq!((sources.0, call.wake_at()), (1, Some(4_000)), "asked once; the wait has an end");
        (call, sources, said)
    };
    engines::both(&program).expect("compiles").into_iter().map(asked).collect()
}

fn answer() -> Answer {
    let mut answer = Answer::default();
    answer.set(0, 50_000);
    answer.set_text(1, "Ann");
    answer
}

#[test]
fn the_answer_is_told_when_it_comes() {
    for (mut call, mut sources, mut said) in calls() {
        call.answered(3_200, (0, answer()), &mut sources, &mut said);
        let [(at_ms, text)] = said.0.as_slice() else { panic!("{:?}", said.0) };
        assert!(*at_ms == 3_200 && text.starts_with("Ann, it is "), "{text}");
        call.answered(3_300, (0, answer()), &mut sources, &mut said);
        assert_eq!(said.0.len(), 1, "nobody waits for it any more");
    }
}

#[test]
fn the_dialog_wakes_itself_when_nobody_answers_in_time() {
    for (mut call, mut sources, mut said) in calls() {
        call.answered(3_000, (7, answer()), &mut sources, &mut said);
        call.wake(4_000, &mut sources, &mut said);
        call.answered(4_500, (0, answer()), &mut sources, &mut said);
        assert_eq!(said.0, [(4_000, "I cannot see it.".to_owned())]);
    }
}

#[test]
fn an_answer_at_the_limit_is_in_time_and_one_after_a_late_host_is_not() {
    for (mut call, mut sources, mut said) in calls() {
        call.answered(4_000, (0, answer()), &mut sources, &mut said);
        assert_eq!(said.0.len(), 1);
        assert!(said.0.iter().all(|(_, text)| text.starts_with("Ann")), "{:?}", said.0);
    }
    for (mut call, mut sources, mut said) in calls() {
        call.answered(9_000, (0, answer()), &mut sources, &mut said);
        assert_eq!(
            said.0,
            [(4_000, "I cannot see it.".to_owned())],
            "it carries the time at which it was due"
        );
    }
}

#[test]
fn a_centre_passes_answers_on_to_their_calls() {
    let checked = tandem_lang::check_texts([("bank.tdm", POLICY)]);
    let program = checked.program.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    for artefact in engines::both(&program).expect("compiles") {
        let mut centre = Centre::new(Core::new(artefact).expect("fits"), CentrePlan::default());
        let (mut sources, mut said) = (OnItsWay::default(), Said::default());
        let (began_ms, ours, theirs) = (1_767_603_590_000, ContactId(1), ContactId(2));
        for contact in [ours, theirs] {
            let start = CallStart { from: "+8613800138000", ..CallStart::default() };
            let start = CentreEvent::Call(contact, Event::Start(start));
            centre.handle(began_ms, start, &mut sources, &mut said);
        }
        for contact in [ours, theirs] {
            let key = CentreEvent::Call(contact, Event::Key('1'));
            centre.handle(began_ms + 2_000, key, &mut sources, &mut said);
        }
        centre.source_answered(began_ms + 3_200, ours, (0, answer()), (&mut sources, &mut said));
        centre.wake(began_ms + 4_000, &mut sources, &mut said);
        let told: Vec<(i64, bool)> =
            said.0.iter().map(|(at_ms, text)| (*at_ms, text.starts_with("Ann"))).collect();
        assert_eq!(told, [(3_200, true), (4_000, false)], "theirs has no answer, and its wait ends");
    }
}
