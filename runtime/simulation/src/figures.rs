//! What recorded calls tell of the figures that targets want: added up call by call, sized by the policy but for the
//! contacts of one figure, which have a limit.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use tandem_archive::RecordedCall;
use tandem_stdlib::contract::{Event, Latency, Manifest, Metric, Party};
use tandem_stdlib::words::kpi;

use crate::dialogs::DialogTotal;

/// Contacts that are remembered for first-contact resolution; of more calls nothing is told.
pub const MAX_CONTACTS_REMEMBERED: usize = 2_000_000;

/// What one record shows, beside what the policy made of it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OfRecord {
    transfers: u64,
    inbound: bool,
    duration_ms: i64,
    /// When somebody of the centre, bot or person, was heard first.
    answered_ms: Option<i64>,
    customer_heard: bool,
    /// The customer's number, as a hash, and the clock at the start.
    contact: Option<(u64, i64)>,
}

impl OfRecord {
    /// When somebody of the centre, bot or person, was heard first.
    pub(crate) const fn answered_ms(&self) -> Option<i64> {
        self.answered_ms
    }

    pub(crate) fn of(recorded: &RecordedCall) -> Self {
        let start = recorded.start();
        let number = if start.outbound { start.to } else { start.from };
        let contact = (!number.is_empty() && start.clock_ms != 0).then(|| (hash(number), start.clock_ms));
        let mut shown =
            Self { inbound: !start.outbound, duration_ms: recorded.duration_ms, contact, ..Self::default() };
        for (at_ms, event) in recorded.events() {
            let (party, heard_ms) = match event {
                Event::Turn(turn) => (turn.party, turn.start_ms),
                Event::Frame(frame) if frame.speaking => (frame.party, at_ms),
                Event::Transferred(_) => {
                    shown.transfers += 1;
                    continue;
                }
                _ => continue,
            };
            match party {
                Party::Agent => {
                    let first_ms = shown.answered_ms.unwrap_or(heard_ms).min(heard_ms);
                    shown.answered_ms = Some(first_ms);
                }
                Party::Customer => shown.customer_heard = true,
            }
        }
        shown
    }
}

/// One number is one caller. Two that share a hash are rarer than wrong numbers.
fn hash(number: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    number.hash(&mut hasher);
    hasher.finish()
}

/// Sums over calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Figures {
    calls: u64,
    transferred: u64,
    /// Transfers, and those of them to where the call was transferred on.
    transfers: u64,
    moved_on: u64,
    answered: u64,
    handled_ms: u64,
    /// Inbound calls that somebody of the centre answered.
    inbound_answered: u64,
    /// Inbound calls in which the customer alone was heard: how long each lasted, by the limits that targets name.
    abandoned: u64,
    short: Vec<(i64, u64)>,
    wants_contacts: bool,
    contacts: Vec<(u64, i64)>,
    too_many_contacts: bool,
    /// Quality checks that were passed and failed.
    pub(crate) quality: (u64, u64),
    /// By how many checks an agent must have at least: the lowest share passed of an agent.
    pub(crate) by_agent: Vec<(u32, f64)>,
    /// Dialogs that settled the matter, and that began and whose end the record tells.
    contained: (u64, u64),
}

impl Figures {
    pub(crate) fn new(manifest: &Manifest) -> Self {
        let metrics = || manifest.targets.iter().map(|target| target.metric);
        let short = metrics().filter_map(|metric| match metric {
            Metric::Abandonment { short_abandon_ms } => Some((short_abandon_ms, 0)),
            _ => None,
        });
        let wants_contacts = metrics().any(|metric| matches!(metric, Metric::FirstContactResolution { .. }));
        Self { short: short.collect(), wants_contacts, ..Self::default() }
    }

    pub(crate) fn add(&mut self, shown: &OfRecord) {
        self.calls += 1;
        self.transferred += u64::from(shown.transfers > 0);
        self.transfers += shown.transfers;
        self.moved_on += shown.transfers.saturating_sub(1);
        if let Some(answered_ms) = shown.answered_ms {
            self.answered += 1;
            let handled_ms = shown.duration_ms.saturating_sub(answered_ms).max(0);
            self.handled_ms = self.handled_ms.saturating_add(handled_ms.unsigned_abs());
            self.inbound_answered += u64::from(shown.inbound);
        } else if shown.inbound && shown.customer_heard {
            self.abandoned += 1;
            let is_short = |limit_ms: i64| u64::from(shown.duration_ms < limit_ms);
            self.short.iter_mut().for_each(|(limit_ms, count)| *count += is_short(*limit_ms));
        }
        if self.wants_contacts {
            self.too_many_contacts |= self.contacts.len() >= MAX_CONTACTS_REMEMBERED;
            self.contacts.extend(shown.contact.filter(|_| !self.too_many_contacts));
        }
    }

    /// Calls that the record shows to be transferred.
    pub(crate) const fn transferred(&self) -> u64 {
        self.transferred
    }

    pub(crate) fn add_dialogs(&mut self, dialogs: &[DialogTotal]) {
        let told = |dialog: &DialogTotal| dialog.began.saturating_sub(dialog.not_recorded);
        let resolved = dialogs.iter().map(|dialog| dialog.resolved).sum();
        self.contained = (resolved, dialogs.iter().map(told).sum());
        // Contacts come in the order of files; what repeats what is a matter of time.
        self.contacts.sort_unstable();
    }

    /// A figure over all calls: a share 0..1 or milliseconds; `None`: recordings do not tell it.
    pub(crate) fn measure(&self, metric: Metric) -> Option<f64> {
        let offered = self.inbound_answered + self.abandoned;
        match metric {
            Metric::QualityPassedByAgent { checks } => {
                self.by_agent.iter().find(|(of, _)| *of == checks).map(|(_, worst)| *worst)
            }
            Metric::QualityPassed => kpi::share(self.quality.0, self.quality.0 + self.quality.1),
            Metric::TransferRate => kpi::transfer_rate(self.transferred, self.calls),
            Metric::TransferError => kpi::transfer_error(self.moved_on, self.transfers),
            Metric::AnswerRate => kpi::answer_rate(self.inbound_answered, offered),
            Metric::Abandonment { short_abandon_ms } => {
                let short = self.short.iter().find(|(limit_ms, _)| *limit_ms == short_abandon_ms);
                let short = short.map_or(0, |(_, count)| *count);
                kpi::abandonment_excluding_short(self.abandoned, short, offered)
            }
            Metric::AverageHandleTime => kpi::average_handle_time_ms(self.handled_ms, 0, 0, self.answered),
            Metric::Containment => kpi::containment(self.contained.0, self.contained.1),
            Metric::AutomationRate if self.contained.1 > 0 => kpi::share(self.contained.0, self.calls),
            Metric::FirstContactResolution { within_ms } => self.first_contact_resolution(within_ms),
            Metric::ServiceLevel { .. }
            | Metric::AverageSpeedOfAnswer
            | Metric::MeanWait
            | Metric::LongestWait
            | Metric::Occupancy
            | Metric::AutomationRate
            | Metric::CallsPerAgent
            | Metric::AvoidableContacts
            | Metric::IntentAccuracy
            | Metric::Latency { .. }
            | Metric::CampaignAbandonment => None,
        }
    }

    fn first_contact_resolution(&self, within_ms: i64) -> Option<f64> {
        if self.too_many_contacts {
            return None;
        }
        let pairs = self.contacts.iter().zip(self.contacts.iter().skip(1));
        let repeats = |((one, before_ms), (other, at_ms)): &(&(u64, i64), &(u64, i64))| {
            one == other && at_ms.saturating_sub(*before_ms) <= within_ms
        };
        let repeated = pairs.filter(repeats).count() as u64;
        kpi::first_contact_resolution(repeated, self.contacts.len() as u64)
    }
}

/// What a figure of recordings leaves out, in a few words; empty: nothing.
pub(crate) const fn note(metric: Metric) -> &'static str {
    match metric {
        Metric::AverageHandleTime => "without after-call work",
        Metric::AnswerRate | Metric::Abandonment { .. } => {
            "nobody of the centre heard counts as not answered"
        }
        Metric::FirstContactResolution { .. } => "by the numbers in these recordings",
        Metric::QualityPassedByAgent { .. } => "the lowest; of agents whom recordings name",
        Metric::Containment | Metric::AutomationRate => "of dialogs whose end the recordings tell",
        _ => "",
    }
}

/// Why recordings do not tell a figure, where a simulated centre does not either; empty: it does.
pub(crate) const fn why_not(metric: Metric) -> &'static str {
    match metric {
        Metric::Latency { of: Latency::Escalation | Latency::CallBack } => "",
        Metric::Latency { .. } => "measure it where it happens",
        Metric::QualityPassed | Metric::QualityPassedByAgent { .. } => "no check was judged",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: i64 = 86_400_000;

    fn figures(metric: Metric) -> Figures {
        let wants_contacts = matches!(metric, Metric::FirstContactResolution { .. });
        Figures { wants_contacts, short: vec![(5_000, 0), (0, 0)], ..Figures::default() }
    }

    #[test]
    fn somebody_who_calls_again_in_time_was_not_helped_whatever_the_order_of_files() {
        let metric = Metric::FirstContactResolution { within_ms: 7 * DAY_MS };
        let mut figures = figures(metric);
        for (caller, day) in [(1, 30), (1, 1), (2, 5), (1, 3), (3, 9), (2, 20)] {
            figures.add(&OfRecord { contact: Some((caller, day * DAY_MS)), ..OfRecord::default() });
        }
        figures.add_dialogs(&[]);
        assert_eq!(figures.measure(metric), kpi::first_contact_resolution(1, 6));
        figures.too_many_contacts = true;
        assert_eq!(figures.measure(metric), None);
    }

    #[test]
    fn who_hears_nobody_of_the_centre_gave_up() {
        let mut figures = figures(Metric::AnswerRate);
        let alone = |duration_ms| OfRecord {
            inbound: true,
            customer_heard: true,
            duration_ms,
            ..OfRecord::default()
        };
        figures.add(&alone(3_000));
        figures.add(&alone(60_000));
        // Nobody speaks: the record tells nothing.
        figures.add(&OfRecord { inbound: true, ..OfRecord::default() });
        figures.add(&OfRecord { answered_ms: Some(10_000), ..alone(70_000) });
        assert_eq!(figures.measure(Metric::AnswerRate), Some(1.0 / 3.0));
        assert_eq!(figures.measure(Metric::Abandonment { short_abandon_ms: 0 }), Some(2.0 / 3.0));
        assert_eq!(figures.measure(Metric::Abandonment { short_abandon_ms: 5_000 }), Some(0.5));
        assert_eq!(figures.measure(Metric::AverageHandleTime), Some(60_000.0));
        assert_eq!(figures.measure(Metric::AverageSpeedOfAnswer), None);
    }
}
