//! The few sentences that callers need. The standard library's own examples are among them, so that its phrases hear them.

use super::answer::Says;

/// What nothing hears: words that tell the bot nothing.
pub(super) const MUMBLES: &str = "…";

/// A sentence in the language of the call: Chinese, or English for all others.
pub(super) fn words_of(says: Says, language: &str) -> &'static str {
    match (says, language == "zh") {
        (Says::Person, true) => "请转人工",
        (Says::Person, false) => "Can I talk to a person?",
        (Says::Yes, true) => "好的，没问题",
        (Says::Yes, false) => "yes please",
        (Says::No, true) => "不用了谢谢",
        (Says::No, false) => "no thank you",
    }
}
