//! Answers of sources, and what stands for them after `else`.

use tandem_stdlib::contract::{Argument, FactSource, Type};

use super::{Let, Typer, fold};
use crate::check::context::{Context, small};
use crate::check::resolve::{Kind, dotted};
use crate::check::suggest;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{ArithmeticOp, Expr, ExprKind};
use crate::source::Span;
use crate::tree::{self, Name, Path};

/// A `let` that stands for the answer of a source.
#[derive(Clone)]
pub(in crate::check) struct Answer {
    of: AnswerOf,
    record: usize,
    /// What answers for each field when the source does not; a field may have none.
    fallback: Vec<Option<Expr>>,
    /// The look-up and its `else`.
    span: Span,
}

/// Whether one answer serves all who ask the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shared {
    Yes,
    No,
}

/// Whose answer it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::check) enum AnswerOf {
    /// Of this look-up.
    Call(u32),
    /// Of this source of a campaign's leads.
    Lead(u32),
}

impl AnswerOf {
    fn known(self, field: u32) -> FactSource {
        match self {
            Self::Call(call) => FactSource::AnswerKnown(call, field),
            Self::Lead(source) => FactSource::LeadKnown(source, field),
        }
    }

    fn value(self, field: u32) -> FactSource {
        match self {
            Self::Call(call) => FactSource::Answer(call, field),
            Self::Lead(source) => FactSource::Lead(source, field),
        }
    }
}

impl Answer {
    /// What a lead says; `fallback` stands for what it leaves open.
    pub(super) const fn of_lead(source: u32, record: usize, fallback: Vec<Option<Expr>>, span: Span) -> Self {
        Self { of: AnswerOf::Lead(source), record, fallback, span }
    }

    /// The fields that it has.
    pub(super) fn field_names(&self, context: &Context<'_>) -> Vec<String> {
        let fields = context.world.records.get(self.record).into_iter().flatten();
        fields.map(|field| field.name.clone()).collect()
    }
}

impl Typer<'_, '_> {
    /// The value of a `let`.
    pub(super) fn let_value(&mut self, value: &tree::Expr) -> Let {
        self.parts = 0;
        let found = match &value.kind {
            tree::ExprKind::Else(inner, otherwise) => match &inner.kind {
                tree::ExprKind::Call(source, arguments) => {
                    self.look_up(source, arguments, inner.span, otherwise).map(Let::Answer)
                }
                _ => self.value(value).map(Let::Value),
            },
            _ => self.value(value).map(Let::Value),
        };
        found.unwrap_or(Let::Broken)
    }

    /// A look-up without `else`.
    pub(super) fn bare_call(&mut self, source: &Path, span: Span) -> Option<Expr> {
        self.context.find(self.file, source, Kind::Source)?;
        let shown = self.context.shown(span);
        let message = format!("`{shown}` may have no answer, and nothing says what then");
        let help = format!("say it once in a `let`: `let who = {shown} else …`");
        self.context.error(Code::NeedsElse, span, message, Some(help));
        None
    }

    /// `… else …` inside an expression: a division.
    pub(super) fn with_else(
        &mut self,
        inner: &tree::Expr,
        otherwise: &tree::Expr,
        span: Span,
        hint: Option<Type>,
    ) -> Option<Expr> {
        match &inner.kind {
            tree::ExprKind::Arithmetic(op @ ArithmeticOp::Divide, left, right) => {
                self.arithmetic(*op, left, right, Some(otherwise), span, hint)
            }
            tree::ExprKind::Call(source, _) => {
                self.context.find(self.file, source, Kind::Source)?;
                let message = format!("`{}` answers several values at once", self.context.shown(inner.span));
                let help = "give the answer a name with `let`, and read its fields".to_owned();
                self.context.error(Code::NotHere, span, message, Some(help));
                None
            }
            tree::ExprKind::Path(path) if self.is_note(path) => self.note_else(path, otherwise, span),
            tree::ExprKind::Missing => None,
            _ => {
                let message =
                    format!("`{}` always has a value and needs no `else`", self.context.shown(inner.span));
                let help =
                    "`else` follows a look-up, a note or a division, such as `(a / b else 0)`".to_owned();
                self.context.error(Code::NotHere, span, message, Some(help));
                None
            }
        }
    }

    fn look_up(
        &mut self,
        source: &Path,
        arguments: &[tree::Expr],
        span: Span,
        otherwise: &tree::Expr,
    ) -> Option<Answer> {
        let fallback_of = |typer: &mut Self, record| typer.fallback(record, otherwise);
        let (call, record, fallback) = self.asked(source, arguments, span, Shared::Yes, fallback_of)?;
        Some(Answer { of: AnswerOf::Call(call), record, fallback: fallback?, span: span.to(otherwise.span) })
    }

    /// The index of a look-up and the record that it answers, with whatever else is worked out of the record.
    fn asked<T>(
        &mut self,
        source: &Path,
        arguments: &[tree::Expr],
        span: Span,
        shared: Shared,
        also: impl FnOnce(&mut Self, usize) -> T,
    ) -> Option<(u32, usize, T)> {
        let symbol = self.context.find(self.file, source, Kind::Source)?;
        let at = self.context.world.symbol(symbol)?.at;
        let info = self.context.world.sources.get(at)?;
        let (record, parameters) = (info.record, info.parameters.clone());
        let arguments = self.arguments(source, arguments, &parameters, span);
        let record = record?;
        let more = also(self, record);
        let shown = (self.context.shown(span), span);
        let call = match shared {
            Shared::Yes => self.context.calls.index(small(at), arguments?, shown),
            Shared::No => self.context.calls.add(small(at), arguments?, shown),
        };
        Some((call, record, more))
    }

    /// A look-up whose fields have names while `inside` is worked out: for places that come only when it has an answer.
    pub(in crate::check) fn answered<T>(
        &mut self,
        source: &Path,
        arguments: &[tree::Expr],
        span: Span,
        inside: impl FnOnce(&mut Self) -> T,
    ) -> Option<(u32, T)> {
        let (call, record, ()) = self.asked(source, arguments, span, Shared::No, |_, _| ())?;
        let fields = self.context.world.records.get(record)?;
        let named: Vec<(String, Let)> = (0..)
            .zip(fields)
            .map(|(at, field)| {
                let fact = ExprKind::Fact(FactSource::Answer(call, at));
                let value = field.ty.map(|ty| Let::Value(Expr { kind: fact, ty, span }));
                (field.name.clone(), value.unwrap_or(Let::Broken))
            })
            .collect();
        let hidden: Vec<(String, Option<Let>)> =
            named.into_iter().map(|(name, value)| (name.clone(), self.lets.insert(name, value))).collect();
        let found = inside(self);
        for (name, before) in hidden {
            match before {
                Some(before) => drop(self.lets.insert(name, before)),
                None => drop(self.lets.remove(&name)),
            }
        }
        Some((call, found))
    }

    fn arguments(
        &mut self,
        source: &Path,
        given: &[tree::Expr],
        wanted: &[Option<Type>],
        span: Span,
    ) -> Option<Vec<Argument>> {
        let name = dotted(source);
        if given.len() != wanted.len() {
            let message = format!("`{name}` takes {} values, but {} are given", wanted.len(), given.len());
            let help = "give one value for each parameter of the `source`".to_owned();
            self.context.error(Code::WrongType, span, message, Some(help));
            return None;
        }
        let found: Vec<Option<Argument>> =
            given.iter().zip(wanted).map(|(one, ty)| self.argument(&name, one, (*ty)?)).collect();
        found.into_iter().collect()
    }

    fn argument(&mut self, source: &str, given: &tree::Expr, ty: Type) -> Option<Argument> {
        if let Some(fact) = self.told_by_lead(given, ty) {
            return Some(Argument::Fact(fact));
        }
        let found = self.typed(given, ty, &format!("what `{source}` takes"))?;
        match found.kind {
            ExprKind::Constant(slot) => Some(Argument::Constant(slot)),
            ExprKind::Fact(fact) => Some(Argument::Fact(fact)),
            _ => {
                let message = format!("`{}` must be worked out first", self.context.shown(given.span));
                let help = "sources are asked before anything is worked out: give a fact such as `call.from`, a constant, or a field of the lead that has a default in its record";
                self.context.error(Code::NotHere, given.span, message, Some(help.to_owned()));
                None
            }
        }
    }

    /// A field of the lead with which a source can be asked as it is. Where the lead does not say it and it has no default,
    /// the source is not asked; so what only the `else` of the leads answers is none.
    fn told_by_lead(&self, given: &tree::Expr, ty: Type) -> Option<FactSource> {
        let tree::ExprKind::Path(path) = &given.kind else { return None };
        let [head, name] = path.names.as_slice() else { return None };
        let Some(Let::Answer(answer @ Answer { of: AnswerOf::Lead(_), .. })) = self.lets.get(&head.text)
        else {
            return None;
        };
        let fields = self.context.world.records.get(answer.record)?;
        let at = fields.iter().position(|field| field.name == name.text && field.ty == Some(ty))?;
        let otherwise = answer.fallback.get(at).and_then(Option::as_ref);
        let is_unknown = otherwise.is_none_or(|otherwise| {
            matches!(ty, Type::Word(_) | Type::Text | Type::Phone) && fold::slot(otherwise) == Some(0)
        });
        let has_default = fields.get(at).is_some_and(|field| field.default.is_some());
        (has_default || is_unknown).then(|| answer.of.value(small(at)))
    }

    /// What stands for each field of a record after `else`.
    pub(super) fn fallback(&mut self, record: usize, otherwise: &tree::Expr) -> Option<Vec<Option<Expr>>> {
        let fields = self.context.world.records.get(record)?;
        let types: Vec<(String, Option<Type>)> =
            fields.iter().map(|field| (field.name.clone(), field.ty)).collect();
        let mut fallback: Vec<Option<Expr>> = vec![None; types.len()];
        if let tree::ExprKind::Fields(given) = &otherwise.kind {
            let mut whole = true;
            for (name, value) in given {
                whole &= self.fallback_field(&types, &mut fallback, name, value).is_some();
            }
            return whole.then_some(fallback);
        }
        let (at, ty) = self.only_field(&types, otherwise)?;
        let value = self.typed(otherwise, ty, "the field")?;
        *fallback.get_mut(at)? = Some(value);
        Some(fallback)
    }

    fn fallback_field(
        &mut self,
        types: &[(String, Option<Type>)],
        fallback: &mut [Option<Expr>],
        name: &Name,
        value: &tree::Expr,
    ) -> Option<()> {
        let Some(at) = types.iter().position(|(known, _)| *known == name.text) else {
            self.unknown_field(&name.text, types.iter().map(|(known, _)| known.as_str()), name.span);
            return None;
        };
        let ty = types.get(at).and_then(|(_, ty)| *ty)?;
        let value = self.typed(value, ty, &format!("`{}`", name.text))?;
        *fallback.get_mut(at)? = Some(value);
        Some(())
    }

    fn unknown_field<'n>(&mut self, name: &str, fields: impl Iterator<Item = &'n str>, span: Span) {
        self.context.unknown_name(name, span, format!("the answer has no field `{name}`"), fields);
    }

    /// The one field that a bare value after `else` can answer.
    fn only_field(
        &mut self,
        types: &[(String, Option<Type>)],
        otherwise: &tree::Expr,
    ) -> Option<(usize, Type)> {
        if types.iter().any(|(_, ty)| ty.is_none()) {
            return None;
        }
        let mut fits: Vec<(usize, Type)> = Vec::new();
        let word = match &otherwise.kind {
            tree::ExprKind::Path(path) if self.is_bare_word(path) => path.names.first(),
            _ => None,
        };
        if let Some(word) = word {
            for (at, (_, ty)) in types.iter().enumerate() {
                if let Some(Type::Word(vocabulary)) = ty
                    && self.context.world.vocabularies.word(*vocabulary, &word.text).is_some()
                {
                    fits.push((at, Type::Word(*vocabulary)));
                }
            }
            if fits.is_empty() {
                self.unknown_fallback(types, word);
                return None;
            }
        } else {
            let value = self.infer(otherwise, None)?;
            fits.extend(
                types
                    .iter()
                    .enumerate()
                    .filter(|(_, (_, ty))| *ty == Some(value.ty))
                    .map(|(at, _)| (at, value.ty)),
            );
        }
        if let [one] = fits.as_slice() {
            return Some(*one);
        }
        let message = match fits.len() {
            0 => format!("`{}` answers no field", self.context.shown(otherwise.span)),
            _ => format!("`{}` could answer several fields", self.context.shown(otherwise.span)),
        };
        let names: Vec<&str> = types.iter().map(|(name, _)| name.as_str()).collect();
        let help = format!("name the field: `else {{ {}: … }}`", names.first().copied().unwrap_or_default());
        self.context.error(Code::WrongType, otherwise.span, message, Some(help));
        None
    }

    fn unknown_fallback(&mut self, types: &[(String, Option<Type>)], word: &Name) {
        let vocabularies = types.iter().filter_map(|(_, ty)| match ty {
            Some(Type::Word(vocabulary)) => Some(*vocabulary),
            _ => None,
        });
        let known = &self.context.world.vocabularies;
        let words: Vec<&str> = vocabularies.flat_map(|vocabulary| known.words(vocabulary)).collect();
        let message = format!("`{}` answers no field", word.text);
        let wrong = suggest::unknown_name(&word.text, word.span, message, words);
        self.context.report(wrong);
    }

    /// A field of an answer: what the source says, else what stands for it.
    pub(super) fn field(&mut self, answer: &Answer, name: &Name, span: Span) -> Option<Expr> {
        let fields = self.context.world.records.get(answer.record)?;
        let Some(at) = fields.iter().position(|field| field.name == name.text) else {
            let names = answer.field_names(self.context);
            self.unknown_field(&name.text, names.iter().map(String::as_str), name.span);
            return None;
        };
        let field = fields.get(at)?;
        let (ty, default) = (field.ty?, field.default);
        let constant = default.map(|slot| fold::constant(slot, ty, span));
        let Some(otherwise) = answer.fallback.get(at).cloned().flatten().or(constant) else {
            self.field_not_answered(answer, at, name, span);
            return None;
        };
        let fact = |fact, ty| Box::new(Expr { kind: ExprKind::Fact(fact), ty, span });
        let condition = fact(answer.of.known(small(at)), Type::YesNo);
        let then = fact(answer.of.value(small(at)), ty);
        let kind = ExprKind::If { condition, then, otherwise: Box::new(otherwise) };
        Some(Expr { kind, ty, span })
    }

    /// Reports a field once.
    fn field_not_answered(&mut self, answer: &Answer, at: usize, name: &Name, span: Span) {
        if !self.unanswered.insert((answer.of, at)) {
            return;
        }
        let message = format!("`{}` has no answer when the source has none", self.context.shown(span));
        let wrong = Diagnostic::new(Code::FieldNotAnswered, span, message);
        let wrong = wrong.note(answer.span, "this says nothing about the field");
        let help =
            format!("answer it after `else`, `{{ {}: … }}`, or give it a default in the record", name.text);
        self.context.report(wrong.help(help));
    }
}
