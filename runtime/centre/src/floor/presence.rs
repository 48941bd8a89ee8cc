//! Agents come, go, and say what they can take.

use super::agent::{NEVER, Presence, Stage, Task};
use super::agent_state::NotReady;
use super::event::Forced;
use super::{AgentId, Floor, FloorAction, Ignored, Io};

impl Floor {
    pub(super) fn log_in(
        &mut self,
        id: AgentId,
        shift_ends_ms: Option<i64>,
        io: &mut Io<'_>,
    ) -> Result<(), Ignored> {
        self.known(id)?;
        let now_ms = self.now_ms;
        let guard_ms = now_ms.saturating_add(self.guards.session_ms.max(1));
        let ends_ms = shift_ends_ms.map_or(guard_ms, |ends_ms| ends_ms.min(guard_ms));
        self.roster.change(id.0, |agent| agent.log_in(now_ms, ends_ms));
        self.settle(id.0, io);
        Ok(())
    }

    pub(super) fn log_out(&mut self, id: AgentId, io: &mut Io<'_>) -> Result<(), Ignored> {
        self.logged_in(id)?;
        self.leave(id.0, io);
        self.end_wrap_up(id.0, NEVER);
        self.settle(id.0, io);
        Ok(())
    }

    pub(super) fn ready(&mut self, id: AgentId, io: &mut Io<'_>) -> Result<(), Ignored> {
        self.logged_in(id)?;
        self.end_wrap_up(id.0, NEVER);
        let now_ms = self.now_ms;
        self.roster.change(id.0, |agent| {
            agent.leaving = agent.shift_ends_ms <= now_ms;
            agent.set_presence(Presence::Ready);
        });
        self.settle(id.0, io);
        Ok(())
    }

    pub(super) fn not_ready(&mut self, id: AgentId, reason: u16, io: &mut Io<'_>) -> Result<(), Ignored> {
        self.logged_in(id)?;
        self.roster.change(id.0, |agent| agent.set_presence(Presence::NotReady(NotReady::Reason(reason))));
        self.give_back(id.0, is_asked, io);
        self.settle(id.0, io);
        Ok(())
    }

    pub(super) fn wrap_up_done(&mut self, id: AgentId, io: &mut Io<'_>) -> Result<(), Ignored> {
        self.logged_in(id)?;
        if !self.end_wrap_up(id.0, NEVER) {
            return Err(Ignored::AgentElsewhere(id));
        }
        self.settle(id.0, io);
        Ok(())
    }

    pub(super) fn force(&mut self, id: AgentId, to: Forced, io: &mut Io<'_>) -> Result<(), Ignored> {
        self.logged_in(id)?;
        self.roster.change(id.0, |agent| agent.set_presence(Presence::NotReady(NotReady::LoggedIn)));
        self.end_wrap_up(id.0, NEVER);
        self.give_back(id.0, |_| true, io);
        self.roster.change(id.0, |agent| match to {
            Forced::Ready => agent.set_presence(Presence::Ready),
            Forced::NotReady(reason) => agent.set_presence(Presence::NotReady(NotReady::Reason(reason))),
            Forced::LoggedOut => agent.leaving = true,
        });
        self.settle(id.0, io);
        Ok(())
    }

    pub(super) fn phone_failed(&mut self, id: AgentId, io: &mut Io<'_>) -> Result<(), Ignored> {
        self.logged_in(id)?;
        self.rest(id.0, NotReady::PhoneFailed);
        self.give_back(id.0, |_| true, io);
        self.settle(id.0, io);
        Ok(())
    }

    /// Something about an agent has come to its end.
    pub(super) fn agent_due(&mut self, index: u32, io: &mut Io<'_>) {
        let now_ms = self.now_ms;
        self.end_wrap_up(index, now_ms);
        if self.roster.get(index).is_some_and(|agent| agent.shift_ends_ms <= now_ms) {
            self.leave(index, io);
        }
        let tasks = self.roster.get(index).map(|agent| agent.tasks.clone()).unwrap_or_default();
        for task in tasks.into_iter().filter(|task| task.until_ms <= now_ms) {
            self.task_due(index, task, io);
        }
        if self.roster.get(index).is_some_and(|agent| agent.rest_until_ms <= now_ms) {
            self.roster.change(index, |agent| agent.set_presence(Presence::Ready));
        }
        self.settle(index, io);
    }

    fn task_due(&mut self, index: u32, task: Task, io: &mut Io<'_>) {
        let Some(slot) = self.contacts.find(task.contact) else { return };
        match task.stage {
            Stage::Ringing => {
                io.push(FloorAction::StopRinging { agent: AgentId(index), contact: task.contact });
                self.missed(index, slot, io);
            }
            Stage::Reserved => {
                io.push(FloorAction::StopCallback { contact: task.contact });
                self.not_reached(index, slot, io);
            }
            Stage::Talking | Stage::Held => self.lost(slot, io),
            Stage::WrapUp => {}
        }
    }

    /// An agent who did not answer gets nothing for a while, and the contact goes to somebody else.
    pub(super) fn missed(&mut self, index: u32, slot: u32, io: &mut Io<'_>) {
        self.rest(index, NotReady::DidNotAnswer);
        let task = self.take_from(index, slot);
        if let Some(queue) = task.and_then(|task| self.queues.get_mut(task.queue)) {
            queue.figures.missed += 1;
        }
        self.requeue(slot, io);
    }

    fn rest(&mut self, index: u32, why: NotReady) {
        let (now_ms, guards) = (self.now_ms, self.guards);
        self.roster.change(index, |agent| agent.rest(now_ms, why, guards.rest_ms, guards.rest_max_ms));
    }

    /// An agent who leaves gets nothing more and gives back what she has not taken.
    fn leave(&mut self, index: u32, io: &mut Io<'_>) {
        self.roster.change(index, |agent| agent.leaving = true);
        self.give_back(index, is_asked, io);
    }

    /// Contacts in an agent's hands go back to their queues.
    fn give_back(&mut self, index: u32, which: impl Fn(Stage) -> bool, io: &mut Io<'_>) {
        let Some(agent) = self.roster.get(index) else { return };
        let fits = |task: &&Task| task.stage != Stage::WrapUp && which(task.stage);
        let tasks: Vec<Task> = agent.tasks.iter().filter(fits).copied().collect();
        for task in tasks {
            let Some(slot) = self.contacts.find(task.contact) else { continue };
            match task.stage {
                Stage::Ringing => {
                    io.push(FloorAction::StopRinging { agent: AgentId(index), contact: task.contact });
                }
                Stage::Reserved => io.push(FloorAction::StopCallback { contact: task.contact }),
                _ => {}
            }
            self.take_from(index, slot);
            self.requeue(slot, io);
        }
    }

    /// Ends an agent's after-call work whose time is over by `until_ms`. `true`: there was some.
    fn end_wrap_up(&mut self, index: u32, until_ms: i64) -> bool {
        let now_ms = self.now_ms;
        let done =
            self.roster.change(index, |agent| agent.drop_wrap_up(now_ms, until_ms)).unwrap_or_default();
        for task in &done {
            if let Some(queue) = self.queues.get_mut(task.queue) {
                queue.pace.handled(now_ms.saturating_sub(task.since_ms));
            }
        }
        !done.is_empty()
    }

    /// After a change of an agent: she leaves if that was the last, takes what waits, and is shown.
    pub(super) fn settle(&mut self, index: u32, io: &mut Io<'_>) {
        let now_ms = self.now_ms;
        if self.roster.get(index).is_some_and(|agent| agent.leaving && agent.tasks.is_empty()) {
            self.roster.change(index, |agent| agent.log_out(now_ms));
        }
        self.show(index, io);
        self.seek_contacts(index, io);
        self.set_agent_timer(index);
    }

    /// Tells of an agent's state if it is another than before.
    pub(super) fn show(&mut self, index: u32, io: &mut Io<'_>) {
        let Some(agent) = self.roster.get_mut(index) else { return };
        let state = agent.state();
        if std::mem::replace(&mut agent.shown, state) != state {
            io.push(FloorAction::Agent { agent: AgentId(index), state });
        }
    }

    pub(super) fn known(&self, id: AgentId) -> Result<(), Ignored> {
        self.roster.get(id.0).map(|_| ()).ok_or(Ignored::UnknownAgent(id))
    }

    fn logged_in(&self, id: AgentId) -> Result<(), Ignored> {
        let agent = self.roster.get(id.0).ok_or(Ignored::UnknownAgent(id))?;
        if agent.presence == Presence::LoggedOut { Err(Ignored::AgentElsewhere(id)) } else { Ok(()) }
    }
}

/// Whether the agent has only been asked so far.
const fn is_asked(stage: Stage) -> bool {
    matches!(stage, Stage::Ringing | Stage::Reserved)
}
