//! Frames of synthesised signals with known answers.

use super::{Measured, VoiceAnalyzer};
use crate::synthesis::{noise, syllables, tone, voice};
use proptest::prelude::*;

fn frames(samples: &[f32]) -> Vec<Measured> {
    let mut frames = Vec::new();
    VoiceAnalyzer::new().push(samples, |frame| frames.push(frame));
    frames
}

fn silence(seconds: f32) -> Vec<f32> {
    vec![0.0; (seconds * 8_000.0) as usize]
}

fn speaking_share(frames: &[Measured]) -> f32 {
    frames.iter().filter(|frame| frame.speaking).count() as f32 / frames.len() as f32
}

#[test]
fn silence_is_not_speech_and_measures_nothing() {
    for frame in frames(&silence(5.0)) {
        assert_eq!(frame, Measured::default());
    }
}

#[test]
fn steady_noise_is_not_speech() {
    for height in [0.003, 0.02, 0.1] {
        let heard = frames(&noise(3, 20.0, height));
        assert!(speaking_share(&heard[35..]) < 0.01, "height {height}");
    }
}

#[test]
fn bursts_of_voice_in_noise_are_found_where_they_are() {
    let mut signal = noise(5, 12.0, 0.01);
    for burst in [2.0_f32, 5.0, 9.0] {
        let from = (burst * 8_000.0) as usize;
        for (place, sample) in signal[from..].iter_mut().zip(syllables(140.0, 5.0, 1.0, 0.4)) {
            *place += sample;
        }
    }
    for (index, frame) in frames(&signal).iter().enumerate() {
        let inside = [20..30, 50..60, 90..100].iter().any(|burst| burst.contains(&index));
        let edge = [20, 29, 30, 50, 59, 60, 90, 99, 100].contains(&index);
        assert!(edge || frame.speaking == inside, "frame {index}");
    }
}

#[test]
fn loudness_is_the_level_of_the_voice() {
    for height in [0.02, 0.1, 0.5, 1.0] {
        let heard = frames(&[silence(0.5), tone(1_000.0, 1.5, height)].concat());
        let expected = 20.0 * (height / 2.0_f32.sqrt()).log10();
        let level = heard[16].loudness_db.unwrap();
        assert!((level - expected).abs() < 0.3, "{height}: {level} for {expected}");
    }
}

#[test]
fn words_and_pauses_do_not_move_the_loudness_and_a_raised_voice_does() {
    let words = |height| [syllables(130.0, 4.0, 1.3, height), silence(0.4)].concat().repeat(5);
    let heard = frames(&[silence(0.5), words(0.1), words(0.4)].concat());
    let levels =
        |frames: &[Measured]| frames.iter().filter_map(|frame| frame.loudness_db).collect::<Vec<_>>();
    let (calm, raised) = (levels(&heard[..90]), levels(&heard[130..]));
    let spread =
        calm.iter().copied().fold(f32::MIN, f32::max) - calm.iter().copied().fold(f32::MAX, f32::min);
    assert!(spread < 1.5, "{spread} dB");
    let rise = raised[0] - calm[calm.len() - 1];
    assert!((rise - 12.04).abs() < 0.5, "{rise} dB");
}

#[test]
fn pitch_of_a_frame_is_the_pitch_of_the_voice() {
    for hertz in [85.0, 120.0, 210.0, 330.0] {
        let heard = frames(&[silence(0.3), voice(hertz, 1.0, 0.5)].concat());
        let found = heard[8].pitch_hz.unwrap();
        assert!((found / hertz - 1.0).abs() < 0.015, "{hertz} found as {found}");
    }
}

#[test]
fn speech_rate_is_the_rate_of_the_syllables() {
    for rate in [2.5, 4.0, 5.5, 7.0] {
        let heard = frames(&[silence(0.5), syllables(130.0, rate, 6.0, 0.5)].concat());
        let found = heard[55].speech_rate.unwrap();
        assert!((found / rate - 1.0).abs() < 0.12, "{rate} found as {found}");
    }
}

#[test]
fn absurd_samples_are_survived() {
    for absurd in [f32::NAN, f32::INFINITY, f32::MIN, f32::MAX, -0.0, f32::MIN_POSITIVE] {
        for frame in frames(&vec![absurd; 16_000]) {
            assert!(frame.loudness_db.is_none_or(f32::is_finite));
        }
    }
    let clipped: Vec<f32> = voice(150.0, 2.0, 90.0).iter().map(|sample| sample.clamp(-1.0, 1.0)).collect();
    let heard = frames(&clipped);
    assert!(heard[15].speaking && heard[15].loudness_db.unwrap() <= 6.1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn how_the_samples_are_cut_changes_nothing(cuts in prop::collection::vec(1_usize..3_000, 1..40)) {
        let signal = [noise(9, 0.7, 0.05), syllables(180.0, 4.0, 2.0, 0.4), noise(11, 0.7, 0.02)].concat();
        let whole = frames(&signal);
        let mut pieces = Vec::new();
        let mut analyzer = VoiceAnalyzer::new();
        let mut rest = signal.as_slice();
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (now, later) = rest.split_at((*cut).min(rest.len()));
            analyzer.push(now, |frame| pieces.push(frame));
            rest = later;
        }
        prop_assert_eq!(whole, pieces);
    }

    #[test]
    fn any_samples_give_bounded_answers(bits in prop::collection::vec(any::<u32>(), 800..4_000)) {
        let samples: Vec<f32> = bits.iter().map(|bits| f32::from_bits(*bits)).collect();
        for frame in frames(&samples) {
            prop_assert!(frame.loudness_db.is_none_or(|level| (-120.0..=10.0).contains(&level)));
            prop_assert!(frame.pitch_hz.is_none_or(|pitch| (60.0..=520.0).contains(&pitch)));
            prop_assert!(frame.speech_rate.is_none_or(|rate| (0.0..=13.0).contains(&rate)));
        }
    }
}
