//! Drives one recorded call through the core on a virtual clock.

use tandem_archive::RecordedCall;
use tandem_centre::{Call, Sink, Sources};
use tandem_stdlib::contract::{Event, FactSource, Manifest, Party, Signal};

/// A clock that the caller lends for measuring, in nanoseconds. Nothing that is decided depends on it.
pub type Nanoseconds<'a> = &'a (dyn Fn() -> u64 + Sync);

/// A call's events with their times, and the moments at which speech begins where no frame would tell.
pub(crate) struct Drive<'a> {
    pub(crate) recorded: &'a RecordedCall,
    pub(crate) clock: Option<Nanoseconds<'a>>,
    /// Whether the policy looks at silence, shares of talk or who is speaking.
    pub(crate) wants_speech: bool,
    /// The modes (indices in the manifest) that the clock alone turns on, and that were on when the call began.
    pub(crate) modes: Vec<u32>,
}

/// What driving found out beside the decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Driven {
    pub(crate) events: u64,
    pub(crate) measured: Measured,
    pub(crate) decide_ns: u64,
    /// Who of the centre took the call and when.
    pub(crate) agents: Vec<(i64, String)>,
}

/// Which signals a call's frames and turns measured, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Measured(u16);

impl Measured {
    fn add(&mut self, party: Party, signal: Signal) {
        self.0 |= bit(party, signal);
    }

    fn has(self, party: Party, signal: Signal) -> bool {
        self.0 & bit(party, signal) != 0
    }

    fn observe(&mut self, event: &Event<'_>) {
        match event {
            Event::Frame(frame) => {
                let values = [
                    (Signal::Loudness, frame.loudness_db.is_some()),
                    (Signal::Pitch, frame.pitch_hz.is_some()),
                    (Signal::SpeechRate, frame.speech_rate.is_some()),
                    (Signal::Anger, frame.anger.is_some()),
                ];
                for (signal, _) in values.into_iter().filter(|(_, measured)| *measured) {
                    self.add(frame.party, signal);
                }
                self.heard(frame.speaking);
            }
            Event::Turn(_) => self.heard(true),
            _ => {}
        }
    }

    /// Speech of anybody tells silence and shares of talk of both.
    fn heard(&mut self, speech: bool) {
        if speech {
            for party in [Party::Customer, Party::Agent] {
                self.add(party, Signal::Silence);
                self.add(party, Signal::TalkShare);
            }
        }
    }

    /// The signals that a policy reads and that were not measured, each once, in the manifest's order.
    pub(crate) fn missing(self, manifest: &Manifest) -> Vec<(Party, Signal)> {
        let mut missing = Vec::new();
        for fact in &manifest.facts {
            if let FactSource::Signal(party, signal) = fact.source
                && !self.has(party, signal)
                && !missing.contains(&(party, signal))
            {
                missing.push((party, signal));
            }
        }
        missing
    }
}

const fn bit(party: Party, signal: Signal) -> u16 {
    let place = match signal {
        Signal::Loudness => 0,
        Signal::Pitch => 1,
        Signal::SpeechRate => 2,
        Signal::Anger => 3,
        Signal::TalkShare => 4,
        Signal::Silence => 5,
    };
    1 << (place + if matches!(party, Party::Agent) { 8 } else { 0 })
}

/// A sink that knows when a dialog leaves the path that the recording shows.
pub(crate) trait FollowsRecord: Sink {
    /// Whether the dialog has just asked something that nobody asks in the recording.
    fn departs(&mut self, recorded: &RecordedCall) -> bool;
}

impl Drive<'_> {
    /// Runs the whole call. `after` is called after every event, with the call as it then is.
    pub(crate) fn run<S: FollowsRecord>(
        &self,
        call: &mut Call,
        sources: &mut dyn Sources,
        sink: &mut S,
        mut after: impl FnMut(&Call, &mut S),
    ) -> Driven {
        call.reset();
        for mode in &self.modes {
            call.give(FactSource::Mode(*mode), 1);
        }
        let mut driven = Driven::default();
        let begun = self.now();
        let mut speech = self.speech_begins().into_iter().peekable();
        for (at_ms, event) in self.recorded.events() {
            while let Some((begins_ms, party)) = speech.next_if(|(begins_ms, _)| *begins_ms < at_ms) {
                call.speech(begins_ms, party, true, sources, sink);
            }
            call.handle(at_ms, &event, sources, sink);
            if sink.departs(self.recorded) {
                call.leave_dialog();
            }
            after(call, sink);
            match event {
                Event::Answered(name) if !name.is_empty() => driven.agents.push((at_ms, name.to_owned())),
                _ => {}
            }
            driven.events += 1;
            driven.measured.observe(&event);
        }
        driven.decide_ns = self.now().saturating_sub(begun);
        driven
    }

    fn now(&self) -> u64 {
        self.clock.map_or(0, |clock| clock())
    }

    /// A turn is delivered when it ends; without frames, nothing else would say that the silence before it ended
    /// when it began. Frames make this needless.
    fn speech_begins(&self) -> Vec<(i64, Party)> {
        if !self.wants_speech || self.recorded.audio_ms > 0 {
            return Vec::new();
        }
        let turns = self.recorded.events().filter_map(|(_, event)| match event {
            Event::Turn(turn) => Some((turn.start_ms, turn.party)),
            _ => None,
        });
        let mut begins: Vec<_> = turns.collect();
        begins.sort_unstable();
        begins
    }
}
