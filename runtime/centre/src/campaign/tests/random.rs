//! Campaigns under random events.

use proptest::prelude::*;
use tandem_stdlib::contract::{AbandonCap, AbandonedOf, Disposition, Pacing, Window};

use super::*;

fn dispositions() -> impl Strategy<Value = Disposition> {
    prop::sample::select(Disposition::ALL.to_vec())
}

#[derive(Clone, Debug)]
enum Happens {
    Crew(u32),
    Answered(u64, bool),
    Connected(u64),
    Graded(u64, u64),
    Ended(u64, Disposition),
    Verdict(u64, bool),
    Withdraw(u64),
    Wakes,
}

fn happens() -> impl Strategy<Value = Happens> {
    let attempt = || 1_u64..60;
    prop_oneof![
        (0_u32..6).prop_map(Happens::Crew),
        (attempt(), any::<bool>()).prop_map(|(id, person)| Happens::Answered(id, person)),
        attempt().prop_map(Happens::Connected),
        (attempt(), 0_u64..3).prop_map(|(id, grade)| Happens::Graded(id, grade)),
        (attempt(), dispositions()).prop_map(|(id, disposition)| Happens::Ended(id, disposition)),
        (attempt(), any::<bool>()).prop_map(|(id, yes)| Happens::Verdict(id, yes)),
        (1_u64..20).prop_map(Happens::Withdraw),
        Just(Happens::Wakes),
    ]
}

fn pacings() -> impl Strategy<Value = Pacing> {
    let cap = AbandonCap { share: 0.03, of: AbandonedOf::LiveAnswers, window: Window::CalendarDay };
    prop::sample::select(vec![
        Pacing::Preview,
        Pacing::Progressive,
        Pacing::Power(2.5),
        Pacing::Predictive(cap),
    ])
}

proptest! {
    /// Whatever happens in whatever order: no attempt is lost, every one ends in time, caps and hours hold for every call.
    #[test]
    fn whatever_happens_every_attempt_ends_and_every_call_was_permitted(
        pacing in pacings(),
        events in prop::collection::vec((0_i64..2 * HOUR_MS, happens()), 1..150),
    ) {
        let mut world = World::new(spec(pacing));
        for id in 1..20 {
world.lead(MONDAY_MS, id, &format!("+331234567{id:02}"));
}
        let (mut now_ms, mut calls) = (MONDAY_MS, std::collections::BTreeMap::<u64, Vec<i64>>::new());
        for (gap_ms, happens) in events {
            now_ms += gap_ms;
            match happens {
                Happens::Crew(idle) => {
world.crew(now_ms, idle);
}
                Happens::Answered(id, person) => {
                    let by = if person { AnsweredBy::Person } else { AnsweredBy::Machine };
                    world.answer(now_ms, id, by);
                }
                Happens::Connected(id) => {
world.event(now_ms, CampaignEvent::Connected(AttemptId(id)));
}
                Happens::Graded(id, grade) => {
                    world.event(now_ms, CampaignEvent::Graded { attempt: AttemptId(id), grade });
                }
                Happens::Ended(id, disposition) => {
world.end(now_ms, id, disposition);
}
                Happens::Verdict(id, true) => {
world.event(now_ms, CampaignEvent::Accepted(AttemptId(id)));
}
                Happens::Verdict(id, false) => {
world.event(now_ms, CampaignEvent::Declined(AttemptId(id)));
}
                Happens::Withdraw(id) => {
world.event(now_ms, CampaignEvent::Withdraw(LeadId(id)));
}
                Happens::Wakes => {
world.wake(now_ms);
}
            }
            prop_assert!(world.campaigns.wake_at().is_none_or(|at_ms| at_ms > now_ms), "nothing due is left");
            for lead in world.dialled() {
                let minute = now_ms.rem_euclid(DAY_MS) / 60_000;
                // 09:00–20:00 in Paris is 07:00–18:00 UTC in June.
                prop_assert!((420..1_080).contains(&minute), "called at minute {minute} UTC");
                calls.entry(lead).or_default().push(now_ms);
            }
        }
        for made in calls.values() {
            for at_ms in made {
                let inside = made.iter().filter(|other| (at_ms - 7 * DAY_MS + 1..=*at_ms).contains(*other));
                prop_assert!(inside.count() <= 3);
            }
        }
        // Without agents nothing begins, and with time everything under way ends.
        world.crew(now_ms, 0);
        world.wake(now_ms + DAY_MS);
        world.wake(now_ms + 2 * DAY_MS);
        prop_assert!(world.campaigns.attempts.is_empty() && world.campaigns.timers.is_empty());
        prop_assert!(world.campaigns.people.is_empty());
        let campaign = &world.campaigns.campaigns[0];
        prop_assert!(campaign.ringing_since_ms.is_empty() && campaign.answered == 0);
        let ended: u64 = campaign.tally.dispositions.values().sum();
        prop_assert_eq!(ended, campaign.tally.placed);
    }
}
