//! Counts and stretches of time: each has a least and a largest value.

use tandem_stdlib::show::show_time;
use tandem_stdlib::words::window;

use super::context::Context;
use crate::diagnostics::Code;
use crate::tree::Spanned;

/// The largest count after which anybody acts.
const TIMES_MAX: f64 = window::TIMES_MAX as f64;

/// The longest stretch of a call that anything is asked of, in milliseconds: a day.
pub(super) const STRETCH_MS_MAX: i64 = 24 * 3_600_000;

/// A stretch of time from one millisecond to `max_ms`; reports one that is none.
pub(super) fn stretch(context: &mut Context<'_>, stretch: Spanned<i64>, max_ms: i64) -> Option<i64> {
    if (1..=max_ms).contains(&stretch.value) {
        return Some(stretch.value);
    }
    let shown = context.shown(stretch.span);
    // A span that cannot be kept reads as zero, and has been reported.
    let is_reported = stretch.value == 0 && shown.contains(|digit| ('1'..='9').contains(&digit));
    if !is_reported {
        let what = if stretch.value < 1 { "is no stretch of time" } else { "is too long" };
        let help = format!("write a time span from `1ms` to `{}`", show_time(max_ms));
        context.error(Code::BadLiteral, stretch.span, format!("`{shown}` {what}"), Some(help));
    }
    None
}

/// A whole number from `least`; reports one that is none.
pub(super) fn counted(context: &mut Context<'_>, times: Spanned<f64>, least: f64) -> Option<u32> {
    if times.value.fract() == 0.0 && (least..=TIMES_MAX).contains(&times.value) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and in range")]
        return Some(times.value as u32);
    }
    let message = format!("`{}` is no number of times", context.shown(times.span));
    let help = format!("write a whole number from {least} to {TIMES_MAX}");
    context.error(Code::BadLiteral, times.span, message, Some(help));
    None
}
