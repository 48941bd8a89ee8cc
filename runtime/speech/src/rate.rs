//! Speech rate over the last seconds of speech.

/// Frames of speech that the rate looks back on (3 s).
const FRAMES: usize = 30;
/// Steps of speech needed before a rate is told (1 s).
const STEPS_MIN: u32 = 100;

/// Syllables a second over the last 3 s of speech, pauses left out; fixed memory.
///
/// Where one recording mixes several voices, keep one of these for each and feed it the frames that are its own.
#[derive(Clone, Debug, Default)]
pub struct SpeechRate {
    frames: [(u8, u8); FRAMES],
    next: usize,
    steps: u32,
    nuclei: u32,
}

impl SpeechRate {
    /// Takes one frame's voice steps and syllable nuclei (counts; frames without voice change nothing) and tells
    /// the rate in syllables a second, once 1 s of speech is known.
    pub fn frame(&mut self, voice_steps: u32, nuclei: u32) -> Option<f32> {
        let voice_steps = voice_steps.min(crate::STEPS_PER_FRAME);
        let nuclei = nuclei.min(crate::STEPS_PER_FRAME);
        if voice_steps > 0 {
            self.replace(voice_steps, nuclei);
        }
        if self.steps < STEPS_MIN {
            return None;
        }
        Some(self.nuclei as f32 * 1_000.0 / (self.steps * crate::STEP_MS) as f32)
    }

    fn replace(&mut self, voice_steps: u32, nuclei: u32) {
        if let Some(oldest) = self.frames.get_mut(self.next) {
            self.steps = self.steps + voice_steps - u32::from(oldest.0);
            self.nuclei = self.nuclei + nuclei - u32::from(oldest.1);
            *oldest = (voice_steps as u8, nuclei as u8);
        }
        self.next = (self.next + 1) % FRAMES;
    }
}

#[cfg(test)]
mod tests {
    use super::SpeechRate;

    #[test]
    fn pauses_do_not_slow_the_rate_down() {
        let mut rate = SpeechRate::default();
        (0..20).for_each(|n| _ = rate.frame(10, n % 2));
        let before = rate.frame(10, 1).unwrap();
        (0..500).for_each(|_| _ = rate.frame(0, 0));
        assert_eq!(rate.frame(0, 0), Some(before));
    }

    #[test]
    fn nothing_is_told_before_a_second_of_speech() {
        let mut rate = SpeechRate::default();
        (0..9).for_each(|_| assert_eq!(rate.frame(10, 1), None));
        assert_eq!(rate.frame(10, 1), Some(10.0));
    }

    #[test]
    fn counts_beyond_a_frame_are_cut() {
        let mut rate = SpeechRate::default();
        (0..100).for_each(|_| _ = rate.frame(u32::MAX, u32::MAX));
        assert_eq!(rate.frame(10, 10), Some(100.0));
    }
}
