//! The campaigns that also run live, and everybody whom they call.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use tandem_centre::campaign::{AttemptId, CampaignAction, CampaignEvent, Campaigns, Lead, LeadId, Standing};
use tandem_centre::floor::InHand;
use tandem_centre::{Call, Core, zones_by_number};
use tandem_stdlib::contract::{Disposition, MachinePolicy, NotCalled, Slot};

use super::counts::CampaignCounts;
use super::joined::CampaignOfLeads;
use super::lead::LeadOfRun;
use super::preview::Previews;
use super::window::LawWindow;
use crate::chance::{Purpose, Seeds};
use crate::dialling::Reply;
use crate::names::why_not_called;
use crate::scenario::{Arrivals, Leads};
use crate::virtual_centre::arrivals::Coming;
use crate::virtual_centre::house::{Asked, CallerSources};
use crate::virtual_centre::model::Centre;
use crate::virtual_centre::tickets::Opened;

/// Draws of campaigns are kept apart from those of arrivals: the first of their streams.
const FIRST_STREAM: u32 = 1 << 24;

/// A message for a machine takes so long. Milliseconds.
const MESSAGE_MS: i64 = 20_000;

/// Something of a campaign that will happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::virtual_centre) enum Step {
    /// The next lead of a campaign comes in.
    Lead(usize),
    /// Agents go soon.
    CrewLeaves,
    /// The agent who looks at a lead wants the call.
    Looked(AttemptId),
    /// It has rung long enough.
    Rung(AttemptId),
    /// The detector has decided.
    Heard(AttemptId, bool),
    /// The message is left.
    MessageLeft(AttemptId),
    /// A number of a test comes on the do-not-call list.
    #[cfg(test)]
    Forbids(usize),
}

/// Something that the centre must do for a campaign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::virtual_centre) enum Wanted {
    /// Remember what will happen.
    At(i64, Step),
    /// Bring the person who has just answered to agents of a queue, at once.
    Offer { attempt: AttemptId, queue: Slot },
    /// Reserve an agent of a queue who looks at a lead.
    Preview { attempt: AttemptId, queue: Slot },
    /// Whom an agent was reserved for has answered.
    Talks { attempt: AttemptId, contact: u64 },
    /// The agent who was reserved by a contact is free.
    Release(u64),
    /// Let a dialog (index in the manifest) talk to whoever has answered.
    Talk { attempt: AttemptId, dialog: u32 },
    /// The call to a contact is over while nobody talks to it.
    HangUp(u64),
}

/// A call that was placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) lead: usize,
    pub(super) place: usize,
    pub(super) key: u64,
    pub(super) reply: Reply,
    /// How the conversation will end.
    pub(super) ends: Disposition,
    pub(super) right: bool,
    /// An agent or the dialog has talked to whoever answered.
    pub(super) talked: bool,
    /// Where the grade sends the person.
    pub(super) transfer: Option<Slot>,
    pub(super) contact: Option<u64>,
    pub(super) graded: bool,
    /// A second conversation is under way.
    pub(super) second: bool,
}

/// The campaigns of one replication.
pub(in crate::virtual_centre) struct Outbound<'m> {
    pub(super) centre: &'m Centre<'m>,
    pub(super) core: &'m Core,
    pub(super) seeds: Seeds,
    pub(super) campaigns: Campaigns,
    /// For grades.
    pub(super) call: Call,
    /// For guards and scores.
    pub(super) asked: Option<Call>,
    /// Answers what they look up.
    pub(super) sources: CallerSources<'m>,
    coming: Vec<Option<Coming<'m>>>,
    /// By the number of the lead.
    pub(super) leads: Vec<LeadOfRun>,
    pub(super) attempts: BTreeMap<AttemptId, Placed>,
    /// By campaign: what each agent of its queue had in hand.
    pub(super) crews: Vec<BTreeMap<u32, InHand>>,
    pub(super) previews: Previews,
    /// Contacts of calls under way.
    pub(super) own: BTreeSet<u64>,
    pub(super) counts: Vec<CampaignCounts>,
    pub(super) events: VecDeque<CampaignEvent>,
    pub(super) actions: Vec<CampaignAction>,
    pub(super) wanted: Vec<Wanted>,
    /// Tickets that follow from grades.
    pub(super) opened: Vec<Opened<'m>>,
    pub(super) closed: bool,
    #[cfg(test)]
    pub(super) forbidden: Vec<(i64, String)>,
}

impl<'m> Outbound<'m> {
    /// The campaigns of a centre; `None` when nobody is called.
    pub(in crate::virtual_centre) fn new(centre: &'m Centre<'m>, seeds: Seeds) -> Option<Self> {
        let core = centre.core.filter(|_| !centre.campaigns.is_empty())?;
        let span = (centre.scenario.start_ms, centre.scenario.end_ms);
        let coming = |(place, one): (u32, &'m CampaignOfLeads<'m>)| match &one.plan.leads {
            Leads::Coming(arrivals) => Some(coming(arrivals, place, seeds, span)),
            Leads::Count(_) | Leads::Rows { .. } => None,
        };
        let counts =
            |one: &CampaignOfLeads<'_>| CampaignCounts::new(LawWindow::new(one.spec, core.manifest(), span));
        Some(Self {
            centre,
            core,
            seeds,
            // Hours that cannot be evaluated were told when the scenario was joined with the policy.
            campaigns: Campaigns::new(core.manifest(), zones_by_number).ok()?,
            call: core.call(),
            asked: None,
            sources: CallerSources::new(&centre.reliability, seeds),
            coming: (0..).zip(&centre.campaigns).map(coming).collect(),
            leads: Vec::new(),
            attempts: BTreeMap::new(),
            crews: vec![BTreeMap::new(); centre.campaigns.len()],
            previews: Previews::default(),
            own: BTreeSet::new(),
            counts: centre.campaigns.iter().map(counts).collect(),
            events: VecDeque::new(),
            actions: Vec::new(),
            wanted: Vec::new(),
            opened: Vec::new(),
            closed: false,
            #[cfg(test)]
            forbidden: Vec::new(),
        })
    }

    /// Gives the campaigns the leads that are there from the beginning.
    pub(in crate::virtual_centre) fn begin(&mut self, now_ms: i64) {
        for (place, campaign) in self.centre.campaigns.iter().enumerate() {
            self.tell_detector(now_ms, place, campaign);
            let count = match &campaign.plan.leads {
                Leads::Count(count) => u64::from(*count),
                Leads::Rows { rows, .. } => rows.len() as u64,
                Leads::Coming(_) => {
                    self.plan_lead(place);
                    0
                }
            };
            (0..count).for_each(|_| self.give(now_ms, place));
        }
    }

    pub(in crate::virtual_centre) fn wake_at(&self) -> Option<i64> {
        self.campaigns.wake_at()
    }

    pub(in crate::virtual_centre) fn wake(&mut self, now_ms: i64) {
        self.with_rules(|campaigns, rules, actions| campaigns.wake(now_ms, rules, actions));
        self.settle(now_ms);
    }

    /// What the centre must do, in order.
    pub(in crate::virtual_centre) fn take_wanted(&mut self) -> Vec<Wanted> {
        std::mem::take(&mut self.wanted)
    }

    /// A contact was made for an attempt.
    pub(in crate::virtual_centre) fn has_contact(&mut self, attempt: AttemptId, contact: u64) {
        if let Some(placed) = self.attempts.get_mut(&attempt) {
            placed.contact = Some(contact);
            self.own.insert(contact);
        }
    }

    /// Nobody is called any more.
    pub(in crate::virtual_centre) fn close(&mut self, now_ms: i64) {
        if std::mem::replace(&mut self.closed, true) {
            return;
        }
        self.close_previews();
        for campaign in &self.centre.campaigns {
            let gone = CampaignEvent::Crew { campaign: campaign.index, idle: 0, busy_since_ms: Vec::new() };
            self.events.push_back(gone);
        }
        self.settle(now_ms);
    }

    /// The counts of the run, which is over.
    pub(in crate::virtual_centre) fn finish(mut self, now_ms: i64) -> (Vec<CampaignCounts>, Vec<Asked>) {
        self.close(now_ms);
        for (id, lead) in (0_u64..).zip(self.leads.clone()) {
            let standing =
                self.with_rules(|campaigns, rules, _| campaigns.standing(LeadId(id), now_ms, rules));
            let Some(counts) = self.counts.get_mut(lead.place) else { continue };
            counts.reached += u64::from(lead.reached);
            match standing {
                Standing::Settled => counts.finished += 1,
                Standing::Waits(because, again_ms) => {
                    let never = self.centre.campaigns.get(lead.place).and_then(|one| one.spec.never);
                    let ready = matches!(because, NotCalled::Agents | NotCalled::Pace);
                    counts.finished += u64::from(again_ms.is_none() && !ready);
                    let because = why_not_called(self.core.manifest(), never, because);
                    *counts.waiting.entry(because).or_default() += 1;
                }
                Standing::UnderWay => {}
            }
        }
        for (campaign, counts) in self.centre.campaigns.iter().zip(&mut self.counts) {
            if let Some(tally) = self.campaigns.tally(campaign.index) {
                counts.grades.clone_from(&tally.grades);
                counts.followed.clone_from(&tally.followed);
                (counts.busy_ms, counts.staffed_ms) = (tally.busy_ms, tally.staffed_ms);
            }
            counts.law.iter_mut().for_each(|law| law.close(now_ms));
        }
        (self.counts, self.sources.asked)
    }

    /// The dialler is told how good the detector is, as a centre would that has measured it.
    fn tell_detector(&mut self, now_ms: i64, place: usize, one: &CampaignOfLeads<'_>) {
        if one.spec.machine != MachinePolicy::Ignore {
            let mut draws = self.seeds.draws(Purpose::Detection, stream(place), u64::MAX);
            let detector = &self.centre.scenario.detector.machines;
            let quality = detector.quality(one.spec.machine_within_ms, &mut draws);
            self.tell(now_ms, CampaignEvent::Detector { campaign: one.index, quality });
        }
    }

    fn plan_lead(&mut self, place: usize) {
        let next = self.coming.get_mut(place).and_then(Option::as_mut).and_then(Coming::next_ms);
        self.wanted.extend(next.map(|at_ms| Wanted::At(at_ms, Step::Lead(place))));
    }

    /// A lead is given to its campaign.
    fn give(&mut self, now_ms: i64, place: usize) {
        let Some(campaign) = self.centre.campaigns.get(place) else { return };
        let Some(counts) = self.counts.get_mut(place) else { return };
        let id = LeadId(self.leads.len() as u64);
        let number = counts.leads;
        let person = number * self.centre.campaigns.len() as u64 + place as u64;
        let (lead, fields) = LeadOfRun::draw(campaign, (place, stream(place)), number, person, self.seeds);
        counts.leads += 1;
        self.leads.push(lead);
        let lead = Lead { id, campaign: campaign.index, fields };
        self.tell(now_ms, CampaignEvent::Lead(Box::new(lead)));
    }

    /// What was planned happens.
    pub(in crate::virtual_centre) fn happen(&mut self, now_ms: i64, step: Step) {
        match step {
            Step::Lead(place) => {
                self.give(now_ms, place);
                self.plan_lead(place);
            }
            // The centre looks at the agents after every step.
            Step::CrewLeaves => {}
            Step::Looked(attempt) if self.shown(attempt).is_some() => {
                self.tell(now_ms, CampaignEvent::Accepted(attempt));
            }
            Step::Looked(_) => {}
            Step::Rung(attempt) => self.rung(now_ms, attempt),
            Step::Heard(attempt, machine) => self.heard(now_ms, attempt, machine),
            Step::MessageLeft(attempt) => self.end(now_ms, attempt, Disposition::Machine),
            #[cfg(test)]
            Step::Forbids(place) => self.forbids(now_ms, place),
        }
    }

    pub(super) fn end(&mut self, now_ms: i64, attempt: AttemptId, disposition: Disposition) {
        self.tell(now_ms, CampaignEvent::Ended { attempt, disposition });
    }

    /// Tells the campaigns, and does what they want done.
    pub(super) fn tell(&mut self, now_ms: i64, event: CampaignEvent) {
        self.events.push_back(event);
        self.settle(now_ms);
    }

    pub(super) fn settle(&mut self, now_ms: i64) {
        loop {
            for action in std::mem::take(&mut self.actions) {
                self.act(now_ms, action);
            }
            let Some(event) = self.events.pop_front() else { break };
            self.with_rules(|campaigns, rules, actions| campaigns.handle(now_ms, event, rules, actions));
        }
    }

    fn act(&mut self, now_ms: i64, action: CampaignAction) {
        #[cfg(test)]
        self.trace(now_ms, &action);
        match action {
            CampaignAction::Preview { attempt, lead, .. } => self.preview(attempt, lead),
            CampaignAction::Dial { attempt, lead, ring_ms, .. } => self.dial(now_ms, attempt, lead, ring_ms),
            CampaignAction::Connect { attempt, dialog, queue } => {
                self.connect(now_ms, attempt, dialog, queue);
            }
            CampaignAction::PlaySafeHarbour { attempt, .. } | CampaignAction::HangUp(attempt) => {
                self.not_called_after_preview(attempt);
                let contact = self.attempts.get_mut(&attempt).and_then(|placed| placed.contact.take());
                match contact {
                    Some(contact) if self.is_reserving(Some(contact)) => self.release(contact),
                    Some(contact) => {
                        self.own.remove(&contact);
                        self.wanted.push(Wanted::HangUp(contact));
                    }
                    None => {}
                }
            }
            CampaignAction::LeaveMessage { attempt, .. } => {
                let at_ms = now_ms.saturating_add(MESSAGE_MS);
                self.wanted.push(Wanted::At(at_ms, Step::MessageLeft(attempt)));
            }
            CampaignAction::Transfer { attempt, queue, .. } => {
                if let Some(placed) = self.attempts.get_mut(&attempt) {
                    placed.transfer = Some(queue);
                }
            }
            CampaignAction::Counted { attempt, disposition, .. } => {
                self.counted(now_ms, attempt, disposition)
            }
            CampaignAction::NotCalled { lead, because, .. } => {
                let Some((place, _)) = self.lead(lead) else { return };
                let never = self.centre.campaigns.get(place).and_then(|campaign| campaign.spec.never);
                let because = why_not_called(self.core.manifest(), never, because);
                if let Some(counts) = self.counts.get_mut(place) {
                    *counts.held_back.entry(because).or_default() += 1;
                }
            }
            CampaignAction::OpenTicket { lead, ticket } => self.open_ticket(now_ms, lead, ticket),
            CampaignAction::Task { .. }
            | CampaignAction::Send { .. }
            | CampaignAction::CallAgain { .. }
            | CampaignAction::MarkDoNotCall { .. }
            | CampaignAction::Refused(_) => {}
        }
    }

    pub(super) fn lead(&self, lead: LeadId) -> Option<(usize, LeadOfRun)> {
        let lead = self.leads.get(usize::try_from(lead.0).ok()?)?;
        Some((lead.place, *lead))
    }
}

/// The stream of draws of a campaign of the run.
pub(super) fn stream(place: usize) -> u32 {
    FIRST_STREAM.saturating_add(u32::try_from(place).unwrap_or_default())
}

fn coming<'m>(arrivals: &'m Arrivals, place: u32, seeds: Seeds, (from_ms, to_ms): (i64, i64)) -> Coming<'m> {
    Coming::new(arrivals, FIRST_STREAM.saturating_add(place), seeds, from_ms, to_ms)
}

/// Whole milliseconds; a time beyond all runs where it does not end.
pub(super) fn ms(time: f64) -> i64 {
    (time.round() as i64).clamp(0, i64::MAX / 4)
}
