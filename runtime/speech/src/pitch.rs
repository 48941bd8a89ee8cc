//! Fundamental frequency by the YIN method.
//!
//! A. de Cheveigné and H. Kawahara, "YIN, a fundamental frequency estimator for speech and music", J. Acoust. Soc.
//! Am. 111(4), 2002: the cumulative mean normalised difference function, an absolute threshold, and a parabola
//! through the lowest lag.

/// Longest period looked for: 62 Hz.
const LAG_MAX: usize = 128;
/// Shortest period looked for: 500 Hz.
const LAG_MIN: usize = 16;
/// Samples compared at each lag (25 ms).
const WINDOW: usize = 200;
/// A dip below this share of the mean difference is a period.
const THRESHOLD: f32 = 0.18;

/// Samples that an estimate looks at.
pub(crate) const PITCH_SAMPLES: usize = WINDOW + LAG_MAX;

/// The fundamental frequency in hertz of the last [`PITCH_SAMPLES`] samples at 8 kHz, if they repeat.
pub(crate) fn pitch_hz(samples: &[f32]) -> Option<f32> {
    let reference = samples.get(..WINDOW)?;
    let mut normalised = [1.0_f32; LAG_MAX];
    let mut sum = 0.0;
    for (lag, place) in normalised.iter_mut().enumerate().skip(1) {
        let difference = squared_difference(reference, samples.get(lag..lag + WINDOW)?);
        sum += difference;
        *place = if sum > 1e-9 { difference * lag as f32 / sum } else { 1.0 };
    }
    let lag = first_dip(&normalised)?;
    Some(crate::SAMPLE_RATE_HZ as f32 / refined(&normalised, lag))
}

/// Sum of squared differences, in eight lanes so that the compiler may use vector instructions.
fn squared_difference(left: &[f32], right: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    for (left, right) in left.chunks_exact(8).zip(right.chunks_exact(8)) {
        for ((lane, left), right) in lanes.iter_mut().zip(left).zip(right) {
            let difference = left - right;
            *lane += difference * difference;
        }
    }
    lanes.iter().sum()
}

/// The bottom of the first dip below the threshold.
fn first_dip(normalised: &[f32]) -> Option<usize> {
    let from = normalised.iter().skip(LAG_MIN).position(|value| *value < THRESHOLD)? + LAG_MIN;
    let falling =
        normalised.iter().skip(from).zip(normalised.iter().skip(from + 1)).take_while(|(a, b)| b < a);
    let bottom = from + falling.count();
    // A dip that still falls at the end of the range belongs to a longer period.
    (bottom + 1 < normalised.len()).then_some(bottom)
}

/// The lag between samples where a parabola through the dip is lowest.
fn refined(normalised: &[f32], lag: usize) -> f32 {
    let around = (normalised.get(lag - 1), normalised.get(lag), normalised.get(lag + 1));
    let (Some(before), Some(at), Some(after)) = around else { return lag as f32 };
    let curvature = before - 2.0 * at + after;
    if curvature <= f32::EPSILON {
        return lag as f32;
    }
    lag as f32 + (0.5 * (before - after) / curvature).clamp(-0.5, 0.5)
}

#[cfg(test)]
mod tests {
    use super::{PITCH_SAMPLES, pitch_hz};
    use crate::synthesis;

    #[test]
    fn the_pitch_of_voiced_sounds_is_found_within_one_percent() {
        for hertz in [70.0, 95.0, 120.0, 180.0, 233.0, 310.0, 420.0] {
            let voice = synthesis::voice(hertz, 0.2, 0.3);
            let found = pitch_hz(&voice[..PITCH_SAMPLES]).unwrap();
            assert!((found / hertz - 1.0).abs() < 0.01, "{hertz} found as {found}");
        }
    }

    #[test]
    fn the_telephone_band_without_its_fundamental_still_has_a_pitch() {
        let partials: Vec<f32> = (0..PITCH_SAMPLES)
            .map(|n| {
                let t = n as f32 / 8_000.0;
                (4..20).map(|k| (std::f32::consts::TAU * 110.0 * k as f32 * t).sin() / 16.0).sum()
            })
            .collect();
        assert!((pitch_hz(&partials).unwrap() / 110.0 - 1.0).abs() < 0.01);
    }

    #[test]
    fn silence_and_noise_have_no_pitch() {
        assert_eq!(pitch_hz(&[0.0; PITCH_SAMPLES]), None);
        let noise = synthesis::noise(7, 1.0, 0.3);
        let found = noise.chunks_exact(PITCH_SAMPLES).filter(|chunk| pitch_hz(chunk).is_some()).count();
        assert_eq!(found, 0);
        assert_eq!(pitch_hz(&[0.0; 3]), None);
    }
}
