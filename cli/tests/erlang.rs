//! `tandem erlang`: planning by formula.

#![cfg(test)]

mod support;

use serde_json::Value;
use support::line;

fn told(arguments: &str) -> Value {
    line(&format!("erlang {arguments} --format json")).expect_code(0).json()
}

fn near(document: &Value, field: &str, expected: f64) {
    let found = document[field].as_f64().unwrap_or_else(|| panic!("`{field}` in {document}"));
    assert!((found - expected).abs() < 5e-5, "{field}: {found}, expected {expected}");
}

#[test]
fn measures_of_a_load() {
    let c = told("c --erlangs 10 --agents 14 --aht 3min --within 20s");
    near(&c, "p_wait", 0.174_132);
    near(&c, "service_level", 0.888_350);
    near(&c, "occupancy", 10.0 / 14.0);
    assert!(c["p_block"].is_null() && c["p_abandon"].is_null());
    let a = told("a --calls-per-hour 200 --agents 14 --aht 180s --patience 5min");
    near(&a, "p_wait", 0.145_26);
    near(&a, "p_abandon", 0.013_984);
    near(&a, "mean_wait_s", 0.069_919 * 60.0);
    let b = told("b --erlangs 1 --agents 2");
    near(&b, "p_block", 0.2);
    assert!(b["p_wait"].is_null());
}

#[test]
fn agents_for_a_service_level() {
    let needed = |arguments: &str| told(arguments)["agents"].as_u64().expect("a number");
    assert_eq!(needed("c --erlangs 10 --aht 3min --for 88%"), 14);
    assert_eq!(needed("c --erlangs 10 --aht 3min --for 0.89"), 15);
    assert_eq!(needed("a --erlangs 10 --aht 3min --patience 5min --for 91%"), 14);
    assert_eq!(needed("b --erlangs 40.255 --for 98%"), 50);
}

#[test]
fn without_a_handling_time_nothing_is_said_about_times() {
    let told = told("c --erlangs 10 --agents 14");
    near(&told, "p_wait", 0.174_132);
    assert!(told["asa_s"].is_null() && told["service_level"].is_null());
}

#[test]
fn bad_input_is_told_with_what_to_do() {
    for (arguments, why) in [
        ("c --erlangs 10 --agents 0", "from 1 to 1000000"),
        ("c --erlangs 10 --agents 1.5", "whole number"),
        ("c --erlangs 10 --agents 1000000000", "from 1 to 1000000"),
        ("c --erlangs 20 --agents 14", "take at least 21 agents"),
        ("c --erlangs -1 --agents 14", "above 0"),
        ("c --erlangs NaN --agents 14", "above 0"),
        ("c --erlangs 1e9 --agents 14", "at most 100000 erlangs"),
        ("c --erlangs ten --agents 14", "a number such as"),
        ("c --erlangs 10 --agents 14 --aht 3mn", "`3min`"),
        ("c --erlangs 10 --agents 14 --aht -3min", "`3min`"),
        ("c --erlangs 10 --agents 14 --aht 0s", "longer than 0"),
        ("c --erlangs 10 --agents 14 --aht 9999d", "at most 1000 days"),
        ("a --erlangs 10 --agents 14 --aht 3min", "--patience"),
        ("a --erlangs 10 --agents 14 --patience 3min", "--aht"),
        ("c --erlangs 10 --for 80%", "--aht"),
        ("c --erlangs 10 --aht 3min --for 100%", "below 100%"),
        ("c --erlangs 10", "--agents"),
        ("c --agents 14", "--erlangs"),
        ("c --calls-per-hour 200 --agents 14", "--aht"),
        ("c --erlangs 10 --agents 14 --for 80%", "cannot be used with"),
        ("x --erlangs 10 --agents 14", "b, c, a"),
    ] {
        let run = line(&format!("erlang {arguments}")).expect_code(2);
        assert!(run.out.is_empty() && run.err.contains(why), "{arguments}: {}", run.err);
    }
}
