//! From the results of items to the result of a whole quality check.

use tandem_centre::Verdict;
use tandem_stdlib::contract::{QaItem, QaWeight};

use crate::report::QaResultWord;

/// The result of a whole check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CheckResult {
    pub(crate) result: QaResultWord,
    pub(crate) points: u32,
    pub(crate) points_of: u32,
    pub(crate) critical: bool,
}

/// Adds a check up: it passes when no item marked `critical` or `fail` failed and the share of points kept reaches
/// `pass_share`. Items that do not apply count neither way; when none applies, the check does not. Points that
/// nobody could lose are all kept.
pub(crate) fn add_up(items: &[QaItem], verdicts: &[Verdict], pass_share: f64) -> CheckResult {
    let mut sum =
        CheckResult { result: QaResultWord::NotApplicable, points: 0, points_of: 0, critical: false };
    let (mut judged, mut failed, mut pending) = (false, false, false);
    for (item, verdict) in items.iter().zip(verdicts) {
        pending |= *verdict == Verdict::Pending;
        let lost = match verdict {
            Verdict::Pending | Verdict::NotApplicable => continue,
            Verdict::Passed => false,
            Verdict::Failed => true,
        };
        judged = true;
        match item.weight {
            QaWeight::Critical => sum.critical |= lost,
            QaWeight::Fail => failed |= lost,
            QaWeight::Score(points) => {
                sum.points_of = sum.points_of.saturating_add(points);
                sum.points = sum.points.saturating_add(if lost { 0 } else { points });
            }
        }
    }
    let enough = sum.points_of == 0 || f64::from(sum.points) >= pass_share * f64::from(sum.points_of);
    sum.result = match (judged, pending) {
        (false, false) => QaResultWord::NotApplicable,
        _ if sum.critical || failed => QaResultWord::Failed,
        (_, true) => QaResultWord::Pending,
        _ if enough => QaResultWord::Passed,
        _ => QaResultWord::Failed,
    };
    sum
}

/// A verdict as reports write it.
pub(crate) const fn word(verdict: Verdict) -> QaResultWord {
    match verdict {
        Verdict::Pending => QaResultWord::Pending,
        Verdict::Passed => QaResultWord::Passed,
        Verdict::Failed => QaResultWord::Failed,
        Verdict::NotApplicable => QaResultWord::NotApplicable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tandem_stdlib::contract::{Place, Reason};

    fn check(weights: &[QaWeight], verdicts: &[Verdict]) -> CheckResult {
        let reason = Reason { because: String::new(), place: Place::default() };
        let item =
            |weight: &QaWeight| QaItem { label: String::new(), weight: *weight, reason: reason.clone() };
        add_up(&weights.iter().map(item).collect::<Vec<_>>(), verdicts, 0.8)
    }

    use QaWeight::{Critical, Fail, Score};
    use Verdict::{Failed, NotApplicable, Passed, Pending};

    #[test]
    fn one_critical_or_failing_item_fails_the_check() {
        let result = check(&[Critical, Score(5)], &[Failed, Passed]);
        assert_eq!((result.result, result.critical), (QaResultWord::Failed, true));
        let result = check(&[Fail, Score(5)], &[Failed, Passed]);
        assert_eq!((result.result, result.critical), (QaResultWord::Failed, false));
    }

    #[test]
    fn points_must_reach_the_share() {
        assert_eq!(check(&[Score(8), Score(2)], &[Passed, Failed]).result, QaResultWord::Passed);
        assert_eq!(check(&[Score(7), Score(3)], &[Passed, Failed]).result, QaResultWord::Failed);
    }

    #[test]
    fn items_that_do_not_apply_count_neither_way() {
        let result = check(&[Score(1), Score(9)], &[Passed, NotApplicable]);
        assert_eq!((result.result, result.points, result.points_of), (QaResultWord::Passed, 1, 1));
        assert_eq!(check(&[Score(1)], &[NotApplicable]).result, QaResultWord::NotApplicable);
        assert_eq!(check(&[Score(1)], &[Pending]).result, QaResultWord::Pending);
    }
}
