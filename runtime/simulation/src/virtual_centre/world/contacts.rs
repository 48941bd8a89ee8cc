//! The contacts that are there.

use tandem_centre::campaign::AttemptId;
use tandem_stdlib::contract::Slot;

use crate::virtual_centre::agenda::Visit;
use crate::virtual_centre::caller::Caller;
use crate::virtual_centre::house::Decided;
use crate::virtual_centre::talk::BotTalk;

/// How far a contact has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::virtual_centre) enum Phase {
    /// With a dialog of the policy.
    Bot,
    /// With a machine.
    Machine,
    /// Waits.
    #[default]
    Waiting,
    /// An agent's phone rings for it.
    Ringing(u32),
    /// Will be called back.
    Promised,
    /// Talks with an agent.
    Talking(u32),
}

/// A contact.
#[derive(Clone, Debug, Default)]
pub(in crate::virtual_centre) struct Contact<'m> {
    pub(in crate::virtual_centre) caller: Caller<'m>,
    pub(in crate::virtual_centre) decided: Decided,
    pub(in crate::virtual_centre) phase: Phase,
    /// Slot value of the queue where it waits or waited last.
    pub(in crate::virtual_centre) queue: Slot,
    /// Since when it waits in this visit.
    pub(in crate::virtual_centre) queued_ms: i64,
    /// Counted in the length of this queue; 0: of none.
    pub(in crate::virtual_centre) counted_in: Slot,
    pub(in crate::virtual_centre) talk_ms: i64,
    pub(in crate::virtual_centre) after_call_ms: i64,
    /// Instead of it: the share of a distribution that is chosen when the call ends.
    pub(in crate::virtual_centre) pause_at: Option<f64>,
    /// Where the agent will send it.
    pub(in crate::virtual_centre) transfer: Option<Slot>,
    /// How often phones have rung for it.
    pub(in crate::virtual_centre) ringings: u32,
    /// The machine gives the caller what the caller came for.
    pub(in crate::virtual_centre) contained: bool,
    /// When the caller came.
    pub(in crate::virtual_centre) arrived_ms: i64,
    /// What was talked with a dialog of the policy.
    pub(in crate::virtual_centre) talk: Option<Box<BotTalk<'m>>>,
    /// Since when a call-back is promised.
    pub(in crate::virtual_centre) call_back: Option<i64>,
    /// An agent has talked with the caller.
    pub(in crate::virtual_centre) reached_person: bool,
    /// Queues of agents that it has left behind by transfer.
    pub(in crate::virtual_centre) transfers: u32,
    /// It came to where it is by transfer.
    pub(in crate::virtual_centre) was_moved: bool,
    /// A campaign has called.
    pub(in crate::virtual_centre) attempt: Option<AttemptId>,
    visit: u32,
}

impl<'m> Contact<'m> {
    pub(in crate::virtual_centre) fn new(caller: Caller<'m>, decided: Decided, now_ms: i64) -> Self {
        Self { caller, decided, queued_ms: now_ms, arrived_ms: now_ms, ..Self::default() }
    }
}

/// Contacts by number. A number comes again with another half once its contact has gone.
#[derive(Debug, Default)]
pub(in crate::virtual_centre) struct Contacts<'m> {
    slots: Vec<(u32, Option<Contact<'m>>)>,
    free: Vec<u32>,
    count: usize,
}

impl<'m> Contacts<'m> {
    pub(in crate::virtual_centre) fn add(&mut self, contact: Contact<'m>) -> Visit {
        self.count += 1;
        let place = self.free.pop().unwrap_or_else(|| {
            self.slots.push((0, None));
            u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
        });
        let mut generation = 0;
        if let Some(slot) = self.slots.get_mut(place as usize) {
            slot.0 = slot.0.wrapping_add(1);
            slot.1 = Some(contact);
            generation = slot.0;
        }
        Visit { contact: u64::from(generation) << 32 | u64::from(place), number: 0 }
    }

    pub(in crate::virtual_centre) fn get(&mut self, id: u64) -> Option<&mut Contact<'m>> {
        let (generation, contact) = self.slots.get_mut((id & 0xffff_ffff) as usize)?;
        contact.as_mut().filter(|_| u64::from(*generation) == id >> 32)
    }

    /// The contact, if it is still on this visit.
    pub(in crate::virtual_centre) fn visit(&mut self, visit: Visit) -> Option<&mut Contact<'m>> {
        self.get(visit.contact).filter(|contact| contact.visit == visit.number)
    }

    pub(in crate::virtual_centre) fn visit_of(&mut self, id: u64) -> Option<Visit> {
        Some(Visit { contact: id, number: self.get(id)?.visit })
    }

    /// The contact goes on to another queue.
    pub(in crate::virtual_centre) fn next_visit(&mut self, visit: Visit) -> Visit {
        let number = visit.number.wrapping_add(1);
        if let Some(contact) = self.get(visit.contact) {
            contact.visit = number;
        }
        Visit { number, ..visit }
    }

    pub(in crate::virtual_centre) fn remove(&mut self, id: u64) {
        let place = (id & 0xffff_ffff) as u32;
        if self.get(id).is_some()
            && let Some(slot) = self.slots.get_mut(place as usize)
        {
            slot.1 = None;
            self.free.push(place);
            self.count -= 1;
        }
    }

    pub(in crate::virtual_centre) const fn len(&self) -> usize {
        self.count
    }

    pub(in crate::virtual_centre) const fn is_empty(&self) -> bool {
        self.count == 0
    }
}
