//! Voice activity from the level above an adaptive noise floor.
//!
//! The floor follows the minimum of the level over the last seconds, after R. Martin, "Noise Power Spectral Density
//! Estimation Based on Optimal Smoothing and Minimum Statistics", IEEE Trans. Speech and Audio Processing 9(5), 2001.
//! A steady sound, however loud, becomes floor once it has lasted as long as the window: a dial tone is no speech.

/// Steps in one part of the window (0.5 s).
const PART_STEPS: u32 = 50;
/// Parts in the window (3 s): longer than speech goes without a dip between words.
const PARTS: usize = 6;
/// Above the floor by this much: voice begins.
const BEGIN_DB: f32 = 10.0;
/// Above the floor by this much: voice goes on.
const KEEP_DB: f32 = 6.0;
/// Steps that voice lasts on after the level fell: word ends are soft.
const HANGOVER_STEPS: u32 = 8;
/// Below this level no voice begins.
const QUIETEST_VOICE_DB: f32 = -55.0;
/// Below this level nothing is voice, not even the end of a word: lines without noise fall to silence at once.
const SILENCE_DB: f32 = -60.0;
/// The floor is never taken higher than this before a whole window is known: a caller may speak at once.
const FIRST_FLOOR_DB: f32 = -35.0;
/// The minimum of a fluctuating level lies below its mean.
const MINIMUM_BIAS_DB: f32 = 1.5;

/// Decides step by step whether there is voice.
#[derive(Clone, Debug)]
pub(crate) struct VoiceActivity {
    parts: [f32; PARTS],
    part: usize,
    part_steps: u32,
    windows_full: bool,
    smoothed_db: Option<f32>,
    hangover: u32,
}

impl Default for VoiceActivity {
    fn default() -> Self {
        Self {
            parts: [f32::MAX; PARTS],
            part: 0,
            part_steps: 0,
            windows_full: false,
            smoothed_db: None,
            hangover: 0,
        }
    }
}

impl VoiceActivity {
    /// Takes the level of the next step in dB and tells whether it is voice.
    pub(crate) fn step(&mut self, level_db: f32) -> bool {
        let smoothed = self.smoothed_db.map_or(level_db, |before| before + 0.4 * (level_db - before));
        self.smoothed_db = Some(smoothed);
        self.follow(smoothed);
        let floor = self.floor_db();
        let needed = if self.hangover > 0 { floor + KEEP_DB } else { floor + BEGIN_DB };
        if level_db > needed.max(QUIETEST_VOICE_DB) {
            self.hangover = HANGOVER_STEPS;
            return true;
        }
        self.hangover = self.hangover.saturating_sub(1);
        self.hangover > 0 && level_db > SILENCE_DB
    }

    /// The noise floor in dB.
    pub(crate) fn floor_db(&self) -> f32 {
        let lowest = self.parts.iter().copied().fold(f32::MAX, f32::min) + MINIMUM_BIAS_DB;
        if self.windows_full { lowest } else { lowest.min(FIRST_FLOOR_DB) }
    }

    fn follow(&mut self, level_db: f32) {
        if self.part_steps == PART_STEPS {
            self.part_steps = 0;
            self.part = (self.part + 1) % PARTS;
            self.windows_full |= self.part == 0;
            if let Some(part) = self.parts.get_mut(self.part) {
                *part = f32::MAX;
            }
        }
        self.part_steps += 1;
        if let Some(part) = self.parts.get_mut(self.part) {
            *part = part.min(level_db);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::VoiceActivity;

    #[test]
    fn a_steady_sound_is_no_voice_once_the_window_is_full() {
        let mut activity = VoiceActivity::default();
        let said: Vec<bool> = (0..600).map(|_| activity.step(-20.0)).collect();
        assert!(said[10]);
        assert!(!said[400..].iter().any(|voice| *voice));
    }

    #[test]
    fn the_floor_follows_noise_up_and_down() {
        let mut activity = VoiceActivity::default();
        (0..600).for_each(|_| _ = activity.step(-40.0));
        assert!((activity.floor_db() + 38.5).abs() < 0.1);
        (0..600).for_each(|_| _ = activity.step(-70.0));
        assert!((activity.floor_db() + 68.5).abs() < 0.1);
    }

    #[test]
    fn a_short_dip_between_syllables_is_still_voice() {
        let mut activity = VoiceActivity::default();
        (0..100).for_each(|_| _ = activity.step(-58.0));
        (0..20).for_each(|_| assert!(activity.step(-20.0)));
        (0..5).for_each(|_| assert!(activity.step(-58.0)));
        (0..20).for_each(|_| _ = activity.step(-58.0));
        assert!(!activity.step(-58.0));
    }

    #[test]
    fn silence_is_never_voice_not_even_behind_a_word() {
        let mut activity = VoiceActivity::default();
        (0..100).for_each(|_| _ = activity.step(-90.0));
        (0..20).for_each(|_| assert!(activity.step(-20.0)));
        assert!(!activity.step(-61.0));
        assert!(!activity.step(-90.0));
    }
}
