//! Operators over a sliding stretch of time, with their whole state in a few slots.
//!
//! Every operator takes its state as a slice of [`Slot`](crate::contract::Slot)-sized words. A slice of zeros is a
//! fresh state; nothing is allocated; a slice that is too short makes the operator answer "unknown".
//!
//! The sliding minimum is the ascending-minima ring (Lemire, "Streaming maximum-minimum filter using no more than
//! three comparisons per element", 2006): O(1) amortised. Samples are grouped in steps of [`STEP_MS`], so the ring
//! is bounded however often samples come.

/// Samples that fall into one step of this many milliseconds count as one.
pub const STEP_MS: i64 = 100;

/// The longest window, in milliseconds, that [`extreme_slots`] gives full room to.
pub const WINDOW_MS_MAX: i64 = 600_000;

/// The largest number of times that [`count_slots`] gives room to.
pub const TIMES_MAX: u32 = 1_000;

/// Slots of state for [`usual_ratio`].
pub const USUAL_SLOTS: u32 = 4;

/// Slots of state for [`rise`] and [`fall`] over `window_ms` milliseconds, clamped to 0..=[`WINDOW_MS_MAX`].
#[must_use]
pub fn extreme_slots(window_ms: i64) -> u32 {
    // One header, one entry a step of the window, and the step of the sample itself.
    u32::try_from(steps_of(window_ms)).map_or(2, |steps| steps.saturating_add(2))
}

/// Slots of state for [`count_within`] for `times` times, clamped to 1..=[`TIMES_MAX`].
#[must_use]
pub fn count_slots(times: u32) -> u32 {
    times.clamp(1, TIMES_MAX) + 1
}

/// `value` minus the lowest sample of the last `window_ms` milliseconds, the sample itself included: 0 or more.
///
/// NaN, and no change of state, when `value` is NaN or the state has no room. Samples are kept as `f32`.
pub fn rise(state: &mut [u64], now_ms: i64, window_ms: i64, value: f64) -> f64 {
    above_lowest(state, now_ms, window_ms, value)
}

/// The highest sample of the last `window_ms` milliseconds minus `value`, the sample itself included: 0 or more.
///
/// NaN, and no change of state, when `value` is NaN or the state has no room. Samples are kept as `f32`.
pub fn fall(state: &mut [u64], now_ms: i64, window_ms: i64, value: f64) -> f64 {
    above_lowest(state, now_ms, window_ms, -value)
}

/// `value` over the mean of the samples of earlier steps, once `minimum_ms` milliseconds of them are known.
///
/// A step with a sample counts [`STEP_MS`]; the last sample of a step stands for it. The caller passes NaN while
/// the party is not speaking. NaN when `value` is NaN, too little is known, or the mean is not above zero.
pub fn usual_ratio(state: &mut [u64], now_ms: i64, minimum_ms: i64, value: f64) -> f64 {
    let [sum_slot, count_slot, step_slot, pending_slot, ..] = state else { return f64::NAN };
    if value.is_nan() {
        return f64::NAN;
    }
    // Steps are stored from 1, so that zero means "no sample yet".
    let step = step_of(now_ms).saturating_add(1).max(*step_slot);
    if *step_slot != 0 && step != *step_slot {
        *sum_slot = (f64::from_bits(*sum_slot) + f64::from_bits(*pending_slot)).to_bits();
        *count_slot = count_slot.saturating_add(1);
    }
    *step_slot = step;
    *pending_slot = value.to_bits();
    let count = *count_slot;
    let known_ms = i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(STEP_MS);
    if count == 0 || known_ms < minimum_ms {
        return f64::NAN;
    }
    // A call has far fewer than 2^32 steps: the conversion is exact.
    let mean = f64::from_bits(*sum_slot) / u32::try_from(count).map_or(f64::INFINITY, f64::from);
    if mean > 0.0 { value / mean } else { f64::NAN }
}

/// Whether `happened` now, and together with the last ones as often as the state has room for within `within_ms`.
///
/// The number of times asked for is the state's length minus one ([`count_slots`]); both ends count.
pub fn count_within(state: &mut [u64], now_ms: i64, within_ms: i64, happened: bool) -> bool {
    let Some((next, moments)) = state.split_first_mut() else { return false };
    let times = moments.len() as u64;
    if !happened || times == 0 {
        return false;
    }
    // Moments are stored from 1, so that zero means "never".
    let now = now_ms.max(0).cast_unsigned().saturating_add(1);
    if let Some(moment) = usize::try_from(*next % times).ok().and_then(|at| moments.get_mut(at)) {
        *moment = now;
    }
    *next = (*next + 1) % times;
    let oldest = usize::try_from(*next).ok().and_then(|at| moments.get(at)).copied().unwrap_or(0);
    oldest != 0 && now.saturating_sub(oldest) <= within_ms.max(0).cast_unsigned()
}

fn steps_of(window_ms: i64) -> i64 {
    (window_ms.clamp(0, WINDOW_MS_MAX) + STEP_MS - 1) / STEP_MS
}

fn step_of(now_ms: i64) -> u64 {
    (now_ms.max(0) / STEP_MS).cast_unsigned()
}

/// Header: index of the oldest entry in the upper half, number of entries in the lower.
fn unpack(slot: u64) -> (usize, usize) {
    ((slot >> 32) as usize, (slot & 0xffff_ffff) as usize)
}

/// An entry: its step in the upper half, the bits of its value in the lower.
fn entry(slot: u64) -> (u32, f32) {
    ((slot >> 32) as u32, f32::from_bits((slot & 0xffff_ffff) as u32))
}

fn above_lowest(state: &mut [u64], now_ms: i64, window_ms: i64, value: f64) -> f64 {
    let Some((header, ring)) = state.split_first_mut() else { return f64::NAN };
    if value.is_nan() || ring.is_empty() {
        return f64::NAN;
    }
    let room = ring.len();
    let wrap = |at: usize| if at >= room { at - room } else { at };
    #[expect(clippy::cast_possible_truncation, reason = "samples are kept as f32 by definition")]
    let sample = value as f32;
    let (mut oldest, mut count) = unpack(*header);
    if oldest >= room || count > room {
        return f64::NAN;
    }
    let mut step = u32::try_from(step_of(now_ms)).unwrap_or(u32::MAX);
    let newest = |count: usize, oldest: usize, ring: &[u64]| {
        count.checked_sub(1).and_then(|last| ring.get(wrap(oldest + last))).map(|slot| entry(*slot))
    };
    // Time never runs backwards in a call; a late sample counts as one of now.
    if let Some((last, _)) = newest(count, oldest, ring) {
        step = step.max(last);
    }
    let reach = u32::try_from(steps_of(window_ms)).unwrap_or(u32::MAX);
    while count > 0 && ring.get(oldest).is_some_and(|slot| step - entry(*slot).0.min(step) > reach) {
        oldest = wrap(oldest + 1);
        count -= 1;
    }
    while newest(count, oldest, ring).is_some_and(|(_, kept)| kept >= sample) {
        count -= 1;
    }
    // A lower entry of the same step outlives this sample: there is nothing to keep.
    if newest(count, oldest, ring).is_none_or(|(last, _)| last != step) {
        if count == room {
            oldest = wrap(oldest + 1);
            count -= 1;
        }
        if let Some(slot) = ring.get_mut(wrap(oldest + count)) {
            *slot = (u64::from(step) << 32) | u64::from(sample.to_bits());
        }
        count += 1;
    }
    *header = ((oldest as u64) << 32) | count as u64;
    let lowest = ring.get(oldest).map_or(sample, |slot| entry(*slot).1);
    f64::from(sample) - f64::from(lowest)
}

#[cfg(test)]
mod tests;
