//! What quality checks found in the calls of each agent whom recordings name.
//!
//! A check counts for everybody who had the call. It counts as failed for those in whose time an item of it failed: a call
//! that is passed on does not blame the next one for the words of the one before.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tandem_stdlib::contract::{Manifest, Metric};
use tandem_stdlib::words::kpi;

use crate::report::{CallReport, QaCheckReport, QaResultWord};

/// Agents that are told apart; the calls of more are not counted by agent.
pub const MAX_AGENTS: usize = 10_000;

/// What quality checks found in the calls of one agent.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AgentTotal {
    /// The agent, as recordings name her.
    pub agent: String,
    /// Calls that she had.
    pub calls: u64,
    /// Quality checks of these that could be judged.
    pub checked: u64,
    /// Of these, failed in her time.
    pub failed: u64,
    /// Failed at a critical item.
    pub critical: u64,
    /// Failed over checked, 0..1; `None` when nothing could be judged.
    pub failed_share: Option<f64>,
    /// The item that failed most often, with its check; empty: none did.
    pub mostly: String,
    /// Names of the targets for every agent that she misses.
    pub misses: Vec<String>,
}

/// What was found of one agent.
#[derive(Clone, Debug, Default)]
struct Found {
    calls: u64,
    checked: u64,
    failed: u64,
    critical: u64,
    items: BTreeMap<String, u64>,
}

/// By agent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Agents {
    found: BTreeMap<String, Found>,
}

impl Agents {
    pub(crate) fn add(&mut self, report: &CallReport<'_>) {
        let names: BTreeSet<&str> = report.agents.iter().map(|(_, name)| name.as_str()).collect();
        for name in names {
            if self.found.len() >= MAX_AGENTS && !self.found.contains_key(name) {
                continue;
            }
            let found = self.found.entry(name.to_owned()).or_default();
            found.calls += 1;
            for check in &report.checks {
                found.add_check(report, check, name);
            }
        }
    }

    /// Share of checks passed of the agent for whom it is lowest, among those with so many that could be judged.
    fn worst(&self, checks: u32) -> Option<f64> {
        let judged = self.found.values().filter(|found| found.checked >= u64::from(checks.max(1)));
        let shares = judged.filter_map(|found| kpi::share(found.checked - found.failed, found.checked));
        shares.min_by(f64::total_cmp)
    }

    /// By how many checks a target wants an agent to have: [`worst`](Self::worst) of these.
    pub(crate) fn worst_of_targets(&self, manifest: &Manifest) -> Vec<(u32, f64)> {
        let wanted = manifest.targets.iter().filter_map(|target| match target.metric {
            Metric::QualityPassedByAgent { checks } => Some((checks, self.worst(checks)?)),
            _ => None,
        });
        wanted.collect()
    }

    /// All agents by name, each with the targets that she misses.
    pub(crate) fn totals(&self, manifest: &Manifest) -> Vec<AgentTotal> {
        self.found.iter().map(|(name, found)| found.total(name, manifest)).collect()
    }
}

impl Found {
    fn add_check(&mut self, report: &CallReport<'_>, check: &QaCheckReport<'_>, name: &str) {
        if !matches!(check.result, QaResultWord::Passed | QaResultWord::Failed) {
            return;
        }
        self.checked += 1;
        if check.result == QaResultWord::Passed {
            return;
        }
        let mine = report.qa.iter().filter(|item| {
            item.policy == check.policy
                && item.result == QaResultWord::Failed
                && at(&report.agents, item.at_ms) == Some(name)
        });
        let before = self.failed;
        for item in mine {
            self.failed = before + 1;
            *self.items.entry(format!("{}: {}", item.policy, item.item)).or_default() += 1;
        }
        self.critical += u64::from(check.critical && self.failed > before);
    }

    fn total(&self, name: &str, manifest: &Manifest) -> AgentTotal {
        let passed_share = kpi::share(self.checked - self.failed, self.checked);
        let misses = manifest.targets.iter().filter(|target| match target.metric {
            Metric::QualityPassedByAgent { checks } if self.checked >= u64::from(checks.max(1)) => {
                let reached =
                    |share| if target.at_least { share >= target.value } else { share <= target.value };
                passed_share.is_some_and(|share| !reached(share))
            }
            _ => false,
        });
        // Of items that failed equally often the first by name.
        let most = self.items.iter().rev().max_by_key(|(_, times)| **times);
        AgentTotal {
            agent: name.to_owned(),
            calls: self.calls,
            checked: self.checked,
            failed: self.failed,
            critical: self.critical,
            failed_share: kpi::share(self.failed, self.checked),
            mostly: most.map_or(String::new(), |(item, _)| item.clone()),
            misses: misses.map(|target| target.name.clone()).collect(),
        }
    }
}

/// Who had the call at a moment; before anybody answered, whoever answered first.
fn at(agents: &[(i64, String)], at_ms: i64) -> Option<&str> {
    let had = agents.iter().rev().find(|(from_ms, _)| *from_ms <= at_ms);
    had.or_else(|| agents.first()).map(|(_, name)| name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::QaItemReport;

    fn item(number: usize, at_ms: i64, result: QaResultWord) -> QaItemReport<'static> {
        QaItemReport { policy: "p.card", item: "says hello", number, result, at_ms, because: "" }
    }

    fn check(result: QaResultWord) -> QaCheckReport<'static> {
        QaCheckReport { policy: "p.card", result, points: 0, points_of: 0, critical: false }
    }

    fn call(agents: &[(i64, &str)], failed_at: Option<i64>) -> CallReport<'static> {
        let result = if failed_at.is_some() { QaResultWord::Failed } else { QaResultWord::Passed };
        CallReport {
            agents: agents.iter().map(|(at_ms, name)| (*at_ms, (*name).to_owned())).collect(),
            checks: vec![check(result)],
            qa: failed_at.into_iter().map(|at_ms| item(1, at_ms, QaResultWord::Failed)).collect(),
            ..CallReport::default()
        }
    }

    #[test]
    fn what_failed_is_blamed_on_who_had_the_call_then() {
        let mut agents = Agents::default();
        agents.add(&call(&[(2_000, "Ann"), (60_000, "Bo")], Some(5_000)));
        agents.add(&call(&[(2_000, "Ann"), (60_000, "Bo")], Some(70_000)));
        agents.add(&call(&[(2_000, "Ann")], None));
        // Nobody is named: nobody is counted.
        agents.add(&call(&[], Some(1_000)));
        // Before anybody answers, the first who does.
        agents.add(&call(&[(2_000, "Bo")], Some(500)));
        let totals = agents.totals(&Manifest::default());
        let shown: Vec<_> =
            totals.iter().map(|one| (one.agent.as_str(), one.calls, one.checked, one.failed)).collect();
        assert_eq!(shown, [("Ann", 3, 3, 1), ("Bo", 3, 3, 2)]);
        assert_eq!(totals[1].mostly, "p.card: says hello");
        assert_eq!(
            (agents.worst(0), agents.worst(3), agents.worst(4)),
            (Some(1.0 / 3.0), Some(1.0 / 3.0), None)
        );
    }
}
