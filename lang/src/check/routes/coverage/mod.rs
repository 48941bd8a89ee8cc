//! Whether every call has an answer, and which rows can never decide.
//!
//! The values of each column fall into classes that all cells treat alike, a row is a box of classes, and the
//! question is whether boxes cover a box. Columns count as independent of each other.

mod atoms;
mod cover;
mod domain;
mod index;
mod ranges;
mod sample;
#[cfg(test)]
mod tests;

pub(in crate::check) use self::atoms::{tests, turned};
pub(in crate::check) use self::domain::{Domain, OTHER};
pub(in crate::check) use self::ranges::Ranges;
pub(in crate::check) use self::sample::example;

use std::collections::HashMap;

use tandem_stdlib::contract::Type;

use self::atoms::Atom;
use self::cover::{Answer, Coverer, Tests, WORK_MAX};
use self::index::Index;
use crate::check::context::Context;
use crate::check::types::key;
use crate::diagnostics::{Code, Diagnostic};
use crate::program::{CellTest, Choice, Expr, Route};
use crate::source::Span;

/// Rows that a message names at most.
const ROWS_NAMED_MAX: usize = 4;

/// Above so many rows in a proof the set of blockers is not made smaller.
const SHRUNK_MAX: usize = 24;

/// A row or a rule.
struct Line<'e> {
    label: &'e str,
    span: Span,
    /// `None`: it never holds.
    atoms: Option<Vec<Atom<'e>>>,
}

/// The columns of a route and its rows over them.
struct Grid<'e> {
    columns: Vec<&'e Expr>,
    domains: Vec<Domain>,
    possible: Vec<Ranges>,
    /// Rows that can hold; a row that never holds has an empty range.
    rows: Vec<Tests>,
}

/// Reports calls without an answer and rows that never decide. `spans` are those of rows and rules in order.
pub(super) fn check(context: &mut Context<'_>, route: &Route, name: Span, spans: &[Span]) {
    let lines = lines(route, spans);
    let grid = grid(context, &lines);
    let mut coverer =
        Coverer { rows: &grid.rows, possible: &grid.possible, work: WORK_MAX, closing: Vec::new() };
    let all: Vec<usize> = (0..grid.rows.len()).collect();
    let is_total = grid.rows.iter().any(Vec::is_empty);
    let mut finished = true;
    if !is_total {
        match coverer.ask(&Vec::new(), &all) {
            Answer::Covered => {}
            Answer::Open(region) => report_gap(context, route, &grid, &region, name),
            Answer::Unknown => finished = false,
        }
    }
    finished &= report_hidden(context, &lines, &grid, &mut coverer);
    if !finished {
        let message = format!("`{}` has too many rows to be checked to the end", context.shown(name));
        let help =
            "some calls may have no answer, or some rows never decide: add `otherwise`, or split the table";
        context.report(Diagnostic::new(Code::NotFullyChecked, name, message).help(help));
    }
}

/// Whether rules decide wherever a condition holds.
pub(in crate::check) enum Decides {
    /// Wherever it holds.
    Always,
    /// Not where all this is so.
    NotWith(String),
    /// The rules are too many to tell.
    Unknown,
}

/// Whether one of the conditions holds wherever `asked` does.
pub(in crate::check) fn decides(context: &Context<'_>, conditions: &[Expr], asked: &Expr) -> Decides {
    let line = |when| {
        let mut atoms = Vec::new();
        let holds = atoms::condition(when, true, &mut atoms);
        Line { label: "", span: Span::default(), atoms: holds.then_some(atoms) }
    };
    let lines: Vec<Line<'_>> = conditions.iter().chain([asked]).map(line).collect();
    let mut grid = grid(context, &lines);
    let region = grid.rows.pop().unwrap_or_default();
    if region.iter().any(|(_, accepted)| accepted.is_empty()) {
        return Decides::Always;
    }
    let all: Vec<usize> = (0..grid.rows.len()).collect();
    let mut coverer =
        Coverer { rows: &grid.rows, possible: &grid.possible, work: WORK_MAX, closing: Vec::new() };
    match coverer.ask(&region, &all) {
        Answer::Covered => Decides::Always,
        Answer::Open(mut left) => {
            left.retain(|(column, _)| region.iter().all(|(asked, _)| asked != column));
            Decides::NotWith(sample::in_words(context, &grid, &left))
        }
        Answer::Unknown => Decides::Unknown,
    }
}

/// Reports rows that never decide, of a route that need not answer every call.
pub(in crate::check) fn check_reached(context: &mut Context<'_>, route: &Route, spans: &[Span]) {
    let lines = lines(route, spans);
    let grid = grid(context, &lines);
    let mut coverer =
        Coverer { rows: &grid.rows, possible: &grid.possible, work: WORK_MAX, closing: Vec::new() };
    // Handlers are few: what is too large to be checked to the end stays without a finding.
    let _ = report_hidden(context, &lines, &grid, &mut coverer);
}

fn lines<'e>(route: &'e Route, spans: &[Span]) -> Vec<Line<'e>> {
    let mut lines = Vec::with_capacity(spans.len());
    let mut spans = spans.iter().copied();
    let mut next = || spans.next().unwrap_or_default();
    for choice in &route.choices {
        match choice {
            Choice::Table(table) => lines.extend(table.rows.iter().map(|row| {
                let mut atoms = Vec::new();
                let mut cells = table.columns.iter().zip(&row.cells);
                let holds = cells.all(|(column, cell)| atoms::cell(column, cell, &mut atoms));
                Line { label: &row.outcome.label, span: next(), atoms: holds.then_some(atoms) }
            })),
            Choice::Rule(rule) => {
                let mut atoms = Vec::new();
                let holds = rule.when.as_ref().is_none_or(|when| atoms::condition(when, true, &mut atoms));
                lines.push(Line { label: &rule.outcome.label, span: next(), atoms: holds.then_some(atoms) });
            }
        }
    }
    lines
}

fn grid<'e>(context: &Context<'_>, lines: &[Line<'e>]) -> Grid<'e> {
    let (mut columns, mut keys, mut places) = (Vec::new(), HashMap::new(), HashMap::new());
    let mut tests: Vec<Vec<&CellTest>> = Vec::new();
    for atom in lines.iter().filter_map(|line| line.atoms.as_ref()).flatten() {
        // The key of a long expression is worked out once a place: a table's head serves all its rows.
        let place = std::ptr::from_ref(atom.column);
        let at = *places.entry(place).or_insert_with(|| {
            *keys.entry(key(atom.column)).or_insert_with(|| {
                columns.push(atom.column);
                tests.push(Vec::new());
                columns.len() - 1
            })
        });
        if let Some(tests) = tests.get_mut(at) {
            tests.extend(&atom.tests);
        }
    }
    let literals = &context.literals.list;
    let domains: Vec<Domain> = columns
        .iter()
        .zip(&tests)
        .map(|(column, tests)| Domain::new(column, tests, words(context, column.ty), literals))
        .collect();
    let possible: Vec<Ranges> =
        columns.iter().zip(&domains).map(|(column, domain)| domain.possible(column)).collect();
    let rows = lines.iter().map(|line| row(line, &places, &domains, &possible, literals)).collect();
    Grid { columns, domains, possible, rows }
}

/// The last slot of a vocabulary.
pub(in crate::check) fn words(context: &Context<'_>, ty: Type) -> u32 {
    match ty {
        Type::Word(vocabulary) => {
            u32::try_from(context.world.vocabularies.words(vocabulary).count()).unwrap_or(u32::MAX)
        }
        _ => 1,
    }
}

/// A row over the columns, with only what it really narrows; one that never holds has an empty range.
fn row(
    line: &Line<'_>,
    places: &HashMap<*const Expr, usize>,
    domains: &[Domain],
    possible: &[Ranges],
    literals: &[String],
) -> Tests {
    let Some(atoms) = &line.atoms else { return vec![(0, Ranges::default())] };
    let mut tests: Tests = Vec::with_capacity(atoms.len());
    for atom in atoms {
        let Some(at) = places.get(&std::ptr::from_ref(atom.column)).copied() else { continue };
        let (Some(domain), Some(all)) = (domains.get(at), possible.get(at)) else { continue };
        let accepted = atom.tests.iter().flat_map(|test| domain.accepted(test, literals)).collect();
        let accepted = Ranges::union(accepted);
        let accepted = if atom.not { all.without(&accepted) } else { all.and(&accepted) };
        match tests.iter_mut().find(|(column, _)| *column == at) {
            Some((_, before)) => *before = before.and(&accepted),
            None => tests.push((at, accepted)),
        }
    }
    tests.retain(|(at, accepted)| possible.get(*at) != Some(accepted));
    tests
}

fn report_gap(context: &mut Context<'_>, route: &Route, grid: &Grid<'_>, region: &Tests, name: Span) {
    let has_rows = route.choices.iter().any(|choice| matches!(choice, Choice::Table(_)));
    let what = if has_rows { "no row answers" } else { "no rule answers" };
    let sample = sample::in_words(context, grid, region);
    let message = match sample.as_str() {
        "" => format!("{what} any call"),
        sample => format!("{what} a call with {sample}"),
    };
    let help = "add a row or a rule for such calls, or an `otherwise` for all that are left";
    context.report(Diagnostic::new(Code::RouteHasGap, name, message).help(help));
}

/// Whether every row was checked to the end.
fn report_hidden(
    context: &mut Context<'_>,
    lines: &[Line<'_>],
    grid: &Grid<'_>,
    coverer: &mut Coverer<'_>,
) -> bool {
    let index = Index::new(&grid.rows, &grid.possible);
    let mut finished = true;
    for (at, (line, row)) in lines.iter().zip(&grid.rows).enumerate() {
        let never = line.atoms.is_none() || row.iter().any(|(_, accepted)| accepted.is_empty());
        let blockers = match never {
            true => Some(Vec::new()),
            false if index.is_surely_reached(at, row) => None,
            false => match blockers(&index, at, row, coverer) {
                Ok(blockers) => blockers,
                Err(()) => {
                    finished = false;
                    None
                }
            },
        };
        if let Some(blockers) = blockers {
            report_row(context, lines, line, &blockers);
        }
    }
    finished
}

/// The rows that hide a row, as few as can be told; `Err`: the work ran out.
fn blockers(
    index: &Index,
    at: usize,
    row: &Tests,
    coverer: &mut Coverer<'_>,
) -> Result<Option<Vec<usize>>, ()> {
    let candidates = index.candidates(at, row);
    let alone = candidates.iter().find(|other| {
        let tests = coverer.rows.get(**other);
        tests.is_some_and(|tests| is_within(row, tests))
    });
    if let Some(alone) = alone {
        return Ok(Some(vec![*alone]));
    }
    match coverer.ask(row, &candidates) {
        Answer::Unknown => Err(()),
        Answer::Open(_) => Ok(None),
        Answer::Covered => {
            let mut needed = std::mem::take(&mut coverer.closing);
            needed.sort_unstable();
            needed.dedup();
            Ok(Some(shrunk(needed, row, coverer)))
        }
    }
}

/// Leaves out, from the last, every row that the others do without.
fn shrunk(mut needed: Vec<usize>, row: &Tests, coverer: &mut Coverer<'_>) -> Vec<usize> {
    if needed.len() > SHRUNK_MAX {
        return needed;
    }
    for left_out in needed.clone().into_iter().rev() {
        let rest: Vec<usize> = needed.iter().copied().filter(|one| *one != left_out).collect();
        if coverer.ask(row, &rest) == Answer::Covered {
            needed = rest;
        }
    }
    needed
}

/// Whether everything that a row accepts is accepted by another.
fn is_within(row: &Tests, other: &Tests) -> bool {
    other.iter().all(|(column, accepted)| row.iter().any(|(at, mine)| at == column && mine.within(accepted)))
}

fn report_row(context: &mut Context<'_>, lines: &[Line<'_>], line: &Line<'_>, blockers: &[usize]) {
    let earlier: Vec<&Line<'_>> = blockers.iter().filter_map(|at| lines.get(*at)).collect();
    let names: Vec<String> =
        earlier.iter().take(ROWS_NAMED_MAX).map(|line| format!("`{}`", line.label)).collect();
    let more = earlier.len().saturating_sub(ROWS_NAMED_MAX);
    let (message, help) = match (names.as_slice(), more) {
        ([], _) => (
            format!("`{}` never decides: no call can be like this", line.label),
            "change its conditions, or remove it",
        ),
        ([one], 0) => (format!("`{}` never decides: {one} answers all its calls", line.label), MOVE),
        (_, 0) => {
            (format!("`{}` never decides: {} answer all its calls", line.label, names.join(", ")), MOVE)
        }
        _ => (
            format!(
                "`{}` never decides: {} and {more} more answer all its calls",
                line.label,
                names.join(", ")
            ),
            MOVE,
        ),
    };
    let mut hidden = Diagnostic::new(Code::RowNeverReached, line.span, message).help(help);
    hidden
        .notes
        .extend(earlier.iter().take(ROWS_NAMED_MAX).map(|line| (line.span, "this comes first".to_owned())));
    context.report(hidden);
}

const MOVE: &str = "move it above them, narrow them, or remove it";
