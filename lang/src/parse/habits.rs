//! What people bring from elsewhere: signs of other languages, words of other trades.

use super::grammar::Rule;

/// What to write instead of what was found; `None`: nobody's habit.
pub(super) fn written(statement: Rule, rules: &[Rule], found: &str, text: &str) -> Option<String> {
    let habit = || phrase(statement, found, text).or_else(|| sign(found));
    if let Some(help) = habit().or_else(|| word(statement, rules, found)) {
        return Some(help.to_owned());
    }
    if rules.contains(&Rule::name)
        && statement != Rule::test_line
        && let Some(help) = named(found)
    {
        return Some(help);
    }
    if found == "-"
        && let Some(name) = hyphenated(text)
    {
        return Some(format!("names are joined by `_`: `{}`", name.replace('-', "_")));
    }
    let small = found.to_lowercase();
    if small != found && super::definitions::is_keyword(&small) {
        return Some(format!("keywords are written small: `{small}`"));
    }
    if (rules.contains(&Rule::duration) || rules.contains(&Rule::window))
        && let Some(help) = duration(text, found)
    {
        return Some(help);
    }
    let first = text.split_whitespace().next().unwrap_or_default();
    match statement {
        Rule::target_line => figure(first),
        Rule::guarantee_line => promise(found, text).map(str::to_owned),
        Rule::guarantee_head if matches!(found, "every" | "no") => {
            Some("write promises in braces: `guarantee NAME { … }`".to_owned())
        }
        _ => None,
    }
}

/// A statement that people begin with another word, or without its first one: `if`, `alert team_lead`.
pub(super) fn statement(word: &str, known: &[&'static str]) -> Option<&'static str> {
    let meant = match word {
        "if" => "when",
        "else" | "default" => "otherwise",
        "tell" | "speak" | "play" | "print" | "announce" => "say",
        "menu" | "prompt" | "question" => "ask",
        "connect" | "forward" | "escalate" => "transfer",
        "hangup" | "hang" | "exit" | "stop" | "disconnect" => "end",
        "return" => "back",
        "set" | "remember" => "note",
        "sms" | "email" => "send",
        "open" => "ticket",
        other => other,
    };
    let is_meant = |line: &&&str| !word.is_empty() && line.split(' ').any(|part| part == meant);
    known.iter().find(is_meant).copied()
}

/// How a duration is written that has a space in it or the unit of another language: `7 days`, `5m`, `2 weeks`.
fn duration(text: &str, found: &str) -> Option<String> {
    let digits = found.find(|sign: char| !(sign.is_ascii_digit() || sign == '.')).unwrap_or(found.len());
    let (number, glued) = found.split_at_checked(digits)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let behind = words.windows(2).find(|pair| pair.first() == Some(&number)).and_then(|pair| pair.last());
    let unit = if glued.is_empty() { behind.copied()? } else { glued };
    let (times, unit) = unit_of(unit.trim_end_matches([',', ';', ')']))?;
    let number: f64 = number.parse().ok()?;
    let place = if glued.is_empty() {
        "write the unit right behind the number"
    } else {
        "units are `ms`, `s`, `min`, `h` and `d`"
    };
    Some(format!("{place}: `{}{unit}`", number * times))
}

/// The unit that a word means, and how many of it.
fn unit_of(word: &str) -> Option<(f64, &'static str)> {
    Some(match word.to_lowercase().as_str() {
        "ms" | "msec" | "millis" | "millisecond" | "milliseconds" | "毫秒" => (1.0, "ms"),
        "s" | "second" | "seconds" | "sec" | "secs" | "秒" | "秒钟" => (1.0, "s"),
        "m" | "min" | "minute" | "minutes" | "mins" | "分" | "分钟" => (1.0, "min"),
        "h" | "hour" | "hours" | "hr" | "hrs" | "小时" | "个小时" => (1.0, "h"),
        "d" | "day" | "days" | "天" | "日" => (1.0, "d"),
        "w" | "week" | "weeks" | "周" | "星期" => (7.0, "d"),
        _ => return None,
    })
}

/// Signs.
fn sign(found: &str) -> Option<&'static str> {
    Some(match found {
        "==" => "equality is written with one `=`",
        "&&" | "&" => "write `and`",
        "||" => "write `or`",
        "!" => "write `not`",
        "<>" => "write `!=`",
        "=>" => "write `>=` for at least, `->` before the answers of a row",
        "//" | "/*" => "a comment begins with `#`",
        "'" => "texts stand in `\"…\"`",
        _ if found.starts_with(['“', '”', '‘', '’', '„', '「', '」', '『', '』']) => {
            "texts stand in straight quotation marks: `\"…\"`"
        }
        "." => "a statement ends with its line, without a full stop; names are joined by `.` without spaces",
        _ if found.starts_with(['【', '】', '［', '］', '[', ']']) => {
            "write `{ … }` round a block and `( … )` in a condition; `[ … ]` belongs into phrases"
        }
        _ => return None,
    })
}

/// Words, and signs that mean something else in other places.
fn word(statement: Rule, rules: &[Rule], found: &str) -> Option<&'static str> {
    let wants = |rule: Rule| rules.contains(&rule);
    let wants_value = wants(Rule::expression) || wants(Rule::operation);
    Some(match (statement, found) {
        (_, "true") => "write `yes`",
        (_, "false") => "write `no`",
        (_, "null" | "nil" | "none") => "write `unknown`",
        (_, "is" | "equals") if wants(Rule::op_and) => "compare with `=`, such as `call.intent = balance`",
        (_, "decibel" | "decibels" | "db" | "DB") => "the unit of loudness is `dB`: `6 dB`",
        (_, "percent" | "pct") => "write the sign right behind the number: `85%`",
        (_, ">") if wants_value => "write `>=` for at least, `->` before the answers of a row",
        (_, "<") if wants_value => "write `<=` for at most",
        (Rule::test_line, _) if wants_value => {
            "name what is decided before its value: `expect queue general`"
        }
        (Rule::whole_expression, "") => "this cell is empty: write the answer that the row gives",
        (Rule::cell, "") => "this cell is empty: write `any` if it does not matter",
        (_, "twice") => "write `2 times`",
        (_, "thrice") => "write `3 times`",
        (_, "between") => "write a range: `in 70%..85%`",
        (_, "caller" | "client") if wants(Rule::party) || wants(Rule::at) => CUSTOMER,
        (Rule::test_line, "caller" | "client") => CUSTOMER,
        (Rule::test_line, "said") => "write what is said then: `customer says \"…\"`",
        (Rule::test_line, ":") => "no colon stands behind the time: `at 5s customer says \"…\"`",
        (Rule::assist_head | Rule::watch_head, "when") => {
            "a condition has a line of its own: `when call.direction = inbound`"
        }
        (Rule::attempts_line, "at") => "write each limit on a line of its own",
        (_, "\"") if wants(Rule::path) => {
            "give the words a name, `phrases complaint_words { en \"…\" }`, and write it here: `says complaint_words`"
        }
        (Rule::cell, "or") => "separate what a cell accepts by commas: `gold, vip`",
        (Rule::cell, "*" | "-" | "_") => "write `any`",
        (Rule::rule_line, "->") => "say what is decided: `decide queue general`",
        (Rule::rule_line, "=" | ":") if wants_value => {
            "put the answer right behind the output: `decide queue general`"
        }
        (Rule::rule_line, ":") => "no colon stands here",
        (Rule::rule_line, "then" | "do") => {
            "write `decide`: `when call.intent = complaint decide queue general`"
        }
        (Rule::rule_line, "transfer" | "offer" | "alert") => {
            "a route says where a call goes: `decide queue general`; watches alert, dialogs transfer and offer"
        }
        (Rule::rule_line, "else" | "default") => {
            "what is left over begins with `otherwise`: `otherwise decide queue general`"
        }
        (Rule::rule_line, "" | "because") if wants_value => {
            "name the output before its answer: `decide queue general`"
        }
        (Rule::never_line, "on") => {
            "the dialler knows who is on the list: `never when lead.on_do_not_call because \"on the do-not-call list\"`"
        }
        (Rule::do_line, "show") => "a watch alerts or transfers; a card is shown by an `assist`",
        _ => return None,
    })
}

/// Whoever is not the centre.
const CUSTOMER: &str = "whoever calls is the `customer`";

/// Several words together that mean something in other places.
fn phrase(statement: Rule, found: &str, text: &str) -> Option<&'static str> {
    Some(match (statement, found) {
        (_, ">") if text.contains("=>") => "write `>=` for at least",
        (Rule::source_item, ".") => {
            "name the types that it is asked with: `source crm.customer(phone) -> Customer`"
        }
        (Rule::cell, "") if text.trim() == "-" => "write `any`",
        (Rule::on_line, ",") => {
            "a count is for all events that stand before it: write a handler of its own for the others"
        }
        (Rule::on_line, _) if text.starts_with("on says ") => "name the phrases alone: `on complaint_words`",
        (Rule::transfer_line, _) if text.starts_with("transfer to ") => {
            "name the queue alone: `transfer general`"
        }
        (Rule::test_line, _) if text.contains("expect ") && text.contains(" is ") => {
            "the value stands right behind its name: `expect queue general`"
        }
        (_, "times") if text.contains("said ") => {
            "`said complaint_words 2 times` holds from the second time on; before it holds `not customer said complaint_words 2 times`"
        }
        (Rule::weekly_line, "-") if !text.starts_with(|sign: char| sign.is_ascii_digit()) => {
            "days are joined by two dots: `mon..fri 08:00-18:00`"
        }
        _ => return None,
    })
}

/// What cannot be a name.
fn named(found: &str) -> Option<String> {
    let letters = found.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '_');
    let digits = found.strip_suffix(letters).unwrap_or_default().trim_end_matches('_');
    if !digits.is_empty() && !letters.is_empty() {
        return Some(format!("names begin with a letter, such as `{letters}_{digits}`"));
    }
    RESERVED.contains(&found).then(|| format!("`{found}` is a word of the language: take another name"))
}

/// Keywords that cannot be names.
const RESERVED: [&str; 14] = [
    "and",
    "or",
    "not",
    "in",
    "any",
    "otherwise",
    "yes",
    "no",
    "if",
    "else",
    "when",
    "unknown",
    "because",
    "decide",
];

/// A name that is joined as in other languages: `fire-desk`.
fn hyphenated(text: &str) -> Option<&str> {
    let words = text.split(|sign: char| !(sign.is_alphanumeric() || sign == '_' || sign == '-'));
    let is_name = |word: &&str| {
        let letter = |part: &str| part.starts_with(char::is_alphabetic);
        word.contains('-') && word.split('-').all(letter)
    };
    words.into_iter().find(is_name)
}

/// Promises in other words.
fn promise(found: &str, text: &str) -> Option<&'static str> {
    let number = |word: &str| ["one", "two", "three", "four", "five", "six"].contains(&word);
    Some(match found {
        "human" | "agent" | "operator" | "somebody" | "someone" => "write `a person`",
        "all" | "any" | "each" | "some" => {
            "begin with `every` or `no`: `every caller who keys 0 reaches a queue within 1 turn`"
        }
        "nobody" | "never" => {
            "begin with `no`: `no path asks more than 5 questions`, `no caller reaches NAME`"
        }
        "when" | "if" => {
            "conditions come out either way; name the dialogs that it is about: `guarantee NAME in dialog NAME`"
        }
        "and" => "write a line for each promise",
        "ends" | "stops" => "write `reaches the end within 5 turns`",
        "in" => "write `within 2 turns`",
        "the" => "write `before it ends`",
        "queue" => "write `a queue`, or its name",
        word if number(word) => "write the number in digits, such as `5`",
        word if word.ends_with('s') && word.starts_with(|digit: char| digit.is_ascii_digit()) => {
            "turns are counted, not time: `within 2 turns`"
        }
        _ if text.contains(" presses ") => "write `who keys 0`",
        _ if text.contains(" keys ") => "write one key: `who keys 0`",
        "not" => "write `who is not understood`",
        _ => return None,
    })
}

/// Figures under other names.
fn figure(first: &str) -> Option<String> {
    let name = match first.to_lowercase().as_str() {
        "fcr" => "first contact resolution within 7d",
        "sla" | "service" | "service_level" => "answered within 20s of offered",
        "awt" => "mean wait",
        "abandon" | "abandonment_rate" | "abandoned" => "abandonment",
        "csat" | "nps" | "satisfaction" => {
            return Some(
                "what customers think is not measured: name one of the figures of the reference".to_owned(),
            );
        }
        spaced @ ("transfer_rate"
        | "transfer_error"
        | "answer_rate"
        | "mean_wait"
        | "longest_wait"
        | "quality_passed"
        | "automation_rate"
        | "avoidable_contacts"
        | "calls_per_agent"
        | "intent_accuracy"
        | "campaign_abandonment") => return Some(format!("write `{}`", spaced.replace('_', " "))),
        _ => return None,
    };
    Some(format!("write `{name}`"))
}
