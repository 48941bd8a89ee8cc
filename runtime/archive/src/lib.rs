//! Recorded calls in: vCon, audio files and event timelines.
//!
//! Everything ends in a [`RecordedCall`]: events of the contract in order of time, which the decision core consumes as
//! it would live ones.

mod align;
mod assemble;
mod audio;
mod call;
mod clock;
mod discover;
mod error;
mod input;
mod json;
mod log;
mod part;
mod timeline;
mod transcript;
mod vcon;

pub use call::RecordedCall;
pub use discover::{discover, discover_telling, may_hold_calls};
pub use error::{ArchiveError, Warning};
pub use input::{Input, load_recording, open_timeline};
pub use log::{CentreLog, LogEvent, Logged, TicketLogged, is_log, read_log};
pub use timeline::{CallLines, TimelineReader, write_call};
