//! The figures of a call centre, each by one formula over counts and sums; for the share answered in time see
//! [`ServiceLevelFormula`](super::ServiceLevelFormula).
//!
//! Every function answers `None` when it would divide by nothing. Shares are 0..1; parts greater than their whole are
//! cut to it. Times are milliseconds.

/// A part over its whole, 0..1.
#[must_use]
pub fn share(part: u64, whole: u64) -> Option<f64> {
    mean(part.min(whole), whole)
}

/// Average speed of answer: the mean wait of the calls that were *answered*. Many call the mean over all calls so too;
/// that is [`mean_wait_ms`].
#[must_use]
pub fn average_speed_of_answer_ms(waits_of_answered_ms: u64, answered: u64) -> Option<f64> {
    mean(waits_of_answered_ms, answered)
}

/// The mean wait of *all* calls, until answered or abandoned, as queueing formulas give it.
#[must_use]
pub fn mean_wait_ms(waits_of_all_ms: u64, offered: u64) -> Option<f64> {
    mean(waits_of_all_ms, offered)
}

/// Abandoned over offered.
#[must_use]
pub fn abandonment(abandoned: u64, offered: u64) -> Option<f64> {
    share(abandoned, offered)
}

/// Abandoned over offered, those abandoned before the short-abandon limit counted on neither side.
#[must_use]
pub fn abandonment_excluding_short(abandoned: u64, short: u64, offered: u64) -> Option<f64> {
    let short = short.min(abandoned);
    share(abandoned - short, offered.saturating_sub(short))
}

/// Answered over offered.
#[must_use]
pub fn answer_rate(answered: u64, offered: u64) -> Option<f64> {
    share(answered, offered)
}

/// Occupancy: the share of their logged-in, available time in which agents talk, hold, or do after-call work.
#[must_use]
pub fn occupancy(talk_ms: u64, hold_ms: u64, after_call_work_ms: u64, available_ms: u64) -> Option<f64> {
    share(work_ms(talk_ms, hold_ms, after_call_work_ms), available_ms)
}

/// Average handle time: talk, hold and after-call work a handled contact.
#[must_use]
pub fn average_handle_time_ms(
    talk_ms: u64,
    hold_ms: u64,
    after_call_work_ms: u64,
    handled: u64,
) -> Option<f64> {
    mean(work_ms(talk_ms, hold_ms, after_call_work_ms), handled)
}

/// Transferred over handled.
#[must_use]
pub fn transfer_rate(transferred: u64, handled: u64) -> Option<f64> {
    share(transferred, handled)
}

/// Transfers to where a call was transferred on, over transfers.
#[must_use]
pub fn transfer_error(moved_on: u64, moves: u64) -> Option<f64> {
    share(moved_on, moves)
}

/// First-contact resolution: 1 minus the contacts that repeat an earlier one within a stated window, over all contacts.
#[must_use]
pub fn first_contact_resolution(repeated: u64, contacts: u64) -> Option<f64> {
    share(repeated, contacts).map(|repeated| 1.0 - repeated)
}

/// Containment: contacts that the bot closed over those that began with it.
#[must_use]
pub fn containment(closed_by_bot: u64, begun_with_bot: u64) -> Option<f64> {
    share(closed_by_bot, begun_with_bot)
}

/// Net promoter score, -100..100: the percentage of ratings of 9 or 10 less that of 0 to 6. `ratings` holds how many
/// gave 0, 1, … 10.
#[must_use]
pub fn net_promoter_score(ratings: &[u64; 11]) -> Option<f64> {
    let count = |from: usize, to: usize| {
        ratings.iter().take(to + 1).skip(from).fold(0, |sum: u64, one| sum.saturating_add(*one))
    };
    let all = count(0, 10);
    let (promoters, detractors) = (share(count(9, 10), all)?, share(count(0, 6), all)?);
    Some((promoters - detractors) * 100.0)
}

/// Abandonment of a campaign, as the safe harbour of the FTC's Telemarketing Sales Rule has it: calls without an agent
/// in time over calls that a person answered.
#[must_use]
pub fn campaign_abandonment(abandoned: u64, answered_live: u64) -> Option<f64> {
    share(abandoned, answered_live)
}

const fn work_ms(talk_ms: u64, hold_ms: u64, after_call_work_ms: u64) -> u64 {
    talk_ms.saturating_add(hold_ms).saturating_add(after_call_work_ms)
}

fn mean(sum: u64, count: u64) -> Option<f64> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a figure for people; sums beyond 2^53 lose their last digits"
    )]
    let divided = |sum: u64, count: u64| sum as f64 / count as f64;
    (count > 0).then(|| divided(sum, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_by_its_formula() {
        // 90 answered after 20 s on average, 10 abandoned after 50 s, 4 of them short.
        assert_eq!(average_speed_of_answer_ms(1_800_000, 90), Some(20_000.0));
        assert_eq!(mean_wait_ms(2_300_000, 100), Some(23_000.0));
        assert_eq!(abandonment(10, 100), Some(0.1));
        assert_eq!(abandonment_excluding_short(10, 4, 100), Some(0.0625));
        assert_eq!(answer_rate(90, 100), Some(0.9));
        assert_eq!(occupancy(50, 10, 20, 100), Some(0.8));
        assert_eq!(average_handle_time_ms(180_000, 20_000, 40_000, 2), Some(120_000.0));
        assert_eq!(transfer_rate(9, 90), Some(0.1));
        assert_eq!(first_contact_resolution(25, 100), Some(0.75));
        assert_eq!(containment(30, 120), Some(0.25));
        assert_eq!(campaign_abandonment(3, 100), Some(0.03));
    }

    #[test]
    fn promoters_less_detractors() {
        // 5 of 9 or 10, 3 of 7 or 8, 2 of 0 to 6.
        assert_eq!(net_promoter_score(&[1, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3]), Some(30.0));
        assert_eq!(net_promoter_score(&[0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0]), Some(-100.0));
        assert_eq!(net_promoter_score(&[0; 11]), None);
    }

    #[test]
    fn nothing_is_divided_by_nothing_and_no_share_exceeds_one() {
        assert_eq!(share(0, 0), None);
        assert_eq!(occupancy(u64::MAX, u64::MAX, 1, 10), Some(1.0));
        assert_eq!(abandonment_excluding_short(4, 9, 4), None);
        assert_eq!(first_contact_resolution(9, 3), Some(0.0));
        assert_eq!(mean_wait_ms(1, 0), None);
    }
}
