//! The little syntax of phrases: literals, `( a | b )` alternatives, `[ x ]` that may be left out, nested.

use super::fold::{Folded, fold};

/// The most texts that one pattern may stand for.
pub const EXPANSIONS_MAX: usize = 1_024;

/// The longest pattern, in bytes.
pub const PATTERN_BYTES_MAX: usize = 4_096;

/// The deepest nesting of brackets.
pub const NESTING_MAX: usize = 16;

/// A mistake in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Where, in bytes from the pattern's start.
    pub offset: usize,
    /// What.
    pub kind: PatternErrorKind,
}

/// Kinds of mistakes in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternErrorKind {
    /// `(` or `[` that is never closed.
    Unclosed,
    /// `)` or `]` that closes nothing.
    Unopened,
    /// Brackets deeper than [`NESTING_MAX`].
    TooDeep,
    /// Longer than [`PATTERN_BYTES_MAX`].
    TooLong,
    /// Stands for more than [`EXPANSIONS_MAX`] texts.
    TooManyExpansions,
    /// `?`, `*` or `+` behind a bracket, as regular expressions have them.
    Repeated,
    /// One of its texts has no letter, digit or character of a word: it would be heard everywhere.
    Empty,
}

impl std::fmt::Display for PatternError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.kind {
            PatternErrorKind::Unclosed => write!(f, "this bracket is never closed"),
            PatternErrorKind::Unopened => write!(f, "this bracket closes nothing"),
            PatternErrorKind::TooDeep => write!(f, "brackets nest deeper than {NESTING_MAX}"),
            PatternErrorKind::TooLong => write!(f, "the phrase is longer than {PATTERN_BYTES_MAX} bytes"),
            PatternErrorKind::TooManyExpansions => {
                write!(f, "the phrase stands for more than {EXPANSIONS_MAX} texts; write several phrases")
            }
            PatternErrorKind::Repeated => {
                write!(f, "`?`, `*` and `+` behind a bracket mean nothing in phrases")
            }
            PatternErrorKind::Empty => {
                write!(
                    f,
                    "the phrase can be left out altogether or has no word; it would be heard everywhere"
                )
            }
        }
    }
}

impl std::error::Error for PatternError {}

/// A phrase of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// What is said: a [`Pattern`].
    pub pattern: String,
    /// Whether it counts only where nothing else is said in the turn.
    pub alone: bool,
}

impl From<&str> for Phrase {
    fn from(pattern: &str) -> Self {
        Self { pattern: pattern.to_owned(), alone: false }
    }
}

/// A parsed pattern, within all limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    root: Alternatives,
}

/// `a|b|c`: each is a sequence of parts.
type Alternatives = Vec<Vec<Part>>;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Group(Alternatives),
    Optional(Alternatives),
}

impl Pattern {
    /// Parses a pattern. Brackets and bars of full width mean the same as those of half width.
    ///
    /// # Errors
    /// The first mistake, with its place.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        if text.len() > PATTERN_BYTES_MAX {
            return Err(PatternError { offset: PATTERN_BYTES_MAX, kind: PatternErrorKind::TooLong });
        }
        let root = parse(text)?;
        let pattern = Self { root };
        if count(&pattern.root) > EXPANSIONS_MAX {
            return Err(PatternError { offset: 0, kind: PatternErrorKind::TooManyExpansions });
        }
        let spoken = |text: &String| {
            text.chars().any(|letter| matches!(fold(letter), Folded::Word(_) | Folded::Ideograph(_)))
        };
        if !pattern.expand().iter().all(spoken) {
            return Err(PatternError { offset: 0, kind: PatternErrorKind::Empty });
        }
        Ok(pattern)
    }

    /// Every text that the pattern stands for, at most [`EXPANSIONS_MAX`], not folded.
    #[must_use]
    pub fn expand(&self) -> Vec<String> {
        expand(&self.root)
    }
}

/// An open bracket and what was read before it and within it.
struct Level {
    offset: usize,
    optional: bool,
    alternatives: Alternatives,
}

impl Level {
    fn new(offset: usize, optional: bool) -> Self {
        Self { offset, optional, alternatives: vec![Vec::new()] }
    }

    fn push(&mut self, part: Part) {
        if let Some(sequence) = self.alternatives.last_mut() {
            sequence.push(part);
        }
    }

    fn push_char(&mut self, letter: char) {
        let last = self.alternatives.last_mut().and_then(|sequence| sequence.last_mut());
        if let Some(Part::Literal(text)) = last {
            text.push(letter);
        } else {
            self.push(Part::Literal(letter.to_string()));
        }
    }
}

fn parse(text: &str) -> Result<Alternatives, PatternError> {
    let fail = |offset, kind| Err(PatternError { offset, kind });
    let mut outer: Vec<Level> = Vec::new();
    let mut level = Level::new(0, false);
    for (offset, letter) in text.char_indices() {
        match half_width(letter) {
            open @ ('(' | '[') => {
                if outer.len() == NESTING_MAX {
                    return fail(offset, PatternErrorKind::TooDeep);
                }
                outer.push(std::mem::replace(&mut level, Level::new(offset, open == '[')));
            }
            close @ (')' | ']') => {
                let Some(parent) = outer.pop().filter(|_| level.optional == (close == ']')) else {
                    return fail(offset, PatternErrorKind::Unopened);
                };
                let closed = std::mem::replace(&mut level, parent);
                level.push(if closed.optional {
                    Part::Optional(closed.alternatives)
                } else {
                    Part::Group(closed.alternatives)
                });
            }
            '|' => level.alternatives.push(Vec::new()),
            '?' | '*' | '+' if is_repetition(text, offset) => {
                return fail(offset, PatternErrorKind::Repeated);
            }
            _ => level.push_char(letter),
        }
    }
    if outer.is_empty() { Ok(level.alternatives) } else { fail(level.offset, PatternErrorKind::Unclosed) }
}

/// Whether a sign stands behind a bracket and is no punctuation: a question may end with `?`.
fn is_repetition(text: &str, offset: usize) -> bool {
    let (before, from) = text.split_at_checked(offset).unwrap_or_default();
    let mut after = from.chars();
    let is_question = after.next() == Some('?') && after.as_str().trim().is_empty();
    before.ends_with([')', ']', '）', '］']) && !is_question
}

fn half_width(letter: char) -> char {
    match letter {
        '（' => '(',
        '）' => ')',
        '［' => '[',
        '］' => ']',
        '｜' => '|',
        other => other,
    }
}

/// How many texts, counted without making them; never overflows.
fn count(alternatives: &Alternatives) -> usize {
    alternatives
        .iter()
        .map(|parts| parts.iter().map(count_part).fold(1, usize::saturating_mul))
        .fold(0, usize::saturating_add)
}

fn count_part(part: &Part) -> usize {
    match part {
        Part::Literal(_) => 1,
        Part::Group(inner) => count(inner),
        Part::Optional(inner) => count(inner).saturating_add(1),
    }
}

fn expand(alternatives: &Alternatives) -> Vec<String> {
    alternatives.iter().flat_map(|parts| expand_sequence(parts)).collect()
}

fn expand_sequence(parts: &[Part]) -> Vec<String> {
    let mut texts = vec![String::new()];
    for part in parts {
        let tails = match part {
            Part::Literal(literal) => vec![literal.clone()],
            Part::Group(inner) => expand(inner),
            Part::Optional(inner) => std::iter::once(String::new()).chain(expand(inner)).collect(),
        };
        texts = texts.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).collect();
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pattern: &str) -> Vec<String> {
        Pattern::parse(pattern).unwrap().expand()
    }

    fn mistake(pattern: &str) -> (usize, PatternErrorKind) {
        let error = Pattern::parse(pattern).unwrap_err();
        (error.offset, error.kind)
    }

    #[test]
    fn alternatives_and_options_multiply() {
        assert_eq!(texts("cancel (everything|my card)"), ["cancel everything", "cancel my card"]);
        assert_eq!(texts("[please] go"), [" go", "please go"]);
        assert_eq!(texts("注销（账户｜卡）"), ["注销账户", "注销卡"]);
        assert_eq!(texts("a(b|[c]d)"), ["ab", "ad", "acd"]);
        assert_eq!(texts("a|b"), ["a", "b"]);
    }

    #[test]
    fn mistakes_are_told_where_they_are() {
        assert_eq!(mistake("a (b"), (2, PatternErrorKind::Unclosed));
        assert_eq!(mistake("a (b [c)"), (7, PatternErrorKind::Unopened));
        assert_eq!(mistake("通话(可能)?被录音"), (14, PatternErrorKind::Repeated));
        assert_eq!(mistake("(no)* way"), (4, PatternErrorKind::Repeated));
        assert_eq!(texts("where is (it|he)?").len(), 2);
        assert_eq!(mistake("销户)"), (6, PatternErrorKind::Unopened));
        assert_eq!(mistake(&"(".repeat(20)), (16, PatternErrorKind::TooDeep));
        assert_eq!(mistake(&"a".repeat(5_000)), (4_096, PatternErrorKind::TooLong));
        assert_eq!(mistake(&"(a|b)".repeat(11)), (0, PatternErrorKind::TooManyExpansions));
        assert_eq!(mistake(&"(a|b)".repeat(800)), (0, PatternErrorKind::TooManyExpansions));
    }

    #[test]
    fn a_pattern_that_may_be_nothing_is_a_mistake() {
        for pattern in ["", "  ", "...", "[x]", "(a|)", "'", "(a|！)"] {
            assert_eq!(mistake(pattern).1, PatternErrorKind::Empty, "{pattern}");
        }
    }
}
