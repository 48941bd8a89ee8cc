//! Sources answer with what is known of the caller who asks, unless they fail or are too slow.

use tandem_centre::{Answer, ArgumentValue, Sources};

use crate::chance::{Purpose, Seeds};
use crate::value::Cell;
use crate::virtual_centre::caller::Caller;
use crate::virtual_centre::model::Reliability;

/// What was asked of one source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::virtual_centre) struct Asked {
    pub(in crate::virtual_centre) questions: u64,
    /// Not answered at all.
    pub(in crate::virtual_centre) failed: u64,
    /// Answered too late.
    pub(in crate::virtual_centre) slow: u64,
}

impl Asked {
    pub(in crate::virtual_centre) const fn add(&mut self, more: Self) {
        self.questions += more.questions;
        self.failed += more.failed;
        self.slow += more.slow;
    }
}

/// Answers for one caller at a time.
pub(in crate::virtual_centre) struct CallerSources<'m> {
    known: Vec<&'m (usize, usize, Cell)>,
    /// By source.
    reliability: &'m [Reliability<'m>],
    pub(in crate::virtual_centre) asked: Vec<Asked>,
    /// Whose answers: stream and number.
    caller: Option<(u32, u64)>,
    seeds: Seeds,
}

impl<'m> CallerSources<'m> {
    pub(in crate::virtual_centre) fn new(reliability: &'m [Reliability<'m>], seeds: Seeds) -> Self {
        let asked = vec![Asked::default(); reliability.len()];
        Self { known: Vec::new(), reliability, asked, caller: None, seeds }
    }

    /// From now on answers are about this caller.
    pub(in crate::virtual_centre) fn know(&mut self, caller: &Caller<'m>) {
        self.forget();
        self.known.extend(caller.fields.iter().flat_map(|value| &value.answers));
        self.caller = Some((caller.stream, caller.number));
    }

    /// From now on answers are about nobody.
    pub(in crate::virtual_centre) fn forget(&mut self) {
        self.known.clear();
        self.caller = None;
    }

    /// Whether the source answers this caller in time; it does so or not for a whole call.
    fn is_there(&mut self, source: usize) -> bool {
        let Some(((stream, number), how)) = self.caller.zip(self.reliability.get(source)) else {
            return true;
        };
        let Some(asked) = self.asked.get_mut(source) else { return true };
        asked.questions += 1;
        if how.fails <= 0.0 && how.takes.is_none() {
            return true;
        }
        // Each source has chances of its own.
        let group = stream | u32::try_from(source + 1).unwrap_or_default() << 16;
        let mut draws = self.seeds.draws(Purpose::Source, group, number);
        let fails = draws.happens(how.fails);
        let takes_ms = how.takes.map_or(0.0, |law| law.draw(&mut draws));
        let slow = takes_ms > how.within_ms as f64;
        asked.failed += u64::from(fails);
        asked.slow += u64::from(slow && !fails);
        !fails && !slow
    }
}

impl Sources for CallerSources<'_> {
    fn answer(&mut self, source: usize, _arguments: &[ArgumentValue<'_>], answer: &mut Answer) -> bool {
        if !self.is_there(source) {
            return false;
        }
        let mut known = false;
        for (_, field, cell) in self.known.iter().filter(|(of, ..)| *of == source) {
            known = true;
            match cell {
                Cell::Slot(slot) => answer.set(*field, *slot),
                Cell::Text(text) => answer.set_text(*field, text),
            }
        }
        known
    }
}
