//! Facts: what an entry may read, and how the host fills each slot before the call.

use serde::{Deserialize, Serialize};

use super::{Party, Signal, Type};

/// One slot of the facts record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactSpec {
    /// How the author wrote it, such as `call.from` or `who.tier`; used by explanations.
    pub name: String,
    /// The type of the value.
    pub ty: Type,
    /// Where the host gets it from.
    pub source: FactSource,
}

/// Where the host gets a fact from. Indices point into the [`Manifest`](super::Manifest).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FactSource {
    /// A fact of the call itself.
    Call(CallFact),
    /// The interned text of a fact of the call.
    Text(TextFact),
    /// yes/no: the text begins with the literal (index into `literals`).
    TextStarts(TextFact, u32),
    /// The last measured value of a signal; NaN before the first (`Silence`: milliseconds, an integer).
    Signal(Party, Signal),
    /// The confidence that came with the last `Anger` value; NaN before the first.
    Confidence(Party),
    /// yes/no: the party is speaking in the last frame or turn.
    Speaking(Party),
    /// When the party said the phrases (index into `phrases`) in the turn of this event: milliseconds since the
    /// call's start, estimated within the turn by the position of the words; -1 when not in this turn.
    Said(Party, u32),
    /// How many turns so far in which the party said the phrases.
    SaidTimes(Party, u32),
    /// A word of the `hours` vocabulary: the calendar (index into `calendars`) is open or closed now.
    Calendar(u32),
    /// yes/no: the source call (index into `source_calls`) has an answer.
    Answered(u32),
    /// yes/no: the source call has an answer, and the answer gives this field (index into the source's fields) or
    /// the field has a default.
    AnswerKnown(u32, u32),
    /// A field of the answer, or its default; 0 when there is neither.
    Answer(u32, u32),
    /// A text field of the answer, masked; 0 when the source does not give it.
    AnswerMasked(u32, u32),
    /// A number 0..1 by the call's id and this text (index into `literals`): the same for the same call, evenly spread.
    Chance(u32),
    /// A fact of the turn or key that a dialog looks at.
    Dialog(DialogFact),
    /// A fact of a queue (slot value of `queue`; 0: of all queues together).
    Queue(u32, QueueFact),
    /// A fact of the agent who is being considered for the call.
    Agent(AgentFact),
    /// yes/no: the mode (index into `modes`) is on.
    Mode(u32),
    /// yes/no: the watch (the how-manieth of the manifest's watches) has fired and is not clear again; without
    /// `clear when`: its condition holds.
    Watch(u32),
    /// What a dialog of this call noted last under a name (index into `notes`); 0 when it noted nothing.
    Noted(u32),
    /// yes/no: a dialog of this call noted something under the name (index into `notes`) that is known.
    NotedKnown(u32),
    /// A field of the lead that is being called, or its default; 0 when unknown: the source of the campaign's leads
    /// (index into `sources`), index into its fields.
    Lead(u32, u32),
    /// A text field of the lead, masked; 0 when unknown.
    LeadMasked(u32, u32),
    /// yes/no: the lead gives this field or it has a default.
    LeadKnown(u32, u32),
    /// A fact of the campaign's attempts to reach the lead.
    Attempt(AttemptFact),
    /// A fact of the ticket.
    Ticket(TicketFact),
    /// What was written down in a field of a ticket: index of its kind into `tickets`, index into the kind's fields.
    TicketField(u32, u32),
}

/// Facts of the event that a dialog looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DialogFact {
    /// The intent that this turn or key told, a word of `intent`; unknown when it told none.
    Intent,
    /// The key of this event as its character's code, -1 when it is no key. A number.
    Key,
    /// yes/no: this event is a turn of the customer.
    Heard,
    /// yes/no: this turn told nothing that the question asks for.
    Unresolved,
    /// How many turns of this dialog told nothing. A number.
    UnresolvedTimes,
    /// yes/no: nothing was said or keyed in time.
    Silent,
    /// How many times in this dialog nothing was said or keyed. A number.
    SilentTimes,
    /// How many times the open question got no answer, by a turn that told nothing or by silence. A number.
    Unanswered,
    /// What the caller said or keyed in this answer. A text.
    Words,
    /// How many questions this dialog has asked. A number.
    Asked,
}

/// Facts of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum QueueFact {
    /// Calls that wait. A number.
    Waiting,
    /// Agents who could take a call of this queue now. A number.
    IdleAgents,
    /// Agents who serve this queue and are logged in. A number.
    StaffedAgents,
    /// How long the one who waits longest has waited. A duration.
    LongestWait,
    /// How long the next caller is likely to wait. A duration.
    EstimatedWait,
    /// Share of the staffed agents who have work. A percentage.
    Occupancy,
}

/// Facts of an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AgentFact {
    /// Level in the skill wanted, the highest where several are. A number 0..5.
    SkillLevel,
    /// Level in this skill (slot value of `skill`), 0 when the agent has it not. A number.
    LevelIn(u32),
    /// Contacts now over contacts at most. A number 0..1.
    Load,
    /// Share of today's staffed time with work. A percentage.
    Occupancy,
    /// How long free. A duration.
    Idle,
    /// Calls handled today. A number.
    Handled,
    /// yes/no: the agent is the customer's own.
    IsOwner,
}

/// Facts of a campaign's attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AttemptFact {
    /// Attempts so far. A number.
    Count,
    /// How the last one ended: a word of `disposition`.
    LastDisposition,
    /// When the last one was, milliseconds since the Unix epoch; unknown is 0. A moment.
    Last,
    /// yes/no: the person is on the do-not-call list.
    DoNotCall,
}

/// Facts of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TicketFact {
    /// Since it was opened. A duration.
    Age,
    /// Since somebody touched it. A duration.
    Untouched,
    /// A word of `priority` as classified.
    Priority,
    /// Who has it: a word of `queue`; unknown when nobody does.
    Queue,
}

/// Facts of the call that are not texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CallFact {
    /// Milliseconds since the call's start. Always slot 0 of the record.
    Elapsed,
    /// Milliseconds since the Unix epoch.
    Clock,
    /// What the caller wants, as far as known: a word of `intent`.
    Intent,
    /// A word of `language`.
    Language,
    /// A word of `channel`.
    Channel,
    /// A word of `direction`.
    Direction,
    /// Turns left unresolved so far.
    Unresolved,
    /// yes/no: the call is on hold.
    Held,
    /// yes/no: this is the last event of the call.
    Ended,
    /// When a person of the centre took the call in this very event: milliseconds since the call's start; -1 when not
    /// in this event.
    Answered,
}

/// Facts of the call that are texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TextFact {
    /// The caller's number.
    From,
    /// The called number.
    To,
    /// The keys pressed so far, in order.
    Keys,
}
