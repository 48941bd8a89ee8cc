//! Source texts and spans in them.

use std::ops::Range;

use tandem_stdlib::contract::Place;

use crate::full_width;

/// A file of a [`Sources`] list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A range of bytes in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The smallest span that covers both; both lie in one file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// As a range of bytes.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One source text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// As the user named it; `std/…` for the modules that come with the language.
    pub name: String,
    /// The text.
    pub text: String,
    /// Whether it comes with the language.
    pub standard: bool,
    /// The text with plain signs where it has others, just as long.
    plain: Option<String>,
    /// Byte offset of each line's first character.
    line_starts: Vec<u32>,
}

/// All source texts of one check.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a text and returns its file.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>, standard: bool) -> FileId {
        let text = text.into();
        let plain = full_width::plain(&text);
        let starts = plain
            .as_ref()
            .unwrap_or(&text)
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| offset(at + 1));
        let line_starts = std::iter::once(0).chain(starts).collect();
        let id = FileId(offset(self.files.len()));
        self.files.push(SourceFile { name: name.into(), text, standard, plain, line_starts });
        id
    }

    /// The file, if it is one of this list.
    #[must_use]
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// The text of a file as the language reads it, with plain signs for those of full width; empty when there is no
    /// such file. Its spans are those of the text as written, but for ends inside a character: see [`Self::snapped`].
    #[must_use]
    pub fn read(&self, id: FileId) -> &str {
        self.file(id).map_or("", |file| file.plain.as_ref().unwrap_or(&file.text))
    }

    /// The span with both ends moved out to whole characters of the text as written.
    #[must_use]
    pub fn snapped(&self, span: Span) -> Span {
        let Some(file) = self.file(span.file).filter(|file| file.plain.is_some()) else { return span };
        let is_whole = |at: &u32| file.text.is_char_boundary(*at as usize) || *at as usize >= file.text.len();
        let start = (0..=span.start).rev().find(is_whole).unwrap_or(span.start);
        let end = (span.end..).find(is_whole).unwrap_or(span.end);
        Span { start, end, ..span }
    }

    /// All files in order.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(at, file)| (FileId(offset(at)), file))
    }

    /// The text under a span; empty when the span lies outside.
    #[must_use]
    pub fn text(&self, span: Span) -> &str {
        let span = self.snapped(span);
        self.file(span.file).and_then(|file| file.text.get(span.range())).unwrap_or_default()
    }

    /// The text under a span with every run of white space as one space.
    #[must_use]
    pub fn shown(&self, span: Span) -> String {
        self.text(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// File name, line and column (from 1, in characters) of a span's start.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        let span = self.snapped(span);
        let Some(file) = self.file(span.file) else { return Place::default() };
        let line = file.line_starts.partition_point(|start| *start <= span.start).saturating_sub(1);
        let line_start = file.line_starts.get(line).copied().unwrap_or_default() as usize;
        let before = file.text.get(line_start..span.start as usize).unwrap_or_default();
        Place { file: file.name.clone(), line: offset(line + 1), column: offset(before.chars().count() + 1) }
    }
}

/// Texts are refused above a size far below 4 GiB, so that offsets fit.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
