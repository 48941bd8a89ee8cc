//! Names that a file does not see: looking for what the author meant, and the `use` line that brings it.

use super::{Kind, Symbol, SymbolId, World, dotted};
use crate::check::context::Context;
use crate::check::suggest;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{File, Path};

/// Where a further `use` line of a file goes, and whether a line stands before it.
#[derive(Clone, Copy)]
pub(super) struct UsePlace {
    at: Span,
    behind_a_line: bool,
}

impl UsePlace {
    /// Behind the last `use` line, or behind `module`, or before everything.
    pub(super) fn of(file: &File) -> Self {
        let line = file.uses.last().or(file.module.as_ref()).map(|path| path.span);
        let at = line.map_or(0, |line| line.end);
        Self { at: Span { file: file.file, start: at, end: at }, behind_a_line: line.is_some() }
    }

    fn insertion(self, full: &str) -> (Span, String) {
        let text = if self.behind_a_line { format!("\nuse {full}") } else { format!("use {full}\n\n") };
        (self.at, text)
    }
}

impl World<'_> {
    /// What some other module declares under this very name, of one kind or of any.
    pub(in crate::check) fn elsewhere(&self, file: usize, name: &str, kind: Option<Kind>) -> Option<&Symbol> {
        self.of_others(file, kind).find(|symbol| symbol.name == name)
    }

    /// What some other module declares under nearly this name, of one kind or of any.
    pub(in crate::check) fn nearly_elsewhere(
        &self,
        file: usize,
        name: &str,
        kind: Option<Kind>,
    ) -> Option<&Symbol> {
        let names = self.of_others(file, kind).map(|symbol| symbol.name.as_str());
        let near = suggest::nearest(name, names)?;
        self.elsewhere(file, near, kind)
    }

    fn of_others(&self, file: usize, kind: Option<Kind>) -> impl Iterator<Item = &Symbol> {
        self.symbols
            .iter()
            .filter(move |symbol| symbol.file != file && kind.is_none_or(|kind| kind == symbol.kind))
    }

    /// Says which `use` line brings the symbol, with the fix that writes it if the name is right.
    pub(in crate::check) fn bring_here(
        &self,
        file: usize,
        name: &str,
        symbol: &Symbol,
        wrong: Diagnostic,
    ) -> Diagnostic {
        let add = format!("add `use {}` at the top of the file", symbol.full);
        if symbol.name != name {
            return wrong.help(format!("did you mean `{}`? {add}", symbol.name));
        }
        match self.use_places.get(file).map(|place| place.insertion(&symbol.full)) {
            Some((at, text)) => wrong.help(add).fix(at, text),
            None => wrong.help(add),
        }
    }
}

impl Context<'_> {
    /// Finds a name of one kind and marks it as used; reports what is wrong.
    pub(in crate::check) fn find(&mut self, file: usize, path: &Path, kind: Kind) -> Option<SymbolId> {
        self.find_name(file, &dotted(path), path.span, kind)
    }

    /// As [`Self::find`], for a name as text.
    pub(in crate::check) fn find_name(
        &mut self,
        file: usize,
        name: &str,
        span: Span,
        kind: Kind,
    ) -> Option<SymbolId> {
        let id = self.world.look_up(file, name);
        let other = id.and_then(|id| self.world.symbol(id)).map(|symbol| symbol.kind);
        let message = match (id, other) {
            (Some(id), Some(found)) if found == kind => {
                self.use_symbol(id);
                return Some(id);
            }
            (_, Some(found)) => {
                format!("`{name}` is {}, but {} is needed here", found.words(), kind.words())
            }
            _ => format!("there is no {} called `{name}`", without_article(kind)),
        };
        let wrong = Diagnostic::new(Code::UnknownName, span, message);
        let wrong = self.meant(file, name, kind, id.is_some(), wrong);
        self.report(wrong);
        None
    }

    /// Adds what the author most likely meant: a name that the file sees, one that a `use` line would bring, or the list
    /// of those that there are. A name that stands for something else here is not brought, but written in full.
    fn meant(&self, file: usize, name: &str, kind: Kind, taken: bool, mut wrong: Diagnostic) -> Diagnostic {
        if let Some(symbol) = self.world.elsewhere(file, name, Some(kind)) {
            if taken {
                let span = wrong.span;
                return wrong.help(format!("write `{}`", symbol.full)).fix(span, symbol.full.clone());
            }
            return self.world.bring_here(file, name, symbol, wrong);
        }
        let whole =
            self.world.symbols.iter().filter(|symbol| symbol.kind == kind).map(|symbol| symbol.full.as_str());
        if let Some(near) = suggest::nearest(name, whole).filter(|_| name.contains('.')) {
            let (span, near) = (wrong.span, near.to_owned());
            return wrong.help(format!("did you mean `{near}`?")).fix(span, near);
        }
        let visible = self.world.visible(file, kind);
        if let Some(near) = suggest::nearest(name, visible.iter().copied()) {
            let span = wrong.span;
            return wrong.help(format!("did you mean `{near}`?")).fix(span, near);
        }
        if let Some(symbol) = self.world.nearly_elsewhere(file, name, Some(kind)) {
            return self.world.bring_here(file, name, symbol, wrong);
        }
        wrong.help = suggest::help(name, visible);
        wrong
    }
}

fn without_article(kind: Kind) -> &'static str {
    let words = kind.words();
    words.split_once(' ').map_or(words, |(_, rest)| rest)
}
