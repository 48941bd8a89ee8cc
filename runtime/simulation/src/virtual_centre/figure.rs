//! The figures of a report: each has one name and one formula.

use serde::Serialize;
use tandem_stdlib::contract::Promise;
use tandem_stdlib::words::{AnswerCounts, ServiceLevelFormula as Formula, kpi};

use super::journey::Journey;
use super::tally::Tally;

/// What a figure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Calls of one run.
    Calls,
    /// A part of 1.
    Share,
    /// Seconds.
    Seconds,
    /// Answers of a caller, or conversations of an agent.
    Answers,
    /// Money, in the scenario's currency.
    Money,
}

/// Who waits so many times as long as others do is starved.
const STARVED_MEANS: f64 = 10.0;

macro_rules! figures {
    ($($(#[doc = $doc:literal])+ $variant:ident $name:literal $unit:ident,)+) => {
        /// A figure of callers with its formula.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Figure {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Figure {
            /// All figures, in the order of reports.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The name in documents.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What it is counted in.
            #[must_use]
            pub const fn unit(self) -> Unit {
                match self { $(Self::$variant => Unit::$unit,)+ }
            }
        }
    };
}

figures! {
    /// Calls that came to a queue.
    Offered "offered" Calls,
    /// Calls that an agent answered.
    Answered "answered" Calls,
    /// Calls whose caller gave up.
    Abandoned "abandoned" Calls,
    /// Share answered in time, by the promise's own formula.
    ServiceLevel "service_level" Share,
    /// Answered in time over all answered.
    OfAnswered "service_level_of_answered" Share,
    /// Answered in time over all offered.
    OfOffered "service_level_of_offered" Share,
    /// Answered in time over offered, those abandoned in time left out.
    ExcludingAbandonedInTime "service_level_excluding_abandoned_in_time" Share,
    /// Answered in time over offered, short abandons left out.
    ExcludingShort "service_level_excluding_short" Share,
    /// Answered or abandoned in time over offered.
    CountingAbandonedInTime "service_level_counting_abandoned_in_time" Share,
    /// Answered in time or abandoned short over offered.
    CountingShort "service_level_counting_short" Share,
    /// Mean wait of answered calls (average speed of answer).
    SpeedOfAnswer "asa_s" Seconds,
    /// Mean wait of all calls that were not blocked.
    MeanWait "mean_wait_s" Seconds,
    /// The longest wait.
    LongestWait "longest_wait_s" Seconds,
    /// Share of calls, not blocked, that waited longer than ten times the mean.
    Starved "starved" Share,
    /// Share of calls, not blocked, that had to wait.
    Waiting "p_wait" Share,
    /// Abandoned over offered.
    Abandonment "abandonment" Share,
    /// Abandoned but for short ones, over offered but for short ones.
    AbandonmentWithoutShort "abandonment_without_short" Share,
    /// Answered over offered.
    AnswerRate "answer_rate" Share,
    /// Turned away because the queue was full, over offered.
    Blocking "p_block" Share,
    /// Ended by the queue because its time was over, over offered.
    TimedOut "timed_out" Share,
    /// Moved on to another queue, over offered.
    Overflow "overflow" Share,
    /// Mean talk and after-call work of a conversation.
    HandleTime "aht_s" Seconds,
    /// Transferred over handled.
    TransferRate "transfer_rate" Share,
    /// Transfers to where the call was transferred on, over transfers by agents and dialogs.
    TransferError "transfer_error" Share,
    /// Closed by the machine over begun with the machine.
    Containment "containment" Share,
    /// Closed by a bot or a machine over all calls that are over.
    AutomationRate "automation_rate" Share,
    /// Conversations with agents that need not have been, over all: of callers who were not helped before, after a
    /// transfer by an agent, or after a bot that had not understood.
    AvoidableContacts "avoidable_contacts" Share,
    /// Intents that were recognised rightly, over those that were recognised.
    IntentAccuracy "intent_accuracy" Share,
    /// Calls that began with a dialog of the policy.
    WithBot "begun_with_bot" Calls,
    /// Contained although the caller wanted something else, over begun with a dialog.
    ContainedFalsely "contained_falsely" Share,
    /// Hung up in a dialog, over begun with one.
    HungUpInBot "hung_up_in_bot" Share,
    /// Ended by a dialog that settled nothing, over begun with one.
    EndedByBot "ended_by_bot" Share,
    /// Calls with a dialog in which the caller asked for a person, over begun with one.
    AskedForPerson "asked_for_person" Share,
    /// Mean time from a caller's first request for a person until an agent was reached.
    AskedToPerson "asked_to_person_s" Seconds,
    /// Callers whom a dialog tried to keep and did not transfer, over those whom it tried to keep.
    Retained "retained" Share,
    /// Offers of a person by dialogs.
    Offers "offers" Calls,
    /// Offers accepted over made.
    OffersAccepted "offers_accepted" Share,
    /// Offers that a condition kept back while no agent was idle, over those made and kept back.
    OffersHeldBack "offers_held_back" Share,
    /// Mean number of answers to a dialog before a person was reached.
    AnswersToPerson "answers_to_person" Answers,
    /// Mean time from a call's beginning until an agent was reached.
    TimeToPerson "time_to_person_s" Seconds,
    /// 1 minus the calls that repeat an earlier one within the window, over all calls.
    FirstContactResolution "first_contact_resolution" Share,
    /// Calls of callers who were not helped before.
    Repeats "repeats" Calls,
    /// Call-backs that callers accepted.
    CallBacks "callbacks" Calls,
    /// Call-backs that reached the customer, over those accepted.
    CalledBack "callbacks_reached" Share,
    /// Call-backs that reached the customer in time, over those accepted.
    CalledInTime "callbacks_kept" Share,
    /// Call-backs that did not reach the customer, over those accepted.
    NotReached "callbacks_failed" Share,
    /// Mean time until a customer was called back.
    TimeToCallBack "time_to_callback_s" Seconds,
    /// The longest time until a customer was called back.
    LongestTimeToCallBack "longest_time_to_callback_s" Seconds,
}

impl Figure {
    /// The figure's value; nothing where it has none, such as a mean of no calls.
    pub(super) fn of(self, tally: &Tally, promise: &Promise) -> Option<f64> {
        let t = tally;
        let seconds = |ms: Option<f64>| ms.map(|ms| ms / 1000.0);
        let level = |formula: Formula| formula.share(&answers(t));
        match self {
            Self::Offered => Some(t.offered as f64),
            Self::Answered => Some(t.answers.answered as f64),
            Self::Abandoned => Some(t.answers.abandoned as f64),
            Self::ServiceLevel => level(promise.formula),
            Self::OfAnswered => level(Formula::OfAnswered),
            Self::OfOffered => level(Formula::OfOffered),
            Self::ExcludingAbandonedInTime => level(Formula::ExcludingAbandonedInTime),
            Self::ExcludingShort => level(Formula::ExcludingShort),
            Self::CountingAbandonedInTime => level(Formula::CountingAbandonedInTime),
            Self::CountingShort => level(Formula::CountingShort),
            Self::SpeedOfAnswer => {
                seconds(kpi::average_speed_of_answer_ms(t.wait_answered_ms, t.answers.answered))
            }
            Self::MeanWait => seconds(kpi::mean_wait_ms(t.wait_ms, t.admitted())),
            Self::LongestWait => (t.offered > 0).then(|| t.longest_ms as f64 / 1000.0),
            Self::Starved => {
                let mean_ms = kpi::mean_wait_ms(t.wait_ms, t.admitted())?;
                Some(t.waits.beyond(STARVED_MEANS * mean_ms) / t.admitted() as f64)
            }
            Self::Waiting => kpi::share(t.waited, t.admitted()),
            Self::Abandonment => kpi::abandonment(t.answers.abandoned, t.offered),
            Self::AbandonmentWithoutShort => {
                kpi::abandonment_excluding_short(t.answers.abandoned, t.answers.abandoned_short, t.offered)
            }
            Self::AnswerRate => kpi::answer_rate(t.answers.answered, t.offered),
            Self::Blocking => kpi::share(t.blocked, t.offered),
            Self::TimedOut => kpi::share(t.timed_out, t.offered),
            Self::Overflow => kpi::share(t.overflowed, t.offered),
            Self::HandleTime => {
                seconds(kpi::average_handle_time_ms(t.talk_ms, 0, t.after_call_ms, t.handled))
            }
            Self::TransferRate => kpi::transfer_rate(t.transferred, t.handled),
            Self::TransferError => kpi::transfer_error(t.moved_on, t.moves),
            Self::Containment => kpi::containment(t.contained, t.begun_with_machine),
            _ => self.of_journey(&t.journey),
        }
    }
}

impl Figure {
    /// The value of a figure about how callers fared.
    fn of_journey(self, journey: &Journey) -> Option<f64> {
        let j = journey;
        match self {
            Self::AutomationRate => kpi::share(j.automated, j.calls),
            Self::AvoidableContacts => kpi::share(j.avoidable, j.conversations),
            Self::IntentAccuracy => kpi::share(j.recognised_rightly, j.recognised),
            Self::WithBot => (j.with_bot > 0).then_some(j.with_bot as f64),
            Self::ContainedFalsely => kpi::share(j.contained_falsely, j.with_bot),
            Self::HungUpInBot => kpi::share(j.hung_up, j.with_bot),
            Self::EndedByBot => kpi::share(j.ended, j.with_bot),
            Self::AskedForPerson => kpi::share(j.asked_for_person, j.with_bot),
            Self::AskedToPerson => mean(j.asked_to_person_ms, j.asked_and_reached).map(|ms| ms / 1000.0),
            Self::Retained => kpi::share(j.kept, j.retained),
            Self::Offers => (j.offers > 0).then_some(j.offers as f64),
            Self::OffersAccepted => kpi::share(j.accepted, j.offers),
            Self::OffersHeldBack => kpi::share(j.held_back, j.offers + j.held_back),
            Self::AnswersToPerson => mean(j.answers_to_person, j.reached_after_bot),
            Self::TimeToPerson => mean(j.to_person_ms, j.reached_person).map(|ms| ms / 1000.0),
            Self::FirstContactResolution => kpi::first_contact_resolution(j.repeated, j.contacts),
            Self::Repeats => (j.contacts > 0).then_some(j.repeats as f64),
            Self::CallBacks => (j.call_backs > 0).then_some(j.call_backs as f64),
            Self::CalledBack => kpi::share(j.called_back, j.call_backs),
            Self::CalledInTime => kpi::share(j.called_in_time, j.call_backs),
            Self::NotReached => kpi::share(j.not_reached, j.call_backs),
            Self::TimeToCallBack => mean(j.called_after_ms, j.called_back).map(|ms| ms / 1000.0),
            Self::LongestTimeToCallBack => {
                (j.called_back > 0).then_some(j.called_after_longest_ms as f64 / 1000.0)
            }
            _ => None,
        }
    }
}

fn mean(sum: u64, count: u64) -> Option<f64> {
    (count > 0).then(|| sum as f64 / count as f64)
}

/// Counts for service levels. Who was turned away, or sent off because the queue's time was over, was not answered.
fn answers(tally: &Tally) -> AnswerCounts {
    AnswerCounts { abandoned: tally.offered.saturating_sub(tally.answers.answered), ..tally.answers }
}
