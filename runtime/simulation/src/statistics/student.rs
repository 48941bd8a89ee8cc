//! Student's t distribution (Student 1908), by the finite sums for whole degrees of freedom
//! (Abramowitz and Stegun 26.7.3 and 26.7.4).

/// Above so many degrees of freedom the value of this many is taken: the difference is below 0.02 %.
const DEGREES_MAX: u32 = 10_000;

/// The share of the distribution within −t..t.
fn within(t: f64, degrees: u32) -> f64 {
    let degrees = degrees.clamp(1, DEGREES_MAX);
    let angle = libm::atan(t / libm::sqrt(f64::from(degrees)));
    let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
    let odd = degrees % 2 == 1;
    let (mut term, mut sum) = if odd { (cosine, 0.0) } else { (1.0, 0.0) };
    for step in 0..degrees / 2 {
        sum += term;
        let k = f64::from(2 * step + if odd { 2 } else { 1 });
        term *= cosine * cosine * k / (k + 1.0);
    }
    if odd { (angle + sine * sum) * std::f64::consts::FRAC_2_PI } else { sine * sum }
}

/// How many standard errors a two-sided interval reaches that holds the value with probability `share`.
pub(super) fn quantile(share: f64, degrees: u32) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while within(high, degrees) < share && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if within(middle, degrees) < share { low = middle } else { high = middle }
    }
    high
}
