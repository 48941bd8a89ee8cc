//! A vCon's parties, dialogs and analyses to one call.

use std::path::Path;

use serde_json::{Map, Value};
use tandem_stdlib::contract::{CallStart, Event, Party};

use crate::audio::{self, Source};
use crate::call::RecordedCall;
use crate::error::Warning;
use crate::json;
use crate::part::Part;
use crate::transcript::{People, Person, RawTurn, Speaker, SpokenTurn, Transcript, resolve_times, walk};
use crate::vcon::{self, Dialog, DialogKind, Recording};

/// A recorded length that differs from the sound's by more than this, and this share, is told.
const LENGTH_SLACK_MS: i64 = 2_000;
const LENGTH_SLACK_SHARE: f64 = 0.05;

/// Reads a vCon into `call`. `path` tells where its sound may lie and names the call if nothing else does.
pub(crate) fn assemble(vcon: &Map<String, Value>, path: &Path, call: &mut RecordedCall) {
    let dialogs = vcon::dialogs(vcon);
    let outbound = dialogs.iter().find_map(|dialog| dialog.outbound).unwrap_or(false);
    let caller = dialogs.first().and_then(|dialog| dialog.originator.or(dialog.parties.first().copied()));
    let people = vcon::people(vcon, outbound, caller, &mut call.warnings);
    let uuid = json::text(vcon, &["uuid"]).map_or_else(|| vcon::stem(path), str::to_owned);
    call.id.push_str(&uuid);
    call.labels.extend(vcon::labels(vcon));
    let clock_ms = clock(vcon, &dialogs, call);
    let builder = Builder { vcon, path, people: &people, clock_ms, dialogs: &dialogs };
    builder.parts(call);
    builder.moments(call);
    builder.answers(call);
    builder.start(call);
    call.settle();
}

/// The call's start: that of its first dialog, else of the record.
fn clock(vcon: &Map<String, Value>, dialogs: &[Dialog<'_>], call: &mut RecordedCall) -> i64 {
    let earliest = dialogs.iter().filter_map(|dialog| dialog.start).min();
    let created = || crate::clock::parse(json::text(vcon, &["created_at"])?);
    let Some((clock_ms, zoned)) = earliest.or_else(created) else {
        call.warn("no-clock", "the record does not say when the call began; taken for 1970-01-01 00:00 UTC");
        return 0;
    };
    if !zoned {
        call.warn("no-time-zone", "the start has no offset from UTC; taken as UTC");
    }
    clock_ms
}

struct Builder<'a> {
    vcon: &'a Map<String, Value>,
    path: &'a Path,
    people: &'a People,
    clock_ms: i64,
    dialogs: &'a [Dialog<'a>],
}

impl Builder<'_> {
    fn offset_ms(&self, dialog: &Dialog<'_>) -> i64 {
        dialog.start.map_or(0, |(start, _)| start.saturating_sub(self.clock_ms).max(0))
    }

    /// Lays out the written and the spoken dialogs.
    fn parts(&self, call: &mut RecordedCall) {
        let mut turns_found = 0;
        for dialog in self.dialogs {
            let turns = match &dialog.kind {
                DialogKind::Text(body) => self.text_turns(dialog, body, call),
                DialogKind::Recording(_) => self.spoken_turns(Some(dialog), call),
                _ => continue,
            };
            turns_found += turns.len();
            let voices = match &dialog.kind {
                DialogKind::Recording(recording) => sound(recording, dialog, self.path, call),
                _ => None,
            };
            self.part(Some(dialog), turns, voices).lay_out(call);
        }
        if turns_found == 0
            && !self.dialogs.iter().any(|dialog| matches!(dialog.kind, DialogKind::Recording(_)))
        {
            let turns = self.spoken_turns(None, call);
            turns_found = turns.len();
            self.part(None, turns, None).lay_out(call);
        }
        let tried = self.dialogs.iter().any(|dialog| matches!(dialog.kind, DialogKind::Incomplete(_)));
        if turns_found == 0 && !tried {
            call.warn("no-words", "no words were found in the record; phrases cannot be heard in it");
        }
        if self.dialogs.is_empty() {
            call.warn("no-dialog", "the record has no dialog");
        }
    }

    fn part(
        &self,
        dialog: Option<&Dialog<'_>>,
        turns: Vec<SpokenTurn>,
        voices: Option<audio::Voices>,
    ) -> Part {
        Part {
            offset_ms: dialog.map_or(0, |dialog| self.offset_ms(dialog)),
            duration_ms: dialog.map_or(0, |dialog| dialog.duration_ms),
            voices,
            channels: dialog.map_or([Party::Customer, Party::Agent], |dialog| self.channels(dialog)),
            turns,
        }
    }

    /// Whose the channels are: the dialog's parties in order; else the customer's first.
    fn channels(&self, dialog: &Dialog<'_>) -> [Party; 2] {
        let side = |channel: usize| self.people.side(*dialog.parties.get(channel)?);
        match (side(0), side(1)) {
            (Some(first), Some(second)) if first != second => [first, second],
            _ => [Party::Customer, Party::Agent],
        }
    }

    fn text_turns(&self, dialog: &Dialog<'_>, body: &Value, call: &mut RecordedCall) -> Vec<SpokenTurn> {
        let mut found = match body {
            // A written message is one turn, however many paragraphs it has.
            Value::String(text) if !text.trim_start().starts_with(['[', '{']) => message(text),
            other => walk(other),
        };
        let writer = dialog.originator.or_else(|| dialog.parties.first().copied());
        if let (Some(writer), [only]) = (writer, found.turns.as_mut_slice())
            && only.speaker == Speaker::Unknown
        {
            only.speaker = Speaker::Index(writer);
        }
        let single = found.turns.len() == 1;
        let mut turns = self.resolved(found, Some(dialog), call);
        if let ([only], true) = (turns.as_mut_slice(), single) {
            // A message is there all at once, when it was sent.
            let at_ms = self.offset_ms(dialog);
            only.times = Some((at_ms, at_ms));
            only.estimated = dialog.start.is_none();
        }
        turns
    }

    /// The best transcript among the analyses of a dialog.
    fn spoken_turns(&self, dialog: Option<&Dialog<'_>>, call: &mut RecordedCall) -> Vec<SpokenTurn> {
        let analyses = json::objects(json::find(self.vcon, &["analysis", "analyses"]));
        let mine = analyses.filter(|analysis| dialog.is_none_or(|dialog| concerns(analysis, dialog.place)));
        let found = mine.filter_map(|analysis| {
            let kind = json::text(analysis, &["type"]).unwrap_or_default().to_lowercase();
            let body = json::find(analysis, &["body", "content"])?;
            let transcript = walk(body);
            let score = score(&kind, &transcript)?;
            Some((score, transcript))
        });
        // The first of equals: `max_by_key` would take the last.
        let best = found.fold(None, |best: Option<((u8, usize), Transcript)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        });
        best.map_or_else(Vec::new, |(_, transcript)| self.resolved(transcript, dialog, call))
    }

    fn resolved(
        &self,
        transcript: Transcript,
        dialog: Option<&Dialog<'_>>,
        call: &mut RecordedCall,
    ) -> Vec<SpokenTurn> {
        if transcript.ignored > 0 {
            call.warn(
                "odd-transcript",
                format!("{} entries of the transcript are no turns and are left out", transcript.ignored),
            );
        }
        let speaking = self.people.sides(&transcript.turns);
        call.warnings.extend(speaking.warnings);
        let offset_ms = dialog.map_or(0, |dialog| self.offset_ms(dialog));
        let duration_ms = dialog.map_or(0, |dialog| dialog.duration_ms);
        resolve_times(&transcript.turns, &speaking.sides, offset_ms, self.clock_ms, duration_ms)
    }

    /// Holds, key presses and transfers.
    fn moments(&self, call: &mut RecordedCall) {
        for dialog in self.dialogs {
            for (clock_ms, moment) in &dialog.history {
                if let Some(event) = self.happened(*moment) {
                    call.push(clock_ms.saturating_sub(self.clock_ms).max(0), &event);
                }
            }
            match dialog.kind {
                DialogKind::Transfer(target) => {
                    let person = target.and_then(|place| self.people.list.get(place));
                    let to = person.map_or("", |person| {
                        if person.address.is_empty() { &person.name } else { &person.address }
                    });
                    call.push(self.offset_ms(dialog), &Event::Transferred(to));
                }
                DialogKind::Incomplete(why) => {
                    call.warn("incomplete", format!("the call did not come about: {why}"));
                }
                _ => {}
            }
        }
    }

    /// When a person of the centre took the call, where no history says who joined when: at the first words of the
    /// centre's side in the dialog of which that person is a party.
    fn answers(&self, call: &mut RecordedCall) {
        let mut last = None;
        for dialog in self.dialogs {
            let joined =
                dialog.history.iter().any(|(_, moment)| self.happened(*moment).is_some_and(is_answer));
            let [person] = self.agents(dialog)[..] else { continue };
            if joined || last == Some(&person.name) {
                continue;
            }
            let (from_ms, until_ms) = match self.offset_ms(dialog) {
                from_ms if dialog.duration_ms > 0 => (from_ms, from_ms.saturating_add(dialog.duration_ms)),
                from_ms => (from_ms, i64::MAX),
            };
            let spoken = call.events().find_map(|(_, event)| match event {
                Event::Turn(turn) if turn.party == Party::Agent => {
                    Some(turn.start_ms).filter(|at_ms| (from_ms..=until_ms).contains(at_ms))
                }
                _ => None,
            });
            if let Some(at_ms) = spoken {
                last = Some(&person.name);
                call.push(at_ms, &Event::Answered(&person.name));
            }
        }
    }

    /// The persons of the centre who take part in a dialog.
    fn agents(&self, dialog: &Dialog<'_>) -> Vec<&Person> {
        let people = dialog.parties.iter().filter_map(|place| self.people.list.get(*place));
        people.filter(|person| is_agent(person)).collect()
    }

    /// What of a dialog's history a policy sees: a key that somebody of the centre presses is no answer of the caller.
    fn happened(&self, moment: vcon::Moment) -> Option<Event<'_>> {
        match moment {
            vcon::Moment::Join(place) => {
                let person = self.people.list.get(place).filter(|person| is_agent(person))?;
                Some(Event::Answered(&person.name))
            }
            vcon::Moment::Hold(held) => Some(Event::Hold(held)),
            vcon::Moment::Key(key, party) => {
                let side = party.and_then(|place| self.people.side(place));
                (side != Some(Party::Agent)).then_some(Event::Key(key))
            }
        }
    }

    fn start(&self, call: &mut RecordedCall) {
        let address = |side| {
            let of_side = self.people.list.iter().find(|person| person.side == Some(side));
            of_side.map_or("", |person| person.address.as_str())
        };
        let (customer, agent) = (address(Party::Customer), address(Party::Agent));
        let (from, to) = if self.people.outbound { (agent, customer) } else { (customer, agent) };
        let language = {
            let texts: Vec<&str> = call
                .events()
                .filter_map(|(_, event)| if let Event::Turn(turn) = event { Some(turn.text) } else { None })
                .collect();
            vcon::language(self.vcon, texts.iter().copied())
        };
        let (clock_ms, outbound, channel) = (self.clock_ms, self.people.outbound, self.channel());
        call.set_start(&CallStart { id: "", clock_ms, from, to, outbound, channel, language: &language });
    }

    /// The channel word, as far as the media types tell.
    fn channel(&self) -> &'static str {
        let spoken =
            |dialog: &Dialog<'_>| matches!(dialog.kind, DialogKind::Recording(_) | DialogKind::Incomplete(_));
        if self.dialogs.iter().any(spoken) {
            "phone"
        } else if self.dialogs.iter().any(|dialog| dialog.media_type.starts_with("message/rfc822")) {
            "email"
        } else {
            ""
        }
    }
}

/// Whether a party is a person of the centre.
fn is_agent(person: &Person) -> bool {
    person.side == Some(Party::Agent) && !person.machine
}

fn is_answer(event: Event<'_>) -> bool {
    matches!(event, Event::Answered(_))
}

fn message(text: &str) -> Transcript {
    let turn = RawTurn { speaker: Speaker::Unknown, text: text.trim().to_owned(), start: None, end: None };
    Transcript { turns: if turn.text.is_empty() { Vec::new() } else { vec![turn] }, ignored: 0 }
}

/// Whether an analysis is about the dialog at this place; one that names none is about the first.
fn concerns(analysis: &Map<String, Value>, place: usize) -> bool {
    match json::find(analysis, &["dialog"]) {
        None => place == 0,
        Some(Value::Array(several)) => several.iter().any(|one| json::index(one) == Some(place)),
        Some(one) => json::index(one).unwrap_or(0) == place,
    }
}

/// How good a transcript an analysis is; `None` when it is none at all.
fn score(kind: &str, transcript: &Transcript) -> Option<(u8, usize)> {
    let named = transcript.turns.iter().filter(|turn| turn.speaker != Speaker::Unknown).count();
    let timed = transcript.turns.iter().filter(|turn| turn.start.is_some()).count();
    let says_so = ["transcript", "diari", "conversation", "analysis_info", "caption"];
    let transcribed = says_so.iter().any(|word| kind.contains(word));
    if transcript.turns.is_empty() || (!transcribed && named < 2) {
        return None;
    }
    let quality = u8::from(named > 0) * 4 + u8::from(timed > 0) * 2 + u8::from(transcribed);
    Some((quality, transcript.turns.len()))
}

/// Finds, checks and analyses a dialog's sound.
fn sound(
    recording: &Recording<'_>,
    dialog: &Dialog<'_>,
    path: &Path,
    call: &mut RecordedCall,
) -> Option<audio::Voices> {
    let source = match recording.find(path) {
        vcon::Found::Sound(source) => source,
        vcon::Found::Nothing(why) => {
            call.warn("no-audio", format!("the recording was not found: {why}; only the words are used"));
            return None;
        }
    };
    if let Some(seal) = recording.seal()
        && !seal.holds(&source).unwrap_or(true)
    {
        call.warn(
            "hash-mismatch",
            "the recording is not the one that the record was made with: its hash differs",
        );
    }
    let voices = analyse(source, call)?;
    let difference = (voices.audio_ms - dialog.duration_ms).abs();
    let slack = (dialog.duration_ms as f64 * LENGTH_SLACK_SHARE) as i64;
    if dialog.duration_ms > 0 && difference > LENGTH_SLACK_MS.max(slack) {
        let (heard, told) = (voices.audio_ms as f64 / 1_000.0, dialog.duration_ms as f64 / 1_000.0);
        call.warn("length-differs", format!("the recording lasts {heard:.1} s, the record says {told:.1} s"));
    }
    Some(voices)
}

/// Analyses a sound; what is odd or fails becomes a warning.
pub(crate) fn analyse(source: Source, call: &mut RecordedCall) -> Option<audio::Voices> {
    match audio::analyse(source) {
        Ok(mut voices) => {
            call.warnings.append(&mut voices.warnings);
            Some(voices)
        }
        Err(why) => {
            call.warnings.push(Warning {
                code: "unreadable-audio",
                message: format!("the recording cannot be used: {why}; only the words are used"),
            });
            None
        }
    }
}
