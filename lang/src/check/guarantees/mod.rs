//! Guarantees: what every call through the dialogs keeps, proved by exploring everything that callers can do.
//!
//! Explicit-state model checking (Clarke, Emerson and Sistla, 1986) of a finite abstraction: open questions, counts as
//! far as handlers tell them apart, and classes of values for whatever else a condition asks. What can change in a call
//! is unknown anew at each turn; a second search in which nothing changes looks for a call that is easier to show.

mod atoms;
mod example;
mod heard;
mod machine;
mod model;
mod property;
mod read;
mod search;
mod sides;
mod suppose;
mod truth;

use tandem_stdlib::contract::DialogSpec;
use tandem_stdlib::words::CalendarSpec;

use self::heard::Texts;
use self::model::{Model, Policy, TooLarge};
use self::property::{Kind as PropertyKind, Property};
use self::read::incomplete;

use self::search::{Budget, Found, STATES_MAX, Turn, search};
use self::sides::{Side, Tried};
use super::context::Context;
use super::resolve::{Kind, Patterns};
use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::program::{Guarantee, Proved, Route};
use crate::source::Span;
use crate::tree;

/// Turns that are tried for all guarantees of a policy together.
pub(super) const TURNS_MAX: usize = 12_000_000;

/// What proofs look at.
pub(super) struct Given<'g> {
    /// The author's routes.
    pub(super) routes: &'g [Route],
    pub(super) dialogs: &'g [DialogSpec],
    pub(super) calendars: &'g [CalendarSpec],
    /// The patterns of all phrases.
    pub(super) patterns: &'g Patterns,
}

/// A guarantee with its properties, each with its line.
struct Asked {
    name: String,
    file: usize,
    span: Span,
    /// Indices into the list of dialogs.
    dialogs: Vec<usize>,
    properties: Vec<(Property, Span)>,
}

/// Proves all guarantees; those that do not hold are reported with a call that breaks them.
///
/// They try `turns_max` turns together at most.
pub(super) fn guarantees(context: &mut Context<'_>, given: &Given<'_>, turns_max: usize) -> Vec<Guarantee> {
    let items = context.world.guarantees.clone();
    let names = context.names_of(Kind::Guarantee);
    let asked: Vec<Asked> = items
        .into_iter()
        .zip(names)
        .filter_map(|((file, item), name)| asked(context, file, item, name))
        .collect();
    // A proof about a policy that is wrong would be about another one.
    let wrong =
        context.found.iter().any(|one| one.severity() == Severity::Error) || !context.world.unread.is_empty();
    if wrong || asked.is_empty() {
        return Vec::new();
    }
    let texts = Texts::of(context, given.patterns);
    let tried = sides::tried(context);
    let mut budget = Budget::of(turns_max);
    let given = (given, tried.as_slice(), texts.as_ref());
    asked.into_iter().map(|one| prove(context, given, &one, &mut budget)).collect()
}

fn asked(context: &mut Context<'_>, file: usize, item: &tree::Guarantee, name: String) -> Option<Asked> {
    if item.properties.is_empty() && !context.is_incomplete(item.span) {
        let message = format!("the guarantee `{}` promises nothing", item.name.text);
        let help = "add a promise, such as `no path asks more than 5 questions`".to_owned();
        incomplete(context, item.name.span, message, help);
    }
    let mut dialogs = Some(Vec::new());
    for path in &item.dialogs {
        let at = super::dialogs::dialog_named(context, file, path);
        dialogs = dialogs.zip(at).map(|(mut dialogs, at)| {
            dialogs.push(at as usize);
            dialogs
        });
    }
    let all = context.world.dialogs.len();
    if all == 0 && item.dialogs.is_empty() {
        let message = format!("there is no dialog that `{}` could be about", item.name.text);
        let help = "add a `dialog`, or remove the guarantee".to_owned();
        incomplete(context, item.name.span, message, help);
    }
    let properties = item.properties.iter().map(|one| Some((read::property(context, file, one)?, one.span)));
    let properties: Vec<Option<(Property, Span)>> = properties.collect();
    let dialogs = dialogs.map(|named| if named.is_empty() { (0..all).collect() } else { named });
    Some(Asked {
        name,
        file,
        span: item.name.span,
        dialogs: dialogs?,
        properties: properties.into_iter().flatten().collect(),
    })
}

fn prove(
    context: &mut Context<'_>,
    (given, tried, texts): (&Given<'_>, &[Tried], Option<&Texts>),
    asked: &Asked,
    budget: &mut Budget,
) -> Guarantee {
    let mut properties = Vec::new();
    let sides = sides::of_dialogs(&asked.dialogs, tried);
    let mut dialogs: Vec<usize> = sides.iter().map(|side| side.dialog).collect();
    dialogs.sort_unstable();
    dialogs.dedup();
    for (property, span) in &asked.properties {
        let Some(texts) = texts else {
            let why = TooLarge::Dialog("the phrases of the policy stand for too many texts");
            let wrong = too_large(context, *span, &why);
            context.report(wrong);
            continue;
        };
        let policy = Policy {
            context,
            routes: given.routes,
            dialogs: given.dialogs,
            texts,
            calendars: given.calendars,
        };
        match proved(&policy, (asked, &sides, tried), (property, *span), budget) {
            Ok(states) => properties.push(Proved {
                property: context.shown(*span),
                dialogs: dialogs.iter().filter_map(|at| Some(given.dialogs.get(*at)?.name.clone())).collect(),
                states,
            }),
            Err(wrong) => context.report(*wrong),
        }
    }
    Guarantee { name: asked.name.clone(), place: context.place(asked.span), properties }
}

/// How many states were explored, or what is wrong with the property.
fn proved(
    policy: &Policy<'_, '_>,
    (asked, sides, tried): (&Asked, &[Side], &[Tried]),
    (property, span): (&Property, Span),
    budget: &mut Budget,
) -> Result<usize, Box<Diagnostic>> {
    let (mut states, mut applies) = (0, false);
    let mut all = Vec::new();
    for side in sides {
        let routes =
            policy.dialogs.get(side.dialog).filter(|_| property.names_queues()).map(sides::routes_of);
        let found = sides::of_routes(side.clone(), &routes.unwrap_or_default(), tried);
        let many = || TooLarge::Dialog("too many routes of one dialog are tried by experiments");
        all.extend(found.ok_or_else(|| Box::new(too_large(policy.context, span, &many())))?);
    }
    for side in &all {
        let model = policy.model(side, property);
        let model = model.map_err(|why| Box::new(too_large(policy.context, span, &why)))?;
        let found =
            search(&model, false, budget).map_err(|why| Box::new(too_large(policy.context, span, &why)))?;
        match found {
            Found::Proved { states: here, applies: once } => {
                states += here;
                applies |= once;
            }
            Found::Broken(turns) => {
                let turns = match search(&model, true, budget) {
                    Ok(Found::Broken(steady)) => steady,
                    _ => turns,
                };
                return Err(Box::new(broken(policy, asked, &model, &turns, span)));
            }
        }
    }
    if applies { Ok(states) } else { Err(Box::new(never_applies(span))) }
}

fn broken(
    policy: &Policy<'_, '_>,
    asked: &Asked,
    model: &Model<'_>,
    turns: &[Turn<'_>],
    span: Span,
) -> Diagnostic {
    let (name, over) = (&model.spec.name, turns.last().is_some_and(Turn::ends));
    let why = match &model.property.kind {
        PropertyKind::Reaches(..) if over => "ends before it gets there".to_owned(),
        PropertyKind::Reaches(_, Some(1)) => "is not there after 1 turn".to_owned(),
        PropertyKind::Reaches(_, within) => {
            format!("is not there after {} turns", within.unwrap_or_default())
        }
        PropertyKind::Never(..) => "gets there".to_owned(),
        PropertyKind::AsksAtMost(most) => format!("hears {} questions", most + 1),
    };
    let message = format!("a call through `{name}` {why}");
    let test = example::test(policy.context, asked.file, &policy.context.shown(span), model, turns);
    let help =
        format!("this is the shortest such call, as a test; mend the dialog, or promise less\n\n{test}");
    Diagnostic::new(Code::GuaranteeBroken, span, message).help(help)
}

fn never_applies(span: Span) -> Diagnostic {
    let message = "no caller can come to what this is about";
    let help = "the dialogs end before: promise something of fewer times, or remove it";
    Diagnostic::new(Code::GuaranteeNeverApplies, span, message).help(help)
}

fn too_large(context: &Context<'_>, span: Span, why: &TooLarge) -> Diagnostic {
    let promise = context.shown(span);
    let message = match why {
        TooLarge::Dialog(why) => format!("`{promise}` cannot be proved: {why}"),
        TooLarge::States { tried } => {
            format!("`{promise}` is not proved: nothing breaks it in {tried} states, but there are more")
        }
        TooLarge::Budget { tried, turns } => format!(
            "`{promise}` is not proved: nothing breaks it in {tried} states, but all guarantees together have tried \
             {turns} turns"
        ),
    };
    let help = format!(
        "at most {STATES_MAX} states of one dialog are explored; ask about fewer dialogs (`in dialog NAME`), fewer turns, or \
         wait for smaller counts in the handlers"
    );
    Diagnostic::new(Code::GuaranteeTooLarge, span, message).help(help)
}
