//! Diallers on the reference floor: a quarter of the calls answered, three minutes of talk, rings of 6 to 24 seconds, two
//! seconds to connect. The full table: `cargo run --release -p tandem-simulation --example dialling`.

mod level_law;
mod regimes;

use level_law::{LevelLaw, OverCap, WAYS};
use tandem_centre::campaign::{CalendarClock, DetectorQuality, Pacer};
use tandem_simulation::{DiallingFloor, DiallingResult, MachineDetector, TalkLaw};
use tandem_stdlib::contract::{AbandonCap, AbandonedOf, Pacing, Window};

const DAY_MS: i64 = 86_400_000;
const CAP: AbandonCap =
    AbandonCap { share: 0.03, of: AbandonedOf::LiveAnswers, window: Window::Sliding(30 * DAY_MS) };

fn pacer(pacing: Pacing) -> Pacer {
    Pacer::new(pacing, 24_000, 2_000, CalendarClock("UTC".to_owned()))
}

fn power(agents: u32, ratio: f64) -> f64 {
    let results = (1..=3).map(|seed| {
        let floor = DiallingFloor { days: 5, ..DiallingFloor::reference(agents, seed) };
        floor.run(&mut pacer(Pacing::Power(ratio))).abandonment()
    });
    results.sum::<f64>() / 3.0
}

#[test]
fn over_dialling_has_its_known_shape() {
    let table = [(20, 2.0, 0.016), (20, 2.2, 0.033), (5, 2.5, 0.20), (100, 2.5, 0.0)];
    for (agents, ratio, known) in table {
        let found = power(agents, ratio);
        let near = (found - known).abs() <= (known * 0.15).max(0.0005);
        assert!(near, "{agents} agents at {ratio} ×: {found:.4} abandoned, known {known}");
    }
}

#[test]
fn progressive_dialling_abandons_nobody() {
    let result =
        DiallingFloor { days: 2, ..DiallingFloor::reference(20, 1) }.run(&mut pacer(Pacing::Progressive));
    assert_eq!(result.abandoned, 0);
    assert!(result.live > 1_000);
}

#[test]
fn predictive_dialling_holds_the_cap_and_keeps_agents_busier_than_the_level_law() {
    for (seed, over_cap) in
        (1..=20).zip([OverCap::Tapered, OverCap::HardLimit, OverCap::Average].iter().cycle())
    {
        let floor = DiallingFloor { shift_ms: 4 * 3_600_000, ..DiallingFloor::reference(20, seed) };
        let ours = floor.run(&mut pacer(Pacing::Predictive(CAP)));
        let theirs = floor.run(&mut LevelLaw::new(*over_cap, 20, 3.0));
        assert!(ours.abandonment() <= 0.03, "seed {seed}: {}", ours.abandonment());
        assert!(
            ours.utilisation() > theirs.utilisation() + 0.03,
            "seed {seed}: {} against {}",
            ours.utilisation(),
            theirs.utilisation()
        );
    }
}

/// Six days of each floor that is hard on a dialler; `cargo run --example dialling` prints thirty days and twenty seeds.
#[test]
fn hard_floors_hold_the_cap_and_are_busier_than_any_level_law_that_holds_it() {
    // A hundred agents are no hard floor, and take longer than all others.
    for (name, floor) in regimes::regimes().into_iter().filter(|(_, floor)| floor.agents < 100) {
        let floor = DiallingFloor { days: 6, seed: 1, ..floor };
        let ours = floor.run(&mut pacer(Pacing::Predictive(CAP)));
        assert!(ours.worst_window(30) <= 0.03, "{name}: {}", ours.worst_window(30));
        let progressive = floor.run(&mut pacer(Pacing::Progressive));
        assert!(ours.utilisation() > progressive.utilisation() + 0.02, "{name}: {}", ours.utilisation());
        for (over_cap, how) in WAYS {
            let theirs = floor.run(&mut LevelLaw::new(over_cap, floor.agents, 10.0));
            let lawful = theirs.worst_window(30) <= 0.03;
            assert!(
                !lawful || ours.utilisation() > theirs.utilisation(),
                "{name}, {how}: {} against {}",
                ours.utilisation(),
                theirs.utilisation()
            );
        }
    }
}

/// A window that moves is full from the thirtieth day on, and is held on every day after it as well.
#[test]
fn the_window_that_moves_is_held_on_every_day() {
    let floor = DiallingFloor { days: 75, shift_ms: 2 * 3_600_000, ..DiallingFloor::reference(10, 4) };
    let result = floor.run(&mut pacer(Pacing::Predictive(CAP)));
    assert!(result.worst_window(30) <= 0.03, "{}", result.worst_window(30));
    assert!(result.abandonment() > 0.027, "{}: what the law allows is used", result.abandonment());
}

#[test]
fn a_small_team_holds_the_cap_on_every_single_day() {
    let window = Window::CalendarDay;
    let floor = DiallingFloor { days: 20, ..DiallingFloor::reference(5, 3) };
    let result = floor.run(&mut pacer(Pacing::Predictive(AbandonCap { window, ..CAP })));
    for (day, (live, abandoned)) in result.days.iter().enumerate() {
        assert!(*abandoned as f64 <= 0.03 * *live as f64, "day {day}: {abandoned} of {live}");
    }
    let progressive = floor.run(&mut pacer(Pacing::Progressive));
    assert!(result.utilisation() > progressive.utilisation() + 0.02);
}

#[test]
fn the_cap_holds_when_talk_and_answers_are_unlike_what_was_believed() {
    for (live_share, talk) in
        [(0.7, TalkLaw::Lognormal(60_000.0, 20_000.0)), (0.05, TalkLaw::Lognormal(300_000.0, 400_000.0))]
    {
        let floor = DiallingFloor { live_share, talk, days: 5, ..DiallingFloor::reference(12, 9) };
        let result: DiallingResult = floor.run(&mut pacer(Pacing::Predictive(CAP)));
        assert!(result.abandonment() <= 0.03, "{live_share}: {}", result.abandonment());
        assert!(result.utilisation() > 0.8, "{live_share}: {}", result.utilisation());
    }
}

/// A third of the calls meets a machine, and the dialler knows how good the detector is.
fn with_machines((found, person_taken): (f64, f64), told: bool) -> DiallingResult {
    let detector = Some(MachineDetector::new(found, person_taken, 800));
    let floor = DiallingFloor { machine_share: 0.3, detector, days: 6, ..DiallingFloor::reference(20, 5) };
    let mut dialler = pacer(Pacing::Predictive(CAP));
    if told {
        dialler.hears(DetectorQuality { found, person_taken });
    }
    floor.run(&mut dialler)
}

#[test]
fn people_who_are_taken_for_machines_count_as_abandoned_and_the_dialler_makes_up_for_them() {
    let perfect = with_machines((1.0, 0.0), true);
    assert_eq!((perfect.taken_for_machine, perfect.machines_connected), (0, 0));
    assert!((0.027..=0.03).contains(&perfect.abandonment()), "{}", perfect.abandonment());
    for person_taken in [0.005, 0.01, 0.02] {
        let unsure = with_machines((0.92, person_taken), true);
        let share = unsure.taken_for_machine as f64 / unsure.live as f64;
        assert!((share - person_taken).abs() < 0.003, "{share}");
        assert!((0.024..=0.03).contains(&unsure.abandonment()), "{person_taken}: {}", unsure.abandonment());
    }
    let untold = with_machines((0.92, 0.02), false);
    assert!(untold.abandonment() > 0.035, "a dialler that does not know: {}", untold.abandonment());
}

#[test]
fn a_detector_that_alone_breaks_the_law_leaves_one_call_for_each_free_agent() {
    let hopeless = with_machines((0.92, 0.06), true);
    let unattended = hopeless.abandoned - hopeless.taken_for_machine;
    // The first answers come before the detector's errors show.
    assert!(unattended < 10, "{unattended}");
    assert!((0.05..0.07).contains(&hopeless.abandonment()), "{}", hopeless.abandonment());
}

#[test]
fn the_same_seed_gives_the_same_calls() {
    let floor = DiallingFloor { days: 2, ..DiallingFloor::reference(8, 7) };
    let run = || floor.run(&mut pacer(Pacing::Predictive(CAP)));
    assert_eq!(run(), run());
    let other = DiallingFloor { seed: 8, ..floor.clone() };
    assert_ne!(run(), other.run(&mut pacer(Pacing::Predictive(CAP))));
}
