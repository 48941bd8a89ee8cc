use super::policy::{Lines, Policy};
use crate::{Answer, ArgumentValue, Call, Core, Sources};
use tandem_stdlib::contract::{
    Argument, CallFact, CallStart, Event, FactSource, SourceCall, SourceField, SourceSpec, TextFact, Trigger,
    Type,
};

/// Answers a tier and a region, and remembers what it was asked.
#[derive(Default)]
struct Crm {
    asked: Vec<String>,
    knows: bool,
}

impl Sources for Crm {
    fn answer(&mut self, source: usize, arguments: &[ArgumentValue<'_>], answer: &mut Answer) -> bool {
        self.asked.push(format!("{source} {arguments:?}"));
        answer.set_text(1, "north");
        self.knows
    }
}

/// A source with the fields tier (slot default 7) and region, asked with the caller's number and the intent.
fn policy() -> (Core, [usize; 4]) {
    let mut policy = Policy::new();
    let field =
        |name: &str, ty, default| SourceField { name: name.to_owned(), ty, sensitive: false, default };
    policy.manifest.sources = vec![SourceSpec {
        name: "crm.customer".to_owned(),
        parameters: vec![Type::Phone, Type::Word(0)],
        fields: vec![field("tier", Type::Number, Some(7)), field("region", Type::Text, None)],
        within_ms: 800,
    }];
    policy.manifest.source_calls = vec![SourceCall {
        source: 0,
        arguments: vec![
            Argument::Fact(FactSource::Text(TextFact::From)),
            Argument::Fact(FactSource::Call(CallFact::Intent)),
        ],
    }];
    let slots = [
        policy.fact(FactSource::Answered(0), Type::YesNo),
        policy.fact(FactSource::AnswerKnown(0, 0), Type::YesNo),
        policy.fact(FactSource::Answer(0, 0), Type::Number),
        policy.fact(FactSource::Answer(0, 1), Type::Text),
    ];
    policy.route("arrival", &[Trigger::Start, Trigger::Intent, Trigger::Key], |_| Some((1, 0)));
    (policy.core(), slots)
}

fn play(crm: &mut Crm) -> (Call, [usize; 4]) {
    let (core, slots) = policy();
    let (mut call, mut lines) = (core.call(), Lines::default());
    let start = CallStart { from: "+86138", ..CallStart::default() };
    call.handle(0, &Event::Start(start), crm, &mut lines);
    assert_eq!(crm.asked.len(), 0, "the intent is not known yet");
    call.handle(1, &Event::Intent("complaint"), crm, &mut lines);
    call.handle(2, &Event::Key('1'), crm, &mut lines);
    (call, slots)
}

#[test]
fn a_source_is_asked_once_its_arguments_are_known_and_again_when_they_change() {
    let mut crm = Crm { knows: true, ..Crm::default() };
    let (mut call, _) = play(&mut crm);
    call.handle(3, &Event::Intent("lost_card"), &mut crm, &mut Lines::default());
    assert_eq!(crm.asked, ["0 [Text(\"+86138\"), Slot(2)]", "0 [Text(\"+86138\"), Slot(1)]"]);
}

#[test]
fn an_answer_fills_the_facts_and_defaults_the_rest() {
    let (call, [answered, known, tier, region]) = play(&mut Crm { knows: true, ..Crm::default() });
    let facts = call.facts();
    assert_eq!((facts[answered], facts[known], facts[tier]), (1, 1, 7));
    assert_eq!(call.text(facts[region]), Some("north"));
}

#[test]
fn no_answer_is_unknown_whatever_was_written() {
    let (call, [answered, known, tier, region]) = play(&mut Crm::default());
    let facts = call.facts();
    assert_eq!((facts[answered], facts[known], facts[tier], facts[region]), (0, 0, 0, 0));
}

#[test]
fn a_reset_call_remembers_no_answer() {
    let mut crm = Crm { knows: true, ..Crm::default() };
    let (mut call, _) = play(&mut crm);
    call.reset();
    call.handle(
        0,
        &Event::Start(CallStart { from: "+86138", ..CallStart::default() }),
        &mut crm,
        &mut Lines::default(),
    );
    call.handle(1, &Event::Intent("complaint"), &mut crm, &mut Lines::default());
    assert_eq!(crm.asked.len(), 2);
}

#[test]
fn a_source_is_asked_about_a_lead_only_where_there_is_one() {
    let mut policy = Policy::new();
    policy.manifest.sources = vec![SourceSpec {
        name: "crm.disputes".to_owned(),
        parameters: vec![Type::Number],
        fields: Vec::new(),
        within_ms: 800,
    }];
    let product = FactSource::Lead(0, 1);
    policy.manifest.source_calls = vec![SourceCall { source: 0, arguments: vec![Argument::Fact(product)] }];
    policy.fact(FactSource::Answered(0), Type::YesNo);
    let core = policy.core();
    let (mut call, mut lines, mut crm) = (core.call(), Lines::default(), Crm::default());
    // A call about no lead, then leads that say nothing, 0, and 0 again.
    for (said, asked) in [(None, 0), (Some((0, 0)), 0), (Some((1, 0)), 1), (Some((1, 0)), 2)] {
        call.consider(&CallStart::default(), &mut lines);
        if let Some((known, value)) = said {
            call.give(FactSource::LeadKnown(0, 1), known);
            call.give(product, value);
        }
        call.ask(&mut crm, &mut lines);
        assert_eq!(crm.asked.len(), asked, "{said:?}");
    }
}
