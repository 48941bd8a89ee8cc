//! Makes happen what a test says happens.

use tandem_centre::campaign::found_leads;
use tandem_centre::{Answer, ArgumentValue, Call, Core, Modes, Sources};
use tandem_stdlib::contract::{
    CallStart, Event, Expectation, FactSource, Frame, Given, Party, Script, Signal, Slot, Stimulus,
    TrialStimulus, Turn,
};

use super::around::Around;
use super::judge::{Finding, Judge};

/// Milliseconds that a byte of text takes to say, when a test says only what was said.
const SPEECH_MS_PER_BYTE: i64 = 60;

/// A call under test.
pub(super) struct Stage<'a> {
    core: &'a Core,
    script: &'a Script,
    call: Call,
    sources: GivenSources<'a>,
    /// Modes of the centre that the test does not set itself.
    modes: Modes,
    now_ms: i64,
    /// The next frames of signals that keep their values.
    next_frame_ms: i64,
    mode_count: u32,
    experiment_count: u32,
    /// By party: what a frame carries, once a signal was set.
    voices: [Option<Frame>; 2],
    /// By party: a signal changed at this moment and no frame has told yet.
    changed: [bool; 2],
    last_turn_end_ms: i64,
    ended: bool,
    /// The campaign that places the call, and the tickets that it leaves.
    around: Around<'a>,
    /// When the call began, since the test's clock; `None`: it has not.
    began_ms: Option<i64>,
}

impl<'a> Stage<'a> {
    pub(super) fn new(core: &'a Core, script: &'a Script) -> Self {
        Self {
            core,
            script,
            call: core.call(),
            sources: GivenSources(&script.given),
            modes: Modes::new(core, script.clock_ms),
            now_ms: 0,
            next_frame_ms: 0,
            mode_count: u32::try_from(core.manifest().modes.len()).unwrap_or(u32::MAX),
            experiment_count: u32::try_from(core.manifest().experiments.len()).unwrap_or(u32::MAX),
            voices: [None; 2],
            changed: [false; 2],
            last_turn_end_ms: 0,
            ended: false,
            around: Around::new(core, script),
            began_ms: None,
        }
    }

    /// Begins: with the call, or with the campaign that is to place it.
    pub(super) fn start(&mut self, judge: &mut Judge<'_>) {
        self.around.start();
        if !self.around.places_the_call() {
            self.start_call(None, judge);
        }
        self.tell_around(judge);
    }

    /// The call begins; `called`: the number that a campaign has called, and the language of its lead.
    fn start_call(&mut self, called: Option<(&str, &str)>, judge: &mut Judge<'_>) {
        self.began_ms = Some(self.now_ms);
        judge.call_begins(self.now_ms);
        self.ended = false;
        self.last_turn_end_ms = 0;
        self.call.reset();
        // What the test itself says of the call comes before what the lead tells.
        let of_lead = called.map(|(_, language)| language).filter(|_| self.script.language.is_empty());
        let language = of_lead.unwrap_or(&self.script.language);
        let start = CallStart {
            id: &self.script.name,
            clock_ms: self.clock_ms(),
            from: &self.script.from,
            to: called.map_or(&self.script.to, |(number, _)| number),
            outbound: self.script.outbound || called.is_some(),
            channel: &self.script.channel,
            language,
        };
        for (fact, value) in &self.script.facts {
            self.give(*fact, *value);
        }
        for at in 0..self.experiment_count {
            self.call.choose(at as usize, self.script.tries.contains(&at));
        }
        self.modes.changed(self.now_ms);
        self.give_modes();
        self.around.give(&mut self.call);
        self.handle(&Event::Start(start), judge);
    }

    /// The test's time on the clock, milliseconds since the Unix epoch.
    const fn clock_ms(&self) -> i64 {
        self.script.clock_ms.saturating_add(self.now_ms)
    }

    /// A moment of the test as milliseconds since the call's start.
    fn of_call(&self, at_ms: i64) -> i64 {
        at_ms.saturating_sub(self.began_ms.unwrap_or_default())
    }

    fn tell_around(&mut self, judge: &mut Judge<'_>) {
        judge.hear(self.script.clock_ms, self.around.take_told());
    }

    /// Looks at what a test expects of a campaign or ticket; `None` when it expects something else.
    pub(super) fn look_around(&mut self, expectation: &Expectation) -> Option<Finding> {
        self.around.look(self.clock_ms(), expectation)
    }

    /// Why something cannot happen to a call of a campaign; `None`: it can.
    pub(super) fn lacks_call(&self, stimulus: &Stimulus) -> Option<String> {
        let Stimulus::Trial(stimulus) = stimulus else { return None };
        self.around.lacks_call(*stimulus)
    }

    /// Something happens to the lead of a campaign.
    fn try_lead(&mut self, stimulus: TrialStimulus, judge: &mut Judge<'_>) {
        let clock_ms = self.clock_ms();
        if stimulus == TrialStimulus::Answers {
            if let Some((number, language)) = self.around.answers(clock_ms) {
                self.start_call(Some((&number, language)), judge);
                self.around.dialog().into_iter().for_each(|dialog| self.run_dialog(dialog, judge));
            }
        } else {
            let talks = self.began_ms.is_some() && !self.ended;
            if talks && matches!(stimulus, TrialStimulus::Attempt(_)) {
                self.handle(&Event::End, judge);
                self.ended = true;
                self.find_leads(judge);
            }
            self.around.act(clock_ms, stimulus, talks.then_some(&mut self.call));
        }
        self.tell_around(judge);
    }

    /// Sets a fact of the centre.
    fn give(&mut self, fact: FactSource, value: Slot) {
        self.call.give(fact, value);
        self.modes.give(fact, value);
    }

    /// Tells the call which modes are on; what the test itself says of a mode wins.
    fn give_modes(&mut self) {
        for mode in 0..self.mode_count {
            let fact = FactSource::Mode(mode);
            if !self.script.facts.iter().any(|(given, _)| *given == fact) {
                self.call.give(fact, Slot::from(self.modes.is_on(mode as usize)));
            }
        }
    }

    /// Lets modes turn that turn by time alone.
    fn modes_until(&mut self, at_ms: i64, judge: &mut Judge<'_>) {
        while let Some(wake_ms) = self.modes.wake_at().filter(|wake_ms| *wake_ms <= at_ms) {
            // What the call does by itself before the mode turns comes first.
            self.frames_before(wake_ms, judge);
            self.call.wake(self.of_call(wake_ms), &mut self.sources, judge);
            if self.modes.wake(wake_ms) {
                self.give_modes();
                self.call.centre_changed(self.of_call(wake_ms), &mut self.sources, judge);
            }
        }
    }

    /// Lets time pass until a step: frames go on, what is due before it happens. The step's own moment has not begun
    /// for signals: a value holds until the line that changes it.
    pub(super) fn forward(&mut self, at_ms: i64, judge: &mut Judge<'_>) {
        if at_ms <= self.now_ms {
            return;
        }
        self.tell_changes(judge);
        self.modes_until(at_ms, judge);
        self.frames_before(at_ms, judge);
        if self.began_ms.is_some() && !self.ended {
            self.wake(at_ms.saturating_sub(1), judge);
        }
        self.now_ms = at_ms;
        self.around.forward(self.clock_ms());
        self.tell_around(judge);
    }

    /// Brings everything to this moment, so that it can be judged.
    pub(super) fn settle(&mut self, judge: &mut Judge<'_>) {
        self.tell_changes(judge);
        if !self.ended {
            self.frames_before(self.now_ms.saturating_add(1), judge);
            self.wake(self.now_ms, judge);
        }
    }

    /// Ends the call, once.
    pub(super) fn end(&mut self, judge: &mut Judge<'_>) {
        if !self.ended && self.began_ms.is_some() {
            self.settle(judge);
            self.handle(&Event::End, judge);
            self.ended = true;
            self.find_leads(judge);
            self.around.call_ended(self.clock_ms(), &mut self.call);
            self.tell_around(judge);
        }
    }

    /// Whom the call that has just ended makes leads.
    fn find_leads(&mut self, judge: &mut Judge<'_>) {
        for found in found_leads(self.core, &mut self.call) {
            judge.found(self.now_ms, &found);
        }
    }

    pub(super) fn act(&mut self, stimulus: &Stimulus, judge: &mut Judge<'_>) {
        if let Stimulus::Signal { party, signal, value, confidence } = stimulus {
            return self.set_signal(*party, *signal, *value, *confidence);
        }
        self.tell_changes(judge);
        match stimulus {
            Stimulus::Centre(fact, value) => {
                self.give(*fact, *value);
                if self.modes.changed(self.now_ms) {
                    self.give_modes();
                }
                self.call.centre_changed(self.of_call(self.now_ms), &mut self.sources, judge);
            }
            Stimulus::Trial(stimulus) => self.try_lead(*stimulus, judge),
            Stimulus::Ticket(kind, event, fields) => {
                self.around.ticket(self.clock_ms(), *kind, (*event, fields), &mut self.call);
                self.tell_around(judge);
            }
            Stimulus::Signal { .. } => {}
            Stimulus::Says { party, text } => self.say(*party, text, judge),
            Stimulus::Presses(keys) => keys.chars().for_each(|key| self.handle(&Event::Key(key), judge)),
            Stimulus::Intent(word) => self.handle(&Event::Intent(word), judge),
            Stimulus::Unresolved => self.handle(&Event::Unresolved, judge),
            Stimulus::Answered => self.handle(&Event::Answered(""), judge),
            Stimulus::Hold(held) => self.handle(&Event::Hold(*held), judge),
            Stimulus::Acknowledges => self.handle(&Event::Acknowledged, judge),
            Stimulus::RunDialog(dialog) => self.run_dialog(*dialog, judge),
            Stimulus::Ends => self.end(judge),
        }
    }

    fn handle(&mut self, event: &Event<'_>, judge: &mut Judge<'_>) {
        self.call.handle(self.of_call(self.now_ms), event, &mut self.sources, judge);
        self.follow(judge);
    }

    fn run_dialog(&mut self, dialog: u32, judge: &mut Judge<'_>) {
        self.call.run_dialog(self.of_call(self.now_ms), dialog as usize, &mut self.sources, judge);
        self.follow(judge);
    }

    /// Lets the call do what is due of its own.
    fn wake(&mut self, until_ms: i64, judge: &mut Judge<'_>) {
        let until_ms = self.of_call(until_ms).max(self.call.elapsed_ms());
        self.call.wake(until_ms, &mut self.sources, judge);
        self.follow(judge);
    }

    /// What follows from what the call has just done: replies of cards, transfers, and tickets.
    fn follow(&mut self, judge: &mut Judge<'_>) {
        self.around.moved(judge.take_moved());
        for (card, replies) in judge.take_cards() {
            for reply in replies {
                let reply = self.call.words(reply, &mut self.sources, judge);
                judge.offered(card, reply);
            }
        }
        self.open_tickets(judge);
    }

    /// Opens the tickets that the call's dialog has just opened, each at its moment.
    fn open_tickets(&mut self, judge: &mut Judge<'_>) {
        for (at_ms, kind) in judge.take_tickets() {
            self.around.open_at_once(self.script.clock_ms.saturating_add(at_ms), kind, &mut self.call);
            self.tell_around(judge);
        }
    }

    fn say(&mut self, party: Party, text: &str, judge: &mut Judge<'_>) {
        let spoken_ms = i64::try_from(text.len()).unwrap_or(i64::MAX).saturating_mul(SPEECH_MS_PER_BYTE);
        let end_ms = self.of_call(self.now_ms);
        let start_ms = end_ms.saturating_sub(spoken_ms).max(self.last_turn_end_ms);
        let turn = Turn { party, start_ms, end_ms, text, estimated: true };
        self.last_turn_end_ms = end_ms;
        self.handle(&Event::Turn(turn), judge);
    }

    fn set_signal(&mut self, party: Party, signal: Signal, value: f64, confidence: Option<f64>) {
        let [customer, agent] = &mut self.voices;
        let voice = if party == Party::Customer { customer } else { agent };
        let frame = voice.get_or_insert(silent(party));
        match signal {
            Signal::Loudness => frame.loudness_db = Some(value as f32),
            Signal::Pitch => frame.pitch_hz = Some(value as f32),
            Signal::SpeechRate => frame.speech_rate = Some(value as f32),
            Signal::Anger => {
                frame.anger = Some(value as f32);
                frame.confidence = confidence.map(|confidence| confidence as f32).or(frame.confidence);
            }
            Signal::TalkShare => self.call.pin(party, signal, value.to_bits()),
            Signal::Silence => self.call.pin(party, signal, (value as i64).cast_unsigned()),
        }
        // Anger may be a label; the others are measured on a voice.
        frame.speaking |= matches!(signal, Signal::Loudness | Signal::Pitch | Signal::SpeechRate);
        let [customer, agent] = &mut self.changed;
        *(if party == Party::Customer { customer } else { agent }) = true;
    }

    /// Signals that a test sets at one moment come in one frame.
    fn tell_changes(&mut self, judge: &mut Judge<'_>) {
        let changed = std::mem::take(&mut self.changed);
        for (voice, _) in self.voices.into_iter().zip(changed).filter(|(_, changed)| *changed) {
            if let Some(frame) = voice {
                self.handle(&Event::Frame(frame), judge);
            }
        }
        if changed.contains(&true) {
            self.next_frame_ms =
                (self.now_ms / Frame::STEP_MS).saturating_add(1).saturating_mul(Frame::STEP_MS);
        }
    }

    /// The frames of all voices up to a moment, which is not included.
    fn frames_before(&mut self, until_ms: i64, judge: &mut Judge<'_>) {
        if self.ended || self.voices == [None; 2] {
            return;
        }
        while self.next_frame_ms < until_ms {
            for frame in self.voices.into_iter().flatten() {
                let at_ms = self.of_call(self.next_frame_ms);
                self.call.handle(at_ms, &Event::Frame(frame), &mut self.sources, judge);
            }
            self.next_frame_ms = self.next_frame_ms.saturating_add(Frame::STEP_MS);
        }
    }
}

const fn silent(party: Party) -> Frame {
    Frame {
        party,
        speaking: false,
        loudness_db: None,
        pitch_hz: None,
        speech_rate: None,
        anger: None,
        confidence: None,
    }
}

/// Answers sources as the test's `given` lines say.
pub(super) struct GivenSources<'a>(pub(super) &'a [Given]);

impl Sources for GivenSources<'_> {
    fn answer(&mut self, source: usize, _arguments: &[ArgumentValue<'_>], answer: &mut Answer) -> bool {
        let Some(given) = self.0.iter().find(|given| given.source as usize == source) else { return false };
        for (field, value) in given.fields.iter().enumerate() {
            let value: Option<Slot> = *value;
            value.into_iter().for_each(|value| answer.set(field, value));
        }
        answer.delay(given.after_ms);
        for (field, text) in &given.texts {
            answer.set_text(*field as usize, text);
        }
        true
    }
}
