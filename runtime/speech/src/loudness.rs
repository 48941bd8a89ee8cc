//! Loudness over the last seconds of speech.

use crate::level::decibel;

/// Frames of speech that the loudness looks back on (3 s).
const FRAMES: usize = 30;
/// Steps of speech needed before a loudness is told (1 s).
const STEPS_MIN: u32 = 100;

/// Level of a voice over its last 3 s of speech, pauses left out; fixed memory.
///
/// Within any sentence the level moves by far more than 10 dB from one tenth of a second to the next. Averaged over a
/// few seconds of speech, words and pauses no longer show, and a raised voice does.
///
/// Where one recording mixes several voices, keep one of these for each and feed it the frames that are its own.
#[derive(Clone, Debug, Default)]
pub struct Loudness {
    frames: [(u8, f32); FRAMES],
    next: usize,
}

impl Loudness {
    /// Takes one frame's count of voice steps and their mean power (mean square of the samples; frames without voice
    /// change nothing) and tells the level of the mean power, in dB relative to full scale and not below -120, once
    /// 1 s of speech is known.
    pub fn frame(&mut self, voice_steps: u32, power: f32) -> Option<f32> {
        let voice_steps = voice_steps.min(crate::STEPS_PER_FRAME);
        if voice_steps > 0
            && let Some(oldest) = self.frames.get_mut(self.next)
        {
            // What is not a number would stay in the sum for as long as the window lasts.
            *oldest = (voice_steps as u8, if power.is_finite() { power } else { 0.0 });
            self.next = (self.next + 1) % FRAMES;
        }
        // Summed anew each time: a running sum of floats would keep the rounding of everything that left it.
        let add = |(steps, energy): (u32, f32), frame: &(u8, f32)| {
            (steps + u32::from(frame.0), energy + frame.1 * f32::from(frame.0))
        };
        let (steps, energy) = self.frames.iter().fold((0, 0.0), add);
        (steps >= STEPS_MIN).then(|| decibel(energy / steps as f32))
    }
}

#[cfg(test)]
mod tests {
    use super::Loudness;

    #[test]
    fn pauses_do_not_lower_the_loudness() {
        let mut loudness = Loudness::default();
        let before = (0..20).map(|_| loudness.frame(10, 0.01)).last().unwrap().unwrap();
        assert!((before + 20.0).abs() < 0.01);
        (0..500).for_each(|_| _ = loudness.frame(0, 0.0));
        assert_eq!(loudness.frame(0, 0.0), Some(before));
    }

    #[test]
    fn nothing_is_told_before_a_second_of_speech() {
        let mut loudness = Loudness::default();
        (0..9).for_each(|_| assert_eq!(loudness.frame(10, 0.1), None));
        assert!(loudness.frame(10, 0.1).is_some());
    }

    #[test]
    fn a_word_end_moves_it_little_and_three_seconds_move_it_wholly() {
        let mut loudness = Loudness::default();
        (0..30).for_each(|_| _ = loudness.frame(10, 0.001));
        let with_tail = loudness.frame(10, 1e-7).unwrap();
        assert!((with_tail + 30.0).abs() < 0.2, "{with_tail}");
        let raised = (0..30).map(|_| loudness.frame(10, 0.01)).last().unwrap().unwrap();
        assert!((raised + 20.0).abs() < 0.01, "{raised}");
    }

    #[test]
    fn absurd_powers_are_silence() {
        let mut loudness = Loudness::default();
        (0..40).for_each(|_| _ = loudness.frame(u32::MAX, f32::NAN));
        assert_eq!(loudness.frame(10, f32::INFINITY), Some(-120.0));
    }
}
