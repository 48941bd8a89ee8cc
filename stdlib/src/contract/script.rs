//! `test` blocks as data: events and expectations on a virtual clock.

use serde::{Deserialize, Serialize};

use super::{
    FactSource, Party, Place, Signal, Slot, TicketEvent, TicketExpectation, Trial, TrialExpectation,
    TrialStimulus,
};

/// One `test` block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Script {
    /// The test's title.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// Milliseconds since the Unix epoch at the call's start.
    pub clock_ms: i64,
    /// Caller's number.
    pub from: String,
    /// Called number.
    pub to: String,
    /// `true` for a call from the centre to the customer.
    pub outbound: bool,
    /// Channel word; empty: not said.
    pub channel: String,
    /// ISO 639-1 code; empty: not said.
    pub language: String,
    /// Facts of the centre from the test's start, such as those of queues and modes; others are 0.
    pub facts: Vec<(FactSource, Slot)>,
    /// Experiments (index into `experiments`) whose trying side the call is on; it is on the usual side of all others.
    pub tries: Vec<u32>,
    /// Answers of sources; a source that is not given answers unknown.
    pub given: Vec<Given>,
    /// The campaign and its lead, of a test about a campaign: there is no call before one is placed and answered.
    pub trial: Option<Trial>,
    /// What happens and what is expected, in order of time.
    pub steps: Vec<Step>,
}

/// A source's answer for the whole test, whatever its arguments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Given {
    /// Index into the manifest's `sources`.
    pub source: u32,
    /// One slot a field; `None`: the answer leaves the field unknown.
    pub fields: Vec<Option<Slot>>,
    /// Texts of the fields whose type is text or phone, by field index.
    pub texts: Vec<(u32, String)>,
    /// How long it takes to answer, in milliseconds.
    pub after_ms: i64,
}

/// Fields that somebody fills in, by index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// Those that slots hold directly.
    pub slots: Vec<(u32, Slot)>,
    /// Those whose type is text or phone.
    pub texts: Vec<(u32, String)>,
}

/// One line of a test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Milliseconds since the test's clock, which a call without a campaign begins with; `None`: after the call's end.
    pub at_ms: Option<i64>,
    /// Where it stands.
    pub place: Place,
    /// What happens, if this line makes something happen.
    pub stimulus: Option<Stimulus>,
    /// What must hold, if this line expects something.
    pub expectation: Option<Expectation>,
}

/// Something that a test makes happen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Stimulus {
    /// A signal takes this value (in the signal's own unit) and keeps it; confidence where given.
    Signal {
        /// Whose.
        party: Party,
        /// Which.
        signal: Signal,
        /// The value.
        value: f64,
        /// 0..1.
        confidence: Option<f64>,
    },
    /// A party says a text, in a turn that ends at this moment.
    Says {
        /// Who.
        party: Party,
        /// What.
        text: String,
    },
    /// The customer presses keys, one after another.
    Presses(String),
    /// The caller's intent becomes known.
    Intent(String),
    /// A turn is left unresolved.
    Unresolved,
    /// Hold begins or ends.
    Hold(bool),
    /// A dialog (index into `dialogs`) begins, instead of one that goes on.
    RunDialog(u32),
    /// Somebody acknowledges the open alerts.
    Acknowledges,
    /// A person of the centre takes the call.
    Answered,
    /// The call ends.
    Ends,
    /// A fact of the centre takes this value and keeps it.
    Centre(FactSource, Slot),
    /// Something happens to the lead of a campaign.
    Trial(TrialStimulus),
    /// Something happens to a ticket of this kind (index into `tickets`), and its fields are written down; opens one if
    /// `Opened`.
    Ticket(u32, TicketEvent, Filled),
}

/// Something that a test expects of what was decided so far.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Expectation {
    /// The last value that any route decided for this output.
    Output {
        /// Output name, such as `queue`.
        name: String,
        /// The slot value expected.
        value: Slot,
        /// How the author wrote the value.
        shown: String,
        /// The reason expected, if any.
        because: Option<String>,
    },
    /// Alerts or transfers by watches and their follow-ups, so far.
    Actions {
        /// Only alerts to this role, or transfers to this queue; `None` with `transfers` tells which kind alone.
        target: Option<Slot>,
        /// `true` for transfers, `false` for alerts.
        transfers: bool,
        /// `Some(n)`: exactly n times so far; `None`: at least once.
        times: Option<u32>,
        /// The reason expected, if any.
        because: Option<String>,
    },
    /// Cards by assists, so far.
    Cards {
        /// A reply that the card must offer.
        offering: Option<String>,
        /// Only cards with this text (a slot).
        text: Option<Slot>,
        /// `Some(n)`: exactly n times so far; `None`: at least once.
        times: Option<u32>,
        /// The reason expected, if any.
        because: Option<String>,
    },
    /// The result of a quality item (`item` counts within the entry) or of the whole check.
    Qa {
        /// Index of the entry.
        entry: u32,
        /// Index of the item; `None`: the whole check.
        item: Option<u32>,
        /// Whether it must have passed (`Some(true)`), failed (`Some(false)`) or not apply (`None`).
        passed: Option<bool>,
    },
    /// What a dialog did.
    Dialog(DialogExpectation),
    /// What a campaign did.
    Trial(TrialExpectation),
    /// What became of a ticket of this kind (index into `tickets`).
    Ticket(u32, TicketExpectation),
    /// Whom the calls so far made leads of a campaign.
    Lead {
        /// Index of the campaign.
        campaign: u32,
        /// Names and values of fields as they are shown.
        fields: Vec<(String, String)>,
        /// `Some(n)`: exactly n times so far; `None`: at least once.
        times: Option<u32>,
    },
}

/// Something that a test expects of a dialog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DialogExpectation {
    /// The open question is this.
    Asks(String),
    /// It has said this since the caller last did something: said, told, retained, sent.
    Says(String),
    /// It is offering this queue (a slot of `queue`).
    Offers(Slot),
    /// It has settled the caller's matter.
    Resolved,
    /// Its last transfer handed these fields over, each with its value as text.
    HandedOver(Vec<(String, String)>),
}
