//! `export`.

use super::expression::child_expression;
use super::grammar::{Reader, Rule};
use super::literal::spanned_number;
use super::members::statements;
use super::route::{because, let_line};
use crate::layout::Statement;
use crate::source::Span;
use crate::tree::{Export, Expr, Item, Name};

/// `export NAME anonymised in groups of 10 when … because "…" { … }`
pub(super) fn export(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::export_head, item.span)?;
    let groups = head.child(Rule::groups).and_then(|groups| groups.child(Rule::number));
    let mut export = Export {
        name: head.name()?,
        anonymised: head.has(Rule::kw_anonymised),
        groups_of: groups.map(|number| spanned_number(reader, &number)),
        when: child_expression(reader, &head),
        because: because(reader, &head),
        lets: Vec::new(),
        columns: Vec::new(),
        span: item.whole(),
    };
    for statement in statements(reader, item) {
        if reader.word(statement) == "let" {
            export.lets.extend(let_line(reader, statement.span));
        } else {
            export.columns.extend(column(reader, statement.span));
        }
    }
    Some(Item::Export(Box::new(export)))
}

fn column(reader: &mut Reader<'_>, span: Span) -> Option<(Name, Expr)> {
    let line = reader.read(Rule::export_line, span)?;
    Some((line.name()?, child_expression(reader, &line)?))
}
