//! Questions: what they hear, which handler follows, and whether there is a way out.

use std::rc::Rc;

use tandem_stdlib::contract::{AskSpec, BlockRef, DialogAct, Outcome};

use super::occasions::hears_words;
use super::ways::{asks, leaves, reaches_person, threshold};
use super::writer::{Around, Cause, Writer};
use crate::check::context::{Context, small};
use crate::check::limits::{STRETCH_MS_MAX, stretch};
use crate::check::resolve::INTENT;
use crate::check::routes::coverage::check_reached;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, Route, Rule};
use crate::source::Span;
use crate::tree::{Handler, Hears, KeyMeaning, Occasion, Question};

/// How long an answer may take when a question says nothing: people who think need some seconds.
pub(super) const PATIENCE_MS: i64 = 7_000;

/// A handler as the questions inside it see it.
#[derive(Clone)]
pub(super) struct Reaction {
    pub(super) when: Expr,
    pub(super) outcome: Outcome,
    pub(super) block: BlockRef,
    pub(super) span: Span,
    pub(super) cause: Cause,
    /// It hears a request for a person.
    pub(super) request: bool,
    /// The keys that stand beside the request: pressed anywhere they ask for a person.
    pub(super) operator_keys: Vec<char>,
    /// It hears something urgent, and its caller reaches a person whatever else holds.
    pub(super) urgent: bool,
    /// From which turn on it leaves the question for good after unresolved turns, after silences.
    pub(super) leaves_unresolved: bool,
    pub(super) leaves_silence: bool,
    /// It comes however often a thing has happened, and under no further condition.
    pub(super) at_last: bool,
    pub(super) conditional: bool,
    /// Its caller is transferred.
    pub(super) person: bool,
    asks: bool,
    /// It follows whatever is said.
    anything: bool,
    /// It follows nothing but what is said.
    said: bool,
}

impl Reaction {
    /// Which handlers are looked at first.
    const fn rank(&self) -> u8 {
        match (self.urgent, self.request) {
            (true, _) => 0,
            (_, true) => 1,
            _ => 2,
        }
    }

    pub(super) fn rule(&self) -> Rule {
        Rule { when: Some(self.when.clone()), answers: Vec::new(), outcome: self.outcome.clone() }
    }
}

impl Writer<'_, '_, '_> {
    /// Writes a question with its handlers.
    pub(super) fn question(&mut self, question: &Question, around: &Around) -> Option<DialogAct> {
        let level = around.level + 1;
        self.not_too_deep(question, level);
        let at = self.spec.asks.len();
        let speech = self.speech(&question.words);
        let keys = self.keys(question);
        self.spec.asks.push(AskSpec { place: self.typer.context.place(question.span), ..AskSpec::default() });
        let own: Vec<Option<Reaction>> =
            question.handlers.iter().map(|handler| self.reaction(handler, &question.hears)).collect();
        let inherited: Rc<[Reaction]> =
            own.iter().flatten().filter(|one| !one.asks).chain(around.inherited.iter()).cloned().collect();
        for (handler, reaction) in question.handlers.iter().zip(&own) {
            let Some(reaction) = reaction else { continue };
            let notes = around.notes.clone();
            let inside = Around { cause: reaction.cause, level, notes, inherited: inherited.clone() };
            self.fill(reaction.block, &handler.block, &inside);
        }
        let own: Vec<Reaction> = own.into_iter().collect::<Option<_>>()?;
        self.way_out(question, own.iter().chain(around.inherited.iter()));
        let (reactions, handlers) = self.reactions(at, question, own, &around.inherited);
        let patience = question.waiting.map(|waiting| stretch(self.typer.context, waiting, STRETCH_MS_MAX));
        let patience_ms = self.known(patience.unwrap_or(Some(PATIENCE_MS)))?;
        let spec = AskSpec {
            speech: speech?,
            speech_heard: question.hears.intent || question.hears.speech,
            text_read: question.hears.text,
            keys_read: question.hears.keys.is_some(),
            keys: keys?,
            patience_ms,
            reactions,
            handlers,
            offers: None,
            place: self.typer.context.place(question.span),
        };
        *self.spec.asks.get_mut(at)? = spec;
        Some(DialogAct::Ask(small(at)))
    }

    fn not_too_deep(&mut self, question: &Question, level: u32) {
        if level != self.levels_max + 1 {
            return;
        }
        let message =
            format!("this is the {} in one another, and at most {} may be", ordinal(level), self.levels_max);
        let wrong = Diagnostic::new(Code::TooManyLevels, question.span, message);
        self.wrong(
            wrong.help(format!("ask fewer things in a row, or allow it: `dialog … at most {level} levels`")),
        );
    }

    /// The keys that are waited for, with the intents that they stand for; reports keys that lead nowhere.
    fn keys(&mut self, question: &Question) -> Option<Vec<(char, u64)>> {
        let mut keys: Vec<(char, u64)> = Vec::new();
        let mut whole = true;
        for KeyMeaning { key, intent } in question.hears.keys.iter().flatten() {
            if keys.iter().any(|(known, _)| *known == key.value) {
                let message = format!("the key `{}` is there twice", key.value);
                self.wrong(
                    Diagnostic::new(Code::DeclaredTwice, key.span, message).help("remove one of them"),
                );
            }
            let Some(name) = intent else {
                keys.push((key.value, 0));
                continue;
            };
            match self.typer.context.world.vocabularies.word(INTENT, &name.text) {
                Some(slot) => keys.push((key.value, slot)),
                None => {
                    let known = &self.typer.context.world.vocabularies;
                    let wrong = crate::check::resolve::unknown_word(known, INTENT, &name.text, name.span);
                    self.wrong(wrong);
                    whole = false;
                    continue;
                }
            }
            let handled = question.handlers.iter().any(|handler| handles(handler, &name.text, key.value));
            if !handled && !self.incomplete {
                let message =
                    format!("the key `{}` leads nowhere: no handler waits for `{}`", key.value, name.text);
                let wrong = Diagnostic::new(Code::NeverHeard, name.span, message);
                self.wrong(wrong.help(format!("add `on {} {{ … }}` behind the question", name.text)));
            }
        }
        let pressed = question.handlers.iter().flat_map(|handler| &handler.occasions);
        for occasion in pressed {
            if let Occasion::Key(pressed) = occasion
                && !keys.iter().any(|(known, _)| *known == pressed.value)
            {
                keys.push((pressed.value, 0));
            }
        }
        whole.then_some(keys)
    }

    fn reaction(&mut self, handler: &Handler, hears: &Hears) -> Option<Reaction> {
        let found = self.waited(handler, hears);
        let (waited, when) = self.known(found)?;
        let label = label(self.typer.context, handler);
        let because = handler.because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default();
        let outcome = self.outcome(label, because, handler.span);
        let certain = handler.when.is_none() && threshold(handler).is_some();
        Some(Reaction {
            when,
            outcome,
            block: self.reserve(),
            span: handler.span,
            cause: waited.cause(),
            request: waited.request,
            operator_keys: if waited.request { keys_of(handler) } else { Vec::new() },
            urgent: waited.urgent
                && threshold(handler) == Some(1)
                && certain
                && reaches_person(&handler.block),
            leaves_unresolved: certain && waited.unresolved && leaves(&handler.block),
            leaves_silence: certain && waited.silence && leaves(&handler.block),
            at_last: threshold(handler).is_some(),
            conditional: handler.when.is_some(),
            person: reaches_person(&handler.block),
            asks: asks(&handler.block),
            anything: handler.when.is_none()
                && handler.occasions.iter().any(|one| matches!(one, Occasion::Anything(_))),
            said: is_said(handler, hears),
        })
    }

    /// What is urgent comes first, then requests for a person, whatever else the turn says; then the handlers as they
    /// stand.
    fn reactions(
        &mut self,
        at: usize,
        question: &Question,
        own: Vec<Reaction>,
        inherited: &[Reaction],
    ) -> (u32, Vec<BlockRef>) {
        let mut own = own;
        own.sort_by_key(Reaction::rank);
        let spans: Vec<Span> = own.iter().map(|one| one.span).collect();
        let choices = own.iter().map(Reaction::rule).map(Choice::Rule).collect();
        if !self.incomplete {
            self.behind_anything(&own);
            check_reached(self.typer.context, &Route { choices, ..Route::default() }, &spans);
        }
        let mut all: Vec<&Reaction> = own.iter().chain(inherited).collect();
        all.sort_by_key(|one| one.rank());
        let name = match at {
            0 => self.spec.name.clone(),
            _ => format!("{}, question {}", self.spec.name, at + 1),
        };
        let rules = all.iter().map(|one| one.rule()).collect();
        (self.handlers(name, rules, question.span), all.iter().map(|one| one.block).collect())
    }

    /// Reports handlers of what is said behind one that follows whatever is said.
    fn behind_anything(&mut self, own: &[Reaction]) {
        let Some(first) = own.iter().position(|one| one.anything) else { return };
        for hidden in own.iter().skip(first + 1).filter(|one| one.said) {
            let shown = &hidden.outcome.label;
            let message = format!("`{shown}` is never heard: `anything` comes before it");
            let wrong = Diagnostic::new(Code::RowNeverReached, hidden.span, message);
            let wrong = wrong
                .note(own.get(first).map_or(hidden.span, |one| one.span), "this follows whatever is said");
            self.typer.context.report(wrong.help("move it above the handler of `anything`, or remove it"));
        }
    }

    /// Whatever a caller does or does not say, the question comes to an end; and who asks again for a person gets one.
    fn way_out<'r>(&mut self, question: &Question, all: impl Iterator<Item = &'r Reaction> + Clone) {
        if self.incomplete {
            return;
        }
        if question.hears.intent && !self.hears_some_intent(question) {
            let message = "the question hears intents, and no handler waits for one";
            let wrong = Diagnostic::new(Code::NeverHeard, question.span, message);
            self.wrong(wrong.help("add `on INTENT { … }`, or hear `speech` alone"));
        }
        let ways = [
            (all.clone().any(|one| one.leaves_unresolved), "is not understood", "unresolved"),
            (all.clone().any(|one| one.leaves_silence), "says nothing", "silence"),
        ];
        for (_, what, word) in ways.into_iter().filter(|(leaves, ..)| !leaves) {
            let message = format!("a caller who {what} is asked for ever");
            let wrong = Diagnostic::new(Code::NoWayOut, question.span, message);
            self.wrong(wrong.help(format!(
                "add a handler that leaves the question: `on {word} 3 times {{ transfer … }}`"
            )));
        }
        if let Some(refused) = refused(all).filter(|_| hears_words(&question.hears)) {
            let message = "a caller who asks again for a person may get none";
            let wrong = Diagnostic::new(Code::PersonOutOfReach, refused, message);
            let help =
                "add a handler without a further condition: `on asks_for_human repeatedly { transfer … }`";
            self.wrong(wrong.note(question.span, "the question").help(help));
        }
    }

    fn hears_some_intent(&self, question: &Question) -> bool {
        let intents = question.handlers.iter().flat_map(|handler| &handler.occasions);
        intents.into_iter().any(|occasion| match occasion {
            Occasion::Named(path) => self.intent_of(path).is_some(),
            _ => false,
        })
    }
}

/// The handler that keeps a caller who asks for a person again and again; `None`: nobody is kept.
fn refused<'r>(all: impl Iterator<Item = &'r Reaction>) -> Option<Span> {
    let mut first = None;
    for one in all.filter(|one| one.request) {
        first = first.or(Some(one.span));
        if !one.at_last {
            continue;
        }
        match (one.person, one.conditional) {
            (true, false) => return None,
            (true, true) => {}
            (false, _) => return Some(one.span),
        }
    }
    first
}

/// The keys that a handler waits for.
fn keys_of(handler: &Handler) -> Vec<char> {
    let keys = handler.occasions.iter().filter_map(|one| match one {
        Occasion::Key(key) => Some(key.value),
        _ => None,
    });
    keys.collect()
}

fn handles(handler: &Handler, intent: &str, key: char) -> bool {
    handler.occasions.iter().any(|occasion| match occasion {
        Occasion::Named(path) => crate::check::resolve::dotted(path) == intent,
        Occasion::Key(pressed) => pressed.value == key,
        _ => false,
    })
}

/// Whether a handler waits for words alone, and for no key.
fn is_said(handler: &Handler, hears: &Hears) -> bool {
    let keyed = |path: &crate::tree::Path| {
        let meanings = hears.keys.iter().flatten().filter_map(|key| key.intent.as_ref());
        meanings.into_iter().any(|intent| intent.text == crate::check::resolve::dotted(path))
    };
    !handler.occasions.is_empty()
        && handler.occasions.iter().all(|one| match one {
            Occasion::Named(path) => !keyed(path),
            Occasion::Anything(_) => true,
            Occasion::Key(_) | Occasion::Unresolved(_) | Occasion::Silence(_) => false,
        })
}

/// A handler in the author's words, without `on`.
fn label(context: &Context<'_>, handler: &Handler) -> String {
    let end = handler.because.as_ref().map_or(handler.span.end, |because| because.span.start);
    let shown = context.shown(Span { end, ..handler.span });
    let shown = shown.trim_end();
    let shown = if handler.because.is_some() { shown.trim_end_matches("because") } else { shown };
    let words: Vec<&str> = shown.split_whitespace().collect();
    let words = words.join(" ");
    words.strip_prefix("on ").map_or(words.clone(), str::to_owned)
}

fn ordinal(number: u32) -> String {
    match number {
        2 => "second question".to_owned(),
        3 => "third question".to_owned(),
        4 => "fourth question".to_owned(),
        more => format!("{more}th question"),
    }
}
