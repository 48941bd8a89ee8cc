//! What is handed over with a transfer.

use tandem_stdlib::contract::{HandOver, HandOverValue};

use super::ways;
use super::writer::{Around, Writer};
use crate::check::resolve::dotted;
use crate::check::spoken::{KNOWN, intent_of_call};
use crate::check::suggest;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::Expr;
use crate::tree::{self, ActKind, Handed, Path};

/// Every name that is noted somewhere in a block, in order.
pub(super) fn notes(block: &tree::Block) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let own = block.acts.iter().filter_map(|act| match &act.kind {
        ActKind::Note(name, _) => Some(name.text.clone()),
        _ => None,
    });
    found.extend(own);
    found.extend(ways::inner(block).flat_map(notes));
    let handlers = block.question.iter().flat_map(|question| &question.handlers);
    found.extend(handlers.flat_map(|handler| notes(&handler.block)));
    found
}

impl Writer<'_, '_, '_> {
    /// The fields of a hand-over.
    pub(super) fn handover(&mut self, fields: &[Handed], around: &Around) -> Option<Vec<HandOver>> {
        let mut handed: Vec<HandOver> = Vec::new();
        let mut whole = true;
        for field in fields {
            let (span, found) = match field {
                Handed::Value(name, value) => {
                    let typed = self.typer.value(value);
                    let typed = self.known(typed);
                    (name.span, typed.map(|value| self.value(name.text.clone(), value)))
                }
                Handed::Named(path) => (path.span, self.named(path, around)),
            };
            let Some(found) = found else {
                whole = false;
                continue;
            };
            if handed.iter().any(|before| before.name == found.name) {
                let message = format!("`{}` is handed over twice", found.name);
                self.wrong(Diagnostic::new(Code::DeclaredTwice, span, message).help("remove one of them"));
            }
            handed.push(found);
        }
        whole.then_some(handed)
    }

    fn value(&mut self, name: String, value: Expr) -> HandOver {
        let span = value.span;
        HandOver { name, value: HandOverValue::Value(self.values(vec![value], span)) }
    }

    /// Something that has a name already: what fills itself, a note, or a value.
    fn named(&mut self, path: &Path, around: &Around) -> Option<HandOver> {
        let name = path.names.last()?.text.clone();
        if path.names.len() > 1 {
            let value = tree::Expr { kind: tree::ExprKind::Path(path.clone()), span: path.span };
            let typed = self.typer.value(&value);
            let typed = self.known(typed)?;
            return Some(self.value(name, typed));
        }
        if let Some((_, value)) = KNOWN.iter().find(|(known, _)| *known == name) {
            return Some(HandOver { name, value: *value });
        }
        if name == "intent" {
            return Some(self.value(name, intent_of_call(path.span)));
        }
        if around.notes.contains(&name) {
            return Some(HandOver { name, value: HandOverValue::Note });
        }
        self.missing(&name, path);
        None
    }

    fn missing(&mut self, name: &str, path: &Path) {
        let text = dotted(path);
        if self.notes.iter().any(|note| note == name) {
            let message = format!("`{text}` has not been noted on every way to here");
            let wrong = Diagnostic::new(Code::HandedOverMissing, path.span, message);
            let help = "note it before the question, or hand over `answers`, which has whatever was noted";
            return self.wrong(wrong.help(help));
        }
        let known = KNOWN.iter().map(|(known, _)| *known).chain(["intent"]);
        let known: Vec<&str> = known.chain(self.notes.iter().map(String::as_str)).collect();
        let mut wrong =
            Diagnostic::new(Code::HandedOverMissing, path.span, format!("nothing is known as `{text}`"));
        wrong.help = match suggest::nearest(name, known.iter().copied()) {
            Some(near) => Some(format!("did you mean `{near}`?")),
            None => {
                Some(format!("note it before, `note {name} = …`, or say what it is: `{name} = call.keys`"))
            }
        };
        self.wrong(wrong);
    }
}
