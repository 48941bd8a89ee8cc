//! The trie made deterministic over classes of characters.

use std::collections::HashMap;

use tandem_stdlib::words::{PhraseAutomaton, PhraseOutput};

use super::classes::{BREAK, Classes, FIRST_OWN, OTHER_IDEOGRAPH, OTHER_WORD};
use super::trie::{Linked, Symbol};
use super::{PhraseError, STATES_MAX};

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
    quiet: Vec<Option<u16>>,
    loud: HashMap<State, u16>,
    states: Vec<State>,
}

impl Numbers {
    fn of(&mut self, state: State) -> Result<u16, PhraseError> {
        let fresh = u16::try_from(self.states.len()).map_err(|_| PhraseError::TooLarge)?;
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
        Ok(number)
    }
}

/// The table while it is written, row after row.
struct Table<'a> {
    trie: &'a Linked,
    classes: &'a Classes,
    numbers: Numbers,
    /// The row that the root of the trie has: most cells of every other row are the same.
    root: Vec<u16>,
    rows: Vec<u16>,
}

/// Walks every reachable state and writes the table.
///
/// # Errors
/// When it has more than [`STATES_MAX`] states or so many cells.
pub(super) fn tabulate(
    trie: &Linked,
    classes: &Classes,
    cells_max: usize,
) -> Result<PhraseAutomaton, PhraseError> {
    let row_bits = classes.count().next_power_of_two().trailing_zeros();
    let numbers = Numbers { quiet: Vec::new(), loud: HashMap::new(), states: Vec::new() };
    let mut table = Table { trie, classes, numbers, root: Vec::new(), rows: Vec::new() };
    table.numbers.of(State::quiet(trie.step(0, Symbol::Boundary), Last::Boundary))?;
    table.root = vec![0; 1 << row_bits];
    for (class, symbol) in (usize::from(FIRST_OWN)..).zip(&classes.symbols) {
        let next = table.numbers.of(arrival(trie, trie.step(0, *symbol), *symbol))?;
        set(&mut table.root, class, next);
    }
    let mut done = 0;
    while let Some(state) = table.numbers.states.get(done).copied() {
        if table.numbers.states.len() > STATES_MAX || table.numbers.states.len() << row_bits > cells_max {
            return Err(PhraseError::TooLarge);
        }
        table.row(state)?;
        done += 1;
    }
    table.finish(row_bits)
}

impl Table<'_> {
    /// Writes the row of a state: the root's, and what the node and its failure links know better.
    fn row(&mut self, state: State) -> Result<(), PhraseError> {
        let start = self.rows.len();
        self.rows.extend_from_slice(&self.root);
        let bounded = self.trie.step(state.node, Symbol::Boundary);
        for class in BREAK..FIRST_OWN {
            self.put(start, class, shared(self.trie, state, bounded, class))?;
        }
        let (word_from, ideograph_from) = match state.last {
            Last::Word => (state.node, bounded),
            Last::Ideograph => (bounded, state.node),
            Last::Boundary => (state.node, state.node),
        };
        self.known_better(start, word_from, |symbol| matches!(symbol, Symbol::Word(_)))?;
        if closes_phrase(self.trie, state, bounded) {
            return self.closed_by_ideographs(start, after_break(self.trie, state, bounded));
        }
        self.known_better(start, ideograph_from, |symbol| matches!(symbol, Symbol::Ideograph(_)))
    }

    /// Every ideograph leads where a break does.
    fn closed_by_ideographs(&mut self, start: usize, state: State) -> Result<(), PhraseError> {
        for (class, symbol) in (FIRST_OWN..).zip(&self.classes.symbols) {
            if matches!(symbol, Symbol::Ideograph(_)) {
                self.put(start, class, state)?;
            }
        }
        Ok(())
    }

    /// Writes the cells that the node or its failure links have children for; nearer links last, so that they stand.
    fn known_better(
        &mut self,
        start: usize,
        from: usize,
        wanted: fn(Symbol) -> bool,
    ) -> Result<(), PhraseError> {
        let trie = self.trie;
        for at in trie.failure_path(from).into_iter().rev() {
            for (symbol, child) in trie.children(at).filter(|(symbol, _)| wanted(*symbol)) {
                let Some(class) = self.classes.of(symbol) else { continue };
                self.put(start, class, arrival(trie, child, symbol))?;
            }
        }
        Ok(())
    }

    fn put(&mut self, start: usize, class: u16, state: State) -> Result<(), PhraseError> {
        let number = self.numbers.of(state)?;
        set(&mut self.rows, start + usize::from(class), number);
        Ok(())
    }

    /// Brings the states with outputs to the end, where the host looks for them.
    fn finish(mut self, row_bits: u32) -> Result<PhraseAutomaton, PhraseError> {
        let states = &self.numbers.states;
        let outputs: Vec<_> = states.iter().map(|state| state.outputs(self.trie)).collect();
        let quiet = outputs.iter().filter(|outputs| outputs.is_empty()).count();
        let order = order(&outputs, quiet);
        let mut renumbered = vec![0_u16; order.len()];
        for (new, old) in (0..).zip(&order) {
            set(&mut renumbered, *old, new);
        }
        for (new, old) in order.iter().enumerate().filter(|(new, old)| *new < **old) {
            swap_rows(&mut self.rows, new, *old, row_bits);
        }
        for cell in &mut self.rows {
            *cell = renumbered.get(usize::from(*cell)).copied().unwrap_or(0);
        }
        self.rows.shrink_to_fit();
        let loud = order.iter().skip(quiet).filter_map(|old| outputs.get(*old));
        assemble(self.rows, loud, quiet, row_bits, self.classes)
    }
}

/// The old numbers in their new order: each state with outputs that stands too early changes places with one without
/// that stands too late. Pairs only, so that the rows can change places where they are.
fn order(outputs: &[Vec<PhraseOutput>], quiet: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..outputs.len()).collect();
    let is_loud = |at: &usize| outputs.get(*at).is_some_and(|outputs| !outputs.is_empty());
    let early = (0..quiet).filter(is_loud);
    let late = (quiet..outputs.len()).filter(|at| !is_loud(at));
    for (early, late) in early.zip(late) {
        order.swap(early, late);
    }
    order
}

fn swap_rows(rows: &mut [u16], first: usize, second: usize, row_bits: u32) {
    let width = 1 << row_bits;
    let Some((before, from)) = rows.split_at_mut_checked(second << row_bits) else { return };
    let first = before.get_mut(first << row_bits..).and_then(|rows| rows.get_mut(..width));
    if let (Some(first), Some(second)) = (first, from.get_mut(..width)) {
        first.swap_with_slice(second);
    }
}

fn set(row: &mut [u16], place: usize, value: u16) {
    if let Some(cell) = row.get_mut(place) {
        *cell = value;
    }
}

/// After a character that led to a node and closed nothing.
fn arrival(trie: &Linked, node: usize, symbol: Symbol) -> State {
    let last = if matches!(symbol, Symbol::Word(_)) { Last::Word } else { Last::Ideograph };
    State { node, last, loud: trie.finds(node) }
}

/// The next state for a class that no phrase names.
fn shared(trie: &Linked, state: State, bounded: usize, class: u16) -> State {
    match class {
        BREAK => after_break(trie, state, bounded),
        OTHER_WORD => State::quiet(0, Last::Word),
        OTHER_IDEOGRAPH if closes_phrase(trie, state, bounded) => after_break(trie, state, bounded),
        OTHER_IDEOGRAPH => State::quiet(0, Last::Ideograph),
        // `IGNORED`, the only one left.
        _ => State::quiet(state.node, state.last),
    }
}

/// Whether a phrase ends with the word that an ideograph would close here.
fn closes_phrase(trie: &Linked, state: State, bounded: usize) -> bool {
    state.last == Last::Word && trie.finds(bounded)
}

fn after_break(trie: &Linked, state: State, bounded: usize) -> State {
    if state.last == Last::Word {
        State { node: bounded, last: Last::Boundary, loud: trie.finds(bounded) }
    } else {
        State::quiet(state.node, state.last)
    }
}

fn outputs(trie: &Linked, node: usize, before: bool) -> impl Iterator<Item = PhraseOutput> + '_ {
    trie.found(node).map(move |(set, letters, alone)| PhraseOutput { set, letters, before, alone })
}

/// The index from its rows and the outputs of the states that have some.
fn assemble<'a>(
    next: Vec<u16>,
    loud: impl Iterator<Item = &'a Vec<PhraseOutput>>,
    quiet: usize,
    row_bits: u32,
    classes: &Classes,
) -> Result<PhraseAutomaton, PhraseError> {
    let mut index = PhraseAutomaton {
        page_of: classes.page_of.clone(),
        classes: classes.cells.clone(),
        end_class: BREAK,
        row_bits: u8::try_from(row_bits).map_err(|_| PhraseError::TooLarge)?,
        next,
        first_output_state: u16::try_from(quiet).map_err(|_| PhraseError::TooLarge)?,
        ..PhraseAutomaton::default()
    };
    for outputs in loud {
        index.output_starts.push(u32::try_from(index.outputs.len()).map_err(|_| PhraseError::TooLarge)?);
        index.outputs.extend(outputs);
    }
    index.output_starts.push(u32::try_from(index.outputs.len()).map_err(|_| PhraseError::TooLarge)?);
    Ok(index)
}
