//! Runs of digits, however they are written or spoken.

use crate::words::fold::{Folded, fold};

/// The most separators between two digits of one number, such as `) ` in `(010) 6552`.
const SEPARATORS_MAX: usize = 3;

/// The value of an `X` that stands for ten, as the last place of some identity numbers.
pub(super) const TEN: u8 = 10;

/// A digit of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digit {
    /// 0–9, or [`TEN`].
    pub(super) value: u8,
    /// Its first byte; digits of one word (`double four`) share it.
    pub(super) start: usize,
    /// Behind its last byte.
    pub(super) end: usize,
    /// Nothing of the same group stands before it.
    pub(super) first: bool,
    /// Nothing of the same group stands after it.
    pub(super) last: bool,
    /// A plus stands before it.
    pub(super) plus: bool,
    /// More than a space stands before it: `-`, `, ` and the like.
    pub(super) apart: bool,
}

/// Calls `on_run` for every run: digits with at most [`SEPARATORS_MAX`] separators between two of them.
pub(super) fn each_run(text: &str, on_run: impl FnMut(&[Digit])) {
    let mut reader =
        Reader { text, run: Vec::new(), separators: 0, plus: false, apart: false, times: None, on_run };
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match fold(letter) {
            Folded::Word(folded) => {
                let mut end = at + letter.len_utf8();
                let is_digit = folded.is_ascii_digit();
                let mut only_digits = is_digit;
                // A word is letters and digits without anything between.
                while let Some((next_at, next)) = letters.peek().copied() {
                    let Folded::Word(next_folded) = fold(next) else { break };
                    only_digits &= next_folded.is_ascii_digit();
                    end = next_at + next.len_utf8();
                    letters.next();
                }
                reader.word(at, end, only_digits);
            }
            Folded::Ideograph(folded) => reader.ideograph(folded, at, at + letter.len_utf8()),
            Folded::Break => reader.separator(letter),
            Folded::Ignored => {}
        }
    }
    reader.close();
}

struct Reader<'t, F: FnMut(&[Digit])> {
    text: &'t str,
    run: Vec<Digit>,
    separators: usize,
    plus: bool,
    apart: bool,
    /// `double` or `triple` was read: how often the next digit counts, and where that word began.
    times: Option<(usize, usize)>,
    on_run: F,
}

impl<F: FnMut(&[Digit])> Reader<'_, F> {
    fn word(&mut self, start: usize, end: usize, only_digits: bool) {
        let word = self.text.get(start..end).unwrap_or_default();
        if only_digits {
            return self.typed(word, start);
        }
        if let Some(digits) = word_with_ten(word) {
            return self.typed(digits, start);
        }
        let mut small = [0_u8; 8];
        match spoken(lower(word, &mut small)) {
            Some(Spoken::Digit(value)) => {
                let (times, start) = self.times.take().unwrap_or((1, start));
                for place in 0..times {
                    self.push(value, start, end, place == 0, place + 1 == times);
                }
            }
            Some(Spoken::Times(times)) => self.times = Some((times, start)),
            None => self.close(),
        }
    }

    /// Digits without anything between, perhaps with an X at the end.
    fn typed(&mut self, word: &str, start: usize) {
        self.times = None;
        let mut letters =
            word.char_indices().filter_map(|(at, letter)| Some((at, letter, value(letter)?))).peekable();
        let mut first = true;
        while let Some((at, letter, value)) = letters.next() {
            let last = letters.peek().is_none();
            self.push(value, start + at, start + at + letter.len_utf8(), first, last);
            first = false;
        }
    }

    fn ideograph(&mut self, letter: char, start: usize, end: usize) {
        let value = match letter {
            '零' | '〇' => 0,
            '一' | '幺' => 1,
            '二' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '叉' if !self.run.is_empty() => TEN,
            _ => return self.close(),
        };
        let joins = self.separators == 0;
        let joined = self.run.last_mut().filter(|before| joins && before.end == start);
        let first = joined.is_none();
        joined.into_iter().for_each(|before| before.last = false);
        self.push(value, start, end, first, true);
    }

    fn push(&mut self, value: u8, start: usize, end: usize, first: bool, last: bool) {
        self.run.push(Digit { value, start, end, first, last, plus: self.plus, apart: self.apart });
        (self.separators, self.plus, self.apart) = (0, false, false);
    }

    fn separator(&mut self, letter: char) {
        self.separators += 1;
        let joins = matches!(
            letter,
            ' ' | '\u{a0}' | '\u{3000}' | '-' | '‐'
                ..='―'
                    | '－'
                    | '.'
                    | '．'
                    | '·'
                    | ','
                    | '，'
                    | '、'
                    | '/'
                    | '('
                    | ')'
                    | '（'
                    | '）'
                    | '+'
                    | '＋'
        );
        if !joins || self.separators > SEPARATORS_MAX {
            self.close();
        }
        self.apart |= self.separators > 1 || !matches!(letter, ' ' | '\u{a0}' | '\u{3000}');
        self.plus = matches!(letter, '+' | '＋') || self.plus && matches!(letter, '(' | '（');
        if self.plus && self.run.last().is_some() {
            // A plus begins a number.
            self.close();
            self.plus = true;
        }
    }

    fn close(&mut self) {
        if !self.run.is_empty() {
            (self.on_run)(&self.run);
            self.run.clear();
        }
        (self.separators, self.plus, self.apart, self.times) = (0, false, false, None);
    }
}

/// A word of digits that ends in an X.
fn word_with_ten(word: &str) -> Option<&str> {
    let mut letters = word.chars();
    let is_ten = letters.next_back().is_some_and(|last| value(last) == Some(TEN));
    let digits = letters.as_str();
    let only_digits = digits.chars().all(|letter| value(letter).is_some_and(|value| value < TEN));
    (is_ten && only_digits).then_some(word)
}

fn value(letter: char) -> Option<u8> {
    match fold(letter) {
        Folded::Word('x') => Some(TEN),
        Folded::Word(folded) => folded.to_digit(10).and_then(|value| u8::try_from(value).ok()),
        _ => None,
    }
}

enum Spoken {
    Digit(u8),
    Times(usize),
}

fn spoken(word: &str) -> Option<Spoken> {
    let digit = match word {
        "zero" | "oh" | "o" | "nought" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" | "niner" => 9,
        "double" => return Some(Spoken::Times(2)),
        "triple" | "treble" => return Some(Spoken::Times(3)),
        _ => return None,
    };
    Some(Spoken::Digit(digit))
}

/// The word in small letters; nothing when it is longer than any digit's name.
fn lower<'b>(word: &str, buffer: &'b mut [u8; 8]) -> &'b str {
    let mut length = 0;
    for letter in word.chars() {
        let Folded::Word(folded) = fold(letter) else { continue };
        let Some(place) = buffer.get_mut(length).filter(|_| folded.is_ascii()) else { return "" };
        *place = u8::try_from(folded).unwrap_or_default();
        length += 1;
    }
    buffer.get(..length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
}
