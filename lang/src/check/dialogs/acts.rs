//! Acts: what a bot says, notes, sends, offers and transfers.

use tandem_stdlib::contract::{DialogAct, FactSource, TransferTo, Type};

use super::conditions::{all, fact};
use super::requests::requests;
use super::writer::{Around, Cause, Writer};
use crate::check::context::Note;
use crate::check::limits::{STRETCH_MS_MAX, stretch};
use crate::check::resolve::{CHANNEL, Kind, dotted};
use crate::check::suggest;
use crate::check::types::{Typer, facts};
use crate::check::watches::target;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{self, Act, ActKind, Name, Path, TransferTarget};

impl Writer<'_, '_, '_> {
    /// Writes an act; an act with an error is left out.
    pub(super) fn act(&mut self, act: &Act, around: &Around) -> Option<DialogAct> {
        Some(match &act.kind {
            ActKind::Say(words) => DialogAct::Say(self.speech(words)?),
            ActKind::Retain(words) => {
                self.retains_something(act.span, around);
                DialogAct::Retain(self.speech(words)?)
            }
            ActKind::Answer { .. } => self.answer(act, around)?,
            ActKind::Offer { .. } => self.offer(act, around)?,
            ActKind::Transfer { to, at_once, directly, handover, because } => {
                let to = self.target(to);
                let handover = self.handover(handover, around);
                let because = because.as_ref().map(|quoted| quoted.text.clone()).unwrap_or_default();
                self.asked_for(act, around);
                self.says_why(*at_once, &because, around);
                let transfer = DialogAct::Transfer { to: to?, handover: handover?, because };
                match directly {
                    Some(when) => self.directly(when, transfer)?,
                    None => transfer,
                }
            }
            ActKind::Ticket(path) => {
                let found = self.typer.context.find(self.file, path, Kind::Ticket);
                let symbol = self.known(found)?;
                let at = self.typer.context.world.symbol(symbol)?.at;
                DialogAct::Ticket(crate::check::context::small(at))
            }
            ActKind::Note(name, value) => {
                let found = self.typer.value(value);
                let note = Note { name: name.text.clone(), value: found.clone(), span: name.span };
                self.typer.context.notes.push(note);
                let value = self.known(found)?;
                let span = value.span;
                DialogAct::Note { name: name.text.clone(), value: self.values(vec![value], span) }
            }
            ActKind::Send(channel, words) => {
                self.channel(channel);
                DialogAct::Send { channel: channel.text.clone(), speech: self.speech(words)? }
            }
            ActKind::When(when, then) => {
                let found = self.typer.condition(&when.value);
                let then = self.block(then, around);
                let condition = self.known(found)?;
                DialogAct::When { condition: self.held(condition, when.reason()), then }
            }
            ActKind::Back => {
                self.goes_back(act.span, around);
                DialogAct::Back
            }
            ActKind::Resolved => DialogAct::Resolved,
            ActKind::End => DialogAct::End,
        })
    }

    fn answer(&mut self, act: &Act, around: &Around) -> Option<DialogAct> {
        let ActKind::Answer { source, arguments, within, words, otherwise } = &act.kind else { return None };
        let within_ms = match within {
            Some(within) => {
                let found = stretch(self.typer.context, *within, STRETCH_MS_MAX);
                self.known(found)
            }
            None => Some(self.source_within(source)),
        };
        let otherwise = otherwise.as_ref().map(|block| self.block(block, around));
        let texts = self.words_of(words);
        let tell = |typer: &mut Typer<'_, '_>| crate::check::spoken::values(typer, texts.as_ref()?);
        let asked = self.typer.answered(source, arguments, act.span, tell);
        let (source_call, values) = self.known(asked)?;
        let values = self.known(values)?;
        let condition = self.everything_known(source_call, &values, source.span);
        let known = self.known_answer(condition, dotted(source), act.span);
        let speech = self.spoken(&texts?, values);
        Some(DialogAct::Answer { source_call, within_ms: within_ms?, known, speech, otherwise: otherwise? })
    }

    /// The source has an answer, and the answer has every field that is told.
    fn everything_known(
        &self,
        call: u32,
        values: &[crate::program::Expr],
        span: Span,
    ) -> crate::program::Expr {
        let mut fields: Vec<u32> = values
            .iter()
            .flat_map(facts)
            .filter_map(|fact| match fact {
                FactSource::Answer(of, field) if of == call => Some(field),
                _ => None,
            })
            .collect();
        fields.sort_unstable();
        fields.dedup();
        let known = fields.into_iter().map(|field| FactSource::AnswerKnown(call, field));
        let parts = [FactSource::Answered(call)].into_iter().chain(known);
        all(parts.map(|one| fact(one, Type::YesNo, span)).collect(), span)
    }

    fn source_within(&self, source: &Path) -> i64 {
        let world = &self.typer.context.world;
        let symbol = world.named(self.file, &dotted(source), Kind::Source);
        symbol.and_then(|(_, symbol)| world.sources.get(symbol.at)).map_or(0, |source| source.spec.within_ms)
    }

    pub(super) fn target(&mut self, to: &TransferTarget) -> Option<TransferTo> {
        match to {
            TransferTarget::Queue(name) => self.queue(name).map(TransferTo::Queue),
            TransferTarget::Route(path) => {
                let found = self.typer.context.find(self.file, path, Kind::Route);
                let symbol = self.known(found)?;
                let at = self.typer.context.world.symbol(symbol)?.at;
                let (_, route) = self.typer.context.world.routes.get(at)?;
                if !route.decides.iter().any(|(name, _)| name.text == "queue") {
                    let message = format!("`{}` decides no queue", dotted(path));
                    let wrong = Diagnostic::new(Code::WrongType, path.span, message);
                    self.wrong(
                        wrong.help("name a route that `decides queue`, or a queue: `transfer general`"),
                    );
                }
                Some(TransferTo::Route(crate::check::context::small(at)))
            }
        }
    }

    fn queue(&mut self, name: &Name) -> Option<u64> {
        let found = target(self.typer.context, true, name);
        let queue = self.known(found)?;
        self.typer.context.reach_queue(queue);
        Some(queue)
    }

    /// Callers are transferred when they asked for it, or when what they said is urgent; else they are asked first,
    /// unless something that is known about them says that they are to be transferred at once.
    fn asked_for(&mut self, act: &Act, around: &Around) {
        let ActKind::Transfer { at_once, directly, .. } = &act.kind else { return };
        let help = match around.cause {
            _ if directly.is_some() => return,
            Cause::Urgent if at_once.is_none() => {
                "say that nobody is asked first: `transfer QUEUE directly because \"…\"`"
            }
            Cause::Matter | Cause::Declined if at_once.is_some() => {
                "only phrases that are declared urgent, `phrases NAME urgent { … }`, are transferred at once, in a \
                 handler of their own; ask others first: `offer QUEUE \"…\" { yes { … } no { … } }`"
            }
            Cause::Matter | Cause::Declined => {
                "ask first: `offer QUEUE \"…\" { yes { … } no { … } }`, or say who may be transferred at once: \
                 `transfer QUEUE directly when who.tier >= gold`; where somebody may be in danger, declare \
                 `phrases NAME urgent { … }` and write `transfer QUEUE directly because \"…\"` in their handler"
            }
            Cause::Beginning | Cause::Asked | Cause::Urgent => return,
        };
        let why = match around.cause {
            Cause::Urgent => "the caller has not asked for a person, and is not asked",
            Cause::Declined => "the caller has just said no to a person",
            _ => "the caller told a matter and has not asked for a person",
        };
        let mut help = help.to_owned();
        let requests = requests(self.typer.context, self.file);
        if around.cause == Cause::Matter && !requests.is_empty() {
            help.push_str(&format!("; whoever says {requests} asks for a person"));
        }
        self.wrong(Diagnostic::new(Code::TransferNotAsked, act.span, why).help(help));
    }

    /// Whoever is transferred at once in an emergency is so for a reason that a report can show.
    fn says_why(&mut self, at_once: Option<Span>, because: &str, around: &Around) {
        if let (Cause::Urgent, Some(span), "") = (around.cause, at_once, because) {
            let wrong =
                Diagnostic::new(Code::TransferNotAsked, span, "nothing says why nobody is asked first");
            self.wrong(wrong.help("add the reason at the end of the line: `because \"danger to life\"`"));
        }
    }

    fn directly(&mut self, when: &tree::Expr, transfer: DialogAct) -> Option<DialogAct> {
        let found = self.typer.condition(when);
        let condition = self.known(found)?;
        let is_about_caller = |fact: &FactSource| {
            matches!(fact, FactSource::AnswerKnown(..) | FactSource::Answer(..) | FactSource::Lead(..))
        };
        if !facts(&condition).iter().any(is_about_caller) {
            let shown = self.typer.context.shown(when.span);
            let message = format!("`{shown}` says nothing about who is calling");
            let wrong = Diagnostic::new(Code::TransferNotAsked, when.span, message);
            self.wrong(
                wrong.help("compare a field that a source knows of the caller, such as `who.tier >= gold`"),
            );
        }
        let (then, because) = (self.reserve(), reason_of(&transfer));
        if let Some(room) = self.spec.blocks.get_mut(then as usize) {
            room.push(transfer);
        }
        Some(DialogAct::When { condition: self.held(condition, because), then })
    }

    fn channel(&mut self, channel: &Name) {
        let words = self.typer.context.world.vocabularies.words(CHANNEL);
        let known: Vec<&str> = words.filter(|word| *word != "phone").chain(["sms"]).collect();
        if !known.contains(&channel.text.as_str()) {
            let message = format!("nothing is sent by `{}`", channel.text);
            let wrong = suggest::unknown_name(&channel.text, channel.span, message, known);
            self.wrong(wrong);
        }
    }

    fn retains_something(&mut self, span: Span, around: &Around) {
        if around.level == 0 {
            let wrong = Diagnostic::new(Code::NeverHeard, span, "nobody has asked for anything yet");
            self.wrong(wrong.help("`retain` stands in a handler: `on asks_for_human once { retain \"…\" }`"));
        }
    }

    fn goes_back(&mut self, span: Span, around: &Around) {
        if around.level < 2 {
            let wrong = Diagnostic::new(Code::NeverHeard, span, "there is no question to go back to");
            self.wrong(wrong.help("`back` stands in a handler of a question inside a handler"));
        }
    }
}

fn reason_of(transfer: &DialogAct) -> String {
    if let DialogAct::Transfer { because, .. } = transfer { because.clone() } else { String::new() }
}
