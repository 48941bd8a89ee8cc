//! `tandem simulate --centre`

use std::io::Write;
use std::path::Path;
use std::time::Instant;

use tandem_centre::Core;
use tandem_simulation::{Centre, CentreReport, Scenario, Variation, simulate_centres};

use super::simulate::jobs;
use crate::arguments::{SimulateArguments, SimulateFormat};
use crate::failure::{Failure, Outcome};
use crate::policy::{self, Built};
use crate::report::study::{self, Run, Study};
use crate::{policies, progress, scenarios};

/// Simulates a centre, several variants of it, or two policies in it or in each variant.
///
/// # Errors
/// When the policy or the scenario cannot be read or do not fit, or the report cannot be written.
pub(crate) fn run(arguments: &SimulateArguments, path: &Path) -> Result<Outcome, Failure> {
    let variations = match &arguments.vary {
        Some(text) => Variation::parse(text).map_err(Failure::new)?,
        None => Vec::new(),
    };
    let scenarios: Vec<Scenario> =
        scenarios::read(path, &variations)?.into_iter().map(|one| adjusted(one, arguments)).collect();
    let paths = [&arguments.policy, &arguments.compare].into_iter().flatten();
    let mut policies = Vec::new();
    for path in paths {
        let texts = policies::find_one(path)?;
        match policy::build(texts, arguments.engine)? {
            Built::Ready(artefact) => {
                let core = Core::new(artefact).map_err(|error| Failure::new(error.to_string()))?;
                policies.push((path.display().to_string(), core));
            }
            Built::Broken => return Ok(Outcome::Findings),
        }
    }
    if arguments.compare.is_some() && policies.len() < 2 {
        return Err(Failure::new("nothing to compare with").help("name the first policy before `--centre`"));
    }
    let centres = centres(&scenarios, &policies)?;
    let told = simulate(arguments, path, &variations, &policies, &centres);
    write(arguments, &told)?;
    let judged = told.runs.iter().filter(|_| told.runs.len() == 1);
    Ok(Outcome::from_findings(judged.map(|run| &run.report).any(CentreReport::has_findings)))
}

fn adjusted(scenario: Scenario, arguments: &SimulateArguments) -> Scenario {
    let scenario = match arguments.seed {
        Some(seed) => scenario.with_seed(seed),
        None => scenario,
    };
    match arguments.replications {
        Some(replications) => scenario.with_replications(replications),
        None => scenario,
    }
}

fn centres<'a>(
    scenarios: &'a [Scenario],
    policies: &'a [(String, Core)],
) -> Result<Vec<Centre<'a>>, Failure> {
    let cores: Vec<Option<&Core>> = match policies {
        [] => vec![None],
        some => some.iter().map(|(_, core)| Some(core)).collect(),
    };
    let pairs = scenarios.iter().flat_map(|scenario| cores.iter().map(move |core| (scenario, *core)));
    pairs
        .map(|(scenario, core)| {
            Centre::new(scenario, core).map_err(|error| {
                Failure::new(error.0.join("\nerror: ")).help("names must be the policy's own")
            })
        })
        .collect()
}

fn simulate(
    arguments: &SimulateArguments,
    path: &Path,
    variations: &[Variation],
    policies: &[(String, Core)],
    centres: &[Centre<'_>],
) -> Study {
    let begun = Instant::now();
    let steps = centres.iter().map(|centre| u64::from(centre.replications())).sum();
    let bar = progress::bar(Some(steps), "simulating");
    let reports = simulate_centres(centres, jobs(arguments), &|| bar.inc(1));
    bar.finish_and_clear();
    let seconds = begun.elapsed().as_secs_f64();
    let calls: u64 = reports.iter().map(|report| report.calls).sum();
    eprintln!("{calls} calls in {seconds:.2} s ({:.0} calls a second)", calls as f64 / seconds.max(1e-9));
    let policy = |at: usize| policies.get(at % policies.len().max(1)).map(|(name, _)| name.clone());
    let runs = reports.into_iter().enumerate().map(|(at, report)| Run {
        policy: policy(at),
        variation: variations.get(at / policies.len().max(1)).cloned(),
        report,
    });
    Study {
        scenario: path.display().to_string(),
        runs: runs.collect(),
        compared: arguments.compare.is_some(),
    }
}

fn write(arguments: &SimulateArguments, told: &Study) -> Result<(), Failure> {
    let text = match arguments.format {
        SimulateFormat::Human => study::human(told),
        SimulateFormat::Json => study::json(told),
        SimulateFormat::Html => study::html(told),
    };
    match &arguments.output {
        Some(path) => std::fs::write(path, text).map_err(|error| Failure::io("write", path, &error)),
        None => std::io::stdout().write_all(text.as_bytes()).map_err(|error| Failure::output(&error)),
    }
}
