//! Cuts speech into turns at its pauses.
//!
//! Each turn should get as much speech as its text is long; a cut should fall into a pause, the longer the better. The
//! cheapest cuts under both wishes are found by dynamic programming over a few pauses near each expected place.

/// Shorter silences are part of the speech around them, in steps of 10 ms.
const PAUSE_STEPS_MIN: usize = 15;
/// Pauses considered for each cut.
const CANDIDATES: usize = 24;
/// How far a turn's speech may reasonably be from its expected share, and from nothing, in steps.
const SPREAD_SHARE: f32 = 0.18;
const SPREAD_STEPS: f32 = 35.0;
/// What a pause of one second is worth against a spread of one.
const PAUSE_WORTH: f32 = 3.0;
/// A pause longer than this many steps is worth no more.
const PAUSE_STEPS_WORTH_MAX: f32 = 120.0;

/// A place where one turn may end and the next begin.
#[derive(Clone, Copy, Debug)]
struct Cut {
    /// Steps of speech before it.
    speech: f32,
    /// Where the speech before it ends.
    end: usize,
    /// Where the speech after it begins.
    start: usize,
}

/// Places turns with these spoken lengths (in any unit) into the speech: steps of 10 ms with and without voice. Answers
/// the first step and the end step of each turn, in order and without overlap; `None` when nothing is spoken.
pub(crate) fn place(lengths: &[f32], voice: &[bool]) -> Option<Vec<(usize, usize)>> {
    let cuts = cuts(voice);
    let (first, last) = (cuts.first()?, cuts.last()?);
    let total: f32 = lengths.iter().sum();
    if lengths.is_empty() || total <= 0.0 || last.speech <= 0.0 {
        return None;
    }
    let shares: Vec<f32> = lengths.iter().map(|length| length / total * last.speech).collect();
    let chosen = cheapest(&shares, &cuts);
    let mut spans = Vec::with_capacity(lengths.len());
    let mut start = first.start;
    for cut in chosen.iter().chain(std::iter::once(last)) {
        spans.push((start, cut.end.max(start)));
        start = cut.start.max(start);
    }
    Some(spans)
}

/// All cuts in order: before the speech, at each pause, after the speech. Empty without speech.
fn cuts(voice: &[bool]) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    let (mut speech, mut end) = (0.0, 0);
    for (step, _) in voice.iter().enumerate().filter(|(_, voiced)| **voiced) {
        if cuts.is_empty() || step - end >= PAUSE_STEPS_MIN {
            cuts.push(Cut { speech, end, start: step });
        }
        speech += 1.0;
        end = step + 1;
    }
    if !cuts.is_empty() {
        cuts.push(Cut { speech, end, start: end });
    }
    cuts
}

/// A cut that might be taken, what all cuts up to it cost, and which candidate came before.
#[derive(Clone, Copy)]
struct Step {
    cut: Cut,
    cost: f32,
    before: usize,
}

/// The cuts after each turn but the last.
fn cheapest(shares: &[f32], cuts: &[Cut]) -> Vec<Cut> {
    let (Some(first), Some(last)) = (cuts.first(), cuts.last()) else { return Vec::new() };
    let mut layers: Vec<Vec<Step>> = vec![vec![Step { cut: *first, cost: 0.0, before: 0 }]];
    let mut expected = 0.0;
    for share in shares.iter().take(shares.len().saturating_sub(1)) {
        expected += share;
        let before = layers.last().map_or(&[] as &[Step], Vec::as_slice);
        let layer = candidates(cuts, expected).map(|cut| reach(cut, *share, before)).collect();
        layers.push(layer);
    }
    let final_share = shares.last().copied().unwrap_or_default();
    let end = reach(*last, final_share, layers.last().map_or(&[], Vec::as_slice));
    let mut chosen = Vec::new();
    let mut before = end.before;
    for layer in layers.iter().skip(1).rev() {
        if let Some(step) = layer.get(before) {
            chosen.push(step.cut);
            before = step.before;
        }
    }
    chosen.reverse();
    chosen
}

/// The pauses nearest to the expected place, and the place itself.
fn candidates(cuts: &[Cut], expected: f32) -> impl Iterator<Item = Cut> {
    let inner = cuts.get(1..cuts.len().saturating_sub(1)).unwrap_or_default();
    let near = inner.partition_point(|cut| cut.speech < expected);
    let from = near.saturating_sub(CANDIDATES / 2).min(inner.len().saturating_sub(CANDIDATES));
    let step = within_speech(cuts, expected);
    inner.iter().skip(from).take(CANDIDATES).copied().chain(std::iter::once(step))
}

/// The step at which so much has been spoken, where no pause helps.
fn within_speech(cuts: &[Cut], expected: f32) -> Cut {
    let after = cuts.partition_point(|cut| cut.speech <= expected).max(1);
    let run = cuts.get(after - 1).copied().unwrap_or(Cut { speech: 0.0, end: 0, start: 0 });
    let step = run.start + (expected - run.speech).max(0.0) as usize;
    Cut { speech: expected, end: step, start: step }
}

/// The cheapest way to a cut from the candidates before it.
fn reach(cut: Cut, share: f32, before: &[Step]) -> Step {
    let pause = cut.start.saturating_sub(cut.end) as f32;
    let worth = PAUSE_WORTH * pause.min(PAUSE_STEPS_WORTH_MAX) / 100.0;
    let mut best = Step { cut, cost: f32::MAX, before: 0 };
    for (index, step) in before.iter().enumerate() {
        let spoken = cut.speech - step.cut.speech;
        let spread = (spoken - share) / (share * SPREAD_SHARE + SPREAD_STEPS);
        // Going back in time is never an answer, but it must not leave a turn without any.
        let back = if spoken < 0.0 { 1e6 - spoken } else { 0.0 };
        let cost = step.cost + spread * spread + back - worth;
        if cost < best.cost {
            best = Step { cut, cost, before: index };
        }
    }
    best
}
