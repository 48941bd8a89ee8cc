use super::*;
use tandem_stdlib::contract::{Currency, Manifest, Type, Vocabulary, VocabularyKind};

fn manifest() -> Manifest {
    let words = ["guest", "gold", "vip"].map(str::to_owned).to_vec();
    let tier = Vocabulary { name: "tier".to_owned(), kind: VocabularyKind::Tier, words };
    Manifest { vocabularies: vec![tier], literals: vec!["+8613800138000".to_owned()], ..Manifest::default() }
}

const CNY: Type = Type::Money(Currency(*b"CNY"));

/// What is read is shown again as the author would write it.
#[test]
fn values_survive_reading_and_showing() {
    let manifest = manifest();
    for (ty, text) in [
        (Type::Word(0), "vip"),
        (Type::YesNo, "yes"),
        (Type::Number, "0.7"),
        (Type::Percent, "30%"),
        (Type::Percent, "12.5%"),
        (Type::Decibel, "-20 dB"),
        (Type::TimesUsual, "1.3 times usual"),
        (Type::Hertz, "180 Hz"),
        (Type::SyllablesPerSecond, "5 syllables/s"),
        (CNY, "1000 CNY"),
        (CNY, "-12.50 CNY"),
        (CNY, "0.0001 CNY"),
        (Type::Duration, "800ms"),
        (Type::Duration, "12.5s"),
        (Type::Duration, "1h30min"),
        (Type::Duration, "0s"),
        (Type::Moment, "2026-03-29T00:59:50Z"),
        (Type::Date, "2026-10-01"),
        (Type::Date, "1969-12-31"),
        (Type::TimeOfDay, "08:00"),
        (Type::TimeOfDay, "23:59:59"),
    ] {
        let Ok(Some(Cell::Slot(slot))) = parse_value(&manifest, ty, text) else { panic!("{text}") };
        assert_eq!(show_value(&manifest, ty, slot, None), text);
    }
}

#[test]
fn a_moment_in_a_zone_follows_daylight_saving() {
    let read = parse_value(&manifest(), Type::Moment, "2026-07-01 10:00:00 Europe/London").unwrap().unwrap();
    let Cell::Slot(slot) = read else { panic!("a moment is a slot") };
    assert_eq!(show_value(&manifest(), Type::Moment, slot, None), "2026-07-01T09:00:00Z");
}

#[test]
fn nothing_and_unknown_are_not_known() {
    assert_eq!(parse_value(&manifest(), Type::Word(0), "unknown"), Ok(None));
    assert_eq!(parse_value(&manifest(), CNY, "  "), Ok(None));
}

#[test]
fn a_misspelt_word_is_told_with_the_nearest() {
    let message = parse_value(&manifest(), Type::Word(0), "glod").unwrap_err();
    assert_eq!(
        message,
        "`glod` is no word of `tier` (did you mean `gold`?); write one of its words, or leave it empty"
    );
}

#[test]
fn wrong_spellings_say_what_was_expected() {
    for (ty, text, part) in [
        (CNY, "12.34567", "at most four decimals"),
        (CNY, "100 EUR", "`1000 CNY`"),
        (CNY, "99999999999999999999", "`1000 CNY`"),
        (Type::Duration, "5 parsecs", "`90s`"),
        (Type::Duration, "s", "`90s`"),
        (Type::Percent, "half", "`30%`"),
        (Type::Number, "inf", "`90`"),
        (Type::Date, "2026-13-01", "`2026-10-01`"),
        (Type::TimeOfDay, "25:00", "`08:00`"),
        (Type::Moment, "2026-03-29 00:59:50 Nowhere/City", "Europe/London"),
    ] {
        let message = parse_value(&manifest(), ty, text).unwrap_err();
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn texts_are_shown_from_their_call_or_from_the_policy() {
    assert_eq!(show_value(&manifest(), Type::Phone, 1, None), "\"+8613800138000\"");
    assert_eq!(show_value(&manifest(), Type::Phone, 2, Some("12")), "\"12\"");
    assert_eq!(show_value(&manifest(), Type::Phone, 0, None), "unknown");
}
