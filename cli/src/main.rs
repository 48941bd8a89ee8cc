//! The `tandem` command: arguments, progress and rendering. Everything else lies in the crates below.

mod arguments;
mod calls;
mod commands;
mod companions;
mod failure;
mod logs;
mod policies;
mod policy;
mod progress;
mod quantities;
mod recordings;
mod replays;
mod report;
mod scenarios;
mod table;
mod tables;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use failure::{Failure, Outcome};

/// The command could not run: usage or input and output.
const COULD_NOT_RUN: u8 = 2;

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(outcome) => outcome.into(),
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

fn run(arguments: Arguments) -> Result<Outcome, Failure> {
    match arguments.command {
        Command::New(arguments) => commands::new::run(&arguments),
        Command::Check(arguments) => commands::check::run(&arguments),
        Command::Fmt(arguments) => commands::fmt::run(&arguments),
        Command::Test(arguments) => commands::test::run(&arguments),
        Command::Simulate(arguments) => commands::simulate::run(&arguments),
        Command::Explain(arguments) => commands::explain::run(&arguments),
        Command::Erlang(arguments) => commands::erlang::run(&arguments),
    }
}
