//! The measured voices of a recording.

use tandem_speech::{FRAME_MS, Measured, SAMPLE_RATE_HZ, VoiceAnalyzer};

use super::Source;
use super::decode::{Layout, Sink, decode};
use super::resample::Downsampler;
use crate::error::Warning;

/// Longest recording that is analysed: a day.
const AUDIO_MS_MAX: u64 = 24 * 3_600_000;
/// Channels whose difference is this much weaker than they themselves are the same voice twice.
const SAME_POWER_RATIO: f64 = 1e-3;

/// What was heard: one list of frames a channel. One channel means that both parties may be in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Voices {
    /// Frames of 100 ms, one list a channel; one or two lists, of the same length.
    pub(crate) channels: Vec<Vec<Measured>>,
    /// Length of the recording.
    pub(crate) audio_ms: i64,
    /// What was odd.
    pub(crate) warnings: Vec<Warning>,
}

/// Decodes and analyses a recording. Memory grows by one frame for each 100 ms and channel, and by nothing else.
pub(crate) fn analyse(source: Source) -> Result<Voices, String> {
    let mut listener = Listener::default();
    let outcome = decode(source, &mut listener)?;
    if outcome.packets == 0 {
        return Err("no sound could be decoded from it".to_owned());
    }
    let mut voices = listener.finish()?;
    if outcome.unfinished {
        voices.warn(
            "unfinished-audio",
            "the recording says another length than it has: it was cut off, or its recorder did not finish it; all that is there is used",
        );
    }
    if outcome.damaged > 0 {
        voices.warn(
            "damaged-audio",
            format!("{} of {} pieces of audio were damaged and left out", outcome.damaged, {
                outcome.packets + outcome.damaged
            }),
        );
    }
    Ok(voices)
}

impl Voices {
    fn warn(&mut self, code: &'static str, message: impl Into<String>) {
        self.warnings.push(Warning { code, message: message.into() });
    }
}

#[derive(Default)]
struct Listener {
    downsampler: Option<Downsampler>,
    hearing: Hearing,
    failed: Option<String>,
    more_channels: bool,
}

/// Analysers and what they have said so far.
#[derive(Default)]
struct Hearing {
    analyzers: Vec<VoiceAnalyzer>,
    frames: Vec<Vec<Measured>>,
    samples: u64,
    power: f64,
    difference_power: f64,
}

impl Sink for Listener {
    fn begin(&mut self, layout: Layout) -> Result<(), String> {
        let channels = layout.channels.min(2);
        self.more_channels = layout.channels > 2;
        self.downsampler = Some(Downsampler::new(layout.rate_hz, channels)?);
        self.hearing.analyzers = vec![VoiceAnalyzer::new(); channels];
        self.hearing.frames = vec![Vec::new(); channels];
        Ok(())
    }

    fn samples(&mut self, planes: &[Vec<f32>]) -> bool {
        let Some(downsampler) = &mut self.downsampler else { return false };
        let hearing = &mut self.hearing;
        if let Err(message) = downsampler.push(planes, &mut |planes| hearing.hear(planes)) {
            self.failed = Some(message);
            return false;
        }
        self.hearing.audio_ms() < AUDIO_MS_MAX
    }
}

impl Listener {
    fn finish(mut self) -> Result<Voices, String> {
        if let Some(message) = self.failed {
            return Err(message);
        }
        if let Some(downsampler) = &mut self.downsampler {
            let hearing = &mut self.hearing;
            downsampler.finish(&mut |planes| hearing.hear(planes))?;
        }
        let mut voices = Voices { audio_ms: self.hearing.audio_ms() as i64, ..Voices::default() };
        self.hearing.complete_frame();
        if self.hearing.audio_ms() >= AUDIO_MS_MAX {
            voices.warn("long-audio", "the recording is longer than a day; the rest is left out");
        }
        if self.more_channels {
            voices.warn(
                "many-channels",
                "the recording has more than two channels; the first two are analysed",
            );
        }
        voices.channels = self.hearing.separate();
        Ok(voices)
    }
}

impl Hearing {
    fn hear(&mut self, planes: &[&[f32]]) {
        for ((analyzer, frames), plane) in self.analyzers.iter_mut().zip(&mut self.frames).zip(planes) {
            analyzer.push(plane, |frame| frames.push(frame));
        }
        self.samples += planes.first().map_or(0, |plane| plane.len()) as u64;
        if let [left, right] = planes {
            for (left, right) in left.iter().zip(*right) {
                let (sum, difference) = (f64::from(left + right), f64::from(left - right));
                self.power += sum * sum;
                self.difference_power += difference * difference;
            }
        }
    }

    fn audio_ms(&self) -> u64 {
        (self.samples * 1_000).div_ceil(u64::from(SAMPLE_RATE_HZ))
    }

    /// Fills the last frame with silence, so that the end of the recording is measured too.
    fn complete_frame(&mut self) {
        let frame = u64::from(SAMPLE_RATE_HZ / 1_000 * FRAME_MS);
        let missing = (frame - self.samples % frame) % frame;
        let silence = vec![0.0; missing as usize];
        for (analyzer, frames) in self.analyzers.iter_mut().zip(&mut self.frames) {
            analyzer.push(&silence, |measured| frames.push(measured));
        }
    }

    /// One list when both channels hold the same, or one of them nothing.
    fn separate(mut self) -> Vec<Vec<Measured>> {
        let silent: Vec<bool> =
            self.frames.iter().map(|frames| frames.iter().all(|frame| !frame.speaking)).collect();
        let same = self.difference_power <= self.power * SAME_POWER_RATIO;
        match silent.as_slice() {
            [false, true] => self.frames.truncate(1),
            [true, false] => drop(self.frames.remove(0)),
            [_, _] if same => self.frames.truncate(1),
            _ => {}
        }
        self.frames
    }
}
