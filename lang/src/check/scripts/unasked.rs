//! Answers that a test gives and no look-up can ask for, because the test's call has no number to ask about.

use tandem_stdlib::contract::{Argument, FactSource, Script, SourceCall, TextFact};

use super::Lines;
use crate::diagnostics::{Code, Diagnostic};

impl Lines<'_, '_> {
    /// Warns of every `given` of a source that is asked about numbers alone which this call does not have. Leads of
    /// campaigns bring their own.
    pub(super) fn warn_of_unasked(&mut self, script: &Script) {
        if self.campaign.is_some() {
            return;
        }
        for given in &script.given {
            let Some(span) = self.given.get(&given.source).copied() else { continue };
            let Some(missing) = missing_number(&self.context.calls.list, given.source, script) else {
                continue;
            };
            let sources = &self.context.world.sources;
            let name = sources.get(given.source as usize).map_or("", |source| source.spec.name.as_str());
            let message = format!(
                "`{name}` is never asked in this test: it is asked about `call.{missing}`, which is not known"
            );
            let help = format!("add a line such as `call {missing} \"+442071838750\"` to the test");
            self.context.report(Diagnostic::new(Code::GivenNeverAsked, span, message).help(help));
        }
    }
}

/// The number that every look-up in a source needs and the call does not have.
fn missing_number(calls: &[SourceCall], source: u32, script: &Script) -> Option<&'static str> {
    let missing = |argument: &Argument| match argument {
        Argument::Fact(FactSource::Text(TextFact::From)) if script.from.is_empty() => Some("from"),
        Argument::Fact(FactSource::Text(TextFact::To)) if script.to.is_empty() => Some("to"),
        _ => None,
    };
    let mut of_source = calls.iter().filter(|call| call.source == source);
    let first = of_source.next()?.arguments.iter().find_map(missing)?;
    of_source.all(|call| call.arguments.iter().any(|argument| missing(argument).is_some())).then_some(first)
}
