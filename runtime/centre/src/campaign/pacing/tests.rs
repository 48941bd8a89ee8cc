use super::*;
use tandem_stdlib::contract::{AbandonedOf, Window};

const CAP: AbandonCap = AbandonCap { share: 0.03, of: AbandonedOf::LiveAnswers, window: Window::Campaign };

fn pacer(pacing: Pacing) -> Pacer {
    Pacer::new(pacing, 20_000, 2_000, CalendarClock("UTC".to_owned()))
}

fn scene<'a>(idle: u32, busy: &'a [i64], ringing: &'a [i64]) -> Scene<'a> {
    Scene { now_ms: 100_000, idle, busy_since_ms: busy, ringing_since_ms: ringing }
}

#[test]
fn preview_and_progressive_place_one_call_for_each_free_agent() {
    for pacing in [Pacing::Preview, Pacing::Progressive] {
        assert_eq!(pacer(pacing).dials(&scene(5, &[0], &[0, 0])), 3);
        assert_eq!(pacer(pacing).dials(&scene(1, &[], &[0, 0])), 0);
    }
}

#[test]
fn power_places_so_many_for_each_and_never_rounds_below() {
    assert_eq!(pacer(Pacing::Power(2.2)).dials(&scene(1, &[], &[])), 3);
    assert_eq!(pacer(Pacing::Power(1e9)).dials(&scene(9, &[], &[])), MAX_DIALS_AT_ONCE);
    assert_eq!(pacer(Pacing::Power(f64::NAN)).dials(&scene(9, &[], &[])), 0);
}

#[test]
fn predictive_starts_with_no_risk_and_takes_some_once_it_may() {
    let mut pacer = pacer(Pacing::Predictive(CAP));
    assert_eq!(pacer.dials(&scene(4, &[0; 6], &[])), 4, "no call may be abandoned yet");
    for _ in 0..1_000 {
        pacer.learn(50_000, Learnt::Answered { after_ms: 10_000 });
        pacer.learn(50_000, Learnt::Connected);
        (0..3).for_each(|_| pacer.learn(50_000, Learnt::Unanswered { after_ms: 20_000 }));
        pacer.learn(50_000, Learnt::Released { after_ms: 120_000 });
    }
    let dials = pacer.dials(&scene(4, &[0; 6], &[]));
    assert!((6..20).contains(&dials), "{dials}");
    assert!(pacer.dials(&scene(4, &[0; 6], &[95_000; 60])) == 0, "enough ring already");
    let none = pacer.dials(&scene(0, &[], &[]));
    assert_eq!(none, 0, "nobody works");
    (0..40).for_each(|_| pacer.learn(60_000, Learnt::Abandoned));
    assert_eq!(pacer.dials(&scene(4, &[0; 6], &[])), 4, "the cap is used up");
    assert_eq!(pacer.abandonment(60_000), Some(AbandonCount { abandoned: 40, of: 1_000 }));
}
