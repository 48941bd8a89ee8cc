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
fn the_report_says_where_and_when_and_what_to_look_at() {
    // Twice as many calls in the morning as the crew can take; in the afternoon the same crew is idle.
    let folder = Folder::new(&[(
        "day.toml",
        b"days = 7\nreplications = 4\nhandle = \"4min\"\npatience = \"2min\"\npromise = \"80% within 20s\"\n\
          [[arrivals]]\nqueue = \"a\"\nby_hour = { \"mon..fri 09:00-11:00\" = 160, \"mon..fri 11:00-17:00\" = 20 }\n\
          [[arrivals]]\nqueue = \"b\"\nby_hour = { \"mon..fri 09:00-17:00\" = 5 }\n\
          [[queues]]\nname = \"a\"\nskills = \"x\"\n[[queues]]\nname = \"b\"\nskills = \"y\"\n\
          [[agents]]\ncount = 8\nskills = { x = 1 }\nshift = \"mon..fri 09:00-17:00\"\n\
          [[agents]]\ncount = 2\nskills = { y = 1 }\nshift = \"mon..fri 09:00-17:00\"\n",
    )]);
    let day = folder.shown("day.toml");
    let out = tandem(["simulate", "--centre", &day]).expect_code(1).out;
    for shown in [
        "Where, when, and what to look at",
        "  09:00–11:",
        "more",
        "Queues that are late: a (",
        "To spare 11:",
    ] {
        assert!(out.contains(shown), "{shown}: {out}");
    }
    let document = tandem(["simulate", "--centre", &day, "--format", "json"]).expect_code(1).json();
    let week = &document["runs"][0]["week"];
    // A closed weekend thins nothing out: 80 + 2.5 calls in each half-hour of the morning.
    let morning = &week["half_hours"][18];
    assert_eq!(morning["from"], "09:00");
    let number = |value: &Value| value.as_f64().expect("a number");
    assert!((number(&morning["offered"]) - 82.5).abs() < 4.0, "{morning:#}");
    assert!(
        (number(&morning["agents"]) - 10.0).abs() < 0.01 && number(&morning["busy"]) > 0.7,
        "{morning:#}"
    );
    // 165 calls an hour of 4 minutes are 11 erlangs; Erlang C asks for 14 to answer 80 % within 20 seconds.
    assert!((13..=15).contains(&morning["needed"].as_i64().expect("a number")), "{morning:#}");
    let missed = &week["missed"][0];
    assert_eq!(missed["from"], "09:00", "{missed:#}");
    assert!(number(&missed["in_time"]) < 0.7, "{missed:#}");
    assert_eq!(week["weekdays"].as_array().map(Vec::len), Some(5));
}

/// The day of a sale in the examples: a mode turns on at the peak and off after it, and not back and forth.
#[test]
fn a_mode_turns_on_at_the_peak_and_off_again() {
    let arguments = ["simulate", "examples/renewals", "--centre", "examples/renewals/rush.toml"];
    let document =
        tandem(arguments.iter().chain(&["--replications", "5", "--format", "json"])).expect_code(1).json();
    let rush = &document["runs"][0]["modes"][0];
    assert_eq!(rush["name"], "renewals.rush");
    let on = |half: usize| rush["on_by_half_hour"][half].as_f64().expect("measured");
    assert!(on(18) < 0.05 && on(22) > 0.6 && on(30) < 0.05, "{rush:#}");
    let times = rush["times_a_day"].as_f64().expect("a number");
    assert!((0.8..=2.5).contains(&times), "{rush:#}");
    let out = tandem(arguments.iter().chain(&["--replications", "2"])).expect_code(1).out;
    assert!(out.contains("Modes\n") && out.contains("renewals.rush"), "{out}");
}

/// A centre before anything is changed: minutes of waiting at the peak, a third of the time idle, and a lever that helps.
#[test]
fn the_baseline_waits_at_the_peak_and_idles_after_it() {
    let before =
        ["simulate", "--centre", "examples/office/before.toml", "--replications", "3", "--format", "json"];
    let document = tandem(before).expect_code(1).json();
    let run = &document["runs"][0];
    let segments = run["segments"].as_array().expect("segments");
    let wait = |name: &str| {
        let row = segments
            .iter()
            .find(|row| row["kind"] == "half_hour" && row["name"] == name)
            .expect("a half-hour");
        row["figures"]["mean_wait_s"]["mean"].as_f64().expect("a wait")
    };
    assert!(wait("10:30") > 300.0 && wait("16:00") < 20.0, "{} {}", wait("10:30"), wait("16:00"));
    assert!(run["agents"][0]["occupancy"]["mean"].as_f64().expect("a share") < 0.7);
    let more = ["--vary", "agents.morning.count=0, 8", "--replications", "3", "--format", "json"];
    let document = tandem(["simulate", "--centre", "examples/office/before.toml"].iter().chain(&more)).json();
    assert!(all(&document, 1, "service_level") > all(&document, 0, "service_level") + 0.2);
}

/// Reports fit narrow terminals; names in Chinese take two columns a sign.
#[test]
fn reports_fit_narrow_terminals() {
    let scenario = "days = 2\nreplications = 2\n[[arrivals]]\nqueue = \"贵宾客户服务专席\"\nby_hour = { \"08:00-20:00\" = 40 }\n\
                    [[arrivals]]\nqueue = \"general\"\nby_hour = { \"08:00-20:00\" = 40 }\n[[queues]]\nname = \"贵宾客户服务专席\"\n\
                    [[queues]]\nname = \"general\"\n[[agents]]\nname = \"早班客服\"\ncount = 4\nshift = \"08:00-20:00\"\n";
    let folder = Folder::new(&[("zh.toml", scenario.as_bytes()), ("three.toml", THREE.as_bytes())]);
    let (zh, three) = (folder.shown("zh.toml"), folder.shown("three.toml"));
    let rush = ["examples/renewals", "--centre", "examples/renewals/rush.toml", "--replications", "2"];
    let vary = ["--centre", &three, "--vary", "agents=12..14", "--replications", "2"];
    let calls = ["examples/bank", "--calls", "examples/bank/calls"];
    for arguments in [&["--centre", &zh][..], &vary, &rush, &calls] {
        for columns in ["60", "80"] {
            let out = support::tandem_with(&[("COLUMNS", columns)], ["simulate"].iter().chain(arguments)).out;
            let most: usize = columns.parse().expect("a number");
            // A name of a file is one word, and is not broken.
            let wide = out.lines().filter(|line| support::columns(line) > most);
            let wide: Vec<&str> = wide.collect();
            assert!(wide.is_empty(), "{arguments:?} in {columns}: {wide:#?}");
            assert!(!out.contains('\u{1b}'), "no colours where nobody looks");
        }
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
        let charts = html.matches("role=\"img\" aria-label=").count();
        // Signs of legends are not read out.
        assert_eq!(charts + html.matches("aria-hidden=\"true\"><").count(), html.matches("<svg").count());
        assert!(charts >= 2, "{charts} charts");
        // What was wanted and what came of it stands first.
        assert!(html.find("class=\"verdict").expect("a verdict") < html.find("<table").expect("a table"));
    }
}

#[test]
fn a_queue_that_nobody_serves_is_told() {
    let policy =
        "skill claims\nqueue desk { needs claims }\nroute r decides queue { otherwise decide queue desk }\n";
    let scenario = |skills: &str| {
        format!("arrivals = \"30 per hour\"\nreplications = 2\n[[agents]]\ncount = 3\n{skills}\n")
    };
    let (without, with) = (scenario(""), scenario("skills = { claims = 3 }"));
    let folder = Folder::new(&[
        ("p.tdm", policy.as_bytes()),
        ("without.toml", without.as_bytes()),
        ("with.toml", with.as_bytes()),
    ]);
    let notes = |scenario: &str| {
        let out = tandem(["simulate", &folder.shown("p.tdm"), "--centre", &folder.shown(scenario)]).out;
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert!(notes("without.toml").contains("nobody serves desk: no agents have the skills that it needs"));
    assert!(!notes("with.toml").contains("nobody serves"));
}
