//! `tandem simulate` over logs of campaigns and tickets.

#![cfg(test)]

mod support;

use support::{Folder, tandem};

const POLICY: &str = r#"module shop
role supervisor
queue sales, after_sales
intent { renew, repair }

record Lead {
  phone: phone
  consented: yes/no = no
}
source crm.renewals() -> Lead

campaign renewals {
  call each lead of source crm.renewals
  never when lead.on_do_not_call or not lead.consented because "no consent"
  only in 09:00-20:00 local time of lead.phone
  at most 3 attempts per 7d per person, wait 4h after no_answer
  pace progressive
  show "+862112345678"
  agents of sales
  grade {
    A when call.intent = renew
    otherwise C
  }
  on A { transfer sales }
}

ticket repair when call.intent = repair {
  assign after_sales
  unless touched within 2h escalate to supervisor because "nobody looks at it"
  after closed within 24h call back only in 09:00-20:00 local time of callee
}
"#;

const LOG: &str = r#"{"at": "2026-03-10T09:00:00+08:00", "event": "lead", "lead": "L-1", "campaign": "renewals", "fields": {"phone": "+8613800138000", "consented": true}}
{"at": "2026-03-10T09:00:00+08:00", "event": "lead", "lead": "L-2", "campaign": "renewals", "fields": {"phone": "+8613900139000"}}
{"at": "2026-03-10T10:15:00+08:00", "event": "attempt", "lead": "L-1", "disposition": "no_answer"}
{"at": "2026-03-10T11:00:00+08:00", "event": "attempt", "lead": "L-1", "disposition": "no_answer"}
{"at": "2026-03-10T12:00:00+08:00", "event": "attempt", "lead": "L-2", "disposition": "conversation", "intent": "renew"}
{"at": "2026-03-11T09:30:00+08:00", "event": "opened", "ticket": "T-7", "kind": "repair", "phone": "+8613800138000"}
{"at": "2026-03-11T12:50:00+08:00", "event": "touched", "ticket": "T-7"}
{"at": "2026-03-11T16:00:00+08:00", "event": "closed", "ticket": "T-7"}
{"at": "2026-03-12T10:00:00+08:00", "event": "called_back", "ticket": "T-7"}
"#;

#[test]
fn a_log_is_held_against_the_policy() {
    let folder = Folder::new(&[("p.tdm", POLICY.as_bytes()), ("log.jsonl", LOG.as_bytes())]);
    let (policy, log) = (folder.shown("p.tdm"), folder.shown("log.jsonl"));
    let json = tandem(["simulate", &policy, "--calls", &log, "--format", "json"]).expect_code(0).json();
    let campaign = &json["campaigns"][0];
    assert_eq!(
        (campaign["attempts"].as_u64(), campaign["not_permitted"].as_u64()),
        (Some(3), Some(2)),
        "{json}"
    );
    assert_eq!(campaign["breaches"][0]["because"], "too soon after the last attempt");
    assert_eq!(campaign["breaches"][1]["because"], "no consent");
    assert_eq!(campaign["grades"][0]["grade"], "A");
    assert_eq!(campaign["followed"]["transfer"], 1);
    let ticket = &json["tickets"][0];
    assert_eq!(
        (ticket["deadlines_missed"].as_u64(), ticket["breaches"][0]["escalate_to"].as_str()),
        (Some(1), Some("supervisor"))
    );
    assert_eq!(ticket["call_backs"]["coverage"], 1.0);
    let human = tandem(["simulate", &policy, "--calls", &log]).expect_code(0).out;
    for line in [
        "Campaign shop.renewals: 2 leads, 3 attempts",
        "no consent",
        "Deadlines missed: 1",
        "1 promised, 1 made",
    ] {
        assert!(human.contains(line), "{line} is not in\n{human}");
    }
}

#[test]
fn lines_that_cannot_be_read_are_findings_and_lines_without_sense_are_told() {
    let bad = format!("{LOG}{{\"at\": \"2026-03-12T10:00:00+08:00\", \"event\": \"asleep\"}}\n");
    let strange = LOG.replace("\"renewals\"", "\"renewal\"");
    let folder = Folder::new(&[
        ("p.tdm", POLICY.as_bytes()),
        ("bad.jsonl", bad.as_bytes()),
        ("strange.jsonl", strange.as_bytes()),
    ]);
    let policy = folder.shown("p.tdm");
    let run = tandem(["simulate", &policy, "--calls", &folder.shown("bad.jsonl")]).expect_code(1);
    assert!(run.err.contains("bad.jsonl:10: not an event of a log: unknown variant `asleep`"), "{}", run.err);
    let run = tandem(["simulate", &policy, "--calls", &folder.shown("strange.jsonl")]).expect_code(0);
    assert!(run.out.contains("strange.jsonl:1: the policy has no campaign `renewal`"), "{}", run.out);
}

/// What stands between a line that opens a block of the page and its end.
fn block<'p>(page: &'p str, language: &str) -> &'p str {
    let (_, after) = page.split_once(&format!("```{language}\n")).unwrap();
    after.split_once("```").unwrap().0
}

#[test]
fn the_log_of_the_book_is_what_the_page_says() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/book/logs.md")).unwrap();
    let folder = Folder::new(&[
        ("p.tdm", block(&page, "tdm").as_bytes()),
        ("log.jsonl", block(&page, "json").as_bytes()),
    ]);
    let (policy, log) = (folder.shown("p.tdm"), folder.shown("log.jsonl"));
    let json = tandem(["simulate", &policy, "--calls", &log, "--format", "json"]).expect_code(0).json();
    assert_eq!(json["log_notes"].as_array().map(Vec::len), Some(0), "{json}");
    let campaign = &json["campaigns"][0];
    assert_eq!((campaign["attempts"].as_u64(), campaign["not_permitted"].as_u64()), (Some(3), Some(1)));
    let breach = &campaign["breaches"][0];
    assert_eq!(breach["breaks"][0]["clause"], "4h after no_answer");
    assert_eq!(campaign["grades"][0]["grade"], "B", "{json}");
    assert_eq!(json["tickets"][0]["call_backs"]["made"], 1);
}

#[test]
fn a_breach_names_the_law_and_its_line() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/book/logs.md")).unwrap();
    let late = block(&page, "json").replace("2026-03-10T12:00:00", "2026-03-10T22:00:00");
    let folder = Folder::new(&[("p.tdm", block(&page, "tdm").as_bytes()), ("log.jsonl", late.as_bytes())]);
    let (policy, log) = (folder.shown("p.tdm"), folder.shown("log.jsonl"));
    let run = tandem(["simulate", &policy, "--calls", &log]).expect_code(0);
    let named = "house_rules 3: calls only in 08:00-21:00 local time of callee";
    assert!(run.out.contains(named), "{}", run.out);
}
