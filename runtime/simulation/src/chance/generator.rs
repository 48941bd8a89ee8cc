//! Generators of chance, one for each purpose of each caller.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// What chance is for. The numbers are part of what a seed means: they never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// When callers come.
    Arrivals = 1,
    /// Who a caller is and what they want.
    Caller = 2,
    /// How long a caller waits.
    Patience = 3,
    /// How long talk and after-call work take.
    Handling = 4,
    /// Whether and how fast an agent answers.
    Ringing = 5,
    /// What detectors make of a caller.
    Detection = 6,
    /// What becomes of a caller afterwards.
    Outcome = 7,
    /// What a caller says to a bot.
    Bot = 8,
    /// Whether and when a caller calls again.
    Again = 9,
    /// Whether a caller accepts to be called back, and picks up.
    CallBack = 10,
    /// Whether a source answers, and in time.
    Source = 11,
    /// How long work on a ticket takes, and what is written down.
    Ticket = 12,
    /// Who a lead is.
    Lead = 20,
    /// How a call that the centre places is answered.
    Answering = 21,
    /// What a call with a person comes to.
    Contact = 22,
}

/// The seeds of one replication.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seeds {
    seed: u64,
    replication: u32,
}

impl Seeds {
    pub(crate) const fn new(seed: u64, replication: u32) -> Self {
        Self { seed, replication }
    }

    /// The generator for one purpose of one caller (`number`) of one group of callers (`group`).
    pub(crate) fn draws(self, purpose: Purpose, group: u32, number: u64) -> Draws {
        let mut key = [0; 32];
        let parts = [self.seed, u64::from(self.replication) << 32 | u64::from(group), number, purpose as u64];
        let places = key.chunks_exact_mut(8).zip(parts);
        places.for_each(|(place, part)| place.copy_from_slice(&part.to_le_bytes()));
        Draws(ChaCha8Rng::from_seed(key))
    }
}

/// A sequence of draws.
#[derive(Clone, Debug)]
pub(crate) struct Draws(ChaCha8Rng);

impl Draws {
    /// Evenly from above 0 to 1, 1 included: its logarithm is always finite.
    pub(crate) fn share(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
        ((self.0.next_u64() >> 11) + 1) as f64 * STEP
    }

    /// Whether something happens that happens with this probability.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.share() <= probability
    }

    /// Exponential with mean 1.
    pub(crate) fn exponential(&mut self) -> f64 {
        -libm::log(self.share())
    }

    /// Normal with mean 0 and deviation 1 (Box and Muller 1958).
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = libm::sqrt(2.0 * self.exponential());
        radius * libm::cos(std::f64::consts::TAU * self.share())
    }

    /// Gamma with this shape and scale 1 (Marsaglia and Tsang 2000). It ends with probability 1; more than a few rounds
    /// are rare, and after [`ROUNDS_MAX`](Self::ROUNDS_MAX) the mean is taken.
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let share = self.share();
            return self.gamma(shape + 1.0) * libm::pow(share, 1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / libm::sqrt(9.0 * d);
        for _ in 0..Self::ROUNDS_MAX {
            let (x, u) = (self.normal(), self.share());
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && libm::log(u) < 0.5 * x * x + d - d * v + d * libm::log(v) {
                return d * v;
            }
        }
        shape
    }

    /// Rounds of rejection for one gamma draw.
    const ROUNDS_MAX: u32 = 1_000;
}
