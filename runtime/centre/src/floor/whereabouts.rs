//! Where contacts are.

use tandem_stdlib::contract::Slot;

use super::agent::Stage;
use super::contact::Phase;
use super::matching::slot_of;
use super::{AgentId, ContactId, Floor};

/// Where a contact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// In its queues; the slot value of the home queue.
    Waiting(Slot),
    /// An agent is being asked, or the customer is called back for her.
    Asked(AgentId),
    /// With an agent, on hold included.
    Connected(AgentId),
    /// A call-back whose time has not come.
    Parked,
}

/// Where the contacts of the floor are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// In queues.
    pub waiting: usize,
    /// Agents are being asked, or customers called back.
    pub asked: usize,
    /// With agents, on hold included.
    pub connected: usize,
    /// Call-backs whose time has not come.
    pub parked: usize,
}

impl Floor {
    /// Where a contact is; `None` when it is not on the floor.
    #[must_use]
    pub fn whereabouts(&self, contact: ContactId) -> Option<Whereabouts> {
        let contact = self.contacts.get(self.contacts.find(contact)?)?;
        Some(match contact.phase {
            Phase::Waiting => Whereabouts::Waiting(slot_of(contact.home)),
            Phase::Parked => Whereabouts::Parked,
            Phase::With(agent) => match self.stage_of(agent, contact.id) {
                Some(Stage::Talking | Stage::Held) => Whereabouts::Connected(AgentId(agent)),
                _ => Whereabouts::Asked(AgentId(agent)),
            },
        })
    }

    /// Whether a contact was promised a call and has not got it yet.
    #[must_use]
    pub fn is_to_be_called(&self, contact: ContactId) -> bool {
        let contact = self.contacts.find(contact).and_then(|slot| self.contacts.get(slot));
        contact.is_some_and(|contact| contact.callback.is_some())
    }

    /// Where the contacts are.
    #[must_use]
    pub fn census(&self) -> Census {
        let mut census = Census::default();
        for (_, contact) in self.contacts.iter() {
            let count = match contact.phase {
                Phase::Waiting => &mut census.waiting,
                Phase::Parked => &mut census.parked,
                Phase::With(agent) => match self.stage_of(agent, contact.id) {
                    Some(Stage::Talking | Stage::Held) => &mut census.connected,
                    _ => &mut census.asked,
                },
            };
            *count += 1;
        }
        census
    }
}
