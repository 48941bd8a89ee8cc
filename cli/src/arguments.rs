//! What can be written on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::quantities::{agents, number, share, time_s};

/// Typed, declarative call policies: check them, test them, and see them decide over recorded calls.
#[derive(Debug, Parser)]
#[command(name = "tandem", version, propagate_version = true, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write a policy with its tests to begin with: `tandem new repairs my-centre`
    New(NewArguments),
    /// Check policies: all errors at once
    Check(CheckArguments),
    /// Format policies in place
    Fmt(FmtArguments),
    /// Run the tests that stand in policies
    Test(TestArguments),
    /// Replay recorded calls through a policy, or simulate a whole centre
    Simulate(SimulateArguments),
    /// Say why a policy decided as it did on one call, and why not otherwise
    Explain(ExplainArguments),
    /// Work out agents and waits by Erlang's formulas: `tandem erlang c --erlangs 10 --agents 14 --aht 3min`
    Erlang(ErlangArguments),
}

/// A policy to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Template {
    /// A small shop: who answers, when somebody steps in, what is checked
    Routing,
    /// Calls about late payments, within the law
    Collections,
    /// A bot calls first, people close
    Renewals,
    /// A repair line that calls back
    Repairs,
}

/// The language of a template's names and texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TemplateLanguage {
    /// English, phrases in English and Chinese
    En,
    /// Chinese
    Zh,
}

/// `tandem new`
#[derive(Debug, Args)]
pub(crate) struct NewArguments {
    /// What to begin with
    pub(crate) template: Template,
    /// The folder to write it to; made when it is not there
    pub(crate) folder: PathBuf,
    /// Names and texts in this language
    #[arg(long, default_value = "en")]
    pub(crate) language: TemplateLanguage,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For people
    Human,
    /// One JSON document
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub workflows
    Github,
}

/// How test results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TestFormat {
    /// For people
    Human,
    /// One JSON document
    Json,
    /// JUnit XML
    Junit,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Human,
    /// One JSON document
    Json,
}

/// How a simulation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SimulateFormat {
    /// For people
    Human,
    /// One JSON document
    Json,
    /// One page with charts, for browsers
    Html,
}

/// What else counts as an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    /// Warnings
    Warnings,
}

/// Which code decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// Native code
    #[default]
    Native,
    /// The reference interpreter; same decisions, slower
    Interpreted,
}

/// `tandem check`
#[derive(Args, Debug)]
pub(crate) struct CheckArguments {
    /// Policy files, or folders of them
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: CheckFormat,
    /// What else counts as an error
    #[arg(long, value_enum)]
    pub(crate) deny: Option<Deny>,
}

/// `tandem fmt`
#[derive(Args, Debug)]
pub(crate) struct FmtArguments {
    /// Policy files, or folders of them
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Change nothing; exit with 1 if something would change
    #[arg(long)]
    pub(crate) check: bool,
}

/// `tandem test`
#[derive(Args, Debug)]
pub(crate) struct TestArguments {
    /// Policy files, or folders of them
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// How results are written
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: TestFormat,
    /// Also list the rows, rules and conditions that no test made decide
    #[arg(long)]
    pub(crate) coverage: bool,
    /// Which code decides
    #[arg(long, value_enum, default_value = "native")]
    pub(crate) engine: Engine,
}

/// `tandem simulate`
#[derive(Args, Debug)]
pub(crate) struct SimulateArguments {
    /// The policy: a file or a folder. A centre can be simulated without one
    #[arg(required_unless_present = "centre")]
    pub(crate) policy: Option<PathBuf>,
    /// Recorded calls: vCon (.json), audio (.mp3, .wav), timelines and logs of campaigns and tickets (.jsonl), or
    /// folders of them
    #[arg(long, required_unless_present = "centre", conflicts_with = "centre", num_args = 1..)]
    pub(crate) calls: Vec<PathBuf>,
    /// Simulate a whole centre, with queues and agents: the scenario, a TOML file
    #[arg(long, value_name = "SCENARIO")]
    pub(crate) centre: Option<PathBuf>,
    /// Simulate the centre for each value of something, such as `agents=20..40` or `patience=2min, 5min`
    #[arg(long, value_name = "NAME=VALUES", requires = "centre")]
    pub(crate) vary: Option<String>,
    /// Compare with another policy on the same callers; with `--vary`, find the value from which each is enough
    #[arg(long, value_name = "POLICY", requires = "centre")]
    pub(crate) compare: Option<PathBuf>,
    /// How often the centre is simulated, instead of what the scenario says
    #[arg(long, requires = "centre", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) replications: Option<u32>,
    /// How the report is written
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: SimulateFormat,
    /// Write the report to this file rather than to standard output
    #[arg(short, long)]
    pub(crate) output: Option<PathBuf>,
    /// Threads; the report is the same whatever the number
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) jobs: Option<u16>,
    /// Seed of everything random, instead of what the scenario says; replays use none, so far
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// Which code decides
    #[arg(long, value_enum, default_value = "native")]
    pub(crate) engine: Engine,
}

/// `tandem explain`
#[derive(Args, Debug)]
pub(crate) struct ExplainArguments {
    /// The policy: a file or a folder
    pub(crate) policy: PathBuf,
    /// The recorded call
    #[arg(long)]
    pub(crate) call: PathBuf,
    /// Explain only the decisions in force at this moment, such as `12.5s`
    #[arg(long)]
    pub(crate) at: Option<String>,
    /// Say why no decision was for this queue
    #[arg(long, value_name = "QUEUE")]
    pub(crate) why_not: Option<String>,
    /// Which code decides
    #[arg(long, value_enum, default_value = "native")]
    pub(crate) engine: Engine,
    /// How the answer is written
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: ReportFormat,
}

/// What callers do who find all agents busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Formula {
    /// They are lost: lines and bots without a queue
    B,
    /// They wait as long as it takes
    C,
    /// They wait until they lose patience
    A,
}

/// `tandem erlang`
#[derive(Args, Debug)]
pub(crate) struct ErlangArguments {
    /// What callers do who find all agents busy
    #[arg(value_enum)]
    pub(crate) formula: Formula,
    /// The load: calls an hour times handling time in hours
    #[arg(long, value_name = "NUMBER", value_parser = number, allow_negative_numbers = true)]
    #[arg(required_unless_present = "calls_per_hour", conflicts_with = "calls_per_hour")]
    pub(crate) erlangs: Option<f64>,
    /// The load as calls an hour; with `--aht`
    #[arg(long, value_name = "NUMBER", value_parser = number, allow_negative_numbers = true, requires = "aht")]
    pub(crate) calls_per_hour: Option<f64>,
    /// How many agents answer
    #[arg(long, value_name = "NUMBER", value_parser = agents, allow_negative_numbers = true)]
    #[arg(required_unless_present = "wanted", conflicts_with = "wanted")]
    pub(crate) agents: Option<u32>,
    /// Mean handling time: talk, hold and after-call work, such as `3min`
    #[arg(long, value_name = "TIME", value_parser = time_s, allow_hyphen_values = true)]
    pub(crate) aht: Option<f64>,
    /// Mean patience of waiting callers, such as `5min`
    #[arg(long, value_name = "TIME", value_parser = time_s, allow_hyphen_values = true)]
    pub(crate) patience: Option<f64>,
    /// The threshold of the service level
    #[arg(long, value_name = "TIME", value_parser = time_s, default_value = "20s", allow_hyphen_values = true)]
    pub(crate) within: f64,
    /// Find the fewest agents that answer this share of calls within the threshold (B: that answer it at all)
    #[arg(long = "for", value_name = "SHARE", value_parser = share, allow_hyphen_values = true)]
    pub(crate) wanted: Option<f64>,
    /// How the answer is written
    #[arg(long, value_enum, default_value = "human")]
    pub(crate) format: ReportFormat,
}
