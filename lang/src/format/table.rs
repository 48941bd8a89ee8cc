//! Columns of a table, aligned by display width.

use unicode_width::UnicodeWidthStr;

use super::spacing::spaced;

/// One row: cells before the arrow, cells behind it.
struct Row {
    left: Vec<String>,
    right: Vec<String>,
}

/// Rows as lines of one width a column; the lines themselves when one of them has no arrow.
pub(super) fn aligned(rows: &[String]) -> Vec<String> {
    let parsed: Option<Vec<Row>> = rows.iter().map(|row| row_of(row)).collect();
    let Some(parsed) = parsed else { return rows.to_vec() };
    let left = widths(parsed.iter().map(|row| row.left.as_slice()).filter(|cells| cells.len() > 1));
    let right = widths(parsed.iter().map(|row| row.right.as_slice()));
    let alone = parsed.iter().filter(|row| row.left.len() == 1).map(|row| joined(&row.left, &[]).width());
    let arrow = alone.max().unwrap_or(0).max(left.iter().sum::<usize>() + 3 * left.len().saturating_sub(1));
    parsed.iter().map(|row| line(row, &left, &right, arrow)).collect()
}

fn line(row: &Row, left: &[usize], right: &[usize], arrow: usize) -> String {
    let mut line = joined(&row.left, left);
    let blank = arrow.saturating_sub(line.width());
    line.push_str(&" ".repeat(blank));
    line.push_str(" -> ");
    line.push_str(&joined(&row.right, right));
    line.trim_end().to_owned()
}

fn joined(cells: &[String], widths: &[usize]) -> String {
    let mut line = String::new();
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            line.push_str(" | ");
        }
        line.push_str(cell);
        let width = widths.get(at).copied().unwrap_or_default();
        if cells.len() > 1 {
            line.push_str(&" ".repeat(width.saturating_sub(cell.width())));
        }
    }
    line
}

fn widths<'a>(rows: impl Iterator<Item = &'a [String]>) -> Vec<usize> {
    let mut widths = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    widths
}

/// The cells of a row; `None` when it has not one arrow.
fn row_of(row: &str) -> Option<Row> {
    let mut sides = split(row, "->").into_iter();
    let (left, right, None) = (sides.next()?, sides.next()?, sides.next()) else { return None };
    let cells = |side: &str| split(side, "|").into_iter().map(cell).collect();
    Some(Row { left: cells(left), right: cells(right) })
}

/// A cell on one line with single spaces.
fn cell(text: &str) -> String {
    let spaced = spaced(text);
    let mut out = String::with_capacity(spaced.len());
    let (mut quoted, mut escaped) = (false, false);
    for letter in spaced.chars() {
        if letter == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = letter == '\\' && quoted && !escaped;
        if quoted || letter != ' ' || !out.ends_with(' ') {
            out.push(letter);
        }
    }
    out
}

/// Splits outside texts and brackets.
fn split<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let (mut parts, mut start, mut depth, mut quoted, mut escaped) = (Vec::new(), 0, 0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        let closes = byte == b'"' && !escaped;
        escaped = quoted && byte == b'\\' && !escaped;
        quoted ^= closes;
        match byte {
            _ if quoted => {}
            b'(' | b'{' => depth += 1,
            b')' | b'}' => depth = depth.saturating_sub(1),
            _ if depth == 0
                && at >= start
                && text.get(at..).is_some_and(|rest| rest.starts_with(separator)) =>
            {
                parts.push(text.get(start..at).unwrap_or_default());
                start = at + separator.len();
            }
            _ => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn columns_align_by_display_width() {
        let rows =
            ["a|call.intent->queue|because", "投诉|x->q|\"一\"", "otherwise->general"].map(str::to_owned);
        let lines = aligned(&rows);
        assert_eq!(lines[0], "a    | call.intent -> queue   | because");
        assert_eq!(lines[1], "投诉 | x           -> q       | \"一\"");
        assert_eq!(lines[2], "otherwise          -> general");
    }
}
