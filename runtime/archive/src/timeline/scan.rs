//! Reads the usual line without detours: a flat object whose texts hold no escapes and whose numbers are short.
//!
//! Whatever is not of this plain kind, faults included, is left to the general parser: the answer is `None`, never an
//! error. So there is one place that says what is wrong with a line, and a line that both read is read alike.

use std::borrow::Cow;

use tandem_stdlib::contract::Party;

use super::line::{Direction, Kind, Line, Text};

/// Powers of ten that an `f64` holds exactly, as far as they are needed.
const TENS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
/// Digits that a number may have: below 2⁵³, so that one division gives the nearest `f64` (Clinger, "How to Read
/// Floating Point Numbers Accurately", 1990).
const DIGITS_MAX: usize = 15;

/// Reads a plain line into `line`, which is blank. It is filled in place: lines are large to move about.
pub(super) fn scan<'a>(bytes: &'a [u8], line: &mut Line<'a>) -> Option<()> {
    let mut scanner = Scanner { text: std::str::from_utf8(bytes).ok()?, at: 0 };
    let (mut call, mut at_ms, mut event) = (None, None, None);
    scanner.expect(b'{')?;
    loop {
        let name = scanner.string()?;
        scanner.expect(b':')?;
        scanner.spaces();
        match name {
            "call" => once(&mut call, scanner.string()?)?,
            "at_ms" => once(&mut at_ms, scanner.integer()?)?,
            "event" => once(&mut event, kind(scanner.string()?)?)?,
            _ => scanner.field(name, line)?,
        }
        match scanner.next()? {
            b',' => {}
            b'}' => break,
            _ => return None,
        }
    }
    scanner.spaces();
    line.call = Text(Cow::Borrowed(call?));
    line.at_ms = at_ms?;
    line.event = event?;
    (scanner.at == bytes.len()).then_some(())
}

/// Sets a field; a second value for it is a fault.
fn once<T>(field: &mut Option<T>, value: T) -> Option<()> {
    field.replace(value).is_none().then_some(())
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    /// Reads the value of one of the fields that not every line has.
    fn field(&mut self, name: &str, line: &mut Line<'a>) -> Option<()> {
        match name {
            "party" => once(&mut line.party, party(self.string()?)?),
            "text" => self.text(&mut line.text),
            "start_ms" => once(&mut line.start_ms, self.integer()?),
            "speaking" => once(&mut line.speaking, self.boolean()?),
            "loudness_db" => once(&mut line.loudness_db, self.number()?),
            "pitch_hz" => once(&mut line.pitch_hz, self.number()?),
            "speech_rate" => once(&mut line.speech_rate, self.number()?),
            "anger" => once(&mut line.anger, self.number()?),
            "confidence" => once(&mut line.confidence, self.number()?),
            "estimated" => once(&mut line.estimated, self.boolean()?),
            "key" => once(&mut line.key, only_character(self.string()?)?),
            "intent" => self.text(&mut line.intent),
            "agent" => self.text(&mut line.agent),
            "to" => self.text(&mut line.to),
            "from" => self.text(&mut line.from),
            "clock" => self.text(&mut line.clock),
            "channel" => self.text(&mut line.channel),
            "language" => self.text(&mut line.language),
            "direction" => once(&mut line.direction, direction(self.string()?)?),
            _ => None,
        }
    }

    fn text(&mut self, field: &mut Option<Text<'a>>) -> Option<()> {
        once(field, Text(Cow::Borrowed(self.string()?)))
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn spaces(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    /// The next byte that is no space.
    fn next(&mut self) -> Option<u8> {
        self.spaces();
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn expect(&mut self, wanted: u8) -> Option<()> {
        (self.next()? == wanted).then_some(())
    }

    /// A text without escapes.
    fn string(&mut self) -> Option<&'a str> {
        self.expect(b'"')?;
        let rest = self.text.get(self.at..)?;
        let length = plain_length(rest.as_bytes());
        let (string, rest) = rest.split_at_checked(length)?;
        self.at += length + 1;
        rest.starts_with('"').then_some(string)
    }

    /// An optional minus sign, digits, and where they end a point and further digits: sign, value, digits after the
    /// point. Leading zeros and exponents are not plain.
    fn digits(&mut self) -> Option<(bool, u64, Option<usize>)> {
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let (mut value, begin, mut point) = (0_u64, self.at, None);
        let leading_zero = self.peek() == Some(b'0');
        loop {
            match self.peek() {
                Some(digit @ b'0'..=b'9') => {
                    value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'))
                }
                Some(b'.') if point.is_none() && self.at > begin => point = Some(self.at + 1),
                Some(b',' | b'}' | b' ') => break,
                _ => return None,
            }
            self.at += 1;
        }
        let whole = point.map_or(self.at, |point| point - 1) - begin;
        let after = point.map(|point| self.at - point);
        let plain = whole > 0 && !(leading_zero && whole > 1) && after != Some(0);
        (plain && whole + after.unwrap_or(0) <= DIGITS_MAX).then_some((negative, value, after))
    }

    fn integer(&mut self) -> Option<i64> {
        match self.digits()? {
            // Minus zero is no whole number to the general parser.
            (true, 0, _) | (_, _, Some(_)) => None,
            (negative, value, None) => {
                let value = i64::try_from(value).ok()?;
                Some(if negative { -value } else { value })
            }
        }
    }

    fn number(&mut self) -> Option<f32> {
        let (negative, value, after) = self.digits()?;
        let value = value as f64 / TENS.get(after.unwrap_or(0))?;
        Some(if negative { -value } else { value } as f32)
    }

    fn boolean(&mut self) -> Option<bool> {
        let rest = self.text.get(self.at..)?;
        let (value, length) = if rest.starts_with("true") {
            (true, 4)
        } else if rest.starts_with("false") {
            (false, 5)
        } else {
            return None;
        };
        self.at += length;
        Some(value)
    }
}

/// How far a text goes before a quotation mark, a backslash or a control character, eight bytes at a time.
///
/// A byte of `word - 0x01…01` borrows only where a byte of `word` is too small; the lowest byte that is marked is
/// always a true one (H. S. Warren, "Hacker's Delight", 2nd ed., section 6-1).
fn plain_length(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES << 7;
    let zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let control = word.wrapping_sub(ONES * u64::from(b' ')) & !word & HIGH;
        let found = zero(word ^ (ONES * u64::from(b'"'))) | zero(word ^ (ONES * u64::from(b'\\'))) | control;
        if found != 0 {
            return index * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let in_rest = rest.iter().take_while(|byte| **byte != b'"' && **byte != b'\\' && **byte >= b' ').count();
    words.len() * 8 + in_rest
}

fn only_character(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

fn party(word: &str) -> Option<Party> {
    match word {
        "customer" => Some(Party::Customer),
        "agent" => Some(Party::Agent),
        _ => None,
    }
}

fn direction(word: &str) -> Option<Direction> {
    match word {
        "inbound" => Some(Direction::Inbound),
        "outbound" => Some(Direction::Outbound),
        _ => None,
    }
}

fn kind(word: &str) -> Option<Kind> {
    Some(match word {
        "start" => Kind::Start,
        "turn" => Kind::Turn,
        "frame" => Kind::Frame,
        "key" => Kind::Key,
        "intent" => Kind::Intent,
        "unresolved" => Kind::Unresolved,
        "hold" => Kind::Hold,
        "resume" => Kind::Resume,
        "answered" => Kind::Answered,
        "transferred" => Kind::Transferred,
        "acknowledged" => Kind::Acknowledged,
        "end" => Kind::End,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
