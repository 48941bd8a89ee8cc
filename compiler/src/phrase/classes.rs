//! Classes of characters: all that fold to the same symbol, or that no phrase mentions, share one.

use std::collections::{BTreeMap, BTreeSet};

use tandem_stdlib::words::fold::{FOLDED_RANGES, Folded, fold};

use super::trie::Symbol;

/// Class of breaks, and of the text's end.
pub(super) const BREAK: u16 = 0;
/// Class of characters that count as absent.
pub(super) const IGNORED: u16 = 1;
/// Class of word characters that no phrase has.
pub(super) const OTHER_WORD: u16 = 2;
/// Class of ideographs that no phrase has.
pub(super) const OTHER_IDEOGRAPH: u16 = 3;
/// The first class with a symbol of its own.
pub(super) const FIRST_OWN: u16 = 4;

const PAGES: usize = 0x1100;

/// The class of every character, in pages of 256.
pub(super) struct Classes {
    /// Symbols of the classes from [`FIRST_OWN`] on.
    pub(super) symbols: Vec<Symbol>,
    /// Page of each 256 characters.
    pub(super) page_of: Vec<u16>,
    /// The pages, one after another.
    pub(super) cells: Vec<u16>,
}

impl Classes {
    pub(super) fn new(letters: BTreeSet<Symbol>) -> Self {
        let symbols: Vec<Symbol> = letters.into_iter().collect();
        let mut pages: BTreeMap<Vec<u16>, u16> = BTreeMap::from([(vec![BREAK; 256], 0)]);
        let mut cells = vec![BREAK; 256];
        let mut page_of = vec![0; PAGES];
        for (place, page) in page_of.iter_mut().zip(0_u32..) {
            if !FOLDED_RANGES.iter().any(|range| range.contains(&(page << 8))) {
                continue;
            }
            let content: Vec<u16> = (page << 8..(page + 1) << 8).map(|code| class(code, &symbols)).collect();
            let next = u16::try_from(pages.len()).unwrap_or(0);
            *place = *pages.entry(content).or_insert_with_key(|content| {
                cells.extend(content);
                next
            });
        }
        Self { symbols, page_of, cells }
    }

    /// The class of a symbol that some phrase has.
    pub(super) fn of(&self, symbol: Symbol) -> Option<u16> {
        own_class(&self.symbols, symbol)
    }

    /// How many classes there are.
    pub(super) fn count(&self) -> usize {
        usize::from(FIRST_OWN) + self.symbols.len()
    }
}

fn own_class(symbols: &[Symbol], symbol: Symbol) -> Option<u16> {
    let place = symbols.binary_search(&symbol).ok()?;
    u16::try_from(place).ok()?.checked_add(FIRST_OWN)
}

/// The class of a character; `symbols` are in order.
fn class(code: u32, symbols: &[Symbol]) -> u16 {
    let class_of = |symbol, other| own_class(symbols, symbol).unwrap_or(other);
    match char::from_u32(code).map_or(Folded::Break, fold) {
        Folded::Word(letter) => class_of(Symbol::Word(letter), OTHER_WORD),
        Folded::Ideograph(letter) => class_of(Symbol::Ideograph(letter), OTHER_IDEOGRAPH),
        Folded::Break => BREAK,
        Folded::Ignored => IGNORED,
    }
}
