//! What was odd about a log.

/// Lines that are shown of those that cannot be read.
const EXAMPLES: usize = 3;

/// Counts of what a log has beside calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LogNotes {
    /// Lines that are not empty, the header left out.
    pub(crate) lines: u64,
    pub(crate) unreadable: u64,
    /// The first of them, each with its line and column.
    pub(crate) examples: Vec<String>,
    /// Calls that stand there twice.
    pub(crate) repeated: u64,
    /// Calls that ended before they came to a queue.
    pub(crate) in_menu: u64,
    /// Calls that the log itself says are none.
    pub(crate) phantom: u64,
    /// Calls whose end is not in the log.
    pub(crate) unfinished: u64,
    /// Callers answered at once whose priority was not known, and was taken from those who waited.
    pub(crate) filled: u64,
    /// What was assumed about the log, a sentence each.
    pub(crate) assumed: Vec<String>,
}

impl LogNotes {
    /// A line that cannot be read.
    pub(super) fn unreadable(&mut self, line: u64, why: impl FnOnce() -> String) {
        self.unreadable += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(format!("line {line}: {}", why()));
        }
    }

    /// The counts that are not zero, as sentences.
    pub(crate) fn told(&self) -> Vec<String> {
        let counted = [
            (self.unreadable, "lines cannot be read and were left out"),
            (self.repeated, "calls stand in it twice and count once"),
            (self.in_menu, "calls ended before they came to a queue and do not count"),
            (self.phantom, "calls are none by its own words"),
            (self.unfinished, "calls have no end in it and do not count"),
            (
                self.filled,
                "callers were answered at once, of whom it has no priority: they have those of callers who waited, \
                 in the same shares",
            ),
        ];
        let counts = counted.iter().filter(|(count, _)| *count > 0);
        let mut told: Vec<String> = [format!("{} lines were read", self.lines)]
            .into_iter()
            .chain(counts.map(|(count, what)| format!("{count} {what}")))
            .collect();
        told.extend(self.examples.iter().cloned());
        told.extend(self.assumed.iter().cloned());
        told
    }
}
