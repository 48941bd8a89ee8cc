//! What dialogs noted, read when their call is over: `noted.concern = price`, `noted.score else 0`.

use tandem_stdlib::contract::{FactSource, Type};

use super::{Stand, Typer, fold};
use crate::check::suggest;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Expr, ExprKind};
use crate::source::Span;
use crate::tree::{self, Path};

/// How notes are called.
const NOTED: &str = "noted";

/// What can have been noted before something of a campaign.
#[derive(Clone)]
pub(in crate::check) enum Noted {
    /// By the dialog that speaks: these.
    ByDialog(Vec<String>),
    /// Nothing: there is no dialog.
    Nothing,
    /// What the dialog is, is not known; that was reported.
    Broken,
}

/// A note that is read: its type, and its place among the notes that something reads.
struct Found {
    ty: Type,
    index: u32,
}

impl Typer<'_, '_> {
    /// Only what this campaign's dialog notes can have been noted.
    pub(in crate::check) fn noted_by(&mut self, noted: &Noted) {
        self.noted = Some(noted.clone());
    }

    /// Whether a path names a note.
    pub(super) fn is_note(&self, path: &Path) -> bool {
        matches!(path.names.as_slice(), [first, _] if first.text == NOTED) && !self.lets.contains_key(NOTED)
    }

    /// `noted.concern`: a word or text, which is `unknown` when nothing was noted.
    pub(super) fn note(&mut self, path: &Path) -> Option<Expr> {
        let found = self.note_named(path)?;
        if !matches!(found.ty, Type::Word(_) | Type::Text | Type::Phone) {
            let shown = self.context.shown(path.span);
            let message = format!("`{shown}` may not have been noted, and nothing says what then");
            let example = self.context.example(found.ty);
            let wrong = Diagnostic::new(Code::NeedsElse, path.span, message);
            let help = match found.ty {
                Type::YesNo => format!("say it: `({shown} else no)`, or `else yes` where a no counts"),
                Type::Number => format!("say it: `({shown} else 0)`"),
                _ => format!("say it: `({shown} else …)`; {}", example.unwrap_or_default()),
            };
            self.context.report(wrong.help(help));
            return None;
        }
        let kind = ExprKind::Fact(FactSource::Noted(found.index));
        Some(Expr { kind, ty: found.ty, span: path.span })
    }

    /// `noted.score else 0`
    pub(super) fn note_else(&mut self, path: &Path, otherwise: &tree::Expr, span: Span) -> Option<Expr> {
        let found = self.note_named(path)?;
        let otherwise = self.typed(otherwise, found.ty, "what was noted")?;
        let fact = |fact, ty| Expr { kind: ExprKind::Fact(fact), ty, span: path.span };
        let known = fact(FactSource::NotedKnown(found.index), Type::YesNo);
        let value = fact(FactSource::Noted(found.index), found.ty);
        Some(fold::choice(known, value, otherwise, span))
    }

    fn note_named(&mut self, path: &Path) -> Option<Found> {
        let name = path.names.get(1)?;
        if !matches!(self.stand, Stand::Grade | Stand::Quality | Stand::End) {
            let message = "what dialogs noted is read when the call is over";
            let help = "read it in the `grade` of a campaign, or in `applies when` of a `qa`".to_owned();
            self.context.error(Code::NotHere, path.span, message, Some(help));
            return None;
        }
        let can_be = match &self.noted {
            None | Some(Noted::Broken) => self.context.notes.iter().any(|note| note.name == name.text),
            Some(Noted::ByDialog(notes)) => notes.contains(&name.text),
            Some(Noted::Nothing) => false,
        };
        if !can_be {
            self.never_noted(&name.text, path.span);
            return None;
        }
        let typed = self.context.notes.iter().filter(|note| note.name == name.text);
        let typed: Vec<(Type, Span)> =
            typed.filter_map(|note| Some((note.value.as_ref()?.ty, note.span))).collect();
        let (ty, first) = *typed.first()?;
        if let Some((other, span)) = typed.iter().find(|(other, _)| *other != ty) {
            let message = format!("`{}` is noted in two types", name.text);
            let wrong = Diagnostic::new(Code::WrongType, path.span, message);
            let wrong = wrong.note(first, self.context.is(ty)).note(*span, self.context.is(*other));
            self.context.report(wrong.help("give one of the notes another name"));
            return None;
        }
        Some(Found { ty, index: self.context.read_note(&name.text, ty) })
    }

    fn never_noted(&mut self, name: &str, span: Span) {
        let notes: Vec<String> = match &self.noted {
            Some(Noted::ByDialog(notes)) => notes.clone(),
            Some(Noted::Broken) => return,
            Some(Noted::Nothing) => Vec::new(),
            None => self.context.notes.iter().map(|note| note.name.clone()).collect(),
        };
        let message = match &self.noted {
            Some(Noted::ByDialog(_)) => format!("the campaign's dialog does not note `{name}`"),
            Some(_) => format!("nothing notes `{name}`, for the campaign runs no dialog"),
            None => format!("no dialog notes `{name}`"),
        };
        let near = suggest::nearest(name, notes.iter().map(String::as_str));
        let mut wrong = Diagnostic::new(Code::HandedOverMissing, span, message);
        wrong.help = Some(match (near, &self.noted) {
            (Some(near), _) => format!("did you mean `{NOTED}.{near}`?"),
            (None, Some(Noted::Nothing)) => {
                format!("let a dialog note it: `run dialog NAME`, and `note {name} = …` there")
            }
            (None, _) => format!("note it in the dialog: `note {name} = …`"),
        });
        self.context.report(wrong);
    }
}
