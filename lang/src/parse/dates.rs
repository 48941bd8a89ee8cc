//! `from … until … in …`

use super::grammar::{Node, Reader, Rule};
use super::literal::date;
use crate::tree::{Dates, Spanned};

/// The dates in an item's head.
pub(super) fn dates(reader: &mut Reader<'_>, head: Option<&Node<'_>>) -> Option<Dates> {
    let node = head?.child(Rule::effective)?;
    let (mut from, mut until, mut ends) = (None, None, false);
    for part in node.children() {
        match part.rule() {
            Rule::kw_until => ends = true,
            Rule::date => {
                let day = date(reader, &part).map(|day| Spanned { value: day, span: part.span() });
                if ends {
                    until = day;
                } else {
                    from = day;
                }
            }
            _ => {}
        }
    }
    let zone = node.child(Rule::zone)?;
    let zone = Spanned { value: zone.text().to_owned(), span: zone.span() };
    Some(Dates { from, until, zone, span: node.span() })
}
