//! `tandem simulate --centre`: calls that are passed on, and callers who become leads.

#![cfg(test)]

mod support;

use serde_json::Value;
use support::{Folder, tandem};

const POLICY: &str = "\
queue first, second, last_resort
intent { bill, loan }
route arrival at start decides queue {
  when call.from = \"+15550000000\" decide queue last_resort
  when call.from = \"+15550000001\" decide queue second
  otherwise decide queue first
}
target moves { transfer error <= 90% }
";

const CAP: &str = "transfers at most 1 then last_resort because \"nobody is passed on for ever\"\n";

const CENTRE: &str = "\
start = 2026-03-09
days = 1
replications = 2
seed = 3
patience = \"10min\"

[[arrivals]]
rate = 20

[[agents]]
count = 20

[[handling]]
queue = \"first\"
talk = \"1min\"
transfer = \"100% to second\"

[[handling]]
queue = \"second\"
talk = \"1min\"
transfer = \"50% to first\"

[[handling]]
queue = \"last_resort\"
talk = \"1min\"
transfer = \"100% to first\"
";

fn report(policy: &str) -> Value {
    let folder = Folder::new(&[("p.tdm", policy.as_bytes()), ("centre.toml", CENTRE.as_bytes())]);
    let arguments =
        ["simulate", &folder.shown("p.tdm"), "--centre", &folder.shown("centre.toml"), "--format", "json"];
    tandem(arguments).json()
}

fn hops(report: &Value) -> Vec<u64> {
    let hops = report["runs"][0]["hops"].as_array().expect("hops");
    hops.iter().map(|calls| calls.as_u64().expect("a number")).collect()
}

#[test]
fn calls_are_told_by_their_transfers_and_a_cap_ends_them() {
    let free = report(POLICY);
    let found = hops(&free);
    assert_eq!(found[0], 0, "whoever comes first is the wrong place: {found:?}");
    assert!(found[1] > 0 && found[3] > 0 && found[2] == 0, "half of the calls circle: {found:?}");
    let error = free["runs"][0]["segments"][0]["figures"]["transfer_error"]["mean"].as_f64().expect("it");
    // Half of the calls come back from the second queue, again and again: of four transfers two lead on.
    assert!((0.4..0.75).contains(&error), "{error}");
    let capped = report(&format!("{POLICY}{CAP}"));
    let found = hops(&capped);
    assert!(found[1] > 0 && found[2] > 0, "{found:?}");
    assert_eq!(found[3..].iter().sum::<u64>(), 0, "nobody is passed on a third time: {found:?}");
}

const LEADS: &str = "\
queue sales
intent { loan, bill }
record Lead { phone: phone, consented: yes/no = no }
source crm.leads() -> Lead
route arrival decides queue { otherwise decide queue sales }
campaign loans {
  call each lead of source crm.leads
  never when not lead.consented because \"no consent\"
  pace progressive
  agents of sales
  from calls { when call.intent = loan emit lead with consented = yes because \"asked for a loan\" }
}
";

const LEADS_CENTRE: &str = "\
start = 2026-03-09
days = 1
replications = 2
seed = 3

[[arrivals]]
name = \"loans\"
rate = 4
caller = { intent = \"loan\" }

[[arrivals]]
name = \"bills\"
rate = 4
caller = { intent = \"bill\" }

[[agents]]
count = 10

[campaigns.loans]
leads = 0
answered = \"100%\"
numbers = { \"+1202\" = 1 }
";

#[test]
fn callers_who_become_leads_are_called() {
    let folder = Folder::new(&[("p.tdm", LEADS.as_bytes()), ("centre.toml", LEADS_CENTRE.as_bytes())]);
    let arguments =
        ["simulate", &folder.shown("p.tdm"), "--centre", &folder.shown("centre.toml"), "--format", "json"];
    let report = tandem(arguments).json();
    let campaign = &report["runs"][0]["campaigns"][0];
    let figure =
        |name: &str| campaign["figures"][name]["mean"].as_f64().unwrap_or_else(|| panic!("{campaign:#}"));
    let (leads, found) = (figure("leads"), figure("leads_from_calls"));
    assert!(found > 10.0 && leads == found, "{leads} leads, {found} of calls");
}

#[test]
fn leads_whom_nobody_calls_are_told() {
    let uncalled = LEADS_CENTRE.split("[campaigns.loans]").next().expect("the beginning");
    let folder = Folder::new(&[
        ("p.tdm", LEADS.as_bytes()),
        ("centre.toml", LEADS_CENTRE.as_bytes()),
        ("uncalled.toml", uncalled.as_bytes()),
    ]);
    let run = |scenario: &str| {
        tandem(["simulate", &folder.shown("p.tdm"), "--centre", &folder.shown(scenario)]).expect_code(0).out
    };
    let told = "nobody calls the leads that callers become (`[campaigns.loans]`)";
    assert!(run("uncalled.toml").contains(told) && !run("centre.toml").contains(told));
}
