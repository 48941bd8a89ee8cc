//! Where a fact comes from: the field of a record whose labels go with it.

use tandem_stdlib::contract::{Argument, FactSource, NoteSpec};

use crate::check::context::Context;
use crate::check::resolve::FieldInfo;
use crate::check::types::facts;
use crate::program::{Expr, ExprKind};
use crate::source::Span;
use crate::tree::Labels;

/// So many notes and look-ups are followed from a fact to its field.
pub(super) const WAY_MAX: usize = 16;

/// The field that a fact tells, and how whoever tells it is called.
pub(super) fn field_of<'c>(context: &'c Context<'_>, fact: FactSource) -> Option<(&'c FieldInfo, String)> {
    let (record, field, asked) = match fact {
        FactSource::Answer(call, field) => {
            let source = context.calls.list.get(call as usize)?.source as usize;
            (
                context.world.sources.get(source)?.record?,
                field,
                format!("what `{}` answers", shown(context, call)),
            )
        }
        FactSource::Lead(source, field) => {
            (context.world.sources.get(source as usize)?.record?, field, "the leads".to_owned())
        }
        _ => return None,
    };
    Some((context.world.records.get(record)?.get(field as usize)?, asked))
}

/// How a look-up was written.
pub(super) fn shown(context: &Context<'_>, call: u32) -> String {
    context.calls.shown.get(call as usize).cloned().unwrap_or_default()
}

/// The facts whose values can be read off a value: what a comparison tells is yes or no alone.
pub(super) fn revealed(value: &Expr, seen: &mut Vec<(FactSource, Span)>) {
    match &value.kind {
        ExprKind::Fact(fact) => seen.push((*fact, value.span)),
        ExprKind::If { then, otherwise, .. } => {
            [then, otherwise].into_iter().for_each(|one| revealed(one, seen))
        }
        ExprKind::Arithmetic { left, right, otherwise, .. } => {
            [left, right].into_iter().chain(otherwise).for_each(|one| revealed(one, seen));
        }
        _ => {}
    }
}

/// The field from which a fact comes.
pub(super) struct Origin<'c> {
    /// The field.
    pub(super) field: &'c FieldInfo,
    /// How whoever tells it is called.
    pub(super) asked: String,
    /// What it goes through on its way, the last first: where, in words.
    pub(super) way: Vec<(Span, String)>,
}

/// The first field with a label on which a fact depends: a field of an answer or of the lead, what a look-up was asked
/// with, what a note was worked out of.
pub(super) fn depends<'c>(
    context: &'c Context<'_>,
    fact: FactSource,
    has: fn(Labels) -> bool,
) -> Option<Origin<'c>> {
    Search { context, has, way: Vec::new() }.of(fact)
}

struct Search<'c, 't> {
    context: &'c Context<'t>,
    has: fn(Labels) -> bool,
    way: Vec<(Span, String)>,
}

impl<'c> Search<'c, '_> {
    fn of(&mut self, fact: FactSource) -> Option<Origin<'c>> {
        if self.way.len() >= WAY_MAX {
            return None;
        }
        if let Some((field, asked)) = field_of(self.context, unmasked(fact))
            && (self.has)(field.labels)
        {
            return Some(Origin { field, asked, way: std::mem::take(&mut self.way) });
        }
        match fact {
            FactSource::Answer(call, _)
            | FactSource::AnswerMasked(call, _)
            | FactSource::AnswerKnown(call, _)
            | FactSource::Answered(call) => self.asked_with(call),
            FactSource::Noted(note) | FactSource::NotedKnown(note) => self.noted(note),
            _ => None,
        }
    }

    /// Whatever a source answers depends on what it was asked with.
    fn asked_with(&mut self, call: u32) -> Option<Origin<'c>> {
        let (list, spans) = (&self.context.calls.list, &self.context.calls.spans);
        let asked = list.get(call as usize)?;
        let at = *spans.get(call as usize)?;
        let through = format!("`{}` is asked with it here", shown(self.context, call));
        asked.arguments.iter().find_map(|argument| match argument {
            Argument::Fact(fact) => self.through(*fact, at, &through),
            Argument::Constant(_) => None,
        })
    }

    /// What was noted depends on what was noted anywhere under the name.
    fn noted(&mut self, note: u32) -> Option<Origin<'c>> {
        noted(self.context, note).into_iter().find_map(|(value, span, through)| {
            facts(value).into_iter().find_map(|fact| self.through(fact, span, &through))
        })
    }

    fn through(&mut self, fact: FactSource, at: Span, words: &str) -> Option<Origin<'c>> {
        self.way.push((at, words.to_owned()));
        let found = self.of(fact);
        self.way.pop();
        found
    }
}

/// What dialogs note under a name: the value, where, and what to say of it.
pub(super) fn noted<'c>(context: &'c Context<'_>, note: u32) -> Vec<(&'c Expr, Span, String)> {
    let Some(NoteSpec { name, .. }) = context.notes_read.get(note as usize) else { return Vec::new() };
    let notes = context.notes.iter().filter(|note| note.name == *name);
    let through = format!("it is noted as `{name}` here");
    notes.filter_map(|note| Some((note.value.as_ref()?, note.span, through.clone()))).collect()
}

/// A masked value depends on its field as the value itself does.
const fn unmasked(fact: FactSource) -> FactSource {
    match fact {
        FactSource::AnswerMasked(call, field) => FactSource::Answer(call, field),
        FactSource::LeadMasked(source, field) => FactSource::Lead(source, field),
        other => other,
    }
}
