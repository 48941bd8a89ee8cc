//! A dialog as it is explored: its data, its conditions, and what callers can do at each question.

use std::collections::{BTreeSet, HashMap, HashSet};

use tandem_stdlib::contract::{
    BlockRef, CallFact, DialogAct, DialogFact, DialogSpec, EntryRef, FactSource, Party, Slot, TransferTo,
};
use tandem_stdlib::words::CalendarSpec;

use super::atoms::{Atoms, ends};
use super::heard::{Saying, Texts};
use super::property::{Behaviour, Property};
use super::sides::Side;
use super::truth::UNRESOLVED;
use crate::check::context::Context;
use crate::check::types::facts;
use crate::program::{CellTest, Choice, CompareOp, Expr, ExprKind, Route};

/// Keys of a telephone, the rarest first.
const KEYS: [char; 12] = ['9', '8', '7', '6', '5', '4', '3', '2', '1', '0', '*', '#'];

/// A dialog with everything that a promise needs to know of it.
pub(super) struct Model<'m> {
    pub(super) spec: &'m DialogSpec,
    /// The side of experiments on which it is explored.
    pub(super) side: &'m Side,
    /// Under what it begins by itself; `None`: something runs it.
    pub(super) begins: Option<EntryRef>,
    /// Dialogs that begin before this one where they may.
    pub(super) earlier: Vec<EntryRef>,
    pub(super) property: &'m Property,
    pub(super) atoms: Atoms,
    pub(super) literals: &'m [String],
    pub(super) calendars: &'m [CalendarSpec],
    entries: HashMap<EntryRef, Vec<Line>>,
    /// By route that a transfer asks: which of its outputs is the queue.
    pub(super) queue_outputs: HashMap<EntryRef, usize>,
    /// What can be said in a turn.
    pub(super) sayings: Vec<Saying>,
    /// Intents that make a difference.
    pub(super) intents: BTreeSet<Slot>,
    /// Phrases whose turns are counted, with the count from which on it makes no difference.
    pub(super) counted: Vec<(u32, u16)>,
    pub(super) enough: Enough,
    pub(super) follows_intent: bool,
}

/// Counts from which on it makes no difference.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Enough {
    pub(super) unresolved: u16,
    pub(super) silent: u16,
    pub(super) unanswered: u16,
    pub(super) asked: u16,
}

/// A row or a rule.
pub(super) struct Line {
    pub(super) when: Option<Expr>,
    answers: Vec<Expr>,
}

/// Why a promise about a dialog is not proved.
pub(super) enum TooLarge {
    /// The dialog cannot be explored.
    Dialog(&'static str),
    /// It has more states than are explored; nothing breaks the promise in these.
    States { tried: usize },
    /// All guarantees together have tried what they may; nothing breaks the promise in these states.
    Budget { tried: usize, turns: usize },
}

/// What all models are made of.
pub(super) struct Policy<'p, 't> {
    pub(super) context: &'p Context<'t>,
    /// The author's routes.
    pub(super) routes: &'p [Route],
    pub(super) dialogs: &'p [DialogSpec],
    pub(super) texts: &'p Texts,
    pub(super) calendars: &'p [CalendarSpec],
}

impl<'p> Policy<'p, '_> {
    fn route(&self, entry: EntryRef) -> Option<&'p Route> {
        let at = entry as usize;
        let own = self.context.world.routes.len();
        self.routes.get(at).or_else(|| self.context.conditions.get(at.checked_sub(own)?))
    }

    /// A dialog on a side of experiments, for a property.
    pub(super) fn model<'m>(&self, side: &'m Side, property: &'m Property) -> Result<Model<'m>, TooLarge>
    where
        'p: 'm,
    {
        let (Some(spec), Some(usual)) = (self.dialogs.get(side.dialog), self.dialogs.get(side.begins_as))
        else {
            return Err(TooLarge::Dialog("there is no such dialog"));
        };
        let begins = usual.at_start.then_some(usual.begins);
        let before = self.dialogs.iter().take(side.begins_as);
        let starting = before.filter(|one| begins.is_some() && one.at_start);
        let earlier: Vec<EntryRef> = starting.map(|one| one.begins).collect();
        let mut asked: HashSet<EntryRef> = earlier.iter().copied().chain(begins).collect();
        asked.extend(spec.asks.iter().map(|ask| ask.reactions));
        let acts = spec.blocks.iter().flatten();
        asked.extend(acts.filter_map(|act| condition_of(act, property.names_queues())));
        let offered = spec.asks.iter().filter(|_| property.names_queues()).filter_map(|ask| ask.offers);
        asked.extend(offered.filter_map(route_of));
        let queue = |route: &Route| route.outputs.iter().position(|output| output.name == "queue");
        let queue_outputs = asked
            .iter()
            .filter_map(|entry| Some((*entry, queue(self.route(side.entry(*entry))?)?)))
            .collect();
        let entries: HashMap<EntryRef, Vec<Line>> = asked
            .into_iter()
            .filter_map(|entry| {
                let route = self.route(side.entry(entry))?;
                Some((entry, route.choices.iter().flat_map(lines).collect()))
            })
            .collect();
        let mut sorted: Vec<&EntryRef> = entries.keys().collect();
        sorted.sort_unstable();
        let lines = sorted.into_iter().filter_map(|entry| entries.get(entry)).flatten();
        let atoms = Atoms::of(self.context, lines.filter_map(|line| line.when.as_ref()));
        let (intents, sets) = (intents(&atoms, property), phrases(&atoms, property));
        let counts = |set: &u32| atoms.tests.contains_key(&FactSource::SaidTimes(Party::Customer, *set));
        let mut mixed: BTreeSet<u32> =
            sets.iter().copied().filter(counts).chain(promised(property)).collect();
        let conditions = entries.values().flatten().filter_map(|line| line.when.as_ref());
        conditions.for_each(|when| together(when, &mut mixed));
        let Some(sayings) = self.texts.sayings(&sets, &mixed, &intents) else {
            return Err(TooLarge::Dialog("callers can say too many mixtures of phrases"));
        };
        let counted = |set: u32| (set, atoms.enough(FactSource::SaidTimes(Party::Customer, set)));
        let counted = sets.into_iter().map(counted).filter(|(_, enough)| *enough > 0).collect();
        let enough = |fact| atoms.enough(FactSource::Dialog(fact));
        let enough = Enough {
            unresolved: enough(DialogFact::UnresolvedTimes).max(atoms.enough(UNRESOLVED)),
            silent: enough(DialogFact::SilentTimes),
            unanswered: enough(DialogFact::Unanswered),
            asked: enough(DialogFact::Asked),
        };
        let follows_intent = atoms.tests.contains_key(&FactSource::Call(CallFact::Intent));
        let literals = &self.context.literals.list;
        Ok(Model {
            spec,
            side,
            begins,
            earlier,
            property,
            atoms,
            literals,
            calendars: self.calendars,
            entries,
            queue_outputs,
            sayings,
            intents,
            counted,
            enough,
            follows_intent,
        })
    }
}

impl Model<'_> {
    /// The rows and rules of an entry.
    pub(super) fn lines(&self, entry: EntryRef) -> &[Line] {
        self.entries.get(&entry).map_or(&[], Vec::as_slice)
    }

    /// The acts of a block.
    pub(super) fn block(&self, block: BlockRef) -> &[DialogAct] {
        self.spec.blocks.get(block as usize).map_or(&[], Vec::as_slice)
    }

    /// The keys that make a difference at a question, and one that makes none.
    pub(super) fn keys(&self, ask: u32) -> Vec<char> {
        let Some(ask) = self.spec.asks.get(ask as usize) else { return Vec::new() };
        let promised = match self.property.who {
            Some((Behaviour::Keys(key), _)) => Some(key),
            _ => None,
        };
        if !ask.keys_read {
            return promised.into_iter().collect();
        }
        let tests = self.atoms.tests.get(&FactSource::Dialog(DialogFact::Key)).into_iter().flatten();
        let codes = tests.flat_map(ends).filter(|code| code.is_finite() && *code >= 0.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "codes of characters")]
        let named = codes.filter_map(|code| char::from_u32(code as u32));
        let meant = ask.keys.iter().map(|(key, _)| *key);
        let mut keys: Vec<char> = meant.chain(named).chain(promised).collect();
        keys.extend(KEYS.iter().find(|key| !keys.contains(key)).copied());
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The queue that a row or rule decides, where it is written there.
    pub(super) fn queue(&self, line: &Line, output: usize) -> Option<Slot> {
        match line.answers.get(output)?.kind {
            ExprKind::Constant(queue) => Some(queue),
            _ => None,
        }
    }
}

/// The entry that an act asks; those of routes only where it matters which queue it is.
fn condition_of(act: &DialogAct, queues: bool) -> Option<EntryRef> {
    match act {
        DialogAct::When { condition, .. } => Some(*condition),
        DialogAct::Answer { known, .. } => Some(*known),
        _ if queues => transfer_of(act),
        _ => None,
    }
}

/// The route by which an act transfers.
pub(super) const fn transfer_of(act: &DialogAct) -> Option<EntryRef> {
    match act {
        DialogAct::Transfer { to, .. } => route_of(*to),
        _ => None,
    }
}

/// The route of a transfer, if one says where it goes.
pub(super) const fn route_of(to: TransferTo) -> Option<EntryRef> {
    match to {
        TransferTo::Route(route) => Some(route),
        TransferTo::Queue(_) | TransferTo::Offered => None,
    }
}

/// Rows as rules: all their cells hold.
fn lines(choice: &Choice) -> Vec<Line> {
    match choice {
        Choice::Rule(rule) => vec![Line { when: rule.when.clone(), answers: rule.answers.clone() }],
        Choice::Table(table) => {
            let cells = |row: &crate::program::Row| -> Vec<Expr> {
                let narrowing = table.columns.iter().zip(&row.cells);
                let narrowing = narrowing.filter(|(_, cell)| cell.not || !cell.tests.is_empty());
                narrowing
                    .map(|(column, cell)| Expr {
                        kind: ExprKind::In(Box::new(column.clone()), cell.clone()),
                        ty: tandem_stdlib::contract::Type::YesNo,
                        span: cell.span,
                    })
                    .collect()
            };
            let when = |cells: Vec<Expr>| Expr {
                span: cells.first().map(|cell| cell.span).unwrap_or_default(),
                kind: ExprKind::All(cells),
                ty: tandem_stdlib::contract::Type::YesNo,
            };
            let line = |row| Line { when: Some(when(cells(row))), answers: row.answers.clone() };
            table.rows.iter().map(line).collect()
        }
    }
}

fn intents(atoms: &Atoms, property: &Property) -> BTreeSet<Slot> {
    let facts = [FactSource::Dialog(DialogFact::Intent), FactSource::Call(CallFact::Intent)];
    let tests = facts.iter().filter_map(|fact| atoms.tests.get(fact)).flatten();
    let mut intents: BTreeSet<Slot> = BTreeSet::new();
    for test in tests {
        match test {
            CellTest::Is(slot) => drop(intents.insert(*slot)),
            CellTest::Between { low, high } => intents.extend(low.iter().chain(high).map(|(slot, _)| *slot)),
            CellTest::Fact(_) => {}
        }
    }
    if let Some((Behaviour::Tells(intent), _)) = property.who {
        intents.insert(intent);
    }
    intents.remove(&0);
    intents
}

fn phrases(atoms: &Atoms, property: &Property) -> BTreeSet<u32> {
    let set = |fact: &FactSource| match fact {
        FactSource::Said(Party::Customer, set) | FactSource::SaidTimes(Party::Customer, set) => Some(*set),
        _ => None,
    };
    atoms.tests.keys().filter_map(set).chain(promised(property)).collect()
}

/// The phrases that a promise is about.
fn promised(property: &Property) -> Option<u32> {
    match property.who {
        Some((Behaviour::Says(set), _)) => Some(set),
        _ => None,
    }
}

/// Notes the phrases that a condition does not ask for alone: those that it denies, and those that it asks for together
/// with other things that a turn tells.
fn together(when: &Expr, mixed: &mut BTreeSet<u32>) {
    match &when.kind {
        ExprKind::Any(parts) => parts.iter().for_each(|part| together(part, mixed)),
        ExprKind::All(parts) => {
            let telling = parts.iter().filter(|part| facts(part).into_iter().any(tells_of_turn)).count();
            match telling {
                0 | 1 => parts.iter().for_each(|part| together(part, mixed)),
                _ => mixed.extend(facts(when).into_iter().filter_map(said)),
            }
        }
        // The plain question whether a turn says it.
        ExprKind::Compare(CompareOp::AtLeast, left, right)
            if matches!(left.kind, ExprKind::Fact(_)) && matches!(right.kind, ExprKind::Constant(0)) => {}
        _ => mixed.extend(facts(when).into_iter().filter_map(said)),
    }
}

const fn said(fact: FactSource) -> Option<u32> {
    match fact {
        FactSource::Said(Party::Customer, set) => Some(set),
        _ => None,
    }
}

/// Whether a fact is about what the turn tells.
const fn tells_of_turn(fact: FactSource) -> bool {
    matches!(
        fact,
        FactSource::Said(Party::Customer, _)
            | FactSource::Dialog(DialogFact::Intent)
            | FactSource::Call(CallFact::Intent)
    )
}
