//! Recorded calls in: vCon, audio files and event timelines.
//!
//! Everything ends in a [`RecordedCall`]: events of the contract in order of time, which the decision core consumes as
//! it would live ones.

mod call;
mod error;
mod timeline;

pub use call::RecordedCall;
pub use error::{ArchiveError, Warning};
pub use timeline::{TimelineReader, write_call};
