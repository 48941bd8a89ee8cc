//! `tier`, `intent`, `skill`, `role`, `enum`, `record`, `source`, `phrases`.

use super::expression::{child_expression, within};
use super::grammar::{Node, Reader, Rule};
use super::literal::{quoted, spanned_number};
use super::members::{members, statements};
use crate::layout::Statement;
use crate::source::Span;
use crate::tree::{
    Field, Item, Labels, LocalFacts, Name, Path, Phrases, Record, Source, Spanned, TypeName, Vocabulary,
    VocabularyKeyword, Whereabouts,
};

/// A closed vocabulary: its words stand behind the keyword or in the block.
pub(super) fn vocabulary(
    reader: &mut Reader<'_>,
    item: &Statement,
    keyword: VocabularyKeyword,
) -> Option<Item> {
    let text = reader.text.get(item.span.range()).unwrap_or_default();
    let mut name = None;
    let mut spans = Vec::new();
    if keyword == VocabularyKeyword::Enum {
        name = Some(reader.read(Rule::enum_head, item.span)?.name()?);
    } else {
        let word = u32::try_from(crate::layout::first_word(text).len()).unwrap_or_default();
        spans = members(reader, Span { start: item.span.start + word, ..item.span });
    }
    for statement in statements(reader, item) {
        spans.extend(members(reader, statement.span));
    }
    let words = spans.into_iter().filter_map(|span| word(reader, span)).collect();
    Some(Item::Vocabulary(Vocabulary { keyword, name, words, span: item.whole() }))
}

fn word(reader: &mut Reader<'_>, span: Span) -> Option<(Name, Option<Path>)> {
    let node = reader.read(Rule::word, span)?;
    Some((node.name()?, node.path()))
}

/// `4..5`, or `4` for both ends.
pub(super) fn number_range(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<(Spanned<f64>, Spanned<f64>)> {
    let mut ends = node.all(Rule::number);
    let low = spanned_number(reader, &ends.next()?);
    let high = ends.next().map_or(low, |high| spanned_number(reader, &high));
    Some((low, high))
}

/// `record NAME { … }`
pub(super) fn record(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let name = reader.read(Rule::record_head, item.span)?.name()?;
    let mut fields = Vec::new();
    for statement in statements(reader, item) {
        for span in members(reader, statement.span) {
            fields.extend(field(reader, span));
        }
    }
    Some(Item::Record(Record { name, fields, span: item.whole() }))
}

fn field(reader: &mut Reader<'_>, span: Span) -> Option<Field> {
    let line = reader.read(Rule::field_line, span)?;
    field_of(reader, &line)
}

/// A field with its type and default.
pub(super) fn field_of(reader: &mut Reader<'_>, line: &Node<'_>) -> Option<Field> {
    let default = child_expression(reader, line);
    let visible_to = line.child(Rule::visible_to);
    let visible_to =
        visible_to.iter().flat_map(|roles| roles.all(Rule::name)).map(|role| role.as_name()).collect();
    Some(Field { name: line.name()?, ty: type_name(line)?, labels: labels(line), visible_to, default })
}

fn labels(line: &Node<'_>) -> Labels {
    let has = |kind| line.all(Rule::label).any(|label| label.has(kind));
    let (sensitive, protected) = (has(Rule::kw_sensitive), has(Rule::kw_protected));
    Labels { sensitive, protected, local: has(Rule::kw_local) }
}

/// The type in a node.
pub(super) fn type_name(node: &Node<'_>) -> Option<TypeName> {
    node.child(Rule::type_name).map(|ty| as_type(&ty))
}

fn as_type(node: &Node<'_>) -> TypeName {
    let text = node.text();
    let words = match text.strip_prefix("money").filter(|code| !code.is_empty()) {
        Some(code) => vec!["money".to_owned(), code.trim().to_owned()],
        None => text.split_whitespace().map(str::to_owned).collect(),
    };
    TypeName { words, span: node.span() }
}

/// `source NAME(types) -> RECORD within D`
pub(super) fn source(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::source_item, item.span)?;
    let parameters = head.all(Rule::type_name).map(|ty| as_type(&ty)).collect();
    let within = within(reader, &head);
    let (name, answers) = (head.path()?, head.name()?);
    let whereabouts = match head.child(Rule::whereabouts) {
        None => Whereabouts::Unsaid,
        Some(place) if place.has(Rule::kw_local) => Whereabouts::Local,
        Some(_) => Whereabouts::Cloud,
    };
    Some(Item::Source(Source { name, parameters, answers, whereabouts, within, span: item.whole() }))
}

/// `facts call.from, call.keys local`
pub(super) fn local_facts(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let node = reader.read(Rule::facts_item, item.span)?;
    let facts = node.all(Rule::path).map(|path| path.as_path()).collect();
    Some(Item::LocalFacts(LocalFacts { facts, span: item.whole() }))
}

/// `phrases NAME urgent { … }`
pub(super) fn phrases(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::phrases_head, item.span)?;
    let (name, urgent) = (head.name()?, head.has(Rule::kw_urgent));
    let mut phrases =
        Phrases { name, urgent, includes: Vec::new(), patterns: Vec::new(), span: item.whole() };
    for statement in statements(reader, item) {
        if reader.word(statement) == "include" {
            phrases
                .includes
                .extend(reader.read(Rule::include_line, statement.span).and_then(|line| line.path()));
        } else if let Some(line) = reader.read(Rule::pattern_line, statement.span) {
            let pattern = |phrase: Node<'_>| {
                let text = phrase.child(Rule::quoted)?;
                Some((quoted(reader, &text), phrase.has(Rule::kw_alone)))
            };
            let patterns = line.all(Rule::phrase).filter_map(pattern).collect();
            phrases.patterns.extend(line.name().map(|language| (language, patterns)));
        }
    }
    Some(Item::Phrases(phrases))
}
