//! The lines of a campaign by what they are about.

use crate::check::context::Context;
use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;
use crate::tree::{
    Attempts, CallHours, Campaign, CampaignLineKind as Kind, Choice, DaysOff, Expr, Follow, FromCalls,
    LeadRole, Leads, Machine, Name, Pace, Path, Quiet, Quoted, Spanned, Words,
};

/// What a campaign says.
#[derive(Default)]
pub(super) struct Said<'t> {
    pub(super) lets: Vec<(Name, Expr)>,
    pub(super) leads: Option<&'t Leads>,
    pub(super) person: Option<&'t Expr>,
    pub(super) consent: Option<&'t Expr>,
    pub(super) phone: Option<&'t Expr>,
    pub(super) language: Option<&'t Expr>,
    pub(super) never: Vec<(&'t Expr, Option<&'t Quoted>, Span)>,
    pub(super) hours: Option<(&'t CallHours, Span)>,
    pub(super) calendars: Vec<(&'t Path, Span)>,
    pub(super) days_off: Vec<(&'t DaysOff, Span)>,
    pub(super) attempts: Vec<&'t Attempts>,
    pub(super) waits: Vec<&'t [(Spanned<i64>, Name)]>,
    pub(super) quiet: Vec<&'t Quiet>,
    pub(super) pace: Option<(Pace, Span)>,
    pub(super) ring: Option<Spanned<i64>>,
    pub(super) shown: Option<&'t Quoted>,
    pub(super) machine: Option<(&'t Machine, Span)>,
    pub(super) connect: Option<Spanned<i64>>,
    pub(super) safe_harbour: Option<&'t Words>,
    pub(super) dialog: Option<&'t Path>,
    pub(super) agents: Option<(&'t Name, Option<Spanned<f64>>)>,
    pub(super) grade: Option<(&'t [Choice], Span)>,
    pub(super) on: Vec<(&'t Name, &'t [Follow])>,
    pub(super) callers: Option<(&'t FromCalls, Span)>,
}

impl<'t> Said<'t> {
    /// Sorts the lines; reports what is said twice.
    pub(super) fn of(context: &mut Context<'_>, item: &'t Campaign) -> Self {
        let mut said = Self::default();
        for line in &item.lines {
            if !said.take(&line.kind, line.span) {
                let shown = context.shown(line.span);
                let message = format!("the campaign says this already, and `{shown}` says it again");
                let twice = Diagnostic::new(Code::DeclaredTwice, line.span, message);
                context.report(twice.help("leave one of the two lines"));
            }
        }
        said
    }

    /// Takes a line in; `false` when such a line was there before.
    fn take(&mut self, kind: &'t Kind, span: Span) -> bool {
        match kind {
            Kind::Let(name, value) => self.lets.push((name.clone(), value.clone())),
            Kind::Leads(leads) => return first(&mut self.leads, leads),
            Kind::Is(LeadRole::Person, value) => return first(&mut self.person, value),
            Kind::Is(LeadRole::Consent, value) => return first(&mut self.consent, value),
            Kind::Is(LeadRole::Phone, value) => return first(&mut self.phone, value),
            Kind::Is(LeadRole::Language, value) => return first(&mut self.language, value),
            Kind::Never(when, because) => self.never.push((when, because.as_ref(), span)),
            Kind::Hours(hours) => return first(&mut self.hours, (hours, span)),
            Kind::While(calendar) => self.calendars.push((calendar, span)),
            Kind::NotOn(days) => self.days_off.push((days, span)),
            Kind::AtMost(cap, waits) => {
                self.attempts.push(cap);
                self.waits.push(waits);
            }
            Kind::Wait(waits) => self.waits.push(waits),
            Kind::Quiet(quiet) => self.quiet.push(quiet),
            Kind::On(grade, follows) => self.on.push((grade, follows)),
            once => return self.take_once(once, span),
        }
        true
    }

    fn take_once(&mut self, kind: &'t Kind, span: Span) -> bool {
        match kind {
            Kind::Pace(pace) => first(&mut self.pace, (*pace, span)),
            Kind::Ring(ring) => first(&mut self.ring, *ring),
            Kind::Show(number) => first(&mut self.shown, number),
            Kind::Machine(machine) => first(&mut self.machine, (machine, span)),
            Kind::Connect(connect) => first(&mut self.connect, *connect),
            Kind::SafeHarbour(words) => first(&mut self.safe_harbour, words),
            Kind::Run(dialog) => first(&mut self.dialog, dialog),
            Kind::Agents(queue, least) => first(&mut self.agents, (queue, *least)),
            Kind::FromCalls(from) => first(&mut self.callers, (from, span)),
            Kind::Grade(rules) => first(&mut self.grade, (rules.as_slice(), span)),
            _ => true,
        }
    }
}

fn first<T>(place: &mut Option<T>, value: T) -> bool {
    let free = place.is_none();
    if free {
        *place = Some(value);
    }
    free
}
