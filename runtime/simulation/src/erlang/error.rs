//! Why a question about agents and load has no answer.

use std::fmt;

use super::question::{MAX_AGENTS, MAX_ERLANGS, MAX_SECONDS};

/// Why a question has no answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ErlangError {
    /// The load is no number above 0 and up to [`MAX_ERLANGS`].
    Load,
    /// The number of agents is not within 1..=[`MAX_AGENTS`].
    Agents,
    /// This time is not above 0 and up to [`MAX_SECONDS`]; the name says which.
    Time(&'static str),
    /// This time is needed and was not given; the name says which.
    Missing(&'static str),
    /// With Erlang C, the load keeps all agents busy for ever.
    Overloaded {
        /// The load.
        erlangs: f64,
        /// The agents.
        agents: u32,
    },
    /// The wanted share is not between 0 and 1.
    Target,
    /// No number of agents up to [`MAX_AGENTS`] reaches the wanted share.
    Unreachable,
}

impl fmt::Display for ErlangError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load => write!(f, "the load must be a number above 0 and at most {MAX_ERLANGS} erlangs"),
            Self::Agents => write!(f, "the number of agents must be from 1 to {MAX_AGENTS}"),
            Self::Time(what) => {
                write!(f, "the {what} must be longer than 0 and at most {} days", MAX_SECONDS / 86_400.0)
            }
            Self::Missing(what) => write!(f, "the {what} is needed and was not given"),
            Self::Overloaded { erlangs, agents } => write!(
                f,
                "{erlangs} erlangs are more than {agents} agents can take: when nobody gives up, the queue \
                 grows without end"
            ),
            Self::Target => f.write_str("the wanted share must lie between 0% and 100%"),
            Self::Unreachable => write!(f, "no number of agents up to {MAX_AGENTS} reaches that share"),
        }
    }
}

impl std::error::Error for ErlangError {}
