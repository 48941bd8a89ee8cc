//! What the grammar expected, in the author's terms.

use pest::error::{Error, ErrorVariant, InputLocation};

use tandem_stdlib::words::closest;

use super::grammar::Rule;
use super::{examples, habits};
use crate::diagnostics::{Code, Diagnostic};
use crate::layout::first_word;
use crate::source::Span;

/// So many expectations are named at most.
const NAMED_MAX: usize = 4;
/// So many characters of what was found are shown.
const SHOWN_MAX: usize = 30;

/// Longer words, in bytes, are not compared: the comparison takes time by the square of the length.
const COMPARED_MAX: usize = 64;

/// What a misspelt word probably means.
pub(super) fn near<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > COMPARED_MAX { None } else { closest(word, candidates) }
}

/// The finding for a statement of this kind that the grammar does not accept.
pub(super) fn diagnostic(statement: Rule, error: &Error<Rule>, text: &str, span: Span) -> Diagnostic {
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let rest = text.get(at..).unwrap_or_default();
    let found = found(rest);
    let place = place(text, at, found, span);
    let rules = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives.as_slice(),
        ErrorVariant::CustomError { .. } => &[],
    };
    let wanted = joined(rules);
    let message = if found.is_empty() {
        format!("expected {wanted}, but the statement ends here")
    } else {
        format!("expected {wanted}, found `{}`", shortened(found))
    };
    let diagnostic = Diagnostic::new(Code::UnexpectedText, place, message);
    let keywords = rules.iter().flat_map(|rule| keywords(*rule).iter().copied());
    if let Some(help) = habits::written(statement, rules, found, text) {
        return diagnostic.help(help);
    }
    if let Some(keyword) = near(found, keywords) {
        return diagnostic.help(format!("did you mean `{keyword}`?")).fix(place, keyword);
    }
    diagnostic.help(match value_example(rules).map(str::to_owned).or_else(|| examples::of(statement)) {
        Some(help) => help,
        None => keyword_example(rules).to_owned(),
    })
}

/// What stands there: a word, or a run of signs.
fn found(rest: &str) -> &str {
    let word = first_word(rest);
    if !word.is_empty() {
        return word;
    }
    let sign = |c: char| !(c.is_whitespace() || c.is_alphanumeric() || matches!(c, '_' | '"' | '(' | ')'));
    let end = rest.find(|c| !sign(c)).unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    rest.get(..end.max(first)).unwrap_or_default()
}

/// Where: what was found, or the last character before the end.
fn place(text: &str, at: usize, found: &str, span: Span) -> Span {
    let offset = |at: usize| span.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
    if found.is_empty() {
        let before = text.get(..at).unwrap_or(text).trim_end();
        let last = before.chars().next_back().map_or(0, char::len_utf8);
        return Span { start: offset(before.len() - last), end: offset(before.len()), ..span };
    }
    Span { start: offset(at), end: offset(at + found.len()), ..span }
}

fn shortened(found: &str) -> String {
    let mut shown: String = found.chars().take(SHOWN_MAX).collect();
    if shown.len() < found.len() {
        shown.push('…');
    }
    shown
}

/// `a`, `b` or `c`, each once, the most telling ones first.
fn joined(rules: &[Rule]) -> String {
    let mut wanted: Vec<String> = Vec::new();
    let operator = rules.contains(&Rule::op_and);
    for rule in rules.iter().filter(|rule| !(operator && is_joining(**rule))) {
        let words = words(*rule);
        if !words.is_empty() && !wanted.contains(&words) {
            wanted.push(words);
        }
    }
    wanted.sort_by_key(|words| words.starts_with("an operator") || words.starts_with("the end"));
    let more = wanted.len() > NAMED_MAX;
    wanted.truncate(NAMED_MAX);
    if more {
        wanted.push("something else that fits".to_owned());
    }
    match wanted.split_last() {
        None => "something else".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

/// What to do, by an example of the first value expected that has one.
fn value_example(rules: &[Rule]) -> Option<&'static str> {
    rules.iter().find_map(|rule| match rule {
        Rule::expression | Rule::operation | Rule::whole_expression => {
            Some("write a condition such as `who.tier >= gold`")
        }
        Rule::duration => Some("write a time span with its unit, such as `5s`, `2min` or `1h30min`"),
        Rule::quoted => Some("write a text in straight quotation marks: `\"…\"`"),
        Rule::type_name => Some("write a type such as `yes/no`, `money CNY`, `tier` or `text`"),
        Rule::date | Rule::days => Some("write a day such as `2026-10-01`"),
        Rule::time | Rule::hours => Some("write hours such as `08:00-21:00`"),
        Rule::words => Some("write a text in straight quotation marks, or the name of a `text`"),
        Rule::party => Some("say who: `customer` or `agent`"),
        _ => None,
    })
}

/// The same of other things, where the grammar has no example of the whole statement.
fn keyword_example(rules: &[Rule]) -> &'static str {
    let found = rules.iter().find_map(|rule| match rule {
        Rule::kw_at => Some("write how long or how often at least or at most, such as `for at least 5s`"),
        Rule::kw_heard => Some("separate words by commas or new lines"),
        Rule::kw_hearing | Rule::heard => {
            Some("say what the question hears: `ask \"…\" hearing intent, keys 1 -> balance`")
        }
        _ => None,
    });
    found.unwrap_or("see the language reference for how this statement is written")
}

/// A rule in words; empty: not worth naming.
fn words(rule: Rule) -> String {
    let text = match rule {
        Rule::EOI => "the end of the line",
        Rule::name | Rule::whole_name | Rule::word | Rule::path | Rule::named => "a name",
        Rule::number => "a number",
        Rule::percent => "a share such as `80%`",
        Rule::duration => "a time span such as `5s`",
        Rule::date | Rule::days => "a day such as `2026-10-01`",
        Rule::time => "a time of day such as `08:00`",
        Rule::hours => "hours such as `08:00-21:00`",
        Rule::window => "a window such as `7d`, `day` or `the campaign`",
        Rule::whose_clock => "whose clock, such as `local time of lead.phone` or `in Asia/Shanghai`",
        Rule::pace => "`preview`, `progressive`, `power` or `predictive`",
        Rule::counted_calls => "`live answers`, `queued calls` or `all calls`",
        Rule::ticket_event => "`opened`, `assigned`, `touched`, `escalated`, `closed` or `reopened`",
        Rule::need => "what it needs, such as `consent` or `do-not-call check`",
        Rule::moment => "a moment such as `2026-03-29 00:59:50 Europe/London`",
        Rule::zone => "a time zone such as `Europe/London`",
        Rule::quoted | Rule::whole_text => "a text in quotation marks",
        Rule::weekdays | Rule::weekday => "a day of the week such as `mon`",
        Rule::type_name => "a type",
        Rule::party => "`customer` or `agent`",
        Rule::weight => "`critical`, `fail` or `score 5`",
        Rule::at => "when it decides, such as `start` or `intent`",
        Rule::action => "`alert` or `transfer` with a name",
        Rule::because => "`because`",
        Rule::mask_kind => "`card_number`, `id_number`, `phone`, `email` or `iban`",
        Rule::mask_place => "`transcript`, `recording` or `screen`",
        Rule::card_cap => "`at most 3 cards per 5min`",
        Rule::sample_line => "`all`, `none` or a share such as `10%`",
        Rule::tries_line => "`route`",
        Rule::waiting_line => "`after` and a time span",
        Rule::wrap_up_line => "`after-call work at most 60s`",
        Rule::effective => "dates such as `from 2027-01-01 in Asia/Shanghai`",
        Rule::metric => "a figure such as `occupancy` or `answered within 10s of offered`",
        Rule::levels => "levels such as `4..5`",
        Rule::skill_need | Rule::skills_together => "a skill",
        Rule::service_level => "`answered within 10s of offered`",
        Rule::preference => "a preference such as `longest idle`",
        Rule::waiting_action => "what happens then, such as `offer callback` or `overflow to general`",
        Rule::arrow => "`->`",
        Rule::close_brace => "`}`",
        Rule::close_paren => "`)`",
        Rule::open_paren => "`(`",
        Rule::colon => "`:`",
        Rule::comma => "`,`",
        Rule::dash => "`-`",
        Rule::dots => "`..`",
        Rule::equals => "`=`",
        Rule::literal | Rule::signal_value | Rule::cell_value => "a value",
        Rule::cell | Rule::cell_test => {
            "a value, a comparison such as `>= 0.7`, a range such as `4..5` or `any`"
        }
        Rule::expression | Rule::operation | Rule::condition | Rule::whole_expression => {
            "a value or a condition"
        }
        Rule::words => "a text in quotation marks, or the name of a `text`",
        Rule::heard => "what is heard: `intent`, `speech`, `text` or `keys`",
        Rule::key | Rule::key_meaning => "a key such as `1`",
        Rule::occasion => "an intent, phrases, `key 1`, `unresolved`, `silence` or `anything`",
        Rule::handed => "what is handed over, such as `summary` or `account = call.keys`",
        Rule::recurrence => "`once`, `repeatedly` or `3 times`",
        Rule::answer => "an output and its answer, such as `queue general`",
        Rule::output => "the name of an output, such as `queue`",
        Rule::test_action => "something that happens or `expect`",
        Rule::minus | Rule::not | Rule::fields | Rule::says | Rule::group | Rule::yes | Rule::no => "",
        Rule::op_compare => "a comparison such as `>= 0.7`",
        _ if is_operator(rule) => "an operator such as `and` or `=`",
        _ => return promises(rule).map_or_else(|| keyword_of(rule), str::to_owned),
    };
    text.to_owned()
}

/// The keyword with which a rule begins; empty: it has none.
fn keyword_of(rule: Rule) -> String {
    keywords(rule).first().map_or_else(String::new, |keyword| format!("`{keyword}`"))
}

/// A rule of guarantees and replays in words.
const fn promises(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::guarantee_line => "`every` or `no`",
        Rule::behaviour => "what callers do, such as `says asks_for_human`, `keys 0` or `is silent`",
        Rule::goal => "a goal such as `a queue`, `an answer` or `the end`",
        Rule::replay_figure => "a figure such as `changed queue`",
        Rule::replay_expected | Rule::replay_line => "`expect`",
        _ => return None,
    })
}

/// What only joins on where an operator may stand as well: not worth naming beside it.
const fn is_joining(rule: Rule) -> bool {
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

/// The keywords that a rule may begin with.
fn keywords(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::at => &["start", "intent", "keys", "unresolved", "end", "customer", "agent"],
        Rule::action => &["alert", "transfer"],
        Rule::party => &["customer", "agent"],
        Rule::weight => &["critical", "fail", "score"],
        Rule::weekday | Rule::weekdays => &["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        Rule::because => &["because"],
        Rule::service_level => &["answered"],
        Rule::effective => &["from", "until"],
        Rule::mask_kind => &["card_number", "id_number", "phone", "email", "iban"],
        Rule::mask_place => &["transcript", "recording", "screen"],
        Rule::metric => &[
            "answered",
            "asa",
            "aht",
            "mean",
            "longest",
            "campaign",
            "abandonment",
            "answer",
            "occupancy",
            "transfer",
            "containment",
            "first",
            "quality",
        ],
        Rule::preference => &["longest", "least", "most", "round", "weighted", "owner"],
        Rule::waiting_action => {
            &["accept", "offer", "overflow", "also", "priority", "play", "announce", "hang"]
        }
        Rule::heard => &["intent", "speech", "text", "keys"],
        Rule::occasion => &["key", "unresolved", "silence", "anything"],
        Rule::recurrence => &["once", "repeatedly"],
        Rule::handing => &["handing"],
        Rule::op_or => &["or"],
        Rule::op_and => &["and"],
        Rule::op_else => &["else"],
        Rule::in_tail => &["in", "not in"],
        Rule::starts_tail => &["starts with"],
        Rule::lasts_tail => &["for"],
        Rule::confidence_tail => &["with"],
        Rule::moves_tail => &["rises", "falls"],
        Rule::must_say => &["must"],
        Rule::share_range => &["talk_share"],
        Rule::signal => &["anger", "loudness", "pitch", "speech_rate", "talk_share", "silence"],
        Rule::signal_line => &["anger", "loudness", "pitch", "speech_rate", "customer", "agent"],
        Rule::exactly => &["exactly"],
        Rule::test_action => &[
            "clock",
            "call",
            "anger",
            "loudness",
            "pitch",
            "speech_rate",
            "given",
            "customer",
            "agent",
            "presses",
            "intent",
            "expect",
            "unresolved",
            "hold",
            "resumes",
            "acknowledges",
            "ends",
        ],
        _ => dialling(rule),
    }
}

/// Those of campaigns, laws and tickets, and of every rule that is one keyword.
fn dialling(rule: Rule) -> &'static [&'static str] {
    match rule {
        Rule::pace => &["preview", "progressive", "power", "predictive"],
        Rule::ticket_event => &["opened", "assigned", "touched", "escalated", "closed", "reopened"],
        Rule::counted_calls => &["live answers", "queued calls", "all calls"],
        Rule::need => {
            &["consent", "do-not-call check", "safe harbour message", "own caller id", "AI disclosure"]
        }
        _ => super::keywords::of(rule),
    }
}
