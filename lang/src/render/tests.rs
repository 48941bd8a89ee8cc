use super::*;
use crate::diagnostics::Code;

fn finding(sources: &mut Sources, name: &str, text: &str, needle: &str) -> Diagnostic {
    let file = sources.add(name, text, false);
    let start = text.find(needle).unwrap() as u32;
    let span = Span { file, start, end: start + needle.len() as u32 };
    Diagnostic::new(Code::UnknownName, span, "there is no queue `vip_dsk`").help("did you mean `vip_desk`?")
}

#[test]
fn people_see_the_line_the_place_and_the_help() {
    let mut sources = Sources::default();
    let one = finding(&mut sources, "policy.tdm", "# 贵宾\nqueue a\nroute r decide vip_dsk\n", "vip_dsk");
    let text = human(&[Findings::some(&sources, &[one])], false);
    assert!(text.contains("[E0301] Error: there is no queue `vip_dsk`"), "{text}");
    assert!(text.contains("policy.tdm:3:16"), "{text}");
    assert!(text.contains("did you mean `vip_desk`?"), "{text}");
    assert!(text.ends_with("1 error\n"), "{text}");
}

#[test]
fn a_line_of_a_megabyte_is_shown_as_a_stretch() {
    let mut sources = Sources::default();
    let text = format!("{} vip_dsk {}", "字".repeat(300_000), "x".repeat(300_000));
    let one = finding(&mut sources, "long.tdm", &text, "vip_dsk");
    let shown = human(&[Findings::some(&sources, &[one])], false);
    assert!(shown.len() < 4_000, "{} bytes", shown.len());
    assert!(shown.contains("vip_dsk"), "{shown}");
}

#[test]
fn thousands_of_findings_are_counted_rather_than_shown() {
    let mut sources = Sources::default();
    let one = finding(&mut sources, "policy.tdm", "vip_dsk\n", "vip_dsk");
    let many = vec![one; 5_000];
    let shown = human(&[Findings::some(&sources, &many)], false);
    assert!(shown.contains("… and 4800 more\n5000 errors\n"), "{}", &shown[shown.len() - 200..]);
}

#[test]
fn machines_get_characters_and_bytes() {
    let mut sources = Sources::default();
    let one = finding(&mut sources, "policy.tdm", "贵宾 vip_dsk\n", "vip_dsk");
    let document: serde_json::Value =
        serde_json::from_str(&json(&[Findings::some(&sources, &[one])])).unwrap();
    assert_eq!(document["version"], 1);
    let found = &document["diagnostics"][0];
    assert_eq!(found["code"], "E0301");
    assert_eq!(found["severity"], "error");
    assert_eq!(found["span"]["start"], serde_json::json!({ "line": 1, "column": 4 }));
    assert_eq!(found["span"]["end"], serde_json::json!({ "line": 1, "column": 11 }));
    assert_eq!(found["span"]["bytes"], serde_json::json!([7, 14]));
    assert_eq!(found["help"], "did you mean `vip_desk`?");
}

#[test]
fn sarif_and_github_name_the_place() {
    let mut sources = Sources::default();
    let one = finding(&mut sources, "a,b.tdm", "x\n vip_dsk\n", "vip_dsk");
    let found = [one];
    let all = [Findings::some(&sources, &found)];
    let document: serde_json::Value = serde_json::from_str(&sarif(&all)).unwrap();
    let region = &document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], 2);
    assert_eq!(region["startColumn"], 2);
    assert!(
        github(&all)
            .starts_with("::error file=a%2Cb.tdm,line=2,col=2,endLine=2,endColumn=9,title=E0301::there")
    );
}
