//! How callers fared with a dialog of the policy, and afterwards.

use tandem_simulation::{CentreReport, Figure};

use super::numbers::{estimate, title};

/// Figures of callers who began with a dialog.
const FIGURES: &[Figure] = &[
    Figure::WithBot,
    Figure::IntentAccuracy,
    Figure::Containment,
    Figure::ContainedFalsely,
    Figure::HungUpInBot,
    Figure::EndedByBot,
    Figure::AskedForPerson,
    Figure::AskedToPerson,
    Figure::Retained,
    Figure::Offers,
    Figure::OffersAccepted,
    Figure::OffersHeldBack,
    Figure::AnswersToPerson,
    Figure::TimeToPerson,
];

/// Figures of what comes after a call.
const AFTERWARDS: &[Figure] = &[
    Figure::FirstContactResolution,
    Figure::Repeats,
    Figure::CallBacks,
    Figure::CalledBack,
    Figure::CalledInTime,
    Figure::NotReached,
    Figure::TimeToCallBack,
    Figure::LongestTimeToCallBack,
];

/// Those that stand beside a value that is varied.
const VARIED: &[Figure] =
    &[Figure::Containment, Figure::ContainedFalsely, Figure::AskedToPerson, Figure::TimeToPerson];

/// Whether any caller began with a dialog.
pub(super) fn is_there(report: &CentreReport) -> bool {
    report.all().is_some_and(|all| all.figure(Figure::WithBot).is_some())
}

/// Whether a figure is told with those of the bot or of what comes after, or not at all where there is none.
pub(super) fn is_apart(report: &CentreReport, figure: Figure) -> bool {
    let of_bot = FIGURES.contains(&figure) && (figure != Figure::Containment || is_there(report));
    of_bot || AFTERWARDS.contains(&figure)
}

/// Headings with titles and values; those without any are left out.
pub(super) fn parts(report: &CentreReport) -> Vec<(&'static str, Vec<Vec<String>>)> {
    let rows = |figures: &[Figure]| -> Vec<Vec<String>> {
        let found = |figure: &Figure| {
            let found = report.all()?.figure(*figure)?;
            Some(vec![title(*figure).to_owned(), estimate(figure.unit(), found)])
        };
        figures.iter().filter_map(found).collect()
    };
    let of_bot = if is_there(report) { FIGURES } else { &[] };
    let parts = [("Callers and the bot", rows(of_bot)), ("Afterwards", rows(AFTERWARDS))];
    parts.into_iter().filter(|(_, rows)| !rows.is_empty()).collect()
}

/// The figures of a what-if: `usual`, and those of the bot where there is one.
pub(super) fn varied<'r>(
    usual: &[Figure],
    mut reports: impl Iterator<Item = &'r CentreReport>,
) -> Vec<Figure> {
    let of_bot = if reports.any(is_there) { VARIED } else { &[] };
    usual.iter().chain(of_bot).copied().collect()
}
