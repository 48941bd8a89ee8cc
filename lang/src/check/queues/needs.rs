//! Which agents serve a queue.

use tandem_stdlib::contract::{Need, SkillNeed};

use crate::check::context::Context;
use crate::check::resolve::SKILL;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{self, Levels};

/// Any level at all.
const ANY_LEVEL: (u8, u8) = (0, u8::MAX);

/// Checks what a queue needs. One level at the end of the line holds for all its skills; several hold each for the
/// skill before it.
pub(super) fn needs(context: &mut Context<'_>, groups: &[Vec<tree::SkillNeed>]) -> Vec<Need> {
    let written = groups.iter().flatten().filter(|need| need.levels.is_some()).count();
    let last = groups.last().and_then(|group| group.last()).and_then(|need| need.levels);
    let is_shared = written == 1 && last.is_some();
    let shared = last.filter(|_| is_shared).and_then(|levels| level_range(context, levels));
    groups
        .iter()
        .map(|group| {
            let all_of = group.iter().filter_map(|need| {
                let own = need.levels.filter(|_| !is_shared).and_then(|levels| level_range(context, levels));
                let (low, high) = own.or(shared).unwrap_or(ANY_LEVEL);
                Some((SkillNeed { skill: context.word(SKILL, &need.skill)?, low, high }, need.skill.span))
            });
            let all_of: Vec<(SkillNeed, Span)> = all_of.collect();
            report_never(context, &all_of);
            Need { all_of: all_of.into_iter().map(|(need, _)| need).collect() }
        })
        .collect()
}

/// Nobody has one skill at two levels.
fn report_never(context: &mut Context<'_>, together: &[(SkillNeed, Span)]) {
    for (at, (need, span)) in together.iter().enumerate() {
        let before = together
            .iter()
            .take(at)
            .find(|(other, _)| other.skill == need.skill && (other.high < need.low || need.high < other.low));
        if let Some((_, first)) = before {
            let message = format!("no agent has `{}` at both levels", context.shown(*span));
            let wrong = Diagnostic::new(Code::NeedsNeverMet, *span, message);
            context.report(wrong.note(*first, "the other levels").help("remove one of them, or write `or`"));
        }
    }
}

/// Two whole levels, the lower first; reports others.
pub(super) fn level_range(context: &mut Context<'_>, (low, high): Levels) -> Option<(u8, u8)> {
    let whole = |level: f64| (0.0..=f64::from(u8::MAX)).contains(&level) && level.fract() == 0.0;
    if !whole(low.value) || !whole(high.value) || low.value > high.value {
        let message = format!("levels {}..{} are not possible", low.value, high.value);
        let help =
            "write two whole numbers from 0 to 255, the lower first, such as `at level 4..5`".to_owned();
        context.error(Code::BadLiteral, low.span.to(high.span), message, Some(help));
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and in range, see above"
    )]
    let level = |level: f64| level as u8;
    Some((level(low.value), level(high.value)))
}
