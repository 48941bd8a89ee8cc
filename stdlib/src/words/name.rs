//! Codes and names that the language checks: phone numbers, languages, and what a misspelt name may mean.

/// ISO 639-1 language codes.
pub const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs \
    cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia \
    id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh \
    mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc \
    sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo \
    wa wo xh yi yo za zh zu";

/// Whether a text is an ISO 639-1 language code, in lower case.
#[must_use]
pub fn is_language(code: &str) -> bool {
    LANGUAGES.split_ascii_whitespace().any(|known| known == code)
}

/// Whether a text is a phone number in the international form of ITU-T E.164: `+`, a digit other than 0, and 15
/// digits at most in all.
#[must_use]
pub fn is_e164(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else { return false };
    (2..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0')
}

/// The candidate that a misspelt name most likely means; `None` when none is close.
///
/// Close is an optimal string alignment distance of at most a third of the longer name, at least 1.
#[must_use]
pub fn closest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let length = name.chars().count();
    let scored = candidates.into_iter().filter_map(|candidate| {
        let other = candidate.chars().count();
        let (longer, far) = (length.max(other), (length.max(other) / 3).max(1));
        // Names whose lengths differ more are no closer than that.
        let lower = candidate.to_lowercase();
        let apart = wanted.chars().count().abs_diff(lower.chars().count());
        let distance = if apart > far { apart } else { strsim::osa_distance(&wanted, &lower) };
        (distance < longer && distance <= far).then_some((distance, candidate))
    });
    scored.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_are_international() {
        assert!(is_e164("+8613800138000"));
        assert!(is_e164("+441632960000"));
        for wrong in ["13800138000", "+", "+0123", "+1", "+1234567890123456", "+12 345", "+١٢٣"] {
            assert!(!is_e164(wrong), "{wrong}");
        }
    }

    #[test]
    fn languages_are_two_small_letters() {
        assert!(is_language("zh") && is_language("en"));
        assert!(!is_language("ZH") && !is_language("xx") && !is_language("") && !is_language("en zh"));
    }

    #[test]
    fn the_closest_name_is_suggested_and_a_far_one_is_not() {
        assert_eq!(closest("vip_dsek", ["general", "vip_desk"]), Some("vip_desk"));
        assert_eq!(closest("General", ["general", "vip_desk"]), Some("general"));
        assert_eq!(closest("loans", ["general", "vip_desk"]), None);
        assert_eq!(closest("a", ["b"]), None);
    }
}
