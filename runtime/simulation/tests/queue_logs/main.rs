//! Logs of centres whose truth is known: what is estimated must be what they are made of, and a simulation from the log
//! must come to the figures of the log.

#![cfg(test)]

mod centre;

use centre::{Random, Truth, asterisk, bank, bank_that};
use tandem_simulation::{
    Centre, CentreReport, Comparison, Figure, Files, Scenario, ScenarioError, read_scenario, simulate_centre,
};

struct One(String);

impl Files for One {
    fn text(&self, _name: &str) -> Result<String, String> {
        Ok(self.0.clone())
    }
}

fn try_scenario(log: String, more: &str) -> Result<Scenario, Vec<ScenarioError>> {
    read_scenario("s.toml", &format!("log = \"march.txt\"\nreplications = 6\n{more}"), &One(log), &[])
}

fn simulated(log: String, more: &str) -> (Scenario, CentreReport) {
    let scenario = try_scenario(log, more).unwrap_or_else(|errors| panic!("{errors:?}"));
    let report = simulate_centre(&Centre::new(&scenario, None).expect("a sound scenario"), 2, &|| {});
    assert_eq!((report.unfinished, report.unrouted, report.ignored), (0, 0, 0));
    (scenario, report)
}

fn compared(report: &CentreReport, figure: Figure) -> Comparison {
    let all = report.all().expect("calls").comparisons();
    *all.iter().find(|one| one.figure == figure).unwrap_or_else(|| panic!("{figure:?}"))
}

/// The number before `unit` in the note that holds `words`.
fn told(scenario: &Scenario, words: &str, before: &str) -> f64 {
    let note =
        scenario.assumed().iter().find(|note| note.contains(words)).unwrap_or_else(|| panic!("{words}"));
    let (head, _) = note.split_once(before).unwrap_or_else(|| panic!("{note}"));
    head.rsplit(|c: char| !c.is_ascii_digit())
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or_else(|| panic!("{note}"))
}

fn near(found: f64, truth: f64, share: f64, what: &str) {
    assert!((found / truth - 1.0).abs() <= share, "{what}: {found}, in truth {truth}");
}

fn within(one: Comparison, most: f64) {
    let apart = (one.simulated.mean - one.logged).abs();
    assert!(apart <= most, "{:?}: logged {}, simulated {:?}", one.figure, one.logged, one.simulated);
}

/// Erlang A: 33 calls an hour and agent, two thirds of the callers wait.
fn erlang_a() -> Truth {
    Truth {
        seed: 4,
        days: 14,
        rates: [200.0; 24],
        talk_s: 180.0,
        after_call_s: 0.0,
        patience_s: 300.0,
        ring_s: 0.0,
        limit_s: f64::INFINITY,
        agents: vec![vec![(0.0, 24.0)]; 9],
        priority: 0.0,
        hides_priority: false,
        hurry: 1.0,
        crowd_patience: 1.0,
        second: 0.0,
        serves: |_, _, _| true,
        pace: |_| 1.0,
    }
}

/// Two shifts with breaks, a day with a morning and an afternoon, after-call work that no log has.
fn month() -> Truth {
    let agent = |number: usize| {
        let comes = [7.0, 9.0, 13.0][number % 3];
        let lunch = comes + 3.0 + number as f64 * 0.1;
        vec![(comes, lunch), (lunch + 0.5, comes + 8.0)]
    };
    let mut rates = [0.0; 24];
    let day = [40.0, 90.0, 120.0, 130.0, 110.0, 100.0, 100.0, 110.0, 100.0, 90.0, 70.0, 50.0, 40.0, 30.0];
    rates[7..21].copy_from_slice(&day);
    Truth {
        seed: 9,
        days: 28,
        rates,
        talk_s: 150.0,
        after_call_s: 40.0,
        patience_s: 240.0,
        ring_s: 0.0,
        limit_s: f64::INFINITY,
        agents: (0..12).map(agent).collect(),
        priority: 0.3,
        ..erlang_a()
    }
}

#[test]
fn what_a_centre_is_made_of_is_found_in_its_log() {
    let (scenario, report) = simulated(bank(&erlang_a().run()), "");
    near(told(&scenario, "patience is the log's", "s on average"), 300.0, 0.05, "patience");
    let handling = compared(&report, Figure::HandleTime);
    near(handling.simulated.mean, 180.0, 0.03, "talk");
    near(report.groups[0].staffed_hours, 9.0 * 24.0 * 14.0, 0.03, "hours of agents");
    within(compared(&report, Figure::ServiceLevel), 0.03);
    within(compared(&report, Figure::Abandonment), 0.01);
}

#[test]
fn a_month_with_shifts_breaks_and_priorities_is_simulated_as_it_was() {
    let truth = month();
    let (scenario, report) = simulated(bank(&truth.run()), "");
    near(told(&scenario, "patience is the log's", "s on average"), 240.0, 0.1, "patience");
    near(told(&scenario, "after a call", "s on average"), 40.0, 0.15, "after-call work");
    near(report.groups[0].staffed_hours, 12.0 * 7.5 * 28.0, 0.04, "hours of agents");
    assert_eq!(compared(&report, Figure::Offered).is_inside(), Some(true));
    within(compared(&report, Figure::ServiceLevel), 0.03);
    within(compared(&report, Figure::Abandonment), 0.01);
    let waited = compared(&report, Figure::MeanWait);
    near(waited.simulated.mean, waited.logged, 0.1, "mean wait");
    // Priority is a head start of a minute and a half, in the log and in the simulation.
    let wait = |name: &str| {
        let row = report.rows.iter().find(|row| row.name == name).expect("a stream");
        (
            row.logged(Figure::SpeedOfAnswer).expect("logged"),
            row.figure(Figure::SpeedOfAnswer).expect("simulated").mean,
        )
    };
    let (usual, favoured) = (wait("PS, priority 1"), wait("PS, priority 2"));
    assert!(favoured.0 < usual.0 * 0.8 && favoured.1 < usual.1 * 0.8, "{usual:?} {favoured:?}");
    near(usual.1, usual.0, 0.15, "mean wait of the usual");
    near(favoured.1, favoured.0, 0.15, "mean wait of the favoured");
    // By hour of the day, where there were calls enough to tell.
    let hours = report.rows.iter().filter(|row| {
        row.logged(Figure::Offered).is_some_and(|calls| calls > 1_000.0) && row.name.contains(":00")
    });
    let mut seen = 0;
    for row in hours {
        let both = row.logged(Figure::Abandonment).zip(row.figure(Figure::Abandonment));
        let (logged, simulated) = both.expect("calls");
        assert!((logged - simulated.mean).abs() < 0.06, "{}: {logged} {simulated:?}", row.name);
        seen += 1;
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn agents_who_say_when_they_come_are_believed() {
    let truth = Truth { days: 14, priority: 0.0, ..month() };
    let (scenario, report) = simulated(asterisk(&truth.run(), &truth), "");
    assert!(
        scenario.assumed().iter().any(|note| note.contains("12 as the log says itself")),
        "{:?}",
        scenario.assumed()
    );
    near(report.groups[0].staffed_hours, 12.0 * 7.5 * 14.0, 0.02, "hours of agents");
    within(compared(&report, Figure::ServiceLevel), 0.03);
    within(compared(&report, Figure::Abandonment), 0.01);
}

/// Phones that ring for six seconds, and a queue that sends callers off after two minutes.
#[test]
fn rings_and_time_limits_are_the_log_s() {
    let truth = Truth { days: 14, priority: 0.0, ring_s: 6.0, limit_s: 120.0, talk_s: 190.0, ..month() };
    let (_, report) = simulated(asterisk(&truth.run(), &truth), "");
    let sent_off = compared(&report, Figure::TimedOut);
    assert!(sent_off.logged > 0.01, "{sent_off:?}");
    within(sent_off, 0.01);
    within(compared(&report, Figure::ServiceLevel), 0.03);
    within(compared(&report, Figure::Abandonment), 0.01);
    let asked = compared(&report, Figure::SpeedOfAnswer);
    near(asked.simulated.mean, asked.logged, 0.1, "mean wait of answered");
}

fn note<'s>(scenario: &'s Scenario, words: &str) -> &'s str {
    let found = scenario.assumed().iter().find(|note| note.contains(words));
    found.unwrap_or_else(|| panic!("{words}: {:?}", scenario.assumed()))
}

/// The number of seconds that follows these words.
fn seconds_after(note: &str, words: &str) -> f64 {
    let (_, tail) = note.split_once(words).unwrap_or_else(|| panic!("{words}: {note}"));
    let digits: String = tail.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("{words}: {note}"))
}

/// Virtual waiting is read from whom agents took first, where the log has priorities only of those who waited too.
#[test]
fn head_starts_are_found_and_priorities_filled_in() {
    let truth = Truth { hides_priority: true, ..month() };
    let (scenario, report) = simulated(bank_that(&truth.run(), truth.hides_priority), "");
    let found = seconds_after(note(&scenario, "head starts of"), "`PS, priority 2` ");
    near(found, 90.0, 0.1, "head start");
    assert!(note(&scenario, "answered at once").contains("the same shares"));
    let offered = |name: &str| {
        let row = report.rows.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("{name}"));
        row.logged(Figure::Offered).expect("logged")
    };
    let (usual, favoured) = (offered("PS, priority 1"), offered("PS, priority 2"));
    near(favoured / (usual + favoured), truth.priority, 0.1, "share of the favoured");
    within(compared(&report, Figure::ServiceLevel), 0.03);
    within(compared(&report, Figure::Abandonment), 0.01);
    // Where nobody is favoured, nobody is found to be.
    let (scenario, _) = simulated(bank(&Truth { priority: 0.0, second: 0.3, ..month() }.run()), "");
    assert!(
        note(&scenario, "who has waited longest").contains("goes first, as in"),
        "{:?}",
        scenario.assumed()
    );
}

/// Agents who hurry when callers wait.
#[test]
fn pauses_depend_on_how_many_wait() {
    let truth = Truth { after_call_s: 80.0, hurry: 0.3, priority: 0.0, ..month() };
    let (scenario, report) = simulated(bank(&truth.run()), "");
    let told = note(&scenario, "after a call an agent takes none");
    // Where nobody waits, the end of a pause is seen only when somebody comes again: it seems earlier than it was.
    let (idle, busy) = (seconds_after(told, "callers wait: "), seconds_after(told, "where nobody waits, "));
    assert!((45.0..=90.0).contains(&idle) && idle > 1.6 * busy, "{told}");
    near(busy, 24.0, 0.25, "where somebody waits");
    within(compared(&report, Figure::ServiceLevel), 0.03);
    within(compared(&report, Figure::Abandonment), 0.01);
}

/// Callers who leave sooner when many wait before them.
#[test]
fn patience_depends_on_how_many_wait() {
    let truth = Truth { crowd_patience: 0.3, priority: 0.0, talk_s: 190.0, ..month() };
    let (scenario, report) = simulated(bank(&truth.run()), "");
    let told = note(&scenario, "who must wait a minute");
    let share =
        |tail: &str| tail.rsplit(' ').next().and_then(|digits| digits.parse::<f64>().ok()).expect("a share");
    let mut parts = told.split('%').map(share);
    // 1 - exp(-60/240) and 1 - exp(-60/72).
    near(parts.next().expect("few"), 22.1, 0.2, "where few wait");
    near(parts.next().expect("many"), 56.5, 0.2, "where many wait");
    within(compared(&report, Figure::ServiceLevel), 0.03);
    within(compared(&report, Figure::Abandonment), 0.01);
    let waited = compared(&report, Figure::MeanWait);
    near(waited.simulated.mean, waited.logged, 0.1, "mean wait");
}

/// Four agents serve the second queue, on even days alone, and one of them all the time; half of all talk twice as long.
#[test]
fn skills_of_each_day_and_paces_of_agents() {
    let truth = Truth {
        second: 0.15,
        priority: 0.0,
        serves: |agent, day, queue| queue == 0 || agent == 0 || agent < 5 && day % 2 == 0,
        pace: |agent| if agent % 2 == 0 { 0.7 } else { 1.3 },
        ..month()
    };
    let (scenario, report) = simulated(bank(&truth.run()), "");
    let told = note(&scenario, "sets of skills");
    assert!(told.contains("4 of them served other queues on some days"), "{told}");
    for (queue, most) in [("PS", 0.03), ("NE", 0.06)] {
        let row = report.rows.iter().find(|row| row.name == queue).expect("a queue");
        let both =
            |figure| (row.logged(figure).expect("logged"), row.figure(figure).expect("simulated").mean);
        for figure in [Figure::ServiceLevel, Figure::Abandonment] {
            let (logged, simulated) = both(figure);
            assert!((logged - simulated).abs() < most, "{queue} {figure:?}: {logged} {simulated}");
        }
    }
    // Drawn conversations, too, are as long as those of the agent who has them.
    let drawn = "[log]\nfile = \"march.txt\"\nconversations = \"drawn\"\n";
    let log = bank(&truth.run());
    let scenario = read_scenario("s.toml", &format!("replications = 4\n{drawn}"), &One(log), &[]);
    let scenario = scenario.unwrap_or_else(|errors| panic!("{errors:?}"));
    let report = simulate_centre(&Centre::new(&scenario, None).expect("sound"), 2, &|| {});
    let talk = compared(&report, Figure::HandleTime);
    near(talk.simulated.mean, talk.logged, 0.05, "handling time");
    within(compared(&report, Figure::ServiceLevel), 0.04);
    within(compared(&report, Figure::Abandonment), 0.015);
}

/// Fewer agents than there were, on the same callers.
#[test]
fn a_key_of_its_own_takes_the_place_of_the_log() {
    let log = bank(&erlang_a().run());
    let (_, fewer) = simulated(log.clone(), "agents = 7\n");
    let (_, more) = simulated(log, "agents = 14\n");
    let abandonment = |report: &CentreReport| compared(report, Figure::Abandonment);
    let (fewer, more) = (abandonment(&fewer), abandonment(&more));
    assert!(
        fewer.simulated.mean > fewer.logged + 0.05 && more.simulated.mean < more.logged - 0.05,
        "{fewer:?} {more:?}"
    );
    assert_eq!(fewer.is_inside(), Some(false));
}

/// Whatever is done to a log, it is read or refused with a reason, and what is read can be simulated.
#[test]
fn hostile_logs_are_read_or_refused() {
    let truth = Truth { days: 2, ..month() };
    let calls = truth.run();
    let (table, events) = (bank(&calls), asterisk(&calls, &truth));
    let mut random = Random(11);
    let mut read = 0;
    for number in 0..60 {
        let text = if number % 2 == 0 { &table } else { &events };
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        match number % 6 {
            // Cut off in the middle of a line.
            0 | 1 => {
                let keep = 1 + (random.share() * lines.len() as f64) as usize;
                lines.truncate(keep);
                if let Some(last) = lines.last_mut() {
                    last.truncate(last.len() / 2);
                }
            }
            // Out of order, and some twice.
            2 | 3 => {
                for _ in 0..2_000 {
                    let (one, two) = (
                        (random.share() * lines.len() as f64) as usize,
                        (random.share() * lines.len() as f64) as usize,
                    );
                    // The header stays where it is.
                    if one > 0 && two > 0 {
                        lines.swap(one, two);
                    }
                }
                let again = lines[lines.len() / 2..].to_vec();
                lines.extend(again);
            }
            // Bytes of chance.
            _ => {
                for _ in 0..20 + number * 10 {
                    let at = (random.share() * lines.len() as f64) as usize;
                    let odd: String = (0..30).map(|_| char::from((random.share() * 127.0) as u8)).collect();
                    lines[at] = odd;
                }
            }
        }
        match try_scenario(lines.join("\n"), "days = 1\n") {
            Ok(scenario) => {
                let centre = Centre::new(&scenario.with_replications(1), None).map(|_| ());
                assert_eq!(centre, Ok(()));
                read += 1;
            }
            Err(errors) => {
                assert!(errors[0].message.contains("`log` is `march.txt`; expected"), "{errors:?}")
            }
        }
    }
    assert!(read > 20, "{read}");
}

/// Agents whose calls never end in the log are busy with nobody.
#[test]
fn calls_without_an_end_do_not_count() {
    let truth = Truth { days: 2, ..month() };
    let text = asterisk(&truth.run(), &truth);
    let half: String = text
        .lines()
        .enumerate()
        .filter(|(number, line)| !(number % 2 == 0 && line.contains("COMPLETE")))
        .map(|(_, line)| format!("{line}\n"))
        .collect();
    let (scenario, _) = simulated(half, "replications = 1\n".replace("replications = 1\n", "").as_str());
    assert!(
        scenario.assumed().iter().any(|note| note.contains("calls have no end in it")),
        "{:?}",
        scenario.assumed()
    );
}
