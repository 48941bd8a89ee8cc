//! Asterisk's `queue_log`: `epoch|call|queue|agent|event|parameters…`, one event a line.
//!
//! Events and parameters as `app_queue` writes them, from 1.4 (`TRANSFER`) to today (`BLINDTRANSFER`,
//! `ATTENDEDTRANSFER`); unknown events are passed over.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::MAX_LINES;
use super::call::{LoggedCall, LoggedEnd, Names, QueueLog};
use super::moment::{DateOrder, parse_moment};
use super::said::Said;

/// Calls that may be open at once; the oldest are given up.
const MAX_OPEN: usize = 1_000_000;

/// Whether lines are `moment|call|queue|agent|EVENT…`.
pub(super) fn is_queue_log(text: &str) -> bool {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(5);
    lines.clone().any(|line| Line::read(line, &TimeZone::UTC).is_some_and(|line| is_event(line.event)))
}

fn is_event(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}

/// One line.
struct Line<'t> {
    at_ms: i64,
    call: &'t str,
    queue: &'t str,
    agent: &'t str,
    event: &'t str,
    parameters: Vec<&'t str>,
}

impl<'t> Line<'t> {
    fn read(line: &'t str, zone: &TimeZone) -> Option<Self> {
        let mut parts = line.split('|').map(str::trim);
        let at = parts.next()?;
        let at_ms = match at.parse::<f64>() {
            Ok(seconds) => (1e6..1e11).contains(&seconds).then_some((seconds * 1000.0).round() as i64)?,
            Err(_) => parse_moment(at, DateOrder::Year, zone)?,
        };
        let (call, queue, agent, event) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        Some(Self { at_ms, call, queue, agent, event, parameters: parts.collect() })
    }

    /// How many parameters there are.
    fn used(&self) -> usize {
        self.parameters.iter().rposition(|one| !one.is_empty()).map_or(0, |last| last + 1)
    }

    /// A parameter in seconds, counted from the last one.
    fn last_but(&self, place: usize) -> Option<i64> {
        self.parameter(self.used().checked_sub(place + 1)?)
    }

    /// How long they talked before a transfer: whatever stands before them, newer forms end in wait, talk and position,
    /// older ones in wait and talk, and the oldest have neither.
    fn talk_before_transfer(&self) -> Option<i64> {
        match self.used() {
            0..4 => None,
            4 => self.last_but(0),
            _ => self.last_but(1),
        }
    }

    /// A parameter in seconds.
    fn parameter(&self, place: usize) -> Option<i64> {
        let seconds: f64 = self.parameters.get(place)?.parse().ok()?;
        (0.0..1e7).contains(&seconds).then_some((seconds * 1000.0) as i64)
    }
}

/// A call that has no end yet.
struct Open {
    entered_ms: Option<i64>,
    queue: usize,
    /// When it was answered, by whom, and how long the phone rang.
    answered: Option<(i64, usize, Option<i64>)>,
    waited_ms: i64,
}

struct Events {
    queues: Names,
    agents: Names,
    open: BTreeMap<String, Open>,
    said: Said,
    log: QueueLog,
}

/// Reads such a log.
pub(super) fn read(text: &str, zone: &TimeZone) -> QueueLog {
    let mut lines: Vec<(i64, u64, &str)> = Vec::new();
    let mut log = QueueLog::default();
    for (number, line) in (1_u64..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        log.notes.lines += 1;
        match Line::read(line, zone).filter(|line| is_event(line.event)) {
            Some(read) => lines.push((read.at_ms, number, line)),
            None => log.notes.unreadable(number, || {
                let shown: String = line.chars().take(40).collect();
                format!("`{}`, expected `epoch|call|queue|agent|EVENT`", shown.escape_debug())
            }),
        }
        if log.notes.lines >= MAX_LINES {
            break;
        }
    }
    // Servers write in order, but files are joined in any.
    lines.sort_unstable_by_key(|(at_ms, number, _)| (*at_ms, *number));
    let mut events = Events {
        queues: Names::default(),
        agents: Names::default(),
        open: BTreeMap::new(),
        said: Said::default(),
        log,
    };
    let end_ms = lines.last().map_or(0, |(at_ms, ..)| *at_ms);
    lines.iter().filter_map(|(_, _, line)| Line::read(line, zone)).for_each(|line| events.take(&line));
    events.into_log(end_ms)
}

impl Events {
    fn take(&mut self, line: &Line<'_>) {
        match line.event {
            "ENTERQUEUE" => self.enter(line),
            "CONNECT" => self.connect(line),
            "ABANDON" => self.leave(line, LoggedEnd::Abandoned),
            "EXITWITHTIMEOUT" | "EXITEMPTY" | "EXITWITHKEY" => self.leave(line, LoggedEnd::SentOff),
            "COMPLETEAGENT" | "COMPLETECALLER" => self.complete(line, line.parameter(1)),
            "TRANSFER" | "BLINDTRANSFER" | "ATTENDEDTRANSFER" => {
                self.complete(line, line.talk_before_transfer())
            }
            "AGENTDUMP" => self.complete(line, Some(0)),
            "ADDMEMBER" | "AGENTLOGIN" | "AGENTCALLBACKLOGIN" => self.member(line, Said::comes),
            "REMOVEMEMBER" | "AGENTLOGOFF" | "AGENTCALLBACKLOGOFF" => self.member(line, Said::goes),
            "PAUSE" | "PAUSEALL" => self.member(line, Said::pauses),
            "UNPAUSE" | "UNPAUSEALL" => self.member(line, Said::returns),
            _ => {}
        }
    }

    fn member(&mut self, line: &Line<'_>, tell: fn(&mut Said, usize, &str, i64)) {
        if !matches!(line.agent, "" | "NONE") {
            let agent = self.agents.number(line.agent);
            tell(&mut self.said, agent, line.queue, line.at_ms);
        }
    }

    fn enter(&mut self, line: &Line<'_>) {
        let queue = self.queues.number(line.queue);
        let open = Open { entered_ms: Some(line.at_ms), queue, answered: None, waited_ms: 0 };
        if self.open.len() >= MAX_OPEN {
            self.open.pop_first();
            self.log.notes.unfinished += 1;
        }
        if self.open.insert(line.call.to_owned(), open).is_some_and(|before| before.answered.is_none()) {
            self.log.notes.repeated += 1;
        }
    }

    fn connect(&mut self, line: &Line<'_>) {
        let agent = self.agents.number(line.agent);
        let queue = self.queues.number(line.queue);
        let call = self.open.entry(line.call.to_owned()).or_insert(Open {
            entered_ms: None,
            queue,
            answered: None,
            waited_ms: 0,
        });
        let said_ms = line.parameter(0);
        let seen_ms = call.entered_ms.map(|entered_ms| line.at_ms - entered_ms);
        call.waited_ms = seen_ms.or(said_ms).unwrap_or(0).max(0);
        call.answered = Some((line.at_ms, agent, line.parameter(2)));
    }

    fn leave(&mut self, line: &Line<'_>, end: LoggedEnd) {
        let open = self.open.remove(line.call);
        let entered_ms = open.and_then(|open| open.entered_ms);
        let key = usize::from(line.event == "EXITWITHKEY");
        let waited_ms =
            entered_ms.map(|entered_ms| line.at_ms - entered_ms).or_else(|| line.parameter(2 + key));
        // The log begins after the caller came, and does not say when that was.
        let Some(waited_ms) = waited_ms else { return self.log.notes.unfinished += 1 };
        let queue = self.queues.number(line.queue);
        self.log.calls.push(LoggedCall {
            at_ms: line.at_ms - waited_ms.max(0),
            waited_ms: waited_ms.max(0),
            end,
            talk_ms: 0,
            after_call_ms: None,
            ring_ms: None,
            queue,
            agent: None,
            priority: 0,
        });
    }

    fn complete(&mut self, line: &Line<'_>, said_ms: Option<i64>) {
        let open = self.open.remove(line.call);
        let seen = open.as_ref().and_then(|open| Some((open.answered?, open.waited_ms, open.queue)));
        let ((answered_ms, agent, ring_ms), waited_ms, queue) = match (seen, said_ms) {
            (Some(seen), _) => seen,
            // The log begins while they talked.
            (None, Some(talk_ms)) => {
                let (agent, queue) = (self.agents.number(line.agent), self.queues.number(line.queue));
                let waited_ms = line.parameter(0).filter(|_| line.event.starts_with("COMPLETE")).unwrap_or(0);
                ((line.at_ms - talk_ms, agent, None), waited_ms, queue)
            }
            (None, None) => return self.log.notes.unfinished += 1,
        };
        self.log.calls.push(LoggedCall {
            at_ms: answered_ms - waited_ms,
            waited_ms,
            end: LoggedEnd::Answered,
            talk_ms: said_ms.unwrap_or(line.at_ms - answered_ms).max(0),
            after_call_ms: None,
            ring_ms,
            queue,
            agent: Some(agent),
            priority: 0,
        });
    }

    fn into_log(mut self, end_ms: i64) -> QueueLog {
        self.log.notes.unfinished += self.open.len() as u64;
        self.log.open = self.open.values().filter_map(|open| Some((open.entered_ms?, open.queue))).collect();
        let agents = self.agents.into_list();
        let said = self.said.into_spells(agents.len(), end_ms);
        QueueLog { queues: self.queues.into_list(), agents, said, knows_waits: true, ..self.log }
    }
}
