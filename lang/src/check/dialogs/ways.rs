//! Where a block leads, as far as its statements alone tell.

use crate::tree::{Act, ActKind, Block, Handler, Recurrence};

/// Times that an offer is asked when nobody answers: the second silence is a no.
pub(super) const OFFER_ASKED_TIMES: u32 = 2;

/// Whether nothing comes after an act.
pub(super) const fn is_last(act: &Act) -> bool {
    match &act.kind {
        ActKind::Transfer { directly, .. } => directly.is_none(),
        ActKind::Offer { .. } | ActKind::Back | ActKind::Resolved | ActKind::End => true,
        _ => false,
    }
}

/// Whether every caller who comes into the block leaves the question that led there, for something else than the
/// question around it.
pub(super) fn leaves(block: &Block) -> bool {
    block.question.is_some()
        || block.acts.iter().any(|act| match &act.kind {
            ActKind::Transfer { directly, .. } => directly.is_none(),
            ActKind::Resolved | ActKind::End => true,
            ActKind::Offer { no, .. } => no.as_ref().is_some_and(leaves),
            _ => false,
        })
}

/// Whether every caller who comes into the block is transferred.
pub(super) fn reaches_person(block: &Block) -> bool {
    block.acts.iter().any(|act| matches!(&act.kind, ActKind::Transfer { directly: None, .. }))
}

/// Whether the block asks something that has handlers.
pub(super) fn asks(block: &Block) -> bool {
    block.question.is_some() || inner(block).any(asks)
}

/// The blocks of a block's acts.
pub(super) fn inner(block: &Block) -> impl Iterator<Item = &Block> {
    block
        .acts
        .iter()
        .flat_map(|act| match &act.kind {
            ActKind::Answer { otherwise, .. } => [otherwise.as_ref(), None],
            ActKind::Offer { yes, no, .. } => [yes.as_ref(), no.as_ref()],
            ActKind::When(_, then) => [Some(then), None],
            _ => [None, None],
        })
        .flatten()
}

/// From which time on a handler comes; `None`: the first time alone.
pub(super) fn threshold(handler: &Handler) -> Option<u32> {
    match handler.recurrence {
        None => Some(1),
        Some(Recurrence::Once(_)) => None,
        Some(Recurrence::Repeatedly(_)) => Some(2),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates; checked elsewhere"
        )]
        Some(Recurrence::Times(times)) => Some(times.value as u32),
    }
}
