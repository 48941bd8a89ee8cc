//! Signs of other keyboards: `，：（）“”` stand for `,:()""` wherever a policy is not quoting somebody.
//!
//! Whoever types Chinese types full-width signs without seeing it, and word processors curl quotation marks. Here they
//! become the plain signs **in place**: what is left of their bytes is filled with white space, so that the text keeps
//! its length and every span of it is also one of the text as written. Texts in quotation marks and comments stay.

use std::iter::Peekable;
use std::str::CharIndices;

/// The text with plain signs, as long as the text itself; `None` when it has them already.
pub(crate) fn plain(text: &str) -> Option<String> {
    let is_foreign = |letter: char| sign(letter).is_some() || closing(letter).is_some() || is_wide(letter);
    let old_line_ends =
        text.bytes().zip(text.bytes().skip(1).chain([b'\n'])).any(|(a, b)| a == b'\r' && b != b'\n');
    if !old_line_ends && (text.is_ascii() || !text.chars().any(is_foreign)) {
        return None;
    }
    let mut rewriter = Rewriter { text, letters: text.char_indices().peekable(), out: String::new() };
    rewriter.run();
    (rewriter.out != text).then_some(rewriter.out)
}

/// The plain form of a sign.
const fn sign(letter: char) -> Option<&'static str> {
    Some(match letter {
        '，' | '、' => ",",
        '：' => ":",
        '．' | '。' => ".",
        '；' => ";",
        '（' => "(",
        '）' => ")",
        '｛' => "{",
        '｝' => "}",
        '｜' => "|",
        '＝' => "=",
        '＜' => "<",
        '＞' => ">",
        '＋' => "+",
        '＊' => "*",
        '／' => "/",
        '％' => "%",
        '－' | '–' | '—' | '−' => "-",
        '！' => "!",
        '≥' => ">=",
        '≤' => "<=",
        '≠' => "!=",
        '→' => "->",
        '…' => "..",
        _ => return None,
    })
}

/// The mark that closes a text which this one opens.
const fn closing(letter: char) -> Option<char> {
    Some(match letter {
        '“' | '„' => '”',
        // Keyboards that take turns between the two begin with the wrong one.
        '”' => '“',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '«' => '»',
        '＂' => '＂',
        _ => return None,
    })
}

/// Whether these signs may go on as one.
fn joins(plain: &str) -> bool {
    plain.chars().all(|letter| matches!(letter, '<' | '>' | '=' | '!' | '-' | '.'))
}

/// A letter or digit of full width.
const fn is_wide(letter: char) -> bool {
    matches!(letter, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '＿')
}

/// The letter or digit of half width.
fn narrow(letter: char) -> char {
    match letter {
        wide if is_wide(wide) => char::from_u32(u32::from(wide) - 0xfee0).unwrap_or(wide),
        other => other,
    }
}

struct Rewriter<'a> {
    text: &'a str,
    letters: Peekable<CharIndices<'a>>,
    out: String,
}

impl Rewriter<'_> {
    fn run(&mut self) {
        while let Some((at, letter)) = self.letters.next() {
            match letter {
                '#' | '＃' => self.comment(at, letter),
                '"' => self.quoted(at),
                '\r' if self.letters.peek().is_none_or(|(_, next)| *next != '\n') => self.out.push('\n'),
                _ if closing(letter).is_some() => self.curled(at, letter),
                _ if letter.is_alphanumeric() || matches!(letter, '_' | '＿') => self.token(at, letter),
                _ => match sign(letter) {
                    Some(plain) => self.signs(plain, letter.len_utf8()),
                    None => self.out.push(letter),
                },
            }
        }
    }

    /// A run of signs that may be one: `＜＝`, `－>`, `。。`.
    fn signs(&mut self, first: &str, bytes: usize) {
        let (mut plain, mut bytes) = (first.to_owned(), bytes);
        while joins(&plain)
            && let Some((_, next)) = self.letters.peek().copied()
            && let Some(next_plain) =
                sign(next).map(str::to_owned).or(next.is_ascii().then(|| next.to_string()))
            && joins(&next_plain)
        {
            plain.push_str(&next_plain);
            bytes += next.len_utf8();
            self.letters.next();
        }
        self.replace(&plain, bytes);
    }

    /// Writes something shorter, and white space for the rest: no plain spaces, which in a row are the author's
    /// alignment.
    fn replace(&mut self, plain: &str, bytes: usize) {
        self.out.push_str(plain);
        self.fill(bytes.saturating_sub(plain.len()));
    }

    fn fill(&mut self, bytes: usize) {
        (0..bytes / 2).for_each(|_| self.out.push('\u{a0}'));
        if bytes % 2 == 1 {
            self.out.push('\t');
        }
    }

    /// Goes on at a byte, and copies what was passed.
    fn copy(&mut self, from: usize, to: usize) {
        self.out.push_str(self.text.get(from..to).unwrap_or_default());
        while self.letters.next_if(|(at, _)| *at < to).is_some() {}
    }

    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.find(['\n', '\r']).map_or(self.text.len(), |end| at + end)
    }

    fn comment(&mut self, at: usize, letter: char) {
        self.fill(letter.len_utf8() - 1);
        self.out.push('#');
        self.copy(at + letter.len_utf8(), self.line_end(at));
    }

    /// A text in straight marks, as it is.
    fn quoted(&mut self, at: usize) {
        let line = self.text.get(at + 1..self.line_end(at)).unwrap_or_default();
        let mut escaped = false;
        let end = line.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        let Some(end) = end else { return self.half_curled(at, line) };
        self.copy(at, at + end + 2);
    }

    /// A text that begins with a straight mark and ends with another one.
    fn half_curled(&mut self, at: usize, line: &str) {
        let close = line.char_indices().rfind(|(_, letter)| matches!(letter, '”' | '“' | '＂'));
        let Some((end, close)) = close else { return self.copy(at, at + 1 + line.len()) };
        self.copy(at, at + 1 + end);
        self.letters.next();
        self.replace("\"", close.len_utf8());
    }

    /// A text in other marks: white space stands outside of the straight ones. Without its end it stays as it is.
    fn curled(&mut self, at: usize, open: char) {
        let inside = at + open.len_utf8();
        let line = self.text.get(inside..self.line_end(at)).unwrap_or_default();
        let is_end =
            |letter: char| closing(open) == Some(letter) || letter == '"' || open == '„' && letter == '“';
        let close = line.char_indices().find(|(_, letter)| is_end(*letter));
        let Some((end, close)) = close.or_else(|| line.char_indices().find(|(_, letter)| *letter == open))
        else {
            return self.out.push(open);
        };
        self.fill(open.len_utf8() - 1);
        self.out.push('"');
        self.copy(inside, inside + end);
        self.letters.next();
        self.replace("\"", close.len_utf8());
    }

    /// A number, which may have `:`, `.` and, if it is a date, `-` in it; or names with `.`, `/` and `-` between.
    fn token(&mut self, at: usize, first: char) {
        let (mut plain, mut bytes) = (String::from(narrow(first)), first.len_utf8());
        let is_number = narrow(first).is_ascii_digit();
        let rest = self.text.get(at..).unwrap_or_default();
        while let Some((_, letter)) = self.letters.peek().copied() {
            let after = rest.get(bytes + letter.len_utf8()..).and_then(|rest| rest.chars().next());
            let digit_follows = after.is_some_and(|next| narrow(next).is_ascii_digit());
            let name_follows = !is_number && after.is_some_and(char::is_alphanumeric);
            let is_date = plain.len() >= 4 && plain.bytes().take(4).all(|byte| byte.is_ascii_digit());
            let joined = match letter {
                '：' | ':' if is_number && digit_follows => ':',
                '．' | '。' | '.' if is_number && digit_follows => '.',
                '－' | '-' if is_number && digit_follows && is_date && !plain.contains(':') => '-',
                '．' | '。' | '.' if name_follows => '.',
                '／' | '/' if name_follows => '/',
                '－' | '-' if name_follows => '-',
                _ if letter.is_alphanumeric() || matches!(letter, '_' | '＿') => narrow(letter),
                _ => break,
            };
            plain.push(joined);
            bytes += letter.len_utf8();
            self.letters.next();
        }
        self.replace(&plain, bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    fn shown(text: &str) -> String {
        let plain = plain(text).unwrap();
        assert_eq!(plain.len(), text.len(), "{text}");
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn signs_are_replaced_outside_of_texts_and_comments() {
        assert_eq!(shown("tier｛ guest，gold ｝＃ 说明：好"), "tier{ guest, gold } # 说明：好");
        assert_eq!(shown("when （a ≥ 3 or b ≠ c）；"), "when ( a >= 3 or b != c) ;");
        assert_eq!(shown("any → “你好，（一）” ｜ x"), "any -> \"你好，（一）\" | x");
        assert_eq!(shown("「a」 『b』 «c» „d“ ＂e＂ “f\" ”g“"), "\"a\" \"b\" \"c\" \"d\" \"e\" \"f\" \"g\"");
    }

    #[test]
    fn runs_of_signs_and_texts_with_the_wrong_marks() {
        assert_eq!(
            shown("a ＜= 3 or b！＝ c －> 4。。5 crm。who mon。。fri"),
            "a <= 3 or b!= c -> 4.. 5 crm.who mon.. fri"
        );
        for text in ["“a“", "”a”", "”a“", "\"a”", "“a\"", "‘a’"] {
            assert_eq!(shown(text), "\"a\"");
        }
    }

    #[test]
    fn numbers_stay_in_one_piece() {
        assert_eq!(shown("０８：００－２１：００"), "08:00 - 21:00");
        assert_eq!(shown("2026－03－10 10：00：00"), "2026-03-10 10:00:00");
        assert_eq!(shown("４..５，８０％ ２．５ ５ｓ ｖｉｐ＿desk"), "4 ..5 , 80 % 2.5 5s vip_desk");
        assert_eq!(
            shown("30%…65% Asia／Shanghai crm．c after－call"),
            "30%.. 65% Asia/Shanghai crm.c after-call"
        );
    }

    #[test]
    fn what_is_plain_stays_and_an_open_text_too() {
        for text in ["", "a \"，“\" # ：", "en “open", "队列 a", "a\r\nb"] {
            assert_eq!(plain(text), None, "{text}");
        }
        assert_eq!(plain("a\rb"), Some("a\nb".to_owned()));
    }
}
