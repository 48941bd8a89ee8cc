//! `mask`.

use tandem_stdlib::words::Redaction;

use super::expression::child_expression;
use super::grammar::{Reader, Rule};
use crate::layout::Statement;
use crate::tree::Mask;

/// `mask card_number in transcript, screen when …`
pub(super) fn mask(reader: &mut Reader<'_>, statement: &Statement) -> Option<Mask> {
    let node = reader.read(Rule::mask_line, statement.span)?;
    let named = |kind: &str| Redaction::ALL.into_iter().find(|known| known.name() == kind);
    let kinds = node.all(Rule::mask_kind).filter_map(|kind| named(kind.text())).collect();
    let is_in = |place: &str| node.all(Rule::mask_place).any(|one| one.text() == place);
    let (transcript, recording, screen) = (is_in("transcript"), is_in("recording"), is_in("screen"));
    let when = child_expression(reader, &node);
    Some(Mask { kinds, transcript, recording, screen, when, span: statement.span })
}
