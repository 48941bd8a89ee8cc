//! What the person who takes over is told.

use tandem_stdlib::contract::{HandOver, HandOverValue};

use super::Step;
use crate::limits::{MAX_SUMMARY_BYTES, MAX_TRANSCRIPT_BYTES};

/// What was said so far, the earliest left out when it is too long.
#[derive(Debug, Default)]
pub(super) struct Transcript(String);

impl Transcript {
    /// Adds a turn.
    pub(super) fn add(&mut self, who: &str, text: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(who);
        self.0.push_str(": ");
        self.0.push_str(text);
        if self.0.len() > MAX_TRANSCRIPT_BYTES {
            self.0 = last(&self.0, MAX_TRANSCRIPT_BYTES / 2).to_owned();
        }
    }
}

/// So many bytes from the end, from the beginning of a character on.
fn last(text: &str, bytes: usize) -> &str {
    let from = text.len().saturating_sub(bytes);
    (from..=text.len()).find_map(|from| text.get(from..)).unwrap_or_default()
}

impl Step<'_, '_> {
    /// Names and values as they then stand.
    pub(crate) fn handed_over(&mut self, fields: &[HandOver]) -> Vec<(String, String)> {
        fields.iter().map(|field| (field.name.clone(), self.field(field))).collect()
    }

    fn field(&mut self, field: &HandOver) -> String {
        match field.value {
            HandOverValue::Summary => self.summary(),
            HandOverValue::Transcript => self.run.transcript.0.clone(),
            HandOverValue::Answers => {
                let all: Vec<String> =
                    self.run.notes.iter().map(|(name, value)| format!("{name} = {value}")).collect();
                all.join(", ")
            }
            HandOverValue::Note => {
                let note = self.run.notes.iter().find(|(name, _)| *name == field.name);
                note.map(|(_, value)| value.clone()).unwrap_or_default()
            }
            HandOverValue::Value(entry) => self.value(entry),
        }
    }

    /// The caller's own words, the last of them when there are many.
    fn summary(&self) -> String {
        let words = self.run.transcript.0.lines().filter_map(|line| line.strip_prefix("customer: "));
        let words: Vec<&str> = words.collect();
        let words = words.join(" / ");
        if words.len() <= MAX_SUMMARY_BYTES {
            return words;
        }
        format!("…{}", last(&words, MAX_SUMMARY_BYTES))
    }
}
