//! The campaign of a test, with its one lead.

use tandem_centre::campaign::{
    AnsweredBy, AttemptId, CampaignAction, CampaignEvent, Campaigns, Considered, Lead, LeadId, Permit,
    PolicyRules, Standing, give,
};
use tandem_centre::{Answer, Call, Core, zones_by_number};
use tandem_stdlib::contract::{
    CampaignSpec, Disposition, FollowAction, FollowedBy, NotCalled, Script, Slot, Trial, TrialExpectation,
    TrialStimulus, Type,
};

use super::show::{counted, followed};
use super::{Told, Unheard, sources};
use crate::names::{show_grade, why_not_called};
use crate::script::judge::Finding;
use crate::value::show_value;

const LEAD: LeadId = LeadId(1);

/// Calls the lead of a test.
pub(super) struct Dialler<'a> {
    core: &'a Core,
    script: &'a Script,
    trial: &'a Trial,
    spec: &'a CampaignSpec,
    campaigns: Campaigns,
    attempt: Option<AttemptId>,
    number: String,
    talks: bool,
    followed: Vec<FollowedBy>,
    grade: Slot,
    actions: Vec<CampaignAction>,
}

impl<'a> Dialler<'a> {
    pub(super) fn new(core: &'a Core, script: &'a Script, trial: &'a Trial) -> Option<Self> {
        let spec = core.manifest().campaigns.get(trial.campaign as usize)?;
        let campaigns = Campaigns::new(core.manifest(), zones_by_number).ok()?;
        let (attempt, number, talks) = (None, String::new(), false);
        let (followed, grade, actions) = (Vec::new(), 0, Vec::new());
        Some(Self { core, script, trial, spec, campaigns, attempt, number, talks, followed, grade, actions })
    }

    pub(super) fn start(&mut self, clock_ms: i64, told: &mut Told) {
        let crew = CampaignEvent::Crew {
            campaign: self.trial.campaign,
            idle: self.trial.agents,
            busy_since_ms: Vec::new(),
        };
        self.event(clock_ms, crew, told);
        if self.trial.listed {
            self.list(clock_ms, told);
        }
        let lead = Lead { id: LEAD, campaign: self.trial.campaign, fields: self.fields() };
        self.event(clock_ms, CampaignEvent::Lead(Box::new(lead)), told);
    }

    /// The person goes on the do-not-call list.
    fn list(&mut self, clock_ms: i64, told: &mut Told) -> Vec<u32> {
        let number = self.fields().text(self.spec.phone_field as usize).unwrap_or_default().to_owned();
        self.event(clock_ms, CampaignEvent::DoNotCall(number), told)
    }

    fn fields(&self) -> Answer {
        let mut fields = Answer::default();
        for (index, value) in self.trial.lead.fields.iter().enumerate() {
            value.iter().for_each(|value| fields.set(index, *value));
        }
        for (index, text) in &self.trial.lead.texts {
            fields.set_text(*index as usize, text);
        }
        fields
    }

    fn event(&mut self, clock_ms: i64, event: CampaignEvent, told: &mut Told) -> Vec<u32> {
        let (mut given, mut unheard) = (sources(self.script), Unheard);
        let mut rules = PolicyRules::new(self.core, &mut given, &mut unheard);
        self.campaigns.handle(clock_ms, event, &mut rules, &mut self.actions);
        self.take(clock_ms, told)
    }

    /// Lets time pass: everything that is due happens at its moment.
    pub(super) fn wake(&mut self, clock_ms: i64, told: &mut Told) {
        while let Some(at_ms) = self.campaigns.wake_at().filter(|at_ms| *at_ms <= clock_ms) {
            let (mut given, mut unheard) = (sources(self.script), Unheard);
            let mut rules = PolicyRules::new(self.core, &mut given, &mut unheard);
            self.campaigns.wake(at_ms, &mut rules, &mut self.actions);
            self.take(at_ms, told);
        }
    }

    /// A person answers the attempt under way; gives the number that was called.
    pub(super) fn answers(&mut self, clock_ms: i64, told: &mut Told) -> Option<String> {
        let attempt = self.attempt?;
        self.event(clock_ms, CampaignEvent::Answered { attempt, by: AnsweredBy::Person }, told);
        self.event(clock_ms, CampaignEvent::Connected(attempt), told);
        self.talks = true;
        Some(self.number.clone())
    }

    pub(super) const fn dialog(&self) -> Option<u32> {
        self.spec.dialog
    }

    pub(super) fn give(&self, call: &mut Call) {
        if let Some((lead, history)) = self.campaigns.lead(LEAD) {
            let number = self.number.as_str();
            let considered = Considered { lead, number, history: &history, clock_ms: self.script.clock_ms };
            give(call, self.core, self.spec, considered);
        }
    }

    pub(super) fn act(
        &mut self,
        clock_ms: i64,
        stimulus: TrialStimulus,
        call: Option<&mut Call>,
        told: &mut Told,
    ) -> Vec<u32> {
        match stimulus {
            TrialStimulus::Attempt(disposition) => self.ended(clock_ms, Some(disposition), call, told),
            TrialStimulus::DoNotCall => self.list(clock_ms, told),
            TrialStimulus::Answers => Vec::new(),
        }
    }

    /// The attempt is over; a call with a person is graded first. Gives the tickets that follow.
    pub(super) fn ended(
        &mut self,
        clock_ms: i64,
        disposition: Option<Disposition>,
        call: Option<&mut Call>,
        told: &mut Told,
    ) -> Vec<u32> {
        let Some(attempt) = self.attempt else { return Vec::new() };
        let mut tickets = Vec::new();
        if let (true, Some(call)) = (self.talks, call) {
            self.give(call);
            if let Some((outcome, grade)) = self.grade_of(call) {
                told.hits.extend(self.spec.grade.map(|entry| (entry as usize, outcome)));
                self.grade = grade;
                told.lines.push(format!("{} ({})", self.show_grade(grade), self.spec.name));
                tickets = self.event(clock_ms, CampaignEvent::Graded { attempt, grade }, told);
            }
        }
        let disposition = disposition.unwrap_or(Disposition::Conversation);
        self.talks = false;
        self.attempt = None;
        tickets.extend(self.event(clock_ms, CampaignEvent::Ended { attempt, disposition }, told));
        tickets
    }

    fn grade_of(&self, call: &mut Call) -> Option<(usize, Slot)> {
        let decided = call.evaluate(self.spec.grade? as usize)?;
        Some((decided.outcome, *decided.outputs.first()?))
    }

    fn show_grade(&self, grade: Slot) -> String {
        format!("grade {}", show_grade(self.core.manifest(), self.spec, grade))
    }

    /// Remembers what was done; gives the tickets to open.
    fn take(&mut self, clock_ms: i64, told: &mut Told) -> Vec<u32> {
        let mut tickets = Vec::new();
        for action in std::mem::take(&mut self.actions) {
            let what = match action {
                CampaignAction::Preview { attempt, .. } => {
                    self.event(clock_ms, CampaignEvent::Accepted(attempt), told);
                    continue;
                }
                CampaignAction::Dial { attempt, number, .. } => {
                    told.lines.push(format!("call {number} ({})", self.spec.name));
                    (self.attempt, self.number) = (Some(attempt), number);
                    continue;
                }
                CampaignAction::Counted { .. } => {
                    self.attempt = None;
                    self.talks = false;
                    continue;
                }
                CampaignAction::NotCalled { because, .. } => {
                    if let (NotCalled::Guard(outcome), Some(never)) = (because, self.spec.never) {
                        told.hits.push((never as usize, outcome as usize));
                    }
                    let because = why_not_called(self.core.manifest(), self.spec.never, because);
                    told.lines.push(format!("no call because \"{because}\" ({})", self.spec.name));
                    continue;
                }
                CampaignAction::Transfer { queue, .. } => FollowedBy::Transfer(queue),
                CampaignAction::Task { .. } => FollowedBy::Person,
                CampaignAction::Send { grade, step, .. } => FollowedBy::Send(self.channel(grade, step)),
                CampaignAction::CallAgain { .. } => FollowedBy::CallAgain,
                CampaignAction::OpenTicket { ticket, .. } => {
                    tickets.push(ticket);
                    FollowedBy::Ticket(ticket)
                }
                CampaignAction::MarkDoNotCall { .. } => FollowedBy::NeverAgain,
                _ => continue,
            };
            told.lines.push(format!("{} ({})", followed(self.core.manifest(), &what), self.spec.name));
            self.followed.push(what);
        }
        tickets
    }

    fn channel(&self, grade: Slot, step: usize) -> String {
        let actions =
            self.spec.follow_ups.iter().find(|(word, _)| *word == grade).map(|(_, actions)| actions);
        match actions.and_then(|actions| actions.get(step)) {
            Some(FollowAction::Send { channel, .. }) => channel.clone(),
            _ => String::new(),
        }
    }

    pub(super) fn look(&mut self, clock_ms: i64, expected: &TrialExpectation) -> Finding {
        match expected {
            TrialExpectation::Call { placed, because } => {
                self.look_call(clock_ms, *placed, because.as_deref())
            }
            TrialExpectation::NextCall { not_before_ms } => self.look_next(clock_ms, *not_before_ms),
            TrialExpectation::Grade { value, shown } => Finding {
                held: self.grade == *value,
                expected: format!("grade {shown}"),
                found: if self.grade == 0 {
                    "no grade so far".to_owned()
                } else {
                    self.show_grade(self.grade)
                },
            },
            TrialExpectation::Followed { what, times } => {
                let manifest = self.core.manifest();
                let found = self.followed.iter().filter(|found| *found == what);
                let found: Vec<String> = found.map(|found| followed(manifest, found)).collect();
                let what = followed(manifest, what);
                counted(&what, *times, &found, &what)
            }
        }
    }

    fn look_call(&mut self, clock_ms: i64, placed: bool, because: Option<&str>) -> Finding {
        let shown = |because: Option<&str>| {
            because.map_or(String::new(), |because| format!(" because \"{because}\""))
        };
        let expected = format!("{}{}", if placed { "call" } else { "no call" }, shown(because));
        let (found_placed, reason) = match self.standing(clock_ms) {
            Standing::UnderWay => (true, None),
            Standing::Settled => (false, Some("the lead is settled".to_owned())),
            Standing::Waits(because, _) => {
                (false, Some(why_not_called(self.core.manifest(), self.spec.never, because)))
            }
        };
        let held = placed == found_placed && because.is_none_or(|because| reason.as_deref() == Some(because));
        let found = if found_placed {
            "a call is under way".to_owned()
        } else {
            format!("no call{}", shown(reason.as_deref()))
        };
        Finding { held, expected, found }
    }

    fn look_next(&mut self, clock_ms: i64, not_before_ms: i64) -> Finding {
        let ty = Type::Moment;
        let show = |at_ms: i64| show_value(self.core.manifest(), ty, at_ms.cast_unsigned(), None);
        let expected = format!("next call not before {}", show(not_before_ms));
        let next_ms = match self.standing(clock_ms) {
            Standing::UnderWay => Some(clock_ms),
            Standing::Settled => None,
            Standing::Waits(_, Some(at_ms)) => Some(at_ms),
            Standing::Waits(NotCalled::Agents | NotCalled::Pace, None) => Some(clock_ms),
            Standing::Waits(_, None) => None,
        };
        let found =
            next_ms.map_or("no next call".to_owned(), |at_ms| format!("next call at {}", show(at_ms)));
        Finding { held: next_ms.is_none_or(|at_ms| at_ms >= not_before_ms), expected, found }
    }

    fn standing(&mut self, clock_ms: i64) -> Standing {
        let (mut given, mut unheard) = (sources(self.script), Unheard);
        let mut rules = PolicyRules::new(self.core, &mut given, &mut unheard);
        match self.campaigns.standing(LEAD, clock_ms, &mut rules) {
            // What was told when the lead was put aside may be an older reason than the one that holds now.
            Standing::Waits(because, None) => match self.campaigns.permit(LEAD, clock_ms, &mut rules) {
                Some(Permit::At(at_ms, because)) => Standing::Waits(because, Some(at_ms)),
                Some(Permit::Never(because)) => Standing::Waits(because, None),
                _ => Standing::Waits(because, None),
            },
            standing => standing,
        }
    }
}
