//! Replays recorded calls and scripted tests through the decision core.
//!
//! - [`replay`] drives many recorded calls, on as many threads as asked for, and adds them up;
//! - [`replay_expected`] holds what came of them against a policy's `replay` items;
//! - [`replay_logs`] holds logs of campaigns and tickets against the policy's rules;
//! - [`explain`] accounts for every decision about one call, and for those that were not taken;
//! - [`run_scripts`] runs a policy's `test` blocks;
//! - [`SourceTable`] answers the policy's sources from tables;
//! - [`ErlangQuestion`] is planning by formula.
//!
//! Architecture invariant: no file, no wall clock and no chance here. Files are read by the archive and the command
//! line; a clock for measuring is lent by the caller.

mod actions;
mod agents;
mod centre;
mod chance;
mod collect;
mod dialling;
mod dialogs;
mod divergence;
mod drive;
mod erlang;
mod expected;
mod explain;
mod figures;
mod grading;
mod log;
mod names;
mod privacy;
mod quality;
mod queue_log;
mod recording;
mod replay;
mod report;
mod scenario;
mod script;
mod spread;
mod statistics;
mod summary;
mod table;
#[cfg(test)]
mod testing;
mod totals;
mod value;
mod virtual_centre;
mod word;

pub use agents::{AgentTotal, MAX_AGENTS as MAX_AGENTS_COUNTED};
pub use centre::{
    ExperimentTotal, ExportRow, ExportTotal, FairnessTotal, GroupTotal, LeadTotal, MAX_ANSWERS_COUNTED,
    MAX_EXPORT_ROWS, MAX_GROUPS, SamplingTotal, SideTotal, TargetResult, has_rules, runs_in_calls,
};
pub use collect::{MAX_DECISIONS_PER_CALL, UNLISTED_DAY};
pub use dialling::{Dialler, DiallingFloor, DiallingResult, MachineDetector, TalkLaw};
pub use dialogs::{DialogEnd, DialogReport, DialogStepReport, DialogTotal, TURNS_COUNTED_MAX};
pub use drive::Nanoseconds;
pub use erlang::{
    ErlangError, ErlangMeasures, ErlangModel, ErlangQuestion, MAX_AGENTS, MAX_ERLANGS, MAX_SECONDS,
};
pub use expected::{
    ChangedCall, MAX_CHANGED_LISTED, ReplayFinding, ReplayResult, decided_queues, replay_expected,
};
pub use explain::{
    Condition, DecisionAccount, ExplainError, ExplainOptions, Explanation, Line, NamedValue, OutcomeAccount,
    SilentWatch, explain,
};
pub use figures::MAX_CONTACTS_REMEMBERED;
pub use log::{
    AbandonmentReport, Breach, BrokenClause, CallBackReport, CampaignReport, GradeReport, LogNote, LogReport,
    MAX_BREACHES, StayReport, TicketBreach, TicketReport, replay_logs,
};
pub use queue_log::is_log as is_queue_log;
pub use recording::{HIDDEN_AROUND_MS, HiddenSpan, MAX_HIDDEN_SPANS};
pub use replay::{Input, MAX_JOBS, Options, replay};
pub use report::{
    CallNote, CallReport, CallWarning, DecisionKind, DecisionReport, LeadReport, OfCall, QaCheckReport,
    QaItemReport, QaResultWord, REPORT_VERSION, SampleReport, Timing,
};
pub use scenario::{
    Files, MAX_AGENTS_PLANNED, MAX_DAYS, MAX_REPLICATIONS, MAX_VARIANTS, Scenario, ScenarioError, Variation,
    read_scenario,
};
pub use script::{ScriptFailure, ScriptResult, run_script, run_scripts};
pub use spread::Spread;
pub use statistics::Estimate;
pub use summary::{MAX_ALERTS_LISTED, Summary, queue_name};
pub use table::{MAX_TABLE_ERRORS, MAX_TABLE_ROWS, SourceTable, TableError, TableSources};
pub use totals::{
    AlertLine, AlertTimes, CheckTotal, QaTotal, QueueTotal, RuleTotal, SignalGap, SlowestStep, WarningTotal,
    WatchTotal,
};
pub use value::{Cell, parse_time, parse_value, show_time, show_value};
pub use virtual_centre::{
    CampaignStudy, Centre, CentreError, CentreReport, Comparison, Difference, FairnessGap, FairnessGroup,
    FairnessSplit, Figure, GroupRow, HalfHour, LawStudy, ModeDay, Outcome, Pace, QueueDay, Row, SegmentKind,
    SourceAnswers, StepStudy, Stretch, Target, TicketStudy, Unit, Week, Weekday, Whole, WholeDifference,
    simulate_centre, simulate_centres,
};
