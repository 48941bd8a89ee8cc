use proptest::prelude::*;

use super::*;
use crate::words::{CalendarSpec, HoursOn, TimeRange, is_e164, zone_exists};

#[test]
fn numbers_as_people_write_them_have_one_form() {
    for (text, home, number) in [
        ("+86 138 0013 8000", None, "+8613800138000"),
        ("0086-138-0013-8000", None, "+8613800138000"),
        ("138 0013 8000", Some("CN"), "+8613800138000"),
        ("（010）6552-9988", Some("CN"), "+861065529988"),
        ("＋８６１３８００１３８０００", None, "+8613800138000"),
        ("(212) 555-0100", Some("US"), "+12125550100"),
        ("1-212-555-0100", Some("US"), "+12125550100"),
        ("020 7946 0000", Some("GB"), "+442079460000"),
        ("01 42 68 53 00", Some("FR"), "+33142685300"),
        ("030/901820", Some("DE"), "+4930901820"),
        ("03-1234-5678", Some("JP"), "+81312345678"),
        ("06 6982 1234", Some("IT"), "+390669821234"),
        ("8 701 234 56 78", Some("KZ"), "+77012345678"),
    ] {
        assert_eq!(normalise(text, home).as_deref(), Ok(number), "{text}");
    }
}

#[test]
fn what_is_no_number_says_why() {
    for (text, home, why) in [
        ("", None, PhoneError::NotANumber),
        ("call me", None, PhoneError::NotANumber),
        ("+86 138 x", None, PhoneError::NotANumber),
        ("138 0013 8000", None, PhoneError::NoCountry),
        ("+999 1234567", None, PhoneError::UnknownCountry),
        ("+86 138", None, PhoneError::Length),
        ("+1 212 555 01", None, PhoneError::Length),
        ("+1 111 555 0100", None, PhoneError::UnknownCountry),
        ("5550100", Some("US"), PhoneError::UnknownCountry),
    ] {
        assert_eq!(normalise(text, home), Err(why), "{text}");
    }
}

#[test]
fn zones_follow_the_numbering_plan() {
    let sure = |zone: &'static str| (vec![zone], true);
    let several = |zones: &[&'static str]| (zones.to_vec(), false);
    for (number, expected) in [
        ("+8613800138000", sure("Asia/Shanghai")),
        ("+442079460000", sure("Europe/London")),
        ("+4930901820", sure("Europe/Berlin")),
        ("+81312345678", sure("Asia/Tokyo")),
        ("+33142685300", sure("Europe/Paris")),
        ("+33692123456", sure("Indian/Reunion")),
        ("+590590123456", sure("America/Guadeloupe")),
        ("+12125550100", sure("America/New_York")),
        ("+16025550100", sure("America/Phoenix")),
        ("+18505550100", several(&["America/New_York", "America/Chicago"])),
        ("+17015550100", several(&["America/Chicago", "America/Denver"])),
        ("+61755501234", several(&["Australia/Brisbane", "Australia/Sydney"])),
        ("+556733331234", sure("America/Campo_Grande")),
        ("+526641234567", sure("America/Tijuana")),
        ("+74951234567", sure("Europe/Moscow")),
        ("+77012345678", sure("Asia/Almaty")),
        ("+34928123456", sure("Atlantic/Canary")),
        ("+9991234567", several(&[])),
        ("12125550100", several(&[])),
        ("", several(&[])),
    ] {
        let ZoneGuess { zones, sure } = zones_of(number);
        assert_eq!((zones.to_vec(), sure), expected, "{number}");
    }
    for mobile in [
        "+79161234567",
        "+61412345678",
        "+34612345678",
        "+18005550100",
        "+12395550100".replace("239", "999").as_str(),
    ] {
        let ZoneGuess { zones, sure } = zones_of(mobile);
        assert!(!sure && zones.len() > 1, "{mobile}: {zones:?}");
    }
}

#[test]
fn countries_are_told_apart_within_one_code() {
    for (number, iso) in [
        ("+12125550100", "US"),
        ("+14165550100", "CA"),
        ("+18095550100", "DO"),
        ("+77012345678", "KZ"),
        ("+74951234567", "RU"),
    ] {
        assert_eq!(country_of(number).map(|country| country.iso), Some(iso), "{number}");
    }
    assert_eq!(country_of("+9991234567"), None);
}

#[test]
fn every_zone_exists_and_every_code_stands_once() {
    let areas = areas::rows().iter().map(|row| row.1).chain(north_america::rows().iter().map(|row| row.1));
    let zones = countries::all().iter().map(|country| country.zones).chain(areas).flatten();
    for zone in zones {
        assert!(zone_exists(zone), "{zone}");
    }
    let codes = || north_america::rows().iter().flat_map(|row| row.2.split_ascii_whitespace());
    for code in codes() {
        assert!(code.len() == 3 && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
        assert_eq!(codes().filter(|other| *other == code).count(), 1, "{code}");
    }
    for (iso, _, prefixes) in areas::rows().iter().chain(north_america::rows()) {
        assert!(countries::of_iso(iso).is_some(), "{iso}");
        assert!(!prefixes.is_empty());
    }
    for country in countries::all() {
        let same = countries::all().iter().filter(|other| other.iso == country.iso).count();
        assert_eq!(same, 1, "{}", country.iso);
        assert!(
            country.digits.0 <= country.digits.1 && country.calling.len() + country.digits.1 <= 15,
            "{}",
            country.iso
        );
    }
}

fn nine_to_eight() -> CalendarSpec {
    CalendarSpec {
        name: "calling_hours".to_owned(),
        zone: "UTC".to_owned(),
        weekly: vec![HoursOn { weekdays: 0x7f, hours: vec![TimeRange { from_min: 540, to_min: 1_200 }] }],
        closed: Vec::new(),
        special: Vec::new(),
        listed: None,
    }
}

fn at(text: &str) -> i64 {
    text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

#[test]
fn unsure_of_the_zone_is_strictest() {
    let zones = zones_of("+17015550100").zones;
    let hours = HoursInZones::new(&nine_to_eight(), zones).unwrap();
    // In May Chicago is UTC-5, Denver UTC-6: both are between 9 and 20 from 15:00 to 01:00 UTC.
    for (moment, open) in [
        ("2026-05-04T14:59:59Z", false),
        ("2026-05-04T15:00:00Z", true),
        ("2026-05-05T00:59:59Z", true),
        ("2026-05-05T01:00:00Z", false),
    ] {
        assert_eq!(hours.is_open(at(moment)), open, "{moment}");
    }
    assert_eq!(hours.next_open(at("2026-05-04T14:00:00Z")), Some(at("2026-05-04T15:00:00Z")));
    assert_eq!(hours.next_open(at("2026-05-04T16:00:00Z")), Some(at("2026-05-04T16:00:00Z")));
}

#[test]
fn zones_whose_hours_never_meet_and_no_zone_at_all_are_never_open() {
    let never = HoursInZones::new(&nine_to_eight(), &["Asia/Shanghai", "America/New_York"]).unwrap();
    let (may, day_ms) = (at("2026-05-04T00:00:00Z"), 86_400_000);
    assert!((0..96).all(|quarter| !never.is_open(may + quarter * day_ms / 96)));
    assert_eq!(never.next_open(may), None);
    let nowhere = HoursInZones::new(&nine_to_eight(), zones_of("+9991234567").zones).unwrap();
    assert!(!nowhere.is_open(may + day_ms / 2));
    assert_eq!(nowhere.next_open(may), None);
    assert!(HoursInZones::new(&nine_to_eight(), &["Mars/Base"]).is_err());
}

proptest! {
    #[test]
    fn what_is_normalised_is_a_number_and_stays_as_it_is(text in "[+0-9０-９ ()./-]{0,24}", home in prop::option::of("CN|US|GB|DE|IT|RU|XX")) {
        if let Ok(number) = normalise(&text, home.as_deref()) {
            prop_assert!(is_e164(&number), "{}", number);
            prop_assert!(country_of(&number).is_some());
            prop_assert!(!zones_of(&number).zones.is_empty());
            prop_assert_eq!(normalise(&number, None), Ok(number));
        }
    }

    #[test]
    fn any_text_is_read_without_harm(text in ".{0,80}", home in ".{0,3}") {
        _ = (normalise(&text, Some(&home)), country_of(&text), zones_of(&text));
    }
}
