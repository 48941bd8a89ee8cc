//! A line of a log as it is written.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use tandem_stdlib::contract::{Disposition, Party};

use super::event::{Logged, TicketLogged};

/// What a line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Lead,
    Attempt,
    DoNotCall,
    Opened,
    Assigned,
    Touched,
    Done,
    Escalated,
    Closed,
    Reopened,
    CalledBack,
}

/// A line; which fields it has depends on the event.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    pub(super) at: String,
    event: Kind,
    lead: Option<String>,
    campaign: Option<String>,
    #[serde(default)]
    fields: BTreeMap<String, Value>,
    disposition: Option<Disposition>,
    grade: Option<String>,
    intent: Option<String>,
    #[serde(default)]
    said: Vec<Said>,
    who: Option<String>,
    ticket: Option<String>,
    kind: Option<String>,
    phone: Option<String>,
    priority: Option<String>,
    queue: Option<String>,
    reached: Option<bool>,
}

/// An utterance.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    party: Party,
    text: String,
}

impl Line {
    /// What it tells, or which field is missing.
    pub(super) fn event(self) -> Result<Logged, String> {
        match self.event {
            Kind::Lead => Ok(Logged::Lead {
                lead: needed(self.lead, "lead")?,
                campaign: needed(self.campaign, "campaign")?,
                fields: texts(self.fields),
            }),
            Kind::Attempt => Ok(Logged::Attempt {
                lead: needed(self.lead, "lead")?,
                disposition: needed(self.disposition, "disposition")?,
                grade: self.grade,
                intent: self.intent,
                said: self.said.into_iter().map(|said| (said.party, said.text)).collect(),
            }),
            Kind::DoNotCall => Ok(Logged::DoNotCall { who: needed(self.who, "who")? }),
            _ => self.ticket(),
        }
    }

    fn ticket(self) -> Result<Logged, String> {
        let ticket = needed(self.ticket, "ticket")?;
        let event = match self.event {
            Kind::Opened => TicketLogged::Opened {
                kind: needed(self.kind, "kind")?,
                phone: self.phone.unwrap_or_default(),
                priority: self.priority,
                queue: self.queue,
                fields: texts(self.fields),
            },
            Kind::Assigned => TicketLogged::Assigned { queue: needed(self.queue, "queue")? },
            Kind::Escalated => TicketLogged::Escalated,
            Kind::Closed => TicketLogged::Closed,
            Kind::Reopened => TicketLogged::Reopened,
            Kind::CalledBack => TicketLogged::CalledBack { reached: self.reached.unwrap_or(true) },
            Kind::Touched | Kind::Done | Kind::Lead | Kind::Attempt | Kind::DoNotCall => {
                TicketLogged::Worked { fields: texts(self.fields), done: self.event == Kind::Done }
            }
        };
        Ok(Logged::Ticket { ticket, event })
    }
}

fn needed<T>(field: Option<T>, name: &str) -> Result<T, String> {
    field.ok_or_else(|| format!("the field `{name}` is missing; this event needs it"))
}

fn texts(fields: BTreeMap<String, Value>) -> BTreeMap<String, String> {
    fields.into_iter().map(|(name, value)| (name, text(value))).collect()
}

/// A field's value in the author's spelling.
fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Bool(yes) => if yes { "yes" } else { "no" }.to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
