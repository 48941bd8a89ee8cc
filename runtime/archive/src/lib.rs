//! Recorded calls in: vCon, audio files and event timelines.
