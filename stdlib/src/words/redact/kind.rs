//! What can be masked.

use serde::{Deserialize, Serialize};

/// A kind of personal data that can be found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Redaction {
    /// Number of a payment card.
    CardNumber,
    /// Number of an identity document.
    IdNumber,
    /// Telephone number.
    Phone,
    /// E-mail address.
    Email,
    /// International bank account number.
    Iban,
}

impl Redaction {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::CardNumber, Self::IdNumber, Self::Phone, Self::Email, Self::Iban];

    /// The kind's name in the language.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CardNumber => "card_number",
            Self::IdNumber => "id_number",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Iban => "iban",
        }
    }
}
