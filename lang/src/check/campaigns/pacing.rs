//! How fast a campaign dials.

use tandem_stdlib::contract::{AbandonCap, Pacing};

use super::lawful::Terms;
use super::missing;
use super::said::Said;
use crate::check::context::Context;
use crate::check::dialling::abandoned;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{self, Campaign};

/// The most calls for each free agent.
const RATIO_MAX: f64 = 10.0;

/// Below so many agents a share of 3 % is hardly kept: with five agents and 2.5 calls for each, a fifth is abandoned.
const SMALL_TEAM: f64 = 10.0;

/// A pace and its cap.
pub(super) struct Paced {
    pub(super) cap: Option<AbandonCap>,
    said: tree::Pace,
    span: Span,
}

/// `None`: missing or wrong, which has been reported.
pub(super) fn pace(context: &mut Context<'_>, item: &Campaign, said: &Said<'_>) -> Option<Paced> {
    let Some((pace, span)) = said.pace else {
        missing(
            context,
            item,
            "says how fast it dials",
            "write `pace progressive`: one call for each free agent",
        );
        return None;
    };
    let mut cap = None;
    match pace {
        tree::Pace::Power(ratio) if !(1.0..=RATIO_MAX).contains(&ratio.value) => {
            let message = format!("`{}` calls for each free agent are none", ratio.value);
            let help = format!("write a number from 1 to {RATIO_MAX}");
            context.error(Code::BadLiteral, ratio.span, message, Some(help));
            return None;
        }
        tree::Pace::Predictive(Some(written)) => cap = Some(abandoned(context, &written)?),
        _ => {}
    }
    small_team(context, said, pace);
    Some(Paced { cap, said: pace, span })
}

fn small_team(context: &mut Context<'_>, said: &Said<'_>, pace: tree::Pace) {
    let Some((_, Some(least))) = said.agents else { return };
    if matches!(pace, tree::Pace::Predictive(_)) && least.value < SMALL_TEAM {
        let message = format!("with {} agents, predictive dialling either waits or abandons", least.value);
        let help = "few agents finish too irregularly to predict: write `pace progressive`";
        context.report(Diagnostic::new(Code::SmallTeam, least.span, message).help(help));
    }
}

/// The pace with the cap of the campaign or of its laws.
pub(super) fn settled(context: &mut Context<'_>, terms: &Terms<'_>, pace: &Paced) -> Option<Pacing> {
    Some(match (pace.said, terms.cap) {
        (tree::Pace::Preview, _) => Pacing::Preview,
        (tree::Pace::Progressive, _) => Pacing::Progressive,
        (tree::Pace::Power(ratio), _) => Pacing::Power(ratio.value),
        (tree::Pace::Predictive(_), Some(cap)) => Pacing::Predictive(cap),
        (tree::Pace::Predictive(_), None) => {
            let help = "add `keeping abandoned <= 3% of live answers over 30d`, or name a law that says so";
            let message = "nothing says how many calls may be abandoned".to_owned();
            context.error(Code::CampaignIncomplete, pace.span, message, Some(help.to_owned()));
            return None;
        }
    })
}
