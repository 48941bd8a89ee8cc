//! Promises as they are written to properties that can be proved.

use super::property::{Behaviour, Goal, Kind, Property};
use crate::check::context::Context;
use crate::check::limits::counted;
use crate::check::resolve::{INTENT, Kind as Declared, QUEUE, dotted};
use crate::check::suggest;
use crate::check::watches::target;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{self, ByWhen, GoalKind, Name, PropertyKind, Spanned};

/// Turns, times and questions of a property: nobody talks to a bot for longer.
pub(super) const PROMISED_MAX: u32 = 100;

/// A property, checked; `None`: wrong, already reported.
pub(super) fn property(context: &mut Context<'_>, file: usize, item: &tree::Property) -> Option<Property> {
    let who = match &item.who {
        Some((behaviour, times)) => {
            let times = match times {
                Some(times) => number(context, *times),
                None => Some(1),
            };
            Some((self::behaviour(context, file, behaviour)?, times?))
        }
        None => None,
    };
    let kind = kind(context, item)?;
    Some(Property { who, kind })
}

fn behaviour(context: &mut Context<'_>, file: usize, behaviour: &tree::Behaviour) -> Option<Behaviour> {
    let path = match behaviour {
        tree::Behaviour::Says(path) => path,
        tree::Behaviour::Keys(key) => return Some(Behaviour::Keys(key.value)),
        tree::Behaviour::Silent => return Some(Behaviour::Silent),
        tree::Behaviour::NotUnderstood => return Some(Behaviour::NotUnderstood),
    };
    if let [name] = path.names.as_slice()
        && let Some(intent) = context.world.vocabularies.word(INTENT, &name.text)
    {
        return Some(Behaviour::Tells(intent));
    }
    let name = dotted(path);
    if context.world.look_up(file, &name).is_some() {
        let symbol = context.find(file, path, Declared::Phrases)?;
        return Some(Behaviour::Says(context.phrases.index(symbol)));
    }
    let phrases = context.world.visible(file, Declared::Phrases);
    let known = context.world.vocabularies.words(INTENT).chain(phrases);
    let message = format!("`{name}` is no intent, and there are no phrases of this name");
    let wrong = suggest::unknown_name(&name, path.span, message, known);
    context.report(wrong);
    None
}

fn kind(context: &mut Context<'_>, item: &tree::Property) -> Option<Kind> {
    match &item.kind {
        PropertyKind::Reaches(goals, by_when) => {
            let goals: Vec<Option<Goal>> = goals.iter().map(|one| goal(context, one)).collect();
            let goals = goals.into_iter().collect::<Option<Vec<Goal>>>();
            reaches(context, item, goals, *by_when)
        }
        PropertyKind::Offers(by_when) => {
            reaches(context, item, Some(vec![Goal::Offer, Goal::Person]), *by_when)
        }
        PropertyKind::Asks { more, questions } => {
            if *more != item.no {
                let (wrong, right) = match item.no {
                    true => ("no path asks at most so many", "no path asks more than 5 questions"),
                    false => ("every path asks more than so many", "every path asks at most 5 questions"),
                };
                let message = format!("`{wrong}` promises nothing to anybody");
                incomplete(context, item.span, message, format!("write `{right}`"));
                return None;
            }
            number(context, *questions).map(Kind::AsksAtMost)
        }
    }
}

fn reaches(
    context: &mut Context<'_>,
    item: &tree::Property,
    goals: Option<Vec<Goal>>,
    by_when: Option<ByWhen>,
) -> Option<Kind> {
    let within = match by_when {
        Some(ByWhen::Turns(turns)) => Some(Some(number(context, turns)?)),
        Some(ByWhen::End(_)) => Some(None),
        None => None,
    };
    match (item.no, within) {
        (true, within) => Some(Kind::Never(goals?, within.flatten())),
        (false, Some(within)) => Some(Kind::Reaches(goals?, within)),
        (false, None) => {
            let help = "add `within 2 turns`, or `before it ends`".to_owned();
            incomplete(context, item.span, "nothing says by when".to_owned(), help);
            None
        }
    }
}

fn goal(context: &mut Context<'_>, goal: &tree::Goal) -> Option<Goal> {
    Some(match &goal.kind {
        GoalKind::Person => Goal::Person,
        GoalKind::Queue(name) => Goal::Queue(queue(context, name)?),
        GoalKind::Answer => Goal::Answer,
        GoalKind::Offer => Goal::Offer,
        GoalKind::End => Goal::End,
    })
}

fn queue(context: &mut Context<'_>, name: &Name) -> Option<u64> {
    let people = ["somebody", "someone", "human", "agent", "operator"];
    if context.world.vocabularies.word(QUEUE, &name.text).is_none() && people.contains(&name.text.as_str()) {
        let message = format!("`{}` is no goal", name.text);
        let wrong = Diagnostic::new(Code::UnknownName, name.span, message);
        context.report(wrong.help("write `a person`").fix(name.span, "a person"));
        return None;
    }
    target(context, true, name)
}

fn number(context: &mut Context<'_>, number: Spanned<f64>) -> Option<u16> {
    let count = counted(context, number, 1.0)?;
    if count > PROMISED_MAX {
        let message = format!("`{}` is more than a promise can be about", number.value);
        let help = format!("write a number from 1 to {PROMISED_MAX}");
        context.error(Code::BadLiteral, number.span, message, Some(help));
        return None;
    }
    u16::try_from(count).ok()
}

pub(super) fn incomplete(context: &mut Context<'_>, span: Span, message: String, help: String) {
    context.error(Code::GuaranteeIncomplete, span, message, Some(help));
}
