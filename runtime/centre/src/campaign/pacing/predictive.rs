//! Predictive dialling under an abandonment cap.
//!
//! Of all ways to spend the calls that may be abandoned, the one that keeps agents busiest makes each further call carry
//! the same risk (equal marginal cost). So a call is placed as long as the probability that nobody is free when it is
//! answered lies below one threshold. The probability is worked out from the agents' chances to become free in time
//! ([`handling`](super::handling)) and the other calls' chances to be answered before ([`answers`](super::answers),
//! [`answer_time`](super::answer_time)). The threshold rises with the calls that the window still allows to abandon and
//! is zero when there is less than one: what the estimates get wrong is paid back, whatever the law of talk and answers
//! (the idea of online calibration; Gibbs & Candès 2021, "Adaptive conformal inference under distribution shift").

use tandem_stdlib::contract::{AbandonCap, AbandonedOf};

use super::answer_time::RingTimes;
use super::answers::AnswerRate;
use super::confusion::{Confusion, DetectorQuality};
use super::handling::HandlingTimes;
use super::ledger::{AbandonCount, CalendarClock, Ledger};
use super::others::OtherWork;
use super::tail::Chances;
use super::{Learnt, MAX_DIALS_AT_ONCE, Scene};

/// The moments at which a call may be answered that are looked at: these shares of answers have come by then.
const LOOKED_AT: [f64; 3] = [1.0 / 6.0, 0.5, 5.0 / 6.0];
/// A call may carry so many times the cap at most, however much is left.
const FACTOR_MAX: f64 = 6.0;
/// At least and at most so many calls that may be abandoned are kept in reserve.
const RESERVE: (f64, f64) = (3.0, 16.0);
/// Of the calls that may still be abandoned, those under way may use up this share at worst.
const AT_STAKE_MAX: f64 = 0.5;
/// A call that carries less than this share of the cap brings the campaign back under it.
const MAKES_GOOD: f64 = 0.25;
/// So many deviations of what the detector's errors leave in doubt are kept back.
const DOUBT: f64 = 3.0;
/// Doubt is counted in such parts of a call.
const DOUBT_PARTS: f64 = 1e6;
/// The most that is saved up for later, in reserves.
const SAVINGS_MAX: f64 = 4.0;

/// The predictive dialler's knowledge.
#[derive(Clone, Debug)]
pub(super) struct Predictive {
    cap: AbandonCap,
    connect_within_ms: i64,
    answers: AnswerRate,
    ring_times: RingTimes,
    ended_times: RingTimes,
    handling: HandlingTimes,
    others: OtherWork,
    confusion: Confusion,
    ledger: Ledger,
    /// Of the ledger's window: the variance of how many people were hung up on.
    doubt: Ledger,
    /// Parts of calls that the ledger has not counted: abandoned, and of its denominator.
    parts: (f64, f64),
    /// Calls that may be abandoned, as saved up lately.
    saved: f64,
    outlooks: [Outlook; LOOKED_AT.len()],
}

/// What is likely by one moment ahead.
#[derive(Clone, Debug, Default)]
struct Outlook {
    ahead_ms: i64,
    /// Calls that are answered by then, and agents who are still busy then.
    against: Chances,
}

impl Predictive {
    pub(super) fn new(cap: AbandonCap, ring_ms: i64, connect_within_ms: i64, clock: CalendarClock) -> Self {
        Self {
            cap,
            connect_within_ms,
            answers: AnswerRate::new(),
            ring_times: RingTimes::new(ring_ms),
            ended_times: RingTimes::new(ring_ms),
            handling: HandlingTimes::new(),
            others: OtherWork::default(),
            confusion: Confusion::new(DetectorQuality::default()),
            doubt: Ledger::new(cap, clock.clone()),
            ledger: Ledger::new(cap, clock),
            parts: (0.0, 0.0),
            saved: 0.0,
            outlooks: Default::default(),
        }
    }

    pub(super) fn hears(&mut self, quality: DetectorQuality) {
        self.confusion = Confusion::new(quality);
    }

    pub(super) fn learn(&mut self, now_ms: i64, learnt: Learnt) {
        let of_queue = f64::from(u8::from(self.cap.of == AbandonedOf::ReachedQueue));
        match learnt {
            Learnt::Answered { after_ms } => {
                self.answers.learn(true);
                self.ring_times.learn(after_ms);
                self.confusion.learn(false);
                let of = self.counts_as_live(false);
                self.count(now_ms, 0.0, of);
            }
            Learnt::Machine { after_ms } => {
                self.answers.learn(false);
                self.ended_times.learn(after_ms);
                self.confusion.learn(true);
                self.taken_for_machine(now_ms);
            }
            Learnt::Unanswered { after_ms } => {
                self.answers.learn(false);
                self.ended_times.learn(after_ms);
                self.count(now_ms, 0.0, f64::from(u8::from(self.cap.of == AbandonedOf::AllCalls)));
            }
            Learnt::Abandoned => self.count(now_ms, self.confusion.is_person(false), of_queue),
            Learnt::Connected => self.count(now_ms, 0.0, of_queue),
            Learnt::Released { after_ms } => self.handling.learn(after_ms),
            Learnt::Taken => self.others.learn(now_ms),
        }
    }

    /// An answer was taken for a machine and hung up on, and may have been a person's.
    fn taken_for_machine(&mut self, now_ms: i64) {
        let person = self.confusion.is_person(true);
        let of = self.counts_as_live(true);
        self.count(now_ms, person, of);
        let abandoned = (person * (1.0 - person) * DOUBT_PARTS) as u64;
        self.doubt.add(now_ms, AbandonCount { abandoned, of: 0 });
    }

    /// How much of an answer the cap's denominator counts.
    fn counts_as_live(&self, machine: bool) -> f64 {
        match self.cap.of {
            AbandonedOf::AllCalls => 1.0,
            AbandonedOf::LiveAnswers => self.confusion.is_person(machine),
            AbandonedOf::ReachedQueue => 0.0,
        }
    }

    /// The calls that the detector's errors may have abandoned beyond what is counted, at worst.
    fn in_doubt(&mut self, now_ms: i64) -> f64 {
        DOUBT * (self.doubt.count(now_ms).abandoned as f64 / DOUBT_PARTS).sqrt()
    }

    pub(super) fn abandonment(&mut self, now_ms: i64) -> AbandonCount {
        self.ledger.count(now_ms)
    }

    pub(super) fn count_call(&mut self, now_ms: i64, live: bool, abandoned: bool) {
        let of = live || self.cap.of == AbandonedOf::AllCalls;
        self.count(now_ms, f64::from(u8::from(abandoned)), f64::from(u8::from(of)));
    }

    fn count(&mut self, now_ms: i64, abandoned: f64, of: f64) {
        let (all_abandoned, all_of) = (self.parts.0 + abandoned, self.parts.1 + of);
        let whole = AbandonCount { abandoned: all_abandoned as u64, of: all_of as u64 };
        self.parts = (all_abandoned - whole.abandoned as f64, all_of - whole.of as f64);
        self.ledger.add(now_ms, whole);
        let saved = self.saved + self.cap.share * of - abandoned;
        self.saved = saved.min(SAVINGS_MAX * self.reserve());
    }

    pub(super) fn dials(&mut self, scene: &Scene<'_>) -> u32 {
        let ringing = scene.ringing_since_ms.len();
        let sure = scene.idle as usize;
        let left = self.ledger.left(scene.now_ms).min(self.saved) - self.in_doubt(scene.now_ms);
        let threshold = self.threshold(left);
        if self.others.is_known() {
            self.others.pass(scene.now_ms);
        } else if threshold <= 0.0 {
            return u32::try_from(sure.saturating_sub(ringing)).unwrap_or(u32::MAX);
        }
        self.look_ahead(scene);
        let mut dials = 0;
        while dials < MAX_DIALS_AT_ONCE {
            let under_way = ringing + dials as usize;
            let mut allowed = threshold.min(self.stake(left, under_way));
            if under_way < sure {
                // Without other work such a call carries no risk; with it, little enough makes good what was lost.
                allowed = allowed.max(self.cap.share * MAKES_GOOD);
            }
            if self.risk(scene) > allowed {
                break;
            }
            self.place();
            dials += 1;
        }
        dials
    }

    /// The risk that a call may carry: none while less than one call may be abandoned; the cap itself while as much is
    /// in reserve as chance swings.
    fn threshold(&self, left: f64) -> f64 {
        if left < 1.0 {
            return 0.0;
        }
        let reserve = self.reserve();
        let factor = libm::exp((left - reserve) / reserve);
        self.cap.share * factor.min(FACTOR_MAX)
    }

    /// The calls that may be abandoned and are kept back for bad luck: its size grows as the root of what is granted.
    fn reserve(&self) -> f64 {
        let (least, most) = RESERVE;
        self.ledger.granted().sqrt().clamp(least, most)
    }

    /// The risk at which the calls under way would use up too much of what is left.
    fn stake(&self, left: f64, under_way: usize) -> f64 {
        AT_STAKE_MAX * left / (self.answers.share() * (under_way + 1) as f64)
    }

    /// What is likely by each moment that is looked at, as calls and agents are now.
    fn look_ahead(&mut self, scene: &Scene<'_>) {
        let answered = self.answers.share();
        for (outlook, share) in self.outlooks.iter_mut().zip(LOOKED_AT) {
            outlook.ahead_ms = self.ring_times.quantile_ms(share);
            outlook.against.clear();
            let by_ms = outlook.ahead_ms.saturating_add(self.connect_within_ms);
            let (parts, chance) = self.others.within(by_ms);
            (0..parts).for_each(|_| outlook.against.add(chance));
            for since_ms in scene.busy_since_ms {
                let busy_ms = scene.now_ms.saturating_sub(*since_ms);
                outlook.against.add(self.handling.still_busy(busy_ms, by_ms));
            }
            for since_ms in scene.ringing_since_ms {
                let rung_ms = scene.now_ms.saturating_sub(*since_ms);
                let (so_far, then) = (
                    self.ring_times.share_within(rung_ms),
                    self.ring_times.share_within(rung_ms.saturating_add(outlook.ahead_ms)),
                );
                let unanswered = (1.0 - answered) * (1.0 - self.ended_times.share_within(rung_ms));
                let still_rings = answered * (1.0 - so_far) + unanswered;
                let answers = answered * (then - so_far);
                outlook.against.add(if still_rings > 0.0 { answers / still_rings } else { 0.0 });
            }
        }
    }

    /// The probability that a call that is placed now finds nobody free when it is answered.
    fn risk(&self, scene: &Scene<'_>) -> f64 {
        let agents = scene.idle as usize + scene.busy_since_ms.len();
        let at_each = self.outlooks.iter().map(|outlook| outlook.against.at_least(agents));
        at_each.sum::<f64>() / LOOKED_AT.len() as f64
    }

    /// One more call is under way.
    fn place(&mut self) {
        let answered = self.answers.share();
        for outlook in &mut self.outlooks {
            outlook.against.add(answered * self.ring_times.share_within(outlook.ahead_ms));
        }
    }
}
