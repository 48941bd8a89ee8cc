use super::*;
use crate::testing::{bank, recorded};

#[test]
fn every_decision_is_accounted_for() {
    let core = bank(Vec::new());
    let explained = explain(&core, &recorded("c", 30_000), ExplainOptions::default()).unwrap();
    let times: Vec<_> = explained.decisions.iter().map(|account| account.decision.at_ms).collect();
    assert_eq!(times, [0, 2_000, 5_000, 25_000]);
    let arrival = &explained.decisions[0];
    assert_eq!(arrival.decision.rule, "otherwise");
    let passed_over = &arrival.passed_over[0];
    assert_eq!((passed_over.rule.as_str(), passed_over.answer.as_str()), ("row 1", "queue complaints"));
    assert_eq!(passed_over.failed[0].values[0].value, "unknown");
    let angry = &explained.decisions[2];
    assert_eq!(angry.conditions[0].shown, "anger >= 0.70");
    assert_eq!(angry.conditions[0].values, [NamedValue { name: "anger".into(), value: "0.8".into() }]);
    assert!(explained.decisions[3].conditions.is_empty(), "a follow-up is decided by the clock");
}

#[test]
fn why_not_names_the_conditions_that_failed() {
    let core = bank(Vec::new());
    let options =
        ExplainOptions { why_not: Some("complaints"), at_ms: Some(1_000), ..ExplainOptions::default() };
    let explained = explain(&core, &recorded("c", 30_000), options).unwrap();
    assert_eq!(explained.decisions.len(), 1);
    let why_not = &explained.decisions[0].why_not[0];
    assert_eq!((why_not.held, why_not.failed[0].shown.as_str()), (false, "call.intent is complaint"));
    let silent = &explained.silent_watches[0];
    assert_eq!(silent.action, "alert supervisor then transfer complaints");
    assert_eq!(silent.outcomes[0].failed[0].values[0].value, "unknown");
}

#[test]
fn a_rule_that_held_is_hidden_by_the_one_that_decided() {
    let core = bank(Vec::new());
    let options =
        ExplainOptions { why_not: Some("general"), at_ms: Some(3_000), ..ExplainOptions::default() };
    let explained = explain(&core, &recorded("c", 30_000), options).unwrap();
    let why_not = &explained.decisions[0].why_not[0];
    assert_eq!((why_not.rule.as_str(), why_not.hidden_by.as_deref()), ("otherwise", Some("row 1")));
    assert!(explained.silent_watches.is_empty());
}

#[test]
fn an_unknown_queue_is_told_with_the_nearest() {
    let core = bank(Vec::new());
    let options = ExplainOptions { why_not: Some("complaint"), ..ExplainOptions::default() };
    let error = explain(&core, &recorded("c", 9_000), options).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the policy has no queue `complaint` (did you mean `complaints`?); name one that it declares"
    );
}
