use proptest::prelude::*;

use super::*;

fn fresh(slots: u32) -> Vec<u64> {
    vec![0; slots as usize]
}

/// The lowest sample of every step within reach, looked up the slow way.
fn naive_rise(history: &[(i64, f64)], window_ms: i64) -> f64 {
    let Some(&(now, value)) = history.last() else { return f64::NAN };
    let reach = (window_ms + STEP_MS - 1) / STEP_MS;
    let lowest = history
        .iter()
        .filter(|(at, _)| now / STEP_MS - at / STEP_MS <= reach)
        .fold(f64::INFINITY, |low, (_, value)| low.min(*value));
    value - lowest
}

proptest! {
    #[test]
    fn rise_and_fall_equal_a_full_scan(
        window_ms in 0i64..3_000,
        samples in prop::collection::vec((0i64..900, -60i32..0), 1..200),
    ) {
        let (mut up, mut down) = (fresh(extreme_slots(window_ms)), fresh(extreme_slots(window_ms)));
        let (mut history, mut mirrored, mut now) = (Vec::new(), Vec::new(), 0);
        for (gap, level) in samples {
            now += gap;
            let value = f64::from(level) / 2.0;
            history.push((now, value));
            mirrored.push((now, -value));
            prop_assert_eq!(rise(&mut up, now, window_ms, value), naive_rise(&history, window_ms));
            prop_assert_eq!(fall(&mut down, now, window_ms, value), naive_rise(&mirrored, window_ms));
        }
    }

    #[test]
    fn count_within_equals_a_full_scan(
        times in 1u32..6,
        within_ms in 0i64..5_000,
        samples in prop::collection::vec((0i64..2_000, any::<bool>()), 1..100),
    ) {
        let mut state = fresh(count_slots(times));
        let (mut seen, mut now) = (Vec::new(), 0);
        for (gap, happened) in samples {
            now += gap;
            if happened {
                seen.push(now);
            }
            let near = seen.iter().filter(|at| now - **at <= within_ms).count();
            let expected = happened && near >= times as usize;
            prop_assert_eq!(count_within(&mut state, now, within_ms, happened), expected);
        }
    }

    #[test]
    fn usual_ratio_equals_a_full_mean(values in prop::collection::vec(1u32..500, 1..120)) {
        let mut state = fresh(USUAL_SLOTS);
        let mut sum = 0.0;
        for (index, value) in values.iter().map(|value| f64::from(*value)).enumerate() {
            let got = usual_ratio(&mut state, index as i64 * STEP_MS, 5_000, value);
            if index < 50 {
                prop_assert!(got.is_nan());
            } else {
                prop_assert_eq!(got, value / (sum / index as f64));
            }
            sum += value;
        }
    }

    #[test]
    fn no_state_however_broken_panics(
        mut state in prop::collection::vec(any::<u64>(), 0..8),
        now_ms in any::<i64>(),
        parameter in any::<i64>(),
        bits in any::<u64>(),
    ) {
        let value = f64::from_bits(bits);
        rise(&mut state, now_ms, parameter, value);
        fall(&mut state, now_ms, parameter, value);
        usual_ratio(&mut state, now_ms, parameter, value);
        count_within(&mut state, now_ms, parameter, true);
    }
}

#[test]
fn a_missing_sample_changes_nothing() {
    let mut state = fresh(extreme_slots(1_000));
    assert_eq!(rise(&mut state, 0, 1_000, -30.0), 0.0);
    let before = state.clone();
    assert!(rise(&mut state, 100, 1_000, f64::NAN).is_nan());
    assert_eq!(state, before);
    assert_eq!(rise(&mut state, 200, 1_000, -24.0), 6.0);
}

#[test]
fn the_window_forgets_what_is_older() {
    let mut state = fresh(extreme_slots(1_000));
    rise(&mut state, 0, 1_000, -30.0);
    assert_eq!(rise(&mut state, 1_000, 1_000, -20.0), 10.0);
    assert_eq!(rise(&mut state, 1_100, 1_000, -20.0), 0.0);
}

#[test]
fn samples_within_one_step_do_not_count_twice_as_usual() {
    let mut state = fresh(USUAL_SLOTS);
    for step in 0..10 {
        usual_ratio(&mut state, step * 100, 1_000, 9.0);
        usual_ratio(&mut state, step * 100 + 50, 1_000, 4.0);
    }
    assert_eq!(usual_ratio(&mut state, 1_000, 1_000, 6.0), 1.5);
}

#[test]
fn a_short_state_answers_unknown() {
    assert!(rise(&mut [], 0, 100, 1.0).is_nan());
    assert!(rise(&mut [0], 0, 100, 1.0).is_nan());
    assert!(usual_ratio(&mut [0, 0], 0, 0, 1.0).is_nan());
    assert!(!count_within(&mut [0], 0, 100, true));
}
