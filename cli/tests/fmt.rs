//! `tandem fmt`: once is enough, comments stay, `--check` changes nothing.

#![cfg(test)]

mod support;

use support::{Folder, SOUND, tandem};

const UGLY: &str = "queue   day,night  # both\n\n\n\n# above\ncalendar desk in UTC{mon..sun 08:00-20:00}\n\
route r decides queue{\n\ttable first match {\n desk->queue|because\nopen -> day|\"x\" # inside\n otherwise->night|\"y\"\n}\n}\n";

#[test]
fn once_is_enough_and_comments_stay() {
    let folder = Folder::new(&[("p.tdm", UGLY.as_bytes())]);
    let root = folder.root();
    tandem(["fmt", &root]).expect_code(0);
    let once = std::fs::read_to_string(folder.path("p.tdm")).expect("the file");
    tandem(["fmt", &root]).expect_code(0);
    assert_eq!(std::fs::read_to_string(folder.path("p.tdm")).expect("the file"), once);
    assert_ne!(once, UGLY);
    for comment in ["# both", "# above", "# inside"] {
        assert!(once.contains(comment), "{once}");
    }
    tandem(["fmt", "--check", &root]).expect_code(0);
    tandem(["check", &root]).expect_code(0);
}

#[test]
fn check_changes_nothing_and_says_what_would_change() {
    let folder = Folder::new(&[("ugly.tdm", UGLY.as_bytes()), ("nice.tdm", b"skill x\n")]);
    let run = tandem(["fmt", "--check", &folder.root()]).expect_code(1);
    assert!(run.out.contains("ugly.tdm") && !run.out.contains("nice.tdm"), "{}", run.out);
    assert_eq!(std::fs::read_to_string(folder.path("ugly.tdm")).expect("the file"), UGLY);
}

#[test]
fn a_file_with_mistakes_loses_nothing() {
    let text = "queue day, nigth,,\nroute r decides {{ queue\n  otherwise decide \"day\n}\nwatsh x\n";
    let folder = Folder::new(&[("p.tdm", text.as_bytes())]);
    tandem(["fmt", &folder.root()]);
    let after = std::fs::read_to_string(folder.path("p.tdm")).expect("the file");
    let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    assert_eq!(letters(&after), letters(text));
}

#[test]
fn the_examples_are_formatted() {
    tandem(["fmt", "--check", "examples"]).expect_code(0);
}

#[test]
fn formatting_keeps_what_a_policy_means() {
    let folder = Folder::new(&[("p.tdm", SOUND.replace("  ", "        ").as_bytes())]);
    tandem(["fmt", &folder.root()]).expect_code(0);
    assert_eq!(std::fs::read_to_string(folder.path("p.tdm")).expect("the file"), SOUND);
    tandem(["test", &folder.root()]).expect_code(0);
}

/// Typed with a Chinese keyboard, with curled quotation marks and the line ends of another century.
const WIDE: &str = "tier｛ guest，gold ｝＃ 说明：好\rqueue day，night\r\
record C { tier：tier，value：money CNY＝0 CNY }\rsource crm.c（phone） -> C\r\
calendar desk in Asia／Shanghai ｛ mon..fri 08：00－21：00 ｝\r\
route r decides queue {\r  let who ＝ crm．c（call.from） else ｛tier：guest｝\r  table first match ｛\r\
    who.tier ｜ desk → queue ｜ because\r    ≥ gold ｜ open → day ｜ “你好，（一）”\r    otherwise → night ｜ 「否则」\r  ｝\r｝\r\
test “八点” {\r  clock ２０２６-03-10 08：30：00 Asia/Shanghai\r  call from “+8613800138000”\r  given crm.c tier gold\r\
  at 0s expect queue day because “你好，（一）”\r}\r";

#[test]
fn signs_of_full_width_are_read_and_become_plain_ones() {
    let folder = Folder::new(&[("p.tdm", WIDE.as_bytes())]);
    let root = folder.root();
    assert!(tandem(["test", &root]).expect_code(0).out.contains("1 passed"));
    tandem(["fmt", &root]).expect_code(0);
    let once = std::fs::read_to_string(folder.path("p.tdm")).expect("the file");
    for line in [
        "tier { guest, gold } # 说明：好",
        "record C { tier: tier, value: money CNY = 0 CNY }",
        "    >= gold  | open -> day   | \"你好，（一）\"",
        "    otherwise       -> night | \"否则\"",
        "  clock 2026-03-10 08:30:00 Asia/Shanghai",
    ] {
        assert!(once.lines().any(|have| have == line), "{line}\n{once}");
    }
    tandem(["fmt", "--check", &root]).expect_code(0);
    assert!(tandem(["test", &root]).expect_code(0).out.contains("1 passed"));
}

#[test]
fn mistakes_beside_signs_of_full_width_are_where_the_author_sees_them() {
    let text = "tier｛ guest，gold ｝\nroute r decides number：number {\n  when ８０％ ≥ gald decide number 1\n  otherwise decide number 2\n}\n";
    let folder = Folder::new(&[("p.tdm", text.as_bytes())]);
    let document = tandem(["check", &folder.root(), "--format", "json"]).expect_code(1).json();
    let span = &document["diagnostics"][0]["span"];
    assert_eq!((&span["start"]["line"], &span["start"]["column"]), (&3.into(), &14.into()), "{document}");
    tandem(["check", &folder.root()]).expect_code(1);
}
