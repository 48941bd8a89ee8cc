//! The sides of experiments: what is promised of a dialog is promised of whatever is tried in its place, or in the place
//! of a route that it asks. Each side is explored as a policy of its own.

use tandem_stdlib::contract::{DialogSpec, EntryRef};

use crate::check::context::{Context, small};
use crate::check::resolve::{Kind, dotted};
use crate::tree::TriesKind;

/// Routes of a dialog that may be tried; each doubles the sides.
const ROUTES_TRIED_MAX: usize = 4;

/// One side: a dialog with what stands in the place of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Side {
    /// The dialog that is explored.
    pub(super) dialog: usize,
    /// The one as which it begins: itself, or the one in whose place it is tried.
    pub(super) begins_as: usize,
    /// Routes with what is tried in their place.
    instead: Vec<(EntryRef, EntryRef)>,
    /// Names of the experiments whose other side this is.
    pub(super) experiments: Vec<String>,
}

impl Side {
    /// The entry that is asked on this side where a policy names this one.
    pub(super) fn entry(&self, named: EntryRef) -> EntryRef {
        self.instead.iter().find(|(usual, _)| *usual == named).map_or(named, |(_, tried)| *tried)
    }
}

/// Something that is tried: by which experiment, and in the place of what.
pub(super) struct Tried {
    experiment: String,
    kind: TriesKind,
    usual: usize,
    tried: usize,
}

/// All dialogs and routes that experiments try.
pub(super) fn tried(context: &Context<'_>) -> Vec<Tried> {
    let mut found = Vec::new();
    for ((file, item), name) in context.world.experiments.iter().zip(context.names_of(Kind::Experiment)) {
        for one in &item.tries {
            let kind = match one.kind {
                TriesKind::Dialog => Kind::Dialog,
                TriesKind::Route => Kind::Route,
                _ => continue,
            };
            let at = |path| context.world.named(*file, &dotted(path), kind).map(|(_, symbol)| symbol.at);
            if let (Some(usual), Some(tried)) = (at(&one.usual), at(&one.tried)) {
                found.push(Tried { experiment: name.clone(), kind: one.kind, usual, tried });
            }
        }
    }
    found
}

/// The dialogs, and those that are tried in their place. One that is among them itself is explored however it begins.
pub(super) fn of_dialogs(dialogs: &[usize], tried: &[Tried]) -> Vec<Side> {
    let mut sides: Vec<Side> = Vec::new();
    for dialog in dialogs {
        sides.push(Side { dialog: *dialog, begins_as: *dialog, ..Side::default() });
        let other = tried.iter().filter(|one| one.kind == TriesKind::Dialog && one.usual == *dialog);
        let other = other.filter(|one| !dialogs.contains(&one.tried));
        sides.extend(other.map(|one| Side {
            dialog: one.tried,
            begins_as: *dialog,
            instead: Vec::new(),
            experiments: vec![one.experiment.clone()],
        }));
    }
    sides
}

/// A side as it is with each choice of tried routes among those that it asks; `None`: they are too many.
pub(super) fn of_routes(side: Side, asked: &[EntryRef], tried: &[Tried]) -> Option<Vec<Side>> {
    let routes = tried.iter().filter(|one| one.kind == TriesKind::Route);
    let routes: Vec<&Tried> = routes.filter(|one| asked.contains(&small(one.usual))).collect();
    if routes.len() > ROUTES_TRIED_MAX {
        return None;
    }
    let mut sides = vec![side];
    for route in routes {
        let other = sides.iter().filter(|side| side.entry(small(route.usual)) == small(route.usual));
        let other: Vec<Side> = other.map(|side| side.with(route)).collect();
        sides.extend(other);
    }
    Some(sides)
}

impl Side {
    fn with(&self, route: &Tried) -> Self {
        let mut side = self.clone();
        side.instead.push((small(route.usual), small(route.tried)));
        if !side.experiments.contains(&route.experiment) {
            side.experiments.push(route.experiment.clone());
        }
        side
    }
}

/// The routes by which a dialog transfers or offers.
pub(super) fn routes_of(spec: &DialogSpec) -> Vec<EntryRef> {
    let acts = spec.blocks.iter().flatten();
    let offered = spec.asks.iter().filter_map(|ask| super::model::route_of(ask.offers?));
    acts.filter_map(super::model::transfer_of).chain(offered).collect()
}
