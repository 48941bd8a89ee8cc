//! `tandem simulate --centre`

#![cfg(test)]

mod support;

use serde_json::Value;
use support::{Folder, SOUND, tandem};

const THREE: &str = "arrivals = \"200 per hour\"\nhandle = \"3min\"\nagents = 14\n";

/// Calls of a policy's own world: two streams, two groups, shifts over a night, a bot, an unsure detector.
const FULL: &str = "zone = \"Europe/London\"\nstart = 2026-03-28\ndays = 2\nreplications = 3\nseed = 5\n\
    patience = \"lognormal 2min sd 3min\"\ntalk = \"gamma 3min sd 2min\"\nafter_call = \"fixed 20s\"\n\
    transfer = \"10% to night\"\n\
    [[arrivals]]\nname = \"day\"\nby_hour = { \"08:00-20:00\" = [20, 40, 30] }\n\
    [[arrivals]]\nname = \"night\"\nrate = 4\n\
    [[agents]]\nname = \"early\"\ncount = 2\nshift = \"07:00-16:00\"\nbreaks = \"12:00-12:30\"\nring = \"3s\"\n\
    no_answer = \"5%\"\n\
    [[agents]]\nname = \"late\"\ncount = 2\nshift = \"15:00-02:00\"\n";

fn folder() -> Folder {
    let other = SOUND.replace("decide queue night", "decide queue day");
    Folder::new(&[
        ("p.tdm", SOUND.as_bytes()),
        ("other/p.tdm", other.as_bytes()),
        ("three.toml", THREE.as_bytes()),
        ("full.toml", FULL.as_bytes()),
        ("nobody.toml", b"arrivals = 60\nagents = 0\ndays = 1\nreplications = 2\n"),
        ("missed.toml", b"arrivals = 600\nagents = 2\nreplications = 2\npromise = \"80% within 20s\"\n"),
    ])
}

fn all(document: &Value, run: usize, figure: &str) -> f64 {
    let found = &document["runs"][run]["segments"][0]["figures"][figure]["mean"];
    found.as_f64().unwrap_or_else(|| panic!("`{figure}` in {document:#}"))
}

#[test]
fn three_lines_are_a_scenario() {
    let folder = folder();
    let run = tandem(["simulate", "--centre", &folder.shown("three.toml")]).expect_code(0);
    for shown in
        ["answered within 20s, of offered", "occupancy of agents", "assumed: callers give up after 5min"]
    {
        assert!(run.out.contains(shown), "{shown}: {}", run.out);
    }
}

#[test]
fn reports_are_the_same_bytes_whatever_the_threads_and_the_engine() {
    let folder = folder();
    let (policy, scenario) = (folder.shown("p.tdm"), folder.shown("full.toml"));
    let out = |more: &[&str]| {
        let arguments = ["simulate", &policy, "--centre", &scenario, "--format", "json"];
        tandem(arguments.iter().chain(more)).expect_code(0).out
    };
    let one = out(&["--jobs", "1"]);
    assert_eq!(one, out(&["--jobs", "2"]));
    assert_eq!(one, out(&["--engine", "interpreted"]));
    assert_ne!(one, out(&["--seed", "6"]));
    let document: Value = serde_json::from_str(&one).expect("JSON");
    for nothing in ["unrouted", "unfinished", "ignored"] {
        assert_eq!(document["runs"][0][nothing], 0, "{nothing}");
    }
    // On the night to Sunday the clock jumps: the late shift, until two o'clock, loses an hour of ten.
    let late = &document["runs"][0]["agents"][2];
    assert_eq!(late["name"], "late");
    let hours = late["staffed_hours"].as_f64().expect("hours");
    assert!((hours - 2.0 * (2.0 + 10.0 + 9.0)).abs() < 1.2, "{hours}");
}

#[test]
fn what_ifs_and_comparisons() {
    let folder = folder();
    let three = folder.shown("three.toml");
    let vary = ["simulate", "--centre", &three, "--vary", "agents=12..16 step 2", "--replications", "4"];
    let run = tandem(vary).expect_code(0);
    assert!(["12  ", "14  ", "16  "].iter().all(|row| run.out.contains(row)), "{}", run.out);
    let document = tandem(vary.iter().chain(&["--format", "json"])).json();
    let levels: Vec<f64> = (0..3).map(|at| all(&document, at, "service_level")).collect();
    assert!(levels[0] < levels[1] && levels[1] < levels[2], "{levels:?}");

    let (one, two, full) = (folder.shown("p.tdm"), folder.shown("other/p.tdm"), folder.shown("full.toml"));
    let compare = ["simulate", &one, "--centre", &full, "--compare", &two];
    assert!(tandem(compare).expect_code(0).out.contains("second less first"));
    let document = tandem(compare.iter().chain(&["--format", "json"])).json();
    // The same callers come to both.
    assert_eq!(document["comparison"]["offered"]["change"]["mean"].as_f64(), Some(0.0));
    assert_eq!(document["runs"][0]["calls"], document["runs"][1]["calls"]);
}

#[test]
fn a_missed_promise_is_a_finding_and_an_assumed_one_is_none() {
    let folder = folder();
    let run = tandem(["simulate", "--centre", &folder.shown("missed.toml")]).expect_code(1);
    assert!(run.out.contains("missed"), "{}", run.out);
    let run =
        tandem(["simulate", "--centre", &folder.shown("nobody.toml"), "--format", "json"]).expect_code(0);
    let document = run.json();
    assert_eq!(document["runs"][0]["targets"][0]["met"], false);
    assert!(all(&document, 0, "abandonment") > 0.99, "{document:#}");
    assert!(document["runs"][0]["agents"][0]["occupancy"].is_null());
}

#[test]
fn what_cannot_run_says_why() {
    let folder = folder();
    folder.write("names.toml", b"arrivals = 1\nagents = 1\n[[self_service]]\nqueue = \"dya\"\n");
    folder.write("fact.toml", b"agents = 1\n[[arrivals]]\nrate = 1\ncaller = { teir = \"vip\" }\n");
    folder.write("typo.toml", b"arrivals = 1\nagnets = 1\n");
    folder.write("latin.toml", b"arrivals = \"\xe9\"\n");
    let policy = folder.shown("p.tdm");
    for (arguments, why) in [
        (vec!["simulate", &policy, "--centre", "nowhere.toml"], "there is no such file"),
        (vec!["simulate", &policy, "--centre", &folder.shown("names.toml")], "did you mean `day`?"),
        (
            vec!["simulate", &policy, "--centre", &folder.shown("fact.toml")],
            "no source of the policy answers",
        ),
        (
            vec!["simulate", &policy, "--centre", &folder.shown("typo.toml")],
            "typo.toml:2:1: a scenario has no `agnets`",
        ),
        (vec!["simulate", "--centre", &folder.shown("latin.toml")], "not UTF-8"),
        (vec!["simulate", "--centre", &folder.shown("three.toml"), "--vary", "agnets=1..3"], "no `agnets`"),
        (vec!["simulate", "--centre", &folder.shown("three.toml"), "--vary", "agents=3..1"], "must rise"),
        (
            vec!["simulate", "--centre", &folder.shown("three.toml"), "--compare", &policy],
            "nothing to compare",
        ),
        (vec!["simulate", "--centre", &folder.shown("three.toml"), "--replications", "0"], "1..=10000"),
        (vec!["simulate", &policy], "--calls"),
    ] {
        let run = tandem(&arguments).expect_code(2);
        assert!(run.out.is_empty() && run.err.contains(why), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn the_page_stands_alone() {
    let folder = folder();
    folder.write("<odd>.toml", FULL.as_bytes());
    let (policy, page) = (folder.shown("p.tdm"), folder.shown("report.html"));
    for more in [vec![], vec!["--vary", "agents.early.count=1..3"], vec!["--compare", &policy]] {
        let arguments =
            ["simulate", &policy, "--centre", &folder.shown("<odd>.toml"), "--format", "html", "-o", &page];
        assert!(tandem(arguments.iter().chain(&more)).expect_code(0).out.is_empty());
        let html = std::fs::read_to_string(&page).expect("the page");
        assert!(html.starts_with("<!doctype html>") && html.ends_with("</html>\n"));
        assert!(html.contains("&lt;odd&gt;.toml") && !html.contains("<odd>"));
        // No script, and nothing from elsewhere.
        for foreign in ["<script", "src=", "href=", "url(", "@import", "NaN", "inf"] {
            assert!(!html.contains(foreign), "{foreign}");
        }
        let charts = html.matches("<svg").count();
        assert_eq!(charts, html.matches("role=\"img\" aria-label=").count());
        assert!(charts >= 2 || more.contains(&"--compare"), "{charts} charts");
    }
}
