//! One turn of a dialog, as the runtime carries it out, with counts only as far as they make a difference.

use tandem_stdlib::contract::{
    AskSpec, BlockRef, DialogAct, DialogFact, EntryRef, FactSource, Party, Slot, TransferTo,
};

use super::atoms::OPEN;
use super::heard::{OTHER, Saying};
use super::model::Model;
use super::property::{Behaviour, Progress, Told};
use super::truth::{INTENT, Known, Moment, Needed, UNRESOLVED, number};

/// Acts of one turn; the runtime has a limit of its own.
const ACTS_MAX: usize = 10_000;

/// Where a call stands between two turns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct State {
    /// Open questions, the innermost last, each with how often it got no answer.
    pub(super) open: Vec<(u32, u16)>,
    unresolved: u16,
    silent: u16,
    asked: u16,
    /// By counted phrases: turns that said them.
    said: Vec<u16>,
    intent: Slot,
    /// The queue that was offered last, where it makes a difference.
    offered: Slot,
    /// By atom: the class that was chosen.
    pub(super) chosen: Vec<u16>,
    pub(super) progress: Progress,
}

impl State {
    /// A call of which nothing is known.
    pub(super) fn unknown(atoms: usize) -> Self {
        Self { chosen: vec![OPEN; atoms], ..Self::default() }
    }
}

/// What happens in a turn.
#[derive(Clone, Debug)]
pub(super) enum Happening<'m> {
    /// The dialog begins.
    Begins,
    /// The caller says something, which then perhaps is told to mean an intent.
    Says(&'m Saying, Option<Slot>),
    Keys(char),
    Silence,
}

/// What came of a turn.
pub(super) struct Stepped {
    pub(super) state: State,
    pub(super) told: Vec<Told>,
    /// What the caller did; `None`: nothing, the dialog began.
    pub(super) done: Option<Vec<Behaviour>>,
}

enum After {
    Again,
    Retained,
    Back,
    Asked,
    Left,
}

/// The runtime's step, written down once more over classes of values.
struct Step<'s, 'm> {
    model: &'s Model<'m>,
    state: State,
    moment: Moment,
    told: Vec<Told>,
    done: Vec<Behaviour>,
}

/// Carries a turn out from a state whose choices may be too few; `Ok(None)`: the dialog does not begin so.
pub(super) fn step(
    model: &Model<'_>,
    state: State,
    happening: &Happening<'_>,
) -> Result<Option<Stepped>, Needed> {
    let (told, done) = (Vec::new(), Vec::new());
    let mut step = Step { model, state, moment: Moment::default(), told, done };
    let done = match happening {
        Happening::Begins => {
            if !step.begins()? {
                return Ok(None);
            }
            let after = step.block(0)?;
            step.settle(after)?;
            None
        }
        Happening::Says(saying, then) => {
            step.says(saying, *then)?;
            Some(step.done)
        }
        Happening::Keys(key) => {
            step.keys(*key)?;
            Some(step.done)
        }
        Happening::Silence => {
            step.silent()?;
            Some(step.done)
        }
    };
    Ok(Some(Stepped { state: step.state, told: step.told, done }))
}

impl<'m> Step<'_, 'm> {
    fn begins(&mut self) -> Result<bool, Needed> {
        for earlier in &self.model.earlier {
            if self.outcome(*earlier)?.is_some() {
                return Ok(false);
            }
        }
        self.state.said = vec![0; self.model.counted.len()];
        self.model.begins.map_or(Ok(true), |begins| Ok(self.outcome(begins)?.is_some()))
    }

    fn ask(&self) -> Option<&'m AskSpec> {
        self.model.spec.asks.get(self.state.open.last()?.0 as usize)
    }

    fn says(&mut self, saying: &Saying, then: Option<Slot>) -> Result<(), Needed> {
        self.done.extend(saying.sets.iter().map(|set| Behaviour::Says(*set)));
        for ((set, enough), times) in self.model.counted.iter().zip(&mut self.state.said) {
            if saying.sets.contains(set) {
                *times = (*times + 1).min(*enough);
            }
        }
        self.tells(saying.intent);
        let hears = self.ask().is_some_and(|ask| ask.speech_heard || ask.text_read);
        let mut followed = !hears;
        if hears {
            let said = saying.sets.clone();
            self.moment = Moment { heard: true, intent: saying.intent, said, ..Moment::default() };
            followed = self.react()?;
        }
        if let Some(intent) = then.filter(|_| !followed) {
            self.tells(intent);
            self.moment = Moment { heard: true, intent, ..Moment::default() };
            followed = self.react()?;
        }
        if followed { Ok(()) } else { self.is_unresolved() }
    }

    /// The caller's wish becomes known.
    fn tells(&mut self, intent: Slot) {
        if intent == 0 {
            return;
        }
        if intent != OTHER {
            self.done.push(Behaviour::Tells(intent));
        }
        if self.model.follows_intent {
            self.state.intent = intent;
        }
    }

    fn keys(&mut self, key: char) -> Result<(), Needed> {
        self.done.push(Behaviour::Keys(key));
        let Some(ask) = self.ask().filter(|ask| ask.keys_read) else { return Ok(()) };
        let intent = ask.keys.iter().find(|(known, _)| *known == key).map_or(0, |(_, intent)| *intent);
        self.tells(intent);
        self.moment = Moment { intent, key: Some(key), ..Moment::default() };
        if self.react()? { Ok(()) } else { self.is_unresolved() }
    }

    fn is_unresolved(&mut self) -> Result<(), Needed> {
        self.done.push(Behaviour::NotUnderstood);
        self.state.unresolved = (self.state.unresolved + 1).min(self.model.enough.unresolved);
        self.unanswered(Moment { unresolved: true, ..Moment::default() })
    }

    fn silent(&mut self) -> Result<(), Needed> {
        self.done.push(Behaviour::Silent);
        self.state.silent = (self.state.silent + 1).min(self.model.enough.silent);
        self.unanswered(Moment { silent: true, ..Moment::default() })
    }

    fn unanswered(&mut self, moment: Moment) -> Result<(), Needed> {
        if let Some((_, unanswered)) = self.state.open.last_mut() {
            *unanswered = (*unanswered + 1).min(self.model.enough.unanswered);
        }
        self.moment = moment;
        if !self.react()? {
            self.settle(After::Again)?;
        }
        Ok(())
    }

    fn react(&mut self) -> Result<bool, Needed> {
        let Some(ask) = self.ask() else { return Ok(false) };
        let Some(outcome) = self.outcome(ask.reactions)? else { return Ok(false) };
        let Some(block) = ask.handlers.get(outcome) else { return Ok(false) };
        if ask.offers.is_some() {
            self.state.open.pop();
        }
        let after = self.block(*block)?;
        self.settle(after)?;
        Ok(true)
    }

    fn block(&mut self, first: BlockRef) -> Result<After, Needed> {
        let mut after = After::Again;
        let mut stack = vec![(first, 0_usize)];
        for _ in 0..ACTS_MAX {
            let Some((block, at)) = stack.last_mut() else { return Ok(after) };
            let Some(act) = self.model.block(*block).get(*at) else {
                stack.pop();
                continue;
            };
            *at += 1;
            match act {
                DialogAct::Retain(_) => after = After::Retained,
                DialogAct::Ask(ask) => {
                    self.state.open.push((*ask, 0));
                    self.say_question(*ask)?;
                    return Ok(After::Asked);
                }
                DialogAct::Answer { known, otherwise, .. } => {
                    if self.outcome(*known)?.is_some() {
                        self.told.push(Told::Answered);
                    } else {
                        stack.push((*otherwise, 0));
                    }
                }
                DialogAct::Transfer { to, .. } => {
                    let queue = self.queue(*to)?;
                    return Ok(self.leave(Told::Transferred(queue)));
                }
                DialogAct::When { condition, then } => {
                    if self.outcome(*condition)?.is_some() {
                        stack.push((*then, 0));
                    }
                }
                DialogAct::Back => return Ok(After::Back),
                DialogAct::Resolved => return Ok(self.leave(Told::Resolved)),
                DialogAct::End => return Ok(self.leave(Told::Ended)),
                DialogAct::Say(_)
                | DialogAct::Note { .. }
                | DialogAct::Ticket(_)
                | DialogAct::Send { .. } => {}
            }
        }
        Ok(after)
    }

    fn leave(&mut self, how: Told) -> After {
        self.told.push(how);
        self.state.open.clear();
        After::Left
    }

    /// Where a transfer goes; 0: it makes no difference, or is not known.
    fn queue(&self, to: TransferTo) -> Result<Slot, Needed> {
        match to {
            TransferTo::Queue(queue) => Ok(queue),
            TransferTo::Offered => Ok(self.state.offered),
            TransferTo::Route(route) => {
                let Some(line) = self.outcome(route)? else { return Ok(0) };
                let line = self.model.lines(route).get(line);
                let output = self.model.queue_outputs.get(&route).copied();
                Ok(line
                    .zip(output)
                    .and_then(|(line, output)| self.model.queue(line, output))
                    .unwrap_or_default())
            }
        }
    }

    fn settle(&mut self, after: After) -> Result<(), Needed> {
        match after {
            After::Left | After::Asked => return Ok(()),
            After::Retained if !self.state.open.is_empty() => return Ok(()),
            After::Back => drop(self.state.open.pop()),
            After::Again | After::Retained => {}
        }
        match self.state.open.last().copied() {
            Some((ask, _)) => self.say_question(ask),
            None => {
                self.told.push(Told::Ended);
                Ok(())
            }
        }
    }

    fn say_question(&mut self, ask: u32) -> Result<(), Needed> {
        self.state.asked = (self.state.asked + 1).min(self.model.enough.asked);
        match self.model.spec.asks.get(ask as usize).and_then(|ask| ask.offers) {
            Some(to) => {
                let queue = self.queue(to)?;
                self.state.offered = if self.model.property.names_queues() { queue } else { 0 };
                self.told.push(Told::Offered(queue));
            }
            None => self.told.push(Told::Asked(ask)),
        }
        Ok(())
    }

    /// The row or rule of an entry that decides.
    fn outcome(&self, entry: EntryRef) -> Result<Option<usize>, Needed> {
        let followed = |fact| self.followed(fact);
        let (atoms, literals) = (&self.model.atoms, self.model.literals);
        let known = Known { atoms, literals, chosen: &self.state.chosen, followed: &followed };
        for (at, line) in self.model.lines(entry).iter().enumerate() {
            if line.when.as_ref().map_or(Ok(true), |when| known.holds(when))? {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    fn followed(&self, fact: FactSource) -> Slot {
        if let Some(slot) = self.moment.fact(fact) {
            return slot;
        }
        match fact {
            INTENT => self.state.intent,
            FactSource::Dialog(DialogFact::UnresolvedTimes) | UNRESOLVED => number(self.state.unresolved),
            FactSource::Dialog(DialogFact::SilentTimes) => number(self.state.silent),
            FactSource::Dialog(DialogFact::Unanswered) => {
                number(self.state.open.last().map_or(0, |(_, unanswered)| *unanswered))
            }
            FactSource::Dialog(DialogFact::Asked) => number(self.state.asked),
            FactSource::SaidTimes(Party::Customer, set) => {
                let counted = self.model.counted.iter().position(|(counted, _)| *counted == set);
                number(counted.and_then(|at| self.state.said.get(at)).copied().unwrap_or_default())
            }
            _ => 0,
        }
    }
}
