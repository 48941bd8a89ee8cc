//! `[detector]`: how well callers are understood.

use super::read::Reading;
use super::section::Section;
use crate::dialling::MachineDetector;

/// What detectors make of callers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Detector {
    /// Share of intents that are recognised.
    pub(crate) intent_known: f64,
    /// Share of recognised intents that are right; the others are any other intent of the policy.
    pub(crate) intent_right: f64,
    /// Share of requests for a person that are heard.
    pub(crate) person_heard: f64,
    /// Share of other answers in which a request for a person is heard.
    pub(crate) person_falsely_heard: f64,
    /// Share of other phrases that are heard, such as a yes.
    pub(crate) phrases_heard: f64,
    /// Share of keys that arrive.
    pub(crate) keys_heard: f64,
    /// How well answering machines are told from people.
    pub(crate) machines: MachineDetector,
}

impl Default for Detector {
    fn default() -> Self {
        Self {
            intent_known: 1.0,
            intent_right: 1.0,
            person_heard: 1.0,
            person_falsely_heard: 0.0,
            phrases_heard: 1.0,
            keys_heard: 1.0,
            machines: MachineDetector::default(),
        }
    }
}

impl Detector {
    /// What is made of an intent, by three shares of chance: the right word, another one, or nothing.
    pub(crate) fn intent<'w>(
        &self,
        intent: &'w str,
        intents: &'w [String],
        [known, right, which]: [f64; 3],
    ) -> Option<&'w str> {
        if known > self.intent_known {
            return None;
        }
        if right <= self.intent_right {
            return Some(intent);
        }
        let others = intents.iter().filter(|word| *word != intent);
        let place = (which * others.clone().count() as f64).ceil() as usize;
        others.map(String::as_str).nth(place.saturating_sub(1))
    }
}

/// Reads `[detector]`.
pub(super) fn read(reading: &Reading<'_>, root: &Section<'_, '_>) -> Detector {
    let usual = Detector::default();
    let Some(table) = root.table("detector", "the detector has") else { return usual };
    let found = Detector {
        intent_known: table.share_or("intent_known", usual.intent_known),
        intent_right: table.share_or("intent_right", usual.intent_right),
        person_heard: table.share_or("person_heard", usual.person_heard),
        person_falsely_heard: table.share_or("person_falsely_heard", usual.person_falsely_heard),
        phrases_heard: table.share_or("phrases_heard", usual.phrases_heard),
        keys_heard: table.share_or("keys_heard", usual.keys_heard),
        machines: machines(reading, &table),
    };
    table.finish();
    found
}

fn machines(reading: &Reading<'_>, table: &Section<'_, '_>) -> MachineDetector {
    let usual = MachineDetector::default();
    let decides = reading.law(table, "machine_decides");
    MachineDetector {
        found: table.share_or("machine_found", usual.found),
        person_taken: table.share_or("person_taken_for_machine", usual.person_taken),
        decides: decides.unwrap_or(usual.decides),
    }
}
