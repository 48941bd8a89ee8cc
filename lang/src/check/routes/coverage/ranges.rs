//! Sets of classes as sorted, disjoint ranges, both ends included.

/// A set of class indices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::check) struct Ranges(Vec<(u32, u32)>);

impl Ranges {
    /// One range; empty when it ends before it begins.
    pub(in crate::check) fn one(first: u32, last: u32) -> Self {
        if first <= last { Self(vec![(first, last)]) } else { Self::default() }
    }

    /// The union of ranges in any order.
    pub(super) fn union(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match joined.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => joined.push((first, last)),
            }
        }
        Self(joined)
    }

    /// The parts.
    pub(in crate::check) fn parts(&self) -> &[(u32, u32)] {
        &self.0
    }

    /// Whether nothing is in.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether some class is in both.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let (mut one, mut two) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some((a, b)), Some((c, d))) = (one.peek(), two.peek()) {
            if a.max(c) <= b.min(d) {
                return true;
            }
            if b < d {
                one.next()
            } else {
                two.next()
            };
        }
        false
    }

    /// What both hold.
    pub(super) fn and(&self, other: &Self) -> Self {
        let (mut one, mut two) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = Vec::new();
        while let (Some((a, b)), Some((c, d))) = (one.peek(), two.peek()) {
            if a.max(c) <= b.min(d) {
                both.push((*a.max(c), *b.min(d)));
            }
            if b < d {
                one.next()
            } else {
                two.next()
            };
        }
        Self(both)
    }

    /// What this one holds and the other does not.
    pub(super) fn without(&self, other: &Self) -> Self {
        let mut left = Vec::new();
        for (first, last) in &self.0 {
            let mut from = Some(*first);
            for (a, b) in other.0.iter().filter(|(a, b)| a <= last && b >= first) {
                if let Some(start) = from.filter(|start| start < a) {
                    left.push((start, a - 1));
                }
                from = b.checked_add(1).filter(|next| next <= last);
            }
            left.extend(from.map(|start| (start, *last)));
        }
        Self(left)
    }

    /// Whether the other holds everything that this one does.
    pub(super) fn within(&self, other: &Self) -> bool {
        self.0.iter().all(|(first, last)| other.0.iter().any(|(a, b)| a <= first && last <= b))
    }
}
