//! What policies can ask without declaring it.

use super::{agents, leads, masked, names, queues};

/// Facts, signals and functions as they are written: `call.from`, `queue.waiting`, `anger`, `masked`.
#[must_use]
pub fn standard_names() -> Vec<String> {
    let call = names::CALL.iter().map(|(name, ..)| format!("call.{name}"));
    let queue = queues::queue_fact_names().map(|name| format!("{}.{name}", queues::ALL_QUEUES));
    let agent = agents::FACTS.iter().map(|(name, ..)| *name).chain([agents::OWNER, agents::LEVEL]);
    let work =
        leads::ATTEMPTS.iter().map(|(name, ..)| *name).chain(leads::TICKET.iter().map(|(name, ..)| *name));
    let plain = agent.chain(work).chain(names::signal_names()).chain([masked::MASKED]);
    call.chain(queue).chain(plain.map(str::to_owned)).collect()
}
