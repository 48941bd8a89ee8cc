//! Did-you-mean, types and lists in the author's words.

use tandem_stdlib::contract::{Type, Vocabulary};
use tandem_stdlib::words::closest;

use crate::diagnostics::{Code, Diagnostic};
use crate::source::Span;

/// Names shown in a help line at most.
const NAMES_SHOWN_MAX: usize = 6;

/// The finding about a name that is none of those that it could be, with the one that was most likely meant.
pub(super) fn unknown_name<'n>(
    name: &str,
    span: Span,
    message: impl Into<String>,
    candidates: impl IntoIterator<Item = &'n str>,
) -> Diagnostic {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let wrong = Diagnostic::new(Code::UnknownName, span, message);
    match nearest(name, candidates.iter().copied()) {
        Some(near) => wrong.help(did_you_mean(near)).fix(span, near),
        None => Diagnostic { help: known(&candidates), ..wrong },
    }
}

/// What to do about an unknown name: the nearest candidate, or the candidates there are.
pub(super) fn help<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    match nearest(name, candidates.iter().copied()) {
        Some(near) => Some(did_you_mean(near)),
        None => known(&candidates),
    }
}

fn did_you_mean(near: &str) -> String {
    format!("did you mean `{near}`?")
}

/// The names that there are, or the first of them.
fn known(candidates: &[&str]) -> Option<String> {
    let shown: Vec<String> = candidates.iter().take(NAMES_SHOWN_MAX).map(|one| format!("`{one}`")).collect();
    match candidates.len() {
        0 => None,
        count if count > NAMES_SHOWN_MAX => {
            Some(format!("known are {} and {} more", shown.join(", "), count - NAMES_SHOWN_MAX))
        }
        _ => Some(format!("known are {}", shown.join(", "))),
    }
}

/// The candidate that the author most likely meant.
pub(super) fn nearest<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    closest(name, candidates)
}

/// A type as a predicate, such as `is in dB`.
pub(super) fn is(ty: Type, vocabularies: &[Vocabulary]) -> String {
    match ty {
        Type::YesNo => "is yes or no".into(),
        Type::Word(at) => format!("is a word of `{}`", vocabulary_name(at, vocabularies)),
        Type::Number => "is a plain number".into(),
        Type::Percent => "is in percent".into(),
        Type::Decibel => "is in dB".into(),
        Type::TimesUsual => "is in times usual".into(),
        Type::Hertz => "is in Hz".into(),
        Type::SyllablesPerSecond => "is in syllables/s".into(),
        Type::Money(currency) => format!("is money in {currency}"),
        Type::Duration => "is a duration".into(),
        Type::Moment => "is a moment".into(),
        Type::Date => "is a date".into(),
        Type::TimeOfDay => "is a time of day".into(),
        Type::Phone => "is a phone number".into(),
        Type::Text => "is a text".into(),
        Type::Record(_) => "is the answer of a source".into(),
    }
}

/// How a value of the type is written, for help lines.
pub(super) fn example(ty: Type, vocabularies: &[Vocabulary]) -> Option<String> {
    Some(match ty {
        Type::YesNo => "write `yes` or `no`".into(),
        Type::Word(at) => {
            let words = vocabularies.get(at as usize).map(|one| one.words.as_slice()).unwrap_or_default();
            let shown: Vec<String> =
                words.iter().take(NAMES_SHOWN_MAX).map(|one| format!("`{one}`")).collect();
            format!("words of `{}` are {}", vocabulary_name(at, vocabularies), shown.join(", "))
        }
        Type::Number => "write a plain number such as `0.7`".into(),
        Type::Percent => "write a percentage such as `30%`".into(),
        Type::Decibel => "write a level such as `6 dB`".into(),
        Type::TimesUsual => "write a ratio such as `1.3 times usual`".into(),
        Type::Hertz => "write a frequency such as `180 Hz`".into(),
        Type::SyllablesPerSecond => "write a rate such as `5 syllables/s`".into(),
        Type::Money(currency) => format!("write an amount such as `100 {currency}`"),
        Type::Duration => "write a duration such as `5s`".into(),
        Type::Moment => "write a moment such as `2026-03-29 00:59:50 Europe/London`".into(),
        Type::Date => "write a date such as `2026-10-01`".into(),
        Type::TimeOfDay => "write a time such as `08:00`".into(),
        Type::Phone => "write a number such as `\"+8613800138000\"`".into(),
        Type::Text => "write a text in quotation marks".into(),
        Type::Record(_) => return None,
    })
}

/// The name of a vocabulary.
pub(super) fn vocabulary_name(at: u32, vocabularies: &[Vocabulary]) -> &str {
    vocabularies.get(at as usize).map(|one| one.name.as_str()).unwrap_or_default()
}
