//! Plain tables for people: columns as wide as their widest cell, counted as a terminal shows them.

use unicode_width::UnicodeWidthStr as _;

/// Where a column's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// Cells wider than this are cut.
const CELL_COLUMNS_MAX: usize = 72;

/// Rows under headings, indented by two spaces; nothing for no rows.
pub(crate) fn table(heads: &[(&str, Side)], rows: &[Vec<String>]) -> String {
    let cut: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| shorten(cell)).collect()).collect();
    let width = |column: usize, head: &str| {
        let cells = cut.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
        cells.chain([head.width()]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = heads.iter().enumerate().map(|(at, (head, _))| width(at, head)).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded = cells.zip(&widths).zip(heads).map(|((cell, width), (_, side))| pad(cell, *width, *side));
        format!("  {}\n", padded.collect::<Vec<_>>().join("  ").trim_end())
    };
    if cut.is_empty() {
        return String::new();
    }
    let head = line(&mut heads.iter().map(|(head, _)| *head));
    cut.iter().fold(head, |text, row| text + &line(&mut row.iter().map(String::as_str)))
}

fn pad(cell: &str, width: usize, side: Side) -> String {
    let space = " ".repeat(width.saturating_sub(cell.width()));
    match side {
        Side::Left => format!("{cell}{space}"),
        Side::Right => format!("{space}{cell}"),
    }
}

fn shorten(cell: &str) -> String {
    if cell.width() <= CELL_COLUMNS_MAX {
        return cell.to_owned();
    }
    let mut short = String::new();
    for letter in cell.chars() {
        if short.width() >= CELL_COLUMNS_MAX - 1 {
            break;
        }
        short.push(letter);
    }
    short + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_in_any_script() {
        let rows = [vec!["贵宾".to_owned(), "7".to_owned()], vec!["general".to_owned(), "120".to_owned()]];
        let text = table(&[("queue", Side::Left), ("calls", Side::Right)], &rows);
        assert_eq!(text, "  queue    calls\n  贵宾         7\n  general    120\n");
    }

    #[test]
    fn a_long_cell_is_cut() {
        let text = table(&[("x", Side::Left)], &[vec!["字".repeat(100)]]);
        assert!(text.lines().all(|line| line.width() <= CELL_COLUMNS_MAX + 3));
    }

    #[test]
    fn no_rows_print_nothing() {
        assert_eq!(table(&[("x", Side::Left)], &[]), "");
    }
}
