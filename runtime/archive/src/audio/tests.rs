//! Formats, rates, channels, and survival of damage.

use proptest::prelude::*;

use super::testing::{Coding, mp3, silence, voice, wav};
use super::{Source, Voices, analyse};

fn heard(file: Vec<u8>) -> Voices {
    analyse(Source::Bytes(file)).unwrap()
}

fn speaking(frames: &[tandem_speech::Measured]) -> Vec<bool> {
    frames.iter().map(|frame| frame.speaking).collect()
}

fn half_and_half(rate_hz: u32) -> Vec<f32> {
    [silence(rate_hz, 1.0), voice(rate_hz, 150.0, 1.0, 0.4), silence(rate_hz, 1.0)].concat()
}

#[test]
fn every_coding_gives_the_same_voice() {
    let all = [
        Coding::Pcm8,
        Coding::Pcm16,
        Coding::Pcm24,
        Coding::Pcm32,
        Coding::Float32,
        Coding::ALaw,
        Coding::MuLaw,
    ];
    let reference = heard(wav(8_000, Coding::Float32, &[half_and_half(8_000)])).channels[0][15];
    for coding in all {
        let voices = heard(wav(8_000, coding, &[half_and_half(8_000)]));
        assert_eq!(voices.audio_ms, 3_000, "{coding:?}");
        let frame = voices.channels[0][15];
        let difference = 10.0 * (frame.voice_power / reference.voice_power).log10();
        assert!(difference.abs() < 0.6, "{coding:?}: {difference} dB");
        assert!((frame.pitch_hz.unwrap() - 150.0).abs() < 3.0, "{coding:?}");
    }
}

#[test]
fn every_rate_keeps_time_and_pitch() {
    for rate_hz in [8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000] {
        let voices = heard(wav(rate_hz, Coding::Pcm16, &[half_and_half(rate_hz)]));
        assert!((voices.audio_ms - 3_000).abs() <= 1, "{rate_hz}: {} ms", voices.audio_ms);
        let speaking = speaking(&voices.channels[0]);
        let begin = speaking.iter().position(|speaking| *speaking).unwrap();
        let end = speaking.iter().rposition(|speaking| *speaking).unwrap();
        assert!((9..=11).contains(&begin) && (19..=21).contains(&end), "{rate_hz}: {begin}..={end}");
        assert!((voices.channels[0][14].pitch_hz.unwrap() - 150.0).abs() < 3.0, "{rate_hz}");
    }
}

#[test]
fn two_channels_are_two_voices() {
    let (quiet, voice) = (silence(8_000, 1.0), voice(8_000, 200.0, 1.0, 0.4));
    let left = [voice.clone(), quiet.clone()].concat();
    let right = [quiet, voice].concat();
    let voices = heard(wav(8_000, Coding::Pcm16, &[left, right]));
    assert_eq!(voices.channels.len(), 2);
    assert!(voices.channels[0][5].speaking && !voices.channels[1][5].speaking);
    assert!(!voices.channels[0][15].speaking && voices.channels[1][15].speaking);
}

#[test]
fn the_same_on_both_channels_and_one_empty_channel_are_one_voice() {
    let (voice, quiet) = (half_and_half(16_000), silence(16_000, 3.0));
    for channels in [[voice.clone(), voice.clone()], [voice.clone(), quiet.clone()], [quiet, voice.clone()]] {
        let voices = heard(wav(16_000, Coding::Pcm16, &channels));
        assert_eq!(voices.channels.len(), 1);
        assert!(voices.channels[0][15].speaking);
    }
}

#[test]
fn more_channels_are_told() {
    let voice = half_and_half(8_000);
    let voices = heard(wav(8_000, Coding::Pcm16, &[voice.clone(), silence(8_000, 3.0), voice]));
    assert_eq!(voices.warnings[0].code, "many-channels");
}

#[test]
fn an_mp3_is_read_to_its_end() {
    let voices = heard(mp3(100));
    assert!((2_300..=2_450).contains(&voices.audio_ms), "{}", voices.audio_ms);
    assert!(!voices.channels[0].iter().any(|frame| frame.speaking));
}

#[test]
fn what_is_no_audio_is_an_error() {
    let page = b"<html><body>no such recording</body></html>".repeat(50);
    let headers_only = wav(8_000, Coding::Pcm16, &[Vec::new()]);
    let absurd_rate = wav(1, Coding::Pcm16, &[silence(8_000, 0.1)]);
    for file in [Vec::new(), page, vec![0; 100_000], vec![0xff; 100_000], headers_only, absurd_rate] {
        assert!(analyse(Source::Bytes(file)).is_err());
    }
}

#[test]
fn a_recording_that_was_cut_off_is_heard_as_far_as_it_goes() {
    let mut file = wav(8_000, Coding::Pcm16, &[half_and_half(8_000)]);
    file.truncate(file.len() / 2);
    let voices = heard(file);
    assert!((1_490..=1_500).contains(&voices.audio_ms), "{}", voices.audio_ms);
    assert_eq!(voices.warnings[0].code, "unfinished-audio");
}

/// A file with these lengths written in it: of the whole, and of the sound.
fn claiming(coding: Coding, riff_bytes: u32, data_bytes: u32) -> Vec<u8> {
    let mut file = wav(8_000, coding, &[half_and_half(8_000), silence(8_000, 3.0)]);
    file[4..8].copy_from_slice(&riff_bytes.to_le_bytes());
    file[40..44].copy_from_slice(&data_bytes.to_le_bytes());
    file
}

#[test]
fn lengths_that_a_crashed_recorder_left_are_mended() {
    for coding in [Coding::Pcm16, Coding::MuLaw] {
        for (riff_bytes, data_bytes) in [(0, 0), (36, 0), (36, 1 << 30), (0x7fff_ffff, 0x7fff_ffdb)] {
            let mut file = claiming(coding, riff_bytes, data_bytes);
            file.push(0);
            let voices = heard(file);
            assert_eq!(voices.audio_ms, 3_000, "{coding:?} {riff_bytes} {data_bytes}");
            assert!(voices.channels[0][15].speaking);
            assert_eq!(voices.warnings.len(), 1, "{:?}", voices.warnings);
            assert_eq!(voices.warnings[0].code, "unfinished-audio");
        }
    }
}

#[test]
fn an_unknown_length_and_notes_around_the_sound_are_nothing_odd() {
    let piped = heard(claiming(Coding::Pcm16, u32::MAX, u32::MAX));
    assert!((2_900..=3_000).contains(&piped.audio_ms) && piped.warnings.is_empty());
    let mut file = wav(8_000, Coding::ALaw, &[half_and_half(8_000)]);
    let note = [b"bext\x05\0\0\0".as_slice(), b"notes\0"].concat();
    file.splice(36..36, note.iter().copied());
    file.extend(&note);
    let voices = heard(file);
    assert!(
        voices.audio_ms == 3_000 && voices.warnings.is_empty(),
        "{} {:?}",
        voices.audio_ms,
        voices.warnings
    );
    let mut empty = wav(8_000, Coding::Pcm16, &[Vec::new()]);
    empty.extend(&note);
    assert!(analyse(Source::Bytes(empty)).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn damaged_audio_never_panics(
        which in 0_usize..4,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40),
        header in prop::collection::vec((0_usize..48, any::<u8>()), 0..4),
        length in any::<prop::sample::Index>(),
    ) {
        let voice = voice(8_000, 120.0, 0.5, 0.3);
        let mut file = match which {
            0 => mp3(40),
            1 => wav(8_000, Coding::Pcm16, &[voice.clone(), voice]),
            2 => wav(44_100, Coding::Float32, &[voice]),
            _ => wav(8_000, Coding::MuLaw, &[voice]),
        };
        for (place, value) in changes {
            let place = place.index(file.len());
            file[place] = value;
        }
        for (place, value) in header {
            file[place] = value;
        }
        file.truncate(length.index(file.len()) + 1);
        if let Ok(voices) = analyse(Source::Bytes(file)) {
            prop_assert!(voices.channels.iter().all(|frames| frames.len() as i64 == (voices.audio_ms + 99) / 100));
        }
    }
}
