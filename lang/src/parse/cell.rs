//! Cells: what a column, or `in`, accepts.

use super::grammar::{Node, Reader, Rule};
use super::literal::{literal_expr, negative, path_expr, quoted, unescaped};
use crate::source::Span;
use crate::tree::{Cell, CellTest, CompareOp, Expr, ExprKind, Literal, Name, Path, Quoted};

/// The cell in a span.
pub(super) fn cell(reader: &mut Reader<'_>, span: Span) -> Option<Cell> {
    let text = reader.text.get(span.range()).unwrap_or_default();
    if text == "any" {
        return Some(Cell { not: false, tests: Vec::new(), span });
    }
    if let Some(expr) = simple(reader, text, span) {
        return Some(Cell { not: false, tests: vec![CellTest::Is(expr)], span });
    }
    if let Some(tests) = simple_list(reader, text, span) {
        return Some(Cell { not: false, tests, span });
    }
    if let Some(known) = reader.cells.get(text) {
        return Some(moved(known, span));
    }
    let before = reader.diagnostics.len();
    let node = reader.read(Rule::cell, span)?;
    let tests = node.all(Rule::cell_test).map(|test| cell_test(reader, &test)).collect();
    let cell = Cell { not: node.has(Rule::not), tests, span };
    if before == reader.diagnostics.len() && reader.cells.len() < CELLS_KEPT_MAX {
        reader.cells.insert(text, cell.clone());
    }
    Some(cell)
}

/// Different cells of a file that are kept, because large tables say the same again and again.
const CELLS_KEPT_MAX: usize = 4096;

/// A cell of the same text at another place.
fn moved(known: &Cell, span: Span) -> Cell {
    let shifted = |place: Span| {
        let shift = |at: u32| at.saturating_sub(known.span.start).saturating_add(span.start);
        Span { file: span.file, start: shift(place.start), end: shift(place.end) }
    };
    let test = |test: &CellTest| match test {
        CellTest::Is(value) => CellTest::Is(moved_value(value, &shifted)),
        CellTest::Range { low, high, inclusive } => {
            let (low, high) = (moved_value(low, &shifted), moved_value(high, &shifted));
            CellTest::Range { low, high, inclusive: *inclusive }
        }
        CellTest::Compare(op, value) => CellTest::Compare(*op, moved_value(value, &shifted)),
        CellTest::StartsWith(text) => {
            CellTest::StartsWith(Quoted { text: text.text.clone(), span: shifted(text.span) })
        }
    };
    Cell { not: known.not, tests: known.tests.iter().map(test).collect(), span }
}

/// A literal or a name at another place; no cell holds more.
fn moved_value(value: &Expr, shifted: &impl Fn(Span) -> Span) -> Expr {
    let mut moved = value.clone();
    moved.span = shifted(moved.span);
    if let ExprKind::Path(path) = &mut moved.kind {
        path.span = shifted(path.span);
        path.names.iter_mut().for_each(|name| name.span = shifted(name.span));
    }
    moved
}

/// A name, a whole number or a text without escapes: most cells of a large table, read without the grammar.
pub(super) fn simple(reader: &mut Reader<'_>, text: &str, span: Span) -> Option<Expr> {
    let bytes = text.as_bytes();
    let kind = match bytes.first()? {
        b'0'..=b'9' if bytes.len() < 16 && bytes.iter().all(u8::is_ascii_digit) => {
            ExprKind::Literal(Literal::Number(text.parse().ok()?))
        }
        b'"' => {
            let inner = text.get(1..)?.strip_suffix('"')?;
            if inner.contains(['"', '\\', '\n']) {
                return None;
            }
            ExprKind::Literal(Literal::Text(unescaped(reader, inner, span)))
        }
        b'a'..=b'z' | b'A'..=b'Z'
            if bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_') =>
        {
            if RESERVED.contains(&text) {
                return None;
            }
            let names = vec![Name { text: text.to_owned(), span }];
            ExprKind::Path(Path { names, span })
        }
        _ => return None,
    };
    Some(Expr { kind, span })
}

/// Simple values separated by commas.
fn simple_list(reader: &mut Reader<'_>, text: &str, span: Span) -> Option<Vec<CellTest>> {
    if !text.contains(',') || text.contains(['"', '#', '(']) {
        return None;
    }
    let mut start = span.start;
    let value = |part: &str| {
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let blank = length(part).saturating_sub(length(part.trim_start()));
        let from = start.saturating_add(blank);
        let place = Span { start: from, end: from.saturating_add(length(part.trim())), ..span };
        start = start.saturating_add(length(part)).saturating_add(1);
        simple(reader, part.trim(), place).map(CellTest::Is)
    };
    text.split(',').map(value).collect()
}

/// Words that the grammar reads otherwise than as names.
const RESERVED: [&str; 14] = [
    "and",
    "or",
    "not",
    "in",
    "any",
    "otherwise",
    "yes",
    "no",
    "if",
    "else",
    "when",
    "unknown",
    "because",
    "decide",
];

/// One alternative.
pub(super) fn cell_test(reader: &mut Reader<'_>, node: &Node<'_>) -> CellTest {
    let mut values =
        node.all(Rule::cell_value).map(|value| cell_value(reader, &value)).collect::<Vec<_>>().into_iter();
    if let Some(text) = node.child(Rule::quoted) {
        return CellTest::StartsWith(quoted(reader, &text));
    }
    let missing = || Expr { kind: ExprKind::Missing, span: node.span() };
    let first = values.next().unwrap_or_else(missing);
    if let Some(operator) = node.child(Rule::op_compare) {
        return CellTest::Compare(compare_op(operator.text()), first);
    }
    if let Some(time) = node.child(Rule::time) {
        let ms = super::literal::time(reader, &time);
        let kind = ms.map_or(ExprKind::Missing, |ms| ExprKind::Literal(Literal::Time(ms)));
        return CellTest::Range { low: first, high: Expr { kind, span: time.span() }, inclusive: false };
    }
    match values.next() {
        Some(high) => CellTest::Range { low: first, high, inclusive: true },
        None => CellTest::Is(first),
    }
}

/// A literal, with a sign perhaps, or a name.
pub(super) fn cell_value(reader: &mut Reader<'_>, node: &Node<'_>) -> Expr {
    if let Some(path) = node.path() {
        return path_expr(path);
    }
    let Some(literal) = node.child(Rule::literal) else {
        return Expr { kind: ExprKind::Missing, span: node.span() };
    };
    let value = literal_expr(reader, &literal);
    if node.has(Rule::minus) { negative(reader, value, node.span()) } else { value }
}

/// The comparison that a sign stands for.
pub(super) fn compare_op(sign: &str) -> CompareOp {
    match sign {
        "!=" => CompareOp::NotEqual,
        "<" => CompareOp::Less,
        "<=" => CompareOp::AtMost,
        ">" => CompareOp::More,
        ">=" => CompareOp::AtLeast,
        _ => CompareOp::Equal,
    }
}
