use std::path::Path;

use tandem_stdlib::contract::{Disposition, Party};

use super::reader::read;
use super::*;

fn log(text: &str) -> CentreLog {
    read(Path::new("log.jsonl"), text.as_bytes())
}

#[test]
fn leads_attempts_and_tickets_are_read() {
    let log = log(
        r#"{"at": "2026-06-01T09:00:00+02:00", "event": "lead", "lead": "1", "campaign": "renewals", "fields": {"phone": "+33123456789", "consented": true, "value": 12}}
{"at": "2026-06-01T09:01:00+02:00", "event": "attempt", "lead": "1", "disposition": "conversation", "grade": "A", "said": [{"party": "customer", "text": "yes please"}]}

{"at": "2026-06-01T07:02:00Z", "event": "opened", "ticket": "T", "kind": "repair", "phone": "+33123456789"}
{"at": "2026-06-01T07:03:00Z", "event": "called_back", "ticket": "T", "reached": false}"#,
    );
    assert_eq!((log.errors, log.warnings), (Vec::new(), Vec::new()));
    let [lead, attempt, opened, back] = &log.events[..] else { panic!("{:?}", log.events) };
    let Logged::Lead { fields, .. } = &lead.what else { panic!("{lead:?}") };
    assert_eq!((fields["consented"].as_str(), fields["value"].as_str()), ("yes", "12"));
    let Logged::Attempt { disposition, said, .. } = &attempt.what else { panic!("{attempt:?}") };
    assert_eq!((*disposition, said.len(), said[0].0), (Disposition::Conversation, 1, Party::Customer));
    assert_eq!((opened.line, opened.at_ms - attempt.at_ms), (4, 60_000));
    let event = TicketLogged::CalledBack { reached: false };
    assert_eq!(back.what, Logged::Ticket { ticket: "T".to_owned(), event });
}

#[test]
fn mistakes_name_their_line_and_reading_goes_on() {
    let log = log(r#"{"at": "2026-06-01T09:00:00", "event": "touched", "ticket": "T"}
{"at": "yesterday", "event": "touched", "ticket": "T"}
{"at": "2026-06-01T09:00:00Z", "event": "attempt", "lead": "1"}
{"at": "2026-06-01T09:00:00Z", "event": "attempt", "lead": "1", "disposition": "asleep"}
{"at": "2026-06-01T09:00:00Z", "event": "touched", "ticket": "T", "colour": "red"}
{"at": "2026-06-01T09:00:00Z", "event": "touched", "ticket": "T"}
{"at": "2026-06-01T08:00:00Z", "event": "touched", "ticket": "T"}"#);
    let messages: Vec<String> = log.errors.iter().map(ToString::to_string).collect();
    let expected = [
        "log.jsonl:1: `2026-06-01T09:00:00` has no offset from UTC; write one such as `+08:00` or `Z` behind it",
        "log.jsonl:2: `yesterday` is no moment; write one such as `2026-03-10T10:00:00+08:00`",
        "log.jsonl:3: the field `disposition` is missing; this event needs it",
    ];
    assert_eq!(messages[..3], expected);
    assert!(
        messages[3].contains("unknown variant `asleep`") && messages[4].contains("unknown field `colour`")
    );
    assert_eq!(log.events.iter().map(|event| event.line).collect::<Vec<_>>(), [7, 6]);
    assert_eq!(log.warnings[0].code, "log-out-of-order");
}
