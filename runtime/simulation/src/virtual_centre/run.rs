//! Replications on threads.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::model::Centre;
use super::report::CentreReport;
use super::world::{Counts, World};

/// Simulates a centre. The report does not depend on the number of threads (`jobs`, at least 1); `done` is told after
/// each replication, on the thread that ran it.
#[must_use]
pub fn simulate_centre(centre: &Centre<'_>, jobs: usize, done: &(dyn Fn() + Sync)) -> CentreReport {
    let mut reports = simulate_centres(std::slice::from_ref(centre), jobs, done);
    reports.pop().unwrap_or_else(|| CentreReport::new(centre, &[]))
}

/// Simulates several centres, such as what-ifs or two policies, and gives their reports in order.
#[must_use]
pub fn simulate_centres(centres: &[Centre<'_>], jobs: usize, done: &(dyn Fn() + Sync)) -> Vec<CentreReport> {
    let work: Vec<(usize, u32)> = centres
        .iter()
        .enumerate()
        .flat_map(|(at, centre)| (0..centre.scenario.replications).map(move |number| (at, number)))
        .collect();
    let next = AtomicUsize::new(0);
    let finished: Mutex<Vec<Option<Counts>>> = Mutex::new(vec![None; work.len()]);
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, work.len().max(1)) {
            scope.spawn(|| {
                while let Some((place, (at, number))) = take(&work, &next) {
                    let Some(centre) = centres.get(at) else { return };
                    let counts = World::new(centre, number).run();
                    let mut finished = finished.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    if let Some(slot) = finished.get_mut(place) {
                        *slot = Some(counts);
                    }
                    drop(finished);
                    done();
                }
            });
        }
    });
    let mut finished = finished.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).into_iter();
    let of = |centre: &Centre<'_>| {
        let count = centre.scenario.replications as usize;
        let counts: Vec<Counts> = finished.by_ref().take(count).flatten().collect();
        CentreReport::new(centre, &counts)
    };
    centres.iter().map(of).collect()
}

fn take(work: &[(usize, u32)], next: &AtomicUsize) -> Option<(usize, (usize, u32))> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    Some((place, *work.get(place)?))
}
