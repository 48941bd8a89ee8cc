//! The scanner.

use super::words::{begins_item, begins_statement, continues};
use super::{Block, Layout, NESTING_MAX, Statement};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// A statement that is being read.
#[derive(Default)]
pub(super) struct Current {
    pub(super) start: usize,
    pub(super) end: usize,
    broken: bool,
    /// Brackets inside the statement that are open.
    inline: Vec<(u8, usize)>,
    block: Option<Block>,
    /// How far the line on which it begins is indented.
    pub(super) indent: usize,
}

/// A block that is being read; the first is the file.
#[derive(Default)]
pub(super) struct Frame {
    pub(super) open: usize,
    /// How far the line is indented on which it opens.
    pub(super) indent: usize,
    /// Some line of it is indented deeper than that.
    pub(super) indented: bool,
    /// The end of what stands before the first line that is indented no deeper any more: there it should have closed.
    pub(super) should_end: Option<usize>,
    /// There is no brace: it was missing and has been reported.
    pub(super) assumed: bool,
    pub(super) statements: Vec<Statement>,
    pub(super) current: Option<Current>,
}

/// One pass over a text.
pub(super) struct Scanner<'a> {
    file: FileId,
    pub(super) text: &'a str,
    at: usize,
    /// A line has ended since the last character that counts.
    new_line: bool,
    /// How far the line is indented.
    pub(super) indent: usize,
    /// Whether nothing stands on the line before this place.
    pub(super) line_begins: bool,
    /// The first block of the item that was closed by the brace of another one: where it opens and should have ended.
    pub(super) suspect: Option<(usize, usize)>,
    pub(super) outer: Vec<Frame>,
    pub(super) frame: Frame,
    comments: Vec<Span>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(file: FileId, text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let (outer, comments, diagnostics) = (Vec::new(), Vec::new(), Vec::new());
        let frame = Frame::default();
        let (new_line, indent, line_begins, suspect) = (true, 0, true, None);
        Self { file, text, at, new_line, indent, line_begins, suspect, outer, frame, comments, diagnostics }
    }

    pub(super) fn run(mut self) -> (Layout, Vec<Diagnostic>) {
        while let Some(byte) = self.peek() {
            self.step(byte);
        }
        self.close_all();
        let comments = self.comments;
        (Layout { items: self.frame.statements, comments }, self.diagnostics)
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Span { file: self.file, start: offset(start), end: offset(end) }
    }

    fn report(&mut self, code: Code, start: usize, end: usize, message: String, help: &str) {
        let span = self.span(start, end);
        self.diagnostics.push(Diagnostic::new(code, span, message).help(help));
    }

    fn depth(&self) -> usize {
        self.outer.len() + self.frame.current.as_ref().map_or(0, |current| current.inline.len())
    }

    fn step(&mut self, byte: u8) {
        match byte {
            b'\n' => {
                self.new_line = true;
                self.at += 1;
            }
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'#' => self.comment(),
            0xC2 | 0xE3 | 0xEF if self.rest().starts_with(['\u{a0}', '\u{3000}', '\u{feff}']) => {
                self.at += self.rest().chars().next().map_or(1, char::len_utf8);
            }
            _ => {
                self.line_begins = std::mem::take(&mut self.new_line);
                if self.line_begins {
                    self.line_start();
                }
                self.significant(byte);
            }
        }
    }

    fn comment(&mut self) {
        let line = self.rest().split('\n').next().unwrap_or_default().trim_end();
        self.comments.push(self.span(self.at, self.at + line.len()));
        self.at += line.len();
    }

    /// Decides whether the line that begins here continues the statement before it.
    fn line_start(&mut self) {
        let bytes = self.text.as_bytes();
        let before = self.text.get(..self.at).unwrap_or_default();
        self.indent = before.len() - before.rfind('\n').map_or(0, |end| end + 1);
        let first_column = self.indent == 0;
        self.follow_indent();
        if first_column && begins_item(self.rest()) {
            self.close_all();
            return;
        }
        let Some(current) = &self.frame.current else { return };
        if current.inline.is_empty() {
            let comma = current.end.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b',');
            if comma || self.peek() == Some(b'{') || continues(self.rest()) {
                return;
            }
            if self.misses_brace() {
                return self.assume_brace();
            }
            self.end_statement();
        } else if begins_statement(self.rest()) {
            self.break_inline();
            self.end_statement();
        }
    }

    pub(super) fn push_frame(&mut self, open: usize, assumed: bool) {
        let indent = self.frame.current.as_ref().map_or(self.indent, |current| current.indent);
        let frame = Frame { open, assumed, indent, ..Frame::default() };
        self.outer.push(std::mem::replace(&mut self.frame, frame));
    }

    fn significant(&mut self, byte: u8) {
        match byte {
            b'"' => self.quoted(),
            b'(' => self.open_inline(byte),
            b')' => self.close_paren(),
            b'{' => self.open_brace(),
            b'}' => self.close_brace(),
            b';' if self.frame.current.as_ref().is_none_or(|current| current.inline.is_empty()) => {
                self.end_statement();
                self.at += 1;
            }
            _ => self.take(1),
        }
    }

    /// Takes bytes into the statement.
    fn take(&mut self, bytes: usize) {
        let at = self.at;
        let indent = self.indent;
        let current =
            self.frame.current.get_or_insert_with(|| Current { start: at, indent, ..Current::default() });
        self.at += bytes;
        current.end = self.at;
    }

    fn break_statement(&mut self) {
        if let Some(current) = &mut self.frame.current {
            current.broken = true;
        }
    }

    fn quoted(&mut self) {
        let start = self.at;
        let mut escaped = true; // The opening quotation mark itself does not close.
        let end = self.rest().bytes().position(|byte| {
            let ends = byte == b'\n' || (byte == b'"' && !escaped);
            escaped = byte == b'\\' && !escaped;
            ends
        });
        let end = end.unwrap_or(self.rest().len());
        let closed = self.rest().as_bytes().get(end) == Some(&b'"');
        let inner = self.rest().get(..end).unwrap_or_default();
        self.take(if closed { end + 1 } else { inner.trim_end().len() });
        if !closed {
            let message = "this text has no closing quotation mark".to_owned();
            self.report(Code::UnclosedText, start, self.at, message, "add `\"` at the end of the text");
            self.break_statement();
        }
    }

    fn open_inline(&mut self, byte: u8) {
        if self.too_deep() {
            return;
        }
        let at = self.at;
        self.take(1);
        if let Some(current) = &mut self.frame.current {
            current.inline.push((byte, at));
        }
    }

    fn close_paren(&mut self) {
        let at = self.at;
        self.take(1);
        let Some(current) = &mut self.frame.current else { return };
        if current.inline.last().is_some_and(|(byte, _)| *byte == b'(') {
            current.inline.pop();
        } else if !std::mem::replace(&mut current.broken, true) {
            let message = "`)` closes nothing".to_owned();
            self.report(
                Code::UnopenedBracket,
                at,
                at + 1,
                message,
                "remove it, or add `(` where it should open",
            );
        }
    }

    fn open_brace(&mut self) {
        let inline = self.frame.current.as_ref().is_some_and(|current| {
            let before = self.text.get(current.start..current.end).unwrap_or_default();
            !current.inline.is_empty() || before.ends_with("else")
        });
        if inline {
            return self.open_inline(b'{');
        }
        if self.too_deep() {
            return;
        }
        let at = self.at;
        let indent = self.indent;
        self.frame.current.get_or_insert_with(|| Current {
            start: at,
            end: at,
            indent,
            ..Current::default()
        });
        self.push_frame(at, false);
        self.at += 1;
    }

    fn close_brace(&mut self) {
        let inline = self.frame.current.as_ref().map(|current| current.inline.as_slice()).unwrap_or_default();
        if let Some(depth) = inline.iter().rposition(|(byte, _)| *byte == b'{') {
            if depth + 1 < inline.len() {
                self.report_open(inline.get(depth + 1).copied());
                self.break_statement();
            }
            self.take(1);
            if let Some(current) = &mut self.frame.current {
                current.inline.truncate(depth);
            }
            return;
        }
        self.break_inline();
        self.end_statement();
        self.suspect_frame();
        let at = self.at;
        self.at += 1;
        if self.outer.is_empty() {
            let message = "`}` closes nothing".to_owned();
            self.report(
                Code::UnopenedBracket,
                at,
                at + 1,
                message,
                "remove it, or add `{` where it should open",
            );
        } else {
            self.pop_frame(self.at, true);
        }
    }

    fn pop_frame(&mut self, end: usize, closed: bool) {
        let Some(outer) = self.outer.pop() else { return };
        let inner = std::mem::replace(&mut self.frame, outer);
        let (span, closed) = (self.span(inner.open, end), closed && !inner.assumed);
        if let Some(current) = &mut self.frame.current {
            current.block = Some(Block { span, closed, statements: inner.statements });
        }
        self.end_statement();
    }

    fn end_statement(&mut self) {
        if let Some(current) = self.frame.current.take() {
            let span = self.span(current.start, current.end);
            self.frame.statements.push(Statement { span, broken: current.broken, block: current.block });
        }
    }

    /// Reports brackets that are open inside the statement, the first alone.
    fn break_inline(&mut self) {
        let open = self.frame.current.as_ref().and_then(|current| current.inline.first().copied());
        if open.is_some() {
            self.report_open(open);
            self.break_statement();
        }
    }

    fn report_open(&mut self, open: Option<(u8, usize)>) {
        let Some((byte, at)) = open else { return };
        let (open, close) = if byte == b'(' { ('(', ')') } else { ('{', '}') };
        let help = format!("add `{close}` where it should end");
        self.report(Code::UnclosedBracket, at, at + 1, format!("`{open}` is not closed"), &help);
    }

    /// Ends every statement and block, and reports the innermost one that is open.
    fn close_all(&mut self) {
        let inline_open = self.frame.current.as_ref().is_some_and(|current| !current.inline.is_empty());
        self.break_inline();
        self.end_statement();
        if !inline_open && !self.outer.is_empty() && !self.frame.assumed {
            self.report_unclosed();
        }
        self.suspect = None;
        while !self.outer.is_empty() {
            let end = self.frame.statements.last().map_or(self.frame.open, |last| last.whole().end as usize);
            self.pop_frame(end, false);
        }
    }

    /// At the limit: reports it and skips to the next item.
    fn too_deep(&mut self) -> bool {
        if self.depth() < NESTING_MAX {
            return false;
        }
        let message = format!("brackets stand in one another more than {NESTING_MAX} deep");
        self.report(Code::NestedTooDeep, self.at, self.at + 1, message, "give parts of it names with `let`");
        while !self.outer.is_empty() {
            self.pop_frame(self.at, false);
        }
        self.break_statement();
        self.end_statement();
        if let Some(item) = self.frame.statements.last_mut() {
            item.broken = true;
        }
        self.skip_item();
        true
    }

    fn skip_item(&mut self) {
        while let Some(end) = self.rest().find('\n') {
            self.at += end + 1;
            if begins_item(self.rest()) {
                self.new_line = true;
                return;
            }
        }
        self.at = self.text.len();
    }
}
