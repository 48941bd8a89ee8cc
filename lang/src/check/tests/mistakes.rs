//! Mistakes in many constructs at once, and values that no policy means.

use std::fmt::Write as _;

use super::policies::findings;
use crate::check::check_texts;

/// Source and findings together, to be read alone.
fn annotated(text: &str) -> String {
    let checked = check_texts([("a.tdm", text)]);
    let sources = &checked.sources;
    let mut out = String::new();
    for (at, line) in text.lines().enumerate() {
        writeln!(out, "{:>3} {line}", at + 1).unwrap();
        for found in &checked.diagnostics {
            let place = sources.place(found.span);
            if place.file == "a.tdm" && place.line as usize == at + 1 {
                let column = " ".repeat(place.column as usize - 1);
                let mark = "^".repeat(sources.text(found.span).chars().count().clamp(1, 40));
                writeln!(out, "    {column}{mark} {} {}", found.code.text(), found.message).unwrap();
                writeln!(out, "    {column}  help: {}", found.help.as_deref().unwrap_or("-")).unwrap();
            }
        }
    }
    out
}

#[test]
fn ten_mistakes_in_ten_constructs_are_ten_findings() {
    let text = include_str!("ten_mistakes.tdm");
    let checked = check_texts([("a.tdm", text)]);
    let lines: Vec<u32> =
        checked.diagnostics.iter().map(|one| checked.sources.place(one.span).line).collect();
    assert_eq!(lines, [4, 7, 9, 11, 13, 20, 25, 29, 33, 38], "{:#?}", findings(&checked));
    insta::assert_snapshot!(annotated(text));
}

fn of_watch(condition: &str) -> Vec<String> {
    let text = format!(
        "phrases w {{ en \"x\" }}\nwatch a on customer {{\n  when {condition}\n  do alert supervisor because \"x\"\n}}\nwatch b on agent {{\n  when says w\n  do alert supervisor because \"x\"\n}}\n"
    );
    let checked = check_texts([("a.tdm", text)]);
    checked.diagnostics.iter().map(|one| format!("{} {}", one.code.text(), one.message)).collect()
}

#[test]
fn stretches_that_nobody_means_are_refused_once() {
    for (condition, message) in [
        ("silence >= 8s for at least 0s", "`0s` is no stretch of time"),
        ("silence >= 8s for at least 25h", "`25h` is too long"),
        ("anger >= 0.5 for at least 1000000000000000000d", TOO_LONG),
        ("loudness rises 6 dB within 0s", "`0s` is no stretch of time"),
        ("loudness rises 6 dB within 11min", "`11min` is too long"),
        ("says w 2 times within 0ms", "`0ms` is no stretch of time"),
        ("says w 2 times within 2d", "`2d` is too long"),
        ("says w 0 times within 1min", "`0` is no number of times"),
        ("says w 1001 times within 1min", "`1001` is no number of times"),
        ("says w 1.5 times within 1min", "`1.5` is no number of times"),
        ("says w 999999999999999999999 times within 1min", "`999999999999999999999` is no number of times"),
        ("(silence >= 2s) 3 times within 25h", "`25h` is too long"),
        ("silence >= 8s\n  at most once per 0s", "`0s` is no stretch of time"),
        ("silence >= 8s\n  at most once per 100d", "`100d` is too long"),
    ] {
        assert_eq!(of_watch(condition), [format!("E0205 {message}")], "{condition}");
    }
    for condition in ["silence >= 8s for at least 24h", "loudness rises 6 dB within 10min"] {
        assert_eq!(of_watch(condition), Vec::<String>::new(), "{condition}");
    }
}

const TOO_LONG: &str = "this time span is too long or finer than a millisecond";

#[test]
fn a_test_lasts_a_day_at_most() {
    let text = "route r decides priority {\n  otherwise decide priority 1\n}\ntest \"long\" {\n  at 0s expect priority 1\n  at 300000d ends\n}\n";
    let checked = check_texts([("a.tdm", text)]);
    assert_eq!(findings(&checked), ["E0205 `300000d` is too long (a.tdm:6)"]);
}

#[test]
fn decide_may_begin_a_line() {
    let text = "queue general, vip_desk\nroute r decides queue {\n  rule many when call.unresolved >= 3\n    decide queue vip_desk\n    because \"the bot did not understand\"\n  otherwise\n    decide queue general\n}\n";
    assert_eq!(findings(&check_texts([("a.tdm", text)])), Vec::<String>::new());
}

/// Rows over many yes/no columns, each of which rules two columns out: the pigeonhole principle, which splitting
/// cannot settle with little work.
#[test]
fn a_route_that_is_too_hard_to_check_is_named() {
    const HOLES: usize = 9;
    let mut text = "queue general\nrecord Answer {\n".to_owned();
    let field = |pigeon: usize, hole: usize| format!("p{pigeon}_{hole}");
    for pigeon in 0..=HOLES {
        (0..HOLES).for_each(|hole| writeln!(text, "  {}: yes/no = no", field(pigeon, hole)).unwrap());
    }
    text += "}\nsource s.ask(phone) -> Answer within 1s\nroute hard decides queue {\n";
    text += "  let a = s.ask(call.from) else { p0_0: no }\n";
    for pigeon in 0..=HOLES {
        let none: Vec<String> = (0..HOLES).map(|hole| format!("not a.{}", field(pigeon, hole))).collect();
        writeln!(text, "  when {} decide queue general", none.join(" and ")).unwrap();
    }
    for hole in 0..HOLES {
        for one in 0..=HOLES {
            for other in one + 1..=HOLES {
                let (one, other) = (field(one, hole), field(other, hole));
                writeln!(text, "  when a.{one} and a.{other} decide queue general").unwrap();
            }
        }
    }
    text += "}\n";
    let found = findings(&check_texts([("a.tdm", text)]));
    let expected = "W0504 `hard` has too many rows to be checked to the end";
    assert!(found.iter().any(|one| one.starts_with(expected)), "{found:?}");
    assert!(!found.iter().any(|one| one.starts_with('E')), "{found:?}");
}

/// The help line of the only finding, and the text after its fix.
fn mended(text: &str) -> (String, Option<String>) {
    let checked = check_texts([("a.tdm", text)]);
    let [found] = checked.diagnostics.as_slice() else { panic!("{:#?}", findings(&checked)) };
    let fixed = found.fix.as_ref().map(|(span, new)| {
        let (start, end) = (span.start as usize, span.end as usize);
        format!("{}{new}{}", &text[..start], &text[end..])
    });
    (found.help.clone().unwrap_or_default(), fixed)
}

#[test]
fn a_name_of_a_standard_module_comes_with_its_use_line() {
    let watch = "watch w on customer {\n  when says asks_for_human\n  do alert supervisor\n}\n";
    let calendar = "calendar c in Europe/London {\n  mon..fri 09:00-17:00\n  closed on uk_bank_holidays\n}\n\
                    route r decides priority {\n  when c = open decide priority 1\n  otherwise decide priority 2\n}\n";
    for (head, item, used) in [
        ("", watch, "std.phrases.asks_for_human"),
        ("module shop\n\n", watch, "std.phrases.asks_for_human"),
        (
            "# of the shop\nmodule shop\nuse std.phrases.thanks\n\n",
            calendar,
            "std.calendars.uk_bank_holidays",
        ),
    ] {
        let thanks = "watch t on agent {\n  when says thanks\n  do alert supervisor\n}\n";
        let rest = if head.contains("thanks") { thanks } else { "" };
        let (help, fixed) = mended(&format!("{head}{item}{rest}"));
        assert_eq!(help, format!("add `use {used}` at the top of the file"));
        let fixed = fixed.expect("a fix");
        assert_eq!(findings(&check_texts([("a.tdm", fixed.as_str())])), Vec::<String>::new(), "{fixed}");
    }
    let (help, fixed) = mended(
        "route r decides priority {\n  when asks_for_human decide priority 1\n  otherwise decide priority 2\n}\n",
    );
    assert_eq!(help, "add `use std.phrases.asks_for_human` at the top of the file");
    assert!(fixed.is_some_and(|text| text.starts_with("use std.phrases.asks_for_human\n\nroute")));
}

#[test]
fn a_misspelt_name_of_a_standard_module_is_found() {
    let (help, fixed) =
        mended("watch w on customer {\n  when says asks_for_humn\n  do alert supervisor\n}\n");
    let add = "add `use std.phrases.asks_for_human` at the top of the file";
    assert_eq!((help, fixed), (format!("did you mean `asks_for_human`? {add}"), None));
    let own = "phrases bye { en \"bye\" }\nwatch w on customer {\n  when says bey\n  do alert supervisor\n}\nwatch v on agent {\n  when says bye\n  do alert supervisor\n}\n";
    let (help, fixed) = mended(own);
    assert_eq!(help, "did you mean `bye`?");
    assert_eq!(fixed, Some(own.replace("bey", "bye")));
}

#[test]
fn a_transfer_that_nobody_asked_for_names_the_words_that_ask_for_one() {
    let text = "use std.phrases.asks_for_human\nphrases wants_boss { include asks_for_human ; en \"your boss\" }\n\
                phrases angry { en \"scandal\" }\nqueue general\ndialog d at start {\n  \
                ask \"x?\" hearing speech\n  on wants_boss { transfer general }\n  \
                on angry { transfer general }\n  on unresolved, silence { transfer general }\n}\n";
    let checked = check_texts([("a.tdm", text)]);
    let [found] = checked.diagnostics.as_slice() else { panic!("{:#?}", findings(&checked)) };
    assert_eq!(found.code.text(), "E1003");
    let help = found.help.as_deref().unwrap_or_default();
    assert!(help.ends_with("; whoever says `asks_for_human`, `wants_boss` asks for a person"), "{help}");
}

/// Sets that include several others each, in many layers: the ways through them are countless.
#[test]
fn phrases_that_include_one_another_in_many_ways_are_looked_at_once() {
    let mut text = String::new();
    for layer in 0..30 {
        for at in 0..4 {
            let includes: Vec<String> = (0..4).map(|next| format!("include p{}_{next}", layer + 1)).collect();
            writeln!(text, "phrases p{layer}_{at} {{ {} }}", includes.join(" ; ")).unwrap();
        }
    }
    (0..4).for_each(|at| writeln!(text, "phrases p30_{at} {{ en \"word {at}\" }}").unwrap());
    text += "queue general\ndialog d at start {\n  ask \"x?\" hearing speech\n  on p0_0 { end }\n  \
             on unresolved, silence { transfer general }\n}\n";
    let found = findings(&check_texts([("a.tdm", text)]));
    assert!(found.iter().all(|one| one.starts_with("W0305")), "{found:?}");
}
