//! The week by half-hours: who came, who was there, and where a promise is not kept.
//!
//! The counts of all replications are taken together: they show the place of a trouble, not how sure it is. A half-hour of
//! the day is put together from the weekdays on which anybody came, so that a closed Sunday thins nothing out.

use tandem_stdlib::contract::Promise;
use tandem_stdlib::words::AnswerCounts;

use super::segments::HALF_HOURS;
use super::tally::Ended;
use crate::erlang::{ErlangModel, ErlangQuestion};

/// Days of a week, Monday first.
pub(super) const DAYS: usize = 7;

/// Cells of a week: half-hours by weekday.
pub(super) const CELLS: usize = DAYS * HALF_HOURS;

/// Half-hours with fewer calls a day ask for nobody.
const CALLS_MIN: f64 = 0.5;

/// Stretches in which fewer calls a day are late than may be are not told of.
const MISSING_MIN: f64 = 0.5;

const HOUR_MS: f64 = 3_600_000.0;

/// What is counted of one half-hour of one weekday.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Cell {
    answers: AnswerCounts,
    staffed_ms: i64,
    busy_ms: i64,
    measured_ms: i64,
}

/// A half-hour of the day.
#[derive(Clone, Debug, PartialEq)]
pub struct HalfHour {
    /// When it begins, such as `09:30`.
    pub from: String,
    /// When it ends; the last one of the day at `24:00`.
    pub to: String,
    /// Calls offered a day.
    pub offered: f64,
    /// Share answered in time, by the promise of all calls; `None`: nobody came.
    pub in_time: Option<f64>,
    /// Agents logged in and available, on average.
    pub there: f64,
    /// Share of that time in which they had work; `None`: nobody was there.
    pub busy: Option<f64>,
    /// Agents that Erlang's formula C asks for to keep the promise, as if everybody served everything and nobody gave
    /// up; `None`: nobody came, or no number is enough.
    pub needed: Option<u32>,
}

/// A weekday.
#[derive(Clone, Debug, PartialEq)]
pub struct Weekday {
    /// `Mon` to `Sun`.
    pub name: &'static str,
    /// Share answered in time, by half-hour; `None`: nobody came, or it was not measured.
    pub in_time: Vec<Option<f64>>,
}

/// A stretch of the day in which the promise of all calls is not kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// When it begins and ends.
    pub from: String,
    /// When it ends.
    pub to: String,
    /// Calls offered a day.
    pub offered: f64,
    /// Share answered in time.
    pub in_time: f64,
    /// Calls a day that would have to be answered in time beside those that are.
    pub missing: f64,
    /// Agents there, on average.
    pub there: f64,
    /// Share of that time in which they had work; `None`: nobody was there.
    pub busy: Option<f64>,
    /// The most agents that Erlang's formula C asks for in it.
    pub needed: Option<u32>,
    /// So many half-hours long.
    halves: u32,
}

/// The week of a centre.
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    /// What is promised of all calls.
    pub promise: Promise,
    /// The day, from midnight.
    pub half_hours: Vec<HalfHour>,
    /// Weekdays on which anybody came, Monday first.
    pub weekdays: Vec<Weekday>,
}

impl Cell {
    /// A call's first wait ended.
    pub(super) const fn ended(&mut self, ended: Ended, waited_ms: i64, promise: &Promise) {
        let answers = &mut self.answers;
        match ended {
            Ended::Answered => promise.count_answered(answers, waited_ms),
            Ended::Abandoned => promise.count_abandoned(answers, waited_ms),
            Ended::TimedOut | Ended::Blocked | Ended::CallBack => answers.abandoned += 1,
        }
    }

    /// An agent was there.
    pub(super) const fn staffed(&mut self, ms: i64, busy: bool) {
        self.staffed_ms += ms;
        self.busy_ms += if busy { ms } else { 0 };
    }

    /// Time was measured.
    pub(super) const fn measured(&mut self, ms: i64) {
        self.measured_ms += ms;
    }

    const fn offered(&self) -> u64 {
        self.answers.answered + self.answers.abandoned
    }

    fn and(mut self, other: &Self) -> Self {
        self.answers.add(&other.answers);
        self.staffed_ms += other.staffed_ms;
        self.busy_ms += other.busy_ms;
        self.measured_ms += other.measured_ms;
        self
    }

    /// How much a day, of so much in all the measured time.
    fn a_day(&self, number: f64) -> f64 {
        if self.measured_ms > 0 { number * HOUR_MS / 2.0 / self.measured_ms as f64 } else { 0.0 }
    }

    fn there(&self) -> f64 {
        if self.measured_ms > 0 { self.staffed_ms as f64 / self.measured_ms as f64 } else { 0.0 }
    }

    fn busy(&self) -> Option<f64> {
        (self.staffed_ms > 0).then(|| self.busy_ms as f64 / self.staffed_ms as f64)
    }
}

impl Week {
    /// Puts the cells of all replications together; `handle_s`: mean handling time.
    pub(super) fn new<'c>(
        promise: Promise,
        handle_s: Option<f64>,
        all: impl Iterator<Item = &'c [Cell]>,
    ) -> Self {
        let mut cells = vec![Cell::default(); CELLS];
        for one in all {
            cells.iter_mut().zip(one).for_each(|(sum, cell)| *sum = sum.and(cell));
        }
        let days: Vec<(&'static str, &[Cell])> = NAMES.into_iter().zip(cells.chunks(HALF_HOURS)).collect();
        let open: Vec<(&'static str, &[Cell])> =
            days.iter().copied().filter(|(_, cells)| cells.iter().any(|cell| cell.offered() > 0)).collect();
        let counted = if open.is_empty() { &days } else { &open };
        let half_hour = |half: usize| {
            let cells = counted.iter().filter_map(|(_, cells)| cells.get(half));
            let sum = cells.fold(Cell::default(), |sum, cell| sum.and(cell));
            half_hour(half, &sum, &promise, handle_s)
        };
        let weekday = |(name, cells): &(&'static str, &[Cell])| Weekday {
            name,
            in_time: cells.iter().map(|cell| promise.formula.share(&cell.answers)).collect(),
        };
        Self {
            promise,
            half_hours: (0..HALF_HOURS).map(half_hour).collect(),
            weekdays: open.iter().map(weekday).collect(),
        }
    }

    /// Stretches of the day in which the promise is not kept, the one first that costs most.
    #[must_use]
    pub fn missed(&self) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut goes_on = false;
        for half in &self.half_hours {
            let short = half
                .in_time
                .filter(|share| *share < self.promise.share)
                .map(|share| (share, (self.promise.share - share) * half.offered));
            let Some((share, missing)) = short else {
                goes_on = false;
                continue;
            };
            match stretches.last_mut().filter(|_| goes_on) {
                Some(stretch) => stretch.lengthen(half, share, missing),
                None => stretches.push(Stretch::of(half, share, missing)),
            }
            goes_on = true;
        }
        stretches.retain(|stretch| stretch.missing >= MISSING_MIN);
        stretches.sort_by(|one, other| other.missing.total_cmp(&one.missing));
        stretches
    }
}

impl Stretch {
    fn of(half: &HalfHour, in_time: f64, missing: f64) -> Self {
        let HalfHour { from, to, offered, there, busy, needed, .. } = half.clone();
        Self { from, to, offered, in_time, missing, there, busy, needed, halves: 1 }
    }

    fn lengthen(&mut self, half: &HalfHour, in_time: f64, missing: f64) {
        let weighted = |one: f64, one_weight: f64, other: f64, other_weight: f64| {
            let whole = one_weight + other_weight;
            if whole > 0.0 { (one * one_weight + other * other_weight) / whole } else { 0.0 }
        };
        self.in_time = weighted(self.in_time, self.offered, in_time, half.offered);
        let busy = (self.busy.unwrap_or(0.0), half.busy.unwrap_or(0.0));
        let there = self.there * f64::from(self.halves);
        let both = self.busy.or(half.busy).map(|_| weighted(busy.0, there, busy.1, half.there));
        self.offered += half.offered;
        self.missing += missing;
        // Both are means over time: so far over so many half-hours, now over one more.
        self.there = weighted(self.there, self.halves.into(), half.there, 1.0);
        self.halves += 1;
        (self.busy, self.needed) = (both, self.needed.max(half.needed));
        self.to.clone_from(&half.to);
    }
}

const NAMES: [&str; DAYS] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

fn half_hour(half: usize, cell: &Cell, promise: &Promise, handle_s: Option<f64>) -> HalfHour {
    let offered = cell.a_day(cell.offered() as f64);
    HalfHour {
        from: clock(half),
        to: clock(half + 1),
        offered,
        in_time: promise.formula.share(&cell.answers),
        there: cell.there(),
        busy: cell.busy(),
        needed: handle_s.and_then(|handle_s| needed(offered, handle_s, promise)),
    }
}

/// Agents for so many calls in half an hour.
fn needed(offered: f64, handle_s: f64, promise: &Promise) -> Option<u32> {
    let question = ErlangQuestion {
        model: ErlangModel::C,
        erlangs: offered * 2.0 * handle_s / 3_600.0,
        aht_s: Some(handle_s),
        patience_s: None,
        within_s: promise.within_ms as f64 / 1_000.0,
    };
    (offered >= CALLS_MIN).then(|| question.agents_for(promise.share).ok()).flatten()
}

fn clock(half: usize) -> String {
    format!("{:02}:{:02}", half / 2, half % 2 * 30)
}
