//! Campaigns in simulated centres: people who talk to the policy's dialog, sources that guards ask, leads of a file, and
//! the four ways to pace.

#![cfg(test)]

mod support;

use serde_json::Value;
use support::{Folder, tandem};

/// A dialog that asks whether to renew, with a person for whoever wants it, and a guard that looks something up.
const POLICY: &str = "\
use std.phrases.agreement
use std.phrases.do_not_call
use std.phrases.refusal
use std.phrases.wrong_number

enum grade { A, B, C, D }
skill selling
queue sales { needs selling at level 1..5 }
queue bot

route arrival at start decides queue {
  otherwise decide queue bot because \"calls that come in\"
}

record Lead { phone: phone, person: text = \"\", days_left: number = 10 }
source crm.leads() -> Lead
record Customer { complains: yes/no = no }
source crm.customer() -> Customer within 500ms

text shall_i { en \"Shall we renew it?\" }
text somebody { en \"Shall I put you through?\" }
text no_more { en \"We will not call you again. Goodbye.\" }
text wrong   { en \"I am sorry to have troubled you. Goodbye.\" }
text as_you  { en \"As you wish. Goodbye.\" }
text again   { en \"I did not understand. Goodbye.\" }

dialog offer_it in en {
  ask shall_i hearing speech, waiting 8s
  on do_not_call { say no_more ; end }
  on wrong_number { say wrong ; end }
  on agreement { offer sales somebody { yes { } no { say as_you ; end } } }
  on refusal { say as_you ; end }
  on unresolved 2 times { say again ; end }
  on silence 2 times { say again ; end }
}

campaign renewals {
  call each lead of source crm.leads
  person is lead.person
  let customer = crm.customer() else { complains: no }
  never when customer.complains because \"complains\"
  never when lead.on_do_not_call because \"asked not to be called\"
  only in mon..fri 09:00-20:00 local time of lead.phone, unsure of zone: strictest
  at most 3 attempts per 7d per person, wait 2h after no_answer, 1d after busy
  pace progressive
  show \"+12025550150\"
  run dialog offer_it
  agents of sales
  grade {
    D when customer said do_not_call because \"wants no calls\"
    A when customer said agreement because \"wants it\"
    otherwise C
  }
  on A { follow up by person within 1d noting summary }
  on C { call again after 2d }
  on D { never call again }
}
";

const CENTRE: &str = "\
zone = \"America/New_York\"
start = 2026-03-09
days = 2
replications = 2
seed = 3

[[agents]]
count = 6
skills = { selling = 3 }
shift = \"mon..fri 09:00-17:00\"

[callers]
asks_for_person = \"0%\"
accepts_offer = \"100%\"
insists = \"0%\"
silent = \"0%\"
answers_after = \"fixed 2s\"

[campaigns.renewals]
leads = 1000
numbers = { \"+1202\" = 3, \"+1212\" = 1 }
answered = \"40%\"
rings = \"uniform 6s..20s\"
talk = \"2min\"
";

fn mean(campaign: &Value, figure: &str) -> f64 {
    campaign["figures"][figure]["mean"].as_f64().unwrap_or_else(|| panic!("`{figure}` in {campaign:#}"))
}

fn count(campaign: &Value, of: &str, name: &str) -> f64 {
    let rows = campaign[of].as_array().unwrap_or_else(|| panic!("`{of}` in {campaign:#}"));
    rows.iter().find(|row| row["name"] == name).and_then(|row| row["count"]["mean"].as_f64()).unwrap_or(0.0)
}

/// What came of the campaign, with these lines after the scenario's.
fn campaign(policy: &str, centre: &str, code: i32) -> Value {
    let folder = Folder::new(&[("p.tdm", policy.as_bytes()), ("centre.toml", centre.as_bytes())]);
    let arguments =
        ["simulate", &folder.shown("p.tdm"), "--centre", &folder.shown("centre.toml"), "--format", "json"];
    tandem(arguments).expect_code(code).json()["runs"][0].clone()
}

#[test]
fn people_talk_to_the_dialog_and_what_they_say_decides() {
    let says =
        "says = { \"yes please\" = 1, \"no thank you\" = 3 }\nright_party = \"80%\"\nrefuses = \"10%\"\n";
    let folder =
        Folder::new(&[("p.tdm", POLICY.as_bytes()), ("centre.toml", format!("{CENTRE}{says}").as_bytes())]);
    let (policy, centre) = (folder.shown("p.tdm"), folder.shown("centre.toml"));
    let out = |jobs: &str, engine: &str| {
        let how = ["--format", "json", "--jobs", jobs, "--engine", engine];
        let arguments = ["simulate", &policy, "--centre", &centre];
        tandem(arguments.iter().chain(&how)).expect_code(0).out
    };
    let document = out("1", "native");
    assert_eq!(document, out("2", "native"), "the same bytes on one thread and two");
    assert_eq!(document, out("2", "interpreted"), "on both engines");
    let document: Value = serde_json::from_str(&document).expect("JSON");
    let campaign = &document["runs"][0]["campaigns"][0];
    let (people, right) = (mean(campaign, "people_talked_to"), mean(campaign, "the_right_person"));
    assert!(people > 300.0, "{people}");
    // A tenth of the right people say that they want no calls, and the policy hears and grades it.
    let refused = count(campaign, "dispositions", "refused");
    assert!((0.06..0.14).contains(&(refused / right)), "{refused} of {right}");
    assert_eq!(refused, count(campaign, "grades", "D"));
    assert_eq!(refused, count(campaign, "followed", "never call again"));
    // A quarter of the others say yes and are put through; nobody else is.
    let (wants, through) = (count(campaign, "grades", "A"), mean(campaign, "put_through_by_the_dialog"));
    assert!((0.2..0.3).contains(&(wants / (right - refused))), "{wants} of {right}");
    assert!((wants - through).abs() <= 1.0, "{wants} and {through}");
    assert!(mean(campaign, "agents_talk_hours") > wants * 0.5 / 60.0);
    let wrong = people - right;
    assert!((0.15..0.25).contains(&(wrong / people)), "{wrong} of {people}");
}

#[test]
fn what_a_detector_does_not_hear_changes_what_the_policy_decides() {
    let says = "says = { \"yes please\" = 1 }\nrefuses = \"20%\"\n[detector]\nphrases_heard = \"50%\"\n";
    let run = campaign(POLICY, &format!("{CENTRE}{says}"), 0);
    let campaign = &run["campaigns"][0];
    let right = mean(campaign, "the_right_person");
    // Two questions, half of the answers heard: a quarter of those who refuse are never understood.
    let refused = count(campaign, "dispositions", "refused");
    assert!((0.11..0.19).contains(&(refused / right)), "{refused} of {right}");
    assert_eq!(refused, count(campaign, "grades", "D"));
}

#[test]
fn whoever_says_stop_calling_is_never_called_again() {
    let run = campaign(POLICY, &format!("{CENTRE}refuses = \"100%\"\n"), 0);
    let campaign = &run["campaigns"][0];
    let (talked, reached) = (mean(campaign, "people_talked_to"), mean(campaign, "leads_reached"));
    assert!(talked > 300.0, "{talked}");
    assert_eq!(talked, reached, "nobody is talked to twice");
    assert_eq!(talked, count(campaign, "followed", "never call again"));
    // A policy that hears nothing of it and has no lock-out calls them again, and the simulation shows it.
    let deaf = POLICY.replace("  on do_not_call { say no_more ; end }\n", "");
    let deaf = deaf.replace("    D when customer said do_not_call because \"wants no calls\"\n", "");
    let deaf = deaf
        .replace("  on D { never call again }\n", "")
        .replace("call again after 2d", "call again after 2h");
    let run = self::campaign(&deaf, &format!("{CENTRE}refuses = \"100%\"\n"), 0);
    let campaign = &run["campaigns"][0];
    assert!(mean(campaign, "people_talked_to") > mean(campaign, "leads_reached") * 1.1, "{campaign:#}");
}

#[test]
fn guards_ask_the_scenarios_sources_also_when_these_fail() {
    let knows = CENTRE.replace("leads = 1000", "leads = 1000\nlead = { complains = { yes = 30, no = 70 } }");
    let held = |more: &str| {
        let run = campaign(POLICY, &format!("{knows}{more}"), 0);
        let asked = run["sources"].as_array().expect("sources")[0].clone();
        (count(&run["campaigns"][0], "held_back", "complains"), asked)
    };
    let (held_back, asked) = held("");
    assert!((250.0..350.0).contains(&held_back), "{held_back}");
    assert!(asked["questions"].as_f64().expect("a number") > 1000.0, "{asked}");
    // Where the source does not answer, the policy goes on as its `else` says: nobody is known to complain.
    let (none, asked) = held("[sources]\nfails = \"100%\"\n");
    assert_eq!(none, 0.0, "{asked}");
    assert_eq!(asked["failed"], asked["questions"]);
    let (none, asked) = held("[sources]\ntakes = \"fixed 900ms\"\n");
    assert_eq!(none, 0.0, "{asked}");
    assert_eq!(asked["slow"], asked["questions"]);
}

#[test]
fn leads_come_from_a_file() {
    let mut rows = "phone,person,days_left,complains\n".to_owned();
    for row in 0..100_000_u32 {
        let prefix = ["+1 202", "+1-303-", "+1 (212) "][row as usize % 3];
        rows.push_str(&format!("{prefix}555{:04},p{row},{},no\n", row / 3 % 10_000, row % 40));
    }
    let centre = CENTRE
        .replace("leads = 1000", "leads = \"leads.csv\"")
        .replace("replications = 2", "replications = 1");
    let centre = centre.replace("numbers = { \"+1202\" = 3, \"+1212\" = 1 }\n", "");
    let folder = Folder::new(&[
        ("p.tdm", POLICY.as_bytes()),
        ("centre.toml", centre.as_bytes()),
        ("leads.csv", rows.as_bytes()),
    ]);
    let (policy, centre) = (folder.shown("p.tdm"), folder.shown("centre.toml"));
    let simulate = ["simulate", &policy, "--centre", &centre, "--format", "json"];
    let run = tandem(simulate).expect_code(0).json()["runs"][0].clone();
    assert_eq!(mean(&run["campaigns"][0], "leads"), 100_000.0);
    assert!(mean(&run["campaigns"][0], "calls_placed") > 500.0);
    // Denver opens two hours after New York: at nine in New York only the others are called.
    let mistaken =
        "phone,person,days_left,complains\n+12025550101,p1,ten,no\n12,p2,3,no\n+12025550102,p3,4,maybe\n";
    folder.write("leads.csv", mistaken.as_bytes());
    let run = tandem(simulate).expect_code(2);
    for told in ["line 2", "`days_left`", "line 3", "no number that can be called", "line 4", "`complains`"] {
        assert!(run.err.contains(told), "{told}: {}", run.err);
    }
    folder.write("leads.csv", b"phone,person\n+12025550101,p1\n+12025550102\n");
    assert!(tandem(simulate).expect_code(2).err.contains("line 3 has 1 of 2"));
    folder.write("leads.csv", b"phone,phone\n+12025550101,p1\n");
    assert!(tandem(simulate).expect_code(2).err.contains("two columns `phone`"));
    folder.write("leads.csv", b"phone,colour\n+12025550101,red\n");
    assert!(tandem(simulate).expect_code(2).err.contains("no field `colour`"));
}

/// A campaign without a dialog, and a scenario in which every call is answered by a person who talks for two minutes.
fn paced(pace: &str) -> (String, String) {
    let policy = POLICY.replace("  pace progressive\n", &format!("  pace {pace}\n"));
    let policy = policy.replace("  run dialog offer_it\n", "  connect within 2s\n");
    let policy = policy.replace("  grade {\n    D when customer said do_not_call because \"wants no calls\"\n    A when customer said agreement because \"wants it\"\n    otherwise C\n  }\n", "  grade { A when lead.days_left > 10 because \"early\" ; otherwise C }\n");
    let policy = policy.replace("  on D { never call again }\n", "");
    (policy, CENTRE.replace("leads = 1000", "leads = \"4000 per day\""))
}

#[test]
fn each_pace_keeps_its_agents_busy_in_its_own_way() {
    let run = |pace: &str| {
        let (policy, centre) = paced(pace);
        let run = campaign(&policy, &centre, 0);
        let campaign = run["campaigns"][0].clone();
        let used = campaign["utilisation"]["mean"].as_f64().expect("agents");
        let occupied = run["agents"][0]["occupancy"]["mean"].as_f64().expect("agents");
        (
            mean(&campaign, "lines_that_rang_at_once_at_most"),
            mean(&campaign, "people_nobody_was_free_for"),
            used,
            occupied,
        )
    };
    let (preview, progressive) = (run("preview"), run("progressive"));
    // One line for each of the six agents, and nobody is left alone.
    assert!((3.0..=6.0).contains(&preview.0) && preview.1 == 0.0, "{preview:?}");
    assert_eq!((progressive.0, progressive.1), (6.0, 0.0), "{progressive:?}");
    // Looking at leads takes time, in which the agent is reserved.
    assert!(preview.2 < progressive.2 - 0.03, "{preview:?} {progressive:?}");
    assert!(preview.3 > preview.2 + 0.1, "who looks at a lead is occupied: {preview:?}");
    let power = run("power 2.0");
    assert!((7.0..=12.0).contains(&power.0) && power.1 > 10.0, "{power:?}");
    let predictive = run("predictive keeping abandoned <= 3% of live answers over 30d");
    assert!(predictive.2 > progressive.2 + 0.02 && predictive.1 < power.1, "{predictive:?} {progressive:?}");
}
