//! What a call came to, and what follows.

use tandem_stdlib::contract::{EntryRef, FollowAction, Slot, Type};

use super::said::Said;
use crate::check::context::small;
use crate::check::dialling::PERIOD_MS_MAX;
use crate::check::limits::{counted, stretch};
use crate::check::resolve::{Kind, type_named, unknown_word};
use crate::check::routes::{Asked, asked};
use crate::check::spoken::{handed, speech};
use crate::check::types::{Noted, Stand, Typer};
use crate::check::watches::target;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{Choice, Expr, ExprKind, Route};
use crate::tree::{Campaign, Follow, FollowKind, Name, TypeName};

/// The output, and the vocabulary that its words are of: a policy's own `enum grade` comes before the prelude's.
const GRADE: &str = "grade";

/// How often something is sent that says neither how often nor when again.
const SENT_DEFAULT: u32 = 1;

/// The grade's entry and what follows each grade.
#[derive(Default)]
pub(super) struct Grades {
    pub(super) entry: Option<EntryRef>,
    pub(super) follow_ups: Vec<(Slot, Vec<FollowAction>)>,
}

/// `None`: something is wrong, which has been reported.
pub(super) fn grades(
    typer: &mut Typer<'_, '_>,
    file: usize,
    campaign: &str,
    item: &Campaign,
    (said, noted): (&Said<'_>, &Noted),
) -> Option<Grades> {
    let Some((choices, span)) = said.grade else {
        if let Some((name, _)) = said.on.first() {
            let message = format!("the campaign grades nothing, and `on {}` never comes", name.text);
            let help = "say when: `grade { A when … ; otherwise B }`".to_owned();
            typer.context.error(Code::CampaignIncomplete, name.span, message, Some(help));
            return None;
        }
        return Some(Grades::default());
    };
    let ty = type_named(typer.context, file, &TypeName { words: vec![GRADE.to_owned()], span })?;
    let Type::Word(vocabulary) = ty else { return None };
    let outputs = [(Name { text: GRADE.to_owned(), span }, ty)];
    let rules = Asked { name: format!("{campaign} grade"), outputs: &outputs, place: span };
    let route = asked(typer, &rules, choices)?;
    let given = given(&route);
    let entry = typer.context.treatment(route);
    let mut follow_ups: Vec<(Slot, Vec<FollowAction>)> = Vec::new();
    let mut whole = true;
    for (grade, lines) in &said.on {
        let slot = typer.context.world.vocabularies.word(vocabulary, &grade.text);
        let Some(slot) = slot else {
            let wrong = unknown_word(&typer.context.world.vocabularies, vocabulary, &grade.text, grade.span);
            typer.context.report(wrong);
            whole = false;
            continue;
        };
        whole &= once(typer, &follow_ups, slot, grade);
        let actions: Vec<Option<FollowAction>> =
            lines.iter().map(|line| action(typer, file, campaign, line, noted)).collect();
        match actions.into_iter().collect() {
            Some(actions) => follow_ups.push((slot, actions)),
            None => whole = false,
        }
    }
    if whole {
        unfollowed(typer, vocabulary, &given, &follow_ups, item);
    }
    whole.then_some(Grades { entry: Some(entry), follow_ups })
}

/// The words that rules can give.
fn given(route: &Route) -> Vec<Slot> {
    let constant = |answer: &Expr| match answer.kind {
        ExprKind::Constant(slot) => Some(slot),
        _ => None,
    };
    let mut given: Vec<Slot> = Vec::new();
    for choice in &route.choices {
        match choice {
            Choice::Table(table) => {
                given.extend(table.rows.iter().flat_map(|row| &row.answers).filter_map(constant))
            }
            Choice::Rule(rule) => given.extend(rule.answers.iter().filter_map(constant)),
        }
    }
    given.sort_unstable();
    given.dedup();
    given
}

fn once(typer: &mut Typer<'_, '_>, before: &[(Slot, Vec<FollowAction>)], slot: Slot, grade: &Name) -> bool {
    if before.iter().all(|(known, _)| *known != slot) {
        return true;
    }
    let message = format!("`on {}` is there twice", grade.text);
    let twice = Diagnostic::new(Code::DeclaredTwice, grade.span, message);
    typer.context.report(twice.help("join the two blocks"));
    false
}

/// Warns of grades that are given and that nothing follows.
fn unfollowed(
    typer: &mut Typer<'_, '_>,
    vocabulary: u32,
    given: &[Slot],
    follow_ups: &[(Slot, Vec<FollowAction>)],
    item: &Campaign,
) {
    for grade in given.iter().filter(|grade| follow_ups.iter().all(|(known, _)| known != *grade)) {
        let at = usize::try_from(*grade).unwrap_or_default().saturating_sub(1);
        let word = typer.context.world.vocabularies.words(vocabulary).nth(at).unwrap_or_default().to_owned();
        let message = format!("nothing follows the grade `{word}`");
        let warning = Diagnostic::new(Code::GradeNotFollowed, item.name.span, message);
        typer
            .context
            .report(warning.help(format!("say what: `on {word} {{ … }}`, or `on {word} {{ }}` for nothing")));
    }
}

fn action(
    typer: &mut Typer<'_, '_>,
    file: usize,
    campaign: &str,
    line: &Follow,
    noted: &Noted,
) -> Option<FollowAction> {
    let owner = format!("{campaign} follow-up");
    Some(match &line.kind {
        FollowKind::Transfer(queue, fields) => {
            let slot = target(typer.context, true, queue);
            let handover = handed(typer, &owner, fields, noted);
            let queue = slot?;
            typer.context.reach_queue(queue);
            FollowAction::Transfer { queue, handover: handover? }
        }
        FollowKind::Person(within, fields) => {
            let within_ms = stretch(typer.context, *within, PERIOD_MS_MAX);
            let noting = handed(typer, &owner, fields, noted);
            FollowAction::Person { within_ms: within_ms?, noting: noting? }
        }
        FollowKind::Send { channel, words, every, at_most } => {
            typer.stand_in(Stand::Sent);
            let speech = speech(typer, file, &owner, words);
            typer.stand_in(Stand::Grade);
            let speech = speech?;
            let every_ms = match every {
                Some(every) => Some(stretch(typer.context, *every, PERIOD_MS_MAX)?),
                None => None,
            };
            let at_most = match at_most {
                Some(times) => counted(typer.context, *times, 1.0)?,
                None => SENT_DEFAULT,
            };
            capped(typer, line, every_ms.is_some(), at_most)?;
            FollowAction::Send { channel: channel.text.clone(), speech, every_ms, at_most }
        }
        FollowKind::CallAgain(after) => {
            FollowAction::CallAgain { after_ms: stretch(typer.context, *after, PERIOD_MS_MAX)? }
        }
        FollowKind::Ticket(path) => {
            let symbol = typer.context.find(file, path, Kind::Ticket)?;
            FollowAction::Ticket(small(typer.context.world.symbol(symbol)?.at))
        }
        FollowKind::NeverAgain => FollowAction::NeverAgain,
    })
}

/// What is sent again and again says how often; what is sent several times says when.
fn capped(typer: &mut Typer<'_, '_>, line: &Follow, again: bool, at_most: u32) -> Option<()> {
    let says_times = matches!(&line.kind, FollowKind::Send { at_most: Some(_), .. });
    let (message, help) = match (again, says_times) {
        (true, false) => ("nothing says how often this is sent at most", "add `at most 3 times`"),
        (false, true) if at_most > 1 => ("nothing says when this is sent again", "add `every 30d`"),
        _ => return Some(()),
    };
    typer.context.error(Code::CampaignIncomplete, line.span, message, Some(help.to_owned()));
    None
}
