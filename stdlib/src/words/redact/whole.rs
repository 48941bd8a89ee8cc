//! Texts that are sensitive as a whole.

use std::borrow::Cow;

use super::{Redaction, mask};

/// What stands for a letter or a digit that is hidden.
const HIDDEN: char = '*';

/// Hides a text that is sensitive whatever it is: the kinds that are known as [`mask`] hides them, of anything else
/// every letter and digit.
#[must_use]
pub fn masked_text(text: &str) -> String {
    match mask(text, &Redaction::ALL) {
        Cow::Owned(masked) => masked,
        Cow::Borrowed(text) => {
            text.chars().map(|letter| if letter.is_alphanumeric() { HIDDEN } else { letter }).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::masked_text;

    #[test]
    fn nothing_of_a_text_of_no_known_kind_is_left() {
        assert_eq!(masked_text("No. 17, 王 street"), "**. **, * ******");
        assert_eq!(masked_text(""), "");
    }

    #[test]
    fn known_kinds_keep_what_people_recognise_them_by() {
        assert_eq!(masked_text("4111111111111111"), "************1111");
    }
}
