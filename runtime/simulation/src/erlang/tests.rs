use proptest::prelude::*;

use super::*;

fn question(model: ErlangModel, erlangs: f64, aht_s: f64) -> ErlangQuestion {
    ErlangQuestion { model, erlangs, aht_s: Some(aht_s), patience_s: None, within_s: 20.0 }
}

fn impatient(erlangs: f64, aht_s: f64, patience_s: f64) -> ErlangQuestion {
    ErlangQuestion { patience_s: Some(patience_s), ..question(ErlangModel::A, erlangs, aht_s) }
}

fn near(found: Option<f64>, expected: f64, within: f64) {
    let found = found.expect("the model tells it");
    assert!((found - expected).abs() <= within, "{found}, expected {expected} ± {within}");
}

#[test]
fn blocking_of_small_numbers_is_known_exactly() {
    near(question(ErlangModel::B, 1.0, 1.0).measures(1).expect("measures").p_block, 0.5, 1e-12);
    near(question(ErlangModel::B, 1.0, 1.0).measures(2).expect("measures").p_block, 0.2, 1e-12);
}

#[test]
fn blocking_matches_the_published_tables() {
    let one_percent = [(10, 4.461), (20, 12.03), (50, 37.90), (100, 84.06)];
    let two_percent = [(10, 5.084), (20, 13.18), (50, 40.26), (100, 87.97)];
    for (share, rows) in [(0.01, one_percent), (0.02, two_percent)] {
        for (agents, erlangs) in rows {
            let found = question(ErlangModel::B, erlangs, 1.0).measures(agents).expect("measures");
            near(found.p_block, share, share * 0.002);
        }
    }
}

#[test]
fn waiting_without_impatience() {
    let found = question(ErlangModel::C, 10.0, 180.0).measures(14).expect("measures");
    near(found.p_wait, 0.174_132, 5e-7);
    near(found.service_level, 0.888_350, 5e-7);
    near(Some(found.occupancy), 0.7143, 5e-5);
    let found = question(ErlangModel::C, 10.0, 180.0).measures(15).expect("measures");
    near(found.p_wait, 0.1020, 5e-5);
    near(found.service_level, 0.9415, 5e-5);
    near(Some(found.occupancy), 0.667, 5e-4);
    let found = question(ErlangModel::C, 3.5 * 3.0, 180.0).measures(13).expect("measures");
    near(found.mean_wait_s, 26.56, 0.005);
    let found = question(ErlangModel::C, 48.0, 60.0).measures(50).expect("measures");
    near(found.asa_s, 20.83, 0.005);
    near(Some(found.occupancy), 0.96, 1e-9);
    let fifteen = ErlangQuestion { within_s: 15.0, ..question(ErlangModel::C, 48.0, 240.0) };
    let found = fifteen.measures(55).expect("measures");
    near(found.p_wait, 0.2387, 5e-5);
    near(found.asa_s, 8.18, 0.005);
    near(found.service_level, 0.8459, 5e-5);
}

#[test]
fn waiting_with_impatience() {
    let found = impatient(10.0, 180.0, 300.0).measures(14).expect("measures");
    near(found.p_wait, 0.14526, 5e-6);
    near(found.p_abandon, 0.013_984, 5e-7);
    near(Some(found.occupancy), 0.704_297, 5e-7);
    near(found.mean_wait_s, 0.069_919 * 60.0, 5e-5);
    near(found.service_level, 0.916_792, 5e-7);
    let found = impatient(10.0, 180.0, 300.0).measures(13).expect("measures");
    near(found.p_abandon, 0.02496, 5e-6);
    near(found.p_wait, 0.2258, 5e-5);
    near(found.service_level, 0.858, 5e-4);
    let found = impatient(48.0, 60.0, 120.0).measures(50).expect("measures");
    near(found.p_abandon, 0.0309, 5e-5);
    near(found.mean_wait_s, 3.71, 0.005);
    near(Some(found.occupancy), 0.930, 5e-4);
}

/// The sums over states that the integrals stand for, for loads at which they stay in the range of numbers.
fn by_states(erlangs: f64, agents: u32, leaving: f64) -> (f64, f64) {
    let (mut weight, mut total, mut waiting, mut queue) = (1.0, 1.0, 0.0, 0.0);
    for state in 1..20_000_u32 {
        let queued = f64::from(state.saturating_sub(agents));
        weight *= erlangs / (f64::from(state.min(agents)) + queued * leaving);
        total += weight;
        waiting += if state >= agents { weight } else { 0.0 };
        queue += weight * queued;
    }
    (waiting / total, queue * leaving / erlangs / total)
}

proptest! {
    #[test]
    fn impatience_agrees_with_the_sums_over_states(
        erlangs in 0.1..60.0_f64, agents in 1..80_u32, leaving in 0.2..20.0_f64,
    ) {
        let (waiting, abandoning) = by_states(erlangs, agents, leaving);
        let found = impatient(erlangs, 1.0, 1.0 / leaving).measures(agents).expect("measures");
        near(found.p_wait, waiting, 1e-9 * waiting.max(1e-3));
        near(found.p_abandon, abandoning, 1e-9 * abandoning.max(1e-3));
    }

    #[test]
    fn measures_are_shares_and_times(
        model in prop::sample::select(vec![ErlangModel::B, ErlangModel::C, ErlangModel::A]),
        erlangs in 1e-6..30_000.0_f64, agents in 1..40_000_u32, aht_s in 1e-3..1e5_f64,
        patience_s in 1e-3..1e7_f64, within_s in 0.0..1e4_f64,
    ) {
        let asked = ErlangQuestion {
            model, erlangs, aht_s: Some(aht_s), patience_s: Some(patience_s), within_s,
        };
        match asked.measures(agents) {
            Err(error) => prop_assert!(model == ErlangModel::C && erlangs >= f64::from(agents), "{error}"),
            Ok(told) => {
                let shares = [told.p_wait, told.service_level, told.p_block, told.p_abandon, Some(told.occupancy)];
                for share in shares.into_iter().flatten() {
                    prop_assert!((-1e-9..=1.0 + 1e-9).contains(&share), "{told:?}");
                }
                for time in [told.asa_s, told.mean_wait_s].into_iter().flatten() {
                    prop_assert!(time >= 0.0 && time.is_finite(), "{told:?}");
                }
            }
        }
    }

    #[test]
    fn the_agents_needed_reach_the_share_and_one_fewer_do_not(
        model in prop::sample::select(vec![ErlangModel::B, ErlangModel::C, ErlangModel::A]),
        erlangs in 0.01..2_000.0_f64, share in 0.01..0.9999_f64,
    ) {
        let asked = ErlangQuestion { model, patience_s: Some(120.0), ..question(model, erlangs, 240.0) };
        let agents = asked.agents_for(share).expect("a number of agents");
        let reached = |told: ErlangMeasures| told.service_level.or(told.p_block.map(|b| 1.0 - b)).expect("told");
        prop_assert!(reached(asked.measures(agents).expect("measures")) >= share);
        if let Ok(fewer) = asked.measures(agents - 1) {
            prop_assert!(reached(fewer) < share);
        }
    }
}

#[test]
fn endless_patience_is_erlang_c() {
    let patient = impatient(10.0, 180.0, MAX_SECONDS).measures(14).expect("measures");
    let endless = question(ErlangModel::C, 10.0, 180.0).measures(14).expect("measures");
    near(patient.p_wait, endless.p_wait.expect("told"), 1e-5);
    near(patient.asa_s, endless.asa_s.expect("told"), 1e-3);
}

#[test]
fn an_overload_is_answered_as_far_as_agents_reach() {
    // Twice the load that the agents can take, and patience far longer than a call: half of the callers give up.
    let found = impatient(10_000.0, 180.0, 86_400.0).measures(5_000).expect("measures");
    near(found.p_abandon, 0.5, 1e-6);
    near(Some(found.occupancy), 1.0, 1e-6);
    near(found.p_wait, 1.0, 1e-12);
}

#[test]
fn bad_input_is_told_in_the_planner_s_words() {
    let c = question(ErlangModel::C, 10.0, 180.0);
    assert_eq!(c.measures(0), Err(ErlangError::Agents));
    assert_eq!(c.measures(10), Err(ErlangError::Overloaded { erlangs: 10.0, agents: 10 }));
    for erlangs in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e9] {
        assert_eq!(ErlangQuestion { erlangs, ..c }.measures(14), Err(ErlangError::Load));
        assert_eq!(ErlangQuestion { erlangs, ..c }.agents_for(0.8), Err(ErlangError::Load));
    }
    assert_eq!(
        ErlangQuestion { aht_s: Some(-3.0), ..c }.measures(14),
        Err(ErlangError::Time("handling time"))
    );
    assert_eq!(ErlangQuestion { within_s: f64::NAN, ..c }.measures(14), Err(ErlangError::Time("threshold")));
    let a = question(ErlangModel::A, 10.0, 180.0);
    assert_eq!(a.measures(14), Err(ErlangError::Missing("patience")));
    assert_eq!(c.agents_for(1.0), Err(ErlangError::Target));
    assert_eq!(
        ErlangQuestion { aht_s: None, ..c }.agents_for(0.8),
        Err(ErlangError::Missing("handling time"))
    );
}
