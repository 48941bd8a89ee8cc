//! Tickets that calls open, and who works on them.

use super::World;
use crate::virtual_centre::tickets::TicketDue;

impl World<'_> {
    /// Something of a ticket happens.
    pub(super) fn ticket(&mut self, due: TicketDue) {
        let now_ms = self.now_ms;
        self.desk.iter_mut().for_each(|desk| desk.happen(now_ms, due));
    }

    /// Opens what calls have left, and plans what will happen to tickets.
    pub(super) fn settle_tickets(&mut self) {
        let Some(desk) = &mut self.desk else { return };
        let of_campaigns = self.outbound.iter_mut().flat_map(|outbound| outbound.take_tickets());
        let opened: Vec<_> = self.house.take_tickets().into_iter().chain(of_campaigns).collect();
        opened.into_iter().for_each(|opened| desk.open(self.now_ms, opened));
        for (at_ms, due) in desk.take_due() {
            self.agenda.plan(at_ms, due);
        }
    }
}
