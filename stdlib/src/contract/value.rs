//! Types of the language and their encoding in 64-bit slots.

use serde::{Deserialize, Serialize};

/// One value in a record of facts, state or answers.
///
/// | type | encoding |
/// |---|---|
/// | yes/no | 0 or 1 |
/// | a vocabulary's word | 0 = unknown, 1..=n in order of declaration |
/// | number, percent (as a fraction), dB, ratio, Hz, syllables a second | the bits of an `f64`; unknown is a NaN |
/// | money | `i64`, 1/10,000 of the currency's major unit |
/// | duration, moment (since the Unix epoch, UTC), time of day | `i64`, milliseconds |
/// | date | `i64`, days since 1970-01-01 |
/// | phone, text | `i64`, interned: 1-based index in [`Manifest::literals`](super::Manifest::literals), larger for a text that the policy does not mention, 0 = absent |
pub type Slot = u64;

/// The slot of a word that is not known.
pub const UNKNOWN_WORD: Slot = 0;

/// An ISO 4217 currency code, three upper-case letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Currency(pub [u8; 3]);

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

/// The type of a value. Indices point into the checked program's or the manifest's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Type {
    /// yes or no.
    YesNo,
    /// A word of the vocabulary at this index.
    Word(u32),
    /// A plain number.
    Number,
    /// A share; `30%` is 0.3.
    Percent,
    /// A level or a difference of levels in decibels.
    Decibel,
    /// A multiple of the call's own usual level.
    TimesUsual,
    /// A frequency in hertz.
    Hertz,
    /// A speech rate in syllables a second.
    SyllablesPerSecond,
    /// An amount of one currency.
    Money(Currency),
    /// A span of time.
    Duration,
    /// A point in time.
    Moment,
    /// A day of the calendar.
    Date,
    /// A time of day on the clock.
    TimeOfDay,
    /// A phone number in E.164 form.
    Phone,
    /// Free text.
    Text,
    /// The answer of a source: the record at this index.
    Record(u32),
}

impl Type {
    /// Whether slots of this type hold the bits of an `f64`.
    #[must_use]
    pub const fn is_float(self) -> bool {
        matches!(
            self,
            Self::Number
                | Self::Percent
                | Self::Decibel
                | Self::TimesUsual
                | Self::Hertz
                | Self::SyllablesPerSecond
        )
    }
}

/// What a vocabulary was declared as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VocabularyKind {
    /// `tier { … }`: customer value, ordered from low to high.
    Tier,
    /// `intent { … }`: what a caller wants.
    Intent,
    /// `skill a, b`: what an agent can do.
    Skill,
    /// `queue a`: where a call can wait.
    Queue,
    /// `role a, b`: who can be alerted.
    Role,
    /// `enum name { … }`.
    Enum,
}

/// A closed list of words that is a type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vocabulary {
    /// The type's name, such as `tier` or the name of an `enum`.
    pub name: String,
    /// What it was declared as.
    pub kind: VocabularyKind,
    /// The words in order of declaration; word `i` has slot value `i + 1`.
    pub words: Vec<String>,
}
