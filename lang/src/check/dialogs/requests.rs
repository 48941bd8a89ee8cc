//! Which words ask for a person, and which are urgent.

use std::collections::HashSet;

use crate::check::context::Context;
use crate::check::resolve::{Kind, SymbolId, dotted};

/// The standard phrases by which callers ask for a person.
const ASKS_FOR_HUMAN: &str = "asks_for_human";

/// Sets of phrases that a message names at most.
const NAMED_MAX: usize = 6;

/// Whether phrases are, or include, those of somebody who wants a person.
pub(super) fn asks_for_person(context: &Context<'_>, phrases: SymbolId) -> bool {
    let (mut seen, mut open) = (HashSet::new(), vec![phrases]);
    while let Some(next) = open.pop() {
        let symbol = context.world.symbol(next).filter(|symbol| symbol.kind == Kind::Phrases);
        let Some(symbol) = symbol.filter(|_| seen.insert(next)) else { continue };
        if symbol.standard && symbol.name == ASKS_FOR_HUMAN {
            return true;
        }
        let Some((file, set)) = context.world.phrases.get(symbol.at) else { continue };
        open.extend(set.includes.iter().filter_map(|path| context.world.look_up(*file, &dotted(path))));
    }
    false
}

/// The phrases of a file by which callers ask for a person, in words; empty: it has none.
pub(super) fn requests(context: &Context<'_>, file: usize) -> String {
    let names = context.world.visible(file, Kind::Phrases).into_iter();
    let asks = |name: &&str| {
        context.world.look_up(file, name).is_some_and(|phrases| asks_for_person(context, phrases))
    };
    let known: Vec<String> = names.filter(asks).take(NAMED_MAX).map(|name| format!("`{name}`")).collect();
    known.join(", ")
}

/// Whether an intent is heard by such phrases.
pub(super) fn is_wish_for_person(context: &Context<'_>, intent: u64) -> bool {
    let heard = context.phrases.list.iter().filter(|(_, heard_as)| *heard_as == Some(intent));
    heard.into_iter().any(|(phrases, _)| asks_for_person(context, *phrases))
}

/// Whether phrases are declared urgent: whoever says them may be transferred without being asked.
pub(super) fn is_urgent(context: &Context<'_>, phrases: SymbolId) -> bool {
    let symbol = context.world.symbol(phrases).filter(|symbol| symbol.kind == Kind::Phrases);
    symbol.and_then(|symbol| context.world.phrases.get(symbol.at)).is_some_and(|(_, set)| set.urgent)
}
