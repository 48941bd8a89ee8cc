//! One stretch of a call, its turns and its sound, laid out in time.

use tandem_speech::{FRAME_MS, Loudness, Measured, STEP_MS, STEPS_PER_FRAME, SpeechRate};
use tandem_stdlib::contract::{Event, Frame, Party, Turn};

use crate::align;
use crate::audio::Voices;
use crate::call::RecordedCall;
use crate::transcript::SpokenTurn;

/// Silence between two turns that are only guessed at.
const GUESSED_PAUSE_MS: i64 = 300;

/// A dialog on its way into a call.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Where it begins in the call.
    pub(crate) offset_ms: i64,
    /// Its length as recorded, 0 where not.
    pub(crate) duration_ms: i64,
    /// What was heard.
    pub(crate) voices: Option<Voices>,
    /// Whose the first and the second channel are, where there are two.
    pub(crate) channels: [Party; 2],
    /// What was said, in order.
    pub(crate) turns: Vec<SpokenTurn>,
}

impl Part {
    /// Adds the part's turns and frames to the call.
    pub(crate) fn lay_out(mut self, call: &mut RecordedCall) {
        self.time_turns();
        let mut room = true;
        for turn in &self.turns {
            let (start_ms, end_ms) = turn.times.unwrap_or((self.offset_ms, self.offset_ms));
            let (party, text, estimated) = (turn.party, turn.text.as_str(), turn.estimated);
            room &= call.push(end_ms, &Event::Turn(Turn { party, start_ms, end_ms, text, estimated }));
        }
        let length = self.voices.as_ref().map_or(0, |voices| voices.audio_ms);
        match self.voices.as_ref().map(|voices| voices.channels.as_slice()) {
            Some([first, second]) => {
                room &= self.push_frames(call, first, |_| self.channels[0], false);
                room &= self.push_frames(call, second, |_| self.channels[1], false);
            }
            Some([mixed]) => room &= self.push_frames(call, mixed, speaker_at(&self.turns), true),
            _ => {}
        }
        if !room {
            call.warn(
                "too-long",
                format!("the call has more than {} events; the rest is left out", {
                    RecordedCall::EVENTS_MAX
                }),
            );
        }
        call.audio_ms += length;
        call.push(self.offset_ms + self.duration_ms.max(length), &Event::End);
    }

    /// Gives times to turns that have none.
    fn time_turns(&mut self) {
        if self.turns.iter().all(|turn| turn.times.is_some()) {
            return;
        }
        let channels =
            self.voices.as_ref().map_or(&[] as &[Vec<Measured>], |voices| voices.channels.as_slice());
        let placed = match channels {
            [first, second] => {
                let (first, second) = (voice_steps(first), voice_steps(second));
                let both =
                    self.align(&first, Some(self.channels[0])) & self.align(&second, Some(self.channels[1]));
                both || self.align(&either(&first, &second), None)
            }
            [mixed] => self.align(&voice_steps(mixed), None),
            _ => false,
        };
        if !placed {
            self.guess();
        }
    }

    /// Places the turns (of one party, or all) into speech; `false` when there is none for them.
    fn align(&mut self, voice: &[bool], party: Option<Party>) -> bool {
        let mut turns: Vec<&mut SpokenTurn> =
            self.turns.iter_mut().filter(|turn| party.is_none_or(|party| turn.party == party)).collect();
        let lengths: Vec<f32> = turns.iter().map(|turn| align::syllables(&turn.text)).collect();
        let Some(spans) = align::place(&lengths, voice) else { return turns.is_empty() };
        // The last frame is filled up with silence, which belongs to nobody.
        let length = self.voices.as_ref().map_or(0, |voices| voices.audio_ms);
        let at = |step: usize| self.offset_ms + (step as i64 * i64::from(STEP_MS)).min(length);
        for (turn, (start, end)) in turns.iter_mut().zip(spans) {
            turn.times = Some((at(start), at(end)));
            turn.estimated = true;
        }
        true
    }

    /// Times from the lengths of the texts alone, stretched to the recorded duration where there is one.
    fn guess(&mut self) {
        let lengths: Vec<i64> = self.turns.iter().map(|turn| align::speaking_ms(&turn.text)).collect();
        let total: i64 = lengths.iter().map(|length| length + GUESSED_PAUSE_MS).sum();
        let stretch = if self.duration_ms > 0 { self.duration_ms as f64 / total.max(1) as f64 } else { 1.0 };
        let at = |natural: i64| self.offset_ms + (natural as f64 * stretch) as i64;
        let mut now = 0;
        for (turn, length) in self.turns.iter_mut().zip(lengths) {
            turn.times = Some((at(now), at(now + length)));
            turn.estimated = true;
            now += length + GUESSED_PAUSE_MS;
        }
    }

    /// Adds the frames of one channel. Where the channel mixes both parties, the one who does not have the turn is
    /// silent, and each has a loudness and a speech rate of its own.
    fn push_frames(
        &self,
        call: &mut RecordedCall,
        frames: &[Measured],
        mut speaker: impl FnMut(i64) -> Party,
        mixed: bool,
    ) -> bool {
        let length = self.voices.as_ref().map_or(0, |voices| voices.audio_ms);
        let (mut voices, mut room) = ([OwnVoice::default(), OwnVoice::default()], true);
        for (index, measured) in frames.iter().enumerate() {
            let begin_ms = index as i64 * i64::from(FRAME_MS);
            let party = speaker(self.offset_ms + begin_ms + i64::from(FRAME_MS / 2));
            let at_ms = self.offset_ms + (begin_ms + i64::from(FRAME_MS)).min(length);
            let mut frame = voiced(party, measured);
            if mixed {
                let [customer, agent] = &mut voices;
                (if party == Party::Customer { customer } else { agent }).remeasure(measured, &mut frame);
                let other = if party == Party::Customer { Party::Agent } else { Party::Customer };
                room &= call.push(at_ms, &Event::Frame(voiced(other, &Measured::default())));
            }
            room &= call.push(at_ms, &Event::Frame(frame));
        }
        room
    }
}

/// What is measured over seconds of one party's voice, where a channel mixes both.
#[derive(Default)]
struct OwnVoice {
    loudness: Loudness,
    rate: SpeechRate,
}

impl OwnVoice {
    fn remeasure(&mut self, measured: &Measured, frame: &mut Frame) {
        let steps = measured.voice_steps.count_ones();
        let loudness = self.loudness.frame(steps, measured.voice_power);
        let rate = self.rate.frame(steps, u32::from(measured.nuclei));
        frame.loudness_db = loudness.filter(|_| measured.speaking);
        frame.speech_rate = rate.filter(|_| measured.speaking);
    }
}

/// Tells who has the turn, for moments that only go forward: the turn that began last.
fn speaker_at(turns: &[SpokenTurn]) -> impl FnMut(i64) -> Party {
    let mut starts: Vec<(i64, Party)> =
        turns.iter().filter_map(|turn| Some((turn.times?.0, turn.party))).collect();
    starts.sort_by_key(|(start, _)| *start);
    let mut next = 0;
    let mut party = starts.first().map_or(Party::Customer, |(_, party)| *party);
    move |at_ms| {
        while let Some((_, now)) = starts.get(next).filter(|(start, _)| *start <= at_ms) {
            party = *now;
            next += 1;
        }
        party
    }
}

fn voiced(party: Party, measured: &Measured) -> Frame {
    Frame {
        party,
        speaking: measured.speaking,
        loudness_db: measured.loudness_db,
        pitch_hz: measured.pitch_hz,
        speech_rate: measured.speech_rate,
        anger: None,
        confidence: None,
    }
}

fn voice_steps(frames: &[Measured]) -> Vec<bool> {
    let steps = |frame: &Measured| {
        let bits = frame.voice_steps;
        (0..STEPS_PER_FRAME).map(move |step| bits >> step & 1 == 1)
    };
    frames.iter().flat_map(steps).collect()
}

fn either(first: &[bool], second: &[bool]) -> Vec<bool> {
    first.iter().zip(second).map(|(first, second)| *first || *second).collect()
}
