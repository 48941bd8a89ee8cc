//! Text folding: the one definition of "the same letter", for phrases and for what is said.
//!
//! Each character folds on its own, so that folding and searching are one pass:
//! - compatibility forms (full and half width, circled, superscript …) and accents fold to the plain letter
//!   (Unicode NFKD without its marks, where one character remains), capitals to small letters;
//! - traditional characters fold to simplified ones (OpenCC's character table), and a few variants of one word that
//!   OpenCC keeps apart (`著` and `着`, `帐` and `账`) fold together;
//! - apostrophes, marks, joiners and variation selectors are [`Folded::Ignored`]: `don't` is `dont`;
//! - other punctuation, symbols, emoji, spaces and controls are a [`Folded::Break`].
//!
//! A break counts only between two word characters. Where a word character meets an ideograph there is a boundary
//! without one. So spaces and punctuation between ideographs vanish, and words stay whole.

include!(concat!(env!("OUT_DIR"), "/fold_table.rs"));

/// What a character means once folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Folded {
    /// A letter or digit of a script that is written with spaces; matches as part of a whole word.
    Word(char),
    /// A character of a script that is written without spaces (Chinese, Japanese, Korean, Thai, Lao, Khmer,
    /// Myanmar); matches anywhere.
    Ideograph(char),
    /// Separates words.
    Break,
    /// As if it were not there.
    Ignored,
}

/// Every character outside these ranges folds to [`Folded::Break`].
pub const FOLDED_RANGES: [std::ops::Range<u32>; 2] = [0..0x3_4000, 0xE_0000..0xE_0200];

/// Folds one character: two look-ups.
#[must_use]
pub fn fold(letter: char) -> Folded {
    let code = u32::from(letter);
    let page = PAGE_OF.get((code >> 8) as usize).copied().unwrap_or_default();
    let cell = PAGES.get(usize::from(page)).and_then(|page| page.get((code & 0xff) as usize));
    // A cell is the kind in the two low bits and the distance to the folded character above them.
    let cell = cell.copied().unwrap_or(BREAK);
    let folded = char::from_u32(code.wrapping_add_signed(cell >> 2)).unwrap_or(letter);
    match cell & 3 {
        WORD => Folded::Word(folded),
        IDEOGRAPH => Folded::Ideograph(folded),
        IGNORED => Folded::Ignored,
        _ => Folded::Break,
    }
}

/// Folds a whole text: words apart by one space, ideographs without spaces. Two texts mean the same when this is
/// equal.
#[must_use]
pub fn fold_text(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let (mut after_word, mut broken) = (false, false);
    for letter in text.chars() {
        match fold(letter) {
            Folded::Word(letter) => {
                if after_word && broken {
                    folded.push(' ');
                }
                folded.push(letter);
                (after_word, broken) = (true, false);
            }
            Folded::Ideograph(letter) => {
                folded.push(letter);
                (after_word, broken) = (false, false);
            }
            Folded::Break => broken = true,
            Folded::Ignored => {}
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_accents_and_script_fold_together() {
        for (left, right) in [
            ("ＡＢＣ１２", "abc12"),
            ("Café", "cafe\u{301}"),
            ("ÉCOLE", "ecole"),
            ("註銷帳戶", "注销账户"),
            ("轉 人，工！", "转人工"),
            ("ｶﾞ", "が".replace('が', "ガ").as_str()),
            ("don’t  STOP", "dont stop"),
            ("please—stop", "please stop"),
            ("轉VIP 服務", "转 vip服务"),
            ("ΟΔΟΣ", "οδος"),
        ] {
            assert_eq!(fold_text(left), fold_text(right), "{left} {right}");
        }
    }

    #[test]
    fn words_stay_apart_and_emoji_break_them() {
        assert_eq!(fold_text(" a\u{1f600}b\tc "), "a b c");
        assert_ne!(fold_text("an other"), fold_text("another"));
        assert_eq!(fold_text("👨\u{200d}👩"), "");
    }

    #[test]
    fn folding_is_idempotent_and_complete() {
        for letter in '\0'..=char::MAX {
            let within = FOLDED_RANGES.iter().any(|range| range.contains(&u32::from(letter)));
            match fold(letter) {
                Folded::Break => {}
                Folded::Ignored => assert!(within, "{letter:?}"),
                Folded::Word(folded) => {
                    assert!(within, "{letter:?}");
                    assert_eq!(fold(folded), Folded::Word(folded), "{letter:?}");
                }
                Folded::Ideograph(folded) => {
                    assert!(within, "{letter:?}");
                    assert_eq!(fold(folded), Folded::Ideograph(folded), "{letter:?}");
                }
            }
        }
    }
}
