//! Tests of campaigns and tickets.

use tandem_stdlib::contract::{
    CampaignSpec, Expectation, FollowedBy, Party, Stimulus, Trial, TrialExpectation, TrialStimulus, Type,
};

use super::given::unknown;
use super::{Lines, Script};
use crate::check::dialling::disposition;
use crate::check::limits::counted;
use crate::check::watches::target;
use crate::diagnostics::Code;
use crate::source::Span;
use crate::tree::{self, Followed, Name, NotBefore, Quoted, Spanned, TestLineKind};

/// What a test may say of a lead beside its fields.
const ON_DO_NOT_CALL: &str = "on_do_not_call";

/// Agents who are free when a test does not say.
const AGENTS_DEFAULT: u32 = 1;

/// Whether a line is about something that goes on after a call's end.
pub(super) const fn lives_on(kind: &TestLineKind) -> bool {
    matches!(
        kind,
        TestLineKind::Attempt(_) | TestLineKind::Answers(Party::Customer) | TestLineKind::Ticket(..)
    )
}

impl Lines<'_, '_> {
    /// `campaign renewals with 3 agents free`
    pub(super) fn trial(
        &mut self,
        script: &mut Script,
        path: &tree::Path,
        agents: Option<Spanned<f64>>,
    ) -> Option<()> {
        if script.trial.is_some() {
            let help = "write another test for the other campaign".to_owned();
            let message = "a test is about one campaign";
            self.context.error(Code::DeclaredTwice, path.span, message, Some(help));
            return None;
        }
        self.trial_broken = true;
        let (at, campaign) = self.campaign_named(path)?;
        let source = campaign.leads;
        let agents = match agents {
            Some(agents) => counted(self.context, agents, 0.0)?,
            None => AGENTS_DEFAULT,
        };
        let fields = self.context.world.sources.get(source as usize)?.spec.fields.len();
        script.trial = Some(Trial { campaign: at, lead: unknown(source, fields), listed: false, agents });
        self.trial_broken = false;
        Some(())
    }

    /// `lead phone "+8613800138000", consented yes`
    pub(super) fn lead(
        &mut self,
        script: &mut Script,
        fields: &[(Name, tree::Expr)],
        span: Span,
    ) -> Option<()> {
        let Some(trial) = &mut script.trial else {
            self.needs_campaign(span);
            return None;
        };
        let mut lead = std::mem::replace(&mut trial.lead, unknown(0, 0));
        let record = self.context.world.sources.get(lead.source as usize)?.record?;
        let known = self.context.world.fields_of(record)?;
        let (mut whole, mut listed) = (true, false);
        for (name, value) in fields {
            if name.text == ON_DO_NOT_CALL {
                let slot = self.constant(value, Type::YesNo, "`on_do_not_call`");
                listed |= slot == Some(1);
                whole &= slot.is_some();
            } else {
                whole &= self.given_field(&mut lead, "the lead", &known, name, value).is_some();
            }
        }
        if let Some(trial) = &mut script.trial {
            trial.lead = lead;
            trial.listed = listed;
        }
        whole.then_some(())
    }

    /// Whether a test about a campaign has somebody to call.
    pub(super) fn has_lead(&mut self, script: &Script, test: &tree::Test) -> bool {
        let Some(trial) = &script.trial else { return true };
        let phone = self.campaigns.get(trial.campaign as usize).map(|campaign| campaign.phone_field);
        if trial.lead.texts.iter().any(|(field, _)| Some(*field) == phone) {
            return true;
        }
        let message = "the test says nothing of the number that is called";
        let help = "add a lead: `lead phone \"+8613800138000\", consented yes`".to_owned();
        self.context.error(Code::TestIncomplete, test.name.span, message, Some(help));
        false
    }

    fn needs_campaign(&mut self, span: Span) {
        if self.trial_broken {
            return;
        }
        let message = "nothing says which campaign this is about";
        // What a dialog sends is among what it says.
        let help = if self.context.shown(span).contains("send ") {
            "what a dialog sends is expected by `expect says \"…\"`; a campaign is named at the beginning of the test: `campaign NAME`"
        } else {
            "write `campaign NAME` and `lead phone \"…\"` at the beginning of the test"
        };
        self.context.error(Code::TestIncomplete, span, message, Some(help.to_owned()));
    }

    /// The campaign of the test; reports a test that has none.
    fn campaign(&mut self, span: Span) -> Option<&CampaignSpec> {
        let Some(at) = self.campaign else {
            self.needs_campaign(span);
            return None;
        };
        self.campaigns.get(at as usize)
    }

    /// What happens to a lead or a ticket; `Some(None)`: something else, `None`: wrong, already reported.
    pub(super) fn trial_stimulus(&mut self, line: &tree::TestLine) -> Option<Option<Stimulus>> {
        Some(Some(match &line.kind {
            TestLineKind::Attempt(name) => {
                self.campaign(line.span)?;
                Stimulus::Trial(TrialStimulus::Attempt(disposition(self.context, name)?))
            }
            TestLineKind::Answers(Party::Agent) => Stimulus::Answered,
            TestLineKind::Answers(Party::Customer) => {
                self.campaign(line.span)?;
                Stimulus::Trial(TrialStimulus::Answers)
            }
            TestLineKind::Ticket(path, event, fields) => {
                let (kind, spec) = self.ticket(path)?;
                let spec = spec?;
                let event = self.happens(spec, *event, line.span)?;
                Stimulus::Ticket(kind, event, self.filled(spec, event, fields)?)
            }
            _ => return Some(None),
        }))
    }

    /// What is expected of a campaign or a ticket; as [`Self::trial_stimulus`].
    pub(super) fn trial_expectation(
        &mut self,
        kind: &TestLineKind,
        span: Span,
    ) -> Option<Option<Expectation>> {
        Some(Some(match kind {
            TestLineKind::ExpectCall { placed, because, times } => {
                self.campaign(span)?;
                self.call_placed(*placed, because.as_ref(), *times)?
            }
            TestLineKind::ExpectNextCall(not_before) => {
                self.campaign(span)?;
                let not_before_ms = match not_before {
                    NotBefore::Moment(at_ms) => *at_ms,
                    NotBefore::After(after) => self.clock_ms.saturating_add(after.value),
                };
                Expectation::Trial(TrialExpectation::NextCall { not_before_ms })
            }
            TestLineKind::ExpectOutput { name, value, because }
                if name.text == "grade" && (self.campaign.is_some() || self.trial_broken) =>
            {
                self.grade(value, because.as_ref(), span)?
            }
            TestLineKind::ExpectFollow { what, noted, times } => {
                self.campaign(span)?;
                let what = match what {
                    Followed::Person => FollowedBy::Person,
                    Followed::CallAgain => FollowedBy::CallAgain,
                    Followed::NeverAgain => FollowedBy::NeverAgain,
                    Followed::Send(channel, words) => {
                        let words = words.as_ref().map(|words| words.text.clone());
                        FollowedBy::Send(channel.text.clone(), words)
                    }
                };
                let (told, times) = (self.told(noted), self.times(*times)?);
                Expectation::Trial(TrialExpectation::Followed { what, told, times })
            }
            TestLineKind::ExpectAction {
                transfer: true,
                target: Some(queue),
                handover,
                times,
                because: None,
            } if self.campaign.is_some() => {
                let what = FollowedBy::Transfer(target(self.context, true, queue)?);
                let (told, times) = (self.told(handover), self.times(*times)?);
                Expectation::Trial(TrialExpectation::Followed { what, told, times })
            }
            TestLineKind::ExpectLead { campaign, fields, times } => {
                self.lead_found(campaign, fields, *times)?
            }
            TestLineKind::ExpectTicket(path, outcome) => {
                let (ticket, spec) = self.ticket(path)?;
                Expectation::Ticket(ticket, self.of_ticket(spec, outcome)?)
            }
            _ => return Some(None),
        }))
    }

    fn call_placed(
        &mut self,
        placed: bool,
        because: Option<&Quoted>,
        times: Option<Spanned<f64>>,
    ) -> Option<Expectation> {
        if let (true, Some(because)) = (placed, because) {
            let message = "a call that is placed has no reason; only one that is not has";
            let help = "remove `because`, or write `expect no call because …`".to_owned();
            self.context.error(Code::NotHere, because.span, message, Some(help));
            return None;
        }
        Some(Expectation::Trial(match self.times(times)? {
            Some(_) if !placed => {
                let message = "`no call` is never so many times";
                let help = "write `expect call exactly 1 time`, or `expect no call`".to_owned();
                let span = times.map(|times| times.span)?;
                self.context.error(Code::NotHere, span, message, Some(help));
                return None;
            }
            Some(times) => TrialExpectation::Calls(times),
            None => {
                let because = because.map(|quoted| quoted.text.clone());
                TrialExpectation::Call { placed, because }
            }
        }))
    }

    pub(super) fn times(&mut self, times: Option<Spanned<f64>>) -> Option<Option<u32>> {
        match times {
            Some(times) => counted(self.context, times, 0.0).map(Some),
            None => Some(None),
        }
    }

    fn grade(&mut self, value: &tree::Expr, because: Option<&Quoted>, span: Span) -> Option<Expectation> {
        let Some(entry) = self.campaign(span)?.grade else {
            let message = "the campaign grades nothing";
            let help = "add `grade { A when … ; otherwise B }` to the campaign".to_owned();
            self.context.error(Code::UnknownName, span, message, Some(help));
            return None;
        };
        let own = self.context.world.routes.len();
        let route = self.context.conditions.get((entry as usize).checked_sub(own)?)?;
        let ty = route.outputs.first()?.ty;
        let value_slot = self.constant(value, ty, "`grade`")?;
        let shown = self.context.shown(value.span);
        let because = because.map(|quoted| quoted.text.clone());
        Some(Expectation::Trial(TrialExpectation::Grade { value: value_slot, shown, because }))
    }
}
