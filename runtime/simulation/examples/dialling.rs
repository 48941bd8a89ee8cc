//! Prints how diallers fare on the reference floor: `cargo run --release -p tandem-simulation --example dialling`.
//! Arguments: agents (`20`), seeds (`20`), days (`30`).

#[path = "../tests/dialling/level_law.rs"]
mod level_law;

use level_law::{LevelLaw, OverCap};
use tandem_centre::campaign::{CalendarClock, Pacer};
use tandem_simulation::{Dialler, DiallingFloor, DiallingResult, MachineDetector};
use tandem_stdlib::contract::{AbandonCap, AbandonedOf, Pacing, Window};

const CAP: AbandonCap =
    AbandonCap { share: 0.03, of: AbandonedOf::LiveAnswers, window: Window::Sliding(30 * 86_400_000) };

fn main() {
    let mut given = std::env::args().skip(1).filter_map(|argument| argument.parse::<u32>().ok());
    let (agents, seeds, days) =
        (given.next().unwrap_or(20), given.next().unwrap_or(20), given.next().unwrap_or(30));
    println!("{agents} agents, {days} days of 8 hours, {seeds} seeds\n");
    println!("{:<26} {:>9} {:>9} {:>9} {:>12}", "dialler", "abandoned", "worst", "talking", "within 3 %");
    for ratio in [1.5, 2.0, 2.2, 2.5] {
        row(&format!("power {ratio}"), agents, seeds, days, || pacer(Pacing::Power(ratio)));
    }
    row("progressive", agents, seeds, days, || pacer(Pacing::Progressive));
    row("predictive", agents, seeds, days, || pacer(Pacing::Predictive(CAP)));
    for (found, person_taken) in [(0.92, 0.0), (0.92, 0.01), (0.92, 0.04)] {
        let name = format!("predictive, {:.0} % hung up on", person_taken * 100.0);
        let detector = Some(MachineDetector::new(found, person_taken, 1_000));
        let floor = DiallingFloor { machine_share: 0.3, detector, ..DiallingFloor::reference(agents, 0) };
        row_on(&floor, &name, seeds, days, || pacer(Pacing::Predictive(CAP)));
    }
    for over_cap in [OverCap::HardLimit, OverCap::Average, OverCap::Tapered] {
        for level_max in [3.0, 10.0] {
            let name = format!("level law {over_cap:?} {level_max}");
            row(&name, agents, seeds, days, || LevelLaw::new(over_cap, agents, level_max));
        }
    }
}

fn pacer(pacing: Pacing) -> Pacer {
    Pacer::new(pacing, 24_000, 2_000, CalendarClock("UTC".to_owned()))
}

fn row<D: Dialler>(name: &str, agents: u32, seeds: u32, days: u32, dialler: impl Fn() -> D) {
    row_on(&DiallingFloor::reference(agents, 0), name, seeds, days, dialler);
}

fn row_on<D: Dialler>(floor: &DiallingFloor, name: &str, seeds: u32, days: u32, dialler: impl Fn() -> D) {
    let run = |seed| DiallingFloor { days, seed, ..floor.clone() }.run(&mut dialler());
    let results: Vec<DiallingResult> = (1..=u64::from(seeds)).map(run).collect();
    let mean = |of: fn(&DiallingResult) -> f64| results.iter().map(of).sum::<f64>() / results.len() as f64;
    let worst = results.iter().map(DiallingResult::abandonment).fold(0.0, f64::max);
    let within = results.iter().filter(|result| result.abandonment() <= 0.03).count();
    println!(
        "{name:<26} {:>8.3}% {:>8.3}% {:>8.2}% {:>9} of {}",
        mean(DiallingResult::abandonment) * 100.0,
        worst * 100.0,
        mean(DiallingResult::utilisation) * 100.0,
        within,
        results.len()
    );
}
