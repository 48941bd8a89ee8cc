//! How busy agents are: of some groups, or of those who serve a queue.

use super::model::Centre;
use super::world::Counts;
use crate::statistics::Estimate;

/// The time of some groups' agents, milliseconds, and by sample the share of it that they had work.
pub(super) fn busy_shares(counts: &[Counts], of: &dyn Fn(usize) -> bool) -> (i64, Vec<Option<f64>>) {
    let (mut staffed_ms, mut samples) = (0, Vec::new());
    for batch in counts.iter().flat_map(|counts| &counts.agents) {
        let times = batch.iter().enumerate().filter(|(at, _)| of(*at)).map(|(_, time)| time);
        let (staffed, busy) =
            times.fold((0, 0), |sums, time| (sums.0 + time.staffed_ms, sums.1 + time.busy_ms));
        staffed_ms += staffed;
        samples.push((staffed > 0).then(|| busy as f64 / staffed as f64));
    }
    (staffed_ms, samples)
}

/// The occupancy of the agents who serve a queue, by its place.
pub(super) fn occupancy_of(centre: &Centre<'_>, counts: &[Counts], queue: usize) -> Option<Estimate> {
    let serves = |group: usize| centre.groups.get(group).is_some_and(|one| one.queues.contains(&queue));
    let (_, samples) = busy_shares(counts, &serves);
    Estimate::of(&samples.into_iter().flatten().collect::<Vec<_>>())
}
