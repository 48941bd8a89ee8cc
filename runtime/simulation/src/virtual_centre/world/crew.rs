//! Agents come and go, learn other things, and pause between calls.

use tandem_centre::floor::{AgentId, FloorEvent};

use super::{World, agents, whole_ms};
use crate::virtual_centre::agenda::{Due, Visit};

impl World<'_> {
    /// A group of agents comes, goes, or takes a break.
    pub(super) fn roster(&mut self, group: u32) {
        let Some(of_group) = self.centre.groups.get(group as usize) else { return };
        let (working, next_ms) = agents::working(of_group.group, self.now_ms);
        for agent in of_group.agents.clone() {
            for event in self.agents.change(agent, working) {
                self.house.tell(self.now_ms, event, &mut self.actions);
            }
        }
        self.agents.change_at(group, next_ms);
        self.plan_crew(next_ms);
        if let Some(next_ms) = next_ms {
            self.agenda.plan(next_ms, Due::Roster(group));
        }
    }

    /// Other skills begin at their moments.
    pub(super) fn plan_skills(&mut self) {
        for (group, of_group) in (0..).zip(&self.centre.groups) {
            for (change, (at_ms, _)) in (0..).zip(&of_group.changes) {
                self.agenda.plan(*at_ms, Due::Skills(group, change));
            }
        }
    }

    /// A group of agents has other skills from now on.
    pub(super) fn change_skills(&mut self, group: u32, change: u32) {
        let Some(of_group) = self.centre.groups.get(group as usize) else { return };
        let set = of_group.changes.get(change as usize).and_then(|(_, set)| of_group.skill_sets.get(*set));
        for agent in of_group.agents.clone() {
            let skills = set.cloned().unwrap_or_default();
            self.tell(FloorEvent::Skills { agent: AgentId(agent), skills });
        }
    }

    /// How long the agent takes no call after this one, where that depends on how many wait.
    pub(super) fn choose_pause(&mut self, visit: Visit, agent: u32) {
        let Some(contact) = self.contacts.visit(visit) else { return };
        let Some(share) = contact.pause_at.take() else { return };
        let group = self.centre.groups.get(self.agents.group(agent));
        let served = group.map(|group| group.queues.as_slice()).unwrap_or_default();
        let crowd = self.counts.waiting_in(served);
        let pauses = self.centre.handling.iter().find_map(|(_, _, rule)| rule.pauses.as_ref());
        contact.after_call_ms = pauses.map_or(0, |pauses| whole_ms(pauses.law(crowd).at(share)));
    }
}
