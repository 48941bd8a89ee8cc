//! Expressions by operator precedence: the shunting yard of Dijkstra (1961), so that long chains do not recurse.

use tandem_stdlib::contract::Party;

use super::cell::{cell_test, compare_op};
use super::grammar::{Node, Reader, Rule};
use super::literal::{literal_expr, negative, path_expr, quoted, spanned_duration, spanned_number};
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{ArithmeticOp, Cell, CellTest, Expr, ExprKind, Name};

/// An expression may have so many operators beside `and` and `or`, because what they build nests.
pub const OPERATORS_MAX: usize = 256;

/// How tight an operator binds; 0: no operator.
const fn binding(rule: Rule) -> u8 {
    match rule {
        Rule::op_or => 1,
        Rule::op_and => 2,
        Rule::not => 3,
        Rule::lasts_tail | Rule::confidence_tail | Rule::often_tail => 4,
        Rule::op_compare | Rule::in_tail | Rule::starts_tail => 5,
        Rule::op_add | Rule::op_subtract => 6,
        Rule::op_else => 7,
        Rule::op_multiply | Rule::op_divide => 8,
        Rule::minus => 9,
        _ => 0,
    }
}

/// The expression of an `expression` node.
pub(super) fn expression(reader: &mut Reader<'_>, node: &Node<'_>) -> Expr {
    let mut operators = 0;
    let expr = choice(reader, node, &mut operators);
    if operators > OPERATORS_MAX {
        let message = format!("this expression has more than {OPERATORS_MAX} operators");
        let help = "give parts of it names with `let`, or use a table";
        reader.report(Diagnostic::new(Code::NestedTooDeep, node.span(), message).help(help));
        return missing(node.span());
    }
    expr
}

/// The expression inside a node, if one is there.
pub(super) fn child_expression(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Expr> {
    node.child(Rule::expression).map(|child| expression(reader, &child))
}

/// What could not be read.
pub(super) const fn missing(span: Span) -> Expr {
    Expr { kind: ExprKind::Missing, span }
}

/// `A if C else B`, read from the right.
fn choice(reader: &mut Reader<'_>, node: &Node<'_>, operators: &mut usize) -> Expr {
    let parts = node.children().filter(|child| matches!(child.rule(), Rule::operation | Rule::condition));
    let mut values: Vec<Expr> = parts.map(|part| operation(reader, &part, operators)).collect();
    if let (0, Some(last)) = (values.len() % 2, values.last()) {
        values.push(Expr { kind: ExprKind::Zero, span: last.span });
    }
    let mut value = values.pop().unwrap_or_else(|| missing(node.span()));
    while let (Some(condition), Some(then)) = (values.pop(), values.pop()) {
        *operators += 1;
        if *operators > OPERATORS_MAX {
            return missing(node.span());
        }
        let span = then.span.to(value.span);
        let (then, condition, otherwise) = (Box::new(then), Box::new(condition), Box::new(value));
        value = Expr { kind: ExprKind::If { then, condition, otherwise }, span };
    }
    value
}

/// The two stacks of the shunting yard.
#[derive(Default)]
struct Yard<'a> {
    values: Vec<Expr>,
    waiting: Vec<Node<'a>>,
}

fn operation(reader: &mut Reader<'_>, node: &Node<'_>, operators: &mut usize) -> Expr {
    let mut yard = Yard::default();
    for part in node.children() {
        let rule = part.rule();
        let tightness = binding(rule);
        *operators += usize::from(tightness > 2);
        if *operators > OPERATORS_MAX {
            return missing(node.span());
        }
        match rule {
            Rule::not | Rule::minus => yard.waiting.push(part),
            _ if tightness == 0 => {
                let value = primary(reader, &part, operators);
                yard.values.push(value);
            }
            _ => {
                yard.reduce(reader, tightness);
                match rule {
                    Rule::lasts_tail
                    | Rule::confidence_tail
                    | Rule::often_tail
                    | Rule::in_tail
                    | Rule::starts_tail => {
                        let value = yard.values.pop().unwrap_or_else(|| missing(node.span()));
                        yard.values.push(tail(reader, value, &part));
                    }
                    _ => yard.waiting.push(part),
                }
            }
        }
    }
    yard.reduce(reader, 0);
    yard.values.pop().unwrap_or_else(|| missing(node.span()))
}

impl Yard<'_> {
    /// Applies waiting operators that bind at least so tight.
    fn reduce(&mut self, reader: &mut Reader<'_>, tightness: u8) {
        while self.waiting.last().is_some_and(|top| binding(top.rule()) >= tightness.max(1)) {
            let (Some(operator), Some(right)) = (self.waiting.pop(), self.values.pop()) else { return };
            let span = operator.span().to(right.span);
            let value = match operator.rule() {
                Rule::not => Expr { kind: ExprKind::Not(Box::new(right)), span },
                Rule::minus => negative(reader, right, span),
                _ => {
                    let left = self.values.pop().unwrap_or_else(|| missing(span));
                    joined(&operator, left, right)
                }
            };
            self.values.push(value);
        }
    }
}

fn joined(operator: &Node<'_>, left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    let kind = match operator.rule() {
        Rule::op_and => match left.kind {
            ExprKind::And(mut all) => {
                all.push(right);
                ExprKind::And(all)
            }
            kind => ExprKind::And(vec![Expr { kind, span: left.span }, right]),
        },
        Rule::op_or => match left.kind {
            ExprKind::Or(mut any) => {
                any.push(right);
                ExprKind::Or(any)
            }
            kind => ExprKind::Or(vec![Expr { kind, span: left.span }, right]),
        },
        Rule::op_else => ExprKind::Else(Box::new(left), Box::new(right)),
        Rule::op_compare => ExprKind::Compare(compare_op(operator.text()), Box::new(left), Box::new(right)),
        rule => ExprKind::Arithmetic(arithmetic(rule), Box::new(left), Box::new(right)),
    };
    Expr { kind, span }
}

const fn arithmetic(rule: Rule) -> ArithmeticOp {
    match rule {
        Rule::op_subtract => ArithmeticOp::Subtract,
        Rule::op_multiply => ArithmeticOp::Multiply,
        Rule::op_divide => ArithmeticOp::Divide,
        _ => ArithmeticOp::Add,
    }
}

/// What follows a value: `for at least 5s`, `in (a, b)`, …
fn tail(reader: &mut Reader<'_>, value: Expr, node: &Node<'_>) -> Expr {
    let span = value.span.to(node.span());
    let whole = value.span;
    let value = Box::new(value);
    let kind = match node.rule() {
        Rule::lasts_tail => within(reader, node).map(|lasts| ExprKind::Lasts(value, lasts)),
        Rule::confidence_tail => confidence(reader, node, value),
        Rule::often_tail => {
            let times = node.child(Rule::number).map(|times| spanned_number(reader, &times));
            let within = within(reader, node);
            times.zip(within).map(|(times, within)| ExprKind::Often { condition: value, times, within })
        }
        Rule::starts_tail => node.child(Rule::quoted).map(|text| {
            let tests = vec![CellTest::StartsWith(quoted(reader, &text))];
            ExprKind::In(value, Cell { not: false, tests, span: node.span() })
        }),
        _ => {
            let tests = node.all(Rule::cell_test).map(|test| cell_test(reader, &test)).collect();
            Some(ExprKind::In(value, Cell { not: node.has(Rule::kw_not), tests, span: node.span() }))
        }
    };
    kind.map_or_else(|| missing(whole), |kind| Expr { kind, span })
}

fn confidence(reader: &mut Reader<'_>, node: &Node<'_>, value: Box<Expr>) -> Option<ExprKind> {
    let operator = compare_op(node.child(Rule::op_compare)?.text());
    let bound = literal_expr(reader, &node.child(Rule::literal)?);
    Some(ExprKind::WithConfidence(value, operator, Box::new(bound)))
}

/// The duration in a node.
pub(super) fn within(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<crate::tree::Spanned<i64>> {
    node.child(Rule::duration).map(|duration| spanned_duration(reader, &duration))
}

/// Who is meant in a node.
pub(super) fn party(node: &Node<'_>) -> Option<Party> {
    let party = node.child(Rule::party)?;
    Some(if party.has(Rule::kw_agent) { Party::Agent } else { Party::Customer })
}

fn primary(reader: &mut Reader<'_>, node: &Node<'_>, operators: &mut usize) -> Expr {
    match node.rule() {
        Rule::group => {
            let inner = node.child(Rule::expression).map(|inner| choice(reader, &inner, operators));
            inner.map_or_else(|| missing(node.span()), |inner| Expr { span: node.span(), ..inner })
        }
        Rule::literal => literal_expr(reader, node),
        Rule::fields => fields(reader, node, operators),
        Rule::says => says(reader, node).unwrap_or_else(|| missing(node.span())),
        _ => named(reader, node, operators).unwrap_or_else(|| missing(node.span())),
    }
}

fn fields(reader: &mut Reader<'_>, node: &Node<'_>, operators: &mut usize) -> Expr {
    let field = |field: Node<'_>| -> Option<(Name, Expr)> {
        Some((field.name()?, choice(reader, &field.child(Rule::expression)?, operators)))
    };
    Expr {
        kind: ExprKind::Fields(node.all(Rule::field_value).filter_map(field).collect()),
        span: node.span(),
    }
}

/// The fields of a `fields` node.
pub(super) fn field_values(reader: &mut Reader<'_>, node: &Node<'_>) -> Expr {
    fields(reader, node, &mut 0)
}

fn says(reader: &mut Reader<'_>, node: &Node<'_>) -> Option<Expr> {
    let times = node.child(Rule::number).map(|times| spanned_number(reader, &times));
    let kind = ExprKind::Says {
        party: party(node),
        phrases: node.path()?,
        so_far: node.has(Rule::kw_said),
        times,
        within: within(reader, node),
    };
    Some(Expr { kind, span: node.span() })
}

fn named(reader: &mut Reader<'_>, node: &Node<'_>, operators: &mut usize) -> Option<Expr> {
    let path = node.path()?;
    let kind = if let Some(arguments) = node.child(Rule::arguments) {
        let values = arguments.all(Rule::expression).map(|value| choice(reader, &value, operators)).collect();
        ExprKind::Call(path, values)
    } else if let Some(moves) = node.child(Rule::moves_tail) {
        let by = Box::new(literal_expr(reader, &moves.child(Rule::literal)?));
        let rises = moves.has(Rule::kw_rises);
        ExprKind::Moves { signal: path, rises, by, within: within(reader, &moves)? }
    } else {
        return Some(path_expr(path));
    };
    Some(Expr { kind, span: node.span() })
}
