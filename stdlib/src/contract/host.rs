//! Operations that the host carries out for compiled code: a closed list, called by slot.

use serde::{Deserialize, Serialize};

use super::Slot;
use crate::words::window;

/// An operation over a few slots of an entry's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HostOp {
    /// Sample (`f64`) minus the lowest of the last `parameter` milliseconds.
    Rise,
    /// The highest of the last `parameter` milliseconds minus the sample (`f64`).
    Fall,
    /// Sample (`f64`) over the call's own mean so far; NaN until `parameter` milliseconds of samples are known.
    UsualRatio,
    /// 1 when the sample is 1 and it and enough earlier ones (the state's capacity) lie within `parameter`
    /// milliseconds, else 0.
    CountWithin,
}

impl HostOp {
    /// All operations in order of their slots in the host table.
    pub const ALL: [Self; 4] = [Self::Rise, Self::Fall, Self::UsualRatio, Self::CountWithin];

    /// Carries the operation out over its part of an entry's state: the one meaning of it, for native code (through
    /// the host table) and the reference interpreter alike.
    #[must_use]
    pub fn apply(self, state: &mut [Slot], now_ms: i64, parameter: i64, sample: Slot) -> Slot {
        let value = f64::from_bits(sample);
        match self {
            Self::Rise => canonical(window::rise(state, now_ms, parameter, value)),
            Self::Fall => canonical(window::fall(state, now_ms, parameter, value)),
            Self::UsualRatio => canonical(window::usual_ratio(state, now_ms, parameter, value)),
            Self::CountWithin => Slot::from(window::count_within(state, now_ms, parameter, sample == 1)),
        }
    }
    /// Slots of state that the operation needs; `count` is how often something must happen, for
    /// [`HostOp::CountWithin`] alone.
    #[must_use]
    pub fn state_slots(self, parameter: i64, count: u32) -> u32 {
        match self {
            Self::Rise | Self::Fall => window::extreme_slots(parameter),
            Self::UsualRatio => window::USUAL_SLOTS,
            Self::CountWithin => window::count_slots(count),
        }
    }
}

/// The bits of a float with every NaN made the same, so that all evaluators answer alike.
const fn canonical(value: f64) -> Slot {
    if value.is_nan() { f64::NAN.to_bits() } else { value.to_bits() }
}
