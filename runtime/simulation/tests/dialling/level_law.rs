//! The pacing law that predictive diallers in public source use, to compare with: calls ring for so many times the free
//! agents, a level that follows the free agents of the last minute and falls when today's drops pass the cap.

use std::collections::VecDeque;

use tandem_centre::campaign::{Learnt, Scene};
use tandem_simulation::Dialler;

const ADAPT_EVERY_MS: i64 = 15_000;
const MINUTE_MS: i64 = 60_000;
const SHIFT_MS: i64 = 8 * 3_600_000;

/// What happens when today's drops pass the cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OverCap {
    /// The level falls to 1.
    HardLimit,
    /// The level is halved.
    Average,
    /// The level falls with the share of the shift that is left.
    Tapered,
}

/// All of them, with their names.
pub(crate) const WAYS: [(OverCap, &str); 3] =
    [(OverCap::HardLimit, "hard limit"), (OverCap::Average, "average"), (OverCap::Tapered, "tapered")];

/// The law with its state.
pub(crate) struct LevelLaw {
    over_cap: OverCap,
    agents: f64,
    intensity: f64,
    level_max: f64,
    level: f64,
    cap: f64,
    shift_begins_ms: i64,
    adapts_ms: i64,
    live: u64,
    dropped: u64,
    idle_seen: (f64, f64),
    minute: VecDeque<(i64, bool)>,
}

impl LevelLaw {
    pub(crate) fn new(over_cap: OverCap, agents: u32, level_max: f64) -> Self {
        Self {
            over_cap,
            agents: f64::from(agents),
            intensity: 1.0,
            level_max,
            level: 1.0,
            cap: 0.03,
            shift_begins_ms: i64::MIN,
            adapts_ms: i64::MIN,
            live: 0,
            dropped: 0,
            idle_seen: (0.0, 0.0),
            minute: VecDeque::new(),
        }
    }

    fn adapt(&mut self, now_ms: i64) {
        let (sum, seen) = std::mem::take(&mut self.idle_seen);
        let difference = sum / seen.max(1.0);
        self.level *= 1.0 + difference / self.agents * self.intensity;
        self.level = self.level.clamp(1.0, self.level_max);
        if self.live >= 50 && self.dropped as f64 > self.cap * self.live as f64 {
            let left = 1.0 - (now_ms - self.shift_begins_ms) as f64 / SHIFT_MS as f64;
            self.level = match self.over_cap {
                OverCap::HardLimit => 1.0,
                OverCap::Average => self.level / 2.0,
                OverCap::Tapered => self.level * left,
            };
        }
        while self.minute.front().is_some_and(|(at, _)| *at < now_ms - MINUTE_MS) {
            self.minute.pop_front();
        }
        let drops = self.minute.iter().filter(|(_, dropped)| *dropped).count();
        if self.minute.len() > 20 && drops * 2 > self.minute.len() {
            self.level /= 2.0;
        }
        self.level = self.level.max(1.0);
    }

    fn new_day(&mut self, now_ms: i64) {
        (self.live, self.dropped, self.shift_begins_ms, self.adapts_ms) = (0, 0, now_ms, now_ms);
        self.level = 1.0;
        self.minute.clear();
    }
}

impl Dialler for LevelLaw {
    fn dials(&mut self, scene: &Scene<'_>) -> u32 {
        if self.shift_begins_ms == i64::MIN || scene.now_ms - self.shift_begins_ms > SHIFT_MS {
            self.new_day(scene.now_ms);
        }
        self.idle_seen.0 += f64::from(scene.idle);
        self.idle_seen.1 += 1.0;
        if scene.now_ms >= self.adapts_ms {
            self.adapt(scene.now_ms);
            self.adapts_ms = scene.now_ms + ADAPT_EVERY_MS;
        }
        let wanted = (f64::from(scene.idle) * self.level).floor() as usize;
        wanted.saturating_sub(scene.ringing_since_ms.len()) as u32
    }

    fn learn(&mut self, now_ms: i64, learnt: Learnt) {
        match learnt {
            Learnt::Answered { .. } => self.live += 1,
            Learnt::Abandoned => {
                self.dropped += 1;
                self.minute.push_back((now_ms, true));
            }
            Learnt::Connected => self.minute.push_back((now_ms, false)),
            Learnt::Machine { .. } | Learnt::Unanswered { .. } | Learnt::Released { .. } | Learnt::Taken => {}
        }
    }
}
