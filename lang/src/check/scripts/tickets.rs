//! Tests of tickets: what happens to them, and what must have become of them.

use tandem_stdlib::contract::{Filled, TicketEvent, TicketExpectation, TicketSpec, Type};

use super::Lines;
use crate::check::context::small;
use crate::check::resolve::{Kind, PRIORITY, QUEUE};
use crate::check::watches::target;
use crate::diagnostics::Code;
use crate::source::Span;
use crate::tree::{self, Name, Quoted, Spanned, TicketHappened, TicketOutcome};

impl<'l> Lines<'l, '_> {
    pub(super) fn happens(
        &mut self,
        spec: &TicketSpec,
        event: TicketEvent,
        span: Span,
    ) -> Option<TicketEvent> {
        if event == TicketEvent::Done && spec.steps.is_empty() {
            let message = "this ticket has no step that somebody could finish";
            let help = "write `closed`, or `touched`".to_owned();
            self.context.error(Code::NotHere, span, message, Some(help));
            return None;
        }
        if event == TicketEvent::Escalated {
            let message = "tickets are escalated by their deadlines";
            let help = "expect it: `expect ticket NAME escalated`".to_owned();
            self.context.error(Code::NotHere, span, message, Some(help));
            return None;
        }
        Some(event)
    }

    /// Fields that are written down with an event.
    pub(super) fn filled(
        &mut self,
        spec: &TicketSpec,
        event: TicketEvent,
        fields: &[(Name, tree::Expr)],
    ) -> Option<Filled> {
        if let (Some((name, _)), false) =
            (fields.first(), matches!(event, TicketEvent::Touched | TicketEvent::Done))
        {
            let message = "fields are written down by whoever works on the ticket";
            let help = "write `touched with …` or `done with …`".to_owned();
            self.context.error(Code::NotHere, name.span, message, Some(help));
            return None;
        }
        let known: Vec<(String, Option<Type>)> =
            spec.fields.iter().map(|field| (field.name.clone(), Some(field.ty))).collect();
        self.filled_in(&known, "the ticket", fields)
    }

    /// The index of a kind of ticket, and what it is; the latter is `None` when it has an error, which has been reported.
    pub(super) fn ticket(&mut self, path: &tree::Path) -> Option<(u32, Option<&'l TicketSpec>)> {
        let symbol = self.context.find(self.file, path, Kind::Ticket)?;
        let symbol = self.context.world.symbol(symbol)?;
        Some((small(symbol.at), self.tickets.iter().find(|spec| spec.name == symbol.full)))
    }

    pub(super) fn of_ticket(
        &mut self,
        spec: Option<&'l TicketSpec>,
        outcome: &TicketOutcome,
    ) -> Option<TicketExpectation> {
        match outcome {
            TicketOutcome::Is(name, value) => self.is(spec?, name, value),
            TicketOutcome::InStep { step, times, because } => {
                self.in_step(spec?, step, because.as_ref(), *times)
            }
            TicketOutcome::Happened { what, whom, words, times, because } => {
                self.happened(*what, (whom.as_ref(), words.as_ref()), *times, because.as_ref())
            }
        }
    }

    /// `priority high`, `quote 300 CNY`
    fn is(&mut self, spec: &TicketSpec, name: &Name, value: &tree::Expr) -> Option<TicketExpectation> {
        let shown = self.context.shown(value.span);
        if spec.fields.iter().any(|field| field.name == name.text) {
            let filled = self.filled(spec, TicketEvent::Touched, &[(name.clone(), value.clone())])?;
            return Some(TicketExpectation::Field { filled, shown: format!("{} {shown}", name.text) });
        }
        let ty = match name.text.as_str() {
            "priority" => Type::Word(PRIORITY),
            "queue" => Type::Word(QUEUE),
            _ => {
                let message = format!("a test cannot ask a ticket for `{}`", name.text);
                let fields = spec.fields.iter().map(|field| field.name.as_str());
                let known = ["priority", "queue", "step"].into_iter().chain(fields);
                self.context.unknown_name(&name.text, name.span, message, known);
                return None;
            }
        };
        let value = self.constant(value, ty, &format!("`{}`", name.text))?;
        Some(TicketExpectation::Output { name: name.text.clone(), value, shown })
    }

    /// `step ordering because "…"`
    fn in_step(
        &mut self,
        spec: &TicketSpec,
        name: &Name,
        because: Option<&Quoted>,
        times: Option<Spanned<f64>>,
    ) -> Option<TicketExpectation> {
        if let Some(times) = times {
            let message = "a ticket is in one step at a time";
            let help = "say in which: `expect ticket NAME step STEP`".to_owned();
            self.context.error(Code::NotHere, times.span, message, Some(help));
            return None;
        }
        let steps = &spec.steps;
        let Some(step) = steps.iter().position(|step| step.name == name.text) else {
            let message = format!("the ticket has no step `{}`", name.text);
            self.context.unknown_name(
                &name.text,
                name.span,
                message,
                steps.iter().map(|step| step.name.as_str()),
            );
            return None;
        };
        let because = because.map(|quoted| quoted.text.clone());
        Some(TicketExpectation::Step { step: small(step), because })
    }

    fn happened(
        &mut self,
        what: TicketHappened,
        (whom, words): (Option<&Name>, Option<&Quoted>),
        times: Option<Spanned<f64>>,
        because: Option<&Quoted>,
    ) -> Option<TicketExpectation> {
        let times = self.times(times)?;
        let has_reason = matches!(what, TicketHappened::Escalated | TicketHappened::Closed);
        if let Some(because) = because.filter(|_| !has_reason) {
            let message =
                "only a ticket that is escalated or closed, or comes to a step, has a reason for it";
            self.context.error(Code::NotHere, because.span, message, Some("remove `because`".to_owned()));
            return None;
        }
        let because = because.map(|quoted| quoted.text.clone());
        Some(match what {
            TicketHappened::Opened => TicketExpectation::Opened { times },
            TicketHappened::Closed => TicketExpectation::Closed { times, because },
            TicketHappened::CalledBack => TicketExpectation::CalledBack { times },
            TicketHappened::Notified => {
                let channel = whom.map(|channel| channel.text.clone());
                TicketExpectation::Notified { channel, text: words.map(|words| words.text.clone()), times }
            }
            TicketHappened::Escalated => {
                let to = match whom {
                    Some(role) => Some(target(self.context, false, role)?),
                    None => None,
                };
                TicketExpectation::Escalated { to, times, because }
            }
        })
    }
}
