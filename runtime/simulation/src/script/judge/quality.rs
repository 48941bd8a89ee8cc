//! What quality checks come to, against what a test expects.

use tandem_centre::Verdict;
use tandem_stdlib::contract::EntryKind;

use super::{Finding, Judge};
use crate::quality::{CheckResult, add_up, word};
use crate::report::QaResultWord;

impl Judge<'_> {
    /// Items of a quality check are tested by who expects them: one by one, or as what the whole check comes to.
    pub(super) fn tests_items(&mut self, entry: usize, item: Option<u32>) {
        let verdicts = self.verdicts.get(entry).map(Vec::as_slice).unwrap_or_default();
        let judged = verdicts.iter().enumerate().filter(|(at, verdict)| match item {
            Some(item) => *at == item as usize,
            None => matches!(verdict, Verdict::Passed | Verdict::Failed),
        });
        self.result.hits.extend(judged.map(|(at, _)| (entry, at)));
    }

    /// What a check, or one item of it, comes to.
    pub(super) fn quality(&self, entry: usize, item: Option<u32>, passed: Option<bool>) -> Finding {
        let name = self.manifest.entries.get(entry).map_or("", |entry| entry.name.as_str());
        let wanted = match passed {
            Some(true) => QaResultWord::Passed,
            Some(false) => QaResultWord::Failed,
            None => QaResultWord::NotApplicable,
        };
        let what = item.map_or(format!("qa {name}"), |item| format!("qa {name} item {}", item + 1));
        let expected = format!("{what} {}", show_result(wanted));
        let (result, detail) = match item {
            Some(item) => {
                let verdicts = self.verdicts.get(entry).map(Vec::as_slice).unwrap_or_default();
                (word(verdicts.get(item as usize).copied().unwrap_or(Verdict::Pending)), String::new())
            }
            None => self.whole_check(entry),
        };
        Finding { held: result == wanted, expected, found: format!("{what} {}{detail}", show_result(result)) }
    }

    fn whole_check(&self, entry: usize) -> (QaResultWord, String) {
        let kind = self.manifest.entries.get(entry).map(|entry| &entry.kind);
        let (Some(EntryKind::Qa { items, pass_share }), Some(verdicts)) = (kind, self.verdicts.get(entry))
        else {
            return (QaResultWord::NotApplicable, String::new());
        };
        let CheckResult { result, points, points_of, .. } = add_up(items, verdicts, *pass_share);
        let failed = items.iter().zip(verdicts).filter(|(_, verdict)| **verdict == Verdict::Failed);
        let failed: Vec<_> = failed.map(|(item, _)| format!("`{}`", item.label)).collect();
        let failed =
            if failed.is_empty() { String::new() } else { format!(", failed {}", failed.join(" and ")) };
        (result, format!(" (kept {points} of {points_of} points{failed})"))
    }
}

const fn show_result(result: QaResultWord) -> &'static str {
    match result {
        QaResultWord::Passed => "passes",
        QaResultWord::Failed => "fails",
        QaResultWord::NotApplicable => "does not apply",
        QaResultWord::Pending => "is not decided yet",
    }
}
