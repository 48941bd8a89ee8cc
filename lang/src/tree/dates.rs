//! From when and until when something holds.

use super::Spanned;
use crate::source::Span;

/// `from 2027-01-01 until 2027-07-01 in Asia/Shanghai`; days since 1970-01-01, at least one of them.
#[derive(Clone, Debug)]
pub struct Dates {
    /// The first day.
    pub from: Option<Spanned<i32>>,
    /// The day after the last.
    pub until: Option<Spanned<i32>>,
    /// The IANA zone whose midnights count.
    pub zone: Spanned<String>,
    /// Where.
    pub span: Span,
}
