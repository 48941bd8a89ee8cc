//! How long a text takes to say.

/// Syllables a second of telephone speech, pauses included; both English and Mandarin lie near it.
const SYLLABLES_A_SECOND: f32 = 4.5;

/// Estimated milliseconds that a text takes to say.
pub(crate) fn speaking_ms(text: &str) -> i64 {
    (syllables(text) * 1_000.0 / SYLLABLES_A_SECOND) as i64
}

/// About how many syllables a text has, at least 1: groups of vowels in alphabetic words, one for each letter of
/// syllabic and Chinese scripts, digits as they are read one by one; a little for the pause at punctuation.
pub(crate) fn syllables(text: &str) -> f32 {
    let mut count = 0.0;
    for word in text.split_whitespace() {
        count += word_syllables(word);
    }
    count.max(1.0)
}

fn word_syllables(word: &str) -> f32 {
    let (mut count, mut in_vowel, mut letters, mut vowels) = (0.0, false, 0_u32, 0.0);
    for letter in word.chars() {
        if letter.is_ascii_digit() {
            count += 1.2;
        } else if is_syllabic(letter) {
            count += 1.0;
        } else if letter.is_alphabetic() {
            letters += 1;
            let vowel = is_vowel(letter);
            if vowel && !in_vowel {
                vowels += 1.0;
            }
            in_vowel = vowel;
        } else if matches!(
            letter,
            '.' | '?' | '!' | ',' | ';' | '\u{3002}' | '\u{ff0c}' | '\u{ff1f}' | '\u{ff01}'
        ) {
            count += 0.6;
        }
    }
    let silent_end = vowels > 1.0 && word.trim_end_matches(|last: char| !last.is_alphabetic()).ends_with('e');
    let spoken = if silent_end { vowels - 1.0 } else { vowels };
    count + if letters > 0 { f32::max(spoken, 1.0) } else { 0.0 }
}

fn is_vowel(letter: char) -> bool {
    let base = letter.to_lowercase().next().unwrap_or(letter);
    "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýаеёиоуыэюя".contains(base)
}

const fn is_syllabic(letter: char) -> bool {
    // Han, kana, Hangul.
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
