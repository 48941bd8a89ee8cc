//! The attempts of a log, held against their campaigns.

use std::collections::BTreeMap;

use tandem_archive::Logged;
use tandem_centre::campaign::{
    CampaignEvent, Campaigns, Clauses, Considered, Lead, LeadId, Permit, PolicyRules,
};
use tandem_centre::{Answer, Call, Core, CoreError, zones_by_number};
use tandem_stdlib::contract::{CampaignSpec, Clause, NotCalled, Pacing, Party, Place, Slot, Type};
use tandem_stdlib::words::kpi;

use super::report::{AbandonmentReport, Breach, BrokenClause, CampaignReport, GradeReport, MAX_BREACHES};
use super::{At, means, moment, written_fields};
use crate::grading::{self, Learnt};
use crate::names::{grade_of_word, show_grade, why_not_called};
use crate::script::Unheard;
use crate::table::{SourceTable, TableSources};
use crate::value::did_you_mean;

/// With fewer calls in the window a share tells nothing.
const CALLS_FOR_A_SHARE: u64 = 100;

/// What is found out about one campaign while the log goes on.
#[derive(Default)]
struct Found {
    leads: u64,
    not_permitted: u64,
    because: BTreeMap<String, u64>,
    breaches: Vec<Breach>,
    graded_otherwise: u64,
    worst: Option<f64>,
}

/// Holds attempts against the rules of their campaigns.
pub(super) struct Attempts<'a> {
    core: &'a Core,
    sources: TableSources<'a>,
    campaigns: Campaigns,
    call: Call,
    /// By name in the log.
    leads: BTreeMap<String, (LeadId, u32)>,
    found: Vec<Found>,
    /// By campaign.
    clauses: Vec<Clauses>,
}

impl<'a> Attempts<'a> {
    pub(super) fn new(core: &'a Core, tables: &'a [SourceTable]) -> Result<Self, CoreError> {
        let manifest = core.manifest();
        let clauses = manifest.campaigns.iter().map(|spec| Clauses::new(spec, manifest, zones_by_number));
        Ok(Self {
            core,
            clauses: clauses.collect::<Result<_, _>>()?,
            sources: TableSources::new(tables),
            campaigns: Campaigns::new(core.manifest(), zones_by_number)?,
            call: core.call(),
            leads: BTreeMap::new(),
            found: core.manifest().campaigns.iter().map(|_| Found::default()).collect(),
        })
    }

    fn event(&mut self, at_ms: i64, event: CampaignEvent) {
        let mut unheard = Unheard;
        let mut rules = PolicyRules::new(self.core, &mut self.sources, &mut unheard);
        // Nobody works here, so nothing is dialled; what else is done is counted by the campaigns.
        self.campaigns.handle(at_ms, event, &mut rules, &mut Vec::new());
    }

    /// Lets everything happen that is due, each at its moment.
    fn forward(&mut self, until_ms: i64) {
        while let Some(at_ms) = self.campaigns.wake_at().filter(|at_ms| *at_ms < until_ms) {
            let mut unheard = Unheard;
            let mut rules = PolicyRules::new(self.core, &mut self.sources, &mut unheard);
            self.campaigns.wake(at_ms, &mut rules, &mut Vec::new());
        }
    }

    pub(super) fn lead(
        &mut self,
        at: At<'_>,
        lead: &str,
        campaign: &str,
        fields: &BTreeMap<String, String>,
    ) -> Result<(), String> {
        let specs = &self.core.manifest().campaigns;
        let Some(index) = specs.iter().position(|spec| means(&spec.name, campaign)) else {
            let hint = did_you_mean(campaign, specs.iter().map(|spec| spec.name.as_str()));
            return Err(format!("the policy has no campaign `{campaign}`{hint}"));
        };
        let source = specs.get(index).and_then(|spec| self.core.manifest().sources.get(spec.leads as usize));
        let fields = match source {
            Some(source) => {
                let known: Vec<(&str, Type)> =
                    source.fields.iter().map(|field| (field.name.as_str(), field.ty)).collect();
                let owner = format!("source `{}`", source.name);
                written_fields(self.core.manifest(), &owner, &known, fields)?
            }
            None => Answer::default(),
        };
        let campaign = u32::try_from(index).unwrap_or(u32::MAX);
        let next = LeadId(self.leads.len() as u64);
        let (id, _) = *self.leads.entry(lead.to_owned()).or_insert_with(|| (next, campaign));
        if let Some(found) = self.found.get_mut(index).filter(|_| id == next) {
            found.leads += 1;
        }
        self.forward(at.at_ms);
        self.event(at.at_ms, CampaignEvent::Lead(Box::new(Lead { id, campaign, fields })));
        Ok(())
    }

    pub(super) fn do_not_call(&mut self, at: At<'_>, who: &str) {
        self.forward(at.at_ms);
        self.event(at.at_ms, CampaignEvent::DoNotCall(who.to_owned()));
    }

    pub(super) fn attempt(&mut self, at: At<'_>, logged: &Logged) -> Result<(), String> {
        let Logged::Attempt { lead, disposition, grade, intent, said } = logged else { return Ok(()) };
        let Some((id, campaign)) = self.leads.get(lead).copied() else {
            return Err(format!("lead `{lead}` is not known yet; a line with event `lead` must come before"));
        };
        let Some(spec) = self.core.manifest().campaigns.get(campaign as usize) else { return Ok(()) };
        self.forward(at.at_ms);
        self.hold(at, id, lead, campaign, spec);
        let told = match grade {
            Some(word) => Some(grade_of_word(self.core.manifest(), spec, word)?),
            None => None,
        };
        let graded = (!said.is_empty() || intent.is_some())
            .then(|| self.grade(at.at_ms, id, spec, intent.as_deref(), said))
            .flatten();
        if let (Some(found), Some(told), Some(graded)) = (self.found.get_mut(campaign as usize), told, graded)
        {
            found.graded_otherwise += u64::from(told != graded);
        }
        let grade = graded.or(told).unwrap_or_default();
        self.event(at.at_ms, CampaignEvent::Logged { lead: id, disposition: *disposition, grade });
        self.watch_abandonment(at.at_ms, campaign);
        Ok(())
    }

    /// Whether the policy would have called.
    fn hold(&mut self, at: At<'_>, id: LeadId, lead: &str, campaign: u32, spec: &CampaignSpec) {
        let mut unheard = Unheard;
        let mut rules = PolicyRules::new(self.core, &mut self.sources, &mut unheard);
        let (because, allowed_from) = match self.campaigns.permit(id, at.at_ms, &mut rules) {
            Some(Permit::Now) if self.campaigns.is_settled(id) => (NotCalled::Settled, None),
            // When a guard holds no longer, nobody knows.
            Some(Permit::At(_, because @ NotCalled::Guard(_)) | Permit::Never(because)) => (because, None),
            Some(Permit::At(at_ms, because)) => (because, Some(moment(at_ms))),
            Some(Permit::Now) | None => return,
        };
        let manifest = self.core.manifest();
        let reason = why_not_called(manifest, spec.never, because);
        let guards = spec.never.and_then(|entry| manifest.entries.get(entry as usize));
        let (rule, place) = match because {
            NotCalled::Guard(outcome) => guards
                .and_then(|guards| guards.outcomes.get(outcome as usize))
                .map_or((String::new(), &spec.place), |guard| (guard.label.clone(), &guard.place)),
            _ => (because.words().to_owned(), &spec.place),
        };
        let (place, at_text) = (show_place(place), moment(at.at_ms));
        let breaks = self.broken(id, at.at_ms, campaign, spec);
        let Some(found) = self.found.get_mut(campaign as usize) else { return };
        found.not_permitted += 1;
        *found.because.entry(reason.clone()).or_default() += 1;
        if found.breaches.len() < MAX_BREACHES {
            found.breaches.push(Breach {
                file: at.file.to_owned(),
                line: at.line,
                lead: lead.to_owned(),
                at: at_text,
                because: reason,
                rule,
                place,
                breaks,
                allowed_from,
            });
        }
    }

    /// The clauses that a call breaks.
    fn broken(&mut self, id: LeadId, at_ms: i64, campaign: u32, spec: &CampaignSpec) -> Vec<BrokenClause> {
        let clauses = self.clauses.get_mut(campaign as usize);
        let mut unheard = Unheard;
        let mut rules = PolicyRules::new(self.core, &mut self.sources, &mut unheard);
        let broken = clauses.map(|clauses| clauses.broken(&mut self.campaigns, id, at_ms, &mut rules));
        let clause = |at| {
            let clause: &Clause = spec.clauses.get(at)?;
            let law = clause.law.and_then(|law| spec.under.get(law as usize));
            Some(BrokenClause {
                law: law.map(|law| format!("{} {}", law.name, law.version)),
                clause: clause.text.clone(),
                place: show_place(&clause.place),
            })
        };
        broken.into_iter().flatten().filter_map(clause).collect()
    }

    /// The grade that the policy gives for what was said.
    fn grade(
        &mut self,
        clock_ms: i64,
        id: LeadId,
        spec: &CampaignSpec,
        intent: Option<&str>,
        said: &[(Party, String)],
    ) -> Option<Slot> {
        let (lead, history) = self.campaigns.lead(id)?;
        let number = lead.fields.text(spec.phone_field as usize).unwrap_or_default().to_owned();
        let considered = Considered { lead, number: &number, history: &history, clock_ms };
        let learnt = Learnt { intent, said };
        grading::grade(self.core, &mut self.call, &mut self.sources, spec, considered, learnt)
    }

    fn watch_abandonment(&mut self, at_ms: i64, campaign: u32) {
        let Some(count) = self.campaigns.abandonment(campaign, at_ms) else { return };
        let found = self.found.get_mut(campaign as usize);
        if let Some(found) = found.filter(|_| count.of >= CALLS_FOR_A_SHARE) {
            found.worst = Some(found.worst.unwrap_or_default().max(count.share()));
        }
    }

    pub(super) fn report(mut self, end_ms: i64) -> Vec<CampaignReport> {
        self.forward(end_ms.saturating_add(1));
        let found = std::mem::take(&mut self.found);
        let with = (0_u32..).zip(&self.core.manifest().campaigns).zip(found);
        let told = with.filter(|(_, found)| found.leads > 0);
        let told: Vec<_> = told.map(|((index, spec), found)| (index, spec, found)).collect();
        told.into_iter().map(|(index, spec, found)| self.report_of(end_ms, index, spec, found)).collect()
    }

    fn report_of(&mut self, end_ms: i64, index: u32, spec: &CampaignSpec, found: Found) -> CampaignReport {
        let cap = if let Pacing::Predictive(cap) = spec.pacing { Some(cap.share) } else { None };
        let count = self.campaigns.abandonment(index, end_ms);
        let abandonment = cap.zip(count).map(|(cap, count)| AbandonmentReport {
            cap,
            abandoned: count.abandoned,
            of: count.of,
            share: count.share(),
            worst: found.worst,
            held: found.worst.is_none_or(|worst| worst <= cap),
        });
        let tally = self.campaigns.tally(index).cloned().unwrap_or_default();
        let graded: u64 = tally.grades.values().sum();
        let grade = |(grade, calls): (&Slot, &u64)| GradeReport {
            grade: show_grade(self.core.manifest(), spec, *grade),
            calls: *calls,
            share: kpi::share(*calls, graded).unwrap_or_default(),
        };
        CampaignReport {
            campaign: spec.name.clone(),
            under: spec.under.iter().map(|law| format!("{} {}", law.name, law.version)).collect(),
            leads: found.leads,
            attempts: tally.placed,
            live: tally.live,
            live_answer_rate: tally.live_answer_rate(),
            dispositions: tally
                .dispositions
                .iter()
                .map(|(one, count)| (one.name().to_owned(), *count))
                .collect(),
            abandonment,
            not_permitted: found.not_permitted,
            not_permitted_because: found.because,
            breaches: found.breaches,
            grades: tally.grades.iter().map(grade).collect(),
            graded_otherwise: found.graded_otherwise,
            followed: tally.followed.iter().map(|(what, count)| ((*what).to_owned(), *count)).collect(),
        }
    }
}

/// `file:line` of a rule.
pub(super) fn show_place(place: &Place) -> String {
    format!("{}:{}", place.file, place.line)
}
