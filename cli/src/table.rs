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

/// Columns that a report may take where nobody says how wide the terminal is: the widest texts are cut until it fits.
const COLUMNS_USUAL: usize = 100;

/// The narrowest and the widest report.
const COLUMNS_MIN: usize = 40;
const COLUMNS_MAX: usize = 160;

/// Columns that a text keeps, however wide its table is.
const CELL_COLUMNS_MIN: usize = 12;

/// Spaces before a row, and between two cells.
const GAP_COLUMNS: usize = 2;

/// Columns of this terminal, or those that `COLUMNS` names.
fn columns() -> usize {
    let named = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
    named.or_else(terminal).unwrap_or(COLUMNS_USUAL).clamp(COLUMNS_MIN, COLUMNS_MAX)
}

/// Rows under headings, indented by two spaces; nothing for no rows. Columns that do not fit beside each other follow
/// below, with the first column again.
pub(crate) fn table(heads: &[(&str, Side)], rows: &[Vec<String>]) -> String {
    table_in(columns(), heads, rows)
}

fn table_in(columns: usize, heads: &[(&str, Side)], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let widths = fit(columns, heads, rows);
    let blocks = blocks(columns, &widths);
    let blocks: Vec<String> = blocks.iter().map(|block| lines(heads, rows, &widths, block)).collect();
    blocks.join("\n")
}

/// The lines of some of a table's columns.
fn lines(heads: &[(&str, Side)], rows: &[Vec<String>], widths: &[usize], block: &[usize]) -> String {
    let line = |cell_of: &dyn Fn(usize) -> String| {
        let cells = block.iter().filter_map(|at| {
            let ((_, side), width) = heads.get(*at).zip(widths.get(*at))?;
            Some(pad(&shorten(&cell_of(*at), *width), *width, *side))
        });
        format!("  {}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    let head = line(&|at| heads.get(at).map_or_else(String::new, |(head, _)| (*head).to_owned()));
    let rows = rows.iter().map(|row| line(&|at| row.get(at).cloned().unwrap_or_default()));
    rows.fold(head, |text, row| text + &row)
}

/// Which columns stand beside each other: the first, and as many as fit.
fn blocks(columns: usize, widths: &[usize]) -> Vec<Vec<usize>> {
    let first = widths.first().map_or(0, |width| width + GAP_COLUMNS);
    let (mut blocks, mut taken) = (vec![vec![0]], first);
    for (at, width) in widths.iter().enumerate().skip(1) {
        let alone = blocks.last().is_none_or(|block| block.len() < 2);
        if taken + width + GAP_COLUMNS > columns && !alone {
            blocks.push(vec![0]);
            taken = first;
        }
        taken += width + GAP_COLUMNS;
        blocks.last_mut().into_iter().for_each(|block| block.push(at));
    }
    blocks
}

/// A text in lines, each after so many spaces; a word that is wider than a line, such as a sentence in Chinese, is broken.
pub(crate) fn paragraph(text: &str, indent: usize) -> String {
    paragraph_in(columns(), text, indent)
}

fn paragraph_in(columns: usize, text: &str, indent: usize) -> String {
    let room = columns.saturating_sub(indent).max(CELL_COLUMNS_MIN);
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let taken = lines.last().map_or(0, |line| line.width());
        if taken > 0 && taken + 1 + word.width() > room {
            lines.push(String::new());
        } else if taken > 0 {
            lines.last_mut().into_iter().for_each(|line| line.push(' '));
        }
        for letter in word.chars() {
            let taken = lines.last().map_or(0, |line| line.width());
            if taken + letter.width().unwrap_or_default() > room {
                lines.push(String::new());
            }
            lines.last_mut().into_iter().for_each(|line| line.push(letter));
        }
    }
    let space = " ".repeat(indent);
    lines.iter().map(|line| format!("{space}{line}\n")).collect()
}

fn pad(cell: &str, width: usize, side: Side) -> String {
    let space = " ".repeat(width.saturating_sub(cell.width()));
    match side {
        Side::Left => format!("{cell}{space}"),
        Side::Right => format!("{space}{cell}"),
    }
}

/// How wide each column is: as its widest cell, unless the table would be too wide. Then texts are cut, if that makes it
/// fit; if not, columns follow below each other and nothing is cut but what is wider than the report by itself.
fn fit(columns: usize, heads: &[(&str, Side)], rows: &[Vec<String>]) -> Vec<usize> {
    let width = |column: usize, head: &str| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
        cells.chain([head.width()]).max().unwrap_or_default()
    };
    let whole: Vec<usize> = heads.iter().enumerate().map(|(at, (head, _))| width(at, head)).collect();
    let mut widths = whole.clone();
    let mut excess = (widths.iter().map(|width| width + GAP_COLUMNS).sum::<usize>()).saturating_sub(columns);
    while excess > 0 {
        let texts = widths.iter_mut().zip(heads).filter(|(_, (_, side))| *side == Side::Left);
        let widest = texts.map(|(width, _)| width).max().filter(|width| **width > CELL_COLUMNS_MIN);
        let Some(widest) = widest else { return alone(columns, &whole) };
        *widest -= 1;
        excess -= 1;
    }
    widths
}

/// How wide columns may be that stand beside the first alone.
fn alone(columns: usize, whole: &[usize]) -> Vec<usize> {
    let first = whole.first().copied().unwrap_or_default().min(columns / 2);
    let room = columns.saturating_sub(first + 2 * GAP_COLUMNS);
    let others = whole.iter().skip(1).map(|width| *width.min(&room));
    std::iter::once(first).chain(others).collect()
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
        let text = table_in(80, &[("queue", Side::Left), ("calls", Side::Right)], &rows);
        assert_eq!(text, "  queue    calls\n  贵宾         7\n  general    120\n");
    }

    #[test]
    fn a_wide_table_is_cut_at_its_widest_texts() {
        let heads = [("hits", Side::Right), ("rule", Side::Left), ("because", Side::Left)];
        let text = table_in(100, &heads, &[vec!["7".to_owned(), "row 1".to_owned(), "字".repeat(100)]]);
        assert!(text.lines().all(|line| line.width() <= 100), "{text}");
        assert!(text.contains("   7  row 1  字") && text.ends_with("字…\n"), "{text}");
        assert!(text.lines().any(|line| line.width() > 97), "{text}");
    }

    #[test]
    fn figures_that_do_not_fit_follow_below() {
        let heads =
            [("队列", Side::Left), ("calls", Side::Right), ("in time", Side::Right), ("wait", Side::Right)];
        let row =
            |name: &str| [name, "1,234 ± 56.7", "81.2% ± 3.4", "12.3s ± 4.5"].map(str::to_owned).to_vec();
        let rows = [row("贵宾客户专席"), row("general")];
        for columns in [40, 60, 80] {
            let text = table_in(columns, &heads, &rows);
            assert!(text.lines().all(|line| line.width() <= columns), "{columns}: {text}");
            // Nothing is lost, and each block names its rows.
            assert!(["56.7", "81.2%", "4.5"].iter().all(|part| text.matches(part).count() == 2), "{text}");
            assert_eq!(text.matches("general").count(), text.matches("队列").count(), "{text}");
        }
        assert_eq!(table_in(80, &heads, &rows).matches("队列").count(), 1);
        assert!(table_in(40, &heads, &rows).matches("队列").count() > 1);
    }

    #[test]
    fn a_paragraph_is_broken_between_words_or_ideographs() {
        let text = paragraph_in(20, "the quick brown fox 客户很生气请主管马上接听电话", 2);
        assert!(text.lines().all(|line| line.width() <= 20 && line.starts_with("  ")), "{text}");
        assert_eq!(text.lines().next(), Some("  the quick brown"));
        assert_eq!(text.replace(['\n', ' '], ""), "thequickbrownfox客户很生气请主管马上接听电话");
    }

    #[test]
    fn no_rows_print_nothing() {
        assert_eq!(table(&[("x", Side::Left)], &[]), "");
    }
}
