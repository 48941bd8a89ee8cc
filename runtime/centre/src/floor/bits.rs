//! A set of small numbers.

/// A set of numbers, one bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn insert(&mut self, number: usize) {
        let word = number / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << (number % 64);
        }
    }

    pub(super) fn remove(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word &= !(1 << (number % 64));
        }
    }

    pub(super) fn has(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// The numbers that are in both sets, from the lowest.
    pub(super) fn both<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = usize> + 'a {
        let words = self.0.iter().zip(&other.0).map(|(left, right)| left & right);
        words
            .enumerate()
            .filter(|(_, word)| *word != 0)
            .flat_map(|(index, word)| Ones { word, base: index * 64 })
    }

    /// The lowest number from `start` on that is in both sets.
    pub(super) fn next_of_both(&self, other: &Self, start: usize) -> Option<usize> {
        let first = start / 64;
        let words = self.0.iter().zip(&other.0).enumerate().skip(first);
        words.map(|(index, (left, right))| (index, left & right)).find_map(|(index, word)| {
            let word = if index == first { word & (u64::MAX << (start % 64)) } else { word };
            (word != 0).then(|| index * 64 + word.trailing_zeros() as usize)
        })
    }
}

/// The numbers of one word.
struct Ones {
    word: u64,
    base: usize,
}

impl Iterator for Ones {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.word == 0 {
            return None;
        }
        let bit = self.word.trailing_zeros() as usize;
        self.word &= self.word - 1;
        Some(self.base + bit)
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;

    fn bits(numbers: &[usize]) -> Bits {
        let mut bits = Bits::default();
        numbers.iter().for_each(|number| bits.insert(*number));
        bits
    }

    #[test]
    fn both_and_the_next_of_both() {
        let (left, right) = (bits(&[0, 3, 64, 130]), bits(&[3, 64, 65, 130, 200]));
        assert_eq!(left.both(&right).collect::<Vec<_>>(), [3, 64, 130]);
        assert_eq!(left.next_of_both(&right, 4), Some(64));
        assert_eq!(left.next_of_both(&right, 64), Some(64));
        assert_eq!(left.next_of_both(&right, 131), None);
    }

    #[test]
    fn what_was_removed_is_gone() {
        let mut set = bits(&[5, 70]);
        set.remove(5);
        set.remove(5_000);
        assert!(!set.has(5) && set.has(70) && !set.has(5_000));
    }
}
