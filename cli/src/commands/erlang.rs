//! `tandem erlang`

use std::io::Write as _;

use tandem_simulation::{ErlangError, ErlangModel, ErlangQuestion};

use crate::arguments::{ErlangArguments, Formula, ReportFormat};
use crate::failure::{Failure, Outcome};
use crate::report::erlang::{self, Answer};

/// Works out measures for so many agents, or the agents that a service level needs.
///
/// # Errors
/// When the question has no answer or the output cannot be written.
pub(crate) fn run(arguments: &ErlangArguments) -> Result<Outcome, Failure> {
    let question = question(arguments);
    let answer = answer(&question, arguments).map_err(failure)?;
    let text = match arguments.format {
        ReportFormat::Human => erlang::human(&answer),
        ReportFormat::Json => erlang::json(&answer).map_err(|error| Failure::output(&error.into()))?,
    };
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| Failure::output(&error))?;
    Ok(Outcome::Clean)
}

fn question(arguments: &ErlangArguments) -> ErlangQuestion {
    let model = match arguments.formula {
        Formula::B => ErlangModel::B,
        Formula::C => ErlangModel::C,
        Formula::A => ErlangModel::A,
    };
    let load = arguments.calls_per_hour.zip(arguments.aht).map(|(calls, aht_s)| calls * aht_s / 3600.0);
    ErlangQuestion {
        model,
        erlangs: arguments.erlangs.or(load).unwrap_or(f64::NAN),
        aht_s: arguments.aht,
        patience_s: arguments.patience,
        within_s: arguments.within,
    }
}

fn answer(question: &ErlangQuestion, arguments: &ErlangArguments) -> Result<Answer, ErlangError> {
    let agents = match arguments.wanted {
        Some(share) => question.agents_for(share)?,
        None => arguments.agents.unwrap_or_default(),
    };
    let measures = question.measures(agents)?;
    Ok(Answer { question: *question, wanted: arguments.wanted, agents, measures })
}

fn failure(error: ErlangError) -> Failure {
    let help = match error {
        ErlangError::Load => "give it as `--erlangs 10`, or as `--calls-per-hour 200 --aht 3min`".to_owned(),
        ErlangError::Missing("patience") => {
            "say how long callers wait on average before they give up: `--patience 5min`".to_owned()
        }
        ErlangError::Missing(_) => "give talk, hold and after-call work together: `--aht 3min`".to_owned(),
        ErlangError::Overloaded { erlangs, .. } => format!(
            "take at least {} agents, or callers who give up: `tandem erlang a --patience 5min`",
            erlangs.floor() + 1.0
        ),
        ErlangError::Target | ErlangError::Unreachable => "ask for less, such as `--for 80%`".to_owned(),
        ErlangError::Agents => "say how many agents answer: `--agents 14`".to_owned(),
        ErlangError::Time(_) => "write times as `20s`, `3min` or `1h30min`".to_owned(),
    };
    Failure::new(error.to_string()).help(help)
}
