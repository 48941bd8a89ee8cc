//! Facts of queues: `vip_desk.waiting`, and `queue.waiting` for all queues together.

use tandem_stdlib::contract::{FactSource, QueueFact, Slot, Type};

use super::{Stand, Typer};
use crate::check::context::small;
use crate::check::resolve::QUEUE;
use crate::program::{Expr, ExprKind};
use crate::tree::Path;

const FACTS: [(&str, QueueFact, Type); 6] = [
    ("waiting", QueueFact::Waiting, Type::Number),
    ("idle_agents", QueueFact::IdleAgents, Type::Number),
    ("staffed_agents", QueueFact::StaffedAgents, Type::Number),
    ("longest_wait", QueueFact::LongestWait, Type::Duration),
    ("estimated_wait", QueueFact::EstimatedWait, Type::Duration),
    ("occupancy", QueueFact::Occupancy, Type::Percent),
];

/// What stands for all queues together.
pub(in crate::check) const ALL_QUEUES: &str = "queue";

/// A fact of queues with its type.
pub(in crate::check) fn queue_fact_named(name: &str) -> Option<(QueueFact, Type)> {
    FACTS.iter().find(|(known, ..)| *known == name).map(|(_, fact, ty)| (*fact, *ty))
}

/// The names of all facts of queues.
pub(in crate::check) fn queue_fact_names() -> impl Iterator<Item = &'static str> {
    FACTS.iter().map(|(name, ..)| *name)
}

impl Typer<'_, '_> {
    /// `vip_desk.waiting`; `None`: the path does not begin with a queue.
    pub(super) fn queue_fact(&mut self, path: &Path) -> Option<Option<Expr>> {
        let [queue, fact] = path.names.as_slice() else { return None };
        let slot: Slot = match queue.text.as_str() {
            ALL_QUEUES => 0,
            name => self.context.world.vocabularies.word(QUEUE, name)?,
        };
        let Some((known, ty)) = queue_fact_named(&fact.text) else {
            let message = format!("a queue has no `{}`", fact.text);
            self.context.unknown_name(&fact.text, fact.span, message, queue_fact_names());
            return Some(None);
        };
        if self.stand == Stand::Constant {
            self.not_constant(path.span);
            return Some(None);
        }
        let source = FactSource::Queue(small(usize::try_from(slot).unwrap_or(usize::MAX)), known);
        Some(Some(Expr { kind: ExprKind::Fact(source), ty, span: path.span }))
    }
}
