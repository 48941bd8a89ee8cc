//! `dialog` and `text`.

mod act;
mod block;
mod question;
mod words;

pub(super) use act::handed;
pub(super) use question::key;
pub(super) use words::words;

use super::grammar::{Reader, Rule};
use super::literal::spanned_number;
use super::members::statements;
use super::route::{let_line, reasoned, unread_name};
use crate::layout::Statement;
use crate::tree::{Block, Dialog, Item, SpokenText};

/// `text NAME { en "…" ; zh "…" }`
pub(super) fn text(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::text_head, item.span);
    let mut lines = Vec::new();
    for statement in statements(reader, item) {
        let Some(line) = reader.read(Rule::text_line, statement.span) else { continue };
        let template = line.child(Rule::quoted).map(|quoted| words::template(reader, &quoted));
        lines.extend(line.name().zip(template));
    }
    Some(Item::Text(SpokenText { name: head?.name()?, lines, span: item.whole() }))
}

/// `dialog NAME in en, zh at most 2 levels at start when … { … }`
pub(super) fn dialog(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::dialog_head, item.span);
    let mut names = head.iter().flat_map(|head| head.all(Rule::name)).map(|name| name.as_name());
    let name = names.next();
    let mut dialog = Dialog {
        name: unread_name(item.span),
        languages: names.collect(),
        levels: None,
        at_start: head.as_ref().is_some_and(|head| head.has(Rule::kw_start)),
        when: head.as_ref().and_then(|head| reasoned(reader, head)),
        lets: Vec::new(),
        block: Block::default(),
        span: item.whole(),
    };
    let levels = head.as_ref().and_then(|head| head.child(Rule::number));
    dialog.levels = levels.map(|levels| spanned_number(reader, &levels));
    let all = item.block.iter().flat_map(|block| &block.statements);
    let (lets, acts): (Vec<_>, Vec<_>) = all.partition(|statement| reader.word(statement) == "let");
    dialog.lets = lets.into_iter().filter_map(|statement| let_line(reader, statement.span)).collect();
    let span = item.block.as_ref().map_or(item.span, |block| block.span);
    dialog.block = block::block(reader, &acts, span);
    dialog.name = name?;
    Some(Item::Dialog(Box::new(dialog)))
}
