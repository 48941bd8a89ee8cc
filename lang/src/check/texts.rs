//! From texts to a checked program in one step.

use tandem_stdlib::modules;

use super::check;
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::parse::parse;
use crate::program::Program;
use crate::read::{nothing_to_read, read};
use crate::source::{FileId, Sources};
use crate::tree::File;

/// What came of texts.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The program, if no text has an error.
    pub program: Option<Program>,
    /// Everything found, in order of file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The texts, those of the language first.
    pub sources: Sources,
}

/// Reads and checks texts, each with the name that findings give it, together with the modules that come with the
/// language.
#[must_use]
pub fn check_texts<N: AsRef<str>, B: AsRef<[u8]>>(texts: impl IntoIterator<Item = (N, B)>) -> Checked {
    let mut sources = Sources::default();
    let mut reading = Reading::default();
    for (module, text) in modules::modules() {
        let file = sources.add(format!("{}.tdm", module.replace('.', "/")), *text, true);
        reading.parse(file, &sources);
    }
    reading.items = 0;
    let mut last = None;
    for (name, bytes) in texts {
        let name = name.as_ref();
        last = Some(name.to_owned());
        match read(name, bytes.as_ref(), &mut sources) {
            Ok(file) => reading.parse(file, &sources),
            Err(wrong) => {
                reading.unreadable = true;
                reading.found.push(*wrong);
            }
        }
    }
    if reading.items == 0 && reading.found.is_empty() {
        let name = last.unwrap_or_else(|| "the folder".to_owned());
        reading.found.push(nothing_to_read(&name, &mut sources));
    }
    reading.finish(sources)
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    files: Vec<File>,
    found: Vec<Diagnostic>,
    items: usize,
    /// Whether some file is no text at all, so that anything may be declared there.
    unreadable: bool,
}

impl Reading {
    fn parse(&mut self, file: FileId, sources: &Sources) {
        let (tree, found) = parse(file, sources);
        self.items += tree.items.len();
        self.found.extend(found);
        self.files.push(tree);
    }

    fn finish(self, sources: Sources) -> Checked {
        let (program, mut diagnostics) = check(&self.files, sources.clone());
        if self.unreadable {
            diagnostics.retain(|one| !is_about_names(one.code));
        }
        diagnostics.extend(self.found);
        diagnostics.iter_mut().for_each(|one| snap(one, &sources));
        diagnostics.sort_by_key(|one| (one.span, one.code));
        let is_wrong = diagnostics.iter().any(|one| one.severity() == Severity::Error);
        Checked { program: program.filter(|_| !is_wrong), diagnostics, sources }
    }
}

/// Moves all places of a finding to whole characters.
fn snap(found: &mut Diagnostic, sources: &Sources) {
    let notes = found.notes.iter_mut().map(|(span, _)| span);
    let fix = found.fix.iter_mut().map(|(span, _)| span);
    notes.chain(fix).chain([&mut found.span]).for_each(|span| *span = sources.snapped(*span));
}

const fn is_about_names(code: Code) -> bool {
    matches!(code, Code::UnknownName | Code::UnknownModule | Code::UnknownType | Code::UnusedName)
}
