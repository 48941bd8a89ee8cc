//! The trie of all phrases, and its failure links.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use tandem_stdlib::words::fold::{Folded, fold};

use super::{PhraseError, STATES_MAX, Written};

/// What a phrase and a text consist of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Symbol {
    /// A folded character of a word.
    Word(char),
    /// A folded character that needs no boundaries.
    Ideograph(char),
    /// Where a word begins or ends.
    Boundary,
}

/// Which set a phrase belongs to, how many characters it has, and whether it counts alone only.
pub(super) type Found = (u32, u16, bool);

#[derive(Default)]
struct Node {
    next: BTreeMap<Symbol, usize>,
    found: BTreeSet<Found>,
}

/// Phrases before linking.
pub(super) struct Trie {
    nodes: Vec<Node>,
}

impl Trie {
    pub(super) fn new() -> Self {
        Self { nodes: vec![Node::default()] }
    }

    /// Adds one text.
    pub(super) fn add(&mut self, Written { text, set, alone }: &Written) -> Result<(), PhraseError> {
        let symbols = symbols(text);
        let letters = symbols.iter().filter(|symbol| **symbol != Symbol::Boundary).count();
        let mut at = 0;
        for symbol in symbols {
            let fresh = self.nodes.len();
            let Some(node) = self.nodes.get_mut(at) else { return Err(PhraseError::TooLarge) };
            at = *node.next.entry(symbol).or_insert(fresh);
            if at == fresh {
                self.nodes.push(Node::default());
            }
        }
        if self.nodes.len() > STATES_MAX {
            return Err(PhraseError::TooLarge);
        }
        if let Some(node) = self.nodes.get_mut(at) {
            let letters = u16::try_from(letters).map_err(|_| PhraseError::TooLarge)?;
            // What counts anywhere also counts alone.
            if !alone {
                node.found.remove(&(*set, letters, true));
            }
            if !alone || !node.found.contains(&(*set, letters, false)) {
                node.found.insert((*set, letters, *alone));
            }
        }
        Ok(())
    }

    /// All symbols that stand for characters.
    pub(super) fn letters(&self) -> BTreeSet<Symbol> {
        let used = self.nodes.iter().flat_map(|node| node.next.keys().copied());
        used.filter(|symbol| *symbol != Symbol::Boundary).collect()
    }

    /// Computes failure links and collects what is found through them, breadth first.
    pub(super) fn link(self) -> Linked {
        let mut linked = Linked { fail: vec![0; self.nodes.len()], nodes: self.nodes };
        let mut queue = VecDeque::from([0]);
        while let Some(at) = queue.pop_front() {
            let children = linked.nodes.get(at).map(|node| node.next.clone()).unwrap_or_default();
            for (symbol, child) in children {
                let fail = if at == 0 { 0 } else { linked.step(linked.fail_of(at), symbol) };
                if let Some(place) = linked.fail.get_mut(child) {
                    *place = fail;
                }
                let inherited = linked.nodes.get(fail).map(|node| node.found.clone()).unwrap_or_default();
                if let Some(node) = linked.nodes.get_mut(child) {
                    node.found.extend(inherited);
                }
                queue.push_back(child);
            }
        }
        linked
    }
}

/// Phrases with failure links.
pub(super) struct Linked {
    nodes: Vec<Node>,
    fail: Vec<usize>,
}

impl Linked {
    /// The node after a symbol. Each failure link leads nearer to the root, so this ends.
    pub(super) fn step(&self, from: usize, symbol: Symbol) -> usize {
        let mut at = from;
        loop {
            if let Some(next) = self.nodes.get(at).and_then(|node| node.next.get(&symbol)) {
                return *next;
            }
            if at == 0 {
                return 0;
            }
            at = self.fail_of(at);
        }
    }

    /// A node, its failure link, the link's own and so on, without the root.
    pub(super) fn failure_path(&self, from: usize) -> Vec<usize> {
        let next = |at: &usize| Some(self.fail_of(*at));
        std::iter::successors(Some(from), next).take_while(|at| *at != 0).collect()
    }

    /// The nodes after a node in the trie itself.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = (Symbol, usize)> + '_ {
        self.nodes
            .get(at)
            .into_iter()
            .flat_map(|node| node.next.iter().map(|(symbol, child)| (*symbol, *child)))
    }

    /// Phrases that end at this node.
    pub(super) fn found(&self, at: usize) -> impl Iterator<Item = Found> + '_ {
        self.nodes.get(at).into_iter().flat_map(|node| node.found.iter().copied())
    }

    /// Whether any phrase ends at this node.
    pub(super) fn finds(&self, at: usize) -> bool {
        self.nodes.get(at).is_some_and(|node| !node.found.is_empty())
    }

    fn fail_of(&self, at: usize) -> usize {
        self.fail.get(at).copied().unwrap_or(0)
    }
}

fn symbols(phrase: &str) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    let mut in_word = false;
    let mut broken = true;
    for letter in phrase.chars() {
        match fold(letter) {
            Folded::Word(letter) => {
                if broken || !in_word {
                    symbols.push(Symbol::Boundary);
                }
                symbols.push(Symbol::Word(letter));
                (in_word, broken) = (true, false);
            }
            Folded::Ideograph(letter) => {
                if in_word {
                    symbols.push(Symbol::Boundary);
                }
                symbols.push(Symbol::Ideograph(letter));
                (in_word, broken) = (false, false);
            }
            Folded::Break => broken = true,
            Folded::Ignored => {}
        }
    }
    if in_word {
        symbols.push(Symbol::Boundary);
    }
    symbols
}
