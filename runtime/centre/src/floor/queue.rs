//! One queue: what the policy says of it, who waits, what has been measured.

use std::collections::BTreeSet;

use tandem_stdlib::contract::{Need, QueueSpec, WaitingStep};

use super::figures::QueueFigures;
use super::limits::MAX_PRIORITY;
use super::pace::Pace;
use super::requirement::{relaxed, relaxes};

/// One queue.
#[derive(Debug)]
pub(super) struct Queue {
    pub(super) spec: QueueSpec,
    /// Points of priority that a millisecond of waiting gains.
    pub(super) ageing_per_ms: f64,
    /// The first of its classes; two for each stage of relaxing: without sharing and with it.
    pub(super) first_class: usize,
    /// Those who wait, whoever waits longest first.
    pub(super) waiting: BTreeSet<(i64, u64)>,
    /// The agent (index) whose turn was last, for queues that go in turn.
    pub(super) last_turn: usize,
    pub(super) pace: Pace,
    pub(super) figures: QueueFigures,
}

impl Queue {
    pub(super) fn new(spec: &QueueSpec, first_class: usize) -> Self {
        let mut spec = spec.clone();
        spec.while_waiting.sort_by_key(|step| step.after_ms);
        Self {
            ageing_per_ms: ageing(spec.ageing),
            first_class,
            waiting: BTreeSet::new(),
            last_turn: usize::MAX,
            pace: Pace::default(),
            figures: QueueFigures::new(spec.promise),
            spec,
        }
    }

    /// How many stages of relaxing there are: one more than steps that relax.
    pub(super) fn stages(&self) -> usize {
        self.spec.while_waiting.iter().filter(|step| relaxes(step.action)).count() + 1
    }

    /// What is needed at a stage.
    pub(super) fn needs_at(&self, stage: usize) -> Vec<Need> {
        relaxed(&self.spec.needs, &self.spec.while_waiting, stage)
    }

    /// What is needed at each stage.
    pub(super) fn needs_by_stage(&self) -> impl Iterator<Item = Vec<Need>> {
        (0..self.stages()).map(|stage| self.needs_at(stage))
    }

    /// The class of those without a requirement of their own.
    pub(super) fn class_at(&self, stage: usize, shares: bool) -> usize {
        self.first_class + stage.min(self.stages() - 1) * 2 + usize::from(shares)
    }

    pub(super) fn step(&self, index: usize) -> Option<WaitingStep> {
        self.spec.while_waiting.get(index).copied()
    }

    /// A contact's priority in this queue's order, whatever the time.
    pub(super) fn urgency(&self, priority: f64, joined_ms: i64) -> f64 {
        self.ageing_per_ms.mul_add(-(joined_ms as f64), priority)
    }

    /// What an urgency amounts to at a moment.
    pub(super) fn priority_at(&self, urgency: f64, now_ms: i64) -> f64 {
        self.ageing_per_ms.mul_add(now_ms as f64, urgency)
    }
}

fn ageing(ageing: Option<(f64, i64)>) -> f64 {
    let Some((points, within_ms)) = ageing else { return 0.0 };
    let per_ms = points / within_ms.max(1) as f64;
    if per_ms.is_finite() { per_ms.max(0.0) } else { 0.0 }
}

/// A priority that can be compared.
pub(super) fn tame(priority: f64) -> f64 {
    if priority.is_nan() { 0.0 } else { priority.clamp(-MAX_PRIORITY, MAX_PRIORITY) }
}
