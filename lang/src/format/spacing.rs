//! Spaces inside one line.

/// Signs with a space on both sides, the longest first.
const SPACED: [&str; 10] = ["->", "!=", "<=", ">=", "<", ">", "=", "|", "{", "}"];

/// One line with normal spaces. Two or more spaces in a row are the author's alignment and stay.
pub(super) fn spaced(line: &str) -> String {
    let mut line = Line { out: String::with_capacity(line.len()), gap: String::new(), rest: line.trim() };
    while let Some(letter) = line.rest.chars().next() {
        line.step(letter);
    }
    line.out
}

struct Line<'a> {
    out: String,
    /// White space that waits for what follows it.
    gap: String,
    rest: &'a str,
}

impl Line<'_> {
    fn step(&mut self, letter: char) {
        if letter.is_whitespace() {
            let blank = self.rest.len() - self.rest.trim_start().len();
            let run = self.rest.get(..blank).unwrap_or_default();
            let aligned = run.len() > 1 && run.bytes().all(|byte| byte == b' ');
            self.gap = if aligned { run.to_owned() } else { " ".to_owned() };
            self.rest = self.rest.get(blank..).unwrap_or_default();
        } else if let Some(sign) = SPACED.iter().find(|sign| self.rest.starts_with(**sign)) {
            self.at_least_one_space();
            self.take(sign.len());
            self.at_least_one_space();
        } else {
            self.other(letter);
        }
    }

    fn other(&mut self, letter: char) {
        let digits = self.out.ends_with(|c: char| c.is_ascii_digit())
            && self.rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        match letter {
            '"' => self.take(text_length(self.rest)),
            '#' => self.take(self.rest.len()),
            ',' => self.tight_then_space(),
            ':' if !digits => self.tight_then_space(),
            '(' => {
                self.take(1);
                self.rest = self.rest.trim_start();
            }
            ')' => {
                self.gap.clear();
                self.take(1);
            }
            _ => self.take(letter.len_utf8()),
        }
    }

    fn at_least_one_space(&mut self) {
        if self.gap.is_empty() {
            self.gap.push(' ');
        }
    }

    fn tight_then_space(&mut self) {
        self.gap.clear();
        self.take(1);
        self.at_least_one_space();
    }

    /// Moves so many bytes to the output, the gap before them.
    fn take(&mut self, bytes: usize) {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        if !self.out.is_empty() {
            self.out.push_str(&self.gap);
        }
        // Spaces that a sign asks for join those that the author wrote behind it.
        self.gap.clear();
        self.out.push_str(taken);
        self.rest = rest;
    }
}

/// Bytes of the text in quotes that begins here.
fn text_length(rest: &str) -> usize {
    let mut escaped = true;
    let closes = |byte: u8| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    };
    rest.bytes().position(closes).map_or(rest.len(), |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn operators_get_spaces_and_brackets_none() {
        assert_eq!(spaced("let  x=( a>=0.7 )"), "let  x = (a >= 0.7)");
        assert_eq!(spaced("given a.b tier vip ,value 1 CNY"), "given a.b tier vip, value 1 CNY");
        assert_eq!(spaced("tier:tier"), "tier: tier");
    }

    #[test]
    fn times_dates_texts_and_comments_stay() {
        let line = "mon..fri 08:00-21:00, 22:00-23:00   # a=b";
        assert_eq!(spaced(line), line);
        assert_eq!(spaced(r#"en "a=b \" ,c" or "d""#), r#"en "a=b \" ,c" or "d""#);
    }
}
