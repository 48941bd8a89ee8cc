//! Minutes of a week, to compare hours with hours.

use tandem_stdlib::words::HoursOn;

const DAY_MIN: usize = 1_440;
/// Minutes of a week.
pub(super) const WEEK_MIN: usize = 7 * DAY_MIN;

/// The minutes of a week that are open, Monday 00:00 first.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Week(Vec<bool>);

impl Week {
    /// Every minute.
    pub(super) fn always() -> Self {
        Self(vec![true; WEEK_MIN])
    }

    /// The minutes of weekly hours; a range past midnight runs on into the next day.
    pub(super) fn of(weekly: &[HoursOn]) -> Self {
        let mut open = vec![false; WEEK_MIN];
        for on in weekly {
            for day in (0..7).filter(|day| on.weekdays >> day & 1 == 1) {
                for range in &on.hours {
                    let from = usize::from(range.from_min);
                    let until =
                        usize::from(range.to_min) + if range.to_min <= range.from_min { DAY_MIN } else { 0 };
                    for minute in from..until {
                        if let Some(one) = open.get_mut((day * DAY_MIN + minute) % WEEK_MIN) {
                            *one = true;
                        }
                    }
                }
            }
        }
        Self(open)
    }

    /// The minutes of both.
    pub(super) fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| *one && *other).collect())
    }

    /// Whether no minute is open.
    pub(super) fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// The first minute that is open here and not in the other.
    pub(super) fn outside(&self, other: &Self) -> Option<usize> {
        self.0.iter().zip(&other.0).position(|(here, there)| *here && !*there)
    }

    /// Whether the minute is open.
    pub(super) fn is_open(&self, minute: usize) -> bool {
        self.0.get(minute % WEEK_MIN).copied().unwrap_or_default()
    }

    /// The same hours on a clock that is ahead by so many minutes.
    pub(super) fn ahead(&self, minutes: usize) -> Self {
        Self((0..WEEK_MIN).map(|minute| self.is_open(minute + WEEK_MIN - minutes % WEEK_MIN)).collect())
    }

    /// The longest stretch that is closed: its first minute and how many; `None`: never closed or never open.
    pub(super) fn longest_gap(&self) -> Option<(usize, usize)> {
        let first = (0..WEEK_MIN).find(|minute| self.is_open(*minute))?;
        let (mut longest, mut start) = (None::<(usize, usize)>, None);
        for minute in first..=first + WEEK_MIN {
            match (self.is_open(minute), start) {
                (false, None) => start = Some(minute),
                (true, Some(from)) => {
                    let gap = minute - from;
                    if longest.is_none_or(|(_, length)| gap > length) {
                        longest = Some((from % WEEK_MIN, gap));
                    }
                    start = None;
                }
                _ => {}
            }
        }
        longest
    }
}

/// A minute of the week in words, such as `Friday 20:00`.
pub(super) fn shown(minute: usize) -> String {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let day = DAYS.get(minute / DAY_MIN % 7).copied().unwrap_or_default();
    format!("{day} {:02}:{:02}", minute % DAY_MIN / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use tandem_stdlib::words::{HoursOn, TimeRange};

    use super::*;

    fn hours(weekdays: u8, from_min: u16, to_min: u16) -> HoursOn {
        HoursOn { weekdays, hours: vec![TimeRange { from_min, to_min }] }
    }

    #[test]
    fn the_longest_gap_is_the_week_end() {
        let week = Week::of(&[hours(0b1_1111, 600, 1200)]);
        let (start, minutes) = week.longest_gap().expect("a gap");
        assert_eq!((shown(start), minutes), ("Friday 20:00".to_owned(), 62 * 60));
        assert_eq!(Week::always().longest_gap(), None);
    }

    #[test]
    fn hours_past_midnight_run_into_the_next_day() {
        let week = Week::of(&[hours(0b100_0000, 22 * 60, 2 * 60)]);
        assert!(week.is_open(6 * 1_440 + 23 * 60) && week.is_open(60) && !week.is_open(2 * 60));
    }

    #[test]
    fn a_clock_that_is_ahead_shows_the_hours_later() {
        let week = Week::of(&[hours(0b1, 600, 660)]).ahead(480);
        assert_eq!(week.outside(&Week::of(&[hours(0b1, 1_080, 1_140)])), None);
    }
}
