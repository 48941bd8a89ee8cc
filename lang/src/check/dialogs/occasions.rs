//! What a handler waits for, as a condition.

use tandem_stdlib::contract::DialogFact;

use super::conditions::{all, any, compare, counted, happened, intent_in, key, said_times, says};
use super::requests::{asks_for_person, is_urgent, is_wish_for_person};
use super::writer::{Cause, Writer};
use crate::check::limits::counted as number_of_times;
use crate::check::resolve::{INTENT, Kind, dotted};
use crate::check::suggest;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{CompareOp, Expr};
use crate::source::Span;
use crate::tree::{Handler, Hears, Occasion, Path, Recurrence};

/// `on` and the space behind it.
const ON_BYTES: u32 = 3;

/// How often something must have come, and where that is written.
type Times = (CompareOp, f64, Span);

/// What a handler waits for.
#[derive(Default)]
pub(super) struct Waited {
    parts: Vec<Expr>,
    intents: Vec<u64>,
    /// It hears a request for a person.
    pub(super) request: bool,
    /// It hears phrases that are urgent.
    pub(super) urgent: bool,
    /// It hears something else that the caller says.
    pub(super) matter: bool,
    pub(super) unresolved: bool,
    pub(super) silence: bool,
}

impl Waited {
    /// Why a block of the handler is reached.
    pub(super) const fn cause(&self) -> Cause {
        match (self.matter, self.urgent) {
            (true, _) => Cause::Matter,
            (_, true) => Cause::Urgent,
            _ => Cause::Asked,
        }
    }
}

impl Writer<'_, '_, '_> {
    /// What a handler waits for, with its condition; `None`: wrong, already reported.
    pub(super) fn waited(&mut self, handler: &Handler, hears: &Hears) -> Option<(Waited, Expr)> {
        let mut waited = Waited { matter: handler.occasions.is_empty(), ..Waited::default() };
        let times = self.times(handler);
        for occasion in &handler.occasions {
            self.occasion(occasion, times?, hears, &mut waited);
        }
        let further = match &handler.when {
            Some(when) => {
                let found = self.typer.condition(when);
                Some(self.known(found)?)
            }
            None => None,
        };
        // An account names what is waited for, without `on`.
        let last = handler.occasions.last().map_or(handler.span, Occasion::span);
        let start = handler.span.start.saturating_add(ON_BYTES).min(last.end);
        let span = Span { start, ..last };
        if !waited.intents.is_empty() {
            waited.parts.push(intent_in(std::mem::take(&mut waited.intents), span));
        }
        if waited.parts.is_empty() && !handler.occasions.is_empty() {
            return None;
        }
        let occasions = (!waited.parts.is_empty()).then(|| any(std::mem::take(&mut waited.parts), span));
        let whole = all(occasions.into_iter().chain(further).collect(), span);
        Some((waited, whole))
    }

    /// The comparison that counts how often; `None` inside: it need not be counted.
    fn times(&mut self, handler: &Handler) -> Option<Option<Times>> {
        let Some(recurrence) = handler.recurrence else { return Some(None) };
        let (span, times) = match recurrence {
            Recurrence::Once(span) => (span, Some((CompareOp::Equal, 1.0, span))),
            Recurrence::Repeatedly(span) => (span, Some((CompareOp::AtLeast, 2.0, span))),
            Recurrence::Times(times) => {
                let (found, span) = (number_of_times(self.typer.context, times, 1.0), times.span);
                (span, self.known(found).map(|times| (CompareOp::AtLeast, f64::from(times), span)))
            }
        };
        let uncounted = handler.occasions.iter().find_map(|occasion| match occasion {
            Occasion::Key(key) => Some(key.span),
            Occasion::Anything(span) => Some(*span),
            Occasion::Named(path) if self.intent_of(path).is_some() => Some(path.span),
            _ => None,
        });
        if let Some(uncounted) = uncounted {
            let shown = self.typer.context.shown(uncounted);
            let wrong =
                Diagnostic::new(Code::NotHere, span, format!("nobody counts how often `{shown}` comes"));
            self.wrong(
                wrong.help("phrases, `unresolved` and `silence` are counted; remove it, or name phrases"),
            );
            return None;
        }
        times.map(Some)
    }

    fn occasion(&mut self, occasion: &Occasion, times: Option<Times>, hears: &Hears, waited: &mut Waited) {
        let count =
            |what, span| times.map(|(op, value, often)| compare(op, counted(what, span), value, often));
        match occasion {
            Occasion::Named(path) => self.named_occasion(path, times, hears, waited),
            Occasion::Key(pressed) => {
                self.hears_it(hears.keys.is_some(), pressed.span, "keys");
                waited.parts.push(key(pressed.value, pressed.span));
            }
            Occasion::Unresolved(span) => {
                waited.unresolved = true;
                let parts = [happened(DialogFact::Unresolved, *span)].into_iter();
                waited
                    .parts
                    .push(all(parts.chain(count(DialogFact::UnresolvedTimes, *span)).collect(), *span));
            }
            Occasion::Silence(span) => {
                waited.silence = true;
                let parts = [happened(DialogFact::Silent, *span)].into_iter();
                waited.parts.push(all(parts.chain(count(DialogFact::SilentTimes, *span)).collect(), *span));
            }
            Occasion::Anything(span) => {
                self.hears_it(hears_words(hears), *span, "speech");
                waited.matter = true;
                waited.parts.push(happened(DialogFact::Heard, *span));
            }
        }
    }

    fn named_occasion(&mut self, path: &Path, times: Option<Times>, hears: &Hears, waited: &mut Waited) {
        if let Some(intent) = self.intent_of(path) {
            let by_key = |keys: &Vec<crate::tree::KeyMeaning>| {
                keys.iter().any(|key| key.intent.as_ref().is_some_and(|name| name.text == dotted(path)))
            };
            self.hears_it(hears.intent || hears.keys.as_ref().is_some_and(by_key), path.span, "intent");
            let request = is_wish_for_person(self.typer.context, intent);
            waited.request |= request;
            waited.matter |= !request;
            waited.intents.push(intent);
            return;
        }
        let Some(symbol) = self.phrases_of(path) else { return };
        self.hears_it(hears_words(hears), path.span, "speech");
        let request = asks_for_person(self.typer.context, symbol);
        let urgent = is_urgent(self.typer.context, symbol);
        waited.request |= request;
        waited.urgent |= urgent && !request;
        waited.matter |= !request && !urgent;
        let set = self.typer.context.phrases.index(symbol);
        let count = times.map(|(op, value, often)| compare(op, said_times(set, path.span), value, often));
        waited.parts.push(all([says(set, path.span)].into_iter().chain(count).collect(), path.span));
    }

    /// The slot of an intent of this name.
    pub(super) fn intent_of(&self, path: &Path) -> Option<u64> {
        let [name] = path.names.as_slice() else { return None };
        self.typer.context.world.vocabularies.word(INTENT, &name.text)
    }

    fn phrases_of(&mut self, path: &Path) -> Option<crate::check::resolve::SymbolId> {
        let name = dotted(path);
        if self.typer.context.world.look_up(self.file, &name).is_some() {
            let found = self.typer.context.find(self.file, path, Kind::Phrases);
            return self.known(found);
        }
        let world = &self.typer.context.world;
        let message = format!("`{name}` is no intent, and there are no phrases of this name");
        if let Some(symbol) = world.elsewhere(self.file, &name, Some(Kind::Phrases)) {
            let wrong = Diagnostic::new(Code::UnknownName, path.span, message);
            let wrong = world.bring_here(self.file, &name, symbol, wrong);
            self.wrong(wrong);
            return None;
        }
        let phrases = world.visible(self.file, Kind::Phrases);
        let known = world.vocabularies.words(INTENT).chain(phrases);
        let wrong = suggest::unknown_name(&name, path.span, message, known);
        self.wrong(wrong);
        None
    }

    fn hears_it(&mut self, hears: bool, span: Span, what: &str) {
        if hears || self.incomplete {
            return;
        }
        let shown = self.typer.context.shown(span);
        let wrong = Diagnostic::new(Code::NeverHeard, span, format!("the question cannot hear `{shown}`"));
        self.wrong(wrong.help(format!("add `{what}` after `hearing`")));
    }
}

/// Whether words reach the question.
pub(super) const fn hears_words(hears: &Hears) -> bool {
    hears.intent || hears.speech || hears.text
}
