use super::*;
use crate::scenario::{Files, Scenario, read_scenario};
use crate::statistics::Estimate;

struct NoFiles;

impl Files for NoFiles {
    fn text(&self, name: &str) -> Result<String, String> {
        Err(format!("a file, but there is no `{name}`"))
    }

    fn recorded_starts(&self, _name: &str) -> Result<Option<Vec<i64>>, String> {
        Ok(None)
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
