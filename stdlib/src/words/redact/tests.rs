use std::borrow::Cow;

use proptest::prelude::*;

use super::*;

fn all(text: &str) -> Vec<(Redaction, &str)> {
    find(text, &Redaction::ALL).into_iter().map(|one| (one.kind, &text[one.bytes])).collect()
}

fn masked(text: &str) -> Cow<'_, str> {
    mask(text, &Redaction::ALL)
}

#[test]
fn cards_are_found_however_they_are_written_or_read_out() {
    for text in [
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "４１１１１１１１１１１１１１１１",
        "378282246310005",
        "four one one one, one one one one, one one one one, one one one one",
        "Four double one one triple one one double one double one double one one one",
        "四一一一一一一一一一一一一一一一",
        "四幺幺幺 幺幺幺幺 幺幺幺幺 幺幺幺幺",
    ] {
        let around = format!("my card is {text}, thanks");
        assert_eq!(all(&around), [(Redaction::CardNumber, text)], "{text}");
    }
}

#[test]
fn digits_that_are_no_card_stay() {
    for text in [
        "4111 1111 1111 1112",
        "order 41111111111111112345",
        "0000 0000 0000 0000",
        "1111111111111111",
        "tx4111111111111111ab",
        "twenty four one one one",
        "4111 1111, and then on Monday 1111 1111",
    ] {
        assert_eq!(find(text, &[Redaction::CardNumber]), [], "{text}");
    }
}

#[test]
fn documents_are_found_by_their_shape_or_behind_their_name() {
    for (text, number) in [
        ("it is 123-45-6789, thanks", "123-45-6789"),
        ("my social security number is 123 45 6789", "123 45 6789"),
        ("SSN: 123456789.", "123456789"),
        (
            "my social is no, my SSN is one two three four five six seven eight nine",
            "one two three four five six seven eight nine",
        ),
        ("NI number AB123456C", "AB123456C"),
        ("it's ab 12 34 56 c ok", "ab 12 34 56 c"),
        ("my passport number is E12345678", "E12345678"),
        ("护照EA1234567，谢谢", "EA1234567"),
        ("護照號碼是Ｇ１２３４５６７８", "Ｇ１２３４５６７８"),
        ("a British passport, 925665416", "925665416"),
        ("US passport A12345678", "A12345678"),
    ] {
        assert_eq!(find(text, &[Redaction::IdNumber]).len(), 1, "{text}");
        assert_eq!(all(text)[0], (Redaction::IdNumber, number), "{text}");
    }
}

#[test]
fn ordinary_numbers_are_no_documents() {
    for text in [
        "order 123456789",
        "order E12345678 please",
        "123 45 6789",
        "000-12-3456 or 666-12-3456 or 900-12-3456 or 123-00-4567 or 123-45-0000",
        "2026-03-10, 123-456-789, 12-345-6789",
        "GB123456A, DA123456A, AO123456A, AB123456E, AB1234567C, xAB123456C",
        "my passport expires in 2031, and the flight is CA1234",
        "passport E123456789 or E1234567",
        "护照什么时候办好？我的订单是一二三",
    ] {
        assert_eq!(find(text, &[Redaction::IdNumber]), [], "{text}");
    }
}

#[test]
fn of_short_numbers_the_last_four_places_stay() {
    let id = [Redaction::IdNumber];
    assert_eq!(mask("123-45-6789", &id), "***-**-6789");
    assert_eq!(mask("AB 12 34 56 C", &id), "** ** *4 56 C");
    assert_eq!(mask("护照E12345678", &id), "护照*****5678");
    assert_eq!(
        mask("SSN one two three four five six seven eight nine", &id),
        "SSN * * * * * six seven eight nine"
    );
}

#[test]
fn identity_numbers_need_a_date_and_a_check_digit() {
    for text in [
        "11010519491231002X",
        "11010519491231002x",
        "440524188001010014",
        "110105 19491231 002X",
        "一一零一零五一九四九一二三一零零二叉",
    ] {
        assert_eq!(all(&format!("身份证{text}。")), [(Redaction::IdNumber, text)], "{text}");
    }
    for text in ["110105194912310021", "11010519491331002X", "11010519490230002X", "910105194912310021"] {
        assert_eq!(find(text, &[Redaction::IdNumber]), [], "{text}");
    }
}

#[test]
fn telephone_numbers_of_many_countries() {
    for text in [
        "13800138000",
        "138 0013 8000",
        "+86 138-0013-8000",
        "010-65529988",
        "(0755) 2655 9988",
        "(212) 555-0100",
        "1-212-555-0100",
        "020 7946 0000",
        "07700 900123",
        "01 42 68 53 00",
        "030 901820-11",
        "03-1234-5678",
        "+49 30 901820",
        "+33 1 42 68 53 00",
        "幺三八零零幺三八零零零",
        "one three eight double zero one three eight triple zero",
    ] {
        let around = format!("call {text} please");
        let found = all(&around);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].0, Redaction::Phone, "{text}");
        assert!(text.ends_with(found[0].1.trim_start_matches(['(', '+'])), "{text}: {found:?}");
    }
    for text in ["2026-03-10 08:00", "12345678", "1000 CNY", "第一二三四五条", "10000000 units", "9111111111"]
    {
        assert_eq!(all(text), [], "{text}");
    }
}

#[test]
fn addresses_and_accounts() {
    for (text, kind, part) in [
        ("write to anna.b+x@mail.example.com.", Redaction::Email, "anna.b+x@mail.example.com"),
        ("我的邮箱是li@example.cn，谢谢", Redaction::Email, "li@example.cn"),
        ("IBAN GB29 NWBK 6016 1331 9268 19 please", Redaction::Iban, "GB29 NWBK 6016 1331 9268 19"),
        ("de89370400440532013000", Redaction::Iban, "de89370400440532013000"),
    ] {
        assert!(all(text).contains(&(kind, part)), "{text}: {:?}", all(text));
    }
    for text in [
        "a @ b.c",
        "x@localhost",
        "@example.com",
        "GB29 NWBK 6016 1331 9268 18",
        "DE8937040044053201300",
        "XX12 3456",
    ] {
        let found = find(text, &[Redaction::Email, Redaction::Iban]);
        assert_eq!(found, [], "{text}");
    }
}

#[test]
fn what_people_need_stays_visible() {
    for (text, expected) in [
        ("4111 1111 1111 1111", "**** **** **** 1111"),
        ("11010519491231002X", "110***********002X"),
        ("13800138000", "138****8000"),
        ("+86 138 0013 8000", "+86 1** **** 8000"),
        ("a.b@example.com", "a***@example.com"),
        (
            "five five five - one two three - four five six seven",
            "five five five - * * * - four five six seven",
        ),
        ("it is gloria dot jackson at email dot com.", "it is g*** at email dot com."),
        ("it's J-O-H-N dot S-M-I-T-H at example dot c o m", "it's J*** at example dot c o m"),
        ("look at example dot com", "look at example dot com"),
        ("GB29 NWBK 6016 1331 9268 19", "GB29 **** **** **** **68 19"),
        ("一三八零零一三八零零零", "一三八****八零零零"),
        (
            "one three eight double zero one three eight triple zero",
            "one three eight * * * eight triple zero",
        ),
        ("nothing here", "nothing here"),
    ] {
        assert_eq!(masked(text), expected, "{text}");
    }
    assert!(matches!(masked("nothing here"), Cow::Borrowed(_)));
    assert_eq!(mask("13800138000", &[Redaction::CardNumber]), "13800138000");
}

/// Each of these takes a second or less where the time grows with the length, and hours where it grows with its square.
#[test]
fn long_texts_take_time_in_proportion() {
    for text in [
        "4".repeat(200_000),
        "1 ".repeat(100_000),
        "@".repeat(100_000),
        "a@a.".repeat(50_000),
        "gb29".repeat(50_000),
        "一".repeat(70_000),
        "x dot ".repeat(20_000),
        "a at ".repeat(20_000),
    ] {
        assert!(matches!(masked(&text), Cow::Borrowed(_)), "{:?}", text.get(..12));
    }
    assert_eq!(masked(&"13800138000; ".repeat(5_000)), "138****8000; ".repeat(5_000));
}

fn luhn_digit(digits: &[u8]) -> u8 {
    (0..10).find(|last| number::is_card(&[digits, &[*last]].concat())).expect("one digit fits")
}

proptest! {
    #[test]
    fn masking_twice_is_masking_once(text in "[0-9０-９一二三零叉xX*@. a-c+()-]{0,60}|(one |double |two |three |eight |zero |0|1 |38){0,30}|.{0,60}") {
        let once = masked(&text).into_owned();
        prop_assert_eq!(masked(&once).into_owned(), once.clone());
        prop_assert!(find(&once, &Redaction::ALL).is_empty());
    }

    #[test]
    fn found_parts_are_in_order_and_on_characters(text in "[0-9０-９一二三零叉xX@. a-c+()-]{0,80}|.{0,80}") {
        let mut end = 0;
        for Found { bytes, .. } in find(&text, &Redaction::ALL) {
            prop_assert!(bytes.start >= end && bytes.end > bytes.start);
            prop_assert!(text.get(bytes.clone()).is_some());
            end = bytes.end;
        }
    }

    #[test]
    fn sixteen_digits_are_a_card_exactly_when_the_last_one_checks(digits in prop::collection::vec(0u8..10, 14), first in 2u8..7, last in 0u8..10) {
        let body = [&[first][..], &digits].concat();
        let text: String = body.iter().chain([&last]).map(|digit| char::from(b'0' + digit)).collect();
        let found = find(&text, &[Redaction::CardNumber]);
        prop_assert_eq!(!found.is_empty(), last == luhn_digit(&body));
    }

    #[test]
    fn a_card_hides_all_but_four_digits(digits in prop::collection::vec(0u8..10, 14), first in 2u8..7) {
        let body = [&[first][..], &digits].concat();
        let text: String = body.iter().chain([&luhn_digit(&body)]).map(|digit| char::from(b'0' + digit)).collect();
        let hidden = mask(&text, &[Redaction::CardNumber]).into_owned();
        prop_assert_eq!(hidden, format!("{}{}", "*".repeat(12), &text[12..]));
    }
}
