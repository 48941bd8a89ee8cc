//! The campaigns' guards, scores and words, with what the scenario's sources answer about each lead.

use tandem_centre::campaign::{Campaigns, Considered, LeadRules, PolicyRules};
use tandem_centre::{Answer, ArgumentValue, Call, Core, Sources};
use tandem_stdlib::contract::Speech;

use super::course::{Outbound, stream};
use super::joined::CampaignOfLeads;
use super::lead::LeadOfRun;
use crate::chance::Seeds;
use crate::script::Unheard;
use crate::virtual_centre::caller::Caller;
use crate::virtual_centre::house::CallerSources;

/// A guard that looks something up asks anew so often: the source that did not answer may answer then. Milliseconds.
const ANEW_MS: i64 = 3_600_000;

/// Runs the entries of a policy's campaigns for the leads of a run.
struct RunRules<'a, 'm> {
    core: &'m Core,
    call: &'a mut Option<Call>,
    sources: LeadSources<'a, 'm>,
}

/// Sources that are asked about one lead at a time, and look only then who it is.
struct LeadSources<'a, 'm> {
    of: &'a mut CallerSources<'m>,
    campaigns: &'m [CampaignOfLeads<'m>],
    leads: &'a [LeadOfRun],
    seeds: Seeds,
    /// Whom the next question is about, and when.
    about: Option<(u64, i64)>,
}

impl Outbound<'_> {
    /// Lets the campaigns do something with the policy's rules.
    pub(super) fn with_rules<T>(
        &mut self,
        act: impl FnOnce(
            &mut Campaigns,
            &mut dyn LeadRules,
            &mut Vec<tandem_centre::campaign::CampaignAction>,
        ) -> T,
    ) -> T {
        let sources = LeadSources {
            of: &mut self.sources,
            campaigns: &self.centre.campaigns,
            leads: &self.leads,
            seeds: self.seeds,
            about: None,
        };
        let mut rules = RunRules { core: self.core, call: &mut self.asked, sources };
        act(&mut self.campaigns, &mut rules, &mut self.actions)
    }
}

impl RunRules<'_, '_> {
    fn of<T>(&mut self, considered: Considered<'_>, ask: impl FnOnce(&mut PolicyRules<'_>) -> T) -> T {
        self.sources.about = Some((considered.lead.id.0, considered.clock_ms));
        let mut unheard = Unheard;
        let rules = PolicyRules::new(self.core, &mut self.sources, &mut unheard);
        let mut rules = rules.lent(self.call.take());
        let found = ask(&mut rules);
        *self.call = rules.into_call();
        found
    }
}

impl LeadRules for RunRules<'_, '_> {
    fn never(&mut self, considered: Considered<'_>) -> Option<u32> {
        self.of(considered, |rules| rules.never(considered))
    }

    fn holds(&mut self, entry: u32, considered: Considered<'_>) -> bool {
        self.of(considered, |rules| rules.holds(entry, considered))
    }

    fn score(&mut self, considered: Considered<'_>) -> f64 {
        self.of(considered, |rules| rules.score(considered))
    }

    fn words(&mut self, speech: &Speech, considered: Considered<'_>) -> String {
        self.of(considered, |rules| rules.words(speech, considered))
    }
}

impl Sources for LeadSources<'_, '_> {
    fn answer(&mut self, source: usize, arguments: &[ArgumentValue<'_>], answer: &mut Answer) -> bool {
        if let Some((lead, now_ms)) = self.about.take() {
            let lead = usize::try_from(lead).ok().and_then(|lead| self.leads.get(lead));
            let campaign = lead.and_then(|lead| self.campaigns.get(lead.place));
            if let Some((lead, campaign)) = lead.zip(campaign) {
                let hour = now_ms.div_euclid(ANEW_MS).cast_unsigned();
                let fields = lead.knows(campaign, self.seeds);
                let (stream, number) = (stream(lead.place), lead.number | hour << 24);
                self.of.know(&Caller { stream, number, fields, ..Caller::default() });
            }
        }
        self.of.answer(source, arguments, answer)
    }
}
