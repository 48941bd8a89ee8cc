//! A day that no list of holidays covers is told by `tandem test` and `tandem simulate`.

#![cfg(test)]

mod support;

use support::{Folder, tandem};

const POLICY: &str = "\
use std.calendars.us_federal_holidays
queue day, night
calendar desk in America/New_York {
  mon..fri 08:00-20:00
  closed on us_federal_holidays
}
route arrival decides queue {
  when desk = open decide queue day
  otherwise decide queue night
}
test \"a day that is known\" {
  clock 2030-07-03 10:00:00 America/New_York
  at 0s expect queue day
}
test \"a day of a year that no list covers\" {
  clock 2031-07-04 10:00:00 America/New_York
  at 0s expect queue day
}
";

const CALL: &str = r#"{"call":"c","at_ms":0,"event":"start","clock":"2031-07-04T10:00:00-04:00","from":"+12125550100"}
{"call":"c","at_ms":1000,"event":"end"}
"#;

#[test]
fn tests_and_replays_name_the_calendar() {
    let folder = Folder::new(&[("p.tdm", POLICY.as_bytes()), ("calls/one.jsonl", CALL.as_bytes())]);
    let run = tandem(["test", &folder.shown("p.tdm")]).expect_code(1);
    assert!(run.out.contains("a day of the years that the lists of holidays cover"), "{}", run.out);
    assert!(run.out.contains("`p.desk`: the day lies outside the years"), "{}", run.out);
    let (policy, calls) = (folder.shown("p.tdm"), folder.shown("calls"));
    let run = tandem(["simulate", &policy, "--calls", &calls, "--format", "json"]).expect_code(1);
    assert!(run.out.contains("unlisted-day"), "{} {}", run.out, run.err);
}
