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
        (Says::StopCalling, true) => "不要再给我打电话了",
        (Says::StopCalling, false) => "stop calling me",
        (Says::Later, true) => "现在不方便",
        (Says::Later, false) => "now is not a good time",
        (Says::WrongPerson, true) => "你打错了",
        (Says::WrongPerson, false) => "you've got the wrong number",
        (Says::No, true) => "不用了谢谢",
        (Says::No, false) => "no thank you",
    }
}
