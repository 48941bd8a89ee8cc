//! Signals whose answers are known, for tests.

use std::f32::consts::TAU;

/// Samples of so many seconds.
fn seconds(duration: f32) -> impl Iterator<Item = f32> {
    (0..(duration * 8_000.0) as usize).map(|n| n as f32 / 8_000.0)
}

/// A sine tone.
pub(crate) fn tone(hertz: f32, duration: f32, height: f32) -> Vec<f32> {
    seconds(duration).map(|t| height * (TAU * hertz * t).sin()).collect()
}

/// A voice-like sound: harmonics that weaken with their number.
pub(crate) fn voice(hertz: f32, duration: f32, height: f32) -> Vec<f32> {
    let partials = ((3_400.0 / hertz) as u32).min(20);
    seconds(duration)
        .map(|t| {
            height * (1..=partials).map(|k| (TAU * hertz * k as f32 * t).sin() / (2 * k) as f32).sum::<f32>()
        })
        .collect()
}

/// A voice that swells and fades so many times a second, as syllables do.
pub(crate) fn syllables(hertz: f32, a_second: f32, duration: f32, height: f32) -> Vec<f32> {
    let envelope = |t: f32| 0.08 + 0.92 * (0.5 - 0.5 * (TAU * a_second * t).cos());
    voice(hertz, duration, height)
        .iter()
        .zip(seconds(duration))
        .map(|(sample, t)| sample * envelope(t))
        .collect()
}

/// White noise of a given height, the same for the same seed.
pub(crate) fn noise(seed: u32, duration: f32, height: f32) -> Vec<f32> {
    let mut state = seed.max(1);
    seconds(duration)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            height * (state as f32 / u32::MAX as f32 * 2.0 - 1.0)
        })
        .collect()
}
