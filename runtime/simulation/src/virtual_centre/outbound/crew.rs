//! The agents of campaigns, as the floor has them.

use std::collections::BTreeMap;

use tandem_centre::campaign::CampaignEvent;
use tandem_centre::floor::{Floor, InHand};

use super::course::Outbound;

impl Outbound<'_> {
    /// How long before agents go no more calls are placed for them, milliseconds: who answers must find them there.
    pub(in crate::virtual_centre) fn horizon_ms(&self) -> i64 {
        let longest = self.centre.campaigns.iter().map(|campaign| {
            let spec = campaign.spec;
            spec.ring_ms.saturating_add(spec.machine_within_ms).saturating_add(spec.connect_within_ms)
        });
        longest.max().unwrap_or_default()
    }

    /// The agents are as the floor has them now; `goes_ms` tells when one goes home or on a break.
    pub(in crate::virtual_centre) fn look_at_crew(
        &mut self,
        now_ms: i64,
        floor: &Floor,
        goes_ms: impl Fn(u32) -> Option<i64>,
    ) {
        if self.closed {
            return;
        }
        let until_ms = now_ms.saturating_add(self.horizon_ms());
        let stays = |agent: u32| goes_ms(agent).is_none_or(|goes_ms| goes_ms > until_ms);
        for place in 0..self.crews.len() {
            let Some(campaign) = self.centre.campaigns.get(place) else { continue };
            let crew = floor.crew(campaign.spec.queue).filter(|(agent, _)| stays(agent.0));
            // Who looks at a lead or waits for an answer has no conversation in hand.
            let reserved = |hand: InHand| match hand {
                InHand::Asked(contact, _) | InHand::Contact(contact, _)
                    if self.is_reserving(Some(contact.0)) =>
                {
                    InHand::Nothing
                }
                hand => hand,
            };
            let crew: BTreeMap<u32, InHand> = crew.map(|(agent, hand)| (agent.0, reserved(hand))).collect();
            self.tell_crew(now_ms, place, campaign.index, crew);
        }
        self.settle(now_ms);
    }

    fn tell_crew(&mut self, now_ms: i64, place: usize, campaign: u32, crew: BTreeMap<u32, InHand>) {
        let Some(known) = self.crews.get_mut(place).filter(|known| **known != crew) else { return };
        for (agent, before) in known.iter() {
            let Some(after) = crew.get(agent).filter(|after| *after != before) else { continue };
            if let InHand::Contact(_, since_ms) = before {
                let after_ms = now_ms.saturating_sub(*since_ms);
                self.events.push_back(CampaignEvent::Released { campaign, after_ms });
            }
            let asked_before = matches!(before, InHand::Asked(..));
            let taken = match after {
                InHand::Asked(contact, _) => !self.own.contains(&contact.0),
                InHand::Contact(contact, _) => !asked_before && !self.own.contains(&contact.0),
                InHand::Nothing => false,
            };
            if taken {
                self.events.push_back(CampaignEvent::Taken { campaign });
            }
        }
        let since = |hand: &InHand| match hand {
            InHand::Nothing => None,
            InHand::Asked(_, since_ms) | InHand::Contact(_, since_ms) => Some(*since_ms),
        };
        let busy_since_ms: Vec<i64> = crew.values().filter_map(since).collect();
        let idle = u32::try_from(crew.len().saturating_sub(busy_since_ms.len())).unwrap_or(u32::MAX);
        *known = crew;
        self.events.push_back(CampaignEvent::Crew { campaign, idle, busy_since_ms });
    }
}
