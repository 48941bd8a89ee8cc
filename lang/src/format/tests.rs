//! Tests of `fmt`.

use super::format;
use crate::source::Sources;

fn formatted(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("a.tdm", text, false);
    format(file, &sources)
}

#[test]
fn indentation_blank_lines_and_operators_are_normal() {
    let text = "tier{a,b}\n\n\n\nroute r decides queue{\n# why\n      let x=call.from   # who\n\n\n when x=\"1\"\n and x!=\"2\" decide queue q\n}\n";
    let expected = "tier { a, b }\n\nroute r decides queue {\n  # why\n  let x = call.from   # who\n\n  when x = \"1\"\n    and x != \"2\" decide queue q\n}\n";
    assert_eq!(formatted(text), expected);
    assert_eq!(formatted(expected), expected);
}

#[test]
fn broken_items_stay_as_they_are() {
    let text = "route  r decides queue {\n   wehn x\n}\n\nrole   a\n";
    assert_eq!(formatted(text), text);
    assert_eq!(formatted("route  r   decides {\n}\nskill  a,b\n"), "route  r   decides {\n}\nskill  a, b\n");
}
