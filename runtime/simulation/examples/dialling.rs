//! Prints how diallers fare, side by side on the same people: `cargo run --release -p tandem-simulation --example
//! dialling`. Arguments: seeds (`20`), days (`30`); a third, such as `lunch`, takes the floors whose names have it.
//!
//! Each floor is run with one call for each free agent (progressive), with the predictive dialler under a cap of 3 % of
//! live answers over 30 days, and with the level law that public dialler software documents, in its three ways to keep the
//! same cap and with levels up to 3 and 10. `worst` is the highest share of any seed in any 30 days, `talking` the share of the agents' time with people.

#[path = "../tests/dialling/level_law.rs"]
mod level_law;
#[path = "../tests/dialling/regimes.rs"]
mod regimes;

use level_law::LevelLaw;
use tandem_centre::campaign::{CalendarClock, Pacer};
use tandem_simulation::{Dialler, DiallingFloor, DiallingResult};
use tandem_stdlib::contract::{AbandonCap, AbandonedOf, Pacing, Window};

const CAP: AbandonCap =
    AbandonCap { share: 0.03, of: AbandonedOf::LiveAnswers, window: Window::Sliding(30 * 86_400_000) };

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, usual: u32| given.get(at).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let (seeds, days) = (number(0, 20), number(1, 30));
    let wanted = given.get(2).map_or("", String::as_str);
    println!("{seeds} seeds of {days} days of 8 hours; cap: 3 % of live answers over 30 days\n");
    for (name, floor) in regimes::regimes().into_iter().filter(|(name, _)| name.contains(wanted)) {
        println!("{name}");
        println!("  {:<28} {:>9} {:>9} {:>9} {:>12}", "", "abandoned", "worst", "talking", "within 3 %");
        let run =
            |name: &str, dialler: &dyn Fn() -> Box<dyn Dialler>| row(&floor, name, seeds, days, dialler);
        run("progressive", &|| Box::new(pacer(Pacing::Progressive)));
        run("predictive", &|| Box::new(pacer(Pacing::Predictive(CAP))));
        for (over_cap, how) in level_law::WAYS {
            for level_max in [3.0, 10.0] {
                let name = format!("level law, {how}, to {level_max}");
                run(&name, &|| Box::new(LevelLaw::new(over_cap, floor.agents, level_max)));
            }
        }
        println!();
    }
}

fn pacer(pacing: Pacing) -> Pacer {
    Pacer::new(pacing, 24_000, 2_000, CalendarClock("UTC".to_owned()))
}

fn row(floor: &DiallingFloor, name: &str, seeds: u32, days: u32, dialler: &dyn Fn() -> Box<dyn Dialler>) {
    let run = |seed| DiallingFloor { days, seed, ..floor.clone() }.run(&mut *dialler());
    let results: Vec<DiallingResult> = (1..=u64::from(seeds)).map(run).collect();
    let mean = |of: fn(&DiallingResult) -> f64| results.iter().map(of).sum::<f64>() / results.len() as f64;
    let worst = results.iter().map(|result| result.worst_window(30)).fold(0.0, f64::max);
    let within = results.iter().filter(|result| result.worst_window(30) <= 0.03).count();
    println!(
        "  {name:<28} {:>8.3}% {:>8.3}% {:>8.2}% {:>9} of {}",
        mean(DiallingResult::abandonment) * 100.0,
        worst * 100.0,
        mean(DiallingResult::utilisation) * 100.0,
        within,
        results.len()
    );
}
