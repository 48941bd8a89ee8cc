//! The trie made deterministic over classes of characters.

use std::collections::HashMap;

use tandem_stdlib::words::{PhraseIndex, PhraseOutput};

use super::classes::{BREAK, Classes, FIRST_OWN, OTHER_IDEOGRAPH, OTHER_WORD};
use super::trie::{Linked, Symbol};
use super::{CELLS_MAX, PhraseError, STATES_MAX};

/// What the last character was that was not ignored.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Last {
    Word,
    Ideograph,
    /// A break after a word; the boundary is behind.
    Boundary,
}

/// How many values [`Last`] has.
const LASTS: usize = 3;

/// A state: where in the trie, after what. On arrival it reports what ends at `node`: one character back where a word
/// has just been closed.
///
/// An ideograph that closes a word of a phrase leads where a break leads, and is then read again from there, so that
/// the ends of all phrases need not be told apart for every ideograph that may follow.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct State {
    node: usize,
    last: Last,
    /// Whether it reports anything; a break that changes nothing does not.
    loud: bool,
}

impl State {
    const fn quiet(node: usize, last: Last) -> Self {
        Self { node, last, loud: false }
    }

    fn outputs(self, trie: &Linked) -> Vec<PhraseOutput> {
        if !self.loud {
            return Vec::new();
        }
        // The boundary that closes a word lies before the character that was read.
        outputs(trie, self.node, self.last == Last::Boundary).collect()
    }
}

/// The states found so far. Hardly any are loud, so most are found by place rather than by hash.
struct Numbers {
    quiet: Vec<Option<usize>>,
    loud: HashMap<State, usize>,
    states: Vec<State>,
}

impl Numbers {
    fn of(&mut self, state: State) -> usize {
        let fresh = self.states.len();
        let number = if state.loud {
            *self.loud.entry(state).or_insert(fresh)
        } else {
            let place = state.node * LASTS + state.last as usize;
            if self.quiet.len() <= place {
                self.quiet.resize(place + 1, None);
            }
            self.quiet.get_mut(place).map_or(fresh, |number| *number.get_or_insert(fresh))
        };
        if number == fresh {
            self.states.push(state);
        }
        number
    }
}

/// Walks every reachable state and writes the table.
pub(super) fn tabulate(trie: &Linked, classes: &Classes) -> Result<PhraseIndex, PhraseError> {
    let row_bits = classes.count().next_power_of_two().trailing_zeros();
    let mut numbers = Numbers { quiet: Vec::new(), loud: HashMap::new(), states: Vec::new() };
    numbers.of(State::quiet(trie.step(0, Symbol::Boundary), Last::Boundary));
    let mut rows = Vec::new();
    while let Some(state) = numbers.states.get(rows.len()).copied() {
        if numbers.states.len() > STATES_MAX || numbers.states.len() << row_bits > CELLS_MAX {
            return Err(PhraseError::TooLarge);
        }
        let mut row = Vec::with_capacity(classes.count());
        row.extend(successors(trie, classes, state).map(|next| numbers.of(next) as u32));
        rows.push(row);
    }
    let outputs: Vec<_> = numbers.states.iter().map(|state| state.outputs(trie)).collect();
    assemble(&outputs, &rows, row_bits, classes)
}

/// The next state for each class in order.
fn successors<'a>(trie: &'a Linked, classes: &'a Classes, state: State) -> impl Iterator<Item = State> + 'a {
    let bounded = trie.step(state.node, Symbol::Boundary);
    let shared = (BREAK..FIRST_OWN).map(move |class| match class {
        BREAK => after_break(trie, state, bounded),
        OTHER_WORD => State::quiet(0, Last::Word),
        OTHER_IDEOGRAPH => after_letter(trie, state, bounded, None),
        // `IGNORED`, the only one left.
        _ => State::quiet(state.node, state.last),
    });
    let own = classes.symbols.iter().map(move |symbol| after_letter(trie, state, bounded, Some(*symbol)));
    shared.chain(own)
}

fn after_break(trie: &Linked, state: State, bounded: usize) -> State {
    if state.last == Last::Word {
        State { node: bounded, last: Last::Boundary, loud: trie.finds(bounded) }
    } else {
        State::quiet(state.node, state.last)
    }
}

/// After a character of a word or an ideograph; `None` is an ideograph that no phrase has.
fn after_letter(trie: &Linked, state: State, bounded: usize, symbol: Option<Symbol>) -> State {
    let last = if matches!(symbol, Some(Symbol::Word(_))) { Last::Word } else { Last::Ideograph };
    let crosses = matches!((state.last, last), (Last::Word, Last::Ideograph) | (Last::Ideograph, Last::Word));
    if crosses && state.last == Last::Word && trie.finds(bounded) {
        return after_break(trie, state, bounded);
    }
    let from = if crosses { bounded } else { state.node };
    let node = symbol.map_or(0, |symbol| trie.step(from, symbol));
    State { node, last, loud: trie.finds(node) }
}

fn outputs(trie: &Linked, node: usize, before: bool) -> impl Iterator<Item = PhraseOutput> + '_ {
    trie.found(node).map(move |(set, letters)| PhraseOutput { set, letters, before })
}

/// Numbers the states, given by their outputs, anew, those with outputs last, and flattens the rows.
fn assemble(
    states: &[Vec<PhraseOutput>],
    rows: &[Vec<u32>],
    row_bits: u32,
    classes: &Classes,
) -> Result<PhraseIndex, PhraseError> {
    let mut order: Vec<usize> = (0..states.len()).collect();
    order.sort_by_key(|at| states.get(*at).is_some_and(|outputs| !outputs.is_empty()));
    let mut renumbered = vec![0_u16; states.len()];
    for (new, old) in order.iter().enumerate() {
        if let Some(place) = renumbered.get_mut(*old) {
            *place = u16::try_from(new).map_err(|_| PhraseError::TooLarge)?;
        }
    }
    let mut index = PhraseIndex {
        page_of: classes.page_of.clone(),
        classes: classes.cells.clone(),
        end_class: BREAK,
        row_bits: u8::try_from(row_bits).map_err(|_| PhraseError::TooLarge)?,
        next: Vec::with_capacity(states.len() << row_bits),
        ..PhraseIndex::default()
    };
    let mut quiet: u16 = 0;
    for (outputs, row) in order.iter().filter_map(|old| states.get(*old).zip(rows.get(*old))) {
        index.next.extend(row.iter().map(|old| renumbered.get(*old as usize).copied().unwrap_or(0)));
        index.next.resize(index.next.len().next_multiple_of(1 << row_bits), 0);
        if outputs.is_empty() {
            quiet += 1;
        } else {
            index.output_starts.push(u32::try_from(index.outputs.len()).map_err(|_| PhraseError::TooLarge)?);
            index.outputs.extend(outputs);
        }
    }
    index.first_output_state = quiet;
    index.output_starts.push(u32::try_from(index.outputs.len()).map_err(|_| PhraseError::TooLarge)?);
    Ok(index)
}
