//! How callers fared with a dialog of the policy.

use tandem_simulation::{CentreReport, Figure};

use super::numbers::{estimate, title};

/// Figures of callers who began with a dialog.
pub(super) const FIGURES: &[Figure] = &[
    Figure::WithBot,
    Figure::Containment,
    Figure::ContainedFalsely,
    Figure::HungUpInBot,
    Figure::EndedByBot,
    Figure::AskedForPerson,
    Figure::Retained,
    Figure::Offers,
    Figure::OffersAccepted,
    Figure::OffersHeldBack,
    Figure::AnswersToPerson,
    Figure::TimeToPerson,
];

/// Those that stand beside a value that is varied.
const VARIED: &[Figure] = &[Figure::Containment, Figure::ContainedFalsely, Figure::TimeToPerson];

/// Whether any caller began with a dialog.
pub(super) fn is_there(report: &CentreReport) -> bool {
    report.all().is_some_and(|all| all.figure(Figure::WithBot).is_some())
}

/// Whether a figure is told with those of the bot, or not at all where there is none.
pub(super) fn is_of_bot(report: &CentreReport, figure: Figure) -> bool {
    FIGURES.contains(&figure) && (figure != Figure::Containment || is_there(report))
}

/// Titles and values; nothing where nobody began with a dialog.
pub(super) fn rows(report: &CentreReport) -> Vec<Vec<String>> {
    let all = report.all().filter(|_| is_there(report));
    let figure = |figure: &Figure| {
        let found = all?.figure(*figure)?;
        Some(vec![title(*figure).to_owned(), estimate(figure.unit(), found)])
    };
    FIGURES.iter().filter_map(figure).collect()
}

/// The figures of a what-if: `usual`, and those of the bot where there is one.
pub(super) fn varied<'r>(
    usual: &[Figure],
    mut reports: impl Iterator<Item = &'r CentreReport>,
) -> Vec<Figure> {
    let of_bot = if reports.any(is_there) { VARIED } else { &[] };
    usual.iter().chain(of_bot).copied().collect()
}
