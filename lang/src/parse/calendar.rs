//! `holidays` and `calendar`.

use super::grammar::{Node, Reader, Rule};
use super::literal::{date, quoted, time};
use super::members::statements;
use super::vocabulary::number_range;
use crate::layout::Statement;
use crate::tree::{Calendar, CalendarLine, Days, Holidays, Hours, Item, Spanned};

/// `holidays NAME covers Y..Y { … }`
pub(super) fn holidays(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::holidays_head, item.span)?;
    let (name, covers) = (head.name()?, number_range(reader, &head));
    let mut listed = Vec::new();
    for statement in statements(reader, item) {
        let Some(line) = reader.read(Rule::holiday_line, statement.span) else { continue };
        let called = line.child(Rule::quoted).map(|text| quoted(reader, &text));
        match line.child(Rule::days).and_then(|range| days(reader, &range)) {
            Some(range) => listed.push((range, called)),
            None => reader.unread.push(statement.span),
        }
    }
    Some(Item::Holidays(Holidays { name, covers, days: listed, span: item.whole() }))
}

/// A day or a range of days.
pub(super) fn days(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Days> {
    let mut ends = node.all(Rule::date);
    let first = date(reader, &ends.next()?)?;
    let last = match ends.next() {
        Some(last) => date(reader, &last)?,
        None => first,
    };
    Some(Days { first, last, span: node.span() })
}

/// `calendar NAME in ZONE { … }`
pub(super) fn calendar(reader: &mut Reader<'_>, item: &Statement) -> Option<Item> {
    let head = reader.read(Rule::calendar_head, item.span)?;
    let zone = head.child(Rule::zone)?;
    let zone = Spanned { value: zone.text().to_owned(), span: zone.span() };
    let mut lines = Vec::new();
    for statement in statements(reader, item) {
        let rule = match reader.word(statement) {
            "closed" => Rule::closed_line,
            "open" => Rule::open_line,
            "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" => Rule::weekly_line,
            _ => {
                let words = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "closed", "open"];
                reader.unknown_statement(statement, "calendar", &words);
                continue;
            }
        };
        let Some(node) = reader.read(rule, statement.span) else { continue };
        match line(reader, &node) {
            Some(line) => lines.push(line),
            None => reader.unread.push(statement.span),
        }
    }
    Some(Item::Calendar(Calendar { name: head.name()?, zone, lines, span: item.whole() }))
}

fn line(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<CalendarLine> {
    let listed = |reader: &mut Reader<'_>| -> Option<Vec<Days>> {
        node.all(Rule::days).map(|range| days(reader, &range)).collect()
    };
    let open = |reader: &mut Reader<'_>| -> Option<Vec<Hours>> {
        node.all(Rule::hours).map(|range| hours(reader, &range)).collect()
    };
    Some(match node.rule() {
        Rule::weekly_line => {
            let weekdays = node.all(Rule::weekdays).fold(0, |set, range| set | weekdays(&range));
            CalendarLine::Weekly { weekdays, hours: open(reader)?, span: node.span() }
        }
        Rule::open_line => CalendarLine::OpenOn(listed(reader)?, open(reader)?),
        _ => match node.path() {
            Some(path) => CalendarLine::ClosedOnHolidays(path),
            None => CalendarLine::ClosedOn(listed(reader)?),
        },
    })
}

/// A range of the clock.
pub(super) fn hours(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Hours> {
    let mut ends = node.all(Rule::time);
    let (from, to) = (minutes(reader, &ends.next()?)?, minutes(reader, &ends.next()?)?);
    if from >= 1440 {
        reader.bad(node.span(), "hours cannot begin at `24:00`", "write `00:00`");
        return None;
    }
    Some(Hours { from_min: from, to_min: to, span: node.span() })
}

fn minutes(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<u16> {
    let ms = time(reader, node)?;
    if ms % 60_000 != 0 {
        reader.bad(node.span(), "hours are given in whole minutes", "leave the seconds out");
        return None;
    }
    u16::try_from(ms / 60_000).ok()
}

/// A bit set; a range such as `fri..mon` runs over the end of the week.
pub(super) fn weekdays(node: &Node<'_>) -> u8 {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let mut ends =
        node.all(Rule::weekday).filter_map(|day| names.iter().position(|name| *name == day.text()));
    let Some(first) = ends.next() else { return 0 };
    let last = ends.next().unwrap_or(first);
    let count = (last + 7 - first) % 7;
    (0..=count).fold(0, |set, step| set | 1 << ((first + step) % 7))
}
