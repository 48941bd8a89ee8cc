//! `tandem simulate --centre`: targets of the standard library, costs, and how many agents two policies need.

#![cfg(test)]

mod support;

use serde_json::Value;
use support::{Folder, root, tandem};

/// The policy of the page on staffing.
fn policy() -> String {
    let page = std::fs::read_to_string(root().join("docs/book/how-to-staffing.md")).expect("the page");
    let blocks = page.split("\n```tdm\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    blocks.collect::<Vec<_>>().join("\n\n")
}

/// The scenario of the page, short.
fn scenario() -> String {
    let page = std::fs::read_to_string(root().join("docs/book/how-to-staffing.md")).expect("the page");
    let block =
        page.split("\n```toml\n").nth(1).and_then(|rest| rest.split("\n```").next()).expect("a scenario");
    block.replace("days = 5", "days = 1").replace("replications = 10", "replications = 2")
}

fn folder(with: &str) -> Folder {
    let without = with.replace("dialog reception at start", "dialog reception");
    Folder::new(&[
        ("with.tdm", with.as_bytes()),
        ("without.tdm", without.as_bytes()),
        ("s.toml", scenario().as_bytes()),
    ])
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("a number: {value:#}"))
}

#[test]
fn one_command_says_how_many_agents_a_dialog_saves() {
    let folder = folder(&policy());
    let [with, without, scenario] = ["with.tdm", "without.tdm", "s.toml"].map(|name| folder.shown(name));
    let command = [
        "simulate",
        &with,
        "--compare",
        &without,
        "--centre",
        &scenario,
        "--vary",
        "agents.count=7..19 step 4",
    ];
    let out = tandem(command).expect_code(0).out.split_whitespace().collect::<Vec<_>>().join(" ");
    for shown in ["How many are needed", "settled without a person", "the first needs ", "instead of ", "CNY"]
    {
        assert!(out.contains(shown), "{shown}: {out}");
    }
    let document = tandem(command.iter().chain(&["--format", "json"])).json();
    let needed = document["needed"].as_array().expect("both");
    let count = |at: usize| needed[at]["value"].as_str().and_then(|value| value.parse().ok()).unwrap_or(0);
    let (one, two): (u32, u32) = (count(0), count(1));
    assert!(0 < one && one < two, "{needed:?}");
    let runs = document["runs"].as_array().expect("runs");
    assert_eq!(
        (runs.len(), &runs[0]["varied"], runs[0]["varied"] == runs[2]["varied"]),
        (8, &runs[1]["varied"], false)
    );
    let html = tandem(command.iter().chain(&["--format", "html"])).expect_code(0).out;
    for shown in ["the first needs ", "cost a call, CNY", "class=\"level\"", "settled without a person"] {
        assert!(html.contains(shown), "{shown}");
    }
}

#[test]
fn costs_are_those_of_agents_and_bots() {
    let folder = Folder::new(&[
        ("s.toml", b"arrivals = 60\nhandle = \"fixed 3min\"\nreplications = 1\n[[agents]]\ncount = 2\n[[agents]]\ncount \
                     = 1\nhour_cost = \"100 EUR\"\n[costs]\nagent_hour = \"40 EUR\"\n"),
        ("plain.toml", b"arrivals = 60\nagents = 3\n"),
    ]);
    let scenario = folder.shown("s.toml");
    let document = tandem(["simulate", "--centre", &scenario, "--format", "json"]).json();
    let run = &document["runs"][0];
    // Two at 40 and one at 100, over the 23 hours that are measured.
    let costs = number(&run["centre"]["costs"]["mean"]);
    assert!((costs - 180.0 * 23.0).abs() < 1.0, "{costs}");
    let per_call = number(&run["centre"]["cost_per_call"]["mean"]);
    assert!((2.5..3.5).contains(&per_call), "{per_call}");
    assert_eq!(run["currency"], "EUR");
    let out = tandem(["simulate", "--centre", &scenario]).out;
    assert!(out.contains("cost a call, EUR") && out.contains("calls an agent in 8 hours there"), "{out}");
    let plain = tandem(["simulate", "--centre", &folder.shown("plain.toml"), "--format", "json"]).json();
    assert_eq!(plain["runs"][0]["currency"], Value::Null);
    assert_eq!(plain["runs"][0]["centre"]["costs"], Value::Null);
    let varied =
        ["simulate", "--centre", &scenario, "--vary", "costs.agent_hour=20 EUR, 40 EUR", "--format", "json"];
    let document = tandem(varied).json();
    let costs = |at: usize| number(&document["runs"][at]["centre"]["costs"]["mean"]);
    assert!((costs(1) - costs(0) - 2.0 * 20.0 * 23.0).abs() < 1.0);
}

#[test]
fn presets_of_targets_are_met_missed_or_named_with_the_reason() {
    let presets =
        "use std.targets.pilot\nuse std.targets.rollout\nuse std.targets.mature\nuse std.targets.latency\n";
    let policy = policy().replacen("use std.phrases", &format!("{presets}use std.phrases"), 1);
    let folder =
        folder(&(policy + "\n\ntarget load {\n  calls per agent <= 1\n  avoidable contacts <= 90%\n}\n"));
    let [policy, scenario] = ["with.tdm", "s.toml"].map(|name| folder.shown(name));
    let command = ["simulate", &policy, "--centre", &scenario];
    let document = tandem(command.iter().chain(&["--format", "json"])).expect_code(1).json();
    let targets = document["runs"][0]["targets"].as_array().expect("targets");
    let of = |figure: &str| {
        let found = targets.iter().find(|one| one["figure"] == figure);
        found.unwrap_or_else(|| panic!("{figure} in {targets:#?}"))
    };
    assert_eq!(
        (&of("automation_rate")["met"], &of("automation_rate")["name"]),
        (&true.into(), &"std.targets.pilot".into())
    );
    assert_eq!(
        (&of("calls_per_agent")["met"], &of("calls_per_agent")["wanted"]),
        (&false.into(), &1.0.into())
    );
    assert_eq!(of("avoidable_contacts")["met"], true);
    assert!(number(&of("intent_accuracy")["found"]["mean"]) > 0.9);
    for unmeasured in ["decision", "screen", "record", "ticket", "report", "escalation", "callback"] {
        let one = of(&format!("latency_of_{unmeasured}"));
        assert!(
            one["met"].is_null() && one["unmeasured"].as_str().is_some_and(|why| !why.is_empty()),
            "{one}"
        );
    }
    let out = tandem(command).expect_code(1).out;
    let html = tandem(command.iter().chain(&["--format", "html"])).expect_code(1).out;
    for shown in ["std.targets.pilot", "automation rate", "a simulated policy decides at once"] {
        assert!(out.contains(shown), "{shown}: {out}");
    }
    assert!(html.contains("✓ met") && html.contains("a simulated policy decides at once"), "{html}");
}

#[test]
fn escalations_and_call_backs_are_measured_where_the_policy_has_them() {
    let policy = "use std.targets.latency\nintent { repair }\nqueue desk {\n  while waiting { after 10s offer callback }\n}\n\
        route sends at start decides queue { otherwise decide queue desk }\n\
        ticket broken when call.intent = repair {\n  priority otherwise normal\n  assign desk\n  unless touched within \
        90min escalate to supervisor\n}\n";
    let scenario = "days = 1\nreplications = 2\n[[arrivals]]\nby_hour = { \"08:00-20:00\" = 60 }\n[[agents]]\ncount = \
        2\nshift = \"08:00-20:00\"\n[callers]\naccepts_callback = \"50%\"\n";
    let folder = Folder::new(&[("p.tdm", policy.as_bytes()), ("s.toml", scenario.as_bytes())]);
    let (policy, scenario) = (folder.shown("p.tdm"), folder.shown("s.toml"));
    let document = tandem(["simulate", &policy, "--centre", &scenario, "--format", "json"]).json();
    let targets = document["runs"][0]["targets"].as_array().expect("targets");
    let found = |figure: &str| targets.iter().find(|one| one["figure"] == figure).expect("the figure");
    assert_eq!(number(&found("latency_of_escalation")["found"]["mean"]), 5_400.0);
    assert_eq!(found("latency_of_escalation")["met"], true);
    let figures = &document["runs"][0]["segments"][0]["figures"];
    let longest = number(&found("latency_of_callback")["found"]["mean"]);
    assert!(longest > number(&figures["time_to_callback_s"]["mean"]), "{longest}");
}
