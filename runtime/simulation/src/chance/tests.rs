use super::*;

fn sample(law: &Law, count: u64) -> (f64, f64) {
    let seeds = Seeds::new(3, 0);
    let drawn: Vec<f64> =
        (0..count).map(|number| law.draw(&mut seeds.draws(Purpose::Handling, 0, number))).collect();
    let mean = drawn.iter().sum::<f64>() / count as f64;
    let variance = drawn.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (count - 1) as f64;
    (mean, variance.sqrt())
}

fn near(found: f64, expected: f64, share: f64) {
    assert!((found / expected - 1.0).abs() < share, "{found}, expected {expected}");
}

#[test]
fn laws_have_the_mean_and_deviation_that_they_were_given() {
    for (law, mean, deviation) in [
        (Law::Exponential(180.0), 180.0, 180.0),
        (Law::lognormal(240.0, 180.0), 240.0, 180.0),
        (Law::gamma(240.0, 120.0), 240.0, 120.0),
        (Law::gamma(240.0, 480.0), 240.0, 480.0),
        (Law::Gamma { shape: 3.0, scale: 10.0 }, 30.0, 300.0_f64.sqrt()),
    ] {
        let (found_mean, found_deviation) = sample(&law, 100_000);
        near(law.mean(), mean, 1e-9);
        near(found_mean, mean, 0.02);
        near(found_deviation, deviation, 0.05);
    }
}

#[test]
fn observed_times_are_drawn_evenly() {
    let law = Law::Observed([1.0, 2.0, 3.0, 4.0].into());
    let (mean, deviation) = sample(&law, 40_000);
    near(mean, 2.5, 0.01);
    near(deviation, 1.25_f64.sqrt(), 0.01);
}

#[test]
fn mixes_follow_their_weights() {
    let mix = Mix::new([("often", 3.0), ("never", 0.0), ("seldom", 1.0)]);
    let seeds = Seeds::new(1, 1);
    let drawn: Vec<&str> = (0..20_000)
        .filter_map(|number| mix.draw(&mut seeds.draws(Purpose::Caller, 0, number)).copied())
        .collect();
    let share = |word: &str| drawn.iter().filter(|one| **one == word).count() as f64 / 20_000.0;
    near(share("often"), 0.75, 0.02);
    near(share("seldom"), 0.25, 0.05);
    assert!(share("never") < 1e-9);
}

/// What a seed means never changes, on no machine: reports that were kept must stay true.
#[test]
fn a_seed_means_the_same_for_ever() {
    let mut draws = Seeds::new(42, 7).draws(Purpose::Patience, 3, 1_000_000);
    let drawn = [draws.share(), draws.exponential(), draws.normal(), draws.gamma(0.5)];
    let shown = drawn.map(|number| format!("{number:.15}"));
    assert_eq!(shown, ["0.605463348954325", "0.689778718358923", "-0.320685216523773", "1.126692914958613"]);
}

#[test]
fn purposes_groups_numbers_and_replications_differ() {
    let first = |seed, replication, purpose, group, number| {
        Seeds::new(seed, replication).draws(purpose, group, number).share()
    };
    let drawn = [
        first(1, 0, Purpose::Caller, 0, 0),
        first(2, 0, Purpose::Caller, 0, 0),
        first(1, 1, Purpose::Caller, 0, 0),
        first(1, 0, Purpose::Patience, 0, 0),
        first(1, 0, Purpose::Caller, 1, 0),
        first(1, 0, Purpose::Caller, 0, 1),
    ];
    let different: std::collections::BTreeSet<u64> = drawn.iter().map(|one| one.to_bits()).collect();
    assert_eq!(different.len(), drawn.len());
}
