//! What campaigns, laws and tickets share: hours on somebody's clock, windows, attempts.

use tandem_stdlib::contract::{AbandonedOf, AttemptsOf};

use super::{Days, Hours, Name, Path, Spanned};
use crate::source::Span;

/// `mon..fri 10:00-20:00 and sat 10:00-18:00 local time of lead.phone`
#[derive(Clone, Debug)]
pub struct CallHours {
    /// Days of the week (bit 0 = Monday) with their hours.
    pub week: Vec<(u8, Vec<Hours>)>,
    /// Whose clock.
    pub clock: WhoseClock,
    /// Where.
    pub span: Span,
}

/// Whose clock hours are on.
#[derive(Clone, Debug)]
pub enum WhoseClock {
    /// `local time of lead.phone, unsure of zone: strictest`
    Callee(Path, Option<Unsure>),
    /// `in Asia/Shanghai`
    Zone(ZoneName),
}

/// An IANA zone as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneName {
    /// The name.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// What holds when a number does not tell its zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsure {
    /// `strictest`
    Strictest,
    /// `never`
    Never,
    /// `assume ZONE`
    Assume(ZoneName),
}

/// Days on which nobody is called.
#[derive(Clone, Debug)]
pub enum DaysOff {
    /// `not on fr_public_holidays`
    Holidays(Path),
    /// `not on 2026-12-24..2026-12-26`
    Days(Vec<Days>),
}

/// A window as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WindowOf {
    /// `7d`, milliseconds
    Sliding(Spanned<i64>),
    /// `day`
    Day,
    /// `month`
    Month,
    /// `the campaign`
    Campaign,
}

/// `at most 3 attempts per 7d per person`
#[derive(Clone, Copy, Debug)]
pub struct Attempts {
    /// So many.
    pub max: Spanned<f64>,
    /// In which window.
    pub window: WindowOf,
    /// Of whom.
    pub per: AttemptsOf,
    /// Where.
    pub span: Span,
}

/// `quiet 60d after refused`; without a time, `never again after refused`.
#[derive(Clone, Debug)]
pub struct Quiet {
    /// How long, milliseconds; `None`: for ever.
    pub lasts: Option<Spanned<i64>>,
    /// After which dispositions.
    pub after: Vec<Name>,
    /// Where.
    pub span: Span,
}

/// `abandoned <= 3% of live answers over 30d`
#[derive(Clone, Copy, Debug)]
pub struct Abandoned {
    /// 0..1.
    pub share: Spanned<f64>,
    /// Of which calls.
    pub of: AbandonedOf,
    /// Over which window.
    pub window: WindowOf,
    /// Where.
    pub span: Span,
}
