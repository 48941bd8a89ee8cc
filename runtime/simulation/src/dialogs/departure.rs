//! Where a dialog leaves the path that a recording shows: it asks what the recorded bot never asked, so that what the caller
//! says next is no answer to it.
//!
//! The first question is not compared: whatever a bot asks first, callers say what they want. A later question counts as
//! asked when somebody on the centre's side says at least half of its words before the caller's next answer.

use std::collections::BTreeSet;

use tandem_archive::RecordedCall;
use tandem_centre::{DialogStep, Told};
use tandem_stdlib::contract::{Event, Party};
use tandem_stdlib::words::fold::fold_text;

/// Share of a question's words that must be said.
const WORDS_SHARE: f64 = 0.5;

/// Questions of a dialog that are compared with the recording.
#[derive(Default)]
pub(crate) struct Departure {
    asked_before: bool,
    /// A question that nobody has compared yet: when, and its words.
    open: Option<(i64, String)>,
}

impl Departure {
    /// Takes a step of a dialog.
    pub(crate) fn tell(&mut self, step: DialogStep<'_>) {
        match step.what {
            Told::Began => *self = Self::default(),
            Told::Asked { text, again: false, .. } => {
                let is_first = !std::mem::replace(&mut self.asked_before, true);
                self.open = (!is_first).then(|| (step.at_ms, text.to_owned()));
            }
            Told::Transferred { .. } | Told::Resolved | Told::Ended | Told::Finished | Told::TakenAway => {
                self.open = None;
            }
            _ => {}
        }
    }

    /// The question that has been asked last, when the recording does not show it and the caller goes on.
    pub(crate) fn departs(&mut self, recorded: &RecordedCall) -> Option<(i64, String)> {
        let (at_ms, question) = self.open.take()?;
        let wanted = words(&question);
        let later = recorded.events().skip_while(|(then_ms, _)| *then_ms <= at_ms);
        for (_, event) in later {
            match event {
                Event::Turn(turn) if turn.party == Party::Agent => {
                    let said = words(turn.text);
                    let shared = wanted.iter().filter(|word| said.contains(*word)).count();
                    if shared as f64 >= wanted.len() as f64 * WORDS_SHARE {
                        return None;
                    }
                }
                Event::Turn(_) | Event::Key(_) | Event::Intent(_) | Event::Unresolved => {
                    return Some((at_ms, question));
                }
                Event::Transferred(_) | Event::End => return None,
                Event::Start(_)
                | Event::Frame(_)
                | Event::Hold(_)
                | Event::Answered(_)
                | Event::Acknowledged => {}
            }
        }
        None
    }
}

/// The words of a text, each once: runs of letters and digits, ideographs one by one.
fn words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut word = String::new();
    for letter in fold_text(text).chars() {
        let ideograph = ('\u{2e80}'..='\u{9fff}').contains(&letter);
        if letter.is_alphanumeric() && !ideograph {
            word.push(letter);
            continue;
        }
        if !word.is_empty() {
            words.insert(std::mem::take(&mut word));
        }
        if ideograph {
            words.insert(letter.to_string());
        }
    }
    if !word.is_empty() {
        words.insert(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use tandem_stdlib::contract::Turn;

    fn turn(party: Party, end_ms: i64, text: &str) -> (i64, Event<'_>) {
        (end_ms, Event::Turn(Turn { party, start_ms: end_ms - 500, end_ms, text, estimated: false }))
    }

    /// When a dialog that asks "How can I help?" and at 2 s `question` departs from a record.
    fn departs(question: &str, record: &[(i64, Event<'_>)]) -> Option<i64> {
        let mut recorded = RecordedCall::default();
        record.iter().for_each(|(at_ms, event)| assert!(recorded.push(*at_ms, event)));
        recorded.push(60_000, &Event::End);
        recorded.settle();
        let mut departure = Departure::default();
        let asked = |text, at_ms| DialogStep {
            at_ms,
            dialog: 0,
            what: Told::Asked { ask: 0, text, again: false, offers: 0 },
        };
        departure.tell(DialogStep { at_ms: 0, dialog: 0, what: Told::Began });
        departure.tell(asked("How can I help?", 0));
        assert_eq!(departure.departs(&recorded), None);
        departure.tell(asked(question, 2_000));
        departure.departs(&recorded).map(|(at_ms, _)| at_ms)
    }

    #[test]
    fn a_question_that_the_recorded_bot_asks_in_other_words_is_no_departure() {
        let record = [
            turn(Party::Agent, 5_000, "So, is it the date, or the amount?"),
            turn(Party::Customer, 9_000, "the date"),
        ];
        assert_eq!(departs("The date or the amount?", &record), None);
        assert_eq!(departs("Shall I get somebody?", &record), Some(2_000));
        let record = [turn(Party::Agent, 5_000, "要幫您轉人工嗎？"), turn(Party::Customer, 9_000, "好")];
        assert_eq!(departs("要帮您转人工吗？", &record), None);
    }

    #[test]
    fn nothing_departs_when_the_caller_says_nothing_more() {
        assert_eq!(departs("The date or the amount?", &[]), None);
        assert_eq!(departs("The date?", &[turn(Party::Agent, 5_000, "goodbye")]), None);
        assert_eq!(departs("The date?", &[(4_000, Event::Key('1'))]), Some(2_000));
    }
}
