//! Which side of the call a speaker is on.

use tandem_stdlib::contract::Party;

use super::{RawTurn, Speaker};
use crate::error::Warning;

const AGENT_WORDS: [&str; 22] = [
    "agent",
    "representative",
    "rep",
    "operator",
    "advisor",
    "adviser",
    "assistant",
    "bot",
    "ivr",
    "system",
    "supervisor",
    "sme",
    "support",
    "staff",
    "employee",
    "host",
    "clerk",
    "salesperson",
    "receptionist",
    "坐席",
    "客服",
    "机器人",
];
const CUSTOMER_WORDS: [&str; 13] = [
    "customer", "caller", "client", "contact", "consumer", "guest", "patient", "user", "member", "visitor",
    "buyer", "客户", "顾客",
];
const MACHINE_WORDS: [&str; 13] = [
    "bot",
    "voicebot",
    "chatbot",
    "robot",
    "ivr",
    "system",
    "assistant",
    "menu",
    "voicemail",
    "machine",
    "机器人",
    "语音助手",
    "自动语音",
];
/// A first turn at least this long is a greeting, and agents greet.
const GREETING_BYTES_MIN: usize = 30;

/// A party of a record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    pub(crate) side: Option<Party>,
    pub(crate) name: String,
    pub(crate) address: String,
    /// It is no person: a bot, a menu, an answering machine.
    pub(crate) machine: bool,
}

/// The parties of a record in its order.
#[derive(Clone, Debug, Default)]
pub(crate) struct People {
    pub(crate) list: Vec<Person>,
    pub(crate) outbound: bool,
}

/// The sides of turns, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Speaking {
    pub(crate) sides: Vec<Party>,
    pub(crate) warnings: Vec<Warning>,
}

/// The side that a role or a label such as `Agent 1` names.
/// Whether a role or a name is that of a machine.
pub(crate) fn is_machine(label: &str) -> bool {
    let lower = label.to_lowercase();
    let mut words = lower.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| MACHINE_WORDS.contains(&word.trim_end_matches(|letter: char| letter.is_ascii_digit())))
}

pub(crate) fn role_side(label: &str) -> Option<Party> {
    let lower = label.to_lowercase();
    let words = || lower.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    let names = |list: &[&str]| {
        words().any(|word| {
            list.contains(&word.trim_end_matches(|letter: char| letter.is_ascii_digit())) && !word.is_empty()
        })
    };
    // A `customer service agent` is an agent.
    if names(&AGENT_WORDS) || lower.contains("customer service") {
        return Some(Party::Agent);
    }
    names(&CUSTOMER_WORDS).then_some(Party::Customer)
}

impl People {
    /// The side of the party at this place.
    pub(crate) fn side(&self, index: usize) -> Option<Party> {
        self.list.get(index)?.side
    }

    /// Decides for each turn which side spoke; says what had to be assumed.
    pub(crate) fn sides(&self, turns: &[RawTurn]) -> Speaking {
        let mut known: Vec<Option<Party>> = turns.iter().map(|turn| self.named_side(&turn.speaker)).collect();
        let mut speaking = Speaking::default();
        self.settle_labels(turns, &mut known, &mut speaking);
        let unknown = known.iter().filter(|side| side.is_none()).count();
        if unknown > 0 {
            speaking.warnings.push(Warning {
                code: "speakers-assumed",
                message: "the transcript does not say who spoke; the parties are taken to alternate"
                    .to_owned(),
            });
        }
        let mut next = first_side(turns, self.outbound);
        for side in known {
            let side = side.unwrap_or(next);
            speaking.sides.push(side);
            next = other(side);
        }
        speaking
    }

    fn named_side(&self, speaker: &Speaker) -> Option<Party> {
        match speaker {
            Speaker::Unknown => None,
            Speaker::Index(index) => self.side(*index),
            Speaker::Named(name) => role_side(name).or_else(|| self.side_of_name(name)),
        }
    }

    fn side_of_name(&self, name: &str) -> Option<Party> {
        let wanted = name.to_lowercase();
        let whole = self.list.iter().find(|person| person.name.to_lowercase() == wanted);
        let part = || {
            let mut matching = self
                .list
                .iter()
                .filter(|person| person.name.to_lowercase().split_whitespace().any(|word| word == wanted));
            // A name that both share tells nothing.
            matching.next().filter(|_| matching.next().is_none())
        };
        whole.or_else(part)?.side
    }

    /// Gives labels that name nobody, such as `speaker 0`, to the sides that are left.
    fn settle_labels(&self, turns: &[RawTurn], known: &mut [Option<Party>], speaking: &mut Speaking) {
        let mut labels: Vec<&Speaker> = Vec::new();
        for (turn, side) in turns.iter().zip(known.iter()) {
            if side.is_none() && turn.speaker != Speaker::Unknown && !labels.contains(&&turn.speaker) {
                labels.push(&turn.speaker);
            }
        }
        for label in labels {
            let taken = |party| known.contains(&Some(party));
            let side = match (taken(Party::Agent), taken(Party::Customer)) {
                (true, false) => Party::Customer,
                (false, false) => first_side(turns, self.outbound),
                (_, true) => Party::Agent,
            };
            for (turn, place) in turns.iter().zip(known.iter_mut()) {
                if &turn.speaker == label {
                    *place = Some(side);
                }
            }
            speaking.warnings.push(Warning {
                code: "speakers-assumed",
                message: format!("{} names no party; taken for the {}", shown(label), side_name(side)),
            });
        }
    }
}

/// Who speaks first: the agent greets, unless the customer, called, answers with a word.
fn first_side(turns: &[RawTurn], outbound: bool) -> Party {
    let greeting = turns.first().is_some_and(|turn| turn.text.len() >= GREETING_BYTES_MIN);
    if outbound && !greeting { Party::Customer } else { Party::Agent }
}

/// The party across.
const fn other(party: Party) -> Party {
    match party {
        Party::Customer => Party::Agent,
        Party::Agent => Party::Customer,
    }
}

const fn side_name(party: Party) -> &'static str {
    match party {
        Party::Customer => "customer",
        Party::Agent => "agent",
    }
}

fn shown(speaker: &Speaker) -> String {
    match speaker {
        Speaker::Unknown => "an unnamed speaker".to_owned(),
        Speaker::Index(index) => format!("party {index}"),
        Speaker::Named(name) => format!("speaker `{}`", name.chars().take(40).collect::<String>()),
    }
}
