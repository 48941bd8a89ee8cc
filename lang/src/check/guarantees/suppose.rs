//! What a test must say of its call so that the conditions come out as in the call that breaks a property.

use std::collections::{BTreeMap, BTreeSet};

use tandem_stdlib::contract::{CallFact, FactSource, QueueFact, TextFact, Type};
use tandem_stdlib::words::{Calendar, date_of_days};

use super::atoms::{Atom, OPEN};
use super::example::{quoted, shown_name, word};
use super::model::Model;
use super::search::Turn;
use crate::check::context::Context;
use crate::check::resolve::{Kind, QUEUE};
use crate::check::routes::coverage::{OTHER, Ranges, example};

/// Numbers that a caller may have.
const NUMBERS: [&str; 6] =
    ["+442071838750", "+8613800138000", "+862155500100", "+12025550123", "+4930901820", "+33142685300"];

/// Hours after the default start of a test in which calendars are looked at.
const HOURS_LOOKED_AT: i64 = 24 * 400;

/// The start of a test that names no clock, in milliseconds since the epoch.
const CLOCK_MS: i64 = crate::check::scripts::CLOCK_DEFAULT_MS;

/// The order in which a test says things of its call.
const SETTINGS: [&str; 5] = ["from", "to", "language", "channel", "direction"];

/// What a test says of its call, and what it cannot say.
#[derive(Default)]
pub(super) struct Supposed {
    clock: Option<String>,
    call: BTreeMap<&'static str, String>,
    /// By source: its fields with their values.
    given: BTreeMap<String, BTreeMap<String, String>>,
    /// Facts of the centre from the start.
    centre: BTreeSet<String>,
    /// By turn: what changes then.
    changes: Vec<Vec<String>>,
}

impl Supposed {
    pub(super) fn of(context: &Context<'_>, file: usize, model: &Model<'_>, turns: &[Turn<'_>]) -> Self {
        let mut supposed = Self { changes: vec![Vec::new(); turns.len()], ..Self::default() };
        let mut hours: BTreeMap<usize, bool> = BTreeMap::new();
        let mut before: Vec<u16> = vec![OPEN; model.atoms.list.len()];
        for (at, turn) in turns.iter().enumerate() {
            let now = turn.chosen.iter().zip(before.iter_mut()).zip(&model.atoms.list);
            for ((class, known), atom) in now.filter(|((class, known), _)| **class != OPEN && class != known)
            {
                let first = *known == OPEN;
                *known = *class;
                match atom.fact {
                    Some(FactSource::Calendar(calendar)) if first => {
                        hours.insert(calendar as usize, is_open(context, atom, *class));
                    }
                    Some(FactSource::Answered(call) | FactSource::AnswerKnown(call, _)) if *class != 0 => {
                        supposed.numbers_known(context, call);
                    }
                    _ => {}
                }
                supposed.suppose(context, file, (atom, *class), (at, first));
            }
        }
        supposed.fill_answers(context, file, model, &before);
        supposed.find_clock(model, &hours);
        supposed
    }

    /// The lines before anything happens.
    pub(super) fn head(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        lines.extend(self.clock.iter().map(|clock| format!("  clock {clock}")));
        let set = SETTINGS.iter().filter_map(|name| Some(format!(" {name} {}", self.call.get(name)?)));
        let set: String = set.collect();
        if !set.is_empty() {
            lines.push(format!("  call{set}"));
        }
        for (source, fields) in &self.given {
            let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name} {value}")).collect();
            lines.push(format!("  given {source} {}", fields.join(", ")));
        }
        lines.extend(self.centre.iter().map(|given| format!("  {given}")));
        lines
    }

    /// What changes at a turn.
    pub(super) fn at(&self, turn: usize) -> Vec<String> {
        self.changes.get(turn).cloned().unwrap_or_default()
    }

    /// The language of the call, where it matters.
    pub(super) fn language(&self) -> Option<&str> {
        self.call.get("language").map(String::as_str)
    }

    /// One thing that is so; `first`: from the beginning, as far as anything knows.
    fn suppose(
        &mut self,
        context: &Context<'_>,
        file: usize,
        (atom, class): (&Atom, u16),
        (turn, first): (usize, bool),
    ) {
        let value = shown(context, atom, class);
        let line = match atom.fact {
            Some(FactSource::Text(text @ (TextFact::From | TextFact::To))) => {
                let name = if text == TextFact::From { "from" } else { "to" };
                if let Some(number) = number(&value) {
                    self.call.insert(name, quoted(&number));
                }
                return;
            }
            Some(FactSource::Call(CallFact::Language)) if class != 0 => return self.set("language", value),
            Some(FactSource::Call(CallFact::Channel)) if class != 0 => return self.set("channel", value),
            Some(FactSource::Call(CallFact::Direction)) => return self.set("direction", value),
            Some(FactSource::Call(CallFact::Language | CallFact::Channel)) => return,
            // The number itself is looked at beside it; answers are told together.
            Some(
                FactSource::TextStarts(TextFact::From | TextFact::To, _)
                | FactSource::Answered(_)
                | FactSource::AnswerKnown(..)
                | FactSource::Answer(..),
            ) => return,
            Some(FactSource::Calendar(_)) if first => return,
            Some(FactSource::Mode(mode)) => {
                let modes = context.names_of(Kind::Mode);
                let mode = modes.get(mode as usize).map(|full| shown_name(context, file, full, Kind::Mode));
                mode.map(|mode| format!("given {mode} {value}"))
            }
            Some(FactSource::Queue(queue, fact)) => {
                let queue = if queue == 0 { Some("queue") } else { word(context, QUEUE, u64::from(queue)) };
                queue.map(|queue| format!("given {queue} {} {value}", queue_fact(fact)))
            }
            _ => None,
        };
        match line {
            Some(line) if first => drop(self.centre.insert(line)),
            Some(line) => self.change(turn, line),
            None => {
                self.change(turn, format!("# suppose that `{}` is {value} now", context.shown(atom.span)))
            }
        }
    }

    fn set(&mut self, name: &'static str, value: String) {
        self.call.insert(name, value);
    }

    fn change(&mut self, turn: usize, line: String) {
        self.changes.get_mut(turn).into_iter().for_each(|changes| changes.push(line.clone()));
    }

    /// A source is not asked about a number that was withheld.
    fn numbers_known(&mut self, context: &Context<'_>, call: u32) {
        use tandem_stdlib::contract::Argument::Fact;
        let arguments = context.calls.list.get(call as usize).map_or(&[][..], |call| &call.arguments);
        for (fact, name) in [(TextFact::From, "from"), (TextFact::To, "to")] {
            if arguments.iter().any(|argument| matches!(argument, Fact(FactSource::Text(of)) if *of == fact))
            {
                self.call.entry(name).or_insert_with(|| quoted(NUMBERS[0]));
            }
        }
    }

    /// What sources answer.
    fn fill_answers(&mut self, context: &Context<'_>, file: usize, model: &Model<'_>, chosen: &[u16]) {
        let class = |fact: FactSource| {
            let at = model.atoms.by_fact.get(&fact)?;
            chosen.get(*at).copied().filter(|class| *class != OPEN).map(|class| (*at, class))
        };
        for atom in &model.atoms.list {
            let Some(FactSource::AnswerKnown(call, field)) = atom.fact else { continue };
            let known = class(FactSource::AnswerKnown(call, field)).is_some_and(|(_, class)| class != 0);
            let Some(source) = context.calls.list.get(call as usize).filter(|_| known) else { continue };
            let Some(spec) = context.world.sources.get(source.source as usize).map(|one| &one.spec) else {
                continue;
            };
            let Some(of) = spec.fields.get(field as usize) else { continue };
            let value = class(FactSource::Answer(call, field))
                .and_then(|(at, class)| Some(shown(context, model.atoms.list.get(at)?, class)))
                .unwrap_or_else(|| any_value(context, of.ty));
            let name = shown_name(context, file, &spec.name, Kind::Source);
            self.given.entry(name).or_default().insert(of.name.clone(), value);
        }
    }

    /// A moment at which the calendars are as they are supposed to be.
    fn find_clock(&mut self, model: &Model<'_>, hours: &BTreeMap<usize, bool>) {
        if hours.is_empty() {
            return;
        }
        let known: Vec<(Calendar, bool)> = hours
            .iter()
            .filter_map(|(at, open)| Some((Calendar::new(model.calendars.get(*at)?).ok()?, *open)))
            .collect();
        let moments = (0..HOURS_LOOKED_AT).map(|hour| CLOCK_MS + hour * 3_600_000);
        let found = moments.into_iter().find(|at| known.iter().all(|(one, open)| one.is_open(*at) == *open));
        match found {
            Some(found) => self.clock = Some(moment(found)),
            None => self.change(0, "# suppose that the hours are as the conditions ask".to_owned()),
        }
    }
}

/// A class of values as the author writes one of them.
fn shown(context: &Context<'_>, atom: &Atom, class: u16) -> String {
    let class = u32::from(class);
    example(context, &atom.domain, &Ranges::one(class, class), atom.ty)
}

fn is_open(context: &Context<'_>, atom: &Atom, class: u16) -> bool {
    shown(context, atom, class) == "open"
}

/// A number like the example of a class; `None`: it is withheld.
fn number(example: &str) -> Option<String> {
    let text = example.trim_matches('"');
    match text.strip_suffix('…') {
        Some(prefix) => {
            let prefix = prefix.trim_end_matches(OTHER);
            let known = NUMBERS.iter().find(|number| number.starts_with(prefix));
            Some(known.map_or_else(|| format!("{prefix:2<12}"), |number| (*number).to_owned()))
        }
        None if text == "unknown" => None,
        None if text.starts_with('+') => Some(text.to_owned()),
        None => Some(NUMBERS[0].to_owned()),
    }
}

const fn queue_fact(fact: QueueFact) -> &'static str {
    match fact {
        QueueFact::Waiting => "waiting",
        QueueFact::IdleAgents => "idle_agents",
        QueueFact::StaffedAgents => "staffed_agents",
        QueueFact::LongestWait => "longest_wait",
        QueueFact::EstimatedWait => "estimated_wait",
        QueueFact::Occupancy => "occupancy",
    }
}

/// Some value of a type.
fn any_value(context: &Context<'_>, ty: Type) -> String {
    match ty {
        Type::Word(vocabulary) => word(context, vocabulary, 1).unwrap_or("unknown").to_owned(),
        Type::Phone => quoted(NUMBERS[0]),
        Type::Text => quoted("something"),
        Type::Money(currency) => format!("100 {currency}"),
        ty => context.example(ty).unwrap_or_else(|| "1".to_owned()),
    }
}

/// `2026-01-05 10:00:00 UTC`
fn moment(at_ms: i64) -> String {
    const DAY_MS: i64 = 86_400_000;
    let day = i32::try_from(at_ms.div_euclid(DAY_MS)).ok().and_then(date_of_days);
    let (year, month, day) = day.unwrap_or((2026, 1, 5));
    let minutes = at_ms.rem_euclid(DAY_MS) / 60_000;
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02}:00 UTC", minutes / 60, minutes % 60)
}
