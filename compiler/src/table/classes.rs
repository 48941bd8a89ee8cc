//! Values of a column that no cell tells apart.

use tandem_lang::program::CompareOp;
use tandem_stdlib::contract::Slot;

use crate::flow::{CellSet, CellValues, Order};

/// Words above this slot are told apart by cut points rather than by a class each.
const DIRECT_MAX: Slot = 1_023;

/// Classes accepted by a cell: half-open ranges in ascending order.
pub(super) type ClassRanges = Vec<(u32, u32)>;

/// How values of one column become classes.
#[derive(Debug, PartialEq)]
pub(crate) enum Classifier {
    /// The class is the unsigned value, or `last` if that is smaller.
    Direct {
        /// The last class: all values that no cell mentions.
        last: Slot,
    },
    /// The class is the number of cut points that the value is not below; the class after those is for NaN.
    Cuts {
        /// How values compare.
        order: Order,
        /// Ascending cut points.
        cuts: Vec<Slot>,
    },
}

impl Classifier {
    /// The classifier that tells apart what these cells tell apart.
    pub(crate) fn new<'a>(order: Order, cells: impl Iterator<Item = &'a CellSet>) -> Self {
        let mut cuts: Vec<Slot> = Vec::new();
        let mut highest = 0;
        for values in cells.flat_map(|cell| &cell.any_of) {
            highest = highest.max(highest_slot(*values));
            let (low, high) = ends(order, *values);
            cuts.extend(low);
            cuts.extend(high);
        }
        if order == Order::Word && highest <= DIRECT_MAX {
            return Self::Direct { last: highest + 1 };
        }
        cuts.sort_unstable_by(|left, right| {
            order.compare(*left, *right).unwrap_or(std::cmp::Ordering::Equal)
        });
        cuts.dedup();
        Self::Cuts { order, cuts }
    }

    /// How many classes there are.
    pub(crate) fn classes(&self) -> u32 {
        match self {
            Self::Direct { last } => u32::try_from(*last + 1).unwrap_or(u32::MAX),
            Self::Cuts { cuts, .. } => u32::try_from(cuts.len() + 2).unwrap_or(u32::MAX),
        }
    }

    /// The class of a value.
    fn class(&self, value: Slot) -> u32 {
        match self {
            Self::Direct { last } => u32::try_from(value.min(*last)).unwrap_or(u32::MAX),
            Self::Cuts { order, cuts } => {
                let below = cuts.partition_point(|cut| order.holds(CompareOp::AtLeast, value, *cut));
                u32::try_from(below).unwrap_or(u32::MAX)
            }
        }
    }

    /// Adds the classes that a cell accepts.
    pub(super) fn accept(&self, cell: &CellSet, accepted: &mut ClassRanges) {
        match (cell.any_of.as_slice(), cell.not) {
            ([], true) => {}
            ([], false) => accepted.push((0, self.classes())),
            ([one], false) => accepted.extend(self.range(*one)),
            (several, not) => {
                let listed = self.merged(several);
                if not { self.complement(&listed, accepted) } else { accepted.extend(listed) }
            }
        }
    }

    /// The classes of several listed values, in order.
    fn merged(&self, listed: &[CellValues]) -> ClassRanges {
        let mut listed = listed.iter().filter_map(|values| self.range(*values)).collect::<Vec<_>>();
        listed.sort_unstable();
        let mut merged = ClassRanges::with_capacity(listed.len());
        for (start, end) in listed {
            match merged.last_mut() {
                Some(last) if last.1 >= start => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        merged
    }

    fn complement(&self, ranges: &[(u32, u32)], gaps: &mut ClassRanges) {
        let mut from = 0;
        for (start, end) in ranges {
            if from < *start {
                gaps.push((from, *start));
            }
            from = *end;
        }
        if from < self.classes() {
            gaps.push((from, self.classes()));
        }
    }

    fn range(&self, values: CellValues) -> Option<(u32, u32)> {
        let (order, top) = match self {
            Self::Direct { .. } => (Order::Word, self.classes()),
            Self::Cuts { order, .. } => (*order, self.classes() - 1),
        };
        if is_never(order, values) {
            return None;
        }
        let (low, high) = ends(order, values);
        let start = low.map_or(0, |low| self.class(low));
        let end = high.map_or(top, |high| self.class(high));
        (start < end).then_some((start, end))
    }
}

const fn highest_slot(values: CellValues) -> Slot {
    match values {
        CellValues::Is(slot) => slot,
        CellValues::Between(low, high) => {
            let low = if let Some((end, _)) = low { end } else { 0 };
            let high = if let Some((end, _)) = high { end } else { 0 };
            if low > high { low } else { high }
        }
    }
}

/// Whether no value at all is listed.
fn is_never(order: Order, values: CellValues) -> bool {
    let unreachable =
        |low: Option<(Slot, bool)>| low.is_some_and(|(end, closed)| !closed && next(order, end).is_none());
    match values {
        CellValues::Is(slot) => is_nan(order, slot),
        CellValues::Between(low, high) => {
            let nan = |end: Option<(Slot, bool)>| end.is_some_and(|(end, _)| is_nan(order, end));
            nan(low) || nan(high) || unreachable(low)
        }
    }
}

fn is_nan(order: Order, slot: Slot) -> bool {
    order == Order::Float && f64::from_bits(slot).is_nan()
}

/// The first value listed and the first value after those; `None`: the order's own end.
fn ends(order: Order, values: CellValues) -> (Option<Slot>, Option<Slot>) {
    if is_never(order, values) {
        return (None, None);
    }
    let after = |(end, closed): (Slot, bool)| if closed { next(order, end) } else { Some(plain(order, end)) };
    match values {
        CellValues::Is(slot) => (Some(plain(order, slot)), next(order, slot)),
        CellValues::Between(low, high) => {
            let low = low.and_then(|(end, closed)| after((end, !closed)));
            let low = match order {
                Order::Word => Some(low.unwrap_or(1).max(1)),
                _ => low,
            };
            (low, high.and_then(after))
        }
    }
}

/// The slot with both float zeros as one.
fn plain(order: Order, slot: Slot) -> Slot {
    if order == Order::Float && f64::from_bits(slot) == 0.0 { 0 } else { slot }
}

/// The next larger value.
fn next(order: Order, slot: Slot) -> Option<Slot> {
    match order {
        Order::Word => slot.checked_add(1),
        Order::Integer => slot.cast_signed().checked_add(1).map(i64::cast_unsigned),
        Order::Float => {
            let value = f64::from_bits(plain(order, slot));
            (value < f64::INFINITY).then(|| plain(order, value.next_up().to_bits()))
        }
    }
}
