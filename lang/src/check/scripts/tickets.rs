//! Tests of tickets: what happens to them, and what must have become of them.

use tandem_stdlib::contract::{Filled, TicketEvent, TicketExpectation, TicketSpec, Type};

use super::Lines;
use crate::check::context::small;
use crate::check::resolve::{Kind, PRIORITY, QUEUE};
use crate::check::suggest;
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

    pub(super) fn ticket(&mut self, path: &tree::Path) -> Option<u32> {
        let symbol = self.context.find(self.file, path, Kind::Ticket)?;
        Some(small(self.context.world.symbol(symbol)?.at))
    }

    /// What a kind of ticket is; `None`: it has an error, which has been reported.
    pub(super) fn ticket_spec(&mut self, path: &tree::Path) -> Option<&'l TicketSpec> {
        let symbol = self.context.find(self.file, path, Kind::Ticket)?;
        let name = &self.context.world.symbol(symbol)?.full;
        self.tickets.iter().find(|spec| spec.name == *name)
    }

    pub(super) fn of_ticket(
        &mut self,
        path: &tree::Path,
        outcome: &TicketOutcome,
    ) -> Option<TicketExpectation> {
        Some(match outcome {
            TicketOutcome::Happened { what: TicketHappened::Step, whom, because, times, .. } => {
                self.in_step(path, whom.as_ref()?, because.as_ref(), *times)?
            }
            TicketOutcome::Happened { what: TicketHappened::Closed, because, times, .. } => {
                let because = because.as_ref().map(|quoted| quoted.text.clone());
                TicketExpectation::Closed { times: self.times(*times)?, because }
            }
            TicketOutcome::Is(name, value) if self.has_field(path, name) => {
                let spec = self.ticket_spec(path)?;
                let filled = self.filled(spec, TicketEvent::Touched, &[(name.clone(), value.clone())])?;
                let shown = format!("{} {}", name.text, self.context.shown(value.span));
                TicketExpectation::Field { filled, shown }
            }
            TicketOutcome::Is(name, value) => {
                let ty = match name.text.as_str() {
                    "priority" => Type::Word(PRIORITY),
                    "queue" => Type::Word(QUEUE),
                    _ => {
                        let message = format!("a test cannot ask a ticket for `{}`", name.text);
                        let fields = self.ticket_spec(path).map(|spec| spec.fields.as_slice());
                        let fields = fields.unwrap_or_default().iter().map(|field| field.name.as_str());
                        let known = ["priority", "queue", "step"].into_iter().chain(fields);
                        let help = suggest::help(&name.text, known);
                        self.context.error(Code::UnknownName, name.span, message, help);
                        return None;
                    }
                };
                let slot = self.constant(value, ty, &format!("`{}`", name.text))?;
                let shown = self.context.shown(value.span);
                TicketExpectation::Output { name: name.text.clone(), value: slot, shown }
            }
            TicketOutcome::Happened { what: TicketHappened::Notified, whom, words, times, because: None } => {
                TicketExpectation::Notified {
                    channel: whom.as_ref().map(|channel| channel.text.clone()),
                    text: words.as_ref().map(|words| words.text.clone()),
                    times: self.times(*times)?,
                }
            }
            TicketOutcome::Happened { what, whom, times, because, .. } => {
                self.happened(*what, whom.as_ref(), *times, because.as_ref())?
            }
        })
    }

    fn has_field(&mut self, path: &tree::Path, name: &Name) -> bool {
        let spec = self.ticket_spec(path);
        spec.is_some_and(|spec| spec.fields.iter().any(|field| field.name == name.text))
    }

    /// `step ordering because "…"`
    fn in_step(
        &mut self,
        path: &tree::Path,
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
        let steps = &self.ticket_spec(path)?.steps;
        let Some(step) = steps.iter().position(|step| step.name == name.text) else {
            let message = format!("the ticket has no step `{}`", name.text);
            let help = suggest::help(&name.text, steps.iter().map(|step| step.name.as_str()));
            self.context.error(Code::UnknownName, name.span, message, help);
            return None;
        };
        let because = because.map(|quoted| quoted.text.clone());
        Some(TicketExpectation::Step { step: small(step), because })
    }

    fn happened(
        &mut self,
        what: TicketHappened,
        whom: Option<&Name>,
        times: Option<Spanned<f64>>,
        because: Option<&Quoted>,
    ) -> Option<TicketExpectation> {
        let times = self.times(times)?;
        if let Some(because) = because.filter(|_| what != TicketHappened::Escalated) {
            let message = "only an escalation has a reason";
            self.context.error(Code::NotHere, because.span, message, Some("remove `because`".to_owned()));
            return None;
        }
        Some(match what {
            // Those that are no happening of their own were taken before.
            TicketHappened::Opened | TicketHappened::Step | TicketHappened::Closed => {
                TicketExpectation::Opened { times }
            }
            TicketHappened::CalledBack => TicketExpectation::CalledBack { times },
            TicketHappened::Notified => TicketExpectation::Notified { channel: None, text: None, times },
            TicketHappened::Escalated => {
                let to = match whom {
                    Some(role) => Some(target(self.context, false, role)?),
                    None => None,
                };
                let because = because.map(|quoted| quoted.text.clone());
                TicketExpectation::Escalated { to, times, because }
            }
        })
    }
}
