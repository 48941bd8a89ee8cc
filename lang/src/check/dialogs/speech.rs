//! Texts with values, once a language.

use tandem_stdlib::contract::Speech;

use super::writer::Writer;
use crate::check::resolve::{LANGUAGE, dotted, unknown_word};
use crate::check::spoken::{InLanguages, numbered, text_named, values};
use crate::diagnostics::{Code, Diagnostic};
use crate::program::Expr;
use crate::tree::Words;

impl Writer<'_, '_, '_> {
    /// A text with its values.
    pub(super) fn speech(&mut self, words: &Words) -> Option<Speech> {
        let texts = self.words_of(words)?;
        let values = values(self.typer, &texts);
        let values = self.known(values)?;
        Some(self.spoken(&texts, values))
    }

    /// A text whose values are typed already.
    pub(super) fn spoken(&mut self, in_languages: &InLanguages, values: Vec<Expr>) -> Speech {
        let texts = numbered(self.typer.context, in_languages);
        let span = values.first().zip(values.last()).map(|(first, last)| first.span.to(last.span));
        let values = span.map(|span| self.values(values, span));
        Speech { texts, values }
    }

    /// What is said in each language; reports languages of the dialog that are missing.
    pub(super) fn words_of(&mut self, words: &Words) -> Option<InLanguages> {
        let texts =
            match words {
                Words::Written(template) => {
                    if self.languages.len() > 1 {
                        let message = "nothing says in which language this text is";
                        let wrong = Diagnostic::new(Code::LanguageMissing, template.span, message);
                        self.wrong(wrong.help(
                            "give it a name: `text greeting { en \"…\" ; zh \"…\" }`, and `say greeting`",
                        ));
                    }
                    return Some(vec![(0, template.clone())]);
                }
                Words::Named(path) => text_named(self.typer.context, self.file, path),
            };
        let texts = self.known(texts)?;
        self.languages_there(words, &texts);
        Some(self.first_language_first(texts))
    }

    fn languages_there(&mut self, words: &Words, texts: &InLanguages) {
        let Words::Named(path) = words else { return };
        let missing: Vec<String> = self
            .languages
            .iter()
            .filter(|(slot, _)| !texts.iter().any(|(known, _)| known == slot))
            .map(|(_, name)| format!("`{name}`"))
            .collect();
        if !missing.is_empty() {
            let message = format!("`{}` has no words in {}", dotted(path), missing.join(", "));
            let wrong = Diagnostic::new(Code::LanguageMissing, path.span, message);
            self.wrong(wrong.help("add a line for each language of the dialog to the `text`"));
        }
    }

    fn first_language_first(&self, mut texts: InLanguages) -> InLanguages {
        if let Some((first, _)) = self.languages.first() {
            texts.sort_by_key(|(slot, _)| slot != first);
        }
        texts
    }
}

/// Checks every `text`: known languages, each once, at least one.
pub(super) fn texts(context: &mut crate::check::context::Context<'_>) {
    for (_, item) in context.world.texts.clone() {
        let mut seen: Vec<&str> = Vec::new();
        for (language, _) in &item.lines {
            if context.world.vocabularies.word(LANGUAGE, &language.text).is_none() {
                let wrong =
                    unknown_word(&context.world.vocabularies, LANGUAGE, &language.text, language.span);
                context.report(wrong);
            } else if seen.contains(&language.text.as_str()) {
                let message = format!("`{}` says it twice in `{}`", item.name.text, language.text);
                let twice = Diagnostic::new(Code::DeclaredTwice, language.span, message);
                context.report(twice.help("remove one of them"));
            }
            seen.push(&language.text);
        }
        if item.lines.is_empty() && !context.is_incomplete(item.span) {
            let message = format!("`{}` has no words", item.name.text);
            let wrong = Diagnostic::new(Code::LanguageMissing, item.name.span, message);
            context.report(wrong.help("write them once a language: `en \"Good morning.\"`"));
        }
    }
}
