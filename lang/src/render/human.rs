//! Findings for people.

use std::borrow::Cow;
use std::ops::Range;

use ariadne::{Cache, Color, Config, IndexType, Label, Report, ReportKind, Source};

use super::Findings;
use crate::diagnostics::{Diagnostic, Severity};
use crate::source::{FileId, Sources, Span};

/// Findings beyond this number are counted rather than shown.
const SHOWN_MAX: usize = 200;

/// A line longer than this is shown as the stretch around its finding.
const LINE_BYTES_MAX: usize = 400;

/// Bytes shown before and after the finding in such a line.
const STRETCH_BYTES: usize = 60;

/// Findings with their source lines and a closing summary. Empty when there is nothing to say.
#[must_use]
pub fn human(all: &[Findings<'_>], colour: bool) -> String {
    let mut text = String::new();
    let mut room = SHOWN_MAX;
    for findings in all {
        let mut files = Files::new(findings.sources);
        for diagnostic in findings.in_order().into_iter().take(room) {
            room -= 1;
            text.push_str(&one(diagnostic, findings, &mut files, colour));
        }
    }
    let count: usize = all.iter().map(|findings| findings.diagnostics.len()).sum();
    if count > SHOWN_MAX {
        text.push_str(&format!("… and {} more\n", count - SHOWN_MAX));
    }
    text + &summary(all)
}

fn summary(all: &[Findings<'_>]) -> String {
    let count = |severity| {
        all.iter().flat_map(|findings| findings.diagnostics).filter(|one| one.severity() == severity).count()
    };
    let plural = |count: usize, word: &str| match count {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{count} {word}s")),
    };
    let parts = [plural(count(Severity::Error), "error"), plural(count(Severity::Warning), "warning")];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    if said.is_empty() { String::new() } else { said.join(", ") + "\n" }
}

fn one(diagnostic: &Diagnostic, findings: &Findings<'_>, files: &mut Files<'_>, colour: bool) -> String {
    let (kind, paint) = match diagnostic.severity() {
        Severity::Error => (ReportKind::Error, Color::Red),
        Severity::Warning => (ReportKind::Warning, Color::Yellow),
    };
    let span = files.show(diagnostic.span);
    let mut label = Label::new(span.clone()).with_color(paint);
    if !diagnostic.label.is_empty() {
        label = label.with_message(harmless(&diagnostic.label));
    }
    let mut report = Report::build(kind, span.clone())
        .with_config(Config::default().with_index_type(IndexType::Byte).with_color(colour))
        .with_code(diagnostic.code.text())
        .with_message(harmless(&diagnostic.message))
        .with_label(label);
    for (place, words) in &diagnostic.notes {
        if files.is_plain(place.file) && files.is_plain(diagnostic.span.file) {
            report.add_label(
                Label::new(files.show(*place)).with_message(harmless(words)).with_color(Color::Blue),
            );
        } else {
            let at = findings.sources.place(*place);
            report.add_note(format!("{} ({}:{}:{})", harmless(words), at.file, at.line, at.column));
        }
    }
    if let Some(help) = &diagnostic.help {
        report.add_help(harmless(help));
    }
    let mut out = Vec::new();
    match report.finish().write(files, &mut out) {
        Ok(()) => String::from_utf8_lossy(&out).into_owned(),
        Err(_) => format!("{}: {}\n", diagnostic.code.text(), diagnostic.message),
    }
}

/// A text that cannot command the terminal it is shown on: controls and characters that turn the direction of writing
/// become question marks, as many as they have bytes, so that places stay.
fn harmless(text: &str) -> Cow<'_, str> {
    let commands = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(commands) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if commands(c) {
            shown.extend(std::iter::repeat_n('?', c.len_utf8()));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Up to so many lines before a very long line, the margin has its number; after more, the header alone has.
const PADDED_LINES_MAX: usize = 10_000;

/// What ariadne reads from: whole files, or the stretch of a very long line.
struct Files<'a> {
    sources: &'a Sources,
    whole: Vec<Option<Source<Cow<'a, str>>>>,
    stretch: Source<Cow<'a, str>>,
    plain: Vec<Option<bool>>,
}

/// A whole file, or the stretch made for the finding at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Shown {
    file: FileId,
    stretch: bool,
}

impl<'a> Files<'a> {
    fn new(sources: &'a Sources) -> Self {
        let count = sources.files().count();
        Self {
            sources,
            whole: (0..count).map(|_| None).collect(),
            stretch: Source::from(Cow::Borrowed("")),
            plain: vec![None; count],
        }
    }

    /// Whether no line of the file is too long to show.
    fn is_plain(&mut self, file: FileId) -> bool {
        let text = self.sources.file(file).map_or("", |file| &file.text);
        let found = || text.split('\n').all(|line| line.len() <= LINE_BYTES_MAX);
        self.plain.get_mut(file.0 as usize).is_none_or(|plain| *plain.get_or_insert_with(found))
    }

    /// Where to show a span; makes the stretch for it if its file has lines that are too long.
    fn show(&mut self, span: Span) -> (Shown, Range<usize>) {
        if self.is_plain(span.file) {
            return (Shown { file: span.file, stretch: false }, span.range());
        }
        let text = self.sources.file(span.file).map_or("", |file| &file.text);
        let (range, inner) = stretch(text, span.range());
        let line = self.sources.place(span).line as usize;
        let before = line.saturating_sub(1);
        // The margin counts the lines of the source alone, so that those before the stretch are there, empty.
        let padding = if before <= PADDED_LINES_MAX { before } else { 0 };
        let shown = "\n".repeat(padding) + &harmless(text.get(range).unwrap_or_default());
        self.stretch = Source::from(Cow::Owned(shown)).with_display_line_offset(before - padding);
        (Shown { file: span.file, stretch: true }, inner.start + padding..inner.end + padding)
    }
}

/// The part of the span's first line around the span, and the span inside that part.
fn stretch(text: &str, span: Range<usize>) -> (Range<usize>, Range<usize>) {
    let near = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let start = span.start.min(text.len());
    let line_start = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line_end = text.get(start..).and_then(|after| after.find('\n')).map_or(text.len(), |at| start + at);
    let from = near(start.saturating_sub(STRETCH_BYTES)).max(line_start);
    let to = near(span.end.min(start + STRETCH_BYTES) + STRETCH_BYTES).min(line_end).max(from);
    let end = near(span.end.min(start + STRETCH_BYTES)).min(to);
    (from..to, start.saturating_sub(from)..end.max(start).saturating_sub(from))
}

impl<'a> Cache<Shown> for Files<'a> {
    type Storage = Cow<'a, str>;

    fn fetch(&mut self, id: &Shown) -> Result<&Source<Self::Storage>, impl std::fmt::Debug> {
        if id.stretch {
            return Ok(&self.stretch);
        }
        let text = self.sources.file(id.file).map_or("", |file| &file.text);
        let slot = self.whole.get_mut(id.file.0 as usize).ok_or("a file of another policy")?;
        Ok::<_, &str>(slot.get_or_insert_with(|| Source::from(harmless(text))))
    }

    fn display<'b>(&self, id: &'b Shown) -> Option<impl std::fmt::Display + 'b> {
        self.sources.file(id.file).map(|file| file.name.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stretch_of_a_very_long_line_has_its_number_in_the_margin() {
        let long = "x".repeat(LINE_BYTES_MAX + 1);
        let mut sources = Sources::default();
        let file = sources.add("long.tdm", format!("one\ntwo\n{long} here"), false);
        let mut files = Files::new(&sources);
        let start = 8 + long.len() + 1;
        let (shown, range) = files.show(Span { file, start: start as u32, end: start as u32 + 4 });
        assert!(shown.stretch);
        let source = &files.stretch;
        let (_, line, _) = source.get_byte_line(range.start).unwrap();
        assert_eq!((line, source.display_line_offset()), (2, 0));
        assert_eq!(source.text().get(range), Some("here"));
    }
}
