//! Statements to the tree. Never fails: what cannot be read is reported and left out.

mod assist;
mod calendar;
mod campaign;
mod cell;
mod centre;
mod coverage;
mod dates;
mod definitions;
mod dialling;
mod dialog;
mod examples;
mod expected;
mod export;
mod expression;
mod follow_up;
mod grammar;
mod guarantee;
mod habits;
mod law;
mod literal;
mod mask;
mod members;
mod qa;
mod queue;
mod replay;
mod route;
mod rules;
mod table;
mod target;
mod test;
#[cfg(test)]
mod tests;
mod ticket;
mod vocabulary;
mod wanted;
mod watch;

use std::collections::{BTreeSet, HashMap};

use expected::near;
use grammar::{Reader, Rule};

pub use coverage::{Part, grammar_parts, grammar_parts_in};
pub use expression::OPERATORS_MAX;
pub use grammar::{DIAGNOSTICS_MAX, STATEMENT_BYTES_MAX};

use crate::diagnostics::{Code, Diagnostic};
use crate::layout::{ITEM_KEYWORDS, Statement, first_word, layout};
use crate::source::{FileId, Sources, Span};
use crate::tree::{File, Item, VocabularyKeyword};

/// Reads a file of the list. A file that is not in the list reads as an empty one.
#[must_use]
pub fn parse(file: FileId, sources: &Sources) -> (File, Vec<Diagnostic>) {
    let (tree, diagnostics, _) = read_file(file, sources, None);
    (tree, diagnostics)
}

/// The same, with the parts of the grammar that the file uses where somebody asks for them.
fn read_file(
    file: FileId,
    sources: &Sources,
    used: Option<BTreeSet<Part>>,
) -> (File, Vec<Diagnostic>, Option<BTreeSet<Part>>) {
    let text = sources.read(file);
    let (layout, mut diagnostics) = layout(file, text);
    diagnostics.truncate(DIAGNOSTICS_MAX);
    let mut reader = Reader { file, text, diagnostics, unread: Vec::new(), cells: HashMap::new(), used };
    let mut tree = File { file, module: None, uses: Vec::new(), items: Vec::new(), unread: Vec::new() };
    for statement in &layout.items {
        read_item(&mut reader, statement, &mut tree);
    }
    tree.unread = reader.unread;
    let mut diagnostics = reader.diagnostics;
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    (tree, diagnostics, reader.used)
}

fn read_item(reader: &mut Reader<'_>, statement: &Statement, tree: &mut File) {
    if statement.broken || reader.diagnostics.len() >= DIAGNOSTICS_MAX {
        reader.unread.push(statement.whole());
        return;
    }
    let unclosed = statement.block.as_ref().is_some_and(|block| !block.closed);
    let before = reader.diagnostics.len();
    match reader.word(statement) {
        "module" => module(reader, statement, tree),
        "use" => {
            let path = reader.read(Rule::use_item, statement.span).and_then(|node| node.path());
            tree.uses.extend(path);
        }
        _ => tree.items.extend(item(reader, statement)),
    }
    if unclosed {
        // The brace that is missing has been reported; what follows from it has not to be.
        reader.diagnostics.truncate(before);
        reader.unread.push(statement.whole());
    }
}

fn module(reader: &mut Reader<'_>, statement: &Statement, tree: &mut File) {
    let Some(path) = reader.read(Rule::module_item, statement.span).and_then(|node| node.path()) else {
        return;
    };
    match &tree.module {
        None => tree.module = Some(path),
        Some(first) => {
            let message = "a file is one module, and this one has a name already";
            let diagnostic = Diagnostic::new(Code::DeclaredTwice, statement.span, message);
            let diagnostic =
                diagnostic.note(first.span, "the name").help("remove this line, or start another file");
            reader.report(diagnostic);
        }
    }
}

fn item(reader: &mut Reader<'_>, statement: &Statement) -> Option<Item> {
    use VocabularyKeyword::{Enum, Intent, Role, Skill, Tier};
    match reader.word(statement) {
        "tier" => vocabulary::vocabulary(reader, statement, Tier),
        "intent" => vocabulary::vocabulary(reader, statement, Intent),
        "skill" => vocabulary::vocabulary(reader, statement, Skill),
        "role" => vocabulary::vocabulary(reader, statement, Role),
        "enum" => vocabulary::vocabulary(reader, statement, Enum),
        "queue" => queue::queue(reader, statement),
        "record" => vocabulary::record(reader, statement),
        "source" => vocabulary::source(reader, statement),
        "facts" => vocabulary::local_facts(reader, statement),
        "phrases" => vocabulary::phrases(reader, statement),
        "holidays" => calendar::holidays(reader, statement),
        "calendar" => calendar::calendar(reader, statement),
        "route" => route::route(reader, statement),
        "watch" => watch::watch(reader, statement),
        "text" => dialog::text(reader, statement),
        "dialog" => dialog::dialog(reader, statement),
        "guarantee" => guarantee::guarantee(reader, statement),
        "qa" => qa::qa(reader, statement),
        "assist" => assist::assist(reader, statement),
        "attention" => assist::attention(reader, statement),
        "transfers" => centre::transfers(reader, statement),
        "mask" => mask::mask(reader, statement).map(Item::Mask),
        "mode" => centre::mode(reader, statement),
        "export" => export::export(reader, statement),
        "sampling" => centre::sampling(reader, statement),
        "experiment" => centre::experiment(reader, statement),
        "target" => target::target(reader, statement),
        "campaign" => campaign::campaign(reader, statement),
        "law" => law::law(reader, statement),
        "ticket" => ticket::ticket(reader, statement),
        "test" => test::test(reader, statement),
        "replay" => replay::replay(reader, statement),
        _ => {
            unknown_item(reader, statement);
            None
        }
    }
}

fn unknown_item(reader: &mut Reader<'_>, statement: &Statement) {
    let word = first_word(reader.text.get(statement.span.range()).unwrap_or_default()).to_owned();
    let end = statement.span.start.saturating_add(u32::try_from(word.len().max(1)).unwrap_or(u32::MAX));
    let place = if word.is_empty() { statement.span } else { Span { end, ..statement.span } };
    let message =
        if word.is_empty() { "no item begins here".to_owned() } else { format!("`{word}` is no item") };
    let diagnostic = Diagnostic::new(Code::UnknownItem, place, message);
    let diagnostic = match near(&word, ITEM_KEYWORDS) {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(place, near),
        None if word == "urgent" => diagnostic.help("write `phrases NAME urgent { … }`"),
        // Of lines that have lost the line above them, one finding is enough.
        None if follows_unknown(reader, statement) => return reader.unread.push(statement.whole()),
        None if is_indented(reader, statement) => diagnostic.help(
            "a line that is indented stands in a block: is the line above it missing that opens one, such as \
             `test \"…\" {`, or was a `}` put too early?",
        ),
        None => diagnostic.help(format!("items begin with `{}`", ITEM_KEYWORDS.join("`, `"))),
    };
    reader.fail(diagnostic, statement.whole());
}

/// Whether the statement just before was none either, and has been reported.
fn follows_unknown(reader: &Reader<'_>, statement: &Statement) -> bool {
    let told = reader.diagnostics.last().is_some_and(|last| last.code == Code::UnknownItem);
    let gap = reader
        .unread
        .last()
        .and_then(|last| reader.text.get(last.end as usize..statement.span.start as usize));
    told && gap.is_some_and(|gap| gap.trim().is_empty())
}

fn is_indented(reader: &Reader<'_>, statement: &Statement) -> bool {
    let before = reader.text.get(..statement.span.start as usize).unwrap_or_default();
    before.ends_with([' ', '\t', '\u{3000}'])
}
