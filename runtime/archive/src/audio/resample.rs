//! Brings one or two channels to 8 kHz, in pieces, without shifting them in time.

use audioadapter_buffers::direct::SequentialSliceOfVecs;
use rubato::{Fft, FixedSync, Resampler};

/// Frames that the resampler takes at a time, about.
const CHUNK_FRAMES: usize = 1_024;

/// A stream of planar samples on its way to 8 kHz.
pub(super) struct Downsampler {
    resampler: Option<Fft<f32>>,
    pending: Vec<Vec<f32>>,
    produced: Vec<Vec<f32>>,
    delay_left: usize,
    taken: u64,
    given: u64,
    rate_hz: u32,
}

impl Downsampler {
    /// A stream from `rate_hz` with so many channels.
    pub(super) fn new(rate_hz: u32, channels: usize) -> Result<Self, String> {
        let target = tandem_speech::SAMPLE_RATE_HZ;
        let resampler = if rate_hz == target {
            None
        } else {
            let made = Fft::new(rate_hz as usize, target as usize, CHUNK_FRAMES, channels, FixedSync::Both);
            Some(
                made.map_err(|error| {
                    format!("its {rate_hz} samples a second cannot be resampled ({error})")
                })?,
            )
        };
        let frames = resampler.as_ref().map_or(0, Resampler::output_frames_max);
        Ok(Self {
            delay_left: resampler.as_ref().map_or(0, Resampler::output_delay),
            resampler,
            pending: vec![Vec::new(); channels],
            produced: vec![vec![0.0; frames]; channels],
            taken: 0,
            given: 0,
            rate_hz,
        })
    }

    /// Takes samples (one slice a channel) and hands what they yield to `emit`, one slice a channel.
    pub(super) fn push(
        &mut self,
        planes: &[Vec<f32>],
        emit: &mut dyn FnMut(&[&[f32]]),
    ) -> Result<(), String> {
        self.taken += planes.first().map_or(0, Vec::len) as u64;
        if self.resampler.is_none() {
            let slices: Vec<&[f32]> = planes.iter().take(self.pending.len()).map(Vec::as_slice).collect();
            emit(&slices);
            return Ok(());
        }
        for (pending, plane) in self.pending.iter_mut().zip(planes) {
            // The resampler's filter would spread one sample that is not a number over everything after it.
            pending.extend(plane.iter().map(|sample| if sample.is_finite() { *sample } else { 0.0 }));
        }
        self.drain(u64::MAX, emit)
    }

    /// Hands out what is still on its way.
    pub(super) fn finish(&mut self, emit: &mut dyn FnMut(&[&[f32]])) -> Result<(), String> {
        let Some(resampler) = &self.resampler else { return Ok(()) };
        let expected = self.taken * u64::from(tandem_speech::SAMPLE_RATE_HZ) / u64::from(self.rate_hz);
        let chunk = resampler.input_frames_next();
        let delay_chunks = resampler.output_delay() / resampler.output_frames_max().max(1) + 2;
        for _ in 0..delay_chunks {
            for pending in &mut self.pending {
                pending.resize(pending.len() + chunk, 0.0);
            }
            self.drain(expected, emit)?;
        }
        Ok(())
    }

    /// Resamples whole chunks of what is pending, up to `limit` samples given in all.
    fn drain(&mut self, limit: u64, emit: &mut dyn FnMut(&[&[f32]])) -> Result<(), String> {
        let Some(resampler) = &mut self.resampler else { return Ok(()) };
        let channels = self.pending.len();
        loop {
            let needed = resampler.input_frames_next();
            if self.pending.first().map_or(0, Vec::len) < needed {
                return Ok(());
            }
            let frames = self.produced.first().map_or(0, Vec::len);
            let input = SequentialSliceOfVecs::new(&self.pending, channels, needed).map_err(describe)?;
            let mut output =
                SequentialSliceOfVecs::new_mut(&mut self.produced, channels, frames).map_err(describe)?;
            let (_, made) = resampler.process_into_buffer(&input, &mut output, None).map_err(describe)?;
            for pending in &mut self.pending {
                pending.drain(..needed.min(pending.len()));
            }
            let skipped = self.delay_left.min(made);
            self.delay_left -= skipped;
            let wanted = usize::try_from(limit - self.given).unwrap_or(usize::MAX);
            let end = made.min(skipped.saturating_add(wanted));
            self.given += (end - skipped) as u64;
            let slices: Vec<&[f32]> =
                self.produced.iter().map(|plane| plane.get(skipped..end).unwrap_or_default()).collect();
            emit(&slices);
        }
    }
}

fn describe(error: impl std::fmt::Display) -> String {
    format!("it cannot be resampled ({error})")
}
