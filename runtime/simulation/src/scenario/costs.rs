//! `[costs]`: what agents and bots cost.

use tandem_stdlib::words::is_currency;

use super::section::Section;
use super::types::Group;

/// What agents and bots cost, in one currency.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Costs {
    pub(crate) currency: String,
    /// An hour of an agent who is there, unless the group has a cost of its own.
    pub(crate) agent_hour: f64,
    /// A call that begins with a bot or a machine.
    pub(crate) bot_call: f64,
}

/// An amount with its currency.
pub(crate) type Amount = (f64, String);

/// Reads `[costs]`; amounts of groups are in the same currency.
pub(super) fn read(root: &Section<'_, '_>, groups: &[Group]) -> Option<Costs> {
    let table = root.table("costs", "costs have");
    let (agent_hour, bot_call) = match &table {
        Some(table) => (table.parsed("agent_hour", amount), table.parsed("bot_call", amount)),
        None => (None, None),
    };
    let of_groups = groups.iter().filter_map(|group| group.hour_cost.as_ref());
    let all: Vec<&Amount> = agent_hour.iter().chain(&bot_call).chain(of_groups).collect();
    let currency = all.first().map(|(_, currency)| currency.clone());
    let other = all.iter().find(|(_, one)| Some(one) != currency.as_ref());
    if let Some((first, (_, other))) = currency.as_ref().zip(other) {
        let span = table.as_ref().map_or_else(|| root.span.clone(), |table| table.span.clone());
        let message = format!("costs are in `{first}` and in `{other}`; write all of them in one currency");
        root.tell(&span, message);
    }
    table.into_iter().for_each(Section::finish);
    let plain = |amount: Option<Amount>| amount.map_or(0.0, |(amount, _)| amount);
    Some(Costs { currency: currency?, agent_hour: plain(agent_hour), bot_call: plain(bot_call) })
}

/// `60 CNY`
pub(super) fn amount(text: &str) -> Result<Amount, String> {
    let parts = text.trim().split_once(' ').map(|(amount, currency)| (amount.parse().ok(), currency.trim()));
    match parts {
        Some((Some(amount), currency)) if (0.0..1e12).contains(&amount) && is_currency(currency) => {
            Ok((amount, currency.to_owned()))
        }
        _ => Err("an amount with its currency, such as `60 CNY`".to_owned()),
    }
}
