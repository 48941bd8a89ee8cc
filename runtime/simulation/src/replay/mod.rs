//! Replays recorded calls, on as many threads as asked for, with the same results in the same order.

mod feed;
mod worker;

use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use tandem_archive::{ArchiveError, RecordedCall};
use tandem_centre::Core;

use crate::drive::Nanoseconds;
use crate::report::CallReport;
use crate::summary::{Adder, Summary};
use crate::table::SourceTable;
use feed::Feed;
use worker::{Done, Worker};

/// Threads that a replay may use.
pub const MAX_JOBS: usize = 256;

/// Chunks of calls in flight for each thread: enough that none waits for the order of results, few enough that memory
/// stays small.
const CHUNKS_IN_FLIGHT_PER_JOB: usize = 4;

/// One recorded call, or what is needed to read it.
pub trait Input: Send {
    /// Reads the call into `call`, which was cleared. Runs on a worker's thread.
    ///
    /// # Errors
    /// Why the record cannot be read; the replay goes on with the next.
    fn load(self, call: &mut RecordedCall) -> Result<(), ArchiveError>;

    /// Whether reading takes long, as decoding audio does: such calls are handed to threads one by one.
    fn is_heavy(&self) -> bool;
}

/// A call that was read before.
impl Input for RecordedCall {
    fn load(self, call: &mut RecordedCall) -> Result<(), ArchiveError> {
        *call = self;
        Ok(())
    }

    fn is_heavy(&self) -> bool {
        false
    }
}

/// How to replay.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Threads, 1..=[`MAX_JOBS`]; results do not depend on it.
    pub jobs: usize,
    /// Tables that answer the policy's sources.
    pub tables: &'a [SourceTable],
    /// A clock to measure steps with, if they shall be measured.
    pub clock: Option<Nanoseconds<'a>>,
}

/// Replays all inputs.
///
/// Each call's report goes through `render` on the thread that replayed it, and what that gives goes to `deliver` on
/// the calling thread, in input order, whatever the number of threads. Memory does not grow with the number of calls.
/// A panic while a call is read, replayed or rendered is that call's error; the replay goes on.
pub fn replay<I, R, F>(
    core: &Core,
    inputs: impl Iterator<Item = I> + Send,
    options: Options<'_>,
    render: F,
    mut deliver: impl FnMut(R),
) -> Summary
where
    I: Input,
    R: Send,
    F: Fn(Result<&CallReport<'_>, &ArchiveError>) -> R + Sync,
{
    let mut adder = Adder::new(core.manifest());
    let mut take = |done: Done<'_, R>| {
        match &done.report {
            Ok(report) => adder.add(report),
            Err(_) => adder.add_unreadable(),
        }
        deliver(done.rendered);
    };
    let jobs = options.jobs.clamp(1, MAX_JOBS);
    if jobs == 1 {
        let mut worker = Worker::new(core, options, &render);
        inputs.for_each(|input| take(worker.run(input)));
    } else {
        replay_on_threads(core, inputs, Options { jobs, ..options }, &render, &mut take);
    }
    adder.finish()
}

/// Results of one chunk with its number.
type Chunk<'m, R> = (u64, Vec<Done<'m, R>>);

fn replay_on_threads<'m, I, R, F>(
    core: &'m Core,
    inputs: impl Iterator<Item = I> + Send,
    options: Options<'_>,
    render: &F,
    take: &mut dyn FnMut(Done<'m, R>),
) where
    I: Input,
    R: Send,
    F: Fn(Result<&CallReport<'_>, &ArchiveError>) -> R + Sync,
{
    let window = options.jobs * CHUNKS_IN_FLIGHT_PER_JOB;
    let (permit, permits) = sync_channel(window);
    let (results, arrived) = sync_channel::<Chunk<'m, R>>(window);
    (0..window).for_each(|_| _ = permit.try_send(()));
    let feed = Mutex::new(Feed::new(inputs, permits));
    std::thread::scope(|scope| {
        for _ in 0..options.jobs {
            let (feed, results) = (&feed, results.clone());
            scope.spawn(move || {
                let mut worker = Worker::new(core, options, render);
                while let Some((number, chunk)) = feed::next_chunk(feed) {
                    let mut chunk_of_results = Handover { number, done: Vec::new(), results: &results };
                    chunk_of_results.done.extend(chunk.into_iter().map(|input| worker.run(input)));
                }
            });
        }
        drop(results);
        in_order(&arrived, |done| {
            done.into_iter().for_each(&mut *take);
            // The feed may have ended and gone; then nobody needs the permit.
            _ = permit.try_send(());
        });
    });
}

/// The results of a chunk on their way. They are handed over even when the thread breaks off: the chunks after it wait
/// for its number, so that a number that never came would stall the replay.
struct Handover<'a, 'm, R> {
    number: u64,
    done: Vec<Done<'m, R>>,
    results: &'a SyncSender<Chunk<'m, R>>,
}

impl<R> Drop for Handover<'_, '_, R> {
    fn drop(&mut self) {
        // Nobody takes results any more: then nobody waits for them either.
        _ = self.results.send((self.number, std::mem::take(&mut self.done)));
    }
}

/// Hands chunks on in the order of their numbers. No more wait here than there are permits.
fn in_order<T>(arrived: &Receiver<(u64, T)>, mut hand_on: impl FnMut(T)) {
    let mut waiting = std::collections::BTreeMap::new();
    let mut next = 0;
    for (number, chunk) in arrived {
        waiting.insert(number, chunk);
        while let Some(chunk) = waiting.remove(&next) {
            hand_on(chunk);
            next += 1;
        }
    }
}

#[cfg(test)]
mod tests;
