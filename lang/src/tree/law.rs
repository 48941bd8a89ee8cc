//! Laws: rule sets that campaigns are held against.

use super::{Abandoned, Attempts, CallHours, DaysOff, Name, Path, Quiet, Quoted, Spanned};
use crate::source::Span;

/// `law NAME { … }`
#[derive(Clone, Debug)]
pub struct Law {
    /// Name.
    pub name: Name,
    /// `version "…"`
    pub version: Option<Quoted>,
    /// `source "…"`
    pub source: Option<Quoted>,
    /// `as of 2026-01-01`, days since 1970-01-01
    pub as_of: Option<i32>,
    /// What it asks, in order.
    pub lines: Vec<LawLine>,
    /// The whole item.
    pub span: Span,
}

/// What a law asks.
#[derive(Clone, Debug)]
pub struct LawLine {
    /// What.
    pub kind: LawLineKind,
    /// Where.
    pub span: Span,
}

/// Kinds of what laws ask.
#[derive(Clone, Debug)]
pub enum LawLineKind {
    /// `calls only in …`
    Hours(CallHours),
    /// `not on …`
    NotOn(DaysOff),
    /// `at most … attempts …`
    AtMost(Attempts),
    /// `abandoned <= …`
    Abandoned(Abandoned),
    /// `ring at least …`
    Ring(Spanned<i64>),
    /// `connect within …`
    Connect(Spanned<i64>),
    /// `quiet … after …`
    Quiet(Quiet),
    /// `needs …`
    Needs(Need),
}

/// `needs …`
#[derive(Clone, Debug)]
pub enum Need {
    /// `needs consent`
    Consent,
    /// `needs do-not-call check`
    DoNotCallCheck,
    /// `needs safe harbour message`
    SafeHarbour,
    /// `needs own caller id`
    CallerId,
    /// `needs AI disclosure saying PHRASES`
    Disclosure(Path),
}
