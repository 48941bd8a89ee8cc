//! What dialogs came to, for people.

use tandem_simulation::{DialogTotal, Summary};

use super::human::titled;
use crate::table::{Side::Left, Side::Right, table};

/// How each dialog ended, then why it transferred and after how many answers.
pub(super) fn dialogs(summary: &Summary) -> String {
    let heads = [
        ("dialog", Left),
        ("began", Right),
        ("resolved", Right),
        ("transferred", Right),
        ("other end", Right),
        ("not recorded", Right),
        ("kept", Right),
        ("offers", Right),
        ("accepted", Right),
    ];
    let rows: Vec<Vec<String>> = summary.dialogs.iter().map(row).collect();
    let reasons: Vec<Vec<String>> = summary.dialogs.iter().flat_map(reasons).collect();
    let reasons = table(&[("transfers", Right), ("dialog", Left), ("because", Left)], &reasons);
    let waits: String = summary.dialogs.iter().filter_map(answers).collect();
    titled("Dialogs", &(table(&heads, &rows) + &reasons + &waits))
}

fn row(one: &DialogTotal) -> Vec<String> {
    let other = one.ended + one.finished + one.taken_away + one.hung_up;
    let kept = format!("{} of {}", one.kept, one.retained);
    let counts =
        [one.began, one.resolved, one.transferred, other, one.not_recorded].map(|count| count.to_string());
    let offers = [kept, one.offered.to_string(), one.accepted.to_string()];
    [one.dialog.clone()].into_iter().chain(counts).chain(offers).collect()
}

fn reasons(one: &DialogTotal) -> impl Iterator<Item = Vec<String>> {
    one.reasons.iter().map(|(reason, count)| vec![count.to_string(), one.dialog.clone(), reason.clone()])
}

/// After how many answers a person came.
fn answers(one: &DialogTotal) -> Option<String> {
    let counted = one.answers_to_person.iter().enumerate().filter(|(_, count)| **count > 0);
    let shown: Vec<String> = counted.map(|(answers, count)| format!("{answers}: {count}")).collect();
    let line = || format!("  {} reached a person after answers: calls — {}\n", one.dialog, shown.join(", "));
    (!shown.is_empty()).then(line)
}
