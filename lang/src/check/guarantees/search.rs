//! Breadth first through everything that can happen, so that the first broken call is a shortest one.

use std::collections::HashSet;
use std::rc::Rc;

use super::atoms::OPEN;
use super::heard::Saying;
use super::machine::{Happening, State, Stepped, step};
use super::model::{Model, TooLarge};
use super::property::{Behaviour, Told, Verdict};

/// States of one dialog and one promise that are explored.
pub(super) const STATES_MAX: usize = 100_000;

/// Turns that are tried for one dialog and one promise, all states and all choices together.
const STEPS_MAX: usize = 4_000_000;

/// What is left of the turns that all proofs of a policy may try.
pub(super) struct Budget {
    all: usize,
    left: usize,
}

impl Budget {
    /// All of them, so many.
    pub(super) const fn of(turns: usize) -> Self {
        Self { all: turns, left: turns }
    }
}

/// What came of a search.
pub(super) enum Found<'m> {
    /// No call breaks the property.
    Proved {
        /// States that were explored.
        states: usize,
        /// Some call comes to what the promise is about.
        applies: bool,
    },
    /// A shortest call that breaks it.
    Broken(Vec<Turn<'m>>),
}

/// A turn of a call that breaks a property.
pub(super) struct Turn<'m> {
    pub(super) happening: Happening<'m>,
    pub(super) told: Vec<Told>,
    /// The question that was open before it, and the one that is open after it.
    pub(super) before: Option<u32>,
    pub(super) after: Option<u32>,
    /// By atom: the class that it had.
    pub(super) chosen: Vec<u16>,
}

impl Turn<'_> {
    /// Whether the dialog is over then.
    pub(super) fn ends(&self) -> bool {
        self.told.iter().any(|told| told.is_over())
    }
}

struct Node<'m> {
    state: Rc<State>,
    came: Option<usize>,
    happening: Happening<'m>,
    told: Vec<Told>,
    chosen: Vec<u16>,
}

/// Explores a dialog. `steady`: whatever is not known stays the same all through a call; else only what cannot change.
pub(super) fn search<'m>(
    model: &'m Model<'_>,
    steady: bool,
    budget: &mut Budget,
) -> Result<Found<'m>, TooLarge> {
    let (nodes, seen) = (Vec::new(), HashSet::new());
    let mut search = Search { model, steady, nodes, seen, steps: 0, budget, applies: false };
    let state = State::unknown(model.atoms.list.len());
    if let Some(broken) = search.visit(None, &state, Happening::Begins)?.broken {
        return Ok(Found::Broken(broken));
    }
    let mut at = 0;
    while let Some(node) = search.nodes.get(at) {
        let state = Rc::clone(&node.state);
        if let Some(broken) = search.from(at, &state)? {
            return Ok(Found::Broken(broken));
        }
        at += 1;
    }
    Ok(Found::Proved { states: search.nodes.len(), applies: search.applies })
}

struct Search<'s, 'm, 'b> {
    model: &'s Model<'m>,
    steady: bool,
    nodes: Vec<Node<'s>>,
    seen: HashSet<Rc<State>>,
    steps: usize,
    budget: &'b mut Budget,
    applies: bool,
}

/// What came of everything that may follow one happening.
struct Visited<'m> {
    broken: Option<Vec<Turn<'m>>>,
    /// A turn was not understood: an intent that is told beside it may be.
    not_understood: bool,
}

impl<'s> Search<'s, '_, '_> {
    /// Everything that can happen in a state.
    fn from(&mut self, at: usize, state: &State) -> Result<Option<Vec<Turn<'s>>>, TooLarge> {
        let Some((ask, _)) = state.open.last().copied() else { return Ok(None) };
        let model = self.model;
        let asked = model.spec.asks.get(ask as usize);
        let hears = asked.is_some_and(|ask| ask.speech_heard || ask.text_read);
        let spoken = model.sayings.iter().filter(|saying| hears || self.is_promised(saying));
        let spoken: Vec<&'s Saying> = spoken.collect();
        for saying in spoken {
            let visited = self.visit(Some(at), state, Happening::Says(saying, None))?;
            if visited.broken.is_some() {
                return Ok(visited.broken);
            }
            if visited.not_understood {
                for intent in &model.intents {
                    let told = Happening::Says(saying, Some(*intent));
                    if let Some(broken) = self.visit(Some(at), state, told)?.broken {
                        return Ok(Some(broken));
                    }
                }
            }
        }
        for other in model.keys(ask).into_iter().map(Happening::Keys).chain([Happening::Silence]) {
            if let Some(broken) = self.visit(Some(at), state, other)?.broken {
                return Ok(Some(broken));
            }
        }
        Ok(None)
    }

    /// Whether a turn is what the promise is about: callers say it whether the question hears it or not.
    fn is_promised(&self, saying: &Saying) -> bool {
        match self.model.property.who {
            Some((Behaviour::Says(set), _)) => saying.sets.contains(&set),
            Some((Behaviour::Tells(intent), _)) => saying.intent == intent,
            _ => false,
        }
    }

    /// Carries a happening out for every choice of what it asks for.
    fn visit(
        &mut self,
        came: Option<usize>,
        state: &State,
        happening: Happening<'s>,
    ) -> Result<Visited<'s>, TooLarge> {
        let mut visited = Visited { broken: None, not_understood: false };
        let mut open = vec![state.clone()];
        while let Some(state) = open.pop() {
            self.spend()?;
            match step(self.model, state.clone(), &happening) {
                Err(needed) => open.extend(self.choices(&state, needed.0)),
                Ok(None) => {}
                Ok(Some(stepped)) => {
                    let done = stepped.done.iter().flatten();
                    visited.not_understood |= done.into_iter().any(|done| *done == Behaviour::NotUnderstood);
                    if self.add(came, &happening, stepped) {
                        visited.broken = Some(self.call(self.nodes.len() - 1));
                        return Ok(visited);
                    }
                }
            }
        }
        Ok(visited)
    }

    /// One more turn is tried.
    fn spend(&mut self) -> Result<(), TooLarge> {
        self.steps += 1;
        let states = self.nodes.len();
        if self.steps > STEPS_MAX || states > STATES_MAX {
            return Err(TooLarge::States { tried: states });
        }
        let left = self
            .budget
            .left
            .checked_sub(1)
            .ok_or(TooLarge::Budget { tried: states, turns: self.budget.all })?;
        self.budget.left = left;
        Ok(())
    }

    /// The state with each class of something; the first is taken out first.
    fn choices(&self, state: &State, atom: usize) -> Vec<State> {
        let classes = self.model.atoms.list.get(atom).map_or(&[][..], |atom| &atom.classes);
        let chosen = classes.iter().rev().filter_map(|class| {
            let mut state = state.clone();
            *state.chosen.get_mut(atom)? = *class;
            Some(state)
        });
        chosen.collect()
    }

    /// Adds what came of a turn; whether it breaks the property.
    fn add(&mut self, came: Option<usize>, happening: &Happening<'s>, stepped: Stepped) -> bool {
        let Stepped { mut state, told, done } = stepped;
        let chosen = state.chosen.clone();
        let verdict = self.model.property.step(&mut state.progress, done.as_deref(), &told);
        self.applies |= state.progress.applies();
        if verdict == Verdict::Kept {
            return false;
        }
        if !self.steady {
            for (class, atom) in state.chosen.iter_mut().zip(&self.model.atoms.list) {
                if !atom.steady {
                    *class = OPEN;
                }
            }
        }
        let broken = verdict == Verdict::Broken;
        if broken || !self.seen.contains(&state) {
            let state = Rc::new(state);
            self.seen.insert(Rc::clone(&state));
            self.nodes.push(Node { state, came, happening: happening.clone(), told, chosen });
        }
        broken
    }

    /// The call that led to a node.
    fn call(&self, last: usize) -> Vec<Turn<'s>> {
        let mut turns = Vec::new();
        let mut at = Some(last);
        while let Some(node) = at.and_then(|at| self.nodes.get(at)) {
            let question = |node: &Node<'_>| node.state.open.last().map(|(ask, _)| *ask);
            turns.push(Turn {
                happening: node.happening.clone(),
                told: node.told.clone(),
                before: node.came.and_then(|came| self.nodes.get(came)).and_then(question),
                after: question(node),
                chosen: node.chosen.clone(),
            });
            at = node.came;
        }
        turns.reverse();
        turns
    }
}
