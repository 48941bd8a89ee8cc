//! What tests expect.

use tandem_stdlib::contract::{DialogExpectation, Expectation};

use super::Lines;
use crate::check::context::small;
use crate::check::limits::counted;
use crate::check::resolve::{Kind, dotted};
use crate::check::watches::target;
use crate::diagnostics::Code;
use crate::tree::{self, Name, Quoted, Spanned, TestLineKind};

/// What may be expected beside the outputs of routes, for those who misspell it.
const EXPECTED: [&str; 10] =
    ["alert", "transfer", "card", "qa", "asks", "says", "offers", "resolved", "call", "ticket"];

impl Lines<'_, '_> {
    /// What must hold; `None`: wrong, already reported.
    pub(super) fn expectation(&mut self, kind: &TestLineKind) -> Option<Option<Expectation>> {
        Some(Some(match kind {
            TestLineKind::ExpectAction { transfer, target: name, times, because, .. } => {
                self.action(*transfer, name.as_ref(), *times, because.as_ref())?
            }
            TestLineKind::ExpectCard { text, offering, times, because } => {
                let offering = offering.as_ref().map(|quoted| quoted.text.clone());
                self.card(text.as_ref(), offering, *times, because.as_ref())?
            }
            TestLineKind::ExpectOutput { name, value, because } => {
                self.output(name, value, because.as_ref())?
            }
            TestLineKind::ExpectAsks(text) => Expectation::Dialog(DialogExpectation::Asks(text.text.clone())),
            TestLineKind::ExpectSays(text) => Expectation::Dialog(DialogExpectation::Says(text.text.clone())),
            TestLineKind::ExpectOffers(queue) => {
                let slot = target(self.context, true, queue)?;
                Expectation::Dialog(DialogExpectation::Offers(slot))
            }
            TestLineKind::ExpectResolved => Expectation::Dialog(DialogExpectation::Resolved),
            TestLineKind::ExpectQa { name, item, passed } => self.quality(name, *item, *passed)?,
            _ => return Some(None),
        }))
    }

    /// What a transfer must have handed over, if the line says so.
    pub(super) fn handed_over(&self, kind: &TestLineKind) -> Option<Expectation> {
        let TestLineKind::ExpectAction { handover, .. } = kind else { return None };
        let fields = self.told(handover);
        (!fields.is_empty()).then_some(Expectation::Dialog(DialogExpectation::HandedOver(fields)))
    }

    /// Names and values as they are handed over and noted.
    pub(super) fn told(&self, fields: &[(Name, tree::Expr)]) -> Vec<(String, String)> {
        let text = |value: &tree::Expr| match &value.kind {
            tree::ExprKind::Literal(tree::Literal::Text(text)) => text.clone(),
            _ => self.context.shown(value.span),
        };
        fields.iter().map(|(name, value)| (name.text.clone(), text(value))).collect()
    }

    fn action(
        &mut self,
        transfers: bool,
        name: Option<&Name>,
        times: Option<Spanned<f64>>,
        because: Option<&Quoted>,
    ) -> Option<Expectation> {
        let target = match name {
            Some(name) => Some(target(self.context, transfers, name)?),
            None => None,
        };
        let times = match times {
            Some(times) => Some(counted(self.context, times, 0.0)?),
            None => None,
        };
        Some(Expectation::Actions {
            target,
            transfers,
            times,
            because: because.map(|quoted| quoted.text.clone()),
        })
    }

    fn card(
        &mut self,
        text: Option<&Quoted>,
        offering: Option<String>,
        times: Option<Spanned<f64>>,
        because: Option<&Quoted>,
    ) -> Option<Expectation> {
        let text = text.map(|quoted| self.context.literals.slot(&quoted.text));
        let times = match times {
            Some(times) => Some(counted(self.context, times, 0.0)?),
            None => None,
        };
        Some(Expectation::Cards { text, offering, times, because: because.map(|quoted| quoted.text.clone()) })
    }

    fn output(&mut self, name: &Name, value: &tree::Expr, because: Option<&Quoted>) -> Option<Expectation> {
        let Some((ty, _)) = self.decided.get(&name.text) else {
            let mut known: Vec<&str> = self.decided.keys().map(String::as_str).collect();
            known.extend(EXPECTED);
            known.push("queue");
            known.sort_unstable();
            let message = format!("no route decides `{}`", name.text);
            self.context.unknown_name(&name.text, name.span, message, known);
            return None;
        };
        let value_slot = self.constant(value, (*ty)?, &format!("`{}`", name.text))?;
        let (shown, because) = (self.context.shown(value.span), because.map(|quoted| quoted.text.clone()));
        Some(Expectation::Output { name: name.text.clone(), value: value_slot, shown, because })
    }

    fn quality(
        &mut self,
        path: &tree::Path,
        item: Option<Spanned<f64>>,
        passed: Option<bool>,
    ) -> Option<Expectation> {
        let symbol = self.context.find(self.file, path, Kind::Qa)?;
        let at = self.context.world.symbol(symbol)?.at;
        let (_, qa) = self.context.world.qas.get(at)?;
        let item = match item {
            Some(number) => Some(self.item(path, number, qa.items.len())?),
            None => None,
        };
        let world = &self.context.world;
        let before = world.routes.len()
            + self.context.conditions.len()
            + world.watches.len()
            + self.context.watches_made.len();
        Some(Expectation::Qa { entry: small(before + at), item, passed })
    }

    /// The index of an item that is counted from 1.
    fn item(&mut self, path: &tree::Path, number: Spanned<f64>, items: usize) -> Option<u32> {
        let found = (1..=small(items)).find(|at| f64::from(*at) == number.value);
        if found.is_none() {
            let message = format!("`{}` has no item {}", dotted(path), number.value);
            let help = format!("its items count from 1 to {items}");
            self.context.error(Code::UnknownName, number.span, message, Some(help));
        }
        found.map(|at| at - 1)
    }
}
