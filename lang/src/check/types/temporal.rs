//! Words and time: what was said, how long something lasts, how signals move.

use tandem_stdlib::contract::{FactSource, Party, Signal, Type};
use tandem_stdlib::words::window::WINDOW_MS_MAX;

use super::compare::measured;
use super::{Stand, Typer, fold, signal_named, signal_names};
use crate::check::limits::{STRETCH_MS_MAX, counted, stretch};
use crate::check::resolve::{Kind, dotted};
use crate::diagnostics::Code;
use crate::program::{CompareOp, Expr, ExprKind};
use crate::source::Span;
use crate::tree::{self, Path, Spanned};

impl Typer<'_, '_> {
    /// `customer says PHRASES 2 times within 60s`, `customer said PHRASES 2 times`
    pub(super) fn says(&mut self, expr: &tree::Expr) -> Option<Expr> {
        let tree::ExprKind::Says { party, phrases, so_far, times, within } = &expr.kind else { return None };
        let symbol = self.context.find(self.file, phrases, Kind::Phrases);
        let party = self.party(*party, phrases, expr.span);
        let times = match times {
            Some(times) => Some(counted(self.context, *times, 1.0)?),
            None => None,
        };
        let (symbol, party) = (symbol?, party?);
        self.needs_call(expr.span)?;
        let set = self.context.phrases.index(symbol);
        let span = expr.span;
        match (*so_far, times, within) {
            (true, times, None) => Some(said_times(party, set, times.unwrap_or(1), span)),
            (false, None, None) => self.says_now(party, set, phrases, span),
            (false, times, Some(within)) => {
                self.only_in_watch(span, "`within`")?;
                let within_ms = stretch(self.context, *within, STRETCH_MS_MAX)?;
                let condition = Box::new(fold::was(FactSource::Said(party, set), span));
                let times = times.unwrap_or(1);
                let kind = ExprKind::Often { condition, times, within_ms };
                Some(Expr { kind, ty: Type::YesNo, span })
            }
            (false, Some(_), None) => {
                let shown = self.context.shown(span).replace("says", "said");
                let help = format!("add `within 60s` in a watch, or count the whole call: `{shown}`");
                self.context.error(Code::NotHere, span, "nothing is said so often in one turn", Some(help));
                None
            }
            (true, _, Some(within)) => {
                let help = "write `says … times within …` in a watch, or leave `within` out".to_owned();
                self.context.error(Code::NotHere, within.span, "`said` counts the whole call", Some(help));
                None
            }
        }
    }

    fn says_now(&mut self, party: Party, set: u32, phrases: &Path, span: Span) -> Option<Expr> {
        if matches!(self.stand, Stand::Quality | Stand::End | Stand::Grade) {
            let help = format!("write `said {}`", dotted(phrases));
            let message = "this is judged at the end of the call, when nobody speaks any more";
            self.context.error(Code::NotHere, span, message, Some(help));
            return None;
        }
        Some(fold::was(FactSource::Said(party, set), span))
    }

    fn party(&mut self, written: Option<Party>, phrases: &Path, span: Span) -> Option<Party> {
        match (written, self.stand) {
            (_, Stand::Constant) => {
                self.not_constant(span);
                None
            }
            (Some(party), _) | (None, Stand::Watch(party)) => Some(party),
            (None, Stand::Dialog) => Some(Party::Customer),
            (None, _) => {
                let help = format!("write `customer says {0}` or `agent says {0}`", dotted(phrases));
                self.context.error(Code::NotHere, span, "nothing tells whose words are meant", Some(help));
                None
            }
        }
    }

    /// `… for at least 5s`
    pub(super) fn lasts(&mut self, condition: &tree::Expr, for_ms: Spanned<i64>, span: Span) -> Option<Expr> {
        self.only_in_watch(span, "`for at least`")?;
        let (condition, for_ms) = (self.yes_no(condition), stretch(self.context, for_ms, STRETCH_MS_MAX));
        Some(Expr { kind: ExprKind::Lasts(Box::new(condition?), for_ms?), ty: Type::YesNo, span })
    }

    /// `anger >= 0.7 [for at least 5s] with confidence >= 0.6`: the confidence counts as long as the anger does.
    pub(super) fn with_confidence(
        &mut self,
        inner: &tree::Expr,
        op: CompareOp,
        value: &tree::Expr,
        span: Span,
    ) -> Option<Expr> {
        self.only_in_watch(span, "`with confidence`")?;
        let least = self.typed(value, Type::Number, "confidence");
        let (inner, least) = (self.yes_no(inner)?, least?);
        let Some(party) = angry(&inner) else {
            let message = format!("`{}` has no confidence", self.context.shown(inner.span));
            self.context.error(
                Code::NotHere,
                span,
                message,
                Some("only `anger` comes with a confidence".to_owned()),
            );
            return None;
        };
        let fact =
            Expr { kind: ExprKind::Fact(FactSource::Confidence(party)), ty: Type::Number, span: value.span };
        let confident = measured(op, fact, least, value.span);
        Some(match inner.kind {
            ExprKind::Lasts(condition, for_ms) => {
                let both = fold::all(vec![*condition, confident], inner.span);
                Expr { kind: ExprKind::Lasts(Box::new(both), for_ms), ty: Type::YesNo, span }
            }
            _ => fold::all(vec![inner, confident], span),
        })
    }

    /// `loudness rises 6 dB within 10s`
    pub(super) fn moves(
        &mut self,
        signal: &Path,
        rises: bool,
        by: &tree::Expr,
        within: Spanned<i64>,
        span: Span,
    ) -> Option<Expr> {
        self.only_in_watch(span, if rises { "`rises`" } else { "`falls`" })?;
        let Stand::Watch(party) = self.stand else { return None };
        let name = dotted(signal);
        let Some((signal_kind, ty)) = signal_named(&name) else {
            let message = format!("there is no signal `{name}`");
            self.context.unknown_name(&name, signal.span, message, signal_names());
            return None;
        };
        if signal_kind == Signal::Silence {
            let help = "write `silence >= 8s`".to_owned();
            self.context.error(Code::NotHere, span, "`silence` neither rises nor falls", Some(help));
            return None;
        }
        let within_ms = stretch(self.context, within, WINDOW_MS_MAX);
        let by = self.infer(by, Some(ty))?;
        if by.ty != ty {
            self.mixed((signal.span, ty), (by.span, by.ty));
            return None;
        }
        let signal_fact = FactSource::Signal(party, signal_kind);
        let kind = ExprKind::Moves { signal: signal_fact, rises, within_ms: within_ms? };
        let moved = Expr { kind, ty, span: signal.span };
        Some(fold::compare(CompareOp::AtLeast, moved, by, span))
    }

    /// `( … ) 3 times within 60s`
    pub(super) fn often(
        &mut self,
        condition: &tree::Expr,
        times: Spanned<f64>,
        within: Spanned<i64>,
        span: Span,
    ) -> Option<Expr> {
        self.only_in_watch(span, "`times within`")?;
        let times = counted(self.context, times, 1.0);
        let within_ms = stretch(self.context, within, STRETCH_MS_MAX);
        let condition = Box::new(self.yes_no(condition)?);
        let kind = ExprKind::Often { condition, times: times?, within_ms: within_ms? };
        Some(Expr { kind, ty: Type::YesNo, span })
    }
}

/// Whose anger a condition reads.
fn angry(condition: &Expr) -> Option<Party> {
    super::facts(condition).into_iter().find_map(|fact| match fact {
        FactSource::Signal(party, Signal::Anger) => Some(party),
        _ => None,
    })
}

fn said_times(party: Party, set: u32, times: u32, span: Span) -> Expr {
    let said = Expr { kind: ExprKind::Fact(FactSource::SaidTimes(party, set)), ty: Type::Number, span };
    let least = fold::constant(fold::float(f64::from(times)), Type::Number, span);
    fold::compare(CompareOp::AtLeast, said, least, span)
}
