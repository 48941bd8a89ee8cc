//! Types: every expression gets one, in the units that the author wrote.

mod agents;
mod arithmetic;
mod cells;
mod compare;
mod fold;
mod leads;
mod literals;
mod lookups;
mod masked;
mod names;
mod noted;
mod queues;
mod standard;
mod temporal;
mod walk;
mod watched;

use std::collections::{HashMap, HashSet};

use tandem_stdlib::contract::{Party, Slot, Type};

use super::context::Context;
use super::resolve::twice;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Expr, ExprKind};
use crate::source::Span;
use crate::tree;

pub(super) use cells::{any_cell, compared, is_ordered};
pub(super) use fold::{holds, was};
pub(super) use leads::is_ticket_fact;
pub(super) use literals::phone;
pub(super) use lookups::{Answer, AnswerOf};
pub(super) use names::{signal_named, signal_names};
pub(super) use noted::Noted;
pub(super) use queues::{ALL_QUEUES, queue_fact_named, queue_fact_names};
pub use standard::standard_names;
pub(super) use walk::{facts, key, parts, size};

/// The deepest nesting of an expression, in levels.
const DEPTH_MAX: usize = 200;

/// The largest expression with every `let` written out, in parts.
const PARTS_MAX: usize = 10_000;

/// Where an expression stands; decides what it may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// In a route.
    Route,
    /// In a watch on this party.
    Watch(Party),
    /// In a dialog.
    Dialog,
    /// In `applies when` of a quality check.
    Quality,
    /// In a sampling, at the call's end.
    End,
    /// In the score of an agent.
    Score,
    /// In a campaign, about a lead that is not being called yet.
    Lead,
    /// In the grade of a campaign's call.
    Grade,
    /// In a text that a campaign sends, perhaps weeks after the call.
    Sent,
    /// In a ticket that is being worked on.
    Ticket,
    /// Where only constants stand.
    Constant,
}

/// What a `let` stands for.
pub(super) enum Let {
    /// Wrong, already reported.
    Broken,
    /// A value.
    Value(Expr),
    /// The answer of a source.
    Answer(Answer),
}

/// The fields of the ticket that is looked at.
pub(super) struct TicketFields {
    /// The index of its kind.
    pub(super) kind: u32,
    /// Names and types.
    pub(super) fields: Vec<(String, Type)>,
}

/// Gives types to the expressions of one item.
pub(super) struct Typer<'c, 't> {
    pub(super) context: &'c mut Context<'t>,
    file: usize,
    stand: Stand,
    lets: HashMap<String, Let>,
    lets_used: HashSet<String>,
    unanswered: HashSet<(AnswerOf, usize)>,
    ticket: Option<TicketFields>,
    /// What can have been noted, in a campaign; `None`: whatever any dialog notes.
    noted: Option<Noted>,
    depth: usize,
    parts: usize,
}

impl<'c, 't> Typer<'c, 't> {
    /// A typer without any `let`.
    pub(super) fn new(context: &'c mut Context<'t>, file: usize, stand: Stand) -> Self {
        let (lets, lets_used, unanswered) = (HashMap::new(), HashSet::new(), HashSet::new());
        let (ticket, noted) = (None, None);
        Self { context, file, stand, lets, lets_used, unanswered, ticket, noted, depth: 0, parts: 0 }
    }

    /// The same names in another place.
    pub(super) const fn stand_in(&mut self, stand: Stand) {
        self.stand = stand;
    }

    /// Makes fields of a ticket readable, where a ticket is looked at.
    pub(super) fn set_ticket(&mut self, fields: TicketFields) {
        self.ticket = Some(fields);
    }

    /// Adds `let`s in order; each sees those before it.
    pub(super) fn add_lets(&mut self, lets: &[(tree::Name, tree::Expr)]) {
        let mut first: HashMap<&str, Span> = HashMap::new();
        for (name, value) in lets {
            let value = self.let_value(value);
            if let Some(before) = first.get(name.text.as_str()) {
                self.context.report(twice(&name.text, name.span, *before));
                continue;
            }
            first.insert(&name.text, name.span);
            self.lets.insert(name.text.clone(), value);
        }
    }

    /// Warns of `let`s that nothing read.
    pub(super) fn report_unused_lets(&mut self, lets: &[(tree::Name, tree::Expr)]) {
        for (name, _) in lets {
            if !self.lets_used.contains(&name.text) {
                let message = format!("the value `{}` is used nowhere", name.text);
                let help = Some("use it, or remove its `let`".to_owned());
                self.context.error(Code::UnusedName, name.span, message, help);
            }
        }
    }

    /// A whole expression whose type the place leaves open.
    pub(super) fn value(&mut self, expr: &tree::Expr) -> Option<Expr> {
        self.parts = 0;
        let found = self.infer(expr, None)?;
        self.parts = 0;
        Some(found)
    }

    /// A whole expression that must be yes or no.
    pub(super) fn condition(&mut self, expr: &tree::Expr) -> Option<Expr> {
        self.parts = 0;
        self.yes_no(expr)
    }

    /// A whole expression of a known type; `what` names the place for the message.
    pub(super) fn value_of(&mut self, expr: &tree::Expr, ty: Type, what: &str) -> Option<Expr> {
        self.parts = 0;
        self.typed(expr, ty, what)
    }

    /// A whole expression of a known type that must be a constant.
    pub(super) fn constant(&mut self, expr: &tree::Expr, ty: Type, what: &str) -> Option<Slot> {
        self.parts = 0;
        let found = self.typed(expr, ty, what)?;
        match found.kind {
            ExprKind::Constant(slot) => Some(slot),
            _ => {
                self.not_constant(expr.span);
                None
            }
        }
    }

    /// A whole expression that gives an agent points.
    pub(super) fn score(&mut self, expr: &tree::Expr) -> Option<Expr> {
        let stand = std::mem::replace(&mut self.stand, Stand::Score);
        let found = self.value_of(expr, Type::Number, "a score");
        self.stand = stand;
        found
    }

    /// What `… if C` is when C does not hold and no `else` says it.
    fn zero(&mut self, span: Span, hint: Option<Type>) -> Option<Expr> {
        let ty = hint?;
        if ty.is_float() || matches!(ty, Type::Money(_) | Type::Duration) {
            return Some(fold::constant(0, ty, span));
        }
        let message = format!("nothing says what it is when `{}` does not hold", self.context.shown(span));
        let help = "add `else` and the other value: only a quantity is zero without it".to_owned();
        self.context.error(Code::NeedsElse, span, message, Some(help));
        None
    }

    fn not_constant(&mut self, span: Span) {
        let message = format!("`{}` is not known before the call", self.context.shown(span));
        self.context.error(Code::NotHere, span, message, Some("write a constant here".to_owned()));
    }

    fn yes_no(&mut self, expr: &tree::Expr) -> Option<Expr> {
        self.typed(expr, Type::YesNo, "a condition")
    }

    fn typed(&mut self, expr: &tree::Expr, ty: Type, what: &str) -> Option<Expr> {
        let found = self.infer(expr, Some(ty))?;
        if found.ty == ty {
            return Some(found);
        }
        let (shown, is, wanted) =
            (self.context.shown(expr.span), self.context.is(found.ty), self.context.is(ty));
        let message = format!("`{shown}` {is}, but {what} {wanted}");
        let help = match ty {
            Type::YesNo => Some("compare it with something, such as `… >= …`".to_owned()),
            _ => self.context.example(ty),
        };
        self.context.error(Code::WrongType, expr.span, message, help);
        None
    }

    /// Two values that do not go together; the second is the one to blame.
    fn mixed(&mut self, first: (Span, Type), second: (Span, Type)) {
        let (one, other) = (self.context.shown(first.0), self.context.shown(second.0));
        let message =
            format!("`{other}` {}, but `{one}` {}", self.context.is(second.1), self.context.is(first.1));
        let wrong = Diagnostic::new(Code::MixedUnits, second.0, message);
        let wrong = wrong.note(first.0, self.context.is(first.1));
        let help = self.context.example(first.1);
        self.context.report(Diagnostic { help, ..wrong });
    }

    /// The type of an expression; `hint` says in which vocabulary a bare word is meant.
    fn infer(&mut self, expr: &tree::Expr, hint: Option<Type>) -> Option<Expr> {
        if self.depth >= DEPTH_MAX {
            self.too_large(expr.span);
            return None;
        }
        self.depth += 1;
        let found = self.infer_inner(expr, hint);
        self.depth -= 1;
        found
    }

    fn infer_inner(&mut self, expr: &tree::Expr, hint: Option<Type>) -> Option<Expr> {
        use tree::ExprKind as Kind;
        let span = expr.span;
        if self.stand == Stand::Dialog && watched::takes_time(expr) {
            return self.watched(expr);
        }
        match &expr.kind {
            Kind::Missing => None,
            Kind::Zero => self.zero(span, hint),
            Kind::Literal(literal) => self.literal(literal, span, hint),
            Kind::Path(path) => self.path(path, hint),
            Kind::Call(name, given) => {
                match self.agent_question(name, given, span).or_else(|| self.masked(name, given, span)) {
                    Some(answer) => answer,
                    None => self.bare_call(name, span),
                }
            }
            Kind::Else(inner, otherwise) => self.with_else(inner, otherwise, span, hint),
            Kind::Fields(_) => {
                let help = "write it after the `else` of a `let` that asks a source".to_owned();
                self.context.error(Code::NotHere, span, "`{ … }` is not a value here", Some(help));
                None
            }
            Kind::Not(inner) => Some(fold::not(self.yes_no(inner)?, span)),
            Kind::Minus(inner) => self.minus(inner, span, hint),
            Kind::And(parts) => Some(fold::all(self.conditions(parts)?, span)),
            Kind::Or(parts) => Some(fold::any(self.conditions(parts)?, span)),
            Kind::Compare(op, left, right) => self.compare(*op, left, right, span),
            Kind::In(value, cell) => {
                let value = self.infer(value, None)?;
                let cell = self.cell(&value, cell)?;
                Some(Expr { kind: ExprKind::In(Box::new(value), cell), ty: Type::YesNo, span })
            }
            Kind::Arithmetic(op, left, right) => self.arithmetic(*op, left, right, None, span, hint),
            Kind::If { then, condition, otherwise } => self.choice(condition, then, otherwise, span, hint),
            Kind::Says { .. } => self.says(expr),
            Kind::Lasts(condition, for_ms) => self.lasts(condition, *for_ms, span),
            Kind::WithConfidence(inner, op, value) => self.with_confidence(inner, *op, value, span),
            Kind::Moves { signal, rises, by, within } => self.moves(signal, *rises, by, *within, span),
            Kind::Often { condition, times, within } => self.often(condition, *times, *within, span),
        }
    }

    fn conditions(&mut self, parts: &[tree::Expr]) -> Option<Vec<Expr>> {
        let found: Vec<Option<Expr>> = parts.iter().map(|part| self.yes_no(part)).collect();
        found.into_iter().collect()
    }

    fn choice(
        &mut self,
        condition: &tree::Expr,
        then: &tree::Expr,
        otherwise: &tree::Expr,
        span: Span,
        hint: Option<Type>,
    ) -> Option<Expr> {
        let condition = self.yes_no(condition);
        let (then, otherwise) = self.pair(then, otherwise, hint);
        let (condition, then, otherwise) = (condition?, then?, otherwise?);
        if then.ty != otherwise.ty {
            self.mixed((then.span, then.ty), (otherwise.span, otherwise.ty));
            return None;
        }
        Some(fold::choice(condition, then, otherwise, span))
    }

    /// Two values of one type; a bare word takes its vocabulary from the other side.
    fn pair(
        &mut self,
        left: &tree::Expr,
        right: &tree::Expr,
        hint: Option<Type>,
    ) -> (Option<Expr>, Option<Expr>) {
        let right_first = hint.is_none() && self.needs_hint(left) && !self.needs_hint(right);
        let (first, second) = if right_first { (right, left) } else { (left, right) };
        let one = self.infer(first, hint);
        let other = match (&one, hint) {
            (None, None) if self.needs_hint(second) => None,
            (None, None) => self.infer(second, None),
            (None, some) => self.infer(second, some),
            (Some(one), _) => self.infer(second, Some(one.ty)),
        };
        if right_first { (other, one) } else { (one, other) }
    }

    /// Whether the expression is a bare word, whose vocabulary only the place can tell.
    fn needs_hint(&self, expr: &tree::Expr) -> bool {
        match &expr.kind {
            tree::ExprKind::Zero => true,
            tree::ExprKind::Literal(tree::Literal::Unknown | tree::Literal::Text(_)) => true,
            tree::ExprKind::Path(path) => self.is_bare_word(path),
            tree::ExprKind::If { then, otherwise, .. } => self.needs_hint(then) && self.needs_hint(otherwise),
            _ => false,
        }
    }

    fn too_large(&mut self, span: Span) {
        let help = "split it over several rules or rows".to_owned();
        self.context.error(Code::TooLarge, span, "the expression is too large", Some(help));
    }

    /// Counts the parts of a `let` that is written out.
    fn add_parts(&mut self, parts: usize, span: Span) -> Option<()> {
        self.parts = self.parts.saturating_add(parts);
        if self.parts <= PARTS_MAX {
            return Some(());
        }
        self.too_large(span);
        None
    }

    /// Reports an expression that only a watch may hold.
    fn only_in_watch(&mut self, span: Span, what: &str) -> Option<()> {
        if matches!(self.stand, Stand::Watch(_)) {
            return Some(());
        }
        let message = format!("{what} works in a watch alone");
        let help = match self.stand {
            Stand::Route | Stand::Dialog => {
                "give it a name, `watch NAME on customer { when … }`, and ask for that here: `when NAME`"
            }
            _ => "move it to the `when` of a watch",
        };
        self.context.error(Code::NotHere, span, message, Some(help.to_owned()));
        None
    }
}
