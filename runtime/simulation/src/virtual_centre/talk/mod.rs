//! Callers who talk with a bot: what a dialog of the policy does, and what a caller answers.
//!
//! - `step`: what the dialog did, as far as a caller notices;
//! - `state`: how far caller and bot have come;
//! - `callee`: whom a campaign has called;
//! - `answer`: what a caller says or keys, and what of it is heard;
//! - `words`: the few sentences that callers need.

mod answer;
mod callee;
mod state;
mod step;
#[cfg(test)]
mod tests;
mod words;

pub(super) use answer::{Chances, Heard, Listener, Question};
pub(super) use callee::{Callee, Manner};
pub(super) use state::{BotTalk, Content};
pub(super) use step::{BotStep, spoken_ms};
