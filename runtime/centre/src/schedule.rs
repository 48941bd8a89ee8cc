//! Which entries run at which event, worked out once for a policy.
//!
//! At one event entries run in this order: watches, routes, quality checks, each kind in the manifest's order. So a
//! watch that reacts to an event is heard before the route that decides on it, and quality is judged last.

use tandem_stdlib::contract::{Effective, Entry, EntryKind, Manifest, Party, Trigger};

/// A set of ranks in the order of running.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RankSet(Vec<u64>);

impl RankSet {
    pub(crate) fn with_ranks(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    pub(crate) fn insert(&mut self, rank: usize) {
        if let Some(word) = self.0.get_mut(rank / 64) {
            *word |= 1 << (rank % 64);
        }
    }

    pub(crate) fn union(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(crate) fn clear(&mut self) {
        self.0.fill(0);
    }

    /// The ranks in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let bits = |word: u64| (0..64).filter(move |bit| word & (1 << bit) != 0);
        self.0.iter().enumerate().flat_map(move |(index, word)| bits(*word).map(move |bit| index * 64 + bit))
    }

    /// Takes the lowest rank out of the set.
    pub(crate) fn pop_first(&mut self) -> Option<usize> {
        let (index, word) = self.0.iter_mut().enumerate().find(|(_, word)| **word != 0)?;
        let bit = word.trailing_zeros() as usize;
        *word &= *word - 1;
        Some(index * 64 + bit)
    }
}

/// Where an entry's records lie, and what kind of answer it gives.
#[derive(Clone, Debug)]
pub(crate) struct Slotted {
    /// Index in the manifest.
    pub(crate) entry: usize,
    /// From when and until when it holds.
    pub(crate) effective: Effective,
    /// Its state in the call's state record.
    pub(crate) state: std::ops::Range<usize>,
    /// Length of its answer record.
    pub(crate) answer_slots: usize,
    /// Outputs of a route, items of a quality check.
    pub(crate) parts: usize,
    /// Where its answer record lies among those of all entries, when it runs in a group.
    pub(crate) answer: std::ops::Range<usize>,
    /// Where its last outputs or results are kept in the call's memory of answers.
    pub(crate) last: std::ops::Range<usize>,
}

/// Ranks by cause.
pub(crate) struct Schedule {
    /// Entries in the order of running.
    pub(crate) ranked: Vec<Slotted>,
    /// By index in the manifest: the entry's rank.
    ranks: Vec<usize>,
    pub(crate) start: RankSet,
    pub(crate) intent: RankSet,
    pub(crate) key: RankSet,
    pub(crate) unresolved: RankSet,
    pub(crate) hold: RankSet,
    pub(crate) answer: RankSet,
    pub(crate) end: RankSet,
    pub(crate) centre: RankSet,
    /// Watches of modes, which run for the whole centre and in no call.
    pub(crate) modes: RankSet,
    turn: [RankSet; 2],
    frame: [RankSet; 2],
    /// By phrase set, then by party.
    says: Vec<[RankSet; 2]>,
    /// Slots of state of all entries together.
    pub(crate) state_slots: usize,
    /// The longest answer record.
    pub(crate) answer_slots: usize,
    /// The answer records of all entries together.
    pub(crate) answers_slots: usize,
    /// Slots to remember last answers in.
    pub(crate) last_slots: usize,
}

impl Schedule {
    pub(crate) fn new(manifest: &Manifest) -> Self {
        let mut order: Vec<usize> = (0..manifest.entries.len()).collect();
        order.sort_by_key(|index| manifest.entries.get(*index).map(kind_order));
        let empty = RankSet::with_ranks(order.len());
        let pair = [empty.clone(), empty.clone()];
        let mut schedule = Self {
            ranked: Vec::with_capacity(order.len()),
            ranks: vec![usize::MAX; order.len()],
            start: empty.clone(),
            intent: empty.clone(),
            key: empty.clone(),
            unresolved: empty.clone(),
            hold: empty.clone(),
            answer: empty.clone(),
            end: empty.clone(),
            centre: empty.clone(),
            modes: empty,
            turn: pair.clone(),
            frame: pair.clone(),
            says: vec![pair; manifest.phrases.len()],
            state_slots: 0,
            answer_slots: 0,
            answers_slots: 0,
            last_slots: 0,
        };
        for (rank, index) in order.into_iter().enumerate() {
            if let (Some(entry), Some(known)) = (manifest.entries.get(index), schedule.ranks.get_mut(index)) {
                *known = rank;
                schedule.lay_out(index, entry);
                if manifest.modes.iter().any(|mode| mode.watch as usize == index) {
                    schedule.modes.insert(rank);
                } else {
                    entry.triggers.iter().for_each(|trigger| schedule.add(*trigger, rank));
                }
            }
        }
        schedule
    }

    /// The rank of an entry, by its index in the manifest.
    pub(crate) fn rank(&self, entry: usize) -> Option<usize> {
        self.ranks.get(entry).copied()
    }

    /// An entry by its index in the manifest.
    pub(crate) fn slotted(&self, entry: usize) -> Option<&Slotted> {
        self.ranked.get(self.rank(entry)?)
    }

    fn lay_out(&mut self, index: usize, entry: &Entry) {
        let parts = match &entry.kind {
            EntryKind::Route { outputs, .. } => outputs.len(),
            EntryKind::Watch { .. } => 0,
            EntryKind::Qa { items, .. } => items.len(),
        };
        let state_end = self.state_slots + entry.state_slots as usize;
        let last_end = self.last_slots + parts;
        let answers_end = self.answers_slots + entry.answer_slots as usize;
        self.ranked.push(Slotted {
            entry: index,
            effective: entry.effective,
            state: self.state_slots..state_end,
            answer_slots: entry.answer_slots as usize,
            parts,
            answer: self.answers_slots..answers_end,
            last: self.last_slots..last_end,
        });
        self.state_slots = state_end;
        self.last_slots = last_end;
        self.answers_slots = answers_end;
        self.answer_slots = self.answer_slots.max(entry.answer_slots as usize);
    }

    fn add(&mut self, trigger: Trigger, rank: usize) {
        let set = match trigger {
            Trigger::Start => &mut self.start,
            Trigger::Intent => &mut self.intent,
            Trigger::Key => &mut self.key,
            Trigger::Turn(party) => of_mut(&mut self.turn, party),
            Trigger::Frame(party) => of_mut(&mut self.frame, party),
            Trigger::Says(party, phrase) => match self.says.get_mut(phrase as usize) {
                Some(pair) => of_mut(pair, party),
                None => return,
            },
            Trigger::Unresolved => &mut self.unresolved,
            Trigger::Hold => &mut self.hold,
            Trigger::Answer => &mut self.answer,
            // An entry's own moment is kept with the call.
            Trigger::Wake => return,
            Trigger::End => &mut self.end,
            Trigger::Centre => &mut self.centre,
        };
        set.insert(rank);
    }

    /// Where the records of an entry lie.
    pub(crate) fn of_entry(&self, entry: usize) -> Option<&Slotted> {
        self.ranked.iter().find(|slotted| slotted.entry == entry)
    }

    pub(crate) const fn turn(&self, party: Party) -> &RankSet {
        of(&self.turn, party)
    }

    pub(crate) const fn frame(&self, party: Party) -> &RankSet {
        of(&self.frame, party)
    }

    pub(crate) fn says(&self, party: Party, phrase: usize) -> Option<&RankSet> {
        self.says.get(phrase).map(|pair| of(pair, party))
    }
}

/// One of a pair by party.
pub(crate) const fn of<T>(pair: &[T; 2], party: Party) -> &T {
    let [customer, agent] = pair;
    match party {
        Party::Customer => customer,
        Party::Agent => agent,
    }
}

/// One of a pair by party, to change.
pub(crate) const fn of_mut<T>(pair: &mut [T; 2], party: Party) -> &mut T {
    let [customer, agent] = pair;
    match party {
        Party::Customer => customer,
        Party::Agent => agent,
    }
}

const fn kind_order(entry: &Entry) -> u8 {
    match entry.kind {
        EntryKind::Watch { .. } => 0,
        EntryKind::Route { .. } => 1,
        EntryKind::Qa { .. } => 2,
    }
}
