use super::student::quantile;
use super::*;

#[test]
fn quantiles_match_the_published_table() {
    for (degrees, expected) in
        [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (9, 2.262), (19, 2.093), (30, 2.042), (120, 1.980)]
    {
        let found = quantile(0.95, degrees);
        assert!((found - expected).abs() < 5e-4, "{degrees}: {found}, expected {expected}");
    }
    assert!((quantile(0.95, u32::MAX) - 1.9602).abs() < 5e-4);
    assert!((quantile(0.99, 10) - 3.169).abs() < 5e-4);
}

#[test]
fn an_interval_of_known_samples() {
    let estimate = Estimate::of(&[2.0, 4.0, 6.0]).expect("samples");
    assert!((estimate.mean - 4.0).abs() < 1e-12);
    // 4.303 · 2 / √3
    assert!((estimate.half_width.expect("several") - 4.968).abs() < 1e-2);
    assert!(estimate.holds(8.9) && !estimate.holds(9.0));
    assert_eq!(Estimate::of(&[]), None);
    assert_eq!(Estimate::of(&[1.0]), Some(Estimate { mean: 1.0, half_width: None }));
}
