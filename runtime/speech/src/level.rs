//! Levels in decibels.

/// Power to decibels, not below -120.
pub(crate) fn decibel(power: f32) -> f32 {
    10.0 * power.max(1e-12).log10()
}
