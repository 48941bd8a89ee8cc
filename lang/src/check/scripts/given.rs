//! What tests give: answers of sources, leads, and what is written down in tickets.

use tandem_stdlib::contract::{Filled, Given, Type};

use super::Lines;
use crate::check::context::small;
use crate::check::resolve::{Kind, dotted};
use crate::check::types::phone;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{self, Name};

/// An answer of a source of so many fields of which nothing is known yet.
pub(super) fn unknown(source: u32, fields: usize) -> Given {
    Given { source, fields: vec![None; fields], texts: Vec::new(), after_ms: 0 }
}

impl Lines<'_, '_> {
    pub(super) fn given(
        &mut self,
        source: &tree::Path,
        fields: &[(Name, tree::Expr)],
        span: Span,
    ) -> Option<Given> {
        let symbol = self.context.find(self.file, source, Kind::Source)?;
        let at = self.context.world.symbol(symbol)?.at;
        let record = self.context.world.sources.get(at)?.record?;
        if let Some(first) = self.given.get(&small(at)) {
            let message = format!("`{}` is given twice", dotted(source));
            let twice = Diagnostic::new(Code::DeclaredTwice, span, message);
            self.context.report(twice.note(*first, "the first is here").help("write all fields in one line"));
            return None;
        }
        self.given.insert(small(at), span);
        let known = self.context.world.fields_of(record)?;
        let mut given = unknown(small(at), known.len());
        self.given_fields(&mut given, "the answer", &known, fields)?;
        Some(given)
    }

    /// Fields that somebody fills in; `what` has them.
    pub(super) fn filled_in(
        &mut self,
        known: &[(String, Option<Type>)],
        what: &str,
        fields: &[(Name, tree::Expr)],
    ) -> Option<Filled> {
        let mut given = unknown(0, known.len());
        self.given_fields(&mut given, what, known, fields)?;
        let slots = (0_u32..).zip(given.fields).filter_map(|(at, slot)| Some((at, slot?))).collect();
        Some(Filled { slots, texts: given.texts })
    }

    /// Fills in what a line says of each field; `None`: some are wrong, which has been reported.
    fn given_fields(
        &mut self,
        given: &mut Given,
        what: &str,
        known: &[(String, Option<Type>)],
        fields: &[(Name, tree::Expr)],
    ) -> Option<()> {
        let mut whole = true;
        for (name, value) in fields {
            whole &= self.given_field(given, what, known, name, value).is_some();
        }
        whole.then_some(())
    }

    pub(super) fn given_field(
        &mut self,
        given: &mut Given,
        what: &str,
        known: &[(String, Option<Type>)],
        name: &Name,
        value: &tree::Expr,
    ) -> Option<()> {
        let Some(at) = known.iter().position(|(field, _)| *field == name.text) else {
            let message = format!("{what} has no field `{}`", name.text);
            self.context.unknown_name(
                &name.text,
                name.span,
                message,
                known.iter().map(|(field, _)| field.as_str()),
            );
            return None;
        };
        let ty = known.get(at).and_then(|(_, ty)| *ty)?;
        if let (Type::Text | Type::Phone, tree::ExprKind::Literal(tree::Literal::Text(text))) =
            (ty, &value.kind)
        {
            if ty == Type::Phone {
                phone(self.context, text, value.span)?;
            }
            given.texts.push((small(at), text.clone()));
            return Some(());
        }
        let slot = self.constant(value, ty, &format!("`{}`", name.text))?;
        *given.fields.get_mut(at)? = Some(slot);
        Some(())
    }
}
