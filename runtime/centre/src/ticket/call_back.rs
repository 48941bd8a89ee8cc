//! Calling the customer back after a ticket was closed, inside the calling hours.

use super::action::{NoCallBack, TicketAction};
use super::engine::{Due, Tickets};
use super::event::TicketId;
use super::limits::{CALL_BACK_AGAIN_MS, MAX_CALL_BACK_TRIES};
use super::state::CallBackState;

impl Tickets {
    /// A ticket was closed: its customer is called at the first moment inside the hours, in time if there is one.
    pub(super) fn plan_call_back(&mut self, closed_ms: i64, id: TicketId, out: &mut Vec<TicketAction>) {
        let Some(kind) = self.tickets.get(&id).and_then(|ticket| self.kinds.get_mut(ticket.kind as usize))
        else {
            return;
        };
        let Some(within_ms) = kind.spec.call_back.as_ref().map(|call_back| call_back.within_ms) else {
            return;
        };
        kind.tally.call_backs_promised = kind.tally.call_backs_promised.saturating_add(1);
        self.plan_try(closed_ms, closed_ms.saturating_add(within_ms), 0, id, out);
    }

    fn plan_try(&mut self, from_ms: i64, by_ms: i64, tries: u32, id: TicketId, out: &mut Vec<TicketAction>) {
        let Some(ticket) = self.tickets.get_mut(&id) else { return };
        let times = self.kinds.get_mut(ticket.kind as usize).and_then(|kind| kind.times.as_mut());
        let opens = match times {
            _ if ticket.customer.number.is_empty() => Err(NoCallBack::NoNumber),
            None => Ok(from_ms),
            Some(times) => times.next_open(&ticket.customer.number, from_ms).map_err(NoCallBack::Hours),
        };
        match opens {
            Ok(at_ms) => {
                ticket.call_back = CallBackState::Planned { at_ms, by_ms, tries };
                self.due.insert((at_ms, id, Due::CallBack));
            }
            Err(because) => {
                ticket.call_back = CallBackState::None;
                out.push(TicketAction::NoCallBack { ticket: id, because });
            }
        }
    }

    pub(super) fn call_back_due(&mut self, at_ms: i64, id: TicketId, out: &mut Vec<TicketAction>) {
        let Some(ticket) = self.tickets.get_mut(&id) else { return };
        let CallBackState::Planned { by_ms, tries, .. } = ticket.call_back else { return };
        let Some(kind) = self.kinds.get_mut(ticket.kind as usize) else { return };
        let (late, tally) = (at_ms > by_ms, &mut kind.tally);
        if tries == 0 {
            let count = if late { &mut tally.called_late } else { &mut tally.called_in_time };
            *count = count.saturating_add(1);
        }
        ticket.call_back = CallBackState::Calling { by_ms, tries };
        let dialog = kind.spec.call_back.as_ref().and_then(|call_back| call_back.dialog);
        out.push(TicketAction::CallBack { ticket: id, dialog, by_ms, late });
    }

    pub(super) fn called_back(
        &mut self,
        now_ms: i64,
        id: TicketId,
        reached: bool,
        out: &mut Vec<TicketAction>,
    ) {
        let Some(ticket) = self.tickets.get_mut(&id) else { return };
        let CallBackState::Calling { by_ms, tries } = ticket.call_back else { return };
        ticket.call_back = CallBackState::None;
        let tries = tries.saturating_add(1);
        if reached {
            if let Some(kind) = self.kinds.get_mut(ticket.kind as usize) {
                kind.tally.reached = kind.tally.reached.saturating_add(1);
            }
        } else if tries < MAX_CALL_BACK_TRIES {
            self.plan_try(now_ms.saturating_add(CALL_BACK_AGAIN_MS), by_ms, tries, id, out);
        } else {
            out.push(TicketAction::NoCallBack { ticket: id, because: NoCallBack::NotReached });
        }
    }

    /// The ticket is open again: nobody is called about its having been closed.
    pub(super) fn cancel_call_back(&mut self, id: TicketId) {
        let Some(ticket) = self.tickets.get_mut(&id) else { return };
        if let CallBackState::Planned { at_ms, .. } = ticket.call_back {
            self.due.remove(&(at_ms, id, Due::CallBack));
        }
        ticket.call_back = CallBackState::None;
    }
}
