//! The tickets' behaviour, against a model that looks at the whole history anew.

use proptest::prelude::*;
use tandem_stdlib::contract::{
    CallBack, CallingClock, CallingHours, CallingWeek, Manifest, Place, Reason, Speech, TicketDeadline,
    TicketEvent, TicketField, TicketGoal, TicketMoves, TicketNotice, TicketPrefill, TicketSpec, TicketStep,
    Type, UnsureZone,
};
use tandem_stdlib::words::{HoursOn, TimeRange, days_of_date, moment_ms};

use super::*;
use crate::Answer;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

fn deadline(unless: TicketEvent, within_ms: i64, repeats: bool) -> TicketDeadline {
    let reason = Reason { because: String::new(), place: Place::default() };
    TicketDeadline {
        unless,
        within_ms,
        calendar: None,
        repeats,
        when: None,
        escalate_to: 1,
        reassign_to: 0,
        step: None,
        goes_to: None,
        reason,
    }
}

fn kind(deadlines: Vec<TicketDeadline>) -> TicketSpec {
    TicketSpec {
        name: "shop.repair".to_owned(),
        place: Place::default(),
        opens: None,
        classify: None,
        assign: 0,
        deadlines,
        notices: Vec::new(),
        call_back: None,
        fields: Vec::new(),
        prefill: TicketPrefill::default(),
        steps: Vec::new(),
    }
}

fn call_back() -> CallBack {
    let hours = vec![TimeRange { from_min: 600, to_min: 1_140 }];
    let week = CallingWeek {
        clock: CallingClock::Callee { unsure: UnsureZone::Never },
        weekly: vec![HoursOn { weekdays: 0b001_1111, hours }],
        closed: Vec::new(),
        listed: None,
    };
    CallBack {
        within_ms: 24 * HOUR_MS,
        dialog: Some(0),
        under: Vec::new(),
        hours: CallingHours { open: vec![week], calendars: Vec::new() },
    }
}

struct Desk {
    tickets: Tickets,
    actions: Vec<TicketAction>,
}

impl Desk {
    fn new(kind: TicketSpec) -> Self {
        let manifest = Manifest { tickets: vec![kind], ..Manifest::default() };
        Self { tickets: Tickets::new(&manifest, |_| &["Europe/Paris"]).unwrap(), actions: Vec::new() }
    }

    fn event(&mut self, now_ms: i64, event: TicketsEvent) -> &[TicketAction] {
        self.actions.clear();
        self.tickets.handle(now_ms, event, &mut EveryDeadline, &mut self.actions);
        &self.actions
    }

    fn open(&mut self, now_ms: i64, id: u64) -> &[TicketAction] {
        let (number, classified) = ("+33123456789".to_owned(), Classified { priority: 2, queue: 3 });
        let (ticket, language) = (TicketId(id), String::new());
        self.event(
            now_ms,
            TicketsEvent::Open { ticket, kind: 0, number, language, classified, fields: Answer::default() },
        )
    }

    fn happen(&mut self, now_ms: i64, id: u64, event: TicketEvent) -> &[TicketAction] {
        self.event(now_ms, TicketsEvent::Happened(TicketId(id), event))
    }

    fn wake(&mut self, now_ms: i64) -> &[TicketAction] {
        self.actions.clear();
        self.tickets.wake(now_ms, &mut EveryDeadline, &mut self.actions);
        &self.actions
    }
}

const TICKET: TicketId = TicketId(1);

fn escalated(due_ms: i64, deadline: usize) -> TicketAction {
    TicketAction::Escalate { ticket: TICKET, deadline, role: 1, due_ms }
}

#[test]
fn a_ticket_that_nobody_touches_is_escalated_once() {
    let mut desk = Desk::new(kind(vec![deadline(TicketEvent::Touched, 2 * HOUR_MS, false)]));
    assert_eq!(desk.open(0, 1), [TicketAction::Assign { ticket: TICKET, queue: 3 }]);
    assert_eq!(desk.tickets.wake_at(), Some(2 * HOUR_MS));
    assert_eq!(desk.wake(2 * HOUR_MS), [escalated(2 * HOUR_MS, 0)]);
    assert!(desk.wake(100 * HOUR_MS).is_empty());
    assert_eq!(desk.tickets.tally(0).unwrap().times(TicketEvent::Escalated), 1);
}

#[test]
fn a_touch_at_the_last_moment_is_in_time_and_one_after_is_not() {
    let mut desk = Desk::new(kind(vec![deadline(TicketEvent::Touched, HOUR_MS, false)]));
    desk.open(0, 1);
    assert!(desk.happen(HOUR_MS, 1, TicketEvent::Touched).is_empty());
    assert!(desk.wake(9 * HOUR_MS).is_empty());
    let mut late = Desk::new(kind(vec![deadline(TicketEvent::Touched, HOUR_MS, false)]));
    late.open(0, 1);
    assert_eq!(late.happen(HOUR_MS + 1, 1, TicketEvent::Touched), [escalated(HOUR_MS, 0)]);
}

#[test]
fn a_deadline_that_repeats_begins_anew_with_each_touch() {
    let mut desk = Desk::new(kind(vec![deadline(TicketEvent::Touched, HOUR_MS, true)]));
    desk.open(0, 1);
    desk.happen(50 * MINUTE_MS, 1, TicketEvent::Touched);
    assert!(desk.wake(HOUR_MS).is_empty());
    assert_eq!(desk.wake(110 * MINUTE_MS), [escalated(110 * MINUTE_MS, 0)]);
    desk.happen(200 * MINUTE_MS, 1, TicketEvent::Touched);
    assert_eq!(desk.wake(260 * MINUTE_MS), [escalated(260 * MINUTE_MS, 0)]);
}

#[test]
fn an_escalation_moves_the_ticket_and_tells_those_who_want_to_know() {
    let moves = TicketDeadline { reassign_to: 7, ..deadline(TicketEvent::Touched, HOUR_MS, false) };
    let notice = |when| TicketNotice {
        when: Some(when),
        step: None,
        channel: "sms".to_owned(),
        role: 0,
        speech: Speech::default(),
    };
    let notices = vec![notice(TicketEvent::Assigned), notice(TicketEvent::Escalated)];
    let mut desk = Desk::new(TicketSpec { notices, ..kind(vec![moves]) });
    desk.open(0, 1);
    assert_eq!(desk.actions[1], TicketAction::Notify { ticket: TICKET, notice: 0, text: String::new() });
    let told = |notice| TicketAction::Notify { ticket: TICKET, notice, text: String::new() };
    let assigned = TicketAction::Assign { ticket: TICKET, queue: 7 };
    assert_eq!(desk.wake(HOUR_MS), [escalated(HOUR_MS, 0), told(1), assigned, told(0)]);
    assert_eq!(desk.tickets.ticket(TICKET), Some(Classified { priority: 2, queue: 7 }));
}

#[test]
fn what_makes_no_sense_is_ignored_with_a_reason() {
    let mut desk = Desk::new(kind(Vec::new()));
    let ignored = |because| TicketAction::Ignored { ticket: TICKET, because };
    assert_eq!(desk.happen(0, 1, TicketEvent::Touched), [ignored(Ignored::Unknown)]);
    desk.open(0, 1);
    assert_eq!(desk.open(1, 1), [ignored(Ignored::Known)]);
    assert_eq!(desk.happen(2, 1, TicketEvent::Reopened), [ignored(Ignored::NotNow)]);
    desk.happen(3, 1, TicketEvent::Closed);
    assert_eq!(desk.happen(4, 1, TicketEvent::Touched), [ignored(Ignored::NotNow)]);
}

fn paris(day: u32, hour: i64) -> i64 {
    moment_ms(days_of_date(2026, 6, day).unwrap(), hour * HOUR_MS, "Europe/Paris").unwrap()
}

#[test]
fn the_customer_is_called_back_inside_the_hours_and_late_when_there_is_no_other_moment() {
    let mut desk = Desk::new(TicketSpec { call_back: Some(call_back()), ..kind(Vec::new()) });
    // Tuesday evening: Wednesday at ten is in time.
    desk.open(paris(2, 9), 1);
    desk.happen(paris(2, 20), 1, TicketEvent::Closed);
    assert_eq!(desk.tickets.wake_at(), Some(paris(3, 10)));
    let called = |by_ms, late| TicketAction::CallBack { ticket: TICKET, dialog: Some(0), by_ms, late };
    assert_eq!(desk.wake(paris(3, 10)), [called(paris(3, 20), false)]);
    desk.event(paris(3, 10) + 90_000, TicketsEvent::CalledBack { ticket: TICKET, reached: true });
    // Friday evening: Monday is the first day, which is late.
    desk.happen(paris(4, 10), 1, TicketEvent::Reopened);
    desk.happen(paris(5, 20), 1, TicketEvent::Closed);
    assert_eq!(desk.wake(paris(8, 10)), [called(paris(6, 20), true)]);
    let tally = desk.tickets.tally(0).unwrap();
    assert_eq!((tally.call_back_coverage(), tally.late_share(), tally.reached), (Some(1.0), Some(0.5), 1));
}

#[test]
fn who_is_not_reached_is_tried_again_and_then_left() {
    let mut desk = Desk::new(TicketSpec { call_back: Some(call_back()), ..kind(Vec::new()) });
    desk.open(paris(2, 9), 1);
    desk.happen(paris(2, 11), 1, TicketEvent::Closed);
    for (hour, last) in [(11, false), (13, false), (15, true)] {
        desk.wake(paris(2, hour));
        let missed = TicketsEvent::CalledBack { ticket: TICKET, reached: false };
        let actions = desk.event(paris(2, hour), missed);
        let given_up = TicketAction::NoCallBack { ticket: TICKET, because: NoCallBack::NotReached };
        assert_eq!(actions.contains(&given_up), last);
    }
}

#[test]
fn a_closed_ticket_is_forgotten_in_time() {
    let mut desk = Desk::new(kind(vec![deadline(TicketEvent::Touched, HOUR_MS, true)]));
    desk.open(0, 1);
    desk.happen(1, 1, TicketEvent::Closed);
    desk.wake(1 + limits::REOPENED_WITHIN_MS);
    assert!(desk.tickets.tickets.is_empty() && desk.tickets.due.is_empty());
}

/// All passings of one deadline of one ticket, found by looking at its events in order.
fn passings(spec: &TicketDeadline, events: &[(i64, TicketEvent)], until_ms: i64) -> Vec<i64> {
    let (mut passings, mut due_ms) = (Vec::new(), None);
    let ends = events.iter().copied().map(Some).chain([None]);
    for event in ends {
        let now_ms = event.map_or(until_ms + 1, |(at_ms, _)| at_ms);
        if let Some(due) = due_ms.filter(|due| *due < now_ms) {
            passings.push(due);
            due_ms = None;
        }
        match event {
            Some((at_ms, TicketEvent::Opened | TicketEvent::Reopened)) => {
                due_ms = Some(at_ms + spec.within_ms)
            }
            Some((_, TicketEvent::Closed)) => due_ms = None,
            Some((at_ms, what)) if what == spec.unless => {
                due_ms = spec.repeats.then_some(at_ms + spec.within_ms);
            }
            _ => {}
        }
    }
    passings
}

/// Three steps by queues 1 to 3, each done to the next and the last to the end; each moves on by itself after two hours.
fn three_steps() -> TicketSpec {
    let goal = |step: u32| if step < 2 { TicketGoal::Step(step + 1) } else { TicketGoal::Closed };
    let step = |at: u32| TicketStep {
        name: at.to_string(),
        place: Place::default(),
        queue: u64::from(at) + 1,
        needs: Vec::new(),
        done: Some(TicketMoves { entry: 0, goals: vec![goal(at)] }),
        at_once: None,
    };
    let moves = |at: u32| TicketDeadline {
        step: Some(at),
        goes_to: Some(goal(at)),
        ..deadline(TicketEvent::Done, 2 * HOUR_MS, false)
    };
    TicketSpec { steps: (0..3).map(step).collect(), ..kind((0..3).map(moves).collect()) }
}

#[test]
fn a_ticket_that_is_opened_again_was_with_nobody_meanwhile() {
    let mut desk = Desk::new(three_steps());
    desk.open(0, 1);
    let done = || TicketsEvent::Worked { ticket: TICKET, fields: Answer::default(), done: true };
    desk.event(HOUR_MS, done());
    desk.happen(HOUR_MS + 1, 1, TicketEvent::Closed);
    desk.happen(2 * HOUR_MS, 1, TicketEvent::Reopened);
    desk.happen(3 * HOUR_MS, 1, TicketEvent::Closed);
    let queues = &desk.tickets.tally(0).unwrap().queues;
    let stays: Vec<_> = queues.iter().map(|(queue, stays)| (*queue, stays.times, stays.total_ms)).collect();
    assert_eq!(stays, [(1, 2, 2 * HOUR_MS), (2, 1, 1)]);
}

/// Entry 9 decides once something is written into the first field, others always do.
struct OnceWritten;

impl TicketRules for OnceWritten {
    fn outcome(&mut self, entry: u32, considered: Considered<'_>) -> Option<usize> {
        (entry != 9 || considered.fields.slot(0).is_some()).then_some(0)
    }

    fn words(&mut self, _speech: &Speech, _considered: Considered<'_>) -> String {
        String::new()
    }
}

#[test]
fn what_is_written_down_counts_although_the_step_cannot_be_finished() {
    let mut spec = three_steps();
    let field = |name: &str| TicketField { name: name.to_owned(), ty: Type::Number, default: 0 };
    spec.fields = vec![field("cost"), field("hours")];
    spec.steps[0].needs = vec![1];
    spec.steps[0].at_once = Some(TicketMoves { entry: 9, goals: vec![TicketGoal::Step(2)] });
    let mut desk = Desk::new(spec);
    let mut event = |now_ms, event| {
        let mut actions = Vec::new();
        desk.tickets.handle(now_ms, event, &mut OnceWritten, &mut actions);
        (desk.tickets.step(TICKET), actions)
    };
    let (number, language) = (String::new(), String::new());
    let classified = Classified::default();
    event(
        0,
        TicketsEvent::Open {
            ticket: TICKET,
            kind: 0,
            number,
            language,
            classified,
            fields: Answer::default(),
        },
    );
    let mut fields = Answer::default();
    fields.set(0, 5);
    let (step, actions) = event(1, TicketsEvent::Worked { ticket: TICKET, fields, done: true });
    assert!(actions.contains(&TicketAction::Ignored { ticket: TICKET, because: Ignored::FieldMissing }));
    assert_eq!(step, Some(2));
}

proptest! {
    /// An open ticket is in one step, whose queue has it and whose deadline alone runs; all of its time is somebody's.
    #[test]
    fn an_open_ticket_is_always_in_one_step(
        happens in prop::collection::vec((1_i64..3 * HOUR_MS, 0_usize..5), 1..60),
    ) {
        let mut desk = Desk::new(three_steps());
        desk.open(0, 1);
        let mut now_ms = 0;
        for (gap_ms, what) in happens {
            now_ms += gap_ms;
            let worked = |done| TicketsEvent::Worked { ticket: TICKET, fields: Answer::default(), done };
            match what {
                0 => desk.event(now_ms, worked(true)),
                1 => desk.event(now_ms, worked(false)),
                2 => desk.happen(now_ms, 1, TicketEvent::Closed),
                3 => desk.happen(now_ms, 1, TicketEvent::Reopened),
                _ => desk.wake(now_ms),
            };
            let step = desk.tickets.step(TICKET);
            let running = desk.tickets.due.len();
            match step {
                Some(step) => {
                    prop_assert_eq!(desk.tickets.ticket(TICKET).unwrap().queue, u64::from(step) + 1);
                    prop_assert!(running <= 1, "{:?}", desk.tickets.due);
                }
                None => prop_assert_eq!(running, 1, "only that it will be forgotten"),
            }
        }
        desk.happen(now_ms + 1, 1, TicketEvent::Closed);
        let tally = desk.tickets.tally(0).unwrap();
        let total = |stays: &mut dyn Iterator<Item = &Stays>| stays.map(|one| one.total_ms).sum::<i64>();
        let (steps, queues) = (total(&mut tally.steps.values()), total(&mut tally.queues.values()));
        prop_assert_eq!(steps, queues);
        prop_assert_eq!(tally.times(TicketEvent::Opened) + tally.times(TicketEvent::Reopened), tally.times(TicketEvent::Closed));
    }

    /// Every deadline passes exactly when nothing met it, once; none is lost; a closed ticket leaves nothing behind.
    #[test]
    fn deadlines_pass_exactly_when_they_were_not_met(
        gaps in prop::collection::vec((1_i64..3 * HOUR_MS, 0_usize..3), 1..40),
        wakes in any::<bool>(),
        repeats in any::<bool>(),
    ) {
        let deadlines =
            vec![deadline(TicketEvent::Touched, 2 * HOUR_MS, repeats), deadline(TicketEvent::Closed, 5 * HOUR_MS, false)];
        let mut desk = Desk::new(kind(deadlines.clone()));
        let (mut events, mut passed) = (vec![(0, TicketEvent::Opened)], vec![Vec::new(), Vec::new()]);
        let mut note = |actions: &[TicketAction]| {
            for action in actions {
                if let TicketAction::Escalate { deadline, due_ms, .. } = action {
                    passed[*deadline].push(*due_ms);
                }
            }
        };
        note(desk.open(0, 1));
        let (mut now_ms, mut closed) = (0, false);
        for (gap_ms, what) in gaps {
            now_ms += gap_ms;
            if wakes {
                note(desk.wake(now_ms - 1));
            }
            let event = [TicketEvent::Touched, TicketEvent::Closed, TicketEvent::Reopened][what];
            let legal = closed == (event == TicketEvent::Reopened);
            note(desk.happen(now_ms, 1, event));
            if legal {
                closed = event == TicketEvent::Closed;
                events.push((now_ms, event));
            }
        }
        let until_ms = now_ms + 20 * HOUR_MS;
        note(desk.wake(until_ms));
        for (spec, passed) in deadlines.iter().zip(&passed) {
            prop_assert_eq!(passed, &passings(spec, &events, until_ms));
        }
        prop_assert!(desk.tickets.due.len() <= deadlines.len() + 1);
        if closed {
            prop_assert_eq!(desk.tickets.due.len(), 1, "only that it will be forgotten");
        }
    }
}
