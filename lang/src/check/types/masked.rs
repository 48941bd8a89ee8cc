//! `masked(who.id_number)`: a text that may be seen.

use tandem_stdlib::contract::{FactSource, Type};

use super::Typer;
use crate::check::resolve::dotted;
use crate::diagnostics::Code;
use crate::program::{Expr, ExprKind};
use crate::source::Span;
use crate::tree::{self, Path};

pub(super) const MASKED: &str = "masked";

impl Typer<'_, '_> {
    /// `masked(…)`; `None`: the name means something else.
    pub(super) fn masked(&mut self, name: &Path, given: &[tree::Expr], span: Span) -> Option<Option<Expr>> {
        if dotted(name) != MASKED {
            return None;
        }
        let [given] = given else {
            let message = format!("`{MASKED}` takes one text, but {} values are given", given.len());
            self.context.error(
                Code::WrongType,
                span,
                message,
                Some("write `masked(who.id_number)`".to_owned()),
            );
            return Some(None);
        };
        Some(self.masked_answer(given, span))
    }

    fn masked_answer(&mut self, given: &tree::Expr, span: Span) -> Option<Expr> {
        let found = self.infer(given, None)?;
        if let (Type::Text | Type::Phone, ExprKind::If { condition, then, otherwise }) =
            (found.ty, found.kind)
            && let Some(masked) = masked_fact(&then.kind)
        {
            let fact = ExprKind::Fact(masked);
            let then = Box::new(Expr { kind: fact, ty: Type::Text, span });
            let otherwise = Box::new(Expr { ty: Type::Text, ..*otherwise });
            return Some(Expr { kind: ExprKind::If { condition, then, otherwise }, ty: Type::Text, span });
        }
        let message = format!("`{}` is no text that a source told", self.context.shown(given.span));
        let help = "mask a field of an answer whose type is text or phone, such as `masked(who.id_number)`"
            .to_owned();
        self.context.error(Code::WrongType, given.span, message, Some(help));
        None
    }
}

/// The fact that tells a field masked.
const fn masked_fact(told: &ExprKind) -> Option<FactSource> {
    match told {
        ExprKind::Fact(FactSource::Answer(call, field)) => Some(FactSource::AnswerMasked(*call, *field)),
        ExprKind::Fact(FactSource::Lead(source, field)) => Some(FactSource::LeadMasked(*source, *field)),
        _ => None,
    }
}
