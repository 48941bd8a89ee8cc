//! From the line of a delimited log to a call.

use csv::StringRecord;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::call::{LoggedCall, LoggedEnd, Names, QueueLog};
use super::columns::{Columns, Outcome, Places, Role};
use super::moment::{
    DateOrder, day_part, moment, next_day, parse_date, parse_duration, parse_moment, parse_time_of_day,
};

/// The queue of a log that names none.
const ONLY_QUEUE: &str = "calls";

/// Names of agents that are none.
const NOBODY: [&str; 8] = ["", "no_server", "none", "null", "n/a", "na", "-", "0"];

/// Milliseconds by which a time may lie before another that should come first: a clock that was set.
const BACKWARDS_MAX_MS: i64 = 3 * 3_600_000;

const HALF_A_DAY_MS: i64 = 43_200_000;

/// The lines of a log as they become calls.
pub(super) struct Rows<'a> {
    places: &'a Places,
    columns: &'a Columns,
    dates: DateOrder,
    zone: &'a TimeZone,
    queues: Names,
    agents: Names,
    log: QueueLog,
}

/// Why a line is no call.
enum No {
    InMenu,
    Phantom,
    /// The column and what it says.
    Unreadable(Role, String, &'static str),
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        places: &'a Places,
        columns: &'a Columns,
        dates: DateOrder,
        zone: &'a TimeZone,
    ) -> Self {
        let (queues, agents) = (Names::default(), Names::default());
        let tells = |role| places.place(role).is_some();
        let knows_waits = [Role::Wait, Role::Left, Role::TalkStart].into_iter().any(tells);
        let log = QueueLog { knows_waits, ..QueueLog::default() };
        Self { places, columns, dates, zone, queues, agents, log }
    }

    pub(super) fn assume(&mut self, what: &str) {
        self.log.notes.assumed.push(what.to_owned());
    }

    pub(super) const fn lines(&self) -> u64 {
        self.log.notes.lines
    }

    /// A line that is not even cells.
    pub(super) fn broken(&mut self, line: u64, why: &str) {
        self.log.notes.lines += 1;
        self.log.notes.unreadable(line, || why.to_owned());
    }

    pub(super) fn take(&mut self, line: u64, record: &StringRecord) {
        self.log.notes.lines += 1;
        match self.call(record) {
            Ok(call) => self.log.calls.push(call),
            Err(No::InMenu) => self.log.notes.in_menu += 1,
            Err(No::Phantom) => self.log.notes.phantom += 1,
            Err(No::Unreadable(role, cell, expected)) => {
                let places = self.places;
                self.log.notes.unreadable(line, || {
                    let column = places.place(role).map_or(0, |place| place + 1);
                    format!(
                        "column {column}, `{}`: `{}`, expected {expected}",
                        places.name(role),
                        short(&cell)
                    )
                });
            }
        }
    }

    pub(super) fn into_log(self) -> QueueLog {
        let agents = self.agents.into_list();
        QueueLog { queues: self.queues.into_list(), said: vec![Vec::new(); agents.len()], agents, ..self.log }
    }

    fn call(&mut self, record: &StringRecord) -> Result<LoggedCall, No> {
        let agent = self.cell(record, Role::Agent);
        let agent = agent.filter(|name| !NOBODY.contains(&name.to_lowercase().as_str()));
        let talk_ms = self.duration(record, Role::Talk)?;
        let outcome = self.outcome(record, agent.is_some(), talk_ms)?;
        let day = self.day(record)?;
        let times = self.times(record, day, outcome)?;
        let answered = outcome == LoggedEnd::Answered;
        let after_call_ms = self.duration(record, Role::AfterCall)?.filter(|_| answered);
        let ring_ms = self.duration(record, Role::Ring)?.filter(|_| answered);
        let priority = self.number(record, Role::Priority)?;
        let queue = self.cell(record, Role::Queue).unwrap_or(ONLY_QUEUE);
        let queue = self.queues.number(queue);
        let agent = agent.filter(|_| answered).map(|name| self.agents.number(name));
        let talk_ms = match talk_ms {
            _ if !answered => 0,
            Some(talk_ms) => talk_ms,
            None => self.talked(record, day, times.at_ms.saturating_add(times.waited_ms))?,
        };
        let Times { at_ms, waited_ms } = times;
        Ok(LoggedCall {
            at_ms,
            waited_ms,
            end: outcome,
            talk_ms,
            after_call_ms,
            ring_ms,
            queue,
            agent,
            priority,
        })
    }

    fn cell<'r>(&self, record: &'r StringRecord, role: Role) -> Option<&'r str> {
        let cell = self.places.place(role).and_then(|place| record.get(place))?;
        (!cell.is_empty()).then_some(cell)
    }

    fn no(&self, record: &StringRecord, role: Role, expected: &'static str) -> No {
        No::Unreadable(role, self.cell(record, role).unwrap_or_default().to_owned(), expected)
    }

    fn duration(&self, record: &StringRecord, role: Role) -> Result<Option<i64>, No> {
        let Some(cell) = self.cell(record, role) else { return Ok(None) };
        let parsed = parse_duration(cell, self.places.unit_ms(role));
        parsed.map(Some).ok_or_else(|| self.no(record, role, "seconds, or a time such as `0:03:09`"))
    }

    fn number(&self, record: &StringRecord, role: Role) -> Result<i64, No> {
        let Some(cell) = self.cell(record, role) else { return Ok(0) };
        let number = cell.parse::<f64>().ok().filter(|number| number.abs() <= 1e6);
        number.map(|number| number.round() as i64).ok_or_else(|| self.no(record, role, "a number"))
    }

    /// What became of the call; without such a column, it was answered if somebody talked.
    fn outcome(&self, record: &StringRecord, has_agent: bool, talk_ms: Option<i64>) -> Result<LoggedEnd, No> {
        let talked = has_agent || talk_ms.is_some_and(|talk_ms| talk_ms > 0);
        let guessed = if talked { Outcome::Answered } else { Outcome::Abandoned };
        let outcome = match self.cell(record, Role::Outcome) {
            None => guessed,
            Some(word) => self.columns.outcome_of(word).ok_or_else(|| {
                self.no(
                    record,
                    Role::Outcome,
                    "a known outcome; `[log] outcomes = { answered = [\"…\"] }` explains others",
                )
            })?,
        };
        let outcome = match outcome {
            Outcome::Answered if self.places.outcome_is_abandoned => Outcome::Abandoned,
            Outcome::Abandoned if self.places.outcome_is_abandoned => Outcome::Answered,
            other => other,
        };
        match outcome {
            Outcome::Answered => Ok(LoggedEnd::Answered),
            Outcome::Abandoned => Ok(LoggedEnd::Abandoned),
            Outcome::SentOff => Ok(LoggedEnd::SentOff),
            Outcome::Phantom => Err(No::Phantom),
        }
    }

    /// The day of a line whose times have none.
    fn day(&self, record: &StringRecord) -> Result<Option<Date>, No> {
        let Some(cell) = self.cell(record, Role::Date) else { return Ok(None) };
        let day = parse_date(day_part(cell), self.dates);
        day.map(Some).ok_or_else(|| {
            self.no(record, Role::Date, "a day such as `1999-01-31`, `990131` or `31.01.1999`")
        })
    }

    /// The moment in a cell, on the line's day or with a day of its own; the first that is not before another.
    fn moment(
        &self,
        record: &StringRecord,
        role: Role,
        day: Option<Date>,
        from_ms: i64,
    ) -> Result<Option<i64>, No> {
        let Some(cell) = self.cell(record, role) else { return Ok(None) };
        let wrong =
            || self.no(record, role, "a time such as `8:15:00` beside a date, or `2026-10-05 08:15:00`");
        let Some((day, ms)) = day.zip(parse_time_of_day(cell)) else {
            return parse_moment(cell, self.dates, self.zone).map(Some).ok_or_else(wrong);
        };
        let at_ms = moment(day, ms, self.zone, from_ms).ok_or_else(wrong)?;
        // Past midnight the day of the line is over.
        if from_ms.saturating_sub(at_ms) > HALF_A_DAY_MS && from_ms != i64::MAX {
            let day = next_day(day).ok_or_else(wrong)?;
            return Ok(moment(day, ms, self.zone, from_ms));
        }
        Ok(Some(at_ms))
    }

    /// When the call came to its queue, and how long it waited.
    fn times(&self, record: &StringRecord, day: Option<Date>, end: LoggedEnd) -> Result<Times, No> {
        let waited_ms = self.duration(record, Role::Wait)?;
        let zero = |role| self.cell(record, role).is_none_or(|cell| parse_time_of_day(cell) == Some(0));
        // A zero beside a day means nothing, unless the call waited from midnight on.
        let queued = day.is_none() || !zero(Role::Time) || waited_ms.is_some_and(|waited_ms| waited_ms > 0);
        if !queued {
            if end != LoggedEnd::Answered {
                return Err(No::InMenu);
            }
            // Answered at once: it came when the menu let it go, or when the conversation began.
            for role in [Role::TalkStart, Role::MenuExit] {
                if let Some(at_ms) = self.moment(record, role, day, i64::MIN)?.filter(|_| !zero(role)) {
                    return Ok(Times { at_ms, waited_ms: 0 });
                }
            }
        }
        let after_menu_ms = match zero(Role::MenuExit) {
            true => i64::MIN,
            false => self
                .moment(record, Role::MenuExit, day, i64::MIN)?
                .map_or(i64::MIN, |ms| ms.saturating_sub(BACKWARDS_MAX_MS)),
        };
        let at_ms = self.moment(record, Role::Time, day, after_menu_ms)?;
        let at_ms = at_ms.ok_or_else(|| self.no(record, Role::Time, "when the call came"))?;
        let waited_ms = match waited_ms {
            Some(waited_ms) => waited_ms,
            None => self.span(record, day, at_ms, &[Role::Left, Role::TalkStart])?.unwrap_or(0),
        };
        Ok(Times { at_ms, waited_ms })
    }

    /// How long a conversation took, from its own times.
    fn talked(&self, record: &StringRecord, day: Option<Date>, from_ms: i64) -> Result<i64, No> {
        let begun = self.moment(record, Role::TalkStart, day, from_ms)?.unwrap_or(from_ms);
        Ok(self.span(record, day, begun, &[Role::TalkEnd])?.unwrap_or(0))
    }

    /// From a moment to the first of these columns that is there.
    fn span(
        &self,
        record: &StringRecord,
        day: Option<Date>,
        from_ms: i64,
        to: &[Role],
    ) -> Result<Option<i64>, No> {
        for role in to {
            if let Some(to_ms) = self.moment(record, *role, day, from_ms)? {
                if to_ms < from_ms.saturating_sub(BACKWARDS_MAX_MS) {
                    return Err(self.no(record, *role, "a time that is not before the call came"));
                }
                return Ok(Some(to_ms.saturating_sub(from_ms).max(0)));
            }
        }
        Ok(None)
    }
}

struct Times {
    at_ms: i64,
    waited_ms: i64,
}

fn short(cell: &str) -> String {
    cell.chars().take(40).map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}
