//! Tests of callers who become leads.

use tandem_stdlib::contract::{CampaignSpec, Expectation};

use super::Lines;
use crate::check::resolve::Kind;
use crate::diagnostics::Code;
use crate::tree::{self, Name, Spanned};

impl<'l> Lines<'l, '_> {
    /// `expect lead renewals with value = "100 CNY"`
    pub(super) fn lead_found(
        &mut self,
        campaign: &tree::Path,
        fields: &[(Name, tree::Expr)],
        times: Option<Spanned<f64>>,
    ) -> Option<Expectation> {
        let (at, spec) = self.campaign_named(campaign)?;
        self.becomes_lead(spec, campaign, fields)?;
        let (fields, times) = (self.told(fields), self.times(times)?);
        Some(Expectation::Lead { campaign: at, fields, times })
    }

    /// A campaign with its index; `None`: there is none, or it has an error, which has been reported.
    pub(super) fn campaign_named(&mut self, path: &tree::Path) -> Option<(u32, &'l CampaignSpec)> {
        let symbol = self.context.find(self.file, path, Kind::Campaign)?;
        let name = &self.context.world.symbol(symbol)?.full;
        (0..).zip(self.campaigns).find(|(_, campaign)| campaign.name == *name)
    }

    /// Callers become leads of this campaign, with these fields.
    fn becomes_lead(
        &mut self,
        spec: &CampaignSpec,
        path: &tree::Path,
        fields: &[(Name, tree::Expr)],
    ) -> Option<()> {
        let Some(from) = &spec.from_calls else {
            let message = "no caller becomes a lead of this campaign";
            let help = "add `from calls { when … emit lead }` to the campaign".to_owned();
            self.context.error(Code::UnknownName, path.span, message, Some(help));
            return None;
        };
        let known = self.context.world.sources.get(spec.leads as usize)?.spec.fields.clone();
        let filled = from.fields.iter().filter_map(|at| known.get(*at as usize));
        let filled: Vec<String> = filled.map(|field| field.name.clone()).collect();
        if let Some((name, _)) = fields.iter().find(|(name, _)| !filled.contains(&name.text)) {
            let message = format!("callers who become leads say nothing of `{}`", name.text);
            self.context.unknown_name(&name.text, name.span, message, filled.iter().map(String::as_str));
            return None;
        }
        Some(())
    }
}
