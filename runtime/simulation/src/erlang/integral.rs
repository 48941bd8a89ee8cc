//! Integrals of smooth functions whose scale is not known.

/// Pieces that one stretch is cut into.
const PIECES: u32 = 4;

/// How often the way from the middle to an end is halved: near the middle, stretches are as short as 2^−48 of it.
const HALVINGS: u32 = 48;

/// Places and weights of the five-point Gauss–Legendre rule on −1..1.
const RULE: [(f64, f64); 5] = [
    (-0.906_179_845_938_664, 0.236_926_885_056_189_1),
    (-0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
    (0.0, 0.568_888_888_888_888_9),
    (0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
    (0.906_179_845_938_664, 0.236_926_885_056_189_1),
];

/// ∫ of several functions at once over `from..=to`, which holds 0, in two parts: up to `cut`, and beyond it.
///
/// Stretches grow with their distance from 0, where the functions may change fastest.
pub(super) fn integrate<const N: usize>(
    (from, cut, to): (f64, f64, f64),
    functions: impl Fn(f64) -> [f64; N],
) -> [[f64; N]; 2] {
    let shares = (0..HALVINGS).map(|halving| 0.5_f64.powi(halving.cast_signed()));
    let mut places: Vec<f64> =
        shares.flat_map(|share| [from * share, to * share]).chain([0.0, cut]).collect();
    places.sort_unstable_by(f64::total_cmp);
    let mut parts = [[0.0; N]; 2];
    let [early, late] = &mut parts;
    let mut begin = from;
    for end in places {
        add_stretch(if end <= cut { early } else { late }, begin, end, &functions);
        begin = end;
    }
    parts
}

fn add_stretch<const N: usize>(sums: &mut [f64; N], from: f64, to: f64, functions: impl Fn(f64) -> [f64; N]) {
    let half = (to - from) / f64::from(PIECES) / 2.0;
    for piece in (0..PIECES).filter(|_| half > 0.0) {
        let middle = half.mul_add(f64::from(2 * piece + 1), from);
        for (place, weight) in RULE {
            let terms = sums.iter_mut().zip(functions(half.mul_add(place, middle)));
            terms.for_each(|(sum, value)| *sum += value * weight * half);
        }
    }
}
