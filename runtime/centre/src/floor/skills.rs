//! Skills that change while the floor runs.

use tandem_stdlib::contract::Slot;

use super::{AgentId, Floor, Ignored, Io, deciding_levels};

impl Floor {
    pub(super) fn change_skills(
        &mut self,
        id: AgentId,
        skills: Vec<(Slot, u8)>,
        io: &mut Io<'_>,
    ) -> Result<(), Ignored> {
        self.known(id)?;
        let served = self.lines.restaff(id.0, &skills);
        let levels = deciding_levels(&self.queues, &skills);
        if let Some(agent) = self.roster.get_mut(id.0) {
            agent.skills = skills;
        }
        let place = self.roster.regroup(id.0, (served.clone(), levels));
        if let Some(place) = place {
            self.lines.regroup(place, &served);
        }
        self.settle(id.0, io);
        Ok(())
    }
}
