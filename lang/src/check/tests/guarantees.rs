//! Guarantees: the limit that all of a policy share, and the sides of experiments.

use super::policies::findings;
use crate::check::{check_texts, check_within};
use crate::parse::parse;
use crate::source::FileId;

const DIALOG: &str = "use std.phrases.asks_for_human\nqueue general, cards\nphrases hello { en \"hello\" }\n\
    dialog d at start {\n  ask \"x?\" hearing speech, keys 0\n  on asks_for_human { transfer general }\n  \
    on hello once { say \"Hello.\" }\n  on key 0 { transfer cards }\n  on unresolved 3 times { end }\n  \
    on silence 3 times { end }\n}\n";

/// Findings when all guarantees together try so many turns.
fn within(text: &str, turns: usize) -> Vec<String> {
    let sources = check_texts([("a.tdm", text)]).sources;
    let files: Vec<_> = (0..).map(FileId).zip(sources.files()).map(|(at, _)| parse(at, &sources).0).collect();
    let (program, found) = check_within(&files, sources, turns);
    assert_eq!(program.is_some(), found.iter().all(|one| one.code.text() != "E1602"));
    found.into_iter().map(|one| format!("{} {}", one.code.text(), one.message)).collect()
}

#[test]
fn all_guarantees_together_try_so_many_turns() {
    let promise = "every path reaches a person or the end before it ends";
    let (one, two) =
        (format!("guarantee first {{ {promise} }}\n"), format!("guarantee second {{ {promise} }}\n"));
    let all = format!("{DIALOG}{one}{two}");
    // The turns that one of them takes are fewer than those of both.
    let needed = (1..)
        .map(|power| 1_usize << power)
        .find(|turns| within(&format!("{DIALOG}{one}"), *turns).is_empty());
    let needed = needed.expect("some number of turns is enough");
    assert_eq!(within(&all, needed * 2), Vec::<String>::new());
    let found = within(&all, needed);
    let [only] = found.as_slice() else { panic!("{found:?}") };
    assert!(only.starts_with(&format!("E1602 `{promise}` is not proved: nothing breaks it in ")), "{only}");
    assert!(only.ends_with(&format!("all guarantees together have tried {needed} turns")), "{only}");
    assert_eq!(within(&all, 0).len(), 2);
}

/// What is tried in the place of a dialog, or of a route that it asks, keeps what is promised of the dialog.
#[test]
fn guarantees_hold_on_both_sides_of_an_experiment() {
    let other = "dialog e {\n  ask \"y?\" hearing speech, keys 0\n  on asks_for_human { transfer general }\n  \
                 on key 0 { end }\n  on unresolved 3 times { end }\n  on silence 3 times { end }\n}\n\
                 experiment short on 10% of callers { dialog d tries e }\n\
                 guarantee keyed in dialog d { every caller who keys 0 reaches cards within 1 turn }\n";
    let checked = check_texts([("a.tdm", format!("{DIALOG}{other}"))]);
    let [found] = checked.diagnostics.as_slice() else { panic!("{:#?}", findings(&checked)) };
    assert_eq!(found.message, "a call through `a.e` ends before it gets there");
    assert!(found.help.as_deref().unwrap_or_default().contains("\n  given short yes\n"), "{:?}", found.help);
    let kept = other.replace("on key 0 { end }", "on key 0 { transfer cards }");
    assert_eq!(findings(&check_texts([("a.tdm", format!("{DIALOG}{kept}"))])), Vec::<String>::new());
    let routes = "route desk decides queue { otherwise decide queue cards }\n\
                  route desk_b decides queue { otherwise decide queue general }\n\
                  experiment desks on 10% of callers { route desk tries desk_b }\n\
                  guarantee keyed { every caller who keys 0 reaches cards within 1 turn }\n";
    let dialog = DIALOG.replace("on key 0 { transfer cards }", "on key 0 { transfer by desk }");
    let checked = check_texts([("a.tdm", format!("{dialog}{routes}"))]);
    let [found] = checked.diagnostics.as_slice() else { panic!("{:#?}", findings(&checked)) };
    assert_eq!(found.message, "a call through `a.d` ends before it gets there");
    assert!(found.help.as_deref().unwrap_or_default().contains("\n  given desks yes\n"), "{:?}", found.help);
    let kept = routes.replace("decide queue general", "decide queue cards");
    assert_eq!(findings(&check_texts([("a.tdm", format!("{dialog}{kept}"))])), Vec::<String>::new());
}
