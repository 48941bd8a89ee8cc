//! Whether a condition holds of a call of which something is known. What is not known is asked for.

use tandem_stdlib::contract::{CallFact, DialogFact, FactSource, Party, Slot, Type};

use super::atoms::{Atoms, OPEN};
use crate::check::routes::coverage::{tests, turned};
use crate::check::types::{holds, key};
use crate::program::{Cell, CellTest, CompareOp, Expr, ExprKind};

/// Something (an index into [`Atoms::list`]) must be chosen first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needed(pub(super) usize);

/// What is known at a moment.
pub(super) struct Known<'k> {
    pub(super) atoms: &'k Atoms,
    pub(super) literals: &'k [String],
    /// By atom: the class that was chosen, or [`OPEN`].
    pub(super) chosen: &'k [u16],
    /// A fact that is followed.
    pub(super) followed: &'k dyn Fn(FactSource) -> Slot,
}

/// A value, as far as it is known.
enum Value {
    Slot(Slot),
    /// An atom with its class.
    Class(usize, u16),
    /// It is worked out of something.
    Whole,
}

impl Known<'_> {
    /// Whether a condition holds.
    pub(super) fn holds(&self, expr: &Expr) -> Result<bool, Needed> {
        match &expr.kind {
            ExprKind::Constant(slot) => Ok(*slot != 0),
            ExprKind::Not(inner) => self.holds(inner).map(|holds| !holds),
            ExprKind::All(parts) => self.first(parts, false),
            ExprKind::Any(parts) => self.first(parts, true),
            ExprKind::If { condition, then, otherwise } => {
                if self.holds(condition)? {
                    self.holds(then)
                } else {
                    self.holds(otherwise)
                }
            }
            ExprKind::Fact(_) => match self.value(expr)? {
                Value::Slot(slot) => Ok(slot != 0),
                Value::Class(_, class) => Ok(class != 0),
                Value::Whole => self.whole(expr),
            },
            ExprKind::Compare(op, left, right) => self.compare(expr, *op, left, right),
            ExprKind::In(value, cell) => match self.value(value)? {
                Value::Slot(slot) => Ok(accepts(cell, slot, value.ty)),
                Value::Class(atom, class) => Ok(self.is_in(atom, class, &cell.tests) != cell.not),
                Value::Whole => self.whole(expr),
            },
            _ => self.whole(expr),
        }
    }

    /// Whether one of the parts comes out as wanted.
    fn first(&self, parts: &[Expr], wanted: bool) -> Result<bool, Needed> {
        for part in parts {
            if self.holds(part)? == wanted {
                return Ok(wanted);
            }
        }
        Ok(!wanted)
    }

    fn compare(&self, whole: &Expr, op: CompareOp, left: &Expr, right: &Expr) -> Result<bool, Needed> {
        match (self.value(left)?, self.value(right)?) {
            (Value::Slot(one), Value::Slot(other)) => Ok(holds(op, left.ty, one, other)),
            (Value::Class(atom, class), Value::Slot(slot)) => {
                self.against(whole, (atom, class), op, slot, left.ty)
            }
            (Value::Slot(slot), Value::Class(atom, class)) => {
                self.against(whole, (atom, class), turned(op), slot, right.ty)
            }
            _ => self.whole(whole),
        }
    }

    fn against(
        &self,
        whole: &Expr,
        (atom, class): (usize, u16),
        op: CompareOp,
        slot: Slot,
        ty: Type,
    ) -> Result<bool, Needed> {
        match tests(op, slot, ty) {
            Some(tests) => Ok(self.is_in(atom, class, &tests) != (op == CompareOp::NotEqual)),
            // Nothing is above or below `unknown`.
            None if matches!(ty, Type::Word(_)) => Ok(false),
            None => self.whole(whole),
        }
    }

    fn is_in(&self, atom: usize, class: u16, tests: &[CellTest]) -> bool {
        let Some(atom) = self.atoms.list.get(atom) else { return false };
        let class = u32::from(class);
        let within = |(first, last): (u32, u32)| first <= class && class <= last;
        tests.iter().any(|test| atom.domain.accepted(test, self.literals).into_iter().any(within))
    }

    fn whole(&self, expr: &Expr) -> Result<bool, Needed> {
        let Some(at) = self.atoms.by_key.get(&key(expr)) else { return Ok(false) };
        Ok(self.class(*at)? != 0)
    }

    fn class(&self, atom: usize) -> Result<u16, Needed> {
        match self.chosen.get(atom) {
            Some(class) if *class != OPEN => Ok(*class),
            _ => Err(Needed(atom)),
        }
    }

    fn value(&self, expr: &Expr) -> Result<Value, Needed> {
        match &expr.kind {
            ExprKind::Constant(slot) => Ok(Value::Slot(*slot)),
            ExprKind::If { condition, then, otherwise } => {
                if self.holds(condition)? {
                    self.value(then)
                } else {
                    self.value(otherwise)
                }
            }
            ExprKind::Fact(fact) => self.fact(*fact),
            _ => Ok(Value::Whole),
        }
    }

    fn fact(&self, fact: FactSource) -> Result<Value, Needed> {
        // A field is known of an answer alone.
        if let FactSource::AnswerKnown(call, _) = fact
            && let Some(answered) = self.atoms.by_fact.get(&FactSource::Answered(call))
            && self.class(*answered)? == 0
        {
            return Ok(Value::Slot(0));
        }
        match self.atoms.by_fact.get(&fact) {
            Some(at) => Ok(Value::Class(*at, self.class(*at)?)),
            None => Ok(Value::Slot((self.followed)(fact))),
        }
    }
}

/// Whether a cell accepts a value.
fn accepts(cell: &Cell, slot: Slot, ty: Type) -> bool {
    let passes = |test: &CellTest| match test {
        CellTest::Is(wanted) => holds(CompareOp::Equal, ty, slot, *wanted),
        CellTest::Between { low, high } => {
            let above =
                |op, included, end: Slot| holds(if included { op } else { strict(op) }, ty, slot, end);
            low.is_none_or(|(end, included)| above(CompareOp::AtLeast, included, end))
                && high.is_none_or(|(end, included)| above(CompareOp::AtMost, included, end))
        }
        CellTest::Fact(_) => false,
    };
    (cell.tests.is_empty() || cell.tests.iter().any(passes)) != cell.not
}

const fn strict(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::AtLeast => CompareOp::More,
        _ => CompareOp::Less,
    }
}

/// A yes/no value.
pub(super) fn yes_no(holds: bool) -> Slot {
    Slot::from(holds)
}

/// A number.
pub(super) fn number(count: u16) -> Slot {
    f64::from(count).to_bits()
}

/// Facts of a moment that are followed, beside counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Moment {
    pub(super) heard: bool,
    pub(super) intent: Slot,
    pub(super) key: Option<char>,
    pub(super) unresolved: bool,
    pub(super) silent: bool,
    /// The phrases that the turn says.
    pub(super) said: Vec<u32>,
}

impl Moment {
    /// What a fact of the moment is; `None`: it is none of the moment.
    pub(super) fn fact(&self, fact: FactSource) -> Option<Slot> {
        Some(match fact {
            FactSource::Dialog(DialogFact::Heard) => yes_no(self.heard),
            FactSource::Dialog(DialogFact::Intent) => self.intent,
            FactSource::Dialog(DialogFact::Key) => {
                self.key.map_or(-1.0, |key| f64::from(u32::from(key))).to_bits()
            }
            FactSource::Dialog(DialogFact::Unresolved) => yes_no(self.unresolved),
            FactSource::Dialog(DialogFact::Silent) => yes_no(self.silent),
            FactSource::Said(Party::Customer, set) if self.said.contains(&set) => 0,
            FactSource::Said(..) => (-1_i64).cast_unsigned(),
            _ => return None,
        })
    }
}

/// Turns of the call that told nothing, which dialogs count as well.
pub(super) const UNRESOLVED: FactSource = FactSource::Call(CallFact::Unresolved);

/// The caller's wish as far as known.
pub(super) const INTENT: FactSource = FactSource::Call(CallFact::Intent);
