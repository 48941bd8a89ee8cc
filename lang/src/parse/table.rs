//! Decision tables: rows split at `|` and `->`, cell by cell.

use super::cell::{cell, simple};
use super::expression::expression;
use super::grammar::{Reader, Rule};
use super::literal::quoted;
use super::members::{is_plain, split};
use crate::diagnostics::{Code, Diagnostic};
use crate::layout::Statement;
use crate::source::Span;
use crate::tree::{Expr, ExprKind, Literal, Name, Quoted, Row, Table};

/// What a table's head says about its rows.
struct Shape {
    columns: usize,
    outputs: usize,
    /// Whether the last column is `because`.
    because: bool,
    span: Span,
}

/// `table first match { … }`
pub(super) fn table(reader: &mut Reader<'_>, statement: &Statement) -> Option<Table> {
    reader.read(Rule::table_head, statement.span)?;
    let rows = statement.block.iter().flat_map(|block| &block.statements);
    let mut rows = rows.filter(|row| is_plain(reader, row)).collect::<Vec<_>>().into_iter();
    let Some(head) = rows.next() else {
        let message = "this table has no rows";
        let help = "write the columns and at least one row: `who.tier -> queue`, then `otherwise -> general`";
        reader
            .fail(Diagnostic::new(Code::UnexpectedText, statement.span, message).help(help), statement.span);
        return None;
    };
    let (columns, outputs, shape) = heads(reader, head.span)?;
    let rows = rows.filter_map(|line| {
        let row = row(reader, line.span, &shape);
        if row.is_none() {
            reader.unread.push(line.span);
        }
        row
    });
    let rows = rows.collect();
    Some(Table { columns, outputs, rows, span: statement.whole() })
}

/// The cells before and behind the arrow.
fn halves(reader: &mut Reader<'_>, span: Span) -> Option<(Vec<Span>, Vec<Span>)> {
    let mut sides = split(reader, span, |rest| if rest.starts_with(b"->") { 2 } else { 0 }).into_iter();
    let (Some(left), Some(right), None) = (sides.next(), sides.next(), sides.next()) else {
        let message = "expected one `->` between the conditions and the answers of this row";
        let help = "write the row as `gold, vip | open -> vip_desk | 80`";
        reader.fail(Diagnostic::new(Code::UnexpectedText, span, message).help(help), span);
        return None;
    };
    let bar = |rest: &[u8]| usize::from(rest.starts_with(b"|"));
    Some((split(reader, left, bar), split(reader, right, bar)))
}

fn heads(reader: &mut Reader<'_>, span: Span) -> Option<(Vec<Expr>, Vec<Name>, Shape)> {
    let (left, mut right) = halves(reader, span)?;
    let last = right.last().copied().unwrap_or(span);
    let because = reader.text.get(last.range()) == Some("because");
    if because {
        right.pop();
    }
    let shape = Shape { columns: left.len(), outputs: right.len(), because, span };
    let columns = left.into_iter().map(|span| value(reader, span)).collect::<Option<_>>()?;
    let name = |span| reader.read(Rule::whole_name, span).and_then(|node| node.name());
    let outputs = right.into_iter().map(name).collect::<Option<_>>()?;
    Some((columns, outputs, shape))
}

/// An expression that fills a span.
fn value(reader: &mut Reader<'_>, span: Span) -> Option<Expr> {
    let text = reader.text.get(span.range()).unwrap_or_default();
    if let Some(expr) = simple(reader, text, span) {
        return Some(expr);
    }
    let node = reader.read(Rule::whole_expression, span)?.child(Rule::expression)?;
    Some(expression(reader, &node))
}

fn row(reader: &mut Reader<'_>, span: Span, shape: &Shape) -> Option<Row> {
    let (left, mut right) = halves(reader, span)?;
    let first = left.first().copied().unwrap_or(span);
    let otherwise = left.len() == 1 && reader.text.get(first.range()) == Some("otherwise");
    if !otherwise && left.len() != shape.columns {
        let message = counted("condition", shape.columns, left.len());
        return miscounted(reader, span, shape, message, "write `any` in a column that does not matter");
    }
    let reason = if shape.because && right.len() == shape.outputs + 1 { right.pop() } else { None };
    if right.len() != shape.outputs {
        let message = counted("answer", shape.outputs, right.len());
        let help =
            if shape.because { "`because` alone may be left out" } else { "separate the answers by `|`" };
        return miscounted(reader, span, shape, message, help);
    }
    let before = reader.diagnostics.len();
    let cells: Vec<_> =
        if otherwise { Vec::new() } else { left.into_iter().map(|span| cell(reader, span)).collect() };
    let answers: Vec<_> = right.into_iter().map(|span| value(reader, span)).collect();
    let because = reason.and_then(|span| text(reader, span));
    let (cells, answers) =
        (cells.into_iter().collect::<Option<_>>()?, answers.into_iter().collect::<Option<_>>()?);
    (before == reader.diagnostics.len()).then_some(Row { cells, otherwise, answers, because, span })
}

fn counted(what: &str, columns: usize, cells: usize) -> String {
    let s = |count| if count == 1 { "" } else { "s" };
    format!(
        "the table has {columns} {what} column{}, this row has {cells} {what} cell{}",
        s(columns),
        s(cells)
    )
}

fn miscounted(reader: &mut Reader<'_>, row: Span, shape: &Shape, message: String, help: &str) -> Option<Row> {
    let diagnostic = Diagnostic::new(Code::CellCount, row, message);
    reader.report(diagnostic.note(shape.span, "the columns").help(help));
    None
}

fn text(reader: &mut Reader<'_>, span: Span) -> Option<Quoted> {
    let plain = simple(reader, reader.text.get(span.range()).unwrap_or_default(), span);
    if let Some(ExprKind::Literal(Literal::Text(text))) = plain.map(|expr| expr.kind) {
        return Some(Quoted { text, span });
    }
    let text = reader.read(Rule::whole_text, span)?.child(Rule::quoted)?;
    Some(quoted(reader, &text))
}
