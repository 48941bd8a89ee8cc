//! A log as a scenario, on the command line.

#![cfg(test)]

mod support;

use std::fmt::Write as _;

use support::{Folder, root, tandem};

/// Two days of calls in a queue of three agents, the second of whom goes at noon.
fn log() -> String {
    let mut text = String::from("queued_at;wait;talk;outcome;agent;queue\n");
    let mut free_s = [0_u32; 3];
    for number in 0..1_200_u32 {
        let (day, of_day) = (number / 600, number % 600);
        let came_s = 8 * 3600 + of_day * 60 + number * number % 47;
        if of_day == 0 {
            free_s = [0; 3];
        }
        let there = free_s.iter_mut().enumerate().filter(|(agent, _)| *agent != 1 || of_day < 240);
        let (agent, free) = there.min_by_key(|(_, free)| **free).expect("somebody");
        let from_s = came_s.max(*free);
        let (wait_s, talk_s) = (from_s - came_s, 60 + number * 7919 % 180);
        let at =
            format!("2026-03-{:02} {:02}:{:02}:{:02}", 2 + day, came_s / 3600, came_s / 60 % 60, came_s % 60);
        if wait_s > 60 + number % 90 {
            _ = writeln!(text, "{at};{};0;abandoned;;cards", 60 + number % 90);
            continue;
        }
        *free = from_s + talk_s + 20;
        let name = ["eve", "jürgen", "zoë"][agent];
        _ = writeln!(text, "{at};{wait_s};{talk_s};answered;{name};cards");
    }
    text
}

#[test]
fn a_log_is_a_scenario_by_itself() {
    let folder = Folder::new(&[("march.csv", log().as_bytes())]);
    let file = folder.shown("march.csv");
    let run = tandem(["simulate", "--centre", &file, "--replications", "4"]).expect_code(0);
    for shown in
        ["The log beside the simulation", "one run lies within", "gave up", "assumed: patience is the log's"]
    {
        assert!(run.out.contains(shown), "{shown}: {}", run.out);
    }
    let document = tandem(["simulate", "--centre", &file, "--replications", "4", "--format", "json"]).json();
    let report = &document["runs"][0];
    let all = &report["segments"][0]["logged"];
    assert_eq!(all["offered"]["logged"], 1_200.0);
    for figure in ["service_level", "abandonment", "mean_wait_s", "aht_s"] {
        let one = &all[figure];
        assert!(
            one["logged"].is_number() && one["simulated"]["mean"].is_number() && one["range"][1].is_number(),
            "{figure}: {one}"
        );
    }
    assert!(
        report["agents"][0]["logged_occupancy"].as_f64().is_some_and(|share| share > 0.3 && share <= 1.0)
    );
    let staff = report["logged_agents_by_half_hour"].as_array().expect("half-hours");
    // Three in the morning, two in the afternoon, nobody at night.
    let there = |half: usize| staff[half].as_f64().expect("measured");
    assert!(there(20) > 2.5 && there(30) < 2.5 && there(30) > 1.5 && there(2) < 0.1, "{staff:?}");
    let hours =
        report["segments"].as_array().expect("segments").iter().filter(|one| one["kind"] == "half_hour");
    assert!(hours.filter(|hour| hour["logged"]["offered"]["logged"].is_number()).count() >= 18);
    let fewer = tandem(["simulate", "--centre", &file, "--vary", "agents=1..3", "--replications", "2"]);
    assert!(fewer.expect_code(0).out.contains("agents"));
}

#[test]
fn the_page_draws_both() {
    let folder = Folder::new(&[("march.csv", log().as_bytes())]);
    let (file, page) = (folder.shown("march.csv"), folder.shown("page.html"));
    tandem(["simulate", "--centre", &file, "--replications", "2", "--format", "html", "-o", &page])
        .expect_code(0);
    let html = std::fs::read_to_string(&page).expect("the page");
    for shown in [
        "The log beside the simulation",
        "logged</span>",
        "</svg>there, as the log shows</span>",
        "<figcaption>Gave up",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
    assert!(!html.contains("NaN") && !html.contains("inf"));
}

#[test]
fn letters_and_bytes_of_any_kind() {
    // Names in another encoding are names all the same.
    let latin: Vec<u8> = log().chars().map(|letter| u8::try_from(letter as u32).expect("Latin")).collect();
    let folder = Folder::new(&[
        ("latin.csv", &latin),
        ("odd.csv", &[0xff, 0xfe, 0, 1, 2, b'\n', 7, 0]),
        ("empty.csv", b""),
    ]);
    let run =
        tandem(["simulate", "--centre", &folder.shown("latin.csv"), "--replications", "1"]).expect_code(0);
    assert!(run.out.contains("3 agents of the same skills"), "{}", run.out);
    for name in ["odd.csv", "empty.csv"] {
        let run = tandem(["simulate", "--centre", &folder.shown(name)]).expect_code(2);
        assert!(run.out.is_empty() && run.err.contains("error:"), "{name}: {}", run.err);
    }
    folder.write("s.toml", b"[log]\nfile = \"odd.csv\"\n");
    let run = tandem(["simulate", "--centre", &folder.shown("s.toml")]).expect_code(2);
    assert!(run.err.contains("s.toml:2:8: `file` is `odd.csv`; expected"), "{}", run.err);
}

/// One recorded call, with what its centre noted of it.
fn recorded(number: u32, noted: &str) -> String {
    let (hour, minute) = (8 + number / 60, number % 60);
    format!(
        "{{\"vcon\":\"0.0.2\",\"uuid\":\"c{number}\",\"parties\":[{{\"tel\":\"+4420\"}},{{\"name\":\"eve\",\"role\":\"agent\"}}],\
         \"dialog\":[{{\"type\":\"recording\",\"start\":\"2026-03-02T{hour:02}:{minute:02}:00Z\",\"duration\":{},\
         \"parties\":[0,1],\"originator\":0{noted}}}]}}",
        30 + number % 40
    )
}

/// Recordings are a log: they say when calls came, and what was noted of them says the rest.
#[test]
fn recordings_are_logs() {
    let folder = Folder::new(&[]);
    for number in 0..120 {
        let agent = ["eve", "jim"][(number % 2) as usize];
        let noted = match number % 10 {
            9 => ",\"meta\":{\"queue\":\"cards\",\"wait\":45,\"result\":\"abandoned\"}".to_owned(),
            _ => format!(
                ",\"meta\":{{\"queue\":\"cards\",\"wait\":{},\"result\":\"answered\",\"agent\":\"{agent}\"}}",
                number % 7
            ),
        };
        folder.write(&format!("noted/{number}.json"), recorded(number, &noted).as_bytes());
        folder.write(&format!("bare/{number}.json"), recorded(number, "").as_bytes());
    }
    let centre = |name: &str| {
        tandem(["simulate", "--centre", &folder.shown(name), "--replications", "2", "--format", "json"])
    };
    let document = centre("noted").json();
    let all = &document["runs"][0]["segments"][0]["logged"];
    assert_eq!(all["offered"]["logged"], 120.0, "{all}");
    assert!((all["abandonment"]["logged"].as_f64().expect("a share") - 0.1).abs() < 1e-9, "{all}");
    // Where nothing says how long callers waited, there is nothing to compare; agents are said.
    folder.write("bare.toml", b"log = \"bare\"\nagents = 2\n");
    let run =
        tandem(["simulate", "--centre", &folder.shown("bare.toml"), "--replications", "2"]).expect_code(0);
    assert!(
        run.out.contains("does not say how long callers waited") && !run.out.contains("The log beside"),
        "{}",
        run.out
    );
    folder.write("times.toml", b"agents = 2\nhandle = \"1min\"\n[[arrivals]]\nlog = \"bare\"\n");
    let document = centre("times.toml").json();
    assert_eq!(document["runs"][0]["segments"][0]["figures"]["offered"]["mean"], 120.0, "{document}");
}

/// With a policy its own queues count; what the log knows of callers is told to it.
#[test]
fn a_policy_runs_over_a_log() {
    let folder = Folder::new(&[
        ("march.csv", log().as_bytes()),
        ("p/p.tdm", support::SOUND.as_bytes()),
        ("s.toml", b"agents = 3\n[log]\nfile = \"march.csv\"\ncallers = { cards = { language = \"en\" } }\n"),
    ]);
    let run =
        tandem(["simulate", &folder.shown("p"), "--centre", &folder.shown("s.toml"), "--replications", "2"]);
    assert!(run.expect_code(0).out.contains("The log beside the simulation"));
}

/// The scenarios of the page are read, and its table of keys is the reader's.
#[test]
fn the_page_s_scenarios_run() {
    let page = std::fs::read_to_string(root().join("docs/book/how-to-queue-logs.md")).expect("the page");
    let folder = Folder::new(&[("march.csv", log().as_bytes())]);
    let blocks = page.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let mut run = 0;
    for block in blocks {
        folder.write("march.toml", block.as_bytes());
        let arguments = ["simulate", "--centre", &folder.shown("march.toml"), "--replications", "1"];
        assert!(tandem(arguments).expect_code(0).out.contains("The log beside the simulation"), "{block}");
        run += 1;
    }
    assert!(run > 0);
}
