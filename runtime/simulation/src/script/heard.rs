//! What a dialog said and did, held against what a test expects.

use tandem_centre::{DialogStep, Told};
use tandem_stdlib::contract::{DialogExpectation, Manifest, Slot, VocabularyKind};

use super::judge::Finding;
use crate::names::word_of;

/// What a test hears of a dialog.
#[derive(Default)]
pub(super) struct Heard {
    /// What was said since something last happened.
    said: Vec<String>,
    since_ms: i64,
    asked: Option<(String, Slot)>,
    resolved: bool,
    handed_over: Vec<(String, String)>,
}

impl Heard {
    pub(super) fn happens(&mut self, at_ms: i64) {
        self.said.clear();
        self.since_ms = at_ms;
    }

    /// A campaign said something without a dialog.
    pub(super) fn say(&mut self, texts: Vec<String>) {
        self.said.extend(texts);
    }

    pub(super) fn tell(&mut self, step: DialogStep<'_>) {
        match step.what {
            Told::Said(text) | Told::Retained(text) | Told::Answered(text) | Told::Sent { text, .. } => {
                // Patience that ended before is told together with what happens.
                if step.at_ms >= self.since_ms {
                    self.said.push(text.to_owned());
                }
            }
            Told::Asked { text, offers, .. } => self.asked = Some((text.to_owned(), offers)),
            Told::Transferred { handover, .. } => {
                self.asked = None;
                self.handed_over = handover.to_vec();
            }
            Told::Resolved => {
                self.asked = None;
                self.resolved = true;
            }
            Told::Ended | Told::Finished | Told::TakenAway => self.asked = None,
            // The call's end leaves the last question open.
            Told::HungUp
            | Told::Began
            | Told::Heard(_)
            | Told::Followed { .. }
            | Told::Unresolved(_)
            | Told::Silent(_)
            | Told::LooksUp(_)
            | Told::NotAnswered { .. }
            | Told::Accepted(_)
            | Told::Declined(_)
            | Told::Withheld(_)
            | Told::Noted { .. }
            | Told::TicketOpened(_) => {}
        }
    }

    pub(super) fn check(&self, manifest: &Manifest, expected: &DialogExpectation) -> Finding {
        let queue = |slot: Slot| word_of(manifest, VocabularyKind::Queue, slot);
        let asked = match &self.asked {
            Some((text, 0)) => format!("asks \"{text}\""),
            Some((text, offered)) => format!("offers {} with \"{text}\"", queue(*offered)),
            None => "no question is open".to_owned(),
        };
        let (held, expected, found) = match expected {
            DialogExpectation::Asks(text) => (
                self.asked.as_ref().is_some_and(|(asked, _)| asked == text),
                format!("asks \"{text}\""),
                asked,
            ),
            DialogExpectation::Offers(slot) => (
                self.asked.as_ref().is_some_and(|(_, offered)| offered == slot),
                format!("offers {}", queue(*slot)),
                asked,
            ),
            DialogExpectation::Says(text) => {
                (self.said.contains(text), format!("says \"{text}\""), self.show_said())
            }
            DialogExpectation::Resolved => {
                (self.resolved, "resolved".to_owned(), "not resolved so far".to_owned())
            }
            DialogExpectation::HandedOver(fields) => (
                fields.iter().all(|field| self.handed_over.contains(field)),
                format!("handing over {}", show_fields(fields)),
                format!("handed over {}", show_fields(&self.handed_over)),
            ),
        };
        Finding { held, expected, found }
    }

    fn show_said(&self) -> String {
        let all: Vec<String> = self.said.iter().map(|text| format!("\"{text}\"")).collect();
        if all.is_empty() { "nothing was said since".to_owned() } else { format!("says {}", all.join(", ")) }
    }
}

pub(super) fn show_fields(fields: &[(String, String)]) -> String {
    let all: Vec<String> = fields.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    if all.is_empty() { "nothing".to_owned() } else { all.join(", ") }
}
