//! The grade that a policy gives a call of a campaign.

use tandem_centre::campaign::{Considered, call_start, give};
use tandem_centre::{Call, Core, Sources};
use tandem_stdlib::contract::{CallStart, CampaignSpec, Event, Party, Slot, Turn};

use crate::script::Unheard;

/// Nothing tells the times within such a call; a turn counts as so long. Milliseconds.
const TURN_MS: i64 = 2_000;

/// What became known in a call with a person.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Learnt<'a> {
    /// What the person wants.
    pub(crate) intent: Option<&'a str>,
    /// What was said, in order.
    pub(crate) said: &'a [(Party, String)],
}

/// Runs a call to a lead in which this became known, and grades it; `None` when the policy gives no grade.
pub(crate) fn grade(
    core: &Core,
    call: &mut Call,
    sources: &mut dyn Sources,
    spec: &CampaignSpec,
    considered: Considered<'_>,
    learnt: Learnt<'_>,
) -> Option<Slot> {
    let unheard = &mut Unheard;
    call.reset();
    give(call, core, spec, considered);
    let (clock_ms, to) = (considered.clock_ms, considered.number);
    let start = CallStart { clock_ms, to, ..call_start(core, spec, considered.lead) };
    call.handle(0, &Event::Start(start), sources, unheard);
    let mut end_ms = 0;
    for (party, text) in learnt.said {
        let start_ms = end_ms;
        end_ms += TURN_MS;
        let turn = Turn { party: *party, start_ms, end_ms, text, estimated: true };
        call.handle(end_ms, &Event::Turn(turn), sources, unheard);
    }
    if let Some(intent) = learnt.intent {
        call.handle(end_ms, &Event::Intent(intent), sources, unheard);
    }
    call.handle(end_ms, &Event::End, sources, unheard);
    call.evaluate(spec.grade? as usize)?.outputs.first().copied()
}
