//! `tandem simulate --centre`: callers who are called back and keep their place.

#![cfg(test)]

mod support;

use support::{Folder, tandem};

const POLICY: &str = r#"module desk
queue hotline { while waiting { after 0s offer callback } }
queue other
mode crowded when hotline.waiting > 3 until hotline.waiting < 2 because "the line is long"
route arrival at start decides queue { otherwise decide queue hotline }
target busy { hotline occupancy >= 50% }
"#;

const SCENARIO: &str = "days = 1\nreplications = 2\nwarm_up = \"0s\"\narrivals = \"30 per hour\"\n\
    handle = \"fixed 110s\"\nagents = 1\n[callers]\naccepts_callback = \"100%\"\nanswers_callback = \"100%\"\n";

/// Whoever has hung up and keeps the place waits for a mode and for the report alike.
#[test]
fn who_keeps_the_place_waits_for_modes_and_for_the_report() {
    let folder = Folder::new(&[("p.tdm", POLICY.as_bytes()), ("s.toml", SCENARIO.as_bytes())]);
    let (policy, scenario) = (folder.shown("p.tdm"), folder.shown("s.toml"));
    let document = tandem(["simulate", &policy, "--centre", &scenario, "--format", "json"]).json();
    let run = &document["runs"][0];
    let (queue, mode) = (&run["queues"][0], &run["modes"][0]);
    assert!(mode["on"].as_f64().expect("a share") > 0.2, "{mode}");
    assert!(queue["most_waiting"].as_u64().expect("a number") > 3, "{queue}");
    // Their turn comes: the line is not longer in the report than those who were ever promised a call.
    assert!(run["outcomes"]["called_back"].as_u64().expect("a number") > 100, "{}", run["outcomes"]);
    let busy = &run["agents"][0]["occupancy"];
    assert_eq!(&queue["occupancy"], busy, "one group serves all queues");
    let target = run["targets"].as_array().expect("targets").iter().find(|one| one["figure"] == "occupancy");
    assert_eq!(&target.expect("a target of occupancy")["found"], busy);
}

/// Places are on the line: who has hung up takes none, and nobody is turned away for it.
#[test]
fn who_has_hung_up_takes_no_place_on_the_line() {
    let scenario = format!("places = 3\n{SCENARIO}");
    let folder = Folder::new(&[("p.tdm", POLICY.as_bytes()), ("s.toml", scenario.as_bytes())]);
    let (policy, scenario) = (folder.shown("p.tdm"), folder.shown("s.toml"));
    let document = tandem(["simulate", &policy, "--centre", &scenario, "--format", "json"]).json();
    assert_eq!(document["runs"][0]["outcomes"]["blocked"], 0);
    let out = tandem(["simulate", &policy, "--centre", &scenario]).out;
    assert!(out.contains("agents who serve") && out.contains("hotline"), "{out}");
}
