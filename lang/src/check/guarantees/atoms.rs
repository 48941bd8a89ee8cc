//! What a dialog's conditions ask of a call and nobody knows beforehand, each with the classes of values that the
//! conditions tell apart.

use std::collections::HashMap;

use tandem_stdlib::contract::{
    Argument, CallFact, DialogFact, FactSource, Party, SourceCall, TextFact, Type,
};

use crate::check::context::Context;
use crate::check::routes::coverage::{Domain, tests, turned, words};
use crate::check::types::{key, parts};
use crate::program::{CellTest, CompareOp, Expr, ExprKind};
use crate::source::Span;

/// A class that has not been chosen yet.
pub(super) const OPEN: u16 = u16::MAX;

/// The largest count that is followed; who waits for more comes to no count at all.
const COUNT_MAX: f64 = 1_000.0;

/// Something that is not known.
pub(super) struct Atom {
    /// The fact; `None`: a whole condition that cannot be taken apart.
    pub(super) fact: Option<FactSource>,
    /// Where it is asked for.
    pub(super) span: Span,
    pub(super) ty: Type,
    pub(super) domain: Domain,
    /// The classes that it may have.
    pub(super) classes: Vec<u16>,
    /// It is the same all through a call.
    pub(super) steady: bool,
}

/// All that is not known, and the numbers with which counts are compared.
#[derive(Default)]
pub(super) struct Atoms {
    pub(super) list: Vec<Atom>,
    pub(super) by_fact: HashMap<FactSource, usize>,
    pub(super) by_key: HashMap<String, usize>,
    /// By fact: what it is compared with.
    pub(super) tests: HashMap<FactSource, Vec<CellTest>>,
}

/// A fact that the exploration itself knows at every moment.
pub(super) const fn is_followed(fact: FactSource) -> bool {
    match fact {
        FactSource::Dialog(what) => !matches!(what, DialogFact::Words),
        FactSource::Said(..) | FactSource::SaidTimes(Party::Customer, _) => true,
        FactSource::Call(CallFact::Intent | CallFact::Unresolved) => true,
        _ => false,
    }
}

impl Atoms {
    /// Everything that these conditions ask.
    pub(super) fn of<'e>(context: &Context<'_>, conditions: impl Iterator<Item = &'e Expr>) -> Self {
        let mut found = Self::default();
        let all: Vec<&Expr> = conditions.flat_map(parts).collect();
        let wholes: Vec<&Expr> = all.iter().copied().filter(|part| found.is_whole(part)).collect();
        for part in all {
            if let ExprKind::Fact(fact) = part.kind {
                found.add_fact(context, fact, part);
            }
        }
        wholes.into_iter().for_each(|whole| found.add_whole(whole));
        found
    }

    /// Notes what a part compares; whether it is a condition that cannot be taken apart.
    fn is_whole(&mut self, part: &Expr) -> bool {
        match &part.kind {
            ExprKind::Compare(op, left, right) => {
                let (Some(one), Some(other)) = (leaves(left), leaves(right)) else { return true };
                self.pair(&one, *op, &other);
                self.pair(&other, turned(*op), &one);
                let facts = |side: &[&Expr]| side.iter().any(|leaf| matches!(leaf.kind, ExprKind::Fact(_)));
                facts(&one) && facts(&other)
            }
            ExprKind::In(value, cell) => {
                let leaves = leaves(value);
                leaves.iter().flatten().for_each(|leaf| self.compared(leaf, &cell.tests));
                leaves.is_none()
            }
            ExprKind::Lasts(..)
            | ExprKind::Moves { .. }
            | ExprKind::Usual { .. }
            | ExprKind::Often { .. } => true,
            _ => false,
        }
    }

    fn pair(&mut self, facts: &[&Expr], op: CompareOp, constants: &[&Expr]) {
        for constant in constants {
            let ExprKind::Constant(slot) = constant.kind else { continue };
            for leaf in facts {
                self.compared(leaf, &tests(op, slot, leaf.ty).unwrap_or_default());
            }
        }
    }

    fn compared(&mut self, leaf: &Expr, tests: &[CellTest]) {
        if let ExprKind::Fact(fact) = leaf.kind {
            self.tests.entry(fact).or_default().extend(tests.iter().cloned());
        }
    }

    fn add_fact(&mut self, context: &Context<'_>, fact: FactSource, expr: &Expr) {
        if is_followed(fact) || self.by_fact.contains_key(&fact) {
            return;
        }
        let tests: Vec<&CellTest> = self.tests.get(&fact).into_iter().flatten().collect();
        let domain = Domain::new(expr, &tests, words(context, expr.ty), &context.literals.list);
        let all = domain.possible(expr);
        // The field of an answer stands behind the question whether it is known.
        let known = matches!(fact, FactSource::Answer(..) | FactSource::Lead(..)) && expr.ty != Type::YesNo;
        let known = known && matches!(domain, Domain::Words(_) | Domain::Texts(_));
        let classes = all.parts().iter().flat_map(|(first, last)| *first..=*last);
        let classes = classes.filter(|class| !known || *class != 0);
        let classes = classes.filter_map(|class| u16::try_from(class).ok()).collect();
        let steady = is_steady(fact, &context.calls.list);
        self.by_fact.insert(fact, self.list.len());
        self.list.push(Atom { fact: Some(fact), span: expr.span, ty: expr.ty, domain, classes, steady });
    }

    fn add_whole(&mut self, expr: &Expr) {
        let at = self.list.len();
        if self.by_key.insert(key(expr), at).is_none() {
            let (domain, classes) = (Domain::Words(1), vec![0, 1]);
            let ty = Type::YesNo;
            self.list.push(Atom { fact: None, span: expr.span, ty, domain, classes, steady: false });
        }
    }

    /// The count from which on a count of the dialog makes no difference any more.
    pub(super) fn enough(&self, fact: FactSource) -> u16 {
        let numbers = self.tests.get(&fact).into_iter().flatten().flat_map(ends);
        let most = numbers.filter(|number| number.is_finite()).fold(0.0_f64, f64::max);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1001")]
        let enough = (most.ceil().min(COUNT_MAX) + 1.0) as u16;
        if self.tests.contains_key(&fact) { enough } else { 0 }
    }
}

/// The numbers of a test.
pub(super) fn ends(test: &CellTest) -> Vec<f64> {
    match test {
        CellTest::Is(slot) => vec![f64::from_bits(*slot)],
        CellTest::Between { low, high } => {
            low.iter().chain(high).map(|(slot, _)| f64::from_bits(*slot)).collect()
        }
        CellTest::Fact(_) => Vec::new(),
    }
}

/// What a value may be: constants and facts, one of them by conditions; `None`: it is worked out.
fn leaves(expr: &Expr) -> Option<Vec<&Expr>> {
    match &expr.kind {
        ExprKind::Constant(_) | ExprKind::Fact(_) => Some(vec![expr]),
        ExprKind::If { then, otherwise, .. } => {
            let mut all = leaves(then)?;
            all.extend(leaves(otherwise)?);
            Some(all)
        }
        _ => None,
    }
}

/// Whether a fact is the same all through a call.
fn is_steady(fact: FactSource, calls: &[SourceCall]) -> bool {
    let same = |argument: &Argument| match argument {
        Argument::Fact(fact) => is_of_start(*fact),
        Argument::Constant(_) => true,
    };
    match fact {
        FactSource::Answered(call)
        | FactSource::AnswerKnown(call, _)
        | FactSource::Answer(call, _)
        | FactSource::AnswerMasked(call, _) => {
            calls.get(call as usize).is_none_or(|call| call.arguments.iter().all(same))
        }
        fact => is_of_start(fact),
    }
}

/// Whether a fact is known at a call's start and does not change.
const fn is_of_start(fact: FactSource) -> bool {
    matches!(
        fact,
        FactSource::Text(TextFact::From | TextFact::To)
            | FactSource::TextStarts(TextFact::From | TextFact::To, _)
            | FactSource::Call(CallFact::Language | CallFact::Channel | CallFact::Direction)
            | FactSource::Chance(_)
            | FactSource::Lead(..)
            | FactSource::LeadKnown(..)
            | FactSource::Attempt(_)
            | FactSource::Ticket(_)
    )
}
