//! What a simulation of a centre tells: for people, as a JSON document, and as a page with charts.

mod bot;
mod busy;
mod campaign_page;
mod campaigns;
mod changes;
mod charts;
mod comparison;
mod day;
mod fairness;
mod human;
mod human_several;
mod json;
mod look;
mod modes;
mod needed;
mod needed_page;
mod notes;
mod numbers;
mod page;
mod several;
mod tickets;

use tandem_simulation::{CentreReport, Variation};

pub(crate) use human::human;
pub(crate) use json::json;
pub(crate) use page::html;

/// One simulation, or several that belong together.
pub(crate) struct Study {
    /// The scenario's file.
    pub(crate) scenario: String,
    /// In order: of one policy, of each value of a what-if, of two policies, or of two policies by turns for each value.
    pub(crate) runs: Vec<Run>,
    /// Whether the runs are two policies on the same callers.
    pub(crate) compared: bool,
}

/// One simulation.
pub(crate) struct Run {
    /// The policy, if there is one.
    pub(crate) policy: Option<String>,
    /// What was varied.
    pub(crate) variation: Option<Variation>,
    /// What came of it.
    pub(crate) report: CentreReport,
}

impl Run {
    /// What was varied, such as `agents`; empty: nothing.
    fn varied(&self) -> &str {
        self.variation.as_ref().map_or("", |one| &one.path)
    }

    /// The value that it was given; empty: nothing was varied.
    fn varied_to(&self) -> &str {
        self.variation.as_ref().map_or("", |one| &one.value)
    }
}
