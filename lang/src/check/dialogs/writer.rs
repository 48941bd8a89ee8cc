//! Writes a dialog's data while its statements are checked.

use std::rc::Rc;

use tandem_stdlib::contract::{BlockRef, DialogAct, DialogSpec, EntryRef, Outcome, Output};

use super::questions::Reaction;
use super::ways;
use crate::check::types::Typer;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, Route, Rule};
use crate::source::Span;
use crate::tree;

/// Why a block is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Cause {
    /// The dialog begins.
    #[default]
    Beginning,
    /// The caller asked for a person, pressed a key, said yes, or could not be helped.
    Asked,
    /// The caller said something that was declared urgent.
    Urgent,
    /// The caller said something that the bot knows an answer to.
    Matter,
    /// The caller does not want a person.
    Declined,
}

/// What stands around a block.
#[derive(Clone, Default)]
pub(super) struct Around {
    /// Why it is reached.
    pub(super) cause: Cause,
    /// Questions around it.
    pub(super) level: u32,
    /// What has been noted on every way to it.
    pub(super) notes: Rc<Vec<String>>,
    /// Handlers of the questions around it that ask nothing, the nearest question's first.
    pub(super) inherited: Rc<[Reaction]>,
}

/// Writes one dialog.
pub(super) struct Writer<'w, 'c, 't> {
    pub(super) typer: &'w mut Typer<'c, 't>,
    pub(super) file: usize,
    pub(super) spec: DialogSpec,
    /// The languages that it speaks, with their names.
    pub(super) languages: Vec<(u64, String)>,
    pub(super) levels_max: u32,
    /// Everything that is noted somewhere.
    pub(super) notes: Vec<String>,
    /// Part of the item could not be read: nothing is said about what is missing.
    pub(super) incomplete: bool,
    whole: bool,
}

impl<'w, 'c, 't> Writer<'w, 'c, 't> {
    pub(super) fn new(
        typer: &'w mut Typer<'c, 't>,
        file: usize,
        item: &tree::Dialog,
        spec: DialogSpec,
        levels_max: u32,
    ) -> Self {
        let incomplete = typer.context.is_incomplete(item.span);
        let (notes, languages) = (super::handover::notes(&item.block), Vec::new());
        Self { typer, file, spec, languages, levels_max, notes, incomplete, whole: true }
    }

    /// The dialog, unless something is wrong with it.
    pub(super) fn finish(self) -> Option<DialogSpec> {
        self.whole.then_some(self.spec)
    }

    /// Reports something; the dialog then has no value.
    pub(super) fn wrong(&mut self, diagnostic: Diagnostic) {
        self.whole = false;
        self.typer.context.report(diagnostic);
    }

    /// Takes a value that may have been wrong and reported.
    pub(super) fn known<T>(&mut self, value: Option<T>) -> Option<T> {
        self.whole &= value.is_some();
        value
    }

    /// The condition under which the dialog begins.
    pub(super) fn begins(&mut self, item: &tree::Dialog) {
        let when = match &item.when {
            Some(when) => {
                let found = self.typer.condition(&when.value);
                self.known(found)
            }
            None => None,
        };
        let label = if item.at_start { "at start" } else { "begins" };
        let because = item.when.as_ref().map(tree::Reasoned::reason).unwrap_or_default();
        let outcome = self.outcome(label.to_owned(), because, item.name.span);
        self.spec.begins =
            self.handlers(self.spec.name.clone(), vec![decides(when, outcome)], item.name.span);
    }

    /// An entry whose outcome tells whether a condition holds, with the author's reason.
    pub(super) fn held(&mut self, condition: Expr, because: String) -> EntryRef {
        let span = condition.span;
        let outcome = self.outcome(self.typer.context.shown(span), because, span);
        self.handlers(self.spec.name.clone(), vec![decides(Some(condition), outcome)], span)
    }

    /// An entry whose outcome tells whether a source has an answer.
    pub(super) fn known_answer(&mut self, known: Expr, label: String, span: Span) -> EntryRef {
        let outcome = self.outcome(label, String::new(), span);
        let route = self.route(self.spec.name.clone(), Vec::new(), vec![decides(Some(known), outcome)], span);
        self.typer.context.condition(route)
    }

    /// An entry whose outputs are these values.
    pub(super) fn values(&mut self, values: Vec<Expr>, span: Span) -> EntryRef {
        let output = |value: &Expr| Output { name: self.typer.context.shown(value.span), ty: value.ty };
        let outputs = values.iter().map(output).collect();
        let outcome = self.outcome(self.typer.context.shown(span), String::new(), span);
        let rules = vec![Rule { when: None, answers: values, outcome }];
        let route = self.route(self.spec.name.clone(), outputs, rules, span);
        self.typer.context.condition(route)
    }

    /// An entry that says what the bot does.
    pub(super) fn handlers(&mut self, name: String, rules: Vec<Rule>, span: Span) -> EntryRef {
        let route = self.route(name, Vec::new(), rules, span);
        self.typer.context.treatment(route)
    }

    fn route(&self, name: String, outputs: Vec<Output>, rules: Vec<Rule>, span: Span) -> Route {
        let place = self.typer.context.place(span);
        let choices = rules.into_iter().map(Choice::Rule).collect();
        Route { name, place, outputs, choices, ..Route::default() }
    }

    pub(super) fn outcome(&self, label: String, because: String, span: Span) -> Outcome {
        Outcome { label, because, place: self.typer.context.place(span) }
    }

    /// Room for a block that is written later.
    pub(super) fn reserve(&mut self) -> BlockRef {
        self.spec.blocks.push(Vec::new());
        crate::check::context::small(self.spec.blocks.len() - 1)
    }

    /// Writes a block.
    pub(super) fn block(&mut self, block: &tree::Block, around: &Around) -> BlockRef {
        let at = self.reserve();
        self.fill(at, block, around);
        at
    }

    /// Writes a block into its room.
    pub(super) fn fill(&mut self, at: BlockRef, block: &tree::Block, around: &Around) {
        let mut around = around.clone();
        let mut acts: Vec<DialogAct> = Vec::new();
        for act in &block.acts {
            acts.extend(self.act(act, &around));
            if let tree::ActKind::Note(name, _) = &act.kind {
                Rc::make_mut(&mut around.notes).push(name.text.clone());
            }
        }
        self.never_done(block);
        if let Some(question) = &block.question {
            acts.extend(self.question(question, &around));
        }
        if let Some(room) = self.spec.blocks.get_mut(at as usize) {
            *room = acts;
        }
    }

    /// Reports what stands behind an act after which nothing comes.
    fn never_done(&mut self, block: &tree::Block) {
        let Some(last) = block.acts.iter().position(ways::is_last) else { return };
        let next = block.acts.get(last + 1).map(|act| act.span);
        let next = next.or_else(|| block.question.as_ref().map(|question| question.span));
        let (Some(next), Some(last)) = (next, block.acts.get(last)) else { return };
        let shown = self.typer.context.shown(next);
        let never = Diagnostic::new(Code::NeverHeard, next, format!("`{shown}` never comes"));
        self.wrong(never.note(last.span, "nothing comes after this").help("move it up, or remove it"));
    }
}

/// A rule that decides nothing but that it holds.
const fn decides(when: Option<Expr>, outcome: Outcome) -> Rule {
    Rule { when, answers: Vec::new(), outcome }
}
