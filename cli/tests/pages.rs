//! The pages of `--format html` in a browser: nothing is cut off on a telephone, in both schemes; text can be read; charts
//! and tables say what they are.
//!
//! Where there is no Chromium, the tests say so on standard error and look at nothing. A continuous build that must not go
//! without sets `TANDEM_BROWSER` to the browser's path; then its absence is a failure.

#![cfg(test)]

mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use support::{CALLS, Folder, SOUND, root, tandem};

/// Looks at a page; runs in the browser.
const PROBE: &str = include_str!("pages/probe.js");

/// Names under which Chromium is found.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser; nothing where there is none.
fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("TANDEM_BROWSER") {
        let path = PathBuf::from(named);
        assert!(path.is_file(), "TANDEM_BROWSER names {}, which is not there", path.display());
        return Some(path);
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let all = folders.iter().flat_map(|folder| NAMES.map(|name| folder.join(name)));
    let found = all.into_iter().find(|path| path.is_file());
    if found.is_none() {
        eprintln!("SKIPPED: no Chromium was found, so no page was looked at");
    }
    found
}

/// A browser with a profile of its own, that fetches nothing by itself.
fn command(browser: &Path, profile: &Path) -> Command {
    let mut command = Command::new(browser);
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--allow-file-access-from-files",
        "--enable-logging=stderr",
        "--virtual-time-budget=5000",
        "--window-size=1000,2000",
    ]);
    command.arg(format!("--user-data-dir={}", profile.display())).stdin(Stdio::null());
    command
}

/// Looks at pages, each in both schemes, and says what is wrong with them.
fn expect_sound(folder: &Folder, pages: &[&str]) {
    let Some(browser) = browser() else { return };
    let frame = |page: &&str| {
        ["light", "dark"].map(|scheme| {
            format!(
                "<iframe data-scheme=\"{scheme}\" src=\"{page}\" style=\"width:400px;height:1500px;color-scheme:{scheme}\"></iframe>"
            )
        })
    };
    let frames: String = pages.iter().flat_map(frame).collect();
    let html = format!(
        "<!doctype html><meta charset=\"utf-8\"><body><pre id=\"found\">not looked at</pre>{frames}<script>\n{PROBE}\
         </script></body>"
    );
    folder.write("looking.html", html.as_bytes());
    let profile = tempfile::tempdir().expect("a folder");
    let output = command(&browser, profile.path())
        .arg("--dump-dom")
        .arg(format!("file://{}", folder.shown("looking.html")))
        .output()
        .expect("the browser starts");
    let (dom, log) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let found = dom.split("<pre id=\"found\">").nth(1).and_then(|rest| rest.split("</pre>").next());
    assert_eq!(found, Some("nothing is wrong"), "{pages:?}\n{log}");
    let console: Vec<&str> = log.lines().filter(|line| line.contains(":CONSOLE")).collect();
    assert!(console.is_empty(), "{pages:?}: {console:?}");
}

/// Writes a page.
fn page(folder: &Folder, name: &str, arguments: &[&str]) {
    let to = folder.shown(name);
    let run = tandem(["simulate"].iter().chain(arguments).chain(&["--format", "html", "-o", &to]));
    assert!(run.code < 2, "{arguments:?}: {}", run.err);
}

/// So many queues with long names, in both scripts, each with its line of callers and its agents.
fn many_queues(count: usize) -> String {
    let name = |number: usize| match number % 2 {
        0 => format!("a_queue_with_a_name_that_goes_on_and_on_number_{number}"),
        _ => format!("第{number}号信用卡挂失与贵宾客户服务专席长名称队列"),
    };
    let one = |number: usize| {
        let name = name(number);
        format!(
            "[[queues]]\nname = \"{name}\"\nskills = \"s{number}\"\n[[arrivals]]\nname = \"{name} line\"\nqueue = \
             \"{name}\"\nby_hour = {{ \"mon..sat 08:00-20:00\" = {} }}\n[[agents]]\nname = \"{name} team\"\nskills = {{ \
             s{number} = 1 }}\nshift = \"08:00-20:00\"\n",
            10 + number % 7
        )
    };
    format!("days = 7\nreplications = 2\npatience = \"2min\"\n{}", (0..count).map(one).collect::<String>())
}

#[test]
fn pages_of_centres_can_be_read_everywhere() {
    let folder = Folder::new(&[
        ("thirty.toml", many_queues(30).as_bytes()),
        ("p.tdm", SOUND.as_bytes()),
        ("nobody.toml", b"arrivals = 0.001\nagents = 1\nreplications = 2\n"),
        ("one.toml", b"arrivals = \"1 per day\"\nagents = 1\nreplications = 1\nseed = 3\n"),
        (
            "busy.toml",
            b"arrivals = 300\nagents = 12\ndays = 2\nreplications = 3\npromise = \"80% within 20s\"\n",
        ),
    ]);
    for name in ["thirty", "nobody", "one", "busy"] {
        page(&folder, &format!("{name}.html"), &["--centre", &folder.shown(&format!("{name}.toml"))]);
    }
    page(&folder, "varied.html", &["--centre", &folder.shown("busy.toml"), "--vary", "agents=10..20 step 2"]);
    let scenario = "examples/renewals/scenario.toml";
    page(&folder, "campaign.html", &["examples/renewals", "--centre", scenario, "--replications", "1"]);
    let (policy, busy) = (folder.shown("p.tdm"), folder.shown("busy.toml"));
    page(&folder, "compared.html", &[&policy, "--centre", &busy, "--compare", &policy]);
    let all = [
        "thirty.html",
        "nobody.html",
        "one.html",
        "busy.html",
        "varied.html",
        "campaign.html",
        "compared.html",
    ];
    expect_sound(&folder, &all);
}

#[test]
fn pages_of_recorded_calls_can_be_read_everywhere() {
    let lines = (0..500).map(|number| CALLS.replace("\"call\":\"", &format!("\"call\":\"{number}-")));
    let folder = Folder::new(&[
        ("p.tdm", SOUND.replace("\"angry\"", "\"客户很生气，请主管马上接听\"").as_bytes()),
        ("many.jsonl", lines.collect::<String>().as_bytes()),
        ("one.jsonl", CALLS.as_bytes()),
    ]);
    let policy = folder.shown("p.tdm");
    page(&folder, "many.html", &[&policy, "--calls", &folder.shown("many.jsonl")]);
    page(&folder, "one.html", &[&policy, "--calls", &folder.shown("one.jsonl")]);
    page(&folder, "bank.html", &["examples/bank", "--calls", "examples/bank/calls"]);
    let logs = root().join("examples/collections/logs").display().to_string();
    page(&folder, "logs.html", &["examples/collections", "--calls", &logs]);
    expect_sound(&folder, &["many.html", "one.html", "bank.html", "logs.html"]);
}

#[test]
fn the_probe_sees_what_is_wrong() {
    let Some(browser) = browser() else { return };
    let folder = Folder::new(&[(
        "bad.html",
        b"<!doctype html><html lang=\"en\"><title>bad</title><main><h1>bad</h1><p style=\"width:900px;color:#ccc\">wide \
          and pale</p><table><tr><td>1</td></tr></table></main></html>",
    )]);
    let caught = std::panic::catch_unwind(|| expect_sound(&folder, &["bad.html"]));
    let message = *caught.expect_err("a bad page").downcast::<String>().expect("a message");
    for shown in ["light: ", "dark: ", "is cut off", "has a contrast of", "no caption or heads"] {
        assert!(message.contains(shown), "{} {shown}: {message}", browser.display());
    }
}
