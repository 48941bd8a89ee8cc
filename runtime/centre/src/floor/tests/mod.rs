//! What the floor promises, as tests.

mod agents;
mod choice;
mod coverage;
mod estimates;
mod handing;
mod invariants;
mod properties;
mod queues;
mod reference;
mod stage;
mod starvation;
