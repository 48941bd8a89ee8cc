//! Texts in which values stand in braces.

use crate::diagnostics::{Code, Diagnostic};
use crate::parse::expression::{child_expression, missing};
use crate::parse::grammar::{Node, Reader, Rule};
use crate::parse::literal::unescaped;
use crate::source::Span;
use crate::tree::{Expr, Template, Words};

/// Values that one text may hold.
const VALUES_MAX: usize = 16;

/// A text written out or named.
pub(in crate::parse) fn words(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Words> {
    let words = node.child(Rule::words)?;
    Some(match words.child(Rule::quoted) {
        Some(quoted) => Words::Written(template(reader, &quoted)),
        None => Words::Named(words.path()?),
    })
}

/// A text in quotation marks; `{…}` in it is a value.
pub(super) fn template(reader: &mut Reader<'_>, quoted: &Node<'_>) -> Template {
    let span = quoted.span();
    let inner = Span { start: span.start.saturating_add(1), end: span.end.saturating_sub(1), ..span };
    let mut template = Template { text: String::new(), values: Vec::new(), span };
    let mut rest = inner;
    while let Some(open) = find(reader, rest, '{') {
        let Some(close) = find(reader, Span { start: open, ..rest }, '}') else {
            let place = Span { start: open, end: open.saturating_add(1), ..span };
            let message = "this brace is not closed";
            let help = "a value stands in braces, `{who.name}`; a brace cannot be spoken";
            reader.report(Diagnostic::new(Code::BadLiteral, place, message).help(help));
            return template;
        };
        plain(reader, &mut template, Span { end: open, ..rest });
        value(reader, &mut template, Span { start: open.saturating_add(1), end: close, ..rest });
        rest.start = close.saturating_add(1);
    }
    plain(reader, &mut template, rest);
    template
}

/// Where a sign stands first.
fn find(reader: &Reader<'_>, span: Span, sign: char) -> Option<u32> {
    let at = reader.text.get(span.range())?.find(sign)?;
    span.start.checked_add(u32::try_from(at).ok()?)
}

fn plain(reader: &mut Reader<'_>, template: &mut Template, span: Span) {
    let text = reader.text.get(span.range()).unwrap_or_default();
    let text = unescaped(reader, text, template.span);
    template.text.push_str(&text);
}

fn value(reader: &mut Reader<'_>, template: &mut Template, span: Span) {
    if template.values.len() == VALUES_MAX {
        reader.bad(span, format!("a text holds at most {VALUES_MAX} values"), "say it in two texts");
        return;
    }
    if reader.text.get(span.range()).is_some_and(|inside| inside.trim().is_empty()) {
        let braces = Span { start: span.start.saturating_sub(1), end: span.end.saturating_add(1), ..span };
        let help = "write a value between them, such as `{who.name}`; a brace cannot be spoken";
        return reader.bad(braces, "nothing stands between these braces".to_owned(), help);
    }
    let found = expression(reader, span);
    template.values.push(found.unwrap_or_else(|| missing(span)));
    template.text.push_str(&format!("{{{}}}", template.values.len()));
}

fn expression(reader: &mut Reader<'_>, span: Span) -> Option<Expr> {
    let node = reader.read(Rule::whole_expression, span)?;
    child_expression(reader, &node)
}
