//! What the floor promises, as tests.

mod agents;
mod choice;
mod estimates;
mod handing;
mod invariants;
mod properties;
mod queues;
mod stage;
