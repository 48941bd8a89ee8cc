//! Names in expressions: `let`s, facts of the call, signals, calendars, words.

use tandem_stdlib::contract::{CallFact, DialogFact, FactSource, Party, Signal, TextFact, Type};

use super::{Answer, Let, Stand, Typer, fold, size};
use crate::check::context::small;
use crate::check::resolve::{CHANNEL, DIRECTION, HOURS, INTENT, Kind, LANGUAGE, dotted, unknown_word};
use crate::check::suggest;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Expr, ExprKind};
use crate::source::Span;
use crate::tree::Path;

pub(super) const CALL: [(&str, FactSource, Type); 11] = [
    ("from", FactSource::Text(TextFact::From), Type::Phone),
    ("to", FactSource::Text(TextFact::To), Type::Phone),
    ("keys", FactSource::Text(TextFact::Keys), Type::Text),
    ("intent", FactSource::Call(CallFact::Intent), Type::Word(INTENT)),
    ("language", FactSource::Call(CallFact::Language), Type::Word(LANGUAGE)),
    ("channel", FactSource::Call(CallFact::Channel), Type::Word(CHANNEL)),
    ("direction", FactSource::Call(CallFact::Direction), Type::Word(DIRECTION)),
    ("unresolved", FactSource::Call(CallFact::Unresolved), Type::Number),
    ("elapsed", FactSource::Call(CallFact::Elapsed), Type::Duration),
    ("clock", FactSource::Call(CallFact::Clock), Type::Moment),
    ("held", FactSource::Call(CallFact::Held), Type::YesNo),
];

const SIGNALS: [(&str, Signal, Type); 6] = [
    ("anger", Signal::Anger, Type::Number),
    ("loudness", Signal::Loudness, Type::Decibel),
    ("pitch", Signal::Pitch, Type::Hertz),
    ("speech_rate", Signal::SpeechRate, Type::SyllablesPerSecond),
    ("talk_share", Signal::TalkShare, Type::Percent),
    ("silence", Signal::Silence, Type::Duration),
];

/// A signal with the type of its values.
pub(in crate::check) fn signal_named(name: &str) -> Option<(Signal, Type)> {
    SIGNALS.iter().find(|(known, ..)| *known == name).map(|(_, signal, ty)| (*signal, *ty))
}

/// The names of all signals.
pub(in crate::check) fn signal_names() -> impl Iterator<Item = &'static str> {
    SIGNALS.iter().map(|(name, ..)| *name)
}

impl Typer<'_, '_> {
    /// What a name or dotted names mean.
    pub(super) fn path(&mut self, path: &Path, hint: Option<Type>) -> Option<Expr> {
        let (first, rest) = path.names.split_first()?;
        if let Some(found) = self.attempt_fact(path).or_else(|| self.ticket_fact(path)) {
            return found;
        }
        if self.lets.contains_key(&first.text) {
            return self.let_named(path);
        }
        if first.text == "call" && !rest.is_empty() {
            return self.call_fact(path);
        }
        if self.is_note(path) {
            return self.note(path);
        }
        if let Some(found) = self.queue_fact(path).or_else(|| self.agent_fact(path)) {
            return found;
        }
        if self.stand == Stand::Dialog && dotted(path) == "answer.words" {
            let kind = ExprKind::Fact(FactSource::Dialog(DialogFact::Words));
            return Some(Expr { kind, ty: Type::Text, span: path.span });
        }
        if rest.is_empty() {
            if let Some(word) = self.word(&first.text, hint, path.span) {
                return Some(word);
            }
            if let Some((signal, ty)) = signal_named(&first.text) {
                return self.signal(signal, ty, path.span);
            }
        }
        if let Some(hours) = self.calendar(path) {
            return Some(hours);
        }
        if let Some(on) = self.mode(path).or_else(|| self.watch(path)) {
            return on;
        }
        match (rest.is_empty(), hint) {
            (true, None | Some(Type::YesNo)) => self.lone_word(path),
            (true, Some(Type::Word(vocabulary))) => {
                let known = &self.context.world.vocabularies;
                let wrong = unknown_word(known, vocabulary, &first.text, path.span);
                self.context.report(wrong);
                None
            }
            (true, Some(_)) if !self.context.world.vocabularies.homes(&first.text).is_empty() => {
                self.lone_word(path)
            }
            _ => self.unknown_path(path),
        }
    }

    /// Whether a path can only be a word of some vocabulary.
    pub(super) fn is_bare_word(&self, path: &Path) -> bool {
        let [name] = path.names.as_slice() else { return false };
        let has_signals = matches!(self.stand, Stand::Watch(_) | Stand::Dialog);
        let is_signal = has_signals && signal_named(&name.text).is_some();
        let is_calendar = self.context.world.named(self.file, &name.text, Kind::Calendar).is_some();
        let is_mode = self.context.world.named(self.file, &name.text, Kind::Mode).is_some();
        let is_watch = self.context.world.named(self.file, &name.text, Kind::Watch).is_some();
        !self.lets.contains_key(&name.text) && !is_signal && !is_calendar && !is_mode && !is_watch
    }

    fn let_named(&mut self, path: &Path) -> Option<Expr> {
        let (first, rest) = path.names.split_first()?;
        self.lets_used.insert(first.text.clone());
        match (self.lets.get(&first.text)?, rest) {
            (Let::Broken, _) => None,
            (Let::Value(value), []) => {
                let value = Expr { span: path.span, ..value.clone() };
                self.add_parts(size(&value), path.span)?;
                Some(value)
            }
            (Let::Value(_), [field, ..]) => {
                let message = format!("`{}` is one value and has no `{}`", first.text, field.text);
                let help = format!("write `{}` alone", first.text);
                self.context.error(Code::UnknownName, path.span, message, Some(help));
                None
            }
            (Let::Answer(answer), [field]) => {
                let answer = answer.clone();
                self.field(&answer, field, path.span)
            }
            (Let::Answer(answer), _) => {
                let fields = answer.field_names(self.context);
                let example = fields.first().cloned().unwrap_or_default();
                let message = format!("`{}` is the whole answer of a source", self.context.shown(path.span));
                let help = format!("name one of its fields, such as `{}.{example}`", first.text);
                self.context.error(Code::WrongType, path.span, message, Some(help));
                None
            }
        }
    }

    fn call_fact(&mut self, path: &Path) -> Option<Expr> {
        let name = dotted(path);
        let name = name.strip_prefix("call.").unwrap_or_default();
        let Some((_, fact, ty)) = CALL.iter().find(|(known, ..)| *known == name) else {
            let message = format!("a call has no `{name}`");
            let near = suggest::nearest(name, CALL.iter().map(|(known, ..)| *known));
            let mut wrong = Diagnostic::new(Code::UnknownName, path.span, message);
            wrong.help = suggest::help(name, CALL.iter().map(|(known, ..)| *known));
            wrong.fix = near.map(|near| (path.span, format!("call.{near}")));
            self.context.report(wrong);
            return None;
        };
        if self.stand == Stand::Constant {
            self.not_constant(path.span);
            return None;
        }
        self.needs_call(path.span)?;
        Some(Expr { kind: ExprKind::Fact(*fact), ty: *ty, span: path.span })
    }

    fn word(&self, word: &str, hint: Option<Type>, span: Span) -> Option<Expr> {
        let Some(Type::Word(vocabulary)) = hint else { return None };
        let slot = self.context.world.vocabularies.word(vocabulary, word)?;
        Some(fold::constant(slot, Type::Word(vocabulary), span))
    }

    fn signal(&mut self, signal: Signal, ty: Type, span: Span) -> Option<Expr> {
        let party = match self.stand {
            Stand::Watch(party) => party,
            // A dialog hears the caller alone.
            Stand::Dialog => Party::Customer,
            _ => {
                self.only_in_watch(span, &format!("the signal `{}`", self.context.shown(span)))?;
                return None;
            }
        };
        let party = if signal == Signal::Silence { Party::Customer } else { party };
        Some(Expr { kind: ExprKind::Fact(FactSource::Signal(party, signal)), ty, span })
    }

    fn calendar(&mut self, path: &Path) -> Option<Expr> {
        let (symbol, declared) = self.context.world.named(self.file, &dotted(path), Kind::Calendar)?;
        let fact = FactSource::Calendar(small(declared.at));
        self.context.use_symbol(symbol);
        if self.stand == Stand::Constant {
            self.not_constant(path.span);
            return None;
        }
        Some(Expr { kind: ExprKind::Fact(fact), ty: Type::Word(HOURS), span: path.span })
    }

    /// Whether a mode is on.
    fn mode(&mut self, path: &Path) -> Option<Option<Expr>> {
        let (symbol, declared) = self.context.world.named(self.file, &dotted(path), Kind::Mode)?;
        let fact = FactSource::Mode(small(declared.at));
        self.context.use_symbol(symbol);
        if self.stand == Stand::Constant {
            self.not_constant(path.span);
            return Some(None);
        }
        Some(Some(Expr { kind: ExprKind::Fact(fact), ty: Type::YesNo, span: path.span }))
    }

    /// A word where nothing says which vocabulary is meant.
    fn lone_word(&mut self, path: &Path) -> Option<Expr> {
        let word = path.names.first()?;
        let known = &self.context.world.vocabularies;
        let homes = known.homes(&word.text);
        if let [home] = homes {
            let slot = known.word(*home, &word.text)?;
            return Some(fold::constant(slot, Type::Word(*home), path.span));
        }
        if homes.is_empty() {
            return self.unknown_path(path);
        }
        let names: Vec<String> =
            homes.iter().map(|home| format!("`{}`", suggest::vocabulary_name(*home, &known.list))).collect();
        let message = format!("`{}` is a word of {}", word.text, names.join(" and of "));
        let help = "compare it with something that has one of these types".to_owned();
        self.context.error(Code::WrongType, path.span, message, Some(help));
        None
    }

    fn unknown_path(&mut self, path: &Path) -> Option<Expr> {
        let name = dotted(path);
        let symbol =
            self.context.world.look_up(self.file, &name).and_then(|id| self.context.world.symbol(id));
        let mut wrong = match symbol.map(|symbol| symbol.kind) {
            Some(kind) => {
                let message = format!("`{name}` is {}, which has no value", kind.words());
                let mut wrong = Diagnostic::new(Code::UnknownName, path.span, message);
                if kind == Kind::Phrases {
                    let said = if matches!(self.stand, Stand::Grade | Stand::Quality | Stand::End) {
                        "said"
                    } else {
                        "says"
                    };
                    wrong.help = Some(format!("write `customer {said} {name}` or `agent {said} {name}`"));
                }
                wrong
            }
            None => self.unknown_name(path, &name),
        };
        wrong.label = String::new();
        self.context.report(wrong);
        None
    }

    /// A field of this very name of something that a `let` stands for: `who.name` for `name`.
    fn field_of_let(&self, path: &Path) -> Option<String> {
        let [name] = path.names.as_slice() else { return None };
        let has_it = |answer: &Answer| answer.field_names(self.context).contains(&name.text);
        let lets = self.lets.iter().filter(|(_, value)| matches!(value, Let::Answer(one) if has_it(one)));
        lets.map(|(known, _)| format!("{known}.{}", name.text)).min()
    }

    /// A fact of the call or the lead whose last part this is: `call.intent` for `intent`.
    fn fact_called(&self, name: &str) -> Option<String> {
        let of_lead = [("do_not_call", "lead.on_do_not_call"), ("on_do_not_call", "lead.on_do_not_call")];
        let lead = of_lead.iter().find(|(word, _)| self.stand == Stand::Lead && *word == name);
        let call = CALL.iter().find(|(known, ..)| *known == name && self.stand != Stand::Lead);
        let call = call.map(|(known, ..)| format!("call.{known}"));
        let of_ticket = self.ticket.iter().flat_map(|one| &one.fields);
        let ticket =
            of_ticket.map(|(field, _)| field).find(|field| *field == name && self.stand == Stand::Ticket);
        let ticket = ticket.map(|field| format!("ticket.{field}"));
        lead.map(|(_, fact)| (*fact).to_owned()).or(ticket).or(call)
    }

    fn unknown_name(&self, path: &Path, name: &str) -> Diagnostic {
        let mut lets: Vec<&str> = self.lets.keys().map(String::as_str).collect();
        lets.sort_unstable();
        let first = path.names.first().map_or("", |first| &first.text);
        let head = if path.names.len() > 1 { first } else { name };
        let mut wrong = Diagnostic::new(Code::UnknownName, path.span, format!("there is no `{name}`"));
        if let Some(meant) = meant_literal(name) {
            return wrong.help(format!("write `{meant}`")).fix(path.span, meant);
        }
        let calendars = self.context.world.visible(self.file, Kind::Calendar);
        let modes = self.context.world.visible(self.file, Kind::Mode);
        let mut candidates: Vec<&str> = lets;
        if path.names.len() > 1 {
            candidates.push("call");
        } else {
            candidates.extend(calendars);
            candidates.extend(modes);
            if self.asks_watches() {
                candidates.extend(self.context.world.visible(self.file, Kind::Watch));
            }
        }
        if matches!(self.stand, Stand::Watch(_) | Stand::Dialog) && path.names.len() == 1 {
            signal_names().for_each(|signal| candidates.push(signal));
        }
        if let Some(fact) = self.fact_called(name) {
            wrong.fix = Some((path.span, fact.clone()));
            return wrong.help(format!("did you mean `{fact}`?"));
        }
        let world = &self.context.world;
        let elsewhere = |kind| world.elsewhere(self.file, name, Some(kind));
        let kinds = [Kind::Calendar, Kind::Mode, Kind::Phrases];
        if let Some(symbol) = kinds.into_iter().find_map(elsewhere) {
            return world.bring_here(self.file, name, symbol, wrong);
        }
        if let Some(field) = self.field_of_let(path) {
            return wrong.help(format!("did you mean `{field}`?")).fix(path.span, field);
        }
        let near = suggest::nearest(head, candidates.iter().copied());
        if let (Some(near), Some(name)) = (near, path.names.first()) {
            return wrong.help(format!("did you mean `{near}`?")).fix(name.span, near);
        }
        if let Some(symbol) = world.nearly_elsewhere(self.file, name, Some(Kind::Calendar)) {
            return world.bring_here(self.file, name, symbol, wrong);
        }
        wrong.help = suggest::help(head, candidates);
        wrong
    }
}

/// How other languages write a value.
const fn meant_literal(name: &str) -> Option<&'static str> {
    Some(match name.as_bytes() {
        b"true" | b"True" | b"TRUE" => "yes",
        b"false" | b"False" | b"FALSE" => "no",
        b"null" | b"nil" | b"none" | b"NULL" => "unknown",
        _ => return None,
    })
}
