//! Reading tables of a scenario: values with units, and messages that say where.

use std::cell::RefCell;
use std::ops::Range;

use tandem_stdlib::words::closest;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{MAX_ERRORS, ScenarioError};
use crate::value::parse_time;

/// Where mistakes are gathered.
pub(super) struct Problems<'t> {
    pub(super) file: &'t str,
    pub(super) text: &'t str,
    pub(super) found: RefCell<Vec<ScenarioError>>,
}

impl Problems<'_> {
    pub(super) fn tell(&self, at: &Range<usize>, message: String) {
        let mut found = self.found.borrow_mut();
        if found.len() < MAX_ERRORS {
            found.push(ScenarioError::at(self.file, self.text, at.start, message));
        }
    }
}

/// A value and where it stands.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// One table that is being read. Keys that nobody asked for are mistakes.
pub(super) struct Section<'r, 't> {
    table: &'r DeTable<'t>,
    /// Where the table stands.
    pub(super) span: Range<usize>,
    /// What the table is, for messages.
    what: &'static str,
    problems: &'r Problems<'r>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'r, 't> Section<'r, 't> {
    pub(super) const fn new(
        table: &'r DeTable<'t>,
        span: Range<usize>,
        what: &'static str,
        problems: &'r Problems<'r>,
    ) -> Self {
        Self { table, span, what, problems, asked: RefCell::new(Vec::new()) }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &'static str) -> Option<&'r Value<'t>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    /// Whether a key is there, without asking for it.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(super) fn tell(&self, at: &Range<usize>, message: String) {
        self.problems.tell(at, message);
    }

    /// Tells of keys that nobody asked for.
    pub(super) fn finish(self) {
        let asked = self.asked.borrow();
        for key in self.table.keys().filter(|key| !asked.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref();
            let hint = closest(name, asked.iter().copied())
                .map_or_else(|| list(&asked), |near| format!("did you mean `{near}`?"));
            self.tell(&key.span(), format!("{} no `{name}`; {hint}", self.what));
        }
    }

    /// A value read from its text; numbers count as their text.
    pub(super) fn parsed<T>(
        &self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let value = self.get(key)?;
        self.parse_value(key, value, parse)
    }

    pub(super) fn parse_value<T>(
        &self,
        key: &str,
        value: &Value<'t>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        match parse(&text_of(value.get_ref())) {
            Ok(parsed) => Some(parsed),
            Err(expected) => {
                let shown = text_of(value.get_ref());
                self.tell(&value.span(), format!("`{key}` is `{shown}`; expected {expected}"));
                None
            }
        }
    }

    /// A name.
    pub(super) fn name(&self, key: &'static str) -> Option<String> {
        self.parsed(key, |text| {
            if text.trim().is_empty() { Err("a name".to_owned()) } else { Ok(text.trim().to_owned()) }
        })
    }

    /// A whole number from `low` to `high`.
    pub(super) fn count(&self, key: &'static str, low: u32, high: u32) -> Option<u32> {
        self.parsed(key, |text| count(text, low, high))
    }

    /// A span of time in milliseconds.
    pub(super) fn time_ms(&self, key: &'static str) -> Option<i64> {
        self.parsed(key, |text| {
            parse_time(text).map_err(|_| "a time such as `20s`, `3min` or `1h30min`".to_owned())
        })
    }

    /// A share as a part of 1, both ends included.
    pub(super) fn share(&self, key: &'static str) -> Option<f64> {
        self.parsed(key, share)
    }

    /// A share, or what is usual where it is not said.
    pub(super) fn share_or(&self, key: &'static str, usual: f64) -> f64 {
        self.share(key).unwrap_or(usual)
    }

    /// The tables under a key: one, or a list of them.
    pub(super) fn tables(&self, key: &'static str, what: &'static str) -> Vec<Section<'r, 't>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let one = |value: &'r Value<'t>| match value.get_ref() {
            DeValue::Table(table) => Some(Section::new(table, value.span(), what, self.problems)),
            _ => {
                self.tell(&value.span(), format!("`{key}` must be tables, each written `[[{key}]]`"));
                None
            }
        };
        match value.get_ref() {
            DeValue::Array(values) => values.iter().filter_map(one).collect(),
            _ => one(value).into_iter().collect(),
        }
    }

    /// One table under a key.
    pub(super) fn table(&self, key: &'static str, what: &'static str) -> Option<Section<'r, 't>> {
        self.tables(key, what).into_iter().next()
    }

    /// The tables in this one, by their names.
    pub(super) fn named_tables(&self, what: &'static str) -> Vec<(&'r str, Section<'r, 't>)> {
        let one = |(name, value): (&'r toml::Spanned<_>, &'r Value<'t>)| match value.get_ref() {
            DeValue::Table(table) => {
                let name: &std::borrow::Cow<'_, str> = name.get_ref();
                Some((name.as_ref(), Section::new(table, value.span(), what, self.problems)))
            }
            _ => {
                let name = name.get_ref();
                self.tell(&value.span(), format!("`{name}` must be a table, written `[… .{name}]`"));
                None
            }
        };
        self.table.iter().filter_map(one).collect()
    }

    /// Keys and values of a table under a key.
    pub(super) fn table_entries(&self, key: &'static str) -> impl Iterator<Item = (&'r str, &'r Value<'t>)> {
        let value = self.get(key);
        let table = value.and_then(|value| match value.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => {
                self.tell(&value.span(), format!("`{key}` must be a table such as `{{ one = 1, two = 2 }}`"));
                None
            }
        });
        table.into_iter().flat_map(|table| table.iter().map(|(name, value)| (name.get_ref().as_ref(), value)))
    }
}

/// A value as its author wrote it.
pub(super) fn text_of(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().replace('_', ""),
        DeValue::Float(number) => number.as_str().replace('_', ""),
        DeValue::Boolean(yes) => yes.to_string(),
        DeValue::Datetime(moment) => moment.to_string(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

fn list(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    format!("it may have {}", words.join(", "))
}

pub(super) fn count(text: &str, low: u32, high: u32) -> Result<u32, String> {
    let known = text.trim().parse().ok().filter(|number| (low..=high).contains(number));
    known.ok_or_else(|| format!("a whole number from {low} to {high}"))
}

pub(super) fn number(text: &str, low: f64, high: f64) -> Result<f64, String> {
    let known = text.trim().parse().ok().filter(|number| (low..=high).contains(number));
    known.ok_or_else(|| format!("a number from {low} to {high}"))
}

pub(super) fn share(text: &str) -> Result<f64, String> {
    let (digits, of) = text.strip_suffix('%').map_or((text, 1.0), |digits| (digits, 100.0));
    let known = digits.trim().parse().ok().map(|number: f64| number / of);
    let known = known.filter(|share| (0.0..=1.0).contains(share));
    known.ok_or_else(|| "a share from 0% to 100%".to_owned())
}
