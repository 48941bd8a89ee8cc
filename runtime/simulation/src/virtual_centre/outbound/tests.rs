//! What campaigns promise, held against every call of random campaigns: looked at from outside, by a checker of its own.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use proptest::prelude::*;
use tandem_centre::{Core, zones_by_number};
use tandem_stdlib::contract::{
    AbandonCap, AbandonedOf, AttemptCap, AttemptsOf, CallingClock, CallingHours, CallingWeek, CampaignSpec,
    Disposition, FollowAction, MachinePolicy, Pacing, QueueSpec, SourceField, Type, UnsureZone, Window,
};
use tandem_stdlib::words::{HoursOn, TimeRange};

use super::counts::{Traced, What};
use crate::scenario::{Files, read_scenario};
use crate::testing::{campaign, renewals, ticket};
use crate::virtual_centre::model::Centre;
use crate::virtual_centre::world::World;

const HOUR_MS: i64 = 3_600_000;

/// People with two numbers, numbers of two people, four time zones.
struct Leads;

impl Files for Leads {
    fn text(&self, _name: &str) -> Result<String, String> {
        let mut rows = "phone,person\n".to_owned();
        for row in 0..120_u32 {
            let prefix = ["+1202555", "+1303555", "+4420794600", "+8613800138"][row as usize % 4];
            let digits = if row % 4 == 2 { format!("{:02}", row % 37) } else { format!("{:04}", row % 37) };
            let digits = if row % 4 == 3 { &digits[1..] } else { &digits };
            rows.push_str(&format!("{prefix}{digits},p{}\n", row % 53));
        }
        Ok(rows)
    }
}

/// What all campaigns share, and what each has for itself.
const SCENARIO: (&str, &str) = (
    "zone = \"UTC\"\nstart = 2026-03-05\ndays = 9\nreplications = 1\n\
    [[agents]]\ncount = 5\n\
    [detector]\nmachine_found = \"80%\"\nperson_taken_for_machine = \"5%\"\nmachine_decides = \"uniform 200ms..900ms\"\n",
    "[campaigns.renewals]\nleads = \"leads.csv\"\nanswered = \"35%\"\nmachine = \"20%\"\nbusy = \"10%\"\n\
    refuses = \"10%\"\nhangs_up = \"5%\"\nasks_later = \"10%\"\nlater = \"30min\"\ntalk = \"90s\"\nlooks = \"2min\"\n\
    grades = { general = 2, complaints = 1 }\n",
);

fn windows() -> impl Strategy<Value = Window> {
    prop_oneof![
        (1_i64..72).prop_map(|hours| Window::Sliding(hours * HOUR_MS)),
        Just(Window::CalendarDay),
        Just(Window::Campaign),
    ]
}

fn caps() -> impl Strategy<Value = AttemptCap> {
    let per = prop::sample::select(vec![AttemptsOf::Person, AttemptsOf::Number]);
    (1_u32..5, windows(), per).prop_map(|(max, window, per)| AttemptCap { max, window, per })
}

fn pacings() -> impl Strategy<Value = Pacing> {
    let cap = AbandonCap { share: 0.05, of: AbandonedOf::LiveAnswers, window: Window::CalendarDay };
    prop::sample::select(vec![
        Pacing::Preview,
        Pacing::Progressive,
        Pacing::Power(2.0),
        Pacing::Predictive(cap),
    ])
}

/// A time after each of some dispositions.
fn after() -> impl Strategy<Value = Vec<(Disposition, i64)>> {
    let some = prop::sample::subsequence(Disposition::ALL.to_vec(), 0..5);
    (some, prop::collection::vec(1_i64..50, 5)).prop_map(|(some, hours)| {
        some.into_iter().zip(hours).map(|(one, hours)| (one, hours * HOUR_MS)).collect()
    })
}

fn weeks() -> impl Strategy<Value = CallingWeek> {
    (0_u16..12, 4_u16..12, 1_u8..128).prop_map(|(from, hours, weekdays)| CallingWeek {
        clock: CallingClock::Callee { unsure: UnsureZone::Strictest },
        weekly: vec![HoursOn {
            weekdays,
            hours: vec![TimeRange { from_min: from * 60 + 7, to_min: (from + hours) * 60 }],
        }],
        closed: Vec::new(),
        listed: None,
    })
}

prop_compose! {
    fn specs()(
        attempts in prop::collection::vec(caps(), 0..4),
        pacing in pacings(),
        waits in after(),
        mut lockouts in after(),
        for_ever in prop::sample::subsequence(vec![Disposition::Refused, Disposition::HungUp], 0..=2),
        week in weeks(),
        never in any::<bool>(),
        again_hours in 1_i64..30,
        leaves_message in any::<bool>(),
    ) -> CampaignSpec {
        lockouts.retain(|(disposition, _)| !for_ever.contains(disposition));
        lockouts.extend(for_ever.into_iter().map(|disposition| (disposition, i64::MAX)));
        let again = FollowAction::CallAgain { after_ms: again_hours * HOUR_MS };
        let follow_ups = vec![
            (1, vec![again]),
            (2, if never { vec![FollowAction::NeverAgain] } else { Vec::new() }),
        ];
        let message = MachinePolicy::Message(tandem_stdlib::contract::Speech::default());
        CampaignSpec {
            attempts,
            pacing,
            waits,
            lockouts,
            follow_ups,
            person_field: Some(1),
            hours: CallingHours { open: vec![week], calendars: Vec::new() },
            machine: if leaves_message { message } else { MachinePolicy::HangUp },
            machine_within_ms: 1_000,
            ..campaign()
        }
    }
}

/// Names of campaigns, in order.
const NAMES: [&str; 3] = ["renewals", "upgrades", "surveys"];

fn core(specs: &[CampaignSpec]) -> Core {
    let artefact = renewals(Vec::new(), campaign(), ticket()).artefact().clone();
    let mut manifest = (*artefact.manifest).clone();
    let person = SourceField { name: "person".to_owned(), ty: Type::Text, sensitive: false, default: None };
    manifest.sources[0].fields.push(person);
    let named = NAMES.iter().zip(specs).zip([1, 2, 1]);
    let named = named.map(|((name, spec), queue)| CampaignSpec {
        name: format!("bank.{name}"),
        queue,
        ..spec.clone()
    });
    manifest.campaigns = named.collect();
    let queue = |name: &str| QueueSpec { name: name.to_owned(), ..QueueSpec::default() };
    manifest.queues = ["general", "complaints"].map(queue).to_vec();
    Core::new(tandem_stdlib::contract::Artefact { manifest: std::sync::Arc::new(manifest), ..artefact })
        .unwrap()
}

/// Runs the core's campaigns; numbers come on the do-not-call list so many hours after the beginning.
fn run(core: &Core, seed: u64, forbidden: &[(i64, usize)]) -> Vec<Traced> {
    let campaigns = NAMES.iter().take(core.manifest().campaigns.len());
    let tables: String = campaigns.map(|name| SCENARIO.1.replace("renewals", name)).collect();
    let text = format!("seed = {seed}\n{}{tables}", SCENARIO.0);
    let scenario =
        read_scenario("test.toml", &text, &Leads, &[]).unwrap_or_else(|errors| panic!("{errors:?}"));
    let centre = Centre::new(&scenario, Some(core)).unwrap_or_else(|error| panic!("{error}"));
    let numbers: Vec<String> = Leads
        .text("")
        .unwrap()
        .lines()
        .skip(1)
        .map(|row| row.split(',').next().unwrap().to_owned())
        .collect();
    let at = |(hours, row): &(i64, usize)| {
        (scenario.start_ms + hours * HOUR_MS, numbers[*row % numbers.len()].clone())
    };
    let mut world = World::new(&centre, 0);
    world.forbid(forbidden.iter().map(at).collect());
    world.run().campaigns.swap_remove(0).trace
}

/// What is known of a person, a number or a lead so far.
#[derive(Default)]
struct Past {
    dials: Vec<i64>,
    ended: BTreeMap<Disposition, i64>,
    last: Option<(Disposition, i64)>,
    never: bool,
}

#[derive(Default)]
struct Checker {
    people: BTreeMap<String, Past>,
    numbers: BTreeMap<String, Past>,
    leads: BTreeMap<u64, Past>,
}

impl Checker {
    fn look(&mut self, specs: &[CampaignSpec], traced: &Traced) -> Result<(), TestCaseError> {
        let Traced { at_ms, campaign, lead, person, number, what } = traced;
        let spec = &specs[*campaign as usize];
        match what {
            What::Dialled => {
                self.permits(spec, traced)?;
                self.people.entry(person.clone()).or_default().dials.push(*at_ms);
                self.numbers.entry(number.clone()).or_default().dials.push(*at_ms);
                self.leads.entry(*lead).or_default().dials.push(*at_ms);
            }
            What::Ended(disposition) => {
                self.people.entry(person.clone()).or_default().ended.insert(*disposition, *at_ms);
                self.leads.entry(*lead).or_default().last = Some((*disposition, *at_ms));
            }
            What::NeverAgain => self.people.entry(person.clone()).or_default().never = true,
            What::NumberNeverAgain => self.numbers.entry(number.clone()).or_default().never = true,
        }
        Ok(())
    }

    fn permits(&mut self, spec: &CampaignSpec, traced: &Traced) -> Result<(), TestCaseError> {
        let Traced { at_ms, lead, person, number, .. } = traced;
        let nobody = Past::default();
        let of_person = self.people.get(person).unwrap_or(&nobody);
        let of_number = self.numbers.get(number).unwrap_or(&nobody);
        let of_lead = self.leads.get(lead).unwrap_or(&nobody);
        prop_assert!(!of_person.never && !of_number.never, "on the do-not-call list: {traced:?}");
        for (disposition, quiet_ms) in &spec.lockouts {
            if let Some(ended_ms) = of_person.ended.get(disposition) {
                let open = *quiet_ms != i64::MAX && ended_ms + quiet_ms <= *at_ms;
                prop_assert!(open, "locked out after {disposition:?} at {ended_ms}: {traced:?}");
            }
        }
        if let Some((disposition, ended_ms)) = of_lead.last {
            let wait = spec.waits.iter().find(|(after, _)| *after == disposition).map_or(0, |(_, ms)| *ms);
            prop_assert!(ended_ms + wait <= *at_ms, "{wait} after {disposition:?} at {ended_ms}: {traced:?}");
        }
        for cap in &spec.attempts {
            let past = match (cap.window, cap.per) {
                (Window::Campaign, _) => of_lead,
                (_, AttemptsOf::Person) => of_person,
                (_, AttemptsOf::Number) => of_number,
            };
            let inside = |dial: &&i64| match cap.window {
                Window::Sliding(window_ms) => **dial > at_ms - window_ms,
                Window::CalendarDay => {
                    zones_by_number(number).iter().any(|zone| day(**dial, zone) == day(*at_ms, zone))
                }
                _ => true,
            };
            let made = past.dials.iter().filter(inside).count();
            prop_assert!(made < cap.max as usize, "{made} attempts under {cap:?}: {traced:?}");
        }
        for (week, zone) in spec
            .hours
            .open
            .iter()
            .flat_map(|week| zones_by_number(number).iter().map(move |zone| (week, zone)))
        {
            prop_assert!(is_open(week, *at_ms, zone), "closed in {zone}: {traced:?} {week:?}");
        }
        Ok(())
    }
}

fn local(at_ms: i64, zone: &str) -> jiff::civil::DateTime {
    TimeZone::get(zone).unwrap().to_datetime(jiff::Timestamp::from_millisecond(at_ms).unwrap())
}

fn day(at_ms: i64, zone: &str) -> jiff::civil::Date {
    local(at_ms, zone).date()
}

fn is_open(week: &CallingWeek, at_ms: i64, zone: &str) -> bool {
    let now = local(at_ms, zone);
    let minute = now.hour() as u16 * 60 + now.minute() as u16;
    let weekday = now.date().weekday().to_monday_zero_offset() as u8;
    week.weekly.iter().any(|on| {
        on.weekdays & (1 << weekday) != 0
            && on.hours.iter().any(|range| (range.from_min..range.to_min).contains(&minute))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Attempts in moving windows and days, of people and of numbers, waits, hours on the callee's clock, lock-outs and
    /// the do-not-call list, by person and by number: no call of campaigns that share people, numbers and agents breaks
    /// one, whatever the pace, and the same seed makes the same calls.
    #[test]
    fn no_call_of_random_campaigns_was_forbidden(
        specs in prop::collection::vec(specs(), 1..=3),
        forbidden in prop::collection::vec((0_i64..200, 0_usize..120), 0..40),
        seed in 0_u64..1_000,
    ) {
        let core = core(&specs);
        let trace = run(&core, seed, &forbidden);
        let mut checker = Checker::default();
        for traced in &trace {
            checker.look(&specs, traced)?;
        }
        prop_assert_eq!(&trace, &run(&core, seed, &forbidden));
    }
}

#[test]
fn the_checker_sees_calls_and_what_is_wrong_with_them() {
    let cap = AttemptCap { max: 1, window: Window::Sliding(48 * HOUR_MS), per: AttemptsOf::Person };
    let lax = CampaignSpec { person_field: Some(1), attempts: Vec::new(), ..campaign() };
    let both = [lax.clone(), lax.clone()];
    let trace = run(&core(&both), 1, &[]);
    let dials = |campaign: u32| {
        trace.iter().filter(|traced| traced.what == What::Dialled && traced.campaign == campaign).count()
    };
    assert!(dials(0) > 120 && dials(1) > 120, "{} and {}", dials(0), dials(1));
    for broken in [
        CampaignSpec { attempts: vec![cap], ..lax.clone() },
        CampaignSpec { waits: vec![(Disposition::Busy, 400 * HOUR_MS)], ..lax.clone() },
        CampaignSpec { lockouts: vec![(Disposition::NoAnswer, i64::MAX)], ..lax },
    ] {
        let (mut checker, broken) = (Checker::default(), [broken.clone(), broken]);
        assert!(trace.iter().any(|traced| checker.look(&broken, traced).is_err()), "{broken:?}");
    }
    let number = trace.iter().find(|traced| traced.what == What::Dialled).map(|traced| traced.number.clone());
    let forbidden = Traced { what: What::NumberNeverAgain, number: number.unwrap(), ..trace[0].clone() };
    let mut checker = Checker::default();
    let told = [forbidden].into_iter().chain(trace);
    assert!(
        told.into_iter().any(|traced| checker.look(&both, &traced).is_err()),
        "a number that is forbidden"
    );
}
