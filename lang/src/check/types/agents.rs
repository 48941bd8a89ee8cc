//! Facts of the agent who is being considered for a call: `skill.level`, `agent.is_owner_of(who)`.

use tandem_stdlib::contract::{AgentFact, FactSource, Type};

use super::{Let, Stand, Typer};
use crate::check::context::small;
use crate::check::resolve::{SKILL, dotted};
use crate::diagnostics::Code;
use crate::program::{Expr, ExprKind};
use crate::source::Span;
use crate::tree::{self, Path};

pub(super) const FACTS: [(&str, AgentFact, Type); 5] = [
    ("skill.level", AgentFact::SkillLevel, Type::Number),
    ("agent.load", AgentFact::Load, Type::Number),
    ("agent.occupancy", AgentFact::Occupancy, Type::Percent),
    ("agent.idle", AgentFact::Idle, Type::Duration),
    ("agent.handled", AgentFact::Handled, Type::Number),
];

pub(super) const OWNER: &str = "agent.is_owner_of";
pub(super) const LEVEL: &str = "agent.level_in";

impl Typer<'_, '_> {
    /// `agent.load`; `None`: the path means something else.
    pub(super) fn agent_fact(&mut self, path: &Path) -> Option<Option<Expr>> {
        let name = dotted(path);
        if !matches!(path.names.as_slice(), [first, _] if matches!(first.text.as_str(), "agent" | "skill")) {
            return None;
        }
        let Some((_, fact, ty)) = FACTS.iter().find(|(known, ..)| *known == name) else {
            let known = FACTS.iter().map(|(known, ..)| *known).chain([OWNER, LEVEL]);
            self.context.unknown_name(&name, path.span, format!("there is no `{name}`"), known);
            return Some(None);
        };
        Some(self.of_agent(*fact, *ty, path.span))
    }

    /// `agent.is_owner_of(who)`, `agent.level_in(english)`; `None`: the name means something else.
    pub(super) fn agent_question(
        &mut self,
        name: &Path,
        given: &[tree::Expr],
        span: Span,
    ) -> Option<Option<Expr>> {
        match (dotted(name).as_str(), given) {
            (OWNER, [who]) => Some(self.owner(who, span)),
            (LEVEL, [skill]) => Some(self.level(skill, span)),
            (question @ (OWNER | LEVEL), _) => {
                let message = format!("`{question}` takes one value, but {} are given", given.len());
                let help = "write `agent.is_owner_of(who)` or `agent.level_in(english)`".to_owned();
                self.context.error(Code::WrongType, span, message, Some(help));
                Some(None)
            }
            _ => None,
        }
    }

    fn owner(&mut self, who: &tree::Expr, span: Span) -> Option<Expr> {
        let name = match &who.kind {
            tree::ExprKind::Path(path) => dotted(path),
            _ => String::new(),
        };
        match self.lets.get(&name) {
            Some(Let::Answer(_)) => {
                self.lets_used.insert(name);
                self.of_agent(AgentFact::IsOwner, Type::YesNo, span)
            }
            Some(Let::Broken) => None,
            _ => {
                let message = format!("`{}` is no customer that a source told", self.context.shown(who.span));
                let help = "name a `let` that asks a source: `let who = crm.customer(call.from) else …`";
                self.context.error(Code::WrongType, who.span, message, Some(help.to_owned()));
                None
            }
        }
    }

    fn level(&mut self, skill: &tree::Expr, span: Span) -> Option<Expr> {
        let found = self.typed(skill, Type::Word(SKILL), "`agent.level_in`")?;
        match found.kind {
            ExprKind::Constant(slot) if slot > 0 => {
                let skill = small(usize::try_from(slot).unwrap_or(usize::MAX));
                self.of_agent(AgentFact::LevelIn(skill), Type::Number, span)
            }
            _ => {
                let message = format!("`{}` names no skill", self.context.shown(skill.span));
                let help = "write a skill, such as `agent.level_in(english)`".to_owned();
                self.context.error(Code::WrongType, skill.span, message, Some(help));
                None
            }
        }
    }

    fn of_agent(&mut self, fact: AgentFact, ty: Type, span: Span) -> Option<Expr> {
        if self.stand == Stand::Score {
            return Some(Expr { kind: ExprKind::Fact(FactSource::Agent(fact)), ty, span });
        }
        let message = format!("`{}` is known only while an agent is chosen", self.context.shown(span));
        let help = "move it to `prefer agent by …`".to_owned();
        self.context.error(Code::NotHere, span, message, Some(help));
        None
    }
}
