//! What the grammar expected, in words.

use super::definitions;
use super::grammar::Rule;

/// Rules and what a message calls them; what is called nothing is not worth naming. A rule that is not here is called by
/// the word with which it begins, if there is only one.
const CALLED: &[(&[Rule], &str)] = &[
    (&[Rule::EOI], "the end of the line"),
    (&[Rule::name, Rule::title, Rule::whole_name, Rule::word, Rule::path, Rule::named], "a name"),
    (&[Rule::number], "a number"),
    (&[Rule::percent], "a share such as `80%`"),
    (&[Rule::duration], "a time span such as `5s`"),
    (&[Rule::date, Rule::days], "a day such as `2026-10-01`"),
    (&[Rule::time], "a time of day such as `08:00`"),
    (&[Rule::hours], "hours such as `08:00-21:00`"),
    (&[Rule::window], "a window such as `7d`, `day` or `the campaign`"),
    (&[Rule::whose_clock], "whose clock, such as `local time of lead.phone` or `in Asia/Shanghai`"),
    (&[Rule::pace], "`preview`, `progressive`, `power` or `predictive`"),
    (&[Rule::counted_calls], "`live answers`, `queued calls` or `all calls`"),
    (&[Rule::ticket_event], "`opened`, `assigned`, `touched`, `done`, `escalated`, `closed` or `reopened`"),
    (&[Rule::goes], "`go to` a step, or `close`"),
    (&[Rule::need], "what it needs, such as `consent` or `do-not-call check`"),
    (&[Rule::moment], "a moment such as `2026-03-29 00:59:50 Europe/London`"),
    (&[Rule::zone], "a time zone such as `Europe/London`"),
    (&[Rule::quoted, Rule::whole_text], "a text in quotation marks"),
    (&[Rule::weekdays, Rule::weekday], "a day of the week such as `mon`"),
    (&[Rule::type_name], "a type"),
    (&[Rule::signal], "a signal such as `anger`"),
    (&[Rule::party], "`customer` or `agent`"),
    (&[Rule::weight], "`critical`, `fail` or `score 5`"),
    (&[Rule::at], "when it decides, such as `start` or `intent`"),
    (&[Rule::action], "`alert` or `transfer` with a name"),
    (&[Rule::because], "`because`"),
    (&[Rule::mask_kind], "`card_number`, `id_number`, `phone`, `email` or `iban`"),
    (&[Rule::mask_place], "`transcript`, `recording` or `screen`"),
    (&[Rule::card_cap], "`at most 3 cards per 5min`"),
    (&[Rule::sample_line], "`all`, `none` or a share such as `10%`"),
    (&[Rule::tries_line], "`route`"),
    (&[Rule::waiting_line], "`after` and a time span"),
    (&[Rule::wrap_up_line], "`after-call work at most 60s`"),
    (&[Rule::effective], "dates such as `from 2027-01-01 in Asia/Shanghai`"),
    (&[Rule::metric], "a figure such as `occupancy` or `answered within 10s of offered`"),
    (&[Rule::levels], "levels such as `4..5`"),
    (&[Rule::skill_need, Rule::skills_together], "a skill"),
    (&[Rule::service_level], "`answered within 10s of offered`"),
    (&[Rule::preference], "a preference such as `longest idle`"),
    (&[Rule::waiting_action], "what happens then, such as `offer callback` or `overflow to general`"),
    (&[Rule::arrow], "`->`"),
    (&[Rule::close_brace], "`}`"),
    (&[Rule::close_paren], "`)`"),
    (&[Rule::open_paren], "`(`"),
    (&[Rule::colon], "`:`"),
    (&[Rule::comma], "`,`"),
    (&[Rule::dash], "`-`"),
    (&[Rule::dots], "`..`"),
    (&[Rule::equals], "`=`"),
    (&[Rule::literal, Rule::signal_value, Rule::cell_value], "a value"),
    (
        &[Rule::cell, Rule::cell_test],
        "a value, a comparison such as `>= 0.7`, a range such as `4..5` or `any`",
    ),
    (&[Rule::expression, Rule::operation, Rule::condition, Rule::whole_expression], "a value or a condition"),
    (&[Rule::words], "a text in quotation marks, or the name of a `text`"),
    (&[Rule::heard], "what is heard: `intent`, `speech`, `text` or `keys`"),
    (&[Rule::key, Rule::key_meaning], "a key such as `1`"),
    (&[Rule::occasion], "an intent, phrases, `key 1`, `unresolved`, `silence` or `anything`"),
    (&[Rule::handed], "what is handed over, such as `summary` or `account = call.keys`"),
    (&[Rule::recurrence], "`once`, `repeatedly` or `3 times`"),
    (&[Rule::answer], "an output and its answer, such as `queue general`"),
    (&[Rule::output], "the name of an output, such as `queue`"),
    (&[Rule::test_action], "something that happens or `expect`"),
    (&[Rule::minus, Rule::not, Rule::fields, Rule::says, Rule::group, Rule::yes, Rule::no], ""),
    (&[Rule::op_compare], "a comparison such as `>= 0.7`"),
    (&[Rule::guarantee_line], "`every` or `no`"),
    (&[Rule::behaviour], "what callers do, such as `says asks_for_human`, `keys 0` or `is silent`"),
    (&[Rule::goal], "a goal such as `a queue`, `an answer` or `the end`"),
    (&[Rule::replay_figure], "a figure such as `changed queue`"),
    (&[Rule::replay_expected, Rule::replay_line], "`expect`"),
];

/// A rule in words; empty: not worth naming.
pub(super) fn words(rule: Rule) -> String {
    let called = CALLED.iter().find(|(rules, _)| rules.contains(&rule)).map(|(_, words)| (*words).to_owned());
    let operator = || is_operator(rule).then(|| "an operator such as `and` or `=`".to_owned());
    called.or_else(operator).unwrap_or_else(|| match keywords(rule).as_slice() {
        [keyword] => format!("`{keyword}`"),
        _ => String::new(),
    })
}

/// The words with which a rule can begin.
pub(super) fn keywords(rule: Rule) -> Vec<&'static str> {
    definitions::first_words(&format!("{rule:?}"))
}

/// What only joins on where an operator may stand as well: not worth naming beside it.
pub(super) const fn is_joining(rule: Rule) -> bool {
    matches!(rule, Rule::open_paren | Rule::number | Rule::op_compare)
}

fn is_operator(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::op_or
            | Rule::op_and
            | Rule::op_add
            | Rule::op_subtract
            | Rule::op_multiply
            | Rule::op_divide
            | Rule::op_else
            | Rule::in_tail
            | Rule::starts_tail
            | Rule::lasts_tail
            | Rule::confidence_tail
            | Rule::often_tail
            | Rule::moves_tail
            | Rule::arguments
            | Rule::kw_if
            | Rule::kw_for
            | Rule::kw_starts
            | Rule::kw_with
            | Rule::kw_rises
            | Rule::kw_falls
    )
}
