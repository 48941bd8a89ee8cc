//! Whether every ticket can come to its end, and every step is on some way.
//!
//! Rules are taken to hold or not as they like: a way that only a condition which never holds could take counts as one.

use tandem_stdlib::contract::{TicketDeadline, TicketGoal, TicketStep};

use crate::check::context::Context;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::Step;

/// Reports a step from which a ticket is never closed, with a way to it, and steps to which none comes.
pub(super) fn closes(
    context: &mut Context<'_>,
    written: &[(&Step, Span)],
    steps: &[TicketStep],
    deadlines: &[TicketDeadline],
) -> bool {
    let goals: Vec<Vec<TicketGoal>> =
        (0_u32..).zip(steps).map(|(at, step)| goals(at, step, deadlines)).collect();
    let (from, ending) = (ways(&goals), ending(&goals));
    let (mut stuck, mut dead_end) = (None, None);
    for (at, (step, _)) in written.iter().enumerate() {
        let (Some(reached), Some(ends)) = (from.get(at), ending.get(at)) else { continue };
        if reached.is_none() {
            let message = format!("no ticket ever comes to the step `{}`", step.name.text);
            let help = "send tickets there: `when done go to …` in another step, or remove it";
            context.error(Code::TicketStepNotReached, step.name.span, message, Some(help.to_owned()));
        } else if !ends {
            stuck = stuck.or(Some(at));
            dead_end = dead_end.or(goals.get(at).is_some_and(Vec::is_empty).then_some(at));
        }
    }
    // Where the way ends says more than the first step that leads there.
    let Some(at) = dead_end.or(stuck) else { return true };
    let Some((step, _)) = written.get(at) else { return false };
    let name = |at: &usize| written.get(*at).map_or("", |(step, _)| step.name.text.as_str());
    let way: Vec<String> = way(&from, at).iter().map(|at| format!("`{}`", name(at))).collect();
    let message = format!("a ticket that comes to `{}` is never closed", step.name.text);
    let mut wrong = Diagnostic::new(Code::TicketNeverClosed, step.name.span, message);
    wrong.label = format!("opened → {}", way.join(" → "));
    context.report(wrong.help(match dead_end {
        Some(_) => "say where it goes from there: `when done go to STEP` or `when done close`",
        None => "let one of the steps that follow say `when done close`",
    }));
    false
}

/// Where a step may lead. Deadlines of no step move tickets from wherever they are.
fn goals(at: u32, step: &TicketStep, deadlines: &[TicketDeadline]) -> Vec<TicketGoal> {
    let moves = step.done.iter().chain(&step.at_once).flat_map(|moves| moves.goals.iter().copied());
    let counts = |deadline: &&TicketDeadline| deadline.step.is_none_or(|of| of == at);
    moves.chain(deadlines.iter().filter(counts).filter_map(|deadline| deadline.goes_to)).collect()
}

/// By step: from which one a ticket comes there first, breadth first; the first step comes from itself.
fn ways(goals: &[Vec<TicketGoal>]) -> Vec<Option<usize>> {
    let mut from = vec![None; goals.len()];
    from.iter_mut().take(1).for_each(|first| *first = Some(0));
    let mut next = vec![0];
    let mut taken = 0;
    while let Some(at) = next.get(taken).copied() {
        taken += 1;
        for to in goals.get(at).into_iter().flatten().filter_map(step_of) {
            if let Some(place @ None) = from.get_mut(to) {
                *place = Some(at);
                next.push(to);
            }
        }
    }
    from
}

/// By step: whether a ticket can be closed from there; found from the last steps backwards.
fn ending(goals: &[Vec<TicketGoal>]) -> Vec<bool> {
    let mut comes_from: Vec<Vec<usize>> = vec![Vec::new(); goals.len()];
    for (at, goals) in goals.iter().enumerate() {
        for to in goals.iter().filter_map(step_of) {
            comes_from.get_mut(to).into_iter().for_each(|from| from.push(at));
        }
    }
    let mut ending: Vec<bool> = goals.iter().map(|goals| goals.contains(&TicketGoal::Closed)).collect();
    let mut open: Vec<usize> = (0..goals.len()).filter(|at| ending.get(*at) == Some(&true)).collect();
    while let Some(at) = open.pop() {
        for before in comes_from.get(at).into_iter().flatten() {
            if let Some(place @ false) = ending.get_mut(*before) {
                *place = true;
                open.push(*before);
            }
        }
    }
    ending
}

fn step_of(goal: &TicketGoal) -> Option<usize> {
    match goal {
        TicketGoal::Step(step) => usize::try_from(*step).ok(),
        TicketGoal::Closed => None,
    }
}

fn way(from: &[Option<usize>], last: usize) -> Vec<usize> {
    let before = |at: &usize| from.get(*at).copied().flatten().filter(|before| before != at);
    let mut way: Vec<usize> = std::iter::successors(Some(last), before).take(from.len()).collect();
    way.reverse();
    way
}
