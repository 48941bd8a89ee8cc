//! How a scenario wants its log to be read.

use toml::de::DeValue;

use crate::queue_log::{Columns, DateOrder, Reading, outcome, role};
use crate::scenario::section::{Section, Value, text_of};
use crate::value::parse_time;

/// A gap between two calls after which an agent counts as away, milliseconds.
const AWAY_AFTER_MS: i64 = 900_000;

/// The longest such gap, milliseconds.
const AWAY_AFTER_MAX_MS: i64 = 4 * 3_600_000;

/// What priorities mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Priorities {
    /// The higher number goes first.
    HigherFirst,
    LowerFirst,
    /// Nothing.
    Ignored,
}

/// Facts of the callers of a queue, by name.
pub(super) type Facts = Vec<(String, String)>;

/// How a log is read, and what its numbers mean.
#[derive(Clone, Debug)]
pub(super) struct Options {
    pub(super) reading: Reading,
    /// Only the calls of this queue.
    pub(super) queue: Option<String>,
    /// Queues whose calls are none of callers.
    pub(super) without: Vec<String>,
    /// Conversations are drawn from the log's, not those that the log has of the same callers.
    pub(super) draws: bool,
    pub(super) away_after_ms: i64,
    /// `None`: as the log shows.
    pub(super) priorities: Option<Priorities>,
    /// By priority: waiting that is granted in advance, instead of an order.
    pub(super) head_start: Vec<(i64, i64)>,
    /// By queue: what is known of its callers.
    pub(super) callers: Vec<(String, Facts)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            reading: Reading::default(),
            queue: None,
            without: Vec::new(),
            draws: false,
            away_after_ms: AWAY_AFTER_MS,
            priorities: None,
            head_start: Vec::new(),
            callers: Vec::new(),
        }
    }
}

/// The options of a log's table.
pub(super) fn read(table: &Section<'_, '_>) -> Options {
    let usual = Options::default();
    let away = table.parsed("away_after", |text| {
        let known = parse_time(text).ok().filter(|ms| (1_000..=AWAY_AFTER_MAX_MS).contains(ms));
        known.ok_or_else(|| "a time from `1s` to `4h`".to_owned())
    });
    Options {
        reading: Reading { columns: columns(table), dates: table.parsed("dates", dates) },
        queue: table.name("queue"),
        without: table.get("without").map(words).unwrap_or_default(),
        draws: table.parsed("conversations", conversations).unwrap_or_default(),
        away_after_ms: away.unwrap_or(usual.away_after_ms),
        priorities: table.parsed("priorities", priorities),
        head_start: head_start(table),
        callers: callers(table),
    }
}

fn columns(table: &Section<'_, '_>) -> Columns {
    let mut columns = Columns::default();
    for (name, value) in table.table_entries("columns") {
        let named = table.parse_value(name, value, |column| {
            let role = role(name).map_err(|known| format!("{known} instead of `{name}`"))?;
            Ok((role, column.to_owned()))
        });
        columns.named.extend(named);
    }
    for (name, value) in table.table_entries("outcomes") {
        let meaning = table.parse_value(name, value, |_| {
            outcome(name).map_err(|known| format!("{known} instead of `{name}`"))
        });
        columns.outcomes.extend(
            meaning.into_iter().flat_map(|meaning| words(value).into_iter().map(move |word| (word, meaning))),
        );
    }
    columns
}

/// One word, or a list of them.
fn words(value: &Value<'_>) -> Vec<String> {
    match value.get_ref() {
        DeValue::Array(values) => values.iter().map(|value| text_of(value.get_ref())).collect(),
        one => vec![text_of(one)],
    }
}

fn dates(text: &str) -> Result<DateOrder, String> {
    let known = DateOrder::ALL.iter().find(|(words, _)| *words == text).map(|(_, order)| *order);
    known.ok_or_else(|| "`year first`, `day first` or `month first`".to_owned())
}

/// Whether conversations are drawn.
fn conversations(text: &str) -> Result<bool, String> {
    match text {
        "as logged" => Ok(false),
        "drawn" => Ok(true),
        _ => Err("`as logged` or `drawn`".to_owned()),
    }
}

fn priorities(text: &str) -> Result<Priorities, String> {
    match text {
        "higher first" => Ok(Priorities::HigherFirst),
        "lower first" => Ok(Priorities::LowerFirst),
        "ignore" => Ok(Priorities::Ignored),
        _ => Err("`higher first`, `lower first` or `ignore`".to_owned()),
    }
}

/// `head_start = { 2 = "90s" }`
fn head_start(table: &Section<'_, '_>) -> Vec<(i64, i64)> {
    let read_one = |(priority, value): (&str, &Value<'_>)| {
        table.parse_value(priority, value, |text| {
            let priority = priority.parse().map_err(|_| "a priority's number before the time".to_owned())?;
            Ok((priority, parse_time(text).map_err(|_| "a time such as `90s`".to_owned())?))
        })
    };
    table.table_entries("head_start").filter_map(read_one).collect()
}

/// `callers = { PS = { intent = "account" } }`
fn callers(table: &Section<'_, '_>) -> Vec<(String, Facts)> {
    let read_one = |(queue, value): (&str, &Value<'_>)| match value.get_ref() {
        DeValue::Table(facts) => {
            let one = |(name, value): (&toml::Spanned<std::borrow::Cow<'_, str>>, &Value<'_>)| {
                (name.get_ref().to_string(), text_of(value.get_ref()))
            };
            Some((queue.to_owned(), facts.iter().map(one).collect()))
        }
        _ => {
            let message = format!("callers of `{queue}` must be facts such as `{{ intent = \"account\" }}`");
            table.tell(&value.span(), message);
            None
        }
    };
    table.table_entries("callers").filter_map(read_one).collect()
}
