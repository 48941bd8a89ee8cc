//! A small seeded source of choices and of slots that like to sit on edges.

use tandem_stdlib::contract::{Slot, Type};

/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) const fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    pub(crate) const fn chance(&mut self, one_in: u64) -> bool {
        self.below(one_in) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(from.len() as u64)).expect("small")]
    }

    /// A value that the host may give for a fact of this type.
    pub(crate) fn slot(&mut self, ty: Type) -> Slot {
        match ty {
            Type::YesNo => self.below(2),
            // Words beyond the vocabulary, too.
            Type::Word(_) => {
                if self.chance(20) {
                    self.next()
                } else {
                    self.below(9)
                }
            }
            ty if ty.is_float() => self.float().to_bits(),
            _ => self.integer().cast_unsigned(),
        }
    }

    /// A constant that a checked program may hold.
    pub(crate) fn constant(&mut self, ty: Type) -> Slot {
        match ty {
            Type::YesNo => self.below(2),
            Type::Word(_) => self.below(8),
            ty if ty.is_float() => {
                self.pick::<f64>(&[-1.5, -0.0, 0.0, 0.3, 0.5, 1.0, 2.0, 3.0, 1e300]).to_bits()
            }
            _ => self.pick(&[-5, 0, 1, 2, 3, 100, 5_000, 60_000, i64::MAX, i64::MIN]).cast_unsigned(),
        }
    }

    fn float(&mut self) -> f64 {
        match self.below(12) {
            0 => f64::NAN,
            1 => -f64::NAN,
            2 => f64::INFINITY,
            3 => f64::NEG_INFINITY,
            4 => -0.0,
            5 => f64::from_bits(self.next()),
            6 => 0.3_f64.next_up(),
            7 => 0.3_f64.next_down(),
            _ => f64::from_bits(self.constant(Type::Number)),
        }
    }

    fn integer(&mut self) -> i64 {
        match self.below(10) {
            0 => i64::MIN,
            1 => i64::MAX,
            2 => self.next().cast_signed(),
            3 => self.pick(&[4_999, 5_001, 59_999, -6]),
            4..=6 => i64::try_from(self.below(10_000)).expect("small"),
            _ => self.constant(Type::Duration).cast_signed(),
        }
    }
}
