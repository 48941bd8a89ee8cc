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

/// Lines of a campaign, each as an author may type it.
const LINES: [&str; 12] = [
    "call  each lead of source crm.leads else{consented:no}ordered by lead.value desc",
    "never when lead.on_do_not_call or not lead.consented because \"no  consent\"",
    "only in mon..fri 09:00-12:00,14:00-18:00 and sat 10:00-12:00 local time of lead.phone,unsure of zone:never",
    "at most 3 attempts per 7d per person ,wait 4h after no_answer,1d after busy",
    "pace predictive keeping abandoned<=3% of live answers over 30d",
    "when a machine answers hang up   deciding within 1s",
    "grade{A when lead.attempts>2;otherwise B}",
    "grade {\n A when lead.attempts>2\n # why\n otherwise B\n }",
    "on A{transfer sales handing over summary,lead.value}",
    "on B {\n   send sms \"a , b\" every 30d at most 3 times\n }",
    "agents of sales,at least 12 # a comment",
    "show \"+862112345678\"",
];

proptest::proptest! {
    #[test]
    fn campaigns_are_formatted_once(lines in proptest::collection::vec((0..LINES.len(), 0_usize..3), 0..12)) {
        let mut text = "campaign  c under a,b{\n".to_owned();
        for (line, blank) in lines {
            text += &"\n".repeat(blank);
            text += LINES[line];
            text.push('\n');
        }
        text += "}\n";
        let once = formatted(&text);
        proptest::prop_assert_ne!(&once, &text);
        proptest::prop_assert_eq!(formatted(&once), once);
    }
}

#[test]
fn a_block_behind_a_comment_stays_a_block() {
    let text =
        "queue bot # why\n{ ring 15s }\nroute r decides queue # who\n{\n  otherwise decide queue bot\n}\n";
    assert_eq!(formatted(text), text);
}
