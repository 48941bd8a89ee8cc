//! Makes samples fit to measure: finite, within full scale, without direct current.

/// One-pole high-pass at about 60 Hz: hum and offsets would otherwise count as voice.
#[derive(Clone, Debug, Default)]
pub(crate) struct Conditioner {
    previous_in: f32,
    previous_out: f32,
}

impl Conditioner {
    /// exp(-2π · 60 Hz / 8000 Hz).
    const POLE: f32 = 0.954;

    /// Conditions one sample; what is not a number counts as silence.
    pub(crate) fn sample(&mut self, raw: f32) -> f32 {
        let input = if raw.is_finite() { raw.clamp(-1.0, 1.0) } else { 0.0 };
        let output = input - self.previous_in + Self::POLE * self.previous_out;
        self.previous_in = input;
        // Denormal numbers would slow the filter down in long silences.
        self.previous_out = if output.abs() < 1e-15 { 0.0 } else { output };
        self.previous_out
    }
}

#[cfg(test)]
mod tests {
    use super::Conditioner;

    #[test]
    fn an_offset_fades_and_a_tone_stays() {
        let mut offset = Conditioner::default();
        let last = (0..8_000).map(|_| offset.sample(0.5)).last().unwrap();
        assert!(last.abs() < 1e-3);
        let mut tone = Conditioner::default();
        let peak = (0..8_000)
            .map(|n| tone.sample((n as f32 * std::f32::consts::TAU * 1_000.0 / 8_000.0).sin()).abs())
            .fold(0.0, f32::max);
        assert!(peak > 0.95);
    }

    #[test]
    fn what_is_not_a_number_is_silence() {
        let mut filter = Conditioner::default();
        for raw in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            assert_eq!(filter.sample(raw), 0.0);
        }
    }
}
