//! Which slots of the facts record each thing that happens must touch, worked out once for a policy.

use std::collections::HashMap;

use tandem_stdlib::contract::{
    AgentFact, Argument, CallFact, DialogFact, FactSource, Manifest, Party, Signal, Slot, TextFact, Type,
    UNKNOWN_WORD, VocabularyKind,
};

/// The slots of one fact. Nearly always none or one.
pub(crate) type Slots = Vec<usize>;

/// `Said` before anything was said in the turn of the event.
pub(crate) const NOT_SAID: Slot = (-1_i64).cast_unsigned();

/// The slots to touch, by cause.
#[derive(Default)]
pub(crate) struct FactSlots {
    pub(crate) clock: Slots,
    pub(crate) intent: Slots,
    /// (slot, type of the slot).
    pub(crate) language: Vec<(usize, Type)>,
    /// (slot, type of the slot).
    pub(crate) channel: Vec<(usize, Type)>,
    /// (slot, type of the slot).
    pub(crate) direction: Vec<(usize, Type)>,
    /// (slot, type of the slot).
    pub(crate) unresolved: Vec<(usize, Type)>,
    pub(crate) held: Slots,
    pub(crate) ended: Slots,
    pub(crate) answered: Slots,
    pub(crate) from: TextSlots,
    pub(crate) to: TextSlots,
    pub(crate) keys: TextSlots,
    /// By party: customer, agent.
    pub(crate) voice: [VoiceSlots; 2],
    /// By phrase set, then by party.
    pub(crate) said: Vec<[SaidSlots; 2]>,
    /// (calendar, slot, type of the slot).
    pub(crate) calendars: Vec<(usize, usize, Type)>,
    /// By source call.
    pub(crate) answers: Vec<AnswerSlots>,
    /// (slot, text that salts the chance).
    pub(crate) chances: Vec<(usize, String)>,
    /// By watch, those before others first: slots of who reads whether it has fired and is not clear again.
    pub(crate) watches: Vec<Slots>,
    /// Facts that the host gives, see [`Call::give`](crate::Call::give). Only looked up, never walked.
    pub(crate) given: HashMap<FactSource, Slots>,
    /// Facts of the agent who is being considered.
    pub(crate) agent: Vec<(AgentFact, usize)>,
    /// There are such facts, and all follow from skills, load, and whether the customer is the agent's own.
    pub(crate) scores_by_skills_alone: bool,
    /// Whether any slot holds the time since anybody spoke or a share of the talk.
    pub(crate) wants_speech: bool,
}

/// Slots of a text and of questions about its beginning.
#[derive(Default)]
pub(crate) struct TextSlots {
    pub(crate) whole: Slots,
    pub(crate) starts: Vec<(usize, String)>,
}

impl TextSlots {
    pub(crate) const fn is_empty(&self) -> bool {
        self.whole.is_empty() && self.starts.is_empty()
    }
}

/// Slots of one party's voice.
#[derive(Default)]
pub(crate) struct VoiceSlots {
    pub(crate) loudness: Slots,
    pub(crate) pitch: Slots,
    pub(crate) speech_rate: Slots,
    pub(crate) anger: Slots,
    pub(crate) talk_share: Slots,
    pub(crate) silence: Slots,
    pub(crate) confidence: Slots,
    pub(crate) speaking: Slots,
}

impl VoiceSlots {
    pub(crate) const fn signal(&self, signal: Signal) -> &Slots {
        match signal {
            Signal::Loudness => &self.loudness,
            Signal::Pitch => &self.pitch,
            Signal::SpeechRate => &self.speech_rate,
            Signal::Anger => &self.anger,
            Signal::TalkShare => &self.talk_share,
            Signal::Silence => &self.silence,
        }
    }

    const fn signal_mut(&mut self, signal: Signal) -> &mut Slots {
        match signal {
            Signal::Loudness => &mut self.loudness,
            Signal::Pitch => &mut self.pitch,
            Signal::SpeechRate => &mut self.speech_rate,
            Signal::Anger => &mut self.anger,
            Signal::TalkShare => &mut self.talk_share,
            Signal::Silence => &mut self.silence,
        }
    }
}

/// Slots about one phrase set of one party.
#[derive(Default)]
pub(crate) struct SaidSlots {
    pub(crate) at: Slots,
    /// (slot, type of the slot).
    pub(crate) times: Vec<(usize, Type)>,
}

/// Slots of one source call's answer.
#[derive(Default)]
pub(crate) struct AnswerSlots {
    pub(crate) answered: Slots,
    /// (field, slot).
    pub(crate) known: Vec<(usize, usize)>,
    /// (field, slot).
    pub(crate) value: Vec<(usize, usize)>,
    /// (field, slot) of masked texts.
    pub(crate) masked: Vec<(usize, usize)>,
    /// The hidden slots of the arguments, in order.
    pub(crate) arguments: Vec<ArgumentSlot>,
}

/// Where an argument of a look-up is found.
#[derive(Clone, Copy)]
pub(crate) enum ArgumentSlot {
    /// In the facts record, at the index; `steady` when a change of it asks the source again, `known` where a fact of its
    /// own tells whether it is known.
    Fact { slot: usize, ty: Type, steady: bool, known: Option<usize> },
    /// The value itself.
    Constant { value: Slot, ty: Type },
}

impl FactSlots {
    /// Sorts the facts by cause and gives the record before anything happened. The record is longer than the
    /// manifest's: arguments of look-ups that no entry reads have slots behind it.
    pub(crate) fn new(manifest: &Manifest) -> (Self, Vec<Slot>) {
        let mut slots = Self::default();
        let mut initial = Vec::with_capacity(manifest.facts.len());
        slots.said.resize_with(manifest.phrases.len(), Default::default);
        slots.answers.resize_with(manifest.source_calls.len(), AnswerSlots::default);
        for fact in &manifest.facts {
            slots.add(manifest, fact.source, fact.ty, &mut initial);
        }
        for (index, call) in manifest.source_calls.iter().enumerate() {
            let types = manifest.sources.get(call.source as usize).map(|s| s.parameters.as_slice());
            let arguments =
                slots.arguments(manifest, &call.arguments, types.unwrap_or_default(), &mut initial);
            if let Some(answer) = slots.answers.get_mut(index) {
                answer.arguments = arguments;
            }
        }
        let of_skills = |fact: &AgentFact| match fact {
            AgentFact::SkillLevel | AgentFact::LevelIn(_) | AgentFact::Load | AgentFact::IsOwner => true,
            AgentFact::Occupancy | AgentFact::Idle | AgentFact::Handled => false,
        };
        slots.scores_by_skills_alone =
            !slots.agent.is_empty() && slots.agent.iter().all(|(fact, _)| of_skills(fact));
        (slots, initial)
    }

    fn arguments(
        &mut self,
        manifest: &Manifest,
        arguments: &[Argument],
        types: &[Type],
        initial: &mut Vec<Slot>,
    ) -> Vec<ArgumentSlot> {
        let mut found = Vec::with_capacity(arguments.len());
        for (index, argument) in arguments.iter().enumerate() {
            let ty = types.get(index).copied().unwrap_or(Type::Number);
            found.push(match *argument {
                Argument::Constant(value) => ArgumentSlot::Constant { value, ty },
                Argument::Fact(source) => {
                    let slot = self.slot_of(manifest, source, ty, initial);
                    let known = match source {
                        FactSource::Lead(leads, field) => Some(FactSource::LeadKnown(leads, field)),
                        _ => None,
                    };
                    let known = known.map(|known| self.slot_of(manifest, known, Type::YesNo, initial));
                    ArgumentSlot::Fact { slot, ty, steady: is_steady(source), known }
                }
            });
        }
        found
    }

    /// The slot of a fact that an argument is: that of the entries, or one of its own.
    fn slot_of(
        &mut self,
        manifest: &Manifest,
        source: FactSource,
        ty: Type,
        initial: &mut Vec<Slot>,
    ) -> usize {
        let listed = manifest.facts.iter().position(|fact| fact.source == source);
        listed.unwrap_or_else(|| {
            self.add(manifest, source, ty, initial);
            initial.len().saturating_sub(1)
        })
    }

    /// Gives the next slot of the record to a fact.
    fn add(&mut self, manifest: &Manifest, source: FactSource, ty: Type, initial: &mut Vec<Slot>) {
        let slot = initial.len();
        initial.push(before_anything(source, ty));
        match source {
            FactSource::Call(fact) => self.add_call(fact, slot, ty),
            FactSource::Text(text) => self.text_mut(text).whole.push(slot),
            FactSource::TextStarts(text, literal) => {
                let literal = manifest.literals.get(literal as usize).cloned().unwrap_or_default();
                self.text_mut(text).starts.push((slot, literal));
            }
            FactSource::Signal(party, signal) => {
                self.wants_speech |= matches!(signal, Signal::TalkShare | Signal::Silence);
                self.voice_mut(party).signal_mut(signal).push(slot);
            }
            FactSource::Confidence(party) => self.voice_mut(party).confidence.push(slot),
            FactSource::Speaking(party) => {
                self.wants_speech = true;
                self.voice_mut(party).speaking.push(slot);
            }
            FactSource::Said(party, phrase) => self.said_mut(party, phrase, |said| said.at.push(slot)),
            FactSource::SaidTimes(party, phrase) => {
                self.said_mut(party, phrase, |said| said.times.push((slot, ty)))
            }
            FactSource::Calendar(calendar) => self.calendars.push((calendar as usize, slot, ty)),
            FactSource::Answered(call) => self.answer_mut(call, |answer| answer.answered.push(slot)),
            FactSource::AnswerKnown(call, field) => {
                self.answer_mut(call, |answer| answer.known.push((field as usize, slot)));
            }
            FactSource::Answer(call, field) => {
                self.answer_mut(call, |answer| answer.value.push((field as usize, slot)));
            }
            FactSource::AnswerMasked(call, field) => {
                self.answer_mut(call, |answer| answer.masked.push((field as usize, slot)));
            }
            FactSource::Chance(salt) => {
                let salt = manifest.literals.get(salt as usize).cloned().unwrap_or_default();
                self.chances.push((slot, salt));
            }
            FactSource::Watch(watch) => {
                let watch = watch as usize;
                if self.watches.len() <= watch {
                    self.watches.resize_with(watch + 1, Slots::default);
                }
                if let Some(slots) = self.watches.get_mut(watch) {
                    slots.push(slot);
                }
            }
            FactSource::Agent(fact) => {
                self.agent.push((fact, slot));
                self.given.entry(source).or_default().push(slot);
            }
            FactSource::Dialog(_)
            | FactSource::Queue(..)
            | FactSource::Mode(_)
            | FactSource::Noted(_)
            | FactSource::NotedKnown(_)
            | FactSource::Lead(..)
            | FactSource::LeadMasked(..)
            | FactSource::LeadKnown(..)
            | FactSource::Attempt(_)
            | FactSource::Ticket(_)
            | FactSource::TicketField(..) => self.given.entry(source).or_default().push(slot),
        }
    }

    fn add_call(&mut self, fact: CallFact, slot: usize, ty: Type) {
        match fact {
            // The elapsed time is always slot 0; a second slot of it is an error that `Core::new` finds.
            CallFact::Elapsed => {}
            CallFact::Clock => self.clock.push(slot),
            CallFact::Intent => self.intent.push(slot),
            CallFact::Language => self.language.push((slot, ty)),
            CallFact::Channel => self.channel.push((slot, ty)),
            CallFact::Direction => self.direction.push((slot, ty)),
            CallFact::Unresolved => self.unresolved.push((slot, ty)),
            CallFact::Held => self.held.push(slot),
            CallFact::Ended => self.ended.push(slot),
            CallFact::Answered => self.answered.push(slot),
        }
    }

    pub(crate) const fn text(&self, text: TextFact) -> &TextSlots {
        match text {
            TextFact::From => &self.from,
            TextFact::To => &self.to,
            TextFact::Keys => &self.keys,
        }
    }

    const fn text_mut(&mut self, text: TextFact) -> &mut TextSlots {
        match text {
            TextFact::From => &mut self.from,
            TextFact::To => &mut self.to,
            TextFact::Keys => &mut self.keys,
        }
    }

    pub(crate) const fn voice(&self, party: Party) -> &VoiceSlots {
        let [customer, agent] = &self.voice;
        match party {
            Party::Customer => customer,
            Party::Agent => agent,
        }
    }

    const fn voice_mut(&mut self, party: Party) -> &mut VoiceSlots {
        let [customer, agent] = &mut self.voice;
        match party {
            Party::Customer => customer,
            Party::Agent => agent,
        }
    }

    fn said_mut(&mut self, party: Party, phrase: u32, change: impl FnOnce(&mut SaidSlots)) {
        if let Some([customer, agent]) = self.said.get_mut(phrase as usize) {
            change(if party == Party::Customer { customer } else { agent });
        }
    }

    fn answer_mut(&mut self, call: u32, change: impl FnOnce(&mut AnswerSlots)) {
        if let Some(answer) = self.answers.get_mut(call as usize) {
            change(answer);
        }
    }
}

/// A fact's value before anything happened.
const fn before_anything(source: FactSource, ty: Type) -> Slot {
    match source {
        FactSource::Signal(_, Signal::Silence) => 0,
        FactSource::Signal(..) | FactSource::Confidence(_) => f64::NAN.to_bits(),
        FactSource::Said(..) | FactSource::Call(CallFact::Answered) => NOT_SAID,
        FactSource::Dialog(DialogFact::Key) => (-1.0_f64).to_bits(),
        FactSource::Call(CallFact::Unresolved) | FactSource::SaidTimes(..) => count(0, ty),
        _ => UNKNOWN_WORD,
    }
}

/// A count in the encoding of its type: `number` is an `f64`.
pub(crate) const fn count(value: u32, ty: Type) -> Slot {
    if ty.is_float() { (value as f64).to_bits() } else { value as Slot }
}

/// Whether a change of the fact asks a source again. What moves with every event does not: the value at the first
/// look-up counts.
const fn is_steady(source: FactSource) -> bool {
    match source {
        FactSource::Call(fact) => {
            !matches!(fact, CallFact::Elapsed | CallFact::Clock | CallFact::Ended | CallFact::Answered)
        }
        FactSource::Text(_) | FactSource::TextStarts(..) | FactSource::Lead(..) => true,
        _ => false,
    }
}

/// The slot value of a word in the vocabulary that a type names; unknown when the vocabulary lacks it.
pub(crate) fn word(manifest: &Manifest, ty: Type, text: &str) -> Slot {
    let Type::Word(vocabulary) = ty else { return UNKNOWN_WORD };
    let words = manifest.vocabularies.get(vocabulary as usize).map(|v| v.words.as_slice());
    let index = words.unwrap_or_default().iter().position(|word| word == text);
    index.map_or(UNKNOWN_WORD, |index| index as Slot + 1)
}

/// The type of the `intent` vocabulary, if the policy declares one.
pub(crate) fn intent_type(manifest: &Manifest) -> Option<Type> {
    let index = manifest.vocabularies.iter().position(|v| v.kind == VocabularyKind::Intent)?;
    u32::try_from(index).ok().map(Type::Word)
}
