//! Campaigns.

mod callers;
mod clauses;
mod entries;
mod grades;
mod guards;
pub(super) mod hours;
mod lawful;
mod leads;
mod limits;
mod pacing;
mod said;

use tandem_stdlib::contract::CampaignSpec;
use tandem_stdlib::words::CalendarSpec;

use self::lawful::{Terms, hold};
use self::said::Said;
use super::context::{Context, small};
use super::dialogs::notes_of;
use super::laws::{Asks, Law, under};
use super::resolve::Kind;
use super::types::Noted;
use crate::diagnostics::Code;
use crate::tree::Campaign;

/// Checks all campaigns; one with an error is left out.
pub(super) fn campaigns(
    context: &mut Context<'_>,
    laws: &[Law],
    calendars: &[CalendarSpec],
) -> Vec<CampaignSpec> {
    let names = context.names_of(Kind::Campaign);
    let items = context.world.campaigns.clone();
    let named = items.into_iter().zip(names);
    let mut found = Vec::new();
    for ((file, item), name) in named {
        match campaign(context, file, item, name, laws, calendars) {
            Some(spec) => found.push(spec),
            None => context.leave_out(item.span),
        }
    }
    found
}

/// Reports what a campaign cannot do without.
fn missing(context: &mut Context<'_>, item: &Campaign, what: &str, help: &str) {
    if !context.is_incomplete(item.span) {
        let message = format!("nothing in the campaign `{}` {what}", item.name.text);
        context.error(Code::CampaignIncomplete, item.name.span, message, Some(help.to_owned()));
    }
}

fn campaign(
    context: &mut Context<'_>,
    file: usize,
    item: &Campaign,
    name: String,
    laws: &[Law],
    calendars: &[CalendarSpec],
) -> Option<CampaignSpec> {
    let known = item.under.len();
    let laws = under(context, file, laws, &item.under);
    let said = Said::of(context, item);
    let lead = leads::lead(context, file, item, &said);
    let dialog = limits::dialog(context, file, &said);
    let limits = limits::limits(context, item, &said, dialog);
    let pace = pacing::pace(context, item, &said);
    let lead = lead?;
    let callee = leads::number(context, &lead);
    let hours = hours::hours(context, file, &said, &callee);
    let noted = match dialog {
        Some(Some(dialog)) => Noted::ByDialog(notes_of(context, dialog)),
        Some(None) => Noted::Nothing,
        None => Noted::Broken,
    };
    let incomplete = context.is_incomplete(item.span);
    let from_calls = callers::callers(context, file, &name, (&said, incomplete), &lead);
    let entries = entries::entries(context, file, item, &name, (&said, &noted), &lead);
    let (limits, pace, hours, entries) = (limits?, pace?, hours?, entries?);
    let from_calls = from_calls?;
    let cap = pace.cap;
    let (guards, consent) = (entries.guards.clone(), entries.consent.clone());
    let asks_consent = laws.iter().flat_map(|law| &law.asks).any(|(asks, _)| matches!(asks, Asks::Consent));
    let refused = consent.clone().filter(|_| asks_consent);
    let refused = refused.map(|consent| guards::not_agreed(context, &name, consent));
    let clauses = clauses::clauses(context, file, &said, (&hours, &limits), (&laws, refused));
    // What is missing may stand in the line that could not be read.
    if incomplete {
        return None;
    }
    let mut terms = Terms { said, item, hours, limits, cap, guards, consent };
    let before = context.found.len();
    hold(context, &laws, &mut terms, calendars);
    let pacing = pacing::settled(context, &terms, &pace);
    if context.found.len() > before || laws.len() < known {
        return None;
    }
    terms.limits.warn_of_endless(context, item);
    let mut spec = CampaignSpec {
        name,
        place: context.place(item.name.span),
        under: laws.into_iter().map(|law| law.citation).collect(),
        clauses,
        leads: lead.source,
        phone_field: small(lead.phone),
        person_field: lead.person.map(small),
        language_field: lead.language.map(small),
        order: entries.order,
        never: entries.guards.entry,
        hours: terms.hours.all,
        attempts: Vec::new(),
        waits: Vec::new(),
        lockouts: Vec::new(),
        pacing: pacing?,
        ring_ms: 0,
        caller_id: 0,
        machine: entries.machine,
        machine_within_ms: 0,
        connect_within_ms: 0,
        safe_harbour: entries.safe_harbour,
        dialog: None,
        queue: 0,
        grade: entries.grades.entry,
        from_calls,
        follow_ups: entries.grades.follow_ups,
    };
    terms.limits.write(&mut spec);
    Some(spec)
}
