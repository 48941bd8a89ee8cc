//! The campaigns' behaviour, with the world played by the test.

use tandem_stdlib::contract::{
    AttemptCap, AttemptsOf, CallingClock, CallingHours, CallingWeek, CampaignSpec, Disposition, FollowAction,
    MachinePolicy, Manifest, NotCalled, Pacing, Place, SourceField, SourceSpec, Speech, Type, UnsureZone,
    Window,
};
use tandem_stdlib::words::{HoursOn, TimeRange};

use super::*;
use crate::sources::Answer;

mod random;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Monday, 2026-06-01 09:00 in Paris.
const MONDAY_MS: i64 = 1_780_297_200_000;

fn zones(number: &str) -> &'static [&'static str] {
    if number.starts_with("+33") { &["Europe/Paris"] } else { &[] }
}

fn spec(pacing: Pacing) -> CampaignSpec {
    let hours = vec![TimeRange { from_min: 540, to_min: 1_200 }];
    let week = CallingWeek {
        clock: CallingClock::Callee { unsure: UnsureZone::Never },
        weekly: vec![HoursOn { weekdays: 0b001_1111, hours }],
        closed: Vec::new(),
        listed: None,
    };
    CampaignSpec {
        name: "shop.renewals".to_owned(),
        place: Place::default(),
        under: Vec::new(),
        clauses: Vec::new(),
        leads: 0,
        phone_field: 0,
        person_field: None,
        language_field: None,
        order: None,
        never: None,
        hours: CallingHours { open: vec![week], calendars: Vec::new() },
        attempts: vec![AttemptCap { max: 3, window: Window::Sliding(7 * DAY_MS), per: AttemptsOf::Person }],
        waits: vec![(Disposition::NoAnswer, 4 * HOUR_MS), (Disposition::Busy, DAY_MS)],
        lockouts: vec![(Disposition::Abandoned, 3 * DAY_MS), (Disposition::Refused, i64::MAX)],
        pacing,
        ring_ms: 20_000,
        caller_id: 0,
        machine: MachinePolicy::HangUp,
        machine_within_ms: 0,
        connect_within_ms: 2_000,
        safe_harbour: Some(Speech::default()),
        dialog: None,
        queue: 1,
        grade: None,
        from_calls: None,
        follow_ups: Vec::new(),
    }
}

fn manifest(spec: CampaignSpec) -> Manifest {
    let phone = SourceField { name: "phone".to_owned(), ty: Type::Phone, sensitive: false, default: None };
    let source = SourceSpec {
        name: "crm.leads".to_owned(),
        parameters: Vec::new(),
        fields: vec![phone],
        within_ms: 0,
    };
    Manifest { sources: vec![source], campaigns: vec![spec], ..Manifest::default() }
}

/// Campaigns with the actions of the last event.
struct World {
    campaigns: Campaigns,
    actions: Vec<CampaignAction>,
}

impl World {
    fn new(spec: CampaignSpec) -> Self {
        Self { campaigns: Campaigns::new(&manifest(spec), zones).unwrap(), actions: Vec::new() }
    }

    fn event(&mut self, now_ms: i64, event: CampaignEvent) -> &[CampaignAction] {
        self.actions.clear();
        self.campaigns.handle(now_ms, event, &mut NoRules, &mut self.actions);
        &self.actions
    }

    fn wake(&mut self, now_ms: i64) -> &[CampaignAction] {
        self.actions.clear();
        self.campaigns.wake(now_ms, &mut NoRules, &mut self.actions);
        &self.actions
    }

    fn lead(&mut self, now_ms: i64, id: u64, number: &str) -> &[CampaignAction] {
        let mut fields = Answer::default();
        fields.set_text(0, number);
        self.event(now_ms, CampaignEvent::Lead(Box::new(Lead { id: LeadId(id), campaign: 0, fields })))
    }

    fn crew(&mut self, now_ms: i64, idle: u32) -> &[CampaignAction] {
        self.event(now_ms, CampaignEvent::Crew { campaign: 0, idle, busy_since_ms: Vec::new() })
    }

    fn dialled(&self) -> Vec<u64> {
        let lead = |action: &CampaignAction| match action {
            CampaignAction::Dial { lead, .. } => Some(lead.0),
            _ => None,
        };
        self.actions.iter().filter_map(lead).collect()
    }

    fn end(&mut self, now_ms: i64, attempt: u64, disposition: Disposition) -> &[CampaignAction] {
        self.event(now_ms, CampaignEvent::Ended { attempt: AttemptId(attempt), disposition })
    }

    fn answer(&mut self, now_ms: i64, attempt: u64, by: AnsweredBy) -> &[CampaignAction] {
        self.event(now_ms, CampaignEvent::Answered { attempt: AttemptId(attempt), by })
    }

    fn permit(&mut self, lead: u64, now_ms: i64) -> Option<Permit> {
        self.campaigns.permit(LeadId(lead), now_ms, &mut NoRules)
    }
}

#[test]
fn calls_as_many_as_agents_are_free_in_order_of_arrival() {
    let mut world = World::new(spec(Pacing::Progressive));
    for id in 1..=5 {
        world.lead(MONDAY_MS, id, &format!("+3312345678{id}"));
    }
    world.crew(MONDAY_MS, 2);
    assert_eq!(world.dialled(), [1, 2]);
    world.end(MONDAY_MS + 1_000, 1, Disposition::Busy);
    assert_eq!(world.dialled(), [3]);
    assert_eq!(world.campaigns.tally(0).unwrap().placed, 3);
}

#[test]
fn waits_attempts_and_hours_come_together_to_one_exact_moment() {
    let mut world = World::new(spec(Pacing::Progressive));
    world.lead(MONDAY_MS, 1, "+33123456781");
    world.crew(MONDAY_MS, 1);
    world.end(MONDAY_MS + 20_000, 1, Disposition::NoAnswer);
    let again = MONDAY_MS + 20_000 + 4 * HOUR_MS;
    assert_eq!(world.permit(1, MONDAY_MS + HOUR_MS), Some(Permit::At(again, NotCalled::Wait)));
    assert_eq!(world.campaigns.wake_at(), Some(again));
    assert!(world.wake(again - 1).is_empty());
    world.wake(again);
    assert_eq!(world.dialled(), [1]);
    // The third attempt is due on Monday at 17:20:40, after two hours of a call that nobody ended.
    world.end(again + 20_000, 2, Disposition::NoAnswer);
    world.wake(again + 20_000 + 4 * HOUR_MS);
    world.end(again + 40_000 + 4 * HOUR_MS, 3, Disposition::NoAnswer);
    // The first of three attempts leaves the window a week after it was made, to the millisecond.
    assert_eq!(
        world.permit(1, MONDAY_MS + 3 * DAY_MS),
        Some(Permit::At(MONDAY_MS + 7 * DAY_MS, NotCalled::Attempts))
    );
    assert_eq!(world.permit(1, MONDAY_MS + 7 * DAY_MS), Some(Permit::Now));
}

#[test]
fn nobody_is_called_outside_the_hours_of_the_week() {
    let mut world = World::new(spec(Pacing::Progressive));
    let friday_evening = MONDAY_MS + 4 * DAY_MS + 11 * HOUR_MS;
    world.crew(friday_evening, 3);
    world.lead(friday_evening, 1, "+33123456781");
    let opens = MONDAY_MS + 7 * DAY_MS;
    let waits =
        CampaignAction::NotCalled { lead: LeadId(1), because: NotCalled::Hours, again_ms: Some(opens) };
    assert_eq!(world.actions, [waits]);
    world.lead(friday_evening, 2, "+4420");
    assert!(matches!(
        world.actions[..],
        [CampaignAction::NotCalled { because: NotCalled::Zone, again_ms: None, .. }]
    ));
    world.lead(friday_evening, 3, "no number");
    assert!(matches!(world.actions[..], [CampaignAction::NotCalled { because: NotCalled::Number, .. }]));
    world.wake(opens);
    assert_eq!(world.dialled(), [1]);
}

#[test]
fn a_call_that_nobody_takes_in_time_is_abandoned_with_a_message_and_then_left_alone() {
    let mut world = World::new(spec(Pacing::Power(2.0)));
    world.lead(MONDAY_MS, 1, "+33123456781");
    world.crew(MONDAY_MS, 1);
    let connect = CampaignAction::Connect { attempt: AttemptId(1), dialog: None, queue: 1 };
    assert_eq!(world.answer(MONDAY_MS + 9_000, 1, AnsweredBy::Person), [connect]);
    assert!(world.wake(MONDAY_MS + 10_999).is_empty());
    let actions = world.wake(MONDAY_MS + 11_000).to_vec();
    assert_eq!(actions[0], CampaignAction::PlaySafeHarbour { attempt: AttemptId(1), text: String::new() });
    let tally = world.campaigns.tally(0).unwrap();
    assert_eq!((tally.live, tally.abandonment()), (1, Some(1.0)));
    let quiet_until = MONDAY_MS + 11_000 + 3 * DAY_MS;
    assert_eq!(world.permit(1, MONDAY_MS + DAY_MS), Some(Permit::At(quiet_until, NotCalled::Quiet)));
}

#[test]
fn machines_are_hung_up_on_or_get_a_message() {
    let mut world = World::new(spec(Pacing::Progressive));
    world.lead(MONDAY_MS, 1, "+33123456781");
    world.crew(MONDAY_MS, 1);
    assert_eq!(
        world.answer(MONDAY_MS + 9_000, 1, AnsweredBy::Machine)[0],
        CampaignAction::HangUp(AttemptId(1))
    );
    let mut world = World::new(CampaignSpec {
        machine: MachinePolicy::Message(Speech::default()),
        ..spec(Pacing::Progressive)
    });
    world.lead(MONDAY_MS, 1, "+33123456781");
    world.crew(MONDAY_MS, 1);
    assert_eq!(
        world.answer(MONDAY_MS + 9_000, 1, AnsweredBy::Machine),
        [CampaignAction::LeaveMessage { attempt: AttemptId(1), text: String::new() }]
    );
    assert_eq!(world.campaigns.tally(0).unwrap().live, 0);
}

#[test]
fn an_agent_looks_at_a_lead_before_it_is_called() {
    let mut world = World::new(spec(Pacing::Preview));
    for id in 1..=3 {
        world.lead(MONDAY_MS, id, &format!("+3312345678{id}"));
    }
    world.crew(MONDAY_MS, 1);
    let preview = CampaignAction::Preview { attempt: AttemptId(1), lead: LeadId(1), campaign: 0 };
    assert_eq!(world.actions, [preview]);
    world.event(MONDAY_MS + 5_000, CampaignEvent::Declined(AttemptId(1)));
    assert!(matches!(world.actions[..], [CampaignAction::Preview { lead: LeadId(2), .. }]));
    world.event(MONDAY_MS + 9_000, CampaignEvent::Accepted(AttemptId(2)));
    assert_eq!(world.dialled(), [2]);
    assert_eq!(world.permit(1, MONDAY_MS + 9_000), Some(Permit::At(MONDAY_MS + 905_000, NotCalled::Wait)));
}

#[test]
fn what_follows_a_grade_follows_once_and_texts_keep_their_cap_and_hours() {
    let send = FollowAction::Send {
        channel: "sms".to_owned(),
        speech: Speech::default(),
        every_ms: Some(10 * HOUR_MS),
        at_most: 3,
    };
    let follow_ups = vec![(1, vec![FollowAction::Ticket(0), send]), (2, vec![FollowAction::NeverAgain])];
    let mut world = World::new(CampaignSpec { follow_ups, ..spec(Pacing::Progressive) });
    world.lead(MONDAY_MS, 1, "+33123456781");
    world.crew(MONDAY_MS, 1);
    world.answer(MONDAY_MS + 9_000, 1, AnsweredBy::Person);
    world.event(MONDAY_MS + 9_500, CampaignEvent::Connected(AttemptId(1)));
    let graded = CampaignEvent::Graded { attempt: AttemptId(1), grade: 1 };
    let said = String::new;
    let text = |number| CampaignAction::Send { lead: LeadId(1), grade: 1, step: 1, text: said(), number };
    let opened = CampaignAction::OpenTicket { lead: LeadId(1), ticket: 0 };
    assert_eq!(world.event(MONDAY_MS + 60_000, graded.clone()), [opened]);
    assert!(world.event(MONDAY_MS + 61_000, graded).is_empty(), "graded once");
    // Nobody is written to while the call goes on.
    world.end(MONDAY_MS + 62_000, 1, Disposition::Conversation);
    assert!(world.actions.contains(&text(1)), "{:?}", world.actions);
    assert!(matches!(
        world.campaigns.standing(LeadId(1), MONDAY_MS + DAY_MS, &mut NoRules),
        Standing::Settled
    ));
    // The second is due on Monday at 19:01, the third on Tuesday at 05:01, before the day begins.
    assert_eq!(world.wake(MONDAY_MS + 62_000 + 10 * HOUR_MS), [text(2)]);
    assert!(world.wake(MONDAY_MS + 62_000 + 20 * HOUR_MS).is_empty());
    assert_eq!(world.campaigns.wake_at(), Some(MONDAY_MS + DAY_MS));
    assert_eq!(world.wake(MONDAY_MS + DAY_MS), [text(3)]);
    assert!(world.wake(MONDAY_MS + 9 * DAY_MS).is_empty());
    assert_eq!(world.campaigns.wake_at(), None);
}

#[test]
fn whoever_refuses_gets_no_text_after_the_call_that_was_graded_before_it_ended() {
    let send = FollowAction::Send {
        channel: "sms".to_owned(),
        speech: Speech::default(),
        every_ms: None,
        at_most: 1,
    };
    let mut world =
        World::new(CampaignSpec { follow_ups: vec![(1, vec![send])], ..spec(Pacing::Progressive) });
    world.lead(MONDAY_MS, 1, "+33123456781");
    world.crew(MONDAY_MS, 1);
    world.answer(MONDAY_MS + 9_000, 1, AnsweredBy::Person);
    world.event(MONDAY_MS + 9_500, CampaignEvent::Connected(AttemptId(1)));
    world.event(MONDAY_MS + 20_000, CampaignEvent::Graded { attempt: AttemptId(1), grade: 1 });
    world.end(MONDAY_MS + 21_000, 1, Disposition::Refused);
    world.wake(MONDAY_MS + 30 * DAY_MS);
    assert!(!world.actions.iter().any(|action| matches!(action, CampaignAction::Send { .. })));
}

#[test]
fn what_an_agent_has_looked_at_for_too_long_is_not_called_after_hours() {
    let mut world = World::new(spec(Pacing::Preview));
    let evening = MONDAY_MS + 11 * HOUR_MS - 5_000;
    world.lead(evening, 1, "+33123456781");
    world.crew(evening, 1);
    assert!(matches!(world.actions[..], [CampaignAction::Preview { .. }]));
    let actions = world.event(evening + 10_000, CampaignEvent::Accepted(AttemptId(1))).to_vec();
    assert_eq!(actions[0], CampaignAction::HangUp(AttemptId(1)), "it is taken off the screen");
    assert!(world.dialled().is_empty(), "{actions:?}");
    world.wake(MONDAY_MS + DAY_MS);
    assert!(matches!(world.actions[..], [CampaignAction::Preview { .. }]), "the next morning");
}

#[test]
fn a_person_who_never_wants_to_be_called_again_is_not() {
    let follow_ups = vec![(2, vec![FollowAction::NeverAgain, FollowAction::CallAgain { after_ms: DAY_MS }])];
    let mut world = World::new(CampaignSpec { follow_ups, ..spec(Pacing::Progressive) });
    world.lead(MONDAY_MS, 1, "+33123456781");
    world.crew(MONDAY_MS, 1);
    world.answer(MONDAY_MS + 9_000, 1, AnsweredBy::Person);
    world.event(MONDAY_MS + 9_500, CampaignEvent::Connected(AttemptId(1)));
    let person = "+33123456781".to_owned();
    let actions = world.event(MONDAY_MS + 20_000, CampaignEvent::Graded { attempt: AttemptId(1), grade: 2 });
    assert_eq!(actions[0], CampaignAction::MarkDoNotCall { person });
    world.end(MONDAY_MS + 62_000, 1, Disposition::HungUp);
    assert_eq!(world.permit(1, MONDAY_MS + 30 * DAY_MS), Some(Permit::Never(NotCalled::DoNotCall)));
    assert!(world.campaigns.wake_at().is_none());
}

#[test]
fn two_leads_of_one_person_are_not_called_at_once() {
    let mut world = World::new(spec(Pacing::Progressive));
    world.lead(MONDAY_MS, 1, "+33123456781");
    world.lead(MONDAY_MS, 2, "+33123456781");
    world.crew(MONDAY_MS, 5);
    assert_eq!(world.dialled(), [1]);
    world.end(MONDAY_MS + 10_000, 1, Disposition::Conversation);
    world.wake(MONDAY_MS + 60_000);
    assert_eq!(world.dialled(), [2], "the second lead is another matter");
}
