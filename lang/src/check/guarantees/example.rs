//! A call that breaks a property, written as a test that can be pasted and run.

use tandem_stdlib::contract::{AskSpec, DialogSpec, Slot, Speech, TransferTo};

use super::machine::Happening;
use super::model::Model;
use super::property::{Goal, Kind, Told};
use super::search::Turn;
use super::suppose::Supposed;
use crate::check::context::Context;
use crate::check::resolve::{INTENT, Kind as Declared, LANGUAGE, QUEUE};

/// The pause before the caller does something, where the question waits longer.
const PAUSE_MS: i64 = 2_000;

/// After so many milliseconds a turn that told nothing has been looked at.
const SETTLED_MS: i64 = 100;

/// The whole test.
pub(super) fn test(
    context: &Context<'_>,
    file: usize,
    promise: &str,
    model: &Model<'_>,
    turns: &[Turn<'_>],
) -> String {
    let supposed = Supposed::of(context, file, model, turns);
    let mut lines = vec![format!("test {} {{", quoted(&format!("a call that breaks: {promise}")))];
    lines.extend(supposed.head());
    for experiment in &model.side.experiments {
        let name = shown_name(context, file, experiment, Declared::Experiment);
        lines.push(format!("  given {name} yes"));
    }
    if model.begins.is_none() {
        lines.push(format!(
            "  at 0s run dialog {}",
            shown_name(context, file, &model.spec.name, Declared::Dialog)
        ));
    }
    let mut clock = Clock { now_ms: 0, quiet_ms: 0 };
    let language = language_of(context, model.spec, &supposed);
    for (at, turn) in turns.iter().enumerate() {
        let seen_ms = clock.turn(context, model, turn, &supposed.at(at), &mut lines);
        lines.extend(
            asked(context, model, turn, language).map(|line| format!("  at {} {line}", time(seen_ms))),
        );
        if at + 1 == turns.len() {
            let told = outcome(context, model, turn);
            lines.extend(told.into_iter().map(|line| format!("  at {} {line}", time(seen_ms))));
        }
    }
    lines.push("}".to_owned());
    lines.join("\n")
}

/// A name as it is written in a file.
pub(super) fn shown_name(context: &Context<'_>, file: usize, full: &str, kind: Declared) -> String {
    let found = context.world.symbols.iter().find(|symbol| symbol.full == full && symbol.kind == kind);
    let own = found.filter(|symbol| {
        context.world.named(file, &symbol.name, kind).is_some_and(|(_, seen)| seen.full == full)
    });
    own.map_or_else(|| full.to_owned(), |symbol| symbol.name.clone())
}

/// The language in which the test's call is, if the dialog's texts depend on it.
fn language_of(context: &Context<'_>, spec: &DialogSpec, supposed: &Supposed) -> Slot {
    let words = context.world.vocabularies.words(LANGUAGE);
    let said = supposed.language().and_then(|said| (1..).zip(words).find(|(_, word)| *word == said));
    said.map_or_else(|| spec.languages.first().copied().unwrap_or_default(), |(slot, _)| slot)
}

/// The time of a test.
struct Clock {
    now_ms: i64,
    /// Since when nobody has spoken and nothing been asked.
    quiet_ms: i64,
}

impl Clock {
    /// Writes what happens in a turn; answers when its consequences are seen.
    fn turn(
        &mut self,
        context: &Context<'_>,
        model: &Model<'_>,
        turn: &Turn<'_>,
        changes: &[String],
        lines: &mut Vec<String>,
    ) -> i64 {
        let ask = turn.before.and_then(|ask| model.spec.asks.get(ask as usize));
        let patience_ms = ask.map_or(PAUSE_MS, |ask| ask.patience_ms.max(1));
        let pause_ms = if patience_ms > PAUSE_MS * 2 { PAUSE_MS } else { (patience_ms / 2).max(1) };
        let silent = matches!(turn.happening, Happening::Silence);
        let begins = matches!(turn.happening, Happening::Begins);
        let before_ms = self.now_ms;
        self.now_ms = match (begins, silent) {
            (true, _) => 0,
            (_, true) => self.quiet_ms.saturating_add(patience_ms),
            _ => self.quiet_ms.max(before_ms).saturating_add(pause_ms),
        };
        let at = time(self.now_ms);
        let changed_ms = if silent { before_ms.saturating_add(pause_ms) } else { self.now_ms };
        lines.extend(changes.iter().map(|change| match change.starts_with('#') {
            true => format!("  {change}"),
            false => format!("  at {} {change}", time(changed_ms)),
        }));
        let unresolved = self.happens(context, turn, &at, lines);
        let deaf = matches!(turn.happening, Happening::Keys(_)) && ask.is_some_and(|ask| !ask.keys_read);
        if !deaf {
            self.quiet_ms = self.now_ms;
        }
        if unresolved || silent { self.now_ms.saturating_add(SETTLED_MS) } else { self.now_ms }
    }

    /// Writes what the caller does; whether it may be a turn that tells nothing.
    fn happens(&self, context: &Context<'_>, turn: &Turn<'_>, at: &str, lines: &mut Vec<String>) -> bool {
        match &turn.happening {
            Happening::Begins => {}
            Happening::Says(saying, then) => {
                lines.push(format!("  at {at} customer says {}", quoted(&saying.text)));
                let then = then.and_then(|intent| word(context, INTENT, intent));
                lines.extend(then.map(|intent| format!("  at {at} intent {intent}")));
                return true;
            }
            Happening::Keys(key) => lines.push(format!("  at {at} presses \"{key}\"")),
            Happening::Silence => lines.push("  # the caller says nothing".to_owned()),
        }
        false
    }
}

/// The question that is open then.
fn asked(context: &Context<'_>, model: &Model<'_>, turn: &Turn<'_>, language: Slot) -> Option<String> {
    let ask: &AskSpec = model.spec.asks.get(turn.after? as usize)?;
    match ask.offers {
        Some(TransferTo::Queue(queue)) => {
            word(context, QUEUE, queue).map(|queue| format!("expect offers {queue}"))
        }
        Some(TransferTo::Route(_) | TransferTo::Offered) => None,
        None => text(context, &ask.speech, language).map(|text| format!("expect asks {}", quoted(&text))),
    }
}

/// What a text says, if there are no values in it.
fn text(context: &Context<'_>, speech: &Speech, language: Slot) -> Option<String> {
    let own = speech.texts.iter().find(|(spoken, _)| *spoken == language || *spoken == 0);
    let (_, slot) = own.or_else(|| speech.texts.first())?;
    let literal = context.literals.list.get(usize::try_from(slot.checked_sub(1)?).ok()?)?;
    (speech.values.is_none() && !literal.contains(['{', '}'])).then(|| literal.clone())
}

/// What came of the call at last, and what did not.
fn outcome(context: &Context<'_>, model: &Model<'_>, turn: &Turn<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for told in &turn.told {
        match told {
            Told::Transferred(0) => lines.push("expect transfer".to_owned()),
            Told::Transferred(queue) => {
                lines.extend(word(context, QUEUE, *queue).map(|queue| format!("expect transfer {queue}")));
            }
            Told::Resolved => lines.push("expect resolved".to_owned()),
            Told::Asked(_) | Told::Offered(_) | Told::Answered | Told::Ended => {}
        }
    }
    let Kind::Reaches(goals, _) = &model.property.kind else { return lines };
    for goal in goals {
        match goal {
            Goal::Person => lines.push("expect no transfer".to_owned()),
            Goal::Queue(queue) => {
                lines.extend(word(context, QUEUE, *queue).map(|queue| format!("expect no transfer {queue}")));
            }
            Goal::Answer | Goal::Offer | Goal::End => {}
        }
    }
    lines
}

/// A word of a vocabulary.
pub(super) fn word<'c>(context: &'c Context<'_>, vocabulary: u32, slot: Slot) -> Option<&'c str> {
    context.world.vocabularies.words(vocabulary).nth(usize::try_from(slot.checked_sub(1)?).ok()?)
}

/// A text as it is written.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// A time as it is written.
fn time(ms: i64) -> String {
    match (ms % 1000, ms % 60_000, ms) {
        (_, 0, ms) if ms > 0 => format!("{}min", ms / 60_000),
        (0, ..) => format!("{}s", ms / 1000),
        (rest, ..) if rest % 100 == 0 => format!("{}.{}s", ms / 1000, rest / 100),
        _ => format!("{ms}ms"),
    }
}
