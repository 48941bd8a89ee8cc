//! Hands inputs to threads in numbered chunks, never further ahead than results are taken.

use std::iter::Peekable;
use std::sync::mpsc::Receiver;
use std::sync::{Mutex, PoisonError};

use super::Input;

/// Light calls that are handed over together, so that threads do not queue for single ones.
const CHUNK_CALLS: usize = 64;

/// The inputs that nobody has taken yet.
pub(super) struct Feed<T: Iterator> {
    inputs: Peekable<T>,
    permits: Receiver<()>,
    next: u64,
}

impl<T: Iterator> Feed<T> {
    /// A feed that gives one chunk a permit.
    pub(super) fn new(inputs: T, permits: Receiver<()>) -> Self {
        Self { inputs: inputs.peekable(), permits, next: 0 }
    }
}

/// The next chunk with its number; waits for a permit. `None`: there is none.
pub(super) fn next_chunk<T>(feed: &Mutex<Feed<T>>) -> Option<(u64, Vec<T::Item>)>
where
    T: Iterator,
    T::Item: Input,
{
    // A thread that broke off leaves the feed as good as it was: an iterator and a number.
    let mut feed = feed.lock().unwrap_or_else(PoisonError::into_inner);
    feed.inputs.peek()?;
    feed.permits.recv().ok()?;
    let mut chunk = Vec::new();
    while chunk.len() < CHUNK_CALLS {
        let alone = feed.inputs.peek().is_some_and(Input::is_heavy);
        if alone && !chunk.is_empty() {
            break;
        }
        chunk.extend(feed.inputs.next());
        if alone || feed.inputs.peek().is_none() {
            break;
        }
    }
    let number = feed.next;
    feed.next += 1;
    Some((number, chunk))
}
