//! The scanner against the general parser.

use proptest::prelude::*;

use super::super::line::Line;
use super::plain_length;

fn scan(bytes: &[u8]) -> Option<Line<'_>> {
    let mut line = Line::blank();
    super::scan(bytes, &mut line).map(|()| line)
}

/// What both read they read alike; what the general parser refuses, the scanner does not read.
fn agree(bytes: &[u8]) -> Result<bool, TestCaseError> {
    let Some(line) = scan(bytes) else { return Ok(false) };
    match serde_json::from_slice::<Line<'_>>(bytes) {
        Ok(expected) => prop_assert_eq!(format!("{line:?}"), format!("{expected:?}")),
        Err(error) => prop_assert!(false, "{error}: {}", String::from_utf8_lossy(bytes)),
    }
    Ok(true)
}

#[test]
fn the_lines_of_the_book_are_plain() {
    let book = include_str!("../../../../../docs/book/timeline.md");
    let lines: Vec<&str> = book.lines().filter(|line| line.starts_with("{\"call\"")).collect();
    assert!(lines.len() >= 8);
    for line in lines {
        assert!(agree(line.as_bytes()).unwrap(), "{line}");
    }
}

#[test]
fn what_is_not_plain_is_left_to_the_general_parser() {
    let cases = [
        r#"{"call":"a","at_ms":1,"event":"turn","text":"a\nb"}"#,
        r#"{"call":"a","at_ms":1,"event":"turn","text":null}"#,
        r#"{"call":"a","at_ms":1e2,"event":"end"}"#,
        r#"{"call":"a","at_ms":-0,"event":"end"}"#,
        r#"{"call":"a","at_ms":01,"event":"end"}"#,
        r#"{"call":"a","at_ms":1.,"event":"end"}"#,
        r#"{"call":"a","at_ms":,"event":"end"}"#,
        r#"{"call":"a","at_ms":1,"event":"end","anger":.5}"#,
        r#"{"call":"a","at_ms":1,"event":"end","anger":1.5.5}"#,
        r#"{"call":"a","at_ms":1,"event":"end","anger":0.1234567890123456}"#,
        r#"{"call":"a","at_ms":1,"event":"end","speaking":truer}"#,
        r#"{"call":"a","at_ms":1,"event":"end","call":"a"}"#,
        r#"{"call":"a","at_ms":1,"event":"end",}"#,
        r#"{"call":"a","at_ms":1,"event":"end"} x"#,
        r#"{"call":"a","at_ms":1}"#,
        r#"{"call":"a","at_ms":1,"event":"end""#,
        "{\"call\":\"a\tb\",\"at_ms\":1,\"event\":\"end\"}",
        r#"{"call":"a","at_ms":1,"event":"key","key":"12"}"#,
        "{}",
        "",
    ];
    for case in cases {
        assert!(scan(case.as_bytes()).is_none(), "{case}");
    }
    assert!(scan(b"{\"call\":\"\xff\",\"at_ms\":1,\"event\":\"end\"}").is_none());
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        "\"(customer|agent|turn|frame|key|start|end|inbound|outbound|[0-9*#]|我要|\\\\u4f60|\\\\n|[a-z é]{0,12})\"",
        "-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,8})?([eE][+-]?[0-9]{1,2})?",
        "true|false|null|\\{\\}|\\[\\]",
        any::<f32>().prop_map(|number| number.to_string()),
    ]
}

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "clock",
        "from",
        "to",
        "direction",
        "channel",
        "language",
        "labels",
        "party",
        "start_ms",
        "text",
        "estimated",
        "speaking",
        "loudness_db",
        "pitch_hz",
        "speech_rate",
        "anger",
        "confidence",
        "key",
        "intent",
        "call",
        "kee",
    ])
}

/// Values that fit, so that most lines are lines.
fn fitting(name: &'static str) -> BoxedStrategy<String> {
    match name {
        "party" => "\"(customer|agent)\"".boxed(),
        "direction" => "\"(inbound|outbound)\"".boxed(),
        "estimated" | "speaking" => "true|false".boxed(),
        "start_ms" => "-?(0|[1-9][0-9]{0,15})".boxed(),
        "loudness_db" | "pitch_hz" | "speech_rate" | "anger" | "confidence" => {
            "-?(0|[1-9][0-9]{0,4})(\\.[0-9]{1,9})?".boxed()
        }
        "key" => "\"[0-9*#]\"".boxed(),
        _ => "\"[a-z我要销户é ]{0,20}\"".boxed(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_line_in_any_order_reads_as_the_general_parser_reads_it(
        extra in prop::collection::vec(
            name().prop_flat_map(|name| (Just(name), prop_oneof![9 => fitting(name), 1 => value().boxed()])), 0..6),
        order in any::<prop::sample::Index>(),
        space in "[ \t]{0,2}",
    ) {
        let mut fields = vec![("call", "\"c1\"".to_owned()), ("at_ms", "120".to_owned()), ("event", "\"turn\"".to_owned())];
        fields.extend(extra);
        let middle = order.index(fields.len());
        fields.rotate_left(middle);
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{space}\"{name}\"{space}:{space}{value}{space}")).collect();
        agree(format!("{{{}}}{space}", fields.join(",")).as_bytes())?;
    }

    #[test]
    fn a_text_ends_where_looking_at_each_byte_says(bytes in prop::collection::vec(prop_oneof![20 => any::<u8>(), 1 => Just(b'"'), 1 => Just(b'\\'), 1 => 0_u8..34], 0..40)) {
        let each = bytes.iter().take_while(|byte| **byte != b'"' && **byte != b'\\' && **byte >= b' ').count();
        prop_assert_eq!(plain_length(&bytes), each);
    }

    #[test]
    fn a_damaged_line_is_never_read_otherwise(
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"\"{}:,.-0129eE\\ \t\x00\xffat".to_vec())), 0..5),
        length in any::<prop::sample::Index>(),
    ) {
        let mut bytes = br#"{"call":"c1","at_ms":4300,"event":"frame","party":"customer","speaking":true,"loudness_db":-20.5,"pitch_hz":180}"#.to_vec();
        for (place, value) in changes {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if length.index(4) == 0 {
            bytes.truncate(length.index(bytes.len()));
        }
        agree(&bytes)?;
    }
}
