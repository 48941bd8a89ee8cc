//! The language of a call: as recorded, else as its words and letters show plainly.

use serde_json::{Map, Value};

use crate::json;

/// Words that English cannot do without, and that other languages in the same letters do without.
const ENGLISH: [&str; 32] = [
    "the", "and", "you", "to", "is", "i", "my", "for", "of", "your", "can", "have", "thank", "with", "it",
    "this", "that", "would", "will", "please", "are", "was", "what", "how", "there", "we", "here", "not",
    "hello", "good", "yes", "speaking",
];
/// This share of a text in such words or letters decides.
const SHARE_MIN: f32 = 0.2;
/// Where a record names a language.
const KEYS: [&str; 5] = ["language", "lang", "locale", "detected_language", "language_code"];
/// Names and codes of three letters (ISO 639-3 and 639-2) that recorders write.
const NAMES: [(&str, &str); 9] = [
    ("eng", "en"),
    ("english", "en"),
    ("zho", "zh"),
    ("chi", "zh"),
    ("cmn", "zh"),
    ("yue", "zh"),
    ("chinese", "zh"),
    ("mandarin", "zh"),
    ("cantonese", "zh"),
];

/// ISO 639-1 code, or empty when neither the record nor the words tell.
pub(crate) fn language<'a>(
    vcon: &Map<String, Value>,
    texts: impl Iterator<Item = &'a str> + Clone,
) -> String {
    recorded(vcon).unwrap_or_else(|| seen(texts).to_owned())
}

/// What the record says: of itself, of its transcripts, of its dialogs, and last of its parties.
fn recorded(vcon: &Map<String, Value>) -> Option<String> {
    let listed = |keys: &[&str]| json::objects(json::find(vcon, keys));
    let inner = |outer: &'static [&'static str]| {
        move |object| json::find(object, outer).and_then(Value::as_object).and_then(named)
    };
    named(vcon)
        .or_else(|| listed(&["analysis", "analyses"]).find_map(named))
        .or_else(|| listed(&["analysis", "analyses"]).find_map(inner(&["body", "content"])))
        .or_else(|| listed(&["dialog", "dialogs"]).find_map(named))
        .or_else(|| listed(&["dialog", "dialogs"]).find_map(inner(&["meta", "metadata"])))
        .or_else(|| listed(&["parties"]).find_map(named))
}

/// The ISO 639-1 code of an object that names a language.
fn named(object: &Map<String, Value>) -> Option<String> {
    let tag = json::text(object, &KEYS)?;
    let primary = tag.split(['-', '_']).next()?.trim().to_lowercase();
    let known = NAMES.iter().find(|(name, _)| *name == primary).map(|(_, code)| (*code).to_owned());
    let is_code = primary.len() == 2 && primary.bytes().all(|letter| letter.is_ascii_lowercase());
    known.or_else(|| is_code.then_some(primary))
}

fn seen<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> &'static str {
    let share = |of: &dyn Fn(char) -> bool| {
        let letters = texts.clone().flat_map(str::chars).filter(|letter| letter.is_alphabetic());
        let (mut all, mut some) = (0.0_f32, 0.0_f32);
        for letter in letters {
            all += 1.0;
            some += f32::from(u8::from(of(letter)));
        }
        some / all.max(1.0)
    };
    if share(&|letter| matches!(letter, '\u{3040}'..='\u{30ff}')) > SHARE_MIN {
        "ja"
    } else if share(&|letter| matches!(letter, '\u{ac00}'..='\u{d7a3}')) > SHARE_MIN {
        "ko"
    } else if share(&|letter| matches!(letter, '\u{3400}'..='\u{9fff}')) > SHARE_MIN {
        "zh"
    } else if english_share(texts) > SHARE_MIN {
        "en"
    } else {
        ""
    }
}

fn english_share<'a>(texts: impl Iterator<Item = &'a str>) -> f32 {
    let (mut all, mut english) = (0.0_f32, 0.0_f32);
    for word in texts.flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric())) {
        if !word.is_empty() {
            all += 1.0;
            english += f32::from(u8::from(ENGLISH.iter().any(|known| known.eq_ignore_ascii_case(word))));
        }
    }
    english / all.max(1.0)
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::language;

    fn of(vcon: &Value, texts: &[&str]) -> String {
        language(vcon.as_object().unwrap(), texts.iter().copied())
    }

    #[test]
    fn what_the_record_says_wins_over_the_words() {
        let cases = [
            (json!({"language": "zh-CN", "analysis": [{"language": "en"}]}), "zh"),
            (json!({"analysis": [{"type": "summary"}, {"type": "transcript", "language": "EN_us"}]}), "en"),
            (json!({"analysis": [{"body": {"detected_language": "zho"}}]}), "zh"),
            (json!({"dialog": [{"lang": "Mandarin"}]}), "zh"),
            (json!({"dialog": [{"meta": {"language": "fr"}}]}), "fr"),
            (json!({"parties": [{"name": "Li"}, {"language": "eng"}]}), "en"),
        ];
        for (vcon, expected) in cases {
            assert_eq!(of(&vcon, &["Ich hätte gern mein Geld"]), expected, "{vcon}");
        }
    }

    #[test]
    fn without_a_record_letters_and_words_tell() {
        let cases = [
            ("One for sales, two for service. This is Will speaking, good morning.", "en"),
            ("Hello, how can I help?", "en"),
            ("您好，我的 VIP 卡丢了", "zh"),
            ("Guten Tag, ich möchte mein Konto schließen", ""),
            ("Buenos días, quiero cerrar mi cuenta por favor", ""),
            ("Bonjour, je voudrais fermer mon compte à la banque", ""),
            ("もしもし、カードをなくしました", "ja"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(language(&Map::new(), [text].into_iter()), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_language_is_passed_over() {
        let vcon = json!({"language": "n/a", "analysis": [{"language": 3}, {"language": "klingon"}]});
        assert_eq!(of(&vcon, &["Hello, how can I help?"]), "en");
    }
}
