//! What stands around the call of a test: the campaign that places it, and the tickets that it leaves.

mod desk;
mod show;
#[cfg(test)]
mod tests;
mod trial;

use tandem_centre::{Call, Core, Decision, Incident, QaResult, Sink};
use tandem_stdlib::contract::{Expectation, Filled, Script, Slot, TicketEvent, TrialStimulus};

use super::judge::Finding;
use super::stage::GivenSources;
use desk::Desk;
pub(super) use show::counted;
use trial::Dialler;

/// Nobody hears what conditions of campaigns and tickets meet.
pub(crate) struct Unheard;

impl Sink for Unheard {
    fn decided(&mut self, _decision: Decision<'_>) {}

    fn judged(&mut self, _result: QaResult) {}

    fn incident(&mut self, _incident: Incident) {}
}

/// What a campaign or ticket did, for the list of what was decided.
#[derive(Default)]
pub(super) struct Told {
    /// One line each, with its moment, milliseconds since the Unix epoch.
    pub(super) lines: Vec<(i64, String)>,
    /// Outcomes that decided.
    pub(super) hits: Vec<(usize, usize)>,
    /// What was said to whoever answered.
    pub(super) said: Vec<String>,
}

/// Campaign and tickets of a test. Times are milliseconds since the Unix epoch.
pub(super) struct Around<'a> {
    core: &'a Core,
    script: &'a Script,
    dialler: Option<Dialler<'a>>,
    desk: Option<Desk<'a>>,
    told: Told,
}

impl<'a> Around<'a> {
    pub(super) fn new(core: &'a Core, script: &'a Script) -> Self {
        let dialler = script.trial.as_ref().and_then(|trial| Dialler::new(core, script, trial));
        Self { core, script, dialler, desk: Desk::new(core, script), told: Told::default() }
    }

    /// Whether the call begins only when a campaign has placed it and somebody answers.
    pub(super) const fn places_the_call(&self) -> bool {
        self.dialler.is_some()
    }

    /// Everything begins.
    pub(super) fn start(&mut self) {
        if let Some(dialler) = &mut self.dialler {
            dialler.start(self.script.clock_ms, &mut self.told);
        }
    }

    /// Lets time pass.
    pub(super) fn forward(&mut self, clock_ms: i64) {
        if let Some(dialler) = &mut self.dialler {
            dialler.mark();
            dialler.wake(clock_ms, &mut self.told);
        }
        if let Some(desk) = &mut self.desk {
            desk.wake(clock_ms, &mut self.told);
        }
    }

    /// The number that is being called and the lead's language, when a person may answer.
    pub(super) fn answers(&mut self, clock_ms: i64) -> Option<(String, &'a str)> {
        let dialler = self.dialler.as_mut()?;
        let number = dialler.answers(clock_ms, &mut self.told)?;
        self.desk.iter_mut().for_each(|desk| desk.set_customer(&number));
        Some((number, dialler.language()))
    }

    /// Gives a call what its campaign knows.
    pub(super) fn give(&self, call: &mut Call) {
        if let Some(dialler) = &self.dialler {
            dialler.give(call);
        }
    }

    /// The dialog that a campaign runs when somebody answers.
    pub(super) fn dialog(&self) -> Option<u32> {
        self.dialler.as_ref().and_then(Dialler::dialog)
    }

    /// The call was transferred, with what was handed over.
    pub(super) fn moved(&mut self, transfers: Vec<(Slot, Vec<(String, String)>)>) {
        if let Some(dialler) = &mut self.dialler {
            transfers.into_iter().for_each(|(queue, told)| dialler.moved(queue, told));
        }
    }

    /// A dialog opens a ticket at once.
    pub(super) fn open_at_once(&mut self, clock_ms: i64, kind: u32, call: &mut Call) {
        if let Some(desk) = &mut self.desk {
            desk.open_at_once(clock_ms, kind, call, &mut self.told);
        }
    }

    /// Something happens to the lead. The call is over when it says how it ended.
    pub(super) fn act(&mut self, clock_ms: i64, stimulus: TrialStimulus, mut call: Option<&mut Call>) {
        let Some(dialler) = &mut self.dialler else { return };
        dialler.mark();
        let tickets = dialler.act(clock_ms, stimulus, call.as_deref_mut(), &mut self.told);
        match call {
            Some(call) => self.open(clock_ms, &tickets, call),
            None => self.open(clock_ms, &tickets, &mut self.core.call()),
        }
    }

    /// The call has ended: it is graded, and opens tickets.
    pub(super) fn call_ended(&mut self, clock_ms: i64, call: &mut Call) {
        let mut tickets = Vec::new();
        if let Some(dialler) = &mut self.dialler {
            tickets = dialler.ended(clock_ms, None, Some(call), &mut self.told);
        }
        if let Some(desk) = &mut self.desk {
            desk.call_ended(clock_ms, call, &mut self.told);
        }
        self.open(clock_ms, &tickets, call);
    }

    /// Opens the tickets that follow a grade, classified on the call that was graded.
    fn open(&mut self, clock_ms: i64, tickets: &[u32], call: &mut Call) {
        let Some(desk) = &mut self.desk else { return };
        tickets.iter().for_each(|kind| desk.open(clock_ms, *kind, call, &mut self.told));
    }

    /// Something happens to the last ticket of a kind.
    pub(super) fn ticket(
        &mut self,
        clock_ms: i64,
        kind: u32,
        (event, fields): (TicketEvent, &Filled),
        call: &mut Call,
    ) {
        if let Some(desk) = &mut self.desk {
            desk.happen(clock_ms, kind, (event, fields), call, &mut self.told);
        }
    }

    /// Looks at what a test expects of a campaign or ticket; `None` when it expects something else.
    pub(super) fn look(&mut self, clock_ms: i64, expectation: &Expectation) -> Option<Finding> {
        match expectation {
            Expectation::Trial(expected) => {
                self.dialler.as_mut().map(|dialler| dialler.look(clock_ms, expected))
            }
            Expectation::Ticket(kind, expected) => self.desk.as_ref().map(|desk| desk.look(*kind, expected)),
            _ => None,
        }
    }

    /// Why something cannot happen to a call of the campaign.
    pub(super) fn lacks_call(&self, stimulus: TrialStimulus) -> Option<String> {
        self.dialler.as_ref()?.lacks_call(stimulus)
    }

    /// What was done since the last time.
    pub(super) fn take_told(&mut self) -> Told {
        std::mem::take(&mut self.told)
    }
}

/// Sources of a test.
fn sources(script: &Script) -> GivenSources<'_> {
    GivenSources(&script.given)
}
