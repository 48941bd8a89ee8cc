//! Plain tables for people: columns as wide as their widest cell, counted as a terminal shows them.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Where a column's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// Columns that a table may take: its widest texts are cut until it fits.
const TABLE_COLUMNS_MAX: usize = 100;

/// Columns that a text keeps, however wide its table is.
const CELL_COLUMNS_MIN: usize = 12;

/// Spaces before a row, and between two cells.
const GAP_COLUMNS: usize = 2;

/// Rows under headings, indented by two spaces; nothing for no rows.
pub(crate) fn table(heads: &[(&str, Side)], rows: &[Vec<String>]) -> String {
    let widths = fit(heads, rows);
    let cut: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().zip(&widths).map(|(cell, width)| shorten(cell, *width)).collect())
        .collect();
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

/// How wide each column is: as its widest cell, unless the table would be too wide.
fn fit(heads: &[(&str, Side)], rows: &[Vec<String>]) -> Vec<usize> {
    let width = |column: usize, head: &str| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
        cells.chain([head.width()]).max().unwrap_or_default()
    };
    let mut widths: Vec<usize> = heads.iter().enumerate().map(|(at, (head, _))| width(at, head)).collect();
    let mut excess =
        (widths.iter().map(|width| width + GAP_COLUMNS).sum::<usize>()).saturating_sub(TABLE_COLUMNS_MAX);
    while excess > 0 {
        let texts = widths.iter_mut().zip(heads).filter(|(_, (_, side))| *side == Side::Left);
        let widest = texts.map(|(width, _)| width).max().filter(|width| **width > CELL_COLUMNS_MIN);
        let Some(widest) = widest else { break };
        *widest -= 1;
        excess -= 1;
    }
    widths
}

fn shorten(cell: &str, columns: usize) -> String {
    if cell.width() <= columns {
        return cell.to_owned();
    }
    let mut short = String::new();
    for letter in cell.chars() {
        if short.width() + letter.width().unwrap_or_default() + 1 > columns {
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
    fn a_wide_table_is_cut_at_its_widest_texts() {
        let heads = [("hits", Side::Right), ("rule", Side::Left), ("because", Side::Left)];
        let text = table(&heads, &[vec!["7".to_owned(), "row 1".to_owned(), "字".repeat(100)]]);
        assert!(text.lines().all(|line| line.width() <= TABLE_COLUMNS_MAX), "{text}");
        assert!(text.contains("   7  row 1  字") && text.ends_with("字…\n"), "{text}");
        assert!(text.lines().any(|line| line.width() > TABLE_COLUMNS_MAX - 3), "{text}");
    }

    #[test]
    fn no_rows_print_nothing() {
        assert_eq!(table(&[("x", Side::Left)], &[]), "");
    }
}
