//! The campaign of a test, with its one lead.

use tandem_centre::campaign::{
    AnsweredBy, AttemptId, CampaignAction, CampaignEvent, Campaigns, Considered, Lead, LeadId, LeadRules,
    Permit, PolicyRules, Standing, call_start, give, told_after,
};
use tandem_centre::{Answer, Call, Core, zones_by_number};
use tandem_stdlib::contract::{
    CampaignSpec, Disposition, FollowAction, FollowedBy, MachinePolicy, NotCalled, Script, Slot, Trial,
    TrialExpectation, TrialStimulus, Type,
};

use super::show::{alike, because_of, counted, followed, same, telling};
use super::{Told, Unheard, sources};
use crate::names::{show_grade, why_not_called};
use crate::script::judge::Finding;
use crate::value::show_value;

const LEAD: LeadId = LeadId(1);

/// Something that followed a grade, or a transfer in the call itself.
struct Followed {
    what: FollowedBy,
    told: Vec<(String, String)>,
}

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
    /// Calls placed so far, and before the line that is being looked at.
    placed: (u32, u32),
    followed: Vec<Followed>,
    /// How the last attempt ended.
    last: Option<Disposition>,
    /// The last grade, with the author's reason.
    grade: (Slot, String),
    /// By step of the last grade: what was handed over or noted.
    told: Vec<Vec<(String, String)>>,
    actions: Vec<CampaignAction>,
}

impl<'a> Dialler<'a> {
    pub(super) fn new(core: &'a Core, script: &'a Script, trial: &'a Trial) -> Option<Self> {
        let spec = core.manifest().campaigns.get(trial.campaign as usize)?;
        let campaigns = Campaigns::new(core.manifest(), zones_by_number).ok()?;
        let (attempt, number, talks) = (None, String::new(), false);
        Some(Self {
            core,
            script,
            trial,
            spec,
            campaigns,
            attempt,
            last: None,
            number,
            talks,
            placed: (0, 0),
            followed: Vec::new(),
            grade: (0, String::new()),
            told: Vec::new(),
            actions: Vec::new(),
        })
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

    /// Calls that are placed from here on come after what the test has said so far.
    pub(super) const fn mark(&mut self) {
        self.placed.1 = self.placed.0;
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

    /// Why something cannot happen to a call of the campaign; `None`: a call is under way, or has just rung out as the
    /// test says.
    pub(super) fn lacks_call(&self, stimulus: TrialStimulus) -> Option<String> {
        match (stimulus, self.attempt, self.last) {
            (TrialStimulus::DoNotCall, ..) | (_, Some(_), _) => None,
            (TrialStimulus::Attempt(Disposition::NoAnswer), None, Some(Disposition::NoAnswer)) => None,
            (_, None, Some(last)) => {
                Some(format!("nobody is being called: the last attempt ended {}", last.name()))
            }
            (_, None, None) => Some("nobody has been called yet".to_owned()),
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

    /// The lead's language, ISO 639-1; empty when it is not known.
    pub(super) fn language(&self) -> &'a str {
        let lead = self.campaigns.lead(LEAD);
        lead.map_or("", |(lead, _)| call_start(self.core, self.spec, lead).language)
    }

    /// The call itself was transferred, by its dialog or a watch, before it was graded.
    pub(super) fn moved(&mut self, queue: Slot, told: Vec<(String, String)>) {
        self.followed.push(Followed { what: FollowedBy::Transfer(queue), told });
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
            if let Some(grade) = self.grade_of(clock_ms, call, told) {
                self.told = self.told_after(call, grade);
                tickets = self.event(clock_ms, CampaignEvent::Graded { attempt, grade }, told);
            }
        } else {
            self.say_alone(clock_ms, disposition, told);
        }
        let disposition = disposition.unwrap_or(Disposition::Conversation);
        self.talks = false;
        self.attempt = None;
        tickets.extend(self.event(clock_ms, CampaignEvent::Ended { attempt, disposition }, told));
        tickets
    }

    fn grade_of(&mut self, clock_ms: i64, call: &mut Call, told: &mut Told) -> Option<Slot> {
        let entry = self.spec.grade? as usize;
        let decided = call.evaluate(entry)?;
        let (outcome, grade) = (decided.outcome, *decided.outputs.first()?);
        told.hits.push((entry, outcome));
        let outcomes = self.core.manifest().entries.get(entry).map(|entry| &entry.outcomes);
        let because = outcomes.and_then(|outcomes| outcomes.get(outcome)).map(|one| one.because.clone());
        self.grade = (grade, because.unwrap_or_default());
        told.lines.push((clock_ms, format!("{} ({})", self.show_grade(), self.spec.name)));
        Some(grade)
    }

    fn show_grade(&self) -> String {
        let (grade, because) = &self.grade;
        let reason = because_of(Some(because.as_str()).filter(|because| !because.is_empty()));
        format!("grade {}{reason}", show_grade(self.core.manifest(), self.spec, *grade))
    }

    /// What each step of a grade hands over or notes.
    fn told_after(&self, call: &mut Call, grade: Slot) -> Vec<Vec<(String, String)>> {
        let steps = self.spec.follow_ups.iter().find(|(word, _)| *word == grade);
        let steps = 0..steps.map_or(0, |(_, actions)| actions.len());
        let (mut given, mut unheard) = (sources(self.script), Unheard);
        let told = |step| call.handed_over(told_after(self.spec, grade, step), &mut given, &mut unheard);
        steps.map(told).collect()
    }

    /// Says what a machine hears, or somebody for whom nobody is free.
    fn say_alone(&mut self, clock_ms: i64, disposition: Option<Disposition>, told: &mut Told) {
        let speech = match (disposition, &self.spec.machine) {
            (Some(Disposition::Machine), MachinePolicy::Message(speech)) => Some(speech),
            (Some(Disposition::Abandoned), _) => self.spec.safe_harbour.as_ref(),
            _ => None,
        };
        let Some((speech, (lead, history))) = speech.zip(self.campaigns.lead(LEAD)) else { return };
        let (mut given, mut unheard) = (sources(self.script), Unheard);
        let mut rules = PolicyRules::new(self.core, &mut given, &mut unheard);
        let number = self.number.as_str();
        told.said.push(rules.words(speech, Considered { lead, number, history: &history, clock_ms }));
    }

    /// Remembers what was done; gives the tickets to open.
    fn take(&mut self, clock_ms: i64, told: &mut Told) -> Vec<u32> {
        let mut tickets = Vec::new();
        for action in std::mem::take(&mut self.actions) {
            let (what, step) = match action {
                CampaignAction::Preview { attempt, .. } => {
                    self.event(clock_ms, CampaignEvent::Accepted(attempt), told);
                    continue;
                }
                CampaignAction::Dial { attempt, number, .. } => {
                    told.lines.push((clock_ms, format!("call {number} ({})", self.spec.name)));
                    (self.attempt, self.number) = (Some(attempt), number);
                    self.placed.0 += 1;
                    continue;
                }
                CampaignAction::Counted { disposition, .. } => {
                    self.last = Some(disposition);
                    let ended = disposition.name();
                    told.lines.push((clock_ms, format!("attempt ended {ended} ({})", self.spec.name)));
                    self.attempt = None;
                    self.talks = false;
                    continue;
                }
                CampaignAction::NotCalled { because, .. } => {
                    if let (NotCalled::Guard(outcome), Some(never)) = (because, self.spec.never) {
                        told.hits.push((never as usize, outcome as usize));
                    }
                    let because = why_not_called(self.core.manifest(), self.spec.never, because);
                    told.lines
                        .push((clock_ms, format!("no call because \"{because}\" ({})", self.spec.name)));
                    continue;
                }
                CampaignAction::Transfer { queue, step, .. } => (FollowedBy::Transfer(queue), Some(step)),
                CampaignAction::Task { step, .. } => (FollowedBy::Person, Some(step)),
                CampaignAction::Send { grade, step, text, .. } => {
                    (FollowedBy::Send(self.channel(grade, step), Some(text)), None)
                }
                CampaignAction::CallAgain { .. } => (FollowedBy::CallAgain, None),
                CampaignAction::OpenTicket { ticket, .. } => {
                    tickets.push(ticket);
                    (FollowedBy::Ticket(ticket), None)
                }
                CampaignAction::MarkDoNotCall { .. } => (FollowedBy::NeverAgain, None),
                _ => continue,
            };
            let handed = step.and_then(|step| self.told.get(step)).cloned().unwrap_or_default();
            let done = Followed { what, told: handed };
            told.lines.push((clock_ms, format!("{} ({})", self.show(&done), self.spec.name)));
            self.followed.push(done);
        }
        tickets
    }

    fn show(&self, done: &Followed) -> String {
        followed(self.core.manifest(), &done.what) + &telling(&done.what, &done.told)
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
            TrialExpectation::Calls(times) => {
                let placed = self.placed.0;
                let calls = |count| format!("{count} {}", if count == 1 { "call" } else { "calls" });
                let (expected, found) = (calls(*times), calls(placed) + " so far");
                Finding { held: placed == *times, expected, found }
            }
            TrialExpectation::Grade { value, shown, because } => Finding {
                held: self.grade.0 == *value
                    && because.as_ref().is_none_or(|because| *because == self.grade.1),
                expected: format!("grade {shown}{}", because_of(because.as_deref())),
                found: if self.grade.0 == 0 { "no grade so far".to_owned() } else { self.show_grade() },
            },
            TrialExpectation::Followed { what, told, times } => {
                let of_kind = self.followed.iter().filter(|done| alike(what, &done.what));
                let fits = |done: &Followed| {
                    same(what, &done.what) && told.iter().all(|field| done.told.contains(field))
                };
                let found: Vec<_> = of_kind.map(|done| (fits(done), self.show(done))).collect();
                let none = followed(self.core.manifest(), what);
                counted(&(none.clone() + &telling(what, told)), *times, &found, &none)
            }
        }
    }

    fn look_call(&mut self, clock_ms: i64, placed: bool, because: Option<&str>) -> Finding {
        let expected = format!("{}{}", if placed { "call" } else { "no call" }, because_of(because));
        let since = self.placed.0 > self.placed.1;
        let (found_placed, reason) = match self.standing(clock_ms) {
            Standing::UnderWay => (true, None),
            Standing::Settled => (false, Some("the lead is settled".to_owned())),
            Standing::Waits(because, _) => {
                (false, Some(why_not_called(self.core.manifest(), self.spec.never, because)))
            }
        };
        let held = placed == (found_placed || since)
            && because.is_none_or(|because| reason.as_deref() == Some(because));
        let found = match (found_placed, since) {
            (true, _) => "a call is under way".to_owned(),
            (_, true) => "a call was placed since the line before, and is over".to_owned(),
            _ => format!("no call{}", because_of(reason.as_deref())),
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
