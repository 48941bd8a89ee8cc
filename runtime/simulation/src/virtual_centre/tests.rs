use super::*;
use crate::scenario::{Files, Scenario, read_scenario};
use crate::statistics::Estimate;

struct NoFiles;

impl Files for NoFiles {
    fn text(&self, name: &str) -> Result<String, String> {
        Err(format!("a file, but there is no `{name}`"))
    }
}

fn scenario(text: &str) -> Scenario {
    read_scenario("test.toml", text, &NoFiles, &[]).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn simulate(text: &str, jobs: usize) -> CentreReport {
    let scenario = scenario(text);
    let centre = Centre::new(&scenario, None).expect("a sound scenario");
    simulate_centre(&centre, jobs, &|| {})
}

fn figure(report: &CentreReport, figure: Figure) -> Estimate {
    report.all().expect("calls").figure(figure).expect("a value")
}

/// The interval must hold the value, and be narrow enough to mean something.
fn holds(estimate: Estimate, value: f64, narrow: f64, what: &str) {
    let half = estimate.half_width.expect("several samples");
    assert!(estimate.holds(value), "{what}: {} ± {half}, expected {value}", estimate.mean);
    assert!(half <= narrow * value, "{what}: ± {half} says little about {value}");
}

mod reference;

/// Agents who serve another queue in the afternoon: nobody there is answered before, nor in the evening.
#[test]
fn skills_follow_the_clock() {
    let report = simulate(
        "replications = 2\nzone = \"Europe/London\"\nstart = 2026-03-28\ndays = 3\nhandle = \"1min\"\npatience = \"fixed 10min\"\n\
         [[arrivals]]\nname = \"all\"\nqueue = \"loans\"\nby_hour = { \"00:00-24:00\" = 30 }\n\
         [[agents]]\ncount = 5\nskills = \"cards\"\n\
         skills_from = { \"18:00\" = \"cards\", \"12:00\" = { cards = 1, loans = 3 } }\n\
         [[queues]]\nname = \"cards\"\nskills = \"cards\"\n[[queues]]\nname = \"loans\"\nskills = { loans = 2 }\n",
        1,
    );
    let answered = |half: &str| {
        let row = report.row(&SegmentKind::HalfHour, half).expect("a half-hour");
        1.0 - row.figure(Figure::Abandonment).expect("calls").mean
    };
    // The clocks change on the second day.
    for (half, share) in
        [("06:00", 0.0), ("11:00", 0.0), ("12:30", 1.0), ("17:00", 1.0), ("18:30", 0.0), ("23:00", 0.0)]
    {
        assert!((answered(half) - share).abs() < 1e-9, "{half}: {}", answered(half));
    }
}
