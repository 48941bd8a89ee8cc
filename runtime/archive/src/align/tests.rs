//! Turns find their place in speech.

use proptest::prelude::*;

use super::{place, speaking_ms, syllables};

fn speech(runs: &[(usize, bool)]) -> Vec<bool> {
    runs.iter().flat_map(|(steps, voice)| std::iter::repeat_n(*voice, *steps)).collect()
}

#[test]
fn turns_end_at_the_pauses_that_fit_their_lengths() {
    let voice =
        speech(&[(50, false), (300, true), (60, false), (100, true), (60, false), (200, true), (50, false)]);
    let spans = place(&[3.0, 1.0, 2.0], &voice).unwrap();
    assert_eq!(spans, [(50, 350), (410, 510), (570, 770)]);
}

#[test]
fn pauses_within_a_turn_do_not_cut_it() {
    let voice = speech(&[(200, true), (20, false), (200, true), (90, false), (100, true)]);
    assert_eq!(place(&[4.1, 1.0], &voice).unwrap(), [(0, 420), (510, 610)]);
}

#[test]
fn speech_without_pauses_is_cut_in_proportion() {
    let spans = place(&[1.0, 3.0], &speech(&[(400, true)])).unwrap();
    assert_eq!(spans, [(0, 100), (100, 400)]);
}

#[test]
fn without_speech_or_turns_nothing_is_placed() {
    assert_eq!(place(&[1.0], &[false; 500]), None);
    assert_eq!(place(&[1.0], &[]), None);
    assert_eq!(place(&[], &[true; 500]), None);
}

#[test]
fn syllables_are_counted_in_both_scripts() {
    assert_eq!(syllables("我要销户"), 4.0);
    assert_eq!(syllables("banana"), 3.0);
    assert_eq!(syllables("Close my account"), 4.0);
    assert_eq!(syllables(""), 1.0);
    assert!(speaking_ms("one two three four five") > 800);
}

proptest! {
    #[test]
    fn spans_are_in_order_and_inside(
        lengths in prop::collection::vec(0.5_f32..60.0, 1..80),
        runs in prop::collection::vec((1_usize..400, any::<bool>()), 1..60),
    ) {
        let voice = speech(&runs);
        if let Some(spans) = place(&lengths, &voice) {
            prop_assert_eq!(spans.len(), lengths.len());
            let mut before = 0;
            for (start, end) in spans {
                prop_assert!(before <= start && start <= end && end <= voice.len());
                before = end;
            }
        }
    }
}
