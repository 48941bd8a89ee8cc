//! Whom a campaign has called: how they talk to its dialog.

use tandem_stdlib::contract::{AskSpec, Disposition};

use super::answer::Says;
use crate::virtual_centre::journey::Outcome;

/// How somebody who was called takes the call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::virtual_centre) enum Manner {
    /// Talks.
    #[default]
    Talks,
    /// Is not who was wanted, and says so.
    WrongPerson,
    /// Never wants to be called again, and says so.
    Refuses,
    /// Has no time now, and says so.
    AsksLater,
    /// Hangs up at the first question.
    HangsUp,
    /// Is a machine: says nothing that answers a question.
    Machine,
}

/// Somebody who was called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::virtual_centre) struct Callee<'m> {
    pub(in crate::virtual_centre) manner: Manner,
    /// What is said to one question after the other, the last to all further ones.
    pub(in crate::virtual_centre) says: &'m [String],
    /// Says yes where nothing else is to be said.
    pub(in crate::virtual_centre) agrees: bool,
    /// The lead's language, or the dialog's.
    pub(in crate::virtual_centre) language: &'m str,
}

impl<'m> Callee<'m> {
    /// What such a person says to every question, and what the call comes to once it is understood.
    pub(super) const fn insists_on(&self) -> Option<(Says, Disposition)> {
        match self.manner {
            Manner::WrongPerson => Some((Says::WrongPerson, Disposition::HungUp)),
            Manner::Refuses => Some((Says::StopCalling, Disposition::Refused)),
            Manner::AsksLater => Some((Says::Later, Disposition::CallLater)),
            Manner::Talks | Manner::HangsUp | Manner::Machine => None,
        }
    }

    /// Whether the person hangs up at a question instead of answering: who cannot say what is to be said does, too.
    pub(in crate::virtual_centre) fn hangs_up_at(&self, ask: &AskSpec) -> bool {
        let can_say = ask.speech_heard || ask.text_read;
        self.manner == Manner::HangsUp || !can_say && self.insists_on().is_some()
    }

    /// What is said to the question after so many answers that led on.
    pub(super) fn says_after(&self, answers: u32) -> Option<&'m str> {
        let says = self.says.get(answers as usize).or(self.says.last());
        says.map(String::as_str)
    }

    /// How the call ended as far as its dialog has come; `understood` is what the dialog has understood last.
    pub(in crate::virtual_centre) fn disposition(
        &self,
        understood: Option<Disposition>,
        outcome: Outcome,
    ) -> Disposition {
        let given_up = matches!(
            outcome,
            Outcome::HungUpInBot | Outcome::Abandoned | Outcome::TimedOut | Outcome::Blocked
        );
        match understood {
            _ if self.manner == Manner::Machine => Disposition::Machine,
            Some(understood) => understood,
            None if given_up => Disposition::HungUp,
            None => Disposition::Conversation,
        }
    }
}
