//! The quality of agents whom recordings name, on the page.

use tandem_simulation::{AgentTotal, Summary};

use super::digits::grouped;
use super::html::{bar, cells_of, table, text_cell};
use super::replay_page::rest;

/// Agents that are listed, and those that are seen without unfolding the others.
const AGENTS_LISTED: usize = 100;
const AGENTS_SEEN: usize = 20;

/// Agents whom recordings name, those first whose calls fail most.
pub(super) fn agents(summary: &Summary) -> String {
    let share = |one: &AgentTotal| one.failed_share.unwrap_or_default();
    let mut agents: Vec<&AgentTotal> = summary.agents.iter().filter(|one| one.checked > 0).collect();
    agents.sort_by(|one, other| share(other).total_cmp(&share(one)));
    let has_missed = agents.iter().any(|one| !one.misses.is_empty());
    let row = |one: &&AgentTotal| agent(one, has_missed);
    let shown: Vec<String> = agents.iter().take(AGENTS_LISTED).map(row).collect();
    let misses: &[&str] = if has_missed { &["misses target"] } else { &[] };
    let heads = ["agent", "calls", "checks", "failed", "mostly"].into_iter();
    let heads: Vec<&str> = heads.chain(misses.iter().copied()).chain(["failed of judged"]).collect();
    let (first, others) = shown.split_at(shown.len().min(AGENTS_SEEN));
    let others = match others.len() {
        0 => String::new(),
        more => format!(
            "<details><summary>{more} more agents</summary>\n{}</details>\n",
            table("Quality by agent, continued", &heads, &others.concat())
        ),
    };
    let rest = rest(agents.len(), AGENTS_LISTED.min(agents.len()), "agents");
    table("Quality by agent", &heads, &first.concat()) + &others + &rest
}

/// An agent's row: figures, words, and a bar.
fn agent(one: &AgentTotal, has_missed: bool) -> String {
    let share = one.failed_share.unwrap_or_default();
    let figures =
        cells_of([one.agent.clone(), grouped(one.calls), grouped(one.checked), grouped(one.failed)]);
    let misses = if has_missed { text_cell(&one.misses.join(", ")) } else { String::new() };
    let bar = bar(share, &format!("{:.0}%", share * 100.0));
    format!("<tr>{figures}{}{misses}{bar}</tr>\n", text_cell(&one.mostly))
}
