//! Literals.

use tandem_stdlib::contract::{Slot, Type, UNKNOWN_WORD};
use tandem_stdlib::words::is_e164;

use super::{Typer, fold};
use crate::diagnostics::Code;
use crate::program::Expr;
use crate::source::Span;
use crate::tree::Literal;

impl Typer<'_, '_> {
    /// The constant of a literal.
    pub(super) fn literal(&mut self, literal: &Literal, span: Span, hint: Option<Type>) -> Option<Expr> {
        let (slot, ty) = match literal {
            Literal::YesNo(value) => (Slot::from(*value), Type::YesNo),
            Literal::Unknown => (UNKNOWN_WORD, self.unknown(span, hint)?),
            Literal::Number(value) => (fold::float(*value), Type::Number),
            Literal::Percent(value) => (fold::float(*value), Type::Percent),
            Literal::Decibel(value) => (fold::float(*value), Type::Decibel),
            Literal::Hertz(value) => (fold::float(*value), Type::Hertz),
            Literal::SyllablesPerSecond(value) => (fold::float(*value), Type::SyllablesPerSecond),
            Literal::TimesUsual(value) => (fold::float(*value), Type::TimesUsual),
            Literal::Money(value, currency) => (value.cast_unsigned(), Type::Money(*currency)),
            Literal::Duration(value) => (value.cast_unsigned(), Type::Duration),
            Literal::Date(value) => (i64::from(*value).cast_unsigned(), Type::Date),
            Literal::Time(value) => (value.cast_unsigned(), Type::TimeOfDay),
            Literal::Moment(value) => (value.cast_unsigned(), Type::Moment),
            Literal::Text(text) if hint == Some(Type::Phone) => {
                self.phone(text, span)?;
                (self.context.literals.slot(text), Type::Phone)
            }
            Literal::Text(text) => (self.context.literals.slot(text), Type::Text),
        };
        Some(fold::constant(slot, ty, span))
    }

    fn unknown(&mut self, span: Span, hint: Option<Type>) -> Option<Type> {
        match hint {
            Some(ty @ (Type::Word(_) | Type::Phone | Type::Text)) => Some(ty),
            Some(ty) => {
                let message = format!(
                    "`unknown` stands for a word or a text, but a value here {}",
                    self.context.is(ty)
                );
                let help = self.context.example(ty);
                self.context.error(Code::WrongType, span, message, help);
                None
            }
            None => {
                let help = "compare it with something that has a vocabulary".to_owned();
                self.context.error(
                    Code::WrongType,
                    span,
                    "nothing says which vocabulary `unknown` belongs to",
                    Some(help),
                );
                None
            }
        }
    }

    /// Checks a phone number.
    pub(super) fn phone(&mut self, text: &str, span: Span) -> Option<()> {
        phone(self.context, text, span)
    }
}

/// Checks a phone number; reports one that is not in international form.
pub(in crate::check) fn phone(context: &mut super::Context<'_>, text: &str, span: Span) -> Option<()> {
    if is_e164(text) {
        return Some(());
    }
    let message = format!("`{text}` is not a phone number in international form");
    let help =
        "write `+`, the country code and the number without spaces, such as `\"+8613800138000\"`".to_owned();
    context.error(Code::BadPhoneNumber, span, message, Some(help));
    None
}
