//! Writes calls as timelines.

use std::io::Write;

use tandem_stdlib::contract::{CallStart, Event, Frame, Turn};

use super::line::{Direction, Kind, Line, Text};
use crate::call::RecordedCall;

/// Writes all events of a call, one a line. What it writes reads back as the same call.
///
/// # Errors
/// The output cannot be written.
pub fn write_call(output: &mut impl Write, call: &RecordedCall) -> std::io::Result<()> {
    for (at_ms, event) in call.events() {
        let mut line = line(&call.id, at_ms, &event);
        if line.event == Kind::Start && !call.labels.is_empty() {
            let borrowed = |text: &'_ String| Text(text.clone().into());
            line.labels =
                Some(call.labels.iter().map(|(name, value)| (borrowed(name), borrowed(value))).collect());
        }
        serde_json::to_writer(&mut *output, &line)?;
        output.write_all(b"\n")?;
    }
    Ok(())
}

fn line<'a>(call: &'a str, at_ms: i64, event: &Event<'a>) -> Line<'a> {
    let new = |kind| Line::new(call, at_ms, kind);
    match event {
        Event::Start(start) => start_line(new(Kind::Start), start),
        Event::Turn(turn) => turn_line(new(Kind::Turn), turn),
        Event::Frame(frame) => frame_line(new(Kind::Frame), frame),
        Event::Key(key) => Line { key: Some(*key), ..new(Kind::Key) },
        Event::Intent(word) => Line { intent: Some(Text((*word).into())), ..new(Kind::Intent) },
        Event::Unresolved => new(Kind::Unresolved),
        Event::Hold(true) => new(Kind::Hold),
        Event::Hold(false) => new(Kind::Resume),
        Event::Answered(who) => Line { agent: Text::unless_empty(who), ..new(Kind::Answered) },
        Event::Transferred(to) => Line { to: Some(Text((*to).into())), ..new(Kind::Transferred) },
        Event::Acknowledged => new(Kind::Acknowledged),
        Event::End => new(Kind::End),
    }
}

fn start_line<'a>(line: Line<'a>, start: &CallStart<'a>) -> Line<'a> {
    let moment = jiff::Timestamp::from_millisecond(start.clock_ms).unwrap_or_default();
    let direction = if start.outbound { Direction::Outbound } else { Direction::Inbound };
    Line {
        clock: Some(Text(moment.to_string().into())),
        from: Text::unless_empty(start.from),
        to: Text::unless_empty(start.to),
        direction: Some(direction),
        channel: Text::unless_empty(start.channel),
        language: Text::unless_empty(start.language),
        ..line
    }
}

fn turn_line<'a>(line: Line<'a>, turn: &Turn<'a>) -> Line<'a> {
    Line {
        party: Some(turn.party),
        start_ms: Some(turn.start_ms),
        text: Some(Text(turn.text.into())),
        estimated: turn.estimated.then_some(true),
        ..line
    }
}

fn frame_line<'a>(line: Line<'a>, frame: &Frame) -> Line<'a> {
    Line {
        party: Some(frame.party),
        speaking: Some(frame.speaking),
        loudness_db: frame.loudness_db,
        pitch_hz: frame.pitch_hz,
        speech_rate: frame.speech_rate,
        anger: frame.anger,
        confidence: frame.confidence,
        ..line
    }
}
