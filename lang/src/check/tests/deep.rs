//! Blocks and expressions that stand in one another as deep as brackets may: work must not grow with every way through
//! them. Nothing here is timed; work that doubles at each level would never end.

use super::policies::findings;
use crate::check::check_texts;
use crate::format::format;
use crate::layout::NESTING_MAX;
use crate::source::Sources;

/// `leaf` inside so many of these, `@` standing for what is inside.
fn nested(levels: usize, around: &str, leaf: &str) -> String {
    let (before, after) = around.split_once('@').expect("a place for what is inside");
    format!("{}{leaf}{}", before.repeat(levels), after.repeat(levels))
}

fn asked(on_a: &str) -> String {
    format!(
        "ask \"x?\" hearing intent\n on asks_for_human {{ transfer general }}\n on a {{\n{on_a} }}\n \
         on unresolved {{ transfer general }}\n on silence {{ end }}\n"
    )
}

fn dialog(block: &str) -> String {
    format!(
        "use std.phrases.asks_for_human\nintent a\nqueue general\nrecord Customer {{ vip: yes/no = no }}\n\
         source crm.customer(phone) -> Customer within 1s\ndialog d at most 60 levels at start {{\n \
         let who = crm.customer(call.from) else no\n{block}}}\n"
    )
}

fn route(answer: &str) -> String {
    format!("route r at start decides priority {{\n otherwise decide priority {answer}\n}}\n")
}

fn watch(condition: &str) -> String {
    format!("role boss\nwatch w on customer {{\n when {condition}\n do alert boss because \"x\"\n}}\n")
}

/// Checks, and lays out twice; answers the codes of errors.
fn errors(text: &str) -> Vec<String> {
    let checked = check_texts([("a.tdm", text)]);
    let mut sources = Sources::default();
    let file = sources.add("a.tdm", text, false);
    let once = format(file, &sources);
    let again = sources.add("b.tdm", once.as_str(), false);
    assert_eq!(format(again, &sources), once);
    findings(&checked).into_iter().filter(|one| one.starts_with('E')).collect()
}

#[test]
fn every_kind_of_block_may_stand_in_itself() {
    let asks = "ask \"y?\" hearing intent\n on asks_for_human { transfer general }\n on a { end }\n \
                on unresolved { end }\n on silence { end }\n";
    // Blocks around, and how many brackets a level opens.
    for (around, brackets) in [
        (format!("when who.vip {{\n@\n{asks}}}\n"), 1),
        ("when who.vip {\n@\n}\n".to_owned(), 1),
        ("when who.vip {\n@\noffer general \"p?\" { yes { } no { } }\n}\n".to_owned(), 1),
        ("offer general \"p?\" {\n yes { }\n no {\n@\n}\n}\n".to_owned(), 2),
        ("offer general \"p?\" {\n yes {\n@\n}\n no { end }\n}\n".to_owned(), 2),
        ("answer crm.customer(call.from) with \"Yes.\" otherwise {\n@\n}\n".to_owned(), 1),
        (asked("@\n"), 1),
        (asked("when who.vip {\n@\n}\noffer general \"p?\" { yes { } no { } }\n"), 2),
    ] {
        let levels = (NESTING_MAX - 5) / brackets;
        let text = dialog(&asked(&nested(levels, &around, "say \"x\"\n")));
        assert_eq!(errors(&text), Vec::<String>::new(), "{around}");
        let text = dialog(&asked(&nested(NESTING_MAX, &around, "say \"x\"\n")));
        assert!(errors(&text).iter().any(|one| one.starts_with("E0104")), "{around}");
    }
}

#[test]
fn every_kind_of_expression_may_stand_in_itself() {
    let levels = NESTING_MAX - 4;
    let lasting = nested(levels, "(@ for at least 1s)", "anger > 0.5");
    for text in [
        route(&nested(levels, "(@)", "1")),
        route(&nested(levels, "(1 + @)", "call.unresolved")),
        route(&nested(levels, "(1 if call.unresolved > 1 else @)", "2")),
        route(&nested(levels, "(@ if call.unresolved > 1 else 3)", "2")),
        route(&nested(levels, "(1 / call.unresolved else @)", "2")),
        watch(&nested(levels, "not (@)", "anger > 0.5")),
        watch(&nested(levels / 2, "(anger > 0.1 and (loudness > 70 dB or @))", "anger > 0.5")),
        watch(&lasting),
    ] {
        assert_eq!(errors(&text), Vec::<String>::new(), "{text}");
    }
}
