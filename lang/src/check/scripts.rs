//! `test` blocks.

mod expectations;
mod facts;
mod given;
mod leads;
mod tickets;
mod trials;
mod unasked;

use std::collections::HashMap;

use tandem_stdlib::contract::{
    CampaignSpec, Expectation, Party, Script, Signal, Step, Stimulus, TicketSpec, Type,
};

use self::trials::lives_on;
use super::context::{Context, small};
use super::dialling::PERIOD_MS_MAX;
use super::limits::{STRETCH_MS_MAX, stretch};
use super::resolve::{CHANNEL, DIRECTION, INTENT, Kind, LANGUAGE, unknown_word};
use super::routes::Decided;
use super::types::{Stand, Typer, phone, signal_named, signal_names};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{self, Name, TestLineKind};

/// 2026-01-05 10:00:00 UTC, the start of a test that names no clock, in milliseconds since the epoch.
pub(super) const CLOCK_DEFAULT_MS: i64 = 1_767_607_200_000;

/// Checks all tests; one with an error is left out.
pub(super) fn scripts(
    context: &mut Context<'_>,
    decided: &Decided,
    campaigns: &[CampaignSpec],
    tickets: &[TicketSpec],
) -> Vec<Script> {
    let items = context.world.tests.clone();
    let script = |(file, test)| script(context, decided, (campaigns, tickets), file, test);
    items.into_iter().filter_map(script).collect()
}

fn script(
    context: &mut Context<'_>,
    decided: &Decided,
    (campaigns, tickets): (&[CampaignSpec], &[TicketSpec]),
    file: usize,
    test: &tree::Test,
) -> Option<Script> {
    let mut script = Script {
        name: test.name.text.clone(),
        place: context.place(test.name.span),
        clock_ms: CLOCK_DEFAULT_MS,
        from: String::new(),
        to: String::new(),
        outbound: false,
        channel: String::new(),
        language: String::new(),
        facts: Vec::new(),
        tries: Vec::new(),
        given: Vec::new(),
        trial: None,
        steps: Vec::new(),
    };
    let (last, ended, given) = (None, None, HashMap::new());
    let (campaign, trial_broken, clock_ms) = (None, false, CLOCK_DEFAULT_MS);
    let mut reader = Lines {
        context,
        decided,
        campaigns,
        tickets,
        campaign,
        trial_broken,
        clock_ms,
        file,
        last,
        ended,
        given,
    };
    let mut whole = true;
    for line in &test.lines {
        whole &= reader.line(&mut script, line).is_some();
    }
    whole &= reader.has_lead(&script, test);
    reader.warn_of_unasked(&script);
    whole.then_some(script)
}

/// Reads the lines of one test.
struct Lines<'l, 't> {
    context: &'l mut Context<'t>,
    decided: &'l Decided,
    campaigns: &'l [CampaignSpec],
    /// Those without an error.
    tickets: &'l [TicketSpec],
    /// The campaign that the test is about.
    campaign: Option<u32>,
    /// The test names a campaign with an error, which has been reported.
    trial_broken: bool,
    clock_ms: i64,
    file: usize,
    last: Option<(i64, Span)>,
    ended: Option<Span>,
    given: HashMap<u32, Span>,
}

impl Lines<'_, '_> {
    fn line(&mut self, script: &mut Script, line: &tree::TestLine) -> Option<()> {
        match &line.kind {
            TestLineKind::Clock(clock_ms) => {
                script.clock_ms = *clock_ms;
                self.clock_ms = *clock_ms;
            }
            TestLineKind::Trial(path, agents) => {
                self.trial(script, path, *agents)?;
                self.campaign = script.trial.as_ref().map(|trial| trial.campaign);
            }
            TestLineKind::Lead(fields) => return self.lead(script, fields, line.span),
            TestLineKind::Call { from, to, settings } => return self.call(script, from, to, settings),
            TestLineKind::GivenIs(path, value) => return self.given_is(script, line, path, value),
            TestLineKind::Given(path, fields, after) if self.queue_named(path).is_some() => {
                if let Some(after) = after {
                    let message = "what is known of a queue is there at once";
                    let help = "say from when on it is so: `at 3s given QUEUE …`".to_owned();
                    self.context.error(Code::NotHere, after.span, message, Some(help));
                    return None;
                }
                return self.given_queue(script, line, path, fields);
            }
            TestLineKind::Given(source, fields, after) => {
                let mut given = self.given(source, fields, line.span)?;
                if let Some(after) = after.filter(|after| after.value != 0) {
                    given.after_ms = stretch(self.context, after, STRETCH_MS_MAX)?;
                }
                script.given.push(given);
            }
            _ => {
                let step = self.step(line)?;
                let of_campaign = matches!(step.expectation, Some(Expectation::Trial(_)));
                let handed = self.handed_over(&line.kind).filter(|_| !of_campaign);
                let handed = handed.map(|expectation| Step {
                    stimulus: None,
                    expectation: Some(expectation),
                    ..step.clone()
                });
                script.steps.push(step);
                script.steps.extend(handed);
            }
        }
        Some(())
    }

    fn call(
        &mut self,
        script: &mut Script,
        from: &Option<tree::Quoted>,
        to: &Option<tree::Quoted>,
        settings: &[(Name, Name)],
    ) -> Option<()> {
        let mut whole = true;
        for (number, slot) in [(from, &mut script.from), (to, &mut script.to)] {
            let Some(number) = number else { continue };
            whole &= phone(self.context, &number.text, number.span).is_some();
            slot.clone_from(&number.text);
        }
        for (name, word) in settings {
            whole &= self.setting(script, name, word).is_some();
        }
        whole.then_some(())
    }

    fn setting(&mut self, script: &mut Script, name: &Name, word: &Name) -> Option<()> {
        const SETTINGS: [(&str, u32); 3] =
            [("language", LANGUAGE), ("channel", CHANNEL), ("direction", DIRECTION)];
        let Some((_, vocabulary)) = SETTINGS.iter().find(|(known, _)| *known == name.text) else {
            let message = format!("a call has no `{}` to set", name.text);
            self.context.unknown_name(
                &name.text,
                name.span,
                message,
                SETTINGS.iter().map(|(known, _)| *known),
            );
            return None;
        };
        self.word(*vocabulary, word)?;
        match *vocabulary {
            LANGUAGE => script.language.clone_from(&word.text),
            CHANNEL => script.channel.clone_from(&word.text),
            _ => script.outbound = word.text == "outbound",
        }
        Some(())
    }

    fn word(&mut self, vocabulary: u32, word: &Name) -> Option<u64> {
        let slot = self.context.world.vocabularies.word(vocabulary, &word.text);
        if slot.is_none() {
            let wrong = unknown_word(&self.context.world.vocabularies, vocabulary, &word.text, word.span);
            self.context.report(wrong);
        }
        slot
    }

    fn constant(&mut self, value: &tree::Expr, ty: Type, what: &str) -> Option<u64> {
        Typer::new(self.context, self.file, Stand::Constant).constant(value, ty, what)
    }

    fn step(&mut self, line: &tree::TestLine) -> Option<Step> {
        let stimulus = self.trial_stimulus(line).and_then(|found| match found {
            None => self.stimulus(&line.kind),
            found => Some(found),
        });
        let expectation = self.trial_expectation(&line.kind, line.span).and_then(|found| match found {
            None => self.expectation(&line.kind),
            found => Some(found),
        });
        let in_order = self.in_order(line, matches!(stimulus, Some(Some(_)) | None));
        let (stimulus, expectation) = (stimulus?, expectation?);
        in_order?;
        let at_ms = match line.at.filter(|at| at.value > 0) {
            Some(at) => Some(stretch(self.context, at, self.longest(&line.kind))?),
            None => line.at.map(|at| at.value),
        };
        Some(Step { at_ms, place: self.context.place(line.span), stimulus, expectation })
    }

    /// A call lasts a day at most; campaigns and tickets go on for years.
    const fn longest(&self, kind: &TestLineKind) -> i64 {
        let is_ticket = matches!(kind, TestLineKind::Ticket(..) | TestLineKind::ExpectTicket(..));
        if self.campaign.is_some() || is_ticket { PERIOD_MS_MAX } else { STRETCH_MS_MAX }
    }

    /// Times must not go backwards, and nothing happens without a time or after the end.
    fn in_order(&mut self, line: &tree::TestLine, happens: bool) -> Option<()> {
        if matches!(line.kind, TestLineKind::Answers(Party::Customer)) {
            self.ended = None;
        }
        let ended = self.ended.filter(|_| !lives_on(&line.kind));
        if matches!(line.kind, TestLineKind::Ends) {
            self.ended = self.ended.or(Some(line.span));
        }
        let wrong = match (line.at, self.last, ended) {
            (None, ..) if happens => {
                let message = format!("`{}` has no time", self.context.shown(line.span));
                let wrong = Diagnostic::new(Code::TestOutOfOrder, line.span, message);
                wrong.help(
                    "say when it happens: `at 5s …`; a line without a time comes after the end of the call",
                )
            }
            (Some(at), Some((last, place)), _) if at.value < last => {
                let message = format!("`{}` goes back in time", self.context.shown(at.span));
                let wrong = Diagnostic::new(Code::TestOutOfOrder, at.span, message);
                wrong.note(place, "this comes later").help("write the lines in order of time")
            }
            (Some(_), _, Some(end)) if happens => {
                let wrong =
                    Diagnostic::new(Code::TestOutOfOrder, line.span, "nothing happens after the call ended");
                wrong.note(end, "the call ends here").help("move it up, or let the call end later")
            }
            (at, ..) => {
                self.last = at.map(|at| (at.value, at.span)).or(self.last);
                return Some(());
            }
        };
        self.context.report(wrong);
        None
    }

    /// What happens; `None`: wrong, already reported.
    fn stimulus(&mut self, kind: &TestLineKind) -> Option<Option<Stimulus>> {
        Some(Some(match kind {
            TestLineKind::Signal { party, signal, value, confidence } => {
                self.signal(*party, signal, value, confidence.as_ref())?
            }
            TestLineKind::Says(party, text) => Stimulus::Says { party: *party, text: text.text.clone() },
            TestLineKind::Presses(keys) => {
                self.keys(keys)?;
                Stimulus::Presses(keys.text.clone())
            }
            TestLineKind::Intent(word) => {
                self.word(INTENT, word)?;
                Stimulus::Intent(word.text.clone())
            }
            TestLineKind::RunDialog(path) => {
                let symbol = self.context.find(self.file, path, Kind::Dialog)?;
                Stimulus::RunDialog(small(self.context.world.symbol(symbol)?.at))
            }
            TestLineKind::Unresolved => Stimulus::Unresolved,
            TestLineKind::Hold(held) => Stimulus::Hold(*held),
            TestLineKind::Acknowledges => Stimulus::Acknowledges,
            TestLineKind::Ends => Stimulus::Ends,
            _ => return Some(None),
        }))
    }

    fn keys(&mut self, keys: &tree::Quoted) -> Option<()> {
        let is_key = |key: char| key.is_ascii_digit() || key == '*' || key == '#';
        if !keys.text.is_empty() && keys.text.chars().all(is_key) {
            return Some(());
        }
        let message = format!("a telephone has no keys `{}`", keys.text);
        self.context.error(
            Code::BadLiteral,
            keys.span,
            message,
            Some("write digits, `*` and `#`".to_owned()),
        );
        None
    }

    fn signal(
        &mut self,
        party: tandem_stdlib::contract::Party,
        name: &Name,
        value: &tree::Expr,
        confidence: Option<&tree::Expr>,
    ) -> Option<Stimulus> {
        let Some((signal, ty)) = signal_named(&name.text) else {
            let message = format!("there is no signal `{}`", name.text);
            self.context.unknown_name(&name.text, name.span, message, signal_names());
            return None;
        };
        if matches!(signal, Signal::TalkShare | Signal::Silence) {
            let message = format!("`{}` follows from what is said and cannot be set", name.text);
            let help = "let the parties speak: `at 5s customer says \"…\"`".to_owned();
            self.context.error(Code::NotHere, name.span, message, Some(help));
            return None;
        }
        let slot = self.constant(value, ty, &format!("`{}`", name.text));
        let confidence = match confidence {
            Some(value) => Some(self.constant(value, Type::Number, "confidence").map(f64::from_bits)?),
            None => None,
        };
        Some(Stimulus::Signal { party, signal, value: f64::from_bits(slot?), confidence })
    }
}
