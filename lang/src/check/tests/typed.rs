//! The typed form of each kind of condition, shown beside its source.

use std::fmt::Write as _;

use tandem_stdlib::contract::Type;

use crate::check::check_texts;
use crate::check::types::any_cell;
use crate::program::{Cell, CellTest, Choice, Expr, ExprKind};

const HEAD: &str = "intent { complaint heard as angry_words }
phrases angry_words { en \"unacceptable\" }
calendar service_hours in Asia/Shanghai { mon..fri 08:00-21:00 }
";

/// An expression as `(operation operand …): type`; floats as numbers.
fn form(expr: &Expr) -> String {
    let list = |parts: &[Expr]| parts.iter().map(form).collect::<Vec<_>>().join(" ");
    let kind = match &expr.kind {
        ExprKind::Constant(slot) if expr.ty.is_float() => format!("{}", f64::from_bits(*slot)),
        ExprKind::Constant(slot) => format!("{}", slot.cast_signed()),
        ExprKind::Fact(fact) => format!("{fact:?}"),
        ExprKind::Not(inner) => format!("(not {})", form(inner)),
        ExprKind::All(parts) => format!("(all {})", list(parts)),
        ExprKind::Any(parts) => format!("(any {})", list(parts)),
        ExprKind::Compare(op, left, right) => format!("({op:?} {} {})", form(left), form(right)),
        ExprKind::In(value, cell) => format!("(in {} {})", form(value), cell_form(cell)),
        ExprKind::Arithmetic { op, left, right, otherwise } => {
            let otherwise = otherwise.as_ref().map(|one| format!(" else {}", form(one))).unwrap_or_default();
            format!("({op:?} {} {}{otherwise})", form(left), form(right))
        }
        ExprKind::If { condition, then, otherwise } => {
            format!("(if {} {} {})", form(condition), form(then), form(otherwise))
        }
        ExprKind::Lasts(inner, ms) => format!("(lasts {ms}ms {})", form(inner)),
        ExprKind::Moves { signal, rises, within_ms } => {
            format!("({} {signal:?} {within_ms}ms)", if *rises { "rises" } else { "falls" })
        }
        ExprKind::Usual { signal, speaking } => format!("(usual {signal:?} while {speaking:?})"),
        ExprKind::Often { condition, times, within_ms } => {
            format!("(often {times} times in {within_ms}ms {})", form(condition))
        }
    };
    match expr.ty {
        Type::Money(currency) => format!("{kind}: {currency}"),
        ty => format!("{kind}: {ty:?}"),
    }
}

fn cell_form(cell: &Cell) -> String {
    let tests: Vec<String> = cell
        .tests
        .iter()
        .map(|test| match test {
            CellTest::Is(slot) => format!("is {slot}"),
            CellTest::Between { low, high } => format!("between {low:?} {high:?}"),
            CellTest::Fact(fact) => format!("{fact:?}"),
        })
        .collect();
    format!("[{}{}]", if cell.not { "not " } else { "" }, tests.join(", "))
}

#[test]
fn each_condition_of_a_watch_has_one_typed_form() {
    let mut shown = String::new();
    for condition in include_str!("typed_forms.tdm").lines() {
        let text = format!(
            "{HEAD}watch w on customer {{\n  when ({condition})\n  do alert supervisor because \"x\"\n}}\n"
        );
        let checked = check_texts([("a.tdm", &text)]);
        let Some(program) = &checked.program else {
            panic!("{condition}: {:?}", checked.diagnostics);
        };
        let branches = &program.watches[0].branches;
        writeln!(shown, "{condition}").unwrap();
        branches.iter().for_each(|(one, _)| writeln!(shown, "    {}", form(one)).unwrap());
    }
    insta::assert_snapshot!(shown);
}

/// Conditions of a route, over what a source answers.
#[test]
fn each_condition_over_amounts_has_one_typed_form() {
    let head = format!(
        "{HEAD}tier {{ guest, gold }}\nrecord Customer {{\n  tier: tier\n  value: money CNY = 0 CNY\n}}\nsource crm.customer(phone) -> Customer within 1s\n"
    );
    let mut shown = String::new();
    for condition in include_str!("typed_amounts.tdm").lines() {
        let text = format!(
            "{head}route r at customer turn decides priority {{\n  let who = crm.customer(call.from) else guest\n  rule first when ({condition}) decide priority 1\n  rule second when who.value > 0 CNY decide priority 2\n  otherwise decide priority 3\n}}\n"
        );
        let checked = check_texts([("a.tdm", &text)]);
        let Some(program) = &checked.program else {
            panic!("{condition}: {:?}", checked.diagnostics);
        };
        let Some(Choice::Rule(rule)) = program.routes[0].choices.first() else { panic!("{condition}") };
        writeln!(shown, "{condition}\n    {}", form(rule.when.as_ref().unwrap())).unwrap();
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn the_empty_cell_accepts_everything() {
    assert_eq!(cell_form(&any_cell(crate::source::Span::default())), "[]");
}

#[test]
fn a_quality_check_counts_what_a_party_said() {
    let text = format!(
        "{HEAD}qa late applies when customer said angry_words 2 times {{\n  silence should be under 20s score 5\n}}\n"
    );
    let checked = check_texts([("a.tdm", &text)]);
    let program = checked.program.expect("checks");
    let applies = program.qas[0].applies.as_ref().map(form).unwrap();
    assert_eq!(applies, "(AtLeast SaidTimes(Customer, 0): Number 2: Number): YesNo");
}
