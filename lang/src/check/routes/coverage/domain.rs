//! The values of a column as classes: values that every cell treats alike are one class.

use tandem_stdlib::contract::{CallFact, FactSource, Slot, Type};

use super::ranges::Ranges;
use crate::check::types::size;
use crate::program::{CellTest, Expr, ExprKind};

/// The classes of one column.
pub(in crate::check) enum Domain {
    /// The slots 0..n of a vocabulary, or no and yes.
    Words(u32),
    /// Class `2i + 1` is the point `i`, class `2i` lies open before it, the last one after all.
    Ordered {
        points: Vec<i64>,
        /// Values are whole numbers of the key's unit, so that nothing lies between neighbours.
        whole: bool,
        ty: Type,
    },
    /// One example text a class; the first is the absent text.
    Texts(Vec<String>),
}

/// Above this size an expression is not looked at for what values it may have.
const LOOKED_AT_MAX: usize = 64;

impl Domain {
    /// The classes that the tests of a column make.
    pub(in crate::check) fn new(column: &Expr, tests: &[&CellTest], words: u32, literals: &[String]) -> Self {
        match column.ty {
            Type::YesNo => Self::Words(1),
            Type::Word(_) => Self::Words(words),
            Type::Phone | Type::Text => Self::Texts(examples(tests, literals)),
            ty => {
                let mut points: Vec<i64> =
                    tests.iter().flat_map(|test| ends(test)).map(|slot| ordered(ty, slot)).collect();
                points.sort_unstable();
                points.dedup();
                Self::Ordered { points, whole: !ty.is_float(), ty }
            }
        }
    }

    /// The classes that the column can have at all.
    pub(in crate::check) fn possible(&self, column: &Expr) -> Ranges {
        match self {
            Self::Words(last) => {
                let may_be_unknown =
                    matches!(column.ty, Type::YesNo) || may_be_unknown(column, LOOKED_AT_MAX);
                Ranges::one(u32::from(!may_be_unknown), *last)
            }
            Self::Ordered { points, whole, ty } => {
                let counts = counts_up(column);
                let is_empty = |class: u32| self.is_gap(class, points, *whole, *ty, counts);
                let last = u32::try_from(points.len() * 2).unwrap_or(u32::MAX);
                Ranges::union(
                    (0..=last).filter(|class| !is_empty(*class)).map(|class| (class, class)).collect(),
                )
            }
            Self::Texts(examples) => Ranges::one(0, u32::try_from(examples.len()).unwrap_or(u32::MAX) - 1),
        }
    }

    fn is_gap(&self, class: u32, points: &[i64], whole: bool, ty: Type, counts: bool) -> bool {
        let at = class as usize / 2;
        let (before, after) = (at.checked_sub(1).and_then(|at| points.get(at)), points.get(at));
        let zero = ordered(ty, 0);
        if class % 2 == 1 {
            return counts && after.is_some_and(|point| *point < zero);
        }
        if counts && after.is_some_and(|point| *point <= zero) {
            return true;
        }
        match (before, after) {
            (Some(before), Some(after)) if whole => after.saturating_sub(*before) <= 1,
            (Some(before), Some(after)) if counts && ty == Type::Number => {
                value(*after).ceil() - value(*before).floor() <= 1.0
            }
            _ => false,
        }
    }

    /// The classes that a test accepts.
    pub(in crate::check) fn accepted(&self, test: &CellTest, literals: &[String]) -> Vec<(u32, u32)> {
        match (self, test) {
            (Self::Words(last), CellTest::Is(slot)) => {
                let slot = u32::try_from(*slot).unwrap_or(u32::MAX);
                if slot <= *last { vec![(slot, slot)] } else { Vec::new() }
            }
            (Self::Words(last), CellTest::Between { low, high }) => {
                let word = |slot: Slot| u32::try_from(slot).unwrap_or(u32::MAX);
                let first = low.map_or(0, |(slot, included)| word(slot).saturating_add(u32::from(!included)));
                let end = match high {
                    Some((0, false)) => return Vec::new(),
                    Some((slot, included)) => word(*slot).saturating_sub(u32::from(!included)).min(*last),
                    None => *last,
                };
                if first <= end { vec![(first, end)] } else { Vec::new() }
            }
            (Self::Ordered { points, ty, .. }, CellTest::Is(slot)) => {
                let class = point_class(points, ordered(*ty, *slot));
                vec![(class, class)]
            }
            (Self::Ordered { points, ty, .. }, CellTest::Between { low, high }) => {
                let class = |slot: Slot| point_class(points, ordered(*ty, slot));
                let first = low.map_or(0, |(slot, included)| class(slot) + u32::from(!included));
                let all = u32::try_from(points.len() * 2).unwrap_or(u32::MAX);
                let last = high.map_or(all, |(slot, included)| class(slot) - u32::from(!included));
                if first <= last { vec![(first, last)] } else { Vec::new() }
            }
            (Self::Texts(examples), test) => {
                let classes =
                    examples.iter().enumerate().filter(|(at, text)| accepts(test, *at, text, literals));
                classes.filter_map(|(at, _)| u32::try_from(at).ok()).map(|at| (at, at)).collect()
            }
            (_, CellTest::Fact(_)) => Vec::new(),
        }
    }
}

/// Whether the value of a word may be unknown.
fn may_be_unknown(column: &Expr, budget: usize) -> bool {
    if size(column) > budget {
        return true;
    }
    match &column.kind {
        ExprKind::Constant(slot) => *slot == 0,
        ExprKind::Fact(FactSource::Calendar(_) | FactSource::Call(CallFact::Direction)) => false,
        ExprKind::If { condition, then, otherwise } => {
            // A field of an answer stands behind the question whether it is known.
            let known = matches!(condition.kind, ExprKind::Fact(FactSource::AnswerKnown(..)));
            let answer = matches!(then.kind, ExprKind::Fact(FactSource::Answer(..)));
            !(known && answer) && may_be_unknown(then, budget) || may_be_unknown(otherwise, budget)
        }
        _ => true,
    }
}

/// Whether the value counts from zero.
const fn counts_up(column: &Expr) -> bool {
    matches!(
        column.kind,
        ExprKind::Fact(
            FactSource::Call(CallFact::Unresolved | CallFact::Elapsed) | FactSource::SaidTimes(..)
        )
    )
}

fn ends(test: &CellTest) -> Vec<Slot> {
    match test {
        CellTest::Is(slot) => vec![*slot],
        CellTest::Between { low, high } => low.iter().chain(high).map(|(slot, _)| *slot).collect(),
        CellTest::Fact(_) => Vec::new(),
    }
}

/// A key that orders as the values do.
fn ordered(ty: Type, slot: Slot) -> i64 {
    let bits = slot.cast_signed();
    if ty.is_float() && bits < 0 { bits ^ i64::MAX } else { bits }
}

/// The float of a key.
pub(super) fn value(key: i64) -> f64 {
    f64::from_bits((if key < 0 { key ^ i64::MAX } else { key }).cast_unsigned())
}

fn point_class(points: &[i64], key: i64) -> u32 {
    let at = points.partition_point(|point| *point < key);
    u32::try_from(at * 2 + 1).unwrap_or(u32::MAX)
}

/// Every text that the tests name, one text under each prefix that none names, and one under none.
fn examples(tests: &[&CellTest], literals: &[String]) -> Vec<String> {
    let literal = |at: u64| usize::try_from(at).ok().and_then(|at| literals.get(at)).cloned();
    let mut named: Vec<String> = tests
        .iter()
        .filter_map(|test| match test {
            CellTest::Is(slot) => slot.checked_sub(1).and_then(literal),
            CellTest::Fact(FactSource::TextStarts(_, at)) => {
                literal(u64::from(*at)).map(|prefix| prefix + OTHER)
            }
            _ => None,
        })
        .collect();
    named.sort_unstable();
    named.dedup();
    let mut all = vec![String::new(), OTHER.to_owned()];
    all.append(&mut named);
    all
}

/// Stands for the rest of a text; no literal holds it.
pub(in crate::check) const OTHER: &str = "\u{1}";

fn accepts(test: &CellTest, at: usize, example: &str, literals: &[String]) -> bool {
    let literal = |at: u64| usize::try_from(at).ok().and_then(|at| literals.get(at));
    match test {
        CellTest::Is(slot) => match slot.checked_sub(1) {
            None => at == 0,
            Some(index) => at != 0 && literal(index).is_some_and(|text| text == example),
        },
        CellTest::Fact(FactSource::TextStarts(_, index)) => {
            at != 0 && literal(u64::from(*index)).is_some_and(|prefix| example.starts_with(prefix.as_str()))
        }
        _ => false,
    }
}
