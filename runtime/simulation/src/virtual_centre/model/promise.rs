//! What is promised of all calls.

use tandem_stdlib::contract::{Metric, Promise, QueueSpec};

use super::Joining;
use crate::virtual_centre::segments::promise_of;

impl Joining<'_> {
    /// What is promised of all calls: by the scenario, else by the policy's target about them, else by all queues that
    /// promise anything alike, else what is assumed; and whether it is.
    pub(super) fn promise(&self, queues: &[QueueSpec]) -> (Promise, bool) {
        let assumed = self.scenario.promise;
        if self.scenario.promised {
            return (assumed, false);
        }
        let targets = self.manifest.map(|manifest| manifest.targets.as_slice()).unwrap_or_default();
        let of_all = targets.iter().filter(|target| target.queue == 0 && target.at_least);
        let wanted = of_all.filter_map(|target| match target.metric {
            Metric::ServiceLevel { .. } => {
                Some(Promise { share: target.value, ..promise_of(&target.metric)? })
            }
            _ => None,
        });
        let mut promises = queues.iter().filter_map(|queue| queue.promise);
        let first = promises.next();
        let alike = first.filter(|first| promises.all(|other| other == *first));
        let promised = wanted.into_iter().next().or(alike);
        (promised.unwrap_or(assumed), promised.is_none())
    }
}
