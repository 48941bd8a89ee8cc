//! Which words ask for a person, and which are urgent.

use crate::check::context::Context;
use crate::check::resolve::{Kind, SymbolId};

/// The standard phrases by which callers ask for a person.
const ASKS_FOR_HUMAN: &str = "asks_for_human";

/// How deep phrase sets may include one another; deeper ones are looked at no further.
const INCLUDES_MAX: usize = 16;

/// Whether phrases are, or include, those of somebody who wants a person.
pub(super) fn asks_for_person(context: &Context<'_>, phrases: SymbolId) -> bool {
    within(context, phrases, INCLUDES_MAX)
}

fn within(context: &Context<'_>, phrases: SymbolId, depth: usize) -> bool {
    let Some(symbol) = context.world.symbol(phrases).filter(|symbol| symbol.kind == Kind::Phrases) else {
        return false;
    };
    if symbol.standard && symbol.name == ASKS_FOR_HUMAN {
        return true;
    }
    let Some((file, set)) = context.world.phrases.get(symbol.at).filter(|_| depth > 0) else { return false };
    set.includes.iter().any(|path| {
        let included = context.world.look_up(*file, &crate::check::resolve::dotted(path));
        included.is_some_and(|included| within(context, included, depth - 1))
    })
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
