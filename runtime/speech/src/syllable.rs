//! Syllable nuclei: peaks of the intensity with a dip before and after.
//!
//! After N. H. de Jong and T. Wempe, "Praat script to detect syllable nuclei and measure speech rate automatically",
//! Behavior Research Methods 41(2), 2009, made causal: a peak counts as soon as the level has fallen by the dip.

/// A peak stands out from the dips around it by at least this much.
const DIP_DB: f32 = 2.0;
/// A peak is at most this far below the loudest recent one.
const BELOW_LOUDEST_DB: f32 = 22.0;
/// How fast the memory of the loudest peak fades, in dB a step (3 dB a second).
const FADE_DB: f32 = 0.03;
/// Fewest steps between two nuclei: nobody speaks faster than 12 syllables a second.
const STEPS_BETWEEN_MIN: u32 = 8;
/// Weight of the newest step in the smoothed intensity (about 30 ms).
const SMOOTHING: f32 = 0.30;

/// Finds nuclei step by step.
#[derive(Clone, Debug)]
pub(crate) struct SyllableNuclei {
    smoothed: [f32; 2],
    loudest_db: f32,
    peak_db: f32,
    dip_db: f32,
    rising: bool,
    since_last: u32,
}

impl Default for SyllableNuclei {
    fn default() -> Self {
        Self {
            smoothed: [0.0; 2],
            loudest_db: -60.0,
            peak_db: -120.0,
            dip_db: -120.0,
            rising: true,
            since_last: STEPS_BETWEEN_MIN,
        }
    }
}

impl SyllableNuclei {
    /// Takes the next step's power and whether it is voice; tells whether a nucleus ended here.
    pub(crate) fn step(&mut self, power: f32, voice: bool) -> bool {
        let mut level = power;
        for stage in &mut self.smoothed {
            *stage += SMOOTHING * (level - *stage);
            level = *stage;
        }
        let level_db = crate::level::decibel(level);
        self.loudest_db = (self.loudest_db - FADE_DB).max(-60.0);
        if voice {
            self.loudest_db = self.loudest_db.max(level_db);
        }
        self.since_last = self.since_last.saturating_add(1);
        if self.rising { self.falls_from_peak(level_db, voice) } else { self.rises_from_dip(level_db) }
    }

    fn falls_from_peak(&mut self, level_db: f32, voice: bool) -> bool {
        self.peak_db = self.peak_db.max(level_db);
        if level_db > self.peak_db - DIP_DB {
            return false;
        }
        self.rising = false;
        self.dip_db = level_db;
        let counts = voice
            && self.peak_db > self.loudest_db - BELOW_LOUDEST_DB
            && self.since_last >= STEPS_BETWEEN_MIN;
        if counts {
            self.since_last = 0;
        }
        counts
    }

    fn rises_from_dip(&mut self, level_db: f32) -> bool {
        self.dip_db = self.dip_db.min(level_db);
        if level_db >= self.dip_db + DIP_DB {
            self.rising = true;
            self.peak_db = level_db;
        }
        false
    }
}
