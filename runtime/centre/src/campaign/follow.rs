//! What follows a grade.

use tandem_stdlib::contract::{FollowAction, Slot};

use super::action::CampaignAction;
use super::attempt::Phase;
use super::engine::Campaigns;
use super::event::AttemptId;
use super::lead::LeadId;
use super::listed::State;
use super::rules::LeadRules;
use super::tally::CampaignTally;
use super::texts::Series;

impl Campaigns {
    /// A call is graded: once, and what follows the grade follows now.
    pub(super) fn graded(&mut self, now_ms: i64, id: AttemptId, grade: Slot, out: &mut Vec<CampaignAction>) {
        let Some(attempt) = self.attempts.get_mut(&id).filter(|attempt| attempt.grade == 0 && grade != 0)
        else {
            return;
        };
        attempt.grade = grade;
        let (lead, campaign, talks) = (attempt.lead, attempt.campaign, attempt.phase == Phase::Talking);
        self.follow(now_ms, lead, campaign, grade, talks.then_some(id), out);
    }

    /// Does what follows a grade; `attempt` is there while the person is.
    pub(super) fn follow(
        &mut self,
        now_ms: i64,
        lead: LeadId,
        campaign: u32,
        grade: Slot,
        attempt: Option<AttemptId>,
        out: &mut Vec<CampaignAction>,
    ) {
        let Some(listed) = self.leads.get_mut(&lead) else { return };
        listed.history.grade = grade;
        self.texts.stop(lead);
        let Some(graded) = self.campaigns.get_mut(campaign as usize) else { return };
        CampaignTally::count(&mut graded.tally.grades, grade);
        let follow_ups = graded.spec.follow_ups.iter().find(|(word, _)| *word == grade);
        for (step, action) in follow_ups.map(|(_, actions)| actions.clone()).into_iter().flatten().enumerate()
        {
            self.step(now_ms, Step { lead, campaign, grade, attempt, step }, &action, out);
        }
    }

    fn step(&mut self, now_ms: i64, at: Step, action: &FollowAction, out: &mut Vec<CampaignAction>) {
        let Step { lead, campaign, grade, attempt, step } = at;
        let kind = match action {
            FollowAction::Transfer { queue, .. } => {
                let transfer = |attempt| CampaignAction::Transfer { attempt, queue: *queue, grade, step };
                out.extend(attempt.map(transfer));
                "transfer"
            }
            FollowAction::Person { within_ms, .. } => {
                out.push(CampaignAction::Task {
                    lead,
                    grade,
                    step,
                    by_ms: now_ms.saturating_add(*within_ms),
                });
                "follow up by person"
            }
            FollowAction::Send { every_ms, at_most, .. } => {
                let series =
                    Series { lead, campaign, grade, step, every_ms: *every_ms, at_most: *at_most, sent: 0 };
                self.texts.plan(now_ms, series);
                return;
            }
            FollowAction::CallAgain { after_ms } => {
                let not_before_ms = now_ms.saturating_add(*after_ms);
                if let Some(listed) = self.leads.get_mut(&lead) {
                    listed.not_before_ms = not_before_ms;
                }
                out.push(CampaignAction::CallAgain { lead, not_before_ms });
                "call again"
            }
            FollowAction::Ticket(ticket) => {
                out.push(CampaignAction::OpenTicket { lead, ticket: *ticket });
                "ticket"
            }
            FollowAction::NeverAgain => {
                self.mark_do_not_call(lead, out);
                "never call again"
            }
        };
        self.count_followed(campaign, kind);
    }

    fn mark_do_not_call(&mut self, lead: LeadId, out: &mut Vec<CampaignAction>) {
        let Some(listed) = self.leads.get(&lead) else { return };
        let person = listed.person.clone();
        self.history.never_again(&person);
        self.history.never_again(&listed.number);
        if listed.state != State::UnderWay {
            self.set_state(lead, State::Done);
        }
        out.push(CampaignAction::MarkDoNotCall { person });
    }

    fn count_followed(&mut self, campaign: u32, kind: &'static str) {
        if let Some(campaign) = self.campaigns.get_mut(campaign as usize) {
            CampaignTally::count(&mut campaign.tally.followed, kind);
        }
    }

    /// Sends the texts that are due, when no call goes on, inside the hours in which the person may be called, to nobody who said no.
    pub(super) fn send_due(&mut self, now_ms: i64, rules: &mut dyn LeadRules, out: &mut Vec<CampaignAction>) {
        while let Some(series) = self.texts.take_due(now_ms) {
            let Some(listed) = self.leads.get(&series.lead) else { continue };
            if self.history.is_never_called(&listed.person, &listed.number) {
                continue;
            }
            if listed.state == State::UnderWay {
                // How the call ends may forbid it.
                self.texts.hold(series);
                continue;
            }
            let Some(campaign) = self.campaigns.get_mut(series.campaign as usize) else { continue };
            match campaign.times.next_open(&listed.number, now_ms) {
                Ok(opens_ms) if opens_ms > now_ms => self.texts.postpone(opens_ms, series),
                Ok(_) => {
                    let Series { lead, campaign, grade, step, sent, .. } = series;
                    let text = self.text_of(series, now_ms, rules);
                    out.push(CampaignAction::Send {
                        lead,
                        grade,
                        step,
                        text,
                        number: sent.saturating_add(1),
                    });
                    self.count_followed(campaign, "text");
                    self.texts.sent(now_ms, series);
                }
                Err(_) => {}
            }
        }
    }
}

impl Campaigns {
    fn text_of(&self, series: Series, now_ms: i64, rules: &mut dyn LeadRules) -> String {
        let spec = self.campaigns.get(series.campaign as usize).map(|campaign| &campaign.spec);
        let actions = spec.and_then(|spec| spec.follow_ups.iter().find(|(word, _)| *word == series.grade));
        match (actions.and_then(|(_, actions)| actions.get(series.step)), self.leads.get(&series.lead)) {
            (Some(FollowAction::Send { speech, .. }), Some(listed)) => {
                rules.words(speech, listed.considered(now_ms))
            }
            _ => String::new(),
        }
    }
}

/// One follow-up of one lead.
#[derive(Clone, Copy)]
struct Step {
    lead: LeadId,
    campaign: u32,
    grade: Slot,
    attempt: Option<AttemptId>,
    step: usize,
}
