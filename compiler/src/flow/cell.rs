//! What the cells of a table accept.

use std::cmp::Ordering;

use tandem_lang::program::CompareOp;
use tandem_stdlib::contract::Slot;

/// How slots compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Words of a vocabulary and yes/no: unsigned; ranges refuse 0, which is `unknown`.
    Word,
    /// Signed integers.
    Integer,
    /// IEEE 754: a NaN equals nothing and lies in no range.
    Float,
}

impl Order {
    /// Compares two slots; `None` when a NaN is among them.
    #[must_use]
    pub fn compare(self, left: Slot, right: Slot) -> Option<Ordering> {
        match self {
            Self::Word => Some(left.cmp(&right)),
            Self::Integer => Some(left.cast_signed().cmp(&right.cast_signed())),
            Self::Float => f64::from_bits(left).partial_cmp(&f64::from_bits(right)),
        }
    }

    /// Whether a comparison holds.
    #[must_use]
    pub fn holds(self, op: CompareOp, left: Slot, right: Slot) -> bool {
        let order = self.compare(left, right);
        match op {
            CompareOp::Equal => order == Some(Ordering::Equal),
            CompareOp::NotEqual => order != Some(Ordering::Equal),
            CompareOp::Less => order == Some(Ordering::Less),
            CompareOp::AtMost => order.is_some_and(Ordering::is_le),
            CompareOp::More => order == Some(Ordering::Greater),
            CompareOp::AtLeast => order.is_some_and(Ordering::is_ge),
        }
    }
}

/// Values that a cell lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellValues {
    /// One value.
    Is(Slot),
    /// A range; a missing end is open, `true` says that the end is in.
    Between(Option<(Slot, bool)>, Option<(Slot, bool)>),
}

impl CellValues {
    /// Whether the value is among them.
    #[must_use]
    pub fn accept(self, order: Order, value: Slot) -> bool {
        match self {
            Self::Is(wanted) => order.holds(CompareOp::Equal, value, wanted),
            Self::Between(low, high) => {
                let low_holds = low.is_none_or(|(end, closed)| {
                    order.holds(if closed { CompareOp::AtLeast } else { CompareOp::More }, value, end)
                });
                let high_holds = high.is_none_or(|(end, closed)| {
                    order.holds(if closed { CompareOp::AtMost } else { CompareOp::Less }, value, end)
                });
                let known = match order {
                    Order::Word => value != 0,
                    Order::Float => !f64::from_bits(value).is_nan(),
                    Order::Integer => true,
                };
                known && low_holds && high_holds
            }
        }
    }
}

/// What a cell accepts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CellSet {
    /// Accept the values that are not listed.
    pub not: bool,
    /// Listed values; none: accept everything.
    pub any_of: Vec<CellValues>,
}

impl CellSet {
    /// Whether every value is accepted.
    #[must_use]
    pub const fn is_any(&self) -> bool {
        self.any_of.is_empty() && !self.not
    }

    /// Whether the value is accepted.
    #[must_use]
    pub fn accepts(&self, order: Order, value: Slot) -> bool {
        let listed = self.any_of.is_empty() || self.any_of.iter().any(|one| one.accept(order, value));
        listed != self.not
    }
}
