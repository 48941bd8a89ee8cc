//! Figures as people read them.

use tandem_simulation::{CentreReport, Difference, Estimate, Figure, Target, Unit, Whole, show_time};

use crate::report::digits;

/// Figures of all calls that are always shown; those of rare things only when they happen.
pub(super) const RARE: &[Figure] = &[
    Figure::Blocking,
    Figure::TimedOut,
    Figure::Overflow,
    Figure::TransferRate,
    Figure::TransferError,
    Figure::Containment,
    Figure::AutomationRate,
    Figure::AvoidableContacts,
];

/// Figures that the JSON report alone has, or that are shown elsewhere.
pub(super) const LEFT_OUT: &[Figure] = &[
    Figure::Answered,
    Figure::Abandoned,
    Figure::OfAnswered,
    Figure::OfOffered,
    Figure::ExcludingAbandonedInTime,
    Figure::ExcludingShort,
    Figure::CountingAbandonedInTime,
    Figure::CountingShort,
    Figure::AbandonmentWithoutShort,
    Figure::AnswerRate,
];

/// What people call a figure.
pub(super) const fn title(figure: Figure) -> &'static str {
    match figure {
        Figure::Offered => "calls offered",
        Figure::Answered => "answered",
        Figure::Abandoned => "abandoned",
        Figure::ServiceLevel => "answered in time",
        Figure::OfAnswered => "in time, of answered",
        Figure::OfOffered => "in time, of offered",
        Figure::ExcludingAbandonedInTime => "in time, excluding abandoned in time",
        Figure::ExcludingShort => "in time, excluding short abandons",
        Figure::CountingAbandonedInTime => "in time, counting abandoned in time",
        Figure::CountingShort => "in time, counting short abandons",
        Figure::SpeedOfAnswer => "mean wait of answered",
        Figure::MeanWait => "mean wait of all",
        Figure::LongestWait => "longest wait",
        Figure::Starved => "over 10 × the mean",
        Figure::Waiting => "had to wait",
        Figure::Abandonment => "gave up",
        Figure::AbandonmentWithoutShort => "gave up, short ones left out",
        Figure::AnswerRate => "answered at all",
        Figure::Blocking => "turned away",
        Figure::TimedOut => "sent off by the queue",
        Figure::Overflow => "moved to another queue",
        Figure::HandleTime => "handling time",
        Figure::TransferRate => "transferred",
        Figure::TransferError => "transferred to where it was transferred on",
        Figure::Containment => "settled by the machine",
        Figure::AutomationRate => "settled without a person",
        Figure::AvoidableContacts => "conversations that need not have been",
        Figure::IntentAccuracy => "intents recognised rightly",
        Figure::WithBot => "began with the bot",
        Figure::ContainedFalsely => "settled, but not what was wanted",
        Figure::HungUpInBot => "hung up on the bot",
        Figure::EndedByBot => "sent off by the bot",
        Figure::AskedForPerson => "asked for a person",
        Figure::AskedToPerson => "from asking until a person",
        Figure::Retained => "kept by the bot, of those it asked to stay",
        Figure::Offers => "offers of a person",
        Figure::OffersAccepted => "offers accepted",
        Figure::OffersHeldBack => "offers held back, nobody idle",
        Figure::AnswersToPerson => "answers until a person",
        Figure::FirstContactResolution => "helped at the first call",
        Figure::Repeats => "calls of callers not helped before",
        Figure::CallBacks => "call-backs accepted",
        Figure::CalledBack => "reached by them",
        Figure::CalledInTime => "reached in time",
        Figure::NotReached => "not reached, given up",
        Figure::TimeToCallBack => "time until called back",
        Figure::LongestTimeToCallBack => "longest time until called back",
        Figure::TimeToPerson => "time until a person",
    }
}

/// Whether a difference is worth a line: it is no detail of another, and it happened.
pub(super) fn is_told(one: &Difference) -> bool {
    let happened = one.first.mean + one.second.mean > 0.0;
    !LEFT_OUT.contains(&one.figure) && (happened || !RARE.contains(&one.figure))
}

/// A value in its unit.
pub(super) fn value(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Calls | Unit::Answers => grouped(value),
        Unit::Share => format!("{:.1}%", value * 100.0),
        Unit::Money => money(value),
        Unit::Seconds if value.abs() >= 3600.0 => show_time((value.round() as i64).saturating_mul(1000)),
        Unit::Seconds => format!("{value:.1}s"),
    }
}

/// A number as short as an axis needs it: the quarters of small ones are no round numbers.
pub(super) fn short(number: f64) -> String {
    if number.abs() >= 10.0 {
        return grouped(number);
    }
    let shown = format!("{number:.2}");
    shown.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A value with its interval.
pub(super) fn estimate(unit: Unit, estimate: Estimate) -> String {
    let shown = value(unit, estimate.mean);
    match estimate.half_width {
        None => shown,
        Some(half) => match unit {
            Unit::Calls | Unit::Answers => format!("{shown} ± {}", grouped(half)),
            Unit::Share => format!("{shown} ± {:.1}", half * 100.0),
            Unit::Money => format!("{shown} ± {}", money(half)),
            Unit::Seconds => format!("{shown} ± {half:.1}"),
        },
    }
}

/// A difference with its interval: shares in percentage points.
pub(super) fn change(unit: Unit, change: Estimate) -> String {
    let half = change.half_width.unwrap_or_default();
    match unit {
        Unit::Calls | Unit::Answers => format!("{:+.1} ± {half:.1}", change.mean),
        Unit::Share => format!("{:+.2} ± {:.2} points", change.mean * 100.0, half * 100.0),
        Unit::Money => {
            let sign = if change.mean < 0.0 { "-" } else { "+" };
            format!("{sign}{} ± {}", money(change.mean.abs()), money(half))
        }
        Unit::Seconds => format!("{:+.2}s ± {half:.2}", change.mean),
    }
}

/// An amount, to the hundredth where it is small.
fn money(amount: f64) -> String {
    if amount.abs() < 1_000.0 { format!("{amount:.2}") } else { grouped(amount) }
}

/// What people call a figure of the centre as a whole, with the currency of costs.
pub(super) fn title_of_whole(figure: Whole, report: &CentreReport) -> String {
    let currency = report.currency.as_deref().unwrap_or_default();
    match figure {
        Whole::Occupancy => "occupancy of agents".to_owned(),
        Whole::CallsPerAgent => "calls an agent in 8 hours there".to_owned(),
        Whole::Costs => format!("costs, {currency}"),
        Whole::CostPerCall => format!("cost a call, {currency}"),
    }
}

/// What a target wants, such as `≥ 80.0%`.
pub(super) fn wanted(target: &Target) -> String {
    let sign = if target.at_least { "≥" } else { "≤" };
    format!("{sign} {}", value(target.unit, target.wanted))
}

/// What came of a target, in one word or two.
pub(super) fn verdict(target: &Target) -> &'static str {
    match (target.met(), target.is_sure()) {
        (None, _) => "not measured",
        (Some(true), true) => "met",
        (Some(true), false) => "met, not surely",
        (Some(false), true) => "missed",
        (Some(false), false) => "missed, not surely",
    }
}

/// Whole numbers with commas, small ones with a decimal.
fn grouped(number: f64) -> String {
    if number.abs() < 100.0 {
        return format!("{number:.1}").trim_end_matches(".0").to_owned();
    }
    let sign = if number < 0.0 { "-" } else { "" };
    sign.to_owned() + &digits::grouped(number.abs().round() as u64)
}
