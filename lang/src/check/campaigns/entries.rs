//! The entries and texts of a campaign, typed in one place.

use tandem_stdlib::contract::{EntryRef, MachinePolicy, Speech};

use super::grades::{Grades, grades};
use super::guards::{Guards, guards, order};
use super::leads::{Lead, consent};
use super::said::Said;
use crate::check::context::Context;
use crate::check::spoken::speech;
use crate::check::types::{Noted, Stand, Typer};
use crate::program::Expr;
use crate::tree::Campaign;

/// What a campaign asks at run time.
pub(super) struct Entries {
    pub(super) guards: Guards,
    pub(super) order: Option<EntryRef>,
    /// Whether the person has agreed.
    pub(super) consent: Option<Expr>,
    pub(super) machine: MachinePolicy,
    pub(super) safe_harbour: Option<Speech>,
    pub(super) grades: Grades,
}

/// `None`: something is wrong, which has been reported.
pub(super) fn entries(
    context: &mut Context<'_>,
    file: usize,
    item: &Campaign,
    name: &str,
    (said, noted): (&Said<'_>, &Noted),
    lead: &Lead,
) -> Option<Entries> {
    let leads = said.leads?;
    let mut typer = Typer::new(context, file, Stand::Lead);
    typer.add_lead((lead.source, lead.record), lead.phone, leads.otherwise.as_ref(), leads.source.span);
    typer.add_lets(&said.lets);
    let guards = guards(&mut typer, name, said);
    let order = order(&mut typer, name, said);
    let consent = consent(&mut typer, lead, said);
    let text = format!("{name} text");
    let machine = match said.machine.map(|(machine, _)| &machine.message) {
        None => Some(MachinePolicy::Ignore),
        Some(None) => Some(MachinePolicy::HangUp),
        Some(Some(words)) => speech(&mut typer, file, &text, words).map(MachinePolicy::Message),
    };
    let safe_harbour = match said.safe_harbour {
        Some(words) => speech(&mut typer, file, &text, words).map(Some),
        None => Some(None),
    };
    typer.stand_in(Stand::Grade);
    typer.noted_by(noted);
    let grades = grades(&mut typer, file, name, item, (said, noted));
    if !typer.context.is_incomplete(item.span) {
        typer.report_unused_lets(&said.lets);
    }
    Some(Entries {
        guards: guards?,
        order: order?,
        consent: consent?,
        machine: machine?,
        safe_harbour: safe_harbour?,
        grades: grades?,
    })
}
