//! Tests of callers who become leads.

use tandem_stdlib::contract::Expectation;

use super::Lines;
use crate::check::context::small;
use crate::check::resolve::Kind;
use crate::check::suggest;
use crate::diagnostics::Code;
use crate::tree::{self, Name, Spanned};

impl Lines<'_, '_> {
    /// `expect lead renewals with value = "100 CNY"`
    pub(super) fn lead_found(
        &mut self,
        campaign: &tree::Path,
        fields: &[(Name, tree::Expr)],
        times: Option<Spanned<f64>>,
    ) -> Option<Expectation> {
        let symbol = self.context.find(self.file, campaign, Kind::Campaign)?;
        let name = &self.context.world.symbol(symbol)?.full;
        let at = self.campaigns.iter().position(|one| one.name == *name)?;
        self.becomes_lead(at, campaign, fields)?;
        let (fields, times) = (self.told(fields), self.times(times)?);
        Some(Expectation::Lead { campaign: small(at), fields, times })
    }

    /// Callers become leads of this campaign, with these fields.
    fn becomes_lead(&mut self, at: usize, path: &tree::Path, fields: &[(Name, tree::Expr)]) -> Option<()> {
        let spec = self.campaigns.get(at)?;
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
            let help = suggest::help(&name.text, filled.iter().map(String::as_str));
            self.context.error(Code::UnknownName, name.span, message, help);
            return None;
        }
        Some(())
    }
}
