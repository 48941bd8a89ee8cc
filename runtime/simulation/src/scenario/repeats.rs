//! `[callers]`: who calls again, and who is called back.

use super::read::Reading;
use super::section::{Section, share};
use crate::chance::Law;

/// Repeats of one caller that may be asked for.
const REPEATS_MAX: u32 = 10;

/// How many callers are helped, and what those do who are not.
#[derive(Clone, Debug)]
pub(crate) struct Repeats {
    /// Share of conversations with agents that settle the matter …
    pub(crate) general: f64,
    /// … of callers with an intent.
    pub(crate) by_intent: Vec<(String, f64)>,
    /// Share of what a bot or a machine closes that is settled.
    pub(crate) bot: f64,
    /// Share of those not helped who call again, …
    pub(crate) again: f64,
    /// … how long after, …
    pub(crate) after: Law,
    /// … and how often at most.
    pub(crate) at_most: u32,
    /// Calls within so long count as repeats.
    pub(crate) window_ms: i64,
}

/// What callers do whom a queue offers to call back.
#[derive(Clone, Debug)]
pub(crate) struct CallBacks {
    /// Share who accept.
    pub(crate) accepts: f64,
    /// Share of rings that they answer.
    pub(crate) answers: f64,
    /// How long it rings until they answer, or somebody gives up.
    pub(crate) rings: Law,
    /// A call-back within so long is kept, unless a ticket of the policy says how long.
    pub(crate) within_ms: i64,
}

impl Default for CallBacks {
    fn default() -> Self {
        Self { accepts: 0.4, answers: 0.75, rings: Law::Fixed(10_000.0), within_ms: 86_400_000 }
    }
}

/// Reads who calls again; nobody where nothing says how many are helped.
pub(super) fn repeats(reading: &Reading<'_>, table: &Section<'_, '_>) -> Option<Repeats> {
    let (general, bot, by_intent) = resolved(table);
    let again = table.share("again");
    let after = reading.law(table, "after");
    let at_most = table.count("at_most", 0, REPEATS_MAX);
    let window_ms = table.time_ms("window");
    if !table.has("resolved") {
        for key in ["again", "after", "at_most", "window"].into_iter().filter(|key| table.has(key)) {
            table.tell(
                &table.span,
                format!(
                    "`{key}` is about callers who were not helped; say how many are: `resolved = \"80%\"`"
                ),
            );
        }
        return None;
    }
    Some(Repeats {
        general: general.unwrap_or(1.0),
        by_intent,
        bot: bot.or(general).unwrap_or(1.0),
        again: again.unwrap_or(0.5),
        after: after.unwrap_or_else(|| Law::lognormal(14_400_000.0, 28_800_000.0)),
        at_most: at_most.unwrap_or(3),
        window_ms: window_ms.unwrap_or(7 * 86_400_000),
    })
}

/// `resolved = "80%"`, or `{ general = "80%", bot = "60%", complaint = "50%" }`
fn resolved(table: &Section<'_, '_>) -> (Option<f64>, Option<f64>, Vec<(String, f64)>) {
    let (mut general, mut bot, mut by_intent) = (None, None, Vec::new());
    let is_table = table.get("resolved").is_some_and(|value| value.get_ref().as_table().is_some());
    if !is_table {
        return (table.share("resolved"), None, by_intent);
    }
    for (name, value) in table.table_entries("resolved") {
        let Some(found) = table.parse_value(name, value, share) else { continue };
        match name {
            "general" => general = Some(found),
            "bot" => bot = Some(found),
            intent => by_intent.push((intent.to_owned(), found)),
        }
    }
    (general, bot, by_intent)
}

/// Reads who is called back.
pub(super) fn call_backs(reading: &Reading<'_>, table: &Section<'_, '_>) -> CallBacks {
    let usual = CallBacks::default();
    let rings = reading.law(table, "callback_rings");
    CallBacks {
        accepts: table.share_or("accepts_callback", usual.accepts),
        answers: table.share_or("answers_callback", usual.answers),
        rings: rings.unwrap_or(usual.rings),
        within_ms: table.time_ms("callback_within").unwrap_or(usual.within_ms),
    }
}
