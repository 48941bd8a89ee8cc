//! Phrase sets compiled to automata.
//!
//! Aho and Corasick, "Efficient string matching" (1975), as a dense table over classes of characters: one look-up
//! turns a character into its class, folding included, a second one moves the state.

use serde::{Deserialize, Serialize};

use super::fold::{Folded, fold};

/// Marks a set without a match in [`PhraseIndex::first_matches`].
pub const NO_MATCH: u32 = u32::MAX;

/// So many automata at most share the work.
pub const AUTOMATA_MAX: usize = 8;

/// What finds every phrase set in one pass over a text.
///
/// Plain data, made by the compiler. Numbers that do not fit each other make it find less; they never panic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhraseIndex {
    /// Each has a part of the phrases: a table grows with its phrases times their different letters, so that many phrases
    /// of several scripts take less room apart. The first [`AUTOMATA_MAX`] count.
    pub automata: Vec<PhraseAutomaton>,
}

/// An automaton over folded text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhraseAutomaton {
    /// Page of each 256 characters, as an index into `classes` divided by 256.
    pub page_of: Vec<u16>,
    /// Class of each character, page after page.
    pub classes: Vec<u16>,
    /// Class that stands for the end of the text.
    pub end_class: u16,
    /// Each row of `next` has two to the power of this many states.
    pub row_bits: u8,
    /// The next state, by state and class.
    pub next: Vec<u16>,
    /// States from this one on have outputs.
    pub first_output_state: u16,
    /// Where the outputs of each such state begin in `outputs`, and the end.
    pub output_starts: Vec<u32>,
    /// Outputs, state after state.
    pub outputs: Vec<PhraseOutput>,
}

/// A phrase that ends where the automaton is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PhraseOutput {
    /// Index of the phrase set.
    pub set: u32,
    /// How many folded characters the phrase has.
    pub letters: u16,
    /// Whether it ended before the character that led here, which only showed that its last word was whole. When that
    /// character is no break, it is read again from here.
    pub before: bool,
    /// Whether it counts only where nothing else is said.
    pub alone: bool,
}

impl PhraseIndex {
    /// Calls `on_match(set, start, end)` for every phrase found, in order of where it ends (in bytes of `text`).
    ///
    /// Nothing is allocated. One pass; each match costs a look back over its own text.
    pub fn find(&self, text: &str, mut on_match: impl FnMut(u32, usize, usize)) {
        self.run(text, |output, from, to| {
            let (start, end) = extent(text, output, from, to);
            if !output.alone || is_all(text, start, end) {
                on_match(output.set, start, end);
            }
        });
    }

    /// Writes the byte offset at which the earliest-ending match of each set begins, or [`NO_MATCH`].
    ///
    /// `first` has one place a set; sets without a place are left out.
    pub fn first_matches(&self, text: &str, first: &mut [u32]) {
        first.fill(NO_MATCH);
        self.run(text, |output, from, to| {
            let place = usize::try_from(output.set).ok().and_then(|set| first.get_mut(set));
            if let Some(place) = place.filter(|place| **place == NO_MATCH) {
                let (start, end) = extent(text, output, from, to);
                if !output.alone || is_all(text, start, end) {
                    *place = u32::try_from(start).unwrap_or(NO_MATCH - 1);
                }
            }
        });
    }

    /// Runs the automata side by side; `on_output` gets the ends of the character that led to the output.
    #[inline]
    fn run(&self, text: &str, mut on_output: impl FnMut(PhraseOutput, usize, usize)) {
        if let [one] = self.automata.as_slice() {
            return one.run(text, on_output);
        }
        let mut states = [0; AUTOMATA_MAX];
        for (at, letter) in text.char_indices() {
            let (before, mut ends_here) = (states, false);
            for (automaton, state) in self.automata.iter().zip(&mut states) {
                *state = automaton.read(*state, letter, at, &mut |output, from, to| {
                    if output.before { on_output(output, from, to) } else { ends_here = true }
                });
            }
            // What ends with this character comes behind whatever ended before it, whichever automaton found it.
            for (automaton, state) in self.automata.iter().zip(before).filter(|_| ends_here) {
                automaton.read(state, letter, at, &mut |output, from, to| {
                    if !output.before {
                        on_output(output, from, to);
                    }
                });
            }
        }
        for (automaton, state) in self.automata.iter().zip(states) {
            automaton.end(state, text, &mut on_output);
        }
    }
}

impl PhraseAutomaton {
    #[inline]
    fn run(&self, text: &str, mut on_output: impl FnMut(PhraseOutput, usize, usize)) {
        if self.outputs.is_empty() {
            return;
        }
        let mut state = 0;
        for (at, letter) in text.char_indices() {
            state = self.read(state, letter, at, &mut on_output);
        }
        self.end(state, text, &mut on_output);
    }

    /// The state after a character.
    #[inline]
    fn read(
        &self,
        state: u16,
        letter: char,
        at: usize,
        on_output: &mut impl FnMut(PhraseOutput, usize, usize),
    ) -> u16 {
        let class = self.class(letter);
        let state = self.step(state, class);
        if state < self.first_output_state {
            return state;
        }
        let to = at + letter.len_utf8();
        let outputs = self.outputs_of(state);
        outputs.iter().for_each(|output| on_output(*output, at, to));
        // A letter that closed a word as a break would is read again, after the word.
        if class == self.end_class || !outputs.first().is_some_and(|output| output.before) {
            return state;
        }
        let state = self.step(state, class);
        if state >= self.first_output_state {
            self.outputs_of(state).iter().for_each(|output| on_output(*output, at, to));
        }
        state
    }

    /// Tells what ends with the text.
    #[inline]
    fn end(&self, state: u16, text: &str, on_output: &mut impl FnMut(PhraseOutput, usize, usize)) {
        let state = self.step(state, self.end_class);
        if state >= self.first_output_state {
            self.outputs_of(state).iter().for_each(|output| on_output(*output, text.len(), text.len()));
        }
    }

    #[inline]
    fn class(&self, letter: char) -> u16 {
        let code = u32::from(letter) as usize;
        let page = self.page_of.get(code >> 8).copied().unwrap_or_default();
        self.classes.get(usize::from(page) << 8 | code & 0xff).copied().unwrap_or_default()
    }

    #[inline]
    fn step(&self, state: u16, class: u16) -> u16 {
        let row = usize::from(state) << (self.row_bits & 31);
        self.next.get(row | usize::from(class)).copied().unwrap_or_default()
    }

    #[cold]
    fn outputs_of(&self, state: u16) -> &[PhraseOutput] {
        let at = usize::from(state.wrapping_sub(self.first_output_state));
        let bounds = self.output_starts.get(at).zip(self.output_starts.get(at + 1));
        bounds.and_then(|(from, to)| self.outputs.get(*from as usize..*to as usize)).unwrap_or_default()
    }
}

/// Whether nothing is said before and after a match.
fn is_all(text: &str, start: usize, end: usize) -> bool {
    let silent = |part: Option<&str>| !part.unwrap_or_default().chars().any(is_spoken);
    silent(text.get(..start)) && silent(text.get(end..))
}

fn is_spoken(letter: char) -> bool {
    matches!(fold(letter), Folded::Word(_) | Folded::Ideograph(_))
}

/// Where a match begins and ends: its letters counted backwards.
fn extent(text: &str, output: PhraseOutput, from: usize, to: usize) -> (usize, usize) {
    let read = text.get(..if output.before { from } else { to }).unwrap_or(text);
    let mut letters = read.char_indices().rev().filter(|(_, letter)| is_spoken(*letter));
    let last = letters.next();
    let end = last.map_or(read.len(), |(at, letter)| at + letter.len_utf8());
    let earlier = usize::from(output.letters).checked_sub(2).and_then(|skip| letters.nth(skip));
    let start = earlier.or(last).map_or(0, |(at, _)| at);
    (start, end)
}
