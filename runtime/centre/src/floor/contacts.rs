//! All contacts that have not ended.

use std::collections::HashMap;

use super::ContactId;
use super::contact::Contact;

/// Contacts in slots that are used again.
#[derive(Debug, Default)]
pub(super) struct Contacts {
    slots: Vec<Option<Contact>>,
    free: Vec<u32>,
    /// Only looked up, never walked.
    by_id: HashMap<ContactId, u32>,
    /// How many contacts there have been.
    numbered: u64,
}

impl Contacts {
    pub(super) fn find(&self, id: ContactId) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    pub(super) fn get(&self, slot: u32) -> Option<&Contact> {
        self.slots.get(slot as usize)?.as_ref()
    }

    pub(super) fn get_mut(&mut self, slot: u32) -> Option<&mut Contact> {
        self.slots.get_mut(slot as usize)?.as_mut()
    }

    /// The number of the next contact by order of arrival.
    pub(super) const fn next_number(&mut self) -> u64 {
        self.numbered = self.numbered.wrapping_add(1);
        self.numbered
    }

    pub(super) fn add(&mut self, contact: Contact) -> u32 {
        let slot = self.free.pop().unwrap_or_else(|| {
            self.slots.push(None);
            u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
        });
        self.by_id.insert(contact.id, slot);
        if let Some(place) = self.slots.get_mut(slot as usize) {
            *place = Some(contact);
        }
        slot
    }

    pub(super) fn remove(&mut self, slot: u32) -> Option<Contact> {
        let contact = self.slots.get_mut(slot as usize)?.take()?;
        self.by_id.remove(&contact.id);
        self.free.push(slot);
        Some(contact)
    }

    pub(super) fn len(&self) -> usize {
        self.by_id.len()
    }

    /// All contacts in order of their slots.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &Contact)> {
        self.slots
            .iter()
            .enumerate()
            .filter_map(|(slot, contact)| Some((u32::try_from(slot).ok()?, contact.as_ref()?)))
    }
}
