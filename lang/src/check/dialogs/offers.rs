//! Offers of a person: a question that hears yes and no.

use std::rc::Rc;

use tandem_stdlib::contract::{AskSpec, DialogAct, DialogFact, TransferTo};

use super::conditions::{all, any, compare, counted, key, not, says};
use super::questions::{PATIENCE_MS, Reaction};
use super::ways::{OFFER_ASKED_TIMES, leaves};
use super::writer::{Around, Cause, Writer};
use crate::check::context::small;
use crate::check::resolve::{Kind, SymbolId};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{CompareOp, Expr, Rule};
use crate::source::Span;
use crate::tree::{Act, ActKind};

/// The standard phrases of a yes, of a no, and of somebody who wants a person, which is a yes as well.
const YES: &str = "agreement";
const NO: &str = "refusal";
const PERSON: &str = "asks_for_human";

/// Keys for callers who cannot or will not speak.
const KEY_YES: char = '1';
const KEY_NO: char = '2';

impl Writer<'_, '_, '_> {
    /// `offer QUEUE "…" handing over … { yes { … } no { … } }`
    pub(super) fn offer(&mut self, act: &Act, around: &Around) -> Option<DialogAct> {
        let ActKind::Offer { to, words, handover, yes, no } = &act.kind else { return None };
        let missing = match (yes, no) {
            (Some(_), Some(_)) => None,
            (None, Some(_)) => Some(("a yes", "`yes { … }`")),
            (Some(_), None) => Some(("a no", "`no { … }`")),
            (None, None) => Some(("a yes and a no", "`{ yes { … } no { … } }`")),
        };
        if let Some((answer, block)) = missing.filter(|_| !self.incomplete) {
            let message = format!("nothing says what follows {answer}");
            let wrong = Diagnostic::new(Code::OfferIncomplete, act.span, message);
            self.wrong(wrong.help(format!("add {block}; an empty block will do")));
        }
        let (to, speech) = (self.target(to), self.speech(words));
        let at = self.spec.asks.len();
        let place = self.typer.context.place(act.span);
        self.spec.asks.push(AskSpec { place: place.clone(), ..AskSpec::default() });
        let mut around = Around { cause: Cause::Asked, level: around.level.max(1), ..around.clone() };
        let accepted = self.block(yes.as_ref()?, &around);
        Rc::make_mut(&mut around.notes).extend(super::handover::notes(yes.as_ref()?));
        let handover = self.handover(handover, &around);
        around.cause = Cause::Declined;
        let declined = self.block(no.as_ref()?, &around);
        let (to, speech, handover) = (to?, speech?, handover?);
        if !leaves(yes.as_ref()?)
            && let Some(accepted) = self.spec.blocks.get_mut(accepted as usize)
        {
            // Where a route offered to transfer to is where the caller agreed to go.
            let to = if matches!(to, TransferTo::Route(_)) { TransferTo::Offered } else { to };
            accepted.push(DialogAct::Transfer { to, handover, because: String::new() });
        }
        let urgent: Vec<Reaction> = around.inherited.iter().filter(|one| one.urgent).cloned().collect();
        let operator = around.inherited.iter().flat_map(|one| &one.operator_keys);
        let operator: Vec<char> = operator.copied().filter(|key| ![KEY_YES, KEY_NO].contains(key)).collect();
        let reactions = self.yes_and_no(at, act.span, &operator, &urgent);
        let spec = AskSpec {
            speech,
            speech_heard: true,
            text_read: true,
            keys_read: true,
            keys: Vec::new(),
            patience_ms: PATIENCE_MS,
            reactions,
            handlers: [accepted, declined].into_iter().chain(urgent.iter().map(|one| one.block)).collect(),
            offers: Some(to),
            place,
        };
        *self.spec.asks.get_mut(at)? = spec;
        Some(DialogAct::Ask(small(at)))
    }

    /// A turn that holds both words is a no: nobody is transferred against his will. What is urgent is neither.
    /// The operator's keys ask for a person, as words do.
    fn yes_and_no(&mut self, at: usize, span: Span, operator: &[char], urgent: &[Reaction]) -> u32 {
        let (agrees, refuses, asks) = (self.hears(YES, span), self.hears(NO, span), self.hears(PERSON, span));
        let keys = [KEY_YES].into_iter().chain(operator.iter().copied());
        let mut yes: Vec<Expr> = keys.map(|one| key(one, span)).collect();
        if let Some(agrees) = agrees {
            let without = refuses.clone().map(|refuses| not(refuses, span));
            yes.push(all([agrees].into_iter().chain(without).collect(), span));
        }
        yes.extend(asks);
        let unanswered = counted(DialogFact::Unanswered, span);
        let silent = compare(CompareOp::AtLeast, unanswered, f64::from(OFFER_ASKED_TIMES), span);
        let no: Vec<Expr> = [key(KEY_NO, span), silent].into_iter().chain(refuses).collect();
        let calm = || urgent.iter().map(|one| not(one.when.clone(), span));
        let answers = [("yes", yes), ("no", no)].map(|(label, parts)| Rule {
            when: Some(all([any(parts, span)].into_iter().chain(calm()).collect(), span)),
            answers: Vec::new(),
            outcome: self.outcome(label.to_owned(), String::new(), span),
        });
        let rules = answers.into_iter().chain(urgent.iter().map(Reaction::rule)).collect();
        let name = format!("{}, question {}", self.spec.name, at + 1);
        self.handlers(name, rules, span)
    }

    /// The customer says a standard set of phrases.
    fn hears(&mut self, name: &str, span: Span) -> Option<Expr> {
        let mut symbols = self.typer.context.world.symbols.iter();
        let at = symbols.position(|one| one.standard && one.kind == Kind::Phrases && one.name == name)?;
        Some(says(self.typer.context.phrases.index(SymbolId(at)), span))
    }
}
