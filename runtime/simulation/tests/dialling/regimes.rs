//! Floors on which a dialler is hard put to it: whoever doubts a cap looks there first.

use tandem_simulation::{DiallingFloor, TalkLaw};

const HOUR_MS: i64 = 3_600_000;

/// The reference floor and what is hard about others, by name; each for thirty days of eight hours.
pub(crate) fn regimes() -> Vec<(&'static str, DiallingFloor)> {
    let of = |agents| DiallingFloor::reference(agents, 0);
    let talks = |mean_ms| TalkLaw::Exponential(mean_ms);
    vec![
        ("20 agents, 25 % answer, 3 min", of(20)),
        ("5 agents", of(5)),
        ("2 agents", of(2)),
        ("100 agents", of(100)),
        ("10 % answer", DiallingFloor { live_share: 0.1, ..of(20) }),
        ("60 % answer", DiallingFloor { live_share: 0.6, ..of(20) }),
        ("talk of 10 min", DiallingFloor { talk: talks(600_000.0), ..of(20) }),
        ("talk of 30 s", DiallingFloor { talk: talks(30_000.0), ..of(20) }),
        (
            "talk that varies widely",
            DiallingFloor { talk: TalkLaw::Lognormal(180_000.0, 360_000.0), ..of(20) },
        ),
        ("5 agents, 10 % answer, 10 min", DiallingFloor { live_share: 0.1, talk: talks(600_000.0), ..of(5) }),
        (
            "10 % answer, from noon 40 %",
            DiallingFloor { live_share: 0.1, answers_change: Some((3 * HOUR_MS, 0.4)), ..of(20) },
        ),
        (
            "40 % answer, from noon 10 %",
            DiallingFloor { live_share: 0.4, answers_change: Some((3 * HOUR_MS, 0.1)), ..of(20) },
        ),
        (
            "15 of 20 leave for lunch at once",
            DiallingFloor { lunch: Some((3 * HOUR_MS, 4 * HOUR_MS, 15)), ..of(20) },
        ),
        (
            "5 agents, 4 leave for lunch at once",
            DiallingFloor { lunch: Some((3 * HOUR_MS, 4 * HOUR_MS, 4)), ..of(5) },
        ),
    ]
}
