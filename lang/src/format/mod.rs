//! `fmt`: one way to lay a policy out. Only white space changes, and signs of full width become plain ones, so that the
//! meaning cannot.
//!
//! Indentation of two spaces, at most one blank line, spaces round operators, table columns aligned. Comments stay
//! where they are. An item with a syntax error is left as it is.

mod spacing;
mod table;
#[cfg(test)]
mod tests;

use spacing::spaced;

use crate::layout::{Block, Layout, Statement, first_word, layout};
use crate::parse::parse;
use crate::source::{FileId, Sources};

/// The text of a file, laid out.
#[must_use]
pub fn format(file: FileId, sources: &Sources) -> String {
    let text = sources.read(file);
    let (tree, diagnostics) = parse(file, sources);
    let wrong =
        diagnostics.iter().map(|found| found.span.start).chain(tree.unread.iter().map(|span| span.start));
    let mut wrong: Vec<u32> = wrong.collect();
    wrong.sort_unstable();
    let (layout, _) = layout(file, text);
    let written = sources.file(file).map_or("", |file| file.text.as_str());
    Printer { text, written, layout: &layout, wrong, comment: 0, out: String::new(), end: 0 }.run()
}

struct Printer<'a> {
    text: &'a str,
    /// The same with the author's own signs, for what cannot be read.
    written: &'a str,
    layout: &'a Layout,
    /// Where something is wrong, in order.
    wrong: Vec<u32>,
    /// The next comment to print.
    comment: usize,
    out: String,
    /// The byte of the source behind what was printed last.
    end: usize,
}

impl Printer<'_> {
    fn run(mut self) -> String {
        let starts = self.layout.items.iter().map(|item| item.span.start as usize);
        let ends: Vec<_> = starts.chain([self.text.len()]).collect();
        if self.is_wrong(0, ends.first().copied().unwrap_or_default()) {
            return self.written.to_owned();
        }
        for (item, next) in self.layout.items.iter().zip(ends.into_iter().skip(1)) {
            let start = item.span.start as usize;
            if self.is_wrong(start, next) || !item.is_sound() {
                self.raw(start, next);
            } else {
                self.statement(item, 0);
            }
        }
        self.comments_before(self.text.len(), 0);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    fn is_wrong(&self, start: usize, end: usize) -> bool {
        let first = self.wrong.partition_point(|at| (*at as usize) < start);
        self.wrong.get(first).is_some_and(|at| (*at as usize) < end)
    }

    fn source(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// An item that cannot be read as it is, with all that stands before the next item.
    fn raw(&mut self, start: usize, next: usize) {
        self.comments_before(start, 0);
        self.line_break(start, 0);
        let text = self.written.get(start..next).unwrap_or_default().trim_end().to_owned();
        self.out.push_str(&text);
        self.past(start + text.len());
    }

    /// Goes on behind a place whose comments have been printed.
    fn past(&mut self, end: usize) {
        self.end = end;
        let comments = self.layout.comments.get(self.comment..).unwrap_or_default();
        self.comment += comments.iter().take_while(|comment| (comment.start as usize) < end).count();
    }

    /// Comments between what was printed last and a place.
    fn comments_before(&mut self, at: usize, indent: usize) {
        while let Some(comment) =
            self.layout.comments.get(self.comment).filter(|next| (next.start as usize) < at)
        {
            let start = comment.start as usize;
            let between = self.source(self.end, start);
            if between.contains('\n') || self.out.is_empty() {
                self.line_break(start, indent);
            } else {
                let gap = between.len() - between.trim_end_matches(' ').len();
                self.out.push_str(&" ".repeat(gap.max(1)));
            }
            let text = self.source(start, comment.end as usize).to_owned();
            self.out.push_str(&text);
            self.end = comment.end as usize;
            self.comment += 1;
        }
    }

    /// A new line with its indentation, after a blank one if the source has one.
    fn line_break(&mut self, at: usize, indent: usize) {
        let lines = self.source(self.end, at).bytes().filter(|byte| *byte == b'\n').count();
        if !self.out.is_empty() {
            self.out.push('\n');
            if lines > 1 && !self.out.ends_with("{\n") {
                self.out.push('\n');
            }
        }
        self.out.push_str(&" ".repeat(indent));
    }

    /// A statement on a line of its own, or behind `;` where the author put it so.
    fn statement(&mut self, statement: &Statement, indent: usize) {
        let start = statement.span.start as usize;
        self.comments_before(start, indent);
        if self.source(self.end, start).contains(';') && !self.source(self.end, start).contains('\n') {
            self.out.push_str(" ; ");
        } else {
            self.line_break(start, indent);
        }
        let head = self.head(statement, indent);
        self.out.push_str(&head);
        self.past(statement.span.end as usize);
        if let Some(block) = &statement.block {
            self.block(block, statement, indent);
        }
    }

    /// A statement's text, its further lines indented.
    fn head(&self, statement: &Statement, indent: usize) -> String {
        let text = self.source(statement.span.start as usize, statement.span.end as usize);
        let lines = text.lines().filter(|line| !line.trim().is_empty()).map(spaced);
        lines.collect::<Vec<_>>().join(&format!("\n{}", " ".repeat(indent + 2)))
    }

    fn block(&mut self, block: &Block, head: &Statement, indent: usize) {
        let (start, end) = (block.span.start as usize, block.span.end as usize);
        let first = self.comment;
        self.comments_before(start, indent);
        if self.comment > first {
            // Behind a comment nothing else can stand on its line.
            self.out.push('\n');
            self.out.push_str(&" ".repeat(indent));
        } else if !self.out.ends_with([' ', '\n']) {
            self.out.push_str(
                if self.source(self.end, start).len() > 1 && !self.source(self.end, start).contains('\n') {
                    self.source(self.end, start)
                } else {
                    " "
                }
                .to_owned()
                .as_str(),
            );
        }
        let one_line = !self.source(start, end).contains('\n');
        self.out.push('{');
        self.end = start + 1;
        if one_line {
            self.short_block(block);
        } else {
            self.long_block(block, head, indent);
        }
        self.out.push('}');
        self.end = end;
    }

    fn short_block(&mut self, block: &Block) {
        for (at, statement) in block.statements.iter().enumerate() {
            self.out.push_str(if at == 0 { " " } else { " ; " });
            let head = self.head(statement, 0);
            self.out.push_str(&head);
            self.past(statement.span.end as usize);
            if let Some(inner) = &statement.block {
                self.block(inner, statement, 0);
            }
        }
        self.out.push(' ');
    }

    fn long_block(&mut self, block: &Block, head: &Statement, indent: usize) {
        let word = first_word(self.source(head.span.start as usize, head.span.end as usize));
        let rows = if word == "table" { self.rows(block) } else { None };
        for (at, statement) in block.statements.iter().enumerate() {
            match rows.as_ref().and_then(|rows| rows.get(at)) {
                Some(row) => {
                    self.comments_before(statement.span.start as usize, indent + 2);
                    self.line_break(statement.span.start as usize, indent + 2);
                    self.out.push_str(row);
                    self.past(statement.span.end as usize);
                }
                None => self.statement(statement, indent + 2),
            }
        }
        let end = block.span.end as usize;
        self.comments_before(end.saturating_sub(1), indent + 2);
        self.out.push('\n');
        self.out.push_str(&" ".repeat(indent));
    }

    /// The rows of a table, aligned; `None` when comments stand inside rows.
    fn rows(&self, block: &Block) -> Option<Vec<String>> {
        let inside = |row: &Statement| {
            let first = self.layout.comments.partition_point(|comment| comment.start < row.span.start);
            self.layout.comments.get(first).is_some_and(|comment| comment.start < row.span.end)
        };
        if block.statements.iter().any(|row| row.block.is_some() || inside(row)) {
            return None;
        }
        let text = |row: &Statement| {
            let text = self.source(row.span.start as usize, row.span.end as usize);
            text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
        };
        Some(table::aligned(&block.statements.iter().map(text).collect::<Vec<_>>()))
    }
}
