use tandem_archive::{CentreLog, LogEvent, Logged, TicketLogged};
use tandem_stdlib::contract::{
    AbandonCap, AbandonedOf, AttemptCap, AttemptsOf, CallBack, CallingClock, CallingHours, CallingWeek,
    CampaignSpec, Clause, Disposition, LawCitation, Limit, Pacing, Place, TicketSpec, UnsureZone, Window,
};
use tandem_stdlib::words::{HoursOn, TimeRange};

use super::*;
use crate::testing::{campaign, renewals, ticket};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Monday, 2026-06-01 09:00 in Paris.
const MONDAY_MS: i64 = 1_780_297_200_000;

fn hours() -> CallingHours {
    let hours = vec![TimeRange { from_min: 540, to_min: 1_200 }];
    let week = CallingWeek {
        clock: CallingClock::Callee { unsure: UnsureZone::Strictest },
        weekly: vec![HoursOn { weekdays: 0b001_1111, hours }],
        closed: Vec::new(),
        listed: None,
    };
    CallingHours { open: vec![week], calendars: Vec::new() }
}

fn replay(campaign: CampaignSpec, ticket: TicketSpec, events: Vec<(i64, Logged)>) -> LogReport {
    let events = (1..).zip(events).map(|(line, (after_ms, what))| LogEvent {
        at_ms: MONDAY_MS + after_ms,
        line,
        what,
    });
    let log = CentreLog { events: events.collect(), ..CentreLog::default() };
    replay_logs(&renewals(Vec::new(), campaign, ticket), &[], &[("log.jsonl".to_owned(), log)]).unwrap()
}

fn lead(name: &str, phone: &str) -> Logged {
    let fields = [("phone".to_owned(), phone.to_owned())].into();
    Logged::Lead { lead: name.to_owned(), campaign: "renewals".to_owned(), fields }
}

fn attempt(lead: &str, disposition: Disposition) -> Logged {
    let (lead, grade, intent, said) = (lead.to_owned(), None, None, Vec::new());
    Logged::Attempt { lead, disposition, grade, intent, said }
}

fn of_ticket(ticket: &str, event: TicketLogged) -> Logged {
    Logged::Ticket { ticket: ticket.to_owned(), event }
}

fn opened() -> TicketLogged {
    let (kind, phone) = ("complaint".to_owned(), "+33123456789".to_owned());
    TicketLogged::Opened {
        kind,
        phone,
        priority: None,
        queue: Some("general".to_owned()),
        fields: BTreeMap::new(),
    }
}

#[test]
fn attempts_that_the_policy_would_not_have_made_are_told_with_reason_and_moment() {
    let report = replay(
        CampaignSpec { hours: hours(), ..campaign() },
        ticket(),
        vec![
            (0, lead("a", "+33123456789")),
            (0, attempt("a", Disposition::NoAnswer)),
            (HOUR_MS, attempt("a", Disposition::NoAnswer)),
            (6 * HOUR_MS, attempt("a", Disposition::Busy)),
            (DAY_MS + 12 * HOUR_MS, attempt("a", Disposition::NoAnswer)),
        ],
    );
    let [found] = &report.campaigns[..] else { panic!("{report:#?}") };
    assert_eq!((found.leads, found.attempts, found.not_permitted), (1, 4, 3));
    let told: Vec<_> = found
        .breaches
        .iter()
        .map(|b| (b.line, b.because.as_str(), b.allowed_from.as_deref().unwrap_or("never")))
        .collect();
    assert_eq!(
        told,
        [
            (3, "too soon after the last attempt", "2026-06-01T11:00:00Z"),
            (4, "no attempts left", "2026-06-02T07:00:00Z"),
            (5, "outside calling hours", "2026-06-03T07:00:00Z"),
        ]
    );
    assert_eq!((found.live_answer_rate, found.dispositions["no_answer"]), (Some(0.0), 3));
}

#[test]
fn calls_are_graded_by_what_was_said_and_what_follows_is_counted() {
    let graded = |lead: &str, intent: &str, grade: &str| Logged::Attempt {
        lead: lead.to_owned(),
        disposition: Disposition::Conversation,
        grade: Some(grade.to_owned()),
        intent: Some(intent.to_owned()),
        said: Vec::new(),
    };
    let report = replay(
        campaign(),
        ticket(),
        vec![
            (0, lead("a", "+33123456789")),
            (0, lead("b", "+33123456780")),
            (60_000, graded("a", "complaint", "general")),
            (90_000, graded("b", "lost_card", "general")),
        ],
    );
    let [found] = &report.campaigns[..] else { panic!("{report:#?}") };
    let grades: Vec<_> = found.grades.iter().map(|g| (g.grade.as_str(), g.calls, g.share)).collect();
    assert_eq!(grades, [("general", 1, 0.5), ("complaints", 1, 0.5)]);
    assert_eq!((found.graded_otherwise, found.live_answer_rate), (1, Some(1.0)));
    let followed: Vec<_> = found.followed.iter().map(|(what, count)| (what.as_str(), *count)).collect();
    assert_eq!(followed, [("ticket", 1), ("transfer", 1)]);
}

#[test]
fn abandonment_is_held_against_its_cap_over_its_window() {
    let cap = AbandonCap { share: 0.03, of: AbandonedOf::LiveAnswers, window: Window::Sliding(30 * DAY_MS) };
    let mut events: Vec<(i64, Logged)> =
        (0..200).map(|n| (0, lead(&n.to_string(), &format!("+331234{n:05}")))).collect();
    let ended = |n| if n % 25 == 0 { Disposition::Abandoned } else { Disposition::Conversation };
    events.extend((0..200_i64).map(|n| (n * 60_000, attempt(&n.to_string(), ended(n)))));
    let report = replay(CampaignSpec { pacing: Pacing::Predictive(cap), ..campaign() }, ticket(), events);
    let found = report.campaigns[0].abandonment.unwrap();
    assert_eq!((found.abandoned, found.of, found.held), (8, 200, false));
    assert!((found.share - 0.04).abs() < 1e-9 && found.worst.unwrap() > 0.04);
}

#[test]
fn deadlines_that_passed_and_promises_that_were_broken_are_told() {
    let call_back = CallBack { within_ms: DAY_MS, dialog: None, under: Vec::new(), hours: hours() };
    let report = replay(
        campaign(),
        TicketSpec { call_back: Some(call_back), ..ticket() },
        vec![
            (0, of_ticket("t1", opened())),
            (0, of_ticket("t2", opened())),
            (HOUR_MS, of_ticket("t1", TicketLogged::Worked { fields: BTreeMap::new(), done: false })),
            (3 * HOUR_MS, of_ticket("t2", TicketLogged::Worked { fields: BTreeMap::new(), done: false })),
            (4 * HOUR_MS, of_ticket("t1", TicketLogged::Closed)),
            (4 * HOUR_MS, of_ticket("t2", TicketLogged::Closed)),
            (5 * HOUR_MS, of_ticket("t1", TicketLogged::CalledBack { reached: true })),
            (40 * HOUR_MS, of_ticket("t9", TicketLogged::Worked { fields: BTreeMap::new(), done: false })),
        ],
    );
    let [found] = &report.tickets[..] else { panic!("{report:#?}") };
    assert_eq!((found.opened, found.closed, found.open_at_end, found.deadlines_missed), (2, 2, 0, 1));
    let missed = &found.breaches[0];
    let told = (missed.ticket.as_str(), missed.at.as_str(), missed.unless, missed.escalate_to.as_str());
    assert_eq!(told, ("t2", "2026-06-01T09:00:00Z", "touched", "supervisor"));
    let calls = found.call_backs.unwrap();
    assert_eq!((calls.promised, calls.made, calls.late, calls.outside_hours), (2, 1, 0, 0));
    assert_eq!(
        (calls.coverage, calls.never_in_time, found.mean_open_ms),
        (Some(0.5), 0, Some(4.0 * 3_600_000.0))
    );
    assert_eq!(report.notes[0].line, 8);
    assert!(report.notes[0].message.starts_with("ticket `t9` is not known yet"));
}

#[test]
fn names_that_the_policy_does_not_know_are_told_with_a_hint() {
    let mistaken = Logged::Lead {
        lead: "a".to_owned(),
        campaign: "renewal".to_owned(),
        fields: std::collections::BTreeMap::new(),
    };
    let report = replay(campaign(), ticket(), vec![(0, mistaken), (1, attempt("a", Disposition::Busy))]);
    let messages: Vec<&str> = report.notes.iter().map(|note| note.message.as_str()).collect();
    assert!(messages[0].starts_with("the policy has no campaign `renewal`"), "{messages:?}");
    assert_eq!(messages[1], "lead `a` is not known yet; a line with event `lead` must come before");
    assert!(report.campaigns.is_empty());
}

#[test]
fn a_breach_names_the_lines_that_it_breaks_and_a_settled_lead_is_one() {
    let clause = |law, text: &str, limit| Clause {
        law,
        text: text.to_owned(),
        place: Place { file: "p.tdm".to_owned(), line: 7, column: 3 },
        limit,
    };
    let law = LawCitation {
        name: "std.law.strict".to_owned(),
        version: "2".to_owned(),
        source: String::new(),
        as_of: 0,
    };
    let cap = AttemptCap { max: 2, window: Window::Sliding(DAY_MS), per: AttemptsOf::Person };
    let spec = CampaignSpec {
        under: vec![law],
        clauses: vec![
            clause(None, "wait 4h after no_answer", Limit::Wait(Disposition::NoAnswer, 4 * HOUR_MS)),
            clause(Some(0), "at most 2 attempts per day", Limit::Attempts(cap)),
            clause(Some(0), "calls only in 09:00-20:00", Limit::Hours(hours())),
        ],
        hours: hours(),
        ..campaign()
    };
    let events = vec![
        (0, lead("a", "+33123456789")),
        (0, attempt("a", Disposition::NoAnswer)),
        (HOUR_MS, attempt("a", Disposition::NoAnswer)),
        (13 * HOUR_MS, attempt("a", Disposition::Conversation)),
        (3 * DAY_MS, attempt("a", Disposition::Conversation)),
        (3 * DAY_MS, lead("a", "+33123456789")),
        (4 * DAY_MS, attempt("a", Disposition::Conversation)),
    ];
    let report = replay(spec, ticket(), events);
    let [found] = &report.campaigns[..] else { panic!("{report:#?}") };
    let broken = |breach: &Breach| {
        let lines = breach.breaks.iter().map(|one| format!("{:?} {} {}", one.law, one.clause, one.place));
        (breach.line, breach.because.clone(), lines.collect::<Vec<_>>().join("; "))
    };
    let told: Vec<_> = found.breaches.iter().map(broken).collect();
    let law = "Some(\"std.law.strict 2\")";
    let expected = [
        (3, "too soon after the last attempt", "None wait 4h after no_answer p.tdm:7".to_owned()),
        (
            4,
            "no attempts left",
            format!("{law} at most 2 attempts per day p.tdm:7; {law} calls only in 09:00-20:00 p.tdm:7"),
        ),
        (5, "the lead is settled", String::new()),
    ];
    let expected = expected.map(|(line, because, lines)| (line, because.to_owned(), lines));
    assert_eq!(told, expected, "given anew, a lead may be called again");
}
