//! The most questions that a caller can hear before a person, an answer or the end.
//!
//! A question is asked again when a handler comes to its end and does not leave it. That is bounded only where something
//! counts: silence, turns that nobody understood, phrases that are heard `once`. Intents, keys and phrases come as often as
//! callers like.

use super::ways::{OFFER_ASKED_TIMES, asks, inner, threshold};
use crate::source::Span;
use crate::tree::{ActKind, Block, Handler, Occasion, Question, Recurrence};

/// The bound; an error is the handler with which callers can go round for ever.
pub(super) fn depth(block: &Block) -> Result<u32, Span> {
    let mut walk = Walk::default();
    walk.block(block, &[])?;
    let total = [chain(block, 0), walk.unresolved.questions(), walk.silent.questions(), walk.once];
    Ok(total.into_iter().fold(0, u32::saturating_add))
}

/// The longest chain of different questions: an offer is asked twice, for it outlasts one silence. `around`: the longest
/// chain of the handlers of questions around, which a question inside hears as well.
fn chain(block: &Block, around: u32) -> u32 {
    let here = if offers(block) { OFFER_ASKED_TIMES } else { 0 };
    let inside = inner(block).map(|block| chain(block, around)).max().unwrap_or(0).saturating_add(here);
    let asked = block.question.as_ref().map_or(0, |question| {
        let heard = heard_inside(question, around);
        let own = question.handlers.iter().map(|handler| chain(&handler.block, heard));
        own.max().unwrap_or(0).max(around).saturating_add(1)
    });
    inside.max(asked)
}

/// The longest chain of the handlers that questions inside a question hear.
fn heard_inside(question: &Question, around: u32) -> u32 {
    let own = question.handlers.iter().filter(|one| !asks(&one.block)).map(|one| chain(&one.block, 0));
    own.max().unwrap_or(0).max(around)
}

/// Where a caller can be when a block is done and nothing that he came for has happened.
#[derive(Clone, Copy, Default)]
struct Ends {
    /// At the question that was open before, which is asked again.
    again: bool,
    /// At the question around it.
    back: bool,
}

impl Ends {
    const fn comes_back(self) -> bool {
        self.again || self.back
    }
}

fn ends(block: &Block) -> Ends {
    ends_and_whens(block).0
}

/// Where a block leads, and whether a question in one of its `when`s comes back to the question that was open before.
/// Both at once: a block is visited no oftener than it is written.
fn ends_and_whens(block: &Block) -> (Ends, bool) {
    let (mut ends, mut comes_back) = (Ends::default(), false);
    for act in &block.acts {
        match &act.kind {
            ActKind::When(_, then) => {
                let (inside, deeper) = ends_and_whens(then);
                let asks = then.question.is_some() || offers(then);
                ends.back |= inside.back;
                comes_back |= deeper || asks && inside.again;
            }
            ActKind::Answer { otherwise, .. } => {
                let unknown = otherwise.as_ref().map_or(Ends { again: true, back: false }, self::ends);
                ends.back |= unknown.back;
                if !unknown.again {
                    return (ends, comes_back);
                }
            }
            ActKind::Offer { yes, no, .. } => {
                let (yes, no) = (yes.as_ref().map(self::ends), no.as_ref().map(self::ends));
                ends.back |= yes.is_some_and(|yes| yes.back) || no.is_some_and(|no| no.back);
                ends.again |= no.is_some_and(|no| no.again);
                return (ends, comes_back);
            }
            ActKind::Transfer { directly: None, .. } | ActKind::Resolved | ActKind::End => {
                return (ends, comes_back);
            }
            ActKind::Back => {
                ends.back = true;
                return (ends, comes_back);
            }
            _ => {}
        }
    }
    match &block.question {
        // What goes back from there comes here.
        Some(question) => ends.again |= question.handlers.iter().any(|one| self::ends(&one.block).back),
        None => ends.again = true,
    }
    ends.again |= comes_back;
    (ends, comes_back)
}

/// Whether one of a block's own acts is an offer.
fn offers(block: &Block) -> bool {
    block.acts.iter().any(|act| matches!(act.kind, ActKind::Offer { .. }))
}

/// Something that is counted over the dialog, such as silences.
#[derive(Default)]
struct Counted {
    /// How often it can come without leaving the question.
    times: u32,
    /// The most questions that follow it, the one that is asked again included.
    each: u32,
}

impl Counted {
    const fn questions(&self) -> u32 {
        self.times.saturating_mul(if self.each == 0 { 1 } else { self.each })
    }
}

/// A handler as questions hear it, each looked at once.
#[derive(Clone, Copy)]
struct Heard<'h> {
    handler: &'h Handler,
    ends: Ends,
    asks: bool,
    /// The longest chain of questions in it, those that it would hear from around left out.
    chain: u32,
}

impl<'h> Heard<'h> {
    fn of(handler: &'h Handler) -> Self {
        let block = &handler.block;
        Self { handler, ends: ends(block), asks: asks(block), chain: chain(block, 0) }
    }

    fn waits_for(&self, wanted: impl Fn(&Occasion) -> bool) -> bool {
        self.handler.occasions.iter().any(wanted)
    }
}

#[derive(Default)]
struct Walk {
    unresolved: Counted,
    silent: Counted,
    /// Questions that follow handlers which come once in a call.
    once: u32,
}

impl Walk {
    /// `around`: handlers of the questions around that ask nothing, the nearest question's first.
    fn block(&mut self, block: &Block, around: &[Heard<'_>]) -> Result<(), Span> {
        inner(block).try_for_each(|block| self.block(block, around))?;
        block.question.as_ref().map_or(Ok(()), |question| self.question(question, around))
    }

    fn question(&mut self, question: &Question, around: &[Heard<'_>]) -> Result<(), Span> {
        let own: Vec<Heard<'_>> = question.handlers.iter().map(Heard::of).collect();
        let all: Vec<Heard<'_>> = own.iter().chain(around).copied().collect();
        let unresolved = |one: &Occasion| matches!(one, Occasion::Unresolved(_));
        let silence = |one: &Occasion| matches!(one, Occasion::Silence(_));
        let (left, kept) = (leaves_at(&all, unresolved), leaves_at(&all, silence));
        let unresolved_times = left.ok_or_else(|| keeps(&all, question, unresolved))?.saturating_sub(1);
        let silent_times = kept.ok_or_else(|| keeps(&all, question, silence))?.saturating_sub(1);
        self.unresolved.times = self.unresolved.times.max(unresolved_times);
        self.silent.times = self.silent.times.max(silent_times);
        let inherited: Vec<Heard<'_>> = own.iter().filter(|one| !one.asks).chain(around).copied().collect();
        let longest = inherited.iter().map(|one| one.chain).max().unwrap_or(0);
        for (at, one) in all.iter().enumerate().filter(|(_, one)| one.ends.comes_back()) {
            let inside = if one.asks { chain(&one.handler.block, longest) } else { one.chain };
            self.comes_back(one.handler, at < own.len(), inside.saturating_add(1))?;
        }
        question.handlers.iter().try_for_each(|handler| self.block(&handler.block, &inherited))
    }

    /// A handler after which a question is asked again: something must count it. `follows`: the most questions after it.
    fn comes_back(&mut self, handler: &Handler, is_own: bool, follows: u32) -> Result<(), Span> {
        let counted = |one: &Occasion| matches!(one, Occasion::Unresolved(_) | Occasion::Silence(_));
        if !handler.occasions.is_empty() && handler.occasions.iter().all(counted) {
            for (counted, silence) in [(&mut self.unresolved, false), (&mut self.silent, true)] {
                let of_it = |one: &Occasion| matches!(one, Occasion::Silence(_)) == silence;
                if handler.occasions.iter().any(of_it) {
                    counted.each = counted.each.max(follows);
                }
            }
            return Ok(());
        }
        if !matches!(handler.recurrence, Some(Recurrence::Once(_))) {
            return Err(handler.span);
        }
        // An inherited one was counted where it stands.
        self.once = self.once.saturating_add(if is_own { follows } else { 0 });
        Ok(())
    }
}

/// From which time on something leaves a question whatever else holds; `None`: perhaps never.
fn leaves_at(all: &[Heard<'_>], wanted: impl Fn(&Occasion) -> bool) -> Option<u32> {
    let mut least: Option<u32> = None;
    // A handler that comes back stands in the way of those behind it from this time on.
    let mut hidden_from = u32::MAX;
    for one in all.iter().filter(|one| one.waits_for(&wanted)) {
        let Some(from) = threshold(one.handler) else { continue };
        if one.ends.comes_back() {
            hidden_from = hidden_from.min(from);
        } else if one.handler.when.is_none() && from < hidden_from {
            least = Some(least.map_or(from, |least| least.min(from)));
        }
    }
    least
}

/// The handler that keeps a caller for ever at a question, else the question.
fn keeps(all: &[Heard<'_>], question: &Question, wanted: impl Fn(&Occasion) -> bool) -> Span {
    let stays = |one: &&Heard<'_>| one.waits_for(&wanted) && one.ends.comes_back();
    let keeper = all.iter().filter(stays).find(|one| threshold(one.handler).is_some());
    keeper.map_or(question.span, |keeper| keeper.handler.span)
}
