//! What is promised, and how far a call has come with it.

use tandem_stdlib::contract::Slot;

/// A property, checked.
#[derive(Clone, Debug)]
pub(super) struct Property {
    /// What the caller does, and how often, before it counts; `None`: it counts from the beginning.
    pub(super) who: Option<(Behaviour, u16)>,
    pub(super) kind: Kind,
}

/// What a caller does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behaviour {
    /// Says phrases (index into the policy's phrases).
    Says(u32),
    /// Tells an intent.
    Tells(Slot),
    Keys(char),
    Silent,
    NotUnderstood,
}

/// What is promised of a path, from where it counts.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// One of the goals is reached in so many turns; `None`: before the dialog ends.
    Reaches(Vec<Goal>, Option<u16>),
    /// None of the goals is reached in so many turns; `None`: ever.
    Never(Vec<Goal>, Option<u16>),
    /// No more questions are asked.
    AsksAtMost(u16),
}

/// What a path comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// Any queue.
    Person,
    Queue(Slot),
    Answer,
    Offer,
    End,
}

/// What a dialog does in a turn, as far as promises are about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    Asked(u32),
    Offered(Slot),
    /// A queue; 0: one that is not told.
    Transferred(Slot),
    Answered,
    Resolved,
    Ended,
}

impl Told {
    /// Whether this is what the goal means.
    const fn is(self, goal: Goal) -> bool {
        match (goal, self) {
            (Goal::Person, Self::Transferred(_))
            | (Goal::Answer, Self::Answered | Self::Resolved)
            | (Goal::Offer, Self::Offered(_))
            | (Goal::End, Self::Ended | Self::Resolved) => true,
            (Goal::Queue(wanted), Self::Transferred(queue)) => wanted == queue,
            _ => false,
        }
    }

    /// Whether the dialog is over.
    pub(super) const fn is_over(self) -> bool {
        matches!(self, Self::Transferred(_) | Self::Resolved | Self::Ended)
    }
}

/// How far a call has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Progress {
    /// How often the caller has done it.
    times: u16,
    /// Turns since it counts, the one in which it began to count included.
    since: Option<u16>,
    asked: u16,
}

impl Progress {
    /// Whether the promise is about this call by now.
    pub(super) const fn applies(&self) -> bool {
        self.since.is_some()
    }
}

/// What a turn means for the property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It can still be kept or broken.
    Open,
    /// Whatever comes, this call keeps it.
    Kept,
    Broken,
}

impl Property {
    /// Whether a goal is a queue by its name.
    pub(super) fn names_queues(&self) -> bool {
        match &self.kind {
            Kind::Reaches(goals, _) | Kind::Never(goals, _) => {
                goals.iter().any(|goal| matches!(goal, Goal::Queue(_)))
            }
            Kind::AsksAtMost(_) => false,
        }
    }

    /// Takes in what was told at the beginning or after one of the caller's turns, in which he did `done`.
    pub(super) fn step(&self, progress: &mut Progress, done: Option<&[Behaviour]>, told: &[Told]) -> Verdict {
        progress.since = match (progress.since, &self.who, done) {
            (Some(since), _, Some(_)) => Some(since.saturating_add(1)),
            (None, None, _) => Some(0),
            (None, Some((wanted, times)), Some(done)) if done.contains(wanted) => {
                progress.times += 1;
                (progress.times >= *times).then_some(1)
            }
            (since, ..) => since,
        };
        let over = told.iter().any(|told| told.is_over());
        let Some(since) = progress.since else { return if over { Verdict::Kept } else { Verdict::Open } };
        progress.since = Some(self.turns_that_matter(since));
        let verdict = self.judge(progress, since, told, over);
        if verdict == Verdict::Open && over { Verdict::Kept } else { verdict }
    }

    fn judge(&self, progress: &mut Progress, since: u16, told: &[Told], over: bool) -> Verdict {
        let met = |goals: &[Goal]| told.iter().any(|told| goals.iter().any(|goal| told.is(*goal)));
        match &self.kind {
            Kind::Reaches(goals, _) if met(goals) => Verdict::Kept,
            Kind::Reaches(_, within) if over || within.is_some_and(|within| since >= within) => {
                Verdict::Broken
            }
            Kind::Never(goals, _) if met(goals) => Verdict::Broken,
            Kind::Never(_, Some(within)) if since >= *within => Verdict::Kept,
            Kind::Reaches(..) | Kind::Never(..) => Verdict::Open,
            Kind::AsksAtMost(most) => {
                let asked = told.iter().filter(|told| matches!(told, Told::Asked(_) | Told::Offered(_)));
                let asked = u16::try_from(asked.count()).unwrap_or(u16::MAX);
                progress.asked = progress.asked.saturating_add(asked);
                if progress.asked > *most { Verdict::Broken } else { Verdict::Open }
            }
        }
    }

    /// Turns beyond these make no difference.
    fn turns_that_matter(&self, since: u16) -> u16 {
        match self.kind {
            Kind::Reaches(_, Some(within)) | Kind::Never(_, Some(within)) => since.min(within),
            _ => since.min(1),
        }
    }
}
