//! Guarantees, proved.

use tandem_stdlib::contract::Place;

/// A guarantee.
#[derive(Clone, Debug)]
pub struct Guarantee {
    /// Full name.
    pub name: String,
    /// Where.
    pub place: Place,
    /// Its promises in order.
    pub properties: Vec<Proved>,
}

/// A promise that no call breaks.
#[derive(Clone, Debug)]
pub struct Proved {
    /// In the author's words.
    pub property: String,
    /// The full names of the dialogs that it was proved of.
    pub dialogs: Vec<String>,
    /// How many states were explored.
    pub states: usize,
}
