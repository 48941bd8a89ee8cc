//! Braces that are missing, found by how lines are indented.

use super::scan::Scanner;
use super::words::{first_word, opens_block, opens_item_block};
use crate::diagnostics::{Code, Diagnostic};

impl Scanner<'_> {
    /// Notes where the innermost block should have ended: before a line that is indented no deeper than its opening.
    pub(super) fn follow_indent(&mut self) {
        if self.outer.is_empty() || self.peek() == Some(b'}') {
            return;
        }
        if self.indent > self.frame.indent {
            self.frame.indented = true;
        } else if self.frame.indented && self.frame.should_end.is_none() {
            self.frame.should_end = Some(self.end_of_frame());
        }
    }

    /// Where the last thing in the innermost block ends.
    fn end_of_frame(&self) -> usize {
        let last = self.frame.statements.last().map(|last| last.whole().end as usize);
        self.frame.current.as_ref().map(|current| current.end).or(last).unwrap_or(self.frame.open + 1)
    }

    /// Whether the statement before this line should have opened a block: the line is indented deeper.
    pub(super) fn misses_brace(&self) -> bool {
        let Some(current) = &self.frame.current else { return false };
        let head = first_word(self.text.get(current.start..current.end).unwrap_or_default());
        let opens = match self.outer.first() {
            None => opens_item_block(head),
            Some(file) => {
                let item = file.current.as_ref().and_then(|item| self.text.get(item.start..item.end));
                opens_block(item.map_or("", first_word), head)
            }
        };
        opens && self.indent > current.indent && self.peek() != Some(b'}')
    }

    pub(super) fn assume_brace(&mut self) {
        let Some(current) = &self.frame.current else { return };
        let (start, end) = (current.start, current.end);
        let last =
            self.text.get(start..end).unwrap_or_default().chars().next_back().map_or(1, char::len_utf8);
        let span = self.span(end - last, end);
        let insert = self.span(end, end);
        self.diagnostics.push(
            Diagnostic::new(Code::UnexpectedText, span, "`{` is missing at the end of this line")
                .help("add `{` here and `}` after the last line that belongs to it")
                .fix(insert, " {"),
        );
        self.push_frame(end, true);
    }

    fn should_end(&self) -> usize {
        self.frame.should_end.unwrap_or_else(|| self.end_of_frame())
    }

    /// A brace further to the left than the block that it would close belongs to a block around that.
    pub(super) fn suspect_frame(&mut self) {
        let is_left = self.line_begins && self.indent < self.frame.indent;
        if is_left && !self.frame.assumed && self.suspect.is_none() {
            self.suspect = Some((self.frame.open, self.should_end()));
        }
    }

    /// Reports the block that nothing closes, where it should have ended.
    pub(super) fn report_unclosed(&mut self) {
        let (open, end) = self.suspect.unwrap_or((self.frame.open, self.should_end()));
        let last =
            self.text.get(..end).and_then(|before| before.chars().next_back()).map_or(1, char::len_utf8);
        let (span, opening) = (self.span(end.saturating_sub(last), end), self.span(open, open + 1));
        let line = self.text.get(..open).unwrap_or_default();
        let line = line.get(line.rfind('\n').map_or(0, |end| end + 1)..).unwrap_or_default();
        let indent = line.get(..line.len() - line.trim_start().len()).unwrap_or_default();
        let missing = Diagnostic::new(Code::UnclosedBracket, span, "`}` is missing behind this line");
        self.diagnostics.push(
            missing
                .note(opening, "`{` opens here, and nothing closes it")
                .help("add `}` on a line of its own")
                .fix(self.span(end, end), format!("\n{indent}}}")),
        );
    }
}
