//! Where a block leads, as far as its statements alone tell.

use crate::tree::{Act, ActKind, Block, Handler, Occasion, Question, Recurrence};

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

/// The most questions that a caller can hear, those that are asked again included, before a person, an answer or the
/// end. `None`: some question may be asked for ever.
pub(super) fn depth(block: &Block) -> Option<u32> {
    let mut again = Again::default();
    again.walk(block)?;
    Some(
        chain(block)
            .saturating_add(again.unresolved)
            .saturating_add(again.silent)
            .saturating_add(again.requests),
    )
}

/// The longest chain of different questions.
fn chain(block: &Block) -> u32 {
    let offers = block.acts.iter().any(|act| matches!(act.kind, ActKind::Offer { .. }));
    let here = if offers { OFFER_ASKED_TIMES } else { 0 };
    let inside = inner(block).map(chain).max().unwrap_or(0).saturating_add(here);
    let asked = block.question.as_ref().map_or(0, |question| {
        question.handlers.iter().map(|handler| chain(&handler.block)).max().unwrap_or(0).saturating_add(1)
    });
    inside.max(asked)
}

/// How often questions are asked again. Counts run through the whole dialog, so each is spent once.
#[derive(Default)]
struct Again {
    unresolved: u32,
    silent: u32,
    requests: u32,
    /// Handlers of the questions around leave after an unresolved turn, after a silence.
    covered: (bool, bool),
}

impl Again {
    fn walk(&mut self, block: &Block) -> Option<()> {
        inner(block).try_for_each(|block| self.walk(block))?;
        block.question.as_ref().map_or(Some(()), |question| self.question(question))
    }

    fn question(&mut self, question: &Question) -> Option<()> {
        let before = self.covered;
        let unresolved = first_that_leaves(question, |one| matches!(one, Occasion::Unresolved(_)));
        let silent = first_that_leaves(question, |one| matches!(one, Occasion::Silence(_)));
        self.covered = (before.0 || unresolved.is_some(), before.1 || silent.is_some());
        if self.covered != (true, true) {
            return None;
        }
        self.unresolved = self.unresolved.max(unresolved.unwrap_or(1).saturating_sub(1));
        self.silent = self.silent.max(silent.unwrap_or(1).saturating_sub(1));
        let named = |one: &Occasion| matches!(one, Occasion::Named(_));
        let counted = question
            .handlers
            .iter()
            .filter(|one| one.recurrence.is_some() && one.occasions.iter().any(named));
        let counted = counted.filter_map(threshold).max().unwrap_or(1);
        self.requests = self.requests.max(counted.saturating_sub(1));
        question.handlers.iter().try_for_each(|handler| self.walk(&handler.block))?;
        self.covered = before;
        Some(())
    }
}

fn first_that_leaves(question: &Question, wanted: impl Fn(&Occasion) -> bool) -> Option<u32> {
    let fits = |handler: &&Handler| {
        handler.when.is_none() && leaves(&handler.block) && handler.occasions.iter().any(&wanted)
    };
    question.handlers.iter().filter(fits).filter_map(threshold).min()
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
