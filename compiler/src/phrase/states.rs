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

/// A state: where in the trie, after what, and what it reports on arrival.
#[derive(Clone, PartialEq, Eq, Hash)]
struct State {
    node: usize,
    last: Last,
    outputs: Vec<PhraseOutput>,
}

impl State {
    fn quiet(node: usize, last: Last) -> Self {
        Self { node, last, outputs: Vec::new() }
    }
}

/// Walks every reachable state and writes the table.
pub(super) fn tabulate(trie: &Linked, classes: &Classes) -> Result<PhraseIndex, PhraseError> {
    let row_bits = classes.count().next_power_of_two().trailing_zeros();
    let start = State::quiet(trie.step(0, Symbol::Boundary), Last::Boundary);
    let mut numbers = HashMap::from([(start.clone(), 0)]);
    let (mut states, mut rows) = (vec![start], Vec::new());
    while let Some(state) = states.get(rows.len()).cloned() {
        if states.len() > STATES_MAX || states.len() << row_bits > CELLS_MAX {
            return Err(PhraseError::TooLarge);
        }
        let mut row = Vec::with_capacity(classes.count());
        for next in successors(trie, classes, &state) {
            let fresh = states.len();
            let number = *numbers.entry(next).or_insert_with_key(|next| {
                states.push(next.clone());
                fresh
            });
            row.push(number);
        }
        rows.push(row);
    }
    assemble(&states, &rows, row_bits, classes)
}

/// The next state for each class in order.
fn successors<'a>(
    trie: &'a Linked,
    classes: &'a Classes,
    state: &'a State,
) -> impl Iterator<Item = State> + 'a {
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

fn after_break(trie: &Linked, state: &State, bounded: usize) -> State {
    if state.last == Last::Word {
        State { node: bounded, last: Last::Boundary, outputs: outputs(trie, bounded, true) }
    } else {
        State::quiet(state.node, state.last)
    }
}

/// After a character of a word or an ideograph; `None` is an ideograph that no phrase has.
fn after_letter(trie: &Linked, state: &State, bounded: usize, symbol: Option<Symbol>) -> State {
    let last = if matches!(symbol, Some(Symbol::Word(_))) { Last::Word } else { Last::Ideograph };
    let crosses = matches!((state.last, last), (Last::Word, Last::Ideograph) | (Last::Ideograph, Last::Word));
    let from = if crosses { bounded } else { state.node };
    let node = symbol.map_or(0, |symbol| trie.step(from, symbol));
    let mut found =
        if crosses && state.last == Last::Word { outputs(trie, bounded, true) } else { Vec::new() };
    found.extend(outputs(trie, node, false));
    State { node, last, outputs: found }
}

fn outputs(trie: &Linked, node: usize, before: bool) -> Vec<PhraseOutput> {
    trie.found(node).map(|(set, letters)| PhraseOutput { set, letters, before }).collect()
}

/// Numbers the states anew, those with outputs last, and flattens the rows.
fn assemble(
    states: &[State],
    rows: &[Vec<usize>],
    row_bits: u32,
    classes: &Classes,
) -> Result<PhraseIndex, PhraseError> {
    let mut order: Vec<usize> = (0..states.len()).collect();
    order.sort_by_key(|at| states.get(*at).is_some_and(|state| !state.outputs.is_empty()));
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
    for (state, row) in order.iter().filter_map(|old| states.get(*old).zip(rows.get(*old))) {
        index.next.extend(row.iter().map(|old| renumbered.get(*old).copied().unwrap_or(0)));
        index.next.resize(index.next.len().next_multiple_of(1 << row_bits), 0);
        if state.outputs.is_empty() {
            quiet += 1;
        } else {
            index.output_starts.push(u32::try_from(index.outputs.len()).map_err(|_| PhraseError::TooLarge)?);
            index.outputs.extend(&state.outputs);
        }
    }
    index.first_output_state = quiet;
    index.output_starts.push(u32::try_from(index.outputs.len()).map_err(|_| PhraseError::TooLarge)?);
    Ok(index)
}
