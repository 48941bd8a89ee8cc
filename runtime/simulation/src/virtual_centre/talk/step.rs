//! What a dialog did, as far as a caller notices.

use tandem_centre::Told;
use tandem_stdlib::contract::Slot;

/// How long a letter takes to be spoken, and an ideograph, milliseconds.
const LETTER_MS: i64 = 65;
const IDEOGRAPH_MS: i64 = 220;

/// Something that a dialog did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::virtual_centre) enum BotStep {
    /// It began.
    Began,
    /// It says something that takes so long.
    Says(i64),
    /// It tries to keep the caller, which takes so long to say.
    Retains(i64),
    /// It tells what a source knows, which takes so long to say.
    Answers(i64),
    /// It asks (indices of dialog and question) in so many milliseconds and waits; an offer names its queue.
    Asks { dialog: usize, ask: usize, offers: Slot, says_ms: i64 },
    /// A turn or a key told nothing.
    NotUnderstood,
    /// The caller accepted an offer.
    Accepted,
    /// An offer was not made, because a condition did not hold.
    Withheld(Slot),
    /// It transfers to a queue, after so many answers.
    Transfers(Slot),
    /// Something else of the policy transfers to a queue.
    Moved(Slot),
    /// The matter is settled.
    Resolved,
    /// It ends the call.
    Ends,
    /// It is over, and the call goes on.
    Finished,
}

impl BotStep {
    /// What of a dialog's step a caller notices.
    pub(in crate::virtual_centre) fn of(dialog: usize, told: Told<'_>) -> Option<Self> {
        Some(match told {
            Told::Began => Self::Began,
            Told::Said(text) => Self::Says(spoken_ms(text)),
            Told::Retained(text) => Self::Retains(spoken_ms(text)),
            Told::Answered(text) => Self::Answers(spoken_ms(text)),
            Told::Asked { ask, text, offers, .. } => {
                Self::Asks { dialog, ask, offers, says_ms: spoken_ms(text) }
            }
            Told::Unresolved(_) => Self::NotUnderstood,
            Told::Accepted(_) => Self::Accepted,
            Told::Withheld(queue) => Self::Withheld(queue),
            Told::Transferred { queue, .. } => Self::Transfers(queue),
            Told::Resolved => Self::Resolved,
            Told::Ended => Self::Ends,
            Told::Finished => Self::Finished,
            Told::Silent(_)
            | Told::LooksUp(_)
            | Told::NotAnswered { .. }
            | Told::Declined(_)
            | Told::Noted { .. }
            | Told::Sent { .. }
            | Told::TicketOpened(_)
            | Told::TakenAway
            | Told::Heard(_)
            | Told::Followed { .. }
            | Told::HungUp => return None,
        })
    }
}

/// How long a text takes to be spoken.
pub(in crate::virtual_centre) fn spoken_ms(text: &str) -> i64 {
    let letter = |letter: char| if letter > '\u{2e7f}' { IDEOGRAPH_MS } else { LETTER_MS };
    text.chars().map(letter).fold(0, i64::saturating_add)
}
