//! Accounts of decisions name what the author wrote, each name once; and empty texts are absent ones.

use tandem_compiler::{Compiled, compile};
use tandem_lang::check_texts;
use tandem_stdlib::contract::{FactSource, Operand, Slot, Status};

const POLICY: &str = r#"
tier { guest, basic, gold, vip }
queue a, b, c
role supervisor
record Customer {
  tier: tier
}
source crm.customer(phone) -> Customer within 800ms

route arrival at start decides queue {
  let who = crm.customer(call.from) else guest
  when call.keys = "" and call.unresolved >= 2 decide queue c
  table first match {
    who.tier  -> queue
    gold, vip -> a
    otherwise -> b
  }
}

watch distressed on customer {
  when anger >= 0.70 for at least 5s with confidence >= 0.6
  do alert supervisor because "customer distressed"
}
"#;

fn compiled() -> Option<Compiled> {
    let checked = check_texts([("accounts.tdm", POLICY)]);
    compile(&checked.program?).ok()
}

/// Facts: nothing known but what `given` says.
fn facts(compiled: &Compiled, given: impl Fn(FactSource) -> Option<Slot>) -> Vec<Slot> {
    compiled.manifest.facts.iter().map(|spec| given(spec.source).unwrap_or(0)).collect()
}

fn shown(operands: &[Operand]) -> Vec<(String, Slot)> {
    operands.iter().map(|one| (one.name.clone(), one.value)).collect()
}

#[test]
fn an_answer_is_named_once_with_the_value_that_counts() {
    let compiled = compiled().unwrap();
    let known = |source| match source {
        FactSource::AnswerKnown(..) => Some(1),
        FactSource::Answer(..) => Some(3),
        _ => None,
    };
    let traces = compiled.explain().explain(0, &facts(&compiled, known), &[]);
    assert!(traces[1].held);
    assert_eq!(shown(&traces[1].atoms[0].operands), [("who.tier".to_owned(), 3)]);
}

#[test]
fn without_an_answer_the_fallback_counts_and_the_look_up_is_unknown() {
    let compiled = compiled().unwrap();
    let traces = compiled.explain().explain(0, &facts(&compiled, |_| None), &[]);
    assert!(!traces[1].held);
    let unknown = f64::NAN.to_bits();
    let wanted = [("who.tier".to_owned(), 1), ("crm.customer(call.from)".to_owned(), unknown)];
    assert_eq!(shown(&traces[1].atoms[0].operands), wanted);
}

#[test]
fn the_confidence_is_named_as_what_it_is() {
    let compiled = compiled().unwrap();
    let state = vec![0; compiled.manifest.entries[1].state_slots as usize];
    let traces = compiled.explain().explain(1, &facts(&compiled, |_| None), &state);
    let names = traces[0].atoms.iter().flat_map(|atom| shown(&atom.operands)).map(|(name, _)| name);
    assert_eq!(names.collect::<Vec<_>>(), ["anger", "customer anger confidence"]);
}

#[test]
fn an_empty_text_is_an_absent_one() {
    let compiled = compiled().unwrap();
    let twice = |source| match source {
        FactSource::Call(tandem_stdlib::contract::CallFact::Unresolved) => Some(2.0_f64.to_bits()),
        _ => None,
    };
    let mut answer = vec![9; compiled.manifest.entries[0].answer_slots as usize];
    let status = compiled.interpreted().evaluator.run(0, &facts(&compiled, twice), &mut [], &mut answer);
    assert_eq!((status, answer[1]), (Status::Done, 0), "the rule about no keys decides");
}

#[test]
fn leads_of_two_campaigns_are_named_apart() {
    let text = "record Debtor { phone: phone, debt: number = 0 }\nrecord Prospect { phone: phone, wish: number = 0 }\n\
                source crm.debtors() -> Debtor\nsource crm.prospects() -> Prospect\nqueue a\n\
                campaign debts {\n  call each lead of source crm.debtors\n  never when lead.debt > 1\n  \
                at most 1 attempt per day per person\n  pace progressive\n  agents of a\n}\n\
                campaign sales {\n  call each lead of source crm.prospects\n  never when lead.wish > 1\n  \
                at most 1 attempt per day per person\n  pace progressive\n  agents of a\n}\n";
    let compiled = compile(&check_texts([("leads.tdm", text)]).program.unwrap()).unwrap();
    let given = |source| matches!(source, FactSource::Lead(..) | FactSource::LeadKnown(..)).then_some(1);
    let named = |campaign: usize| {
        let guard = compiled.manifest.campaigns[campaign].never.unwrap() as usize;
        let traces = compiled.explain().explain(guard, &facts(&compiled, given), &[]);
        traces[0].atoms[0].operands[0].name.clone()
    };
    assert_eq!([named(0), named(1)], ["lead.debt", "lead.wish"]);
}
