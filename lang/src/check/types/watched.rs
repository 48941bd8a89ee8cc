//! Watches that are asked: by their names, and in dialogs by what they would look for.

use tandem_stdlib::contract::{Action, Effective, FactSource, Outcome, Party, Type};

use super::{Stand, Typer, facts};
use crate::check::context::small;
use crate::check::resolve::{Kind, dotted};
use crate::check::watches::triggers;
use crate::diagnostics::Code;
use crate::program::{Expr, ExprKind, Watch};
use crate::tree::{self, Literal, Path};

/// Whether an expression remembers what came before, as only a watch does.
pub(super) const fn takes_time(expr: &tree::Expr) -> bool {
    use tree::ExprKind as Kind;
    match &expr.kind {
        Kind::Lasts(..) | Kind::WithConfidence(..) | Kind::Moves { .. } | Kind::Often { .. } => true,
        Kind::Says { within, .. } => within.is_some(),
        Kind::Compare(_, left, right) => is_usual(left) || is_usual(right),
        _ => false,
    }
}

/// `1.3 times usual`
const fn is_usual(expr: &tree::Expr) -> bool {
    matches!(expr.kind, tree::ExprKind::Literal(Literal::TimesUsual(_)))
}

impl Typer<'_, '_> {
    /// What takes time becomes a watch on the caller that does nothing, and the dialog asks whether it holds.
    pub(super) fn watched(&mut self, expr: &tree::Expr) -> Option<Expr> {
        let stand = std::mem::replace(&mut self.stand, Stand::Watch(Party::Customer));
        let condition = self.yes_no(expr);
        self.stand = stand;
        let condition = condition?;
        let (name, place) = (self.context.shown(expr.span), self.context.place(expr.span));
        let outcome = Outcome { label: name.clone(), because: String::new(), place: place.clone() };
        let triggers = triggers(facts(&condition).into_iter());
        let watch = self.context.make_watch(Watch {
            name,
            place,
            effective: Effective::default(),
            party: Party::Customer,
            triggers,
            branches: vec![(condition, outcome)],
            clear: None,
            at_most_once_per_ms: None,
            action: Action::Nothing,
            because: String::new(),
            follow_up: None,
        });
        let kind = ExprKind::Fact(FactSource::Watch(watch));
        Some(Expr { kind, ty: Type::YesNo, span: expr.span })
    }

    /// Whether a watch, by its name, has fired and is not clear again.
    pub(super) fn watch(&mut self, path: &Path) -> Option<Option<Expr>> {
        let (symbol, declared) = self.context.world.named(self.file, &dotted(path), Kind::Watch)?;
        let fact = FactSource::Watch(small(declared.at));
        self.context.use_symbol(symbol);
        if !self.asks_watches() {
            let message = format!("nobody asks the watch `{}` here", self.context.shown(path.span));
            let help = "watches are asked in dialogs, routes and grades: `when NAME`; elsewhere write what it looks for";
            self.context.error(Code::NotHere, path.span, message, Some(help.to_owned()));
            return Some(None);
        }
        Some(Some(Expr { kind: ExprKind::Fact(fact), ty: Type::YesNo, span: path.span }))
    }

    /// Whether the names of watches mean something here.
    pub(super) const fn asks_watches(&self) -> bool {
        matches!(self.stand, Stand::Route | Stand::Dialog | Stand::Grade)
    }
}
