//! What is masked where.

use tandem_stdlib::words::Redaction;

use super::Expr;
use crate::source::Span;

/// `mask card_number in transcript, screen when …`
#[derive(Clone, Debug)]
pub struct Mask {
    /// What.
    pub kinds: Vec<Redaction>,
    /// In what is written down.
    pub transcript: bool,
    /// In what is recorded.
    pub recording: bool,
    /// In what agents see.
    pub screen: bool,
    /// `None`: always.
    pub when: Option<Expr>,
    /// The line.
    pub span: Span,
}
