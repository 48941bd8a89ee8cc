//! Leads of campaigns and tickets: `lead.value`, `lead.attempts`, `ticket.age`.

use tandem_stdlib::contract::{AttemptFact, FactSource, TicketFact, Type};

use super::{Answer, Let, Stand, Typer, fold};
use crate::check::context::small;
use crate::check::resolve::{DISPOSITION, PRIORITY, QUEUE, dotted};
use crate::diagnostics::Code;
use crate::program::{Expr, ExprKind};
use crate::source::Span;
use crate::tree::{self, Path};

/// How the lead is called.
const LEAD: &str = "lead";

/// What the dialler knows of every lead.
pub(super) const ATTEMPTS: [(&str, AttemptFact, Type); 4] = [
    ("lead.attempts", AttemptFact::Count, Type::Number),
    ("lead.last_disposition", AttemptFact::LastDisposition, Type::Word(DISPOSITION)),
    ("lead.last_attempt", AttemptFact::Last, Type::Moment),
    ("lead.on_do_not_call", AttemptFact::DoNotCall, Type::YesNo),
];

pub(super) const TICKET: [(&str, TicketFact, Type); 4] = [
    ("ticket.age", TicketFact::Age, Type::Duration),
    ("ticket.untouched", TicketFact::Untouched, Type::Duration),
    ("ticket.priority", TicketFact::Priority, Type::Word(PRIORITY)),
    ("ticket.queue", TicketFact::Queue, Type::Word(QUEUE)),
];

/// Whether every ticket tells this of itself; `ticket.` is left out.
pub(in crate::check) fn is_ticket_fact(name: &str) -> bool {
    TICKET.iter().any(|(known, ..)| known.strip_prefix("ticket.") == Some(name))
}

impl Typer<'_, '_> {
    /// Makes `lead` stand for a lead of this source and record. `otherwise` answers for what a lead leaves open; the number at
    /// field `phone` is always there, because nobody calls without.
    pub(in crate::check) fn add_lead(
        &mut self,
        (source, record): (u32, usize),
        phone: usize,
        otherwise: Option<&tree::Expr>,
        span: Span,
    ) {
        let fields = self.context.world.records.get(record).map_or(0, Vec::len);
        let given = match otherwise {
            Some(otherwise) => self.fallback(record, otherwise),
            None => Some(vec![None; fields]),
        };
        let value = match given {
            Some(mut fallback) => {
                if let Some(number) = fallback.get_mut(phone) {
                    *number = Some(fold::constant(0, Type::Phone, span));
                }
                Let::Answer(Answer::of_lead(source, record, fallback, span))
            }
            None => Let::Broken,
        };
        self.lets.insert(LEAD.to_owned(), value);
    }

    /// `lead.attempts`; `None`: the path means something else.
    pub(super) fn attempt_fact(&self, path: &Path) -> Option<Option<Expr>> {
        if !self.lets.contains_key(LEAD) {
            return None;
        }
        let name = dotted(path);
        let (_, fact, ty) = ATTEMPTS.iter().find(|(known, ..)| *known == name)?;
        let kind = ExprKind::Fact(FactSource::Attempt(*fact));
        Some(Some(Expr { kind, ty: *ty, span: path.span }))
    }

    /// `ticket.age`; `None`: the path means something else.
    pub(super) fn ticket_fact(&mut self, path: &Path) -> Option<Option<Expr>> {
        if !matches!(path.names.as_slice(), [first, _] if first.text == "ticket")
            || self.stand != Stand::Ticket
        {
            return None;
        }
        let name = dotted(path);
        if let Some((_, fact, ty)) = TICKET.iter().find(|(known, ..)| *known == name) {
            let kind = ExprKind::Fact(FactSource::Ticket(*fact));
            return Some(Some(Expr { kind, ty: *ty, span: path.span }));
        }
        let field = self.ticket_field(path);
        if field.is_none() {
            let fields = self.ticket.iter().flat_map(|ticket| &ticket.fields);
            let fields: Vec<String> = fields.map(|(field, _)| format!("ticket.{field}")).collect();
            let known = TICKET.iter().map(|(known, ..)| *known).chain(fields.iter().map(String::as_str));
            self.context.unknown_name(&name, path.span, format!("there is no `{name}`"), known);
        }
        Some(field)
    }

    /// What was written down in a field of the ticket.
    fn ticket_field(&self, path: &Path) -> Option<Expr> {
        let (name, ticket) = (path.names.last()?, self.ticket.as_ref()?);
        let at = ticket.fields.iter().position(|(field, _)| *field == name.text)?;
        let (_, ty) = ticket.fields.get(at)?;
        let kind = ExprKind::Fact(FactSource::TicketField(ticket.kind, small(at)));
        Some(Expr { kind, ty: *ty, span: path.span })
    }

    /// Reports what only a call can tell, where there is none yet or no longer.
    pub(super) fn needs_call(&mut self, span: Span) -> Option<()> {
        let (message, help) = match self.stand {
            Stand::Lead => ("there is no call yet", "look at the lead: `lead.value`, `lead.attempts`"),
            Stand::Sent => (
                "the call may be long over when this is sent",
                "take it from the lead: `{lead.name}`, `{lead.attempts}`",
            ),
            Stand::Ticket => ("the call is over", "look at the ticket: `ticket.priority`, `ticket.age`"),
            _ => return Some(()),
        };
        self.context.error(Code::NotHere, span, message, Some(help.to_owned()));
        None
    }
}
