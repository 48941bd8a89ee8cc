//! `tandem simulate --centre` with the policy's campaigns.

#![cfg(test)]

mod support;

use serde_json::Value;
use support::{Folder, tandem};

/// A campaign under American law whose agents take inbound calls as well.
const POLICY: &str = "\
use std.law.us_tcpa
use std.law.us_tsr

queue sales

route arrival at start decides queue {
  when call.direction = inbound decide queue sales because \"one team for both\"
  otherwise decide queue sales because \"one team for both\"
}

record Lead { phone: phone, consented: yes/no = no }
source crm.leads() -> Lead

campaign renewals under us_tsr, us_tcpa {
  call each lead of source crm.leads
  never when not lead.consented because \"has not agreed to be called\"
  never when lead.on_do_not_call because \"asked not to be called\"
  only in mon..fri 09:00-20:00 local time of lead.phone, unsure of zone: strictest
  at most 3 attempts per 7d per person, wait 4h after no_answer, 1d after busy
  never again after refused
  pace predictive keeping abandoned <= 3% of live answers over 30d
  ring at least 24s
  when a machine answers hang up deciding within 1s
  connect within 1s
  when nobody is free say \"This was a call of Northlight, plus one, two zero two, triple five, zero one five zero.\"
  show \"+12025550150\"
  agents of sales, at least 15
  grade { A when lead.attempts > 1 because \"hard to reach\" ; otherwise B }
  on A { follow up by person within 1d noting summary }
  on B { send sms \"Northlight: thank you.\" every 30d at most 1 times }
}

target few_abandoned { campaign abandonment <= 3% because \"the law\" }
";

const CENTRE: &str = "\
zone = \"America/New_York\"
start = 2026-03-09
days = 2
replications = 2
seed = 1
patience = \"3min\"
talk = \"3min\"

[[arrivals]]
by_hour = { \"mon..fri 09:00-17:00\" = 20 }

[[agents]]
count = 20
shift = \"mon..fri 09:00-17:00\"

[campaigns.renewals]
leads = 4000
lead = { consented = { yes = 95, no = 5 } }
numbers = { \"+1202\" = 3, \"+1212\" = 1 }
answered = \"25%\"
machine = \"20%\"
busy = \"5%\"
invalid = \"2%\"
right_party = \"80%\"
refuses = \"3%\"
asks_later = \"5%\"
talk = \"3min\"
";

fn folder() -> Folder {
    Folder::new(&[("p.tdm", POLICY.as_bytes()), ("centre.toml", CENTRE.as_bytes())])
}

fn mean(campaign: &Value, figure: &str) -> f64 {
    let found = &campaign["figures"][figure]["mean"];
    found.as_f64().unwrap_or_else(|| panic!("`{figure}` in {campaign:#}"))
}

#[test]
fn a_campaign_calls_on_the_floor_of_the_inbound_calls() {
    let folder = folder();
    let (policy, centre) = (folder.shown("p.tdm"), folder.shown("centre.toml"));
    let out = |more: &[&str]| {
        let arguments = ["simulate", &policy, "--centre", &centre, "--format", "json"];
        tandem(arguments.iter().chain(more)).expect_code(0).out
    };
    let one = out(&["--jobs", "1"]);
    assert_eq!(one, out(&["--jobs", "2", "--engine", "interpreted"]));
    let document: Value = serde_json::from_str(&one).expect("JSON");
    let run = &document["runs"][0];
    let campaign = &run["campaigns"][0];
    assert_eq!(campaign["name"], "p.renewals");
    assert_eq!(mean(campaign, "leads"), 4000.0);
    let (placed, live) = (mean(campaign, "calls_placed"), mean(campaign, "answered_by_a_person"));
    assert!(placed > 4_000.0, "{placed}");
    // Those who asked for another time do not answer before; numbers that do not exist answer never.
    assert!((0.22..0.26).contains(&(live / placed)), "{live} of {placed}");
    let (people, right) = (mean(campaign, "people_talked_to"), mean(campaign, "the_right_person"));
    assert!((0.76..0.84).contains(&(right / people)), "{right} of {people}");
    let held = campaign["held_back"].as_array().expect("reasons");
    let held = held.iter().find(|one| one["name"] == "has not agreed to be called").expect("the guard");
    assert!((150.0..260.0).contains(&held["count"]["mean"].as_f64().expect("a mean")), "{held}");
    assert_eq!(campaign["law"]["kept"], true, "{:#}", campaign["law"]);
    let target =
        run["targets"].as_array().expect("targets").iter().find(|one| one["name"] == "p.few_abandoned");
    assert_eq!(target.expect("the target")["met"], true);
    // Inbound calls are answered by the same agents, and counted apart.
    let inbound = run["segments"][0]["figures"]["offered"]["mean"].as_f64().expect("calls");
    assert!((250.0..400.0).contains(&inbound), "{inbound}");
    let dispositions = campaign["dispositions"].as_array().expect("dispositions");
    let ended: f64 = dispositions.iter().filter_map(|one| one["count"]["mean"].as_f64()).sum();
    // What still rings when the run ends has not ended.
    assert!((0.0..=5.0).contains(&(placed - ended)), "{ended} of {placed}");
}

#[test]
fn mistakes_of_campaigns_are_told_all_at_once() {
    let folder = folder();
    let wrong = "agents = 2\n[campaigns.renewal]\nleads = 5\nanswered = \"30%\"\n\
        [campaigns.renewals]\nleads = 10\nlead = { concented = \"yes\" }\nanswered = \"20%\"\ngrades = { Z = 1 }\n\
        numbers = { \"12\" = 1 }\n";
    folder.write("wrong.toml", wrong.as_bytes());
    let (policy, wrong) = (folder.shown("p.tdm"), folder.shown("wrong.toml"));
    let run = tandem(["simulate", &policy, "--centre", &wrong]).expect_code(2);
    for told in ["did you mean `renewals`?", "no field `concented`", "`Z`", "no numbers begin with `12`"] {
        assert!(run.err.contains(told), "{told}: {}", run.err);
    }
    folder.write("half.toml", b"agents = 2\n[campaigns.renewals]\nleads = \"many\"\nmachine = \"120%\"\n");
    let half = folder.shown("half.toml");
    let run = tandem(["simulate", &policy, "--centre", &half]).expect_code(2);
    for told in ["half.toml:3:", "half.toml:4:", "answered = \"25%\""] {
        assert!(run.err.contains(told), "{told}: {}", run.err);
    }
    let run = tandem(["simulate", "--centre", &folder.shown("centre.toml")]).expect_code(2);
    assert!(run.err.contains("campaigns are a policy's"), "{}", run.err);
}

/// Twenty agents who call all day and take sixty calls an hour; leads enough that nobody waits for one.
fn shared(days: u32, replications: u32, seed: u64) -> String {
    let week = CENTRE.replace("days = 2", &format!("days = {days}")).replace("mon..fri", "mon..sun");
    let chances = week.replace("replications = 2", &format!("replications = {replications}"));
    let seeded = chances.replace("seed = 1", &format!("seed = {seed}"));
    seeded.replace("leads = 4000", "leads = \"4000 per day\"").replace("= 20 }", "= 60 }")
}

fn holds(days: u32, replications: u32) {
    let policy = POLICY.replace("mon..fri", "mon..sun");
    let folder = Folder::new(&[
        ("p.tdm", policy.as_bytes()),
        ("shared.toml", shared(days, replications, 11).as_bytes()),
    ]);
    let (policy, centre) = (folder.shown("p.tdm"), folder.shown("shared.toml"));
    let document =
        tandem(["simulate", &policy, "--centre", &centre, "--format", "json"]).expect_code(0).json();
    let run = &document["runs"][0];
    let campaign = &run["campaigns"][0];
    let worst: Vec<f64> =
        campaign["law"]["worst"].as_array().expect("runs").iter().filter_map(Value::as_f64).collect();
    assert_eq!(worst.len(), replications as usize);
    assert!(worst.iter().all(|share| *share <= 0.03), "{worst:?}");
    let busy = campaign["utilisation"]["mean"].as_f64().expect("agents");
    assert!(busy > 0.55, "{busy}");
    let figures = &run["segments"][0]["figures"];
    let (offered, in_time) = (&figures["offered"]["mean"], &figures["service_level"]["mean"]);
    assert!(offered.as_f64().expect("calls") > 400.0 * f64::from(days), "{offered}");
    assert!(in_time.as_f64().expect("a share") > 0.9, "{in_time}");
}

#[test]
fn the_law_holds_while_the_same_agents_take_calls() {
    holds(3, 3);
}

/// `cargo test --release -p tandem --test outbound -- --ignored`
#[test]
#[ignore = "takes minutes: thirty days, ten times"]
fn the_law_holds_for_thirty_days() {
    holds(30, 10);
}

#[test]
fn a_detector_that_takes_people_for_machines_breaks_the_law_and_what_ifs_show_from_when_on() {
    let folder = folder();
    let unsure = format!("{CENTRE}[detector]\nmachine_found = \"92%\"\nperson_taken_for_machine = \"6%\"\n");
    folder.write("unsure.toml", unsure.as_bytes());
    let (policy, unsure) = (folder.shown("p.tdm"), folder.shown("unsure.toml"));
    let broken = ["simulate", &policy, "--centre", &unsure, "--replications", "1"];
    let run = tandem(broken).expect_code(1);
    assert!(run.out.contains("BROKEN"), "{}", run.out);
    let vary = broken.iter().chain(&["--vary", "detector.person_taken_for_machine=0%, 2%"]);
    let document = tandem(vary.chain(&["--format", "json"])).json();
    assert_eq!(document["runs"][1]["varied"]["value"], "2%");
    let vary: Vec<&str> =
        broken.iter().copied().chain(["--vary", "detector.person_taken_for_machine=0%, 2%"]).collect();
    let page = tandem(vary.iter().chain(&["--format", "html"])).out;
    for shown in ["abandoned by campaigns", "their agents busy", "people talked to", "targets and laws"] {
        assert!(page.contains(&format!("<th scope=\"col\">{shown}</th>")), "{shown}");
        assert!(tandem(&vary).out.contains(shown), "{shown}");
    }
    let of = |run: usize, figure: &str| mean(&document["runs"][run]["campaigns"][0], figure);
    assert_eq!(of(0, "people_taken_for_machines"), 0.0);
    let share = of(1, "people_taken_for_machines") / of(1, "answered_by_a_person");
    assert!((0.01..0.03).contains(&share), "{share}");
    // One of twelve machines is taken for a person, and an agent listens to it.
    let missed = of(0, "machines_talked_to") / of(0, "answered_by_a_machine");
    assert!((0.04..0.12).contains(&missed), "{missed}");
}
