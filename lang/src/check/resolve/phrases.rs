//! Phrase sets: includes, languages, patterns.

use std::collections::{HashMap, HashSet};

use tandem_stdlib::words::{Pattern, Phrase};

use super::vocabularies::unknown_word;
use super::{Kind, LANGUAGE, SymbolId};
use crate::check::context::Context;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{self, Quoted};

/// The patterns of all phrase sets.
#[derive(Default)]
pub(in crate::check) struct Patterns {
    includes: HashMap<SymbolId, Vec<(SymbolId, Span)>>,
    own: HashMap<SymbolId, Vec<Phrase>>,
}

impl Patterns {
    /// A set's own patterns, then those of everything that it includes, each set once. They are written out when asked
    /// for alone: sets that include one another in a row have many times the patterns that were written.
    pub(in crate::check) fn of(&self, set: SymbolId) -> Vec<Phrase> {
        let (mut all, mut seen, mut open) = (Vec::new(), HashSet::new(), vec![set]);
        while let Some(next) = open.pop() {
            if !seen.insert(next) {
                continue;
            }
            all.extend(self.own.get(&next).into_iter().flatten().cloned());
            open.extend(self.includes.get(&next).into_iter().flatten().rev().map(|(included, _)| *included));
        }
        all
    }
}

/// Reads every phrase set and reports what is wrong with any of them.
pub(in crate::check) fn patterns(context: &mut Context<'_>) -> Patterns {
    let sets = context.world.phrases.clone();
    let ids = context.world.symbols.iter().enumerate().filter(|(_, symbol)| symbol.kind == Kind::Phrases);
    let ids: Vec<(usize, SymbolId)> = ids.map(|(at, symbol)| (symbol.at, SymbolId(at))).collect();
    let mut includes: HashMap<SymbolId, Vec<(SymbolId, Span)>> = HashMap::new();
    let mut own: HashMap<SymbolId, Vec<Phrase>> = HashMap::new();
    for (at, id) in &ids {
        let Some((file, set)) = sets.get(*at) else { continue };
        own.insert(*id, own_patterns(context, *file, set));
        if set.patterns.is_empty() && set.includes.is_empty() && !context.is_incomplete(set.span) {
            let message = format!("`{}` has no phrase and is never heard", set.name.text);
            let help = "add a line for each language, such as `en \"close my account\"`".to_owned();
            context.error(Code::BadPattern, set.name.span, message, Some(help));
        }
        let found = set.includes.iter().filter_map(|path| {
            let included = context.find(*file, path, Kind::Phrases)?;
            Some((included, path.span))
        });
        includes.insert(*id, found.collect());
    }
    report_cycles(context, &ids, &mut includes);
    Patterns { includes, own }
}

fn own_patterns(context: &mut Context<'_>, file: usize, set: &tree::Phrases) -> Vec<Phrase> {
    let mut patterns = Vec::new();
    // Those of the language are checked by its own tests: writing out thousands of texts takes a while.
    let known = context.world.standard.get(file).copied().unwrap_or_default();
    for (language, quoted) in &set.patterns {
        if context.world.vocabularies.word(LANGUAGE, &language.text).is_none() {
            let wrong = unknown_word(&context.world.vocabularies, LANGUAGE, &language.text, language.span);
            context.report(wrong);
        }
        for (pattern, alone) in quoted {
            if !known {
                check_one(context, pattern);
            }
            patterns.push(Phrase { pattern: pattern.text.clone(), alone: *alone });
        }
    }
    patterns
}

fn check_one(context: &mut Context<'_>, pattern: &Quoted) {
    let Err(wrong) = Pattern::parse(&pattern.text) else { return };
    let span = inside(context.sources.text(pattern.span), pattern.span, wrong.offset);
    let diagnostic = Diagnostic::new(Code::BadPattern, span, wrong.to_string()).label("here");
    context.report(
        diagnostic.help("write words, `(this|that)` for alternatives and `[this]` for what may be left out"),
    );
}

/// The place of a byte of the text inside its quotation marks; an escape takes two bytes there.
fn inside(written: &str, span: Span, at: usize) -> Span {
    let (mut source, mut text) = (1, 0);
    let mut characters = written.chars().skip(1);
    while text < at {
        let Some(one) = characters.next() else { break };
        let escaped = if one == '\\' { characters.next() } else { None };
        source += one.len_utf8() + escaped.map_or(0, char::len_utf8);
        text += escaped.map_or(one.len_utf8(), |_| 1);
    }
    let width = characters.next().map_or(1, char::len_utf8);
    let start = span.start.saturating_add(u32::try_from(source).unwrap_or_default()).min(span.end);
    Span { start, end: start.saturating_add(u32::try_from(width).unwrap_or(1)).min(span.end), ..span }
}

/// Finds sets that include themselves by a walk without recursion, and cuts the include that closes the circle.
fn report_cycles(
    context: &mut Context<'_>,
    ids: &[(usize, SymbolId)],
    includes: &mut HashMap<SymbolId, Vec<(SymbolId, Span)>>,
) {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        Open,
        Done,
    }
    let mut marks: HashMap<SymbolId, Mark> = HashMap::new();
    for (_, root) in ids {
        let mut path: Vec<(SymbolId, usize)> = vec![(*root, 0)];
        if marks.contains_key(root) {
            continue;
        }
        marks.insert(*root, Mark::Open);
        while let Some((id, next)) = path.last_mut() {
            let (id, at) = (*id, *next);
            *next += 1;
            let Some((included, span)) = includes.get(&id).and_then(|list| list.get(at)).copied() else {
                marks.insert(id, Mark::Done);
                path.pop();
                continue;
            };
            match marks.get(&included) {
                None => {
                    marks.insert(included, Mark::Open);
                    path.push((included, 0));
                }
                Some(Mark::Done) => {}
                Some(Mark::Open) => {
                    let name =
                        context.world.symbol(included).map(|symbol| symbol.name.clone()).unwrap_or_default();
                    let message = format!("phrases `{name}` include themselves");
                    let help = "remove this `include`, or move the common phrases to a set of their own";
                    context.report(Diagnostic::new(Code::IncludesItself, span, message).help(help));
                    if let Some(list) = includes.get_mut(&id) {
                        list.remove(at);
                    }
                    if let Some((_, next)) = path.last_mut() {
                        *next = at;
                    }
                }
            }
        }
    }
}
