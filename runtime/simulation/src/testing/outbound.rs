//! The bank with a campaign and a ticket.

use std::sync::Arc;

use tandem_centre::Core;
use tandem_stdlib::contract::{
    Artefact, AttemptCap, AttemptsOf, CallingHours, CampaignSpec, Disposition, FollowAction, MachinePolicy,
    Pacing, Place, Reason, Script, SourceField, SourceSpec, TicketDeadline, TicketEvent, TicketPrefill,
    TicketSpec, Type, Window,
};

use super::bank;

const HOUR_MS: i64 = 3_600_000;

/// The bank's policy with these tests, a campaign over a source of phones, and a kind of ticket.
pub(crate) fn renewals(scripts: Vec<Script>, campaign: CampaignSpec, ticket: TicketSpec) -> Core {
    let artefact = bank(scripts).artefact().clone();
    let mut manifest = (*artefact.manifest).clone();
    let phone = SourceField { name: "phone".to_owned(), ty: Type::Phone, sensitive: false, default: None };
    let (name, fields) = ("crm.leads".to_owned(), vec![phone]);
    manifest.sources = vec![SourceSpec { name, parameters: Vec::new(), fields, within_ms: 0 }];
    manifest.campaigns = vec![campaign];
    manifest.tickets = vec![ticket];
    Core::new(Artefact { manifest: Arc::new(manifest), ..artefact }).unwrap()
}

/// Grades by the bank's route: `general`, or `complaints` once the intent is known.
pub(crate) fn campaign() -> CampaignSpec {
    CampaignSpec {
        name: "bank.renewals".to_owned(),
        place: Place::default(),
        under: Vec::new(),
        clauses: Vec::new(),
        leads: 0,
        phone_field: 0,
        person_field: None,
        language_field: None,
        order: None,
        never: None,
        hours: CallingHours::default(),
        attempts: vec![AttemptCap { max: 2, window: Window::Sliding(24 * HOUR_MS), per: AttemptsOf::Person }],
        waits: vec![(Disposition::NoAnswer, 4 * HOUR_MS)],
        lockouts: Vec::new(),
        pacing: Pacing::Progressive,
        ring_ms: 20_000,
        caller_id: 0,
        machine: MachinePolicy::Ignore,
        machine_within_ms: 0,
        connect_within_ms: 2_000,
        safe_harbour: None,
        dialog: None,
        queue: 1,
        grade: Some(0),
        from_calls: None,
        follow_ups: vec![(
            2,
            vec![FollowAction::Transfer { queue: 2, handover: Vec::new() }, FollowAction::Ticket(0)],
        )],
    }
}

pub(crate) fn ticket() -> TicketSpec {
    let reason = Reason { because: "nobody looks".to_owned(), place: Place::default() };
    let deadline = TicketDeadline {
        unless: TicketEvent::Touched,
        within_ms: 2 * HOUR_MS,
        calendar: None,
        repeats: false,
        when: None,
        escalate_to: 1,
        reassign_to: 0,
        step: None,
        goes_to: None,
        reason,
    };
    TicketSpec {
        name: "bank.complaint".to_owned(),
        place: Place::default(),
        opens: None,
        classify: Some(0),
        assign: 0,
        deadlines: vec![deadline],
        notices: Vec::new(),
        call_back: None,
        fields: Vec::new(),
        prefill: TicketPrefill::default(),
        steps: Vec::new(),
    }
}
