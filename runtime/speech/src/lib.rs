//! Audio frames to speech events: voice activity, loudness, pitch, speech rate.
//!
//! [`VoiceAnalyzer`] takes 8 kHz mono samples as they come, live or from a recording, and answers one [`Measured`]
//! for every [`FRAME_MS`] milliseconds. It looks at nothing that has not happened yet, its memory is fixed, and how
//! the samples are cut into pieces does not change what it says.

mod activity;
mod analyzer;
mod condition;
mod level;
mod loudness;
mod pitch;
mod rate;
mod syllable;

pub use analyzer::{Measured, VoiceAnalyzer};
pub use loudness::Loudness;
pub use rate::SpeechRate;

/// Samples a second that the analysis expects.
pub const SAMPLE_RATE_HZ: u32 = 8_000;

/// Milliseconds that one [`Measured`] covers.
pub const FRAME_MS: u32 = 100;

/// Milliseconds of one step, the finest grain of voice activity.
pub const STEP_MS: u32 = 10;

/// Steps in a frame: bits used in [`Measured::voice_steps`].
pub const STEPS_PER_FRAME: u32 = FRAME_MS / STEP_MS;

/// Samples in a step.
pub(crate) const STEP_SAMPLES: usize = 80;

#[cfg(test)]
mod synthesis;
