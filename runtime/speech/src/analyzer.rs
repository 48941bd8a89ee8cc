//! The voice of one microphone or channel, frame by frame.

use crate::activity::VoiceActivity;
use crate::condition::Conditioner;
use crate::level::decibel;
use crate::loudness::Loudness;
use crate::pitch::{PITCH_SAMPLES, pitch_hz};
use crate::rate::SpeechRate;
use crate::syllable::SyllableNuclei;
use crate::{STEP_SAMPLES, STEPS_PER_FRAME};

/// What was measured over one frame of [`FRAME_MS`](crate::FRAME_MS) milliseconds. A value that could not be measured
/// is `None`: there is no loudness of a voice that is silent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measured {
    /// Whether there was voice in at least half of the frame.
    pub speaking: bool,
    /// Level of the voice over its last 3 s of speech, once 1 s is known: dB relative to full scale, where a square
    /// wave between -1 and 1 is 0 dB and a sine of the same height -3 dB. From -120.
    pub loudness_db: Option<f32>,
    /// Fundamental frequency, 62..=500 Hz: median over the frame.
    pub pitch_hz: Option<f32>,
    /// Syllables a second over the last 3 s of speech.
    pub speech_rate: Option<f32>,
    /// Voice activity of each step of [`STEP_MS`](crate::STEP_MS) milliseconds, the first step in the lowest bit.
    pub voice_steps: u16,
    /// Syllable nuclei in this frame.
    pub nuclei: u8,
    /// Mean square of the samples over the steps of this frame that had voice; 0 without voice.
    pub voice_power: f32,
}

/// Measures a voice as it comes: 8 kHz mono samples in, one [`Measured`] a frame out. Memory is fixed.
#[derive(Clone, Debug)]
pub struct VoiceAnalyzer {
    conditioner: Conditioner,
    activity: VoiceActivity,
    syllables: SyllableNuclei,
    rate: SpeechRate,
    loudness: Loudness,
    history: [f32; PITCH_SAMPLES],
    step: [f32; STEP_SAMPLES],
    filled: usize,
    frame: FrameSoFar,
}

/// What the steps of the frame in progress have shown.
#[derive(Clone, Debug, Default)]
struct FrameSoFar {
    steps: u32,
    voice_steps: u16,
    voice_power: f32,
    nuclei: u8,
    pitches: [f32; 5],
    pitches_found: usize,
}

impl Default for VoiceAnalyzer {
    fn default() -> Self {
        Self {
            conditioner: Conditioner::default(),
            activity: VoiceActivity::default(),
            syllables: SyllableNuclei::default(),
            rate: SpeechRate::default(),
            loudness: Loudness::default(),
            history: [0.0; PITCH_SAMPLES],
            step: [0.0; STEP_SAMPLES],
            filled: 0,
            frame: FrameSoFar::default(),
        }
    }
}

impl VoiceAnalyzer {
    /// An analyser that has heard nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next samples (-1..=1; anything else is clipped, what is not a number counts as silence) and hands
    /// each frame that they complete to `emit`.
    pub fn push(&mut self, samples: &[f32], mut emit: impl FnMut(Measured)) {
        for raw in samples {
            if let Some(place) = self.step.get_mut(self.filled) {
                *place = self.conditioner.sample(*raw);
            }
            self.filled += 1;
            if self.filled == STEP_SAMPLES {
                self.filled = 0;
                if let Some(frame) = self.end_step() {
                    emit(frame);
                }
            }
        }
    }

    fn end_step(&mut self) -> Option<Measured> {
        self.history.copy_within(STEP_SAMPLES.., 0);
        if let Some(newest) = self.history.last_chunk_mut::<STEP_SAMPLES>() {
            *newest = self.step;
        }
        let power = self.step.iter().map(|sample| sample * sample).sum::<f32>() / STEP_SAMPLES as f32;
        let voice = self.activity.step(decibel(power));
        let nucleus = self.syllables.step(power, voice);
        self.frame.nuclei += u8::from(nucleus);
        if voice {
            self.frame.voice_steps |= 1 << self.frame.steps;
            self.frame.voice_power += power;
            // Every second step: a pitch each 20 ms.
            if self.frame.steps % 2 == 1 {
                self.frame.note_pitch(pitch_hz(&self.history));
            }
        }
        self.frame.steps += 1;
        (self.frame.steps == STEPS_PER_FRAME).then(|| self.end_frame())
    }

    fn end_frame(&mut self) -> Measured {
        let mut frame = std::mem::take(&mut self.frame);
        let voiced = frame.voice_steps.count_ones();
        let speaking = voiced * 2 >= STEPS_PER_FRAME;
        let rate = self.rate.frame(voiced, u32::from(frame.nuclei));
        let voice_power = frame.voice_power / voiced.max(1) as f32;
        let loudness = self.loudness.frame(voiced, voice_power);
        Measured {
            speaking,
            loudness_db: if speaking { loudness } else { None },
            pitch_hz: if speaking { frame.median_pitch() } else { None },
            speech_rate: if speaking { rate } else { None },
            voice_steps: frame.voice_steps,
            nuclei: frame.nuclei,
            voice_power,
        }
    }
}

impl FrameSoFar {
    fn note_pitch(&mut self, pitch: Option<f32>) {
        if let (Some(hertz), Some(place)) = (pitch, self.pitches.get_mut(self.pitches_found)) {
            *place = hertz;
            self.pitches_found += 1;
        }
    }

    fn median_pitch(&mut self) -> Option<f32> {
        let found = self.pitches.get_mut(..self.pitches_found)?;
        found.sort_by(f32::total_cmp);
        found.get(found.len() / 2).copied()
    }
}

#[cfg(test)]
mod tests;
