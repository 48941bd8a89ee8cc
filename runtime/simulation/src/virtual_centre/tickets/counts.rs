//! What is counted of tickets in one replication.

/// One kind of ticket.
#[derive(Clone, Debug, Default)]
pub(in crate::virtual_centre) struct TicketCounts {
    pub(super) opened: u64,
    pub(super) closed: u64,
    /// Tickets for which a deadline passed.
    pub(super) late: u64,
    /// By deadline of the kind: how often it passed.
    pub(super) passed: Vec<u64>,
    /// From opening to closing, milliseconds, in the order in which they were closed.
    pub(super) closed_after_ms: Vec<i64>,
    /// Time of agents, milliseconds.
    pub(super) worked_ms: i64,
    pub(super) call_backs: u64,
    pub(super) called_in_time: u64,
    pub(super) reached: u64,
    /// By step.
    pub(super) steps: Vec<StepCounts>,
}

/// One step.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct StepCounts {
    /// How often tickets came to it, and left it.
    pub(super) entered: u64,
    pub(super) left: u64,
    /// How long those stayed who left, milliseconds.
    pub(super) stayed_ms: i64,
    pub(super) worked_ms: i64,
    /// Deadlines of the step that passed.
    pub(super) late: u64,
}
