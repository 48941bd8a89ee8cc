//! The language of a call: as recorded, else as its words and letters show plainly.

use serde_json::{Map, Value};

use crate::json;

/// Words that English cannot do without.
const ENGLISH: [&str; 16] = [
    "the", "and", "you", "to", "is", "i", "my", "for", "a", "of", "your", "can", "have", "thank", "with",
    "it",
];
/// This share of a text in such words or letters decides.
const SHARE_MIN: f32 = 0.2;

/// ISO 639-1 code, or empty when neither the record nor the words tell.
pub(crate) fn language<'a>(
    vcon: &Map<String, Value>,
    texts: impl Iterator<Item = &'a str> + Clone,
) -> String {
    recorded(vcon).unwrap_or_else(|| seen(texts).to_owned())
}

fn recorded(vcon: &Map<String, Value>) -> Option<String> {
    const KEYS: [&str; 4] = ["language", "detected_language", "lang", "language_code"];
    let analyses = json::objects(json::find(vcon, &["analysis"]));
    let inner = analyses.filter_map(|analysis| json::find(analysis, &["body"])?.as_object());
    let tag =
        json::text(vcon, &KEYS).or_else(|| inner.into_iter().find_map(|body| json::text(body, &KEYS)))?;
    let primary = tag.split(['-', '_']).next()?.to_lowercase();
    (primary.len() == 2 && primary.bytes().all(|letter| letter.is_ascii_lowercase())).then_some(primary)
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
