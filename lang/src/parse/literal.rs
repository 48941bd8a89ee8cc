//! Literals: digits to values, each checked.

use tandem_stdlib::contract::Currency;
use tandem_stdlib::words::{CURRENCIES, days_of_date, is_currency, moment_ms, nearest_zone, zone_exists};

use super::expected::near;
use super::grammar::{Node, Reader, Rule};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{Expr, ExprKind, Literal, Path, Quoted, Spanned};

/// The value of a `literal` node; what cannot be is reported and missing.
pub(super) fn literal_expr(reader: &mut Reader<'_>, node: &Node<'_>) -> Expr {
    let span = node.span();
    let value = node.children().next().and_then(|child| literal(reader, &child));
    Expr { kind: value.map_or(ExprKind::Missing, ExprKind::Literal), span }
}

fn literal(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Literal> {
    let text = node.text();
    let before = |unit: &str| text.strip_suffix(unit).unwrap_or(text).trim_end();
    Some(match node.rule() {
        Rule::yes => Literal::YesNo(true),
        Rule::no => Literal::YesNo(false),
        Rule::unknown => Literal::Unknown,
        Rule::number => Literal::Number(number(reader, node, text)?),
        Rule::percent => Literal::Percent(number(reader, node, before("%"))? / 100.0),
        Rule::decibel => Literal::Decibel(number(reader, node, before("dB"))?),
        Rule::hertz => Literal::Hertz(number(reader, node, before("Hz"))?),
        Rule::syllables => Literal::SyllablesPerSecond(number(reader, node, before("syllables/s"))?),
        Rule::usual => Literal::TimesUsual(number(reader, node, text.split("times").next()?.trim_end())?),
        Rule::money => money(reader, node)?,
        Rule::duration => Literal::Duration(duration(reader, node)?),
        Rule::date => Literal::Date(date(reader, node)?),
        Rule::time => Literal::Time(time(reader, node)?),
        Rule::moment => Literal::Moment(moment(reader, node)?),
        Rule::quoted => Literal::Text(quoted(reader, node).text),
        _ => return None,
    })
}

/// Digits, optionally with a decimal point, to a number.
fn number(reader: &mut Reader<'_>, node: &Node<'_>, digits: &str) -> Option<f64> {
    let value = digits.parse().ok().filter(|value: &f64| value.is_finite());
    if value.is_none() {
        reader.bad(node.span(), "this number is too large", "write a number of fewer than 300 digits");
    }
    value
}

/// A plain or percent number with its place.
pub(super) fn spanned_number(reader: &mut Reader<'_>, node: &Node<'_>) -> Spanned<f64> {
    let digits = node.text().strip_suffix('%').unwrap_or(node.text()).trim_end();
    let value = number(reader, node, digits).unwrap_or_default();
    let value = if node.rule() == Rule::percent { value / 100.0 } else { value };
    Spanned { value, span: node.span() }
}

/// Digits times a unit, exact: `None` when out of range or not whole.
fn scaled(digits: &str, unit: i64) -> Option<i64> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let power = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let whole: i128 = whole.parse().ok()?;
    let fraction: i128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let value = whole.checked_mul(power)?.checked_add(fraction)?.checked_mul(i128::from(unit))?;
    (value % power == 0).then(|| i64::try_from(value / power).ok())?
}

fn money(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Literal> {
    let (digits, code) = node.text().split_at_checked(node.text().len().checked_sub(3)?)?;
    let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
    if !is_currency(code) {
        let help = near(code, CURRENCIES.iter().flat_map(|(_, codes)| codes.split_ascii_whitespace()))
            .map_or_else(
                || "write an ISO 4217 code such as `CNY`, `EUR` or `USD`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
        reader.bad(node.span(), format!("there is no currency `{code}`"), &help);
        return None;
    }
    let amount = scaled(digits.trim_end(), 10_000);
    if amount.is_none() {
        let message = "this amount is too large or has more than four decimal places";
        reader.bad(node.span(), message, "amounts are kept in ten-thousandths, up to 922 trillion");
    }
    amount.map(|amount| Literal::Money(amount, Currency(letters)))
}

/// Milliseconds of a duration.
fn duration(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<i64> {
    let units = [("ms", 1), ("min", 60_000), ("s", 1000), ("h", 3_600_000), ("d", 86_400_000)];
    let mut rest = node.text();
    let mut total = Some(0_i64);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let (number, tail) = rest.split_at_checked(digits)?;
        let (unit, ms) = units.iter().find(|(unit, _)| tail.starts_with(unit))?;
        total = total.and_then(|total| scaled(number, *ms)?.checked_add(total));
        rest = tail.get(unit.len()..)?;
    }
    if total.is_none() {
        let message = "this time span is too long or finer than a millisecond";
        reader.bad(node.span(), message, "time spans are kept in whole milliseconds");
    }
    total
}

/// A duration with its place; 0 when it cannot be, which is reported.
pub(super) fn spanned_duration(reader: &mut Reader<'_>, node: &Node<'_>) -> Spanned<i64> {
    Spanned { value: duration(reader, node).unwrap_or_default(), span: node.span() }
}

/// Days since 1970-01-01.
pub(super) fn date(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<i32> {
    let mut parts = node.text().split('-').map(str::parse::<u32>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let days = days_of_date(i32::try_from(year).ok()?, month, day);
    if days.is_none() {
        let message = format!("there is no day `{}`", node.text());
        reader.bad(node.span(), message, "days are written year-month-day, such as `2026-10-01`");
    }
    days
}

/// Milliseconds since midnight; `24:00` is the end of the day.
pub(super) fn time(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<i64> {
    let mut parts = node.text().split(':').map(str::parse::<i64>);
    let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let second = parts.next().map_or(Some(0), Result::ok)?;
    let ms = ((hour * 60 + minute) * 60 + second) * 1000;
    if minute < 60 && second < 60 && ms <= 86_400_000 {
        return Some(ms);
    }
    let message = format!("there is no time of day `{}`", node.text());
    reader.bad(node.span(), message, "times of day go from `00:00` to `24:00`");
    None
}

/// Milliseconds since the epoch.
pub(super) fn moment(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<i64> {
    let day = date(reader, &node.child(Rule::date)?)?;
    let ms = time(reader, &node.child(Rule::time)?)?;
    let zone = node.child(Rule::zone)?;
    if !zone_exists(zone.text()) {
        let message = format!("there is no time zone `{}`", zone.text());
        let wrong = Diagnostic::new(Code::BadZone, zone.span(), message);
        reader.report(match nearest_zone(zone.text()) {
            Some(near) => wrong.help(format!("did you mean `{near}`?")).fix(zone.span(), near),
            None => wrong.help("write an IANA zone such as `Asia/Shanghai`, `Europe/London` or `UTC`"),
        });
        return None;
    }
    let moment = moment_ms(day, ms, zone.text());
    if moment.is_none() {
        let message = format!("there is no moment `{}`", node.text());
        reader.bad(node.span(), message, "write a time of day from `00:00:00` to `23:59:59`");
    }
    moment
}

/// A text in quotes with its escapes resolved.
pub(super) fn quoted(reader: &mut Reader<'_>, node: &Node<'_>) -> Quoted {
    let span = node.span();
    let inner = node.text().get(1..node.text().len().saturating_sub(1)).unwrap_or_default();
    Quoted { text: unescaped(reader, inner, span), span }
}

/// The text between quotation marks at a span, escapes resolved.
pub(super) fn unescaped(reader: &mut Reader<'_>, inner: &str, span: Span) -> String {
    let mut text = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match (letter, if letter == '\\' { letters.next() } else { None }) {
            ('\\', Some(same @ ('"' | '\\'))) => text.push(same),
            ('\\', Some('n')) => text.push('\n'),
            ('\\', other) => {
                let shown = other.map(String::from).unwrap_or_default();
                reader.bad(span, format!("there is no escape `\\{shown}`"), "write `\\\"`, `\\\\` or `\\n`");
            }
            _ => text.push(letter),
        }
    }
    text
}

/// A path as an expression.
pub(super) fn path_expr(path: Path) -> Expr {
    Expr { span: path.span, kind: ExprKind::Path(path) }
}

/// A literal with a minus before it; what has no sign is reported.
pub(super) fn negative(reader: &mut Reader<'_>, expr: Expr, span: Span) -> Expr {
    let ExprKind::Literal(literal) = expr.kind else {
        return Expr { kind: ExprKind::Minus(Box::new(expr)), span };
    };
    let literal = match literal {
        Literal::Number(value) => Literal::Number(-value),
        Literal::Percent(value) => Literal::Percent(-value),
        Literal::Decibel(value) => Literal::Decibel(-value),
        Literal::Hertz(value) => Literal::Hertz(-value),
        Literal::SyllablesPerSecond(value) => Literal::SyllablesPerSecond(-value),
        Literal::TimesUsual(value) => Literal::TimesUsual(-value),
        Literal::Money(amount, currency) => Literal::Money(-amount, currency),
        Literal::Duration(ms) => Literal::Duration(-ms),
        _ => {
            reader.bad(span, "this value has no sign", "remove the `-`");
            return Expr { kind: ExprKind::Missing, span };
        }
    };
    Expr { kind: ExprKind::Literal(literal), span }
}
